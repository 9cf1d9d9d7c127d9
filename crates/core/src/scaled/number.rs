//! The number types of the integer evaluation.

use dashu_int::IBig;

use crate::field::Sign;

/// Integers of a bounded (or any) magnitude. The operations are exact as long as the bound holds for operands and result.
pub(super) trait Exact: Clone {
    /// An integer within the bound.
    fn from_integer(value: &IBig) -> Self;

    /// An integer within the bound.
    fn from_i64(value: i64) -> Self;

    fn to_integer(&self) -> IBig;

    fn zero() -> Self;

    fn sign(&self) -> Sign;

    /// self += other.
    fn add(&mut self, other: &Self);

    /// self += a·b.
    fn add_product(&mut self, a: &Self, b: &Self);

    /// self *= factor.
    fn scale(&mut self, factor: &Self);
}

/// What the kernel takes as coordinates.
pub(super) trait Coordinate {
    fn to_exact<T: Exact>(&self) -> T;
}

impl Coordinate for i64 {
    fn to_exact<T: Exact>(&self) -> T {
        T::from_i64(*self)
    }
}

impl Coordinate for IBig {
    fn to_exact<T: Exact>(&self) -> T {
        T::from_integer(self)
    }
}

// The wrapping operations never wrap: the static bound covers operands, products and partial sums.
macro_rules! machine_integer {
    ($($type:ty),*) => {$(
        impl Exact for $type {
            fn from_integer(value: &IBig) -> Self {
                Self::try_from(value).expect("the static bound fits the type")
            }

            fn from_i64(value: i64) -> Self {
                Self::from(value)
            }

            fn to_integer(&self) -> IBig {
                IBig::from(*self)
            }

            fn zero() -> Self {
                0
            }

            #[inline]
            fn sign(&self) -> Sign {
                self.cmp(&0).into()
            }

            #[inline]
            fn add(&mut self, other: &Self) {
                debug_assert!(self.checked_add(*other).is_some());
                *self = self.wrapping_add(*other);
            }

            #[inline]
            fn add_product(&mut self, a: &Self, b: &Self) {
                debug_assert!(a.checked_mul(*b).is_some_and(|p| self.checked_add(p).is_some()));
                *self = self.wrapping_add(a.wrapping_mul(*b));
            }

            #[inline]
            fn scale(&mut self, factor: &Self) {
                debug_assert!(self.checked_mul(*factor).is_some());
                *self = self.wrapping_mul(*factor);
            }
        }
    )*};
}

machine_integer!(i64, i128);

impl Exact for IBig {
    fn from_integer(value: &IBig) -> Self {
        value.clone()
    }

    fn from_i64(value: i64) -> Self {
        Self::from(value)
    }

    fn to_integer(&self) -> IBig {
        self.clone()
    }

    fn zero() -> Self {
        Self::ZERO
    }

    fn sign(&self) -> Sign {
        self.cmp(&Self::ZERO).into()
    }

    fn add(&mut self, other: &Self) {
        *self += other;
    }

    fn add_product(&mut self, a: &Self, b: &Self) {
        if *b != Self::ZERO {
            *self += a * b;
        }
    }

    fn scale(&mut self, factor: &Self) {
        *self *= factor;
    }
}
