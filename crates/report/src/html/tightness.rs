//! How far the constants of a claim can be moved, on its card.

use std::collections::BTreeSet;

use super::{Page, marked};
use crate::tightness_text::direction;
use kernel::record::{ClaimRecord, TightnessRecord};
use maud::{Markup, html};

/// A row for each constant that was searched; a hint where that was for another statement.
pub(super) fn constants(page: &Page<'_>, claim: &ClaimRecord) -> Markup {
    let records = page.beside.tightness.iter().flat_map(|run| &run.constants);
    let found: Vec<&TightnessRecord> = records.filter(|record| record.claim == claim.id).collect();
    let stale = found
        .iter()
        .any(|record| record.statement_sha256 != claim.statement_sha256);
    html! {
        @if stale {
            div.messages { p.label { "Constants" } p { "They were searched for another statement. Run " code { "cargo run -p runner -- tighten " (claim.id) } " again." } }
        } @else if !found.is_empty() {
            div.tightness {
                p.label { "How far the constants can be moved" }
                table {
                    thead { tr { th { "Constant" } th { "Smaller, among all 2^(k/8)" } th { "Larger" } } }
                    tbody {
                        @for record in &found {
                            tr {
                                td { code { (record.constant) " = " (record.value) } @if let Some(locator) = &record.locator { br; (locator) } }
                                td { (marked(&direction(record, &record.smaller))) (witness(&record.smaller)) }
                                td { (marked(&direction(record, &record.larger))) (witness(&record.larger)) }
                            }
                        }
                    }
                }
                @if found.iter().any(|record| record.certified && record.argument.is_some()) {
                    p { "Certified as the claim is: with the argument in words of its reduction." }
                }
                @let narrowed: BTreeSet<&str> = found.iter().flat_map(|record| &record.narrowed).map(String::as_str).collect();
                @if !narrowed.is_empty() { p { "Certified for " (narrowed.into_iter().collect::<Vec<_>>().join(", ")) "." } }
            }
        }
    }
}

fn witness(moved: &kernel::record::Moved) -> Markup {
    html! {
        @if let Some(refuted) = &moved.refuted { br; span.exact { "by " (refuted.witness) } }
    }
}
