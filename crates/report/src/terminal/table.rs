//! The table by status.

use super::Paint;
use crate::number::{grouped, larger, ratio};
use crate::text::cut;
use kernel::record::{ClaimRecord, MutantCounts, RunRecord, Status};

/// The statuses that have a row of their own, in the order of the table.
const ROWS: [Status; 6] = [
    Status::Refuted,
    Status::Proved,
    Status::Box,
    Status::Instance,
    Status::Sampled,
    Status::Cited,
];

const HEADINGS: [&str; 6] = [
    "status",
    "count",
    "as expected",
    "whole range",
    "best ratio",
    "mutants killed / tried / certified alive",
];
const WIDTHS: [usize; 5] = [10, 7, 13, 13, 16];

/// The table, then the non-verdicts on one line. Empty if there is no claim.
pub(super) fn lines(run: &RunRecord, width: usize, paint: Paint) -> Vec<String> {
    if run.claims.is_empty() {
        return Vec::new();
    }
    let headings = HEADINGS.map(str::to_owned);
    let mut lines = vec![paint.faint(&cut(row(&headings).trim_end(), width))];
    for status in ROWS {
        let claims: Vec<&ClaimRecord> = run
            .claims
            .iter()
            .filter(|claim| claim.status == status)
            .collect();
        if !claims.is_empty() {
            let text = cut(row(&cells(status, &claims)).trim_end(), width);
            let (word, rest) = text.split_at(WIDTHS[0].min(text.len()));
            lines.push(format!("{}{rest}", paint.word(status, word)));
        }
    }
    let missing: Vec<String> = Status::ALL
        .iter()
        .filter(|status| status.is_non_verdict())
        .map(|&status| {
            let count = run
                .claims
                .iter()
                .filter(|claim| claim.status == status)
                .count();
            format!("{} {count}", status.word().to_lowercase())
        })
        .collect();
    lines.extend(crate::text::wrap(&missing.join(", "), width, 0));
    lines
}

fn row(cells: &[String; 6]) -> String {
    let [first @ .., last] = cells;
    let mut text = String::new();
    for (cell, width) in first.iter().zip(WIDTHS) {
        text.push_str(&format!("{cell:<width$}"));
    }
    text + last
}

fn cells(status: Status, claims: &[&ClaimRecord]) -> [String; 6] {
    let expected = claims.iter().filter(|claim| claim.as_expected).count();
    let green = claims.iter().filter(|claim| claim.is_green()).count();
    let mutants = claims.iter().fold(MutantCounts::default(), |sum, claim| {
        sum.plus(MutantCounts::of(&claim.mutants))
    });
    [
        status.word().to_lowercase(),
        grouped(claims.len() as u64),
        grouped(expected as u64),
        if status.may_be_green() {
            grouped(green as u64)
        } else {
            "-".to_owned()
        },
        best(claims),
        fates(mutants),
    ]
}

/// `1 at 14` if 14 claims attain 1, otherwise the largest ratio.
fn best(claims: &[&ClaimRecord]) -> String {
    let ratios: Vec<&str> = claims
        .iter()
        .filter_map(|claim| claim.best_ratio.as_deref())
        .collect();
    let attained = ratios.iter().filter(|text| **text == "1").count();
    if attained > 0 {
        return format!("1 at {attained}");
    }
    ratios
        .into_iter()
        .reduce(larger)
        .map_or_else(|| "-".to_owned(), ratio)
}

fn fates(counts: MutantCounts) -> String {
    if counts.tried == 0 {
        return "-".to_owned();
    }
    let mut text = format!("{}/{}/{}", counts.killed, counts.tried, counts.alive_proved);
    for (count, word) in [
        (counts.rejected, "rejected"),
        (counts.unresolved, "unresolved"),
        (counts.control, "control"),
    ] {
        if count > 0 {
            text.push_str(&format!("  {count} {word}"));
        }
    }
    text
}
