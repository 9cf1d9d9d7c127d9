//! From the raw claim to the claim: words, names, formulas.

use std::sync::Arc;

use super::parts::{Cover, Search};
use super::schema::{RawClaim, RawStatement};
use super::table::Text;
use super::{Claim, SourceFile, mutate};
use crate::diagnostic::Diagnostic;
use crate::expr::{Scope, Tree, Type, Typed, check_as};
use crate::vocabulary::Vocabulary;

mod asymptotic;
mod definitions;
mod head;
mod mutants;
mod names;
mod prefix;
mod quantifiers;
mod range;
mod statement;
mod symbols;
mod usage;

pub(crate) use head::word;
pub(crate) use statement::{Purpose, Statement, statement};

/// What every step of building needs: the file, the vocabulary, and a place for problems.
pub(crate) struct Context<'a> {
    pub file: &'a Arc<SourceFile>,
    pub vocabulary: &'a dyn Vocabulary,
    pub problems: Vec<Diagnostic>,
}

impl<'a> Context<'a> {
    pub fn new(file: &'a Arc<SourceFile>, vocabulary: &'a dyn Vocabulary) -> Self {
        Self {
            file,
            vocabulary,
            problems: Vec::new(),
        }
    }

    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    pub fn at(
        &self,
        code: &'static str,
        span: std::ops::Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(code, self.file, span, message)
    }

    /// The tree of a formula; its problems are reported.
    pub fn parse(&mut self, text: &Text) -> Option<Tree> {
        match Tree::parse(&text.text) {
            Ok(tree) => Some(tree),
            Err(problems) => {
                self.report_all(problems, text);
                None
            }
        }
    }

    /// The typed formula of the expected type; its problems are reported.
    pub fn typed(
        &mut self,
        tree: Tree,
        text: &Text,
        expected: &Type,
        scope: &Scope,
    ) -> Option<Typed> {
        match check_as(tree, expected, scope, self.vocabulary) {
            Ok(typed) => Some(typed),
            Err(problems) => {
                self.report_all(problems, text);
                None
            }
        }
    }

    fn report_all(&mut self, problems: Vec<crate::expr::Problem>, text: &Text) {
        let file = self.file;
        let diagnostics = problems
            .into_iter()
            .map(|problem| Diagnostic::from_problem(problem, file, &text.map));
        self.problems.extend(diagnostics);
    }
}

/// The claim of a raw claim, with the problems found before and here.
pub(crate) fn claim(
    raw: RawClaim,
    problems: Vec<Diagnostic>,
    file: &Arc<SourceFile>,
    vocabulary: &dyn Vocabulary,
) -> (Option<Claim>, Vec<Diagnostic>) {
    let mut context = Context {
        file,
        vocabulary,
        problems,
    };
    let claim = build(&mut context, raw);
    (claim, context.problems)
}

fn build(context: &mut Context<'_>, mut raw: RawClaim) -> Option<Claim> {
    let head = head::read(context, &raw);
    let source = prefix::source(context, &raw);
    asymptotic::warn(context, &raw);
    let built = statement(
        context,
        &raw.statement,
        Purpose::Claim(usage::mentioned(&raw)),
    );
    let search = search(context, &raw, &built);
    let cover = cover(context, &raw, &built);
    let mutants = mutants::build(context, &raw, &built);
    reduction(context, &raw, &built);
    let raw_statement = Arc::new(std::mem::take(&mut raw.statement));
    assemble(
        raw,
        raw_statement,
        head?,
        source?,
        built,
        search,
        cover,
        mutants,
    )
}

#[allow(
    clippy::too_many_arguments,
    reason = "each argument is one part of the claim, read by its own step"
)]
fn assemble(
    raw: RawClaim,
    statement: Arc<RawStatement>,
    head: head::Head,
    source: super::Source,
    built: Statement,
    search: Search,
    cover: Vec<Cover>,
    mutants: Vec<super::Mutant>,
) -> Option<Claim> {
    let words = |texts: Vec<Text>| texts.into_iter().map(|text| text.text).collect::<Vec<_>>();
    let word = |text: Option<Text>| text.map(|text| text.text);
    let implication = |pair: Option<(Text, Text)>| {
        pair.map(|(claim, argument)| super::Implication {
            claim: claim.text,
            argument: argument.text,
        })
    };
    let repair_impact = raw.repair.as_ref().and_then(|repair| repair.impact.clone());
    Some(Claim {
        id: head.id,
        title: head.title,
        area: head.area,
        kind: head.kind,
        expect: head.expect,
        rung: head.rung,
        tags: words(raw.tags),
        uses: words(raw.uses),
        source,
        constants: built.constants,
        lets: built.lets,
        quantify: built.quantify,
        assume: built.assume,
        conclusions: built.conclusions,
        search,
        cover,
        minimise: words(raw.minimise),
        mutants,
        witness: word(raw.witness),
        tight: head.tight,
        repair: raw.repair.map(|repair| super::Repair {
            id: repair.id.text,
            text: word(repair.text),
        }),
        impact: word(raw.impact.or(repair_impact)),
        reading: word(raw.reading),
        erratum: head.erratum,
        note: word(raw.note),
        prose: word(raw.prose),
        refuted_by: implication(raw.refuted_by),
        implied_by: implication(raw.implied_by),
        reduce: raw.reduce,
        reduction: raw.reduction.map(|reduction| super::Reduction {
            by: words(reduction.by),
            argument: word(reduction.argument),
            own: reduction.own,
        }),
        test: raw.test,
        asymptotic: built.asymptotic,
        file: head.file,
        raw: statement,
    })
}

/// Types the statement a claim is reduced to; its problems are reported.
fn reduction(context: &mut Context<'_>, raw: &RawClaim, built: &Statement) {
    let Some(reduction) = raw.reduction.as_ref().filter(|_| built.sound) else {
        return;
    };
    let reduced = mutate::reduced(context.vocabulary, &raw.statement, &reduction.own);
    let mut inner = Context::new(context.file, context.vocabulary);
    statement(&mut inner, &reduced, Purpose::Mutant);
    let problems = inner.problems.into_iter();
    context
        .problems
        .extend(problems.map(|problem| problem.note("in [reduce]")));
}

fn search(context: &mut Context<'_>, raw: &RawClaim, built: &Statement) -> Search {
    let objective = raw
        .objective
        .as_ref()
        .and_then(|text| built.formula(context, text, &Type::Real));
    Search {
        draws: raw.draws,
        named: raw.named,
        objective,
        fuel: raw.fuel,
    }
}

fn cover(context: &mut Context<'_>, raw: &RawClaim, built: &Statement) -> Vec<Cover> {
    let mut cover = Vec::new();
    for line in &raw.cover {
        let when = built.formula(context, &line.when, &Type::Bool);
        let at_least = range::share(context, &line.at_least);
        if let (Some(when), Some(at_least)) = (when, at_least) {
            cover.push(Cover {
                name: line.name.text.clone(),
                when,
                at_least,
                span: line.when.span(),
            });
        }
    }
    cover
}
