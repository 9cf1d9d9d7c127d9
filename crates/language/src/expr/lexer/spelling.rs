//! How tokens are spelled here, how others spell them, and what to write instead of a foreign character.

use super::{Bracket, TokenKind};
use crate::expr::{BinaryOp, RangeOperator, names};

/// Spellings of the grammar, longest first where one begins another.
pub(super) const SYMBOLS: &[(&str, TokenKind)] = &[
    ("==", TokenKind::Operator(BinaryOp::Eq)),
    ("!=", TokenKind::Operator(BinaryOp::Ne)),
    ("<=", TokenKind::Operator(BinaryOp::Le)),
    (">=", TokenKind::Operator(BinaryOp::Ge)),
    ("<", TokenKind::Operator(BinaryOp::Lt)),
    (">", TokenKind::Operator(BinaryOp::Gt)),
    ("+", TokenKind::Operator(BinaryOp::Add)),
    ("-", TokenKind::Operator(BinaryOp::Sub)),
    ("*", TokenKind::Operator(BinaryOp::Mul)),
    ("/", TokenKind::Operator(BinaryOp::Div)),
    ("^", TokenKind::Operator(BinaryOp::Pow)),
    ("≠", TokenKind::Operator(BinaryOp::Ne)),
    ("≤", TokenKind::Operator(BinaryOp::Le)),
    ("≥", TokenKind::Operator(BinaryOp::Ge)),
    ("≲", TokenKind::Operator(BinaryOp::Lesssim)),
    ("−", TokenKind::Operator(BinaryOp::Sub)),
    ("·", TokenKind::Operator(BinaryOp::Mul)),
    ("×", TokenKind::Operator(BinaryOp::BoxTimes)),
    ("∧", TokenKind::Operator(BinaryOp::And)),
    ("∨", TokenKind::Operator(BinaryOp::Or)),
    ("¬", TokenKind::Not),
    ("∈", TokenKind::In),
    ("(", TokenKind::Open(Bracket::Round)),
    (")", TokenKind::Close(Bracket::Round)),
    ("[", TokenKind::Open(Bracket::Square)),
    ("]", TokenKind::Close(Bracket::Square)),
    (",", TokenKind::Comma),
    (":", TokenKind::Colon),
    ("@", TokenKind::At),
    (".", TokenKind::Dot),
];

/// Spellings of other languages, with what they are read as; tried before [`SYMBOLS`].
pub(super) const FOREIGN: &[(&str, TokenKind, &str)] = &[
    (
        "===",
        TokenKind::Operator(BinaryOp::Eq),
        "equality is written `==`",
    ),
    ("=<", TokenKind::Operator(BinaryOp::Le), "write `<=`"),
    (
        "=>",
        TokenKind::Operator(BinaryOp::Ge),
        "write `>=`, or `implies(a, b)` for an implication",
    ),
    ("<>", TokenKind::Operator(BinaryOp::Ne), "write `!=`"),
    ("&&", TokenKind::Operator(BinaryOp::And), "write `and`"),
    ("||", TokenKind::Operator(BinaryOp::Or), "write `or`"),
    (
        "**",
        TokenKind::Operator(BinaryOp::Pow),
        "powers are written `^`",
    ),
];

/// The same, tried after [`SYMBOLS`].
pub(super) const FOREIGN_SINGLE: &[(&str, TokenKind, &str)] = &[
    (
        "=",
        TokenKind::Operator(BinaryOp::Eq),
        "equality is written `==`",
    ),
    ("&", TokenKind::Operator(BinaryOp::And), "write `and`"),
    ("!", TokenKind::Not, "write `not`"),
];

/// What to write instead of a character outside the grammar.
pub(super) fn advice(character: char) -> Option<&'static str> {
    Some(match character {
        '|' => "absolute values are written `abs(x)`, norms `norm1(v)`, `norm_inf(v)`",
        '{' | '}' => "group with `(` `)`, write lists with `[` `]`",
        ';' => "separate with `,`",
        '%' | '"' | '\'' | '`' => "an expression has no strings and no remainder operator",
        '~' => "laws are opaque: a statement about random networks is described, not evaluated",
        '\\' | '$' => "TeX is not read here: formulas are printed from this grammar",
        '√' => "write `sqrt(x)`",
        '∞' => "write `inf`",
        '²' | '³' | '⁻' | '¹' => "powers are written `x^2`",
        '∀' => "write `every(G in S: e)` over a finite set, else use the `quantify` array",
        '∃' => "write `some(G in S: e)` over a finite set, else use the `quantify` array",
        '∑' => "write `sum(i, a, b: e)`",
        '∏' => "write `prod(i, a, b: e)`",
        '→' | '⇒' => "write `implies(a, b)`",
        '‖' => "norms are written `norm1(v)`, `norm2(v)`, `norm_inf(v)`",
        '∘' => "write `compose(psi, phi)`",
        _ => return None,
    })
}

/// The operator of the words that open a range form.
pub(crate) fn range_operator(word: &str) -> Option<RangeOperator> {
    Some(match word {
        "every" => RangeOperator::Every,
        "some" => RangeOperator::Some,
        "sum" => RangeOperator::Sum,
        "prod" => RangeOperator::Prod,
        "max" => RangeOperator::Max,
        "min" => RangeOperator::Min,
        _ => return None,
    })
}

/// Whether a character may stand in a name after its first letter.
pub(super) fn is_name_part(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// Whether a character can begin a token or a blank.
pub(super) fn belongs(character: char) -> bool {
    let mut buffer = [0; 4];
    let spelled: &str = character.encode_utf8(&mut buffer);
    character.is_whitespace()
        || is_name_part(character)
        || names::by_letter(character).is_some()
        || SYMBOLS
            .iter()
            .any(|(spelling, _)| spelling.starts_with(spelled))
        || FOREIGN_SINGLE
            .iter()
            .any(|(spelling, ..)| *spelling == spelled)
        || advice(character).is_some()
}
