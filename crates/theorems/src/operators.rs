//! The infix operators, indexing and literals on values.

use std::sync::Arc;

use claim_language::expr::BinaryOp;
use relu_core::linear::matrix::Matrix;
use relu_core::number::polynomial::MOST_DEGREE;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::{Failure, Field, Order, Sign};

use crate::algebraic;
use crate::assignment;
use crate::enclosed;
use crate::function::Closure;
use crate::value::{Context, Value, absent};

mod literals;
mod powers;

pub(crate) use literals::{list, lowered, network};
pub(crate) use powers::{exponent, rational_power};
use powers::{power, quotient};

/// The value of `a ∘ b`; connectives are Kleene's with ⊥ on the left winning, comparisons are decided by the context.
pub(crate) fn binary(
    operator: BinaryOp,
    a: &Value,
    b: &Value,
    context: &Context,
) -> Result<Value, Failure> {
    if matches!(operator, BinaryOp::And | BinaryOp::Or) {
        return Ok(connective(operator == BinaryOp::Or, a, b));
    }
    match (a, b) {
        (Value::Absent(failure), _) | (_, Value::Absent(failure)) => {
            return Ok(Value::Absent(failure.clone()));
        }
        _ => {}
    }
    if operator == BinaryOp::Lesssim {
        return up_to_constant(a, b).map(Value::Bool).or_else(absent);
    }
    if enclosed::concerns(a, b) {
        return enclosed::binary(operator, a, b).or_else(absent);
    }
    if algebraic::concerns(a, b) && !operator.is_comparison() {
        return algebraic::arithmetic(operator, a, b).or_else(absent);
    }
    let result = match operator {
        BinaryOp::Eq => equal(a, b, context).map(Value::Bool),
        BinaryOp::Ne => equal(a, b, context).map(|value| Value::Bool(!value)),
        BinaryOp::Lt => {
            sign_of_difference(a, b, context).map(|sign| Value::Bool(sign == Sign::Negative))
        }
        BinaryOp::Le => {
            sign_of_difference(a, b, context).map(|sign| Value::Bool(sign != Sign::Positive))
        }
        BinaryOp::Gt => {
            sign_of_difference(a, b, context).map(|sign| Value::Bool(sign == Sign::Positive))
        }
        BinaryOp::Ge => {
            sign_of_difference(a, b, context).map(|sign| Value::Bool(sign != Sign::Negative))
        }
        BinaryOp::Add => combine(a, b, "sum", Field::plus),
        BinaryOp::Sub => combine(a, b, "difference", Field::minus),
        BinaryOp::Mul => product(a, b),
        BinaryOp::Div => quotient(a, b, context),
        BinaryOp::Pow => power(a, b, context),
        BinaryOp::BoxTimes => match (a, b) {
            (Value::Box(a), Value::Box(b)) => {
                a.times(b).map(|product| Value::Box(Arc::new(product)))
            }
            _ => Err(mismatch("product of boxes", a, b)),
        },
        BinaryOp::And | BinaryOp::Or | BinaryOp::Lesssim => unreachable!("handled above"),
    };
    result.or_else(absent)
}

/// Kleene's connectives, read from the left: ⊥ on the left absorbs, an unknown left side stays unknown unless the right side
/// decides alone.
fn connective(or: bool, a: &Value, b: &Value) -> Value {
    match (a, b) {
        (Value::Bool(left), _) if *left == or => Value::Bool(or),
        (Value::Bool(_), Value::Bool(right)) => Value::Bool(*right),
        (Value::Bool(_), Value::Absent(failure)) => Value::Absent(failure.clone()),
        (Value::Absent(Failure::Unknown(_) | Failure::Limit(_)), Value::Bool(right))
            if *right == or =>
        {
            Value::Bool(or)
        }
        (Value::Absent(failure), _) => Value::Absent(failure.clone()),
        _ => Value::Absent(Failure::Shape(format!(
            "truth values, got a {} and a {}",
            a.kind(),
            b.kind()
        ))),
    }
}

