//! Decides whether a candidate refutes a statement.

use std::fmt;

use relu_core::number::cell::RealCell;
use relu_core::number::scalar::Scalar;
use theorems::assignment::{self, Assignment};
use theorems::decide::Ranges;
use theorems::machine::{self, Memory};
use theorems::statement::{Outcome, Statement, equations};
use theorems::value::{Backend, Value};

use claim_language::print::Binder;

/// A confirmed violation of one conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refutation {
    /// The conclusion that fails.
    pub conclusion: String,
    /// The values of its variables.
    pub assignment: Assignment,
    /// The two sides of the comparison that fails, where the conclusion is one.
    pub sides: Option<(String, String)>,
}

/// Why a candidate is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// No conclusion of this name.
    NoConclusion(String),
    /// The values cannot be read.
    Unreadable(String),
    /// A hypothesis or range is false there.
    Vacuous,
    /// The conclusion is true there.
    Holds,
    /// The conclusion is undefined there.
    Undefined(String),
    /// It could not be decided.
    Undecided(String),
    /// The statement is about almost all points and this one is exceptional.
    NotGeneric,
    /// The statement asserts existence and only its construction fails.
    ConstructionOnly,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoConclusion(name) => write!(f, "no conclusion `{name}`"),
            Self::Unreadable(reason) => write!(f, "values cannot be read: {reason}"),
            Self::Vacuous => f.write_str("a hypothesis or range is false at the witness"),
            Self::Holds => f.write_str("the conclusion is true at the witness"),
            Self::Undefined(reason) => {
                write!(f, "the conclusion is undefined at the witness: {reason}")
            }
            Self::Undecided(reason) => write!(f, "undecided at the witness: {reason}"),
            Self::NotGeneric => {
                f.write_str("the point is exceptional for a statement about almost all points")
            }
            Self::ConstructionOnly => f.write_str("only the construction fails, not the existence"),
        }
    }
}

/// Whether a failing construction counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constructions {
    /// A `some … by` that fails refutes nothing.
    RefuteNothing,
    /// A mutant of a construction is killed when the construction fails.
    Count,
}

/// Re-evaluates a candidate with the reference backend.
///
/// A refutation needs every range and hypothesis true and the conclusion false; for an almost-all statement also that all
/// this stays so on a full neighbourhood of the point.
pub fn check_candidate(
    statement: &Statement,
    conclusion: &str,
    assignment: &Assignment,
    constructions: Constructions,
) -> Result<Refutation, Rejection> {
    let index = statement
        .conclusions
        .iter()
        .position(|asserted| asserted.name == conclusion)
        .ok_or_else(|| Rejection::NoConclusion(conclusion.to_owned()))?;
    let existential = |slot: &usize| {
        let variable = &statement.variables[*slot];
        variable.binder == Binder::Some && variable.by.is_some()
    };
    if constructions == Constructions::RefuteNothing
        && statement.slots(index).iter().any(existential)
    {
        return Err(Rejection::ConstructionOnly);
    }
    let mut bound = statement
        .bind(index, assignment)
        .map_err(Rejection::Unreadable)?;
    let memory = &mut Memory::default();
    let chosen = statement.opponent(index);
    let almost = statement.almost_all(index);
    if let Some(chosen) = chosen
        && almost.iter().any(|slot| *slot < chosen)
    {
        // One neighbourhood of the point would have to serve every choice; ours depends on it.
        return Err(Rejection::Undecided(
            "a choice after an almost-all variable".to_owned(),
        ));
    }
    let failing = if chosen.is_some() {
        failing_for_every_choice(statement, index, &mut bound.environment, memory)?
    } else {
        let context = equations(Backend::Reference, bound.cell.clone());
        let outcome = statement
            .outcome(
                index,
                &mut bound.environment,
                Ranges::Check,
                &context,
                memory,
            )
            .map_err(|failure| Rejection::Undecided(failure.to_string()))?;
        fails(outcome)?;
        vec![bound.cell.clone()]
    };
    if !almost.is_empty() {
        for cell in &failing {
            let nearby = statement
                .nearby(
                    index,
                    &bound.environment,
                    &almost,
                    cell,
                    Backend::Reference,
                    memory,
                )
                .map_err(Rejection::Undecided)?;
            if nearby != Some(Outcome::Fails) {
                return Err(Rejection::NotGeneric);
            }
        }
    }
    let sides = failing
        .first()
        .and_then(|cell| sides(statement, index, &bound.environment, cell, memory));
    Ok(Refutation {
        conclusion: conclusion.to_owned(),
        assignment: assignment.clone(),
        sides,
    })
}

/// Existence of a symbolic value is refuted only if the conclusion fails for every value of it, whatever is bound after it;
/// a value outside its range fails, and a value for which the instance meets no hypothesis is not refuted.
fn failing_for_every_choice(
    statement: &Statement,
    index: usize,
    environment: &mut [Value],
    memory: &mut Memory,
) -> Result<Vec<RealCell>, Rejection> {
    let mut failing = Vec::new();
    for (cell, outcome) in statement.over_cells(
        index,
        environment,
        Ranges::Check,
        Backend::Reference,
        memory,
    ) {
        fails(outcome)?;
        failing.push(cell);
    }
    Ok(failing)
}

fn fails(outcome: Outcome) -> Result<(), Rejection> {
    match outcome {
        Outcome::Fails => Ok(()),
        Outcome::Holds => Err(Rejection::Holds),
        Outcome::Vacuous => Err(Rejection::Vacuous),
        Outcome::Undefined(reason) => Err(Rejection::Undefined(reason)),
        Outcome::Undecided(reason) => Err(Rejection::Undecided(reason)),
    }
}

/// The two sides of the failing comparison as text.
fn sides(
    statement: &Statement,
    index: usize,
    environment: &[Value],
    cell: &RealCell,
    memory: &mut Memory,
) -> Option<(String, String)> {
    let (left, right) = statement.conclusions[index].sides.as_ref()?;
    let context = equations(Backend::Reference, cell.clone());
    let names = statement.symbol_names();
    let mut text = |program| {
        let value = machine::run(program, environment, &context, memory).ok()?;
        assignment::text(&value, &names)
    };
    Some((text(left)?, text(right)?))
}

/// The ratio lhs/rhs of an instance of `lhs <= rhs` with rhs > 0, exactly; `None` elsewhere.
pub fn ratio(
    statement: &Statement,
    conclusion: usize,
    environment: &[Value],
    backend: Backend,
    memory: &mut Memory,
) -> Option<relu_core::number::rational::Rational> {
    let asserted = &statement.conclusions[conclusion];
    let (left, right) = asserted.sides.as_ref().filter(|_| asserted.is_bound)?;
    let context = equations(backend, RealCell::line());
    let mut number = |program| match machine::run(program, environment, &context, memory) {
        Ok(Value::Scalar(Scalar::Rational(value))) => Some(value),
        _ => None,
    };
    let (left, right) = (number(left)?, number(right)?);
    (right.sign() == relu_core::Sign::Positive).then(|| relu_core::Field::over(&left, &right))?
}
