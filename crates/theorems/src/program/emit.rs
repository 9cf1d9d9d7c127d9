//! Emits the steps of single nodes, sharing what is already known in the open regions.

use claim_language::expr::{BinaryOp, NodeId, NodeKind, Type, Typed, UnaryOp};
use relu_core::number::rational::Rational;

use super::compiler::{Compiler, Open};
use super::{ListKind, Meaning, Register, Step};
use crate::native;
use crate::value::Value;

/// What makes two values the same within a region.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Slot(usize),
    Unary(UnaryOp, Register),
    Binary(BinaryOp, Register, Register),
    Native(usize, Option<usize>, Vec<Register>),
    Number(String),
}

impl Compiler<'_> {
    pub(super) fn emit_known(&mut self, key: Key, step: impl FnOnce(Register) -> Step) -> Register {
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

    pub(super) fn emit(&mut self, step: impl FnOnce(Register) -> Step) -> Register {
        let out = self.register();
        self.steps.push(step(out));
        out
    }

    pub(super) fn patch(&mut self, at: usize, target: usize) {
        match &mut self.steps[at] {
            Step::Jump(to) | Step::JumpIf(_, _, to) | Step::JumpIfAbsent(_, _, to) => *to = target,
            Step::SetNext { exit, .. }
            | Step::RangeStart { exit, .. }
            | Step::RangeNext { exit, .. }
            | Step::Accumulate { exit, .. } => *exit = target,
            other => unreachable!("only jumps are patched, not {other:?}"),
        }
    }

    pub(super) fn name(&mut self, name: &str) -> Result<Register, String> {
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

    pub(super) fn finish(
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
                let arguments: Vec<Register> = arguments.iter().map(at).collect();
                let Some(call) = native::find(name, variant.as_deref()) else {
                    let ([argument], None) = (arguments.as_slice(), variant) else {
                        return Err(format!("unknown function `{name}`"));
                    };
                    let (function, argument) = (self.name(name)?, *argument);
                    return Ok(self.emit(|out| Step::Apply(out, function, argument)));
                };
                let key = Key::Native(call.native, call.twin, arguments.clone());
                self.emit_known(key, |out| Step::Native(out, call, arguments))
            }
            NodeKind::Index(a, b) => {
                let (a, b) = (at(a), at(b));
                self.emit(|out| Step::Index(out, a, b))
            }
            NodeKind::List(items) => {
                let kind = match typed.type_of(id) {
                    Type::Set(_) => ListKind::Set,
                    Type::Box_ => ListKind::Interval,
                    _ => ListKind::Array,
                };
                let items: Vec<Register> = items.iter().map(at).collect();
                self.emit(|out| Step::List(out, items, kind))
            }
            NodeKind::Network(layers) => {
                let layers: Vec<(Register, Register)> =
                    layers.iter().map(|(w, b)| (at(w), at(b))).collect();
                self.emit(|out| Step::Network(out, layers))
            }
            NodeKind::Field(..) => self.emit(|out| Step::Unsupported(out, "record fields")),
            NodeKind::Lambda { parameter, body } => self.lambda(typed, id, parameter, *body)?,
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
