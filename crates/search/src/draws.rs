//! Random draws of a statement, in parallel over instances and independent of the number of threads.

use std::sync::atomic::{AtomicBool, Ordering};

use claim_language::file::Share;
use kernel::check::Constructions;
use kernel::fit::Proposal;
use kernel::redraw::{Drawn, ENGINE};
use kernel::verdict::CoverCount;
use rayon::prelude::*;
use relu_core::number::cell::RealCell;
use relu_core::number::rational::Rational;
use theorems::draw::Limits;
use theorems::generate::Stream;
use theorems::machine::Memory;
use theorems::statement::{Statement, evaluate};
use theorems::value::{Backend, Value};

mod one;
mod tally;

use one::{One, decide};
use tally::{Draw, Sizes};

pub use tally::{Found, Report};

/// Instances drawn between two looks at what was found.
const CHUNK: u64 = 4096;
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

fn draw(statement: &Statement, plan: Plan<'_>, index: u64, memory: &mut Memory) -> Draw {
    let mut stream = Stream::for_instance(plan.seed, &statement.id, ENGINE, index);
    let Some(instance) = statement.draw(&mut stream, Limits::default(), memory) else {
        let nothing = || One::new(Drawn::Nothing);
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

/// A constant with the values of the instance of this index, drawn again: values are written down for one draw only.
fn proposal(
    statement: &Statement,
    conclusion: usize,
    seed: u64,
    (constant, index): (Rational, u64),
) -> Option<Proposal> {
    let mut stream = Stream::for_instance(seed, &statement.id, ENGINE, index);
    let instance = statement.draw(&mut stream, Limits::default(), &mut Memory::default())?;
    let line = RealCell::line();
    let assignment = statement.assignment(conclusion, &instance.environment, &line)?;
    Some(Proposal {
        constant,
        assignment,
    })
}
