//! Multiplication of two numbers: on the unit square by T_m, on a square of any size by ×_{m,M}.

use super::square::{checked_precision, square};
use super::stages::Stages;
use super::{absolute, integer_layer};
use crate::failure::Failure;
use crate::field::Sign;
use crate::network::Network;
use crate::number::rational::Rational;
use crate::operations::{compose, parallelize_separate};

/// T_m(a,b) = f_m((a+b)/2) − f_m(|a−b|/2): the product on \[0,1\]²; dims (2,3,5,…,5,1) with m fives, L = m + 2.
///
/// ‖·‖₀ = 15m + 7; weight bound 1 for m = 1 and 4 for m ≥ 2. f_m is the interpolation of [`square`].
///
/// On \[0,1\]²: |T_m − ab| ≤ 2^{−2m−2}, attained at a = b = 2^{−m−1}; ‖∇T_m − (b,a)‖₁ ≤ 2⁻ᵐ and 0 ≤ ∂T_m ≤ 1 on every
/// cell; T_m(a,0) = T_m(0,b) = 0, T_m(a,1) = a and T_m(1,b) = b exactly. Hence 0 ≤ T_m ≤ min(a,b): products of products
/// stay in \[0,1\]. Outside \[0,1\]² none of this holds, as hats with two neurons are not zero beyond 1.
///
/// Errors: [`Failure::Shape`] for m = 0, [`Failure::Limit`] for m above [`MOST_HALVINGS`](super::MOST_HALVINGS).
///
/// # Source
/// Claim `mult-unit`.
pub fn multiply_unit(m: usize) -> Result<Network, Failure> {
    checked_precision("product on the unit square", m)?;
    let mut stages = Stages::from_inputs(2);
    stages.advance(&[], &[(0, 1)], m);
    let product = stages.outputs(&[(vec![(0, Rational::one())], Rational::zero())]);
    stages.finish(product)
}

/// ×_{m,M}(x,y) = M²(f_m(|x+y|/2M) − f_m(|x−y|/2M)): the product on \[−M,M\]²; dims (2,4,8,…,8,1) with m eights, L = m + 2.
///
/// ‖·‖₀ = 30m + 6. The first layer has entries ±1/(2M), the last one reaches M².
///
/// On \[−M,M\]²: |×_{m,M} − xy| ≤ M²·2^{−2m−2} and ‖∇×_{m,M} − (y,x)‖₁ ≤ M·2⁻ᵐ on every cell. On ℝ²: ×_{m,M}(x,0) =
/// ×_{m,M}(0,y) = 0 exactly, since then both chains receive the same number; odd in each variable, symmetric.
///
/// Errors: [`Failure::Shape`] for m = 0 or M ≤ 0, [`Failure::Limit`] for m above [`MOST_HALVINGS`](super::MOST_HALVINGS).
///
/// # Source
/// Claim `mult-symmetric`.
pub fn multiply(m: usize, bound: &Rational) -> Result<Network, Failure> {
    let magnitude = absolute();
    let magnitudes = parallelize_separate(&[&magnitude, &magnitude])?;
    polarized(m, bound, &magnitudes)
}

/// M²(f_m((x+y)/2M) − f_m((x−y)/2M)): the product of two clamped squares, without the absolute value; a false ×_{m,M}.
///
/// f_m is 0 left of 0, so a negative x − y loses its square: for M = 1, (x,y) = (0,1) the value is f_m(1/2) = 1/4, not 0.
/// dims (2,8,…,8,1), L = m + 1. Errors as [`multiply`].
///
/// # Source
/// A mutant of `mult-symmetric`.
pub fn multiply_clamped(m: usize, bound: &Rational) -> Result<Network, Failure> {
    let identity = Network::relu(vec![integer_layer(&[&[1, 0], &[0, 1]], &[0, 0])])?;
    polarized(m, bound, &identity)
}

/// M²(f_m(s₁) − f_m(s₂)) with (s₁,s₂) = `magnitudes`((x+y)/2M, (x−y)/2M).
fn polarized(m: usize, bound: &Rational, magnitudes: &Network) -> Result<Network, Failure> {
    checked_precision("product", m)?;
    if bound.sign() != Sign::Positive {
        return Err(Failure::Shape(format!(
            "product on [-M,M]²: expected M above 0, got {bound}"
        )));
    }
    let scale = (bound + bound)
        .recip()
        .expect("the bound has just been found positive");
    let sums = Network::relu(vec![
        integer_layer(&[&[1, 1], &[1, -1]], &[0, 0]).map(|entry| entry * &scale),
    ])?;
    let quadratic = square(m)?;
    let squares = parallelize_separate(&[&quadratic, &quadratic])?;
    let area = bound * bound;
    let difference = Network::relu(vec![
        integer_layer(&[&[1, -1]], &[0]).map(|entry| entry * &area),
    ])?;
    compose(
        &difference,
        &compose(&squares, &compose(magnitudes, &sums)?)?,
    )
}
