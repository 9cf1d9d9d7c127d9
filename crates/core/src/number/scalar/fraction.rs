//! Quotients of polynomials in several symbols, with the common factors cancelled that are cheap to find.

use crate::field::Field;
use crate::number::multipoly::{MultiPoly, common_exponents};

/// A quotient of polynomials in s₀, s₁, …; equality is that of the values.
///
/// Normal form: the denominator has coprime integer coefficients and a positive leading one. Cancelled are common monomials,
/// a denominator that divides the numerator or is divided by it, and, if only one symbol occurs, the greatest common divisor.
#[derive(Clone, Debug)]
pub struct Fraction {
    numerator: MultiPoly,
    denominator: MultiPoly,
}

impl Fraction {
    /// numerator / denominator; `None` iff the denominator is the zero polynomial.
    pub fn new(numerator: MultiPoly, denominator: MultiPoly) -> Option<Self> {
        if denominator.is_zero() {
            return None;
        }
        Some(Self::reduced(numerator, denominator))
    }

    /// p/1.
    pub fn polynomial(numerator: MultiPoly) -> Self {
        Self {
            numerator,
            denominator: MultiPoly::one(),
        }
    }

    /// The numerator.
    pub fn numerator(&self) -> &MultiPoly {
        &self.numerator
    }

    /// The denominator, not the zero polynomial.
    pub fn denominator(&self) -> &MultiPoly {
        &self.denominator
    }

    /// Whether the denominator is 1.
    pub fn is_polynomial(&self) -> bool {
        self.denominator.as_constant().is_some()
    }

    /// The value if it does not depend on s₁, s₂, …: a quotient of polynomials in s₀ alone.
    ///
    /// f = n/d is independent of s_j iff f = f(s_j := a) for one number a at which d does not vanish identically. This
    /// sees common factors that the normal form leaves.
    pub(crate) fn in_first_symbol(&self) -> Option<Self> {
        let mut value = self.clone();
        loop {
            let symbols = &value.numerator.symbols() | &value.denominator.symbols();
            let Some(&j) = symbols.iter().next_back().filter(|j| **j > 0) else {
                return Some(value);
            };
            // d has at most deg_j(d) zeros a ∈ ℚ as a polynomial in s_j.
            let degree = i64::from(value.denominator.degree_in(j));
            let fixed = (0..=degree).find_map(|a| {
                let denominator = value.denominator.substitute(j, &a.into());
                Self::new(value.numerator.substitute(j, &a.into()), denominator)
            });
            let fixed = fixed.expect("one of deg + 1 numbers is not a zero");
            if fixed != value {
                return None;
            }
            value = fixed;
        }
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let (a, b, c, d) = (
            &self.numerator,
            &self.denominator,
            &other.numerator,
            &other.denominator,
        );
        if b == d {
            return Self::reduced(a + c, b.clone());
        }
        if let Some(factor) = d.exact_quotient(b) {
            return Self::reduced(&(a * &factor) + c, d.clone());
        }
        if let Some(factor) = b.exact_quotient(d) {
            return Self::reduced(a + &(c * &factor), b.clone());
        }
        Self::reduced(&(a * d) + &(c * b), b * d)
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        if self.is_polynomial() && other.is_polynomial() {
            return Self::polynomial(&self.numerator * &other.numerator);
        }
        let left = Self::reduced(self.numerator.clone(), other.denominator.clone());
        let right = Self::reduced(other.numerator.clone(), self.denominator.clone());
        Self::reduced(
            &left.numerator * &right.numerator,
            &left.denominator * &right.denominator,
        )
    }

    pub(super) fn negated(&self) -> Self {
        Self {
            numerator: -&self.numerator,
            denominator: self.denominator.clone(),
        }
    }

    /// 1/f; `None` iff f = 0.
    pub(super) fn recip(&self) -> Option<Self> {
        Self::new(self.denominator.clone(), self.numerator.clone())
    }

