//! Tries to kill every mutant of a claim with an exact witness.

use std::sync::atomic::AtomicBool;

use claim_language::file::{Claim, Mutant, MutantExpect};
use kernel::check::{Constructions, Refutation, check_candidate};
use kernel::exhaust;
use kernel::kill::check_kill;
use kernel::record::{MutantRecord, Outcome};
use kernel::witness::summary;
use theorems::assignment::Assignment;
use theorems::statement::Statement;
use theorems::vocabulary::Words;

use crate::draws::{self, Plan};
use crate::shrinking;

/// Budgets of one mutant.
#[derive(Clone, Copy, Debug)]
pub struct Budget<'a> {
    /// The root seed.
    pub seed: u64,
    /// Draws.
    pub draws: u64,
    /// Set from outside to stop early.
    pub interrupt: &'a AtomicBool,
}

/// Rounds of draws after which a mutant whose candidates are all refused is left unresolved.
const ROUNDS: u64 = 4;

/// Draws after which a killed mutant needs no further ones.
const FIRST_DRAWS: u64 = 256;

/// A tried mutant: its record, and the accepted witness against it.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The record.
    pub record: MutantRecord,
    /// The mutated claim and its refutation.
    pub kill: Option<(Claim, Refutation)>,
}

/// Tries one mutant.
pub fn attempt(
    claim: &Claim,
    original: &Statement,
    mutant: &Mutant,
    words: &Words,
    budget: Budget<'_>,
) -> Tried {
    let expect = expected(mutant.expect);
    let mut record = MutantRecord {
        id: mutant.id.clone(),
        expect,
        outcome: if expect == Outcome::Control {
            Outcome::Control
        } else {
            Outcome::Unresolved
        },
        witness: None,
        edits: mutant.edits.clone(),
        why: mutant.why.clone(),
    };
    let mutated = match claim.mutated(mutant, words) {
        Ok(mutated) => mutated,
        Err(problems) => {
            record.why = problems
                .first()
                .map(|problem| problem.message.clone())
                .or(record.why);
            return Tried { record, kill: None };
        }
    };
    let statement = match Statement::compile(&mutated) {
        Ok(statement) => statement,
        Err(problem) => {
            record.why = Some(problem);
            return Tried { record, kill: None };
        }
    };
    let Some(refutation) = kill(original, &statement, mutant.kills.as_deref(), budget) else {
        return Tried { record, kill: None };
    };
    record.outcome = Outcome::Killed;
    record.witness = Some(summary(&refutation.assignment));
    Tried {
        record,
        kill: Some((mutated, refutation)),
    }
}

fn expected(expect: MutantExpect) -> Outcome {
    match expect {
        MutantExpect::Killed => Outcome::Killed,
        MutantExpect::Rejected => Outcome::Rejected,
        MutantExpect::AliveProved => Outcome::AliveProved,
        MutantExpect::Unresolved => Outcome::Unresolved,
        MutantExpect::Control => Outcome::Control,
    }
}

/// A shrunk witness that kills.
pub fn kill(
    original: &Statement,
    mutated: &Statement,
    kills: Option<&str>,
    budget: Budget<'_>,
) -> Option<Refutation> {
    let wanted = |index: usize| kills.is_none_or(|kills| mutated.conclusions[index].name == kills);
    let accepts = |index: usize, assignment: &Assignment| {
        check_kill(
            original,
            mutated,
            kills,
            &mutated.conclusions[index].name,
            assignment,
        )
        .ok()
    };
    counterexample(mutated, wanted, accepts, budget)
}

/// A shrunk instance where the construction of a conclusion fails.
pub fn failing_construction(
    statement: &Statement,
    conclusion: usize,
    budget: Budget<'_>,
) -> Option<Refutation> {
    let name = &statement.conclusions[conclusion].name;
    let accepts = |_: usize, assignment: &Assignment| {
        check_candidate(statement, name, assignment, Constructions::Count).ok()
    };
    counterexample(statement, |index| index == conclusion, accepts, budget)
}

/// A shrunk counterexample that is accepted, from finite scopes first, then from draws.
fn counterexample(
    statement: &Statement,
    wanted: impl Fn(usize) -> bool,
    accepts: impl Fn(usize, &Assignment) -> Option<Refutation>,
    budget: Budget<'_>,
) -> Option<Refutation> {
    let finish = |index: usize, assignment: &Assignment| {
        let smallest = shrinking::shrink(statement, index, assignment, |smaller| {
            accepts(index, smaller).is_some()
        });
        accepts(index, &smallest)
    };
    for index in (0..statement.conclusions.len()).filter(|index| wanted(*index)) {
        let Some(found) = exhaust::finite(statement, index) else {
            continue;
        };
        if let Some(assignment) = found
            .failures
            .iter()
            .find(|assignment| accepts(index, assignment).is_some())
        {
            return finish(index, assignment);
        }
    }
    for round in 0..ROUNDS {
        let mut any = false;
        // Draws of one seed are a sequence: a few of them are tried first, and all of them only if these give nothing.
        for draws in [budget.draws.min(FIRST_DRAWS), budget.draws] {
            let counts: Vec<u64> = (0..statement.conclusions.len())
                .map(|index| if wanted(index) { draws } else { 0 })
                .collect();
            let plan = Plan {
                seed: budget.seed.wrapping_add(round),
                counts: &counts,
                constructions: Constructions::Count,
                interrupt: budget.interrupt,
            };
            let report = draws::run(statement, plan);
            any = false;
            for (index, found) in report.conclusions.iter().enumerate() {
                for (_, assignment) in &found.candidates {
                    any = true;
                    if accepts(index, assignment).is_some() {
                        return finish(index, assignment);
                    }
                }
            }
            if draws == budget.draws {
                break;
            }
        }
        if !any {
            break;
        }
    }
    None
}
