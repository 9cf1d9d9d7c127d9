//! The largest distance between a network and a function on an interval, of values and of slopes.

use super::curve::Curve;
use super::extreme::{Largest, critical_points, upper_bound};
use crate::failure::Failure;
use crate::geometry::domain::Side;
use crate::geometry::pieces::{Piece, pieces_on};
use crate::network::Network;
use crate::number::poly::Poly;
use crate::number::roots::Algebraic;

/// What is largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// |RΦ − f|.
    Value,
    /// |RΦ′ − f′|.
    Slope,
}

/// The largest error with its certificate.
///
/// The pieces of `cover` follow each other without a gap from end to end of the interval, and on each the bounds hold; no bound
/// exceeds the value, and one equals it.
#[derive(Clone, Debug)]
pub struct LargestError {
    /// The supremum.
    pub value: Algebraic,
    /// Where it is attained; by a slope possibly only in the limit, from inside the piece.
    pub at: Algebraic,
    /// Whether values or slopes attain it.
    pub quantity: Quantity,
    /// The piece of `cover` that attains it.
    pub piece: usize,
    /// The common pieces of RΦ and f, ascending.
    pub cover: Vec<Bounded>,
}

/// A common piece of RΦ and f with bounds for what differs on it.
#[derive(Clone, Debug)]
pub struct Bounded {
    /// Left end; `None` for −∞.
    pub lower: Option<Algebraic>,
    /// Right end; `None` for +∞.
    pub upper: Option<Algebraic>,
    /// f − RΦ.
    pub difference: Poly,
    /// |f − RΦ| is at most this.
    pub value: Algebraic,
    /// |f′ − RΦ′| is at most this; `None` where slopes were not asked for.
    pub slope: Option<Algebraic>,
}

/// sup |RΦ(x) − f(x)| over the interval.
///
/// # Exactness
/// Exact: on each common piece f − RΦ is a polynomial, and the largest absolute value is attained at an end or a root of its
/// derivative. Pieces that a bound shows to be smaller are not examined further.
///
/// # Degenerate cases
/// On a single point it is the distance there. At a point where f jumps its value counts like all others.
///
/// Errors: [`Failure::Shape`] unless Φ has one input and one output; [`Failure::Undefined`] where it is infinite;
/// [`Failure::Limit`] for a degree above [`MOST_CRITICAL_DEGREE`](super::MOST_CRITICAL_DEGREE); otherwise as for [`pieces_on`] and
/// [`Algebraic::image`].
///
/// # Source
/// Claims `squaring-w1inf`, `poly-explicit`.
pub fn sup_error(phi: &Network, f: &Curve, on: &Side) -> Result<LargestError, Failure> {
    largest(phi, f, on, false)
}

/// max(sup |RΦ − f|, ess sup |RΦ′ − f′|) over the interval, the W^{1,∞} distance as the larger of both.
///
/// # Exactness
/// As for [`sup_error`]; f′ − RΦ′ is a polynomial on each common piece, too.
///
/// # Degenerate cases
/// The slopes at the finitely many breakpoints do not count.
///
/// Errors: as for [`sup_error`]; [`Failure::Undefined`] on a single point, and where f jumps inside the interval, so that it is
/// not in W^{1,∞}.
///
/// # Source
/// Claims `squaring-optimal`, `poly-explicit`.
pub fn w1inf_error(phi: &Network, f: &Curve, on: &Side) -> Result<LargestError, Failure> {
    if on.is_point() {
        return Err(Failure::Undefined(format!(
            "an essential supremum over a null set: expected an interval with inner points, got {on}"
        )));
    }
    let ends = [&on.lower, &on.upper].map(|end| end.clone().map(Algebraic::from));
    if let Some(point) = f.jump(ends[0].as_ref(), ends[1].as_ref()) {
        return Err(Failure::Undefined(format!(
            "the derivative of a function that jumps at {point}"
        )));
    }
    largest(phi, f, on, true)
}

