//! The line of one claim, written as soon as it is finished.

use super::{Paint, columns, id_columns};
use crate::number::{grouped, ratio};
use crate::text::{cut, one_line};
use crate::words;
use kernel::record::{ClaimRecord, How, Outcome, Standing, Status};
use std::collections::BTreeSet;

const STATUS_COLUMNS: usize = 13;

/// The line of one claim as it is finished: status, id, standing, and the one fact that matters.
pub fn claim_line(claim: &ClaimRecord, width: usize, paint: Paint) -> String {
    let width = columns(width);
    let status = format!("{:<STATUS_COLUMNS$}", claim.status.word());
    let id = one_line(&claim.id);
    let mark = match claim.standing() {
        Standing::AsExpected if claim.as_expected => "",
        Standing::News if claim.as_expected => "NEWS  ",
        _ => "UNEXPECTED  ",
    };
    let head = format!("{id:<0$} {mark}", id_columns(width));
    let left = width.saturating_sub(STATUS_COLUMNS + 1 + head.chars().count());
    let fact = cut(&fact(claim), left.max(12));
    let line = format!("{head}{fact}");
    format!(
        "{} {}",
        paint.status(claim, &status),
        cut(line.trim_end(), width - STATUS_COLUMNS - 1)
    )
}

/// The one fact about a claim that fits on a line.
fn fact(claim: &ClaimRecord) -> String {
    match claim.status {
        Status::Refuted if claim.needs_hypothesis() => one_line(&words::missing_hypothesis(claim)),
        Status::Refuted => claim
            .witness
            .as_ref()
            .map(|witness| one_line(&witness.summary))
            .unwrap_or_default(),
        _ if words::is_unexpected(claim) => one_line(&words::standing(claim)),
        Status::Cited => "not evaluated".to_owned(),
        _ => evidence(claim),
    }
}

/// What a verdict on a box is kept to.
fn kept(claim: &ClaimRecord) -> Vec<String> {
    let rows = claim
        .scope
        .iter()
        .filter(|row| claim.status == Status::Box && row.how == How::Interval && row.narrower);
    let kept: BTreeSet<String> = rows
        .map(|row| format!("{} {}", row.var, row.detail))
        .collect();
    kept.into_iter().map(|text| one_line(&text)).collect()
}

fn evidence(claim: &ClaimRecord) -> String {
    let mut facts = Vec::new();
    if claim.is_green() {
        facts.push("whole range".to_owned());
    }
    let kept = kept(claim);
    if !kept.is_empty() {
        facts.push(format!("only for {}", kept.join(", ")));
    }
    match claim.trials {
        0 => {}
        1 => facts.push("1 trial".to_owned()),
        trials => facts.push(format!("{} trials", grouped(trials))),
    }
    if let Some(best) = &claim.best_ratio {
        facts.push(format!("ratio {}", one_line(&ratio(best))));
    }
    let fitted: Vec<String> = claim
        .conclusions
        .iter()
        .filter_map(|conclusion| conclusion.fitted.as_ref())
        .map(|fitted| one_line(&ratio(&fitted.constant)))
        .collect();
    match fitted.as_slice() {
        [] => {}
        [one] => facts.push(format!("fitted constant {one}")),
        several => facts.push(format!("fitted constants {}", several.join(", "))),
    }
    if !claim.mutants.is_empty() {
        let dead = claim
            .mutants
            .iter()
            .filter(|mutant| matches!(mutant.outcome, Outcome::Killed | Outcome::Rejected));
        facts.push(format!("mutants {}/{}", dead.count(), claim.mutants.len()));
    }
    facts.join("  ")
}
