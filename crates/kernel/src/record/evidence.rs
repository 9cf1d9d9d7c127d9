//! The parts of a claim's record: conclusions, scope, engines, witnesses, certificates, mutants, hypotheses, coverage.

use super::words::{Dropped, ErratumClass, How, Needed, Outcome, Status, Stop};
use serde::{Deserialize, Serialize};

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
    /// Random instances that met the hypotheses and on which it holds.
    #[serde(default)]
    pub draws: u64,
    /// Largest exact ratio of its left to its right side.
    #[serde(default)]
    pub best_ratio: Option<String>,
    /// The constant of a bound up to a constant.
    #[serde(default)]
    pub fitted: Option<FittedRecord>,
}

/// The constant of a bound up to a constant: the largest that an instance needs. It is fitted, and proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FittedRecord {
    /// The constant.
    pub constant: String,
    /// The instances it was fitted to.
    pub instances: u64,
    /// Whether these were drawn; otherwise they are all that the claim file lists.
    pub drawn: bool,
    /// The first instance that needs it, with the two sides there.
    pub forced_by: WitnessRecord,
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
    /// Why they make it suffice, in words.
    #[serde(default)]
    pub argument: Option<String>,
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

/// The erratum a claim belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErratumRecord {
    /// Its number in the list of errata.
    pub id: String,
    /// Its class under the most charitable reading.
    pub class: ErratumClass,
}
