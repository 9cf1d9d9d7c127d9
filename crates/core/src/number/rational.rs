//! Rational numbers in lowest terms, without allocation while numerator and denominator fit 64 bits.

mod arithmetic;
mod between;
mod conversion;
mod root;
mod text;

use std::num::NonZeroI64;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::field::Sign;

/// A rational number p/q in lowest terms, q ≥ 1.
///
/// Canonical: p and q lie inline iff |p| ≤ 2⁶³ − 1 and q ≤ 2⁶³ − 1, so equal numbers have equal representations. Leaving
/// out p = −2⁶³ keeps negation, absolute value and reciprocal inside the inline form.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// Numerator > `i64::MIN` and positive denominator, coprime.
    Small(i64, NonZeroI64),
    /// Everything else.
    Big(Box<RBig>),
}

use Repr::{Big, Small};

impl Rational {
    /// 0.
    pub fn zero() -> Self {
        Self::small(0, 1)
    }

    /// 1.
    pub fn one() -> Self {
        Self::small(1, 1)
    }

    /// The integer n.
    pub fn from_integer(n: i64) -> Self {
        if n == i64::MIN {
            Self::reduced(i128::from(n), 1)
        } else {
            Self::small(n, 1)
        }
    }

    /// p/q; `None` iff q = 0.
    pub fn new(p: i64, q: i64) -> Option<Self> {
        if q == 0 {
            return None;
        }
        let (p, q) = if q < 0 {
            (-i128::from(p), -i128::from(q))
        } else {
            (p.into(), q.into())
        };
        let divisor = match (u64::try_from(p.unsigned_abs()), u64::try_from(q)) {
            (Ok(p), Ok(q)) => i128::from(arithmetic::gcd(p, q)),
            _ => unreachable!("magnitudes of i64 fit u64"),
        };
        Some(Self::reduced(p / divisor, q / divisor))
    }

    /// p/q; `None` iff q = 0.
    pub fn from_parts(p: IBig, q: UBig) -> Option<Self> {
        if q.is_zero() {
            None
        } else {
            Some(Self::from_rbig(RBig::from_parts(p, q)))
        }
    }

    /// The same number, from the big representation.
    pub fn from_rbig(value: RBig) -> Self {
        match (
            i64::try_from(value.numerator()),
            i64::try_from(value.denominator()),
        ) {
            (Ok(p), Ok(q)) if p != i64::MIN => Self::small(p, q),
            _ => Self(Big(Box::new(value))),
        }
    }

    /// The same number in the big representation.
    pub fn to_rbig(&self) -> RBig {
        match &self.0 {
            Small(p, q) if q.get() == 1 => RBig::from(IBig::from(*p)),
            Small(p, q) => RBig::from_parts(IBig::from(*p), UBig::from(q.get().unsigned_abs())),
            Big(value) => (**value).clone(),
        }
    }

