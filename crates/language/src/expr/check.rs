//! Types for every node of a tree, in one pass over the arena.
//!
//! A node that is wrong gets no type and is reported once; what is built from it stays silent.

mod call;
mod forms;
mod mismatch;
mod operators;
mod overload;

use std::collections::{BTreeMap, BTreeSet};

use super::problem::{BAD_HOLE, CAPTURE, MAX_PROBLEMS, Problem, UNKNOWN_NAME, suggestion};
use super::tree::Bindings;
use super::{NodeId, NodeKind, Tree, Type};
use crate::vocabulary::Vocabulary;

/// The names an expression may use, with their types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    names: BTreeMap<String, Type>,
    /// Whether `f@twin` may be used: in mutants only.
    pub twins_allowed: bool,
}

impl Scope {
    /// The empty scope, without twins.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a name, or replaces its type and returns the one it had.
    pub fn insert(&mut self, name: impl Into<String>, of: Type) -> Option<Type> {
        self.names.insert(name.into(), of)
    }

    /// The type of a name, or `None`.
    pub fn get(&self, name: &str) -> Option<&Type> {
        self.names.get(name)
    }

    /// Every name, ascending.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}

/// A tree with the type of every node.
///
/// A list that stands for a box has the type [`Type::Box_`]; every other type is the node's own, before widening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The tree.
    pub tree: Tree,
    /// The type of the node of the same index.
    pub types: Vec<Type>,
}

impl Typed {
    /// The type of a node; `id` comes from this tree.
    pub fn type_of(&self, id: NodeId) -> &Type {
        &self.types[id as usize]
    }

    /// The type of the whole expression.
    pub fn result(&self) -> &Type {
        self.type_of(self.tree.root())
    }
}

/// Types every node, or reports every problem, by position.
pub fn check(
    tree: Tree,
    scope: &Scope,
    vocabulary: &dyn Vocabulary,
) -> Result<Typed, Vec<Problem>> {
    run(tree, None, scope, vocabulary)
}

/// Types every node and requires the whole to be of the `expected` type; `[a, b]` may stand for a box.
pub fn check_as(
    tree: Tree,
    expected: &Type,
    scope: &Scope,
    vocabulary: &dyn Vocabulary,
) -> Result<Typed, Vec<Problem>> {
    run(tree, Some(expected), scope, vocabulary)
}

fn run(
    tree: Tree,
    expected: Option<&Type>,
    scope: &Scope,
    vocabulary: &dyn Vocabulary,
) -> Result<Typed, Vec<Problem>> {
    let mut checker = Checker::new(&tree, scope, vocabulary);
    checker.check_captures();
    for id in 0..tree.nodes.len() as NodeId {
        if checker.problems.len() >= MAX_PROBLEMS {
            break;
        }
        let found = checker.node(id);
        checker.types.push(found);
    }
    if let Some(expected) = expected
        && checker.types.len() == tree.nodes.len()
    {
        checker.expect_whole(expected);
    }
    let Checker {
        types,
        mut problems,
        ..
    } = checker;
    if problems.is_empty()
        && let Some(types) = types.into_iter().collect()
    {
        return Ok(Typed { tree, types });
    }
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    problems.truncate(MAX_PROBLEMS);
    Err(problems)
}

struct Checker<'a> {
    tree: &'a Tree,
    scope: &'a Scope,
    vocabulary: &'a dyn Vocabulary,
    bindings: Bindings,
    /// Functions whose variable is used as a vector; the others take a number.
    vector_functions: BTreeSet<NodeId>,
    /// The types found so far; `None` for a node that is wrong or built from one.
    types: Vec<Option<Type>>,
    problems: Vec<Problem>,
    /// Unknown names are reported where they first occur.
    unknown: BTreeSet<&'a str>,
}

