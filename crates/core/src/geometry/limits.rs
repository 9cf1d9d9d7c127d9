//! The values and the cluster values of the network derivative D_cΦ near a point.

use crate::activation::Activation;
use crate::evaluate::{network_derivative, preactivations};
use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::geometry::adjacent::{SideSlopes, cells_near};
use crate::geometry::clarke::distinct;
use crate::geometry::germs::derivatives_beside;
use crate::geometry::standing::Profile;
use crate::linear::matrix::Matrix;
use crate::network::Network;

/// All values that D_cΦ, c = `kink`, takes in every neighbourhood of y; y and the lower-dimensional faces included.
///
/// # Definition
/// For a piecewise-linear activation (jumps allowed) D_cΦ takes finitely many values near y, one for every pattern of
/// [`adjacent`](super::adjacent()); D_cΦ(y′) → M as y′ → y iff all of them are M. Without repetition.
///
/// Errors: [`Failure::Unknown`] for other activations (D_cΦ takes infinitely many values; see
/// [`derivative_limits`]); otherwise as for `adjacent`.
pub fn derivatives_near<S: Field, O: Order<S>>(
    phi: &Network<S>,
    y: &[S],
    kink: &S,
    order: &O,
) -> Result<Vec<Matrix<S>>, Failure> {
    Profile::piecewise_linear(phi.activation(), "the set of derivatives near a point")?;
    on_patterns(phi, y, kink, order)
}

/// The cluster values of D_cΦ(y′) as y′ → y, c = `kink`, y′ = y allowed; without repetition.
///
/// # Definition
/// * Piecewise-linear activations: the values of [`derivatives_near`].
/// * Other activations with finitely many kinks: if every kink met at y lies in the first layer, one matrix per
///   pattern of the first layer with the one-sided slopes ϱ′(z±) at y (the pre-activations of the first layer are
///   affine; all other slopes are continuous at y); with one input the two one-sided limits, from germs, and
///   D_cΦ(y).
/// * Infinitely many kinks: depth 2 with at most one function z among the hidden pre-activations at which the slope
///   has more than one cluster value: z runs through a neighbourhood of z(y), so the cluster values of the slope
///   are inserted.
///
/// Errors: [`Failure::Unknown`] in all other cases.
///
/// # Source
/// Claims `act-stability`, `act-stability-needs-continuity`.
pub fn derivative_limits<S: Field, O: Order<S>>(
    phi: &Network<S>,
    y: &[S],
    kink: &S,
    order: &O,
) -> Result<Vec<Matrix<S>>, Failure> {
    phi.check_input(y.len())?;
    if phi.depth() == 1 {
        return Ok(vec![phi.layer(0).weights()]);
    }
    if Profile::of(phi.activation()).is_none() {
        return clusters_of_one_neuron(phi, y, kink, order);
    }
    if finitely_many_patterns(phi, y, order)? {
        return on_patterns(phi, y, kink, order);
    }
    if phi.indim() == 1 {
        let mut values = derivatives_beside(phi, y, order)?;
        values.push(network_derivative(phi, y, kink, order)?);
        return Ok(distinct(values));
    }
    Err(Failure::Unknown(format!(
        "limits of the derivative with activation {}, {} inputs and a kink behind the first layer",
        phi.activation(),
        phi.indim()
    )))
}

/// Whether the cones of the fan at y are the activation patterns near y: ϱ is piecewise linear, or all kinks met at
/// y lie in the first layer. The activation must have finitely many kinks.
pub(super) fn finitely_many_patterns<S: Field, O: Order<S>>(
    phi: &Network<S>,
    y: &[S],
    order: &O,
) -> Result<bool, Failure> {
    let profile = Profile::required(phi.activation(), "the set of patterns near a point")?;
    if profile.is_linear() {
        return Ok(true);
    }
    let layers = preactivations(phi, y, order)?;
    for z in layers[..phi.depth() - 1].iter().skip(1).flatten() {
        if profile.standing(z, order)?.is_kink() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn on_patterns<S: Field, O: Order<S>>(
    phi: &Network<S>,
    y: &[S],
    kink: &S,
    order: &O,
) -> Result<Vec<Matrix<S>>, Failure> {
    let slopes = SideSlopes::at(phi, y, order)?;
    let cells = cells_near(phi, y, order)?;
    let matrices = cells
        .iter()
        .map(|cell| slopes.derivative(phi, &cell.sides, kink));
    Ok(distinct(matrices.collect::<Result<Vec<_>, _>>()?))
}

fn clusters_of_one_neuron<S: Field, O: Order<S>>(
    phi: &Network<S>,
    y: &[S],
    kink: &S,
    order: &O,
) -> Result<Vec<Matrix<S>>, Failure> {
    let unknown = |what: &str| {
        Err(Failure::Unknown(format!(
            "limits of the derivative with activation {}: {what}",
            phi.activation()
        )))
    };
    if phi.depth() > 2 {
        return unknown("more than one hidden layer");
    }
    let (inner, outer) = (phi.layer(0), phi.layer(1));
    let activation: &Activation = phi.activation();
    let mut smooth = Vec::with_capacity(inner.rows());
    let mut rough: Option<(usize, Vec<S>)> = None;
    for (i, z) in inner.apply(y).iter().enumerate() {
        let constant = inner
            .entries(i)
            .map(|(_, weight)| order.sign(weight))
            .try_fold(true, |constant, sign| {
                sign.map(|sign| constant && sign == Sign::Zero)
            })?;
        // A constant pre-activation has the zero row; its slope does not matter.
        let clusters = if constant {
            vec![S::zero()]
        } else {
            activation.slope_clusters(z, kink, order)?
        };
        match (clusters.as_slice(), &rough) {
            ([slope], _) => smooth.push(Some(slope.clone())),
            (_, Some((other, _))) => {
                if inner.entries(i).ne(inner.entries(*other)) || inner.bias(i) != inner.bias(*other)
                {
                    return unknown("two different neurons whose slopes are not continuous");
                }
                smooth.push(None);
            }
            (_, None) => {
                smooth.push(None);
                rough = Some((i, clusters));
            }
        }
    }
    let choices = rough.map_or_else(|| vec![S::zero()], |(_, clusters)| clusters);
    let (outer, inner) = (outer.weights(), inner.weights());
    let matrices = choices.iter().map(|choice| {
        let rows = smooth.iter().enumerate().map(|(i, slope)| {
            let slope = slope.as_ref().unwrap_or(choice);
            inner
                .row(i)
                .iter()
                .map(|weight| slope.times(weight))
                .collect()
        });
        outer.times(&Matrix::from_rows(rows.collect())?)
    });
    Ok(distinct(matrices.collect::<Result<Vec<_>, _>>()?))
}
