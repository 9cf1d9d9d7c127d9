//! Makes the verdict on a claim from the evidence about its conclusions.
//!
//! The rung is computed from scope tables: any sampled row gives SAMPLED, otherwise INSTANCE; the claim's rung is the lowest
//! over its conclusions. A verdict is green only if no row is narrower than the range in the statement.

use claim_language::expr::NodeKind;
use claim_language::file::{Claim, Kind};
use claim_language::print::Binder;
use relu_core::number::rational::Rational;
use theorems::statement::{Range, Statement};

use crate::check::Refutation;
use crate::exhaust::Exhausted;
use crate::fit::Proposal;
use crate::record::{ConclusionRecord, How, ScopeRow, Status};
use crate::redraw::{REDRAWN, Said};

mod fitted;
mod rows;

use rows::{among_words, face_rows, finite_rows, small_rows};

/// What search reports about the draws of one conclusion; only the redrawn part of it is known to the kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draws {
    /// Instances asked for.
    pub tried: u64,
    /// No instance was found.
    pub nothing: u64,
    /// A hypothesis or range was false.
    pub vacuous: u64,
    /// The conclusion was true.
    pub holds: u64,
    /// The conclusion was false at an exceptional point of an almost-all statement.
    pub exceptional: u64,
    /// Undecided.
    pub undecided: u64,
    /// Why the first of them was undecided, or undefined if none was.
    pub reason: Option<String>,
    /// Undefined.
    pub undefined: u64,
    /// The construction of a `some … by` failed, which refutes nothing.
    pub construction_fails: u64,
    /// Largest inputs, depth and width met, in words.
    pub ranges: String,
    /// Whether no redrawn instance of an almost-all statement holds at a generic point.
    pub only_exceptional: bool,
    /// Whether the claim's fuel ended the draws early.
    pub out_of_fuel: bool,
}

impl Draws {
    /// Draws that met the hypotheses.
    pub fn met(&self) -> u64 {
        self.holds + self.exceptional + self.undecided + self.undefined + self.construction_fails
    }
}

/// Everything known about one conclusion.
#[derive(Clone, Debug, Default)]
pub struct ConclusionEvidence {
    /// An accepted refutation.
    pub refutation: Option<Refutation>,
    /// The enumeration of a finite scope.
    pub finite: Option<Exhausted>,
    /// All faces or pieces of named networks.
    pub faces: Option<(Exhausted, FaceScope)>,
    /// All faces of all networks of a small scope, with the scope in words.
    pub small: Option<(Exhausted, FaceScope, String)>,
    /// Random draws.
    pub draws: Option<Draws>,
    /// The largest exact lhs/rhs met, for a bound.
    pub best_ratio: Option<String>,
    /// The constant fitted to the draws of a bound up to a constant, as search found it.
    pub fitted: Option<Proposal>,
    /// The largest constant that an instance drawn again by the kernel needs.
    pub redrawn: Option<Rational>,
    /// Search and kernel disagree about a redrawn instance.
    pub disagreement: Option<(u64, Said, Said)>,
    /// The construction of an existence claim fails; this refutes nothing.
    pub construction_fails: bool,
}

/// How the point was exhausted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceScope {
    /// All full-dimensional cells.
    Cells,
    /// All faces of all dimensions.
    Faces,
    /// All pieces of the real line, as a symbol.
    Pieces,
}

impl FaceScope {
    fn words(self) -> &'static str {
        match self {
            Self::Cells => "all cells",
            Self::Faces => "all faces",
            Self::Pieces => "all pieces",
        }
    }
}

/// A demand on the instances met, counted by search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverCount {
    /// Its name.
    pub name: String,
    /// Instances that count.
    pub hits: u64,
    /// Instances that met the hypotheses.
    pub of: u64,
    /// Whether that is enough.
    pub met: bool,
}

/// The kernel's sentence on a claim.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The status of the claim.
    pub status: Status,
    /// Whether nothing checked is narrower than the statement.
    pub green: bool,
    /// The status of every conclusion.
    pub conclusions: Vec<ConclusionRecord>,
    /// The scope tables.
    pub scope: Vec<ScopeRow>,
    /// Reasons in words.
    pub messages: Vec<String>,
}

