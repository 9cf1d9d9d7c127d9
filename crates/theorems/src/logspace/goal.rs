//! What has to be shown in a case.

use std::collections::BTreeSet;

use claim_language::expr::BinaryOp;
use relu_core::number::rational::Rational;

use super::case::Unknown;
use super::form::{Atom, Form, Sum};
use super::laurent::Laurent;
use super::linear;
use super::meaning::{Comparison, Number};

/// F ≥ 0, F > 0 or F = 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The two kinds of left sides.
    pub(super) side: Side,
    /// The relation to 0.
    pub relation: Relation,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Logarithm(Form),
    Polynomial(Laurent),
    /// The logarithm only has to exist.
    Positive(Form),
}

/// How a left side compares with 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// ≥ 0.
    AtLeast,
    /// > 0.
    Above,
    /// = 0, identically.
    Equal,
}

/// What a comparison asks for, with what makes its logarithms right.
pub(super) fn goals_of(comparison: &Comparison, unknowns: &[Unknown]) -> Result<Vec<Goal>, String> {
    let mut goals = vec![goal(comparison, unknowns)?];
    if matches!(goals[0].side, Side::Logarithm(_)) {
        goals.extend(positivity(comparison));
    }
    Ok(goals)
}

fn goal(comparison: &Comparison, unknowns: &[Unknown]) -> Result<Goal, String> {
    let (small, large, relation) = match comparison.relation {
        BinaryOp::Ge => (&comparison.right, &comparison.left, Relation::AtLeast),
        BinaryOp::Gt => (&comparison.right, &comparison.left, Relation::Above),
        BinaryOp::Lt => (&comparison.left, &comparison.right, Relation::Above),
        BinaryOp::Eq => (&comparison.left, &comparison.right, Relation::Equal),
        _ => (&comparison.left, &comparison.right, Relation::AtLeast),
    };
    let polynomial = match (&small.laurent, &large.laurent) {
        (Some(small), Some(large)) => Some(large.plus(&small.scaled(&-Rational::one()))),
        _ => None,
    };
    let linear = polynomial.as_ref().is_some_and(linear::is_linear);
    if let (false, Some(small), Some(large)) = (linear, small.logarithm(), large.logarithm()) {
        return Ok(Goal {
            side: Side::Logarithm(large.minus(&small)),
            relation,
        });
    }
    match polynomial {
        Some(polynomial) => Ok(Goal {
            side: Side::Polynomial(polynomial),
            relation,
        }),
        None => {
            let name = unknowns.iter().find(|unknown| !unknown.positive);
            Err(match name {
                Some(unknown) => format!(
                    "a side has no logarithm: is it positive? `{}` may be 0 or negative",
                    unknown.name
                ),
                None => "a side has no logarithm: is it positive?".to_owned(),
            })
        }
    }
}

/// The sums in a comparison have to be positive for its logarithms to be right.
pub(super) fn positivity(comparison: &Comparison) -> impl Iterator<Item = Goal> {
    let sums: BTreeSet<Sum> = [&comparison.left, &comparison.right]
        .into_iter()
        .flat_map(Number::sums)
        .collect();
    sums.into_iter().map(|sum| Goal {
        side: Side::Positive(Form::of(Atom::Sum(sum))),
        relation: Relation::Above,
    })
}

impl Goal {
    /// The same relation for another side; `None` if the side has none.
    pub(super) fn mapped(&self, with: impl Fn(&Form) -> Option<Form>) -> Option<Self> {
        let side = match &self.side {
            Side::Logarithm(form) => Side::Logarithm(with(form)?),
            Side::Positive(form) => Side::Positive(with(form)?),
            Side::Polynomial(laurent) => Side::Polynomial(laurent.clone()),
        };
        Some(Self {
            side,
            relation: self.relation,
        })
    }

    pub(super) fn variables(&self) -> Vec<usize> {
        match &self.side {
            Side::Logarithm(form) | Side::Positive(form) => form.variables(),
            Side::Polynomial(laurent) => laurent.variables().collect(),
        }
    }

    pub(super) fn depth(&self) -> usize {
        match &self.side {
            Side::Logarithm(form) | Side::Positive(form) => form.depth(),
            Side::Polynomial(_) => 0,
        }
    }
}
