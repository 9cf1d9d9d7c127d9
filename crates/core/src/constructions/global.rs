//! Approximation on all of ℝᵈ: a network cut off outside of a cube.

use super::cutoff::{cutoff, unit};
use super::multiply::{multiply, multiply_clamped};
use crate::failure::Failure;
use crate::network::Network;
use crate::number::rational::Rational;
use crate::operations::{compose, pad, parallelize};

/// ×_{m,M}∘P(χ_B,Φ): Φ on \[−B,B\]ᵈ up to the error of ×_{m,M}, 0 exactly where ‖x‖_∞ ≥ B + 1.
///
/// The shallower of the two factors is padded: χ_B, which is not negative, by one channel per layer, Φ by two
/// ([`pad`]). With D = max(L(Φ),3) the depth is D + m + 1; hidden widths of the factors add, then (4,8,…,8).
/// With Φ′ the padded Φ and N′ the number of non-zero entries of its last layer, ‖·‖₀ = ‖Φ′‖₀ + 3N′ + 6d + D + 30m
/// for B > 0: the last layer of P(χ_B,Φ′) has 1 + N′ of them and becomes four times that, instead of the first 8 of
/// ×_{m,M}.
///
/// Where ‖x‖_∞ ≥ B + 1, the value is ×_{m,M}(0,RΦ(x)) = 0 whatever RΦ(x) is, also beyond M.
///
/// Errors: [`Failure::Shape`] for another number of outputs of Φ than 1, an activation of a deep Φ other than ReLU, and
/// as [`cutoff`] and [`multiply`].
///
/// # Source
/// Claim `global-explicit`.
pub fn global(
    phi: &Network,
    half_width: &Rational,
    m: usize,
    bound: &Rational,
) -> Result<Network, Failure> {
    cut_off(phi, half_width, &multiply(m, bound)?)
}

/// The same with clamped squares instead of ×_{m,M}, [`multiply_clamped`]: not zero outside; a false variant.
///
/// Errors as [`global`].
///
/// # Source
/// A mutant of `global-explicit`.
pub fn global_clamped(
    phi: &Network,
    half_width: &Rational,
    m: usize,
    bound: &Rational,
) -> Result<Network, Failure> {
    cut_off(phi, half_width, &multiply_clamped(m, bound)?)
}

fn cut_off(phi: &Network, half_width: &Rational, product: &Network) -> Result<Network, Failure> {
    if phi.outdim() != 1 {
        return Err(Failure::Shape(format!(
            "outputs of a network to be cut off: expected 1, got {}",
            phi.outdim()
        )));
    }
    let shape = cutoff(phi.indim(), half_width)?;
    let depth = shape.depth().max(phi.depth());
    let mut layers = shape.layers().to_vec();
    layers.resize_with(depth, unit);
    let both = parallelize(&[&Network::relu(layers)?, &pad(phi, depth)?])?;
    compose(product, &both)
}
