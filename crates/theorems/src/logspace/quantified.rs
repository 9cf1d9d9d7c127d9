//! The quantifiers of a statement: what varies, in which range, and what has to be shown of what is constructed.

use std::collections::{BTreeMap, BTreeSet};

use claim_language::expr::{BinaryOp, Type, Typed};
use claim_language::file::{Binder, Domain, Quantifier};
use relu_core::number::rational::Rational;

use super::case::{Role, Unknown};
use super::conditions;
use super::form::{Atom, Form, Sum};
use super::goal::{Goal, goals_of, goals_of_all};
use super::laurent::Laurent;
use super::meaning::{Comparison, Meaning, Number};
use super::reader::Reader;
use super::span::Span;

pub(super) fn is_number(quantifier: &Quantifier) -> bool {
    quantifier.by.is_none()
        && matches!(
            quantifier.domain,
            Domain::Nat | Domain::Int | Domain::Rat | Domain::Real | Domain::Exponent
        )
}

pub(super) fn declare(reader: &mut Reader<'_>, quantifier: &Quantifier) -> Result<(), String> {
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
        // 1/q is 0 for q = ∞.
        positive: quantifier.domain != Domain::Exponent && positive_by_its_range(quantifier),
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
            needs: BTreeSet::new(),
            assumed: BTreeSet::new(),
        }),
    };
    reader.names.insert(quantifier.name.clone(), meaning);
    Ok(())
}

/// Whether `min`, or a conjunct `0 < v` of `where`, keeps the variable positive.
fn positive_by_its_range(quantifier: &Quantifier) -> bool {
    let mut probe = Reader::new(Vec::new(), BTreeMap::new());
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
            needs: BTreeSet::new(),
            assumed: BTreeSet::new(),
        }),
    );
    let mut comparisons = bounds(&mut probe, quantifier);
    if let Some(filter) = &quantifier.filter
        && let Meaning::Truth(found) = probe.read(filter)
    {
        comparisons.extend(found.all);
    }
    conditions::clip(comparisons, &mut probe.unknowns);
    // What holds in one of several cases only is not known.
    probe.choices.is_empty() && probe.unknowns[0].positive
}

/// `min` and `max` as comparisons.
pub(super) fn bounds<'a>(reader: &mut Reader<'a>, quantifier: &'a Quantifier) -> Vec<Comparison> {
    let Some(Meaning::Number(variable)) = reader.names.get(&quantifier.name).cloned() else {
        return Vec::new();
    };
    let ends = [
        (BinaryOp::Ge, &quantifier.min),
        (BinaryOp::Le, &quantifier.max),
    ];
    let mut comparison = |(relation, end): (BinaryOp, &'a Option<Typed>)| {
        let mark = reader.mark();
        match reader.read(end.as_ref()?) {
            Meaning::Number(right) => Some(Comparison {
                left: variable.clone(),
                relation,
                right,
            }),
            _ => {
                reader.forget(mark);
                None
            }
        }
    };
    ends.into_iter().filter_map(&mut comparison).collect()
}

/// That what is constructed exists and lies in its range.
pub(super) fn range_of_construction<'a>(
    reader: &mut Reader<'a>,
    quantifier: &'a Quantifier,
) -> Result<Vec<Goal>, String> {
    let outside = |what: &str| {
        format!(
            "the range of `{}` has no meaning here: {what}",
            quantifier.name
        )
    };
    let number = match reader.name(&quantifier.name) {
        Meaning::Number(number) => number,
        Meaning::Unsupported(what) => return Err(outside(&what)),
        _ => return Err(outside("no number is constructed")),
    };
    let mut goals: Vec<Goal> = number.needs.iter().map(Goal::of).collect();
    let kind = quantifier.by.as_ref().map(|by| by.result());
    match quantifier.domain {
        // A number with a logarithm is above 0 where the logarithm is right.
        Domain::Nat if number.integer && number.logarithm().is_some() => {
            goals.extend(number.positive().iter().map(Goal::of));
        }
        Domain::Nat if number.integer => {
            let at_least_zero = Comparison {
                left: number,
                relation: BinaryOp::Ge,
                right: Number::constant(Rational::zero()),
            };
            goals.extend(goals_of(&at_least_zero, &reader.unknowns)?);
        }
        Domain::Int if number.integer => {}
        Domain::Rat if matches!(kind, Some(Type::Nat | Type::Int | Type::Rat)) => {}
        Domain::Real => {}
        _ => return Err(outside("it is not seen to be of that kind")),
    }
    let ends = [&quantifier.min, &quantifier.max].into_iter().flatten();
    let found = bounds(reader, quantifier);
    if found.len() != ends.count() {
        return Err(outside("`min` or `max`"));
    }
    for comparison in &found {
        goals.extend(goals_of(comparison, &reader.unknowns)?);
    }
    if let Some(filter) = &quantifier.filter {
        match reader.read(filter) {
            Meaning::Truth(truth) => goals.extend(goals_of_all(&truth, &reader.unknowns)?),
            Meaning::Unsupported(what) => return Err(outside(&what)),
            _ => return Err(outside("`where` is no comparison of numbers")),
        }
    }
    Ok(goals)
}