impl Verdict {
    /// The verdict on a claim.
    pub fn of(
        claim: &Claim,
        statement: &Statement,
        evidence: &[ConclusionEvidence],
        cover: &[CoverCount],
        interrupted: bool,
    ) -> Self {
        let mut verdict = Self {
            status: Status::Incomplete,
            green: false,
            conclusions: Vec::new(),
            scope: Vec::new(),
            messages: Vec::new(),
        };
        if statement.conclusions.is_empty() {
            verdict.status = Status::Cited;
            return verdict;
        }
        let refuted = evidence.iter().any(|found| found.refutation.is_some());
        if let Some((name, range)) = unevaluable(statement)
            && !refuted
        {
            verdict.status = Status::Cited;
            verdict.messages.push(format!(
                "`{name}` ranges over {range}, which can be printed but not evaluated"
            ));
            return verdict;
        }
        for (index, evidence) in evidence.iter().enumerate() {
            let (status, green) =
                verdict.conclusion(claim, statement, index, evidence, cover, interrupted);
            let (status, fitted) = verdict.fitted(statement, index, evidence, status);
            let (status, green) = if is_asymptotic(claim, statement, index) {
                (capped(status), false)
            } else {
                (status, green)
            };
            let name = statement.conclusions[index].name.clone();
            verdict.conclusions.push(ConclusionRecord {
                name,
                status,
                green,
                draws: evidence.draws.as_ref().map_or(0, |draws| draws.holds),
                best_ratio: evidence.best_ratio.clone(),
                fitted,
            });
        }
        let weakest = verdict
            .conclusions
            .iter()
            .min_by_key(|conclusion| strength(conclusion.status));
        verdict.status = weakest.map_or(Status::Incomplete, |conclusion| conclusion.status);
        verdict.green = verdict
            .conclusions
            .iter()
            .all(|conclusion| conclusion.green);
        verdict
    }

    fn conclusion(
        &mut self,
        claim: &Claim,
        statement: &Statement,
        index: usize,
        evidence: &ConclusionEvidence,
        cover: &[CoverCount],
        interrupted: bool,
    ) -> (Status, bool) {
        let name = &statement.conclusions[index].name;
        if evidence.refutation.is_some() {
            return (Status::Refuted, false);
        }
        if let Some((at, said, found)) = &evidence.disagreement {
            self.messages.push(format!(
                "{name}: search said {} of draw {at}, the kernel finds {}",
                said.words(),
                found.words()
            ));
            return (Status::Broken, false);
        }
        let failures = evidence
            .draws
            .as_ref()
            .map_or(0, |draws| draws.construction_fails);
        if evidence.construction_fails || failures > 0 {
            self.messages.push(format!(
                "{name}: the construction fails, which refutes nothing about existence"
            ));
            return (Status::Incomplete, false);
        }
        if let Some(variable) = without_construction(statement, index) {
            self.messages.push(format!(
                "{name}: nothing gives `{variable}` a value; add `by = '…'` or `among = […]` to its `some`"
            ));
            return (Status::Incomplete, false);
        }
        let unconfirmed: u64 = evidence
            .finite
            .iter()
            .chain(evidence.faces.iter().map(|(found, _)| found))
            .chain(evidence.small.iter().map(|(found, ..)| found))
            .map(|found| found.failed)
            .sum();
        if unconfirmed > 0 {
            self.messages.push(format!("{name}: false at {unconfirmed} parts of an enumerated scope, none confirmed as a witness"));
            return (Status::Incomplete, false);
        }
        let mut best: Option<(Status, bool)> = None;
        if let Some(found) = &evidence.finite {
            best = stronger(
                best,
                self.exhausted(
                    name,
                    "finite",
                    found,
                    || finite_rows(statement, index),
                    statement,
                ),
            );
        }
        if let Some((found, scope)) = &evidence.faces {
            let rows = || face_rows(statement, index, found, *scope);
            best = stronger(best, self.exhausted(name, "named", found, rows, statement));
        }
        if let Some((found, scope, words)) = &evidence.small {
            let rows = || small_rows(statement, index, found, *scope, words);
            best = stronger(
                best,
                self.exhausted(name, "exhaustive", found, rows, statement),
            );
        }
        if let Some(draws) = &evidence.draws {
            let sampled = self.sampled(claim, statement, index, draws, cover);
            best = match (best, sampled) {
                // A completed scope stands, unless the draws show that something is broken or uncovered.
                (Some(better), Some(Status::Sampled | Status::Incomplete) | None) => Some(better),
                (_, Some(status)) => Some((status, false)),
                (None, None) => None,
            };
        }
        match best {
            Some(found) => found,
            None => {
                if interrupted {
                    self.messages.push(format!("{name}: interrupted"));
                }
                (Status::Incomplete, false)
            }
        }
    }

    fn exhausted(
        &mut self,
        name: &str,
        engine: &str,
        found: &Exhausted,
        rows: impl Fn() -> Vec<(usize, How, String, bool)>,
        statement: &Statement,
    ) -> Option<(Status, bool)> {
        if let Some(reason) = &found.reason {
            self.messages.push(format!(
                "{name}: {} parts of the {engine} scope undecided: {reason}",
                found.undecided
            ));
        }
        if found.undefined > 0 {
            self.messages.push(format!(
                "{name}: undefined at {} parts of the {engine} scope",
                found.undefined
            ));
        }
        if found.instances == 0 {
            return None;
        }
        if !found.is_complete() {
            return None;
        }
        let mut green = true;
        for (slot, how, detail, narrower) in rows() {
            green &= !narrower;
            self.scope.push(ScopeRow {
                engine: engine.to_owned(),
                conclusion: name.to_owned(),
                var: statement.variables[slot].name.clone(),
                how,
                detail,
                narrower,
            });
        }
        Some((Status::Instance, green))
    }

