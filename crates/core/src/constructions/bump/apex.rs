//! A higher function in the same cube.

use super::{check, check_class};
use crate::constructions::bump::block::equal_layers;
use crate::failure::Failure;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// c^L·(3d)^{L−2}·max(0, 4/(3M) − Σ_i(σ(u_i) + 2σ(−u_i))) with u = x − y + 1/(3M), which vanishes outside of y + \[−1/M, 1/M\]ᵈ and is
/// 4/(3M) times c^L·(3d)^{L−2} high; all weights and biases of size at most c; dims (d, 3d, …, 3d, 1), L layers.
///
/// Layer 1 has c·σ(u_i) once and c·σ(−u_i) twice, so that the third neuron of a coordinate makes one side steeper instead of the
/// constant; layer 2 subtracts c times all of them from its bias 4c²/(3M).
///
/// Errors: as [`bump_network`](super::bump_network); [`Failure::Shape`] also for c > 3M/4, where that bias is larger than c.
///
/// # Source
/// Derived.
pub fn bump_apex(
    depth: usize,
    bound: &Rational,
    steepness: &Rational,
    centre: &[Rational],
) -> Result<Network, Failure> {
    let (inputs, width) = (centre.len(), 3 * centre.len());
    check(steepness, centre, width, depth, width)?;
    check_class(bound, steepness, centre)?;
    let third = Rational::new(1, 3).expect("3 is not 0");
    let radius = steepness.recip().expect("M is above 0");
    let height = &(&(bound * bound) * &radius) * &(&Rational::from(4) * &third);
    if height > *bound {
        return Err(Failure::Shape(format!(
            "bump with a steep side: expected c at most 3M/4, got {bound} and M = {steepness}"
        )));
    }
    let (mut rows, mut bias) = (Vec::with_capacity(width), Vec::with_capacity(width));
    for (i, y) in centre.iter().enumerate() {
        let top = y - &(&radius * &third);
        for slope in [bound.clone(), -bound, -bound] {
            bias.push(-(&slope * &top));
            rows.push(vec![(i, slope)]);
        }
    }
    let second: Vec<(usize, Rational)> = (0..width).map(|j| (j, -bound)).collect();
    let mut layers = vec![
        Layer::from_sparse_rows(inputs, rows, bias)?,
        Layer::from_sparse_rows(width, vec![second; width], vec![height; width])?,
    ];
    layers.extend(equal_layers(width, depth - 2, bound, bound)?);
    Network::relu(layers)
}
