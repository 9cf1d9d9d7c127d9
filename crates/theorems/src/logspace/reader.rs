//! Reads the nodes of an expression, in one case.

use std::collections::{BTreeMap, BTreeSet};

use claim_language::expr::{BinaryOp, NodeId, NodeKind, Tree, Typed, UnaryOp};
use relu_core::Sign;
use relu_core::number::rational::Rational;

use super::case::{Role, Unknown};
use super::form::{Atom, Form, Sum};
use super::laurent::Laurent;
use super::meaning::{Comparison, Meaning, Need, Number, Truth};
use super::natives;
use super::span::Span;

/// What a condition is recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Logarithm(Form, BinaryOp),
    Other(Box<Comparison>),
}

/// Reads expressions of one case.
pub(super) struct Reader<'a> {
    /// Variables, and constants and abbreviations read so far.
    pub names: BTreeMap<String, Meaning>,
    /// Constants, abbreviations and constructed variables, which are read where they are needed.
    definitions: BTreeMap<&'a str, &'a Typed>,
    /// Definitions that are being read.
    open: Vec<&'a str>,
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

/// What is left to do with a node.
enum Task {
    Read(NodeId),
    Combine(NodeId),
    /// The condition of an `if` has been read.
    Choose(NodeId),
    /// The branch that was chosen has been read, under these conditions.
    Take(NodeId, NodeId, BTreeSet<Need>),
}

impl<'a> Reader<'a> {
    pub fn new(choices: Vec<bool>, definitions: BTreeMap<&'a str, &'a Typed>) -> Self {
        Self {
            names: BTreeMap::new(),
            definitions,
            open: Vec::new(),
            unknowns: Vec::new(),
            roundings: BTreeMap::new(),
            choices,
            used: 0,
            decided: Vec::new(),
            conditions: Vec::new(),
        }
    }

    /// The meaning of an expression. Of an `if` only the branch of this case is read, as only that has to be defined.
    ///
    /// Recursion is bounded by the number of definitions.
    pub fn read(&mut self, typed: &'a Typed) -> Meaning {
        let tree = &typed.tree;
        let mut meanings: Vec<Option<Meaning>> = vec![None; tree.nodes().len()];
        let root =
            NodeId::try_from(tree.nodes().len() - 1).expect("as many nodes as there are ids");
        let mut tasks = vec![Task::Read(root)];
        while let Some(task) = tasks.pop() {
            match task {
                Task::Read(id) if meanings[id as usize].is_some() => {}
                Task::Read(id) => match tree.kind(id) {
                    // Of these not every part has to be defined.
                    NodeKind::Binary(BinaryOp::Or, ..) => {
                        meanings[id as usize] = Some(Meaning::Unsupported("`or`".to_owned()));
                    }
                    NodeKind::Call { name, .. } if !natives::NAMES.contains(&name.as_str()) => {
                        let what = format!("`{name}`");
                        meanings[id as usize] = Some(Meaning::Unsupported(what));
                    }
                    NodeKind::If(condition, ..) => {
                        tasks.extend([Task::Choose(id), Task::Read(*condition)]);
                    }
                    kind => {
                        tasks.push(Task::Combine(id));
                        // The last one is done first.
                        tasks.extend(children(kind).into_iter().rev().map(Task::Read));
                    }
                },
                Task::Combine(id) => {
                    let mut found = self.node(tree, tree.kind(id), &meanings);
                    if let Meaning::Number(number) = &mut found {
                        number.integer |= typed.type_of(id).is_integer();
                        if number.sum.as_ref().is_some_and(|sum| !sum.is_small()) {
                            let what = "an expression with that many parts or digits";
                            found = Meaning::Unsupported(what.to_owned());
                        }
                    }
                    meanings[id as usize] = Some(found);
                }
                Task::Choose(id) => {
                    let NodeKind::If(condition, yes, no) = tree.kind(id) else {
                        unreachable!("only an `if` is chosen by a condition");
                    };
                    match self.decide(known(&meanings, *condition)) {
                        Ok((decision, needs)) => {
                            let branch = if decision { *yes } else { *no };
                            tasks.extend([Task::Take(id, branch, needs), Task::Read(branch)]);
                        }
                        Err(why) => meanings[id as usize] = Some(Meaning::Unsupported(why)),
                    }
                }
                Task::Take(id, branch, needs) => {
                    let found = known(&meanings, branch).clone().under(needs);
                    meanings[id as usize] = Some(found);
                }
            }
        }
        known(&meanings, root).clone()
    }

