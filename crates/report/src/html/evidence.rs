//! The evidence: scope tables by engine, what each engine did, coverage, the hypothesis funnel, certificate, proof and reduction.

use super::{Page, shapes};
use crate::number::{grouped, percent, ratio, thousandths};
use crate::scope::{Table, deciding, tables};
use crate::words;
use kernel::record::{ClaimRecord, How, ScopeRow};
use maud::{Markup, html};

/// The evidence of a claim; `open` unfolds everything.
pub(super) fn evidence(page: &Page<'_>, claim: &ClaimRecord, open: bool) -> Markup {
    html! {
        @if has_basis(claim) { (basis(page, claim)) }
        @if claim.conclusions.len() > 1 { (conclusions(claim)) }
        (scopes(claim))
        @if !claim.engines.is_empty() || !claim.cover.is_empty() || !claim.funnel.is_empty() {
            details open[open || claim.cover.iter().any(|cover| !cover.met)] {
                summary { "Search: " (grouped(claim.trials)) @if claim.trials == 1 { " trial" } @else { " trials" } (coverage_words(claim)) }
                (engines(claim))
                (coverage(claim))
                (funnel(claim))
                (set_aside(claim))
            }
        }
    }
}

fn coverage_words(claim: &ClaimRecord) -> Markup {
    let met = claim.cover.iter().filter(|cover| cover.met).count();
    html! { @if !claim.cover.is_empty() { ", coverage " (met) " of " (claim.cover.len()) " met" } }
}

fn has_basis(claim: &ClaimRecord) -> bool {
    claim.certificate.is_some() || claim.proof.is_some() || claim.reduction.is_some()
}

fn basis(page: &Page<'_>, claim: &ClaimRecord) -> Markup {
    html! {
        dl.facts.basis {
            @if let Some(proof) = &claim.proof {
                dt { "Proof" }
                dd {
                    code { (proof.theorem) } ", " (proof.checker)
                    @if proof.checked { ", accepted in this run" } @else { ", not checked in this run" }
                }
                dt { "Axioms" }
                dd {
                    @if proof.axioms.is_empty() { "none" }
                    @for (index, axiom) in proof.axioms.iter().enumerate() { @if index > 0 { ", " } code { (axiom) } }
                }
            }
            @if let Some(certificate) = &claim.certificate {
                dt { "Certificate" } dd { (certificate.kind) ", " (grouped(certificate.size)) " parts, checked by the kernel" }
            }
            @if let Some(reduction) = &claim.reduction {
                dt { "Reduced to a statement about numbers" }
                dd {
                    @if let Some(argument) = &reduction.argument { (argument) " " }
                    @if !reduction.by.is_empty() { "By " }
                    @for (index, id) in reduction.by.iter().enumerate() { @if index > 0 { ", " } (page.link(id)) }
                    @if !reduction.by.is_empty() { "; the" } @else { "The" }
                    " statement about numbers is " (shapes::status_badge(reduction.status))
                }
            }
        }
    }
}

fn conclusions(claim: &ClaimRecord) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Conclusions" {
            table {
                caption { "Conclusions" }
                thead { tr { th scope="col" { "Conclusion" } th scope="col" { "Verdict" } th.number scope="col" { "Best ratio" } } }
                tbody {
                    @for conclusion in &claim.conclusions {
                        tr {
                            th scope="row" { (conclusion.name) }
                            td { (shapes::status_badge(conclusion.status)) }
                            td.number { @if let Some(best) = &conclusion.best_ratio { (ratio(best)) } @else { "–" } }
                        }
                    }
                }
            }
        }
    }
}

/// Conclusions of one engine whose rows say the same.
struct Merged<'a> {
    conclusions: Vec<&'a str>,
    rows: Vec<&'a ScopeRow>,
}

