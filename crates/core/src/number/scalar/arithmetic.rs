//! The field operations of [`Scalar`]: rational and polynomial operands take direct paths.

use super::Scalar::{Fraction as Quotient, Poly as Polynomial, Rational as Number};
use super::{Fraction, Scalar};
use crate::field::Field;
use crate::number::poly::Poly;
use crate::number::rational::Rational;

impl Scalar {
    fn to_fraction(&self) -> Fraction {
        match self {
            Number(_) | Polynomial(_) => Fraction::polynomial(self.numerator()),
            Quotient(fraction) => (**fraction).clone(),
        }
    }

    /// Restores the normal form after an operation on the polynomial inside.
    fn lower(&mut self) {
        if let Polynomial(poly) = self
            && let Some(value) = poly.as_constant()
        {
            *self = Number(value);
        }
    }
}

/// p + a.
fn shifted(poly: &Poly, value: &Rational) -> Scalar {
    let mut sum = poly.clone();
    sum.add_constant(value);
    Polynomial(sum)
}

/// a·p.
fn scaled(poly: &Poly, factor: &Rational) -> Scalar {
    if factor.is_zero() {
        Scalar::default()
    } else {
        Polynomial(poly.scaled(factor))
    }
}

impl Field for Scalar {
    fn zero() -> Self {
        Self::default()
    }

    fn one() -> Self {
        Number(Rational::one())
    }

    fn from_rational(value: &Rational) -> Self {
        Number(value.clone())
    }

    #[inline]
    fn plus(&self, other: &Self) -> Self {
        match (self, other) {
            (Number(a), Number(b)) => Number(a + b),
            (Number(a), Polynomial(p)) | (Polynomial(p), Number(a)) => shifted(p, a),
            (Polynomial(p), Polynomial(q)) => Self::from(p + q),
            _ => Self::from(self.to_fraction().plus(&other.to_fraction())),
        }
    }

    #[inline]
    fn minus(&self, other: &Self) -> Self {
        match (self, other) {
            (Number(a), Number(b)) => Number(a - b),
            (Polynomial(p), Number(a)) => shifted(p, &-a),
            (Polynomial(p), Polynomial(q)) => Self::from(p - q),
            _ => self.plus(&other.negated()),
        }
    }

    #[inline]
    fn times(&self, other: &Self) -> Self {
        match (self, other) {
            (Number(a), Number(b)) => Number(a * b),
            (Number(a), Polynomial(p)) | (Polynomial(p), Number(a)) => scaled(p, a),
            (Polynomial(p), Polynomial(q)) => Polynomial(p * q),
            _ => Self::from(self.to_fraction().times(&other.to_fraction())),
        }
    }

    #[inline]
    fn negated(&self) -> Self {
        match self {
            Number(a) => Number(-a),
            Polynomial(p) => Polynomial(-p),
            Quotient(fraction) => Quotient(Box::new(fraction.negated())),
        }
    }

    fn over(&self, divisor: &Self) -> Option<Self> {
        match (self, divisor) {
            (Number(a), Number(b)) => a.over(b).map(Number),
            (_, Number(b)) if b.is_one() => Some(self.clone()),
            (Polynomial(p), Number(b)) => b.recip().map(|inverse| scaled(p, &inverse)),
            (Polynomial(p), Polynomial(q)) if let Some(quotient) = p.exact_quotient(q) => {
                Some(Self::from(quotient))
            }
            _ => {
                let inverse = divisor.to_fraction().recip()?;
                Some(Self::from(self.to_fraction().times(&inverse)))
            }
        }
    }

    #[inline]
    fn is_zero(&self) -> bool {
        matches!(self, Number(a) if a.is_zero())
    }

    #[inline]
    fn add_product(&mut self, a: &Self, b: &Self) {
        match (&mut *self, a, b) {
            (Number(sum), Number(x), Number(y)) => sum.add_product(x, y),
            (Polynomial(sum), Number(x), Number(y)) => sum.add_constant(&(x * y)),
            (Polynomial(sum), Number(x), Polynomial(p))
            | (Polynomial(sum), Polynomial(p), Number(x)) => {
                sum.add_scaled(x, p);
                self.lower();
            }
            (Polynomial(sum), Polynomial(p), Polynomial(q)) => {
                sum.add_product(p, q);
                self.lower();
            }
            _ if a.is_zero() || b.is_zero() => {}
            _ => *self = self.plus(&a.times(b)),
        }
    }
}