    /// p > −2⁶³ and q > 0 as 64-bit integers, if both fit.
    pub fn small_parts(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Small(p, q) => Some((*p, q.get())),
            Big(_) => None,
        }
    }

    /// The numerator p.
    pub fn numerator(&self) -> IBig {
        match &self.0 {
            Small(p, _) => IBig::from(*p),
            Big(value) => value.numerator().clone(),
        }
    }

    /// The denominator q ≥ 1.
    pub fn denominator(&self) -> UBig {
        match &self.0 {
            Small(_, q) => UBig::from(q.get().unsigned_abs()),
            Big(value) => value.denominator().clone(),
        }
    }

    /// The sign.
    #[inline]
    pub fn sign(&self) -> Sign {
        match &self.0 {
            Small(p, _) => p.cmp(&0).into(),
            Big(value) if value.numerator().sign() == dashu_int::Sign::Negative => Sign::Negative,
            Big(_) => Sign::Positive,
        }
    }

    /// Whether the number is 0.
    #[inline]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small(0, _))
    }

    /// Whether the number is 1.
    #[inline]
    pub fn is_one(&self) -> bool {
        matches!(self.0, Small(1, q) if q.get() == 1)
    }

    /// Whether the number is an integer.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small(_, q) => q.get() == 1,
            Big(value) => value.is_int(),
        }
    }

    /// Whether the denominator is a power of two, 2⁰ included.
    pub fn is_dyadic(&self) -> bool {
        match &self.0 {
            Small(_, q) => q.get() & (q.get() - 1) == 0,
            Big(value) => {
                value.denominator().trailing_zeros() == Some(value.denominator().bit_len() - 1)
            }
        }
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.sign() == Sign::Negative {
            -self
        } else {
            self.clone()
        }
    }

    /// 1/x; `None` iff x = 0.
    pub fn recip(&self) -> Option<Self> {
        match &self.0 {
            Small(0, _) => None,
            Small(p, q) => Some(Self::small(
                if *p < 0 { -q.get() } else { q.get() },
                p.abs(),
            )),
            Big(value) => {
                let (p, q) = (value.numerator(), value.denominator());
                let (sign, magnitude) = p.clone().into_parts();
                Some(Self::from_rbig(RBig::from_parts(
                    IBig::from_parts(sign, q.clone()),
                    magnitude,
                )))
            }
        }
    }

    /// xⁿ; 0⁰ = 1.
    #[must_use]
    pub fn pow(&self, n: u32) -> Self {
        if let Small(p, q) = &self.0
            && let (Some(p), Some(q)) = (p.checked_pow(n), q.get().checked_pow(n))
        {
            return Self::reduced(p.into(), q.into());
        }
        let n = usize::try_from(n).expect("at least 32 bits in a usize");
        Self::from_rbig(RBig::from_parts(
            self.numerator().pow(n),
            self.denominator().pow(n),
        ))
    }

    /// xⁿ for an integer n; 0⁰ = 1.
    ///
    /// `None` iff x = 0 and n < 0, or |n| ≥ 2³² and x ∉ {−1, 0, 1}.
    pub fn power(&self, n: i64) -> Option<Self> {
        let base = if n < 0 { self.recip()? } else { self.clone() };
        match u32::try_from(n.unsigned_abs()) {
            Ok(n) => Some(base.pow(n)),
            // For x ∈ {−1, 0, 1}: xⁿ = x or x², by the parity of n.
            Err(_) if base.abs() <= Self::one() => {
                Some(if n % 2 == 0 { base.pow(2) } else { base })
            }
            Err(_) => None,
        }
    }

    /// ⌊x⌋.
    pub fn floor(&self) -> IBig {
        match &self.0 {
            Small(p, q) => IBig::from(p.div_euclid(q.get())),
            Big(value) => value.floor(),
        }
    }

    /// ⌈x⌉.
    pub fn ceil(&self) -> IBig {
        -(-self).floor()
    }

    /// The number as `i64`; `None` unless it is an integer in range.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Small(p, q) => (q.get() == 1).then_some(*p),
            Big(value) if value.is_int() => i64::try_from(value.numerator()).ok(),
            Big(_) => None,
        }
    }

    /// The number as `u32`; `None` unless it is an integer in range.
    pub fn to_u32(&self) -> Option<u32> {
        u32::try_from(self.to_i64()?).ok()
    }

    /// The bits of |p| plus the bits of q: 1 for 0 (no bit, and one for q = 1), 2 for ±1.
    pub fn bits(&self) -> usize {
        match &self.0 {
            Small(p, q) => {
                let length = |n: u64| (u64::BITS - n.leading_zeros()) as usize;
                length(p.unsigned_abs()) + length(q.get().unsigned_abs())
            }
            Big(value) => value.numerator().bit_len() + value.denominator().bit_len(),
        }
    }

    /// x/2.
    #[must_use]
    pub fn half(&self) -> Self {
        self * &Self::small(1, 2)
    }

    /// (a + b)/2.
    pub fn midpoint(a: &Self, b: &Self) -> Self {
        (a + b).half()
    }

    /// p/q for coprime p > `i64::MIN` and q > 0.
    #[inline]
    fn small(p: i64, q: i64) -> Self {
        Self(Small(
            p,
            NonZeroI64::new(q).expect("a denominator is not zero"),
        ))
    }

    /// p/q for coprime p and q > 0.
    #[inline]
    pub(crate) fn reduced(p: i128, q: i128) -> Self {
        match (i64::try_from(p), i64::try_from(q)) {
            (Ok(p), Ok(q)) if p != i64::MIN => Self::small(p, q),
            _ => Self::reduced_big(p, q),
        }
    }

    #[cold]
    fn reduced_big(p: i128, q: i128) -> Self {
        let value = RBig::from_parts(IBig::from(p), UBig::from(q.unsigned_abs()));
        Self(Big(Box::new(value)))
    }
}

#[cfg(test)]
mod tests;
