//! The quantifiers of a statement: what varies, in which range, and what has to be shown of what is constructed.

use std::collections::BTreeSet;

use claim_language::expr::{BinaryOp, Typed};
use claim_language::file::{Binder, Claim, Domain, Quantifier};
use relu_core::number::rational::Rational;

use super::case::{Role, Unknown};
use super::conditions;
use super::form::{Atom, Form, Sum};
use super::goal::{Goal, goals_of, positivity};
use super::laurent::Laurent;
use super::meaning::{Comparison, Meaning, Number, Truth};
use super::reader::Reader;
use super::span::Span;

pub(super) fn is_number(quantifier: &Quantifier) -> bool {
    quantifier.by.is_none()
        && matches!(
            quantifier.domain,
            Domain::Nat | Domain::Int | Domain::Rat | Domain::Real | Domain::Exponent
        )
}

pub(super) fn declare(reader: &mut Reader, quantifier: &Quantifier) -> Result<(), String> {
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
pub(super) fn bounds(reader: &mut Reader, quantifier: &Quantifier) -> Vec<Comparison> {
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
pub(super) fn range_of_construction(
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
pub(super) fn needed(claim: &Claim, quantifiers: &[&Quantifier], expr: &Typed) -> BTreeSet<String> {
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
