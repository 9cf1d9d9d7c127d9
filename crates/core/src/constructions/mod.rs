//! Networks that compute known functions: identity, hat and sawtooth, squaring, products.

mod absolute;
mod accuracy;
mod bump;
mod cosine;
mod cutoff;
mod global;
mod hat;
mod identity;
mod multiply;
mod polynomial;
mod sobolev;
mod square;
mod stages;
mod trees;

pub use absolute::absolute;
use accuracy::two_to_minus;
pub use accuracy::{Accuracy, ErrorBound};
pub use bump::{
    MOST_CELLS, MOST_WIDTH, bump, bump_apex, bump_chain, bump_merged, bump_network,
    bump_network_even, bump_spread, class_share, full_network, full_network_biased, hit_cells,
    touched_cells, uniform_network,
};
pub use cosine::{
    CosinePolynomial, MOST_BITS, MOST_TERMS, cosine, cosine_error, cosine_high, cosine_polynomial,
};
pub use cutoff::{MOST_INPUTS, cutoff, cutoff_trapezoid, cutoff_unclamped};
pub use global::{global, global_clamped};
pub use hat::{MOST_COMPOSITIONS, hat, hat_two_neurons, sawtooth};
pub use identity::identity_network;
pub use multiply::{multiply, multiply_clamped, multiply_unit};
pub use polynomial::{
    Block, Certificate, MOST_PRODUCT_LAYERS, Operand, Stage, error_bound, polynomial_at,
    polynomial_precision, polynomial_unscaled, polynomial_unshared, power,
};
pub use sobolev::{sobolev, sobolev_error, sobolev_leaking};
pub use square::{MOST_HALVINGS, square};

use crate::network::Layer;
use crate::number::rational::Rational;

/// A layer from integers.
fn integer_layer(rows: &[&[i64]], bias: &[i64]) -> Layer {
    let matrix = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|&value| Rational::from(value))
                .enumerate()
                .collect()
        })
        .collect();
    Layer::from_sparse_rows(
        rows[0].len(),
        matrix,
        bias.iter().map(|&b| b.into()).collect(),
    )
    .expect("the literal has matching shapes")
}
