//! Floats as rationals, and back.

use relu_core::number::rational::Rational;

use crate::shadow::shade_of;

/// The number that a float is; `None` for an infinite one and for NaN.
pub fn rational(value: f64) -> Option<Rational> {
    if !value.is_finite() {
        return None;
    }
    let bits = value.to_bits();
    let exponent = i64::try_from((bits >> 52) & 0x7ff).expect("11 bits");
    let fraction = i64::try_from(bits & ((1 << 52) - 1)).expect("52 bits");
    // value = ±mantissa·2^exponent; subnormal numbers have no leading one.
    let (mantissa, exponent) = match exponent {
        0 => (fraction, -1074),
        _ => (fraction | (1 << 52), exponent - 1075),
    };
    if mantissa == 0 {
        return Some(Rational::zero());
    }
    let zeros = mantissa.trailing_zeros();
    let exponent = exponent + i64::from(zeros);
    let mantissa = if value < 0.0 { -mantissa } else { mantissa } >> zeros;
    if (-62..=0).contains(&exponent) {
        return Rational::new(mantissa, 1 << -exponent);
    }
    let power = Rational::from(2).power(exponent)?;
    Some(&Rational::from(mantissa) * &power)
}

/// A float near a number, finite, and 0 only for 0.
///
/// # Exactness
/// Rounded; nothing is decided from it.
pub fn nearest(value: &Rational) -> f64 {
    let (zero, shade) = (Rational::zero(), shade_of(value));
    if value.is_zero() {
        return 0.0;
    }
    let sign = if *value < zero { -1.0 } else { 1.0 };
    let one = Rational::one();
    match shade.is_finite() && shade != 0.0 {
        true => shade,
        false if value.abs() < one => sign * f64::MIN_POSITIVE,
        false => sign * f64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_dyadic_numbers() {
        let two = Rational::from(2);
        for (value, expected) in [
            (0.0, Some(Rational::zero())),
            (-0.0, Some(Rational::zero())),
            (0.75, Rational::new(3, 4)),
            (-6.0, Some(Rational::from(-6))),
            (f64::MIN_POSITIVE, two.power(-1022)),
            (f64::from_bits(1), two.power(-1074)),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(rational(value), expected, "{value}");
        }
        // 0.1 is not a tenth.
        let tenth = rational(0.1).unwrap();
        assert_eq!(
            tenth,
            Rational::new(3_602_879_701_896_397, 1 << 55).unwrap()
        );
        let tiny = two.power(-3000).unwrap();
        assert_eq!(nearest(&tiny), f64::MIN_POSITIVE);
        assert_eq!(nearest(&-tiny.recip().unwrap()), -f64::MAX);
        assert_eq!(nearest(&Rational::zero()).to_bits(), 0.0_f64.to_bits());
        assert_eq!(nearest(&Rational::new(3, 8).unwrap()), 0.375);
    }
}
