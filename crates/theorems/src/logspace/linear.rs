//! Linear consequences: a polynomial that is a non-negative combination of what is known to be ≥ 0.

use std::collections::BTreeSet;

use relu_core::linear::matrix::Matrix;
use relu_core::linear::simplex::{Nonnegative, nonnegative_solution};
use relu_core::number::rational::Rational;
use relu_core::{Failure, Order, Sign};

use super::laurent::{Laurent, Monomial};
use super::span::Span;

/// Most products of two facts that are taken into account.
const MOST_PRODUCTS: usize = 200;

/// The order of ℚ.
struct Rationals;

impl Order<Rational> for Rationals {
    fn sign(&self, x: &Rational) -> Result<Sign, Failure> {
        Ok(x.sign())
    }
}

/// Whether goal = λ₀ + Σ λᵢ·fᵢ with λ ≥ 0, where the fᵢ are the facts and, unless the goal is linear, products of two of them. Facts that
/// contradict each other, −1 = λ₀ + Σ λᵢ·fᵢ, imply everything.
///
/// # Exactness
/// `true` is a proof: the combination is found, and checked, in ℚ. `false` says nothing for goals that are not linear.
pub(super) fn implied(goal: &Laurent, facts: &[Laurent]) -> bool {
    let mut known = facts.to_vec();
    if !is_linear(goal) {
        let products = facts
            .iter()
            .enumerate()
            .flat_map(|(i, a)| facts[i..].iter().filter_map(move |b| a.times(b)));
        known.extend(products.take(MOST_PRODUCTS));
    }
    known.push(Laurent::constant(Rational::one()));
    let contradiction = Laurent::constant(-Rational::one());
    is_combination(goal, &known) || is_combination(&contradiction, &known)
}

fn is_combination(goal: &Laurent, known: &[Laurent]) -> bool {
    let monomials: BTreeSet<&Monomial> = known
        .iter()
        .chain([goal])
        .flat_map(|laurent| laurent.0.keys())
        .collect();
    let coefficient = |laurent: &Laurent, monomial: &Monomial| {
        laurent
            .0
            .get(monomial)
            .cloned()
            .unwrap_or_else(Rational::zero)
    };
    let entries = monomials
        .iter()
        .flat_map(|monomial| known.iter().map(|fact| coefficient(fact, monomial)))
        .collect();
    let Ok(matrix) = Matrix::new(monomials.len(), known.len(), entries) else {
        return false;
    };
    let wanted: Vec<Rational> = monomials
        .iter()
        .map(|monomial| coefficient(goal, monomial))
        .collect();
    let found = nonnegative_solution(&matrix, &wanted, &Rationals);
    let Ok(Nonnegative::Solution(shares)) = found else {
        return false;
    };
    let sum = known
        .iter()
        .zip(&shares)
        .fold(Laurent::default(), |sum, (fact, share)| {
            sum.plus(&fact.scaled(share))
        });
    shares.iter().all(|share| share.sign() != Sign::Negative) && sum == *goal
}

/// Whether no term has a degree above 1 or a negative power.
pub(super) fn is_linear(laurent: &Laurent) -> bool {
    laurent
        .0
        .keys()
        .all(|monomial| matches!(monomial.as_slice(), [] | [(_, 1)]))
}

/// That unknowns lie in their ranges, as polynomials ≥ 0.
pub(super) fn bounds(unknowns: &BTreeSet<usize>, region: &[Span]) -> Vec<Laurent> {
    let mut facts = Vec::new();
    for &x in unknowns {
        let variable = Laurent::variable(x);
        let minus = -Rational::one();
        if let Some(lower) = &region[x].lower {
            facts.push(variable.plus(&Laurent::constant(-lower)));
        }
        if let Some(upper) = &region[x].upper {
            facts.push(
                variable
                    .scaled(&minus)
                    .plus(&Laurent::constant(upper.clone())),
            );
        }
    }
    facts
}
