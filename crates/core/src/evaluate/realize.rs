//! Pre-activations and the realization.

use crate::failure::Failure;
use crate::field::{Field, Order};
use crate::network::Network;

/// The pre-activations z₁(x),…,z_L(x); the last one is RΦ(x).
///
/// Errors: [`Failure::Shape`] if x has not N₀ entries; what the activation and the order report.
pub fn preactivations<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    order: &O,
) -> Result<Vec<Vec<S>>, Failure> {
    phi.check_input(x.len())?;
    let mut all: Vec<Vec<S>> = Vec::with_capacity(phi.depth());
    for layer in phi.layers() {
        let z = match all.last() {
            None => layer.apply(x),
            Some(before) => layer.apply(&activated(phi, before, order)?),
        };
        all.push(z);
    }
    Ok(all)
}

/// The realization RΦ(x); errors as [`preactivations`].
pub fn realize<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    order: &O,
) -> Result<Vec<S>, Failure> {
    phi.check_input(x.len())?;
    let mut z = phi.layer(0).apply(x);
    for layer in &phi.layers()[1..] {
        z = layer.apply(&activated(phi, &z, order)?);
    }
    Ok(z)
}

/// ϱ(z), componentwise.
fn activated<S: Field, O: Order<S>>(
    phi: &Network<S>,
    z: &[S],
    order: &O,
) -> Result<Vec<S>, Failure> {
    z.iter()
        .map(|value| phi.activation().value(value, order))
        .collect()
}
