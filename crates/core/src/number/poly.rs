//! Polynomials in one symbol over ℚ.

mod division;
mod text;

use std::ops::{Add, Mul, Neg, Sub};

use super::rational::Rational;

pub(crate) use division::content;
pub(crate) use text::{power_text, sum_text};

/// A polynomial Σ a_i tⁱ over ℚ.
///
/// Canonical: coefficients ascend and the last one is not zero; the zero polynomial has none.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Poly {
    coefficients: Vec<Rational>,
}

impl Poly {
    /// The polynomial 0.
    pub fn zero() -> Self {
        Self {
            coefficients: Vec::new(),
        }
    }

    /// The polynomial 1.
    pub fn one() -> Self {
        Self::constant(Rational::one())
    }

    /// The constant polynomial a.
    pub fn constant(value: Rational) -> Self {
        Self::from_coefficients(vec![value])
    }

    /// The polynomial t.
    pub fn variable() -> Self {
        Self {
            coefficients: vec![Rational::zero(), Rational::one()],
        }
    }

    /// Σ a_i tⁱ for the coefficients a₀, a₁, …; trailing zeros are dropped.
    pub fn from_coefficients(mut coefficients: Vec<Rational>) -> Self {
        while coefficients.last().is_some_and(Rational::is_zero) {
            coefficients.pop();
        }
        Self { coefficients }
    }

    /// The coefficients a₀, …, a_n with a_n ≠ 0; empty for 0.
    pub fn coefficients(&self) -> &[Rational] {
        &self.coefficients
    }

    /// The degree; `None` for 0.
    pub fn degree(&self) -> Option<usize> {
        self.coefficients.len().checked_sub(1)
    }

    /// The coefficient of tⁱ, 0 beyond the degree.
    pub fn coefficient(&self, i: usize) -> Rational {
        self.coefficients.get(i).cloned().unwrap_or_default()
    }

    /// The coefficient of the highest power; `None` for 0.
    pub fn leading(&self) -> Option<&Rational> {
        self.coefficients.last()
    }

    /// Whether this is the polynomial 0.
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// The value of a polynomial of degree 0 or of 0; `None` for a higher degree.
    pub fn as_constant(&self) -> Option<Rational> {
        (self.coefficients.len() <= 1).then(|| self.coefficient(0))
    }

    /// The value at `point`, by Horner's rule.
    pub fn evaluate(&self, point: &Rational) -> Rational {
        let mut value = Rational::zero();
        for coefficient in self.coefficients.iter().rev() {
            let mut next = coefficient.clone();
            next.add_product(&value, point);
            value = next;
        }
        value
    }

    /// The multiple a·p.
    #[must_use]
    pub fn scaled(&self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return Self::zero();
        }
        if factor.is_one() {
            return self.clone();
        }
        Self {
            coefficients: self.coefficients.iter().map(|a| a * factor).collect(),
        }
    }

    /// self += a·p.
    pub fn add_scaled(&mut self, factor: &Rational, other: &Self) {
        if factor.is_zero() {
            return;
        }
        if self.coefficients.len() < other.coefficients.len() {
            self.coefficients
                .resize(other.coefficients.len(), Rational::zero());
        }
        for (sum, value) in self.coefficients.iter_mut().zip(&other.coefficients) {
            sum.add_product(factor, value);
        }
        self.trim();
    }

    /// self += a·b, without an intermediate product.
    pub fn add_product(&mut self, a: &Self, b: &Self) {
        if a.is_zero() || b.is_zero() {
            return;
        }
        let length = a.coefficients.len() + b.coefficients.len() - 1;
        if self.coefficients.len() < length {
            self.coefficients.resize(length, Rational::zero());
        }
        for (i, x) in a.coefficients.iter().enumerate() {
            if !x.is_zero() {
                for (sum, y) in self.coefficients[i..].iter_mut().zip(&b.coefficients) {
                    sum.add_product(x, y);
                }
            }
        }
        self.trim();
    }

    /// self += a for a constant a.
    pub fn add_constant(&mut self, value: &Rational) {
        match self.coefficients.first_mut() {
            Some(first) => {
                *first += value;
                self.trim();
            }
            None => *self = Self::constant(value.clone()),
        }
    }

    /// The derivative p′.
    #[must_use]
    pub fn derivative(&self) -> Self {
        let mut power = Rational::zero();
        let coefficients = self.coefficients.iter().skip(1).map(|coefficient| {
            power += Rational::one();
            coefficient * &power
        });
        Self {
            coefficients: coefficients.collect(),
        }
    }

    /// The composition p(q(t)), by Horner's rule.
    #[must_use]
    pub fn compose(&self, inner: &Self) -> Self {
        let mut value = Self::zero();
        for coefficient in self.coefficients.iter().rev() {
            value = &value * inner;
            value.add_constant(coefficient);
        }
        value
    }

    /// The power pⁿ; p⁰ = 1.
    #[must_use]
    pub fn pow(&self, n: u32) -> Self {
        let mut value = Self::one();
        for bit in (0..u32::BITS - n.leading_zeros()).rev() {
            value = &value * &value;
            if n >> bit & 1 == 1 {
                value = &value * self;
            }
        }
        value
    }

    fn trim(&mut self) {
        while self.coefficients.last().is_some_and(Rational::is_zero) {
            self.coefficients.pop();
        }
    }

    /// Σ (a_i ± b_i) tⁱ; `both` and `second` give the coefficient where both operands or only the second one has one.
    fn merged(
        &self,
        other: &Self,
        both: impl Fn(&Rational, &Rational) -> Rational,
        second: impl Fn(&Rational) -> Rational,
    ) -> Self {
        let (a, b) = (&self.coefficients, &other.coefficients);
        let common = a.len().min(b.len());
        let mut coefficients = Vec::with_capacity(a.len().max(b.len()));
        coefficients.extend(a.iter().zip(b).map(|(x, y)| both(x, y)));
        coefficients.extend(a[common..].iter().cloned());
        coefficients.extend(b[common..].iter().map(second));
        Self::from_coefficients(coefficients)
    }
}

