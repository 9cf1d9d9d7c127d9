//! Quotients and powers.

use std::sync::Arc;

use dashu_int::UBig;
use relu_core::number::enclosure::Enclosure;
use relu_core::number::multipoly::MultiPoly;
use relu_core::number::polynomial::MOST_DEGREE;
use relu_core::number::rational::Rational;
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
    if let Some(found) = fractional(base, b) {
        return found;
    }
    let (is_negative, size) = exponent(b, MOST_EXPONENT, "")?;
    within_degree(base, size)?;
    let bits = base.as_rational().map_or(0, Rational::bits) as u64;
    if bits.saturating_mul(u64::from(size)) > MOST_BITS {
        return Err(Failure::Limit(format!(
            "a power of at most {MOST_BITS} binary digits, got one of about {}",
            bits.saturating_mul(u64::from(size))
        )));
    }
    if !is_negative {
        return Ok(Value::Scalar(base.pow(size)));
    }
    let base = nonzero(base, context)?;
    let inverse = Scalar::one()
        .over(base)
        .ok_or_else(|| Failure::Undefined("division by zero".to_owned()))?;
    Ok(Value::Scalar(inverse.pow(size)))
}

/// A power whose exponent is rational and no integer: exact where it is rational, else enclosed. `None` for other exponents.
fn fractional(base: &Scalar, exponent: &Value) -> Option<Result<Value, Failure>> {
    let Value::Scalar(exponent) = exponent else {
        return None;
    };
    let exponent = exponent.as_rational().filter(|e| !e.is_integer())?;
    let Some(base) = base.as_rational() else {
        let what = "a power of a symbol with an exponent that is no integer";
        return Some(Err(Failure::Unknown(what.to_owned())));
    };
    Some(match base.sign() {
        Sign::Negative => Err(Failure::Undefined(
            "a power of a negative number with an exponent that is no integer".to_owned(),
        )),
        Sign::Zero if exponent.sign() == Sign::Negative => {
            Err(Failure::Undefined("division by zero".to_owned()))
        }
        Sign::Zero => Ok(Value::integer(0)),
        Sign::Positive => match rational_power(base, exponent) {
            Some(power) => Ok(Value::rational(power)),
            None => crate::enclosed::real_power(&Enclosure::exactly(base.clone()), exponent)
                .map(crate::enclosed::lowered),
        },
    })
}

/// x^e for x > 0, where it is rational.
pub(crate) fn rational_power(x: &Rational, e: &Rational) -> Option<Rational> {
    let degree = usize::try_from(&e.denominator()).ok()?;
    let power = e.numerator();
    let power = i64::try_from(&power)
        .ok()
        .filter(|power| power.abs() <= 4096)?;
    let exact = |n: UBig| {
        let root = n.nth_root(degree);
        (root.pow(degree) == n).then_some(root)
    };
    let (_, numerator) = x.numerator().into_parts();
    let root = Rational::from_parts(exact(numerator)?.into(), exact(x.denominator())?)?;
    root.power(power)
}

/// Most binary digits of a power.
const MOST_BITS: u64 = 1 << 24;

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