fn mismatch(what: &str, a: &Value, b: &Value) -> Failure {
    Failure::Shape(format!("no {what} of a {} and a {}", a.kind(), b.kind()))
}

/// Whether some constant C > 0 gives a ≤ C b. Which one is not said here: it belongs to all instances together.
///
/// # Degenerate cases
///
/// For b = 0 every constant does if a ≤ 0, and none if a > 0. For b < 0 none does if a > 0, and otherwise nothing is said: a
/// bound up to a constant compares with a quantity that is not negative.
fn up_to_constant(a: &Value, b: &Value) -> Result<bool, Failure> {
    let (Value::Scalar(Scalar::Rational(a)), Value::Scalar(Scalar::Rational(b))) = (a, b) else {
        let number = |value: &Value| value.kind() == "number";
        return Err(if number(a) && number(b) {
            Failure::Unknown("a constant is fitted where both sides are rational".to_owned())
        } else {
            mismatch("order", a, b)
        });
    };
    match (a.sign(), b.sign()) {
        (_, Sign::Positive) => Ok(true),
        (Sign::Positive, _) => Ok(false),
        (_, Sign::Zero) => Ok(true),
        (_, Sign::Negative) => Err(Failure::Undefined(format!(
            "a right side of ≲ that is not negative, got {b}"
        ))),
    }
}

/// The sign of a − b for two numbers.
pub(crate) fn sign_of_difference(a: &Value, b: &Value, context: &Context) -> Result<Sign, Failure> {
    match (a, b) {
        _ if algebraic::concerns(a, b) => algebraic::compare(a, b).map(Sign::from),
        (Value::Scalar(a), Value::Scalar(b)) => match (a, b) {
            (Scalar::Rational(a), Scalar::Rational(b)) => Ok(Sign::from(a.cmp(b))),
            _ => context.order.sign(&a.minus(b)),
        },
        _ => Err(mismatch("order", a, b)),
    }
}

/// Whether two values are equal: numbers by the context, vectors and matrices by entries and shape, networks as
/// parameter lists.
pub(crate) fn equal(a: &Value, b: &Value, context: &Context) -> Result<bool, Failure> {
    match (a, b) {
        _ if enclosed::concerns(a, b) => enclosed::equal(a, b),
        _ if algebraic::concerns(a, b) => algebraic::compare(a, b).map(|order| order.is_eq()),
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Scalar(a), Value::Scalar(b)) => context.order.equal(a, b),
        (Value::Vector(a), Value::Vector(b)) if a.len() == b.len() => all_equal(a, b, context),
        (Value::Vector(a), Value::Vector(b)) => Err(Failure::Shape(format!(
            "vectors of one length, got {} and {}",
            a.len(),
            b.len()
        ))),
        (Value::Matrix(a), Value::Matrix(b)) if (a.rows(), a.cols()) == (b.rows(), b.cols()) => {
            all_equal(a.data(), b.data(), context)
        }
        (Value::Matrix(a), Value::Matrix(b)) => Err(Failure::Shape(format!(
            "matrices of one shape, got {}×{} and {}×{}",
            a.rows(),
            a.cols(),
            b.rows(),
            b.cols()
        ))),
        (Value::Network(a), Value::Network(b)) => Ok(a == b),
        (Value::Activation(a), Value::Activation(b)) => Ok(a == b),
        (Value::Exponent(a), Value::Exponent(b)) => Ok(a == b),
        (Value::Poly(a), Value::Poly(b)) => Ok(a == b),
        (Value::Poly(p), Value::Function(f)) | (Value::Function(f), Value::Poly(p)) => {
            Ok(**p == f.polynomial(Some(p.variables()), context)?)
        }
        (Value::Function(a), Value::Function(b)) => {
            // Texts decide equality only.
            let text = |value: &Arc<Closure>| value.text(|value| assignment::text(value, &[]));
            match (text(a), text(b)) {
                (Some(a), Some(b)) if a == b => Ok(true),
                _ => Err(Failure::Unknown(
                    "whether two functions are equal".to_owned(),
                )),
            }
        }
        _ => Err(mismatch("equality", a, b)),
    }
}

