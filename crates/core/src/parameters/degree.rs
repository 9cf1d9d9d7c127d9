//! The degree of f along a line in parameter space.

use crate::evaluate::realize;
use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::geometry::gradient::interpolation_degree;
use crate::geometry::standing::Profile;
use crate::number::poly::Poly;
use crate::number::rational::Rational;
use crate::parameters::backprop::require_one_output;
use crate::parameters::template::Template;

/// The degree in s of the polynomial f(θ + s·v) for small s > 0, f(θ) = RΦ_θ(x); 0 for a constant, the zero
/// polynomial included.
///
/// # Exactness
/// Exact: polynomials in s are kept whole and ordered by their sign for s → 0+, no truncation.
///
/// Errors: [`Failure::Shape`] for more than one output or vectors of other lengths; [`Failure::Unknown`] for
/// activations with infinitely many kinks; [`Failure::Limit`] if nested polynomial pieces could pass degree 64 per
/// affine layer.
///
/// # Source
/// Claim `param-map-piecewise-polynomial`.
pub fn germ_degree(
    t: &Template,
    theta: &[Rational],
    direction: &[Rational],
    x: &[Rational],
) -> Result<usize, Failure> {
    require_one_output(t)?;
    let profile = Profile::required(t.activation(), "the degree of a germ")?;
    interpolation_degree(&profile, t.depth())?;
    if direction.len() != theta.len() {
        return Err(Failure::Shape(format!(
            "direction in parameter space: expected length {}, got {}",
            theta.len(),
            direction.len()
        )));
    }
    let line = theta
        .iter()
        .zip(direction)
        .map(|(base, slope)| Whole(Poly::from_coefficients(vec![base.clone(), slope.clone()])));
    let phi = t.instantiate(&line.collect::<Vec<_>>())?;
    let inputs: Vec<Whole> = x.iter().map(Whole::from_rational).collect();
    let outputs = realize(&phi, &inputs, &WholeOrder)?;
    Ok(outputs[0].0.degree().unwrap_or(0))
}

/// A polynomial in s, read as s → 0+, without truncation.
#[derive(Clone, Debug, PartialEq)]
struct Whole(Poly);

impl Field for Whole {
    fn zero() -> Self {
        Self(Poly::zero())
    }

    fn one() -> Self {
        Self(Poly::one())
    }

    fn from_rational(value: &Rational) -> Self {
        Self(Poly::constant(value.clone()))
    }

    fn plus(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    fn times(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }

    fn negated(&self) -> Self {
        Self(-&self.0)
    }

    /// Division by constants only.
    fn over(&self, divisor: &Self) -> Option<Self> {
        let inverse = divisor.0.as_constant()?.recip()?;
        Some(Self(self.0.scaled(&inverse)))
    }

    fn is_zero(&self) -> bool {
        self.0.is_zero()
    }
}

/// The sign for small s > 0: that of the first non-zero coefficient.
struct WholeOrder;

impl Order<Whole> for WholeOrder {
    fn sign(&self, value: &Whole) -> Result<Sign, Failure> {
        let first = value
            .0
            .coefficients()
            .iter()
            .find(|coefficient| !coefficient.is_zero());
        Ok(first.map_or(Sign::Zero, Rational::sign))
    }
}
