//! Shape, word and colour of a status: the three always together.

use crate::words;
use kernel::record::{ClaimRecord, Rung, Status};
use maud::{Markup, html};

/// The outline and the inner mark of every shape, in a square of side 16.
const SHAPES: [(&str, &str, &str); 12] = [
    (
        "refuted",
        "M5 1h6l4 4v6l-4 4H5l-4-4V5z",
        "M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6",
    ),
    (
        "sampled",
        "M8 1.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 1 1 0-13.6z",
        "M8 4.9v.2M5 10v.2M11 10v.2",
    ),
    ("instance", "M8 .8L15.2 8 8 15.2.8 8z", "M8 7.8v.4"),
    ("box", "M1.8 1.8h12.4v12.4H1.8z", "M5.4 5.4h5.2v5.2H5.4z"),
    (
        "proved",
        "M8 .9l6.2 3.5v7.2L8 15.1l-6.2-3.5V4.4z",
        "M4.9 8.2l2.2 2.3 4.2-4.7",
    ),
    ("cited", "M3 1h10v14H3z", "M5.6 5h4.8M5.6 8h4.8M5.6 11h2.8"),
    (
        "vacuous",
        "M8 1.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 1 1 0-13.6z",
        "M4.4 11.6l7.2-7.2",
    ),
    (
        "under-covered",
        "M8 1.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 1 1 0-13.6z",
        "M3.8 8h8.4M5 10.8h6",
    ),
    (
        "incomplete",
        "M3 1h10L9.2 8 13 15H3l3.8-7z",
        "M6.4 12.6h3.2",
    ),
    (
        "stale",
        "M8 1.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 1 1 0-13.6z",
        "M8 4.4V8.2l2.8 1.8",
    ),
    ("broken", "M8 1l7.4 13.6H.6z", "M8 6v4M8 12.2v.2"),
    (
        "hypothesis",
        "M5 1h6l4 4v6l-4 4H5l-4-4V5z",
        "M8 4.6v6.8M4.6 8h6.8",
    ),
];

/// The shapes, to be used by name. Nothing is drawn here.
pub(super) fn definitions() -> Markup {
    html! {
        svg.definitions aria-hidden="true" width="0" height="0" {
            @for (name, outline, mark) in SHAPES {
                symbol id={ "shape-" (name) } viewBox="0 0 16 16" {
                    path.outline d=(outline) {}
                    path.mark d=(mark) {}
                }
            }
        }
    }
}

/// The shape alone; the word stands beside it.
pub(super) fn shape(name: &str) -> Markup {
    html! { svg.shape viewBox="0 0 16 16" aria-hidden="true" { use href={ "#shape-" (name) } {} } }
}

/// The name of the shape and colour of a claim: that of its status, or `hypothesis`.
pub(super) fn style_of(claim: &ClaimRecord) -> String {
    if claim.needs_hypothesis() {
        "hypothesis".to_owned()
    } else {
        name_of(claim.status)
    }
}

/// The name of the shape and colour of a status.
pub(super) fn name_of(status: Status) -> String {
    status.word().to_lowercase()
}

/// The classes of a claim: its style, and `green` if and only if the claim may be shown as green.
pub(super) fn classes(claim: &ClaimRecord) -> String {
    let green = if claim.is_green() { " green" } else { "" };
    format!("s-{}{green}", style_of(claim))
}

/// Shape and word of the status of a claim.
pub(super) fn badge(claim: &ClaimRecord) -> Markup {
    html! {
        span.badge.(classes(claim)) {
            (shape(&style_of(claim)))
            @if claim.needs_hypothesis() { "needs hypothesis" } @else { (claim.status) }
        }
    }
}

/// Shape and word of a status that belongs to no single claim.
pub(super) fn status_badge(status: Status) -> Markup {
    html! { span.badge.{ "s-" (name_of(status)) } { (shape(&name_of(status))) (status) } }
}

/// Whether the whole range of the statement is covered, for the rungs where that is a question.
pub(super) fn range(claim: &ClaimRecord) -> Markup {
    html! {
        @if claim.is_green() {
            span.chip.whole { (tick()) "whole range" }
        } @else if claim.status.rung().is_some() {
            span.chip { "part of the range" }
        }
    }
}

fn tick() -> Markup {
    html! { svg.tick viewBox="0 0 16 16" aria-hidden="true" { path d="M2.5 8.6l3.6 3.8 7.4-8.6" {} } }
}

/// How the claim stands against its file, in one or two words.
pub(super) fn standing(claim: &ClaimRecord) -> Markup {
    html! {
        @if words::is_unexpected(claim) { strong.chip.alarm { "unexpected" } }
        @else if !claim.standing().is_expected() || !claim.as_expected { span.chip { "not as expected" } }
        @else if claim.standing() == kernel::record::Standing::News { strong.chip { "news" } }
        @else { span.chip.quiet { "as expected" } }
    }
}

/// The rung as a bar of four squares.
pub(super) fn rung_bar(rung: Option<Rung>) -> Markup {
    let reached = rung.map_or(0, |rung| {
        Rung::ALL.iter().filter(|other| **other <= rung).count()
    });
    let total = Rung::ALL.len();
    html! {
        svg.rung viewBox="0 0 46 10" role="img" aria-label={ "rung " (reached) " of " (total) } {
            @for index in 0..total {
                rect.on[index < reached] x=(index * 12 + 1) y="1" width="8" height="8" {}
            }
        }
    }
}

/// A bar of the given number of thousandths.
pub(super) fn bar(thousandths: u32) -> Markup {
    html! {
        svg.bar viewBox="0 0 1000 60" preserveAspectRatio="none" aria-hidden="true" {
            rect.track width="1000" height="60" {}
            rect.value width=(thousandths) height="60" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::record::{ErratumClass, ErratumRecord, Expect, Kind};

    fn claim(status: Status) -> ClaimRecord {
        let mut claim = ClaimRecord::new("a", "networks", "A", Kind::Bound, Some(Expect::Holds));
        claim.status = status;
        claim.green = true;
        claim
    }

    #[test]
    fn only_what_may_be_green_has_the_class() {
        for &status in Status::ALL {
            assert_eq!(
                classes(&claim(status)).contains("green"),
                status.may_be_green(),
                "{status}"
            );
            assert_eq!(
                range(&claim(status)).into_string().contains("whole"),
                status.may_be_green(),
                "{status}"
            );
        }
    }

    #[test]
    fn every_status_has_a_shape() {
        for &status in Status::ALL {
            assert!(
                SHAPES.iter().any(|(name, ..)| *name == name_of(status)),
                "{status}"
            );
        }
    }

    #[test]
    fn a_missing_hypothesis_is_not_worded_or_coloured_as_a_refutation() {
        let mut claim = claim(Status::Refuted);
        claim.expect = Some(Expect::Refuted);
        claim.erratum = Some(ErratumRecord {
            id: "E1".to_owned(),
            class: ErratumClass::Hypothesis,
        });
        let badge = badge(&claim).into_string();
        assert!(
            badge.contains("needs hypothesis") && !badge.to_lowercase().contains("refuted"),
            "{badge}"
        );
    }
}
