//! Edits of trees: mutants and repairs by pattern, definitions by substitution.
//!
//! A result is printed and read again, so that its spans point into its own text.

#![expect(
    clippy::result_large_err,
    reason = "an edit makes at most one problem, and hands it over once"
)]

mod substitute;

pub use substitute::substitute;

use crate::expr::problem::{BAD_HOLE, Problem, TOO_LARGE};
use crate::expr::{MAX_NODES, Node, NodeId, NodeKind, Tree};
use crate::print::unicode;

/// Replaces every occurrence of `pattern` in `tree` by `replacement`, and counts them.
///
/// A sub-expression matches if it has the structure of the pattern. `_` alone as pattern stands for the whole
/// expression; `_` in the replacement for what was matched. Occurrences do not overlap, outer ones come first. Without
/// an occurrence the result is the tree itself and 0.
///
/// Errors: `_` inside a larger pattern (C0217, span in the pattern); a result beyond the limits of size (C0206, span in
/// the replacement).
pub fn apply(tree: &Tree, pattern: &Tree, replacement: &Tree) -> Result<(Tree, usize), Problem> {
    let whole = pattern.nodes().len() == 1 && is_hole(pattern.kind(0));
    if !whole && let Some(hole) = pattern.nodes().iter().find(|node| is_hole(&node.kind)) {
        return Err(Problem::new(
            BAD_HOLE,
            hole.span.clone(),
            "`_` stands for the whole expression and only alone",
            "inside a larger pattern",
        )
        .help("write the sub-expression out; in the replacement `_` is what was matched"));
    }
    let starts = tree.starts();
    let matches = if whole {
        vec![tree.root()]
    } else {
        occurrences(tree, &starts, pattern)
    };
    if matches.is_empty() {
        return Ok((tree.clone(), 0));
    }
    let mut built = Builder::new(replacement);
    let mut renumbered = vec![0; tree.nodes().len()];
    let mut next = 0;
    for root in &matches {
        let first = starts[*root as usize];
        built.copy(tree, next..first, &mut renumbered)?;
        renumbered[*root as usize] = built.replaced(replacement, tree, first..*root + 1)?;
        next = *root + 1;
    }
    built.copy(tree, next..tree.nodes().len() as NodeId, &mut renumbered)?;
    Ok((built.finish()?, matches.len()))
}

/// The sub-expressions equal to the pattern, ascending; none contains another.
///
/// Sub-expressions of one size are disjoint, so all comparisons together cost one pass over the tree.
fn occurrences(tree: &Tree, starts: &[NodeId], pattern: &Tree) -> Vec<NodeId> {
    let size = pattern.nodes().len() as NodeId;
    let mut found: Vec<NodeId> = (0..tree.nodes().len() as NodeId)
        .filter(|root| {
            let first = starts[*root as usize];
            root - first + 1 == size
                && (0..size).rev().all(|place| {
                    tree.kind(first + place)
                        .map_children(|child| child.wrapping_sub(first))
                        == *pattern.kind(place)
                })
        })
        .collect();
    found.sort_unstable();
    found
}

fn is_hole(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Name(name) if name == "_")
}

/// Collects the nodes of a new tree in post-order.
struct Builder<'a> {
    nodes: Vec<Node>,
    /// The text problems of size point at.
    blamed: &'a Tree,
}

impl<'a> Builder<'a> {
    fn new(blamed: &'a Tree) -> Self {
        Self {
            nodes: Vec::new(),
            blamed,
        }
    }

    fn too_large(&self) -> Problem {
        let span = 0..self.blamed.text().len();
        Problem::new(
            TOO_LARGE,
            span,
            format!("the result has more than {MAX_NODES} nodes"),
            "makes it too large",
        )
    }

    fn push(&mut self, kind: NodeKind) -> Result<NodeId, Problem> {
        if self.nodes.len() >= MAX_NODES {
            return Err(self.too_large());
        }
        self.nodes.push(Node { kind, span: 0..0 });
        Ok(self.nodes.len() as NodeId - 1)
    }

    /// Copies a run of nodes whose children are copied already or lie in the run.
    fn copy(
        &mut self,
        from: &Tree,
        run: std::ops::Range<NodeId>,
        renumbered: &mut [NodeId],
    ) -> Result<(), Problem> {
        for id in run {
            let kind = from
                .kind(id)
                .map_children(|child| renumbered[child as usize]);
            renumbered[id as usize] = self.push(kind)?;
        }
        Ok(())
    }

    /// Copies a replacement with the nodes `matched` of `tree` in the place of each `_`.
    fn replaced(
        &mut self,
        replacement: &Tree,
        tree: &Tree,
        matched: std::ops::Range<NodeId>,
    ) -> Result<NodeId, Problem> {
        let mut renumbered = vec![0; replacement.nodes().len()];
        for (id, node) in replacement.nodes().iter().enumerate() {
            renumbered[id] = if is_hole(&node.kind) {
                let shift = self.nodes.len() as NodeId;
                for inner in matched.clone() {
                    self.push(
                        tree.kind(inner)
                            .map_children(|child| child - matched.start + shift),
                    )?;
                }
                self.nodes.len() as NodeId - 1
            } else {
                self.push(node.kind.map_children(|child| renumbered[child as usize]))?
            };
        }
        Ok(self.nodes.len() as NodeId - 1)
    }

    /// The tree, read again from its printed form.
    fn finish(self) -> Result<Tree, Problem> {
        let too_large = self.too_large();
        let built = Tree {
            text: String::new(),
            nodes: self.nodes,
        };
        let text = unicode::write(&built, built.root());
        let read = Tree::parse(&text).map_err(|_| too_large)?;
        debug_assert_eq!(read, built, "printing and reading agree");
        Ok(read)
    }
}

#[cfg(test)]
mod tests;
