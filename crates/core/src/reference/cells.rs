//! Full-dimensional cells from the definition: every place of every neuron tried, feasibility by Fourier–Motzkin
//! elimination, vertices by trying all choices of d bounding hyperplanes.
//!
//! Independent of the walk through polytopes: dense rational rows, no vertices kept, no integers, no floats.

use std::collections::{BTreeMap, BTreeSet};

use crate::activation::Kinks;
use crate::failure::Failure;
use crate::field::{RationalOrder, Sign};
use crate::geometry::{Domain, Side};
use crate::linear::bareiss;
use crate::linear::fourier_motzkin::strict_direction;
use crate::linear::matrix::{Matrix, dot};
use crate::network::Network;
use crate::number::rational::Rational;

/// c₀ + c·x as (c₀, c₁, …, c_d).
type Row = Vec<Rational>;

/// A full-dimensional cell with the affine forms of its outputs.
#[derive(Clone, Debug)]
pub struct ReferenceCell {
    /// The open cell is where all of these are positive.
    conditions: Vec<Row>,
    /// One affine form per output.
    pub outputs: Vec<Row>,
}

/// The cells of a network on a domain.
#[derive(Clone, Debug)]
pub struct ReferenceCells {
    dimension: usize,
    bounded: bool,
    /// All cells.
    pub list: Vec<ReferenceCell>,
}

impl ReferenceCells {
    /// All cells of Φ on the domain.
    ///
    /// Errors: [`Failure::Shape`] for a domain of another dimension; [`Failure::Undefined`] for one without interior;
    /// [`Failure::Unknown`] for activations that are not piecewise linear; [`Failure::Limit`] where the elimination gives up.
    pub fn new(phi: &Network, domain: &Domain) -> Result<Self, Failure> {
        if !phi.activation().is_piecewise_linear() {
            return Err(Failure::Unknown(format!(
                "the set of cells with activation {}",
                phi.activation()
            )));
        }
        let d = phi.indim();
        let sides = domain.sides(d)?;
        if sides.iter().any(Side::is_point) {
            return Err(Failure::Undefined(
                "cells of a domain without interior points".into(),
            ));
        }
        let mut list = Vec::new();
        let mut pending = vec![Partial {
            conditions: sides_as_rows(&sides),
            layer: 0,
            inputs: (1..=d).map(|k| unit(k, d + 1)).collect(),
            outputs: Vec::new(),
        }];
        while let Some(partial) = pending.pop() {
            let layer = phi.layer(partial.layer);
            if partial.layer + 1 == phi.depth() {
                let outputs = (0..layer.rows())
                    .map(|i| preactivation(phi, &partial, i))
                    .collect();
                list.push(ReferenceCell {
                    conditions: partial.conditions,
                    outputs,
                });
            } else {
                pending.extend(partial.next(phi, d)?);
            }
        }
        Ok(Self {
            dimension: d,
            bounded: sides.iter().all(Side::is_bounded),
            list,
        })
    }

    /// Number of distinct affine functions.
    pub fn affine_functions(&self) -> usize {
        let maps: BTreeSet<&Vec<Row>> = self.list.iter().map(|cell| &cell.outputs).collect();
        maps.len()
    }

    /// Number of linear regions: classes of cells under "same map and a common face of dimension d − 1".
    pub fn linear_regions(&self) -> Result<usize, Failure> {
        let mut classes: BTreeMap<&Vec<Row>, Vec<Vec<usize>>> = BTreeMap::new();
        for (i, cell) in self.list.iter().enumerate() {
            let known = classes.entry(&cell.outputs).or_default();
            let mut joined = vec![i];
            let mut apart = Vec::new();
            for class in known.drain(..) {
                let mut touches = false;
                for other in &class {
                    touches = touches || self.share_a_facet(cell, &self.list[*other])?;
                }
                if touches {
                    joined.extend(class);
                } else {
                    apart.push(class);
                }
            }
            apart.push(joined);
            *known = apart;
        }
        Ok(classes.values().map(Vec::len).sum())
    }

