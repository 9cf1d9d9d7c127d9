//! Mutated statements: edits on paths, own statements, dropped hypotheses.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::build::{Context, Purpose, statement as build};
use super::schema::{RawOwn, RawQuantifier, RawStatement};
use super::table::Text;
use super::words::{Expect, MutantExpect};
use super::{Binder, Claim, Mutant, TextMap};
use crate::diagnostic::{Diagnostic, arrange, code, listed, quoted};
use crate::edit;
use crate::expr::{Tree, suggestion};
use crate::vocabulary::Vocabulary;

impl Claim {
    /// The claim `id/mutant` with the statement of the mutant.
    ///
    /// It keeps the file, source and budgets, has no mutants of its own, and expects what the mutant expects. A mutant
    /// with its own statement keeps no cover lines and no objective, since their variables may be missing. The errors
    /// are those of a mutant that does not apply; a mutant of this claim always does.
    pub fn mutated(
        &self,
        mutant: &Mutant,
        vocabulary: &dyn Vocabulary,
    ) -> Result<Claim, Vec<Diagnostic>> {
        let mut context = Context::new(&self.file, vocabulary);
        let raw = statement(
            &mut context,
            &self.raw,
            &mutant.raw_edits,
            mutant.raw_own.as_ref(),
            &mutant.id,
        );
        let built = raw
            .as_ref()
            .map(|raw| build(&mut context, raw, Purpose::Mutant));
        let (Some(raw), Some(built)) = (raw, built.filter(|built| built.sound)) else {
            let mut problems = context.problems;
            arrange(&mut problems);
            return Err(problems);
        };
        let mut claim = self.clone();
        claim.id = format!("{}/{}", self.id, mutant.id);
        claim.expect = Some(match mutant.expect {
            MutantExpect::Killed | MutantExpect::Rejected => Expect::Refuted,
            MutantExpect::AliveProved | MutantExpect::Control => Expect::Holds,
            MutantExpect::Unresolved => Expect::Conjecture,
        });
        claim.rung = None;
        claim.tight = None;
        claim.witness = mutant.witness.clone();
        claim.mutants = Vec::new();
        if mutant.raw_own.is_some() {
            claim.cover = Vec::new();
            claim.search.objective = None;
        }
        claim.constants = built.constants;
        claim.lets = built.lets;
        claim.quantify = built.quantify;
        claim.assume = built.assume;
        claim.conclusions = built.conclusions;
        claim.asymptotic = built.asymptotic;
        claim.raw = Arc::new(raw);
        Ok(claim)
    }

    /// The claim `id/without-hypothesis` with the hypothesis of this name dropped and no mutants; with a name that is no
    /// hypothesis the statement stays as it is.
    pub fn dropped(&self, hypothesis: &str) -> Claim {
        let mut claim = self.clone();
        claim.id = format!("{}/without-{hypothesis}", self.id);
        claim.mutants = Vec::new();
        claim.witness = None;
        claim.assume.retain(|assumed| assumed.name != hypothesis);
        let mut raw = RawStatement::clone(&self.raw);
        raw.assume.retain(|assumed| assumed.name.text != hypothesis);
        claim.raw = Arc::new(raw);
        claim
    }
}

/// The statement of a mutant: the edits applied in order, or its own statement. `None` once a problem was reported.
pub(crate) fn statement(
    context: &mut Context<'_>,
    raw: &RawStatement,
    edits: &[Text],
    own: Option<&RawOwn>,
    id: &str,
) -> Option<RawStatement> {
    let mut mutated = match own {
        Some(own) => owned(context.vocabulary, raw, own),
        None => raw.clone(),
    };
    let mut applied = true;
    for edit in edits {
        applied &= apply(context, &mut mutated, edit, id).is_some();
    }
    applied.then_some(mutated)
}

/// The own statement of a mutant with the constants of the claim and the abbreviations it uses. Without `quantify` it
/// keeps the quantifiers and hypotheses of the claim, without conclusions the claim's.
fn owned(vocabulary: &dyn Vocabulary, raw: &RawStatement, own: &RawOwn) -> RawStatement {
    let assume = match (&own.assume, &own.quantify) {
        (Some(assume), _) => assume.clone(),
        (None, None) => raw.assume.clone(),
        (None, Some(_)) => Vec::new(),
    };
    let conclusions = if own.conclusions.is_empty() {
        &raw.conclusions
    } else {
        &own.conclusions
    };
    let mut mutated = RawStatement {
        constants: raw.constants.clone(),
        lets: own.lets.clone(),
        quantify: own.quantify.clone().unwrap_or_else(|| raw.quantify.clone()),
        assume,
        conclusions: conclusions.clone(),
        incomplete: raw.incomplete || own.incomplete,
        lost_definition: false,
    };
    let mut used = BTreeSet::new();
    let mut open: Vec<String> = mutated
        .texts()
        .flat_map(|text| names(text, vocabulary))
        .collect();
    while let Some(name) = open.pop() {
        if !used.insert(name.clone())
            || own
                .lets
                .iter()
                .any(|definition| definition.name.text == name)
        {
            continue;
        }
        if let Some(definition) = raw
            .lets
            .iter()
            .find(|definition| definition.name.text == name)
        {
            mutated.lets.push(definition.clone());
            open.extend(names(&definition.value, vocabulary));
        }
    }
    mutated
}

fn names(text: &Text, vocabulary: &dyn Vocabulary) -> BTreeSet<String> {
    Tree::parse(&text.text)
        .map(|tree| tree.needed_names(vocabulary))
        .unwrap_or_default()
}

impl RawStatement {
    /// Every formula of quantifiers, hypotheses, abbreviations and conclusions. Domains count as formulas: their words
    /// are called or named like functions, and no abbreviation can have their name and be meant.
    fn texts(&self) -> impl Iterator<Item = &Text> {
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

fn apply(context: &mut Context<'_>, raw: &mut RawStatement, edit: &Text, id: &str) -> Option<()> {
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
