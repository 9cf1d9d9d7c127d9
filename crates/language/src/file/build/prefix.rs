//! The source of a claim, and its quantifier prefix against the statement.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Context, names};
use crate::diagnostic::{Diagnostic, code, quoted};
use crate::expr::suggestion;
use crate::file::schema::{RawClaim, RawQuantifier, RawStatement};
use crate::file::table::Text;
use crate::file::{Binder, Source};

/// The words of a prefix.
const WORDS: [(&str, Binder); 3] = [
    ("all", Binder::All),
    ("ae", Binder::AlmostAll),
    ("some", Binder::Some),
];
/// Words other texts use, with ours.
const FOREIGN: [(&str, &str); 9] = [
    ("forall", "all"),
    ("every", "all"),
    ("any", "all"),
    ("∀", "all"),
    ("exists", "some"),
    ("∃", "some"),
    ("almost-all", "ae"),
    ("a.e.", "ae"),
    ("a.a.", "ae"),
];

/// One variable of a prefix with its place.
#[derive(Clone)]
struct Bound {
    binder: Binder,
    name: String,
    place: Range<usize>,
}

/// Reads `[source]`: the citation must be known and the prefix must agree with the statement.
pub(super) fn source(context: &mut Context<'_>, raw: &RawClaim) -> Option<Source> {
    let cite = raw.cite.as_ref()?;
    if !context.vocabulary.source(&cite.text) {
        let known = context.vocabulary.sources();
        let problem = context
            .at(
                code::SOURCE_KEY,
                cite.span(),
                format!("no source {} in the bibliography", quoted(&cite.text)),
            )
            .label("expected a key of theorems/sources.toml")
            .maybe_help(suggestion(&cite.text, known));
        context.report(problem);
    }
    let prefix = match &raw.prefix {
        Some(text) => Some(read(context, text)?),
        None => None,
    };
    if let (Some(text), Some(prefix)) = (&raw.prefix, &prefix)
        && raw.has_quantify
        && !raw
            .statement
            .quantify
            .iter()
            .any(|quantifier| quantifier.lost || !names::is_name(quantifier.variable()))
    {
        compare(context, &raw.statement, text, prefix);
    }
    Some(Source {
        cite: cite.text.clone(),
        locator: raw.locator.as_ref()?.text.clone(),
        prefix: prefix.map(|bound| {
            bound
                .into_iter()
                .map(|bound| (bound.binder, bound.name))
                .collect()
        }),
        tex: raw.tex.as_ref().map(|text| text.text.clone()),
    })
}

