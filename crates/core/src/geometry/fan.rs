//! The fan of a network at a point: the cones of directions on which the first-order behaviour is linear.
//!
//! # Definition
//! For a continuous activation with one-sided slopes, h_k = ϱ(z_k) has the one-sided directional derivative
//! ```text
//! h_k′(y; v) = ϱ′(z_k+)·z_k′(y; v)  if z_k′(y; v) > 0
//!            = ϱ′(z_k−)·z_k′(y; v)  if z_k′(y; v) < 0,     z_{k+1}′(y; v) = A_{k+1}·h_k′(y; v),
//!            = 0                    if z_k′(y; v) = 0
//! ```
//! so v ↦ RΦ′(y; v) is linear on each of finitely many relatively open cones, cut by the forms v ↦ z_{k,i}′(y; v)
//! of the neurons whose pre-activation is a kink at y. For piecewise-linear activations y + t·v has, for small t >
//! 0, exactly the activation pattern of the cone of v. In general RΦ(y + v) = RΦ(y) + RΦ′(y; v) + o(|v|), because
//! RΦ is locally Lipschitz, hence RΦ is differentiable at y iff v ↦ RΦ′(y; v) is linear, iff all full-dimensional
//! cones have one matrix.
//!
//! For `heaviside` the limits of the pre-activations depend on the cone too and are carried along.

use std::borrow::Cow;

use crate::activation::Activation;
use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::geometry::cone::Cone;
use crate::geometry::standing::{Profile, Standing, standing};
use crate::linear::matrix::Matrix;
use crate::network::{Layer, Network};

/// Largest number of cones followed at once. Ten forms cut at most 3¹⁰ cones, in any dimension; twelve forms cut
/// fewer in up to six dimensions (54,257 in general position).
pub(crate) const CONE_CAP: usize = 3_usize.pow(10);

/// One cone of the fan.
#[derive(Clone, Debug)]
pub(crate) struct Cell<S> {
    /// The directions.
    pub(crate) cone: Cone<S>,
    /// Per hidden layer and neuron: the side of the kink on a kink, the side in [`Standing::Smooth`] elsewhere.
    pub(crate) sides: Vec<Vec<Sign>>,
    /// The matrix of v ↦ RΦ′(y; v) on the cone; on a cone of lower dimension one of the matrices that agree there.
    pub(crate) rows: Vec<Vec<S>>,
    /// The limit of RΦ(y + t·v), t → 0+, for v in the cone.
    pub(crate) values: Vec<S>,
}

impl<S: Field> Cell<S> {
    /// The matrix of the cell.
    pub(crate) fn matrix(&self) -> Matrix<S> {
        Matrix::from_rows(self.rows.clone()).expect("every row is a form on the input space")
    }
}

/// Which cones are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Every cone.
    All,
    /// The full-dimensional ones.
    Full,
}

/// The cones inside `start`, in lexicographic order of the sides +, 0, − neuron by neuron.
///
/// Errors: [`Failure::Shape`] for an input of another length, [`Failure::Limit`] past [`CONE_CAP`] cones, and
/// whatever the activation or the order reports.
pub(crate) fn fan<S: Field, O: Order<S>>(
    phi: &Network<S>,
    y: &[S],
    start: Cone<S>,
    keep: Keep,
    order: &O,
) -> Result<Vec<Cell<S>>, Failure> {
    phi.check_input(y.len())?;
    let activation = phi.activation();
    let profile = Profile::of(activation);
    let jumps = profile
        .as_ref()
        .is_some_and(|profile| !profile.is_continuous());
    let (last, hidden) = phi
        .layers()
        .split_last()
        .expect("a network has at least one layer");
    let identity = Matrix::identity(phi.indim());
    let mut cells = vec![Cell {
        cone: start,
        sides: Vec::with_capacity(hidden.len()),
        rows: (0..phi.indim()).map(|i| identity.row(i).to_vec()).collect(),
        values: y.to_vec(),
    }];
    for layer in hidden {
        // Without jumps all cells have the same limits.
        let shared = match cells.first() {
            Some(cell) if !jumps => Some(standings(
                activation,
                profile.as_ref(),
                &layer.apply(&cell.values),
                order,
            )?),
            _ => None,
        };
        let mut next = Vec::with_capacity(cells.len());
        for cell in cells {
            let standings = match &shared {
                Some(shared) => Cow::Borrowed(shared.as_slice()),
                None => Cow::Owned(standings(
                    activation,
                    profile.as_ref(),
                    &layer.apply(&cell.values),
                    order,
                )?),
            };
            through(layer, cell, &standings, keep, order, &mut next)?;
        }
        cells = next;
    }
    for cell in &mut cells {
        cell.rows = forms(last, &cell.rows, phi.indim());
        cell.values = last.apply(&cell.values);
    }
    Ok(cells)
}

