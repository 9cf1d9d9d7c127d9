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
    /// What has to hold for the conditions to be defined by which this one was chosen.
    pub needs: BTreeSet<Need>,
}

/// What has to hold for an expression to be defined, or for a reading of it to be right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// The sum is above 0.
    Positive(Sum),
    /// The condition of the rounding with this number holds.
    Rounding(usize),
    /// The polynomial is not 0.
    NonZero(Laurent),
}

/// A number in two readings, each where it exists.
///
/// Where the number is defined, the polynomial is right. The sum is right where in addition everything in `assumed` holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub sum: Option<Sum>,
    pub laurent: Option<Laurent>,
    pub integer: bool,
    /// What makes it, and all conditions on the way to it, defined.
    pub needs: BTreeSet<Need>,
    /// What makes `sum` right.
    pub assumed: BTreeSet<Need>,
}

/// `left ∘ right`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    pub left: Number,
    pub relation: BinaryOp,
    pub right: Number,
}

impl Meaning {
    /// The same, defined where moreover these conditions are.
    pub fn under(self, conditions: BTreeSet<Need>) -> Self {
        match self {
            Self::Number(mut number) => {
                number.needs.extend(conditions);
                Self::Number(number)
            }
            Self::Truth(mut truth) => {
                truth.needs.extend(conditions);
                Self::Truth(truth)
            }
            Self::Exponent(_) if !conditions.is_empty() => {
                Self::Unsupported("an exponent chosen by a condition".to_owned())
            }
            other => other,
        }
    }
}

impl Number {
    pub fn constant(value: Rational) -> Self {
        Self {
            integer: value.is_integer(),
            sum: Some(Sum::number(value.clone())),
            laurent: Some(Laurent::constant(value)),
            needs: BTreeSet::new(),
            assumed: BTreeSet::new(),
        }
    }

    /// What makes its logarithm right.
    pub fn positive(&self) -> BTreeSet<Need> {
        let several = self.sum.iter().filter(|sum| sum.has_several_terms());
        let mut needs: BTreeSet<Need> = several.cloned().map(Need::Positive).collect();
        needs.extend(self.assumed.iter().cloned());
        needs
    }

    /// What makes a division by it defined; `None` where nothing is known of it.
    pub fn nonzero(&self) -> Option<BTreeSet<Need>> {
        let has_logarithm = self
            .sum
            .as_ref()
            .is_some_and(|sum| sum.logarithm().is_some());
        match &self.laurent {
            _ if has_logarithm => Some(self.positive()),
            Some(laurent) => Some(BTreeSet::from([Need::NonZero(laurent.clone())])),
            None => None,
        }
    }

    /// Whether equal readings mean equal numbers, wherever both are defined.
    pub fn is_recognisable(&self) -> bool {
        self.laurent.is_some() || self.sum.is_some() && self.positive().is_empty()
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
            needs: self.needs.clone(),
            assumed: self.positive(),
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
            ..Self::default()
        }
    }

    /// What makes it defined, as far as it has a meaning.
    pub fn needs(&self) -> BTreeSet<Need> {
        let of = self.all.iter().flat_map(Comparison::needs);
        of.chain(self.needs.iter().cloned()).collect()
    }
}

impl Comparison {
    /// What makes both sides defined.
    pub fn needs(&self) -> BTreeSet<Need> {
        self.left.needs.union(&self.right.needs).cloned().collect()
    }

    /// What makes the logarithms of both sides right.
    pub fn positive(&self) -> BTreeSet<Need> {
        let (left, right) = (self.left.positive(), self.right.positive());
        left.union(&right).cloned().collect()
    }

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
