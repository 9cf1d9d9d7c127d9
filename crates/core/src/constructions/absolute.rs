//! The absolute value.

use super::integer_layer;
use crate::network::Network;

/// |x| = σ(x) + σ(−x): dims (1,2,1), L = 2, ‖·‖₀ = 4, weight bound 1.
///
/// D_c(0) = 0 for every c, as the two slopes cancel.
///
/// # Source
/// Claim `mult-symmetric`.
pub fn absolute() -> Network {
    let layers = vec![
        integer_layer(&[&[1], &[-1]], &[0, 0]),
        integer_layer(&[&[1, 1]], &[0]),
    ];
    Network::relu(layers).expect("dims (1,2,1) chain")
}
