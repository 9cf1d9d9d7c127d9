//! What is quantified or defined but never used.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use crate::diagnostic::{code, quoted};
use crate::expr::Tree;
use crate::file::domain;
use crate::file::schema::{RawClaim, RawQuantifier, RawStatement};
use crate::file::table::Text;
use crate::vocabulary::Vocabulary;

/// Names used outside the statement.
pub(crate) struct Mentioned {
    /// In `[reduce]` and `[test]`: counts for variables and definitions.
    reduced: BTreeSet<String>,
    /// In `[search]` and `[[cover]]`: counts for definitions only, since a variable belongs into the statement.
    searched: BTreeSet<String>,
}

/// The words used in the tables beside the statement.
pub(super) fn mentioned(raw: &RawClaim) -> Mentioned {
    let reduced = raw
        .reduce
        .iter()
        .chain(&raw.test)
        .flat_map(|table| &table.entries);
    let searched = raw
        .objective
        .iter()
        .chain(raw.cover.iter().map(|line| &line.when));
    Mentioned {
        reduced: reduced.flat_map(|entry| words(&entry.text)).collect(),
        searched: searched.flat_map(|text| words(&text.text)).collect(),
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
}

/// The names of formulas; `None` once a formula cannot be read, since then nothing can be said.
struct Names<'a> {
    vocabulary: &'a dyn Vocabulary,
    readable: bool,
}

impl Names<'_> {
    fn of<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text>) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for text in texts {
            match Tree::parse(&text.text) {
                Ok(tree) => names.extend(tree.needed_names(self.vocabulary)),
                Err(_) => self.readable = false,
            }
        }
        names
    }

    /// The names in the domain, range, condition and value of a quantifier. Its own counts only in a condition that ties
    /// it to another variable: a condition on itself alone is part of its range.
    fn of_quantifier(&mut self, quantifier: &RawQuantifier) -> BTreeSet<String> {
        let dimensions = quantifier
            .domain
            .as_ref()
            .and_then(|text| domain::call(text).ok());
        let dimensions = dimensions
            .map(|(_, arguments)| arguments)
            .unwrap_or_default();
        let single = [&quantifier.min, &quantifier.max, &quantifier.by];
        let among = quantifier.among.iter().flatten();
        let mut names = self.of(single.into_iter().flatten().chain(among).chain(&dimensions));
        let mut condition = self.of(&quantifier.filter);
        if condition.len() == 1 {
            condition.remove(quantifier.variable());
        }
        names.append(&mut condition);
        names
    }
}

/// Warns of variables in no hypothesis and no conclusion (C0301) and of definitions nothing uses (C0120).
pub(super) fn warn(context: &mut Context<'_>, raw: &RawStatement, mentioned: &Mentioned) {
    let mut names = Names {
        vocabulary: context.vocabulary,
        readable: true,
    };
    let mut used = mentioned.reduced.clone();
    for quantifier in &raw.quantify {
        used.extend(names.of_quantifier(quantifier));
    }
    used.extend(names.of(raw.assume.iter().map(|hypothesis| &hypothesis.expr)));
    for conclusion in &raw.conclusions {
        let mut inside = names.of([&conclusion.expr]);
        for quantifier in &conclusion.quantify {
            inside.extend(names.of_quantifier(quantifier));
        }
        used.extend(inside);
    }
    let mut defined = used.clone();
    defined.extend(mentioned.searched.iter().cloned());
    close(&mut names, raw, &mut used);
    close(&mut names, raw, &mut defined);
    if !names.readable {
        return;
    }
    let inner = raw
        .conclusions
        .iter()
        .flat_map(|conclusion| &conclusion.quantify);
    for quantifier in raw.quantify.iter().chain(inner) {
        let name = quantifier.variable();
        if quantifier.declared_unused() || used.contains(name) {
            continue;
        }
        let problem = context
            .at(
                code::UNUSED_VARIABLE,
                quantifier.name.span(),
                format!("{} is quantified but never used", quoted(name)),
            )
            .label("absent from hypotheses and conclusion")
            .help(format!("write `_{name}` if the source quantifies over it"));
        context.report(problem);
    }
    let constants = raw.constants.iter().map(|constant| (constant, "constants"));
    for (definition, table) in
        constants.chain(raw.lets.iter().map(|definition| (definition, "let")))
    {
        let name = &definition.name.text;
        if defined.contains(name) {
            continue;
        }
        let problem = context
            .at(
                code::UNUSED_DEFINITION,
                definition.name.span(),
                format!("{} is defined but never used", quoted(name)),
            )
            .label(format!("no formula needs this entry of [{table}]"));
        context.report(problem);
    }
}

/// Adds what the used definitions use themselves.
fn close(names: &mut Names<'_>, raw: &RawStatement, used: &mut BTreeSet<String>) {
    let mut definitions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for definition in raw.constants.iter().chain(&raw.lets) {
        definitions.insert(&definition.name.text, names.of([&definition.value]));
    }
    let mut open: Vec<String> = used.iter().cloned().collect();
    while let Some(name) = open.pop() {
        let needs = definitions.remove(name.as_str()).unwrap_or_default();
        open.extend(needs.into_iter().filter(|need| used.insert(need.clone())));
    }
}
