//! The data of `run.json`: what one run found, as plain values.
//!
//! The record is the only thing a report reads. It holds words from closed lists ([`CLOSED_LISTS`]), exact rationals as strings `p/q`, counts, and texts;
//! no floating-point number and, outside [`Timing`], no time. Maps are ordered, so equal runs have equal bytes.
//!
//! The kernel makes the verdicts; this module only stores them, and derives from them what follows by rule: the standing of a claim
//! against its expectation ([`ClaimRecord::standing`]), the summary and the exit code ([`RunRecord::settle`]).

mod claim;
mod evidence;
mod exit;
mod standing;
mod tightness;
mod words;

pub use claim::ClaimRecord;
pub use evidence::{
    CertificateRecord, ConclusionRecord, CoverRecord, EngineRecord, ErratumRecord, FittedRecord,
    FunnelStep, HypothesisRecord, Located, MutantRecord, ProofRecord, Reduction, ScopeRow,
    SourceRecord, Value, Values, WitnessRecord,
};
pub use exit::{Exit, PRECEDENCE, Reason};
pub use standing::Standing;
pub use tightness::{Grid, Moved, RefutedAt, TightnessRecord, TightnessRun};
pub use words::{
    CLOSED_LISTS, Change, Dropped, ErratumClass, Expect, How, Kind, Needed, Outcome, ReplayOutcome,
    Rung, Severity, Status, Stop, Tight, UnknownWord,
};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format of the record; raised when a field changes its meaning or a closed list gains a word.
pub const FORMAT: u32 = 1;

/// Everything one run found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRecord {
    /// The format, [`FORMAT`].
    pub format: u32,
    /// The program that made the record.
    pub tool: Tool,
    /// The profile of budgets: quick, default or deep.
    pub profile: String,
    /// The root seed of every draw.
    pub seed: u64,
    /// What was registered and what was selected.
    pub registry: Registry,
    /// Whether the run was interrupted before it was complete.
    #[serde(default)]
    pub interrupted: bool,
    /// Counts over the claims; filled by [`RunRecord::settle`].
    pub summary: Summary,
    /// The exit code and every reason; filled by [`RunRecord::settle`].
    pub exit: Exit,
    /// The budgets of the profile in fuel, by name.
    #[serde(default)]
    pub budget: BTreeMap<String, u64>,
    /// Versions of the external checkers that were consulted, by name.
    #[serde(default)]
    pub checkers: BTreeMap<String, String>,
    /// One-line citations of the sources, by key.
    #[serde(default)]
    pub bibliography: BTreeMap<String, String>,
    /// One record per selected claim, in the order of the registry.
    pub claims: Vec<ClaimRecord>,
    /// Ids of the registered claims that were not selected.
    #[serde(default)]
    pub not_selected: Vec<String>,
    /// Findings about claim files.
    #[serde(default)]
    pub diagnostics: Vec<DiagnosticRecord>,
    /// Stored evidence that was replayed.
    #[serde(default)]
    pub replays: Vec<Replay>,
    /// The comparison with the baseline; none if there was none.
    #[serde(default)]
    pub baseline: Option<BaselineRecord>,
    /// Faults outside every claim.
    #[serde(default)]
    pub faults: Vec<String>,
    /// All times of the run; the only part that differs between equal runs.
    #[serde(default)]
    pub timing: Timing,
}

/// The program that made a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Name of the program.
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// Commit it was built from, if known.
    #[serde(default)]
    pub commit: Option<String>,
}

/// What was registered and what was selected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registry {
    /// Number of registered claims.
    pub claims: usize,
    /// Number of sources they cite.
    pub sources: usize,
    /// Number of claims selected for this run.
    #[serde(default)]
    pub selected: usize,
}

/// Counts over the claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Number of claims by status; every status is present.
    pub by_status: BTreeMap<Status, usize>,
    /// Number of claims that are not as expected.
    pub unexpected: usize,
    /// Counts over all mutants.
    pub mutants: MutantCounts,
}

/// Counts of mutants by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MutantCounts {
    /// All mutants that were tried.
    pub tried: usize,
    /// Killed by an exact witness.
    pub killed: usize,
    /// Rejected by a statistical test.
    pub rejected: usize,
    /// Certified to hold.
    pub alive_proved: usize,
    /// Neither.
    pub unresolved: usize,
    /// True variants that survived.
    pub control: usize,
}

