//! Polynomial functions ℝᵈ → ℝ: a polynomial together with the number of its variables.

use std::fmt;

use super::multipoly::MultiPoly;
use super::poly::Poly;
use super::rational::Rational;
use crate::failure::Failure;

/// Largest total degree of a polynomial that is expanded into its coefficients.
pub const MOST_DEGREE: u32 = 1024;

/// A polynomial p ∈ ℚ\[x₀,…,x_{d−1}\], d ≥ 1; not all of the variables need to occur.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Polynomial {
    variables: usize,
    terms: MultiPoly,
}

impl Polynomial {
    /// The polynomial in this many variables. Errors ([`Failure::Shape`]): no variable, or another one occurs.
    pub fn new(variables: usize, terms: MultiPoly) -> Result<Self, Failure> {
        let needed = terms.symbols().last().map_or(1, |last| last + 1);
        if variables < needed {
            return Err(Failure::Shape(format!(
                "variables of a polynomial: expected at least {needed}, got {variables}"
            )));
        }
        Ok(Self { variables, terms })
    }

    /// The number of variables d.
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// The terms.
    pub fn terms(&self) -> &MultiPoly {
        &self.terms
    }

    /// The coefficients that are not zero, in ascending monomial order; `[0]` for the zero polynomial.
    pub fn coefficients(&self) -> Vec<Rational> {
        if self.terms.is_empty() {
            return vec![Rational::zero()];
        }
        self.terms.terms().map(|(_, value)| value.clone()).collect()
    }

    /// The largest sum of exponents of a term; 0 for the zero polynomial.
    pub fn total_degree(&self) -> u64 {
        let of = |exponents: &[u32]| exponents.iter().map(|&power| u64::from(power)).sum();
        let degrees = self.terms.terms().map(|(exponents, _)| of(exponents));
        degrees.max().unwrap_or(0)
    }

    /// The polynomial in one variable; `None` for d > 1.
    pub fn as_univariate(&self) -> Option<Poly> {
        (self.variables == 1)
            .then(|| self.terms.as_univariate(0))
            .flatten()
    }

    /// p(x). Errors ([`Failure::Shape`]): x has not d entries.
    pub fn evaluate(&self, point: &[Rational]) -> Result<Rational, Failure> {
        if point.len() != self.variables {
            return Err(Failure::Shape(format!(
                "argument of a polynomial: expected {} entries, got {}",
                self.variables,
                point.len()
            )));
        }
        Ok(self
            .terms
            .evaluate(point)
            .expect("no symbol beyond the variables occurs"))
    }
}

impl From<Poly> for Polynomial {
    fn from(poly: Poly) -> Self {
        Self {
            variables: 1,
            terms: MultiPoly::from_univariate(&poly, 0),
        }
    }
}

impl fmt::Display for Polynomial {
    /// `fn(x) x^3 - 2*x + 1`, with `x[0]`, `x[1]`, … for more than one variable.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = match self.variables {
            1 => vec!["x".into()],
            several => (0..several).map(|i| format!("x[{i}]")).collect(),
        };
        write!(f, "fn(x) {}", self.terms.display(&names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_and_degrees() {
        let (x, y) = (MultiPoly::symbol(0), MultiPoly::symbol(1));
        let terms = &(&(&x.pow(2) * &y).scaled(&3.into()) - &y) + &MultiPoly::constant(5.into());
        let p = Polynomial::new(2, terms.clone()).unwrap();
        assert_eq!(p.to_string(), "fn(x) 3*x[0]^2*x[1] - x[1] + 5");
        assert_eq!(p.coefficients(), [5, -1, 3].map(Rational::from));
        assert_eq!((p.total_degree(), p.variables()), (3, 2));
        assert_eq!(p.evaluate(&[2.into(), 1.into()]), Ok(16.into()));
        assert!(matches!(p.evaluate(&[1.into()]), Err(Failure::Shape(_))));
        assert!(matches!(Polynomial::new(1, terms), Err(Failure::Shape(_))));
        assert_eq!(p.as_univariate(), None);
    }

    #[test]
    fn the_zero_polynomial() {
        let zero = Polynomial::from(Poly::zero());
        assert_eq!(zero.to_string(), "fn(x) 0");
        assert_eq!(zero.coefficients(), [Rational::zero()]);
        assert_eq!(zero.total_degree(), 0);
        assert_eq!(zero.as_univariate(), Some(Poly::zero()));
    }
}
