//! Integers of magnitude at most 2⁵³ in `f64`: the one place of the crate that calculates with floats.
//!
//! # Exactness
//! Every integer n with |n| ≤ 2⁵³ is an `f64`. IEEE 754 addition, subtraction and multiplication return the exact result
//! whenever it is an `f64`; so for operands that are integers, and a result that is an integer of magnitude ≤ 2⁵³,
//! nothing is rounded. The callers prove that with a static bound over all operands, products and partial sums
//! ([`Scaled::bound`](super::Scaled::bound), [`batch`](crate::batch)) and choose another type where it fails. Comparison
//! with zero is exact always; −0 = 0, so a product with a zero factor of either sign is still on the kink. Rust never
//! contracts a·b + c into one rounding, and if it did the result would be the same integer.
#![allow(
    clippy::float_arithmetic,
    reason = "integers below 2^53 under a static bound"
)]

use dashu_int::IBig;

use super::number::Exact;
use crate::batch::Lane;
use crate::field::Sign;

impl Exact for f64 {
    fn from_integer(value: &IBig) -> Self {
        exact(i64::try_from(value).expect("the static bound fits 2^53"))
    }

    fn from_i64(value: i64) -> Self {
        exact(value)
    }

    fn to_integer(&self) -> IBig {
        IBig::from(integer(*self))
    }

    fn zero() -> Self {
        0.0
    }

    #[inline]
    fn sign(&self) -> Sign {
        if *self > 0.0 {
            Sign::Positive
        } else if *self < 0.0 {
            Sign::Negative
        } else {
            Sign::Zero
        }
    }

    #[inline]
    fn add(&mut self, other: &Self) {
        *self += *other;
    }

    #[inline]
    fn add_product(&mut self, a: &Self, b: &Self) {
        *self += *a * *b;
    }

    #[inline]
    fn scale(&mut self, factor: &Self) {
        *self *= *factor;
    }
}

impl Lane for f64 {
    const LIMIT: u64 = 1 << 53;
    const ZERO: Self = 0.0;

    fn from_i64(value: i64) -> Self {
        exact(value)
    }

    fn to_i64(self) -> i64 {
        integer(self)
    }

    #[inline]
    fn plus_product(self, a: Self, b: Self) -> Self {
        self + a * b
    }

    #[inline]
    fn times(self, factor: Self) -> Self {
        self * factor
    }

    #[inline]
    fn positive_part(self) -> Self {
        if self > 0.0 { self } else { 0.0 }
    }

    #[inline]
    fn slope(self, one: Self, kink: Self) -> Self {
        if self > 0.0 {
            one
        } else if self == 0.0 {
            kink
        } else {
            0.0
        }
    }

    #[inline]
    fn is_equal(self, other: Self) -> bool {
        self == other
    }
}

/// The `f64` of an integer with |n| ≤ 2⁵³.
#[inline]
fn exact(value: i64) -> f64 {
    debug_assert!(value.unsigned_abs() <= 1 << 53);
    value as f64
}

/// The integer that an `f64` of magnitude ≤ 2⁵³ holds.
#[inline]
pub(super) fn integer(value: f64) -> i64 {
    debug_assert!(value.abs() <= 9_007_199_254_740_992.0 && value.fract() == 0.0);
    value as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_up_to_the_limit_are_exact() {
        for n in [0i64, 1, -1, (1 << 53) - 1, 1 << 53, -(1 << 53)] {
            assert_eq!(integer(exact(n)), n);
        }
        let mut sum = exact((1 << 53) - 2);
        Exact::add_product(&mut sum, &exact(1), &exact(1));
        assert_eq!(Exact::to_integer(&sum), IBig::from((1i64 << 53) - 1));
    }

    #[test]
    fn just_above_the_limit_a_sum_is_lost() {
        let mut sum = exact(1 << 53);
        Exact::add(&mut sum, &1.0);
        assert_eq!(integer(sum), 1 << 53);
    }

    #[test]
    fn a_negative_zero_is_zero() {
        let mut zero = -0.0f64;
        assert_eq!(Exact::sign(&zero), Sign::Zero);
        Exact::scale(&mut zero, &exact(-3));
        assert_eq!(Exact::sign(&zero), Sign::Zero);
        assert_eq!(Lane::slope(-0.0f64, 1.0, 7.0), 7.0);
        assert_eq!(Exact::to_integer(&-0.0f64), IBig::ZERO);
    }
}
