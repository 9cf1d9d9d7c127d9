//! Conversions, the total order, and ℚ as a [`Field`].

use std::cmp::Ordering;

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::Rational;
use super::Repr::{Big, Small};
use crate::field::Field;

impl Default for Rational {
    /// 0.
    fn default() -> Self {
        Self::zero()
    }
}

impl From<i64> for Rational {
    fn from(n: i64) -> Self {
        Self::from_integer(n)
    }
}

impl From<IBig> for Rational {
    fn from(n: IBig) -> Self {
        Self::from_rbig(RBig::from(n))
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) if b == d => a.cmp(c),
            (Small(a, b), Small(c, d)) => {
                (i128::from(*a) * i128::from(d.get())).cmp(&(i128::from(*c) * i128::from(b.get())))
            }
            (Big(a), Big(b)) => a.cmp(b),
            _ => self.to_rbig().cmp(&other.to_rbig()),
        }
    }
}

impl Field for Rational {
    fn zero() -> Self {
        Self::zero()
    }

    fn one() -> Self {
        Self::one()
    }

    fn from_rational(value: &Rational) -> Self {
        value.clone()
    }

    #[inline]
    fn plus(&self, other: &Self) -> Self {
        self + other
    }

    #[inline]
    fn minus(&self, other: &Self) -> Self {
        self - other
    }

    #[inline]
    fn times(&self, other: &Self) -> Self {
        self * other
    }

    #[inline]
    fn negated(&self) -> Self {
        -self
    }

    fn over(&self, divisor: &Self) -> Option<Self> {
        self.over(divisor)
    }

    #[inline]
    fn is_zero(&self) -> bool {
        self.is_zero()
    }

    #[inline]
    fn add_product(&mut self, a: &Self, b: &Self) {
        self.add_product(a, b);
    }
}
