//! The table of all claims, by source, and the filters above it.

use super::{Page, anchor, newline, shapes};
use crate::number::ratio;
use crate::text::counted;
use crate::words;
use kernel::record::{ClaimRecord, Difference, MutantCounts, Status};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The section with the filters, the table, and what differs from the baseline.
pub(super) fn section(page: &Page<'_>) -> Markup {
    let all = page.claims(|_| true);
    html! {
        section.block #table aria-labelledby="table-title" {
            h2 #table-title { "Table" }
            (filters(page))
            @if all.is_empty() { p { "No claim was selected." } } @else {
                div.scroll tabindex="0" role="region" aria-label="Table of claims" {
                    table.index {
                        caption { "Every claim, by source, in the order of the registry" }
                        thead {
                            tr {
                                th.number scope="col" { "№" }
                                th scope="col" { "Claim" }
                                th scope="col" { "As printed" }
                                th scope="col" { "Verdict" }
                                th scope="col" { "Range" }
                                th.number scope="col" { "Best ratio" }
                                th scope="col" { "Mutants" }
                            }
                        }
                        @for (cite, claims) in page.by_source(&all) {
                            (newline())
                            tbody {
                                tr.group { th scope="rowgroup" colspan="7" { (page.citation(cite)) } }
                                @for claim in claims { (row(page, claim)) }
                            }
                        }
                    }
                }
            }
            (baseline(page))
        }
    }
}

/// The filters; they do nothing without the script, so the script shows them.
fn filters(page: &Page<'_>) -> Markup {
    let areas: BTreeSet<&str> = page
        .run
        .claims
        .iter()
        .map(|claim| claim.area.as_str())
        .collect();
    let statuses: Vec<Status> = Status::ALL
        .iter()
        .copied()
        .filter(|&status| page.run.claims.iter().any(|claim| claim.status == status))
        .collect();
    html! {
        form.filters #filters hidden role="search" aria-label="Filter the claims" {
            label { "Status "
                select name="status" {
                    option value="" { "all" }
                    @for status in statuses { option value=(status) { (status) } }
                }
            }
            label { "Area "
                select name="area" {
                    option value="" { "all" }
                    @for area in areas { option value=(area) { (area) } }
                }
            }
            label.grow { "Text " input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="Lemma 3.2, chain rule, …"; }
            label { "Page "
                select name="theme" { option value="" { "as the system" } option value="light" { "light" } option value="dark" { "dark" } }
            }
            output #shown aria-live="polite" {}
        }
    }
}

fn row(page: &Page<'_>, claim: &ClaimRecord) -> Markup {
    html! {
        (newline())
        tr data-claim=(anchor(&claim.id)) {
            td.number { (page.number(claim)) }
            th scope="row" {
                a href={ "#" (anchor(&claim.id)) } { (claim.title) }
                " " code.id { (claim.id) }
            }
            td { (claim.source.locator) }
            td {
                span.verdict-cell {
                    (shapes::badge(claim))
                    @if claim.status.rung().is_some() { (shapes::rung_bar(claim.status.rung())) }
                    @if words::is_unexpected(claim) { (shapes::standing(claim)) }
                }
            }
            td { (range(claim)) }
            td.number { @if let Some(best) = &claim.best_ratio { (ratio(best)) } @else { "–" } }
            td { (mutants(claim)) }
        }
    }
}

fn range(claim: &ClaimRecord) -> Markup {
    html! {
        @if claim.is_green() { (shapes::range(claim)) }
        @else if claim.status.rung().is_some() { "part" }
        @else { "–" }
    }
}

/// `3 of 3 killed`, with what is left.
pub(super) fn mutants(claim: &ClaimRecord) -> Markup {
    let counts = MutantCounts::of(&claim.mutants);
    html! {
        @if counts.tried == 0 { "none" } @else {
            (counts.killed) " of " (counts.tried) " killed"
            @for (count, word) in [(counts.rejected, "rejected"), (counts.alive_proved, "certified alive"), (counts.unresolved, "unresolved"), (counts.control, "control")] {
                @if count > 0 { ", " (count) " " (word) }
            }
        }
    }
}

fn baseline(page: &Page<'_>) -> Markup {
    let Some(baseline) = &page.run.baseline else {
        return html! {};
    };
    html! {
        @if baseline.regressions.is_empty() && baseline.news.is_empty() {
            p.note { "Nothing differs from the baseline." }
        }
        (differences(page, "Below the baseline", &baseline.regressions))
        (differences(page, "Better than the baseline, or changed", &baseline.news))
    }
}

fn differences(page: &Page<'_>, title: &str, items: &[Difference]) -> Markup {
    html! {
        @if !items.is_empty() {
            div.scroll tabindex="0" role="region" aria-label=(title) {
                table {
                    caption { (title) ": " (counted(items.len(), "difference", "differences")) }
                    thead { tr { th scope="col" { "Claim" } th scope="col" { "What" } th scope="col" { "Before and now" } } }
                    tbody {
                        @for item in items {
                            tr { th scope="row" { (page.link(&item.claim)) } td { (item.what) } td { (item.detail) } }
                        }
                    }
                }
            }
        }
    }
}
