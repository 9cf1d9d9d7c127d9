//! Operations on networks as parameter lists: composition, parallelization, linear combination, padding.
//!
//! A network of depth 1 applies no activation. It therefore combines with every other network, and the result takes the
//! activation of the factors of depth ≥ 2, which must agree; if all have depth 1, that of the first operand.

mod combine;
mod compose;
mod pad;
mod parallel;
mod sparse_compose;

pub use combine::linear_combination;
pub use compose::compose;
pub use pad::pad;
pub use parallel::{parallelize, parallelize_separate};
pub use sparse_compose::sparse_compose;

use crate::activation::Activation;
use crate::failure::Failure;
use crate::field::Field;
use crate::network::Network;

/// The activation of a result built from `networks`, of which there is at least one.
fn common_activation<S: Field>(
    operation: &str,
    networks: &[&Network<S>],
) -> Result<Activation, Failure> {
    let mut deep = networks
        .iter()
        .filter(|phi| phi.depth() > 1)
        .map(|phi| phi.activation());
    let Some(first) = deep.next() else {
        return Ok(networks[0].activation().clone());
    };
    match deep.find(|other| *other != first) {
        None => Ok(first.clone()),
        Some(other) => Err(Failure::Shape(format!(
            "{operation}: expected one activation, got {first} and {other}"
        ))),
    }
}