/// The tables by engine, conclusions with the same rows together.
fn merged<'a>(tables: &[Table<'a>]) -> Vec<(&'a str, Vec<Merged<'a>>)> {
    let same = |a: &[&ScopeRow], b: &[&ScopeRow]| {
        let content =
            |row: &&ScopeRow| (row.var.clone(), row.how, row.detail.clone(), row.narrower);
        a.iter().map(content).eq(b.iter().map(content))
    };
    let mut engines: Vec<(&str, Vec<Merged<'_>>)> = Vec::new();
    for table in tables {
        let index = engines
            .iter()
            .position(|(engine, _)| *engine == table.engine)
            .unwrap_or_else(|| {
                engines.push((table.engine, Vec::new()));
                engines.len() - 1
            });
        let groups = &mut engines[index].1;
        match groups
            .iter_mut()
            .find(|group| same(&group.rows, &table.rows))
        {
            Some(group) => group.conclusions.push(table.conclusion),
            None => groups.push(Merged {
                conclusions: vec![table.conclusion],
                rows: table.rows.clone(),
            }),
        }
    }
    engines
}

fn scopes(claim: &ClaimRecord) -> Markup {
    let tables = tables(claim);
    let decides = deciding(claim);
    let several = claim.conclusions.len() > 1;
    html! {
        @for (engine, groups) in merged(&tables) {
            @let deciding = groups.iter().flat_map(|group| &group.rows).any(|row| decides.iter().any(|other| std::ptr::eq(*other, *row)));
            div.scroll tabindex="0" role="group" aria-label={ "Scope of " (engine) } {
                table.scope {
                    caption {
                        "Scope"
                        @if !engine.is_empty() { ", engine " b { (engine) } }
                        @if !deciding { " (not the table that decides)" }
                    }
                    thead {
                        tr {
                            @if several { th scope="col" { "Conclusion" } }
                            th scope="col" { "Variable" }
                            th scope="col" { "Covered" }
                            th scope="col" { "On what" }
                            th scope="col" { "Against the statement" }
                        }
                    }
                    @for group in &groups {
                        tbody {
                            @for (index, row) in group.rows.iter().enumerate() {
                                tr {
                                    @if several && index == 0 {
                                        th.conclusions scope="rowgroup" rowspan=(group.rows.len()) { (group.conclusions.join(", ")) }
                                    }
                                    th scope="row" { code { (row.var) } }
                                    td.manner { (words::manner(row.how)) }
                                    td.detail { (row.detail) }
                                    td { (width(row)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether the row is as wide as the statement.
fn width(row: &ScopeRow) -> &'static str {
    match (row.narrower, row.how) {
        (true, How::Sampled) => "drawn, narrower",
        (true, _) => "narrower",
        (false, _) => "whole range",
    }
}

fn engines(claim: &ClaimRecord) -> Markup {
    html! {
        @if !claim.engines.is_empty() {
            div.scroll tabindex="0" role="group" aria-label="Engines" {
                table {
                    caption { "Engines" }
                    thead {
                        tr {
                            th scope="col" { "Engine" }
                            th.number scope="col" { "Trials" }
                            th.number scope="col" { "Best ratio" }
                            th scope="col" { span.visually-hidden { "Ratio as a bar" } }
                            th scope="col" { "Stopped" }
                        }
                    }
                    tbody {
                        @for (name, engine) in &claim.engines {
                            tr {
                                th scope="row" { (name) }
                                td.number { (grouped(engine.trials)) }
                                td.number { @if let Some(best) = &engine.best_ratio { (ratio(best)) } @else { "–" } }
                                td.bar-cell { @if let Some(length) = engine.best_ratio.as_deref().and_then(thousandths) { (shapes::bar(length)) } }
                                td { (engine.stop) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn coverage(claim: &ClaimRecord) -> Markup {
    html! {
        @if !claim.cover.is_empty() {
            div.scroll tabindex="0" role="group" aria-label="Coverage" {
                table {
                    caption { "Coverage" }
                    thead {
                        tr {
                            th scope="col" { "Required case" }
                            th.number scope="col" { "Reached" }
                            th.number scope="col" { "At least" }
                            th scope="col" { span.visually-hidden { "Reached as a bar" } }
                            th scope="col" { "Met" }
                        }
                    }
                    tbody {
                        @for cover in &claim.cover {
                            tr {
                                th scope="row" { (cover.name) }
                                td.number { (share(&cover.share)) }
                                td.number { (share(&cover.at_least)) }
                                td.bar-cell { @if let Some(length) = thousandths(&cover.share) { (shapes::bar(length)) } }
                                td { @if cover.met { "met" } @else { strong { "missed" } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A share as a percentage; a count as it stands.
fn share(text: &str) -> String {
    if text.contains('/') || matches!(text, "0" | "1") {
        percent(text)
    } else {
        text.to_owned()
    }
}

fn funnel(claim: &ClaimRecord) -> Markup {
    let most = claim.funnel.iter().map(|step| step.left).max().unwrap_or(0);
    html! {
        @if !claim.funnel.is_empty() {
            div.scroll tabindex="0" role="group" aria-label="Hypothesis funnel" {
                table {
                    caption { "Hypothesis funnel" }
                    thead {
                        tr {
                            th scope="col" { "After" }
                            th.number scope="col" { "Draws left" }
                            th scope="col" { span.visually-hidden { "Draws left as a bar" } }
                        }
                    }
                    tbody {
                        @for step in &claim.funnel {
                            tr {
                                th scope="row" { (step.name) }
                                td.number { (grouped(step.left)) }
                                td.bar-cell { @if let Some(length) = thousandths(&format!("{}/{most}", step.left)) { (shapes::bar(length)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Draws that count neither for nor against the claim.
fn set_aside(claim: &ClaimRecord) -> Markup {
    let counts = [
        (claim.vacuous, "met not every hypothesis"),
        (claim.undecided, "could not be decided"),
        (claim.undefined, "had an undefined conclusion"),
    ];
    html! {
        @if counts.iter().any(|(count, _)| *count > 0) {
            p.note {
                "Of all draws, "
                @for (index, (count, text)) in counts.iter().filter(|(count, _)| *count > 0).enumerate() {
                    @if index > 0 { ", " } (grouped(*count)) " " (text)
                }
                "; none of these counts for the claim."
            }
        }
    }
}