fn all_equal(a: &[Scalar], b: &[Scalar], context: &Context) -> Result<bool, Failure> {
    for (a, b) in a.iter().zip(b) {
        if !context.order.equal(a, b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn combine(
    a: &Value,
    b: &Value,
    what: &str,
    by: impl Fn(&Scalar, &Scalar) -> Scalar,
) -> Result<Value, Failure> {
    match (a, b) {
        (Value::Scalar(a), Value::Scalar(b)) => Ok(Value::Scalar(by(a, b))),
        (Value::Vector(x), Value::Vector(y)) if x.len() == y.len() => Ok(Value::vector(
            x.iter().zip(y.iter()).map(|(x, y)| by(x, y)).collect(),
        )),
        (Value::Matrix(x), Value::Matrix(y)) if (x.rows(), x.cols()) == (y.rows(), y.cols()) => {
            let data = x
                .data()
                .iter()
                .zip(y.data())
                .map(|(x, y)| by(x, y))
                .collect();
            Ok(Value::matrix(Matrix::new(x.rows(), x.cols(), data)?))
        }
        _ => Err(mismatch(what, a, b)),
    }
}

fn product(a: &Value, b: &Value) -> Result<Value, Failure> {
    match (a, b) {
        (Value::Scalar(Scalar::Poly(a)), Value::Scalar(Scalar::Poly(b)))
            if a.degree().max(b.degree()) > Some(MOST_DEGREE as usize) =>
        {
            Err(Failure::Limit(format!(
                "degree of a factor in a symbol: expected at most {MOST_DEGREE}"
            )))
        }
        (Value::Scalar(a), Value::Scalar(b)) => Ok(Value::Scalar(a.times(b))),
        (Value::Scalar(factor), Value::Vector(entries))
        | (Value::Vector(entries), Value::Scalar(factor)) => Ok(Value::vector(
            entries.iter().map(|entry| entry.times(factor)).collect(),
        )),
        (Value::Scalar(factor), Value::Matrix(matrix))
        | (Value::Matrix(matrix), Value::Scalar(factor)) => {
            Ok(Value::matrix(matrix.scaled(factor)))
        }
        (Value::Matrix(a), Value::Matrix(b)) => Ok(Value::matrix(a.times(b)?)),
        (Value::Matrix(a), Value::Vector(x)) => Ok(Value::vector(a.apply(x)?)),
        _ => Err(mismatch("product", a, b)),
    }
}

/// The integer a value is. Errors: not a rational integer, or beyond 63 bits.
pub(crate) fn as_integer(value: &Value) -> Result<i64, Failure> {
    let wrong = || Failure::Undefined(format!("an integer, got a {} that is none", value.kind()));
    match value {
        Value::Scalar(scalar) => scalar
            .as_rational()
            .and_then(Rational::to_i64)
            .ok_or_else(wrong),
        Value::Absent(failure) => Err(failure.clone()),
        _ => Err(wrong()),
    }
}

/// `a[i]`, zero-based: an entry of a vector or a row of a matrix.
pub(crate) fn index(a: &Value, i: &Value) -> Value {
    if let Value::Absent(failure) = a {
        return Value::Absent(failure.clone());
    }
    let found = as_integer(i).and_then(|i| {
        let at = usize::try_from(i).ok();
        let result = match a {
            Value::Vector(entries) => at.and_then(|i| entries.get(i)).cloned().map(Value::Scalar),
            Value::Matrix(matrix) => at
                .filter(|i| *i < matrix.rows())
                .map(|i| Value::vector(matrix.row(i).to_vec())),
            other => {
                return Err(Failure::Shape(format!(
                    "an index into a vector or matrix, got a {}",
                    other.kind()
                )));
            }
        };
        result.ok_or_else(|| Failure::Undefined(format!("index {i} is out of range")))
    });
    found.unwrap_or_else(Value::Absent)
}