fn largest(phi: &Network, f: &Curve, on: &Side, slopes: bool) -> Result<LargestError, Failure> {
    super::scalar(phi)?;
    if let (true, Some(point)) = (on.is_point(), &on.lower) {
        return at_point(phi, f, point.clone().into());
    }
    let pieces = pieces_on(phi, on)?;
    let mut cover = common(&pieces, f, on);
    let mut best = Largest::new();
    for (at, piece) in cover.iter_mut().enumerate() {
        piece.value = bounded(&mut best, piece, &piece.difference, (Quantity::Value, at))?;
        if slopes {
            let slope = piece.difference.derivative();
            piece.slope = Some(bounded(&mut best, piece, &slope, (Quantity::Slope, at))?);
        }
    }
    for (point, value) in f.points().iter().filter(|(point, _)| inside(on, point)) {
        let holds = |piece: &Bounded| piece.upper.as_ref().is_none_or(|upper| point <= upper);
        let Some(at) = cover.iter().position(holds) else {
            continue;
        };
        let line = &cover[at].difference;
        let near = f
            .parts()
            .iter()
            .find(|part| part.upper.as_ref() == Some(point));
        if let Some(near) = near.filter(|near| near.poly != *value) {
            // RΦ = f − difference, with f from the left of the point.
            let difference = &(value - &near.poly) + line;
            let bound = best.offer(&difference, point, (Quantity::Value, at))?;
            cover[at].value = cover[at].value.clone().max(bound);
        }
    }
    let (value, at, (quantity, piece)) = best
        .into_best()
        .expect("an interval has at least one piece");
    Ok(LargestError {
        value,
        at,
        quantity,
        piece,
        cover,
    })
}

/// Offers the largest |p| on a piece; returns a bound for it that is at most the best value.
fn bounded(
    best: &mut Largest<(Quantity, usize)>,
    piece: &Bounded,
    poly: &Poly,
    tag: (Quantity, usize),
) -> Result<Algebraic, Failure> {
    if poly.degree() > Some(2)
        && let (Some(lower), Some(upper)) = (&piece.lower, &piece.upper)
    {
        let bound = upper_bound(poly, lower.lower(), upper.upper());
        if best.reaches(&bound) {
            return Ok(bound.into());
        }
    }
    let points = critical_points(poly, piece.lower.as_ref(), piece.upper.as_ref())?;
    let mut largest: Option<Algebraic> = None;
    for point in &points {
        let value = best.offer(poly, point, tag)?;
        largest = Some(largest.map_or_else(|| value.clone(), |sofar| sofar.max(value.clone())));
    }
    Ok(largest.expect("every interval has a critical point"))
}

/// The error on a single point.
fn at_point(phi: &Network, f: &Curve, point: Algebraic) -> Result<LargestError, Failure> {
    let x = point.lower().clone();
    let value = crate::evaluate::realize(phi, std::slice::from_ref(&x), &crate::RationalOrder)?;
    let difference = f.near(&x) - &Poly::constant(value[0].clone());
    let value: Algebraic = difference.evaluate(&x).abs().into();
    Ok(LargestError {
        value: value.clone(),
        at: point.clone(),
        quantity: Quantity::Value,
        piece: 0,
        cover: vec![Bounded {
            lower: Some(point.clone()),
            upper: Some(point),
            difference,
            value,
            slope: None,
        }],
    })
}

fn inside(on: &Side, point: &Algebraic) -> bool {
    on.lower
        .as_ref()
        .is_none_or(|lower| point.compare_rational(lower).is_ge())
        && on
            .upper
            .as_ref()
            .is_none_or(|upper| point.compare_rational(upper).is_le())
}

/// The common refinement of the pieces of RΦ and the parts of f on the interval, with f − RΦ; bounds are still 0.
fn common(pieces: &[Piece], f: &Curve, on: &Side) -> Vec<Bounded> {
    let parts = f.parts();
    let mut part = on.lower.as_ref().map_or(0, |lower| {
        parts.partition_point(|part| {
            part.upper
                .as_ref()
                .is_some_and(|upper| upper.compare_rational(lower).is_le())
        })
    });
    let mut cover = Vec::with_capacity(pieces.len() + parts.len());
    let mut lower = on.lower.clone().map(Algebraic::from);
    for piece in pieces {
        let line =
            Poly::from_coefficients(vec![piece.intercept[0].clone(), piece.slope[0].clone()]);
        loop {
            let cut = parts[part].upper.as_ref().filter(|cut| {
                piece
                    .upper
                    .as_ref()
                    .is_none_or(|upper| cut.compare_rational(upper).is_lt())
            });
            let upper = match cut {
                Some(cut) => Some(cut.clone()),
                None => piece.upper.clone().map(Algebraic::from),
            };
            cover.push(Bounded {
                lower: std::mem::replace(&mut lower, upper.clone()),
                upper: upper.clone(),
                difference: &parts[part].poly - &line,
                value: crate::number::Rational::zero().into(),
                slope: None,
            });
            if cut.is_none() {
                // A part that ends together with the piece is over, too.
                part += usize::from(part + 1 < parts.len() && parts[part].upper == upper);
                break;
            }
            part += 1;
        }
    }
    cover
}
