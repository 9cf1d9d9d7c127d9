//! The static bound on every integer of an evaluation.

use dashu_int::{IBig, UBig};

use super::grid::{Grid, PointRange};
use crate::network::Network;
use crate::number::rational::Rational;

/// A bound on |n| for every integer n met when Φ and its derivative are evaluated on `grid` at a point of `range`.
///
/// # Definition
/// With h_j a bound for input j of a layer (⌊H·2ᵖ⌋ at first) and d_j one for each entry of row j of the running derivative,
/// neuron i obeys
/// ```text
/// every partial sum of z_i:     ≤ Σ_j |w_ij|·h_j + |b_i|   =: h'_i ≥ |σ(z_i)|
/// every entry of row i of A₁:   ≤ max_j |w_ij|             =: d'_i in the first layer
/// every partial sum of row i:   ≤ Σ_j |w_ij|·(K·d_j)       =: d'_i in the others, K = max(2ᵉ, |c|·2ᵉ)
/// ```
/// because a partial sum is at most the sum of the magnitudes of all its terms, in every order. The bound is the largest of
/// all h, d, K·d, |w|, |b| and K.
pub(crate) fn evaluation_bound(
    phi: &Network,
    kink: &Rational,
    range: &PointRange,
    grid: &Grid,
) -> UBig {
    let magnitude = |value: IBig| value.into_parts().1;
    let steepest = magnitude(grid.one()).max(magnitude(grid.kink(kink)));
    let mut largest = steepest.clone().max(range.largest().clone());
    let mut inputs = vec![range.largest().clone(); phi.indim()];
    let mut slopes: Vec<UBig> = Vec::new();
    for (l, layer) in phi.layers().iter().enumerate() {
        if l > 0 {
            for slope in &mut slopes {
                *slope *= &steepest;
                largest = largest.max(slope.clone());
            }
        }
        let mut sums = Vec::with_capacity(layer.rows());
        let mut rows = Vec::with_capacity(layer.rows());
        for i in 0..layer.rows() {
            let mut sum = magnitude(grid.bias(l, layer.bias(i)));
            let mut row = UBig::ZERO;
            for (j, value) in layer.entries(i) {
                let weight = magnitude(grid.weight(l, value));
                sum += &weight * &inputs[j];
                row = if l == 0 {
                    row.max(weight.clone())
                } else {
                    row + &weight * &slopes[j]
                };
                largest = largest.max(weight);
            }
            largest = largest.max(sum.clone()).max(row.clone());
            sums.push(sum);
            rows.push(row);
        }
        (inputs, slopes) = (sums, rows);
    }
    largest
}
