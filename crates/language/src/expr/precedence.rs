//! One precedence table for the parser and all printers.
//!
//! low → high: open forms, `or`, `and`, `not`, comparison, `+ -`, `* / x`, unary `-`, `^`, postfix, atoms.

use super::{BinaryOp, NodeKind, RangeOperator, UnaryOp};

/// How tightly a node holds together; greater binds tighter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// `if` and `fn`: as far to the right as possible.
    Open,
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Negation,
    Power,
    Postfix,
    Atom,
}

impl Level {
    /// The next tighter level.
    pub(crate) fn tighter(self) -> Level {
        match self {
            Level::Open => Level::Or,
            Level::Or => Level::And,
            Level::And => Level::Not,
            Level::Not => Level::Comparison,
            Level::Comparison => Level::Sum,
            Level::Sum => Level::Product,
            Level::Product => Level::Negation,
            Level::Negation => Level::Power,
            Level::Power => Level::Postfix,
            Level::Postfix | Level::Atom => Level::Atom,
        }
    }
}

/// What a chain of equal operators means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Associativity {
    Left,
    Right,
    None,
}

impl UnaryOp {
    /// The level of the operator and of its operand.
    pub(crate) fn level(self) -> Level {
        match self {
            UnaryOp::Neg => Level::Negation,
            UnaryOp::Not => Level::Not,
        }
    }

    /// The spelling in claim files.
    pub fn ascii(self) -> &'static str {
        match self {
            UnaryOp::Neg => "-",
            UnaryOp::Not => "not",
        }
    }
}

impl BinaryOp {
    pub(crate) fn level(self) -> Level {
        match self {
            BinaryOp::Or => Level::Or,
            BinaryOp::And => Level::And,
            _ if self.is_comparison() => Level::Comparison,
            BinaryOp::Add | BinaryOp::Sub => Level::Sum,
            BinaryOp::Pow => Level::Power,
            _ => Level::Product,
        }
    }

    pub(crate) fn associativity(self) -> Associativity {
        match self {
            BinaryOp::Pow => Associativity::Right,
            _ if self.is_comparison() => Associativity::None,
            _ => Associativity::Left,
        }
    }

    /// Whether the operator is one of `== != < <= > >= ≲`.
    pub fn is_comparison(self) -> bool {
        matches!(
            self,
            BinaryOp::Eq
                | BinaryOp::Ne
                | BinaryOp::Lt
                | BinaryOp::Le
                | BinaryOp::Gt
                | BinaryOp::Ge
                | BinaryOp::Lesssim
        )
    }

    /// The loosest level a left operand may have without parentheses.
    pub(crate) fn left_level(self) -> Level {
        match self.associativity() {
            Associativity::Left => self.level(),
            Associativity::Right | Associativity::None => self.level().tighter(),
        }
    }

    /// The loosest level a right operand may have without parentheses.
    ///
    /// An exponent may be negated, `2^-20`: a prefix operator ends nothing to its left.
    pub(crate) fn right_level(self) -> Level {
        match self.associativity() {
            Associativity::Right => Level::Negation,
            Associativity::Left | Associativity::None => self.level().tighter(),
        }
    }

    /// The spelling in claim files.
    pub fn ascii(self) -> &'static str {
        match self {
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Mul => "*",
            BinaryOp::Div => "/",
            BinaryOp::Pow => "^",
            BinaryOp::Eq => "==",
            BinaryOp::Ne => "!=",
            BinaryOp::Lt => "<",
            BinaryOp::Le => "<=",
            BinaryOp::Gt => ">",
            BinaryOp::Ge => ">=",
            BinaryOp::Lesssim => "≲",
            BinaryOp::And => "and",
            BinaryOp::Or => "or",
            BinaryOp::BoxTimes => "x",
        }
    }
}

/// The level of a node in the grammar of claim files.
pub(crate) fn level(kind: &NodeKind) -> Level {
    match kind {
        NodeKind::If(..) | NodeKind::Lambda { .. } => Level::Open,
        NodeKind::Unary(op, _) => op.level(),
        NodeKind::Binary(op, ..) => op.level(),
        NodeKind::Index(..) | NodeKind::Field(..) => Level::Postfix,
        NodeKind::Number(_)
        | NodeKind::Name(_)
        | NodeKind::Call { .. }
        | NodeKind::List(_)
        | NodeKind::Network(_)
        | NodeKind::ForSet { .. }
        | NodeKind::ForRange { .. } => Level::Atom,
    }
}

/// The level of a node in printed mathematics, where binders have no brackets of their own: ∀ and ∃ reach as far to
/// the right as possible, Σ, Π, max and min over a product.
pub(crate) fn mathematical_level(kind: &NodeKind) -> Level {
    match kind {
        NodeKind::ForSet { .. } => Level::Open,
        NodeKind::ForRange {
            operator: RangeOperator::Every | RangeOperator::Some,
            ..
        } => Level::Open,
        NodeKind::ForRange { .. } => Level::Sum,
        _ => level(kind),
    }
}
