//! Values of variables as text, and back: what candidates and witnesses are made of.
//!
//! Candidates enter the kernel as text only. Every value is an expression of the claim language (`[1/2, 0]`,
//! `net(([[1]], [0]))`), a template, or an algebraic number `root(3*c^2 - 1, 1/2, 1)`.

use std::collections::BTreeMap;
use std::sync::Arc;

use claim_language::expr::{NodeKind, Tree, Type, Typed};
use relu_core::number::cell::RealCell;
use relu_core::number::roots::Algebraic;
use relu_core::number::scalar::Scalar;
use relu_core::parameters::Template;

use crate::enclosed;
use crate::learner::exponent_text;
use crate::machine::{self, Memory};
use crate::program::{Meaning, Names, compile_below};
use crate::statement::{Statement, equations};
use crate::value::{Backend, Value};
use claim_language::print::Binder;

/// Longest text of one value.
const MAX_TEXT: usize = 1_000_000;

/// Names and values of the variables of one instance, as text.
pub type Assignment = BTreeMap<String, String>;

/// An assignment read back: the environment and the cell of the ordered symbol.
#[derive(Clone, Debug)]
pub struct Bound {
    /// One value per slot.
    pub environment: Vec<Value>,
    /// A point where the ordered symbol has an irrational algebraic value, else the line.
    pub cell: RealCell,
}

impl Statement {
    /// Whether the variable has a value in an assignment: not what is constructed, tried or chosen by the opponent.
    pub fn is_assigned(&self, slot: usize) -> bool {
        self.variables[slot].binder != Binder::Some
    }

    /// The assignment of an environment, with the ordered symbol anywhere in a cell.
    ///
    /// `None` if a value has no text: an absent value, or a symbol without a value in the cell.
    pub fn assignment(
        &self,
        conclusion: usize,
        environment: &[Value],
        cell: &RealCell,
    ) -> Option<Assignment> {
        let names = self.symbol_names();
        let sampled = self.sampled(environment, cell)?;
        let mut assignment = Assignment::new();
        for slot in self
            .slots(conclusion)
            .into_iter()
            .filter(|slot| self.is_assigned(*slot))
        {
            let variable = &self.variables[slot];
            let text = match (&sampled[slot], variable.symbol) {
                (Value::Scalar(value), Some(0)) if value.as_rational().is_none() => match cell {
                    RealCell::Point(point) => point.to_string(),
                    RealCell::Open { .. } => cell.sample()?.to_string(),
                },
                (value, _) => text(value, &names)?,
            };
            assignment.insert(variable.name.clone(), text);
        }
        Some(assignment)
    }

    /// A value may contain a symbol only if it is a choice made before it, or a number given in this assignment; the value
    /// of a universal symbol is a number, or nothing in particular.
    fn looks_ahead(
        &self,
        slots: &[usize],
        environment: &[Value],
        cell: &RealCell,
    ) -> Result<(), String> {
        for (at, slot) in slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| self.is_assigned(**slot))
        {
            let own = self.variables[*slot].symbol;
            let is_itself = own.is_some_and(|symbol| {
                matches!(&environment[*slot], Value::Scalar(value) if *value == Scalar::symbol(symbol))
            });
            if is_itself {
                continue;
            }
            for symbol in environment[*slot].symbols() {
                let chosen_before = slots[..at].iter().any(|earlier| {
                    let variable = &self.variables[*earlier];
                    variable.symbol == Some(symbol) && variable.binder == Binder::Some
                });
                let given = own.is_none() && symbol == 0 && matches!(cell, RealCell::Point(_));
                if !chosen_before && !given {
                    let name = &self.variables[*slot].name;
                    return Err(format!(
                        "a value of `{name}` in terms of what is not chosen before it"
                    ));
                }
            }
        }
        Ok(())
    }

    /// The values with the ordered symbol replaced by a rational of the cell, where a universal variable is that symbol;
    /// `None` where a value does not exist there.
    fn sampled(&self, environment: &[Value], cell: &RealCell) -> Option<Vec<Value>> {
        let ordered = self
            .variables
            .iter()
            .find(|variable| variable.symbol == Some(0));
        let universal = ordered.is_some_and(|variable| variable.binder != Binder::Some);
        match cell.sample() {
            Some(sample) if universal => environment
                .iter()
                .enumerate()
                .map(|(slot, value)| {
                    let fixed = self.variables[slot].symbol.is_some() || !self.is_assigned(slot);
                    if fixed {
                        Some(value.clone())
                    } else {
                        value.at(0, &sample).ok()
                    }
                })
                .collect(),
            _ => Some(environment.to_vec()),
        }
    }

    /// The names of the symbols, by their index; empty where a symbol has no variable.
    pub fn symbol_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for variable in &self.variables {
            if let Some(symbol) = variable.symbol {
                if names.len() <= symbol {
                    names.resize(symbol + 1, String::new());
                }
                names[symbol].clone_from(&variable.name);
            }
        }
        names
    }

    /// Reads an assignment: a value for every variable that is assigned, and for no other.
    pub fn bind(&self, conclusion: usize, assignment: &Assignment) -> Result<Bound, String> {
        let slots = self.slots(conclusion);
        let mut environment = self.with_symbols(Vec::new());
        let mut cell = RealCell::line();
        let expected: Vec<&str> = slots
            .iter()
            .filter(|slot| self.is_assigned(**slot))
            .map(|slot| self.variables[*slot].name.as_str())
            .collect();
        for name in assignment.keys() {
            if !expected.contains(&name.as_str()) {
                return Err(format!(
                    "value for `{name}`, expected values for {}",
                    expected.join(", ")
                ));
            }
        }
        for slot in slots.iter().copied().filter(|slot| self.is_assigned(*slot)) {
            let variable = &self.variables[slot];
            let text = assignment
                .get(&variable.name)
                .ok_or_else(|| format!("no value for `{}`", variable.name))?;
            match read(text, &self.symbol_names())? {
                Read::Value(value) => {
                    let context = equations(Backend::Reference, RealCell::line());
                    environment[slot] = self
                        .held(slot, value, &environment, &context, &mut Memory::default())
                        .map_err(|failure| failure.to_string())?;
                }
                Read::Algebraic(point) if variable.symbol == Some(0) => {
                    cell = RealCell::Point(point);
                    environment[slot] = Value::Scalar(Scalar::symbol(0));
                }
                Read::Algebraic(_) => {
                    return Err(format!(
                        "an algebraic value for `{}`, which is no symbol",
                        variable.name
                    ));
                }
            }
        }
        self.looks_ahead(&slots, &environment, &cell)?;
        Ok(Bound { environment, cell })
    }
}

