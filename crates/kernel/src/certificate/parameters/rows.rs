//! How each variable was treated, in words.

use std::collections::BTreeSet;

use claim_language::file::{Claim, Quantifier};

use super::{Case, Problem, Region, Role, Span};
use crate::record::How;

/// A row of the scope table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub variable: String,
    pub how: How,
    pub detail: String,
    pub narrower: bool,
}

/// One row per quantified variable, and whether none is narrower than the statement.
pub(super) fn rows(
    claim: &Claim,
    conclusion: usize,
    problem: &Problem,
    ranges: &[Span],
) -> (Vec<Row>, bool) {
    let occurring: BTreeSet<usize> = problem.cases.iter().flat_map(Case::occurring).collect();
    let solved: BTreeSet<usize> = problem
        .cases
        .iter()
        .flat_map(|case| case.solved.iter().copied())
        .collect();
    let own = &claim.conclusions[conclusion].quantify;
    let rows: Vec<Row> = claim
        .quantify
        .iter()
        .chain(own)
        .map(|quantifier| row(quantifier, problem, ranges, &occurring, &solved))
        .collect();
    let green = rows.iter().all(|row| !row.narrower);
    (rows, green)
}

fn row(
    quantifier: &Quantifier,
    problem: &Problem,
    ranges: &[Span],
    occurring: &BTreeSet<usize>,
    solved: &BTreeSet<usize>,
) -> Row {
    let of = |how, detail: String, narrower| Row {
        variable: quantifier.name.clone(),
        how,
        detail,
        narrower,
    };
    if quantifier.by.is_some() {
        return of(How::Constructed, String::new(), false);
    }
    let number = problem
        .variables
        .iter()
        .position(|variable| variable.name == quantifier.name);
    let Some(number) = number else {
        let why = "what has to be shown does not depend on it";
        return of(How::Argument, why.to_owned(), false);
    };
    let variable = &problem.variables[number];
    let covered = variable.range.meet(&ranges[number]);
    // A case is empty or not by ranges of unknowns that occur in no goal, too.
    let narrower = covered != variable.range;
    if !narrower && !occurring.contains(&number) {
        let why = match solved.contains(&number) {
            true => "a condition is solved for it",
            false => "cancels",
        };
        return of(How::Argument, why.to_owned(), false);
    }
    let whole = match narrower {
        true => "",
        false => ", the whole range",
    };
    let detail = match variable.role {
        Role::Exponent => format!("{} {covered}{whole}", variable.shown()),
        _ => format!("{covered}{whole}"),
    };
    of(How::Interval, detail, narrower)
}

/// A region in words: what is narrower than the range of the case.
pub(super) fn words(case: &Case, region: &Region) -> String {
    let occurring = case.occurring();
    let parts: Vec<String> = case
        .unknowns
        .iter()
        .zip(region)
        .enumerate()
        .filter(|(number, _)| occurring.contains(number))
        .map(|(_, (unknown, range))| format!("{} {range}", unknown.shown()))
        .collect();
    parts.join(", ")
}
