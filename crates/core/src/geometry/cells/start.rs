//! The polytope a walk starts from: a box, all of ℝᵈ or something between, cut by half-spaces.

use std::rc::Rc;

use dashu_int::ops::UnsignedAbs;
use dashu_int::{IBig, UBig};

use crate::failure::Failure;
use crate::field::Sign;
use crate::geometry::cells::levels::Levels;
use crate::geometry::cells::plane::Homogeneous;
use crate::geometry::cells::polytope::Polytope;
use crate::geometry::cells::walk::Stop;
use crate::geometry::domain::Side;
use crate::number::rational::Rational;

/// The integer hyperplanes that bound a start polytope in ℝᵈ, each ≥ 0 inside.
#[derive(Clone, Debug)]
pub(super) struct Start {
    /// Lower and upper facet of every coordinate.
    sides: Vec<Vec<IBig>>,
    /// Half-spaces that cut the box.
    cuts: Vec<Vec<IBig>>,
}

impl Start {
    /// The domain cut by the half-spaces c₀ + c·x ≥ 0.
    ///
    /// Where the domain has no bound, the box ends at H = d!·Fᵈ + 1, F a bound of the coefficients of all hyperplanes
    /// that occur, domain included. Every cell of ℝᵈ in the domain is the interior of a polyhedron {a·x ≥ b} cut out by such
    /// hyperplanes; such a polyhedron has a minimal face, on which r ≤ d of them are independent equations, and by Cramer's rule
    /// a point of that face has coordinates of magnitude at most d!·Fᵈ. A polyhedron with interior has interior points near
    /// that point, so every cell meets the open box; the same holds for every facet. Counts of cells, of regions and
    /// norms of gradients on the box are therefore those on the domain.
    ///
    /// Errors ([`Failure::Shape`]): a half-space of another dimension.
    pub(super) fn new(
        domain: &[Side],
        halfspaces: &[Vec<Rational>],
        levels: &Levels,
    ) -> Result<Self, Failure> {
        let d = domain.len();
        let mut cuts = Vec::with_capacity(halfspaces.len());
        for halfspace in halfspaces {
            if halfspace.len() != d + 1 {
                return Err(Failure::Shape(format!(
                    "half-space c0 + c.x >= 0 in dimension {d}: expected {} coefficients, got {}",
                    d + 1,
                    halfspace.len()
                )));
            }
            cuts.push(integral(halfspace));
        }
        let side = |k: usize, lower: bool, end: &Rational| {
            let mut row = vec![Rational::zero(); d + 1];
            let one = Rational::one();
            (row[0], row[k + 1]) = if lower {
                (-end, one)
            } else {
                (end.clone(), -&one)
            };
            integral(&row)
        };
        let mut finite: Vec<Option<Vec<IBig>>> = Vec::with_capacity(2 * d);
        for (k, range) in domain.iter().enumerate() {
            finite.push(range.lower.as_ref().map(|end| side(k, true, end)));
            finite.push(range.upper.as_ref().map(|end| side(k, false, end)));
        }
        let reach = reach(finite.iter().flatten().chain(&cuts).flatten(), levels, d);
        let sides = finite
            .into_iter()
            .enumerate()
            .map(|(i, plane)| {
                plane.unwrap_or_else(|| {
                    let lower = i % 2 == 0;
                    let end = if lower { -&reach } else { reach.clone() };
                    side(i / 2, lower, &end)
                })
            })
            .collect();
        Ok(Self { sides, cuts })
    }

    /// The polytope, or `None` if it has no interior.
    pub(super) fn polytope<const N: usize, const W: usize>(
        &self,
    ) -> Result<Option<Polytope<N, W>>, Stop> {
        let plane = |row: &Vec<IBig>| Rc::new(Homogeneous::<N>::new(|k| row[k].clone()));
        let mut polytope = Polytope::parallelepiped(self.sides.iter().map(plane).collect())?;
        let mut signs = Vec::new();
        for cut in &self.cuts {
            let cut = plane(cut);
            polytope.signs(&cut, &cut.rounded_form(), &mut signs);
            if !signs.contains(&Sign::Positive) {
                return Ok(None);
            }
            if signs.contains(&Sign::Negative) {
                polytope = polytope.cut(&cut, &signs)?.0;
            }
        }
        Ok(Some(polytope))
    }
}

/// d!·Fᵈ + 1, F a bound of the coefficients of these hyperplanes and of all that the levels cut with.
fn reach<'a>(coefficients: impl Iterator<Item = &'a IBig>, levels: &Levels, d: usize) -> Rational {
    let largest = coefficients
        .map(|value| value.unsigned_abs())
        .fold(levels.bound.clone(), UBig::max);
    let mut reach = UBig::ONE;
    for k in 1..=d {
        reach = reach * &largest * UBig::from(k);
    }
    Rational::from(IBig::from(reach + UBig::ONE))
}

/// The domain with every missing end at ±(d!·Fᵈ + 1), as in [`Start::new`].
///
/// Every cell of the domain, and every facet of one, meets the interior of this box.
pub(super) fn enclosed(domain: &[Side], levels: &Levels) -> Vec<Side> {
    let ends = domain.iter().flat_map(|side| [&side.lower, &side.upper]);
    let rows: Vec<Vec<IBig>> = ends
        .flatten()
        .map(|end| integral(&[Rational::one(), end.clone()]))
        .collect();
    let reach = reach(rows.iter().flatten(), levels, domain.len());
    domain
        .iter()
        .map(|side| Side {
            lower: Some(side.lower.clone().unwrap_or_else(|| -&reach)),
            upper: Some(side.upper.clone().unwrap_or_else(|| reach.clone())),
        })
        .collect()
}

/// The row times the common denominator of its entries.
fn integral(row: &[Rational]) -> Vec<IBig> {
    let common = super::levels::lcm_of_denominators(row);
    let common = Rational::from(common);
    row.iter()
        .map(|value| (value * &common).numerator())
        .collect()
}
