//! Random draws of a statement, in parallel over instances and independent of the number of threads.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::climb::height;
use claim_language::file::Share;
use kernel::check::{Constructions, Refutation, Rejection, check_candidate};
use kernel::fit::{Proposal, needed};
use kernel::redraw::{Drawn, ENGINE, REDRAWN, Said};
use kernel::verdict::{CoverCount, Draws};
use rayon::prelude::*;
use relu_core::number::rational::Rational;
use theorems::assignment::Assignment;
use theorems::decide::Ranges;
use theorems::draw::Limits;
use theorems::generate::Stream;
use theorems::machine::Memory;
use theorems::statement::{Outcome, Statement, evaluate};
use theorems::value::{Backend, Value};

/// Instances drawn between two looks at what was found.
const CHUNK: u64 = 4096;
/// Values tried for symbols that enter through equations, where an equation is no identity.
const EQUATION_TRIES: i64 = 4;

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The root seed of the run.
    pub seed: u64,
    /// Draws for each conclusion.
    pub counts: &'a [u64],
    /// Whether a failing construction is a candidate.
    pub constructions: Constructions,
    /// Set from outside to stop early.
    pub interrupt: &'a AtomicBool,
}

/// What the draws of one conclusion found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The tally.
    pub draws: Draws,
    /// What each of the first instances said, for the kernel to compare.
    pub said: Vec<Said>,
    /// Candidates accepted by the check, ascending by index.
    pub candidates: Vec<(u64, Assignment)>,
    /// The first draw at which the kernel does not find what this search found.
    pub disagreement: Option<u64>,
    /// The largest height (ratio lhs/rhs, or the claim's objective) with its instance.
    pub best: Option<(Rational, Assignment)>,
    /// The largest constant needed, for a bound up to a constant, with the first instance that needs it.
    pub fitted: Option<Proposal>,
    /// That constant with the index of that instance, while draws are still counted.
    forcing: Option<(Rational, u64)>,
    /// Whether the draws ended early, by interruption.
    pub interrupted: bool,
}

/// All conclusions, and the demands on the instances met.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// One entry per conclusion.
    pub conclusions: Vec<Found>,
    /// One entry per demand.
    pub cover: Vec<CoverCount>,
}

/// What a failing or undefined draw amounts to once the kernel has looked at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failing {
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

struct One {
    drawn: Drawn,
    candidates: Vec<Assignment>,
    failure: Failing,
    reason: Option<String>,
    best: Option<(Rational, Assignment)>,
    needed: Option<Rational>,
}

struct Draw {
    conclusions: Vec<Option<One>>,
    cover: Option<Vec<bool>>,
    sizes: Sizes,
}

/// Largest sizes met, for the words of the scope table.
#[derive(Clone, Copy, Debug, Default)]
struct Sizes {
    inputs: usize,
    depth: usize,
    width: usize,
}

impl Sizes {
    fn of(environment: &[Value]) -> Self {
        let mut sizes = Self::default();
        for value in environment {
            if let Value::Network(network) = value {
                sizes = sizes.max(Self {
                    inputs: network.indim(),
                    depth: network.depth(),
                    width: network.width(),
                });
            }
        }
        sizes
    }

    fn max(self, other: Self) -> Self {
        Self {
            inputs: self.inputs.max(other.inputs),
            depth: self.depth.max(other.depth),
            width: self.width.max(other.width),
        }
    }

    fn words(self) -> String {
        if self.depth == 0 {
            return "small rational values".to_owned();
        }
        format!(
            "inputs ≤ {}, depth ≤ {}, width ≤ {}",
            self.inputs, self.depth, self.width
        )
    }
}

/// Draws until every count is reached, a candidate is accepted, or the run is interrupted.
pub fn run(statement: &Statement, plan: Plan<'_>) -> Report {
    let total = plan.counts.iter().copied().max().unwrap_or(0);
    let mut report = Report {
        conclusions: vec![Found::default(); statement.conclusions.len()],
        cover: statement
            .cover
            .iter()
            .map(|(name, ..)| CoverCount {
                name: name.clone(),
                hits: 0,
                of: 0,
                met: false,
            })
            .collect(),
    };
    let mut sizes = Sizes::default();
    let mut start = 0;
    while start < total {
        let end = (start + CHUNK).min(total);
        let draws: Vec<Draw> = (start..end)
            .into_par_iter()
            .map_init(Memory::default, |memory, index| {
                draw(statement, plan, index, memory)
            })
            .collect();
        for (index, draw) in (start..end).zip(draws) {
            sizes = sizes.max(draw.sizes);
            report.count(index, draw);
        }
        start = end;
        if report
            .conclusions
            .iter()
            .any(|found| !found.candidates.is_empty())
        {
            break;
        }
        if plan.interrupt.load(Ordering::Relaxed) && start < total {
            report
                .conclusions
                .iter_mut()
                .for_each(|found| found.interrupted = true);
            break;
        }
    }
    for (conclusion, found) in report.conclusions.iter_mut().enumerate() {
        found.draws.ranges = sizes.words();
        found.fitted = found
            .forcing
            .take()
            .and_then(|forcing| proposal(statement, conclusion, plan.seed, forcing));
    }
    for (count, (_, _, at_least)) in report.cover.iter_mut().zip(&statement.cover) {
        count.met = Share::met(*at_least, count.hits, count.of);
    }
    report
}

