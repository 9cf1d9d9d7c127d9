//! Linear combinations of networks.

use super::common_activation;
use super::parallel::{beside, check_depths, check_inputs};
use crate::failure::Failure;
use crate::field::Field;
use crate::network::{Layer, Network};

/// Σ a_iΦ_i: R = Σ a_i·RΦ_i. Hidden layers as in the parallelization; last layer (a₁A_L¹ | a₂A_L² | …) with bias Σ a_i·b_Lⁱ.
///
/// ‖·‖₀ ≤ Σ‖Φ_i‖₀ (biases may cancel, coefficients may be zero). At depth 1 the matrices and biases are added.
///
/// Errors ([`Failure::Shape`]): no network, different depths (pad first), input or output dimensions, or activations.
///
/// # Source
/// Claim `parallel`.
pub fn linear_combination<S: Field>(terms: &[(S, &Network<S>)]) -> Result<Network<S>, Failure> {
    const OPERATION: &str = "linear combination";
    let networks: Vec<&Network<S>> = terms.iter().map(|(_, phi)| *phi).collect();
    check_depths(OPERATION, &networks)?;
    check_inputs(OPERATION, &networks)?;
    let outdim = networks[0].outdim();
    if let Some(other) = networks.iter().find(|phi| phi.outdim() != outdim) {
        return Err(Failure::Shape(format!(
            "{OPERATION}: expected equal output dimensions, got {outdim} and {}",
            other.outdim()
        )));
    }
    let activation = common_activation(OPERATION, &networks)?;
    let depth = networks[0].depth();
    let mut layers: Vec<Layer<S>> = (0..depth - 1)
        .map(|l| {
            let blocks: Vec<&Layer<S>> = networks.iter().map(|phi| phi.layer(l)).collect();
            beside(&blocks, l == 0)
        })
        .collect();
    layers.push(combined(terms, depth - 1));
    Network::new(activation, layers)
}

/// The last layers, scaled and added: side by side, or on top of each other where they share the input (depth 1).
fn combined<S: Field>(terms: &[(S, &Network<S>)], l: usize) -> Layer<S> {
    let shared_input = l == 0;
    let rows = terms[0].1.layer(l).rows();
    let cols = if shared_input {
        terms[0].1.indim()
    } else {
        terms.iter().map(|(_, phi)| phi.layer(l).cols()).sum()
    };
    let mut sparse = Vec::with_capacity(rows);
    let mut bias = vec![S::zero(); rows];
    for (i, bias) in bias.iter_mut().enumerate() {
        let mut row = vec![S::zero(); cols];
        let mut offset = 0;
        for (factor, phi) in terms {
            let layer = phi.layer(l);
            for (j, value) in layer.entries(i) {
                row[offset + j].add_product(factor, value);
            }
            bias.add_product(factor, layer.bias(i));
            if !shared_input {
                offset += layer.cols();
            }
        }
        sparse.push(row.into_iter().enumerate().collect());
    }
    Layer::from_sparse_rows(cols, sparse, bias).expect("the shape of valid layers")
}
