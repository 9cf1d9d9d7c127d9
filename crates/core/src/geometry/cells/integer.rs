//! The integers an affine form is held in: a machine type chosen by a static bound, or integers of any size.

use dashu_int::IBig;

use crate::geometry::cells::filter::Rounding;

/// A coefficient of an affine form.
///
/// The machine types never overflow here: a static bound over all patterns covers every sum of absolute values.
pub(super) trait Integer: Clone + Rounding {
    fn zero() -> Self;
    /// An integer within the bound.
    fn from_big(value: &IBig) -> Self;
    fn to_big(&self) -> IBig;
    /// The value, if it fits.
    fn to_wide(&self) -> Option<i128>;
    fn is_zero(&self) -> bool;
    /// self += a·b.
    fn add_product(&mut self, a: &Self, b: &Self);
    /// self += a.
    fn add(&mut self, a: &Self);
    fn negated(&self) -> Self;
}

macro_rules! machine {
    ($($type:ty),*) => {$(
        impl Integer for $type {
            fn zero() -> Self {
                0
            }

            fn from_big(value: &IBig) -> Self {
                Self::try_from(value).expect("the static bound fits the type")
            }

            fn to_big(&self) -> IBig {
                IBig::from(*self)
            }

            #[inline]
            fn to_wide(&self) -> Option<i128> {
                Some(i128::from(*self))
            }

            #[inline]
            fn is_zero(&self) -> bool {
                *self == 0
            }

            #[inline]
            fn add_product(&mut self, a: &Self, b: &Self) {
                debug_assert!(a.checked_mul(*b).is_some_and(|p| self.checked_add(p).is_some()));
                *self = self.wrapping_add(a.wrapping_mul(*b));
            }

            #[inline]
            fn add(&mut self, a: &Self) {
                debug_assert!(self.checked_add(*a).is_some());
                *self = self.wrapping_add(*a);
            }

            #[inline]
            fn negated(&self) -> Self {
                self.wrapping_neg()
            }
        }
    )*};
}

machine!(i64, i128);

impl Integer for IBig {
    fn zero() -> Self {
        Self::ZERO
    }

    fn from_big(value: &IBig) -> Self {
        value.clone()
    }

    fn to_big(&self) -> IBig {
        self.clone()
    }

    fn to_wide(&self) -> Option<i128> {
        i128::try_from(self).ok()
    }

    fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    fn add_product(&mut self, a: &Self, b: &Self) {
        *self += a * b;
    }

    fn add(&mut self, a: &Self) {
        *self += a;
    }

    fn negated(&self) -> Self {
        -self
    }
}