    /// Whether some hyperplane bounds both cells from opposite sides and meets both closures in a common set of dimension d − 1.
    fn share_a_facet(&self, a: &ReferenceCell, b: &ReferenceCell) -> Result<bool, Failure> {
        for row in &a.conditions {
            let opposite = b.conditions.iter().any(|other| are_opposite(row, other));
            if !opposite || row[1..].iter().all(Rational::is_zero) {
                continue;
            }
            let off = |other: &&Row| !are_parallel(row, other);
            let mut positive: Vec<Row> = a.conditions.iter().filter(off).cloned().collect();
            positive.extend(b.conditions.iter().filter(off).cloned());
            positive.push(unit(0, self.dimension + 1));
            if strict_direction(&positive, std::slice::from_ref(row), self.dimension + 1)?.is_some()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The largest value of `size` over the gradients of output 0.
    pub fn largest_slope(&self, size: impl Fn(&[Rational]) -> Rational) -> Rational {
        let sizes = self.list.iter().map(|cell| size(&cell.outputs[0][1..]));
        sizes.max().expect("a domain with interior has a cell")
    }

    /// The smallest and the largest value of output 0.
    ///
    /// Errors ([`Failure::Undefined`]): the domain is not bounded.
    pub fn range(&self) -> Result<(Rational, Rational), Failure> {
        if !self.bounded {
            return Err(Failure::Undefined(
                "largest value on a domain without bounds".into(),
            ));
        }
        let mut values = Vec::new();
        for cell in &self.list {
            for vertex in self.vertices(cell)? {
                values.push(dot(&cell.outputs[0], &vertex));
            }
        }
        let least = values.iter().min().expect("a bounded cell has vertices");
        let greatest = values.iter().max().expect("a bounded cell has vertices");
        Ok((least.clone(), greatest.clone()))
    }

    /// All points (1, x) where d independent conditions vanish and none is negative.
    fn vertices(&self, cell: &ReferenceCell) -> Result<Vec<Row>, Failure> {
        let d = self.dimension;
        let mut found = Vec::new();
        let mut chosen: Vec<usize> = (0..d).collect();
        loop {
            let rows: Vec<Vec<Rational>> = chosen
                .iter()
                .map(|i| cell.conditions[*i][1..].to_vec())
                .collect();
            let right: Vec<Rational> = chosen.iter().map(|i| -&cell.conditions[*i][0]).collect();
            let matrix = Matrix::from_rows(rows)?;
            if bareiss::rank(&matrix) == d
                && let Some(x) = bareiss::solve(&matrix, &right)?
            {
                let point: Row = std::iter::once(Rational::one()).chain(x).collect();
                let inside = |row: &Row| dot(row, &point).sign() != Sign::Negative;
                if cell.conditions.iter().all(inside) {
                    found.push(point);
                }
            }
            let n = cell.conditions.len();
            let Some(last) = (0..d).rev().find(|p| chosen[*p] < n - d + p) else {
                return Ok(found);
            };
            let next = chosen[last] + 1;
            for (offset, position) in (last..d).enumerate() {
                chosen[position] = next + offset;
            }
        }
    }
}

/// The conditions so far, the forms of the layer's inputs, and those of its activations so far.
#[derive(Clone)]
struct Partial {
    conditions: Vec<Row>,
    layer: usize,
    inputs: Vec<Row>,
    outputs: Vec<Row>,
}

impl Partial {
    /// The parts with interior into which the next neuron divides this one.
    fn next(self, phi: &Network, d: usize) -> Result<Vec<Self>, Failure> {
        let form = preactivation(phi, &self, self.outputs.len());
        let kinks = match phi.activation().kinks() {
            Kinks::Finite(kinks) => kinks,
            Kinks::None | Kinks::Countable(_) => Vec::new(),
        };
        let above = |kink: &Rational| {
            let mut row = form.clone();
            row[0] = &row[0] - kink;
            row
        };
        let mut places: Vec<Vec<Row>> = Vec::new();
        if form[1..].iter().all(Rational::is_zero) {
            places.push(Vec::new());
        } else {
            for i in 0..=kinks.len() {
                let mut place = Vec::new();
                if i > 0 {
                    place.push(above(&kinks[i - 1]));
                }
                if i < kinks.len() {
                    place.push(above(&kinks[i]).iter().map(|value| -value).collect());
                }
                places.push(place);
            }
        }
        let mut parts = Vec::new();
        for place in places {
            let mut part = self.clone();
            part.conditions.extend(place);
            let mut positive = part.conditions.clone();
            positive.push(unit(0, d + 1));
            let Some(point) = strict_direction(&positive, &[], d + 1)? else {
                continue;
            };
            let weight = point[0].recip().expect("the weight is positive");
            let point: Row = point.iter().map(|value| value * &weight).collect();
            part.outputs.push(activated(phi, &form, &point)?);
            if part.outputs.len() == phi.layer(part.layer).rows() {
                part.inputs = std::mem::take(&mut part.outputs);
                part.layer += 1;
            }
            parts.push(part);
        }
        Ok(parts)
    }
}

/// The form of ϱ(z) near a point at which z is off the kinks, or z is constant.
fn activated(phi: &Network, form: &Row, point: &Row) -> Result<Row, Failure> {
    let z = dot(form, point);
    let activation = phi.activation();
    let value = activation.value(&z, &RationalOrder)?;
    if form[1..].iter().all(Rational::is_zero) {
        let mut constant = vec![Rational::zero(); form.len()];
        constant[0] = value;
        return Ok(constant);
    }
    let slope = activation.slope(&z, &Rational::zero(), &RationalOrder)?;
    let mut row: Row = form.iter().map(|entry| entry * &slope).collect();
    row[0] = &row[0] + &(&value - &(&slope * &z));
    Ok(row)
}

fn preactivation(phi: &Network, partial: &Partial, i: usize) -> Row {
    let layer = phi.layer(partial.layer);
    let weights = layer.weights();
    let mut sum = vec![Rational::zero(); partial.inputs[0].len()];
    sum[0] = layer.bias(i).clone();
    for (j, input) in partial.inputs.iter().enumerate() {
        for (total, value) in sum.iter_mut().zip(input) {
            *total = &*total + &(weights.get(i, j) * value);
        }
    }
    sum
}

/// The finite ends of the sides, each ≥ 0 inside.
pub(super) fn sides_as_rows(sides: &[Side]) -> Vec<Row> {
    let n = sides.len() + 1;
    let mut rows = Vec::new();
    for (k, side) in sides.iter().enumerate() {
        if let Some(lower) = &side.lower {
            let mut row = unit(k + 1, n);
            row[0] = -lower;
            rows.push(row);
        }
        if let Some(upper) = &side.upper {
            let mut row: Row = unit(k + 1, n).iter().map(|value| -value).collect();
            row[0] = upper.clone();
            rows.push(row);
        }
    }
    rows
}

/// The k-th of n unit rows.
pub(super) fn unit(k: usize, n: usize) -> Row {
    (0..n).map(|i| i64::from(i == k).into()).collect()
}

/// Whether all 2×2 minors vanish.
fn are_parallel(a: &Row, b: &Row) -> bool {
    (0..a.len()).all(|i| (0..i).all(|j| &a[i] * &b[j] == &a[j] * &b[i]))
}

fn are_opposite(a: &Row, b: &Row) -> bool {
    are_parallel(a, b) && dot(a, b).sign() == Sign::Negative
}
