//! The nodes of an expression tree and their operators.

use std::ops::Range;

/// Index of a node in [`super::Tree::nodes`].
pub type NodeId = u32;

/// One node with the bytes of the text it was read from (parentheses around it excluded).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What the node is.
    pub kind: NodeKind,
    /// Bytes in [`super::Tree::text`].
    pub span: Range<usize>,
}

/// What a node is; children are given by their index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// An exact number, `digits` or `digits.digits` as written.
    Number(String),
    /// A variable or constant; Greek letters are spelled out (`phi`).
    Name(String),
    /// A prefix operator.
    Unary(UnaryOp, NodeId),
    /// An infix operator.
    Binary(BinaryOp, NodeId, NodeId),
    /// `f(…)` or `f@twin(…)`: a native, or a variable of function type.
    Call {
        /// The function or variable.
        name: String,
        /// The false twin after `@`.
        variant: Option<String>,
        /// The arguments in order.
        arguments: Vec<NodeId>,
    },
    /// `e[i]`, zero-based.
    Index(NodeId, NodeId),
    /// `e.name`.
    Field(NodeId, String),
    /// `[a, b, …]`: a vector, the rows of a matrix, a box, or a finite set.
    List(Vec<NodeId>),
    /// `net((W, b), …)`, a ReLU network by its layers.
    Network(Vec<(NodeId, NodeId)>),
    /// `if c then a else b`, lazy.
    If(NodeId, NodeId, NodeId),
    /// `fn(x) e`.
    Lambda {
        /// The bound variable.
        parameter: String,
        /// The value.
        body: NodeId,
    },
    /// `every(G in S: e)`, `some(G in S: e)`.
    ForSet {
        /// ∀ or ∃.
        quantifier: SetQuantifier,
        /// The bound variable.
        variable: String,
        /// The finite set.
        set: NodeId,
        /// The condition.
        body: NodeId,
    },
    /// `sum(i, a, b: e)` and the like over a ≤ i ≤ b; an empty range gives 0, 1, true, false, and ⊥ for `max`, `min`.
    ForRange {
        /// What is done with the values.
        operator: RangeOperator,
        /// The bound variable.
        variable: String,
        /// The first index.
        from: NodeId,
        /// The last index, included.
        to: NodeId,
        /// The value at the index.
        body: NodeId,
    },
}

/// Prefix operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-a`.
    Neg,
    /// `not a`.
    Not,
}

/// Infix operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `a + b`.
    Add,
    /// `a - b`.
    Sub,
    /// `a * b`.
    Mul,
    /// `a / b`.
    Div,
    /// `a ^ b`.
    Pow,
    /// `a == b`.
    Eq,
    /// `a != b`.
    Ne,
    /// `a < b`.
    Lt,
    /// `a <= b`.
    Le,
    /// `a > b`.
    Gt,
    /// `a >= b`.
    Ge,
    /// `a ≲ b`, also written `a <= O(b)`: at most a constant times b.
    Lesssim,
    /// `a and b`, lazy.
    And,
    /// `a or b`, lazy.
    Or,
    /// `[a,b]x[c,d]`, the product of boxes.
    BoxTimes,
}

/// Quantifiers over a finite set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetQuantifier {
    /// ∀.
    Every,
    /// ∃.
    Some,
}

/// Operators over an integer range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RangeOperator {
    /// ∀.
    Every,
    /// ∃.
    Some,
    /// Σ.
    Sum,
    /// Π.
    Prod,
    /// The largest value.
    Max,
    /// The smallest value.
    Min,
}

impl SetQuantifier {
    /// The word that opens the form.
    pub fn word(self) -> &'static str {
        match self {
            SetQuantifier::Every => "every",
            SetQuantifier::Some => "some",
        }
    }
}

impl RangeOperator {
    /// The word that opens the form.
    pub fn word(self) -> &'static str {
        match self {
            RangeOperator::Every => "every",
            RangeOperator::Some => "some",
            RangeOperator::Sum => "sum",
            RangeOperator::Prod => "prod",
            RangeOperator::Max => "max",
            RangeOperator::Min => "min",
        }
    }
}

impl NodeKind {
    /// The children in order.
    pub fn children(&self) -> Vec<NodeId> {
        match self {
            NodeKind::Number(_) | NodeKind::Name(_) => Vec::new(),
            NodeKind::Unary(_, a) | NodeKind::Field(a, _) | NodeKind::Lambda { body: a, .. } => {
                vec![*a]
            }
            NodeKind::Binary(_, a, b) | NodeKind::Index(a, b) => vec![*a, *b],
            NodeKind::ForSet { set, body, .. } => vec![*set, *body],
            NodeKind::If(a, b, c) => vec![*a, *b, *c],
            NodeKind::ForRange { from, to, body, .. } => vec![*from, *to, *body],
            NodeKind::Call { arguments, .. } => arguments.clone(),
            NodeKind::List(items) => items.clone(),
            NodeKind::Network(layers) => layers
                .iter()
                .flat_map(|(weight, bias)| [*weight, *bias])
                .collect(),
        }
    }

    /// The first child, or `None` for a leaf.
    pub(crate) fn first_child(&self) -> Option<NodeId> {
        match self {
            NodeKind::Number(_) | NodeKind::Name(_) => None,
            NodeKind::Unary(_, a)
            | NodeKind::Field(a, _)
            | NodeKind::Lambda { body: a, .. }
            | NodeKind::Binary(_, a, _)
            | NodeKind::Index(a, _)
            | NodeKind::ForSet { set: a, .. }
            | NodeKind::If(a, _, _)
            | NodeKind::ForRange { from: a, .. } => Some(*a),
            NodeKind::Call { arguments, .. } => arguments.first().copied(),
            NodeKind::List(items) => items.first().copied(),
            NodeKind::Network(layers) => layers.first().map(|(weight, _)| *weight),
        }
    }

    /// The same node with every child replaced.
    pub(crate) fn map_children(&self, mut to: impl FnMut(NodeId) -> NodeId) -> NodeKind {
        let mut kind = self.clone();
        match &mut kind {
            NodeKind::Number(_) | NodeKind::Name(_) => {}
            NodeKind::Unary(_, a) | NodeKind::Field(a, _) | NodeKind::Lambda { body: a, .. } => {
                *a = to(*a)
            }
            NodeKind::Binary(_, a, b)
            | NodeKind::Index(a, b)
            | NodeKind::ForSet {
                set: a, body: b, ..
            } => {
                *a = to(*a);
                *b = to(*b);
            }
            NodeKind::If(a, b, c)
            | NodeKind::ForRange {
                from: a,
                to: b,
                body: c,
                ..
            } => {
                *a = to(*a);
                *b = to(*b);
                *c = to(*c);
            }
            NodeKind::Call {
                arguments: items, ..
            }
            | NodeKind::List(items) => {
                items.iter_mut().for_each(|item| *item = to(*item));
            }
            NodeKind::Network(layers) => layers.iter_mut().for_each(|(weight, bias)| {
                *weight = to(*weight);
                *bias = to(*bias);
            }),
        }
        kind
    }

    /// The variable bound by this node and the child in which it is bound, or `None`.
    pub fn binding(&self) -> Option<(&str, NodeId)> {
        match self {
            NodeKind::Lambda { parameter, body } => Some((parameter, *body)),
            NodeKind::ForSet { variable, body, .. } | NodeKind::ForRange { variable, body, .. } => {
                Some((variable, *body))
            }
            _ => None,
        }
    }
}
