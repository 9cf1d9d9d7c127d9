//! The words of `[claim]`: id, area, kind, expectation.

use std::sync::Arc;

use super::Context;
use crate::diagnostic::{code, quoted};
use crate::expr::suggestion;
use crate::file::schema::RawClaim;
use crate::file::table::Text;
use crate::file::words::{Area, ErratumClass, Expect, Kind, Rung, Tight};
use crate::file::{Erratum, SourceFile};

/// The read words of `[claim]`.
pub(crate) struct Head {
    pub id: String,
    pub title: String,
    pub area: String,
    pub kind: Kind,
    pub expect: Option<Expect>,
    pub rung: Option<Rung>,
    pub tight: Option<Tight>,
    pub erratum: Option<Erratum>,
    pub file: Arc<SourceFile>,
}

/// The value of a word of a closed list; another word is reported.
pub(crate) fn word<T>(
    context: &mut Context<'_>,
    what: &str,
    text: &Text,
    words: &[&str],
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let value = read(&text.text);
    if value.is_none() {
        let problem = context
            .at(
                code::WORD,
                text.span(),
                format!(
                    "{what} is {}, which is none of its words",
                    quoted(&text.text)
                ),
            )
            .label(format!("expected one of {}", words.join(", ")))
            .maybe_help(
                suggestion(&text.text, words.iter().copied())
                    .filter(|help| help.starts_with("did")),
            );
        context.report(problem);
    }
    value
}

pub(super) fn read(context: &mut Context<'_>, raw: &RawClaim) -> Option<Head> {
    let id = raw
        .id
        .as_ref()
        .filter(|id| check_id(context, id))
        .map(|id| id.text.clone());
    let title = raw
        .title
        .as_ref()
        .filter(|title| not_blank(context, "title", title))
        .map(|title| title.text.clone());
    let area = raw
        .area
        .as_ref()
        .and_then(|text| word(context, "area", text, Area::WORDS, Area::from_word));
    let kind = raw
        .kind
        .as_ref()
        .and_then(|text| word(context, "kind", text, Kind::WORDS, Kind::from_word));
    let expect = raw
        .expect
        .as_ref()
        .and_then(|text| word(context, "expect", text, Expect::WORDS, Expect::from_word));
    let rung = raw
        .rung
        .as_ref()
        .and_then(|text| word(context, "rung", text, Rung::WORDS, Rung::from_word));
    let tight = raw
        .tight
        .as_ref()
        .and_then(|text| word(context, "tight", text, Tight::WORDS, Tight::from_word));
    let class = raw.erratum.as_ref().and_then(|(_, class)| {
        word(
            context,
            "class of erratum",
            class,
            ErratumClass::WORDS,
            ErratumClass::from_word,
        )
    });
    let erratum = raw
        .erratum
        .as_ref()
        .zip(class)
        .map(|((id, _), class)| Erratum {
            id: id.text.clone(),
            class,
        });
    if let Some(kind) = kind {
        shape(context, raw, kind);
    }
    if let Some(witness) = &raw.witness {
        not_blank(context, "witness file", witness);
    }
    Some(Head {
        id: id?,
        title: title?,
        area: area?.word().to_owned(),
        kind: kind?,
        expect,
        rung,
        tight,
        erratum,
        file: Arc::clone(context.file),
    })
}

