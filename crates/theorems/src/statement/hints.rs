//! What the condition `where` of a variable says before the variable is drawn.

use claim_language::expr::{BinaryOp, NodeKind, Typed};

use crate::program::{Names, compile_below, names_below};
use crate::statement::Hints;

/// Whether a condition is `v != 0`.
pub(super) fn is_nonzero(filter: &Typed, variable: &str) -> bool {
    let tree = &filter.tree;
    let NodeKind::Binary(BinaryOp::Ne, a, b) = tree.kind(tree.root()) else {
        return false;
    };
    matches!(tree.kind(*a), NodeKind::Name(name) if name == variable)
        && matches!(tree.kind(*b), NodeKind::Number(number) if number == "0")
}

/// Equations `f(v) == e` among the conjuncts of a condition, with `e` free of v.
pub(super) fn hints(filter: &Typed, variable: &str, names: &Names) -> Hints {
    let mut hints = Hints::default();
    let mut open = vec![filter.tree.root()];
    while let Some(id) = open.pop() {
        match filter.tree.kind(id) {
            NodeKind::Binary(BinaryOp::And, a, b) => open.extend([*a, *b]),
            NodeKind::Binary(BinaryOp::Eq, a, b) => {
                for (call, value) in [(*a, *b), (*b, *a)] {
                    let NodeKind::Call {
                        name, arguments, ..
                    } = filter.tree.kind(call)
                    else {
                        continue;
                    };
                    let [argument] = arguments.as_slice() else {
                        continue;
                    };
                    if !matches!(filter.tree.kind(*argument), NodeKind::Name(n) if n == variable) {
                        continue;
                    }
                    if names_below(&filter.tree, value).contains(variable) {
                        continue;
                    }
                    let Ok(program) = compile_below(filter, value, names) else {
                        continue;
                    };
                    match name.as_str() {
                        "indim" => hints.indim = Some(program),
                        "outdim" => hints.outdim = Some(program),
                        "depth" => hints.depth = Some(program),
                        "activation" => hints.activation = Some(program),
                        "free_params" => hints.parameters = Some(program),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    hints
}
