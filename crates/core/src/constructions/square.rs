//! The squaring network: piecewise linear interpolation of x² at the multiples of 2⁻ᵐ.

use super::integer_layer;
use crate::failure::Failure;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// Largest number of hidden layers of [`square`].
pub const MOST_HALVINGS: usize = 4096;

/// sq(m): f_m(x) = x − Σ_{s≤m} 4⁻ˢ·g_s(x) for x ≥ 0; dims (1,4,…,4,1), L = m + 1, ‖·‖₀ = 15m − 5.
///
/// f_m interpolates x² at k/2ᵐ on \[0,1\]; f_m(x) = x for x ≥ 1 and 0 for x ≤ 0. Weight bound 4 for m ≥ 2, 1 for m = 1.
///
/// Errors: [`Failure::Shape`] for m = 0, where there is no hidden layer; [`Failure::Limit`] for m > [`MOST_HALVINGS`].
///
/// # Source
/// Claim `squaring-linf` (Yarotsky 2016, Prop. 2).
pub fn square(m: usize) -> Result<Network, Failure> {
    checked_precision("squaring network", m)?;
    let bias = || [0, -1, -2, 0].map(|p| Rational::from(p).half()).to_vec();
    let valid = "a matrix with four columns and as many biases as rows";
    let mut layers = Vec::with_capacity(m + 1);
    layers.push(
        Layer::from_sparse_rows(1, vec![vec![(0, Rational::one())]; 4], bias()).expect(valid),
    );
    let teeth = integer_layer(&[&[2, -4, 2, 0]], &[0]);
    let teeth: Vec<(usize, Rational)> = teeth
        .entries(0)
        .map(|(j, value)| (j, value.clone()))
        .collect();
    let mut scale = Rational::one();
    for _ in 1..m {
        scale = scale.half().half();
        let rows = vec![
            teeth.clone(),
            teeth.clone(),
            teeth.clone(),
            accumulator(&scale),
        ];
        layers.push(Layer::from_sparse_rows(4, rows, bias()).expect(valid));
    }
    let last = accumulator(&scale.half().half());
    layers.push(Layer::from_sparse_rows(4, vec![last], vec![Rational::zero()]).expect(valid));
    Network::relu(layers)
}

/// Checks 1 ≤ m ≤ [`MOST_HALVINGS`]; the error names the construction.
pub(super) fn checked_precision(construction: &str, m: usize) -> Result<(), Failure> {
    if m == 0 {
        return Err(Failure::Shape(format!(
            "{construction}: expected m at least 1, got 0"
        )));
    }
    if m > MOST_HALVINGS {
        return Err(Failure::Limit(format!(
            "{construction}: expected m at most {MOST_HALVINGS}, got {m}"
        )));
    }
    Ok(())
}

/// The row (−2·4⁻ˢ, 4·4⁻ˢ, −2·4⁻ˢ, 1) for `scale` = 4⁻ˢ: subtracts 4⁻ˢ·g from the running value.
fn accumulator(scale: &Rational) -> Vec<(usize, Rational)> {
    let mut row: Vec<(usize, Rational)> = [-2, 4, -2]
        .iter()
        .map(|&p| Rational::from(p) * scale)
        .enumerate()
        .collect();
    row.push((3, Rational::one()));
    row
}