impl<'a> Checker<'a> {
    fn new(tree: &'a Tree, scope: &'a Scope, vocabulary: &'a dyn Vocabulary) -> Self {
        let bindings = tree.bindings();
        let vector_functions = forms::vector_functions(tree, &bindings, vocabulary);
        Self {
            tree,
            scope,
            vocabulary,
            bindings,
            vector_functions,
            types: Vec::with_capacity(tree.nodes.len()),
            problems: Vec::new(),
            unknown: BTreeSet::new(),
        }
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn type_of(&self, id: NodeId) -> Option<&Type> {
        self.types[id as usize].as_ref()
    }

    /// A bound variable may not reuse a name: an edit inside its scope would change its meaning unseen.
    fn check_captures(&mut self) {
        for id in 0..self.tree.nodes.len() as NodeId {
            let Some((variable, _)) = self.tree.kind(id).binding() else {
                continue;
            };
            let taken = if self.bindings.shadowing.contains(&id) {
                "is already bound around this"
            } else if self.scope.get(variable).is_some() {
                "is already a variable of the claim"
            } else if self.constant(variable).is_some() {
                "is a constant"
            } else {
                continue;
            };
            let problem = Problem::new(
                CAPTURE,
                self.tree.variable_span(id),
                format!("the bound variable `{variable}` reuses a name in scope"),
                format!("`{variable}` {taken}"),
            )
            .help("choose another name for the bound variable");
            self.problems.push(problem);
            if self.problems.len() >= MAX_PROBLEMS {
                return;
            }
        }
    }

    /// Constants of the vocabulary, and the three every vocabulary has.
    fn constant(&self, name: &str) -> Option<Type> {
        self.vocabulary.constant(name).or(match name {
            "true" | "false" => Some(Type::Bool),
            "Rd" => Some(Type::Box_),
            _ => None,
        })
    }

    fn node(&mut self, id: NodeId) -> Option<Type> {
        let tree = self.tree;
        match tree.kind(id) {
            NodeKind::Number(digits) => Some(if digits.contains('.') {
                Type::Rat
            } else {
                Type::Nat
            }),
            NodeKind::Name(name) => self.name(id, name),
            NodeKind::Unary(op, operand) => self.unary(*op, *operand),
            NodeKind::Binary(op, left, right) => self.binary(id, *op, *left, *right),
            NodeKind::Call {
                name,
                variant,
                arguments,
            } => self.call(id, name, variant.as_deref(), arguments),
            NodeKind::Index(target, index) => self.index(*target, *index),
            NodeKind::Field(target, name) => self.field(id, *target, name),
            NodeKind::List(items) => self.list(items),
            NodeKind::Network(layers) => self.network(layers),
            NodeKind::If(condition, then, otherwise) => {
                self.branches(id, *condition, *then, *otherwise)
            }
            NodeKind::Lambda { body, .. } => self.lambda(*body),
            NodeKind::ForSet {
                quantifier,
                set,
                body,
                ..
            } => self.for_set(*quantifier, *set, *body),
            NodeKind::ForRange {
                operator,
                from,
                to,
                body,
                ..
            } => self.for_range(*operator, *from, *to, *body),
        }
    }

    fn name(&mut self, id: NodeId, name: &'a str) -> Option<Type> {
        if let Some(binder) = self.bindings.binder[id as usize] {
            return self.variable(binder);
        }
        if let Some(found) = self.scope.get(name) {
            return Some(found.clone());
        }
        if let Some(found) = self.constant(name) {
            return Some(found);
        }
        if !self.unknown.insert(name) {
            return None;
        }
        let span = self.tree.node(id).span.clone();
        let problem = if name == "_" {
            Problem::new(
                BAD_HOLE,
                span,
                "`_` is no expression",
                "stands for an expression only in edits",
            )
        } else if self.vocabulary.function(name).is_some() {
            Problem::new(
                UNKNOWN_NAME,
                span,
                format!("`{name}` is a function"),
                "has no arguments here",
            )
            .help(format!("write `{name}(…)`"))
        } else {
            let mut known: Vec<&str> = self.scope.names().collect();
            known.extend(self.vocabulary.constant_names());
            let bound = self
                .tree
                .nodes
                .iter()
                .any(|node| node.kind.binding().is_some_and(|(v, _)| v == name));
            let problem = Problem::new(
                UNKNOWN_NAME,
                span,
                format!("unknown name `{name}`"),
                "not defined here",
            );
            if bound {
                problem.note(format!(
                    "`{name}` is bound in another part of the expression only"
                ))
            } else {
                problem.maybe_help(suggestion(name, known))
            }
        };
        self.report(problem);
        None
    }
}

#[cfg(test)]
mod tests;