    /// The normal form of n/d, d ≠ 0.
    fn reduced(mut numerator: MultiPoly, mut denominator: MultiPoly) -> Self {
        if numerator.is_zero() {
            return Self::polynomial(numerator);
        }
        if let Some(value) = denominator.as_constant() {
            if value.is_one() {
                return Self {
                    numerator,
                    denominator,
                };
            }
            let inverse = value.recip().expect("the denominator is not zero");
            return Self::polynomial(numerator.scaled(&inverse));
        }
        let common = common_exponents(&numerator.common_monomial(), &denominator.common_monomial());
        if !common.is_empty() {
            numerator = numerator.over_monomial(&common);
            denominator = denominator.over_monomial(&common);
        }
        if let Some(quotient) = numerator.exact_quotient(&denominator) {
            return Self::polynomial(quotient);
        }
        if let Some(quotient) = denominator.exact_quotient(&numerator) {
            (numerator, denominator) = (MultiPoly::one(), quotient);
        } else if let Some((top, bottom)) = reduced_univariate(&numerator, &denominator) {
            (numerator, denominator) = (top, bottom);
        }
        let (factor, denominator) = denominator.normalized();
        let inverse = factor.recip().expect("the denominator is not zero");
        Self {
            numerator: numerator.scaled(&inverse),
            denominator,
        }
    }
}

/// Numerator and denominator over their greatest common divisor, if together they contain one symbol only.
fn reduced_univariate(
    numerator: &MultiPoly,
    denominator: &MultiPoly,
) -> Option<(MultiPoly, MultiPoly)> {
    let symbol = *denominator.symbols().iter().next()?;
    let (top, bottom) = (
        numerator.as_univariate(symbol)?,
        denominator.as_univariate(symbol)?,
    );
    let common = top.gcd(&bottom);
    let cancelled = |poly: &crate::number::poly::Poly| {
        poly.exact_quotient(&common)
            .map(|poly| MultiPoly::from_univariate(&poly, symbol))
    };
    Some((cancelled(&top)?, cancelled(&bottom)?))
}

impl PartialEq for Fraction {
    /// n/d = n′/d′ ⟺ n·d′ = n′·d.
    fn eq(&self, other: &Self) -> bool {
        if self.denominator == other.denominator {
            return self.numerator == other.numerator;
        }
        &self.numerator * &other.denominator == &other.numerator * &self.denominator
    }
}

impl Eq for Fraction {}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols() -> (MultiPoly, MultiPoly, MultiPoly) {
        (MultiPoly::symbol(0), MultiPoly::symbol(1), MultiPoly::one())
    }

    #[test]
    fn equality_sees_through_common_factors() {
        let (c, v, one) = symbols();
        let factor = &v + &one;
        let left = Fraction::new(&factor * &(&c - &one), &factor * &(&c + &one)).unwrap();
        let right = Fraction::new(&c - &one, &c + &one).unwrap();
        assert_eq!(left, right);
        assert_ne!(left, Fraction::new(&c - &one, &c + &v).unwrap());
        assert_eq!(left.in_first_symbol(), Some(right));
    }

    #[test]
    fn dependence_on_another_symbol_is_seen() {
        let (c, v, one) = symbols();
        for (top, bottom) in [
            (v.clone(), c.clone()),
            (c.clone(), &v + &one),
            (&c * &v, &(&c * &v) + &one),
        ] {
            assert_eq!(Fraction::new(top, bottom).unwrap().in_first_symbol(), None);
        }
        assert_eq!(Fraction::new(c, MultiPoly::zero()), None);
    }

    #[test]
    fn sums_keep_the_smaller_denominator() {
        let (c, v, one) = symbols();
        let a = Fraction::new(one.clone(), &c + &v).unwrap();
        let b = Fraction::new(one.clone(), (&c + &v).pow(2)).unwrap();
        assert_eq!(a.plus(&b).denominator(), &(&c + &v).pow(2));
        assert_eq!(b.plus(&a), a.plus(&b));
        assert!(a.plus(&a.negated()).numerator().is_zero());
        assert!(a.times(&Fraction::polynomial(&c + &v)).is_polynomial());
        assert_eq!(a.recip().map(|inverse| inverse.is_polynomial()), Some(true));
        assert_eq!(Fraction::polynomial(MultiPoly::zero()).recip(), None);
    }
}
