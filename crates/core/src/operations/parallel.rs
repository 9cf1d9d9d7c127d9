//! Networks side by side.

use super::common_activation;
use crate::failure::Failure;
use crate::field::Field;
use crate::network::{Layer, Network};

/// P(Φ₁,…,Φ_n) with a shared input: R = (RΦ₁,…,RΦ_n), first layers stacked, later layers block-diagonal.
///
/// D_c is stacked at every point; ‖P‖₀ = Σ‖Φ_i‖₀, ‖P‖_∞ = max ‖Φ_i‖_∞; hidden widths add.
///
/// Errors ([`Failure::Shape`]): no network, different depths (pad first), input dimensions or activations.
///
/// # Source
/// Claim `parallel` (Petersen–Voigtlaender, Def. 2.7).
pub fn parallelize<S: Field>(networks: &[&Network<S>]) -> Result<Network<S>, Failure> {
    side_by_side("parallelization", networks, true)
}

/// P(Φ₁,…,Φ_n) with separate inputs: R(x₁,…,x_n) = (RΦ₁(x₁),…,RΦ_n(x_n)), all layers block-diagonal.
///
/// Errors ([`Failure::Shape`]): no network, different depths (pad first) or activations.
pub fn parallelize_separate<S: Field>(networks: &[&Network<S>]) -> Result<Network<S>, Failure> {
    side_by_side("parallelization with separate inputs", networks, false)
}

fn side_by_side<S: Field>(
    operation: &str,
    networks: &[&Network<S>],
    shared_input: bool,
) -> Result<Network<S>, Failure> {
    check_depths(operation, networks)?;
    if shared_input {
        check_inputs(operation, networks)?;
    }
    let activation = common_activation(operation, networks)?;
    let layers = (0..networks[0].depth())
        .map(|l| {
            let blocks: Vec<&Layer<S>> = networks.iter().map(|phi| phi.layer(l)).collect();
            beside(&blocks, l == 0 && shared_input)
        })
        .collect();
    Network::new(activation, layers)
}

/// The layer with the given blocks: stacked on one input, or along the diagonal.
pub(super) fn beside<S: Field>(blocks: &[&Layer<S>], shared_input: bool) -> Layer<S> {
    let mut rows = Vec::new();
    let mut bias = Vec::new();
    let mut offset = 0;
    for block in blocks {
        for i in 0..block.rows() {
            rows.push(
                block
                    .entries(i)
                    .map(|(j, value)| (offset + j, value.clone()))
                    .collect(),
            );
        }
        bias.extend_from_slice(block.biases());
        if !shared_input {
            offset += block.cols();
        }
    }
    let cols = if shared_input {
        blocks[0].cols()
    } else {
        offset
    };
    Layer::from_sparse_rows(cols, rows, bias).expect("blocks of valid layers make a valid layer")
}

pub(super) fn check_depths<S: Field>(
    operation: &str,
    networks: &[&Network<S>],
) -> Result<(), Failure> {
    let Some(first) = networks.first() else {
        return Err(Failure::Shape(format!(
            "{operation}: expected at least 1 network, got 0"
        )));
    };
    match networks.iter().find(|phi| phi.depth() != first.depth()) {
        None => Ok(()),
        Some(other) => Err(Failure::Shape(format!(
            "{operation}: expected equal depths, got {} and {}",
            first.depth(),
            other.depth()
        ))),
    }
}

pub(super) fn check_inputs<S: Field>(
    operation: &str,
    networks: &[&Network<S>],
) -> Result<(), Failure> {
    let first = networks[0];
    match networks.iter().find(|phi| phi.indim() != first.indim()) {
        None => Ok(()),
        Some(other) => Err(Failure::Shape(format!(
            "{operation}: expected equal input dimensions, got {} and {}",
            first.indim(),
            other.indim()
        ))),
    }
}