impl MutantCounts {
    /// Counts the mutants of one claim.
    pub fn of(mutants: &[MutantRecord]) -> Self {
        let mut counts = Self::default();
        for mutant in mutants {
            counts.tried += 1;
            match mutant.outcome {
                Outcome::Killed => counts.killed += 1,
                Outcome::Rejected => counts.rejected += 1,
                Outcome::AliveProved => counts.alive_proved += 1,
                Outcome::Unresolved => counts.unresolved += 1,
                Outcome::Control => counts.control += 1,
            }
        }
        counts
    }

    /// The sum of two counts.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            tried: self.tried + other.tried,
            killed: self.killed + other.killed,
            rejected: self.rejected + other.rejected,
            alive_proved: self.alive_proved + other.alive_proved,
            unresolved: self.unresolved + other.unresolved,
            control: self.control + other.control,
        }
    }
}

/// A finding about a claim file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticRecord {
    /// The code, such as C0303.
    pub code: String,
    /// How serious it is.
    pub severity: Severity,
    /// Where it is.
    pub at: Located,
    /// What is wrong.
    pub message: String,
}

impl From<&claim_language::diagnostic::Record> for DiagnosticRecord {
    fn from(record: &claim_language::diagnostic::Record) -> Self {
        Self {
            code: record.code.to_owned(),
            severity: record.severity.parse().unwrap_or(Severity::Error),
            at: Located {
                path: record.path.clone(),
                line: record.start.line,
                column: record.start.column,
            },
            message: record.message.clone(),
        }
    }
}

/// A stored witness or certificate that was replayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// The file.
    pub path: String,
    /// The claim it is about.
    pub claim: String,
    /// What the replay showed.
    pub outcome: ReplayOutcome,
    /// Expected and got, if they differ.
    #[serde(default)]
    pub detail: Option<String>,
}

/// The comparison with the baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineRecord {
    /// What got worse.
    #[serde(default)]
    pub regressions: Vec<Difference>,
    /// What got better, or changed and must be reviewed by eye.
    #[serde(default)]
    pub news: Vec<Difference>,
}

/// One difference from the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The claim.
    pub claim: String,
    /// What differs.
    pub what: Change,
    /// Before and after, in words.
    pub detail: String,
}

/// All times of a run, in milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// From start to end.
    #[serde(default)]
    pub total: u64,
    /// Number of threads.
    #[serde(default)]
    pub workers: u64,
    /// By claim id.
    #[serde(default)]
    pub claims: BTreeMap<String, u64>,
}

impl RunRecord {
    /// An empty record of this format.
    pub fn new(tool: Tool, profile: &str, seed: u64) -> Self {
        Self {
            format: FORMAT,
            tool,
            profile: profile.to_owned(),
            seed,
            registry: Registry::default(),
            interrupted: false,
            summary: Summary::default(),
            exit: Exit::default(),
            budget: BTreeMap::new(),
            checkers: BTreeMap::new(),
            bibliography: BTreeMap::new(),
            claims: Vec::new(),
            not_selected: Vec::new(),
            diagnostics: Vec::new(),
            replays: Vec::new(),
            baseline: None,
            faults: Vec::new(),
            timing: Timing::default(),
        }
    }

    /// Fills everything that follows from the claims by rule: `as_expected` of each claim, [`Summary`] and [`Exit`].
    pub fn settle(&mut self) {
        for claim in &mut self.claims {
            claim.as_expected = claim.standing().is_expected();
        }
        self.registry.selected = self.claims.len();
        self.summary = self.summarised();
        self.exit = self.exit();
    }

    /// The summary of the claims as they stand.
    pub fn summarised(&self) -> Summary {
        let mut by_status: BTreeMap<Status, usize> =
            Status::ALL.iter().map(|&status| (status, 0)).collect();
        let mut mutants = MutantCounts::default();
        for claim in &self.claims {
            *by_status.entry(claim.status).or_default() += 1;
            mutants = mutants.plus(MutantCounts::of(&claim.mutants));
        }
        let unexpected = self
            .claims
            .iter()
            .filter(|claim| !claim.as_expected)
            .count();
        Summary {
            by_status,
            unexpected,
            mutants,
        }
    }

    /// The claim of this id.
    pub fn claim(&self, id: &str) -> Option<&ClaimRecord> {
        self.claims.iter().find(|claim| claim.id == id)
    }

    /// The same record without its times: equal runs have equal comparable parts.
    #[must_use]
    pub fn comparable(&self) -> Self {
        Self {
            timing: Timing::default(),
            ..self.clone()
        }
    }
}