impl Report {
    fn count(&mut self, index: u64, draw: Draw) {
        for (found, one) in self.conclusions.iter_mut().zip(draw.conclusions) {
            let Some(one) = one else { continue };
            if found.draws.reason.is_none() {
                found.draws.reason = one.reason;
            }
            found.draws.tried += 1;
            match one.drawn {
                Drawn::Nothing => found.draws.nothing += 1,
                Drawn::Vacuous => found.draws.vacuous += 1,
                Drawn::Holds => found.draws.holds += 1,
                Drawn::Fails | Drawn::Undefined if one.failure == Failing::Exceptional => {
                    found.draws.exceptional += 1
                }
                Drawn::Fails => match one.failure {
                    Failing::Construction => found.draws.construction_fails += 1,
                    Failing::Undecided => found.draws.undecided += 1,
                    Failing::Disagreement => {
                        found.disagreement.get_or_insert(index);
                    }
                    Failing::Open | Failing::Exceptional => {}
                },
                Drawn::Undecided => found.draws.undecided += 1,
                Drawn::Undefined => found.draws.undefined += 1,
            }
            if index < REDRAWN {
                found.said.push(Said {
                    drawn: one.drawn,
                    needed: one.needed.clone(),
                });
            }
            if let Some(constant) = one.needed
                && found
                    .forcing
                    .as_ref()
                    .is_none_or(|(largest, _)| constant > *largest)
            {
                found.forcing = Some((constant, index));
            }
            found.candidates.extend(
                one.candidates
                    .into_iter()
                    .map(|candidate| (index, candidate)),
            );
            if let Some((ratio, assignment)) = one.best
                && found.best.as_ref().is_none_or(|(best, _)| ratio > *best)
            {
                found.best = Some((ratio, assignment));
            }
        }
        for (count, hit) in self.cover.iter_mut().zip(draw.cover.into_iter().flatten()) {
            count.of += 1;
            count.hits += u64::from(hit);
        }
    }
}

fn draw(statement: &Statement, plan: Plan<'_>, index: u64, memory: &mut Memory) -> Draw {
    let mut stream = Stream::for_instance(plan.seed, &statement.id, ENGINE, index);
    let Some(instance) = statement.draw(&mut stream, Limits::default(), memory) else {
        let nothing = || One {
            drawn: Drawn::Nothing,
            candidates: Vec::new(),
            failure: Failing::Open,
            reason: None,
            best: None,
            needed: None,
        };
        return Draw {
            conclusions: plan
                .counts
                .iter()
                .map(|count| (index < *count).then(nothing))
                .collect(),
            cover: None,
            sizes: Sizes::default(),
        };
    };
    let mut environment = instance.environment;
    let mut met = false;
    let conclusions = plan
        .counts
        .iter()
        .enumerate()
        .map(|(conclusion, count)| {
            (index < *count).then(|| {
                let one = decide(
                    statement,
                    conclusion,
                    plan,
                    &mut environment,
                    instance.ranges,
                    memory,
                );
                met |= !matches!(one.drawn, Drawn::Vacuous);
                one
            })
        })
        .collect();
    let cover = met.then(|| {
        statement
            .cover
            .iter()
            .map(|(_, when, _)| {
                matches!(
                    evaluate(when, &environment, Backend::Fast, memory),
                    Value::Bool(true)
                )
            })
            .collect()
    });
    Draw {
        conclusions,
        cover,
        sizes: Sizes::of(&environment),
    }
}

fn decide(
    statement: &Statement,
    conclusion: usize,
    plan: Plan<'_>,
    environment: &mut [Value],
    ranges: Ranges,
    memory: &mut Memory,
) -> One {
    let outcomes = statement.over_cells(conclusion, environment, ranges, Backend::Fast, memory);
    let drawn = Drawn::of(outcomes.iter().map(|(_, outcome)| outcome));
    let mut one = One {
        drawn,
        candidates: Vec::new(),
        failure: Failing::Open,
        reason: None,
        best: None,
        needed: None,
    };
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
                memory,
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
                && let Some(assignment) = statement.assignment(
                    conclusion,
                    environment,
                    &relu_core::number::cell::RealCell::line(),
                )
            {
                one.best = Some((reached, assignment));
            }
        }
        _ => {}
    }
    one
}

/// A constant with the values of the instance of this index, drawn again: values are written down for one draw only.
fn proposal(
    statement: &Statement,
    conclusion: usize,
    seed: u64,
    (constant, index): (Rational, u64),
) -> Option<Proposal> {
    let mut stream = Stream::for_instance(seed, &statement.id, ENGINE, index);
    let instance = statement.draw(&mut stream, Limits::default(), &mut Memory::default())?;
    let line = relu_core::number::cell::RealCell::line();
    let assignment = statement.assignment(conclusion, &instance.environment, &line)?;
    Some(Proposal {
        constant,
        assignment,
    })
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
    _memory: &mut Memory,
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
        let line = relu_core::number::cell::RealCell::line();
        let assignment = statement.assignment(conclusion, &numeric, &line)?;
        if check(statement, conclusion, plan, &assignment).is_ok() {
            return Some(assignment);
        }
    }
    None
}
