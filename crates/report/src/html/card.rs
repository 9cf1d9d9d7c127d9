//! One card per claim. The order of its parts is fixed: verdict, statement, what it means for the source, witness or best ratio, evidence, variants,
//! provenance, and the command that checks it again.

use super::{
    Page, anchor, evidence, marked, newline, shapes, statement, tightness, variants, witness,
};
use crate::card_text::CardText;
use crate::words;
use kernel::record::{ClaimRecord, ErratumClass, Status};
use maud::{Markup, html};

/// The card of a claim.
pub(super) fn card(page: &Page<'_>, claim: &ClaimRecord) -> Markup {
    let text = page.text(claim);
    let id = anchor(&claim.id);
    let unexpected = words::is_unexpected(claim);
    html! {
        (newline())
        article.card.(shapes::classes(claim)).unexpected[unexpected] id=(id) tabindex="-1"
            aria-labelledby={ (id) "-title" }
            data-status=(claim.status) data-area=(claim.area) data-text=(haystack(claim)) {
            (title(page, claim, &id))
            p.verdict { (marked(&words::verdict_line(claim))) }
            @if unexpected { p.shortfall { strong { "Unexpected: " } (marked(&words::standing(claim))) "." } }
            (newline())
            (statement::statement(claim, text))
            (remarks(page, claim, text))
            (newline())
            (witness::counterexample(claim))
            (witness::best_ratio(claim))
            (witness::fitted(claim))
            (tightness::constants(page, claim))
            (newline())
            (evidence::evidence(page, claim, unexpected))
            (newline())
            (variants::variants(claim, text, unexpected))
            (messages(claim))
            (provenance(page, claim, text))
            @if let Some(command) = &claim.replay {
                p.replay { span.label { "Check again" } " " code { (command) } }
            }
        }
    }
}

/// What the text filter searches, in lower case.
fn haystack(claim: &ClaimRecord) -> String {
    let parts = [
        &claim.id,
        &claim.title,
        &claim.area,
        &claim.source.cite,
        &claim.source.locator,
    ];
    let mut text = parts.map(|part| part.to_lowercase()).join(" ");
    for tag in &claim.tags {
        text.push(' ');
        text.push_str(&tag.to_lowercase());
    }
    text
}

fn title(page: &Page<'_>, claim: &ClaimRecord, id: &str) -> Markup {
    html! {
        header.title {
            p.marks {
                (shapes::badge(claim))
                @if claim.status.rung().is_some() { (shapes::rung_bar(claim.status.rung())) }
                (shapes::range(claim))
                (shapes::standing(claim))
                span.where { (claim.source.cite) @if !claim.source.locator.is_empty() { ", " (claim.source.locator) } }
            }
            h3 id={ (id) "-title" } { span.no { (page.number(claim)) } (claim.title) }
            p.meta {
                a.id href={ "#" (id) } { code { (claim.id) } }
                span { (claim.kind) }
                span { (claim.area) }
                @if let Some(expect) = claim.expect { span { "expected: " (expect) } }
                @if let Some(rung) = claim.rung { span { "at least " (rung) } }
            }
        }
    }
}

/// What the finding means for the source, the correction before everything else.
fn remarks(page: &Page<'_>, claim: &ClaimRecord, text: Option<&CardText>) -> Markup {
    let implication = text.and_then(|text| text.implication.as_ref());
    let nothing = claim.repair.is_none()
        && claim.repair_text.is_none()
        && claim.impact.is_none()
        && claim.reading.is_none()
        && claim.erratum.is_none()
        && claim.note.is_none()
        && implication.is_none();
    html! {
        @if !nothing {
            dl.remarks {
                @if claim.repair.is_some() || claim.repair_text.is_some() {
                    dt { @if claim.needs_hypothesis() { "Hypothesis" } @else { "Correction" } }
                    dd {
                        @if let Some(words) = &claim.repair_text { (marked(words)) }
                        @if let Some(id) = &claim.repair { @if claim.repair_text.is_some() { " — " } "see " (page.link(id)) }
                    }
                }
                @if let Some(impact) = &claim.impact { dt { "Impact" } dd { (marked(impact)) } }
                @if let Some(reading) = &claim.reading { dt { "Reading" } dd { (marked(reading)) } }
                @if let Some(erratum) = &claim.erratum {
                    dt { "Erratum" } dd { (erratum.id) ", " (class_words(erratum.class)) }
                }
                @if let Some(implication) = implication {
                    dt { (implication.relation) } dd { (page.link(&implication.claim)) ": " (marked(&implication.argument)) }
                }
                @if let Some(note) = &claim.note { dt { "Note" } dd { (marked(note)) } }
            }
        }
    }
}

const fn class_words(class: ErratumClass) -> &'static str {
    match class {
        ErratumClass::Real => "an error in the statement",
        ErratumClass::Hypothesis => "a missing hypothesis",
        ErratumClass::Misprint => "a misprint",
        ErratumClass::Ambiguity => "two readings; this is one of them",
        ErratumClass::Unfair => "not held against the source; shown as a sharpening",
    }
}

fn messages(claim: &ClaimRecord) -> Markup {
    html! {
        @if !claim.messages.is_empty() {
            div.messages {
                p.label { "Messages" }
                ul { @for message in &claim.messages { li { (marked(message)) } } }
            }
        }
    }
}

fn provenance(page: &Page<'_>, claim: &ClaimRecord, text: Option<&CardText>) -> Markup {
    let used_by = page.used_by.get(claim.id.as_str());
    html! {
        details {
            summary { "Provenance" }
            dl.facts {
                dt { "Source" } dd { (page.citation(&claim.source.cite)) ", " (claim.source.locator) }
                @if let Some(prefix) = text.and_then(|text| text.source_prefix.as_ref()) {
                    dt { "Order of quantifiers in the source" } dd { code { (prefix) } }
                }
                @if let Some(file) = &claim.file { dt { "Claim file" } dd { code { (file.path) ":" (file.line) } } }
                @if !claim.statement.is_empty() { dt { "Statement as text" } dd { code.long { (claim.statement) } } }
                @if let Some(text) = text { dt { "Statement in TeX" } dd { code.long { (text.statement_tex()) } } }
                @if !claim.statement_sha256.is_empty() { dt { "Statement hash" } dd { code.long { (claim.statement_sha256) } } }
                @if !claim.uses.is_empty() {
                    dt { "Uses" }
                    dd { @for (index, id) in claim.uses.iter().enumerate() { @if index > 0 { ", " } (page.link(id)) (rests_on(page, id)) } }
                }
                @if let Some(ids) = used_by {
                    dt { "Used by" } dd { @for (index, id) in ids.iter().enumerate() { @if index > 0 { ", " } (page.link(id)) } }
                }
                @if !claim.tags.is_empty() { dt { "Tags" } dd { (claim.tags.join(", ")) } }
            }
        }
    }
}

/// A mark beside a claim that is used although it is refuted.
fn rests_on(page: &Page<'_>, id: &str) -> Markup {
    let refuted = page
        .run
        .claim(id)
        .is_some_and(|used| used.status == Status::Refuted && !used.needs_hypothesis());
    html! { @if refuted { strong { " (refuted)" } } }
}
