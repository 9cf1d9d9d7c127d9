//! The back matter: methods, trust base, glossary, witnesses, environment.

use super::{Page, shapes};
use crate::number::grouped;
use crate::text::counted;
use crate::words::{GLOSSARY, TERMS, manner};
use kernel::record::{How, RunRecord};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Everything after the claims.
pub(super) fn matter(page: &Page<'_>) -> Markup {
    html! {
        (methods(page.run))
        (trust(page.run))
        (glossary())
        (witnesses(page))
        (environment(page))
    }
}

fn methods(run: &RunRecord) -> Markup {
    html! {
        section.block #methods aria-labelledby="methods-title" {
            h2 #methods-title { "Methods" }
            p { "Every statement is one typed expression tree. The formula on its card is printed from that tree, the same tree is evaluated, and every mutant is an edit of it." }
            p { "Searches only propose. What they find is handed over as text; the kernel evaluates it again, exactly, and makes the verdict. At rational points it uses a second implementation of realizations, derivatives, adjacent patterns, and pieces and errors on an interval, which search does not use; a list of cells, and the products inside a polynomial network, are found once and then checked from the definitions. Constructed networks, the error bounds of cosine and Sobolev networks, the box that encloses an unbounded domain, and evaluation where a point or an entry stays a symbol are one implementation for both. The kernel enumerates exhausted scopes itself, and draws the first instances of every claim again from their seeds." }
            p { "Arithmetic is exact: rational numbers, polynomials in one symbol over them, and real algebraic numbers. There is no tolerance. Decimals on this page are for reading only; the exact values stand in the data." }
            p { "A refutation needs every hypothesis true and a conclusion false at one exact instance; an undefined or undecided value never refutes. A statement about almost every point is refuted only by a full-dimensional cell of counterexamples." }
            (manners())
            (engines(run))
        }
    }
}

fn manners() -> Markup {
    let meaning = |how: How| match how {
        How::Symbolic => {
            "the variable was a symbol; comparisons were decided for all its real values by isolating roots"
        }
        How::Constructed => "the statement asserts existence and names the object",
        How::Exhausted => {
            "every element of a finite set, or every cell, piece or face, was visited"
        }
        How::Among => "the statement itself offers finitely many choices",
        How::Interval => "a box of values was enclosed and split until every part was certain",
        How::Argument => "a checked lemma or a recorded cancellation closes the range",
        How::Named => "finitely many objects, listed by name or by a rule without a seed",
        How::Sampled => "drawn by a generator; the ranges that were seen are given",
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label="Manners of covering a range" {
            table {
                caption { "How the range of a variable may be covered, strongest first" }
                thead { tr { th scope="col" { "Words" } th scope="col" { "Meaning" } } }
                tbody { @for &how in How::ALL { tr { th scope="row" { (manner(how)) } td { (meaning(how)) } } } }
            }
        }
    }
}

fn engines(run: &RunRecord) -> Markup {
    let mut totals: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for (name, engine) in run.claims.iter().flat_map(|claim| &claim.engines) {
        let entry = totals.entry(name).or_default();
        entry.0 += 1;
        entry.1 = entry.1.saturating_add(engine.trials);
    }
    html! {
        @if !totals.is_empty() {
            div.scroll tabindex="0" role="region" aria-label="Engines of this run" {
                table {
                    caption { "Engines of this run" }
                    thead { tr { th scope="col" { "Engine" } th.number scope="col" { "Claims" } th.number scope="col" { "Trials" } } }
                    tbody {
                        @for (name, (claims, trials)) in totals {
                            tr { th scope="row" { (name) } td.number { (grouped(claims as u64)) } td.number { (grouped(trials)) } }
                        }
                    }
                }
            }
        }
    }
}

