//! The hat function and its iterates, the sawtooths.

use super::integer_layer;
use crate::failure::Failure;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;
use crate::operations::compose;

/// Largest number of compositions in [`sawtooth`].
pub const MOST_COMPOSITIONS: usize = 4096;

/// The hat g(x) = 2σ(x) − 4σ(x − 1/2) + 2σ(x − 1): 0 off \[0,1\], 1 at 1/2; dims (1,3,1), ‖·‖₀ = 8, weight bound 4.
///
/// # Source
/// Claim `hat-sawtooth`.
pub fn hat() -> Network {
    let layers = vec![first(), integer_layer(&[&[2, -4, 2]], &[0])];
    Network::relu(layers).expect("dims (1,3,1) chain")
}

/// 2σ(x) − 4σ(x − 1/2): the hat on \[0,1\], but −2x + 2 for x > 1; a false hat on ℝ. dims (1,2,1).
///
/// # Source
/// A mutant of `sawtooth-params`.
pub fn hat_two_neurons() -> Network {
    let rows = vec![vec![(0, Rational::one())]; 2];
    let bias = [0, -1].map(|p| Rational::from(p).half()).to_vec();
    let first = Layer::from_sparse_rows(1, rows, bias).expect("a 2x1 matrix with 2 biases");
    Network::relu(vec![first, integer_layer(&[&[2, -4]], &[0])]).expect("dims (1,2,1) chain")
}

/// x ↦ (x, x − 1/2, x − 1).
fn first() -> Layer {
    let rows = vec![vec![(0, Rational::one())]; 3];
    let bias = [0, -1, -2].map(|p| Rational::from(p).half()).to_vec();
    Layer::from_sparse_rows(1, rows, bias).expect("a 3x1 matrix with 3 biases")
}

/// The sawtooth g_s = g∘⋯∘g (s times): 2^{s−1} teeth on \[0,1\], 0 outside; dims (1,3,…,3,1), L = s + 1, ‖·‖₀ = 11s − 3.
///
/// g_0 is the identity ((1),0). Errors ([`Failure::Limit`]): s > [`MOST_COMPOSITIONS`].
///
/// # Source
/// Claim `hat-sawtooth`.
pub fn sawtooth(s: usize) -> Result<Network, Failure> {
    if s > MOST_COMPOSITIONS {
        return Err(Failure::Limit(format!(
            "sawtooth: expected s at most {MOST_COMPOSITIONS}, got {s}"
        )));
    }
    let mut teeth = Network::relu(vec![integer_layer(&[&[1]], &[0])])?;
    for _ in 0..s {
        teeth = compose(&hat(), &teeth)?;
    }
    Ok(teeth)
}
