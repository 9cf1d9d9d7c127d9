//! A list of cells with their vertices, checked to be all cells of a network on a box.
//!
//! Nothing of the walk that found the list is trusted or used again: dense rational rows, no machine integers, no
//! filter. The check of coverage is one equation between volumes.

use std::collections::{BTreeMap, BTreeSet};

use crate::activation::{Activation, Kinks};
use crate::failure::Failure;
use crate::field::RationalOrder;
use crate::geometry::cells::{Complex, Standing};
use crate::geometry::{Domain, Side};
use crate::linear::bareiss;
use crate::linear::matrix::{Matrix, dot};
use crate::network::{Layer, Network};
use crate::number::rational::Rational;
use crate::reference::cells::{sides_as_rows, unit};
use crate::reference::hull::{faces, volume};

/// c₀ + c·x as (c₀, c₁, …, c_d).
type Row = Vec<Rational>;

/// A cell as it is claimed: its vertices and where the hidden neurons stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedCell {
    /// Indices of the vertices.
    pub vertices: Vec<usize>,
    /// Where each hidden neuron stands, layer after layer.
    pub pattern: Vec<Standing>,
}

/// The claim that these are the cells of a network on a bounded box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellCertificate {
    /// Points of the box.
    pub vertices: Vec<Vec<Rational>>,
    /// The cells.
    pub cells: Vec<ClaimedCell>,
}

impl From<&Complex> for CellCertificate {
    fn from(complex: &Complex) -> Self {
        Self {
            vertices: complex.vertices.clone(),
            cells: complex
                .cells
                .iter()
                .map(|cell| ClaimedCell {
                    vertices: cell.vertices.clone(),
                    pattern: cell.pattern.clone(),
                })
                .collect(),
        }
    }
}

/// A cell whose claim has been checked.
#[derive(Clone, Debug)]
pub struct CheckedCell {
    /// One affine form per output.
    pub outputs: Vec<Vec<Rational>>,
    /// The vertices as (1, x).
    pub(super) vertices: Vec<Row>,
    /// The sets of vertices on which closed conditions (c₀, c) ≥ 0 vanish, with one such condition each. As the closed
    /// cell is the hull of its vertices, those with at least d vertices, its facets among them, cut it out.
    pub(super) faces: BTreeMap<Vec<usize>, Row>,
}

/// All cells of a network on a bounded box, checked.
#[derive(Clone, Debug)]
pub struct CheckedCells {
    dimension: usize,
    /// The cells in the order of the certificate.
    pub list: Vec<CheckedCell>,
}

