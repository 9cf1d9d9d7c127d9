//! The identity as a ReLU network of any depth.

use crate::failure::Failure;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// Id_{d,L}: the identity on ℝᵈ as a ReLU network of depth L, from x = σ(x) − σ(−x).
///
/// Id_{d,1} = ((I,0)); for L ≥ 2: ((I;−I),0), ((I_{2d},0))^{L−2}, ((I,−I),0). Width 2d, ‖·‖₀ = 2dL (d at depth 1), weight bound 1.
/// D_c(x) = diag(1 where x_i ≠ 0, else 2c^{L−1}).
///
/// Errors ([`Failure::Shape`]): d = 0 or L = 0.
///
/// # Source
/// Claim `relu-identity`.
pub fn identity_network(dimension: usize, depth: usize) -> Result<Network, Failure> {
    for (what, value) in [("dimension", dimension), ("depth", depth)] {
        if value == 0 {
            return Err(Failure::Shape(format!(
                "{what} of an identity network: expected at least 1, got 0"
            )));
        }
    }
    if depth == 1 {
        return Network::relu(vec![layer(dimension, (0..dimension).map(|i| vec![(i, 1)]))]);
    }
    let both = 0..2 * dimension;
    let mut layers = Vec::with_capacity(depth);
    layers.push(layer(
        dimension,
        both.clone().map(|i| {
            if i < dimension {
                vec![(i, 1)]
            } else {
                vec![(i - dimension, -1)]
            }
        }),
    ));
    layers.extend(std::iter::repeat_n(
        layer(2 * dimension, both.map(|i| vec![(i, 1)])),
        depth - 2,
    ));
    layers.push(layer(
        2 * dimension,
        (0..dimension).map(|i| vec![(i, 1), (dimension + i, -1)]),
    ));
    Network::relu(layers)
}

/// The layer with these rows of (column, entry) and bias zero.
fn layer(cols: usize, rows: impl Iterator<Item = Vec<(usize, i64)>>) -> Layer {
    let rows: Vec<Vec<(usize, Rational)>> = rows
        .map(|row| {
            row.into_iter()
                .map(|(j, value)| (j, Rational::from(value)))
                .collect()
        })
        .collect();
    let bias = vec![Rational::zero(); rows.len()];
    Layer::from_sparse_rows(cols, rows, bias).expect("columns ascend below the width")
}
