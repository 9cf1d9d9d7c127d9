//! What one drawn instance says about one conclusion.

use kernel::check::{Refutation, Rejection, check_candidate};
use kernel::fit::needed;
use kernel::redraw::Drawn;
use relu_core::number::cell::RealCell;
use relu_core::number::rational::Rational;
use theorems::assignment::Assignment;
use theorems::decide::Ranges;
use theorems::machine::Memory;
use theorems::statement::{Outcome, Statement};
use theorems::value::{Backend, Value};

use crate::climb::height;
use crate::draws::Plan;

/// Values tried for symbols that enter through equations, where an equation is no identity.
const EQUATION_TRIES: i64 = 4;

/// What a failing or undefined draw amounts to once the kernel has looked at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failing {
    /// Nothing but what it is.
    Open,
    /// At an exceptional point of an almost-all statement.
    Exceptional,
    /// Only the construction of a `some … by` fails.
    Construction,
    /// The kernel cannot decide it.
    Undecided,
    /// The kernel finds the conclusion true, undefined or vacuous there.
    Disagreement,
}

/// What one draw says about one conclusion.
pub(super) struct One {
    pub(super) drawn: Drawn,
    pub(super) candidates: Vec<Assignment>,
    pub(super) failure: Failing,
    pub(super) reason: Option<String>,
    pub(super) best: Option<(Rational, Assignment)>,
    pub(super) needed: Option<Rational>,
}

impl One {
    /// Nothing but what the draw is.
    pub(super) fn new(drawn: Drawn) -> Self {
        Self {
            drawn,
            candidates: Vec::new(),
            failure: Failing::Open,
            reason: None,
            best: None,
            needed: None,
        }
    }
}

/// Decides a conclusion on a drawn instance; what fails is shown to the kernel.
pub(super) fn decide(
    statement: &Statement,
    conclusion: usize,
    plan: Plan<'_>,
    environment: &mut [Value],
    ranges: Ranges,
    memory: &mut Memory,
) -> One {
    let outcomes = statement.over_cells(conclusion, environment, ranges, Backend::Fast, memory);
    let drawn = Drawn::of(outcomes.iter().map(|(_, outcome)| outcome));
    let mut one = One::new(drawn);
    one.reason = outcomes.iter().find_map(|(_, outcome)| match outcome {
        Outcome::Undecided(reason) | Outcome::Undefined(reason) => Some(reason.clone()),
        _ => None,
    });
    if drawn == Drawn::Holds {
        one.needed = needed(statement, conclusion, environment, Backend::Fast, memory)
            .map(|needed| needed.constant);
    }
    match drawn {
        Drawn::Fails => {
            let failing = outcomes
                .iter()
                .filter(|(_, outcome)| *outcome == Outcome::Fails);
            for (cell, _) in failing {
                let Some(assignment) = statement.assignment(conclusion, environment, cell) else {
                    one.failure = Failing::Undecided;
                    continue;
                };
                match check(statement, conclusion, plan, &assignment) {
                    Ok(_) => {
                        one.candidates.push(assignment);
                        break;
                    }
                    Err(Rejection::NotGeneric) => one.failure = Failing::Exceptional,
                    Err(Rejection::ConstructionOnly) => one.failure = Failing::Construction,
                    Err(Rejection::Undecided(_) | Rejection::Unreadable(_)) => {
                        one.failure = Failing::Undecided
                    }
                    // A choice that fails at one value may hold at another: one instance decides nothing, and every
                    // cell of the choice gives the same instance.
                    Err(Rejection::Holds | Rejection::Vacuous)
                        if statement.opponent(conclusion).is_some() =>
                    {
                        one.failure = Failing::Undecided;
                        break;
                    }
                    Err(_) => {
                        one.failure = Failing::Disagreement;
                        break;
                    }
                }
            }
        }
        // Undefined at an exceptional point says nothing about almost all points.
        Drawn::Undefined => {
            let almost = statement.almost_all(conclusion);
            let undefined = outcomes
                .iter()
                .filter(|(_, outcome)| matches!(outcome, Outcome::Undefined(_)));
            let exceptional = !almost.is_empty()
                && undefined.into_iter().all(|(cell, _)| {
                    statement.nearby(
                        conclusion,
                        environment,
                        &almost,
                        cell,
                        Backend::Fast,
                        memory,
                    ) == Ok(None)
                });
            if exceptional {
                one.failure = Failing::Exceptional;
            }
        }
        Drawn::Undecided => {
            one.candidates.extend(at_values_of_equations(
                statement,
                conclusion,
                plan,
                environment,
            ));
            if !one.candidates.is_empty() {
                one.drawn = Drawn::Undecided;
            }
        }
        Drawn::Holds
            if (statement.conclusions[conclusion].is_bound || statement.objective.is_some())
                && !statement.symbolic(conclusion) =>
        {
            if let Some(reached) = height(statement, conclusion, environment, memory)
                && let Some(assignment) =
                    statement.assignment(conclusion, environment, &RealCell::line())
            {
                one.best = Some((reached, assignment));
            }
        }
        _ => {}
    }
    one
}

fn check(
    statement: &Statement,
    conclusion: usize,
    plan: Plan<'_>,
    assignment: &Assignment,
) -> Result<Refutation, Rejection> {
    check_candidate(
        statement,
        &statement.conclusions[conclusion].name,
        assignment,
        plan.constructions,
    )
}

/// An equation between symbols that is no identity fails at some values: tries a few small ones.
fn at_values_of_equations(
    statement: &Statement,
    conclusion: usize,
    plan: Plan<'_>,
    environment: &[Value],
) -> Option<Assignment> {
    let slots: Vec<usize> = statement
        .slots(conclusion)
        .into_iter()
        .filter(|slot| statement.variables[*slot].symbol.is_some() && statement.is_assigned(*slot))
        .collect();
    for value in 1..=EQUATION_TRIES {
        let mut numeric = environment.to_vec();
        for (offset, slot) in (0_i64..).zip(&slots) {
            let number = Rational::from_integer(value + offset * EQUATION_TRIES);
            let symbol = statement.variables[*slot].symbol?;
            for other in numeric.iter_mut().filter(|other| other.has_symbols()) {
                // A value that does not exist at these numbers is left to the check.
                *other = other.at(symbol, &number).unwrap_or_else(Value::Absent);
            }
        }
        let line = RealCell::line();
        let assignment = statement.assignment(conclusion, &numeric, &line)?;
        if check(statement, conclusion, plan, &assignment).is_ok() {
            return Some(assignment);
        }
    }
    None
}
