//! A claim compiled for evaluation: its variables, conditions and conclusions as programs over slots.

use claim_language::expr::{BinaryOp, NodeKind, Typed};
use claim_language::file::{Claim, Domain, Quantifier, SearchRange, Share};
use claim_language::print::Binder;

use crate::machine::{self, Memory};
use crate::program::{Meaning, Names, Program, compile, compile_below, names_below};
use crate::value::{Backend, Context, Value};
use relu_core::number::cell::{Others, RealCell, RealContext};

/// A compiled statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The id of the claim, `claim/mutant` for a mutated one.
    pub id: String,
    /// All variables: those of the statement, then those of each conclusion in order; the index is the slot.
    pub variables: Vec<Variable>,
    /// How many of them belong to the statement itself.
    pub shared: usize,
    /// Named hypotheses.
    pub hypotheses: Vec<(String, Program)>,
    /// Named conclusions.
    pub conclusions: Vec<Asserted>,
    /// Demands on the instances met.
    pub cover: Vec<(String, Program, Share)>,
    /// What adversarial search climbs; `None`: the ratio lhs/rhs of a bound.
    pub objective: Option<Program>,
    /// The names of the variables that a shrunk witness keeps small first, most important first.
    pub minimise: Vec<String>,
}

/// A conclusion with the slots of its own variables.
#[derive(Clone, Debug)]
pub struct Asserted {
    /// Its name.
    pub name: String,
    /// The truth value asserted.
    pub program: Program,
    /// Slots of the variables quantified in this conclusion only.
    pub own: std::ops::Range<usize>,
    /// The sides of a comparison, the smaller one first, where the conclusion is one.
    pub sides: Option<(Program, Program)>,
    /// Whether it is a bound `lhs <= rhs` (or `<`), of which a ratio makes sense.
    pub is_bound: bool,
    /// The sides of every conjunct `lhs ≲ rhs`, whose constant is fitted.
    pub fitted: Vec<(Program, Program)>,
}

/// A bound variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// For all, for almost all, or there is.
    pub binder: Binder,
    /// What it ranges over.
    pub domain: Range,
    /// Least value.
    pub min: Option<Program>,
    /// Largest value.
    pub max: Option<Program>,
    /// The condition `where`.
    pub filter: Option<Program>,
    /// The symbol it is decided as, if it is.
    pub symbol: Option<usize>,
    /// Whether its `where` is `v != 0`.
    pub nonzero: bool,
    /// The construction of a `some … by`.
    pub by: Option<Program>,
    /// The finite choice.
    pub among: Option<Vec<Program>>,
    /// Generator families with their arguments.
    pub families: Vec<(String, Vec<Program>)>,
    /// What `where` fixes before a network or template is drawn.
    pub hints: Hints,
    /// The search range of a number.
    pub search: Option<Searched>,
}

/// What a variable ranges over.
#[derive(Clone, Debug)]
pub enum Range {
    /// ℕ.
    Nat,
    /// ℤ.
    Int,
    /// ℝ or ℚ, searched at rational numbers.
    Real,
    /// ℝⁿ.
    Vec(Program),
    /// ℝᵐˣⁿ.
    Matrix(Program, Program),
    /// Networks.
    Network,
    /// Templates.
    Template,
    /// Activations.
    Activation,
    /// {false, true}.
    Bool,
    /// Polynomials in this many variables.
    Poly(Program),
    /// Functions, of which only named ones are tried.
    Function,
    /// Printable, not evaluable.
    Other(String),
}

/// Programs for what is known of a network before it is drawn.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// `indim(v) == e`.
    pub indim: Option<Program>,
    /// `outdim(v) == e`.
    pub outdim: Option<Program>,
    /// `depth(v) == e`.
    pub depth: Option<Program>,
    /// `activation(v) == e`.
    pub activation: Option<Program>,
    /// `free_params(v) == e`.
    pub parameters: Option<Program>,
}

