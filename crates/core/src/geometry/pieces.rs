//! Functions of one variable as lists of affine pieces on all of ℝ.

mod integers;

use std::rc::Rc;

use super::domain::Side;
use crate::failure::Failure;
use crate::geometry::standing::Profile;
use crate::network::Network;
use crate::number::rational::Rational;

/// Largest number of activation pieces that are listed.
pub const MOST_PIECES: usize = 1 << 21;

/// An interval of ℝ on which RΦ(x) = slope·x + intercept, componentwise.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    /// Left end; `None` for −∞.
    pub lower: Option<Rational>,
    /// Right end; `None` for +∞.
    pub upper: Option<Rational>,
    /// One slope per output.
    pub slope: Vec<Rational>,
    /// One value at x = 0 of the continued piece per output.
    pub intercept: Vec<Rational>,
}

/// The maximal affine pieces of RΦ on ℝ, ascending; neighbours share their end and differ in slope.
///
/// # Definition
/// [`activation_pieces`] with equal neighbours merged. Their number is the number of linear regions of RΦ.
///
/// # Exactness
/// Exact; breakpoints are rational.
///
/// # Degenerate cases
/// An affine RΦ, constant or not, has one piece with both ends infinite.
///
/// Errors: as for [`activation_pieces`].
///
/// # Source
/// Derived.
pub fn pieces(phi: &Network) -> Result<Vec<Piece>, Failure> {
    pieces_on(phi, &Side::line())
}

/// The maximal affine pieces of RΦ on an interval, ascending, cut off at its ends.
///
/// Errors: as for [`activation_pieces_on`].
pub fn pieces_on(phi: &Network, on: &Side) -> Result<Vec<Piece>, Failure> {
    let mut merged: Vec<Piece> = Vec::new();
    for piece in activation_pieces_on(phi, on)? {
        match merged.last_mut() {
            Some(last) if last.slope == piece.slope && last.intercept == piece.intercept => {
                last.upper = piece.upper;
            }
            _ => merged.push(piece),
        }
    }
    Ok(merged)
}

/// The maximal open intervals on which no hidden pre-activation crosses a kink, ascending, with the affine piece of
/// RΦ on each.
///
/// Neighbours may be the same function. A pre-activation that is constantly a kink cuts nothing.
///
/// Errors: as for [`activation_pieces_on`].
pub fn activation_pieces(phi: &Network) -> Result<Vec<Piece>, Failure> {
    activation_pieces_on(phi, &Side::line())
}

/// [`activation_pieces`] on an interval, cut off at its ends.
///
/// # Exactness
/// Integers with one denominator per neuron while they fit 128 bits, rational numbers otherwise.
///
/// Errors: [`Failure::Shape`] for another number of inputs than 1; [`Failure::Undefined`] on a single point;
/// [`Failure::Unknown`] for activations that are not continuous and piecewise linear; [`Failure::Limit`] above
/// [`MOST_PIECES`].
pub fn activation_pieces_on(phi: &Network, on: &Side) -> Result<Vec<Piece>, Failure> {
    let profile = one_input(phi)?;
    if on.is_point() {
        return Err(Failure::Undefined(format!(
            "pieces on an interval: expected one with inner points, got {on}"
        )));
    }
    match integers::pieces(phi, &profile, on)? {
        Some(found) => Ok(found),
        None => by_rationals(phi, &profile, on),
    }
}

/// The profile of the activation of a continuous piecewise-linear network with one input.
fn one_input(phi: &Network) -> Result<Profile, Failure> {
    if phi.indim() != 1 {
        return Err(Failure::Shape(format!(
            "inputs of a function with pieces on the line: expected 1, got {}",
            phi.indim()
        )));
    }
    let profile = Profile::piecewise_linear(phi.activation(), "the list of pieces")?;
    if !profile.is_continuous() {
        return Err(Failure::Unknown(
            "the list of pieces of a function that jumps".into(),
        ));
    }
    Ok(profile)
}

/// More pieces than are listed.
fn too_many() -> Failure {
    Failure::Limit(format!(
        "pieces on the line: expected at most {MOST_PIECES}"
    ))
}

