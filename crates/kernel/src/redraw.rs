//! Draws the first instances of a claim again and compares what search said about them.

use relu_core::number::rational::Rational;
use theorems::decide::Ranges;
use theorems::draw::Limits;
use theorems::generate::Stream;
use theorems::machine::Memory;
use theorems::statement::{Outcome, Statement};
use theorems::value::Backend;

use crate::fit::needed;

/// How many instances are drawn again.
pub const REDRAWN: u64 = 256;

/// What one draw said, over all cells of the symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Drawn {
    /// No instance could be drawn.
    Nothing,
    /// A hypothesis or range is false everywhere.
    Vacuous,
    /// True wherever the hypotheses are.
    Holds,
    /// False somewhere; for an almost-all statement perhaps only at an exceptional point.
    Fails,
    /// Undecided somewhere, and false nowhere.
    Undecided,
    /// Undefined somewhere, and neither false nor undecided anywhere.
    Undefined,
}

impl Drawn {
    /// The summary of the outcomes of one instance over the cells.
    pub fn of<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Self {
        let mut summary = Self::Vacuous;
        for outcome in outcomes {
            let next = match outcome {
                Outcome::Fails => return Self::Fails,
                Outcome::Undecided(_) => Self::Undecided,
                Outcome::Undefined(_) => Self::Undefined,
                Outcome::Holds => Self::Holds,
                Outcome::Vacuous => Self::Vacuous,
            };
            let rank = |drawn| match drawn {
                Self::Undecided => 3,
                Self::Undefined => 2,
                Self::Holds => 1,
                _ => 0,
            };
            if rank(next) > rank(summary) {
                summary = next;
            }
        }
        summary
    }
}

/// What one draw said, with the constant it needs if the conclusion is a bound up to a constant that holds there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The outcome.
    pub drawn: Drawn,
    /// The constant.
    pub needed: Option<Rational>,
}

impl Said {
    /// The outcome, and the constant where there is one.
    pub fn words(&self) -> String {
        match &self.needed {
            Some(constant) => format!("{:?} with constant {constant}", self.drawn),
            None => format!("{:?}", self.drawn),
        }
    }
}

impl From<Drawn> for Said {
    fn from(drawn: Drawn) -> Self {
        Self {
            drawn,
            needed: None,
        }
    }
}

/// The engine name under which instances are drawn; part of their seed.
pub const ENGINE: &str = "draws";

/// One draw of a conclusion by (seed, claim, index) with a backend.
pub fn draw(
    statement: &Statement,
    conclusion: usize,
    seed: u64,
    index: u64,
    backend: Backend,
    memory: &mut Memory,
) -> Said {
    let mut stream = Stream::for_instance(seed, &statement.id, ENGINE, index);
    let Some(mut instance) = statement.draw(&mut stream, Limits::default(), memory) else {
        return Drawn::Nothing.into();
    };
    let ranges = if backend == Backend::Reference {
        Ranges::Check
    } else {
        instance.ranges
    };
    let outcomes = statement.over_cells(
        conclusion,
        &mut instance.environment,
        ranges,
        backend,
        memory,
    );
    let drawn = Drawn::of(outcomes.iter().map(|(_, outcome)| outcome));
    let needed = (drawn == Drawn::Holds)
        .then(|| {
            needed(
                statement,
                conclusion,
                &instance.environment,
                backend,
                memory,
            )
        })
        .flatten();
    Said {
        drawn,
        needed: needed.map(|needed| needed.constant),
    }
}

/// Whether one of the first draws of an almost-all conclusion holds on a full neighbourhood of its point; true for a
/// conclusion without an almost-all variable. Draws that only meet exceptional points are no evidence.
pub fn meets_generic_points(statement: &Statement, conclusion: usize, seed: u64) -> bool {
    let almost = statement.almost_all(conclusion);
    let mut memory = Memory::default();
    almost.is_empty()
        || (0..REDRAWN).any(|index| {
            let mut stream = Stream::for_instance(seed, &statement.id, ENGINE, index);
            let Some(mut instance) = statement.draw(&mut stream, Limits::default(), &mut memory)
            else {
                return false;
            };
            let environment = &mut instance.environment;
            let outcomes = statement.over_cells(
                conclusion,
                environment,
                Ranges::Check,
                Backend::Reference,
                &mut memory,
            );
            outcomes.iter().any(|(cell, outcome)| {
                *outcome == Outcome::Holds
                    && statement.nearby(
                        conclusion,
                        environment,
                        &almost,
                        cell,
                        Backend::Reference,
                        &mut memory,
                    ) == Ok(Some(Outcome::Holds))
            })
        })
}

/// The first index at which the kernel's evaluation differs from what search said, with both.
pub fn first_disagreement(
    statement: &Statement,
    conclusion: usize,
    seed: u64,
    said: &[Said],
) -> Option<(u64, Said, Said)> {
    let mut memory = Memory::default();
    for (index, said) in (0..REDRAWN).zip(said) {
        let found = draw(
            statement,
            conclusion,
            seed,
            index,
            Backend::Reference,
            &mut memory,
        );
        if found != *said {
            return Some((index, said.clone(), found));
        }
    }
    None
}
