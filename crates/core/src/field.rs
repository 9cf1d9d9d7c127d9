//! Fields with exact arithmetic, and the orders that decide signs in them.
//!
//! Arithmetic and order are separate: an element of ℚ(c) is one value, but its sign depends on where c lies. A [`Field`]
//! only calculates; an [`Order`] carries the context in which signs are decided.

use std::cmp::Ordering;
use std::fmt::Debug;

use crate::failure::Failure;
use crate::number::rational::Rational;

/// The sign of a real number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Below zero.
    Negative,
    /// Zero.
    Zero,
    /// Above zero.
    Positive,
}

impl Sign {
    /// The sign of −x, for x of this sign.
    #[must_use]
    pub fn reverse(self) -> Self {
        match self {
            Self::Negative => Self::Positive,
            Self::Zero => Self::Zero,
            Self::Positive => Self::Negative,
        }
    }

    /// The sign of x·y.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        match other {
            Self::Negative => self.reverse(),
            Self::Zero => Self::Zero,
            Self::Positive => self,
        }
    }

    /// −1, 0 or 1.
    pub fn as_i8(self) -> i8 {
        match self {
            Self::Negative => -1,
            Self::Zero => 0,
            Self::Positive => 1,
        }
    }

    /// The order of x and 0, for x of this sign.
    pub fn as_ordering(self) -> Ordering {
        self.cmp(&Self::Zero)
    }
}

impl From<Ordering> for Sign {
    /// The sign of x − y, from the order of x and y.
    fn from(order: Ordering) -> Self {
        match order {
            Ordering::Less => Self::Negative,
            Ordering::Equal => Self::Zero,
            Ordering::Greater => Self::Positive,
        }
    }
}

/// A commutative ring over ℚ in which division may be partial.
///
/// `PartialEq` is structural on canonical forms: equal values are the same element; whether two different elements take
/// the same value in a context is asked of an [`Order`].
pub trait Field: Clone + Debug + PartialEq {
    /// 0.
    fn zero() -> Self;

    /// 1.
    fn one() -> Self;

    /// The rational number as an element.
    fn from_rational(value: &Rational) -> Self;

    /// self + other.
    #[must_use]
    fn plus(&self, other: &Self) -> Self;

    /// self − other.
    #[must_use]
    fn minus(&self, other: &Self) -> Self;

    /// self · other.
    #[must_use]
    fn times(&self, other: &Self) -> Self;

    /// −self.
    #[must_use]
    fn negated(&self) -> Self;

    /// self / divisor; `None` iff the divisor is identically zero or the quotient is not an element.
    #[must_use]
    fn over(&self, divisor: &Self) -> Option<Self>;

    /// Whether this is the element 0 (identically zero, not only zero in a context).
    fn is_zero(&self) -> bool;

    /// self += a · b.
    fn add_product(&mut self, a: &Self, b: &Self) {
        if !a.is_zero() && !b.is_zero() {
            *self = self.plus(&a.times(b));
        }
    }
}

/// A context in which elements of `S` have signs.
pub trait Order<S: Field> {
    /// The sign of `value`.
    ///
    /// Errors: whatever makes the sign undecidable or not uniform in this context.
    fn sign(&self, value: &S) -> Result<Sign, Failure>;

    /// The order of `a` and `b`: the sign of a − b.
    fn compare(&self, a: &S, b: &S) -> Result<Ordering, Failure> {
        Ok(self.sign(&a.minus(b))?.as_ordering())
    }

    /// Whether `a` and `b` take the same value: true for the same element, otherwise by the sign of a − b.
    fn equal(&self, a: &S, b: &S) -> Result<bool, Failure> {
        Ok(a == b || self.sign(&a.minus(b))? == Sign::Zero)
    }
}

/// The usual order of ℚ; never fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RationalOrder;

impl Order<Rational> for RationalOrder {
    fn sign(&self, value: &Rational) -> Result<Sign, Failure> {
        Ok(value.sign())
    }

    fn compare(&self, a: &Rational, b: &Rational) -> Result<Ordering, Failure> {
        Ok(a.cmp(b))
    }

    fn equal(&self, a: &Rational, b: &Rational) -> Result<bool, Failure> {
        Ok(a == b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_multiply_like_numbers() {
        let signs = [Sign::Negative, Sign::Zero, Sign::Positive];
        for a in signs {
            assert_eq!(a.reverse().as_i8(), -a.as_i8());
            assert_eq!(Sign::from(a.as_ordering()), a);
            for b in signs {
                assert_eq!(a.times(b).as_i8(), a.as_i8() * b.as_i8());
            }
        }
    }
}
