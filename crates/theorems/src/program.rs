//! Typed trees compiled to flat programs: registers, jumps and loops, nothing that recurses.
//!
//! Equal sub-expressions are evaluated once where both stand in the same unconditional region.

use std::collections::{BTreeSet, HashMap};

use claim_language::expr::{BinaryOp, NodeId, NodeKind, RangeOperator, Tree, Typed, UnaryOp};

use crate::native::NativeCall;
use crate::value::Value;

mod compiler;
mod emit;

use compiler::Compiler;

/// Index of a register.
pub type Register = u32;

/// One step of a program; every step but the jumps writes one register.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Constant(Register, Value),
    Variable(Register, usize),
    Copy(Register, Register),
    Unary(Register, UnaryOp, Register),
    Binary(Register, BinaryOp, Register, Register),
    Native(Register, NativeCall, Vec<Register>),
    Index(Register, Register, Register),
    /// The flag says that the list is a set, not a vector or matrix.
    List(Register, Vec<Register>, bool),
    Network(Register, Vec<(Register, Register)>),
    Defined(Register, Register),
    Unsupported(Register, &'static str),
    Jump(usize),
    /// Jumps if the register holds this truth value.
    JumpIf(Register, bool, usize),
    /// Jumps if the register holds no truth value, after copying it to the output.
    JumpIfAbsent(Register, Register, usize),
    /// Starts the counter of a loop over the elements of a set.
    SetStart(usize),
    /// Next element of the set to the register, or jump.
    SetNext {
        counter: usize,
        set: Register,
        out: Register,
        exit: usize,
    },
    /// Checks the bounds and starts the counter; absent bounds go to the accumulator and jump.
    RangeStart {
        counter: usize,
        from: Register,
        to: Register,
        accumulator: Register,
        exit: usize,
    },
    RangeNext {
        counter: usize,
        out: Register,
        exit: usize,
    },
    /// accumulator := accumulator ∘ value; jumps when the result cannot change any more.
    Accumulate {
        operator: RangeOperator,
        accumulator: Register,
        value: Register,
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
    Compiler::program(typed, root, names)
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
