//! An expected type, the type that is there, and what to say about the difference.

use super::Checker;
use crate::expr::problem::{NOT_A_BOX, Problem, SCALAR_VECTOR, WRONG_TYPE};
use crate::expr::{NodeId, NodeKind, Type};

impl Checker<'_> {
    /// Whether a node is `[a, b]` with two numbers, which is a box where a box is expected.
    pub(super) fn is_box_literal(&self, id: NodeId) -> bool {
        match self.tree.kind(id) {
            NodeKind::List(ends) if ends.len() == 2 => ends
                .iter()
                .all(|end| self.type_of(*end).is_none_or(Type::is_numeric)),
            _ => false,
        }
    }

    /// Steps of widening a node needs to stand where `expected` is required, or `None`; a wrong node stands anywhere.
    pub(super) fn distance(&self, expected: &Type, id: NodeId) -> Option<u32> {
        let Some(given) = self.type_of(id) else {
            return Some(0);
        };
        match expected.distance_from(given) {
            Some(steps) => Some(u32::from(steps)),
            None if *expected == Type::Box_ && self.is_box_literal(id) => Some(1),
            None => None,
        }
    }

    /// Records that a node stands where `expected` is required: a literal becomes a box.
    pub(super) fn settle(&mut self, expected: &Type, id: NodeId) {
        if *expected == Type::Box_ && self.is_box_literal(id) {
            self.types[id as usize] = Some(Type::Box_);
        }
    }

    /// Requires a node to be of a type; `role` names what it is, as in `the condition of `if``.
    pub(super) fn expect(&mut self, expected: &Type, id: NodeId, role: &str) -> bool {
        if self.distance(expected, id).is_some() {
            self.settle(expected, id);
            return true;
        }
        let problem = self.mismatch(expected, id, role);
        self.report(problem);
        false
    }

    /// The whole expression against the type its place requires.
    pub(super) fn expect_whole(&mut self, expected: &Type) {
        self.expect(expected, self.tree.root(), "the expression");
    }

    /// What is wrong with a node that is not of the expected type.
    pub(super) fn mismatch(&self, expected: &Type, id: NodeId, role: &str) -> Problem {
        let span = self.tree.node(id).span.clone();
        let got = self
            .type_of(id)
            .map_or_else(|| "nothing".to_owned(), Type::with_article);
        let message = format!("{role} is {}, got {got}", expected.with_article());
        let label = format!("this is {got}");
        let text = self.tree.text_of(id);
        let short = if text.chars().count() <= 24 {
            text
        } else {
            "…"
        };
        let (code, help) = match self.type_of(id) {
            Some(given) => advice(expected, given, short),
            None => (WRONG_TYPE, None),
        };
        Problem::new(code, span, message, label).maybe_help(help)
    }
}

/// The code of a mismatch and what to write instead; `text` is what is written now.
fn advice(expected: &Type, given: &Type, text: &str) -> (&'static str, Option<String>) {
    let narrowing = match (expected.numeric_rank(), given.numeric_rank()) {
        (Some(to), Some(from)) => to < from,
        _ => false,
    };
    let (code, help) = match (expected, given) {
        (Type::Vec, _) if given.is_numeric() => (
            SCALAR_VECTOR,
            format!(
                "write `[{text}]` for a vector with one entry; \
                 numbers are never spread over vectors"
            ),
        ),
        (_, Type::Vec) if expected.is_numeric() => {
            (SCALAR_VECTOR, format!("take an entry, `{text}[0]`"))
        }
        (Type::Box_, Type::Vec) => (
            NOT_A_BOX,
            "a box is written where it stands: `[0,1]^d`, `[0,1]x[-1,2]`, or `Rd`".to_owned(),
        ),
        (Type::Box_, _) => (
            NOT_A_BOX,
            "write `[0,1]^d`, `[0,1]x[-1,2]`, or `Rd`".to_owned(),
        ),
        (Type::Matrix, Type::Vec) => (
            WRONG_TYPE,
            "a matrix is a list of its rows, `[[1, 0], [0, 1]]`; vectors are columns".to_owned(),
        ),
        (Type::Vec, Type::Matrix) => (WRONG_TYPE, format!("take a row, `{text}[0]`")),
        (Type::Exponent, _) if given.is_numeric() => (
            WRONG_TYPE,
            "an exponent is `inf` or a variable quantified `in = \"exponent\"`".to_owned(),
        ),
        (_, Type::Exponent) if expected.is_numeric() => (
            WRONG_TYPE,
            format!("write `inv({text})`, a number in [0, 1]"),
        ),
        _ if narrowing && expected.is_integer() => (
            WRONG_TYPE,
            format!("round it, `ceil({text})` or `floor({text})`"),
        ),
        _ => return (WRONG_TYPE, None),
    };
    (code, Some(help))
}
