//! Typed trees compiled to flat programs: registers, jumps and loops, nothing that recurses.
//!
//! Equal sub-expressions are evaluated once where both stand in the same unconditional region.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use claim_language::expr::{BinaryOp, NodeId, NodeKind, RangeOperator, Tree, Typed, UnaryOp};

use crate::function::Lambda;
use crate::native::NativeCall;
use crate::value::Value;

mod compiler;
mod emit;
mod lambda;

use compiler::Compiler;

/// Index of a register.
pub type Register = u32;

/// What a list literal stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// A vector or matrix.
    Array,
    /// A finite set.
    Set,
    /// The box `[a, b]`.
    Interval,
}

/// One step of a program; every step but the jumps writes one register, named first.
#[derive(Clone, Debug)]
pub enum Step {
    /// A value known when the program was compiled.
    Constant(Register, Value),
    /// The value of a slot of the environment.
    Variable(Register, usize),
    /// The value of another register.
    Copy(Register, Register),
    /// A prefix operator.
    Unary(Register, UnaryOp, Register),
    /// An infix operator; `and`, `or` with both sides present.
    Binary(Register, BinaryOp, Register, Register),
    /// A native or one of its twins.
    Native(Register, NativeCall, Vec<Register>),
    /// `a[i]`.
    Index(Register, Register, Register),
    /// A list and what it stands for.
    List(Register, Vec<Register>, ListKind),
    /// A network literal by its layers (W, b).
    Network(Register, Vec<(Register, Register)>),
    /// `fn(x) e` with the captured values.
    Function(Register, Arc<Lambda>, Vec<Register>),
    /// `f(x)` for a function or polynomial f.
    Apply(Register, Register, Register),
    /// Whether the register holds a value.
    Defined(Register, Register),
    /// A construct that cannot be evaluated.
    Unsupported(Register, &'static str),
    /// Jumps always.
    Jump(usize),
    /// Jumps if the register holds this truth value.
    JumpIf(Register, bool, usize),
    /// Jumps if the register holds no truth value, after copying it to the output.
    JumpIfAbsent(Register, Register, usize),
    /// Starts the counter of a loop over the elements of a set.
    SetStart(usize),
    /// Next element of the set to the register, or jump.
    SetNext {
        /// The counter of the loop.
        counter: usize,
        /// The set.
        set: Register,
        /// The register of the bound variable.
        out: Register,
        /// Where the loop ends.
        exit: usize,
    },
    /// Checks the bounds and starts the counter; absent bounds go to the accumulator and jump.
    RangeStart {
        /// The counter of the loop.
        counter: usize,
        /// The first index.
        from: Register,
        /// The last index.
        to: Register,
        /// The accumulator of the loop.
        accumulator: Register,
        /// Where the loop ends.
        exit: usize,
    },
    /// Next index to the register, or jump.
    RangeNext {
        /// The counter of the loop.
        counter: usize,
        /// The register of the bound variable.
        out: Register,
        /// Where the loop ends.
        exit: usize,
    },
    /// accumulator := accumulator ∘ value; jumps when the result cannot change any more.
    Accumulate {
        /// ∘.
        operator: RangeOperator,
        /// The accumulator of the loop.
        accumulator: Register,
        /// The value of the body.
        value: Register,
        /// Where the loop ends.
        exit: usize,
    },
}

/// A compiled expression.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) steps: Vec<Step>,
    pub(crate) registers: usize,
    pub(crate) counters: usize,
    pub(crate) result: Register,
}

impl Program {
    /// The steps in order; execution begins at the first and ends behind the last.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The numbers of registers and of loop counters.
    pub fn sizes(&self) -> (usize, usize) {
        (self.registers, self.counters)
    }

    /// The register that holds the value of the expression at the end.
    pub fn result(&self) -> Register {
        self.result
    }
}

/// What a name means when a program is compiled.
#[derive(Clone, Debug)]
pub enum Meaning {
    /// A variable of the statement, by its slot in the environment.
    Slot(usize),
    /// A value known when the claim is loaded.
    Known(Value),
    /// A `let`, compiled in front of every program that uses it.
    Let(usize),
}

/// The names of a claim and what they mean.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub(crate) meanings: HashMap<String, Meaning>,
    pub(crate) lets: Vec<Typed>,
}

impl Names {
    /// Names without any meaning yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a name its meaning.
    pub fn define(&mut self, name: &str, meaning: Meaning) {
        self.meanings.insert(name.to_owned(), meaning);
    }

    /// Adds a `let`; it may use the names defined before it.
    pub fn define_let(&mut self, name: &str, value: Typed) {
        self.lets.push(value);
        self.define(name, Meaning::Let(self.lets.len() - 1));
    }
}

/// Compiles a typed tree. Errors name a word the program does not know; the type checker has excluded them.
pub fn compile(typed: &Typed, names: &Names) -> Result<Program, String> {
    compile_below(typed, typed.tree.root(), names)
}

/// Compiles the part of a typed tree at and below a node.
pub fn compile_below(typed: &Typed, root: NodeId, names: &Names) -> Result<Program, String> {
    Compiler::program(typed, root, names, 0)
}

/// Every name at or below a node, heads of calls and bound names included.
pub(crate) fn names_below(tree: &Tree, root: NodeId) -> BTreeSet<String> {
    let start = tree.starts()[root as usize];
    (start..=root)
        .filter_map(|id| match tree.kind(id) {
            NodeKind::Name(name) | NodeKind::Call { name, .. } => Some(name.clone()),
            _ => None,
        })
        .collect()
}
