//! The classical derivative and the Clarke set, decided from the cells adjacent to a point.

use crate::activation::Activation;
use crate::failure::Failure;
use crate::field::{Field, Order};
use crate::geometry::cone::Cone;
use crate::geometry::fan::{Keep, fan};
use crate::geometry::germs::derivatives_beside;
use crate::geometry::limits::finitely_many_patterns;
use crate::geometry::standing::Profile;
use crate::linear::matrix::Matrix;
use crate::network::Network;

/// The classical derivative of RΦ at x; `None` iff RΦ is not differentiable at x.
///
/// # Definition
/// Continuous ϱ: RΦ is differentiable at x iff its one-sided directional derivative is linear, iff all
/// full-dimensional cones of the fan at x have the same matrix (derivation in the module of the fan); that matrix
/// is the derivative. It does not depend on a kink value. `heaviside`: differentiable iff RΦ is constant near x, or
/// of depth 1.
///
/// # Exactness
/// Exact for every activation; `binary_to_ternary` and `svc_gaps` need rational pre-activations.
///
/// # Source
/// Claim `classical-chain-rule`.
pub fn jacobian<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    order: &O,
) -> Result<Option<Matrix<S>>, Failure> {
    phi.check_input(x.len())?;
    if *phi.activation() == Activation::Heaviside {
        return jacobian_across_jumps(phi, x, order);
    }
    let cells = fan(phi, x, Cone::whole(phi.indim()), Keep::Full, order)?;
    let mut matrices = cells.iter().map(|cell| cell.matrix());
    let first = matrices
        .next()
        .expect("the cones cover the space of directions");
    for other in matrices {
        if !equal(&first, &other, order)? {
            return Ok(None);
        }
    }
    Ok(Some(first))
}

/// RΦ is piecewise constant (depth ≥ 2), so it is differentiable at x iff every cone has the value RΦ(x).
fn jacobian_across_jumps<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    order: &O,
) -> Result<Option<Matrix<S>>, Failure> {
    if phi.depth() == 1 {
        return Ok(Some(phi.layer(0).weights()));
    }
    Ok(is_constant_near(phi, x, order)?.then(|| Matrix::zeros(phi.outdim(), phi.indim())))
}

fn is_constant_near<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    order: &O,
) -> Result<bool, Failure> {
    let cells = super::adjacent::cells_near(phi, x, order)?;
    let (first, others) = cells
        .split_first()
        .expect("the cones cover the space of directions");
    for other in others {
        for (a, b) in first.values.iter().zip(&other.values) {
            if !order.equal(a, b)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Finitely many matrices whose convex hull is the Clarke generalized Jacobian of RΦ at x; without repetition,
/// never empty.
///
/// # Definition
/// The limits of the Jacobians at points tending to x at which RΦ is differentiable. Piecewise-linear ϱ: the
/// matrices of the full-dimensional cells adjacent to x. Other piecewise-polynomial ϱ: the same where every kink
/// met lies in the first layer (the pre-activations there are affine, so the cells near x are those cones, and ϱ′
/// is continuous off the kinks), and with one input from the germs of both sides.
///
/// Errors: [`Failure::Undefined`] where RΦ is not continuous (`heaviside`; RΦ is not locally Lipschitz there);
/// [`Failure::Unknown`] in the remaining cases and for activations with infinitely many kinks in a hidden layer.
///
/// # Source
/// Derived.
pub fn clarke<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    order: &O,
) -> Result<Vec<Matrix<S>>, Failure> {
    phi.check_input(x.len())?;
    if phi.depth() == 1 {
        return Ok(vec![phi.layer(0).weights()]);
    }
    let profile = Profile::required(phi.activation(), "the Clarke set")?;
    if !profile.is_continuous() {
        if is_constant_near(phi, x, order)? {
            return Ok(vec![Matrix::zeros(phi.outdim(), phi.indim())]);
        }
        return Err(Failure::Undefined(
            "the Clarke set of a function that jumps at the point".into(),
        ));
    }
    if finitely_many_patterns(phi, x, order)? {
        let cells = fan(phi, x, Cone::whole(phi.indim()), Keep::Full, order)?;
        return Ok(distinct(cells.iter().map(|cell| cell.matrix())));
    }
    if phi.indim() == 1 {
        return Ok(distinct(derivatives_beside(phi, x, order)?));
    }
    Err(Failure::Unknown(format!(
        "the Clarke set with activation {}, {} inputs and a kink behind the first layer",
        phi.activation(),
        phi.indim()
    )))
}

/// Whether two matrices of one shape take the same values.
fn equal<S: Field, O: Order<S>>(a: &Matrix<S>, b: &Matrix<S>, order: &O) -> Result<bool, Failure> {
    for (x, y) in a.data().iter().zip(b.data()) {
        if !order.equal(x, y)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The different matrices, in order of first appearance.
pub(super) fn distinct<S: Field>(matrices: impl IntoIterator<Item = Matrix<S>>) -> Vec<Matrix<S>> {
    let mut kept: Vec<Matrix<S>> = Vec::new();
    for matrix in matrices {
        if !kept.contains(&matrix) {
            kept.push(matrix);
        }
    }
    kept
}
