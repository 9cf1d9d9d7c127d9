//! How a claim stands against its file, by rule from its record.

use super::words::{Dropped, ErratumClass, Expect, Needed, Status, Tight};
use super::{ClaimRecord, HypothesisRecord, MutantRecord};

/// How a claim stands against its file. The order is the order of importance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Two evaluations disagree.
    Broken,
    /// The expectation of the claim, of a mutant or of a hypothesis is contradicted.
    Contradicted,
    /// No verdict where one was required.
    NoVerdict,
    /// Nothing is contradicted, but less was reached than the file promises.
    Weaker,
    /// A conjecture was decided.
    News,
    /// As expected.
    AsExpected,
}

impl Standing {
    /// Whether the claim is as expected: nothing falls short of the file.
    pub const fn is_expected(self) -> bool {
        matches!(self, Self::News | Self::AsExpected)
    }
}

impl ClaimRecord {
    /// Whether the claim may be shown as green: it is marked green and its status is INSTANCE, BOX or PROVED.
    pub const fn is_green(&self) -> bool {
        self.green && self.status.may_be_green()
    }

    /// Whether the statement is refuted as printed only because a hypothesis is missing (class H).
    pub fn needs_hypothesis(&self) -> bool {
        self.status == Status::Refuted
            && self
                .erratum
                .as_ref()
                .is_some_and(|erratum| erratum.class == ErratumClass::Hypothesis)
    }

    /// Whether the file promises that the best ratio reaches 1 and a verdict was reached without it.
    pub fn misses_tightness(&self) -> bool {
        self.tight == Some(Tight::Attained)
            && self.status.rung().is_some()
            && self.best_ratio.as_deref() != Some("1")
    }

    /// Whether the status is below the lowest rung the file accepts.
    pub fn is_below_rung(&self) -> bool {
        matches!((self.status.rung(), self.rung), (Some(reached), Some(lowest)) if reached < lowest)
    }

    /// How the claim stands against its file.
    pub fn standing(&self) -> Standing {
        self.shortfalls()
            .iter()
            .map(|(standing, _)| *standing)
            .min()
            .unwrap_or_else(|| {
                let decided = self.status == Status::Refuted || self.is_green();
                if self.expect == Some(Expect::Conjecture) && decided {
                    Standing::News
                } else {
                    Standing::AsExpected
                }
            })
    }

    /// Everything in which the claim falls short of its file, with the words for it; empty iff it is as expected.
    pub fn shortfalls(&self) -> Vec<(Standing, String)> {
        let mut found = self.statement_shortfalls();
        found.extend(self.mutants.iter().filter_map(MutantRecord::shortfall));
        found
    }

    /// The shortfalls of the statement and its hypotheses, without those of its mutants.
    pub fn statement_shortfalls(&self) -> Vec<(Standing, String)> {
        let mut found = Vec::new();
        let status = self.status;
        match (self.expect, status) {
            (_, Status::Broken) => {
                found.push((Standing::Broken, "BROKEN, see its messages".to_owned()))
            }
            (Some(Expect::Holds), Status::Refuted) => {
                found.push((
                    Standing::Contradicted,
                    "REFUTED, expected to hold".to_owned(),
                ));
            }
            (Some(Expect::Refuted), Status::Refuted) if self.witness.is_none() => {
                found.push((
                    Standing::Contradicted,
                    "REFUTED without a witness that replays".to_owned(),
                ));
            }
            (Some(Expect::Refuted), Status::Refuted) => {}
            (Some(Expect::Refuted), _) => {
                found.push((
                    Standing::Contradicted,
                    format!("{status}, expected to be refuted"),
                ));
            }
            (_, status) if status.is_non_verdict() => {
                found.push((Standing::NoVerdict, format!("{status}, no verdict")));
            }
            _ => {}
        }
        if let (true, Some(lowest)) = (self.is_below_rung(), self.rung) {
            found.push((
                Standing::Weaker,
                format!("{status}, the file asks for at least {lowest}"),
            ));
        }
        if self.misses_tightness() {
            let reached = self.best_ratio.as_deref().unwrap_or("no ratio");
            found.push((
                Standing::Weaker,
                format!("the ratio 1 is promised, {reached} was reached"),
            ));
        }
        found.extend(
            self.hypotheses
                .iter()
                .filter_map(HypothesisRecord::shortfall),
        );
        found
    }
}

impl MutantRecord {
    /// In what the mutant falls short of the file; none if it is as expected or better.
    pub fn shortfall(&self) -> Option<(Standing, String)> {
        let Self {
            id,
            expect,
            outcome,
            ..
        } = self;
        let words = || format!("mutant `{id}` is {outcome}, expected {expect}");
        if outcome.contradicts(*expect) {
            Some((Standing::Contradicted, words()))
        } else {
            outcome
                .is_weaker_than(*expect)
                .then(|| (Standing::Weaker, words()))
        }
    }
}

impl HypothesisRecord {
    /// In what the hypothesis falls short of the file: it is said to be needed and is idle, or the reverse.
    pub fn shortfall(&self) -> Option<(Standing, String)> {
        let Self {
            id,
            needed,
            outcome,
            ..
        } = self;
        let dies = matches!(outcome, Dropped::Killed | Dropped::Rejected);
        match needed {
            Needed::Yes if *outcome == Dropped::AliveProved => Some((
                Standing::Contradicted,
                format!("hypothesis `{id}` is idle, said to be needed"),
            )),
            Needed::Yes if *outcome == Dropped::Unresolved => Some((
                Standing::Weaker,
                format!("dropping hypothesis `{id}` is not refuted, it is said to be needed"),
            )),
            Needed::No if dies => Some((
                Standing::Contradicted,
                format!("hypothesis `{id}` is needed, said to be idle"),
            )),
            _ => None,
        }
    }
}
