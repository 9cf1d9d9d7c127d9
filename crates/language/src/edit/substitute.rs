//! Definitions expanded: `let m = …` written out wherever m occurs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Builder;
use crate::expr::problem::{BAD_FORM, Problem};
use crate::expr::tree::Bindings;
use crate::expr::{MAX_NODES, Node, NodeId, NodeKind, Tree};

/// The most nodes moved while functions are applied, as a multiple of the size limit.
const WORK_FACTOR: usize = 10;

/// A definition with what has to be known to copy it.
struct Definition<'a> {
    tree: &'a Tree,
    bindings: Bindings,
    /// Its binders with their variables.
    binders: Vec<(NodeId, &'a str)>,
}

impl<'a> Definition<'a> {
    fn new(tree: &'a Tree) -> Self {
        let binders = binders(tree.nodes()).collect();
        Self {
            tree,
            bindings: tree.bindings(),
            binders,
        }
    }
}

fn binders(nodes: &[Node]) -> impl Iterator<Item = (NodeId, &str)> {
    nodes
        .iter()
        .enumerate()
        .filter_map(|(id, node)| Some((id as NodeId, node.kind.binding()?.0)))
}

/// Replaces free names by their definitions, all at once; definitions are not expanded inside each other.
///
/// A call `h(e)` of a defined function `h = fn(x) …` becomes the body with e for x; a call of a defined name of another
/// function calls that one. Bound variables are renamed (`i` to `i_1`) where they would capture a name or reuse one.
///
/// Errors: a called definition that is neither (C0213), a result beyond the limits of size (C0206); spans in the text of
/// `tree`.
pub fn substitute(tree: &Tree, definitions: &BTreeMap<String, Tree>) -> Result<Tree, Problem> {
    let bindings = tree.bindings();
    let used: BTreeSet<String> = tree
        .free_names()
        .union(&tree.called_names())
        .cloned()
        .collect();
    let definitions: BTreeMap<&str, Definition<'_>> = definitions
        .iter()
        .filter(|(name, _)| used.contains(*name))
        .map(|(name, tree)| (name.as_str(), Definition::new(tree)))
        .collect();
    if definitions.is_empty() {
        return Ok(tree.clone());
    }
    let mut foreign: BTreeSet<String> = BTreeSet::new();
    for definition in definitions.values() {
        foreign.extend(definition.tree.free_names());
        foreign.extend(definition.tree.called_names());
    }
    let mut reserved: BTreeSet<String> = used.union(&foreign).cloned().collect();
    reserved.extend(binders(tree.nodes()).map(|(_, variable)| variable.to_owned()));
    // A binder of the tree over a name that comes in with a definition would capture it.
    let mut renamed: HashMap<NodeId, String> = HashMap::new();
    for (binder, variable) in
        binders(tree.nodes()).filter(|(_, variable)| foreign.contains(*variable))
    {
        let name = fresh(variable, &reserved);
        reserved.insert(name.clone());
        renamed.insert(binder, name);
    }
    let mut expansion = Expansion {
        out: Builder::new(tree),
        definitions,
        reserved,
        work: 0,
    };
    expansion.run(tree, &bindings, &renamed)?;
    expansion.out.finish()
}

/// `i_1`, `i_2`, …: the first that is not reserved.
fn fresh(variable: &str, reserved: &BTreeSet<String>) -> String {
    let mut count = 1_u32;
    loop {
        let name = format!("{variable}_{count}");
        if !reserved.contains(&name) {
            return name;
        }
        count += 1;
    }
}

/// A node with its children moved and its names, bound or binding, renamed.
fn moved(
    kind: &NodeKind,
    id: NodeId,
    bindings: &Bindings,
    renamed: &HashMap<NodeId, String>,
    to: impl FnMut(NodeId) -> NodeId,
) -> NodeKind {
    let mut kind = kind.map_children(to);
    let bound = bindings.binder[id as usize].and_then(|binder| renamed.get(&binder));
    match (&mut kind, bound, renamed.get(&id)) {
        (NodeKind::Name(name) | NodeKind::Call { name, .. }, Some(new), _)
        | (
            NodeKind::Lambda {
                parameter: name, ..
            }
            | NodeKind::ForSet { variable: name, .. }
            | NodeKind::ForRange { variable: name, .. },
            _,
            Some(new),
        ) => name.clone_from(new),
        _ => {}
    }
    kind
}

struct Expansion<'a> {
    out: Builder<'a>,
    definitions: BTreeMap<&'a str, Definition<'a>>,
    /// Names that binders coming in with a definition must not use.
    reserved: BTreeSet<String>,
    work: usize,
}

