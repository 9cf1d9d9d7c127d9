//! The expression tree: an arena in post-order, so that nothing has to recurse.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::{Node, NodeId, NodeKind, Problem, parser};
use crate::vocabulary::Vocabulary;

/// The longest expression that is read, in bytes.
pub const MAX_BYTES: usize = 1_000_000;

/// The largest number of nodes of a tree; parentheses are not nodes.
pub const MAX_NODES: usize = 100_000;

/// A parsed expression with its text.
///
/// Nodes are in post-order: children stand before their parent and the nodes below a node are the contiguous run that
/// ends with it. Two trees are equal iff they have the same structure; spans and spelling are not compared.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(crate) text: String,
    pub(crate) nodes: Vec<Node>,
}

impl Tree {
    /// Parses an expression, or reports every problem found.
    ///
    /// Limits: [`MAX_BYTES`] and [`MAX_NODES`]; nesting is limited by these alone.
    pub fn parse(text: &str) -> Result<Tree, Vec<Problem>> {
        parser::parse(text)
    }

    /// The text the spans refer to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All nodes, children before parents.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The index of the whole expression: the last node.
    pub fn root(&self) -> NodeId {
        self.nodes.len() as NodeId - 1
    }

    /// The node of this index; `id` comes from this tree.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// What the node of this index is.
    pub fn kind(&self, id: NodeId) -> &NodeKind {
        &self.nodes[id as usize].kind
    }

    /// The text of a node, without parentheses around it.
    pub fn text_of(&self, id: NodeId) -> &str {
        &self.text[self.node(id).span.clone()]
    }

    /// For every node the index at which the run of nodes below it begins: the subtree of `id` is `starts[id]..=id`.
    pub fn starts(&self) -> Vec<NodeId> {
        let mut starts: Vec<NodeId> = Vec::with_capacity(self.nodes.len());
        for (id, node) in self.nodes.iter().enumerate() {
            let start = node
                .kind
                .first_child()
                .map_or(id as NodeId, |child| starts[child as usize]);
            starts.push(start);
        }
        starts
    }

    /// Which binder each name refers to.
    pub(crate) fn bindings(&self) -> Bindings {
        let starts = self.starts();
        let mut opening: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for (id, node) in self.nodes.iter().enumerate().rev() {
            if let Some((_, body)) = node.kind.binding() {
                opening
                    .entry(starts[body as usize])
                    .or_default()
                    .push(id as NodeId);
            }
        }
        let mut closing: HashMap<NodeId, Vec<&str>> = HashMap::new();
        let mut bound: HashMap<&str, Vec<NodeId>> = HashMap::new();
        let mut found = Bindings {
            binder: vec![None; self.nodes.len()],
            shadowing: BTreeSet::new(),
        };
        for (id, node) in self.nodes.iter().enumerate() {
            // Reversed order put the outermost binder first.
            for binder in opening.remove(&(id as NodeId)).into_iter().flatten() {
                if let Some((variable, body)) = self.kind(binder).binding() {
                    let open = bound.entry(variable).or_default();
                    if !open.is_empty() {
                        found.shadowing.insert(binder);
                    }
                    open.push(binder);
                    closing.entry(body).or_default().push(variable);
                }
            }
            if let NodeKind::Name(name) | NodeKind::Call { name, .. } = &node.kind {
                found.binder[id] = bound
                    .get(name.as_str())
                    .and_then(|open| open.last().copied());
            }
            for variable in closing.remove(&(id as NodeId)).into_iter().flatten() {
                bound.entry(variable).and_modify(|open| {
                    open.pop();
                });
            }
        }
        found
    }

    /// The names that occur free, constants included, heads of calls excluded.
    pub fn free_names(&self) -> BTreeSet<String> {
        self.free(|kind| match kind {
            NodeKind::Name(name) => Some(name),
            _ => None,
        })
    }

    /// The heads of calls that are not bound inside the tree: natives and variables of function type.
    pub fn called_names(&self) -> BTreeSet<String> {
        self.free(|kind| match kind {
            NodeKind::Call { name, .. } => Some(name),
            _ => None,
        })
    }

    /// The names a scope has to provide: free names that are no constants and called names that are no functions.
    pub fn needed_names(&self, vocabulary: &dyn Vocabulary) -> BTreeSet<String> {
        let mut names = self.free_names();
        names.retain(|name| vocabulary.constant(name).is_none());
        names.extend(
            self.called_names()
                .into_iter()
                .filter(|name| vocabulary.function(name).is_none()),
        );
        names
    }

    fn free<'a>(&'a self, select: impl Fn(&'a NodeKind) -> Option<&'a String>) -> BTreeSet<String> {
        let bindings = self.bindings();
        let unbound = self
            .nodes
            .iter()
            .zip(&bindings.binder)
            .filter(|(_, binder)| binder.is_none());
        let names: BTreeSet<&String> = unbound.filter_map(|(node, _)| select(&node.kind)).collect();
        names.into_iter().cloned().collect()
    }

    /// The bytes of the variable of a binder; `id` is a binder of this tree.
    pub(crate) fn variable_span(&self, id: NodeId) -> Range<usize> {
        let span = self.node(id).span.clone();
        let text = &self.text[span.clone()];
        let after = text.find('(').map_or(0, |at| at + 1);
        let start = after + text[after..].len() - text[after..].trim_start().len();
        let length = text[start..]
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(text.len() - start);
        span.start + start..span.start + start + length
    }

    /// The bytes of the head of a call, twin included; `id` is a call of this tree.
    pub(crate) fn head_span(&self, id: NodeId) -> Range<usize> {
        let span = self.node(id).span.clone();
        let head = self.text[span.clone()]
            .split('(')
            .next()
            .unwrap_or_default()
            .trim_end();
        span.start..span.start + head.len()
    }

    /// The bytes of the last word of a node: the name of a field.
    pub(crate) fn last_word_span(&self, id: NodeId) -> Range<usize> {
        let span = self.node(id).span.clone();
        let text = &self.text[span.clone()];
        let word = text
            .trim_end_matches(|c: char| c.is_alphanumeric() || c == '_')
            .len();
        span.start + word..span.end
    }
}

/// The binders of a tree and what they bind.
pub(crate) struct Bindings {
    /// For every name and every head of a call the node that binds it, `None` if it is free.
    pub binder: Vec<Option<NodeId>>,
    /// The binders whose variable is already bound around them.
    pub shadowing: BTreeSet<NodeId>,
}

impl PartialEq for Tree {
    /// Equality of structure: the post-order layout is canonical, so equal trees have equal node lists.
    fn eq(&self, other: &Tree) -> bool {
        self.nodes.len() == other.nodes.len()
            && self
                .nodes
                .iter()
                .zip(&other.nodes)
                .all(|(a, b)| a.kind == b.kind)
    }
}

impl Eq for Tree {}
