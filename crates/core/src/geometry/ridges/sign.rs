//! Whether a sum of two functions of one variable each has one sign on a box.

use super::frame::Frame;
use crate::failure::Failure;
use crate::field::Sign;
use crate::geometry::domain::Side;
use crate::geometry::line::{infimum, supremum};
use crate::geometry::pieces::pieces_on;
use crate::linear::matrix::Matrix;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;
use crate::operations::{compose, linear_combination};

/// Where z stands on the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// z ≥ 0.
    Active,
    /// z ≤ 0.
    Inactive,
    /// Neither was found.
    Open,
}

/// Where z(x) = g₁(a₁·x) + g₂(a₂·x) stands.
///
/// (1) The ranges of g₁ and g₂ bound z. (2) If g_j is monotone, then z is monotone along the direction in which only
/// a_j·x changes, so that its smallest and its largest value on the box are found on the boundary; on an edge both
/// arguments are affine, so z is a network with one input there.
pub(super) fn standing(frame: &Frame, parts: &[Network; 2]) -> Result<Standing, Failure> {
    let ranges = [frame.range(0), frame.range(1)];
    let zero = Rational::zero();
    let bound = |least: bool| -> Result<Rational, Failure> {
        let extreme = if least { infimum } else { supremum };
        let [first, second] = [0, 1].map(|j| extreme(&parts[j], &ranges[j]));
        Ok(&first?.value + &second?.value)
    };
    if bound(true)? >= zero {
        return Ok(Standing::Active);
    }
    if bound(false)? <= zero {
        return Ok(Standing::Inactive);
    }
    if !is_monotone(&parts[0], &ranges[0])? && !is_monotone(&parts[1], &ranges[1])? {
        return Ok(Standing::Open);
    }
    let unit = Side {
        lower: Some(zero.clone()),
        upper: Some(Rational::one()),
    };
    let (mut least, mut greatest): (Option<Rational>, Option<Rational>) = (None, None);
    for edge in edges(frame) {
        let z = on_edge(parts, &edge)?;
        let (low, high) = (infimum(&z, &unit)?.value, supremum(&z, &unit)?.value);
        least = Some(least.map_or_else(|| low.clone(), |l| l.min(low.clone())));
        greatest = Some(greatest.map_or_else(|| high.clone(), |g| g.max(high.clone())));
    }
    Ok(match (least, greatest) {
        (Some(least), _) if least >= zero => Standing::Active,
        (_, Some(greatest)) if greatest <= zero => Standing::Inactive,
        _ => Standing::Open,
    })
}

fn is_monotone(part: &Network, range: &Side) -> Result<bool, Failure> {
    let pieces = pieces_on(part, range)?;
    let without = |sign: Sign| pieces.iter().all(|piece| piece.slope[0].sign() != sign);
    Ok(without(Sign::Negative) || without(Sign::Positive))
}

/// For every edge of the box the start and the change of both coordinates along it.
fn edges(frame: &Frame) -> Vec<[(Rational, Rational); 2]> {
    let corner = |i: usize, k: usize| [frame.sides[0][i].clone(), frame.sides[1][k].clone()];
    let ends = [
        (corner(0, 0), corner(1, 0)),
        (corner(0, 1), corner(1, 1)),
        (corner(0, 0), corner(0, 1)),
        (corner(1, 0), corner(1, 1)),
    ];
    ends.into_iter()
        .map(|(from, to)| {
            [0, 1].map(|j| {
                let at = |x: &[Rational; 2]| {
                    let a = &frame.directions[j];
                    &(&a[0] * &x[0]) + &(&a[1] * &x[1])
                };
                let start = at(&from);
                let change = &at(&to) - &start;
                (start, change)
            })
        })
        .collect()
}

/// s ↦ Σ_j g_j(start_j + s·change_j).
fn on_edge(parts: &[Network; 2], edge: &[(Rational, Rational); 2]) -> Result<Network, Failure> {
    let mut along = Vec::with_capacity(2);
    for (part, (start, change)) in parts.iter().zip(edge) {
        let weights = Matrix::from_rows(vec![vec![change.clone()]])?;
        let affine = Network::relu(vec![Layer::new(weights, vec![start.clone()])?])?;
        along.push(compose(part, &affine)?);
    }
    let terms: Vec<(Rational, &Network)> =
        along.iter().map(|part| (Rational::one(), part)).collect();
    linear_combination(&terms)
}
