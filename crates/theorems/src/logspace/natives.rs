//! The functions that have a meaning in logarithms.

use std::collections::BTreeSet;

use claim_language::expr::BinaryOp;
use relu_core::number::rational::Rational;

use super::form::{Atom, Form, Sum};
use super::laurent::Laurent;
use super::meaning::{Meaning, Number, Truth};
use super::reader::Reader;

/// The functions that may have a meaning.
pub(super) const NAMES: [&str; 8] = [
    "inv",
    "abs",
    "ceil",
    "floor",
    "ceil_root",
    "max",
    "min",
    "bump_norm",
];

/// The meaning of a call.
pub(super) fn call(reader: &mut Reader<'_>, name: &str, arguments: &[&Meaning]) -> Meaning {
    if let Some(unsupported) = arguments
        .iter()
        .find(|argument| matches!(argument, Meaning::Unsupported(_)))
    {
        return (*unsupported).clone();
    }
    let found = match (name, arguments) {
        ("inv", [Meaning::Exponent(inverse)]) => Some(Meaning::Number(Number {
            sum: None,
            laurent: Some(inverse.clone()),
            integer: false,
            needs: BTreeSet::new(),
            assumed: BTreeSet::new(),
        })),
        ("abs", [Meaning::Number(x)]) => {
            let zero = Number::constant(Rational::zero());
            let condition = Truth::of((*x).clone(), BinaryOp::Ge, zero);
            let negative = reader.negated(x);
            Some(reader.choose(&Meaning::Truth(condition), arguments[0], &negative))
        }
        ("ceil", [Meaning::Number(x)]) => rounded(reader, true, x),
        ("floor", [Meaning::Number(x)]) => rounded(reader, false, x),
        ("ceil_root", [Meaning::Number(x), Meaning::Number(n)]) => ceil_root(reader, x, n),
        ("max" | "min", [Meaning::Number(x), Meaning::Number(y)]) => {
            let relation = match name {
                "max" => BinaryOp::Ge,
                _ => BinaryOp::Le,
            };
            let condition = Meaning::Truth(Truth::of((*x).clone(), relation, (*y).clone()));
            Some(reader.choose(&condition, arguments[0], arguments[1]))
        }
        ("bump_norm", [Meaning::Number(s), Meaning::Exponent(v)]) => {
            s.laurent.as_ref().map(|laurent| {
                let atom = Atom::BumpNorm(laurent.clone(), v.clone());
                Meaning::Number(Number {
                    sum: Some(Sum::exp(&Form::of(atom))),
                    laurent: None,
                    integer: false,
                    needs: s.needs.clone(),
                    assumed: BTreeSet::new(),
                })
            })
        }
        _ => None,
    };
    found.unwrap_or_else(|| Meaning::Unsupported(format!("`{name}` of these arguments")))
}

/// ⌈x⌉ or ⌊x⌋.
fn rounded(reader: &mut Reader<'_>, up: bool, x: &Number) -> Option<Meaning> {
    if x.integer {
        return Some(Meaning::Number(x.clone()));
    }
    if let Some(value) = x.laurent.as_ref().and_then(Laurent::to_rational) {
        let whole = if up { value.ceil() } else { value.floor() };
        let whole = Number::constant(Rational::from_parts(whole, 1_u8.into())?);
        return Some(Meaning::Number(whole).under(x.needs.clone()));
    }
    let form = x.logarithm()?;
    let (need, rounding) = reader.rounding(up, &form, None);
    let mut found = x.exp(&form.plus(&rounding), true);
    found.assumed.insert(need);
    Some(Meaning::Number(found))
}

/// ⌈x^{1/n}⌉.
fn ceil_root(reader: &mut Reader<'_>, x: &Number, n: &Number) -> Option<Meaning> {
    let degree = n.laurent.as_ref()?;
    let form = x.logarithm()?.times(&degree.recip()?)?;
    let (need, rounding) = reader.rounding(true, &form, x.integer.then(|| degree.clone()));
    let mut found = x.exp(&form.plus(&rounding), true);
    found.needs.extend(n.needs.iter().cloned());
    found.needs.extend(n.nonzero()?);
    found.needs.extend(x.positive());
    found.assumed.insert(need);
    Some(Meaning::Number(found))
}

/// max(1, ⌊x⌋): 1 for x < 1, and ⌊x⌋ otherwise.
pub(super) fn max_floor(reader: &mut Reader<'_>, x: &Meaning) -> Meaning {
    let Meaning::Number(number) = x else {
        return x.clone();
    };
    let one = Number::constant(Rational::one());
    let condition = Truth::of(number.clone(), BinaryOp::Ge, one.clone());
    let floor = rounded(reader, false, number)
        .unwrap_or_else(|| Meaning::Unsupported("`floor` of these arguments".to_owned()));
    reader.choose(&Meaning::Truth(condition), &floor, &Meaning::Number(one))
}
