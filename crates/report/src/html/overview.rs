//! The top of the page: the verdict, what is unexpected, what the page is not, and every claim as a tile.

use super::{Page, anchor, marked, newline, shapes};
use crate::number::grouped;
use crate::text::counted;
use crate::words;
use kernel::record::{ClaimRecord, Status};
use maud::{Markup, html};

/// The header of the page.
pub(super) fn header(page: &Page<'_>, generated: Option<&str>) -> Markup {
    html! {
        header.top {
            p.overline { "Referee’s report" }
            h1 { (sentence_with_counts(page)) }
            (unexpected(page))
            div.columns {
                (disclaimer())
                (facts(page))
            }
            (strip(page))
            nav aria-label="Sections" {
                ul.inline {
                    @for (id, title) in contents(page) { li { a href={ "#" (id) } { (title) } } }
                }
            }
            @if let Some(generated) = generated {
                (newline())
                p.generated { "Generated " (generated) }
                (newline())
            }
        }
    }
}

/// The verdict sentence, the counts set off and never separated from their word by a line break.
fn sentence_with_counts(page: &Page<'_>) -> Markup {
    let text = words::verdict_sentence(page.run);
    let parts = words::parts(page.run);
    let (head, _) = text.split_once(": ").unwrap_or((&text, ""));
    html! {
        (head)
        @for (index, (count, words)) in parts.iter().enumerate() {
            @if index == 0 { ": " } @else { ", " }
            @let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
            span.part { b { (grouped(*count)) } " " (first) }
            @if !rest.is_empty() { " " (rest) }
        }
        @if !parts.is_empty() { "." }
    }
}

fn contents(page: &Page<'_>) -> Vec<(&'static str, &'static str)> {
    let mut contents = Vec::new();
    if page.run.claims.iter().any(words::is_unexpected) {
        contents.push(("unexpected", "Unexpected"));
    }
    if page.run.claims.iter().any(super::is_news) {
        contents.push(("news", "News"));
    }
    contents.extend([("table", "Table"), ("claims", "Claims")]);
    if page.beside.experiment.is_some() {
        contents.push(("experiment", "Experiment"));
    }
    contents.extend([
        ("methods", "Methods"),
        ("trust", "Trust base"),
        ("glossary", "Glossary"),
        ("environment", "Environment"),
    ]);
    contents
}

/// The unexpected claims by name, the findings that belong to no claim, and the exit code in words.
fn unexpected(page: &Page<'_>) -> Markup {
    let mut claims = page.claims(words::is_unexpected);
    claims.sort_by_key(|claim| claim.standing());
    let findings = words::findings(page.run);
    html! {
        @if claims.is_empty() && findings.is_empty() {
            p.calm { "Nothing is unexpected. " (sentence(&words::exit_line(page.run))) }
        } @else {
            div.alarm-box {
                p.label { "Unexpected" }
                ul {
                    @for claim in claims {
                        li { a href={ "#" (anchor(&claim.id)) } { (claim.title) } " — " (marked(&words::standing(claim))) }
                    }
                    @for reason in findings { li { (marked(&reason.line())) } }
                }
                p.exit { (sentence(&words::exit_line(page.run))) }
            }
        }
    }
}

/// The text as a sentence: first letter large, a full stop at the end.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

fn disclaimer() -> Markup {
    html! {
        section.not aria-labelledby="not-title" {
            h2.label #not-title { "What this is not" }
            ul {
                li { strong { "Sampled" } " means that no counterexample was found among the instances that were drawn. It is no evidence beyond the stated generators." }
                li { strong { "Instance" } " and " strong { "box" } " are exact on what their scope table names. Only a verdict marked " em { "whole range" } " speaks about all of the statement." }
                li { strong { "Refuted" } " is about the statement as it is registered here. The card says what survives, and a missing hypothesis is called that." }
                li { "Nothing here is a proof unless it says " strong { "proved" } "." }
            }
        }
    }
}

fn facts(page: &Page<'_>) -> Markup {
    let run = page.run;
    let trials: u64 = run
        .claims
        .iter()
        .fold(0, |sum, claim| sum.saturating_add(claim.trials));
    let mutants = run.summary.mutants;
    html! {
        dl.facts {
            dt { "Tool" } dd { (run.tool.name) " " (run.tool.version) }
            @if let Some(commit) = &run.tool.commit { dt { "Commit" } dd { code { (commit) } } }
            @for (name, version) in &run.checkers { dt { (name) } dd { (version) } }
            dt { "Profile" } dd { (run.profile) ", seed " (run.seed) }
            dt { "Trials" } dd { (grouped(trials)) }
            dt { "Mutants" }
            dd {
                (grouped(mutants.killed as u64)) " of " (grouped(mutants.tried as u64)) " killed"
                @for (count, word) in [(mutants.rejected, "rejected"), (mutants.alive_proved, "certified alive"), (mutants.unresolved, "unresolved"), (mutants.control, "control")] {
                    @if count > 0 { ", " (count) " " (word) }
                }
            }
            dt { "Re-check" } dd { code { "cargo run -p runner -- replay --all" } }
            dt { "Digest" } dd { code title=(page.digest) { (page.digest.get(..16).unwrap_or("")) "…" } }
        }
    }
}

/// Every claim as a tile with its number, sources in order, and the legend below.
fn strip(page: &Page<'_>) -> Markup {
    let all = page.claims(|_| true);
    html! {
        @if !all.is_empty() {
            section.strip aria-label="Every claim as a tile" {
                @for (cite, claims) in page.by_source(&all) {
                    div.group {
                        p.label title=(page.citation(cite)) { (cite) }
                        ul.tiles { @for claim in claims { li { (tile(page, claim)) } } }
                    }
                }
                (legend(page))
            }
        }
    }
}

fn tile(page: &Page<'_>, claim: &ClaimRecord) -> Markup {
    let word = if claim.needs_hypothesis() {
        words::missing_hypothesis(claim)
    } else {
        claim.status.to_string()
    };
    let standing = if words::is_unexpected(claim) {
        "unexpected"
    } else {
        "as expected"
    };
    let label = format!("{} {}: {word}, {standing}", page.number(claim), claim.id);
    let unexpected = words::is_unexpected(claim);
    html! {
        a.tile.(shapes::classes(claim)).unexpected[unexpected] href={ "#" (anchor(&claim.id)) } data-claim=(anchor(&claim.id)) title=(label) aria-label=(label) {
            (shapes::shape(&shapes::style_of(claim)))
            span { (page.number(claim)) }
        }
    }
}

fn legend(page: &Page<'_>) -> Markup {
    let needs = page.claims(ClaimRecord::needs_hypothesis).len();
    html! {
        ul.legend {
            @for &status in Status::ALL {
                @let count = page.claims(|claim| claim.status == status && !claim.needs_hypothesis()).len();
                @if count > 0 {
                    li { span.key.{ "s-" (shapes::name_of(status)) } { (shapes::shape(&shapes::name_of(status))) } (status.word().to_lowercase()) " " b { (count) } }
                }
            }
            @if needs > 0 {
                li { span.key.s-hypothesis { (shapes::shape("hypothesis")) } "needs hypothesis " b { (needs) } }
            }
            li.note { "filled: the whole range of the statement" }
        }
        p.visually-hidden { (counted(page.run.claims.len(), "claim", "claims")) " in all" }
    }
}
