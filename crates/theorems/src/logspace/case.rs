//! A conclusion as cases, each with its variables, their ranges, and what has to be shown.

use std::collections::BTreeSet;

use claim_language::expr::{BinaryOp, Typed};
use claim_language::file::{Binder, Claim, Domain, Quantifier};
use relu_core::number::rational::Rational;

use super::conditions;
use super::form::{Atom, Form, Sum};
use super::laurent::Laurent;
use super::linear;
use super::meaning::{Comparison, Meaning, Number, Reader, Truth};
use super::span::Span;

/// A conclusion in logarithms.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The numbers it is about, in the order of the quantifiers; the first ones of every case.
    pub variables: Vec<Unknown>,
    /// The cases; together they cover the ranges of the statement.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The variables of the statement, roundings, and what takes the place of variables that were solved for.
    pub unknowns: Vec<Unknown>,
    /// What has to be shown where the unknowns have these ranges.
    pub goals: Vec<Goal>,
    /// Conditions, as polynomials ≥ 0.
    pub(super) facts: Vec<Laurent>,
    /// The variables that were solved for, by number.
    pub solved: BTreeSet<usize>,
}

/// Something that varies.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// Its name, for people.
    pub name: String,
    /// Where it comes from.
    pub role: Role,
    /// Its range; that of 1/q for an exponent q.
    pub range: Span,
    /// Whether it is never 0 or negative.
    pub positive: bool,
    /// Whether it is an integer.
    pub integer: bool,
}

/// Where an unknown comes from.
#[derive(Clone, Debug)]
pub enum Role {
    /// A number that the statement quantifies over.
    Quantified,
    /// 1/q of an exponent q that the statement quantifies over.
    Exponent,
    /// The factor between a number and its rounding.
    Rounding {
        /// Has to be ≥ 0.
        condition: Form,
        /// The factor is 1 where this is 1.
        exact_when: Option<Laurent>,
    },
    /// The quotient of the sides of a condition, ≥ 1.
    Quotient,
}

/// F ≥ 0, F > 0 or F = 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The two kinds of left sides.
    pub(super) side: Side,
    /// The relation to 0.
    pub relation: Relation,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Logarithm(Form),
    Polynomial(Laurent),
    /// The logarithm only has to exist.
    Positive(Form),
}

/// How a left side compares with 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// ≥ 0.
    AtLeast,
    /// > 0.
    Above,
    /// = 0, identically.
    Equal,
}

/// Most cases.
const MOST_CASES: usize = 64;

/// How deep sums may be nested.
const MOST_DEPTH: usize = 12;

/// The cases of a conclusion. The error says what has no meaning in logarithms.
pub fn problem(claim: &Claim, conclusion: usize) -> Result<Problem, String> {
    let mut cases = Vec::new();
    let mut choices = Vec::new();
    loop {
        let mut reader = Reader::new(choices);
        let (found, variables) = case(claim, conclusion, &mut reader)?;
        cases.extend(found);
        // The next sequence of decisions in lexicographic order.
        choices = reader.choices;
        while choices.last() == Some(&true) {
            choices.pop();
        }
        match choices.last_mut() {
            Some(last) => *last = true,
            None if cases.is_empty() => {
                return Err("the conditions exclude each other".to_owned());
            }
            None => return Ok(Problem { variables, cases }),
        }
        if cases.len() > MOST_CASES {
            return Err(format!("more than {MOST_CASES} cases"));
        }
    }
}

