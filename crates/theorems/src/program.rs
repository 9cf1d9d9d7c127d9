//! Typed trees compiled to flat programs: registers, jumps and loops, nothing that recurses.
//!
//! Equal sub-expressions are evaluated once where both stand in the same unconditional region.

use std::collections::{BTreeSet, HashMap};

use claim_language::expr::{
    BinaryOp, NodeId, NodeKind, RangeOperator, SetQuantifier, Tree, Type, Typed, UnaryOp,
};
use relu_core::number::rational::Rational;

use crate::native::{self, NativeCall};
use crate::value::Value;

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
    let mut compiler = Compiler::new(names);
    compiler.prelude(&names_below(&typed.tree, root))?;
    let result = compiler.tree(typed, root)?;
    Ok(Program {
        steps: compiler.steps,
        registers: compiler.registers,
        counters: compiler.counters,
        result,
    })
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

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Slot(usize),
    Unary(UnaryOp, Register),
    Binary(BinaryOp, Register, Register),
    Native(usize, Option<usize>, Vec<Register>),
    Number(String),
}

/// What is still to be done for a node: visit its children, or finish it.
enum Task {
    Visit(NodeId),
    Finish(NodeId),
    /// After the left operand of `and`/`or`.
    Middle(NodeId),
    Then(NodeId),
    Else(NodeId),
    LoopBody(NodeId),
    LoopEnd(NodeId),
}

struct Open {
    patch: Vec<usize>,
    out: Register,
    head: usize,
}

struct Compiler<'a> {
    names: &'a Names,
    steps: Vec<Step>,
    registers: usize,
    counters: usize,
    lets: HashMap<usize, Register>,
    bound: Vec<(String, Register)>,
    known: Vec<HashMap<Key, Register>>,
}

impl<'a> Compiler<'a> {
    fn new(names: &'a Names) -> Self {
        Self {
            names,
            steps: Vec::new(),
            registers: 0,
            counters: 0,
            lets: HashMap::new(),
            bound: Vec::new(),
            known: vec![HashMap::new()],
        }
    }

    fn register(&mut self) -> Register {
        self.registers += 1;
        Register::try_from(self.registers - 1).expect("a tree has at most 10⁵ nodes")
    }

    /// Compiles the `let`s that are needed, in dependency order (their order in the claim).
    fn prelude(&mut self, used: &BTreeSet<String>) -> Result<(), String> {
        let names = self.names;
        let mut needed = vec![false; names.lets.len()];
        let mark = |used: &BTreeSet<String>, needed: &mut Vec<bool>| {
            for name in used {
                if let Some(Meaning::Let(index)) = names.meanings.get(name) {
                    needed[*index] = true;
                }
            }
        };
        mark(used, &mut needed);
        for index in (0..needed.len()).rev() {
            if needed[index] {
                let tree = &names.lets[index].tree;
                mark(&names_below(tree, tree.root()), &mut needed);
            }
        }
        for (index, typed) in names.lets.iter().enumerate() {
            if needed[index] {
                let register = self.tree(typed, typed.tree.root())?;
                self.lets.insert(index, register);
            }
        }
        Ok(())
    }

    fn emit_known(&mut self, key: Key, step: impl FnOnce(Register) -> Step) -> Register {
        if let Some(register) = self.known.iter().rev().find_map(|scope| scope.get(&key)) {
            return *register;
        }
        let out = self.register();
        self.steps.push(step(out));
        self.known
            .last_mut()
            .expect("the outermost scope is never closed")
            .insert(key, out);
        out
    }

    fn emit(&mut self, step: impl FnOnce(Register) -> Step) -> Register {
        let out = self.register();
        self.steps.push(step(out));
        out
    }

