//! Edits `path: pattern => replacement` of the text of a statement.

use crate::diagnostic::{Diagnostic, code, listed, quoted};
use crate::edit;
use crate::expr::suggestion;
use crate::file::build::Context;
use crate::file::schema::{RawQuantifier, RawStatement};
use crate::file::table::Text;
use crate::file::{Binder, TextMap};

impl RawStatement {
    /// Every formula of quantifiers, hypotheses, abbreviations and conclusions. Domains count as formulas: their words
    /// are called or named like functions, and no abbreviation can have their name and be meant.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        let inner = self
            .conclusions
            .iter()
            .flat_map(|conclusion| &conclusion.quantify);
        let quantifiers = self
            .quantify
            .iter()
            .chain(inner)
            .flat_map(RawQuantifier::texts);
        let lets = self.lets.iter().map(|definition| &definition.value);
        let assume = self.assume.iter().map(|hypothesis| &hypothesis.expr);
        quantifiers
            .chain(lets)
            .chain(assume)
            .chain(self.conclusions.iter().map(|conclusion| &conclusion.expr))
    }

    /// Every path an edit may have.
    fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self
            .conclusions
            .iter()
            .map(|conclusion| conclusion.name.text.clone())
            .collect();
        paths.extend(
            self.constants
                .iter()
                .map(|constant| format!("constants.{}", constant.name.text)),
        );
        paths.extend(
            self.lets
                .iter()
                .map(|definition| format!("let.{}", definition.name.text)),
        );
        paths.extend(
            self.assume
                .iter()
                .map(|hypothesis| format!("assume.{}", hypothesis.name.text)),
        );
        let outer = self
            .quantify
            .iter()
            .map(|quantifier| (String::new(), quantifier));
        let inner = self.conclusions.iter().flat_map(|conclusion| {
            conclusion
                .quantify
                .iter()
                .map(move |quantifier| (format!("{}.", conclusion.name.text), quantifier))
        });
        for (prefix, quantifier) in outer.chain(inner) {
            let path = format!("{prefix}quantify.{}", quantifier.variable());
            paths.push(path.clone());
            paths.extend(
                PARTS
                    .iter()
                    .filter(|part| quantifier.has(part))
                    .map(|part| format!("{path}.{part}")),
            );
        }
        paths
    }

    fn slot(&mut self, path: &str) -> Option<Slot<'_>> {
        let segments: Vec<&str> = path.split('.').map(str::trim).collect();
        match segments.as_slice() {
            ["let", name] => named(&mut self.lets, |definition| definition.name.text == *name)
                .map(|d| Slot::Formula(&mut d.value)),
            ["constants", name] => {
                named(&mut self.constants, |constant| constant.name.text == *name)
                    .map(|c| Slot::Formula(&mut c.value))
            }
            ["assume", name] => named(&mut self.assume, |hypothesis| hypothesis.name.text == *name)
                .map(|h| Slot::Formula(&mut h.expr)),
            ["quantify", variable, part @ ..] => {
                quantifier_slot(&mut self.quantify, variable, part)
            }
            [conclusion, "quantify", variable, part @ ..] => {
                let found = named(&mut self.conclusions, |c| c.name.text == *conclusion)?;
                quantifier_slot(&mut found.quantify, variable, part)
            }
            [conclusion] => named(&mut self.conclusions, |c| c.name.text == *conclusion)
                .map(|c| Slot::Formula(&mut c.expr)),
            _ => None,
        }
    }
}

impl RawQuantifier {
    fn texts(&self) -> impl Iterator<Item = &Text> {
        let single = [
            &self.domain,
            &self.min,
            &self.max,
            &self.filter,
            &self.by,
            &self.search,
        ];
        single
            .into_iter()
            .flatten()
            .chain(self.among.iter().flatten())
            .chain(&self.from)
    }
}

/// The parts of a quantifier an edit may name.
const PARTS: [&str; 5] = ["where", "min", "max", "in", "by"];

/// What an edit works on.
enum Slot<'a> {
    Formula(&'a mut Text),
    Binder(&'a mut RawQuantifier),
}

fn named<T>(items: &mut [T], is: impl Fn(&T) -> bool) -> Option<&mut T> {
    items.iter_mut().find(|item| is(item))
}

fn quantifier_slot<'a>(
    quantifiers: &'a mut [RawQuantifier],
    variable: &str,
    part: &[&str],
) -> Option<Slot<'a>> {
    let quantifier = named(quantifiers, |quantifier| quantifier.variable() == variable)?;
    let text = match part {
        [] => return Some(Slot::Binder(quantifier)),
        ["where"] => &mut quantifier.filter,
        ["min"] => &mut quantifier.min,
        ["max"] => &mut quantifier.max,
        ["in"] => &mut quantifier.domain,
        ["by"] => &mut quantifier.by,
        _ => return None,
    };
    text.as_mut().map(Slot::Formula)
}

/// An edit `path: pattern => replacement`.
struct Edit {
    path: Text,
    pattern: Text,
    replacement: Text,
}