    fn node(&mut self, tree: &Tree, kind: &NodeKind, below: &[Option<Meaning>]) -> Meaning {
        let at = |id: &NodeId| known(below, *id);
        match kind {
            NodeKind::Number(text) => match text.parse::<Rational>() {
                Ok(value) => Meaning::Number(Number::constant(value)),
                Err(_) => Meaning::Unsupported(format!("the number {text}")),
            },
            NodeKind::Name(name) => self.name(name),
            NodeKind::Unary(UnaryOp::Neg, a) => {
                let zero = Meaning::Number(Number::constant(Rational::zero()));
                self.binary(BinaryOp::Sub, &zero, at(a))
            }
            NodeKind::Binary(operator, a, b) => self.binary(*operator, at(a), at(b)),
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

    /// The meaning of a name, whose definition is read once.
    pub fn name(&mut self, name: &str) -> Meaning {
        if let Some(meaning) = self.names.get(name) {
            return meaning.clone();
        }
        let Some((name, definition)) = self.definitions.get_key_value(name).map(|(n, d)| (*n, *d))
        else {
            return match name {
                "inf" => Meaning::Exponent(Laurent::default()),
                "true" => Meaning::Truth(Truth::default()),
                _ => Meaning::Unsupported(format!("`{name}`")),
            };
        };
        if self.open.contains(&name) {
            return Meaning::Unsupported(format!("`{name}`, which needs itself,"));
        }
        self.open.push(name);
        let meaning = self.read(definition);
        self.open.pop();
        self.names.insert(name.to_owned(), meaning.clone());
        meaning
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
                    needs: union(&x.needs, &y.needs),
                    assumed: union(&x.assumed, &y.assumed),
                }
            }
            BinaryOp::Mul => Number {
                sum: both(&x.sum, &y.sum, |a, b| product(a, b, false)),
                laurent: both(&x.laurent, &y.laurent, Laurent::times),
                integer: false,
                needs: union(&x.needs, &y.needs),
                assumed: union(&x.positive(), &y.positive()),
            },
            BinaryOp::Div => {
                let Some(nonzero) = y.nonzero() else {
                    return Meaning::Unsupported("a divisor of unknown sign".to_owned());
                };
                Number {
                    sum: both(&x.sum, &y.sum, |a, b| product(a, b, true)),
                    laurent: both(&x.laurent, &y.laurent, |a, b| a.times(&b.recip()?)),
                    integer: false,
                    needs: union(&union(&x.needs, &y.needs), &nonzero),
                    assumed: union(&x.positive(), &y.positive()),
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

    /// One of two meanings, by the decision of this case.
    pub fn choose(&mut self, condition: &Meaning, yes: &Meaning, no: &Meaning) -> Meaning {
        match self.decide(condition) {
            Ok((true, needs)) => yes.clone().under(needs),
            Ok((false, needs)) => no.clone().under(needs),
            Err(why) => Meaning::Unsupported(why),
        }
    }

    /// The decision of this case, which keeps the condition, and what makes the condition defined.
    fn decide(&mut self, condition: &Meaning) -> Result<(bool, BTreeSet<Need>), String> {
        let Meaning::Truth(truth) = condition else {
            return Err("a condition that is no comparison of numbers".to_owned());
        };
        // Where a part has no meaning here, it is not known whether that part is defined.
        if let Some(missing) = &truth.missing {
            return Err(missing.clone());
        }
        let all = &truth.all;
        // The same condition is decided in the same way everywhere.
        let key = self.key(all);
        let before = self
            .decided
            .iter()
            .find(|(known, _)| Some(known) == key.as_ref());
        if let Some((_, decision)) = before {
            return Ok((*decision, truth.needs()));
        }
        if self.used == self.choices.len() {
            self.choices.push(false);
        }
        let decision = self.choices[self.used];
        self.used += 1;
        self.decided.extend(key.map(|key| (key, decision)));
        match (decision, all.as_slice()) {
            (true, all) => self.conditions.extend(all.iter().cloned()),
            (false, [one]) => self.conditions.extend(one.negated()),
            // The opposite of a conjunction is no condition on one of its parts; without it more has to be shown.
            (false, _) => {}
        }
        Ok((decision, truth.needs()))
    }

    /// Conditions that are recognised as the same: 1 ≥ x and 1 ≥ xⁿ are, for n > 0. `None` for those that are never recognised.
    fn key(&self, comparisons: &[Comparison]) -> Option<Vec<Key>> {
        let sides = comparisons.iter().flat_map(|one| [&one.left, &one.right]);
        if !sides.into_iter().all(Number::is_recognisable) {
            return None;
        }
        let of = |comparison: &Comparison| {
            let (left, right) = (&comparison.left, &comparison.right);
            // A logarithm that has to be shown to be right recognises nothing.
            let certain = comparison.positive().is_empty() && comparison.needs().is_empty();
            match (left.logarithm(), right.logarithm()) {
                (Some(a), Some(b)) if certain => {
                    let mut form = a.minus(&b);
                    for (x, unknown) in self.unknowns.iter().enumerate() {
                        if unknown.positive {
                            form.divide_by_power(x, false);
                        }
                    }
                    Key::Logarithm(form, comparison.relation)
                }
                _ => Key::Other(Box::new(comparison.clone())),
            }
        };
        Some(comparisons.iter().map(of).collect())
    }

    /// Forgets the conditions of decisions made after a point: the cases they gave then stand for all numbers.
    pub fn forget(&mut self, (conditions, decided): (usize, usize)) {
        self.conditions.truncate(conditions);
        self.decided.truncate(decided);
    }

    /// A point to [`forget`](Self::forget) from.
    pub fn mark(&self) -> (usize, usize) {
        (self.conditions.len(), self.decided.len())
    }

    /// What makes the factor between a number and its rounding right, and the factor, the same for equal numbers.
    pub fn rounding(&mut self, up: bool, of: &Form, exact_when: Option<Laurent>) -> (Need, Form) {
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
        (Need::Rounding(number), Form::of(Atom::Variable(number)))
    }
}

/// `a and b`, with the parts that have a meaning.
fn conjunction(a: &Meaning, b: &Meaning) -> Meaning {
    let mut truth = Truth::default();
    for side in [a, b] {
        match side {
            Meaning::Truth(part) => {
                truth.all.extend(part.all.iter().cloned());
                truth.missing = truth.missing.or_else(|| part.missing.clone());
                truth.needs.extend(part.needs.iter().cloned());
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
    let Some(power) = &exponent.laurent else {
        return Meaning::Unsupported(
            "an exponent that is no polynomial in the variables".to_owned(),
        );
    };
    let whole = power.to_rational().filter(Rational::is_integer);
    let laurent = base
        .laurent
        .as_ref()
        .and_then(|laurent| match whole.as_ref()?.to_i64()? {
            n if n >= 0 => laurent.pow(u32::try_from(n).ok()?),
            n => laurent.recip()?.pow(u32::try_from(-n).ok()?),
        });
    let sum = base
        .logarithm()
        .and_then(|form| form.times(power))
        .map(|form| Sum::exp(&form));
    if sum.is_none() && laurent.is_none() {
        return Meaning::Unsupported("a power of a number that may be 0 or negative".to_owned());
    }
    let mut needs = union(&base.needs, &exponent.needs);
    match whole {
        Some(n) if n.sign() != Sign::Negative => {}
        Some(_) => match base.nonzero() {
            Some(nonzero) => needs.extend(nonzero),
            None => return Meaning::Unsupported("a power of a number of unknown sign".to_owned()),
        },
        None => needs.extend(base.positive()),
    }
    Meaning::Number(Number {
        sum,
        laurent,
        integer: false,
        needs,
        assumed: base.positive(),
    })
}

fn union(a: &BTreeSet<Need>, b: &BTreeSet<Need>) -> BTreeSet<Need> {
    a.union(b).cloned().collect()
}

fn known(meanings: &[Option<Meaning>], id: NodeId) -> &Meaning {
    meanings[id as usize]
        .as_ref()
        .expect("what is below a node has been read")
}

fn children(kind: &NodeKind) -> Vec<NodeId> {
    match kind {
        NodeKind::Unary(_, a) => vec![*a],
        NodeKind::Binary(_, a, b) => vec![*a, *b],
        NodeKind::Call { arguments, .. } => arguments.clone(),
        _ => Vec::new(),
    }
}