impl CellCertificate {
    /// The cells, if the claim is true.
    ///
    /// # What is checked
    /// (1) The patterns are distinct, and along each the forms of all pre-activations are computed anew from the network.
    /// A neuron stands constantly on a kink iff its form is constantly that kink. Two patterns differ first at one
    /// neuron, which has the same form in both, and ask it to lie in different closed intervals that meet in a kink at
    /// most: the closed cells have disjoint interiors.
    /// (2) Every vertex lies in the box and satisfies the closed conditions of its pattern: the convex hull of the
    /// vertices lies in the closed cell.
    /// (3) The volumes of the hulls add up to the volume of the box: the hulls, a closed set, cover it. So every cell
    /// is in the list, and its vertices are among those listed. The volume of a hull is that of a triangulation by
    /// pulling; it uses faces cut out by conditions only, all of which are valid, so it never exceeds the true one.
    ///
    /// Errors ([`Failure::Undefined`]): the first thing that is wrong. [`Failure::Shape`], [`Failure::Unknown`]: as for
    /// [`ReferenceCells`](super::ReferenceCells::new); an unbounded domain.
    pub fn check(&self, phi: &Network, domain: &Domain) -> Result<CheckedCells, Failure> {
        let d = phi.indim();
        let sides = domain.sides(d)?;
        if !sides.iter().all(Side::is_bounded) || sides.iter().any(Side::is_point) {
            return Err(wrong("a bounded box with interior points is needed"));
        }
        if !phi.activation().is_piecewise_linear() || *phi.activation() == Activation::Heaviside {
            return Err(Failure::Unknown(format!(
                "the set of cells with activation {}",
                phi.activation()
            )));
        }
        let frame = sides_as_rows(&sides);
        let box_volume = sides.iter().fold(Rational::one(), |product, side| {
            match (&side.lower, &side.upper) {
                (Some(lower), Some(upper)) => &product * &(upper - lower),
                _ => product,
            }
        });
        let distinct: BTreeSet<&Vec<Standing>> =
            self.cells.iter().map(|cell| &cell.pattern).collect();
        if distinct.len() != self.cells.len() {
            return Err(wrong("two cells have the same pattern"));
        }
        let weights: Vec<Vec<Entries>> = phi.layers().iter().map(entries).collect();
        let mut total = Rational::zero();
        let mut list = Vec::with_capacity(self.cells.len());
        for (number, cell) in self.cells.iter().enumerate() {
            let (mut rows, outputs) = follow(phi, &weights, &cell.pattern, number)?;
            rows.extend(frame.iter().cloned());
            let mut vertices = Vec::with_capacity(cell.vertices.len());
            for index in &cell.vertices {
                let point = self.vertices.get(*index).filter(|point| point.len() == d);
                let point = point.ok_or_else(|| {
                    wrong(&format!("cell {number} names a vertex that does not exist"))
                })?;
                let point: Row = std::iter::once(Rational::one())
                    .chain(point.iter().cloned())
                    .collect();
                vertices.push(point);
            }
            let faces = faces(&vertices, rows)
                .ok_or_else(|| wrong(&format!("a vertex of cell {number} lies outside it")))?;
            let size = volume(&vertices, &faces)?;
            if size.is_zero() {
                return Err(wrong(&format!("cell {number} has no interior points")));
            }
            total = &total + &size;
            list.push(CheckedCell {
                outputs,
                vertices,
                faces,
            });
        }
        // d!·volume on the left.
        let factorial = (1..=d).fold(Rational::one(), |product, k| {
            &product * &Rational::from(i64::try_from(k).expect("a small dimension"))
        });
        if total != &box_volume * &factorial {
            return Err(wrong("the volumes of the cells do not add up to the box"));
        }
        Ok(CheckedCells { dimension: d, list })
    }
}

impl CheckedCells {
    /// Number of distinct affine functions.
    pub fn affine_functions(&self) -> usize {
        let maps: BTreeSet<&Vec<Row>> = self.list.iter().map(|cell| &cell.outputs).collect();
        maps.len()
    }

    /// Number of linear regions: cells with one map are joined where their common vertices span d − 1 dimensions.
    pub fn linear_regions(&self) -> usize {
        let mut classes: BTreeMap<&Vec<Row>, Vec<Vec<usize>>> = BTreeMap::new();
        for (i, cell) in self.list.iter().enumerate() {
            let known = classes.entry(&cell.outputs).or_default();
            let mut joined = vec![i];
            let mut apart = Vec::new();
            for class in known.drain(..) {
                if class.iter().any(|other| self.touch(i, *other)) {
                    joined.extend(class);
                } else {
                    apart.push(class);
                }
            }
            apart.push(joined);
            *known = apart;
        }
        classes.values().map(Vec::len).sum()
    }

    fn touch(&self, i: usize, j: usize) -> bool {
        let other: BTreeSet<&Row> = self.list[j].vertices.iter().collect();
        let common: Vec<Row> = self.list[i]
            .vertices
            .iter()
            .filter(|vertex| other.contains(vertex))
            .cloned()
            .collect();
        common.len() >= self.dimension
            && Matrix::from_rows(common)
                .is_ok_and(|matrix| bareiss::rank(&matrix) == self.dimension)
    }

    /// The largest value of `size` over the gradients of output 0.
    pub fn largest_slope(&self, size: impl Fn(&[Rational]) -> Rational) -> Rational {
        let sizes = self.list.iter().map(|cell| size(&cell.outputs[0][1..]));
        sizes.max().expect("a box with interior has a cell")
    }

    /// The smallest and the largest value of output 0.
    pub fn range(&self) -> (Rational, Rational) {
        let values: Vec<Rational> = self
            .list
            .iter()
            .flat_map(|cell| {
                cell.vertices
                    .iter()
                    .map(|vertex| dot(&cell.outputs[0], vertex))
            })
            .collect();
        let least = values.iter().min().expect("a box with interior has a cell");
        let greatest = values.iter().max().expect("a box with interior has a cell");
        (least.clone(), greatest.clone())
    }
}

fn wrong(what: &str) -> Failure {
    Failure::Undefined(format!("certificate of cells: {what}"))
}

