//! Formulas as canonical text: one text per structure, independent of every printing rule.

use std::collections::BTreeSet;

use crate::expr::{BinaryOp, NodeId, NodeKind, Tree, UnaryOp};

/// What is still to be written.
enum Step<'a> {
    Text(&'a str),
    Node(NodeId),
    /// In parentheses if the node is written with an operator.
    Operand(NodeId),
}

/// The tree as text: operands that have an operator of their own are in parentheses, nothing else is.
pub(super) fn canonical(tree: &Tree) -> String {
    let mut text = String::new();
    let mut steps = vec![Step::Node(tree.root())];
    while let Some(step) = steps.pop() {
        match step {
            Step::Text(word) => text.push_str(word),
            Step::Operand(id) if has_operator(tree.kind(id)) => {
                steps.extend([Step::Text(")"), Step::Node(id), Step::Text("(")]);
            }
            Step::Operand(id) | Step::Node(id) => {
                let mut parts = expand(tree.kind(id));
                parts.reverse();
                steps.append(&mut parts);
            }
        }
    }
    text
}

fn has_operator(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Unary(..) | NodeKind::Binary(..) | NodeKind::If(..) | NodeKind::Lambda { .. }
    )
}

/// The steps that write a node, in order.
fn expand(kind: &NodeKind) -> Vec<Step<'_>> {
    use Step::{Node, Operand, Text};
    match kind {
        NodeKind::Number(word) | NodeKind::Name(word) => vec![Text(word)],
        NodeKind::Unary(UnaryOp::Neg, a) => vec![Text("-"), Operand(*a)],
        NodeKind::Unary(UnaryOp::Not, a) => vec![Text("not "), Operand(*a)],
        NodeKind::Binary(operator, a, b) => vec![Operand(*a), Text(infix(*operator)), Operand(*b)],
        NodeKind::Index(a, index) => vec![Operand(*a), Text("["), Node(*index), Text("]")],
        NodeKind::Field(a, name) => vec![Operand(*a), Text("."), Text(name)],
        NodeKind::If(a, b, c) => vec![
            Text("if "),
            Node(*a),
            Text(" then "),
            Node(*b),
            Text(" else "),
            Node(*c),
        ],
        NodeKind::Lambda { parameter, body } => {
            vec![Text("fn("), Text(parameter), Text(") "), Operand(*body)]
        }
        NodeKind::Call {
            name,
            variant,
            arguments,
        } => {
            let mut steps = vec![Text(name)];
            if let Some(variant) = variant {
                steps.extend([Text("@"), Text(variant)]);
            }
            steps.push(Text("("));
            list(&mut steps, arguments);
            steps.push(Text(")"));
            steps
        }
        NodeKind::List(items) => {
            let mut steps = vec![Text("[")];
            list(&mut steps, items);
            steps.push(Text("]"));
            steps
        }
        NodeKind::Network(layers) => {
            let mut steps = vec![Text("net(")];
            for (at, (weight, bias)) in layers.iter().enumerate() {
                let open = if at == 0 { "(" } else { ", (" };
                steps.extend([
                    Text(open),
                    Node(*weight),
                    Text(", "),
                    Node(*bias),
                    Text(")"),
                ]);
            }
            steps.push(Text(")"));
            steps
        }
        NodeKind::ForSet {
            quantifier,
            variable,
            set,
            body,
        } => {
            vec![
                Text(quantifier.word()),
                Text("("),
                Text(variable),
                Text(" in "),
                Node(*set),
                Text(": "),
                Node(*body),
                Text(")"),
            ]
        }
        NodeKind::ForRange {
            operator,
            variable,
            from,
            to,
            body,
        } => vec![
            Text(operator.word()),
            Text("("),
            Text(variable),
            Text(", "),
            Node(*from),
            Text(", "),
            Node(*to),
            Text(": "),
            Node(*body),
            Text(")"),
        ],
    }
}

fn list<'a>(steps: &mut Vec<Step<'a>>, items: &[NodeId]) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            steps.push(Step::Text(", "));
        }
        steps.push(Step::Node(*item));
    }
}

fn infix(operator: BinaryOp) -> &'static str {
    match operator {
        BinaryOp::Add => " + ",
        BinaryOp::Sub => " - ",
        BinaryOp::Mul => " * ",
        BinaryOp::Div => " / ",
        BinaryOp::Pow => "^",
        BinaryOp::Eq => " == ",
        BinaryOp::Ne => " != ",
        BinaryOp::Lt => " < ",
        BinaryOp::Le => " <= ",
        BinaryOp::Gt => " > ",
        BinaryOp::Ge => " >= ",
        BinaryOp::Lesssim => " ≲ ",
        BinaryOp::And => " and ",
        BinaryOp::Or => " or ",
        BinaryOp::BoxTimes => " x ",
    }
}

/// The heads of all calls, false twins as `name@twin`.
pub(super) fn calls(tree: &Tree) -> BTreeSet<String> {
    let heads = tree.nodes().iter().filter_map(|node| match &node.kind {
        NodeKind::Call {
            name,
            variant: None,
            ..
        } => Some(name.clone()),
        NodeKind::Call {
            name,
            variant: Some(variant),
            ..
        } => Some(format!("{name}@{variant}")),
        _ => None,
    });
    heads.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        canonical(&Tree::parse(text).expect("the test formula parses"))
    }

    #[test]
    fn blanks_and_parentheses_do_not_matter() {
        assert_eq!(written("a+ b *c"), written("(a) + ((b*c))"));
        assert_eq!(written("f( x , [1,2] )"), "f(x, [1, 2])");
        assert_eq!(written("not (a and b)"), "not (a and b)");
    }

    #[test]
    fn structure_does() {
        assert_ne!(written("a - b - c"), written("a - (b - c)"));
        assert_ne!(written("-a^2"), written("(-a)^2"));
        assert_ne!(written("a^b^c"), written("(a^b)^c"));
        assert_ne!(written("f(x)"), written("f@post(x)"));
        assert_ne!(written("0.1"), written("1/10"));
    }

    #[test]
    fn canonical_text_reads_back() {
        let formulas = [
            "every(G in S: G * deriv(phi, x, c) == M)",
            "sum(i, 0, n: a[i])",
            "if a < b then -1 else f(x)[0].C",
            "net(([[1],[-1]], [0,0]), ([[1,0]], [0]))",
            "not (a or b)",
            "max(i, 1, 3: i)",
        ];
        for formula in formulas {
            let tree = Tree::parse(formula).expect("the test formula parses");
            assert_eq!(
                Tree::parse(&canonical(&tree)).expect("canonical text parses"),
                tree,
                "{formula}"
            );
        }
    }

    #[test]
    fn deep_formulas_are_written() {
        let deep = format!("{}1{}", "-(1+".repeat(20_000), ")".repeat(20_000));
        assert!(written(&deep).len() > 20_000);
    }

    #[test]
    fn heads_of_calls() {
        let tree = Tree::parse("f(g@twin(x)) + f(y)").expect("the test formula parses");
        assert_eq!(
            calls(&tree).into_iter().collect::<Vec<_>>(),
            ["f", "g@twin"]
        );
    }
}
