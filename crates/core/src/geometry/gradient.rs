//! The derivative at generic points from exact difference quotients, independent of the network derivative.

use crate::evaluate::realize;
use crate::failure::Failure;
use crate::field::RationalOrder;
use crate::geometry::generic::{Genericity, genericity};
use crate::geometry::standing::{Place, Profile};
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::rational::Rational;

/// Largest degree of RΦ along a line that is interpolated.
const DEGREE_CAP: usize = 64;

/// Largest number of times the step is halved; a generic point of moderate height needs a few dozen.
const HALVING_CAP: usize = 4096;

/// The Jacobian of RΦ at a generic point x, from values of RΦ alone.
///
/// # Definition
/// For each direction e_i halve h until the activation places at x + j·h·e_i, j = 1,…,n, are those at x. For a
/// fixed pattern RΦ is one polynomial of degree ≤ n along the line (n = 1 for piecewise-linear ϱ, n = deg^{L−1}
/// otherwise), so its derivative at x follows from n + 1 values: (RΦ(x + h·e_i) − RΦ(x))/h for n = 1.
///
/// Errors: [`Failure::NonGeneric`] at a point that is not generic; [`Failure::Unknown`] for activations with
/// infinitely many kinks; [`Failure::Limit`] past degree 64 or 4096 halvings.
///
/// # Source
/// Derived.
pub fn jacobian_by_quotients(phi: &Network, x: &[Rational]) -> Result<Matrix<Rational>, Failure> {
    let profile = Profile::required(phi.activation(), "a difference quotient")?;
    if genericity(phi, x)? != Genericity::Generic {
        return Err(Failure::NonGeneric);
    }
    let degree = interpolation_degree(&profile, phi.depth())?;
    let here = places(phi, x, &profile)?;
    let mut columns = Vec::with_capacity(phi.indim());
    for i in 0..phi.indim() {
        let beside = |step: &Rational| {
            let mut point = x.to_vec();
            point[i] = &point[i] + step;
            point
        };
        let step = stable_step(degree, |step| {
            Ok(places(phi, &beside(step), &profile)? == here)
        })?;
        let values = (0..=degree)
            .map(|j| realize(phi, &beside(&multiple(&step, j)), &RationalOrder))
            .collect::<Result<Vec<_>, _>>()?;
        let column = (0..phi.outdim()).map(|k| {
            let samples: Vec<Rational> = values.iter().map(|value| value[k].clone()).collect();
            derivative_at_first(&samples, &step)
        });
        columns.push(column.collect());
    }
    Ok(Matrix::from_rows(columns)?.transpose())
}

/// An upper bound of the degree of RΦ along a line inside a cell, at least 1.
pub(crate) fn interpolation_degree(profile: &Profile, depth: usize) -> Result<usize, Failure> {
    let mut degree = 1_usize;
    for _ in 1..depth {
        degree = degree.saturating_mul(profile.degree());
    }
    if degree > DEGREE_CAP {
        return Err(Failure::Limit(format!(
            "degree of a realization along a line: expected at most {DEGREE_CAP}, got {degree}"
        )));
    }
    Ok(degree)
}

/// The places of all hidden pre-activations at x.
pub(crate) fn places(
    phi: &Network,
    x: &[Rational],
    profile: &Profile,
) -> Result<Vec<Place>, Failure> {
    let mut found = Vec::with_capacity(phi.neurons());
    let mut values = x.to_vec();
    for layer in &phi.layers()[..phi.depth() - 1] {
        let z = layer.apply(&values);
        values.clear();
        for z in &z {
            let place = profile.locate(z, &RationalOrder)?;
            values.push(profile.value(place, z));
            found.push(place);
        }
    }
    Ok(found)
}

/// The first h = 2⁻ᵏ for which `stable` holds at h, 2h, …, degree·h.
pub(crate) fn stable_step(
    degree: usize,
    mut stable: impl FnMut(&Rational) -> Result<bool, Failure>,
) -> Result<Rational, Failure> {
    let mut step = Rational::one();
    'halving: for _ in 0..HALVING_CAP {
        for j in 1..=degree {
            if !stable(&multiple(&step, j))? {
                step = step.half();
                continue 'halving;
            }
        }
        return Ok(step);
    }
    Err(Failure::Limit(format!(
        "halvings of a step: expected at most {HALVING_CAP}"
    )))
}

/// j·step.
pub(crate) fn multiple(step: &Rational, j: usize) -> Rational {
    let factor = i64::try_from(j).expect("indices of samples are small");
    step * &Rational::from(factor)
}

/// p′(0) for the polynomial p of degree ≤ n with p(j·h) = samples[j], j = 0,…,n.
///
/// # Definition
/// Newton's forward differences: p′(0) = (1/h)·Σ_{k≥1} (−1)^{k+1}·Δᵏp(0)/k.
pub(crate) fn derivative_at_first(samples: &[Rational], step: &Rational) -> Rational {
    let mut differences = samples.to_vec();
    let mut sum = Rational::zero();
    for k in 1..samples.len() {
        for j in 0..samples.len() - k {
            differences[j] = &differences[j + 1] - &differences[j];
        }
        let signed = i64::try_from(k).expect("the number of samples is small");
        let signed = Rational::from(if k % 2 == 1 { signed } else { -signed });
        sum = &sum + &differences[0].over(&signed).expect("k is positive");
    }
    sum.over(step).expect("steps are positive")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpolation_recovers_derivatives_of_polynomials() {
        // p(t) = 3 − 2t + 5t² − t³ at 0, h, 2h, 3h with h = 1/3.
        let step = Rational::new(1, 3).unwrap();
        let samples: Vec<Rational> = (0..4)
            .map(|j| {
                let t = multiple(&step, j);
                let square = &t * &t;
                let mut value = Rational::from(3);
                value.add_product(&Rational::from(-2), &t);
                value.add_product(&Rational::from(5), &square);
                value.add_product(&Rational::from(-1), &(&square * &t));
                value
            })
            .collect();
        assert_eq!(derivative_at_first(&samples, &step), Rational::from(-2));
        // Too few samples for the degree give another number.
        assert_ne!(
            derivative_at_first(&samples[..3], &step),
            Rational::from(-2)
        );
        assert_eq!(derivative_at_first(&samples[..1], &step), Rational::zero());
    }
}
