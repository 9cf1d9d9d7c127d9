//! The error of one part against a polynomial in its variable.

use crate::failure::Failure;
use crate::geometry::domain::Side;
use crate::geometry::pieces::pieces_on;
use crate::network::Network;
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// An extreme number with the places where it is attained, ascending.
pub(super) struct Extreme<P> {
    pub(super) value: Rational,
    pub(super) places: Vec<P>,
}

/// The end of a piece seen from inside it.
#[derive(Clone)]
pub(super) struct End {
    pub(super) at: Rational,
    /// The step to the middle of the piece.
    pub(super) inwards: Rational,
}

/// The smallest and the largest value of e = g − q, and of its slopes, on an interval.
pub(super) struct Profile {
    pub(super) values: [Extreme<Rational>; 2],
    pub(super) slopes: [Extreme<End>; 2],
}

impl Profile {
    /// For q of degree at most 2, so that slopes of e are extreme at ends of pieces, and e at ends and at one point inside.
    pub(super) fn new(part: &Network, q: &Poly, range: &Side) -> Result<Self, Failure> {
        let mut values: [Option<Extreme<Rational>>; 2] = [None, None];
        let mut slopes: [Option<Extreme<End>>; 2] = [None, None];
        let leading = q.coefficients().get(2).cloned().unwrap_or_default();
        for piece in pieces_on(part, range)? {
            let (Some(lower), Some(upper)) = (&piece.lower, &piece.upper) else {
                return Err(Failure::Undefined(
                    "largest error on a domain without bounds".into(),
                ));
            };
            let line =
                Poly::from_coefficients(vec![piece.intercept[0].clone(), piece.slope[0].clone()]);
            let error = &line - q;
            let slope = error.derivative();
            let middle = Rational::midpoint(lower, upper);
            let mut points = vec![lower.clone(), upper.clone()];
            if let Some(inverse) = (&leading + &leading).recip() {
                // e′(t) = e′(0) − 2·leading·t.
                let vertex = &slope.evaluate(&Rational::zero()) * &inverse;
                if *lower < vertex && vertex < *upper {
                    points.insert(1, vertex);
                }
            }
            for point in points {
                offer(&mut values, &error.evaluate(&point), &point);
            }
            for at in [lower, upper] {
                let end = End {
                    at: at.clone(),
                    inwards: &middle - at,
                };
                offer(&mut slopes, &slope.evaluate(at), &end);
            }
        }
        let found = |extremes: [Option<Extreme<Rational>>; 2]| {
            extremes.map(|extreme| extreme.expect("an interval has a piece"))
        };
        Ok(Self {
            values: found(values),
            slopes: slopes.map(|extreme| extreme.expect("an interval has a piece")),
        })
    }
}

/// Takes note of a number as the smallest, and as the largest, so far.
fn offer<P: Clone>(extremes: &mut [Option<Extreme<P>>; 2], value: &Rational, place: &P) {
    for (extreme, smallest) in extremes.iter_mut().zip([true, false]) {
        match extreme {
            Some(best) if best.value == *value => best.places.push(place.clone()),
            Some(best) if (*value < best.value) != smallest => {}
            _ => {
                *extreme = Some(Extreme {
                    value: value.clone(),
                    places: vec![place.clone()],
                });
            }
        }
    }
}