fn split(context: &mut Context<'_>, edit: &Text) -> Option<Edit> {
    let parts = edit.text.find(':').and_then(|colon| {
        let arrow = colon + edit.text[colon..].find("=>")?;
        let path = edit.part(0..colon).trimmed();
        let pattern = edit.part(colon + 1..arrow).trimmed();
        let replacement = edit.part(arrow + 2..edit.text.len()).trimmed();
        let complete = [&path, &pattern, &replacement]
            .iter()
            .all(|part| !part.text.is_empty());
        complete.then_some(Edit {
            path,
            pattern,
            replacement,
        })
    });
    if parts.is_none() {
        let problem = context
            .at(
                code::MUTANT_SHAPE,
                edit.span(),
                format!("{} is no edit", quoted(&edit.text)),
            )
            .label("expected `path: pattern => replacement`")
            .help("for example `main: B^(L-1) => B^(L-2)` or `quantify.x: almost-all => all`");
        context.report(problem);
    }
    parts
}

/// Applies one edit; `None` once a problem was reported.
pub(super) fn apply(
    context: &mut Context<'_>,
    raw: &mut RawStatement,
    edit: &Text,
    id: &str,
) -> Option<()> {
    let edit = split(context, edit)?;
    let paths = raw.paths();
    match raw.slot(&edit.path.text) {
        Some(Slot::Formula(target)) => rewrite(context, target, &edit, id),
        Some(Slot::Binder(quantifier)) => rebind(context, quantifier, &edit, id),
        None => {
            let problem = context
                .at(
                    code::MUTANT_PATH,
                    edit.path.span(),
                    format!("mutant {} edits an unknown path", quoted(id)),
                )
                .label("the statement has no such part")
                .maybe_help(
                    suggestion(&edit.path.text, paths.iter().map(String::as_str))
                        .filter(|help| help.starts_with("did")),
                )
                .note(format!(
                    "paths of this claim: {}",
                    listed(paths.iter().map(String::as_str))
                ));
            context.report(problem);
            None
        }
    }
}

fn rewrite(context: &mut Context<'_>, target: &mut Text, edit: &Edit, id: &str) -> Option<()> {
    let pattern = context.parse(&edit.pattern);
    let replacement = context.parse(&edit.replacement);
    let tree = context.parse(target);
    let (tree, pattern, replacement) = (tree?, pattern?, replacement?);
    let path = quoted(&edit.path.text);
    match edit::apply(&tree, &pattern, &replacement) {
        Ok((_, 0)) => {
            let mut problem = context
                .at(code::MUTANT_PATTERN, edit.pattern.span(), format!("mutant {} does not apply", quoted(id)))
                .label(format!("occurs 0 times in {path}"))
                .note(format!("{path} is {}", quoted(&target.text)))
                .help("edits match parsed sub-expressions, whatever their blanks and parentheses; `_` stands for the whole");
            if target.text.contains(&edit.pattern.text) {
                problem = problem.note(
                    "the text occurs, but not as one sub-expression: `a - b - c` is `(a - b) - c`",
                );
            }
            context.report(problem);
            None
        }
        Ok((edited, _)) => {
            *target = Text {
                text: edited.text().to_owned(),
                map: TextMap::elsewhere(edit.replacement.span()),
            };
            Some(())
        }
        Err(problem) => {
            let problem = Diagnostic::from_problem(
                problem,
                context.file,
                &TextMap::elsewhere(edit.pattern.span()),
            );
            context.report(problem);
            None
        }
    }
}

/// Changes the binder of a quantifier. `almost-all => all` must meet the points the null set may hold, so every family
/// `generic(…)` is joined by `kinks(…)` with the same arguments.
fn rebind(
    context: &mut Context<'_>,
    quantifier: &mut RawQuantifier,
    edit: &Edit,
    id: &str,
) -> Option<()> {
    let from = binder(context, &edit.pattern);
    let to = binder(context, &edit.replacement);
    let (from, to) = (from?, to?);
    let current = RawStatement::binder_word(quantifier.binder);
    if from != quantifier.binder {
        let problem = context
            .at(
                code::MUTANT_PATTERN,
                edit.pattern.span(),
                format!("mutant {} does not apply", quoted(id)),
            )
            .label(format!(
                "`{}` is bound by `{current}`",
                quantifier.variable()
            ));
        context.report(problem);
        return None;
    }
    if from == Binder::AlmostAll && to == Binder::All {
        let generic: Vec<Text> = quantifier
            .from
            .iter()
            .filter(|family| family.text.trim_start().starts_with("generic("))
            .cloned()
            .collect();
        for family in generic {
            let text = family.text.replacen("generic(", "kinks(", 1);
            if !quantifier
                .from
                .iter()
                .any(|given| given.text.trim() == text.trim())
            {
                quantifier.from.push(Text {
                    text,
                    map: TextMap::elsewhere(family.span()),
                });
            }
        }
    }
    quantifier.binder = to;
    for (key, place) in &mut quantifier.keys {
        if *key == current {
            (*key, *place) = (RawStatement::binder_word(to), edit.replacement.span());
        }
    }
    Some(())
}

fn binder(context: &mut Context<'_>, text: &Text) -> Option<Binder> {
    let binder = [Binder::All, Binder::AlmostAll, Binder::Some]
        .into_iter()
        .find(|binder| RawStatement::binder_word(*binder) == text.text);
    if binder.is_none() {
        let problem = context
            .at(code::MUTANT_SHAPE, text.span(), format!("{} is no binder", quoted(&text.text)))
            .label("expected `all`, `almost-all` or `some`")
            .help("edit the parts of a quantifier with the paths `quantify.x.where`, `.min`, `.max`, `.in`, `.by`");
        context.report(problem);
    }
    binder
}
