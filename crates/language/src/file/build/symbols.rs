//! Symbolic reals: in each conclusion at most one of them is compared by order.

use std::collections::BTreeSet;

use super::Context;
use super::statement::Statement;
use crate::diagnostic::code;
use crate::expr::{BinaryOp, NodeKind, RangeOperator, Tree};
use crate::file::{Conclusion, Quantifier};

/// Functions whose value depends on the order of their arguments.
const ORDERING: [&str; 7] = ["abs", "min", "max", "sign", "floor", "ceil", "norm_inf"];

/// Reports, once per conclusion, the second symbolic variable that is compared by order.
///
/// Comparisons inside natives are not seen here; the evaluation of such an instance is undecided.
pub(super) fn check(context: &mut Context<'_>, built: &Statement) {
    let mut reported = BTreeSet::new();
    for conclusion in &built.conclusions {
        let ordered = ordered(built, conclusion);
        let symbols = built
            .quantify
            .iter()
            .chain(&conclusion.quantify)
            .filter(|quantifier| quantifier.symbolic);
        let compared: Vec<&Quantifier> = symbols
            .filter(|symbol| ordered.contains(&symbol.name))
            .collect();
        let [first, second, ..] = compared.as_slice() else {
            continue;
        };
        if !reported.insert(second.span.start) {
            continue;
        }
        let problem = context
            .at(
                code::SYMBOLS,
                second.span.clone(),
                format!(
                    "`{}` and `{}` are both symbolic and ordered",
                    first.name, second.name
                ),
            )
            .label(format!(
                "compared by order for conclusion `{}`",
                conclusion.name
            ))
            .note("order is decided by isolating the roots of polynomials in one symbol")
            .help(format!(
                "drop `symbolic = true` of one of them, or use `{}` in equations only",
                second.name
            ));
        context.report(problem);
    }
}

/// The names compared by order in what a conclusion depends on.
fn ordered(built: &Statement, conclusion: &Conclusion) -> BTreeSet<String> {
    let quantifiers = || built.quantify.iter().chain(&conclusion.quantify);
    let filters = quantifiers().filter_map(|quantifier| quantifier.filter.as_ref());
    let assume = built.assume.iter().map(|hypothesis| &hypothesis.expr);
    let mut names = BTreeSet::new();
    let mut used = BTreeSet::new();
    for typed in filters.chain(assume).chain([&conclusion.expr]) {
        names.extend(under_order(&typed.tree));
        used.extend(typed.tree.free_names());
    }
    // Abbreviations stand in dependency order, so that one pass from the last to the first follows every chain.
    for definition in built.lets.iter().rev() {
        let tree = &definition.value.tree;
        if names.contains(&definition.name) {
            names.extend(tree.free_names());
        }
        if used.contains(&definition.name) {
            names.extend(under_order(tree));
            used.extend(tree.free_names());
        }
    }
    let ranged =
        quantifiers().filter(|quantifier| quantifier.min.is_some() || quantifier.max.is_some());
    names.extend(ranged.map(|quantifier| quantifier.name.clone()));
    names
}

/// The names below a comparison by order.
fn under_order(tree: &Tree) -> BTreeSet<String> {
    let mut under = vec![false; tree.nodes().len()];
    let mut names = BTreeSet::new();
    for (id, node) in tree.nodes().iter().enumerate().rev() {
        let orders = match &node.kind {
            NodeKind::Binary(
                BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge | BinaryOp::Lesssim,
                ..,
            ) => true,
            NodeKind::ForRange {
                operator: RangeOperator::Max | RangeOperator::Min,
                ..
            } => true,
            NodeKind::Call { name, .. } => ORDERING.contains(&name.as_str()),
            _ => false,
        };
        if let NodeKind::Name(name) = &node.kind
            && under[id]
        {
            names.insert(name.clone());
        }
        if orders || under[id] {
            for child in node.kind.children() {
                under[child as usize] = true;
            }
        }
    }
    names
}
