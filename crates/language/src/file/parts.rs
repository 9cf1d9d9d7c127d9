//! The parts of a statement: definitions, variables, hypotheses, conclusions, and what a run must cover.

use std::fmt;
use std::ops::Range;

use super::words::Needed;
use super::{Binder, Domain};
use crate::expr::Typed;

/// An explicit constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// The name in expressions.
    pub name: String,
    /// A closed expression over earlier constants.
    pub value: Typed,
    /// Where it is printed.
    pub locator: Option<String>,
    /// The place of the value.
    pub span: Range<usize>,
}

/// An abbreviation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Let {
    /// The name in expressions.
    pub name: String,
    /// The expression over variables, constants and earlier abbreviations.
    pub value: Typed,
    /// The place of the value.
    pub span: Range<usize>,
}

/// A bound variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantifier {
    /// For all, for almost all, or there is.
    pub binder: Binder,
    /// The variable, without a leading `_`.
    pub name: String,
    /// What it ranges over.
    pub domain: Domain,
    /// The least value, part of the statement.
    pub min: Option<Typed>,
    /// The largest value, part of the statement.
    pub max: Option<Typed>,
    /// The condition `where`, part of the statement.
    pub filter: Option<Typed>,
    /// Whether it is decided as a symbol instead of at values.
    pub symbolic: bool,
    /// The value of a `some` variable in terms of earlier ones.
    pub by: Option<Typed>,
    /// The finite choice, part of the statement; `None`: the whole domain.
    pub among: Option<Vec<Typed>>,
    /// Generator families; empty: the default of the domain.
    pub from: Vec<FamilyCall>,
    /// Where values are looked for; never part of the statement.
    pub search: Option<SearchRange>,
    /// Whether the name began with `_`: the source quantifies over it and never uses it.
    pub unused: bool,
    /// The place of binder and name.
    pub span: Range<usize>,
}

/// A generator family applied to arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyCall {
    /// The family.
    pub name: String,
    /// Its arguments, over earlier variables.
    pub arguments: Vec<Typed>,
}

/// Where a search looks for the values of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchRange {
    /// `"a..=b"`: the integers from a to b.
    Range(i64, i64),
    /// `"[e, …]"`: these values.
    Values(Vec<Typed>),
    /// `"interval"`: the whole interval from `min` to `max`, subdivided.
    Interval,
}

/// A named hypothesis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hypothesis {
    /// Its name.
    pub name: String,
    /// The condition.
    pub expr: Typed,
    /// Whether it is needed; `unknown` unless stated.
    pub needed: Needed,
    /// Why.
    pub why: Option<String>,
    /// The place of the condition.
    pub span: Range<usize>,
}

/// A named conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// Its name; `main` by convention if there is one only.
    pub name: String,
    /// What is asserted.
    pub expr: Typed,
    /// Quantifiers after those of the statement.
    pub quantify: Vec<Quantifier>,
    /// Which deciders to prefer, as written.
    pub decide: Option<String>,
    /// Random draws of this conclusion; `None`: those of the claim.
    pub draws: Option<u64>,
    /// The place of the expression.
    pub span: Range<usize>,
}

/// Budgets; `None`: the profile's default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Random draws per sampled conclusion.
    pub draws: Option<u64>,
    /// Named instances.
    pub named: Option<u64>,
    /// What adversarial search climbs.
    pub objective: Option<Typed>,
    /// Units of work.
    pub fuel: Option<u64>,
}

/// A demand on the instances met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// What it asks for, in words.
    pub name: String,
    /// The instances that count.
    pub when: Typed,
    /// How many are needed.
    pub at_least: Share,
    /// The place of the condition.
    pub span: Range<usize>,
}

/// A share of the instances or a number of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// `numerator / denominator` of all instances, in (0, 1].
    Part {
        /// ≥ 1.
        numerator: u64,
        /// ≥ numerator.
        denominator: u64,
    },
    /// This many instances, ≥ 1.
    Count(u64),
}

impl Share {
    /// Whether `hits` of `all` instances are enough; never true of no instances.
    pub fn met(self, hits: u64, all: u64) -> bool {
        match self {
            Share::Part {
                numerator,
                denominator,
            } => {
                all > 0
                    && u128::from(hits) * u128::from(denominator)
                        >= u128::from(numerator) * u128::from(all)
            }
            Share::Count(count) => hits >= count,
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Share::Part {
                numerator,
                denominator,
            } => write!(f, "{numerator}/{denominator}"),
            Share::Count(count) => write!(f, "{count}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_compared_exactly() {
        let half = Share::Part {
            numerator: 1,
            denominator: 2,
        };
        assert!(half.met(1, 2) && half.met(2, 3));
        assert!(!half.met(1, 3) && !half.met(0, 1));
        assert!(!half.met(0, 0), "no instances cover nothing");
        assert!(half.met(u64::MAX, u64::MAX), "no overflow");
        assert!(Share::Count(2).met(2, 9) && !Share::Count(2).met(1, 9));
    }
}
