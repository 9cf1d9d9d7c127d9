//! Polynomial images and reciprocals of algebraic numbers.

use super::{Algebraic, SturmChain, enclosure};
use crate::failure::Failure;
use crate::field::Sign;
use crate::linear::matrix::Matrix;
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// Largest degree of the polynomial of an irrational number whose image is computed.
pub const MOST_DEGREES: usize = 48;

impl Algebraic {
    /// q(α) for the number α.
    ///
    /// # Exactness
    /// With p the polynomial of α, q(α) is a root of the characteristic polynomial of the multiplication by q on ℚ\[t\]/(p); the
    /// interval of α is halved until the image of it holds one root.
    ///
    /// Errors ([`Failure::Limit`]): α is irrational and p has a degree above [`MOST_DEGREES`].
    pub fn image(&self, poly: &Poly) -> Result<Self, Failure> {
        if let Some(value) = self.to_rational() {
            return Ok(poly.evaluate(value).into());
        }
        let rest = poly.remainder(&self.poly);
        if let Some(value) = rest.as_constant() {
            return Ok(value.into());
        }
        let degree = self.poly.degree().unwrap_or(0);
        if degree > MOST_DEGREES {
            return Err(Failure::Limit(format!(
                "degree of an algebraic number: expected at most {MOST_DEGREES}, got {degree}"
            )));
        }
        let values = characteristic(&rest, &self.poly, degree).squarefree();
        let chain = SturmChain::new(&values);
        let mut number = self.clone();
        loop {
            let (low, high) = enclosure(&rest, &number.lower, &number.upper);
            let inside = chain.roots_between(Some(&low), Some(&high))
                + usize::from(values.evaluate(&low).is_zero());
            if inside == 1 {
                return Self::root(&values, low, high);
            }
            number.refine();
        }
    }

    /// 1/α; `None` iff α = 0.
    pub fn recip(&self) -> Option<Self> {
        if let Some(value) = self.to_rational() {
            return value.recip().map(Self::from);
        }
        let mut number = self.clone();
        // α ≠ 0 is irrational: the interval leaves 0 behind.
        while number.lower.sign() != number.upper.sign() || number.lower.is_zero() {
            number.refine();
        }
        let reversed: Vec<Rational> = number.poly.coefficients().iter().rev().cloned().collect();
        let (lower, upper) = (number.upper.recip()?, number.lower.recip()?);
        let poly = Poly::from_coefficients(reversed).normalized();
        Some(Self { poly, lower, upper })
    }

    /// |α|.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.sign() == Sign::Negative {
            self.negated()
        } else {
            self.clone()
        }
    }

    /// −α.
    #[must_use]
    pub fn negated(&self) -> Self {
        let alternating = Poly::from_coefficients(vec![Rational::zero(), -Rational::one()]);
        Self {
            poly: self.poly.compose(&alternating).normalized(),
            lower: -&self.upper,
            upper: -&self.lower,
        }
    }
}

/// det(y − M) for the matrix M of the multiplication by q on ℚ\[t\]/(p), deg p = n, by the recursion of Faddeev and LeVerrier:
/// with B₁ = I, a_{n−k} = −tr(M·B_k)/k and B_{k+1} = M·B_k + a_{n−k}·I.
fn characteristic(q: &Poly, p: &Poly, n: usize) -> Poly {
    let mut columns: Vec<Poly> = Vec::with_capacity(n);
    let mut column = q.clone();
    for _ in 0..n {
        columns.push(column.clone());
        column = (&column * &Poly::variable()).remainder(p);
    }
    let entries = (0..n).flat_map(|i| columns.iter().map(move |column| column.coefficient(i)));
    let square = "n² entries make a square matrix";
    let matrix = Matrix::new(n, n, entries.collect()).expect(square);
    let mut coefficients = vec![Rational::one()];
    let mut power = Matrix::identity(n);
    let mut k = Rational::zero();
    for _ in 0..n {
        k += Rational::one();
        power = matrix.times(&power).expect(square);
        let trace = (0..n).fold(Rational::zero(), |sum, i| &sum + &power.row(i)[i]);
        let next = (-&trace).over(&k).expect("k counts from 1");
        power = power
            .plus(&Matrix::identity(n).scaled(&next))
            .expect(square);
        coefficients.push(next);
    }
    coefficients.reverse();
    Poly::from_coefficients(coefficients)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::roots::real_roots;

    fn poly(coefficients: &[i64]) -> Poly {
        Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
    }

    #[test]
    fn images_of_the_root_of_two() {
        let root = real_roots(&poly(&[-2, 0, 1])).pop().unwrap();
        assert_eq!(root.image(&poly(&[0, 0, 3])), Ok(Rational::from(6).into()));
        // (1 + √2)² = 3 + 2√2 is a root of y² − 6y + 1.
        let image = root.image(&poly(&[1, 2, 1])).unwrap();
        assert_eq!(image, real_roots(&poly(&[1, -6, 1])).pop().unwrap());
        assert_eq!(image.recip().unwrap(), real_roots(&poly(&[1, -6, 1]))[0]);
        assert_eq!(root.negated(), real_roots(&poly(&[-2, 0, 1]))[0]);
        assert_eq!(root.negated().abs(), root);
        assert_eq!(Algebraic::from(Rational::zero()).recip(), None);
    }

    #[test]
    fn the_image_annihilates_its_polynomial() {
        // p of degree 5 with three real roots, q of degree 3.
        let p = poly(&[1, -4, 0, 0, 0, 1]);
        let q = poly(&[-1, 2, 0, 1]);
        for root in real_roots(&p) {
            let image = root.image(&q).unwrap();
            assert_eq!(root.sign_of(&image.poly().compose(&q)), Sign::Zero);
            let (low, high) = (&q - &Poly::constant(image.lower().clone()), {
                &Poly::constant(image.upper().clone()) - &q
            });
            assert_eq!(root.sign_of(&low), Sign::Positive);
            assert_eq!(root.sign_of(&high), Sign::Positive);
        }
    }
}
