//! Composition Ψ∘Φ that merges the two affine maps that meet.

use super::common_activation;
use crate::failure::Failure;
use crate::field::Field;
use crate::network::{Layer, Network};

/// Ψ∘Φ = ((A₁,b₁),…,(A_{L−1},b_{L−1}),(Ã₁A_L, Ã₁b_L + b̃₁),(Ã₂,b̃₂),…), of depth L(Ψ) + L(Φ) − 1.
///
/// R(Ψ∘Φ) = RΨ∘RΦ and D_c(Ψ∘Φ)(x) = D_cΨ(RΦ(x))·D_cΦ(x) at every x. Associative; ((I,0)) is a unit.
///
/// Errors ([`Failure::Shape`]): N_L(Φ) ≠ N₀(Ψ); two different activations.
///
/// # Source
/// 1905.04992, §II (5)–(6).
pub fn compose<S: Field>(psi: &Network<S>, phi: &Network<S>) -> Result<Network<S>, Failure> {
    if psi.indim() != phi.outdim() {
        return Err(Failure::Shape(format!(
            "composition: expected an outer network with input dimension {}, got {}",
            phi.outdim(),
            psi.indim()
        )));
    }
    let activation = common_activation("composition", &[psi, phi])?;
    let mut layers = Vec::with_capacity(phi.depth() + psi.depth() - 1);
    layers.extend_from_slice(&phi.layers()[..phi.depth() - 1]);
    layers.push(merged(psi.layer(0), phi.layer(phi.depth() - 1)));
    layers.extend_from_slice(&psi.layers()[1..]);
    Network::new(activation, layers)
}

/// The affine map y ↦ Ã·(A·y + b) + b̃.
fn merged<S: Field>(outer: &Layer<S>, inner: &Layer<S>) -> Layer<S> {
    let mut rows = Vec::with_capacity(outer.rows());
    for i in 0..outer.rows() {
        let mut row = vec![S::zero(); inner.cols()];
        for (k, factor) in outer.entries(i) {
            for (j, value) in inner.entries(k) {
                row[j].add_product(factor, value);
            }
        }
        rows.push(
            row.into_iter()
                .enumerate()
                .filter(|(_, value)| !value.is_zero())
                .collect(),
        );
    }
    Layer::from_sparse_rows(inner.cols(), rows, outer.apply(inner.biases()))
        .expect("both factors have at least one row and one column")
}
