//! Makes the verdict on a claim from the evidence about its conclusions.
//!
//! The rung is computed from scope tables: any sampled row gives SAMPLED; a box of parameters, or a real variable closed by argument, gives BOX; otherwise it is
//! INSTANCE. The claim's rung is the lowest over its conclusions. A verdict is green only if no row is narrower than the range in the statement.

use claim_language::file::{Claim, Kind};
use theorems::statement::{Range, Statement};

use crate::record::{ConclusionRecord, ScopeRow, Status};

mod conclusion;
mod evidence;
mod fitted;
mod reduced;
mod rows;

pub use evidence::{ConclusionEvidence, CoverCount, Draws, FaceScope};
pub use reduced::{Reduced, settle_reductions};

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
            && !evidence.iter().all(ConclusionEvidence::on_boxes)
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
