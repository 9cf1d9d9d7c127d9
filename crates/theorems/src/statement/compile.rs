//! From a claim to a statement: names become slots, expressions programs.

use claim_language::expr::{BinaryOp, NodeKind, Typed};
use claim_language::file::{Claim, Domain, Quantifier, SearchRange};

use crate::program::{Meaning, Names, Program, compile, compile_below};
use crate::statement::hints::{hints, is_nonzero};
use crate::statement::{Asserted, Range, Searched, Statement, Variable};

impl Statement {
    /// Compiles a claim. Errors name what the evaluator does not know; type checking has excluded most of them.
    pub fn compile(claim: &Claim) -> Result<Self, String> {
        let mut builder = Builder::default();
        for constant in &claim.constants {
            builder.define_let(&constant.name, &constant.value);
        }
        let mut pending: Vec<(&str, &Typed)> = claim
            .lets
            .iter()
            .map(|item| (item.name.as_str(), &item.value))
            .collect();
        let mut variables = Vec::new();
        builder.settle(&mut pending);
        for quantifier in &claim.quantify {
            builder.quantifier(quantifier, &mut variables)?;
            builder.settle(&mut pending);
        }
        let shared = variables.len();
        let mut conclusions = Vec::new();
        for conclusion in &claim.conclusions {
            let mut inner = builder.clone();
            let start = variables.len();
            for quantifier in &conclusion.quantify {
                inner.quantifier(quantifier, &mut variables)?;
            }
            let program = compile(&conclusion.expr, &inner.names)?;
            let sides = sides(&conclusion.expr, &inner.names);
            let fitted = fitted(&conclusion.expr, &inner.names)?;
            let own = start..variables.len();
            conclusions.push(Asserted {
                name: conclusion.name.clone(),
                program,
                own,
                sides,
                is_bound: is_bound(&conclusion.expr),
                fitted,
            });
        }
        let hypotheses = claim
            .assume
            .iter()
            .map(|hypothesis| {
                Ok((
                    hypothesis.name.clone(),
                    compile(&hypothesis.expr, &builder.names)?,
                ))
            })
            .collect::<Result<_, String>>()?;
        let cover = claim
            .cover
            .iter()
            .map(|cover| {
                Ok((
                    cover.name.clone(),
                    compile(&cover.when, &builder.names)?,
                    cover.at_least,
                ))
            })
            .collect::<Result<_, String>>()?;
        let objective = claim
            .search
            .objective
            .as_ref()
            .map(|typed| compile(typed, &builder.names))
            .transpose()?;
        let minimise = claim.minimise.clone();
        Ok(Self {
            id: claim.id.clone(),
            variables,
            shared,
            hypotheses,
            conclusions,
            cover,
            objective,
            minimise,
        })
    }
}

#[derive(Clone, Default)]
struct Builder {
    names: Names,
    known: std::collections::BTreeSet<String>,
    symbols: usize,
}

impl Builder {
    fn define_let(&mut self, name: &str, value: &Typed) {
        self.names.define_let(name, value.clone());
        self.known.insert(name.to_owned());
    }

    /// Defines every pending `let` whose names are all known by now.
    fn settle(&mut self, pending: &mut Vec<(&str, &Typed)>) {
        let mut waiting = Vec::new();
        for (name, value) in pending.drain(..) {
            let tree = &value.tree;
            let ready = tree
                .free_names()
                .iter()
                .all(|free| self.known.contains(free) || crate::native::constant(free).is_some());
            if ready {
                self.names.define_let(name, value.clone());
                self.known.insert(name.to_owned());
            } else {
                waiting.push((name, value));
            }
        }
        *pending = waiting;
    }

