//! The page: one file that opens offline, needs no script to be read, and fetches nothing.
//!
//! Order: the verdict in one sentence, what is unexpected, what the page is not, every claim as a tile, the unexpected claims in full, the table, the
//! other claims, methods, trust base, glossary, environment. The run itself stands in the page as data, with its digest. Equal records give equal
//! bytes.

mod back;
mod card;
mod evidence;
mod experiment;
mod experiment_page;
mod index;
mod overview;
mod policy;
mod shapes;
mod statement;
mod tightness;
mod variants;
mod witness;

pub use experiment_page::experiment_page;

use crate::card_text::CardText;
use crate::text::safe;
use crate::{json, words};
use claim_language::file::Claim;
use claim_language::vocabulary::Vocabulary;
use kernel::record::{ClaimRecord, RunRecord, Standing, TightnessRun};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;
use training::Summary;

const STYLE: &str = concat!(
    include_str!("html/style.css"),
    include_str!("html/plot.css")
);
const SCRIPT: &str = include_str!("html/script.js");

/// The page for a run: [`page_from`] with the texts that the printers of the language give for `claims`.
pub fn page(
    run: &RunRecord,
    claims: &[Claim],
    vocabulary: &dyn Vocabulary,
    generated: Option<&str>,
) -> String {
    let texts: Vec<CardText> = claims
        .iter()
        .map(|claim| CardText::from_claim(claim, vocabulary))
        .collect();
    page_from(run, &texts, generated)
}

/// The page for a run, with the texts of its claims; a claim without a text shows the canonical statement of the record.
///
/// `generated` is printed on a line of its own, the only one that differs between equal runs.
pub fn page_from(run: &RunRecord, texts: &[CardText], generated: Option<&str>) -> String {
    page_with(run, texts, Beside::default(), generated)
}

/// What other commands found, shown beside a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// An experiment, in a section of its own.
    pub experiment: Option<&'a Summary>,
    /// How far constants can be moved, on the cards of their claims.
    pub tightness: Option<&'a TightnessRun>,
}

/// [`page_from`] with what other commands found.
pub fn page_with(
    run: &RunRecord,
    texts: &[CardText],
    beside: Beside<'_>,
    generated: Option<&str>,
) -> String {
    let page = Page {
        beside,
        ..Page::new(run, texts)
    };
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&page))
            (newline())
            body {
                a.skip href="#main" { "Skip to the claims" }
                (shapes::definitions())
                (newline())
                (overview::header(&page, generated))
                (newline())
                main #main {
                    (sections(&page))
                    @if let Some(summary) = page.beside.experiment { (experiment::section(summary)) }
                    (back::matter(&page))
                }
                (newline())
                script #run type="application/json" data-sha256=(page.digest) { (PreEscaped(&page.data)) }
                (newline())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    let mut text = safe(&markup.into_string());
    text.push('\n');
    text
}

/// What every part of the page needs to know.
pub(crate) struct Page<'a> {
    run: &'a RunRecord,
    texts: BTreeMap<&'a str, &'a CardText>,
    beside: Beside<'a>,
    numbers: BTreeMap<&'a str, usize>,
    used_by: BTreeMap<&'a str, Vec<&'a str>>,
    data: String,
    digest: String,
}

impl<'a> Page<'a> {
    fn new(run: &'a RunRecord, texts: &'a [CardText]) -> Self {
        let mut used_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for claim in &run.claims {
            for used in &claim.uses {
                used_by.entry(used).or_default().push(&claim.id);
            }
        }
        let data = json::comparable(run);
        Self {
            run,
            texts: texts.iter().map(|text| (text.id.as_str(), text)).collect(),
            beside: Beside::default(),
            numbers: run
                .claims
                .iter()
                .enumerate()
                .map(|(index, claim)| (claim.id.as_str(), index + 1))
                .collect(),
            used_by,
            digest: json::sha256(data.as_bytes()),
            data,
        }
    }

    /// The number of the claim on this page, from 1.
    fn number(&self, claim: &ClaimRecord) -> usize {
        self.numbers.get(claim.id.as_str()).copied().unwrap_or(0)
    }

