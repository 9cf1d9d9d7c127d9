//! One-sided derivatives along a direction, from germs at t → 0+.

use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::geometry::standing::{Place, Profile};
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::germ::{Germ, GermOrder};

/// lim D(RΦ)(x + t·v) for t → 0+; `None` if x + t·v stays on a genuine kink for small t > 0.
///
/// # Definition
/// The pre-activations along x + t·v are polynomials in t on a right neighbourhood of 0, their signs are those of
/// the first non-zero coefficients, and the slopes are chosen by them. A pre-activation that stays on a kink is
/// genuine unless its row vanishes along the line.
///
/// Errors: [`Failure::Unknown`] for activations that jump or have infinitely many kinks, and if a germ is zero up
/// to the truncation order but was cut off; [`Failure::Shape`] for vectors of another length.
pub(super) fn derivative_beside<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    v: &[S],
    order: &O,
) -> Result<Option<Matrix<S>>, Failure> {
    phi.check_input(x.len())?;
    phi.check_input(v.len())?;
    let profile = Profile::required(phi.activation(), "a one-sided derivative")?;
    if !profile.is_continuous() {
        return Err(Failure::Unknown(
            "a one-sided derivative across jumps".into(),
        ));
    }
    let germ_order = GermOrder(order);
    let phi_germ = phi.map(|value| Germ::constant(value.clone()));
    let dimension = phi.indim();
    let identity = Matrix::<Germ<S>>::identity(dimension);
    let mut rows: Vec<Vec<Germ<S>>> = (0..dimension).map(|i| identity.row(i).to_vec()).collect();
    let mut values: Vec<Germ<S>> = x
        .iter()
        .zip(v)
        .map(|(x, v)| Germ::variable_from(x.clone(), v.clone()))
        .collect();
    let (last, hidden) = phi_germ
        .layers()
        .split_last()
        .expect("a network has at least one layer");
    for layer in hidden {
        let z = layer.apply(&values);
        rows = super::fan::forms(layer, &rows, dimension);
        values.clear();
        for (z, row) in z.iter().zip(&mut rows) {
            let place = profile.locate(z, &germ_order)?;
            values.push(profile.value(place, z));
            let slope = match place {
                Place::Piece(i) => profile.slope(i, z),
                Place::Kink(_) => {
                    let stays = row.iter().map(|value| germ_order.sign(value));
                    let stays = stays.collect::<Result<Vec<_>, _>>()?;
                    if stays.iter().any(|sign| *sign != Sign::Zero) {
                        return Ok(None);
                    }
                    Germ::zero()
                }
            };
            *row = super::fan::scaled(&slope, row);
        }
    }
    let rows = super::fan::forms(last, &rows, dimension);
    let limits = rows
        .iter()
        .map(|row| row.iter().map(|value| value.coefficient(0)).collect());
    Matrix::from_rows(limits.collect()).map(Some)
}

/// The limits of the derivative of RΦ from the right and from the left, for one input.
pub(super) fn derivatives_beside<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    order: &O,
) -> Result<Vec<Matrix<S>>, Failure> {
    let mut limits = Vec::with_capacity(2);
    for direction in [S::one(), S::one().negated()] {
        let limit = derivative_beside(phi, x, &[direction], order)?
            .expect("a function of one input that stays on a kink has derivative zero");
        limits.push(limit);
    }
    Ok(limits)
}
