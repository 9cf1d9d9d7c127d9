//! The exact counterexample, or the best ratio and the object that attains it.

use super::{marked, shapes};
use crate::number::{grouped, ratio, shortened, side, thousandths};
use crate::words;
use kernel::record::{ClaimRecord, FittedRecord, Status, Tight, Value, WitnessRecord};
use maud::{Markup, html};

/// Digits of a number that are shown before it is shortened.
const MOST_DIGITS: usize = 60;

/// The witness of a refuted claim.
pub(super) fn counterexample(claim: &ClaimRecord) -> Markup {
    html! {
        @if let Some(witness) = &claim.witness {
            div.witness role="group" aria-label="Witness" {
                p.label { @if claim.needs_hypothesis() { "Instance without the hypothesis, exact" } @else if claim.status == Status::Refuted { "Counterexample, exact" } @else { "Stored witness" } }
                @if !witness.summary.is_empty() { p.summary { (marked(&witness.summary)) } }
                (instance(witness))
            }
        }
    }
}

/// The best ratio, what is promised of it, and the object that attains it.
pub(super) fn best_ratio(claim: &ClaimRecord) -> Markup {
    html! {
        @if claim.best_ratio.is_some() || claim.tight.is_some() || claim.extremal.is_some() {
            div.ratio role="group" aria-label="Best ratio" {
                p.label { "Best ratio of left to right side" }
                @if let Some(best) = &claim.best_ratio {
                    p.summary {
                        b { (ratio(best)) }
                        @if ratio(best) != *best { span.exact { " exactly " code { (shortened(best, MOST_DIGITS)) } } }
                        @if let Some(length) = thousandths(best) { (shapes::bar(length)) }
                    }
                } @else { p.summary { "none met" } }
                @if let Some(tight) = claim.tight { p.note { (promise(claim, tight)) } }
                @if let Some(extremal) = &claim.extremal {
                    p { "Attained at " (marked(&extremal.summary)) }
                    (instance(extremal))
                }
            }
        }
    }
}

/// The constants of bounds up to a constant, each with the instance that forces it.
pub(super) fn fitted(claim: &ClaimRecord) -> Markup {
    let fitted: Vec<(&str, &FittedRecord)> = claim
        .conclusions
        .iter()
        .filter_map(|conclusion| Some((conclusion.name.as_str(), conclusion.fitted.as_ref()?)))
        .collect();
    html! {
        @if !fitted.is_empty() {
            div.ratio role="group" aria-label="Fitted constants" {
                p.label { @if fitted.len() == 1 { "Fitted constant" } @else { "Fitted constants" } }
                @for (name, fitted) in &fitted {
                    p.summary {
                        @if claim.conclusions.len() > 1 { (name) ": " }
                        (marked(&words::fitted(fitted)))
                        @if ratio(&fitted.constant) != fitted.constant { ", that is " (ratio(&fitted.constant)) }
                    }
                    @if !fitted.forced_by.summary.is_empty() { p { "Forced by " (marked(&fitted.forced_by.summary)) } }
                    (instance(&fitted.forced_by))
                }
                p.note { "Fitted to these instances: another instance may need a larger constant." }
            }
        }
    }
}

fn promise(claim: &ClaimRecord, tight: Tight) -> &'static str {
    match tight {
        Tight::Attained if claim.best_ratio.as_deref() == Some("1") => {
            "The claim file promises that 1 is attained, and it is."
        }
        Tight::Attained => "The claim file promises that 1 is attained; it was not.",
        Tight::Asymptotic => "The claim file promises that the ratio tends to 1.",
    }
}

/// The assignment, the two sides, and the file.
fn instance(witness: &WitnessRecord) -> Markup {
    html! {
        @if !witness.assignment.is_empty() {
            div.scroll tabindex="0" role="group" aria-label="Assignment" {
                table.assignment {
                    caption.visually-hidden { "Value of every variable" }
                    thead.visually-hidden { tr { th scope="col" { "Variable" } th scope="col" { "Value" } } }
                    tbody { @for item in &witness.assignment { (assigned(item)) } }
                }
            }
        }
        @if let Some(values) = &witness.values {
            p.sides {
                span { "left side " code { (side(&values.lhs, MOST_DIGITS)) } }
                span { "right side " code { (side(&values.rhs, MOST_DIGITS)) } }
            }
        }
        @if !witness.path.is_empty() { p.note { "Stored in " code { (witness.path) } } }
    }
}

fn assigned(item: &Value) -> Markup {
    let short = shortened(&item.value, MOST_DIGITS);
    let long = short != item.value;
    html! {
        tr {
            th scope="row" { code { (item.name) } }
            td {
                code { (short) }
                @if long { details { summary { "all " (grouped(item.value.len() as u64)) " characters" } code.long { (item.value) } } }
            }
        }
    }
}
