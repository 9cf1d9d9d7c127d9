//! Real algebraic numbers: a polynomial and an interval that holds exactly one of its roots.

mod image;
mod isolate;
mod order;
mod sturm;
mod text;

pub use image::MOST_DEGREES;
pub use isolate::real_roots;
pub(crate) use order::enclosure;
pub use sturm::SturmChain;

use super::poly::Poly;
use super::rational::Rational;
use crate::failure::Failure;
use crate::field::Sign;

/// A real algebraic number.
///
/// A rational number p/q is held as the polynomial q·t − p with lower = upper = p/q. Any other number is the only root in the open
/// interval (lower, upper) of a squarefree primitive polynomial, which changes its sign there and vanishes at neither end. A
/// rational root is always recognised, so the two forms never denote the same number. `Eq` and `Ord` are those of the
/// numbers: different polynomials and intervals may give equal values.
#[derive(Clone, Debug)]
pub struct Algebraic {
    poly: Poly,
    lower: Rational,
    upper: Rational,
}

impl Algebraic {
    /// The root of `poly` in the closed interval \[lower, upper\].
    ///
    /// Errors ([`Failure::Undefined`]): poly = 0, lower > upper, or not exactly one root there (counted without multiplicity).
    pub fn root(poly: &Poly, lower: Rational, upper: Rational) -> Result<Self, Failure> {
        if poly.is_zero() {
            return Err(Failure::Undefined("root of the zero polynomial".into()));
        }
        if lower > upper {
            return Err(Failure::Undefined(format!(
                "root in the empty interval [{lower}, {upper}]"
            )));
        }
        let squarefree = poly.squarefree();
        let mut count = usize::from(squarefree.evaluate(&lower).is_zero());
        if count == 0 || lower < upper {
            count += SturmChain::new(&squarefree).roots_between(Some(&lower), Some(&upper));
        }
        if count != 1 {
            return Err(Failure::Undefined(format!(
                "root of {poly} in [{lower}, {upper}]: expected exactly 1, got {count}"
            )));
        }
        for end in [&lower, &upper] {
            if squarefree.evaluate(end).is_zero() {
                return Ok(Self::from(end.clone()));
            }
        }
        let isolated = Self {
            poly: squarefree,
            lower,
            upper,
        };
        Ok(isolated.rational_root().map_or(isolated, Self::from))
    }

    /// The polynomial: squarefree, primitive, with a positive leading coefficient; of degree 1 iff the number is rational.
    pub fn poly(&self) -> &Poly {
        &self.poly
    }

    /// A number below the value, or the value itself if it is rational.
    pub fn lower(&self) -> &Rational {
        &self.lower
    }

    /// A number above the value, or the value itself if it is rational.
    pub fn upper(&self) -> &Rational {
        &self.upper
    }

    /// The value if it is rational.
    pub fn to_rational(&self) -> Option<&Rational> {
        (self.lower == self.upper).then_some(&self.lower)
    }

    /// Whether the value is rational.
    pub fn is_rational(&self) -> bool {
        self.lower == self.upper
    }

    /// Halves the interval; nothing to do for a rational number.
    pub fn refine(&mut self) {
        if self.is_rational() {
            return;
        }
        let middle = Rational::midpoint(&self.lower, &self.upper);
        // One simple root inside: the value lies above the middle iff the signs at the middle and at `lower` agree.
        if self.poly.evaluate(&middle).sign() == self.lower_sign() {
            self.lower = middle;
        } else {
            self.upper = middle;
        }
    }

    /// The number with an interval of length below `width` > 0.
    #[must_use]
    pub fn refined(&self, width: &Rational) -> Self {
        let mut number = self.clone();
        while !number.is_rational() && &(&number.upper - &number.lower) >= width {
            number.refine();
        }
        number
    }

    /// The sign of the polynomial at `lower`.
    fn lower_sign(&self) -> Sign {
        self.poly.evaluate(&self.lower).sign()
    }

    /// The root in the interval if it is rational.
    ///
    /// For an integer polynomial with leading coefficient a, a·root is an integer if the root is rational, so an interval
    /// shorter than 1/a leaves one candidate.
    fn rational_root(&self) -> Option<Rational> {
        let lead = self.poly.leading()?;
        let width = lead.recip()?;
        let narrow = self.refined(&width);
        let candidate = Rational::from((&narrow.upper * lead).floor()) * &width;
        (candidate > narrow.lower && self.poly.evaluate(&candidate).is_zero()).then_some(candidate)
    }
}

impl From<Rational> for Algebraic {
    fn from(value: Rational) -> Self {
        let numerator = Rational::from(-value.numerator());
        let denominator = Rational::from(dashu_int::IBig::from(value.denominator()));
        Self {
            poly: Poly::from_coefficients(vec![numerator, denominator]),
            lower: value.clone(),
            upper: value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poly(coefficients: &[i64]) -> Poly {
        Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
    }

    fn root(coefficients: &[i64], lower: &str, upper: &str) -> Result<Algebraic, Failure> {
        Algebraic::root(
            &poly(coefficients),
            lower.parse().unwrap(),
            upper.parse().unwrap(),
        )
    }

    #[test]
    fn exactly_one_root_is_required() {
        assert!(root(&[-2, 0, 1], "1", "2").is_ok());
        assert!(root(&[-2, 0, 1], "-2", "0").is_ok());
        for (lower, upper) in [("-2", "2"), ("2", "3"), ("0", "1"), ("2", "1"), ("1", "1")] {
            let outcome = root(&[-2, 0, 1], lower, upper);
            assert!(
                matches!(outcome, Err(Failure::Undefined(_))),
                "[{lower}, {upper}]"
            );
        }
        assert!(root(&[], "0", "1").is_err());
        assert!(root(&[7], "0", "1").is_err());
        // t(t − 1): both ends are roots.
        assert!(root(&[0, -1, 1], "0", "1").is_err());
        assert!(root(&[0, -1, 1], "0", "1/2").is_ok());
        // (t − 1)² has one root, counted once.
        assert_eq!(
            root(&[1, -2, 1], "0", "2").unwrap().to_rational(),
            Some(&Rational::one())
        );
    }

    #[test]
    fn rational_roots_are_recognised() {
        for (coefficients, lower, upper, value) in [
            (&[-1, 2][..], "0", "1", "1/2"),
            (&[-2, 4, 1, -2], "0", "1", "1/2"),
            (&[0, 0, 5], "-1", "1", "0"),
            (&[-355, 113], "3", "4", "355/113"),
            (&[0, -1, 1], "1", "5", "1"),
            (&[-3, 1], "3", "3", "3"),
        ] {
            let number = root(coefficients, lower, upper).unwrap();
            assert_eq!(number.to_rational().unwrap().to_string(), value);
            assert_eq!(number.poly().degree(), Some(1));
            assert_eq!(number, Algebraic::from(value.parse::<Rational>().unwrap()));
        }
        assert_eq!(root(&[-2, 0, 1], "1", "2").unwrap().to_rational(), None);
    }

    #[test]
    fn refinement_keeps_the_root() {
        let mut number = root(&[-2, 0, 1], "1", "2").unwrap();
        for _ in 0..200 {
            number.refine();
            let (low, high) = (number.lower().pow(2), number.upper().pow(2));
            assert!(low < 2.into() && high > 2.into());
        }
        assert!(number.upper() - number.lower() < Rational::new(1, 1 << 60).unwrap());
        let width = Rational::new(1, 1000).unwrap();
        let narrow = root(&[-2, 0, 1], "1", "2").unwrap().refined(&width);
        assert!(narrow.upper() - narrow.lower() < width);
    }
}
