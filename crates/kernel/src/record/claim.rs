//! What one run found about one claim.

use super::evidence::{
    CertificateRecord, ConclusionRecord, CoverRecord, EngineRecord, ErratumRecord, FunnelStep,
    HypothesisRecord, Located, MutantRecord, ProofRecord, Reduction, ScopeRow, SourceRecord,
    WitnessRecord,
};
use super::words::{Expect, Kind, Rung, Status, Tight};
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
}
