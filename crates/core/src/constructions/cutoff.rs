//! Approximate characteristic functions of cubes.

use crate::failure::Failure;
use crate::field::Sign;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// Largest input dimension of the cut-offs.
pub const MOST_INPUTS: usize = 4096;

/// χ_B(x) = σ(1 − Σ_i [σ(x_i−B) + σ(−x_i−B)]): 1 on \[−B,B\]ᵈ, 0 where ‖x‖_∞ ≥ B + 1; dims (d,2d,1,1), L = 3.
///
/// ‖·‖₀ = 6d + 2 for B > 0, 4d + 2 for B = 0; weight bound max(1,B). Values in \[0,1\]; on every cell the entries of the
/// gradient are in {0,±1}, and ‖∇χ_B‖₂ = √d is attained in the shell.
///
/// Errors: [`Failure::Shape`] for d = 0 or B < 0, [`Failure::Limit`] for d > [`MOST_INPUTS`].
///
/// # Source
/// Claim `char-net`.
pub fn cutoff(dimension: usize, bound: &Rational) -> Result<Network, Failure> {
    let mut layers = excess(dimension, bound)?;
    layers.push(unit());
    Network::relu(layers)
}

/// 1 − Σ_i [σ(x_i−B) + σ(−x_i−B)]: χ_B without its outer activation, so not bounded below; a false χ_B of depth 2.
///
/// Errors as [`cutoff`].
///
/// # Source
/// A mutant of `char-net`.
pub fn cutoff_unclamped(dimension: usize, bound: &Rational) -> Result<Network, Failure> {
    Network::relu(excess(dimension, bound)?)
}

/// χ_B as σ(Σ_i Λ(x_i) − d + 1) with the trapezoid Λ(t) = σ(t+B+1) − σ(t+B) − σ(t−B) + σ(t−B−1); dims (d,4d,1,1).
///
/// The same realization as [`cutoff`] on all of ℝᵈ. For B > 0, ‖·‖₀ = 12d + 2 if d ≥ 2 and 13 if d = 1, where the bias
/// 1 − d is 0; 2d less for B = 0. Weight bound max(B + 1, d − 1). Errors as [`cutoff`].
///
/// # Source
/// Claim `char-net`.
pub fn cutoff_trapezoid(dimension: usize, bound: &Rational) -> Result<Network, Failure> {
    check(dimension, bound)?;
    let outer = bound + &Rational::one();
    let bends = [outer.clone(), bound.clone(), -bound, -&outer];
    let mut rows = Vec::with_capacity(4 * dimension);
    let mut bias = Vec::with_capacity(4 * dimension);
    for i in 0..dimension {
        for bend in &bends {
            rows.push(vec![(i, Rational::one())]);
            bias.push(bend.clone());
        }
    }
    let sum = (0..dimension)
        .flat_map(|_| [1, -1, -1, 1].map(Rational::from))
        .enumerate()
        .collect();
    let less = Rational::from(i64::try_from(dimension).expect("at most MOST_INPUTS") - 1);
    Network::relu(vec![
        Layer::from_sparse_rows(dimension, rows, bias)?,
        Layer::from_sparse_rows(4 * dimension, vec![sum], vec![-less])?,
        unit(),
    ])
}

/// The layers of 1 − Σ_i [σ(x_i−B) + σ(−x_i−B)].
fn excess(dimension: usize, bound: &Rational) -> Result<Vec<Layer>, Failure> {
    check(dimension, bound)?;
    let rows = (0..dimension)
        .flat_map(|i| [1, -1].map(|sign| vec![(i, Rational::from(sign))]))
        .collect();
    let sum = (0..2 * dimension)
        .map(|j| (j, Rational::from(-1)))
        .collect();
    Ok(vec![
        Layer::from_sparse_rows(dimension, rows, vec![-bound; 2 * dimension])?,
        Layer::from_sparse_rows(2 * dimension, vec![sum], vec![Rational::one()])?,
    ])
}

/// x ↦ x on ℝ.
pub(super) fn unit() -> Layer {
    super::integer_layer(&[&[1]], &[0])
}

fn check(dimension: usize, bound: &Rational) -> Result<(), Failure> {
    if dimension == 0 {
        return Err(Failure::Shape(
            "inputs of a cut-off: expected at least 1, got 0".into(),
        ));
    }
    if dimension > MOST_INPUTS {
        return Err(Failure::Limit(format!(
            "inputs of a cut-off: expected at most {MOST_INPUTS}, got {dimension}"
        )));
    }
    if bound.sign() == Sign::Negative {
        return Err(Failure::Shape(format!(
            "half width of a cut-off: expected at least 0, got {bound}"
        )));
    }
    Ok(())
}
