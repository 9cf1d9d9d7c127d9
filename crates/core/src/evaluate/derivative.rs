//! The network derivative D_cΦ(x) over any ordered field.

use super::realize::preactivations;
use crate::failure::Failure;
use crate::field::{Field, Order};
use crate::linear::matrix::Matrix;
use crate::network::{Layer, Network};

/// The network derivative D_cΦ(x) = A_L·Δ_{L−1}⋯Δ₁·A₁ with kink value `kink` = c: a matrix N_L × N₀.
///
/// For depth 1 it is A₁, whatever c is. Errors as [`preactivations`].
pub fn network_derivative<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    kink: &S,
    order: &O,
) -> Result<Matrix<S>, Failure> {
    let z = preactivations(phi, x, order)?;
    let first = phi.layer(0);
    let mut product: Vec<Vec<S>> = (0..first.rows())
        .map(|i| {
            let mut row = vec![S::zero(); first.cols()];
            for (j, value) in first.entries(i) {
                row[j] = value.clone();
            }
            row
        })
        .collect();
    for (layer, z) in phi.layers()[1..].iter().zip(&z) {
        let mut slopes = Vec::with_capacity(z.len());
        for value in z {
            slopes.push(phi.activation().slope(value, kink, order)?);
        }
        product = multiplied(layer, &slopes, &product, phi.indim());
    }
    Matrix::new(
        phi.outdim(),
        phi.indim(),
        product.into_iter().flatten().collect(),
    )
}

/// A·diag(slopes)·M, where M has `cols` columns; rows with slope zero and zero entries cost nothing.
fn multiplied<S: Field>(layer: &Layer<S>, slopes: &[S], m: &[Vec<S>], cols: usize) -> Vec<Vec<S>> {
    let one = S::one();
    (0..layer.rows())
        .map(|i| {
            let mut row = vec![S::zero(); cols];
            for (j, weight) in layer.entries(i) {
                let slope = &slopes[j];
                if slope.is_zero() {
                    continue;
                }
                let product;
                let factor = if *slope == one {
                    weight
                } else {
                    product = weight.times(slope);
                    &product
                };
                for (sum, value) in row.iter_mut().zip(&m[j]) {
                    if !value.is_zero() {
                        sum.add_product(factor, value);
                    }
                }
            }
            row
        })
        .collect()
}

/// The diagonal of Δ_k(x): the slopes δ(z_k) with kink value `kink`, `layer` = k counted from 1.
///
/// Errors: [`Failure::Shape`] if k is not a hidden layer (1 ≤ k ≤ L − 1); otherwise as [`preactivations`].
pub fn slope_diagonal<S: Field, O: Order<S>>(
    phi: &Network<S>,
    x: &[S],
    kink: &S,
    layer: usize,
    order: &O,
) -> Result<Vec<S>, Failure> {
    if layer == 0 || layer >= phi.depth() {
        return Err(Failure::Shape(format!(
            "hidden layer index: expected 1 to {}, got {layer}",
            phi.depth() - 1
        )));
    }
    let z = preactivations(phi, x, order)?;
    z[layer - 1]
        .iter()
        .map(|value| phi.activation().slope(value, kink, order))
        .collect()
}
