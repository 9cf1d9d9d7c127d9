//! What an expression means in logarithms.

use std::collections::BTreeSet;

use claim_language::expr::BinaryOp;
use relu_core::number::rational::Rational;

use super::form::{Form, Sum};
use super::laurent::Laurent;

/// The meaning of a node.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    Number(Number),
    /// 1/q of an exponent q.
    Exponent(Laurent),
    Truth(Truth),
    /// Why it has none here.
    Unsupported(String),
}

/// A conjunction of comparisons.
#[derive(Clone, Debug, Default)]
pub(super) struct Truth {
    pub all: Vec<Comparison>,
    /// What of the conjunction has no meaning here.
    pub missing: Option<String>,
}

/// A number in two readings, each where it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub sum: Option<Sum>,
    pub laurent: Option<Laurent>,
    pub integer: bool,
    /// The sums whose logarithm was taken on the way: `sum` is right where they are positive.
    pub positive: BTreeSet<Sum>,
}

/// `left ∘ right`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    pub left: Number,
    pub relation: BinaryOp,
    pub right: Number,
}

impl Number {
    pub fn constant(value: Rational) -> Self {
        Self {
            integer: value.is_integer(),
            sum: Some(Sum::number(value.clone())),
            laurent: Some(Laurent::constant(value)),
            positive: BTreeSet::new(),
        }
    }

    /// The sums that have to be positive for its logarithm to be right.
    pub fn sums(&self) -> BTreeSet<Sum> {
        let own = self.sum.iter().filter(|sum| sum.has_several_terms());
        own.chain(&self.positive).cloned().collect()
    }

    /// ln of it, if it is positive as far as its shape shows.
    pub fn logarithm(&self) -> Option<Form> {
        let (positive, form) = self.sum.as_ref()?.logarithm()?;
        positive.then_some(form)
    }

    /// exp of a form made from this number.
    pub fn exp(&self, form: &Form, integer: bool) -> Self {
        Self {
            sum: Some(Sum::exp(form)),
            laurent: None,
            integer,
            positive: self.sums(),
        }
    }
}

impl Truth {
    /// One comparison.
    pub fn of(left: Number, relation: BinaryOp, right: Number) -> Self {
        let comparison = Comparison {
            left,
            relation,
            right,
        };
        Self {
            all: vec![comparison],
            missing: None,
        }
    }
}

impl Comparison {
    /// The opposite; `None` for that of an equation, which is two cases.
    pub fn negated(&self) -> Option<Self> {
        let relation = match self.relation {
            BinaryOp::Lt => BinaryOp::Ge,
            BinaryOp::Le => BinaryOp::Gt,
            BinaryOp::Gt => BinaryOp::Le,
            BinaryOp::Ge => BinaryOp::Lt,
            _ => return None,
        };
        Some(Self {
            relation,
            ..self.clone()
        })
    }
}