/// A compiled search range.
#[derive(Clone, Debug)]
pub enum Searched {
    /// Integers from a to b.
    Range(i64, i64),
    /// These values.
    Values(Vec<Program>),
}

/// What an instance says about a conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A hypothesis or range is false or undefined.
    Vacuous,
    /// The conclusion is true.
    Holds,
    /// All hypotheses are true and the conclusion is false.
    Fails,
    /// Some hypothesis or the conclusion could not be decided.
    Undecided(String),
    /// The conclusion is undefined.
    Undefined(String),
}

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

    /// The slots a conclusion depends on, in the order of their quantifiers.
    pub fn slots(&self, conclusion: usize) -> Vec<usize> {
        (0..self.shared)
            .chain(self.conclusions[conclusion].own.clone())
            .collect()
    }

    /// Whether a variable of the conclusion is decided as a symbol.
    pub fn symbolic(&self, conclusion: usize) -> bool {
        self.slots(conclusion)
            .into_iter()
            .any(|slot| self.variables[slot].symbol.is_some())
    }

    /// The slot of a variable by name, as the conclusion sees it.
    pub fn slot(&self, conclusion: usize, name: &str) -> Option<usize> {
        self.slots(conclusion)
            .into_iter()
            .rev()
            .find(|slot| self.variables[*slot].name == name)
    }
}

/// The context with one cell of the ordered symbol; other symbols enter through equations.
pub fn equations(backend: Backend, cell: RealCell) -> Context {
    Context {
        backend,
        order: RealContext {
            cell,
            others: Others::EquationOnly,
        },
        nonzero: Vec::new(),
        depth: 0,
    }
}

/// The value of a closed or fully bound program, without symbols.
pub fn evaluate(
    program: &Program,
    environment: &[Value],
    backend: Backend,
    memory: &mut Memory,
) -> Value {
    machine::run(
        program,
        environment,
        &equations(backend, RealCell::line()),
        memory,
    )
    .unwrap_or_else(Value::Absent)
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
        if matches!(domain, Range::Function) && !listed {
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
            other => Range::Other(other.to_string()),
        })
    }
}

/// Whether a condition is `v != 0`.
fn is_nonzero(filter: &Typed, variable: &str) -> bool {
    let tree = &filter.tree;
    let NodeKind::Binary(BinaryOp::Ne, a, b) = tree.kind(tree.root()) else {
        return false;
    };
    matches!(tree.kind(*a), NodeKind::Name(name) if name == variable)
        && matches!(tree.kind(*b), NodeKind::Number(number) if number == "0")
}

/// Equations `f(v) == e` among the conjuncts of a condition, with `e` free of v.
fn hints(filter: &Typed, variable: &str, names: &Names) -> Hints {
    let mut hints = Hints::default();
    let mut open = vec![filter.tree.root()];
    while let Some(id) = open.pop() {
        match filter.tree.kind(id) {
            NodeKind::Binary(BinaryOp::And, a, b) => open.extend([*a, *b]),
            NodeKind::Binary(BinaryOp::Eq, a, b) => {
                for (call, value) in [(*a, *b), (*b, *a)] {
                    let NodeKind::Call {
                        name, arguments, ..
                    } = filter.tree.kind(call)
                    else {
                        continue;
                    };
                    let [argument] = arguments.as_slice() else {
                        continue;
                    };
                    if !matches!(filter.tree.kind(*argument), NodeKind::Name(n) if n == variable) {
                        continue;
                    }
                    if names_below(&filter.tree, value).contains(variable) {
                        continue;
                    }
                    let Ok(program) = compile_below(filter, value, names) else {
                        continue;
                    };
                    match name.as_str() {
                        "indim" => hints.indim = Some(program),
                        "outdim" => hints.outdim = Some(program),
                        "depth" => hints.depth = Some(program),
                        "activation" => hints.activation = Some(program),
                        "free_params" => hints.parameters = Some(program),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    hints
}
