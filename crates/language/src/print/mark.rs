//! The flat stream between a tree and the two-dimensional formats: what TeX and MathML share.
//!
//! Where parentheses, fractions, scripts, matrices and cases go is decided once, in `layout`; the writers only spell it.

/// One item of a laid-out formula; shapes open and close like brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark<'a> {
    /// A variable: Greek and indices are spelled by the writer.
    Identifier(&'a str),
    /// A number as written.
    Number(&'a str),
    /// The upright name of a function or constant.
    Upright(&'a str),
    /// Words between formulas, blanks included.
    Words(&'a str),
    /// An operator, delimiter or fixed letter.
    Symbol(Symbol),
    /// Opens a shape and its first slot.
    Begin(Shape),
    /// Ends a slot and opens the next one: a cell in matrices and cases.
    Next,
    /// Ends a row of a matrix or of cases.
    NextRow,
    /// Closes the innermost shape.
    End,
}

/// A sign with its two spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Symbol {
    pub tex: &'static str,
    pub text: &'static str,
    pub form: Form,
}

/// What a symbol does to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Between two operands: `+`, `≤`, `⇒`.
    Infix,
    /// Before an operand: `−`, `¬`, `∀`.
    Prefix,
    /// `∑`, `∏`.
    Large,
    /// `max`, `log`: an upright name.
    Name,
    Open,
    Close,
    /// `|`, `‖`: opens and closes.
    Bar,
    Comma,
    /// A letter-like sign: `∞`, `ℝ`, `∂`.
    Letter,
    /// A sign without space around it: `.`, `!`, function application.
    Ordinary,
    Space,
}

/// A shape with its slots in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One slot, grouped.
    Row,
    /// One slot between delimiters that grow with it.
    Fence(Symbol, Symbol),
    /// Numerator, denominator.
    Fraction,
    /// Base, exponent; `plain` bases are one sign.
    Superscript { plain: bool },
    /// Base, index.
    Subscript { plain: bool },
    /// Base, index, exponent.
    Scripts { plain: bool },
    /// Operator, what stands under it.
    Under,
    /// Operator, what stands under it and over it.
    UnderOver,
    /// Radicand.
    Root,
    /// Upper, lower.
    Binomial,
    /// One slot under an accent.
    Accent(Symbol),
    /// Cells and rows in parentheses.
    Matrix,
    /// Value and condition in each row.
    Cases,
}

/// A symbol.
pub(crate) const fn symbol(tex: &'static str, text: &'static str, form: Form) -> Symbol {
    Symbol { tex, text, form }
}

pub(crate) const LEFT: Symbol = symbol("(", "(", Form::Open);
pub(crate) const RIGHT: Symbol = symbol(")", ")", Form::Close);
pub(crate) const LEFT_SQUARE: Symbol = symbol("[", "[", Form::Open);
pub(crate) const RIGHT_SQUARE: Symbol = symbol("]", "]", Form::Close);
pub(crate) const LEFT_BRACE: Symbol = symbol(r"\{", "{", Form::Open);
pub(crate) const RIGHT_BRACE: Symbol = symbol(r"\}", "}", Form::Close);
pub(crate) const COMMA: Symbol = symbol(",", ",", Form::Comma);
pub(crate) const COLON: Symbol = symbol(":", ":", Form::Comma);
pub(crate) const MINUS: Symbol = symbol("-", "−", Form::Prefix);
pub(crate) const NOT: Symbol = symbol(r"\neg", "¬", Form::Prefix);
pub(crate) const FORALL: Symbol = symbol(r"\forall", "∀", Form::Prefix);
pub(crate) const EXISTS: Symbol = symbol(r"\exists", "∃", Form::Prefix);
pub(crate) const ELEMENT: Symbol = symbol(r"\in", "∈", Form::Infix);
pub(crate) const EQUALS: Symbol = symbol("=", "=", Form::Infix);
pub(crate) const AT_MOST: Symbol = symbol(r"\le", "≤", Form::Infix);
pub(crate) const MAPS_TO: Symbol = symbol(r"\mapsto", "↦", Form::Infix);
pub(crate) const TIMES: Symbol = symbol(r"\times", "×", Form::Infix);
pub(crate) const DOTS: Symbol = symbol(r"\dots", "…", Form::Ordinary);
pub(crate) const DOT: Symbol = symbol(".", ".", Form::Ordinary);
pub(crate) const INFINITY: Symbol = symbol(r"\infty", "∞", Form::Letter);
pub(crate) const APPLY: Symbol = symbol("", "\u{2061}", Form::Ordinary);
pub(crate) const SPACE: Symbol = symbol(r"\;", " ", Form::Space);
pub(crate) const SUM: Symbol = symbol(r"\sum", "∑", Form::Large);
pub(crate) const PRODUCT: Symbol = symbol(r"\prod", "∏", Form::Large);
pub(crate) const MAX: Symbol = symbol(r"\max", "max", Form::Name);
pub(crate) const MIN: Symbol = symbol(r"\min", "min", Form::Name);
pub(crate) const REALS: Symbol = symbol(r"\mathbb{R}", "ℝ", Form::Letter);
pub(crate) const RATIONALS: Symbol = symbol(r"\mathbb{Q}", "ℚ", Form::Letter);
pub(crate) const INTEGERS: Symbol = symbol(r"\mathbb{Z}", "ℤ", Form::Letter);
pub(crate) const NATURALS: Symbol = symbol(r"\mathbb{N}", "ℕ", Form::Letter);
