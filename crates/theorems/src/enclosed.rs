//! Numbers known to lie between two rationals, in expressions.
//!
//! A comparison holds or fails where it does so for every number enclosed; otherwise it is unknown. So an enclosure that is too
//! wide leaves a statement undecided and never decides it wrongly.

use std::sync::Arc;

use claim_language::expr::BinaryOp;
use relu_core::number::enclosure::Enclosure;
use relu_core::number::logarithm::{exponential, logarithm};
use relu_core::number::rational::Rational;
use relu_core::{Failure, Sign};

use crate::operators::exponent as exponent_of;
use crate::value::Value;

/// Largest exponent of a power of an enclosed number.
const MOST_POWER: u32 = 64;

/// Digits of the enclosure of an algebraic number, in bits.
const ALGEBRAIC_BITS: u32 = 128;

/// The number as a value: a scalar if it is known exactly.
pub(crate) fn lowered(number: Enclosure) -> Value {
    match number.to_rational() {
        Some(value) => Value::rational(value.clone()),
        None => Value::Enclosed(Arc::new(number)),
    }
}

/// Whether one of two numbers is only enclosed.
pub(crate) fn concerns(a: &Value, b: &Value) -> bool {
    matches!(a, Value::Enclosed(_)) || matches!(b, Value::Enclosed(_))
}

/// The enclosure of a number without symbols.
pub(crate) fn enclosure(value: &Value) -> Result<Enclosure, Failure> {
    match value {
        Value::Enclosed(number) => Ok((**number).clone()),
        Value::Algebraic(number) => {
            let narrow = number.refined(&Rational::one().half().pow(ALGEBRAIC_BITS));
            Ok(Enclosure::between(
                narrow.lower().clone(),
                narrow.upper().clone(),
            ))
        }
        Value::Scalar(scalar) => match scalar.as_rational() {
            Some(number) => Ok(Enclosure::exactly(number.clone())),
            None => Err(Failure::Unknown(
                "an enclosed number together with a symbol".to_owned(),
            )),
        },
        other => Err(Failure::Shape(format!(
            "expected a number, got a {}",
            other.kind()
        ))),
    }
}

/// The value of `a ∘ b`, at least one of them enclosed.
pub(crate) fn binary(operator: BinaryOp, a: &Value, b: &Value) -> Result<Value, Failure> {
    let (x, y) = (enclosure(a)?, enclosure(b)?);
    let decided = |truth: Option<bool>| truth.map(Value::Bool).ok_or_else(|| undecided(&x, &y));
    match operator {
        BinaryOp::Add => Ok(lowered(x.plus(&y))),
        BinaryOp::Sub => Ok(lowered(x.minus(&y))),
        BinaryOp::Mul => Ok(lowered(x.times(&y))),
        BinaryOp::Div => {
            if y.to_rational().is_some_and(Rational::is_zero) {
                return Err(Failure::Undefined("division by zero".to_owned()));
            }
            let inverse = y.recip().ok_or_else(|| {
                Failure::Unknown(format!("whether the divisor is 0: {}", text(&y)))
            })?;
            Ok(lowered(x.times(&inverse)))
        }
        BinaryOp::Pow => power(&x, b).map(lowered),
        BinaryOp::Le => decided(x.is_at_most(&y)),
        BinaryOp::Ge => decided(y.is_at_most(&x)),
        BinaryOp::Lt => decided(y.is_at_most(&x).map(|at_most| !at_most)),
        BinaryOp::Gt => decided(x.is_at_most(&y).map(|at_most| !at_most)),
        BinaryOp::Eq => decided(x.order(&y).map(std::cmp::Ordering::is_eq)),
        BinaryOp::Ne => decided(x.order(&y).map(std::cmp::Ordering::is_ne)),
        BinaryOp::Lesssim | BinaryOp::And | BinaryOp::Or | BinaryOp::BoxTimes => {
            Err(Failure::Shape(format!(
                "no such operation on a {} and a {}",
                a.kind(),
                b.kind()
            )))
        }
    }
}

/// Whether two numbers are equal, at least one of them enclosed.
pub(crate) fn equal(a: &Value, b: &Value) -> Result<bool, Failure> {
    let (x, y) = (enclosure(a)?, enclosure(b)?);
    let order = x.order(&y).ok_or_else(|| undecided(&x, &y))?;
    Ok(order.is_eq())
}

/// −x.
pub(crate) fn negated(x: &Enclosure) -> Value {
    lowered(x.negated())
}

/// The larger, or the smaller, of two numbers, at least one of them enclosed.
pub(crate) fn extreme(a: &Value, b: &Value, largest: bool) -> Result<Value, Failure> {
    let (x, y) = (enclosure(a)?, enclosure(b)?);
    Ok(lowered(if largest { x.max(&y) } else { x.min(&y) }))
}

/// The enclosure as people read it.
pub(crate) fn text(number: &Enclosure) -> String {
    format!("between {} and {}", number.lower, number.upper)
}

