//! The order of ℚ(s₀, s₁, …) when s₀ lies in a real cell.

use super::RealCell;
use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::number::multipoly::MultiPoly;
use crate::number::scalar::{Fraction, Scalar};

/// What is known about the symbols s₁, s₂, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Others {
    /// Nothing: they are arbitrary numbers that enter equations only, and no sign may depend on them.
    EquationOnly,
    /// They are infinitesimal and in no relation: a sign must already be decided where all of them are 0.
    Infinitesimal,
}

/// The order of ℚ(s₀, s₁, …) with s₀ in a cell of the real line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealContext {
    /// Where s₀ lies.
    pub cell: RealCell,
    /// What s₁, s₂, … are.
    pub others: Others,
}

impl RealContext {
    /// The order with s₀ in this cell.
    pub fn new(cell: RealCell, others: Others) -> Self {
        Self { cell, others }
    }

    /// The sign of n/d.
    fn fraction_sign(&self, fraction: &Fraction) -> Result<Sign, Failure> {
        if self.others == Others::EquationOnly
            && let Some(value) = fraction.in_first_symbol()
        {
            return self.quotient_sign(&value);
        }
        self.quotient_sign(fraction)
    }

    fn quotient_sign(&self, fraction: &Fraction) -> Result<Sign, Failure> {
        let denominator = fraction.denominator();
        if fraction.is_polynomial() {
            return self.polynomial_sign(fraction.numerator());
        }
        if self.vanishes(denominator)? {
            let cell = &self.cell;
            return Err(Failure::Undefined(format!(
                "denominator {denominator} vanishes at {cell}"
            )));
        }
        if self.others == Others::EquationOnly && self.vanishes(fraction.numerator())? {
            // The denominator is not zero by hypothesis, whatever its sign.
            return Ok(Sign::Zero);
        }
        let below = self.polynomial_sign(denominator)?;
        Ok(self.polynomial_sign(fraction.numerator())?.times(below))
    }

    /// Whether all coefficients, as polynomials in s₀, are zero on the cell.
    ///
    /// Never on an open cell, where a polynomial that is not 0 has other values.
    fn vanishes(&self, poly: &MultiPoly) -> Result<bool, Failure> {
        if !self.cell.is_point() {
            return Ok(poly.is_zero());
        }
        for coefficient in poly.by_other_symbols().values() {
            if self.cell.sign_of(coefficient)? != Sign::Zero {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The sign of p = Σ p_e(s₀)·s^e, the sum over the monomials in s₁, s₂, ….
    ///
    /// Only e = 0 occurs: the sign of p₀ on the cell. Otherwise, infinitesimal: the sign of p₀ if it is not zero there, and if
    /// it is, zero or not generic. Equation only: decided iff all p_e with e ≠ 0 are zero on the cell.
    fn polynomial_sign(&self, poly: &MultiPoly) -> Result<Sign, Failure> {
        let groups = poly.by_other_symbols();
        let sign_at_zero = |context: &Self| match groups.get([].as_slice()) {
            Some(constant) => context.cell.sign_of(constant),
            None => Ok(Sign::Zero),
        };
        let mut genuine = false;
        for (_, coefficient) in groups.iter().filter(|(exponents, _)| !exponents.is_empty()) {
            genuine |= !self.cell.is_point() || self.cell.sign_of(coefficient)? != Sign::Zero;
        }
        if !genuine {
            return sign_at_zero(self);
        }
        match self.others {
            Others::EquationOnly => Err(Failure::Unknown(format!(
                "sign of {poly}, which depends on a symbol without an order"
            ))),
            Others::Infinitesimal => match sign_at_zero(self)? {
                Sign::Zero => Err(Failure::NonGeneric),
                sign => Ok(sign),
            },
        }
    }
}

impl Order<Scalar> for RealContext {
    /// The sign of `value` for every s₀ in the cell.
    ///
    /// Errors: [`Failure::Split`] if it is not the same for all of them; [`Failure::Undefined`] if the denominator vanishes at the
    /// point; [`Failure::Unknown`] if it depends on a symbol that is for equations only; [`Failure::NonGeneric`] if it depends on
    /// infinitesimals.
    #[inline]
    fn sign(&self, value: &Scalar) -> Result<Sign, Failure> {
        match value {
            Scalar::Rational(value) => Ok(value.sign()),
            Scalar::Poly(poly) => self.cell.sign_of(poly),
            Scalar::Fraction(fraction) => self.fraction_sign(fraction),
        }
    }

    #[inline]
    fn compare(&self, a: &Scalar, b: &Scalar) -> Result<std::cmp::Ordering, Failure> {
        if let (Scalar::Rational(a), Scalar::Rational(b)) = (a, b) {
            return Ok(a.cmp(b));
        }
        Ok(self.sign(&a.minus(b))?.as_ordering())
    }

    /// Whether the values are equal for every s₀ in the cell.
    ///
    /// Errors as for the sign of the difference; in equation-only mode, values that differ as expressions are
    /// [`Failure::Unknown`].
    #[inline]
    fn equal(&self, a: &Scalar, b: &Scalar) -> Result<bool, Failure> {
        if a == b {
            return Ok(true);
        }
        if let (Scalar::Rational(_), Scalar::Rational(_)) = (a, b) {
            return Ok(false);
        }
        match self.sign(&a.minus(b)) {
            Ok(sign) => Ok(sign == Sign::Zero),
            Err(Failure::Unknown(_)) => Err(Failure::Unknown(format!(
                "{a} and {b} differ as expressions in symbols without an order"
            ))),
            Err(other) => Err(other),
        }
    }
}