/// The pieces by rational arithmetic, for numbers of any size.
fn by_rationals(phi: &Network, profile: &Profile, on: &Side) -> Result<Vec<Piece>, Failure> {
    let inputs = Rc::new(vec![Line {
        slope: Rational::one(),
        intercept: Rational::zero(),
    }]);
    let mut intervals = vec![Interval {
        lower: on.lower.clone(),
        upper: on.upper.clone(),
        lines: inputs,
    }];
    let (last, hidden) = phi
        .layers()
        .split_last()
        .expect("a network has at least one layer");
    for layer in hidden {
        let mut next = Vec::with_capacity(intervals.len());
        for interval in intervals {
            let z: Vec<Line> = (0..layer.rows())
                .map(|i| Line::sum(layer.entries(i), layer.bias(i), &interval.lines))
                .collect();
            let mut lower = interval.lower.clone();
            for cut in interval.cuts(&z, profile) {
                let middle = between(lower.as_ref(), Some(&cut));
                next.push(Interval {
                    lower: lower.replace(cut.clone()),
                    upper: Some(cut),
                    lines: Rc::new(activated(&z, &middle, profile)),
                });
            }
            let middle = between(lower.as_ref(), interval.upper.as_ref());
            let lines = Rc::new(activated(&z, &middle, profile));
            next.push(Interval {
                lower,
                upper: interval.upper,
                lines,
            });
            if next.len() > MOST_PIECES {
                return Err(too_many());
            }
        }
        intervals = next;
    }
    Ok(intervals
        .into_iter()
        .map(|interval| {
            let outputs =
                (0..last.rows()).map(|i| Line::sum(last.entries(i), last.bias(i), &interval.lines));
            let (slope, intercept) = outputs.map(|line| (line.slope, line.intercept)).unzip();
            Piece {
                lower: interval.lower,
                upper: interval.upper,
                slope,
                intercept,
            }
        })
        .collect())
}

/// x ↦ slope·x + intercept.
struct Line {
    slope: Rational,
    intercept: Rational,
}

impl Line {
    fn sum<'a>(
        entries: impl Iterator<Item = (usize, &'a Rational)>,
        bias: &Rational,
        lines: &[Line],
    ) -> Self {
        let mut sum = Self {
            slope: Rational::zero(),
            intercept: bias.clone(),
        };
        for (j, weight) in entries {
            sum.slope.add_product(weight, &lines[j].slope);
            sum.intercept.add_product(weight, &lines[j].intercept);
        }
        sum
    }

    fn at(&self, x: &Rational) -> Rational {
        let mut value = self.intercept.clone();
        value.add_product(&self.slope, x);
        value
    }
}

/// An open interval with the activations of the layer reached.
struct Interval {
    lower: Option<Rational>,
    upper: Option<Rational>,
    lines: Rc<Vec<Line>>,
}

impl Interval {
    /// The points inside at which some line crosses a kink, ascending, each once.
    fn cuts(&self, lines: &[Line], profile: &Profile) -> Vec<Rational> {
        let mut cuts = Vec::new();
        for line in lines {
            for kink in profile.kinks() {
                let Some(x) = (kink - &line.intercept).over(&line.slope) else {
                    continue;
                };
                let inside = self.lower.as_ref().is_none_or(|lower| *lower < x)
                    && self.upper.as_ref().is_none_or(|upper| x < *upper);
                if inside {
                    cuts.push(x);
                }
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }
}

/// The lines of ϱ(z) on an interval that no z leaves its piece on, given one of its points.
fn activated(z: &[Line], point: &Rational, profile: &Profile) -> Vec<Line> {
    let order = crate::field::RationalOrder;
    z.iter()
        .map(|line| {
            let place = profile
                .locate(&line.at(point), &order)
                .expect("the order of the rationals never fails");
            match place {
                super::standing::Place::Piece(i) => {
                    let (slope, constant) = (
                        profile.piece(i).coefficient(1),
                        profile.piece(i).coefficient(0),
                    );
                    let intercept = &(&slope * &line.intercept) + &constant;
                    Line {
                        slope: &slope * &line.slope,
                        intercept,
                    }
                }
                // Inside the interval no z crosses a kink, so z is constantly this kink.
                super::standing::Place::Kink(i) => Line {
                    slope: Rational::zero(),
                    intercept: profile.kink_value(i).clone(),
                },
            }
        })
        .collect()
}

/// A point strictly between the ends.
fn between(lower: Option<&Rational>, upper: Option<&Rational>) -> Rational {
    match (lower, upper) {
        (None, None) => Rational::zero(),
        (Some(lower), None) => lower + &Rational::one(),
        (None, Some(upper)) => upper - &Rational::one(),
        (Some(lower), Some(upper)) => Rational::midpoint(lower, upper),
    }
}

#[cfg(test)]
mod tests;
