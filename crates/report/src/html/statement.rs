//! The statement as it was checked: prefix in symbols and words, abbreviations, hypotheses by name, conclusions; then as the source prints it.

use crate::card_text::{Bound, CardText, Formula, Named};
use kernel::record::ClaimRecord;
use maud::{Markup, PreEscaped, html};

/// The statement of a claim: from its text, or as plain text where there is none.
pub(super) fn statement(claim: &ClaimRecord, text: Option<&CardText>) -> Markup {
    html! {
        div.statement role="group" aria-label="Statement" {
            @match text {
                None => p.plain { (claim.statement) },
                Some(text) => {
                    @if let Some(prose) = &text.prose { p.prose { (prose) } }
                    (prefix(&text.quantify))
                    (hypotheses(text))
                    (conclusions(text))
                    (abbreviations("where", &text.lets))
                    (abbreviations("constants", &text.constants))
                    @if let Some(tex) = &text.source_tex {
                        p.as-printed { span.label { "In the source" } " " code { (tex) } }
                    }
                }
            }
        }
    }
}

/// The quantified variables, one per line: symbols, then words.
fn prefix(bounds: &[Bound]) -> Markup {
    html! {
        @if !bounds.is_empty() {
            ul.prefix { @for bound in bounds { (binder(bound)) } }
        }
    }
}

fn binder(bound: &Bound) -> Markup {
    html! {
        li {
            span.symbols { (inline(&bound.symbols)) }
            span.words {
                (bound.words)
                @for (index, restriction) in bound.restrictions.iter().enumerate() {
                    @if index == 0 { " with " } @else { " and " }
                    (inline(restriction))
                }
                @if let Some(by) = &bound.by { ", given by " (inline(by)) }
                @for (index, choice) in bound.among.iter().enumerate() {
                    @if index == 0 { ", one of " } @else { ", " }
                    (inline(choice))
                }
                @for remark in &bound.remarks { span.remark { " " (remark) } }
            }
        }
    }
}

fn hypotheses(text: &CardText) -> Markup {
    html! {
        @if !text.hypotheses.is_empty() {
            div.clause {
                p.lead { "If" }
                ul.named { @for named in &text.hypotheses { li { span.scroll.formula { (inline(&named.formula)) } span.name { "(" (named.name) ")" } } } }
            }
        }
    }
}

fn conclusions(text: &CardText) -> Markup {
    let lead = if text.hypotheses.is_empty() {
        ""
    } else {
        "then"
    };
    html! {
        @if !text.conclusions.is_empty() {
            div.clause {
                @if !lead.is_empty() { p.lead { (lead) } }
                @for conclusion in &text.conclusions {
                    (prefix(&conclusion.quantify))
                    div.conclusion {
                        div.scroll.formula tabindex="0" role="group" aria-label={ "Conclusion " (conclusion.name) } { (displayed(&conclusion.formula)) }
                        @if text.conclusions.len() > 1 { span.name { "(" (conclusion.name) ")" } }
                    }
                }
            }
        }
    }
}

fn abbreviations(lead: &str, items: &[Named]) -> Markup {
    html! {
        @if !items.is_empty() {
            div.clause.abbreviations {
                p.lead { (lead) }
                ul.named {
                    @for named in items {
                        li {
                            span.scroll.formula { (inline(&named.formula)) }
                            @if let Some(remark) = &named.remark { span.name { (remark) } }
                        }
                    }
                }
            }
        }
    }
}

/// The formula in a line of text.
pub(super) fn inline(formula: &Formula) -> Markup {
    html! {
        @if formula.mathml.is_empty() { code { (formula.unicode) } } @else { (PreEscaped(&formula.mathml)) }
    }
}

/// The formula on a line of its own.
fn displayed(formula: &Formula) -> Markup {
    let open = formula.mathml.split('>').next().unwrap_or("");
    html! {
        @if open.starts_with("<math") && !open.contains(" display=") {
            (PreEscaped(format!("<math display=\"block\"{}", &formula.mathml["<math".len()..])))
        } @else { (inline(formula)) }
    }
}
