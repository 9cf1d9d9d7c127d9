//! Functions `fn(x) e`: the body is a program of its own, with the values of its free names captured.

use std::sync::Arc;

use claim_language::expr::{NodeId, NodeKind, Type, Typed};

use super::compiler::Compiler;
use super::{Meaning, Names, Register, Step, names_below};
use crate::function::{Lambda, MOST_NESTED};
use crate::native;

impl Compiler<'_> {
    /// The step that makes the function; errors name what the body does not know.
    pub(super) fn lambda(
        &mut self,
        typed: &Typed,
        id: NodeId,
        parameter: &str,
        body: NodeId,
    ) -> Result<Register, String> {
        if self.depth >= MOST_NESTED {
            return Err(format!("functions inside functions, at most {MOST_NESTED}"));
        }
        let tree = &typed.tree;
        let mut names = Names::new();
        names.define(parameter, Meaning::Slot(0));
        let mut captured = Vec::new();
        let mut slots: Vec<String> = Vec::new();
        for name in names_below(tree, body) {
            if name == parameter || !self.means(&name) {
                continue;
            }
            captured.push(self.name(&name)?);
            slots.push(name.clone());
            names.define(&name, Meaning::Slot(slots.len()));
        }
        let program = Self::program(typed, body, &names, self.depth + 1)?;
        let span = tree.node(id).span.clone();
        let start = tree.starts()[id as usize];
        let below = || (start..=id).map(|id| (id, tree.node(id)));
        let place = |name: &String| slots.iter().position(|slot| slot == name);
        let places = below().filter_map(|(id, node)| {
            let (name, length) = match &node.kind {
                NodeKind::Name(name) => (name, node.span.len()),
                NodeKind::Call { name, .. } => {
                    let head = tree.text_of(id).split(['(', '@']).next();
                    (name, head.unwrap_or_default().trim_end().len())
                }
                _ => return None,
            };
            let from = node.span.start - span.start;
            place(name).map(|index| (from..from + length, index))
        });
        let mut places: Vec<_> = places.collect();
        places.sort_by_key(|(range, _)| range.start);
        let is_variable =
            |id: NodeId| matches!(tree.kind(id), NodeKind::Name(name) if name == parameter);
        let vector = below().any(|(id, node)| match node.kind {
            NodeKind::Index(target, _) => is_variable(target),
            NodeKind::Name(_) => is_variable(id) && *typed.type_of(id) == Type::Vec,
            _ => false,
        });
        let lambda = Arc::new(Lambda {
            program,
            vector,
            text: tree.text_of(id).to_owned(),
            places,
        });
        Ok(self.emit(|out| Step::Function(out, lambda, captured)))
    }

    /// Whether a name below a function is bound around it; constants, natives and what the body binds itself are not.
    fn means(&self, name: &str) -> bool {
        let bound = self.bound.iter().any(|(bound, _)| bound == name);
        let meant = match self.names.meanings.get(name) {
            Some(Meaning::Let(index)) => self.lets.contains_key(index),
            Some(_) => true,
            None => false,
        };
        bound || (meant && native::constant(name).is_none())
    }
}
