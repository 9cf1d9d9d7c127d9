//! Big-O bounds: no instance can refute them.

use std::ops::Range;

use super::Context;
use crate::diagnostic::code;
use crate::expr::{NodeKind, Tree};
use crate::file::schema::RawClaim;
use crate::file::words::Kind;

/// Whether a tree uses `O(…)`.
pub(super) fn uses(tree: &Tree) -> bool {
    tree.nodes()
        .iter()
        .any(|node| matches!(&node.kind, NodeKind::Call { name, .. } if name == "O"))
}

/// Warns of every `O(…)` and `≲` in hypotheses, abbreviations and conclusions, unless the claim is `asymptotic`.
pub(super) fn warn(context: &mut Context<'_>, raw: &RawClaim) {
    if raw
        .kind
        .as_ref()
        .is_some_and(|kind| kind.text == Kind::Asymptotic.word())
    {
        return;
    }
    let statement = &raw.statement;
    let lets = statement.lets.iter().map(|definition| &definition.value);
    let assume = statement.assume.iter().map(|hypothesis| &hypothesis.expr);
    let conclusions = statement
        .conclusions
        .iter()
        .map(|conclusion| &conclusion.expr);
    for text in lets.chain(assume).chain(conclusions) {
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
