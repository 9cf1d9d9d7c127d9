//! Walks a tree with an explicit stack and lays out branches and loops.

use std::collections::{BTreeSet, HashMap};

use claim_language::expr::{
    BinaryOp, NodeId, NodeKind, RangeOperator, SetQuantifier, Tree, Typed, UnaryOp,
};

use super::emit::Key;
use super::{Meaning, Names, Program, Register, Step, names_below};
use crate::value::Value;

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

/// A branch or loop whose jumps do not know their target yet.
pub(super) struct Open {
    pub(super) patch: Vec<usize>,
    pub(super) out: Register,
    head: usize,
}

/// A compilation under way; `known` holds, per open region, the values already in registers.
pub(super) struct Compiler<'a> {
    pub(super) names: &'a Names,
    pub(super) steps: Vec<Step>,
    pub(super) registers: usize,
    counters: usize,
    pub(super) lets: HashMap<usize, Register>,
    pub(super) bound: Vec<(String, Register)>,
    pub(super) known: Vec<HashMap<Key, Register>>,
    /// How many functions this one is inside of.
    pub(super) depth: usize,
}

impl<'a> Compiler<'a> {
    /// The program of the part of a tree at and below a node.
    pub(super) fn program(
        typed: &Typed,
        root: NodeId,
        names: &Names,
        depth: usize,
    ) -> Result<Program, String> {
        let mut compiler = Compiler {
            depth,
            ..Compiler::new(names)
        };
        compiler.prelude(&names_below(&typed.tree, root))?;
        let result = compiler.tree(typed, root)?;
        Ok(Program {
            steps: compiler.steps,
            registers: compiler.registers,
            counters: compiler.counters,
            result,
        })
    }

    fn new(names: &'a Names) -> Self {
        Self {
            names,
            steps: Vec::new(),
            registers: 0,
            counters: 0,
            lets: HashMap::new(),
            bound: Vec::new(),
            known: vec![HashMap::new()],
            depth: 0,
        }
    }

    pub(super) fn register(&mut self) -> Register {
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
}
