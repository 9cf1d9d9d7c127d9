//! The gradient in the parameters from values of f alone, the independent oracle.

use crate::evaluate::realize;
use crate::failure::Failure;
use crate::field::RationalOrder;
use crate::geometry::Genericity;
use crate::geometry::gradient::{derivative_at_first, multiple, places, stable_step};
use crate::geometry::standing::Profile;
use crate::number::rational::Rational;
use crate::parameters::backprop::require_one_output;
use crate::parameters::template::Template;
use crate::parameters::vanishing::parameter_genericity;

/// Largest degree of f in one parameter that is interpolated.
const DEGREE_CAP: usize = 256;

/// The gradient of f(θ) = RΦ_θ(x) at a generic θ, by exact difference quotients.
///
/// # Definition
/// In one parameter and on a fixed activation pattern f is a polynomial of known degree n (1 for a free entry, up
/// to L for tied ones and a piecewise-linear activation). Halve h until the patterns at θ + j·h·e_p, j = 1,…,n, are
/// that at θ; then n + 1 values determine the derivative, for n = 1 as (f(θ + h·e_p) − f(θ))/h.
///
/// Errors: [`Failure::NonGeneric`] if θ is not generic; [`Failure::Shape`] for more than one output or vectors of
/// other lengths; [`Failure::Unknown`] for activations with infinitely many kinks; [`Failure::Limit`] past degree
/// 256 or the caps of [`parameter_genericity`] and of the step.
pub fn parameter_gradient_by_quotients(
    t: &Template,
    theta: &[Rational],
    x: &[Rational],
) -> Result<Vec<Rational>, Failure> {
    require_one_output(t)?;
    let profile = Profile::required(t.activation(), "a difference quotient")?;
    if parameter_genericity(t, theta, x)? != Genericity::Generic {
        return Err(Failure::NonGeneric);
    }
    let here = places(&t.instantiate(theta)?, x, &profile)?;
    let mut gradient = Vec::with_capacity(t.parameters());
    for p in 0..t.parameters() {
        let degree = degree_in(t, p, profile.degree())?;
        let beside = |step: &Rational| {
            let mut moved = theta.to_vec();
            moved[p] = &moved[p] + step;
            t.instantiate(&moved)
        };
        let step = stable_step(degree, |step| {
            Ok(places(&beside(step)?, x, &profile)? == here)
        })?;
        let samples = (0..=degree)
            .map(|j| {
                let mut outputs = realize(&beside(&multiple(&step, j))?, x, &RationalOrder)?;
                Ok(outputs.swap_remove(0))
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        gradient.push(derivative_at_first(&samples, &step));
    }
    Ok(gradient)
}

/// An upper bound of the degree of f in one parameter on a cell: n_k = max(n_{k−1}·deg ϱ + 1 where A_k contains the
/// parameter, n_{k−1}·deg ϱ elsewhere, 1 where b_k contains it), starting from 0.
fn degree_in(t: &Template, p: usize, of_activation: usize) -> Result<usize, Failure> {
    let mut degree = 0_usize;
    for (l, (weights, bias)) in t.layers().iter().enumerate() {
        let occurs = |entry: &super::template::Entry| entry.terms().iter().any(|(i, _)| *i == p);
        let inner = if l == 0 {
            0
        } else {
            degree.saturating_mul(of_activation)
        };
        let outer = usize::from(weights.data().iter().any(occurs));
        degree = inner
            .saturating_add(outer)
            .max(usize::from(bias.iter().any(occurs)));
    }
    if degree > DEGREE_CAP {
        return Err(Failure::Limit(format!(
            "degree in one parameter: expected at most {DEGREE_CAP}, got {degree}"
        )));
    }
    Ok(degree)
}
