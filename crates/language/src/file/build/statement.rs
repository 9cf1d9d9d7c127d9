//! The statement: every formula typed in its scope.

use std::collections::{BTreeMap, BTreeSet};

use super::asymptotic::Place;
use super::{Context, asymptotic, definitions, names, quantifiers, symbols, usage};
use crate::diagnostic::code;
use crate::expr::{NodeKind, Scope, Tree, Type, Typed};
use crate::file::domain::Shape;
use crate::file::schema::{RawQuantifier, RawStatement};
use crate::file::table::Text;
use crate::file::words::Needed;
use crate::file::{Conclusion, Constant, Hypothesis, Let, Quantifier};

/// A typed statement, as far as its formulas are right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statement {
    pub constants: Vec<Constant>,
    pub lets: Vec<Let>,
    pub quantify: Vec<Quantifier>,
    pub assume: Vec<Hypothesis>,
    pub conclusions: Vec<Conclusion>,
    pub asymptotic: bool,
    pub frame: Frame,
    /// Whether nothing was left out.
    pub sound: bool,
}

/// What a statement is built for.
pub(crate) enum Purpose {
    /// The claim itself: no false twins, warnings for what is unused, given the names used outside the statement.
    Claim(usage::Mentioned),
    /// A mutant: false twins allowed, no warnings.
    Mutant,
}

/// The names in scope, and which of them are bound so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    pub scope: Scope,
    /// Names whose definition has a problem; formulas that use them are left out silently.
    pub broken: BTreeSet<String>,
    /// Whether a variable or definition could not be read at all, so that an unknown name may be meant for it.
    pub lost: bool,
    /// The variables each abbreviation depends on.
    pub reach: BTreeMap<String, BTreeSet<String>>,
    /// Every variable of the scope.
    pub variables: BTreeSet<String>,
    /// The variables bound so far.
    pub bound: BTreeSet<String>,
}

impl Frame {
    /// Declares variables with the types of their domains; one without a readable domain counts as broken.
    fn declare(&mut self, quantifiers: &[RawQuantifier]) {
        for quantifier in quantifiers
            .iter()
            .filter(|quantifier| !quantifier.declared_unused())
        {
            let name = quantifier.variable();
            if quantifier.lost || !names::is_name(name) {
                self.lost = true;
                continue;
            }
            self.variables.insert(name.to_owned());
            let of = quantifier
                .domain
                .as_ref()
                .and_then(|text| Shape::read(text).ok())
                .map(|shape| shape.of);
            match of {
                Some(of) => {
                    self.scope.insert(name, of);
                }
                None => {
                    self.broken.insert(name.to_owned());
                }
            }
        }
    }

    /// Whether a tree uses a name whose definition has a problem.
    pub fn uses_broken(&self, context: &Context<'_>, tree: &Tree) -> bool {
        let broken = |name: &String| {
            self.broken.contains(name) || self.lost && self.scope.get(name).is_none()
        };
        tree.needed_names(context.vocabulary).iter().any(broken)
    }

    /// The formula with the expected type, if all its variables are bound by now (or are `itself`).
    pub fn bound_formula(
        &self,
        context: &mut Context<'_>,
        text: &Text,
        expected: &Type,
        itself: Option<&str>,
    ) -> Option<Typed> {
        self.formula(context, text, expected, itself, Place::Elsewhere)
    }

    /// The conclusion, if all its variables are bound by now.
    pub fn conclusion(&self, context: &mut Context<'_>, text: &Text) -> Option<Typed> {
        self.formula(context, text, &Type::Bool, None, Place::Conclusion)
    }

    fn formula(
        &self,
        context: &mut Context<'_>,
        text: &Text,
        expected: &Type,
        itself: Option<&str>,
        place: Place,
    ) -> Option<Typed> {
        let tree = context.parse(text)?;
        if !asymptotic::check(context, &tree, text, place) || self.uses_broken(context, &tree) {
            return None;
        }
        let unbound = self.first_unbound(context, &tree, itself);
        let typed = context.typed(tree, text, expected, &self.scope);
        match unbound {
            Some(problem) => {
                let problem = problem.into_diagnostic(context, text);
                context.report(problem);
                None
            }
            None => typed,
        }
    }

    fn first_unbound(
        &self,
        context: &Context<'_>,
        tree: &Tree,
        itself: Option<&str>,
    ) -> Option<Unbound> {
        let needed = tree.needed_names(context.vocabulary);
        let late = |variable: &&String| {
            self.variables.contains(*variable)
                && !self.bound.contains(*variable)
                && Some(variable.as_str()) != itself
        };
        for (id, node) in tree.nodes().iter().enumerate() {
            let (NodeKind::Name(name) | NodeKind::Call { name, .. }) = &node.kind else {
                continue;
            };
            if !needed.contains(name) {
                continue;
            }
            let variable = match self.reach.get(name) {
                Some(reach) => reach.iter().find(late),
                None => Some(name).filter(late),
            };
            if let Some(variable) = variable {
                let span = tree.nodes()[id].span.clone();
                let span = span.start..span.end.min(span.start + name.len());
                return Some(Unbound {
                    name: name.clone(),
                    variable: variable.clone(),
                    span,
                });
            }
        }
        None
    }
}

