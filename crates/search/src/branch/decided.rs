//! Decided patterns: an interior point of the cell, or the proof that it has none. Exact.

use kernel::certificate::branch::Facet;
use relu_core::RationalOrder;
use relu_core::linear::matrix::Matrix;
use relu_core::linear::simplex::{Nonnegative, nonnegative_solution};
use relu_core::number::rational::Rational;

use super::facts::{Choice, Question};

/// What a decided pattern comes to.
pub(super) enum Decided {
    /// A point inside the cell.
    Inside(Vec<Rational>),
    /// Facets and multipliers λ > 0 with Σ λ·f ≤ 0 constant.
    Flat(Vec<(Facet, Rational)>),
}

/// Decides whether a pattern without open neurons has a cell in the box.
///
/// The facets f = a·x + b of the pattern, zero ones left out, are positive somewhere iff (a, b)·(x, t) > 0 has a solution with
/// t > 0; otherwise a non-trivial Σ λ·(a, b) + τ·(0, 1) = 0 exists with λ, τ ≥ 0 (Gordan), which is Σ λ·f = −τ.
pub(super) fn decide(question: &Question<Rational>, states: &[Choice]) -> Option<Decided> {
    let d = question.indim();
    let facets = facets(question, states);
    let mut columns: Vec<&[Rational]> = facets.iter().map(|(_, f)| f.as_slice()).collect();
    let mut scale = vec![Rational::zero(); d + 1];
    scale[d] = Rational::one();
    columns.push(&scale);
    let mut data = Vec::with_capacity((d + 2) * columns.len());
    for k in 0..=d {
        data.extend(columns.iter().map(|f| f[k].clone()));
    }
    data.extend(columns.iter().map(|_| Rational::one()));
    let system = Matrix::new(d + 2, columns.len(), data).ok()?;
    let mut right = vec![Rational::zero(); d + 1];
    right.push(Rational::one());
    match nonnegative_solution(&system, &right, &RationalOrder).ok()? {
        Nonnegative::Solution(multipliers) => Some(Decided::Flat(
            facets
                .into_iter()
                .zip(multipliers)
                .filter(|(_, multiplier)| !multiplier.is_zero())
                .map(|((facet, _), multiplier)| (facet, multiplier))
                .collect(),
        )),
        Nonnegative::Farkas(y) => {
            let point: Option<Vec<Rational>> =
                y[..d].iter().map(|value| value.over(&y[d])).collect();
            Some(Decided::Inside(point?))
        }
    }
}

/// The facets (slope, constant) of a pattern that are not identically zero.
fn facets(question: &Question<Rational>, states: &[Choice]) -> Vec<(Facet, Vec<Rational>)> {
    let d = question.indim();
    let mut facets = Vec::new();
    let mut y: Vec<Vec<Rational>> = Vec::with_capacity(d);
    for (j, (low, high)) in question.domain.iter().enumerate() {
        let mut unit = vec![Rational::zero(); d + 1];
        unit[j] = Rational::one();
        let mut above = unit.clone();
        above[d] = -low;
        facets.push((Facet::Low(j), above));
        let mut below = vec![Rational::zero(); d + 1];
        below[j] = Rational::from(-1);
        below[d] = high.clone();
        facets.push((Facet::High(j), below));
        y.push(unit);
    }
    let mut n = 0;
    for layer in &question.layers[..question.layers.len() - 1] {
        let mut next = Vec::with_capacity(layer.bias.len());
        for (row, bias) in layer.weights.iter().zip(&layer.bias) {
            let mut z = vec![Rational::zero(); d + 1];
            z[d] = bias.clone();
            for (weight, y) in row.iter().zip(&y) {
                if !weight.is_zero() {
                    for (sum, value) in z.iter_mut().zip(y) {
                        sum.add_product(weight, value);
                    }
                }
            }
            let on = states[n] == Choice::On;
            if z.iter().any(|value| !value.is_zero()) {
                let facet = match on {
                    true => z.clone(),
                    false => z.iter().map(|value| -value).collect(),
                };
                facets.push((Facet::Neuron(n), facet));
            }
            next.push(match on {
                true => z,
                false => vec![Rational::zero(); d + 1],
            });
            n += 1;
        }
        y = next;
    }
    facets
}
