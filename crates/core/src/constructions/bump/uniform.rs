//! Networks all of whose entries are equal: the extreme members of their classes.

use super::exponents::class_share;
use super::within_limit;
use crate::failure::Failure;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// All weights c, all biases 0; dims (d, B, …, B, 1), L layers: on \[0,∞)ᵈ it is c^L·B^{L−1}·Σx_i.
///
/// Errors: [`Failure::Shape`] for d, L or B = 0; [`Failure::Limit`] for a width above [`MOST_WIDTH`](super::MOST_WIDTH).
///
/// # Source
/// Derived from bgv-2022, proof of the upper bound.
pub fn full_network(
    dimension: usize,
    depth: usize,
    width: usize,
    weight: &Rational,
) -> Result<Network, Failure> {
    full_network_biased(dimension, depth, width, weight, &Rational::zero())
}

/// All weights w, all biases b; dims (d, B, …, B, 1), L layers.
///
/// Errors: as [`full_network`].
pub fn full_network_biased(
    dimension: usize,
    depth: usize,
    width: usize,
    weight: &Rational,
    bias: &Rational,
) -> Result<Network, Failure> {
    with_entries(dimension, depth, width, bias, |_, _| Ok(weight.clone()))
}

/// All entries of a layer equal, and as large as the ℓq norm c allows; all biases 0; dims (d, B, …, B, 1), L layers.
///
/// A layer with n entries has entries c·n^{−1/q}, rounded down by [`class_share`] if that is irrational. Without rounding it is
/// c^L·(Bd)^{−1/q}·B^{(L−1)(1−2/q)+1/q}·Σx_i on \[0,∞)ᵈ, for L ≥ 2.
///
/// Errors: as [`full_network`] and [`class_share`].
pub fn uniform_network(
    dimension: usize,
    depth: usize,
    width: usize,
    bound: &Rational,
    inverse: &Rational,
) -> Result<Network, Failure> {
    with_entries(
        dimension,
        depth,
        width,
        &Rational::zero(),
        |rows, columns| {
            let entries = i64::try_from(rows * columns).expect("at most MOST_WIDTH squared");
            class_share(bound, &entries.into(), inverse)
        },
    )
}

/// The network whose layer with so many rows and columns has this entry everywhere.
fn with_entries(
    dimension: usize,
    depth: usize,
    width: usize,
    bias: &Rational,
    entry: impl Fn(usize, usize) -> Result<Rational, Failure>,
) -> Result<Network, Failure> {
    if dimension == 0 || depth == 0 || width == 0 {
        return Err(Failure::Shape(format!(
            "network with all weights equal: expected d, L and B at least 1, got {dimension}, {depth} and {width}"
        )));
    }
    within_limit(dimension.max(width), depth)?;
    let layers = (1..=depth).map(|l| {
        let columns = if l == 1 { dimension } else { width };
        let rows = if l == depth { 1 } else { width };
        let value = entry(rows, columns)?;
        let row: Vec<(usize, Rational)> = (0..columns).map(|j| (j, value.clone())).collect();
        Layer::from_sparse_rows(columns, vec![row; rows], vec![bias.clone(); rows])
    });
    Network::relu(layers.collect::<Result<_, _>>()?)
}