fn trust(run: &RunRecord) -> Markup {
    html! {
        section.block #trust aria-labelledby="trust-title" {
            h2 #trust-title { "Trust base" }
            p { "For a verdict on this page to be right, these parts must be right:" }
            ul {
                li { "the parser and the type checker of the claim language, and the printer that shows the formula;" }
                li { "the definitions of the functions that a statement names, and their exact evaluation in the kernel;" }
                li { "the arithmetic of rational numbers, polynomials and algebraic numbers below them;" }
                li { "the kernel: the check of witnesses, of exhausted scopes and of certificates." }
                @for (name, version) in &run.checkers { li { "for proved claims only: " (name) " " (version) ", the axioms on the card, and the translation of the statement;" } }
            }
            p { "The searches, the generators, the shrinker, the floating-point filters and this page’s layout are not among them: an error there can hide a counterexample, but it cannot make one." }
        }
    }
}

fn glossary() -> Markup {
    html! {
        section.block #glossary aria-labelledby="glossary-title" {
            h2 #glossary-title { "Glossary" }
            dl.glossary {
                @for (status, text) in GLOSSARY { dt { (shapes::status_badge(*status)) } dd { (text) } }
                @for (term, text) in TERMS { dt { (term) } dd { (text) } }
            }
        }
    }
}

fn witnesses(page: &Page<'_>) -> Markup {
    let stored: Vec<_> = page
        .run
        .claims
        .iter()
        .flat_map(|claim| {
            [claim.witness.as_ref(), claim.extremal.as_ref()]
                .into_iter()
                .flatten()
                .map(move |witness| (claim, witness))
        })
        .filter(|(_, witness)| !witness.path.is_empty())
        .collect();
    let replays = &page.run.replays;
    html! {
        @if !stored.is_empty() || !replays.is_empty() {
            section.block #witnesses aria-labelledby="witnesses-title" {
                h2 #witnesses-title { "Witnesses" }
                @if !stored.is_empty() {
                    div.scroll tabindex="0" role="region" aria-label="Stored witnesses" {
                        table {
                            caption { (counted(stored.len(), "stored witness", "stored witnesses")) }
                            thead { tr { th scope="col" { "Claim" } th scope="col" { "File" } th scope="col" { "Summary" } } }
                            tbody { @for (claim, witness) in &stored { tr { th scope="row" { (page.link(&claim.id)) } td { code { (witness.path) } } td { (witness.summary) } } } }
                        }
                    }
                }
                @if !replays.is_empty() {
                    div.scroll tabindex="0" role="region" aria-label="Replays" {
                        table {
                            caption { (counted(replays.len(), "replay", "replays")) " before the search" }
                            thead { tr { th scope="col" { "File" } th scope="col" { "Claim" } th scope="col" { "Outcome" } th scope="col" { "Detail" } } }
                            tbody {
                                @for replay in replays {
                                    tr { th scope="row" { code { (replay.path) } } td { (page.link(&replay.claim)) } td { (replay.outcome) } td { @if let Some(detail) = &replay.detail { (detail) } @else { "–" } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn environment(page: &Page<'_>) -> Markup {
    let run = page.run;
    html! {
        section.block #environment aria-labelledby="environment-title" {
            h2 #environment-title { "Environment" }
            dl.facts {
                dt { "Tool" } dd { (run.tool.name) " " (run.tool.version) @if let Some(commit) = &run.tool.commit { ", commit " code { (commit) } } }
                @for (name, version) in &run.checkers { dt { (name) } dd { (version) } }
                dt { "Registry" } dd { (counted(run.registry.claims, "claim", "claims")) ", " (counted(run.registry.sources, "source", "sources")) ", " (grouped(run.registry.selected as u64)) " selected" }
                dt { "Profile" } dd { (run.profile) ", seed " (run.seed) }
                @for (name, fuel) in &run.budget { dt { "Budget, " (name) } dd { (grouped(*fuel)) } }
                dt { "Format" } dd { "run.json, format " (run.format) }
                dt { "SHA-256 of the data" } dd { code.long { (page.digest) } }
            }
            p.note { "The run, without its times, stands in this file as JSON, in the element with the id " code { "run" } "; the digest is that of its text. Nothing on this page is loaded from elsewhere." }
        }
    }
}
