//! Quotients and powers.

use std::sync::Arc;

use relu_core::number::multipoly::MultiPoly;
use relu_core::number::polynomial::MOST_DEGREE;
use relu_core::number::scalar::Scalar;
use relu_core::{Failure, Field, Order, Sign};

use super::{as_integer, mismatch, product};
use crate::value::{Context, Value};

/// The inverse of a number that is not zero in this context.
fn nonzero<'a>(divisor: &'a Scalar, context: &Context) -> Result<&'a Scalar, Failure> {
    match context.order.sign(divisor) {
        Ok(Sign::Zero) => Err(Failure::Undefined("division by zero".to_owned())),
        Ok(_) => Ok(divisor),
        Err(Failure::Unknown(_)) if is_unit(divisor, &context.nonzero) => Ok(divisor),
        Err(failure) => Err(failure),
    }
}

/// Largest exponent of a symbol in a divisor that is recognised as a power.
const MAX_UNIT_POWER: u32 = 16;

/// Whether the divisor is a nonzero number times a power of one of the symbols that are not zero.
fn is_unit(divisor: &Scalar, nonzero: &[usize]) -> bool {
    nonzero.iter().any(|symbol| {
        let mut quotient = divisor.clone();
        (0..MAX_UNIT_POWER).any(|_| match quotient.over(&Scalar::symbol(*symbol)) {
            Some(next) => {
                quotient = next;
                quotient
                    .as_rational()
                    .is_some_and(|number| !number.is_zero())
            }
            None => false,
        })
    })
}

pub(super) fn quotient(a: &Value, b: &Value, context: &Context) -> Result<Value, Failure> {
    let Value::Scalar(divisor) = b else {
        return Err(mismatch("quotient", a, b));
    };
    let divisor = nonzero(divisor, context)?;
    let inverse = Scalar::one()
        .over(divisor)
        .ok_or_else(|| Failure::Undefined("division by zero".to_owned()))?;
    match a {
        Value::Scalar(a) => {
            Ok(Value::Scalar(a.over(divisor).ok_or_else(|| {
                Failure::Undefined("division by zero".to_owned())
            })?))
        }
        _ => product(a, &Value::Scalar(inverse)),
    }
}

pub(super) fn power(a: &Value, b: &Value, context: &Context) -> Result<Value, Failure> {
    if let Value::Box(base) = a {
        let copies = as_integer(b)?;
        let copies = usize::try_from(copies).map_err(|_| {
            Failure::Undefined(format!("a box of dimension at least 1, got {copies}"))
        })?;
        return base.power(copies).map(|power| Value::Box(Arc::new(power)));
    }
    let Value::Scalar(base) = a else {
        return Err(mismatch("power", a, b));
    };
    let (is_negative, size) = exponent(b, MOST_EXPONENT, "")?;
    within_degree(base, size)?;
    if !is_negative {
        return Ok(Value::Scalar(base.pow(size)));
    }
    let base = nonzero(base, context)?;
    let inverse = Scalar::one()
        .over(base)
        .ok_or_else(|| Failure::Undefined("division by zero".to_owned()))?;
    Ok(Value::Scalar(inverse.pow(size)))
}

/// Largest size of the exponent of a number that may hold symbols.
const MOST_EXPONENT: u32 = 100_000;

/// Whether an exponent is negative, and its size. Errors: no integer, or a size above `most`.
pub(crate) fn exponent(value: &Value, most: u32, of: &str) -> Result<(bool, u32), Failure> {
    let exponent = as_integer(value)?;
    let size = u32::try_from(exponent.unsigned_abs()).ok();
    let size = size.filter(|size| *size <= most).ok_or_else(|| {
        Failure::Limit(format!(
            "an exponent{of} of at most {most} in size, got {exponent}"
        ))
    })?;
    Ok((exponent < 0, size))
}

/// Most terms of a power in several symbols.
const MOST_TERMS: u64 = 20_000;

/// Refuses powers whose degree or number of terms would be large: they would be expanded.
fn within_degree(base: &Scalar, exponent: u32) -> Result<(), Failure> {
    if base.is_constant() {
        return Ok(());
    }
    let degree = |poly: &MultiPoly| {
        let sums = poly
            .terms()
            .map(|(e, _)| e.iter().map(|&power| u64::from(power)).sum());
        sums.max().unwrap_or(0_u64)
    };
    let largest = degree(&base.numerator()).max(degree(&base.denominator()));
    let total = largest.saturating_mul(exponent.into());
    if total > u64::from(MOST_DEGREE) {
        return Err(Failure::Limit(format!(
            "degree of a power of a symbol: expected at most {MOST_DEGREE}, got {total}"
        )));
    }
    // A polynomial of degree n in d symbols has at most C(n + d, d) terms; a monomial stays one.
    let (terms, symbols) = (base.numerator().len(), base.symbols().len() as u64);
    let bound = (1..=symbols).fold(1_u64, |product, i| product.saturating_mul(total + i) / i);
    if terms > 1 && symbols > 1 && bound > MOST_TERMS {
        return Err(Failure::Limit(format!(
            "terms of a power in {symbols} symbols: expected at most {MOST_TERMS}, got up to {bound}"
        )));
    }
    Ok(())
}
