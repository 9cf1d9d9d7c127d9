//! Generic points: those outside the exceptional null set of the statements "for almost every x".

use crate::failure::Failure;
use crate::field::{RationalOrder, Sign};
use crate::geometry::fan::{forms, scaled, standings};
use crate::geometry::standing::{Profile, Standing};
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::rational::Rational;

/// Whether a point is generic, with the first neuron that prevents it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Genericity {
    /// Every hidden pre-activation is off the kinks at x or constant near x.
    Generic,
    /// A pre-activation is a kink at x without being constant near x.
    Kink {
        /// Hidden layer, counted from 1.
        layer: usize,
        /// Neuron of the layer, counted from 0.
        neuron: usize,
    },
}

/// Whether x is generic for Φ.
///
/// # Definition
/// Walk the layers with the rows M_k = A_k·Δ_{k−1}·…·A_1, the derivative of z_k as long as no neuron has failed. A
/// neuron on a kink with a non-zero row fails. With the zero row and a piecewise-linear ϱ it is constant near x, by
/// induction, so harmless. Other piecewise-polynomial ϱ: there z_k is a polynomial near x; it is harmless iff that
/// polynomial, expanded exactly, is constant. The set of generic points is open and dense and its complement is
/// null.
///
/// # Exactness
/// Exact.
///
/// Errors: [`Failure::Shape`] for an input of another length; [`Failure::Limit`] for an expansion past its cap;
/// [`Failure::Unknown`] for a zero row behind the first layer with an activation with infinitely many kinks.
///
/// # Source
/// Derived.
pub fn genericity(phi: &Network, x: &[Rational]) -> Result<Genericity, Failure> {
    phi.check_input(x.len())?;
    let profile = Profile::of(phi.activation());
    let dimension = phi.indim();
    let identity = Matrix::identity(dimension);
    let mut rows: Vec<Vec<Rational>> = (0..dimension).map(|i| identity.row(i).to_vec()).collect();
    let mut values = x.to_vec();
    let hidden = &phi.layers()[..phi.depth() - 1];
    for (l, layer) in hidden.iter().enumerate() {
        let z = layer.apply(&values);
        rows = forms(layer, &rows, dimension);
        let standings = standings(phi.activation(), profile.as_ref(), &z, &RationalOrder)?;
        values.clear();
        for (i, (standing, row)) in standings.into_iter().zip(&mut rows).enumerate() {
            let (slope, value) = match standing {
                Standing::Smooth { slope, value, .. } => (slope, value),
                Standing::Kink { value, .. } => {
                    let constant = row.iter().all(|entry| entry.sign() == Sign::Zero)
                        && (l == 0 || stays_on_its_kink(phi, profile.as_ref(), x, l, i)?);
                    if !constant {
                        return Ok(Genericity::Kink {
                            layer: l + 1,
                            neuron: i,
                        });
                    }
                    (Rational::zero(), value)
                }
            };
            *row = scaled(&slope, row);
            values.push(value);
        }
    }
    Ok(Genericity::Generic)
}

/// Whether a pre-activation on a kink with zero row, behind the first layer, is constant near x; all neurons before
/// it are harmless.
fn stays_on_its_kink(
    phi: &Network,
    profile: Option<&Profile>,
    x: &[Rational],
    layer: usize,
    neuron: usize,
) -> Result<bool, Failure> {
    match profile {
        Some(profile) if profile.is_linear() => Ok(true),
        Some(profile) => {
            crate::parameters::expansion::input_polynomial(phi, profile, x, layer, neuron)
                .map(|z| z.as_constant().is_some())
        }
        None => Err(Failure::Unknown(format!(
            "whether a pre-activation with derivative zero is constant near a point, activation {}",
            phi.activation()
        ))),
    }
}
