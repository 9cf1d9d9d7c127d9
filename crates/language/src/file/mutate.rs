//! Mutated statements: edits on paths, own statements, dropped hypotheses.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::build::{Context, Purpose, statement as build};
use super::domain::OPAQUE;
use super::schema::{RawOwn, RawQuantifier, RawStatement};
use super::table::Text;
use super::words::{Expect, MutantExpect};
use super::{Claim, Mutant, TextMap};
use crate::diagnostic::{Diagnostic, arrange};
use crate::expr::Tree;
use crate::vocabulary::Vocabulary;

mod edit;

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
        let mut claim = self.with_statement(context, raw, &mutant.id)?;
        claim.expect = Some(match mutant.expect {
            MutantExpect::Killed | MutantExpect::Rejected => Expect::Refuted,
            MutantExpect::AliveProved | MutantExpect::Control => Expect::Holds,
            MutantExpect::Unresolved => Expect::Conjecture,
        });
        claim.rung = None;
        claim.tight = None;
        claim.witness = mutant.witness.clone();
        if mutant.raw_own.is_some() {
            claim.cover = Vec::new();
            claim.search.objective = None;
        }
        Ok(claim)
    }

    /// The claim `id/reduced` with the statement this one is reduced to, which shares its constants and abbreviations; `None` without a reduction.
    pub fn reduced(&self, vocabulary: &dyn Vocabulary) -> Option<Result<Claim, Vec<Diagnostic>>> {
        let reduction = self.reduction.as_ref()?;
        let context = Context::new(&self.file, vocabulary);
        let raw = reduced(vocabulary, &self.raw, &reduction.own);
        let found = self.with_statement(context, Some(raw), "reduced");
        Some(found.map(|mut claim| {
            claim.cover = Vec::new();
            claim.search.objective = None;
            claim.reduction = None;
            claim
        }))
    }

    /// The claim `id/name = value` with another value for a constant, which its reduction shares; `None` without a constant of this name.
    pub fn with_constant(
        &self,
        name: &str,
        value: &str,
        vocabulary: &dyn Vocabulary,
    ) -> Option<Result<Claim, Vec<Diagnostic>>> {
        let mut raw = RawStatement::clone(&self.raw);
        let mut constants = raw.constants.iter_mut();
        let constant = constants.find(|constant| constant.name.text == name)?;
        constant.value = Text {
            text: value.to_owned(),
            map: TextMap::elsewhere(constant.value.span()),
        };
        let context = Context::new(&self.file, vocabulary);
        Some(self.with_statement(context, Some(raw), &format!("{name} = {value}")))
    }

    /// The claim `id/part` with another statement and no mutants and no stored witness; `None` stands for a statement with a problem in the context.
    fn with_statement(
        &self,
        mut context: Context<'_>,
        raw: Option<RawStatement>,
        part: &str,
    ) -> Result<Claim, Vec<Diagnostic>> {
        let built = raw
            .as_ref()
            .map(|raw| build(&mut context, raw, Purpose::Mutant));
        let (Some(raw), Some(built)) = (raw, built.filter(|built| built.sound)) else {
            let mut problems = context.problems;
            arrange(&mut problems);
            return Err(problems);
        };
        let mut claim = self.clone();
        claim.id = format!("{}/{part}", self.id);
        claim.witness = None;
        claim.mutants = Vec::new();
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
    for text in edits {
        applied &= edit::apply(context, &mut mutated, text, id).is_some();
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

/// The statement that a claim is reduced to. Without `quantify` it keeps the quantifiers of the claim over what can be evaluated.
pub(crate) fn reduced(
    vocabulary: &dyn Vocabulary,
    raw: &RawStatement,
    own: &RawOwn,
) -> RawStatement {
    let mut own = own.clone();
    if own.quantify.is_none() {
        let evaluable = |quantifier: &&RawQuantifier| {
            let word = quantifier.domain.as_ref().map(|text| text.text.trim());
            !word.is_some_and(|word| OPAQUE.iter().any(|opaque| word.starts_with(opaque)))
        };
        own.assume.get_or_insert_with(|| raw.assume.clone());
        own.quantify = Some(raw.quantify.iter().filter(evaluable).cloned().collect());
    }
    owned(vocabulary, raw, &own)
}

fn names(text: &Text, vocabulary: &dyn Vocabulary) -> BTreeSet<String> {
    Tree::parse(&text.text)
        .map(|tree| tree.needed_names(vocabulary))
        .unwrap_or_default()
}
