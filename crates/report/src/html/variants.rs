//! Variants of the statement: mutants with what killed them, and what dropping each hypothesis showed.

use super::statement::inline;
use super::{index, marked};
use crate::card_text::{CardText, Formula};
use crate::words::fate;
use kernel::record::{ClaimRecord, Dropped, HypothesisRecord, MutantRecord, Needed};
use maud::{Markup, html};

/// The tables of mutants and hypotheses; `open` unfolds them.
pub(super) fn variants(claim: &ClaimRecord, text: Option<&CardText>, open: bool) -> Markup {
    html! {
        @if !claim.mutants.is_empty() {
            details open[open] {
                summary { "Mutants: " (index::mutants(claim)) }
                div.scroll tabindex="0" role="group" aria-label="Mutants" { (mutants(claim)) }
            }
        }
        @if !claim.hypotheses.is_empty() {
            details open[open] {
                summary { "Hypotheses: " (hypothesis_words(claim)) }
                div.scroll tabindex="0" role="group" aria-label="Hypotheses" { (hypotheses(claim, text)) }
            }
        }
    }
}

fn mutants(claim: &ClaimRecord) -> Markup {
    html! {
        table {
            caption { "Mutants of the statement" }
            thead {
                tr {
                    th scope="col" { "Mutant" }
                    th scope="col" { "Edit" }
                    th scope="col" { "Outcome" }
                    th scope="col" { "Expected" }
                    th scope="col" { "Exact witness" }
                }
            }
            tbody { @for mutant in &claim.mutants { (mutant_row(mutant)) } }
        }
    }
}

fn mutant_row(mutant: &MutantRecord) -> Markup {
    let off = mutant.shortfall().is_some();
    html! {
        tr {
            th scope="row" { code { (mutant.id) } }
            td {
                @for edit in &mutant.edits { code.edit { (edit) } }
                @if let Some(why) = &mutant.why { span.remark { (marked(why)) } }
            }
            td { @if off { strong.alarm { (fate(mutant.outcome)) } } @else { (fate(mutant.outcome)) } }
            td { @if mutant.expect == mutant.outcome { "as expected" } @else { (fate(mutant.expect)) } }
            td { @if let Some(witness) = &mutant.witness { (marked(witness)) } @else { "–" } }
        }
    }
}

/// `2 needed, 1 idle`.
fn hypothesis_words(claim: &ClaimRecord) -> String {
    let count = |wanted: &[Dropped]| {
        claim
            .hypotheses
            .iter()
            .filter(|hypothesis| wanted.contains(&hypothesis.outcome))
            .count()
    };
    let parts = [
        (count(&[Dropped::Killed, Dropped::Rejected]), "needed"),
        (count(&[Dropped::AliveProved]), "idle"),
        (count(&[Dropped::Unresolved]), "unresolved"),
        (count(&[Dropped::Untried]), "not tried"),
    ];
    let words: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    words.join(", ")
}

fn hypotheses(claim: &ClaimRecord, text: Option<&CardText>) -> Markup {
    html! {
        table {
            caption { "What dropping each hypothesis shows" }
            thead {
                tr {
                    th scope="col" { "Name" }
                    th scope="col" { "Hypothesis" }
                    th scope="col" { "Without it" }
                    th scope="col" { "In the file" }
                    th scope="col" { "Exact witness, or reason" }
                }
            }
            tbody { @for hypothesis in &claim.hypotheses { (hypothesis_row(hypothesis, formula(text, &hypothesis.id))) } }
        }
    }
}

fn formula<'a>(text: Option<&'a CardText>, name: &str) -> Option<&'a Formula> {
    text?
        .hypotheses
        .iter()
        .find(|named| named.name == name)
        .map(|named| &named.formula)
}

fn hypothesis_row(hypothesis: &HypothesisRecord, formula: Option<&Formula>) -> Markup {
    let off = hypothesis.shortfall().is_some();
    let showed = match hypothesis.outcome {
        Dropped::Killed => "false: the hypothesis is needed",
        Dropped::Rejected => "rejected by a test",
        Dropped::AliveProved => "still certified: it may be dropped",
        Dropped::Unresolved => "unresolved",
        Dropped::Untried => "not tried",
    };
    let said = match hypothesis.needed {
        Needed::Yes => "needed",
        Needed::No => "idle",
        Needed::Unknown => "not known",
    };
    html! {
        tr {
            th scope="row" { code { (hypothesis.id) } }
            td { @if let Some(formula) = formula { (inline(formula)) } @else { "–" } }
            td { @if off { strong.alarm { (showed) } } @else { (showed) } }
            td { (said) }
            td {
                @if let Some(witness) = &hypothesis.witness { (marked(witness)) }
                @if let Some(why) = &hypothesis.why { span.remark { (marked(why)) } }
                @if hypothesis.witness.is_none() && hypothesis.why.is_none() { "–" }
            }
        }
    }
}
