//! The number types that lanes hold.

/// An integer of bounded magnitude in a machine type; every operation is exact while operands and result obey the limit.
pub trait Lane: Copy {
    /// Largest magnitude.
    const LIMIT: u64;
    /// 0.
    const ZERO: Self;

    /// The integer n, |n| ≤ `LIMIT`.
    fn from_i64(n: i64) -> Self;

    /// The integer held.
    fn to_i64(self) -> i64;

    /// self + a·b.
    #[must_use]
    fn plus_product(self, a: Self, b: Self) -> Self;

    /// self·factor.
    #[must_use]
    fn times(self, factor: Self) -> Self;

    /// max(self, 0).
    #[must_use]
    fn positive_part(self) -> Self;

    /// The slope of σ: `one` above 0, `kink` at 0, 0 below.
    #[must_use]
    fn slope(self, one: Self, kink: Self) -> Self;

    /// Whether the integers are equal.
    fn is_equal(self, other: Self) -> bool;
}

// Wrapping operations that never wrap: the static bound covers operands, products and partial sums.
impl Lane for i64 {
    const LIMIT: u64 = (1 << 63) - 1;
    const ZERO: Self = 0;

    fn from_i64(n: i64) -> Self {
        n
    }

    fn to_i64(self) -> i64 {
        self
    }

    #[inline]
    fn plus_product(self, a: Self, b: Self) -> Self {
        debug_assert!(
            a.checked_mul(b)
                .is_some_and(|p| self.checked_add(p).is_some())
        );
        self.wrapping_add(a.wrapping_mul(b))
    }

    #[inline]
    fn times(self, factor: Self) -> Self {
        debug_assert!(self.checked_mul(factor).is_some());
        self.wrapping_mul(factor)
    }

    #[inline]
    fn positive_part(self) -> Self {
        self.max(0)
    }

    #[inline]
    fn slope(self, one: Self, kink: Self) -> Self {
        if self > 0 {
            one
        } else if self == 0 {
            kink
        } else {
            0
        }
    }

    #[inline]
    fn is_equal(self, other: Self) -> bool {
        self == other
    }
}