impl Add for &Poly {
    type Output = Poly;

    fn add(self, other: Self) -> Poly {
        self.merged(other, |x, y| x + y, Rational::clone)
    }
}

impl Sub for &Poly {
    type Output = Poly;

    fn sub(self, other: Self) -> Poly {
        self.merged(other, |x, y| x - y, |y| -y)
    }
}

impl Mul for &Poly {
    type Output = Poly;

    fn mul(self, other: Self) -> Poly {
        if self.coefficients.len() == 1 {
            return other.scaled(&self.coefficients[0]);
        }
        if other.coefficients.len() == 1 {
            return self.scaled(&other.coefficients[0]);
        }
        let mut product = Poly::zero();
        product.add_product(self, other);
        product
    }
}

impl Neg for &Poly {
    type Output = Poly;

    fn neg(self) -> Poly {
        Poly {
            coefficients: self.coefficients.iter().map(|a| -a).collect(),
        }
    }
}

macro_rules! by_value {
    ($($operator:ident $method:ident),*) => {$(
        impl $operator for Poly {
            type Output = Poly;
            fn $method(self, other: Self) -> Poly {
                $operator::$method(&self, &other)
            }
        }
        impl $operator<&Poly> for Poly {
            type Output = Poly;
            fn $method(self, other: &Poly) -> Poly {
                $operator::$method(&self, other)
            }
        }
    )*};
}

by_value!(Add add, Sub sub, Mul mul);

impl Neg for Poly {
    type Output = Poly;

    fn neg(self) -> Poly {
        -&self
    }
}

impl From<Rational> for Poly {
    fn from(value: Rational) -> Self {
        Self::constant(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poly(coefficients: &[i64]) -> Poly {
        Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
    }

    #[test]
    fn canonical_form_has_no_trailing_zero() {
        assert_eq!(poly(&[1, 2, 0, 0]), poly(&[1, 2]));
        assert_eq!(poly(&[0, 0]).degree(), None);
        assert!((&poly(&[1, 2]) - &poly(&[1, 2])).is_zero());
        assert_eq!((&poly(&[1, 1]) + &poly(&[1, -1])).degree(), Some(0));
        let mut sum = poly(&[0, 0, 1]);
        sum.add_product(&poly(&[0, 1]), &poly(&[0, -1]));
        assert!(sum.is_zero());
        sum.add_constant(&Rational::zero());
        assert!(sum.is_zero());
    }

    #[test]
    fn values_and_compositions() {
        let p = poly(&[-1, 0, 3]);
        assert_eq!(
            p.evaluate(&Rational::new(1, 2).unwrap()),
            Rational::new(-1, 4).unwrap()
        );
        assert_eq!(p.derivative(), poly(&[0, 6]));
        assert_eq!(p.compose(&poly(&[1, 1])), poly(&[2, 6, 3]));
        assert_eq!(p.pow(2), poly(&[1, 0, -6, 0, 9]));
        assert_eq!(p.pow(0), Poly::one());
        assert_eq!(Poly::zero().pow(0), Poly::one());
        assert!(Poly::zero().pow(3).is_zero());
        assert_eq!(Poly::zero().evaluate(&Rational::one()), Rational::zero());
        assert_eq!(p.compose(&Poly::zero()), poly(&[-1]));
    }

    #[test]
    fn constants_are_recognised() {
        assert_eq!(Poly::zero().as_constant(), Some(Rational::zero()));
        assert_eq!(poly(&[5]).as_constant(), Some(Rational::from(5)));
        assert_eq!(Poly::variable().as_constant(), None);
        assert_eq!(Poly::variable().coefficient(7), Rational::zero());
    }
}