/// The case of the decisions of the reader, `None` if its conditions exclude each other, and the variables with their ranges.
fn case(
    claim: &Claim,
    conclusion: usize,
    reader: &mut Reader,
) -> Result<(Option<Case>, Vec<Unknown>), String> {
    let asserted = &claim.conclusions[conclusion];
    let quantifiers: Vec<&Quantifier> = claim.quantify.iter().chain(&asserted.quantify).collect();
    for quantifier in &quantifiers {
        declare(reader, quantifier)?;
    }
    let needed = needed(claim, &quantifiers, &asserted.expr);
    let definitions = claim
        .constants
        .iter()
        .map(|constant| (&constant.name, &constant.value))
        .chain(claim.lets.iter().map(|item| (&item.name, &item.value)));
    let constructed = quantifiers
        .iter()
        .filter_map(|quantifier| Some((&quantifier.name, quantifier.by.as_ref()?)));
    let mut waiting: Vec<(&String, &Typed)> = definitions
        .chain(constructed)
        .filter(|(name, _)| needed.contains(*name))
        .collect();
    // An abbreviation may need a constructed variable and the other way round; each round settles at least one.
    while !waiting.is_empty() {
        let open: BTreeSet<&String> = waiting.iter().map(|(name, _)| *name).collect();
        let ready = waiting
            .iter()
            .position(|(_, value)| {
                !value
                    .tree
                    .free_names()
                    .iter()
                    .any(|name| open.contains(name))
            })
            .ok_or("definitions that need each other")?;
        let (name, value) = waiting.remove(ready);
        let meaning = reader.read(value);
        reader.names.insert(name.clone(), meaning);
    }
    let mut comparisons = Vec::new();
    let assumed = quantifiers.iter().filter(|q| q.by.is_none());
    for quantifier in assumed.clone() {
        comparisons.extend(bounds(reader, quantifier));
    }
    let filters = assumed.filter_map(|q| q.filter.as_ref());
    let hypotheses = claim.assume.iter().map(|hypothesis| &hypothesis.expr);
    for condition in filters.chain(hypotheses) {
        // What has no meaning here is left out: more has to be shown then.
        if let Meaning::Truth(found) = reader.read(condition) {
            comparisons.extend(found.all);
        }
    }
    let count = quantifiers.iter().filter(|q| is_number(q)).count();
    let stated = conditions::clip(comparisons, &mut reader.unknowns);
    let variables = reader.unknowns[..count].to_vec();
    let goals = match reader.read(&asserted.expr) {
        Meaning::Truth(Truth { all, missing: None }) => {
            let mut goals = Vec::new();
            for comparison in &all {
                goals.extend(goals_of(comparison, &reader.unknowns)?);
            }
            goals
        }
        Meaning::Truth(Truth {
            missing: Some(what),
            ..
        })
        | Meaning::Unsupported(what) => return Err(format!("{what} has no meaning in logarithms")),
        _ => return Err("the conclusion is no comparison of numbers".to_owned()),
    };
    let mut goals = goals;
    for quantifier in quantifiers.iter().filter(|q| q.by.is_some()) {
        goals.extend(range_of_construction(reader, quantifier)?);
    }
    let mut open = conditions::clip(std::mem::take(&mut reader.conditions), &mut reader.unknowns);
    open.extend(stated);
    if reader
        .unknowns
        .iter()
        .any(|unknown| unknown.range.is_empty())
    {
        return Ok((None, variables));
    }
    let mut case = Case {
        unknowns: reader.unknowns.clone(),
        goals,
        facts: open.iter().flat_map(conditions::facts).collect(),
        solved: BTreeSet::new(),
    };
    conditions::solve(&mut case, open);
    case.with_conditions_of_roundings();
    if case.goals.iter().any(|goal| goal.depth() > MOST_DEPTH) {
        return Err(format!("sums nested more than {MOST_DEPTH} deep"));
    }
    Ok((Some(case), variables))
}

fn is_number(quantifier: &Quantifier) -> bool {
    quantifier.by.is_none()
        && matches!(
            quantifier.domain,
            Domain::Nat | Domain::Int | Domain::Rat | Domain::Real | Domain::Exponent
        )
}

fn declare(reader: &mut Reader, quantifier: &Quantifier) -> Result<(), String> {
    if quantifier.by.is_some() {
        return Ok(());
    }
    if quantifier.binder == Binder::Some || quantifier.among.is_some() {
        return Err(format!(
            "`{}` is a finite choice or has no construction",
            quantifier.name
        ));
    }
    if !is_number(quantifier) {
        return Ok(());
    }
    let zero = Rational::zero();
    let range = match quantifier.domain {
        Domain::Nat => Span::from(zero),
        Domain::Exponent => Span::between(zero, Rational::one()),
        _ => Span::line(),
    };
    reader.unknowns.push(Unknown {
        name: quantifier.name.clone(),
        role: match quantifier.domain {
            Domain::Exponent => Role::Exponent,
            _ => Role::Quantified,
        },
        range,
        positive: positive_by_its_range(quantifier),
        integer: matches!(quantifier.domain, Domain::Nat | Domain::Int),
    });
    let number = reader.unknowns.len() - 1;
    let laurent = Laurent::variable(number);
    let meaning = match quantifier.domain {
        Domain::Exponent => Meaning::Exponent(laurent),
        _ => Meaning::Number(Number {
            sum: reader.unknowns[number]
                .positive
                .then(|| Sum::exp(&Form::of(Atom::Variable(number)))),
            laurent: Some(laurent),
            integer: reader.unknowns[number].integer,
            positive: BTreeSet::new(),
        }),
    };
    reader.names.insert(quantifier.name.clone(), meaning);
    Ok(())
}

