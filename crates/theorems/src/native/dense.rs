//! The reference backend of the network derivative: written from the definition, dense, with symbols in ℚ(c, …).
//!
//! D_cΦ(x) = A_L·Δ_{L−1}(x)·A_{L−1}⋯Δ_1(x)·A_1 with Δ_k = diag(δ(z_k)); signs of rational pre-activations come from the
//! big-rational evaluation of the core's reference backend.

use relu_core::evaluate;
use relu_core::linear::matrix::Matrix;
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::{Failure, Field, Sign, reference};

use crate::value::{Context, as_scalars};

/// All pre-activations z₁, …, z_L of a rational network at a rational point.
pub(super) fn preactivations(phi: &Network, x: &[Rational]) -> Result<Vec<Vec<Scalar>>, Failure> {
    Ok(reference::preactivations(phi, x)?
        .iter()
        .map(|layer| as_scalars(layer))
        .collect())
}

/// The full product of dense matrices.
pub(super) fn derivative(
    phi: &Network<Scalar>,
    zs: &[Vec<Scalar>],
    kink: &Scalar,
    context: &Context,
) -> Result<Matrix<Scalar>, Failure> {
    let mut product = phi.layer(0).weights();
    for l in 1..phi.depth() {
        let mut slopes =
            Matrix::zeros(product.rows(), product.rows()).map(|_: &Scalar| Scalar::zero());
        for (i, z) in zs[l - 1].iter().enumerate() {
            let slope = phi.activation().slope(z, kink, &context.order)?;
            slopes = with_entry(&slopes, i, slope)?;
        }
        product = phi.layer(l).weights().times(&slopes.times(&product)?)?;
    }
    Ok(product)
}

fn with_entry(
    diagonal: &Matrix<Scalar>,
    i: usize,
    value: Scalar,
) -> Result<Matrix<Scalar>, Failure> {
    let n = diagonal.cols();
    let mut data = diagonal.data().to_vec();
    data[i * n + i] = value;
    Matrix::new(diagonal.rows(), n, data)
}

/// Pre-activations of any network at any point, by the generic evaluation.
pub(super) fn symbolic_preactivations(
    phi: &Network<Scalar>,
    x: &[Scalar],
    context: &Context,
) -> Result<Vec<Vec<Scalar>>, Failure> {
    evaluate::preactivations(phi, x, &context.order)
}

/// The derivatives on the patterns adjacent to y, found by Fourier–Motzkin elimination: on all of them with the value
/// `kink` where a pattern stays on a kink, or only on the full-dimensional ones; each matrix once.
pub(super) fn on_patterns(
    phi: &Network,
    y: &[Rational],
    kink: &Scalar,
    full_dimensional: bool,
    context: &Context,
) -> Result<Vec<Matrix<Scalar>>, Failure> {
    let zs = preactivations(phi, y)?;
    let lifted = phi.lifted();
    let mut found: Vec<Matrix<Scalar>> = Vec::new();
    for pattern in reference::adjacent(phi, y)? {
        if full_dimensional && !pattern.full_dimensional {
            continue;
        }
        let mut product = lifted.layer(0).weights();
        for l in 1..phi.depth() {
            let mut slopes: Matrix<Scalar> = Matrix::zeros(product.rows(), product.rows());
            for (i, z) in zs[l - 1].iter().enumerate() {
                let slope = match (
                    phi.activation().is_kink(z, &context.order)?,
                    pattern.sides[l - 1][i],
                ) {
                    (false, _) => phi.activation().slope(z, kink, &context.order)?,
                    (true, Sign::Positive) => phi.activation().right_slope(z, &context.order)?,
                    (true, Sign::Negative) => phi.activation().left_slope(z, &context.order)?,
                    (true, Sign::Zero) => kink.clone(),
                };
                slopes = with_entry(&slopes, i, slope)?;
            }
            product = lifted.layer(l).weights().times(&slopes.times(&product)?)?;
        }
        if !found.contains(&product) {
            found.push(product);
        }
    }
    Ok(found)
}