    fn quantifier(
        &mut self,
        quantifier: &Quantifier,
        variables: &mut Vec<Variable>,
    ) -> Result<(), String> {
        let mut domain = self.domain(&quantifier.domain)?;
        // Functions are never drawn: without a list there is nothing to evaluate.
        let listed = quantifier.among.is_some()
            || quantifier.by.is_some()
            || quantifier.from.iter().any(|family| family.name == "named");
        if matches!(domain, Range::Function | Range::Learner) && !listed {
            domain = Range::Other(quantifier.domain.to_string());
        }
        let before = self.names.clone();
        let slot = variables.len();
        self.names.define(&quantifier.name, Meaning::Slot(slot));
        self.known.insert(quantifier.name.clone());
        let optional = |typed: &Option<Typed>, names: &Names| {
            typed
                .as_ref()
                .map(|typed| compile(typed, names))
                .transpose()
        };
        let all = |items: &[Typed]| {
            items
                .iter()
                .map(|item| compile(item, &before))
                .collect::<Result<Vec<_>, String>>()
        };
        let symbol = quantifier.symbolic.then(|| {
            self.symbols += 1;
            self.symbols - 1
        });
        let families = quantifier
            .from
            .iter()
            .map(|family| Ok((family.name.clone(), all(&family.arguments)?)))
            .collect::<Result<_, String>>()?;
        let search = match &quantifier.search {
            Some(SearchRange::Range(a, b)) => Some(Searched::Range(*a, *b)),
            Some(SearchRange::Values(values)) => Some(Searched::Values(all(values)?)),
            Some(SearchRange::Interval) | None => None,
        };
        variables.push(Variable {
            name: quantifier.name.clone(),
            binder: quantifier.binder,
            domain,
            min: optional(&quantifier.min, &self.names)?,
            max: optional(&quantifier.max, &self.names)?,
            filter: optional(&quantifier.filter, &self.names)?,
            symbol,
            nonzero: quantifier
                .filter
                .as_ref()
                .is_some_and(|filter| is_nonzero(filter, &quantifier.name)),
            by: optional(&quantifier.by, &before)?,
            among: quantifier.among.as_deref().map(all).transpose()?,
            families,
            hints: quantifier
                .filter
                .as_ref()
                .map(|filter| hints(filter, &quantifier.name, &before))
                .unwrap_or_default(),
            search,
        });
        Ok(())
    }

    fn domain(&self, domain: &Domain) -> Result<Range, String> {
        let program = |typed: &Typed| compile(typed, &self.names);
        Ok(match domain {
            Domain::Nat => Range::Nat,
            Domain::Int => Range::Int,
            Domain::Rat | Domain::Real => Range::Real,
            Domain::Bool => Range::Bool,
            Domain::Vec(n) => Range::Vec(program(n)?),
            Domain::Matrix(m, n) => Range::Matrix(program(m)?, program(n)?),
            Domain::Network => Range::Network,
            Domain::Template => Range::Template,
            Domain::Activation => Range::Activation,
            Domain::Poly(n) => Range::Poly(program(n)?),
            Domain::Target => Range::Function,
            Domain::Exponent => Range::Exponent,
            Domain::Opaque(what) if what == "learner" => Range::Learner,
            other => Range::Other(other.to_string()),
        })
    }
}

/// Whether a conclusion is a comparison by order.
fn is_bound(typed: &Typed) -> bool {
    let tree = &typed.tree;
    matches!(
        tree.kind(tree.root()),
        NodeKind::Binary(
            BinaryOp::Le | BinaryOp::Lt | BinaryOp::Ge | BinaryOp::Gt,
            ..
        )
    )
}

/// The two sides of a comparison, smaller side first.
fn sides(typed: &Typed, names: &Names) -> Option<(Program, Program)> {
    let root = typed.tree.root();
    let (a, b) = match typed.tree.kind(root) {
        NodeKind::Binary(BinaryOp::Le | BinaryOp::Lt | BinaryOp::Eq | BinaryOp::Lesssim, a, b) => {
            (*a, *b)
        }
        NodeKind::Binary(BinaryOp::Ge | BinaryOp::Gt, a, b) => (*b, *a),
        _ => return None,
    };
    Some((
        compile_below(typed, a, names).ok()?,
        compile_below(typed, b, names).ok()?,
    ))
}

/// The sides of every bound up to a constant among the conjuncts, in order.
fn fitted(typed: &Typed, names: &Names) -> Result<Vec<(Program, Program)>, String> {
    let mut found = Vec::new();
    let mut open = vec![typed.tree.root()];
    while let Some(id) = open.pop() {
        match typed.tree.kind(id) {
            NodeKind::Binary(BinaryOp::And, a, b) => open.extend([*b, *a]),
            NodeKind::Binary(BinaryOp::Lesssim, a, b) => found.push((
                compile_below(typed, *a, names)?,
                compile_below(typed, *b, names)?,
            )),
            _ => {}
        }
    }
    Ok(found)
}
