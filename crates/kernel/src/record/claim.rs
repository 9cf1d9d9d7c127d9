//! What one run found about one claim.

use super::words::{
    Dropped, ErratumClass, Expect, How, Kind, Needed, Outcome, Rung, Status, Stop, Tight,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one run found about one claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// Id, equal to the stem of the claim file.
    pub id: String,
    /// Area, equal to the folder of the claim file.
    pub area: String,
    /// Title in words.
    pub title: String,
    /// Kind of statement.
    pub kind: Kind,
    /// What the file expects; none for a schema claim.
    pub expect: Option<Expect>,
    /// What the run found.
    pub status: Status,
    /// Whether no scope row of the deciding engine is narrower than the statement's own range.
    pub green: bool,
    /// Whether nothing about this claim contradicts or falls short of its file.
    pub as_expected: bool,
    /// The lowest rung the file accepts.
    #[serde(default)]
    pub rung: Option<Rung>,
    /// Canonical text of the statement, lets and constants expanded.
    pub statement: String,
    /// Hash of the typed statement and of the revision of every native in it.
    pub statement_sha256: String,
    /// Where the statement is printed.
    pub source: SourceRecord,
    /// The claim file, at the conclusion.
    #[serde(default)]
    pub file: Option<Located>,
    /// Every named conclusion with its own status.
    pub conclusions: Vec<ConclusionRecord>,
    /// One row per engine, conclusion and quantified variable.
    pub scope: Vec<ScopeRow>,
    /// The finite statement the claim was reduced to.
    #[serde(default)]
    pub reduction: Option<Reduction>,
    /// Number of instances that were judged, over all engines.
    pub trials: u64,
    /// What each engine did, by name.
    pub engines: BTreeMap<String, EngineRecord>,
    /// Largest exact ratio of left to right side met for a conclusion lhs ≤ rhs with rhs > 0.
    pub best_ratio: Option<String>,
    /// What the file promises about the ratio.
    pub tight: Option<Tight>,
    /// The exact counterexample.
    pub witness: Option<WitnessRecord>,
    /// The object that attains the best ratio.
    pub extremal: Option<WitnessRecord>,
    /// The certificate that closes a box or all cells.
    pub certificate: Option<CertificateRecord>,
    /// The attached proof.
    pub proof: Option<ProofRecord>,
    /// Every mutant of the statement.
    pub mutants: Vec<MutantRecord>,
    /// Every named hypothesis and what dropping it showed.
    pub hypotheses: Vec<HypothesisRecord>,
    /// What the run had to cover.
    #[serde(default)]
    pub cover: Vec<CoverRecord>,
    /// How many draws are left after each hypothesis, in order.
    #[serde(default)]
    pub funnel: Vec<FunnelStep>,
    /// Number of draws that met no hypothesis.
    #[serde(default)]
    pub vacuous: u64,
    /// Number of draws where a comparison could not be decided.
    #[serde(default)]
    pub undecided: u64,
    /// Number of draws where a conclusion was undefined.
    #[serde(default)]
    pub undefined: u64,
    /// Id of the corrected claim.
    pub repair: Option<String>,
    /// What the correction says, in words: for a missing hypothesis, the hypothesis.
    #[serde(default)]
    pub repair_text: Option<String>,
    /// What survives of the source's argument.
    pub impact: Option<String>,
    /// The reading of the source that is registered here.
    #[serde(default)]
    pub reading: Option<String>,
    /// The erratum this claim belongs to.
    #[serde(default)]
    pub erratum: Option<ErratumRecord>,
    /// A remark of the file.
    #[serde(default)]
    pub note: Option<String>,
    /// Claims this one uses.
    #[serde(default)]
    pub uses: Vec<String>,
    /// Tags of the file.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The command that checks this claim again.
    #[serde(default)]
    pub replay: Option<String>,
    /// Everything else the run has to say.
    pub messages: Vec<String>,
}

/// Where a statement is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// Key of the bibliography.
    pub cite: String,
    /// Place in the source.
    pub locator: String,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// Path relative to the repository.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A named conclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConclusionRecord {
    /// Its name.
    pub name: String,
    /// What the run found about it.
    pub status: Status,
    /// Whether its scope is as wide as the statement.
    #[serde(default)]
    pub green: bool,
    /// Largest exact ratio of its left to its right side.
    #[serde(default)]
    pub best_ratio: Option<String>,
}