/// The enclosure in a message.
fn brief_text(number: &Enclosure) -> String {
    format!(
        "between {} and {}",
        brief(&number.lower),
        brief(&number.upper)
    )
}

/// A rational as people read it in a message: exact where it is short, else its first digits.
pub fn brief(x: &Rational) -> String {
    const MOST: usize = 24;
    let exact = x.to_string();
    if exact.len() <= MOST {
        return exact;
    }
    let sign = if x.sign() == Sign::Negative { "-" } else { "" };
    let whole = x.abs().floor().to_string();
    if whole.len() > MOST {
        return format!(
            "{sign}{}.{}…e{}",
            &whole[..1],
            &whole[1..6],
            whole.len() - 1
        );
    }
    let million = Rational::from_integer(1_000_000);
    let scaled = (&x.abs() * &million).floor().to_string();
    let digits = format!("{scaled:0>7}");
    let (before, after) = digits.split_at(digits.len() - 6);
    format!("{sign}{before}.{after}…")
}

fn undecided(x: &Enclosure, y: &Enclosure) -> Failure {
    Failure::Unknown(format!(
        "the order of a number {} and one {}",
        brief_text(x),
        brief_text(y)
    ))
}

fn power(x: &Enclosure, exponent: &Value) -> Result<Enclosure, Failure> {
    if let Value::Scalar(scalar) = exponent
        && let Some(rational) = scalar.as_rational().filter(|e| !e.is_integer())
    {
        return real_power(x, rational);
    }
    let (is_negative, size) = exponent_of(exponent, MOST_POWER, " of an enclosed number")?;
    let power = x.pow(size);
    if !is_negative {
        return Ok(power);
    }
    power
        .recip()
        .ok_or_else(|| Failure::Unknown(format!("whether the divisor is 0: {}", text(x))))
}

/// x^e = exp(e·ln x) for x > 0 and any rational e.
pub(crate) fn real_power(x: &Enclosure, e: &Rational) -> Result<Enclosure, Failure> {
    let unknown = || Failure::Unknown(format!("a number {} to the power {e}", brief_text(x)));
    let ends = [&x.lower, &x.upper].map(logarithm);
    let [Some(low), Some(high)] = ends else {
        return Err(unknown());
    };
    let range = Enclosure::between(low.lower, high.upper).times(&Enclosure::exactly(e.clone()));
    match (exponential(&range.lower), exponential(&range.upper)) {
        (Some(low), Some(high)) => Ok(Enclosure::between(low.lower, high.upper)),
        _ => Err(unknown()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: i64, b: i64) -> Value {
        lowered(Enclosure::between(a.into(), b.into()))
    }

    fn decided(operator: BinaryOp, a: &Value, b: &Value) -> Option<bool> {
        match binary(operator, a, b) {
            Ok(Value::Bool(truth)) => Some(truth),
            Err(Failure::Unknown(_)) => None,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn comparisons_are_decided_by_all_numbers_or_not_at_all() {
        use BinaryOp::{Eq, Ge, Gt, Le, Lt, Ne};
        let table = [
            (Le, of(1, 2), of(2, 3), Some(true)),
            (Lt, of(1, 2), of(2, 3), None),
            (Lt, of(1, 2), of(3, 4), Some(true)),
            (Le, of(2, 3), of(1, 2), None),
            (Gt, of(2, 3), of(1, 2), None),
            (Ge, of(2, 3), of(1, 2), Some(true)),
            (Gt, of(3, 4), of(1, 2), Some(true)),
            (Lt, of(2, 3), of(1, 2), Some(false)),
            (Eq, of(1, 2), of(1, 2), None),
            (Ne, of(1, 2), of(3, 3), Some(true)),
            (Eq, of(1, 2), of(3, 3), Some(false)),
        ];
        for (operator, a, b, expected) in table {
            assert_eq!(
                decided(operator, &a, &b),
                expected,
                "{a:?} {operator:?} {b:?}"
            );
        }
    }

    #[test]
    fn a_divisor_that_may_be_zero_is_unknown() {
        let quotient = binary(BinaryOp::Div, &of(1, 2), &of(-1, 1));
        assert!(matches!(quotient, Err(Failure::Unknown(_))));
        let quotient = binary(BinaryOp::Div, &of(1, 2), &of(0, 0));
        assert!(matches!(quotient, Err(Failure::Undefined(_))));
        assert!(matches!(
            binary(BinaryOp::Pow, &of(-1, 2), &Value::integer(-1)),
            Err(Failure::Unknown(_))
        ));
        assert!(matches!(
            binary(BinaryOp::Pow, &of(1, 2), &Value::integer(65)),
            Err(Failure::Limit(_))
        ));
    }

    #[test]
    fn what_collapses_is_a_number_again() {
        let zero = binary(BinaryOp::Mul, &of(1, 2), &of(0, 0)).unwrap();
        assert!(matches!(zero, Value::Scalar(_)));
    }
}