/// Whether `min`, or a conjunct `0 < v` of `where`, keeps the variable positive.
fn positive_by_its_range(quantifier: &Quantifier) -> bool {
    let mut probe = Reader::new(Vec::new());
    probe.unknowns.push(Unknown {
        name: quantifier.name.clone(),
        role: Role::Quantified,
        range: Span::line(),
        positive: false,
        integer: false,
    });
    probe.names.insert(
        quantifier.name.clone(),
        Meaning::Number(Number {
            sum: None,
            laurent: Some(Laurent::variable(0)),
            integer: false,
            positive: BTreeSet::new(),
        }),
    );
    let mut comparisons = bounds(&mut probe, quantifier);
    if let Some(filter) = &quantifier.filter
        && let Meaning::Truth(found) = probe.read(filter)
    {
        comparisons.extend(found.all);
    }
    conditions::clip(comparisons, &mut probe.unknowns);
    probe.unknowns[0].positive
}

/// `min` and `max` as comparisons.
fn bounds(reader: &mut Reader, quantifier: &Quantifier) -> Vec<Comparison> {
    let Some(Meaning::Number(variable)) = reader.names.get(&quantifier.name).cloned() else {
        return Vec::new();
    };
    let ends = [
        (BinaryOp::Ge, &quantifier.min),
        (BinaryOp::Le, &quantifier.max),
    ];
    ends.into_iter()
        .filter_map(|(relation, end)| match reader.read(end.as_ref()?) {
            Meaning::Number(right) => Some(Comparison {
                left: variable.clone(),
                relation,
                right,
            }),
            _ => None,
        })
        .collect()
}

/// That what is constructed lies in its range; this is asserted, not assumed.
fn range_of_construction(
    reader: &mut Reader,
    quantifier: &Quantifier,
) -> Result<Vec<Goal>, String> {
    let outside = || {
        format!(
            "the range of `{}` has no meaning in logarithms",
            quantifier.name
        )
    };
    let Some(Meaning::Number(number)) = reader.names.get(&quantifier.name).cloned() else {
        return Err(outside());
    };
    let zero = Number::constant(Rational::zero());
    let at_least_zero = Comparison {
        left: number.clone(),
        relation: BinaryOp::Ge,
        right: zero,
    };
    let mut goals = Vec::new();
    match quantifier.domain {
        // A number with a logarithm is positive where its sums are.
        Domain::Nat if number.integer && number.logarithm().is_some() => {
            goals.extend(positivity(&at_least_zero));
        }
        Domain::Nat if number.integer => goals.extend(goals_of(&at_least_zero, &reader.unknowns)?),
        Domain::Int if number.integer => {}
        Domain::Real | Domain::Rat => {}
        _ => return Err(outside()),
    }
    let mut comparisons = Vec::new();
    let stated = [&quantifier.min, &quantifier.max]
        .into_iter()
        .flatten()
        .count();
    let found = bounds(reader, quantifier);
    if found.len() != stated {
        return Err(outside());
    }
    comparisons.extend(found);
    if let Some(filter) = &quantifier.filter {
        match reader.read(filter) {
            Meaning::Truth(Truth { all, missing: None }) => comparisons.extend(all),
            _ => return Err(outside()),
        }
    }
    for comparison in &comparisons {
        goals.extend(goals_of(comparison, &reader.unknowns)?);
    }
    Ok(goals)
}

/// The names that the conclusion, the conditions and constructions need, through definitions.
fn needed(claim: &Claim, quantifiers: &[&Quantifier], expr: &Typed) -> BTreeSet<String> {
    let filters = quantifiers
        .iter()
        .flat_map(|q| [&q.filter, &q.min, &q.max])
        .flatten();
    let hypotheses = claim.assume.iter().map(|hypothesis| &hypothesis.expr);
    let mut open: Vec<String> = filters
        .chain(hypotheses)
        .chain([expr])
        .flat_map(|typed| typed.tree.free_names())
        .collect();
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !found.insert(name.clone()) {
            continue;
        }
        let lets = claim.lets.iter().filter(|item| item.name == name);
        let built = quantifiers.iter().filter(|q| q.name == name);
        open.extend(
            lets.map(|item| &item.value)
                .chain(built.filter_map(|q| q.by.as_ref()))
                .flat_map(|value| value.tree.free_names()),
        );
    }
    found
}

