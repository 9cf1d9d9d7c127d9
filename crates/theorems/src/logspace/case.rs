//! A conclusion as cases, each with its variables, their ranges, and what has to be shown.

use std::collections::BTreeSet;

use claim_language::expr::Typed;
use claim_language::file::{Claim, Quantifier};

use super::conditions;
use super::form::Form;
use super::goal::{Goal, Relation, Side, goals_of};
use super::laurent::Laurent;
use super::meaning::{Meaning, Truth};
use super::quantified::{bounds, declare, is_number, needed, range_of_construction};
use super::reader::Reader;
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
