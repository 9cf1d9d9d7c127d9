//! The derivative on the cell that a direction points into.

use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::geometry::fan::{forms, scaled, standings};
use crate::geometry::germs::derivative_beside;
use crate::geometry::standing::{Profile, Standing};
use crate::linear::matrix::{Matrix, dot};
use crate::network::Network;

/// The derivative of RΦ on the full-dimensional cell that contains x + t·v for small t > 0; `None` if x + t·v stays
/// on a genuine kink (a pre-activation that stays on a kink although it is not constant near there).
///
/// # Definition
/// Piecewise-linear ϱ, continuous: walk the layers with the rows of the cell; a neuron on a kink takes the side of
/// row·v. If row·v = 0 and the row is not zero, the answer is `None`; if the row is zero, the neuron is constant on
/// the cell. Other piecewise-polynomial ϱ: the limit of the derivative at x + t·v for t → 0+, from germs.
///
/// # Degenerate cases
/// v = 0: the derivative at x if x lies on no genuine kink, else `None`. `heaviside`: the zero matrix off the kinks
/// (depth ≥ 2); a kink of the first layer takes the side of row·v.
///
/// Errors: [`Failure::Unknown`] for activations with infinitely many kinks; [`Failure::Shape`] for vectors of
/// another length.
pub fn derivative_along<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    v: &[S],
    order: &O,
) -> Result<Option<Matrix<S>>, Failure> {
    phi.check_input(x.len())?;
    phi.check_input(v.len())?;
    let profile = Profile::required(phi.activation(), "the derivative along a direction")?;
    if !profile.is_linear() {
        return derivative_beside(phi, x, v, order);
    }
    let dimension = phi.indim();
    let identity = Matrix::identity(dimension);
    let mut rows: Vec<Vec<S>> = (0..dimension).map(|i| identity.row(i).to_vec()).collect();
    let mut values = x.to_vec();
    let (last, hidden) = phi
        .layers()
        .split_last()
        .expect("a network has at least one layer");
    for layer in hidden {
        rows = forms(layer, &rows, dimension);
        let standings = standings(
            phi.activation(),
            Some(&profile),
            &layer.apply(&values),
            order,
        )?;
        values.clear();
        for (standing, row) in standings.into_iter().zip(&mut rows) {
            let (slope, value) = match standing {
                Standing::Smooth { slope, value, .. } => (slope, value),
                Standing::Kink {
                    left,
                    right,
                    value,
                    left_limit,
                    right_limit,
                } => match order.sign(&dot(row, v))? {
                    Sign::Positive => (right, right_limit),
                    Sign::Negative => (left, left_limit),
                    Sign::Zero => {
                        for entry in row.iter() {
                            if order.sign(entry)? != Sign::Zero {
                                return Ok(None);
                            }
                        }
                        (S::zero(), value)
                    }
                },
            };
            *row = scaled(&slope, row);
            values.push(value);
        }
    }
    Matrix::from_rows(forms(last, &rows, dimension)).map(Some)
}
