//! Padding to a given depth.

use super::compose;
use crate::constructions::identity_network;
use crate::failure::Failure;
use crate::field::Field;
use crate::network::Network;

/// Id_{N_L, depth−L+1}∘Φ: the same realization with the given depth ≥ L; Φ itself for depth = L.
///
/// Two channels per output, so signed outputs are kept. D_c changes only at points where an output is zero.
///
/// Errors ([`Failure::Shape`]): depth < L; depth > L for a network of depth ≥ 2 whose activation is not ReLU.
///
/// # Source
/// Claims `parallel`, `relu-identity`.
pub fn pad<S: Field>(phi: &Network<S>, depth: usize) -> Result<Network<S>, Failure> {
    if depth < phi.depth() {
        return Err(Failure::Shape(format!(
            "padding: expected a depth of at least {}, got {depth}",
            phi.depth()
        )));
    }
    if depth == phi.depth() {
        return Ok(phi.clone());
    }
    let identity = identity_network(phi.outdim(), depth - phi.depth() + 1)?;
    compose(&identity.map(S::from_rational), phi)
}