/// Reads `all phi psi ae x`; every problem is reported.
fn read(context: &mut Context<'_>, text: &Text) -> Option<Vec<Bound>> {
    let mut bound: Vec<Bound> = Vec::new();
    let mut binder: Option<(Binder, Range<usize>)> = None;
    let mut empty = false;
    let mut problems: Vec<Diagnostic> = Vec::new();
    let report =
        |place: Range<usize>, message: String, label: &str, problems: &mut Vec<Diagnostic>| {
            let problem = context.at(code::PREFIX_SHAPE, place, message).label(label);
            problems.push(problem);
        };
    for (start, word) in words(&text.text) {
        let place = text.map.range(start..start + word.len());
        if let Some((_, next)) = WORDS.iter().find(|(own, _)| *own == word) {
            if let Some((_, before)) = binder.as_ref().filter(|_| empty) {
                report(
                    before.clone(),
                    "a binder binds nothing".to_owned(),
                    "expected a variable after it",
                    &mut problems,
                );
            }
            binder = Some((*next, place));
            empty = true;
        } else if let Some((_, own)) = FOREIGN
            .iter()
            .find(|(foreign, _)| foreign.eq_ignore_ascii_case(word))
        {
            let label = format!("write `{own}`");
            report(
                place,
                format!("{} is no word of a prefix", quoted(word)),
                &label,
                &mut problems,
            );
            binder = binder.or(Some((Binder::All, 0..0)));
            empty = false;
        } else if !names::is_name(word) {
            report(
                place,
                format!("{} is no variable", quoted(word)),
                "expected a name of the statement",
                &mut problems,
            );
            empty = false;
        } else if let Some((binder, _)) = &binder {
            let name = word.strip_prefix('_').unwrap_or(word).to_owned();
            if bound.iter().any(|bound| bound.name == name) {
                report(
                    place.clone(),
                    format!("{} is bound twice", quoted(word)),
                    "bound before",
                    &mut problems,
                );
            }
            bound.push(Bound {
                binder: *binder,
                name,
                place,
            });
            empty = false;
        } else {
            let label = "expected `all`, `ae` or `some` first";
            report(
                place,
                "a prefix begins with a binder".to_owned(),
                label,
                &mut problems,
            );
            binder = Some((Binder::All, 0..0));
        }
    }
    if let Some((_, before)) = binder.filter(|_| empty) {
        report(
            before,
            "a binder binds nothing".to_owned(),
            "expected a variable after it",
            &mut problems,
        );
    }
    let readable = problems.is_empty();
    context.problems.extend(problems);
    readable.then_some(bound)
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Compares a prefix with the statement, up to order inside a run of equal quantifiers. The quantifiers of one
/// conclusion may follow.
fn compare(context: &mut Context<'_>, raw: &RawStatement, text: &Text, prefix: &[Bound]) {
    let statement: Vec<&RawQuantifier> = raw.quantify.iter().collect();
    let longer = raw
        .conclusions
        .iter()
        .filter(|conclusion| !conclusion.quantify.is_empty())
        .map(|conclusion| {
            let all: Vec<&RawQuantifier> =
                raw.quantify.iter().chain(&conclusion.quantify).collect();
            all
        });
    if std::iter::once(statement.clone())
        .chain(longer)
        .any(|quantifiers| agree(&quantifiers, prefix))
    {
        return;
    }
    let (line, _) = context.file.line_column(text.span().start);
    let note = format!(
        "[source].prefix at line {line} reads \"{}\"",
        text.text.escape_debug()
    );
    let mut problems = Vec::new();
    let mut report = |place: Range<usize>, label: String, help: Option<String>| {
        let problem = context
            .at(
                code::PREFIX_ORDER,
                place,
                "quantifier order differs from the one transcribed from the source",
            )
            .label(label)
            .note(note.clone())
            .maybe_help(help);
        problems.push(problem);
    };
    for quantifier in &statement {
        match prefix
            .iter()
            .find(|bound| bound.name == quantifier.variable())
        {
            None => report(
                quantifier.place.clone(),
                "not bound in the source".to_owned(),
                None,
            ),
            Some(bound) if bound.binder != quantifier.binder => {
                let here = RawStatement::binder_word(quantifier.binder);
                report(
                    quantifier.place.clone(),
                    format!("`{here}` here, `{}` in the source", word(bound.binder)),
                    None,
                );
            }
            Some(_) => {}
        }
    }
    for bound in prefix {
        if !statement
            .iter()
            .any(|quantifier| quantifier.variable() == bound.name)
        {
            report(
                bound.place.clone(),
                "no quantifier of the statement has this name".to_owned(),
                None,
            );
        }
    }
    if problems.is_empty()
        && let Some((early, waiting)) = first_early(&statement, prefix)
    {
        let label = if early.binder == Binder::Some && waiting.binder != Binder::Some {
            let (object, every) = (early.variable(), &waiting.name);
            format!("chosen before `{every}`, so one `{object}` must serve every `{every}`")
        } else {
            format!("bound before `{}`, in the source after it", waiting.name)
        };
        let later = format!(
            "{{ {} = \"{}\", … }}",
            RawStatement::binder_word(waiting.binder),
            waiting.name
        );
        let problem = context
            .at(
                code::PREFIX_ORDER,
                early.place.clone(),
                "quantifier order differs from the one transcribed from the source",
            )
            .label(label)
            .note(note)
            .help(format!("move this quantifier below `{later}`"));
        problems.push(problem);
    }
    context.problems.extend(problems);
}

fn word(binder: Binder) -> &'static str {
    WORDS
        .iter()
        .find(|(_, own)| *own == binder)
        .map_or("", |(word, _)| word)
}

fn agree(statement: &[&RawQuantifier], prefix: &[Bound]) -> bool {
    let matches = |quantifier: &&RawQuantifier| {
        prefix
            .iter()
            .any(|bound| bound.name == quantifier.variable() && bound.binder == quantifier.binder)
    };
    statement.len() == prefix.len()
        && statement.iter().all(matches)
        && first_early(statement, prefix).is_none()
}

/// The first quantifier of the statement that stands before one the source binds earlier, with that one.
fn first_early<'a>(
    statement: &[&'a RawQuantifier],
    prefix: &'a [Bound],
) -> Option<(&'a RawQuantifier, &'a Bound)> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for quantifier in statement {
        // What is due: the variables not yet met of the first run that has one.
        let first = prefix
            .iter()
            .position(|bound| !done.contains(bound.name.as_str()))?;
        let run = prefix[first..]
            .iter()
            .take_while(|bound| bound.binder == prefix[first].binder);
        let mut due = run.filter(|bound| !done.contains(bound.name.as_str()));
        let waiting = &prefix[first];
        if !due.any(|bound| bound.name == quantifier.variable()) {
            return Some((quantifier, waiting));
        }
        done.insert(quantifier.variable());
    }
    None
}
