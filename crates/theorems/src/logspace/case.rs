//! A conclusion as cases, each with its variables, their ranges, and what has to be shown.

use std::collections::{BTreeMap, BTreeSet};

use claim_language::expr::Typed;
use claim_language::file::{Claim, Quantifier};
use relu_core::number::rational::Rational;

use super::conditions;
use super::form::Form;
use super::goal::{Goal, Relation, Side, goals_of_all};
use super::laurent::Laurent;
use super::linear;
use super::meaning::Meaning;
use super::quantified::{bounds, declare, is_number, range_of_construction};
use super::reader::Reader;
use super::span::Span;

/// A conclusion in logarithms.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The numbers it is about, in the order of the quantifiers; the first ones of every case.
    pub variables: Vec<Unknown>,
    /// The cases; together they cover the ranges of the statement, and the constructions in it.
    pub cases: Vec<Case>,
    /// Conditions of the statement without a meaning here, which are not made use of.
    pub left_out: BTreeSet<String>,
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

impl Unknown {
    /// What its range is about: 1/q for an exponent q.
    pub fn shown(&self) -> String {
        match self.role {
            Role::Exponent => format!("1/{}", self.name),
            _ => self.name.clone(),
        }
    }
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

/// Most sequences of decisions.
const MOST_CASES: usize = 256;

/// How deep sums may be nested.
const MOST_DEPTH: usize = 12;

/// What a case is about.
#[derive(Clone, Copy)]
enum Target {
    Conclusion,
    /// That what is constructed for the quantifier with this number exists and lies in its range; the quantifiers before it are all that is known.
    Construction(usize),
}

/// The cases of a conclusion and of what is constructed for it. The error says what has no meaning in logarithms.
pub fn problem(claim: &Claim, conclusion: usize) -> Result<Problem, String> {
    let asserted = &claim.conclusions[conclusion];
    let quantifiers: Vec<&Quantifier> = claim.quantify.iter().chain(&asserted.quantify).collect();
    let mut problem = Problem {
        variables: Vec::new(),
        cases: Vec::new(),
        left_out: BTreeSet::new(),
    };
    let mut possible = false;
    // How many of the variables are restricted, and the variables: those of the conclusion first.
    let mut covered: Vec<(usize, Vec<Unknown>)> = Vec::new();
    let constructed = quantifiers.iter().enumerate();
    let constructed = constructed.filter(|(_, quantifier)| quantifier.by.is_some());
    let targets = constructed.map(|(number, _)| Target::Construction(number));
    for target in targets.chain([Target::Conclusion]) {
        let mut choices = Vec::new();
        let mut sequences = 0;
        loop {
            sequences += 1;
            if sequences > MOST_CASES {
                return Err(format!("more than {MOST_CASES} cases"));
            }
            let definitions = definitions(claim, &quantifiers);
            let mut reader = Reader::new(choices, definitions);
            let stated = match target {
                Target::Conclusion => &quantifiers[..],
                Target::Construction(number) => &quantifiers[..number],
            };
            let found = case(claim, conclusion, &quantifiers, stated, target, &mut reader)?;
            problem.left_out.extend(found.left_out);
            if let Some((case, variables)) = found.case {
                let conclusion = matches!(target, Target::Conclusion);
                possible |= conclusion && !case.is_contradictory();
                // What comes after a construction is not yet restricted in its cases.
                let known = stated
                    .iter()
                    .filter(|quantifier| is_number(quantifier))
                    .count();
                match conclusion {
                    true => covered.insert(0, (known, variables)),
                    false => covered.push((known, variables)),
                }
                problem.cases.push(case);
            }
            // The next sequence of decisions in lexicographic order.
            choices = reader.choices;
            while choices.last() == Some(&true) {
                choices.pop();
            }
            match choices.last_mut() {
                Some(last) => *last = true,
                None => break,
            }
        }
    }
    for (known, variables) in covered {
        problem.cover(known, variables);
    }
    match possible {
        true => Ok(problem),
        false => Err("the conditions exclude each other".to_owned()),
    }
}

impl Problem {
    /// Widens the ranges of the first variables to those of another case.
    fn cover(&mut self, known: usize, variables: Vec<Unknown>) {
        if self.variables.is_empty() {
            self.variables = variables;
            return;
        }
        for (own, other) in self.variables.iter_mut().zip(variables).take(known) {
            own.range = own.range.hull(&other.range);
            own.positive &= other.positive;
        }
    }
}

/// What one sequence of decisions gives.
struct Found {
    /// The case with the variables and their ranges by the conditions stated; `None` if conditions exclude each other.
    case: Option<(Case, Vec<Unknown>)>,
    /// Conditions without a meaning here.
    left_out: Vec<String>,
}

/// What names stand for: constants, abbreviations, and what is constructed.
fn definitions<'a>(
    claim: &'a Claim,
    quantifiers: &[&'a Quantifier],
) -> BTreeMap<&'a str, &'a Typed> {
    let constants = claim.constants.iter();
    let constants = constants.map(|constant| (constant.name.as_str(), &constant.value));
    let lets = claim.lets.iter();
    let lets = lets.map(|item| (item.name.as_str(), &item.value));
    let constructed = quantifiers.iter();
    let constructed = constructed.filter_map(|q| Some((q.name.as_str(), q.by.as_ref()?)));
    constants.chain(lets).chain(constructed).collect()
}

fn case<'a>(
    claim: &'a Claim,
    conclusion: usize,
    quantifiers: &[&'a Quantifier],
    stated: &[&'a Quantifier],
    target: Target,
    reader: &mut Reader<'a>,
) -> Result<Found, String> {
    for quantifier in quantifiers {
        declare(reader, quantifier)?;
    }
    let mut comparisons = Vec::new();
    let mut left_out = Vec::new();
    let assumed = || stated.iter().filter(|q| q.by.is_none());
    for quantifier in assumed() {
        comparisons.extend(bounds(reader, quantifier));
    }
    let filters = assumed().filter_map(|q| q.filter.as_ref());
    let hypotheses = claim.assume.iter().map(|hypothesis| &hypothesis.expr);
    let hypotheses = hypotheses.filter(|_| matches!(target, Target::Conclusion));
    for condition in filters.chain(hypotheses) {
        // What has no meaning here is left out: more has to be shown then.
        let mark = reader.mark();
        match reader.read(condition) {
            Meaning::Truth(found) => {
                comparisons.extend(found.all);
                if found.missing.is_some() {
                    left_out.push(condition.tree.text().to_owned());
                }
            }
            _ => {
                reader.forget(mark);
                left_out.push(condition.tree.text().to_owned());
            }
        }
    }
    let count = quantifiers.iter().filter(|q| is_number(q)).count();
    let mut open = conditions::clip(comparisons, &mut reader.unknowns);
    let variables = reader.unknowns[..count].to_vec();
    let goals = match target {
        Target::Construction(number) => range_of_construction(reader, quantifiers[number])?,
        Target::Conclusion => match reader.read(&claim.conclusions[conclusion].expr) {
            Meaning::Truth(truth) => goals_of_all(&truth, &reader.unknowns)?,
            Meaning::Unsupported(what) => {
                return Err(format!("{what} has no meaning in logarithms"));
            }
            _ => return Err("the conclusion is no comparison of numbers".to_owned()),
        },
    };
    let decisions = std::mem::take(&mut reader.conditions);
    open.extend(conditions::clip(decisions, &mut reader.unknowns));
    if reader
        .unknowns
        .iter()
        .any(|unknown| unknown.range.is_empty())
    {
        return Ok(Found {
            case: None,
            left_out,
        });
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
    Ok(Found {
        case: Some((case, variables)),
        left_out,
    })
}

impl Case {
    /// A goal with the condition of a rounding in its place.
    pub(super) fn resolved(&self, goal: &Goal) -> Goal {
        match goal.side {
            Side::Rounding(number) => match &self.unknowns[number].role {
                Role::Rounding { condition, .. } => Goal {
                    side: Side::Logarithm(condition.clone()),
                    relation: Relation::AtLeast,
                },
                _ => goal.clone(),
            },
            _ => goal.clone(),
        }
    }

    /// Puts the conditions of roundings in their places, and adds those of all roundings that occur.
    fn with_conditions_of_roundings(&mut self) {
        let mut open: Vec<usize> = self.goals.iter().flat_map(Goal::variables).collect();
        self.goals
            .retain(|goal| !matches!(goal.side, Side::Rounding(_)));
        let mut added = BTreeSet::new();
        while let Some(unknown) = open.pop() {
            if let Role::Rounding { condition, .. } = &self.unknowns[unknown].role
                && added.insert(unknown)
            {
                open.extend(condition.variables());
                self.goals.push(Goal {
                    side: Side::Logarithm(condition.clone()),
                    relation: Relation::AtLeast,
                });
            }
        }
    }

    /// Whether the conditions exclude each other, as far as they are linear.
    fn is_contradictory(&self) -> bool {
        let unknowns: BTreeSet<usize> = self.facts.iter().flat_map(Laurent::variables).collect();
        let region: Vec<Span> = self.unknowns.iter().map(|one| one.range.clone()).collect();
        let mut facts = linear::bounds(&unknowns, &region);
        facts.extend(self.facts.iter().cloned());
        linear::implied(&Laurent::constant(-Rational::one()), &facts)
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
