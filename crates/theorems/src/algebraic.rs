//! Irrational algebraic numbers in expressions: order, and arithmetic with rational numbers.
//!
//! A sum or product of two different irrational numbers is not computed and stays unknown; everything here is exact.

use std::cmp::Ordering;
use std::sync::Arc;

use claim_language::expr::BinaryOp;
use relu_core::Failure;
use relu_core::number::poly::Poly;
use relu_core::number::rational::Rational;
use relu_core::number::roots::Algebraic;

use crate::operators::exponent as exponent_of;
use crate::value::Value;

/// Largest exponent of a power of an irrational number.
const MOST_POWER: u32 = 64;

/// The number as a value: a scalar if it is rational.
pub(crate) fn lowered(number: Algebraic) -> Value {
    match number.to_rational() {
        Some(value) => Value::rational(value.clone()),
        None => Value::Algebraic(Arc::new(number.tidied())),
    }
}

/// The value as an algebraic number, if it is a number without symbols.
pub(crate) fn real(value: &Value) -> Option<Algebraic> {
    match value {
        Value::Algebraic(number) => Some((**number).clone()),
        Value::Scalar(scalar) => scalar.as_rational().cloned().map(Algebraic::from),
        _ => None,
    }
}

/// Whether one of two numbers is irrational.
pub(crate) fn concerns(a: &Value, b: &Value) -> bool {
    matches!(a, Value::Algebraic(_)) || matches!(b, Value::Algebraic(_))
}

/// The order of two numbers, at least one of them irrational.
pub(crate) fn compare(a: &Value, b: &Value) -> Result<Ordering, Failure> {
    match (real(a), real(b)) {
        (Some(a), Some(b)) => Ok(a.cmp(&b)),
        _ => Err(unknown("an order")),
    }
}

/// The value of `a ∘ b`, at least one of them irrational.
pub(crate) fn arithmetic(operator: BinaryOp, a: &Value, b: &Value) -> Result<Value, Failure> {
    let (x, y) = match (real(a), real(b)) {
        (Some(x), Some(y)) => (x, y),
        _ => return Err(unknown("arithmetic")),
    };
    let number = match operator {
        BinaryOp::Add => sum(&x, &y)?,
        BinaryOp::Sub => match x == y {
            true => Rational::zero().into(),
            false => sum(&x, &y.negated())?,
        },
        BinaryOp::Mul => product(&x, &y)?,
        BinaryOp::Div => match (y.recip(), x == y) {
            (None, _) => return Err(Failure::Undefined("division by zero".to_owned())),
            (_, true) => Rational::one().into(),
            (Some(inverse), false) => product(&x, &inverse)?,
        },
        BinaryOp::Pow => power(&x, b)?,
        _ => return Err(unknown("this operation")),
    };
    Ok(lowered(number))
}

fn unknown(what: &str) -> Failure {
    Failure::Unknown(format!(
        "{what} of an irrational number and something not rational"
    ))
}

fn affine(constant: &Rational, slope: &Rational) -> Poly {
    Poly::from_coefficients(vec![constant.clone(), slope.clone()])
}

fn sum(x: &Algebraic, y: &Algebraic) -> Result<Algebraic, Failure> {
    match (x.to_rational(), y.to_rational()) {
        (_, Some(y)) => x.image(&affine(y, &Rational::one())),
        (Some(x), None) => y.image(&affine(x, &Rational::one())),
        (None, None) if x == y => x.image(&affine(&Rational::zero(), &Rational::from(2))),
        (None, None) => Err(unknown("a sum")),
    }
}

fn product(x: &Algebraic, y: &Algebraic) -> Result<Algebraic, Failure> {
    match (x.to_rational(), y.to_rational()) {
        (_, Some(y)) => x.image(&affine(&Rational::zero(), y)),
        (Some(x), None) => y.image(&affine(&Rational::zero(), x)),
        (None, None) if x == y => x.image(&Poly::variable().pow(2)),
        (None, None) => Err(unknown("a product")),
    }
}

fn power(x: &Algebraic, exponent: &Value) -> Result<Algebraic, Failure> {
    let (is_negative, size) = exponent_of(exponent, MOST_POWER, " of an irrational number")?;
    let power = x.image(&Poly::variable().pow(size))?;
    if !is_negative {
        return Ok(power);
    }
    power
        .recip()
        .ok_or_else(|| Failure::Undefined("division by zero".to_owned()))
}
