//! The four operations: 64-bit paths with checked or 128-bit intermediates, big integers behind them.

use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use dashu_ratio::RBig;

use super::Rational;
use super::Repr::{Big, Small};

impl Rational {
    /// self / divisor; `None` iff the divisor is 0.
    pub fn over(&self, divisor: &Self) -> Option<Self> {
        Some(self * &divisor.recip()?)
    }

    /// gcd(|a|, |b|) for a, b > `i64::MIN`; gcd(0, 0) = 0.
    pub(crate) fn common_divisor(a: i64, b: i64) -> i64 {
        gcd(a.unsigned_abs(), b.unsigned_abs()).cast_signed()
    }

    /// self += x · y.
    #[inline]
    pub fn add_product(&mut self, x: &Self, y: &Self) {
        if let (Small(p, q), Small(a, b), Small(c, d)) = (&self.0, &x.0, &y.0)
            && let Some(sum) = fused(*p, q.get(), *a, b.get(), *c, d.get())
        {
            *self = sum;
            return;
        }
        *self = &*self + &(x * y);
    }
}

/// p/q + (a/b)·(c/d) with at most one gcd; `None` if an intermediate leaves 64 bits.
#[inline]
fn fused(p: i64, q: i64, a: i64, b: i64, c: i64, d: i64) -> Option<Rational> {
    let product = a.checked_mul(c)?;
    if b == 1 && d == 1 {
        // gcd(p + n·q, q) = gcd(p, q) = 1.
        let sum = product.checked_mul(q)?.checked_add(p)?;
        return (sum != i64::MIN).then(|| Rational::small(sum, q));
    }
    if product == 0 {
        return Some(Rational::small(p, q));
    }
    let denominator = b.checked_mul(d)?;
    let (sum, denominator) = if q == denominator {
        (p.checked_add(product)?, q)
    } else if q == 1 {
        (
            p.checked_mul(denominator)?.checked_add(product)?,
            denominator,
        )
    } else {
        let common = gcd(q.unsigned_abs(), denominator.unsigned_abs()).cast_signed();
        let (left, right) = (denominator / common, q / common);
        let sum = p
            .checked_mul(left)?
            .checked_add(product.checked_mul(right)?)?;
        (sum, denominator.checked_mul(right)?)
    };
    let common = gcd(sum.unsigned_abs(), denominator.unsigned_abs()).cast_signed();
    // sum = i64::MIN needs an even common factor to become inline; leave it to the general path.
    (sum != i64::MIN).then(|| Rational::small(sum / common, denominator / common))
}

/// a/b + c/d in lowest terms (Knuth, TAOCP 2, §4.5.1): with g = gcd(b, d), only g can share factors with the sum.
#[inline]
fn sum(a: i64, b: i64, c: i64, d: i64) -> Rational {
    if b == 1 && d == 1 {
        return match a.checked_add(c) {
            Some(sum) if sum != i64::MIN => Rational::small(sum, 1),
            _ => Rational::reduced(i128::from(a) + i128::from(c), 1),
        };
    }
    let wide = i128::from;
    // One denominator is 1: gcd(a + c·b, b) = gcd(a, b) = 1.
    if d == 1 {
        return Rational::reduced(wide(a) + wide(c) * wide(b), b.into());
    }
    if b == 1 {
        return Rational::reduced(wide(c) + wide(a) * wide(d), d.into());
    }
    let common = if b == d {
        b
    } else {
        gcd(b.unsigned_abs(), d.unsigned_abs()).cast_signed()
    };
    if common == 1 {
        return Rational::reduced(wide(a) * wide(d) + wide(c) * wide(b), wide(b) * wide(d));
    }
    let (b, d_reduced) = (b / common, d / common);
    let sum = wide(a) * wide(d_reduced) + wide(c) * wide(b);
    let rest = remainder(sum, common);
    let shared = gcd(rest, common.unsigned_abs()).cast_signed();
    if let Ok(sum) = i64::try_from(sum) {
        return Rational::reduced(wide(sum / shared), wide(b) * wide(d / shared));
    }
    Rational::reduced(sum / wide(shared), wide(b) * wide(d / shared))
}

/// |n| mod m for m > 0.
#[inline]
fn remainder(n: i128, m: i64) -> u64 {
    match i64::try_from(n) {
        Ok(n) => n.unsigned_abs() % m.unsigned_abs(),
        Err(_) => u64::try_from(n.unsigned_abs() % u128::from(m.unsigned_abs()))
            .expect("a remainder is below the modulus"),
    }
}

