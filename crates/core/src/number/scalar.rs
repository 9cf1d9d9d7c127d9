//! The field ℚ(s₀, s₁, …): rational numbers, polynomials in s₀, and everything else as a fraction.

mod arithmetic;
mod fraction;
mod text;

use std::collections::BTreeSet;

pub use fraction::Fraction;

use super::multipoly::MultiPoly;
use super::poly::Poly;
use super::rational::Rational;
use crate::failure::Failure;
use crate::field::Field;

/// An element of ℚ(s₀, s₁, …); s₀ is the symbol that may be compared by order, called c.
///
/// Normal form: the first variant that can hold the value. A value in ℚ is always `Rational` and a value in ℚ\[s₀\] is
/// always `Poly`, so values of different variants differ; fractions are compared by cross multiplication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A rational number.
    Rational(Rational),
    /// A polynomial in s₀ of degree at least 1.
    Poly(Poly),
    /// Any other value.
    Fraction(Box<Fraction>),
}

impl Scalar {
    /// The symbol s_i.
    pub fn symbol(i: usize) -> Self {
        if i == 0 {
            Self::Poly(Poly::variable())
        } else {
            Self::from(MultiPoly::symbol(i))
        }
    }

    /// numerator / denominator in normal form; `None` iff the denominator is the zero polynomial.
    pub fn fraction(numerator: MultiPoly, denominator: MultiPoly) -> Option<Self> {
        Fraction::new(numerator, denominator).map(Self::from)
    }

    /// The value if it is a rational number.
    pub fn as_rational(&self) -> Option<&Rational> {
        match self {
            Self::Rational(value) => Some(value),
            Self::Poly(_) | Self::Fraction(_) => None,
        }
    }

    /// The value as a polynomial in s₀; `None` for any other value.
    pub fn as_poly(&self) -> Option<Poly> {
        match self {
            Self::Rational(value) => Some(Poly::constant(value.clone())),
            Self::Poly(poly) => Some(poly.clone()),
            Self::Fraction(_) => None,
        }
    }

    /// Whether the value is a rational number.
    pub fn is_constant(&self) -> bool {
        matches!(self, Self::Rational(_))
    }

    /// The numerator of the normal form.
    pub fn numerator(&self) -> MultiPoly {
        match self {
            Self::Rational(value) => MultiPoly::constant(value.clone()),
            Self::Poly(poly) => MultiPoly::from_univariate(poly, 0),
            Self::Fraction(fraction) => fraction.numerator().clone(),
        }
    }

    /// The denominator of the normal form, 1 for a polynomial.
    pub fn denominator(&self) -> MultiPoly {
        match self {
            Self::Rational(_) | Self::Poly(_) => MultiPoly::one(),
            Self::Fraction(fraction) => fraction.denominator().clone(),
        }
    }

    /// The symbols that occur in the normal form.
    pub fn symbols(&self) -> BTreeSet<usize> {
        match self {
            Self::Rational(_) => BTreeSet::new(),
            Self::Poly(_) => BTreeSet::from([0]),
            Self::Fraction(fraction) => {
                &fraction.numerator().symbols() | &fraction.denominator().symbols()
            }
        }
    }

    /// The value with s_i replaced by a number.
    ///
    /// Errors ([`Failure::Undefined`]): the denominator of the normal form becomes 0.
    pub fn substitute(&self, i: usize, value: &Rational) -> Result<Self, Failure> {
        match self {
            Self::Rational(_) => Ok(self.clone()),
            Self::Poly(poly) if i == 0 => Ok(Self::Rational(poly.evaluate(value))),
            Self::Poly(_) => Ok(self.clone()),
            Self::Fraction(fraction) => {
                let numerator = fraction.numerator().substitute(i, value);
                let denominator = fraction.denominator().substitute(i, value);
                Self::fraction(numerator, denominator).ok_or_else(|| {
                    Failure::Undefined(format!(
                        "denominator {} vanishes where symbol {i} is {value}",
                        fraction.denominator()
                    ))
                })
            }
        }
    }

    /// xⁿ; 0⁰ = 1.
    #[must_use]
    pub fn pow(&self, n: u32) -> Self {
        match self {
            Self::Rational(value) => Self::Rational(value.pow(n)),
            Self::Poly(poly) => Self::from(poly.pow(n)),
            Self::Fraction(fraction) => {
                let (top, bottom) = (fraction.numerator().pow(n), fraction.denominator().pow(n));
                Self::fraction(top, bottom).expect("a power of a polynomial that is not zero")
            }
        }
    }
}

