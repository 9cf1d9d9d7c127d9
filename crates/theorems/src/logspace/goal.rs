//! What has to be shown in a case.

use claim_language::expr::BinaryOp;
use relu_core::number::rational::Rational;

use super::case::Unknown;
use super::form::{Atom, Form};
use super::laurent::Laurent;
use super::linear;
use super::meaning::{Comparison, Need, Truth};

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
    /// The polynomial is not 0, whatever the relation.
    NonZero(Laurent),
    /// The condition of the rounding with this number; once conditions are solved, its logarithm takes this place.
    Rounding(usize),
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

/// What a conjunction asks for.
pub(super) fn goals_of_all(truth: &Truth, unknowns: &[Unknown]) -> Result<Vec<Goal>, String> {
    if let Some(what) = &truth.missing {
        return Err(format!("{what} has no meaning in logarithms"));
    }
    let mut goals: Vec<Goal> = truth.needs.iter().map(Goal::of).collect();
    for comparison in &truth.all {
        goals.extend(goals_of(comparison, unknowns)?);
    }
    Ok(goals)
}

/// What a comparison asks for, with what makes it defined, and its logarithms right where these are used.
pub(super) fn goals_of(comparison: &Comparison, unknowns: &[Unknown]) -> Result<Vec<Goal>, String> {
    let goal = goal(comparison, unknowns)?;
    let mut needs = comparison.needs();
    if !matches!(goal.side, Side::Polynomial(_)) {
        needs.extend(comparison.positive());
    }
    let mut goals = vec![goal];
    goals.extend(needs.iter().map(Goal::of));
    Ok(goals)
}

/// What makes a comparison defined and its logarithms right.
pub(super) fn right(comparison: &Comparison) -> Vec<Goal> {
    let mut needs = comparison.needs();
    needs.extend(comparison.positive());
    needs.iter().map(Goal::of).collect()
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
    let zero = small.laurent.as_ref().is_some_and(Laurent::is_zero);
    match (large.logarithm(), small.logarithm()) {
        _ if linear => {}
        (Some(large), Some(small)) => {
            return Ok(Goal {
                side: Side::Logarithm(large.minus(&small)),
                relation,
            });
        }
        // What has a logarithm is above 0.
        (Some(large), _) if zero && relation != Relation::Equal => {
            return Ok(Goal {
                side: Side::Positive(large),
                relation: Relation::Above,
            });
        }
        _ => {}
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

impl Goal {
    pub(super) fn of(need: &Need) -> Self {
        Self {
            side: match need {
                Need::Positive(sum) => Side::Positive(Form::of(Atom::Sum(sum.clone()))),
                Need::Rounding(number) => Side::Rounding(*number),
                Need::NonZero(laurent) => Side::NonZero(laurent.clone()),
            },
            relation: match need {
                Need::Rounding(_) => Relation::AtLeast,
                _ => Relation::Above,
            },
        }
    }

    /// The same relation for another side; `None` if the side has none.
    pub(super) fn mapped(&self, with: impl Fn(&Form) -> Option<Form>) -> Option<Self> {
        let side = match &self.side {
            Side::Logarithm(form) => Side::Logarithm(with(form)?),
            Side::Positive(form) => Side::Positive(with(form)?),
            other => other.clone(),
        };
        Some(Self {
            side,
            relation: self.relation,
        })
    }

    pub(super) fn variables(&self) -> Vec<usize> {
        match &self.side {
            Side::Logarithm(form) | Side::Positive(form) => form.variables(),
            Side::Polynomial(laurent) | Side::NonZero(laurent) => laurent.variables().collect(),
            Side::Rounding(number) => vec![*number],
        }
    }

    pub(super) fn depth(&self) -> usize {
        match &self.side {
            Side::Logarithm(form) | Side::Positive(form) => form.depth(),
            _ => 0,
        }
    }
}