/// How one engine covered the range of one variable for one conclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeRow {
    /// The engine; empty if the row belongs to no engine.
    #[serde(default)]
    pub engine: String,
    /// The conclusion.
    pub conclusion: String,
    /// The variable.
    pub var: String,
    /// The manner.
    pub how: How,
    /// The set, the number or the range, in words.
    pub detail: String,
    /// Whether this is narrower than the range in the statement.
    #[serde(default)]
    pub narrower: bool,
}

/// The finite statement a claim was reduced to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reduction {
    /// The claims that make the finite statement suffice.
    pub by: Vec<String>,
    /// What the run found about the finite statement.
    pub status: Status,
}

/// What one engine did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineRecord {
    /// Instances it judged.
    pub trials: u64,
    /// Largest exact ratio it met.
    pub best_ratio: Option<String>,
    /// Why it stopped.
    pub stop: Stop,
}

/// A witness, or the object that attains the best ratio.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WitnessRecord {
    /// The file that holds it.
    pub path: String,
    /// One line in words.
    pub summary: String,
    /// The value of every quantified variable, in the order of the prefix.
    #[serde(default)]
    pub assignment: Vec<Value>,
    /// The exact values of the two sides.
    #[serde(default)]
    pub values: Option<Values>,
}

/// A named exact value as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// Name of the variable.
    pub name: String,
    /// Exact value in the syntax of the claim language.
    pub value: String,
}

/// The exact values of the two sides of a conclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    /// Left side.
    pub lhs: String,
    /// Right side.
    pub rhs: String,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateRecord {
    /// What is listed: a split tree, cells, pieces.
    pub kind: String,
    /// Number of parts.
    pub size: u64,
}

/// A proof attached to a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofRecord {
    /// Name of the theorem.
    pub theorem: String,
    /// The proof checker and its version.
    pub checker: String,
    /// The axioms it printed.
    pub axioms: Vec<String>,
    /// Whether the checker accepted it in this run.
    pub checked: bool,
}

/// A mutant of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MutantRecord {
    /// Its id within the claim.
    pub id: String,
    /// What the file expects.
    pub expect: Outcome,
    /// What the run found.
    pub outcome: Outcome,
    /// Summary of the exact witness that killed it.
    pub witness: Option<String>,
    /// The edits, in the words of the file.
    #[serde(default)]
    pub edits: Vec<String>,
    /// Why the outcome is expected.
    #[serde(default)]
    pub why: Option<String>,
}

/// A named hypothesis and what dropping it showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HypothesisRecord {
    /// Its name.
    pub id: String,
    /// Whether the file says that it is needed.
    pub needed: Needed,
    /// What dropping it showed.
    pub outcome: Dropped,
    /// Summary of the exact witness against the statement without it.
    #[serde(default)]
    pub witness: Option<String>,
    /// Why, in the words of the file.
    #[serde(default)]
    pub why: Option<String>,
}

/// Something the run had to cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverRecord {
    /// Its name.
    pub name: String,
    /// The share that was reached, `p/q`, or the count if `at_least` is a count.
    pub share: String,
    /// What was required.
    pub at_least: String,
    /// Whether it was reached.
    pub met: bool,
}

