//! The activation patterns adjacent to a point.

use crate::evaluate::preactivations;
use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::geometry::cone::Cone;
use crate::geometry::fan::{Cell, Keep, fan, forms, scaled};
use crate::geometry::standing::{Profile, Standing};
use crate::linear::matrix::Matrix;
use crate::network::Network;

/// One activation pattern met in every neighbourhood of a point y.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjacent<S> {
    /// Whether the points with this pattern form an open set near y.
    pub full_dimensional: bool,
    /// A direction v: y + t·v has this pattern for all small t > 0; zero for the point y itself.
    pub direction: Vec<S>,
    /// Per hidden layer and neuron. Pre-activation on a kink at y: the side to which it leaves the kink, zero if it
    /// stays. Off the kinks: the side of the largest kink on which it lies, positive for activations without kinks.
    pub sides: Vec<Vec<Sign>>,
    /// Dimension of the set of directions with this pattern; 0 for the point y itself.
    pub dimension: usize,
}

/// The patterns of Φ adjacent to y, the point y itself included.
///
/// # Definition
/// The sides of all pre-activations at y + t·v for small t > 0, v ∈ ℝᵈ; each with one direction. The patterns are
/// cut out neuron by neuron (see the module of the fan): a neuron on a kink whose directional row vanishes on the
/// cone at hand stays on the kink, otherwise exact feasibility decides which of the sides +, 0, − occur. A pattern
/// that includes y (all rows of the kinks together have rank below d) is listed with its own dimension and once
/// more as the point.
///
/// # Degenerate cases
/// No hidden layer: one pattern with no sides, and the point. `heaviside`: the sides are those of the limits of the
/// pre-activations in the cone, as pre-activations jump; at the point they are those of the values.
///
/// Errors: [`Failure::Shape`] for an input of another length; [`Failure::Unknown`] for an activation that is not
/// piecewise linear; [`Failure::Limit`] past 3¹⁰ patterns, which ten neurons on kinks never reach, nor twelve with
/// up to six inputs; whatever the order reports.
///
/// # Source
/// Derived.
pub fn adjacent<S: Field, O: Order<S>>(
    phi: &Network<S>,
    y: &[S],
    order: &O,
) -> Result<Vec<Adjacent<S>>, Failure> {
    Profile::piecewise_linear(phi.activation(), "the set of adjacent patterns")?;
    Ok(cells_near(phi, y, order)?
        .into_iter()
        .map(Adjacent::of)
        .collect())
}

impl<S: Field> Adjacent<S> {
    fn of(cell: Cell<S>) -> Self {
        let (direction, dimension) = (cell.cone.direction(), cell.cone.dimension());
        let full_dimensional = dimension == direction.len();
        Self {
            full_dimensional,
            direction,
            dimension,
            sides: cell.sides,
        }
    }
}

/// All cones of the fan at y and, if none of them is the point alone, the point.
pub(super) fn cells_near<S: Field, O: Order<S>>(
    phi: &Network<S>,
    y: &[S],
    order: &O,
) -> Result<Vec<Cell<S>>, Failure> {
    let mut cells = fan(phi, y, Cone::whole(phi.indim()), Keep::All, order)?;
    if cells.iter().all(|cell| cell.cone.dimension() > 0) {
        cells.extend(fan(phi, y, Cone::origin(phi.indim()), Keep::All, order)?);
    }
    Ok(cells)
}

/// D_cΦ at the points near y that have the pattern, c = `kink`.
///
/// For the point itself this is D_cΦ(y). Where ϱ is not piecewise linear off the kinks, the slopes are those at y:
/// the limit for points with the pattern tending to y.
///
/// Errors: [`Failure::Shape`] for an input of another length or sides that do not fit Φ; whatever the order reports.
pub fn adjacent_derivative<S: Field, O: Order<S>>(
    phi: &Network<S>,
    y: &[S],
    pattern: &Adjacent<S>,
    kink: &S,
    order: &O,
) -> Result<Matrix<S>, Failure> {
    let slopes = SideSlopes::at(phi, y, order)?;
    slopes.derivative(phi, &pattern.sides, kink)
}

/// The slopes of the hidden neurons near a point, as far as they do not depend on the side.
pub(super) enum SideSlopes<S> {
    /// Continuous activation: where the neurons stand at the point.
    Continuous(Vec<Vec<Standing<S>>>),
    /// `heaviside`: slope 0 on both sides and everywhere else.
    Jump,
}

impl<S: Field> SideSlopes<S> {
    pub(super) fn at<O: Order<S>>(phi: &Network<S>, y: &[S], order: &O) -> Result<Self, Failure> {
        phi.check_input(y.len())?;
        let profile = Profile::required(phi.activation(), "the derivative on a pattern")?;
        if !profile.is_continuous() {
            return Ok(Self::Jump);
        }
        let mut layers = preactivations(phi, y, order)?;
        layers.pop();
        let standings = layers
            .iter()
            .map(|z| z.iter().map(|z| profile.standing(z, order)).collect())
            .collect::<Result<_, _>>()?;
        Ok(Self::Continuous(standings))
    }

    /// The product A_L·Δ_{L−1}·…·Δ_1·A_1 with the slopes of the given sides, `kink` on a kink that is not left.
    pub(super) fn derivative(
        &self,
        phi: &Network<S>,
        sides: &[Vec<Sign>],
        kink: &S,
    ) -> Result<Matrix<S>, Failure> {
        let hidden = phi.depth() - 1;
        let fits = sides.len() == hidden
            && sides
                .iter()
                .zip(phi.layers())
                .all(|(sides, layer)| sides.len() == layer.rows());
        if !fits {
            return Err(Failure::Shape(format!(
                "sides of a pattern: expected the widths {:?}, got {:?}",
                &phi.architecture()[1..=hidden],
                sides.iter().map(Vec::len).collect::<Vec<_>>()
            )));
        }
        let identity = Matrix::identity(phi.indim());
        let mut rows: Vec<Vec<S>> = (0..phi.indim()).map(|i| identity.row(i).to_vec()).collect();
        for (l, layer) in phi.layers().iter().enumerate() {
            rows = forms(layer, &rows, phi.indim());
            if l < hidden {
                for (i, row) in rows.iter_mut().enumerate() {
                    *row = scaled(&self.slope(l, i, sides[l][i], kink), row);
                }
            }
        }
        Matrix::from_rows(rows)
    }

    fn slope(&self, layer: usize, neuron: usize, side: Sign, kink: &S) -> S {
        match self {
            Self::Jump if side == Sign::Zero => kink.clone(),
            Self::Jump => S::zero(),
            Self::Continuous(standings) => match (&standings[layer][neuron], side) {
                (Standing::Smooth { slope, .. }, _) => slope.clone(),
                (Standing::Kink { right, .. }, Sign::Positive) => right.clone(),
                (Standing::Kink { left, .. }, Sign::Negative) => left.clone(),
                (Standing::Kink { .. }, Sign::Zero) => kink.clone(),
            },
        }
    }
}