/// What a comparison asks for, with what makes its logarithms right.
fn goals_of(comparison: &Comparison, unknowns: &[Unknown]) -> Result<Vec<Goal>, String> {
    let mut goals = vec![goal(comparison, unknowns)?];
    if matches!(goals[0].side, Side::Logarithm(_)) {
        goals.extend(positivity(comparison));
    }
    Ok(goals)
}

fn goal(comparison: &Comparison, unknowns: &[Unknown]) -> Result<Goal, String> {
    let (small, large, relation) = match comparison.relation {
        BinaryOp::Ge => (&comparison.right, &comparison.left, Relation::AtLeast),
        BinaryOp::Gt => (&comparison.right, &comparison.left, Relation::Above),
        BinaryOp::Lt => (&comparison.left, &comparison.right, Relation::Above),
        BinaryOp::Eq => (&comparison.left, &comparison.right, Relation::Equal),
        _ => (&comparison.left, &comparison.right, Relation::AtLeast),
    };
    let polynomial = match (&small.laurent, &large.laurent) {
        (Some(small), Some(large)) => Some(large.plus(&small.scaled(&-Rational::one()))),
        _ => None,
    };
    let linear = polynomial.as_ref().is_some_and(linear::is_linear);
    if let (false, Some(small), Some(large)) = (linear, small.logarithm(), large.logarithm()) {
        return Ok(Goal {
            side: Side::Logarithm(large.minus(&small)),
            relation,
        });
    }
    match polynomial {
        Some(polynomial) => Ok(Goal {
            side: Side::Polynomial(polynomial),
            relation,
        }),
        None => {
            let name = unknowns.iter().find(|unknown| !unknown.positive);
            Err(match name {
                Some(unknown) => format!(
                    "a side has no logarithm: is it positive? `{}` may be 0 or negative",
                    unknown.name
                ),
                None => "a side has no logarithm: is it positive?".to_owned(),
            })
        }
    }
}

/// The sums in a comparison have to be positive for its logarithms to be right.
pub(super) fn positivity(comparison: &Comparison) -> impl Iterator<Item = Goal> {
    let sums: BTreeSet<Sum> = [&comparison.left, &comparison.right]
        .into_iter()
        .flat_map(Number::sums)
        .collect();
    sums.into_iter().map(|sum| Goal {
        side: Side::Positive(Form::of(Atom::Sum(sum))),
        relation: Relation::Above,
    })
}

impl Goal {
    /// The same relation for another side; `None` if the side has none.
    pub(super) fn mapped(&self, with: impl Fn(&Form) -> Option<Form>) -> Option<Self> {
        let side = match &self.side {
            Side::Logarithm(form) => Side::Logarithm(with(form)?),
            Side::Positive(form) => Side::Positive(with(form)?),
            Side::Polynomial(laurent) => Side::Polynomial(laurent.clone()),
        };
        Some(Self {
            side,
            relation: self.relation,
        })
    }

    pub(super) fn variables(&self) -> Vec<usize> {
        match &self.side {
            Side::Logarithm(form) | Side::Positive(form) => form.variables(),
            Side::Polynomial(laurent) => laurent.variables().collect(),
        }
    }

    fn depth(&self) -> usize {
        match &self.side {
            Side::Logarithm(form) | Side::Positive(form) => form.depth(),
            Side::Polynomial(_) => 0,
        }
    }
}

impl Case {
    /// Adds what the roundings that occur ask for.
    fn with_conditions_of_roundings(&mut self) {
        let mut seen = BTreeSet::new();
        let mut at = 0;
        while at < self.goals.len() {
            for unknown in self.goals[at].variables() {
                if let Role::Rounding { condition, .. } = &self.unknowns[unknown].role
                    && seen.insert(unknown)
                {
                    self.goals.push(Goal {
                        side: Side::Logarithm(condition.clone()),
                        relation: Relation::AtLeast,
                    });
                }
            }
            at += 1;
        }
    }

    /// The unknowns that some goal depends on.
    pub fn occurring(&self) -> BTreeSet<usize> {
        let polynomial = |goal: &Goal| matches!(goal.side, Side::Polynomial(_));
        let mut found: BTreeSet<usize> = self.goals.iter().flat_map(Goal::variables).collect();
        if self.goals.iter().any(polynomial) {
            found.extend(self.facts.iter().flat_map(Laurent::variables));
        }
        found
    }
}