    fn tree(&mut self, typed: &Typed, root: NodeId) -> Result<Register, String> {
        let tree = &typed.tree;
        let mut registers: Vec<Register> = vec![0; tree.nodes().len()];
        let mut open: Vec<Open> = Vec::new();
        let mut tasks = vec![Task::Visit(root)];
        while let Some(task) = tasks.pop() {
            match task {
                Task::Visit(id) => match tree.kind(id) {
                    NodeKind::Binary(BinaryOp::And | BinaryOp::Or, left, _) => {
                        tasks.extend([Task::Finish(id), Task::Middle(id), Task::Visit(*left)]);
                    }
                    NodeKind::If(condition, ..) => {
                        tasks.extend([Task::Finish(id), Task::Then(id), Task::Visit(*condition)]);
                    }
                    NodeKind::ForSet { set, .. } => {
                        tasks.extend([Task::LoopBody(id), Task::Visit(*set)])
                    }
                    NodeKind::ForRange { from, to, .. } => {
                        tasks.extend([Task::LoopBody(id), Task::Visit(*to), Task::Visit(*from)]);
                    }
                    NodeKind::Call {
                        name, arguments, ..
                    } if name == "implies" && arguments.len() == 2 => {
                        tasks.extend([
                            Task::Finish(id),
                            Task::Middle(id),
                            Task::Visit(arguments[0]),
                        ]);
                    }
                    kind => {
                        tasks.push(Task::Finish(id));
                        if !matches!(kind, NodeKind::Lambda { .. }) {
                            tasks.extend(kind.children().into_iter().rev().map(Task::Visit));
                        }
                    }
                },
                Task::Middle(id) => {
                    let (left, right, stop_at) = match tree.kind(id) {
                        NodeKind::Binary(operator, left, right) => {
                            (*left, *right, *operator == BinaryOp::Or)
                        }
                        NodeKind::Call { arguments, .. } => (arguments[0], arguments[1], false),
                        _ => return Err("a connective".to_owned()),
                    };
                    let out = self.emit(|out| Step::Copy(out, registers[left as usize]));
                    if matches!(tree.kind(id), NodeKind::Call { .. }) {
                        // implies(a, b) = b or not a: false premise gives true
                        self.steps.pop();
                        self.steps
                            .push(Step::Unary(out, UnaryOp::Not, registers[left as usize]));
                    }
                    let stop = stop_at || matches!(tree.kind(id), NodeKind::Call { .. });
                    let patch = vec![self.steps.len()];
                    self.steps.push(Step::JumpIf(out, stop, 0));
                    open.push(Open {
                        patch,
                        out,
                        head: 0,
                    });
                    self.known.push(HashMap::new());
                    tasks.push(Task::Visit(right));
                }
                Task::Then(id) => {
                    let NodeKind::If(condition, then, _) = tree.kind(id) else {
                        return Err("a condition".to_owned());
                    };
                    let out = self.register();
                    let mut patch = vec![self.steps.len()];
                    self.steps
                        .push(Step::JumpIfAbsent(registers[*condition as usize], out, 0));
                    patch.push(self.steps.len());
                    self.steps
                        .push(Step::JumpIf(registers[*condition as usize], false, 0));
                    open.push(Open {
                        patch,
                        out,
                        head: 0,
                    });
                    self.known.push(HashMap::new());
                    tasks.extend([Task::Else(id), Task::Visit(*then)]);
                }
                Task::Else(id) => {
                    let NodeKind::If(_, then, otherwise) = tree.kind(id) else {
                        return Err("a condition".to_owned());
                    };
                    let state = open.last_mut().expect("opened by Then");
                    self.steps
                        .push(Step::Copy(state.out, registers[*then as usize]));
                    let jump = self.steps.len();
                    self.steps.push(Step::Jump(0));
                    let to_else = state.patch.pop().expect("pushed by Then");
                    state.patch.push(jump);
                    let here = self.steps.len();
                    self.patch(to_else, here);
                    self.known.pop();
                    self.known.push(HashMap::new());
                    tasks.push(Task::Visit(*otherwise));
                }
                Task::LoopBody(id) => {
                    let state = self.open_loop(tree, id, &registers)?;
                    let (_, body) = tree.kind(id).binding().expect("a loop binds a variable");
                    open.push(state);
                    self.known.push(HashMap::new());
                    tasks.extend([Task::LoopEnd(id), Task::Visit(body)]);
                }
                Task::LoopEnd(id) => {
                    let mut state = open.pop().expect("opened by LoopBody");
                    let (_, body) = tree.kind(id).binding().expect("a loop binds a variable");
                    let operator = match tree.kind(id) {
                        NodeKind::ForSet {
                            quantifier: SetQuantifier::Every,
                            ..
                        } => RangeOperator::Every,
                        NodeKind::ForSet {
                            quantifier: SetQuantifier::Some,
                            ..
                        } => RangeOperator::Some,
                        NodeKind::ForRange { operator, .. } => *operator,
                        _ => return Err("a loop".to_owned()),
                    };
                    state.patch.push(self.steps.len());
                    self.steps.push(Step::Accumulate {
                        operator,
                        accumulator: state.out,
                        value: registers[body as usize],
                        exit: 0,
                    });
                    self.steps.push(Step::Jump(state.head));
                    let here = self.steps.len();
                    for at in state.patch {
                        self.patch(at, here);
                    }
                    self.bound.pop();
                    self.known.pop();
                    registers[id as usize] = state.out;
                }
                Task::Finish(id) => {
                    registers[id as usize] = self.finish(typed, id, &registers, &mut open)?
                }
            }
        }
        Ok(registers[root as usize])
    }

