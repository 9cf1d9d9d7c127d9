//! Mutants: each is applied and typed when the file is read, so that none fails later.

use std::collections::BTreeMap;
use std::ops::Range;

use super::statement::{Purpose, Statement, statement};
use super::{Context, word};
use crate::diagnostic::{code, quoted};
use crate::expr::suggestion;
use crate::file::schema::{RawClaim, RawConclusion, RawMutant};
use crate::file::table::Text;
use crate::file::words::{Kind, MutantExpect};
use crate::file::{Mutant, OwnStatement, mutate};
use crate::hash;

/// The mutants of a claim; every problem of a mutant is reported with its name.
pub(super) fn build(
    context: &mut Context<'_>,
    raw: &RawClaim,
    original: &Statement,
) -> Vec<Mutant> {
    if raw
        .kind
        .as_ref()
        .is_some_and(|kind| kind.text == Kind::Schema.word())
    {
        return Vec::new();
    }
    let mut seen: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    let mut mutants = Vec::new();
    for mutant in &raw.mutants {
        if let Some(id) = &mutant.id {
            name(context, &mut seen, id);
        }
        let expect = mutant.expect.as_ref().and_then(|text| {
            word(
                context,
                "expect of a mutant",
                text,
                MutantExpect::WORDS,
                MutantExpect::from_word,
            )
        });
        kills(context, raw, mutant);
        let edits = mutant.edits.as_deref().unwrap_or_default();
        if edits.is_empty() == mutant.own.is_none() {
            let (message, label) = match mutant.own {
                None => (
                    "a mutant changes nothing",
                    "expected `edits`, or `quantify` and `expr`",
                ),
                Some(_) => (
                    "a mutant has both edits and a statement",
                    "expected either `edits` or an own statement",
                ),
            };
            let problem = context
                .at(code::MUTANT_STATEMENT, mutant.place.clone(), message)
                .label(label);
            context.report(problem);
            continue;
        }
        let (Some(id), Some(expect)) = (&mutant.id, expect) else {
            continue;
        };
        let readable = !mutant.own.as_ref().is_some_and(|own| own.incomplete);
        let own = if original.sound && readable {
            applied(context, raw, original, mutant, &id.text)
        } else {
            None
        };
        mutants.push(Mutant {
            id: id.text.clone(),
            expect,
            kills: mutant.kills.as_ref().map(|text| text.text.clone()),
            edits: edits.iter().map(|edit| edit.text.clone()).collect(),
            own: own.filter(|_| mutant.own.is_some()),
            why: mutant.why.as_ref().map(|text| text.text.clone()),
            witness: mutant.witness.as_ref().map(|text| text.text.clone()),
            span: id.span(),
            raw_edits: edits.to_vec(),
            raw_own: mutant.own.clone(),
        });
    }
    mutants
}

fn name<'a>(context: &mut Context<'_>, seen: &mut BTreeMap<&'a str, Range<usize>>, id: &'a Text) {
    let shaped = !id.text.is_empty()
        && id
            .text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let problem = if !shaped {
        context
            .at(
                code::NAME_SHAPE,
                id.span(),
                format!("{} cannot name a mutant", quoted(&id.text)),
            )
            .label("expected letters, digits, `-` and `_`")
    } else if let Some(before) = seen.get(id.text.as_str()) {
        let (line, _) = context.file.line_column(before.start);
        context
            .at(
                code::MUTANT_TAKEN,
                id.span(),
                format!("mutant {} is defined twice", quoted(&id.text)),
            )
            .label(format!("also defined at line {line}"))
    } else {
        seen.insert(&id.text, id.span());
        return;
    };
    context.report(problem);
}

fn kills(context: &mut Context<'_>, raw: &RawClaim, mutant: &RawMutant) {
    let Some(kills) = &mutant.kills else { return };
    let own = mutant
        .own
        .as_ref()
        .map(|own| &own.conclusions)
        .filter(|conclusions| !conclusions.is_empty());
    let conclusions: &Vec<RawConclusion> = own.unwrap_or(&raw.statement.conclusions);
    if conclusions
        .iter()
        .any(|conclusion| conclusion.name.text == kills.text)
    {
        return;
    }
    let names = conclusions
        .iter()
        .map(|conclusion| conclusion.name.text.as_str());
    let problem = context
        .at(
            code::MUTANT_KILLS,
            kills.span(),
            format!("`kills` names no conclusion: {}", quoted(&kills.text)),
        )
        .label("expected the name of the conclusion that must fail")
        .maybe_help(suggestion(&kills.text, names));
    context.report(problem);
}

/// Applies a mutant to the statement and types the result; `None` if it does not apply.
fn applied(
    context: &mut Context<'_>,
    raw: &RawClaim,
    original: &Statement,
    mutant: &RawMutant,
    id: &str,
) -> Option<OwnStatement> {
    let mut inner = Context::new(context.file, context.vocabulary);
    let edits = mutant.edits.as_deref().unwrap_or_default();
    let mutated = mutate::statement(&mut inner, &raw.statement, edits, mutant.own.as_ref(), id);
    let built = mutated
        .map(|mutated| statement(&mut inner, &mutated, Purpose::Mutant))
        .filter(|built| built.sound);
    let note = format!("in mutant {}", quoted(id));
    let named = quoted(id);
    context
        .problems
        .extend(
            inner
                .problems
                .into_iter()
                .map(|problem| match problem.message.contains(&named) {
                    true => problem,
                    false => problem.note(note.clone()),
                }),
        );
    let built = built?;
    if hash::text_of(&built) == hash::text_of(original) {
        let place = edits.first().map_or(mutant.place.clone(), Text::span);
        let problem = context
            .at(
                code::MUTANT_IDLE,
                place,
                format!("mutant {} changes nothing", quoted(id)),
            )
            .label("the statement stays as it is");
        context.report(problem);
    }
    let Statement {
        quantify,
        assume,
        lets,
        conclusions,
        ..
    } = built;
    Some(OwnStatement {
        quantify,
        assume,
        lets,
        conclusions,
    })
}
