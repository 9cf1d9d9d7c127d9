//! What all draws together found.

use kernel::fit::Proposal;
use kernel::redraw::{Drawn, REDRAWN, Said};
use kernel::verdict::{CoverCount, Draws};
use relu_core::number::rational::Rational;
use theorems::assignment::Assignment;
use theorems::value::Value;

use crate::draws::one::{Failing, One};

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
    pub(super) forcing: Option<(Rational, u64)>,
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

/// One instance with what it says about every conclusion.
pub(super) struct Draw {
    pub(super) conclusions: Vec<Option<One>>,
    pub(super) cover: Option<Vec<bool>>,
    pub(super) sizes: Sizes,
}

/// Largest sizes met, for the words of the scope table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sizes {
    inputs: usize,
    depth: usize,
    width: usize,
}

impl Sizes {
    pub(super) fn of(environment: &[Value]) -> Self {
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

    pub(super) fn max(self, other: Self) -> Self {
        Self {
            inputs: self.inputs.max(other.inputs),
            depth: self.depth.max(other.depth),
            width: self.width.max(other.width),
        }
    }

    pub(super) fn words(self) -> String {
        if self.depth == 0 {
            return "small rational values".to_owned();
        }
        format!(
            "inputs ≤ {}, depth ≤ {}, width ≤ {}",
            self.inputs, self.depth, self.width
        )
    }
}

impl Report {
    /// Counts a draw.
    pub(super) fn count(&mut self, index: u64, draw: Draw) {
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
