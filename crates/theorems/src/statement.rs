//! A claim compiled for evaluation: its variables, conditions and conclusions as programs over slots.

use claim_language::file::Share;
use claim_language::print::Binder;

use crate::machine::{self, Memory};
use crate::program::Program;
use crate::value::{Backend, Context, Value};
use relu_core::number::cell::{Others, RealCell, RealContext};

mod compile;
mod constants;
mod hints;

pub use constants::constants;

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
    /// Exponents 1 ≤ q ≤ ∞.
    Exponent,
    /// Learners, of which only named ones are tried.
    Learner,
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