/// The standings of a layer's pre-activations.
pub(crate) fn standings<S: Field, O: Order<S>>(
    activation: &Activation,
    profile: Option<&Profile>,
    z: &[S],
    order: &O,
) -> Result<Vec<Standing<S>>, Failure> {
    z.iter()
        .map(|z| standing(activation, profile, z, order))
        .collect()
}

/// The forms A·rows of a layer's pre-activations.
pub(crate) fn forms<S: Field>(layer: &Layer<S>, rows: &[Vec<S>], dimension: usize) -> Vec<Vec<S>> {
    (0..layer.rows())
        .map(|i| {
            let mut form = vec![S::zero(); dimension];
            for (j, weight) in layer.entries(i) {
                for (sum, value) in form.iter_mut().zip(&rows[j]) {
                    sum.add_product(weight, value);
                }
            }
            form
        })
        .collect()
}

/// Sends a cell through one hidden layer; appends the cells it is cut into.
fn through<S: Field, O: Order<S>>(
    layer: &Layer<S>,
    cell: Cell<S>,
    standings: &[Standing<S>],
    keep: Keep,
    order: &O,
    next: &mut Vec<Cell<S>>,
) -> Result<(), Failure> {
    let dimension = cell.rows.first().map_or(0, Vec::len);
    let rows = forms(layer, &cell.rows, dimension);
    let mut parts = vec![(cell.cone, Vec::with_capacity(standings.len()))];
    for (form, standing) in rows.iter().zip(standings) {
        if let Standing::Smooth { side, .. } = standing {
            parts.iter_mut().for_each(|(_, sides)| sides.push(*side));
            continue;
        }
        let mut cut = Vec::with_capacity(parts.len());
        for (cone, sides) in parts {
            let split = cone.split(form, order)?;
            let crossed = split.positive.is_some() && split.negative.is_some();
            for (side, part) in [
                (Sign::Positive, split.positive),
                (
                    Sign::Zero,
                    split.zero.filter(|_| !crossed || keep == Keep::All),
                ),
                (Sign::Negative, split.negative),
            ] {
                if let Some(part) = part {
                    let mut sides: Vec<Sign> = sides.clone();
                    sides.push(side);
                    cut.push((part, sides));
                }
            }
        }
        parts = cut;
        if next.len() + parts.len() > CONE_CAP {
            return Err(Failure::Limit(format!(
                "activation patterns around a point: expected at most {CONE_CAP}"
            )));
        }
    }
    for (cone, sides) in parts {
        let mut after = Vec::with_capacity(rows.len());
        let mut values = Vec::with_capacity(rows.len());
        for ((form, standing), side) in rows.iter().zip(standings).zip(&sides) {
            let (slope, limit) = match standing {
                Standing::Smooth { slope, value, .. } => (slope.clone(), value),
                Standing::Kink {
                    left,
                    right,
                    value,
                    left_limit,
                    right_limit,
                } => match side {
                    Sign::Positive => (right.clone(), right_limit),
                    Sign::Zero => (S::zero(), value),
                    Sign::Negative => (left.clone(), left_limit),
                },
            };
            after.push(scaled(&slope, form));
            values.push(limit.clone());
        }
        let mut all = cell.sides.clone();
        all.push(sides);
        next.push(Cell {
            cone,
            sides: all,
            rows: after,
            values,
        });
    }
    Ok(())
}

/// slope·form.
pub(crate) fn scaled<S: Field>(slope: &S, form: &[S]) -> Vec<S> {
    if slope.is_zero() {
        return vec![S::zero(); form.len()];
    }
    form.iter().map(|value| slope.times(value)).collect()
}
