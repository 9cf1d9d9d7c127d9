//! The claim: one statement with everything that is said about it.

use std::ops::Range;
use std::sync::Arc;

use super::schema::{RawOwn, RawStatement};
use super::table::Text;
use super::words::{ErratumClass, Expect, Kind, MutantExpect, Rung, Tight};
use super::{Binder, Conclusion, Constant, Cover, Hypothesis, Let, Quantifier, Search, SourceFile};

/// A claim file whose formulas are typed.
///
/// Places (`span` fields) are byte ranges of [`Claim::file`], for diagnostics raised later.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Kebab-case, the stem of the file; `claim/mutant` for a mutated statement.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// The area of the theory, one of [`super::Area::WORDS`].
    pub area: String,
    /// What sort of statement it is.
    pub kind: Kind,
    /// What a run must find; `None` exactly for a schema claim.
    pub expect: Option<Expect>,
    /// The lowest acceptable rung; `None`: any.
    pub rung: Option<Rung>,
    /// Free words.
    pub tags: Vec<String>,
    /// Ids of claims and definitions it builds on.
    pub uses: Vec<String>,
    /// Where the statement is printed.
    pub source: Source,
    /// Explicit constants, by dependency.
    pub constants: Vec<Constant>,
    /// Abbreviations, by dependency.
    pub lets: Vec<Let>,
    /// The quantifiers of the statement in order.
    pub quantify: Vec<Quantifier>,
    /// The hypotheses in the order of the file.
    pub assume: Vec<Hypothesis>,
    /// The conclusions in the order of the file; empty exactly for a schema claim.
    pub conclusions: Vec<Conclusion>,
    /// Budgets and the objective.
    pub search: Search,
    /// What the instances met must include.
    pub cover: Vec<Cover>,
    /// The order in which witnesses are compared, most important first.
    pub minimise: Vec<String>,
    /// Wrong or true variants with their expected outcome.
    pub mutants: Vec<Mutant>,
    /// The pinned witness, a file under `theorems/witnesses`.
    pub witness: Option<String>,
    /// Whether the bound is sharp.
    pub tight: Option<Tight>,
    /// The corrected claim of a statement that is false as printed.
    pub repair: Option<Repair>,
    /// What survives of a statement that is false as printed.
    pub impact: Option<String>,
    /// Which reading of an ambiguous source this is.
    pub reading: Option<String>,
    /// The erratum it belongs to.
    pub erratum: Option<Erratum>,
    /// A remark for the card.
    pub note: Option<String>,
    /// The words of a schema claim.
    pub prose: Option<String>,
    /// The claim that refutes a schema claim, with the argument.
    pub refuted_by: Option<Implication>,
    /// The claim that implies a schema claim, with the argument.
    pub implied_by: Option<Implication>,
    /// The table `[reduce]` as written.
    pub reduce: Option<RawTable>,
    /// What it is reduced to.
    pub reduction: Option<Reduction>,
    /// The table `[test]` as written.
    pub test: Option<RawTable>,
    /// Whether a conclusion is a bound up to a constant, `≲` or `O(…)`: no rung above `sampled` is reached.
    pub asymptotic: bool,
    /// The file it was read from.
    pub file: Arc<SourceFile>,
    /// The statement as text; what edits work on.
    pub(crate) raw: Arc<RawStatement>,
}

/// Where a statement is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A key of the bibliography.
    pub cite: String,
    /// Theorem number or slide title.
    pub locator: String,
    /// The quantifier prefix as printed.
    pub prefix: Option<Vec<(Binder, String)>>,
    /// The statement in TeX as printed.
    pub tex: Option<String>,
}

/// A variant of the statement with its expected outcome.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Unique in the claim.
    pub id: String,
    /// How it must end.
    pub expect: MutantExpect,
    /// The conclusion that must fail; `None`: any.
    pub kills: Option<String>,
    /// The edits as written, `path: pattern => replacement`; empty if it has its own statement.
    pub edits: Vec<String>,
    /// Its own statement.
    pub own: Option<OwnStatement>,
    /// Why it ends like this.
    pub why: Option<String>,
    /// Its pinned witness, a file under `theorems/witnesses`.
    pub witness: Option<String>,
    /// The place of the id.
    pub span: Range<usize>,
    /// The edits with their places.
    pub(crate) raw_edits: Vec<Text>,
    /// The own statement as text.
    pub(crate) raw_own: Option<RawOwn>,
}

/// The statement of a mutant that is not an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnStatement {
    /// Its quantifiers.
    pub quantify: Vec<Quantifier>,
    /// Its hypotheses.
    pub assume: Vec<Hypothesis>,
    /// The abbreviations it uses, its own and the claim's.
    pub lets: Vec<Let>,
    /// Its conclusions.
    pub conclusions: Vec<Conclusion>,
}

/// The corrected claim beside a statement that is false as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The id of the corrected claim.
    pub id: String,
    /// What was changed, in words.
    pub text: Option<String>,
}

/// The entry of an errata list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erratum {
    /// Its number.
    pub id: String,
    /// Its class under the most charitable reading.
    pub class: ErratumClass,
}

/// A claim that settles a schema claim, with the argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Implication {
    /// The id of the claim.
    pub claim: String,
    /// Why it settles this one.
    pub argument: String,
}

/// The statement that is decided in the place of one over objects without a finite description, and why it suffices.
#[derive(Clone, Debug)]
pub struct Reduction {
    /// The ids of the claims by which it suffices.
    pub by: Vec<String>,
    /// Why these suffice, in words.
    pub argument: Option<String>,
    /// The statement as text.
    pub(crate) own: RawOwn,
}

/// A table that is kept as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawTable {
    /// The place of its key.
    pub span: Range<usize>,
    /// Its entries in the order of the file; tables given by dotted keys are flattened.
    pub entries: Vec<RawEntry>,
}

/// One entry of a [`RawTable`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawEntry {
    /// The key, dotted if it was in a table inside.
    pub key: String,
    /// The source text of the value.
    pub text: String,
    /// The place of the value.
    pub span: Range<usize>,
}

impl Claim {
    /// The mutant of this name, or `None`.
    pub fn mutant(&self, id: &str) -> Option<&Mutant> {
        self.mutants.iter().find(|mutant| mutant.id == id)
    }

    /// The conclusion of this name, or `None`.
    pub fn conclusion(&self, name: &str) -> Option<&Conclusion> {
        self.conclusions
            .iter()
            .find(|conclusion| conclusion.name == name)
    }
}