/// One step of the hypothesis funnel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunnelStep {
    /// The restriction or hypothesis that was imposed.
    pub name: String,
    /// Number of draws that meet it and all before it.
    pub left: u64,
}

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
    /// A record with these words and nothing else: INCOMPLETE, no evidence.
    pub fn new(id: &str, area: &str, title: &str, kind: Kind, expect: Option<Expect>) -> Self {
        Self {
            id: id.to_owned(),
            area: area.to_owned(),
            title: title.to_owned(),
            kind,
            expect,
            status: Status::Incomplete,
            green: false,
            as_expected: false,
            rung: None,
            statement: String::new(),
            statement_sha256: String::new(),
            source: SourceRecord::default(),
            file: None,
            conclusions: Vec::new(),
            scope: Vec::new(),
            reduction: None,
            trials: 0,
            engines: BTreeMap::new(),
            best_ratio: None,
            tight: None,
            witness: None,
            extremal: None,
            certificate: None,
            proof: None,
            mutants: Vec::new(),
            hypotheses: Vec::new(),
            cover: Vec::new(),
            funnel: Vec::new(),
            vacuous: 0,
            undecided: 0,
            undefined: 0,
            repair: None,
            repair_text: None,
            impact: None,
            reading: None,
            erratum: None,
            note: None,
            uses: Vec::new(),
            tags: Vec::new(),
            replay: None,
            messages: Vec::new(),
        }
    }

    /// Whether the claim may be shown as green: it is marked green and its status is INSTANCE, BOX or PROVED.
    pub const fn is_green(&self) -> bool {
        self.green && self.status.may_be_green()
    }

    /// Whether the statement is refuted as printed only because a hypothesis is missing (class H).
    pub fn needs_hypothesis(&self) -> bool {
        self.status == Status::Refuted
            && self.erratum.as_ref().is_some_and(|erratum| erratum.class == ErratumClass::Hypothesis)
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
        self.shortfalls().iter().map(|(standing, _)| *standing).min().unwrap_or_else(|| {
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
            (_, Status::Broken) => found.push((Standing::Broken, "two evaluations disagree: BROKEN".to_owned())),
            (Some(Expect::Holds), Status::Refuted) => {
                found.push((Standing::Contradicted, "REFUTED, expected to hold".to_owned()));
            }
            (Some(Expect::Refuted), Status::Refuted) if self.witness.is_none() => {
                found.push((Standing::Contradicted, "REFUTED without a witness that replays".to_owned()));
            }
            (Some(Expect::Refuted), Status::Refuted) => {}
            (Some(Expect::Refuted), _) => {
                found.push((Standing::Contradicted, format!("{status}, expected to be refuted")));
            }
            (_, status) if status.is_non_verdict() => {
                found.push((Standing::NoVerdict, format!("{status}, no verdict")));
            }
            _ => {}
        }
        if let (true, Some(lowest)) = (self.is_below_rung(), self.rung) {
            found.push((Standing::Weaker, format!("{status}, the file asks for at least {lowest}")));
        }
        if self.misses_tightness() {
            let reached = self.best_ratio.as_deref().unwrap_or("no ratio");
            found.push((Standing::Weaker, format!("the ratio 1 is promised, {reached} was reached")));
        }
        found.extend(self.hypotheses.iter().filter_map(HypothesisRecord::shortfall));
        found
    }
}

impl MutantRecord {
    /// In what the mutant falls short of the file; none if it is as expected or better.
    pub fn shortfall(&self) -> Option<(Standing, String)> {
        let Self { id, expect, outcome, .. } = self;
        let words = || format!("mutant `{id}` is {outcome}, expected {expect}");
        if outcome.contradicts(*expect) {
            Some((Standing::Contradicted, words()))
        } else {
            outcome.is_weaker_than(*expect).then(|| (Standing::Weaker, words()))
        }
    }
}

impl HypothesisRecord {
    /// In what the hypothesis falls short of the file: it is said to be needed and is idle, or the reverse.
    pub fn shortfall(&self) -> Option<(Standing, String)> {
        let Self { id, needed, outcome, .. } = self;
        let dies = matches!(outcome, Dropped::Killed | Dropped::Rejected);
        match needed {
            Needed::Yes if *outcome == Dropped::AliveProved => {
                Some((Standing::Contradicted, format!("hypothesis `{id}` is idle, said to be needed")))
            }
            Needed::Yes if *outcome == Dropped::Unresolved => {
                Some((Standing::Weaker, format!("dropping hypothesis `{id}` is not refuted, it is said to be needed")))
            }
            Needed::No if dies => Some((Standing::Contradicted, format!("hypothesis `{id}` is needed, said to be idle"))),
            _ => None,
        }
    }
}

/// The erratum a claim belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErratumRecord {
    /// Its number in the list of errata.
    pub id: String,
    /// Its class under the most charitable reading.
    pub class: ErratumClass,
}
