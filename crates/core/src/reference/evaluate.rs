//! Evaluation from the definition.

use dashu_ratio::RBig;

use super::activation::{slope, value};
use super::dense::{Dense, Rows, affine, big, product, small};
use crate::failure::Failure;
use crate::field::Field;
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::rational::Rational;
use crate::number::scalar::Scalar;

/// z₁(x),…,z_L(x) with z₁ = A₁x + b₁, z_{k+1} = A_{k+1}ϱ(z_k) + b_{k+1}.
///
/// Errors: [`Failure::Shape`] if x has not N₀ entries; what the activation reports.
pub fn preactivations(phi: &Network, x: &[Rational]) -> Result<Vec<Vec<Rational>>, Failure> {
    Ok(walk(&Dense::new(phi), x)?.into_iter().map(small).collect())
}

/// RΦ(x) = z_L(x); errors as [`preactivations`].
pub fn realize(phi: &Network, x: &[Rational]) -> Result<Vec<Rational>, Failure> {
    let mut z = preactivations(phi, x)?;
    Ok(z.pop().expect("a network has at least one layer"))
}

/// The diagonal of Δ_k(x), k = `layer` counted from 1.
///
/// Errors: [`Failure::Shape`] unless 1 ≤ k ≤ L − 1; otherwise as [`preactivations`].
pub fn slope_diagonal(
    phi: &Network,
    x: &[Rational],
    kink: &Rational,
    layer: usize,
) -> Result<Vec<Rational>, Failure> {
    if !(1..phi.depth()).contains(&layer) {
        return Err(Failure::Shape(format!(
            "hidden layer index: expected 1 to {}, got {layer}",
            phi.depth() - 1
        )));
    }
    let dense = Dense::new(phi);
    let z = walk(&dense, x)?;
    let diagonal = slopes(&dense, &z[layer - 1], &kink.to_rbig())?;
    Ok(small(diagonal))
}

/// D_cΦ(x) = A_L·Δ_{L−1}·A_{L−1}⋯Δ₁·A₁, multiplied out with diagonal matrices; errors as [`preactivations`].
pub fn network_derivative(
    phi: &Network,
    x: &[Rational],
    kink: &Rational,
) -> Result<Matrix<Rational>, Failure> {
    let dense = Dense::new(phi);
    let z = walk(&dense, x)?;
    let mut d = dense.layers[0].0.clone();
    for ((weights, _), z) in dense.layers[1..].iter().zip(&z) {
        let diagonal = slopes(&dense, z, &kink.to_rbig())?;
        let delta: Rows = (0..diagonal.len())
            .map(|i| {
                (0..diagonal.len())
                    .map(|j| {
                        if i == j {
                            diagonal[i].clone()
                        } else {
                            RBig::ZERO
                        }
                    })
                    .collect()
            })
            .collect();
        d = product(weights, &product(&delta, &d));
    }
    Matrix::from_rows(d.into_iter().map(small).collect())
}

/// D_cΦ(x) for c = `kink` in ℚ(c,…): the product over ℚ\[c\], then the value of every entry at `kink`.
///
/// Errors as [`preactivations`].
pub fn derivative_at(
    phi: &Network,
    x: &[Rational],
    kink: &Scalar,
) -> Result<Matrix<Scalar>, Failure> {
    let dense = Dense::new(phi);
    let z = walk(&dense, x)?;
    let constant = |rows: &Rows| -> Vec<Vec<Polynomial>> {
        rows.iter()
            .map(|row| row.iter().map(|value| vec![value.clone()]).collect())
            .collect()
    };
    let mut d = constant(&dense.layers[0].0);
    for ((weights, _), z) in dense.layers[1..].iter().zip(&z) {
        for (row, z) in d.iter_mut().zip(z) {
            let factor = match slope(&dense.activation, z)? {
                Some(slope) => vec![slope],
                None => vec![RBig::ZERO, RBig::ONE],
            };
            for entry in row {
                *entry = times(&factor, entry);
            }
        }
        d = constant(weights)
            .iter()
            .map(|row| {
                (0..d[0].len())
                    .map(|j| {
                        row.iter()
                            .zip(&d)
                            .fold(Vec::new(), |sum, (w, r)| plus(sum, times(w, &r[j])))
                    })
                    .collect()
            })
            .collect();
    }
    let at_kink = |entry: &Polynomial| {
        entry.iter().rev().fold(Scalar::zero(), |sum, coefficient| {
            sum.times(kink)
                .plus(&Scalar::from(Rational::from_rbig(coefficient.clone())))
        })
    };
    Matrix::from_rows(
        d.iter()
            .map(|row| row.iter().map(at_kink).collect())
            .collect(),
    )
}

/// Coefficients in c, ascending.
type Polynomial = Vec<RBig>;

fn times(a: &Polynomial, b: &Polynomial) -> Polynomial {
    let mut result = vec![RBig::ZERO; (a.len() + b.len()).saturating_sub(1)];
    for (i, left) in a.iter().enumerate() {
        for (j, right) in b.iter().enumerate() {
            result[i + j] += left * right;
        }
    }
    result
}

fn plus(mut a: Polynomial, b: Polynomial) -> Polynomial {
    a.resize(a.len().max(b.len()), RBig::ZERO);
    for (sum, value) in a.iter_mut().zip(b) {
        *sum += value;
    }
    a
}

fn slopes(dense: &Dense, z: &[RBig], kink: &RBig) -> Result<Vec<RBig>, Failure> {
    z.iter()
        .map(|value| Ok(slope(&dense.activation, value)?.unwrap_or_else(|| kink.clone())))
        .collect()
}

fn walk(dense: &Dense, x: &[Rational]) -> Result<Vec<Vec<RBig>>, Failure> {
    if x.len() != dense.indim() {
        return Err(Failure::Shape(format!(
            "input vector: expected length {} (the input dimension), got {}",
            dense.indim(),
            x.len()
        )));
    }
    let mut all = Vec::new();
    let mut input = big(x);
    for (l, (weights, bias)) in dense.layers.iter().enumerate() {
        let z = affine(weights, bias, &input);
        if l + 1 < dense.layers.len() {
            input = z
                .iter()
                .map(|z| value(&dense.activation, z))
                .collect::<Result<_, _>>()?;
        }
        all.push(z);
    }
    Ok(all)
}