/// A name that needs a variable which is bound later.
struct Unbound {
    name: String,
    variable: String,
    span: std::ops::Range<usize>,
}

impl Unbound {
    fn into_diagnostic(self, context: &Context<'_>, text: &Text) -> crate::diagnostic::Diagnostic {
        let label = if self.name == self.variable {
            "bound by a later quantifier".to_owned()
        } else {
            format!("depends on `{}`, which is bound later", self.variable)
        };
        context
            .at(
                code::BOUND_LATER,
                text.map.range(self.span),
                format!("`{}` is used before it is bound", self.variable),
            )
            .label(label)
            .help(format!(
                "a quantifier may depend on earlier variables only: move the one of `{}` up",
                self.variable
            ))
    }
}

impl Statement {
    /// A formula over the variables of the statement.
    pub fn formula(
        &self,
        context: &mut Context<'_>,
        text: &Text,
        expected: &Type,
    ) -> Option<Typed> {
        self.frame.bound_formula(context, text, expected, None)
    }
}

/// Types a statement; every problem is reported and what is wrong is left out.
pub(crate) fn statement(
    context: &mut Context<'_>,
    raw: &RawStatement,
    purpose: Purpose,
) -> Statement {
    let errors_before = context
        .problems
        .iter()
        .filter(|problem| problem.is_error())
        .count();
    names::check(context, raw);
    let mut built = Statement::default();
    built.frame.lost = raw.lost_definition;
    built.frame.scope.twins_allowed = matches!(purpose, Purpose::Mutant);
    constants(context, raw, &mut built);
    built.frame.declare(&raw.quantify);
    lets(context, raw, &mut built);
    built.quantify = quantifiers::build(context, &raw.quantify, &mut built.frame);
    for hypothesis in &raw.assume {
        let needed = match &hypothesis.needed {
            Some(text) => super::word(context, "needed", text, Needed::WORDS, Needed::from_word),
            None => Some(Needed::Unknown),
        };
        let expr = built.formula(context, &hypothesis.expr, &Type::Bool);
        if let (Some(needed), Some(expr)) = (needed, expr) {
            let (name, why, span) = (
                hypothesis.name.text.clone(),
                hypothesis.why.clone(),
                hypothesis.expr.span(),
            );
            built.assume.push(Hypothesis {
                name,
                expr,
                needed,
                why,
                span,
            });
        }
    }
    for conclusion in &raw.conclusions {
        let mut frame = built.frame.clone();
        frame.declare(&conclusion.quantify);
        let quantify = quantifiers::build(context, &conclusion.quantify, &mut frame);
        if let Some(expr) = frame.conclusion(context, &conclusion.expr) {
            built.asymptotic |= asymptotic::uses(&expr.tree);
            let (name, decide, span) = (
                conclusion.name.text.clone(),
                conclusion.decide.clone(),
                conclusion.expr.span(),
            );
            let draws = conclusion.draws;
            built.conclusions.push(Conclusion {
                name,
                expr,
                quantify,
                decide,
                draws,
                span,
            });
        }
    }
    symbols::check(context, &built);
    let errors = context
        .problems
        .iter()
        .filter(|problem| problem.is_error())
        .count();
    built.sound = errors == errors_before && !raw.incomplete;
    if let (Purpose::Claim(mentioned), true) = (purpose, built.sound) {
        usage::warn(context, raw, &mentioned);
    }
    built
}

fn constants(context: &mut Context<'_>, raw: &RawStatement, built: &mut Statement) {
    let ordered = definitions::order(context, &raw.constants);
    built.frame.broken.extend(ordered.broken);
    for (definition, tree) in ordered.items {
        let name = definition.name.text.clone();
        let frame = &built.frame;
        match definitions::typed(context, tree, &definition.value, frame) {
            Some(value) => {
                built
                    .frame
                    .scope
                    .insert(name.as_str(), value.result().clone());
                let (locator, span) = (definition.locator.clone(), definition.value.span());
                built.constants.push(Constant {
                    name,
                    value,
                    locator,
                    span,
                });
            }
            None => {
                built.frame.broken.insert(name);
            }
        }
    }
}

fn lets(context: &mut Context<'_>, raw: &RawStatement, built: &mut Statement) {
    let ordered = definitions::order(context, &raw.lets);
    built.frame.broken.extend(ordered.broken);
    for (definition, tree) in ordered.items {
        let name = definition.name.text.clone();
        let mut reach = BTreeSet::new();
        for needed in tree.needed_names(context.vocabulary) {
            match built.frame.reach.get(&needed) {
                Some(further) => reach.extend(further.iter().cloned()),
                None if built.frame.variables.contains(&needed) => {
                    reach.insert(needed);
                }
                None => {}
            }
        }
        built.frame.reach.insert(name.clone(), reach);
        let frame = &built.frame;
        match definitions::typed(context, tree, &definition.value, frame) {
            Some(value) => {
                built
                    .frame
                    .scope
                    .insert(name.as_str(), value.result().clone());
                built.lets.push(Let {
                    name,
                    value,
                    span: definition.value.span(),
                });
            }
            None => {
                built.frame.broken.insert(name);
            }
        }
    }
}