    fn open_loop(
        &mut self,
        tree: &Tree,
        id: NodeId,
        registers: &[Register],
    ) -> Result<Open, String> {
        let counter = self.counters;
        self.counters += 1;
        let accumulator = self.register();
        let variable = self.register();
        let mut patch = Vec::new();
        let (name, head) = match tree.kind(id) {
            NodeKind::ForSet {
                quantifier,
                variable: name,
                set,
                ..
            } => {
                let set = registers[*set as usize];
                patch.push(self.steps.len());
                self.steps.push(Step::JumpIfAbsent(set, accumulator, 0));
                let start = Value::Bool(*quantifier == SetQuantifier::Every);
                self.steps.push(Step::Constant(accumulator, start));
                self.steps.push(Step::SetStart(counter));
                let head = self.steps.len();
                patch.push(head);
                self.steps.push(Step::SetNext {
                    counter,
                    set,
                    out: variable,
                    exit: 0,
                });
                (name, head)
            }
            NodeKind::ForRange {
                operator,
                variable: name,
                from,
                to,
                ..
            } => {
                let start = match operator {
                    RangeOperator::Every => Value::Bool(true),
                    RangeOperator::Some => Value::Bool(false),
                    RangeOperator::Prod => Value::integer(1),
                    RangeOperator::Sum => Value::integer(0),
                    RangeOperator::Max | RangeOperator::Min => {
                        Value::Absent(relu_core::Failure::Undefined(
                            "largest or smallest value over an empty range".to_owned(),
                        ))
                    }
                };
                self.steps.push(Step::Constant(accumulator, start));
                patch.push(self.steps.len());
                let (from, to) = (registers[*from as usize], registers[*to as usize]);
                self.steps.push(Step::RangeStart {
                    counter,
                    from,
                    to,
                    accumulator,
                    exit: 0,
                });
                let head = self.steps.len();
                patch.push(head);
                self.steps.push(Step::RangeNext {
                    counter,
                    out: variable,
                    exit: 0,
                });
                (name, head)
            }
            _ => return Err("a loop".to_owned()),
        };
        self.bound.push((name.clone(), variable));
        Ok(Open {
            patch,
            out: accumulator,
            head,
        })
    }

    fn patch(&mut self, at: usize, target: usize) {
        match &mut self.steps[at] {
            Step::Jump(to) | Step::JumpIf(_, _, to) | Step::JumpIfAbsent(_, _, to) => *to = target,
            Step::SetNext { exit, .. }
            | Step::RangeStart { exit, .. }
            | Step::RangeNext { exit, .. }
            | Step::Accumulate { exit, .. } => *exit = target,
            other => unreachable!("only jumps are patched, not {other:?}"),
        }
    }