impl Expansion<'_> {
    fn run(
        &mut self,
        tree: &Tree,
        bindings: &Bindings,
        renamed: &HashMap<NodeId, String>,
    ) -> Result<(), Problem> {
        let mut place = vec![0; tree.nodes().len()];
        for (index, node) in tree.nodes().iter().enumerate() {
            let id = index as NodeId;
            let free = bindings.binder[index].is_none();
            place[index] = match &node.kind {
                NodeKind::Name(name) if free && self.definitions.contains_key(name.as_str()) => {
                    self.insert(name, None)?
                }
                NodeKind::Call {
                    name,
                    variant: None,
                    arguments,
                } if free && self.definitions.contains_key(name.as_str()) => {
                    let moved: Vec<NodeId> = arguments
                        .iter()
                        .map(|argument| place[*argument as usize])
                        .collect();
                    self.apply(name, node, moved)?
                }
                kind => {
                    let kind = moved(kind, id, bindings, renamed, |child| place[child as usize]);
                    self.out.push(kind)?
                }
            };
        }
        Ok(())
    }

    /// A call of a defined function whose arguments are the last nodes so far.
    fn apply(
        &mut self,
        name: &str,
        call: &Node,
        arguments: Vec<NodeId>,
    ) -> Result<NodeId, Problem> {
        let definition = self.definitions[name].tree;
        match (definition.kind(definition.root()), arguments.as_slice()) {
            (NodeKind::Name(alias), _) => {
                let name = alias.clone();
                self.out.push(NodeKind::Call {
                    name,
                    variant: None,
                    arguments,
                })
            }
            (NodeKind::Lambda { .. }, [argument]) => {
                let mut first = *argument;
                while let Some(child) = self.out.nodes[first as usize].kind.first_child() {
                    first = child;
                }
                let argument = self.out.nodes.split_off(first as usize);
                self.insert(name, Some((first, argument)))
            }
            _ => Err(Problem::new(
                BAD_FORM,
                call.span.clone(),
                format!("the definition of `{name}` cannot be written out here"),
                "not a function of one variable",
            )),
        }
    }

    /// Copies a definition, or for an application the body of its function with the argument for the variable.
    ///
    /// The argument comes with the index its first node had.
    fn insert(
        &mut self,
        name: &str,
        argument: Option<(NodeId, Vec<Node>)>,
    ) -> Result<NodeId, Problem> {
        let definition = &self.definitions[name];
        let root = definition.tree.root();
        let inner: BTreeSet<&str> = argument
            .iter()
            .flat_map(|(_, nodes)| binders(nodes))
            .map(|(_, variable)| variable)
            .collect();
        let clashes = |variable: &str| self.reserved.contains(variable) || inner.contains(variable);
        let mut renamed: HashMap<NodeId, String> = HashMap::new();
        if definition
            .binders
            .iter()
            .any(|(_, variable)| clashes(variable))
        {
            let mut reserved = self.reserved.clone();
            reserved.extend(
                definition
                    .binders
                    .iter()
                    .map(|(_, variable)| (*variable).to_owned()),
            );
            reserved.extend(inner.iter().map(|variable| (*variable).to_owned()));
            for (binder, variable) in definition
                .binders
                .iter()
                .filter(|(_, variable)| clashes(variable))
            {
                let new = fresh(variable, &reserved);
                reserved.insert(new.clone());
                renamed.insert(*binder, new);
            }
            self.work += reserved.len();
        }
        self.work += argument.as_ref().map_or(0, |(_, nodes)| nodes.len());
        let last = if argument.is_some() { root } else { root + 1 };
        let mut place = vec![0; last as usize];
        for id in 0..last {
            let kind = definition.tree.kind(id);
            let parameter = matches!(kind, NodeKind::Name(_))
                && definition.bindings.binder[id as usize] == Some(root);
            place[id as usize] = match &argument {
                Some((first, nodes)) if parameter => {
                    let shift = self.out.nodes.len() as NodeId;
                    for node in nodes {
                        self.out
                            .push(node.kind.map_children(|child| child - first + shift))?;
                    }
                    self.work += nodes.len();
                    self.out.nodes.len() as NodeId - 1
                }
                _ => {
                    let kind = moved(kind, id, &definition.bindings, &renamed, |child| {
                        place[child as usize]
                    });
                    self.out.push(kind)?
                }
            };
        }
        if self.work > WORK_FACTOR * MAX_NODES {
            return Err(self.out.too_large());
        }
        Ok(self.out.nodes.len() as NodeId - 1)
    }
}
