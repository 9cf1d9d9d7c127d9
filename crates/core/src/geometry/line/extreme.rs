//! The largest value of |p| on an interval, and the largest of many.

use crate::failure::Failure;
use crate::number::poly::Poly;
use crate::number::rational::Rational;
use crate::number::roots::{Algebraic, enclosure, real_roots};

/// Largest degree of a difference whose critical points are isolated.
pub const MOST_CRITICAL_DEGREE: usize = 128;

/// Halvings of the interval of a critical point before its value is computed exactly.
const EARLY_HALVINGS: usize = 24;

/// A number above |p| on the closed interval between rational ends: Σ|cᵢ|hⁱ for the expansion around the middle.
pub(super) fn upper_bound(poly: &Poly, lower: &Rational, upper: &Rational) -> Rational {
    let middle = Rational::midpoint(lower, upper);
    let half = (upper - lower).half();
    let moved = poly.compose(&Poly::from_coefficients(vec![middle, half]));
    moved
        .coefficients()
        .iter()
        .fold(Rational::zero(), |sum, a| &sum + &a.abs())
}

/// The points of a closed interval where |p| can be largest: the ends, and the roots of p′ inside.
///
/// Errors: [`Failure::Undefined`] where the interval is unbounded and p is not constant, so |p| is unbounded; [`Failure::Limit`]
/// for a degree above [`MOST_CRITICAL_DEGREE`].
pub(super) fn critical_points(
    poly: &Poly,
    lower: Option<&Algebraic>,
    upper: Option<&Algebraic>,
) -> Result<Vec<Algebraic>, Failure> {
    if poly.as_constant().is_some() {
        let inside = match (lower, upper) {
            (Some(end), _) | (None, Some(end)) => end.clone(),
            (None, None) => Rational::zero().into(),
        };
        return Ok(vec![inside]);
    }
    let (Some(lower), Some(upper)) = (lower, upper) else {
        return Err(Failure::Undefined(
            "a supremum that is infinite: the difference grows without bound on a ray".into(),
        ));
    };
    if poly.degree() > Some(MOST_CRITICAL_DEGREE) {
        return Err(Failure::Limit(format!(
            "degree of a difference: expected at most {MOST_CRITICAL_DEGREE}, got {}",
            poly.degree().unwrap_or(0)
        )));
    }
    let slope = poly.derivative();
    let mut points = vec![lower.clone(), upper.clone()];
    if slope.degree() > Some(0) {
        let inside = real_roots(&slope)
            .into_iter()
            .filter(|root| root > lower && root < upper);
        points.extend(inside);
    }
    Ok(points)
}

/// The largest |p(α)| offered so far, and which offer it was.
pub(super) struct Largest<T> {
    best: Option<(Algebraic, Algebraic, T)>,
}

impl<T> Largest<T> {
    pub(super) fn new() -> Self {
        Self { best: None }
    }

    /// Whether a number above all that is still to come on a piece leaves nothing to be found there.
    pub(super) fn reaches(&self, bound: &Rational) -> bool {
        self.best
            .as_ref()
            .is_some_and(|(value, ..)| value.lower() >= bound)
    }

    /// Offers |p(α)|; the first of equal offers stays. Returns a number that is at least |p(α)| and at most the best value.
    ///
    /// Errors: as for [`Algebraic::image`].
    pub(super) fn offer(
        &mut self,
        poly: &Poly,
        at: &Algebraic,
        tag: T,
    ) -> Result<Algebraic, Failure> {
        let value: Algebraic = match at.to_rational() {
            Some(x) => poly.evaluate(x).abs().into(),
            None => match self.above(poly, at) {
                Some(above) => return Ok(above.into()),
                None => at.image(poly)?.abs(),
            },
        };
        if self.best.as_ref().is_none_or(|(best, ..)| *best < value) {
            self.best = Some((value.clone(), at.clone(), tag));
        }
        Ok(value)
    }

    /// A number above |p(α)| and below the best value, if an enclosure shows one.
    fn above(&self, poly: &Poly, at: &Algebraic) -> Option<Rational> {
        let (best, ..) = self.best.as_ref()?;
        let mut at = at.clone();
        for _ in 0..EARLY_HALVINGS {
            at.refine();
        }
        let (low, high) = enclosure(poly, at.lower(), at.upper());
        let above = low.abs().max(high.abs());
        (&above < best.lower()).then_some(above)
    }

    /// The value, the point and the tag; `None` without an offer.
    pub(super) fn into_best(self) -> Option<(Algebraic, Algebraic, T)> {
        self.best
    }
}
