//! Reads the nodes of an expression, in one case.

use std::collections::BTreeMap;

use claim_language::expr::{BinaryOp, NodeId, NodeKind, Tree, Typed, UnaryOp};
use relu_core::number::rational::Rational;

use super::case::{Role, Unknown};
use super::form::{Form, Sum};
use super::laurent::Laurent;
use super::meaning::{Comparison, Meaning, Number, Truth};
use super::natives;
use super::span::Span;

/// What a condition is recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Logarithm(Form, BinaryOp),
    Other(Comparison),
}

/// Reads expressions of one case.
pub(super) struct Reader {
    /// Variables, constants and abbreviations read so far.
    pub names: BTreeMap<String, Meaning>,
    /// The variables of the statement, then roundings.
    pub unknowns: Vec<Unknown>,
    /// Roundings by what is rounded.
    roundings: BTreeMap<(bool, Form), usize>,
    /// Decisions of this case; beyond them `false` is taken and added.
    pub choices: Vec<bool>,
    used: usize,
    decided: Vec<(Vec<Key>, bool)>,
    /// The conditions of the decisions.
    pub conditions: Vec<Comparison>,
}

impl Reader {
    pub fn new(choices: Vec<bool>) -> Self {
        Self {
            names: BTreeMap::new(),
            unknowns: Vec::new(),
            roundings: BTreeMap::new(),
            choices,
            used: 0,
            decided: Vec::new(),
            conditions: Vec::new(),
        }
    }

    /// The meaning of an expression. Children stand before their parents, so that nothing recurses.
    pub fn read(&mut self, typed: &Typed) -> Meaning {
        let mut meanings: Vec<Meaning> = Vec::with_capacity(typed.tree.nodes().len());
        for (id, node) in typed.tree.nodes().iter().enumerate() {
            let integer = typed.type_of(id as NodeId).is_integer();
            let mut found = self.node(&typed.tree, &node.kind, &meanings);
            if let Meaning::Number(number) = &mut found {
                number.integer |= integer;
            }
            meanings.push(found);
        }
        meanings.pop().expect("a tree has a root")
    }

    fn node(&mut self, tree: &Tree, kind: &NodeKind, below: &[Meaning]) -> Meaning {
        let at = |id: &NodeId| &below[*id as usize];
        match kind {
            NodeKind::Number(text) => match text.parse::<Rational>() {
                Ok(value) => Meaning::Number(Number::constant(value)),
                Err(_) => Meaning::Unsupported(format!("the number {text}")),
            },
            NodeKind::Name(name) => match (self.names.get(name), name.as_str()) {
                (Some(meaning), _) => meaning.clone(),
                (None, "inf") => Meaning::Exponent(Laurent::default()),
                (None, "true") => Meaning::Truth(Truth::default()),
                (None, _) => Meaning::Unsupported(format!("`{name}`")),
            },
            NodeKind::Unary(UnaryOp::Neg, a) => {
                let zero = Meaning::Number(Number::constant(Rational::zero()));
                self.binary(BinaryOp::Sub, &zero, at(a))
            }
            NodeKind::Binary(operator, a, b) => self.binary(*operator, at(a), at(b)),
            NodeKind::If(condition, yes, no) => self.choose(at(condition), at(yes), at(no)),
            NodeKind::Call {
                name,
                variant: None,
                arguments,
            } => {
                if name == "max"
                    && let Some(inner) = floor_against_one(tree, arguments)
                {
                    return natives::max_floor(self, at(&inner));
                }
                let arguments: Vec<&Meaning> = arguments.iter().map(at).collect();
                natives::call(self, name, &arguments)
            }
            _ => Meaning::Unsupported("an object that is no number".to_owned()),
        }
    }

    /// −x.
    pub fn negated(&mut self, x: &Number) -> Meaning {
        let zero = Meaning::Number(Number::constant(Rational::zero()));
        self.binary(BinaryOp::Sub, &zero, &Meaning::Number(x.clone()))
    }

