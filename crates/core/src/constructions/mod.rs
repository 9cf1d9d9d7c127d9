//! Networks that compute known functions: identity, hat and sawtooth, squaring.

mod hat;
mod identity;
mod square;

pub use hat::{MOST_COMPOSITIONS, hat, sawtooth};
pub use identity::identity_network;
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