    fn sampled(
        &mut self,
        claim: &Claim,
        statement: &Statement,
        index: usize,
        draws: &Draws,
        cover: &[CoverCount],
    ) -> Option<Status> {
        let name = &statement.conclusions[index].name;
        if draws.tried == 0 {
            return None;
        }
        for slot in statement.slots(index) {
            let variable = &statement.variables[slot];
            let (how, detail, narrower) = if variable.symbol.is_some() {
                (How::Symbolic, "all of ℝ".to_owned(), false)
            } else if variable.by.is_some() {
                (How::Constructed, String::new(), false)
            } else if variable.binder == Binder::Some {
                (How::Among, among_words(statement, slot), false)
            } else {
                (
                    How::Sampled,
                    format!(
                        "{} draws reported by search, the first {REDRAWN} drawn again; {}",
                        draws.met(),
                        draws.ranges
                    ),
                    true,
                )
            };
            self.scope.push(ScopeRow {
                engine: crate::redraw::ENGINE.to_owned(),
                conclusion: name.clone(),
                var: variable.name.clone(),
                how,
                detail,
                narrower,
            });
        }
        let reason = draws
            .reason
            .as_ref()
            .map(|reason| format!(" ({reason})"))
            .unwrap_or_default();
        let decided = draws.holds;
        if draws.met() == 0 {
            self.messages.push(format!(
                "{name}: none of {} draws met the hypotheses",
                draws.tried
            ));
            return Some(Status::Vacuous);
        }
        if draws.met() == draws.exceptional || draws.only_exceptional {
            self.messages.push(format!(
                "{name}: the draws met only exceptional points of an almost-all statement"
            ));
            return Some(Status::Vacuous);
        }
        if draws.undefined * 100 > draws.met() && !uses_defined(claim, index) {
            self.messages.push(format!(
                "{name}: undefined at {} of {} instances{reason}; write `defined(e) and …` where being defined is part of the statement, or narrow `where`",
                draws.undefined,
                draws.met()
            ));
            return Some(Status::Broken);
        }
        if draws.undecided > 0 {
            self.messages.push(format!(
                "{name}: {} of {} instances undecided{reason}",
                draws.undecided,
                draws.met()
            ));
        }
        if draws.out_of_fuel {
            self.messages.push(format!(
                "{name}: the claim's fuel ended the draws after {}",
                draws.tried
            ));
        }
        if decided == 0 || draws.out_of_fuel {
            return Some(Status::Incomplete);
        }
        for count in cover.iter().filter(|count| !count.met) {
            self.messages.push(format!(
                "cover `{}` missed: {} of {}",
                count.name, count.hits, count.of
            ));
        }
        if cover.iter().any(|count| !count.met) {
            return Some(Status::UnderCovered);
        }
        Some(Status::Sampled)
    }
}

/// A `some` without a construction, a finite choice or a symbol: no instance says anything about it.
fn without_construction(statement: &Statement, index: usize) -> Option<&str> {
    statement
        .slots(index)
        .into_iter()
        .map(|slot| &statement.variables[slot])
        .find_map(|variable| {
            let free =
                variable.by.is_none() && variable.among.is_none() && variable.symbol.is_none();
            (variable.binder == Binder::Some && free).then_some(variable.name.as_str())
        })
}

/// A variable that no engine can give a value to: whatever rests on it is cited, not checked.
fn unevaluable(statement: &Statement) -> Option<(&str, &str)> {
    statement
        .variables
        .iter()
        .find_map(|variable| match &variable.domain {
            Range::Other(range) => Some((variable.name.as_str(), range.as_str())),
            _ => None,
        })
}

/// Whether a conclusion is a bound up to a constant, or one of a claim about such bounds.
fn is_asymptotic(claim: &Claim, statement: &Statement, index: usize) -> bool {
    claim.kind == Kind::Asymptotic || !statement.conclusions[index].fitted.is_empty()
}

/// The status of a bound up to a constant: however many instances agree with a constant, the next may need another.
fn capped(status: Status) -> Status {
    match status {
        Status::Instance | Status::Box | Status::Proved => Status::Sampled,
        other => other,
    }
}

/// Order of statuses from what decides a claim first to the strongest rung.
fn strength(status: Status) -> usize {
    const ORDER: [Status; 11] = [
        Status::Refuted,
        Status::Broken,
        Status::Stale,
        Status::Vacuous,
        Status::UnderCovered,
        Status::Incomplete,
        Status::Cited,
        Status::Sampled,
        Status::Instance,
        Status::Box,
        Status::Proved,
    ];
    ORDER.iter().position(|known| *known == status).unwrap_or(0)
}

fn uses_defined(claim: &Claim, index: usize) -> bool {
    claim.conclusions[index]
        .expr
        .tree
        .nodes()
        .iter()
        .any(|node| matches!(&node.kind, NodeKind::Call { name, .. } if name == "defined"))
}

/// The better of two completed scopes: green before neutral.
fn stronger(a: Option<(Status, bool)>, b: Option<(Status, bool)>) -> Option<(Status, bool)> {
    match (a, b) {
        (Some((_, true)), _) | (Some(_), None) => a,
        _ => b,
    }
}
