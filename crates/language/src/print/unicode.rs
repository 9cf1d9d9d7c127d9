//! Tree → Unicode in the grammar of the language: what is printed is read back as an equal tree.

use std::borrow::Cow;

use crate::expr::precedence::{Level, level};
use crate::expr::{BinaryOp, NodeId, NodeKind, Tree, UnaryOp, names};

enum Work<'a> {
    /// A node in a place that needs at least this level.
    Node(NodeId, Level),
    Text(Cow<'a, str>),
}

/// The spelling of an operator with its blanks.
fn infix(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => " + ",
        BinaryOp::Sub => " − ",
        BinaryOp::Mul => " · ",
        BinaryOp::Div => " / ",
        BinaryOp::Pow => "^",
        BinaryOp::Eq => " == ",
        BinaryOp::Ne => " ≠ ",
        BinaryOp::Lt => " < ",
        BinaryOp::Le => " ≤ ",
        BinaryOp::Gt => " > ",
        BinaryOp::Ge => " ≥ ",
        BinaryOp::Lesssim => " ≲ ",
        BinaryOp::And => " ∧ ",
        BinaryOp::Or => " ∨ ",
        BinaryOp::BoxTimes => " × ",
    }
}

/// The text of the subtree at `root`.
pub(crate) fn write(tree: &Tree, root: NodeId) -> String {
    let mut out = String::new();
    let mut work = vec![Work::Node(root, Level::Open)];
    let mut parts = Vec::new();
    while let Some(next) = work.pop() {
        match next {
            Work::Text(text) => out.push_str(&text),
            Work::Node(id, needed) => {
                let kind = tree.kind(id);
                let parentheses = level(kind) < needed;
                if parentheses {
                    parts.push(text("("));
                }
                pieces(tree, kind, &mut parts);
                if parentheses {
                    parts.push(text(")"));
                }
                work.extend(parts.drain(..).rev());
            }
        }
    }
    out
}

fn is_number(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.kind(id), NodeKind::Number(_))
}

fn text<'a>(text: impl Into<Cow<'a, str>>) -> Work<'a> {
    Work::Text(text.into())
}

fn open(id: NodeId) -> Work<'static> {
    Work::Node(id, Level::Open)
}

/// Pushes `a, b, c`.
fn separated(ids: &[NodeId], parts: &mut Vec<Work<'_>>) {
    for (place, id) in ids.iter().enumerate() {
        if place > 0 {
            parts.push(text(", "));
        }
        parts.push(open(*id));
    }
}

fn pieces<'a>(tree: &'a Tree, kind: &'a NodeKind, parts: &mut Vec<Work<'a>>) {
    match kind {
        NodeKind::Number(digits) => parts.push(text(digits.as_str())),
        NodeKind::Name(name) => parts.push(text(names::unicode(name))),
        NodeKind::Unary(UnaryOp::Neg, operand) => {
            parts.extend([text("−"), Work::Node(*operand, UnaryOp::Neg.level())]);
        }
        // ¬ is read by eye as the tightest operator: its operand gets parentheses unless it is an atom.
        NodeKind::Unary(UnaryOp::Not, operand) => {
            parts.extend([text("¬"), Work::Node(*operand, Level::Postfix)])
        }
        NodeKind::Binary(BinaryOp::Div, left, right)
            if is_number(tree, *left) && is_number(tree, *right) =>
        {
            parts.extend([open(*left), text("/"), open(*right)]);
        }
        NodeKind::Binary(op, left, right) => parts.extend([
            Work::Node(*left, op.left_level()),
            text(infix(*op)),
            Work::Node(*right, op.right_level()),
        ]),
        NodeKind::Call {
            name,
            variant,
            arguments,
        } => {
            parts.push(text(names::unicode(name)));
            if let Some(variant) = variant {
                parts.extend([text("@"), text(names::unicode(variant))]);
            }
            parts.push(text("("));
            separated(arguments, parts);
            parts.push(text(")"));
        }
        NodeKind::Index(target, index) => {
            parts.extend([
                Work::Node(*target, Level::Postfix),
                text("["),
                open(*index),
                text("]"),
            ]);
        }
        NodeKind::Field(target, name) => {
            // `3.x` would be read as a malformed number.
            let needed = match tree.kind(*target) {
                NodeKind::Number(_) => true,
                other => level(other) < Level::Postfix,
            };
            if needed {
                parts.extend([text("("), open(*target), text(")")]);
            } else {
                parts.push(open(*target));
            }
            parts.extend([text("."), text(names::unicode(name))]);
        }
        NodeKind::List(items) => {
            parts.push(text("["));
            separated(items, parts);
            parts.push(text("]"));
        }
        NodeKind::Network(layers) => {
            parts.push(text("net("));
            for (place, (weight, bias)) in layers.iter().enumerate() {
                parts.push(text(if place > 0 { ", (" } else { "(" }));
                separated(&[*weight, *bias], parts);
                parts.push(text(")"));
            }
            parts.push(text(")"));
        }
        NodeKind::If(condition, then, otherwise) => parts.extend([
            text("if "),
            open(*condition),
            text(" then "),
            open(*then),
            text(" else "),
            open(*otherwise),
        ]),
        NodeKind::Lambda { parameter, body } => {
            parts.extend([
                text("fn("),
                text(names::unicode(parameter)),
                text(") "),
                open(*body),
            ]);
        }
        NodeKind::ForSet {
            quantifier,
            variable,
            set,
            body,
        } => parts.extend([
            text(quantifier.word()),
            text("("),
            text(names::unicode(variable)),
            text(" ∈ "),
            open(*set),
            text(": "),
            open(*body),
            text(")"),
        ]),
        NodeKind::ForRange {
            operator,
            variable,
            from,
            to,
            body,
        } => {
            parts.extend([
                text(operator.word()),
                text("("),
                text(names::unicode(variable)),
                text(", "),
            ]);
            separated(&[*from, *to], parts);
            parts.extend([text(": "), open(*body), text(")")]);
        }
    }
}
