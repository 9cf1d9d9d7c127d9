//! Bounds up to a constant: where they may stand, and the warning outside asymptotic claims.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Context;
use crate::diagnostic::code;
use crate::expr::{BIG_O, BinaryOp, NodeId, NodeKind, Tree};
use crate::file::schema::RawClaim;
use crate::file::table::Text;
use crate::file::words::Kind;

/// Whether a tree uses `≲`, in either spelling.
pub(super) fn uses(tree: &Tree) -> bool {
    tree.nodes()
        .iter()
        .any(|node| matches!(node.kind, NodeKind::Binary(BinaryOp::Lesssim, ..)))
}

/// Where a formula stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is a conclusion: each of its conjuncts may be a bound up to a constant.
    Conclusion,
    /// It is any other part of the statement.
    Elsewhere,
}

/// Reports every bound up to a constant that is no conjunct of a conclusion; true if there is none.
///
/// The constant is chosen once for a conclusion, before all instances. Under `not`, `or`, a condition or a binder, or in a
/// hypothesis, one would have to say what it depends on.
pub(super) fn check(context: &mut Context<'_>, tree: &Tree, text: &Text, place: Place) -> bool {
    let allowed = match place {
        Place::Conclusion => conjuncts(tree),
        Place::Elsewhere => BTreeSet::new(),
    };
    let mut clean = true;
    for (id, node) in (0..).zip(tree.nodes()) {
        let (message, help) = match &node.kind {
            NodeKind::Binary(BinaryOp::Lesssim, ..) if !allowed.contains(&id) => (
                "a bound up to a constant stands only as a conjunct of a conclusion",
                "join conclusions by `and`, or write the constant",
            ),
            NodeKind::Call {
                name,
                variant: None,
                ..
            } if name == BIG_O => (
                "`O(…)` stands only on the right of `<=`",
                "write `a <= O(b)` or `a ≲ b`",
            ),
            _ => continue,
        };
        clean = false;
        let problem = context
            .at(
                code::BIG_O_PLACE,
                text.map.range(node.span.clone()),
                message,
            )
            .label("its constant belongs to no conclusion")
            .help(help);
        context.report(problem);
    }
    clean
}

/// The parts of a formula joined by `and`.
fn conjuncts(tree: &Tree) -> BTreeSet<NodeId> {
    let mut found = BTreeSet::new();
    let mut open = vec![tree.root()];
    while let Some(id) = open.pop() {
        match tree.kind(id) {
            NodeKind::Binary(BinaryOp::And, a, b) => open.extend([*a, *b]),
            _ => {
                found.insert(id);
            }
        }
    }
    found
}

/// Warns of every `O(…)` and `≲` in conclusions, unless the claim is `asymptotic`.
pub(super) fn warn(context: &mut Context<'_>, raw: &RawClaim) {
    if raw
        .kind
        .as_ref()
        .is_some_and(|kind| kind.text == Kind::Asymptotic.word())
    {
        return;
    }
    for conclusion in &raw.statement.conclusions {
        let text = &conclusion.expr;
        for place in places(&text.text) {
            let problem = context
                .at(
                    code::BIG_O,
                    text.map.range(place),
                    "a big-O bound cannot be refuted by an instance; the rung is capped at sampled",
                )
                .label("needs an explicit constant")
                .help("add `{ some = \"K\", in = \"real\" }` and write `K * (…)`")
                .help("or set kind = \"asymptotic\": the card shows a fitted constant and no rung above `sampled`");
            context.report(problem);
        }
    }
}

/// The places of `O(` as a word of its own, and of `≲`.
fn places(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let word_goes_on = before.is_ascii_alphanumeric() || before == '_' || before == '@';
        if character == '≲' {
            places.push(at..at + character.len_utf8());
        } else if character == 'O' && !word_goes_on {
            let rest = &text[at + 1..];
            let blanks = rest.len() - rest.trim_start().len();
            if rest[blanks..].starts_with('(') {
                places.push(at..at + 1 + blanks + 1);
            }
        }
        before = character;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn big_o_is_a_word_of_its_own() {
        let found = |text: &str| {
            places(text)
                .into_iter()
                .map(|place| text[place].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("a <= O(b)"), ["O("]);
        assert_eq!(found("a <= O (b) and f@O(1) <= FOO(x) + O"), ["O ("]);
        assert_eq!(found("a ≲ b"), ["≲"]);
        assert!(places("Omega(x) * O_1(x)").is_empty());
    }
}