impl Default for Scalar {
    /// 0.
    fn default() -> Self {
        Self::Rational(Rational::zero())
    }
}

impl From<Rational> for Scalar {
    fn from(value: Rational) -> Self {
        Self::Rational(value)
    }
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Self {
        Self::Rational(Rational::from(value))
    }
}

impl From<Poly> for Scalar {
    /// The value p(s₀).
    fn from(poly: Poly) -> Self {
        match poly.as_constant() {
            Some(value) => Self::Rational(value),
            None => Self::Poly(poly),
        }
    }
}

impl From<MultiPoly> for Scalar {
    fn from(poly: MultiPoly) -> Self {
        Self::from(Fraction::polynomial(poly))
    }
}

impl From<Fraction> for Scalar {
    /// The value in normal form.
    fn from(fraction: Fraction) -> Self {
        if fraction.is_polynomial()
            && let Some(poly) = fraction.numerator().as_univariate(0)
        {
            return Self::from(poly);
        }
        Self::Fraction(Box::new(fraction))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c() -> Scalar {
        Scalar::symbol(0)
    }

    fn v() -> Scalar {
        Scalar::symbol(1)
    }

    #[test]
    fn values_are_lowered() {
        assert!(matches!(v().minus(&v()), Scalar::Rational(_)));
        assert!(matches!(v().plus(&c()).minus(&v()), Scalar::Poly(_)));
        assert!(matches!(v().times(&c()), Scalar::Fraction(_)));
        let quotient = v().times(&c()).over(&v()).unwrap();
        assert_eq!(quotient, c());
        assert!(matches!(quotient, Scalar::Poly(_)));
        assert_eq!(c().over(&c()).unwrap(), Scalar::one());
        assert_eq!(c().over(&Scalar::zero()), None);
    }

    #[test]
    fn sums_of_products_are_lowered() {
        let one = Scalar::one();
        for (factor, other) in [(c(), c()), (one.clone(), c()), (c(), one), (v(), c())] {
            let mut sum = factor.times(&other).plus(&2.into());
            sum.add_product(&factor.negated(), &other);
            assert!(matches!(sum, Scalar::Rational(_)), "{factor} {other}");
        }
    }

    #[test]
    fn fractions_in_one_symbol_are_reduced() {
        // (c² − 1)/(c² + 2c + 1) = (c − 1)/(c + 1), and times (c + 1) it is a polynomial.
        let one = Scalar::one();
        let top = c().pow(2).minus(&one);
        let bottom = c().plus(&one).pow(2);
        let quotient = top.over(&bottom).unwrap();
        assert_eq!(quotient.numerator(), c().minus(&one).numerator());
        assert_eq!(quotient.denominator(), c().plus(&one).numerator());
        assert_eq!(quotient.times(&c().plus(&one)), c().minus(&one));
        let inverse = one.over(&quotient).unwrap();
        assert_eq!(inverse.times(&quotient), one);
    }

    #[test]
    fn substitution_may_hit_a_pole() {
        let value = v().over(&c().minus(&Scalar::one())).unwrap();
        assert_eq!(
            value.substitute(0, &3.into()),
            Ok(v().over(&2.into()).unwrap())
        );
        assert!(matches!(
            value.substitute(0, &1.into()),
            Err(Failure::Undefined(_))
        ));
        assert_eq!(value.substitute(1, &0.into()), Ok(Scalar::zero()));
        assert_eq!(c().substitute(1, &5.into()), Ok(c()));
        assert_eq!(c().pow(2).substitute(0, &5.into()), Ok(Scalar::from(25)));
        assert_eq!(value.symbols(), BTreeSet::from([0, 1]));
        assert_eq!(c().symbols(), BTreeSet::from([0]));
    }

    #[test]
    fn views_of_other_variants_are_none() {
        assert_eq!(c().as_rational(), None);
        assert_eq!(v().as_poly(), None);
        assert_eq!(Scalar::from(2).as_poly(), Some(Poly::constant(2.into())));
        assert!(!c().is_constant() && !v().is_constant() && Scalar::one().is_constant());
        assert_eq!(Scalar::fraction(MultiPoly::one(), MultiPoly::zero()), None);
    }
}