    fn name(&mut self, name: &str) -> Result<Register, String> {
        if let Some((_, register)) = self.bound.iter().rev().find(|(bound, _)| bound == name) {
            return Ok(*register);
        }
        match self.names.meanings.get(name) {
            Some(Meaning::Slot(slot)) => {
                let slot = *slot;
                Ok(self.emit_known(Key::Slot(slot), |out| Step::Variable(out, slot)))
            }
            Some(Meaning::Known(value)) => {
                let value = value.clone();
                Ok(self.emit(|out| Step::Constant(out, value)))
            }
            Some(Meaning::Let(index)) => self
                .lets
                .get(index)
                .copied()
                .ok_or_else(|| format!("`{name}` before its definition")),
            None => match native::constant(name) {
                Some(value) => Ok(self.emit(|out| Step::Constant(out, value))),
                None => Err(format!("unknown name `{name}`")),
            },
        }
    }

    fn finish(
        &mut self,
        typed: &Typed,
        id: NodeId,
        registers: &[Register],
        open: &mut Vec<Open>,
    ) -> Result<Register, String> {
        let at = |id: &NodeId| registers[*id as usize];
        Ok(match typed.tree.kind(id) {
            NodeKind::Number(text) => {
                let value: Rational = text
                    .parse()
                    .map_err(|_| format!("a number, got `{text}`"))?;
                self.emit_known(Key::Number(text.clone()), |out| {
                    Step::Constant(out, Value::rational(value))
                })
            }
            NodeKind::Name(name) => self.name(name)?,
            NodeKind::Unary(operator, a) => {
                let (operator, a) = (*operator, at(a));
                self.emit_known(Key::Unary(operator, a), |out| Step::Unary(out, operator, a))
            }
            NodeKind::Binary(operator @ (BinaryOp::And | BinaryOp::Or), _, right) => {
                let operator = *operator;
                self.close_branch(open, |out| Step::Binary(out, operator, out, at(right)))
            }
            NodeKind::Call {
                name, arguments, ..
            } if name == "implies" && arguments.len() == 2 => self.close_branch(open, |out| {
                Step::Binary(out, BinaryOp::Or, out, at(&arguments[1]))
            }),
            NodeKind::Binary(operator, a, b) => {
                let (operator, a, b) = (*operator, at(a), at(b));
                self.emit_known(Key::Binary(operator, a, b), |out| {
                    Step::Binary(out, operator, a, b)
                })
            }
            NodeKind::If(_, _, otherwise) => {
                let otherwise = at(otherwise);
                self.close_branch(open, |out| Step::Copy(out, otherwise))
            }
            NodeKind::Call {
                name, arguments, ..
            } if name == "defined" && arguments.len() == 1 => {
                let a = at(&arguments[0]);
                self.emit(|out| Step::Defined(out, a))
            }
            NodeKind::Call {
                name,
                variant,
                arguments,
            } => {
                let call = native::find(name, variant.as_deref())
                    .ok_or_else(|| format!("unknown function `{name}`"))?;
                let arguments: Vec<Register> = arguments.iter().map(at).collect();
                let key = Key::Native(call.native, call.twin, arguments.clone());
                self.emit_known(key, |out| Step::Native(out, call, arguments))
            }
            NodeKind::Index(a, b) => {
                let (a, b) = (at(a), at(b));
                self.emit(|out| Step::Index(out, a, b))
            }
            NodeKind::List(items) => {
                let is_set = matches!(typed.type_of(id), Type::Set(_));
                let items: Vec<Register> = items.iter().map(at).collect();
                self.emit(|out| Step::List(out, items, is_set))
            }
            NodeKind::Network(layers) => {
                let layers: Vec<(Register, Register)> =
                    layers.iter().map(|(w, b)| (at(w), at(b))).collect();
                self.emit(|out| Step::Network(out, layers))
            }
            NodeKind::Field(..) => self.emit(|out| Step::Unsupported(out, "record fields")),
            NodeKind::Lambda { .. } => self.emit(|out| Step::Unsupported(out, "function values")),
            NodeKind::ForSet { .. } | NodeKind::ForRange { .. } => registers[id as usize],
        })
    }

    /// Ends the conditional region opened last: the final step, then the landing place of its jumps.
    fn close_branch(
        &mut self,
        open: &mut Vec<Open>,
        step: impl FnOnce(Register) -> Step,
    ) -> Register {
        let state = open.pop().expect("opened when the branch began");
        self.steps.push(step(state.out));
        let here = self.steps.len();
        for at in state.patch {
            self.patch(at, here);
        }
        self.known.pop();
        state.out
    }
}
