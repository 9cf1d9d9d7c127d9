//! Lists, networks, access, `if`, functions and binders.

use std::collections::BTreeSet;

use super::Checker;
use crate::expr::problem::{BAD_FORM, Problem, UNKNOWN_NAME, WRONG_TYPE, suggestion};
use crate::expr::tree::Bindings;
use crate::expr::{NodeId, NodeKind, RangeOperator, SetQuantifier, Tree, Type};
use crate::vocabulary::Vocabulary;

/// The functions `fn(x) e` whose variable is indexed in e, or handed to a parameter that only takes vectors.
pub(super) fn vector_functions(
    tree: &Tree,
    bindings: &Bindings,
    vocabulary: &dyn Vocabulary,
) -> BTreeSet<NodeId> {
    let mut found = BTreeSet::new();
    let mut mark = |id: NodeId| {
        if let (NodeKind::Name(_), Some(binder)) = (tree.kind(id), bindings.binder[id as usize])
            && matches!(tree.kind(binder), NodeKind::Lambda { .. })
        {
            found.insert(binder);
        }
    };
    for node in tree.nodes() {
        match &node.kind {
            NodeKind::Index(target, _) => mark(*target),
            NodeKind::Call {
                name,
                variant: None,
                arguments,
            } => {
                let Some(function) = vocabulary.function(name) else {
                    continue;
                };
                let mut fitting = function
                    .overloads
                    .iter()
                    .filter(|o| o.parameters.len() == arguments.len())
                    .peekable();
                if fitting.peek().is_none() {
                    continue;
                }
                let fitting: Vec<_> = fitting.collect();
                for (place, argument) in arguments.iter().enumerate() {
                    if fitting
                        .iter()
                        .all(|overload| overload.parameters[place] == Type::Vec)
                    {
                        mark(*argument);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

impl Checker<'_> {
    /// The type of the variable bound by a node; what it ranges over stands before its scope and is typed already.
    pub(super) fn variable(&self, binder: NodeId) -> Option<Type> {
        match self.tree.kind(binder) {
            NodeKind::Lambda { .. } if self.vector_functions.contains(&binder) => Some(Type::Vec),
            NodeKind::Lambda { .. } => Some(Type::Real),
            NodeKind::ForSet { set, .. } => match self.type_of(*set)? {
                Type::Set(element) => Some((**element).clone()),
                _ => None,
            },
            NodeKind::ForRange { from, .. } => match self.type_of(*from)? {
                Type::Nat => Some(Type::Nat),
                _ => Some(Type::Int),
            },
            _ => None,
        }
    }

    /// Numbers make a vector, lists of numbers a matrix, other values of one type a finite set.
    pub(super) fn list(&mut self, items: &[NodeId]) -> Option<Type> {
        let Some(first) = items.iter().find_map(|item| self.type_of(*item)).cloned() else {
            return items.is_empty().then_some(Type::Vec);
        };
        let is_list =
            |checker: &Self, item: NodeId| matches!(checker.tree.kind(item), NodeKind::List(_));
        if first == Type::Vec {
            return self.matrix(items);
        }
        let mut joined = first;
        for item in items {
            let Some(found) = self.type_of(*item) else {
                continue;
            };
            match joined.join(found) {
                Some(wider) => joined = wider,
                None => {
                    let (got, before) = (found.with_article(), joined.with_article());
                    let span = self.tree.node(*item).span.clone();
                    let problem = Problem::new(
                        WRONG_TYPE,
                        span,
                        format!("a list holds values of one type: {before} before, {got} here"),
                        format!("this is {got}"),
                    );
                    let row = is_list(self, *item);
                    self.report(if row {
                        problem.help("a matrix is a list of rows, `[[1, 0], [0, 1]]`")
                    } else {
                        problem
                    });
                    return None;
                }
            }
        }
        Some(if joined.is_numeric() {
            Type::Vec
        } else {
            Type::Set(Box::new(joined))
        })
    }

    fn matrix(&mut self, rows: &[NodeId]) -> Option<Type> {
        let mut columns = None;
        for row in rows {
            let Some(found) = self.type_of(*row) else {
                continue;
            };
            let span = self.tree.node(*row).span.clone();
            let problem = match self.tree.kind(*row) {
                NodeKind::List(entries) if *found == Type::Vec => {
                    let expected = *columns.get_or_insert(entries.len());
                    if expected == entries.len() {
                        continue;
                    }
                    let message = format!(
                        "the rows of a matrix have one length: {expected} before, {} here",
                        entries.len()
                    );
                    Problem::new(BAD_FORM, span, message, format!("length {}", entries.len()))
                }
                _ => {
                    let got = found.with_article();
                    let message = format!("a row of a matrix is a list of numbers, got {got}");
                    Problem::new(WRONG_TYPE, span, message, format!("this is {got}"))
                        .help("join matrices with `stack(A, B)` or `beside(A, B)`")
                        .help("join vectors with `concat(v, w)`")
                }
            };
            self.report(problem);
            return None;
        }
        Some(Type::Matrix)
    }

    pub(super) fn network(&mut self, layers: &[(NodeId, NodeId)]) -> Option<Type> {
        for (weight, bias) in layers {
            self.expect(&Type::Matrix, *weight, "the weight of a layer");
            self.expect(&Type::Vec, *bias, "the bias of a layer");
        }
        Some(Type::Network)
    }

    pub(super) fn index(&mut self, target: NodeId, index: NodeId) -> Option<Type> {
        self.expect(&Type::Int, index, "an index");
        match self.type_of(target)? {
            Type::Vec => Some(Type::Real),
            Type::Matrix => Some(Type::Vec),
            other => {
                let got = other.with_article();
                let set = matches!(other, Type::Set(_));
                let span = self.tree.node(target).span.clone();
                let problem = Problem::new(
                    WRONG_TYPE,
                    span,
                    format!("only vectors and matrices have entries, got {got}"),
                    format!("this is {got}"),
                );
                self.report(if set {
                    problem
                        .help("a set has no order: write `every(G in S: e)` or `some(G in S: e)`")
                } else {
                    problem
                });
                None
            }
        }
    }

    pub(super) fn field(&mut self, id: NodeId, target: NodeId, name: &str) -> Option<Type> {
        match self.type_of(target)? {
            Type::Record => {
                let found = self.vocabulary.field(name);
                if found.is_none() {
                    let problem = Problem::new(
                        UNKNOWN_NAME,
                        self.tree.last_word_span(id),
                        format!("no record has a field `{name}`"),
                        "unknown field",
                    )
                    .maybe_help(suggestion(name, self.vocabulary.field_names()));
                    self.report(problem);
                }
                found
            }
            other => {
                let got = other.with_article();
                let span = self.tree.node(target).span.clone();
                self.report(Problem::new(
                    WRONG_TYPE,
                    span,
                    format!("only records have fields, got {got}"),
                    format!("this is {got}"),
                ));
                None
            }
        }
    }

    pub(super) fn branches(
        &mut self,
        id: NodeId,
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
    ) -> Option<Type> {
        self.expect(&Type::Bool, condition, "the condition of `if`");
        let (a, b) = (self.type_of(then)?, self.type_of(otherwise)?);
        let joined = a.join(b);
        if joined.is_none() {
            let label = format!("{} and {}", a.with_article(), b.with_article());
            let span = self.tree.node(id).span.clone();
            self.report(Problem::new(
                WRONG_TYPE,
                span,
                "the branches of `if` have different types",
                label,
            ));
        }
        joined
    }

    pub(super) fn lambda(&mut self, body: NodeId) -> Option<Type> {
        self.expect(&Type::Real, body, "the value of a function");
        Some(Type::Function)
    }

    pub(super) fn for_set(
        &mut self,
        quantifier: SetQuantifier,
        set: NodeId,
        body: NodeId,
    ) -> Option<Type> {
        let word = quantifier.word();
        if let Some(found) = self.type_of(set)
            && !matches!(found, Type::Set(_))
        {
            let got = found.with_article();
            let span = self.tree.node(set).span.clone();
            let message = format!("`{word}` ranges over a finite set, got {got}");
            let problem = Problem::new(WRONG_TYPE, span, message, format!("this is {got}"))
                .help(format!(
                    "over a range of integers write `{word}(i, a, b: e)`"
                ))
                .help("over all values use the `quantify` array");
            self.report(problem);
        }
        self.expect(&Type::Bool, body, &format!("the body of `{word}`"));
        Some(Type::Bool)
    }

    pub(super) fn for_range(
        &mut self,
        operator: RangeOperator,
        from: NodeId,
        to: NodeId,
        body: NodeId,
    ) -> Option<Type> {
        let word = operator.word();
        self.expect(&Type::Int, from, &format!("the first index of `{word}`"));
        self.expect(&Type::Int, to, &format!("the last index of `{word}`"));
        let role = format!("the body of `{word}`");
        if matches!(operator, RangeOperator::Every | RangeOperator::Some) {
            self.expect(&Type::Bool, body, &role);
            return Some(Type::Bool);
        }
        let found = self.type_of(body)?.clone();
        self.expect(&Type::Real, body, &role).then_some(found)
    }
}