    fn binary(&mut self, operator: BinaryOp, a: &Meaning, b: &Meaning) -> Meaning {
        if operator == BinaryOp::And {
            return conjunction(a, b);
        }
        let (x, y) = match (a, b) {
            (Meaning::Unsupported(_), _) => return a.clone(),
            (_, Meaning::Unsupported(_)) => return b.clone(),
            (Meaning::Number(x), Meaning::Number(y)) => (x, y),
            _ => {
                return Meaning::Unsupported(
                    "an operation on objects that are no numbers".to_owned(),
                );
            }
        };
        let unsigned = Rational::one();
        let number = match operator {
            BinaryOp::Add | BinaryOp::Sub => {
                let sign = match operator {
                    BinaryOp::Add => unsigned,
                    _ => -unsigned,
                };
                Number {
                    sum: both(&x.sum, &y.sum, |a, b| Some(a.plus(b, &sign))),
                    laurent: both(&x.laurent, &y.laurent, |a, b| {
                        Some(a.plus(&b.scaled(&sign)))
                    }),
                    integer: false,
                    positive: x.positive.union(&y.positive).cloned().collect(),
                }
            }
            BinaryOp::Mul | BinaryOp::Div => {
                let divide = operator == BinaryOp::Div;
                Number {
                    sum: both(&x.sum, &y.sum, |a, b| product(a, b, divide)),
                    laurent: both(&x.laurent, &y.laurent, |a, b| match divide {
                        true => a.times(&b.recip()?),
                        false => a.times(b),
                    }),
                    integer: false,
                    positive: x.sums().union(&y.sums()).cloned().collect(),
                }
            }
            BinaryOp::Pow => return power(x, y),
            BinaryOp::Eq | BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge => {
                return Meaning::Truth(Truth::of(x.clone(), operator, y.clone()));
            }
            BinaryOp::Ne
            | BinaryOp::Lesssim
            | BinaryOp::And
            | BinaryOp::Or
            | BinaryOp::BoxTimes => {
                return Meaning::Unsupported("a relation other than <, <=, ==, >=, >".to_owned());
            }
        };
        Meaning::Number(number)
    }

    /// One of two meanings, by the decision of this case, which keeps its condition.
    pub fn choose(&mut self, condition: &Meaning, yes: &Meaning, no: &Meaning) -> Meaning {
        let Meaning::Truth(Truth { all, missing }) = condition else {
            return Meaning::Unsupported("a condition that is no comparison of numbers".to_owned());
        };
        // The same condition is decided in the same way everywhere.
        let key = self.key(all);
        if let Some((_, decision)) = self.decided.iter().find(|(known, _)| *known == key) {
            return if *decision { yes.clone() } else { no.clone() };
        }
        if self.used == self.choices.len() {
            self.choices.push(false);
        }
        let decision = self.choices[self.used];
        self.used += 1;
        self.decided.push((key, decision));
        match (decision, all.as_slice()) {
            (true, all) => self.conditions.extend(all.iter().cloned()),
            (false, [one]) if missing.is_none() => self.conditions.extend(one.negated()),
            // The opposite of a conjunction is no condition on one of its parts; without it more has to be shown.
            (false, _) => {}
        }
        if decision { yes.clone() } else { no.clone() }
    }

    /// Conditions that are recognised as the same: 1 ≥ x and 1 ≥ xⁿ are, for n > 0.
    fn key(&self, comparisons: &[Comparison]) -> Vec<Key> {
        let of = |comparison: &Comparison| {
            let (left, right) = (&comparison.left, &comparison.right);
            match (left.logarithm(), right.logarithm()) {
                (Some(a), Some(b)) => {
                    let mut form = a.minus(&b);
                    for (x, unknown) in self.unknowns.iter().enumerate() {
                        if unknown.positive {
                            form.divide_by_power(x, false);
                        }
                    }
                    Key::Logarithm(form, comparison.relation)
                }
                _ => Key::Other(comparison.clone()),
            }
        };
        comparisons.iter().map(of).collect()
    }