    fn text(&self, claim: &ClaimRecord) -> Option<&'a CardText> {
        self.texts.get(claim.id.as_str()).copied()
    }

    /// The id as a link if the claim is on the page.
    fn link(&self, id: &str) -> Markup {
        html! {
            @if self.numbers.contains_key(id) { a href={ "#" (anchor(id)) } { code { (id) } } } @else { code { (id) } }
        }
    }

    /// The one-line citation of a source, or its key.
    fn citation(&self, cite: &'a str) -> &'a str {
        self.run.bibliography.get(cite).map_or(cite, String::as_str)
    }

    fn claims(&self, wanted: impl Fn(&ClaimRecord) -> bool) -> Vec<&'a ClaimRecord> {
        self.run
            .claims
            .iter()
            .filter(|claim| wanted(claim))
            .collect()
    }

    /// The claims of each source, sources in the order of their first claim.
    fn by_source(&self, claims: &[&'a ClaimRecord]) -> Vec<(&'a str, Vec<&'a ClaimRecord>)> {
        let mut groups: Vec<(&str, Vec<&ClaimRecord>)> = Vec::new();
        for &claim in claims {
            match groups
                .iter_mut()
                .find(|(cite, _)| *cite == claim.source.cite)
            {
                Some((_, group)) => group.push(claim),
                None => groups.push((&claim.source.cite, vec![claim])),
            }
        }
        groups
    }
}

fn head(page: &Page<'_>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy::content(STYLE, SCRIPT));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="generator" content={ (page.run.tool.name) " " (page.run.tool.version) };
            title { "Referee’s report: " (words::verdict_sentence(page.run)) }
            link rel="icon" href="data:,";
            (newline())
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn sections(page: &Page<'_>) -> Markup {
    let mut unexpected = page.claims(words::is_unexpected);
    unexpected.sort_by_key(|claim| claim.standing());
    let news = page.claims(is_news);
    let rest = page.claims(|claim| !words::is_unexpected(claim) && !is_news(claim));
    html! {
        @if !unexpected.is_empty() {
            section.block #unexpected aria-labelledby="unexpected-title" {
                h2 #unexpected-title { "Unexpected" }
                @for claim in &unexpected { (card::card(page, claim)) }
            }
        }
        @if !news.is_empty() {
            section.block #news aria-labelledby="news-title" {
                h2 #news-title { "News" }
                @for claim in &news { (card::card(page, claim)) }
            }
        }
        (index::section(page))
        @if !rest.is_empty() {
            section.block #claims aria-labelledby="claims-title" {
                h2 #claims-title { "Claims" }
                @for (cite, claims) in page.by_source(&rest) {
                    section.source {
                        p.citation { (page.citation(cite)) }
                        @for claim in claims { (card::card(page, claim)) }
                    }
                }
            }
        }
    }
}

fn is_news(claim: &ClaimRecord) -> bool {
    !words::is_unexpected(claim) && claim.standing() == Standing::News
}

/// The fragment of a claim's card. Characters that a fragment cannot hold are replaced by their code points.
fn anchor(id: &str) -> String {
    let mut out = "claim-".to_owned();
    for character in id.chars() {
        if character.is_ascii_alphanumeric() || matches!(character, '-' | '.') {
            out.push(character);
        } else {
            out.push_str(&format!("_{:x}_", u32::from(character)));
        }
    }
    out
}

/// The text with what stands between back quotes as code; a back quote without a partner stays.
fn marked(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index % 2 == 0 { (part) }
            @else if index + 1 < parts.len() { code { (part) } }
            @else { "`" (part) }
        }
    }
}

/// A line break in the source, where it cannot be seen on the page.
fn newline() -> PreEscaped<&'static str> {
    PreEscaped("\n")
}

#[cfg(test)]
mod tests {
    use super::{anchor, marked};

    #[test]
    fn back_quotes_become_code_and_nothing_becomes_mark_up() {
        assert_eq!(marked("a `b` c").into_string(), "a <code>b</code> c");
        assert_eq!(marked("a `b").into_string(), "a `b");
        assert_eq!(marked("`<i>`").into_string(), "<code>&lt;i&gt;</code>");
    }

    #[test]
    fn anchors_of_different_ids_differ_and_hold_no_mark_up() {
        assert_eq!(anchor("nn-chain-rule"), "claim-nn-chain-rule");
        assert_eq!(anchor("a b"), "claim-a_20_b");
        assert_ne!(anchor("a_20_b"), anchor("a b"));
        assert!(!anchor("\"><script>").contains(['"', '<', '>', ' ']));
    }
}
