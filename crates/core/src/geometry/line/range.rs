//! The largest and the smallest value of a network with one input on an interval.

use crate::failure::Failure;
use crate::field::Sign;
use crate::geometry::domain::Side;
use crate::geometry::pieces::{Piece, pieces_on};
use crate::network::Network;
use crate::number::rational::Rational;

/// A largest or smallest value and a point where it is attained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extreme {
    /// The value.
    pub value: Rational,
    /// A point of the interval with this value.
    pub at: Rational,
}

/// max {RΦ(x) : x in the interval}, attained because RΦ is continuous and piecewise affine.
///
/// # Degenerate cases
/// On a single point the value there. On an unbounded interval it exists iff no ray rises.
///
/// Errors: [`Failure::Shape`] unless Φ has one input and one output; [`Failure::Undefined`] where it is infinite; otherwise as
/// for [`pieces_on`].
///
/// # Source
/// Derived.
pub fn supremum(phi: &Network, on: &Side) -> Result<Extreme, Failure> {
    extreme(phi, on, Sign::Positive)
}

/// min {RΦ(x) : x in the interval}; otherwise as [`supremum`].
pub fn infimum(phi: &Network, on: &Side) -> Result<Extreme, Failure> {
    extreme(phi, on, Sign::Negative)
}

/// The largest value for a positive sign, the smallest for a negative one.
fn extreme(phi: &Network, on: &Side, wanted: Sign) -> Result<Extreme, Failure> {
    if (phi.indim(), phi.outdim()) != (1, 1) {
        return Err(Failure::Shape(format!(
            "inputs and outputs of a network on the line: expected 1 and 1, got {} and {}",
            phi.indim(),
            phi.outdim()
        )));
    }
    if let (true, Some(point)) = (on.is_point(), &on.lower) {
        let value =
            crate::evaluate::realize(phi, std::slice::from_ref(point), &crate::RationalOrder)?;
        return Ok(Extreme {
            value: value[0].clone(),
            at: point.clone(),
        });
    }
    let mut best: Option<Extreme> = None;
    for piece in pieces_on(phi, on)? {
        for at in ends(&piece, wanted)? {
            let mut value = piece.intercept[0].clone();
            value.add_product(&piece.slope[0], &at);
            let better = best
                .as_ref()
                .is_none_or(|best| Sign::from(value.cmp(&best.value)) == wanted);
            if better {
                best = Some(Extreme { value, at });
            }
        }
    }
    Ok(best.expect("an interval has at least one piece"))
}

/// The finite ends of a piece, or any point of it where it has none.
fn ends(piece: &Piece, wanted: Sign) -> Result<Vec<Rational>, Failure> {
    let slope = piece.slope[0].sign();
    let grows = (piece.upper.is_none() && slope == wanted)
        || (piece.lower.is_none() && slope.reverse() == wanted);
    if grows {
        return Err(Failure::Undefined(format!(
            "an extreme value that is infinite: the network has slope {} on a ray",
            piece.slope[0]
        )));
    }
    let finite: Vec<Rational> = [&piece.lower, &piece.upper]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    Ok(if finite.is_empty() {
        vec![Rational::zero()]
    } else {
        finite
    })
}