/// Whether a text is kebab-case: words of lower-case letters and digits joined by single hyphens, a letter first.
pub(crate) fn is_kebab(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

fn check_id(context: &mut Context<'_>, id: &Text) -> bool {
    if !is_kebab(&id.text) {
        let kebab = kebab(&id.text);
        let problem = context
            .at(
                code::ID_SHAPE,
                id.span(),
                format!("id {} is not kebab-case", quoted(&id.text)),
            )
            .label("expected lower-case words and digits joined by single hyphens")
            .maybe_help(is_kebab(&kebab).then(|| format!("write `{kebab}`")));
        context.report(problem);
        return false;
    }
    let stem = context.file.stem();
    if stem != id.text {
        let problem = context
            .at(
                code::ID_STEM,
                id.span(),
                format!(
                    "id {} differs from the file name {}",
                    quoted(&id.text),
                    quoted(stem)
                ),
            )
            .label("expected the file name without its extension")
            .help(format!(
                "rename the file to `{}.toml`, or write `id = \"{}\"`",
                id.text,
                stem.escape_default()
            ));
        context.report(problem);
        return false;
    }
    true
}

/// The nearest kebab-case text.
fn kebab(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let words = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn not_blank(context: &mut Context<'_>, what: &str, text: &Text) -> bool {
    if text.text.trim().is_empty() {
        let problem = context
            .at(code::OUT_OF_RANGE, text.span(), format!("{what} is empty"))
            .label("expected some text");
        context.report(problem);
        return false;
    }
    true
}

/// A schema claim has prose and no formula, every other claim the reverse.
fn shape(context: &mut Context<'_>, raw: &RawClaim, kind: Kind) {
    let mut wrong = |place: std::ops::Range<usize>, message: &str, label: &str| {
        let problem = context.at(code::SCHEMA_SHAPE, place, message).label(label);
        context.report(problem);
    };
    if kind == Kind::Schema {
        if let Some(expect) = &raw.expect {
            wrong(
                expect.span(),
                "a schema claim has no `expect`",
                "a schema claim is cited, never decided",
            );
        }
        if raw.prose.is_none() {
            wrong(
                raw.statement_place.clone(),
                "a schema claim needs `prose`",
                "`statement.prose` belongs here",
            );
        }
        if let Some(place) = &raw.conclusion_place {
            wrong(
                place.clone(),
                "a schema claim has no conclusion",
                "its statement is `statement.prose`",
            );
        }
        if let Some(mutant) = raw.mutants.first() {
            wrong(
                mutant.place.clone(),
                "a schema claim has no mutants",
                "there is no formula to change",
            );
        }
        if let Some(quantifier) = raw.statement.quantify.first() {
            wrong(
                quantifier.place.clone(),
                "a schema claim has no quantifiers",
                "its statement is `statement.prose`",
            );
        }
        return;
    }
    if let Some(prose) = &raw.prose {
        wrong(
            prose.span(),
            "only a schema claim has `prose`",
            "the statement is its formulas",
        );
    }
    if let Some((claim, _)) = raw.refuted_by.as_ref().or(raw.implied_by.as_ref()) {
        wrong(
            claim.span(),
            "only a schema claim is refuted or implied by another claim",
            "not a key of this kind",
        );
    }
    let missing = [
        (
            raw.expect.is_none(),
            &raw.claim_place,
            "missing key `expect` in [claim]",
            "`expect` belongs here",
        ),
        (
            !raw.has_quantify,
            &raw.statement_place,
            "missing key `quantify` in [statement]",
            "`statement.quantify` belongs here",
        ),
        (
            raw.conclusion_place.is_none(),
            &raw.statement_place,
            "missing key `conclusion` in a claim file",
            "a conclusion follows the statement",
        ),
    ];
    for (missing, place, message, label) in missing {
        if missing {
            let problem = context
                .at(code::MISSING_KEY, place.clone(), message)
                .label(label);
            context.report(problem);
        }
    }
    if let Some(place) = raw
        .conclusion_place
        .clone()
        .filter(|_| raw.statement.conclusions.is_empty())
        && !context.problems.iter().any(|problem| problem.is_error())
    {
        let problem = context
            .at(code::MISSING_KEY, place, "no conclusion in [conclusion]")
            .label("expected `[conclusion.main]` with `expr`");
        context.report(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kebab_case() {
        for good in ["a", "nn-chain-rule", "k2-3x"] {
            assert!(is_kebab(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "2a", "a.b", "ä"] {
            assert!(!is_kebab(bad), "{bad}");
        }
        assert_eq!(kebab("NN.Chain_rule"), "nn-chain-rule");
    }
}