/// The entries of a row that are not 0, with their columns.
type Entries = Vec<(usize, Rational)>;

fn entries(layer: &Layer) -> Vec<Entries> {
    let weights = layer.weights();
    (0..layer.rows())
        .map(|i| {
            let row = weights.row(i).iter().enumerate();
            row.filter(|(_, weight)| !weight.is_zero())
                .map(|(j, weight)| (j, weight.clone()))
                .collect()
        })
        .collect()
}

/// The closed conditions of a pattern and the forms of the outputs along it.
fn follow(
    phi: &Network,
    weights: &[Vec<Entries>],
    pattern: &[Standing],
    number: usize,
) -> Result<(Vec<Row>, Vec<Row>), Failure> {
    let d = phi.indim();
    let kinks = match phi.activation().kinks() {
        Kinks::Finite(kinks) => kinks,
        Kinks::None | Kinks::Countable(_) => Vec::new(),
    };
    let mut conditions = Vec::new();
    let mut places = pattern.iter();
    let mut forms: Vec<Row> = (1..=d).map(|k| unit(k, d + 1)).collect();
    for (l, layer) in phi.layers().iter().enumerate() {
        let mut next = Vec::with_capacity(layer.rows());
        for (i, entries) in weights[l].iter().enumerate() {
            let mut z = unit(0, d + 1);
            z[0] = layer.bias(i).clone();
            for (j, weight) in entries {
                for (sum, value) in z.iter_mut().zip(&forms[*j]) {
                    *sum = &*sum + &(weight * value);
                }
            }
            if l + 1 == phi.depth() {
                next.push(z);
                continue;
            }
            let place = places
                .next()
                .ok_or_else(|| wrong(&format!("the pattern of cell {number} is too short")))?;
            next.push(activated(phi, &kinks, &z, *place, &mut conditions, number)?);
        }
        forms = next;
    }
    if places.next().is_some() {
        return Err(wrong(&format!("the pattern of cell {number} is too long")));
    }
    Ok((conditions, forms))
}

/// The form of ϱ(z) at this place; appends the conditions for z to stay there.
fn activated(
    phi: &Network,
    kinks: &[Rational],
    z: &Row,
    place: Standing,
    conditions: &mut Vec<Row>,
    number: usize,
) -> Result<Row, Failure> {
    let is_constant = z[1..].iter().all(Rational::is_zero);
    let inconsistent = || {
        wrong(&format!(
            "a neuron of cell {number} cannot stand where it is said to"
        ))
    };
    let sample = match place {
        Standing::Kink(i) => {
            let kink = kinks.get(usize::from(i)).ok_or_else(inconsistent)?;
            if !is_constant || z[0] != *kink {
                return Err(inconsistent());
            }
            kink.clone()
        }
        Standing::Piece(i) => {
            let i = usize::from(i);
            if i > kinks.len() {
                return Err(inconsistent());
            }
            let (lower, upper) = (i.checked_sub(1).map(|k| &kinks[k]), kinks.get(i));
            if is_constant {
                let inside = lower.is_none_or(|k| *k < z[0]) && upper.is_none_or(|k| z[0] < *k);
                if !inside {
                    return Err(inconsistent());
                }
            } else {
                if let Some(kink) = lower {
                    let mut row = z.clone();
                    row[0] = &row[0] - kink;
                    conditions.push(row);
                }
                if let Some(kink) = upper {
                    let mut row: Row = z.iter().map(|value| -value).collect();
                    row[0] = &row[0] + kink;
                    conditions.push(row);
                }
            }
            match (lower, upper) {
                _ if is_constant => z[0].clone(),
                (None, None) => Rational::zero(),
                (Some(lower), None) => lower + &Rational::one(),
                (None, Some(upper)) => upper - &Rational::one(),
                (Some(lower), Some(upper)) => Rational::midpoint(lower, upper),
            }
        }
    };
    let value = phi.activation().value(&sample, &RationalOrder)?;
    if is_constant {
        let mut row = unit(0, z.len());
        row[0] = value;
        return Ok(row);
    }
    let slope = phi
        .activation()
        .slope(&sample, &Rational::zero(), &RationalOrder)?;
    let mut row: Row = z.iter().map(|entry| entry * &slope).collect();
    row[0] = &row[0] + &(&value - &(&slope * &sample));
    Ok(row)
}