/// (a/b)·(c/d) in lowest terms: only gcd(a, d) and gcd(c, b) can be cancelled.
#[inline]
fn product(a: i64, b: i64, c: i64, d: i64) -> Rational {
    if b == 1 && d == 1 {
        return match a.checked_mul(c) {
            Some(product) if product != i64::MIN => Rational::small(product, 1),
            _ => Rational::reduced(i128::from(a) * i128::from(c), 1),
        };
    }
    if a == 0 || c == 0 {
        return Rational::zero();
    }
    let left = gcd(a.unsigned_abs(), d.unsigned_abs()).cast_signed();
    let right = gcd(c.unsigned_abs(), b.unsigned_abs()).cast_signed();
    let wide = i128::from;
    Rational::reduced(
        wide(a / left) * wide(c / right),
        wide(b / right) * wide(d / left),
    )
}

/// The greatest common divisor; gcd(0, n) = n. Powers of two in the second place cost no loop.
///
/// For operands that are not both 2⁶³, so that the result of a reduction fits `i64`.
#[inline]
pub(super) fn gcd(a: u64, b: u64) -> u64 {
    if a == 0 {
        return b;
    }
    if b & b.wrapping_sub(1) == 0 && b != 0 {
        return 1 << a.trailing_zeros().min(b.trailing_zeros());
    }
    gcd_by_shifts(a, b)
}

/// Stein's binary algorithm, a ≠ 0.
fn gcd_by_shifts(mut a: u64, mut b: u64) -> u64 {
    if b == 0 {
        return a;
    }
    let shift = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    loop {
        b >>= b.trailing_zeros();
        (a, b) = (a.min(b), a.abs_diff(b));
        if b == 0 {
            return a << shift;
        }
    }
}

#[cold]
fn big(a: &Rational, b: &Rational, operation: impl Fn(&RBig, &RBig) -> RBig) -> Rational {
    Rational::from_rbig(match (&a.0, &b.0) {
        (Big(a), Big(b)) => operation(a, b),
        (Big(a), Small(..)) => operation(a, &b.to_rbig()),
        (Small(..), Big(b)) => operation(&a.to_rbig(), b),
        (Small(..), Small(..)) => operation(&a.to_rbig(), &b.to_rbig()),
    })
}

impl Add for &Rational {
    type Output = Rational;

    #[inline]
    fn add(self, other: Self) -> Rational {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => sum(*a, b.get(), *c, d.get()),
            _ => big(self, other, |a, b| a + b),
        }
    }
}

impl Sub for &Rational {
    type Output = Rational;

    #[inline]
    fn sub(self, other: Self) -> Rational {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => sum(*a, b.get(), -c, d.get()),
            _ => big(self, other, |a, b| a - b),
        }
    }
}

impl Mul for &Rational {
    type Output = Rational;

    #[inline]
    fn mul(self, other: Self) -> Rational {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => product(*a, b.get(), *c, d.get()),
            _ => big(self, other, |a, b| a * b),
        }
    }
}

impl Neg for &Rational {
    type Output = Rational;

    #[inline]
    fn neg(self) -> Rational {
        match &self.0 {
            Small(a, b) => Rational(Small(-a, *b)),
            // +2⁶³ is big and −2⁶³ is big: negation never changes the representation.
            Big(value) => Rational(Big(Box::new(-(**value).clone()))),
        }
    }
}

impl Neg for Rational {
    type Output = Rational;

    fn neg(self) -> Rational {
        -&self
    }
}

macro_rules! by_value {
    ($($operator:ident $method:ident $assign:ident $assign_method:ident),*) => {$(
        impl $operator for Rational {
            type Output = Rational;
            fn $method(self, other: Self) -> Rational {
                $operator::$method(&self, &other)
            }
        }
        impl $operator<&Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                $operator::$method(&self, other)
            }
        }
        impl $operator<Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                $operator::$method(self, &other)
            }
        }
        impl $assign<&Rational> for Rational {
            fn $assign_method(&mut self, other: &Rational) {
                *self = $operator::$method(&*self, other);
            }
        }
        impl $assign for Rational {
            fn $assign_method(&mut self, other: Rational) {
                *self = $operator::$method(&*self, &other);
            }
        }
    )*};
}

by_value!(Add add AddAssign add_assign, Sub sub SubAssign sub_assign, Mul mul MulAssign mul_assign);
