//! Pre-activations as polynomials on one sign cell, expanded exactly.

use crate::failure::Failure;
use crate::field::Field;
use crate::geometry::gradient::places;
use crate::geometry::standing::{Place, Profile, evaluate};
use crate::network::{Layer, Network};
use crate::number::multipoly::MultiPoly;
use crate::number::rational::Rational;

/// Largest number of terms of an expanded pre-activation.
pub(crate) const TERM_CAP: usize = 20_000;

/// The pre-activations of a layer whose inputs are polynomials.
///
/// Errors: [`Failure::Limit`] past [`TERM_CAP`] terms.
pub(crate) fn preactivation_polynomials(
    layer: &Layer<MultiPoly>,
    inputs: &[MultiPoly],
) -> Result<Vec<MultiPoly>, Failure> {
    (0..layer.rows())
        .map(|i| {
            let mut sum = layer.bias(i).clone();
            for (j, weight) in layer.entries(i) {
                check(weight.len().saturating_mul(inputs[j].len()))?;
                sum.add_product(weight, &inputs[j]);
                check(sum.len())?;
            }
            Ok(sum)
        })
        .collect()
}

/// ϱ of the pre-activations on the cell where they have the given places.
///
/// Errors: [`Failure::Limit`] past [`TERM_CAP`] terms.
pub(crate) fn activated(
    z: &[MultiPoly],
    places: &[Place],
    profile: &Profile,
) -> Result<Vec<MultiPoly>, Failure> {
    z.iter()
        .zip(places)
        .map(|(z, place)| match place {
            Place::Kink(i) => Ok(MultiPoly::constant(profile.kink_value(*i).clone())),
            Place::Piece(i) => {
                let piece = profile.piece(*i);
                if piece.degree().unwrap_or(0) > 1 {
                    // Squaring already multiplies the terms pairwise.
                    check(z.len().saturating_mul(z.len()))?;
                }
                let value = evaluate(piece, z);
                check(value.len())?;
                Ok(value)
            }
        })
        .collect()
}

fn check(terms: usize) -> Result<(), Failure> {
    if terms <= TERM_CAP {
        return Ok(());
    }
    Err(Failure::Limit(format!(
        "terms of an expanded pre-activation: expected at most {TERM_CAP}, got up to {terms}"
    )))
}

/// The pre-activation of one hidden neuron (both indices from 0) as a polynomial in v, at x + v for small v,
/// provided every neuron before it that is on a kink at x stays there.
pub(crate) fn input_polynomial(
    phi: &Network,
    profile: &Profile,
    x: &[Rational],
    layer: usize,
    neuron: usize,
) -> Result<MultiPoly, Failure> {
    let found = places(phi, x, profile)?;
    let mut rest = found.as_slice();
    let mut values: Vec<MultiPoly> = x
        .iter()
        .enumerate()
        .map(|(i, x)| &MultiPoly::symbol(i) + &MultiPoly::constant(x.clone()))
        .collect();
    for (l, of_layer) in phi.layers().iter().enumerate().take(layer + 1) {
        let lifted = of_layer.map(|value| MultiPoly::constant(value.clone()));
        let z = preactivation_polynomials(&lifted, &values)?;
        if l == layer {
            return Ok(z[neuron].clone());
        }
        let (here, later) = rest.split_at(of_layer.rows());
        values = activated(&z, here, profile)?;
        rest = later;
    }
    Ok(MultiPoly::zero())
}
