//! The ring operations of [`MultiPoly`].

use std::ops::{Add, Mul, Neg, Sub};

use super::MultiPoly;
use crate::field::Field;
use crate::number::rational::Rational;

impl Add for &MultiPoly {
    type Output = MultiPoly;

    fn add(self, other: Self) -> MultiPoly {
        let (mut sum, less) = if self.len() < other.len() {
            (other.clone(), self)
        } else {
            (self.clone(), other)
        };
        for (exponents, value) in &less.terms {
            sum.add_term(exponents.clone(), value);
        }
        sum
    }
}

impl Sub for &MultiPoly {
    type Output = MultiPoly;

    fn sub(self, other: Self) -> MultiPoly {
        let mut difference = self.clone();
        for (exponents, value) in &other.terms {
            difference.add_term(exponents.clone(), &-value);
        }
        difference
    }
}

impl Mul for &MultiPoly {
    type Output = MultiPoly;

    fn mul(self, other: Self) -> MultiPoly {
        let mut product = MultiPoly::default();
        for (exponents, value) in &self.terms {
            product.add_multiple(exponents, value, other);
        }
        product
    }
}

impl Neg for &MultiPoly {
    type Output = MultiPoly;

    fn neg(self) -> MultiPoly {
        let terms = self
            .terms
            .iter()
            .map(|(e, value)| (e.clone(), -value))
            .collect();
        MultiPoly { terms }
    }
}

impl Field for MultiPoly {
    fn zero() -> Self {
        Self::default()
    }

    fn one() -> Self {
        Self::constant(Rational::one())
    }

    fn from_rational(value: &Rational) -> Self {
        Self::constant(value.clone())
    }

    fn plus(&self, other: &Self) -> Self {
        self + other
    }

    fn minus(&self, other: &Self) -> Self {
        self - other
    }

    fn times(&self, other: &Self) -> Self {
        self * other
    }

    fn negated(&self) -> Self {
        -self
    }

    /// The exact quotient; `None` if the divisor is 0 or does not divide.
    fn over(&self, divisor: &Self) -> Option<Self> {
        self.exact_quotient(divisor)
    }

    fn is_zero(&self) -> bool {
        self.is_empty()
    }

    fn add_product(&mut self, a: &Self, b: &Self) {
        for (exponents, value) in &a.terms {
            self.add_multiple(exponents, value, b);
        }
    }
}