/// The text of a value with these names for the symbols, or `None` for an absent value.
pub fn text(value: &Value, names: &[String]) -> Option<String> {
    Some(match value {
        Value::Bool(value) => value.to_string(),
        Value::Scalar(value) => value.display(names).to_string(),
        Value::Vector(entries) => {
            list(entries.iter().map(|entry| entry.display(names).to_string()))
        }
        Value::Matrix(matrix) => list((0..matrix.rows()).map(|i| {
            list(
                matrix
                    .row(i)
                    .iter()
                    .map(|entry| entry.display(names).to_string()),
            )
        })),
        Value::Network(network) => network.to_string(),
        Value::Template(template) => template.to_string(),
        Value::Activation(activation) => activation.to_string(),
        Value::Box(domain) => domain.to_string(),
        Value::Algebraic(number) => number.to_string(),
        Value::Enclosed(number) => enclosed::text(number),
        Value::Exponent(inverse) => exponent_text(inverse),
        Value::Learner(learner) => learner.to_string(),
        Value::Class(class) => class.to_string(),
        Value::Poly(poly) => poly.to_string(),
        Value::Function(closure) => closure.text(|value| text(value, names))?,
        Value::Set(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| text(item, names)).collect();
            format!("{{{}}}", items?.join(", "))
        }
        Value::Symbolic(_) | Value::Absent(_) => return None,
    })
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// A value read from text.
#[derive(Clone, Debug)]
pub enum Read {
    /// An ordinary value.
    Value(Value),
    /// An irrational algebraic number.
    Algebraic(Algebraic),
}

/// Reads a value. Errors: what is wrong with the text.
pub fn read(text: &str, symbols: &[String]) -> Result<Read, String> {
    if text.len() > MAX_TEXT {
        return Err(format!(
            "a value of at most {MAX_TEXT} bytes, got {}",
            text.len()
        ));
    }
    if text.starts_with("template(") {
        let template: Template = text
            .parse()
            .map_err(|error| format!("a template: {error}"))?;
        return Ok(Read::Value(Value::Template(Arc::new(template))));
    }
    let tree = Tree::parse(text).map_err(|problems| {
        problems.first().map_or_else(
            || "an expression".to_owned(),
            |problem| problem.message.clone(),
        )
    })?;
    let types = vec![Type::Real; tree.nodes().len()];
    let typed = Typed { tree, types };
    let mut names = Names::new();
    for (index, name) in symbols
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
    {
        names.define(name, Meaning::Known(Value::Scalar(Scalar::symbol(index))));
    }
    let root = typed.tree.root();
    if let NodeKind::Call {
        name, arguments, ..
    } = typed.tree.kind(root)
        && name == "root"
    {
        let [poly, lower, upper] = arguments.as_slice() else {
            return Err("root(polynomial, lower, upper)".to_owned());
        };
        if names_of(&typed.tree).len() > 1 {
            return Err("a polynomial in one symbol".to_owned());
        }
        for name in names_of(&typed.tree) {
            names.define(&name, Meaning::Known(Value::Scalar(Scalar::symbol(0))));
        }
        let poly = scalar(&typed, *poly, &names)?
            .as_poly()
            .ok_or("a polynomial in one symbol")?;
        let bound = |node| -> Result<_, String> {
            scalar(&typed, node, &names)?
                .as_rational()
                .cloned()
                .ok_or_else(|| "rational ends".to_owned())
        };
        let point = Algebraic::root(&poly, bound(*lower)?, bound(*upper)?)
            .map_err(|error| error.to_string())?;
        return Ok(match point.to_rational() {
            Some(rational) => Read::Value(Value::rational(rational.clone())),
            None => Read::Algebraic(point),
        });
    }
    match evaluate(&typed, root, &names)? {
        Value::Absent(failure) => Err(failure.to_string()),
        value => Ok(Read::Value(value)),
    }
}

fn names_of(tree: &Tree) -> Vec<String> {
    tree.free_names().into_iter().collect()
}

fn scalar(typed: &Typed, node: u32, names: &Names) -> Result<Scalar, String> {
    match evaluate(typed, node, names)? {
        Value::Scalar(scalar) => Ok(scalar),
        other => Err(format!("a number, got a {}", other.kind())),
    }
}

fn evaluate(typed: &Typed, node: u32, names: &Names) -> Result<Value, String> {
    let program = compile_below(typed, node, names)?;
    machine::run(
        &program,
        &[],
        &equations(Backend::Reference, RealCell::line()),
        &mut Memory::default(),
    )
    .map_err(|failure| failure.to_string())
}
