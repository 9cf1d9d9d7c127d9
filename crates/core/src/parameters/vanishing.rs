//! Neurons whose pre-activation is constantly a kink near θ.

use crate::failure::Failure;
use crate::geometry::Genericity;
use crate::geometry::gradient::places;
use crate::geometry::standing::{Place, Profile};
use crate::number::multipoly::MultiPoly;
use crate::number::rational::Rational;
use crate::parameters::expansion::{activated, preactivation_polynomials};
use crate::parameters::template::Template;

/// Whether θ is generic for θ ↦ Φ_θ at the fixed input x.
///
/// # Definition
/// On the sign cell of θ every hidden pre-activation is a polynomial in θ, expanded exactly, layer by layer. A
/// neuron that is a kink at θ is harmless iff its polynomial is constant; else θ is not generic. (A vanishing
/// gradient is not enough: θ₁·θ₂ at 0.)
///
/// # Exactness
/// Exact. Expanded only as far as the last layer that has a neuron on a kink.
///
/// Errors: [`Failure::Shape`] for vectors of other lengths; [`Failure::Unknown`] for activations with infinitely
/// many kinks; [`Failure::Limit`] for a polynomial of more than 20,000 terms.
pub fn parameter_genericity(
    t: &Template,
    theta: &[Rational],
    x: &[Rational],
) -> Result<Genericity, Failure> {
    Ok(match survey(t, theta, x)? {
        Survey::Kink { layer, neuron } => Genericity::Kink { layer, neuron },
        Survey::NoKink | Survey::Vanishing => Genericity::Generic,
    })
}

/// Whether some hidden pre-activation, as a polynomial on the sign cell of θ, is constantly a kink (for ReLU: the
/// zero polynomial).
///
/// Errors: [`Failure::NonGeneric`] if θ is not generic; otherwise as [`parameter_genericity`].
///
/// # Source
/// Claim `backprop-ae`.
pub fn has_vanishing_neuron(
    t: &Template,
    theta: &[Rational],
    x: &[Rational],
) -> Result<bool, Failure> {
    match survey(t, theta, x)? {
        Survey::NoKink => Ok(false),
        Survey::Vanishing => Ok(true),
        Survey::Kink { .. } => Err(Failure::NonGeneric),
    }
}

enum Survey {
    /// No hidden pre-activation is a kink at θ.
    NoKink,
    /// Some are, and all of them constantly so.
    Vanishing,
    /// This one is, and not constantly (layer from 1, neuron from 0).
    Kink { layer: usize, neuron: usize },
}

fn survey(t: &Template, theta: &[Rational], x: &[Rational]) -> Result<Survey, Failure> {
    let profile = Profile::required(t.activation(), "genericity in the parameters")?;
    let phi = t.instantiate(theta)?;
    phi.check_input(x.len())?;
    let found = places(&phi, x, &profile)?;
    let on_kink = |place: &Place| matches!(place, Place::Kink(_));
    let Some(last) = found.iter().rposition(on_kink) else {
        return Ok(Survey::NoKink);
    };
    let symbols: Vec<MultiPoly> = (0..t.parameters()).map(MultiPoly::symbol).collect();
    let symbolic = t.instantiate(&symbols)?;
    let mut values: Vec<MultiPoly> = x.iter().cloned().map(MultiPoly::constant).collect();
    let mut start = 0;
    for (l, layer) in symbolic.layers().iter().enumerate() {
        if start > last {
            break;
        }
        let here = &found[start..start + layer.rows()];
        let z = preactivation_polynomials(layer, &values)?;
        let genuine = here
            .iter()
            .zip(&z)
            .position(|(place, z)| on_kink(place) && z.as_constant().is_none());
        if let Some(neuron) = genuine {
            return Ok(Survey::Kink {
                layer: l + 1,
                neuron,
            });
        }
        values = activated(&z, here, &profile)?;
        start += layer.rows();
    }
    Ok(Survey::Vanishing)
}