    /// The factor between a number and its rounding, the same for equal numbers.
    pub fn rounding(&mut self, up: bool, of: &Form, exact_when: Option<Laurent>) -> Form {
        let next = self.unknowns.len();
        let number = *self.roundings.entry((up, of.clone())).or_insert(next);
        if number == next {
            let half = Rational::one().half();
            // Up: the number is at least 1/2; down: at least 1.
            let (range, condition) = match up {
                true => (
                    Span::between(Rational::one(), Rational::from(2)),
                    of.plus(&Form::number(&Rational::from(2)).expect("2 is positive")),
                ),
                false => (Span::between(half, Rational::one()), of.clone()),
            };
            self.unknowns.push(Unknown {
                name: format!("rounding {}", self.roundings.len()),
                role: Role::Rounding {
                    condition,
                    exact_when,
                },
                range,
                positive: true,
                integer: false,
            });
        }
        Form::of(super::form::Atom::Variable(number))
    }
}

/// `a and b`, with the parts that have a meaning.
fn conjunction(a: &Meaning, b: &Meaning) -> Meaning {
    let mut truth = Truth::default();
    for side in [a, b] {
        match side {
            Meaning::Truth(Truth { all, missing }) => {
                truth.all.extend(all.iter().cloned());
                truth.missing = truth.missing.or_else(|| missing.clone());
            }
            Meaning::Unsupported(what) => {
                truth.missing.get_or_insert_with(|| what.clone());
            }
            Meaning::Number(_) | Meaning::Exponent(_) => {
                truth
                    .missing
                    .get_or_insert_with(|| "a number as a condition".to_owned());
            }
        }
    }
    Meaning::Truth(truth)
}

/// x of `max(1, floor(x))`, in either order.
fn floor_against_one(tree: &Tree, arguments: &[NodeId]) -> Option<NodeId> {
    let [a, b] = arguments else { return None };
    let inner = |one: &NodeId, floor: &NodeId| match (tree.kind(*one), tree.kind(*floor)) {
        (
            NodeKind::Number(text),
            NodeKind::Call {
                name,
                variant: None,
                arguments,
            },
        ) if text == "1" && name == "floor" => arguments.first().copied(),
        _ => None,
    };
    inner(a, b).or_else(|| inner(b, a))
}

fn both<T, U>(a: &Option<T>, b: &Option<T>, with: impl Fn(&T, &T) -> Option<U>) -> Option<U> {
    with(a.as_ref()?, b.as_ref()?)
}

/// a·b, or a/b.
fn product(a: &Sum, b: &Sum, divide: bool) -> Option<Sum> {
    let Some((right, divisor)) = b.logarithm() else {
        return (!divide).then(Sum::default);
    };
    let Some((left, form)) = a.logarithm() else {
        return Some(Sum::default());
    };
    let form = match divide {
        true => form.minus(&divisor),
        false => form.plus(&divisor),
    };
    let sign = match left == right {
        true => Rational::one(),
        false => -Rational::one(),
    };
    Some(Sum::default().plus(&Sum::exp(&form), &sign))
}

fn power(base: &Number, exponent: &Number) -> Meaning {
    let Some(exponent) = &exponent.laurent else {
        return Meaning::Unsupported(
            "an exponent that is no polynomial in the variables".to_owned(),
        );
    };
    let whole = exponent
        .to_rational()
        .filter(Rational::is_integer)
        .and_then(|n| n.to_i64());
    let laurent = base.laurent.as_ref().and_then(|laurent| match whole? {
        n if n >= 0 => laurent.pow(u32::try_from(n).ok()?),
        n => laurent.recip()?.pow(u32::try_from(-n).ok()?),
    });
    let sum = base
        .logarithm()
        .and_then(|form| form.times(exponent))
        .map(|form| Sum::exp(&form));
    if sum.is_none() && laurent.is_none() {
        return Meaning::Unsupported("a power of a number that may be 0 or negative".to_owned());
    }
    Meaning::Number(Number {
        sum,
        laurent,
        integer: false,
        positive: base.sums(),
    })
}
