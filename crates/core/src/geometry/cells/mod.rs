//! The full-dimensional cells of a network on a box, a polytope or all of ℝᵈ, exactly.
//!
//! # Definition
//! A cell is a maximal open connected set on which no hidden pre-activation crosses a kink; a pre-activation that is
//! constantly a kink there bounds nothing. RΦ is affine on every cell. The cells of a domain are those of its interior.
//!
//! # Method
//! Cells are split layer by layer and neuron by neuron. A cell is kept as a polytope by its vertices and facets, in
//! homogeneous integers; a new vertex is the meeting point of hyperplanes, computed by minors of integers of 128 bits
//! with overflow detection and of any size behind that. Signs at vertices come from a floating-point filter with a proven
//! bound ([`filter`]) where they are certain, and from integers otherwise. There are no linear programs and no tolerances;
//! parallel, concurrent, duplicated and vanishing neurons need no special care.

mod bernstein;
mod complex;
mod deviation;
mod extremes;
mod filter;
mod integer;
mod integral;
mod levels;
mod plane;
mod polytope;
mod quadratic;
mod start;
mod walk;

pub use complex::{AffineMap, Cell, Complex, Facet, Standing};
pub use deviation::{Deviation, deviation};
pub use extremes::{Extreme, GradientNorm, Steepest, extremes, steepest};
pub use integral::integral_of_power;

use dashu_int::IBig;

use crate::failure::Failure;
use crate::geometry::domain::{Domain, Side};
use crate::network::Network;
use crate::number::rational::Rational;
use integer::Integer;
use levels::{Levels, Typed};
use start::Start;
use walk::{Leaf, Stop, Visitor, Walk};

/// The largest input dimension.
pub const MOST_INPUTS: usize = 6;

/// Number of full-dimensional cells of Φ on the domain.
///
/// Errors: [`Failure::Shape`] for a domain of another dimension; [`Failure::Undefined`] for a domain without interior;
/// [`Failure::Limit`] for more than [`MOST_INPUTS`] inputs or more than `most` cells; [`Failure::Unknown`] for an
/// activation that is not continuous and piecewise linear.
pub fn count(phi: &Network, domain: &Domain, most: usize) -> Result<usize, Failure> {
    struct Counter(usize);
    impl Visitor for Counter {
        fn visit<T: Integer, const N: usize, const W: usize>(
            &mut self,
            _: &Leaf<'_, T, N, W>,
        ) -> Result<(), Failure> {
            self.0 += 1;
            Ok(())
        }

        fn restart(&mut self) {
            self.0 = 0;
        }
    }
    let mut counter = Counter(0);
    walk(phi, domain, &[], most, &mut counter)?;
    Ok(counter.0)
}

/// A bounded box that meets every cell of Φ on the domain, and every facet of one; the domain itself if it is bounded.
///
/// Counts of cells, of linear regions and of affine functions, and largest gradients, are the same on both.
///
/// Errors: [`Failure::Shape`] for a domain of another dimension; [`Failure::Unknown`] for an activation that is not
/// continuous and piecewise linear.
pub fn enclosing_box(phi: &Network, domain: &Domain) -> Result<Domain, Failure> {
    let sides = domain.sides(phi.indim())?;
    if sides.iter().all(Side::is_bounded) {
        return Ok(domain.clone());
    }
    Domain::new(start::enclosed(&sides, &Levels::new(phi)?))
}

/// Lets the visitor see every cell; returns the scale of the output forms.
fn walk<V: Visitor>(
    phi: &Network,
    domain: &Domain,
    halfspaces: &[Vec<Rational>],
    most: usize,
    visitor: &mut V,
) -> Result<IBig, Failure> {
    let d = phi.indim();
    let sides = domain.sides(d)?;
    if d > MOST_INPUTS {
        return Err(Failure::Limit(format!(
            "inputs of a network whose cells are listed: expected at most {MOST_INPUTS}, got {d}"
        )));
    }
    if sides.iter().any(Side::is_point) {
        return Err(Failure::Undefined(
            "cells of a domain without interior points".into(),
        ));
    }
    let levels = Levels::new(phi)?;
    let start = Start::new(&sides, halfspaces, &levels)?;
    match d {
        1 => walk_in::<V, 2>(&start, &levels, most, visitor),
        2 => walk_in::<V, 3>(&start, &levels, most, visitor),
        3 => walk_in::<V, 4>(&start, &levels, most, visitor),
        4 => walk_in::<V, 5>(&start, &levels, most, visitor),
        5 => walk_in::<V, 6>(&start, &levels, most, visitor),
        _ => walk_in::<V, 7>(&start, &levels, most, visitor),
    }?;
    let last = levels.list.last().expect("a network has a layer");
    Ok(last.scale.clone())
}

/// The denominator of the forms of the outputs.
fn output_scale(phi: &Network) -> Result<IBig, Failure> {
    let levels = Levels::new(phi)?;
    let last = levels.list.last().expect("a network has a layer");
    Ok(last.scale.clone())
}

/// Walks with the smallest integers that hold all coefficients.
fn walk_in<V: Visitor, const N: usize>(
    start: &Start,
    levels: &Levels,
    most: usize,
    visitor: &mut V,
) -> Result<(), Failure> {
    match levels.bits() {
        0..=61 => walk_on::<V, i64, N>(start, levels, most, visitor),
        62..=125 => walk_on::<V, i128, N>(start, levels, most, visitor),
        _ => walk_on::<V, IBig, N>(start, levels, most, visitor),
    }
}

/// Walks with sets of 64 facets, and with larger ones if that is not enough.
fn walk_on<V: Visitor, T: Integer, const N: usize>(
    start: &Start,
    levels: &Levels,
    most: usize,
    visitor: &mut V,
) -> Result<(), Failure> {
    match walk_with::<V, T, N, 1>(start, levels, most, visitor) {
        Err(Stop::Facets) => visitor.restart(),
        Err(Stop::Failed(failure)) => return Err(failure),
        Ok(()) => return Ok(()),
    }
    // Rare, so that one integer type is enough.
    match walk_with::<V, IBig, N, 16>(start, levels, most, visitor) {
        Err(Stop::Facets) => Err(Failure::Limit(
            "facets of a cell: expected at most 1024, got more".into(),
        )),
        Err(Stop::Failed(failure)) => Err(failure),
        Ok(()) => Ok(()),
    }
}

fn walk_with<V: Visitor, T: Integer, const N: usize, const W: usize>(
    start: &Start,
    levels: &Levels,
    most: usize,
    visitor: &mut V,
) -> Result<(), Stop> {
    match start.polytope::<N, W>()? {
        Some(polytope) => {
            Walk::new(&Typed::new(levels), most).run(polytope, &mut |leaf: &Leaf<'_, T, N, W>| {
                visitor.visit(leaf)
            })
        }
        None => Ok(()),
    }
}
