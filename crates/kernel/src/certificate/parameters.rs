//! Statements about numbers on whole boxes of parameters: split trees.
//!
//! # Definition
//! A conclusion is turned into cases by [`theorems::logspace`], from the tree of the statement itself. For every case there is a binary tree that cuts the
//! box of its unknowns; on every leaf all goals of the case hold, as enclosures show. So every point of the box lies in a leaf: a cut at t keeps x ≤ t on one side and x ≥ t,
//! or x ≥ t + 1 for an integer, on the other.
//!
//! The certificate names the range of every variable that it covers. A variable that cancels, or that a condition was solved for, needs no range: nothing that has to be
//! shown depends on it.
//!
//! # Exactness
//! The cases are made again here, and every leaf is enclosed again, in rational arithmetic rounded outwards.

use claim_language::file::Claim;
use relu_core::number::rational::Rational;
use theorems::logspace::{Case, Problem, Region, Role, Shortfall, Span, problem, shortfall};

mod rows;
mod stored;
mod text;

pub(crate) use rows::Row;
pub use stored::{About, Stored};

/// The number of the certificate format that is written, and the only one that is read.
pub const FORMAT: u64 = 1;

/// Largest number of steps that are read.
const MOST_STEPS: usize = 1_000_000;

/// A box of parameters with a split tree for every case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The range of every number the statement quantifies over, in order; that of 1/q for an exponent q.
    pub ranges: Vec<Span>,
    /// One tree per case, nodes before what is below them, left before right.
    pub trees: Vec<Vec<Step>>,
}

/// A node of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The unknown of this number is at most the rational on the left, and at least it (or the next integer) on the right.
    Split(usize, Rational),
    /// All goals hold.
    Leaf,
}

/// A conclusion that holds on a box of its parameters; made by [`Certificate::check`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    rows: Vec<Row>,
    leaves: u64,
    green: bool,
}

/// Why a certificate proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not a certificate file.
    Unreadable(String),
    /// The conclusion has no meaning in logarithms.
    Meaningless(String),
    /// The number of ranges or trees is not that of the statement.
    Shape(String),
    /// A range goes beyond the statement.
    Range(String),
    /// A tree ends early, goes on after its end, or cuts what it does not have.
    Tree(usize),
    /// A leaf of this case is not certified.
    Leaf(usize, String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(what) => write!(f, "no certificate: {what}"),
            Self::Meaningless(what) => {
                write!(f, "the conclusion cannot be decided on boxes: {what}")
            }
            Self::Shape(what) => write!(f, "expected {what}"),
            Self::Range(name) => write!(f, "the range of `{name}` goes beyond the statement"),
            Self::Tree(case) => write!(f, "the tree of case {case} is no tree"),
            Self::Leaf(case, region) => {
                write!(f, "a leaf of case {case} is not certified: {region}")
            }
        }
    }
}

impl Certificate {
    /// Whether it proves the conclusion on its box.
    pub fn check(&self, claim: &Claim, conclusion: usize) -> Result<Closed, Refused> {
        let problem = problem(claim, conclusion).map_err(Refused::Meaningless)?;
        if self.ranges.len() != problem.variables.len() {
            return Err(Refused::Shape(format!(
                "{} ranges",
                problem.variables.len()
            )));
        }
        if self.trees.len() != problem.cases.len() {
            return Err(Refused::Shape(format!("{} trees", problem.cases.len())));
        }
        for (range, variable) in self.ranges.iter().zip(&problem.variables) {
            if range.is_empty() || !variable.range.contains(range) {
                return Err(Refused::Range(variable.name.clone()));
            }
        }
        let mut leaves = 0;
        for (number, (tree, case)) in self.trees.iter().zip(&problem.cases).enumerate() {
            leaves += walk(number, tree, case, root(case, &self.ranges))?;
        }
        let (rows, green) = rows::rows(claim, conclusion, &problem, &self.ranges);
        Ok(Closed {
            rows,
            leaves,
            green,
        })
    }

    /// The text of the certificate file.
    pub fn text(&self) -> String {
        text::write(self)
    }

    /// Reads a certificate file.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        text::read(text).map_err(Refused::Unreadable)
    }
}

/// The box of a case: the ranges of the certificate for the variables of the statement, narrowed by the condition of the case.
pub fn root(case: &Case, ranges: &[Span]) -> Region {
    let ranges = ranges
        .iter()
        .cloned()
        .map(Some)
        .chain(std::iter::repeat(None));
    case.unknowns
        .iter()
        .zip(ranges)
        .map(|(unknown, range)| match range {
            Some(range) => unknown.range.meet(&range),
            None => unknown.range.clone(),
        })
        .collect()
}

/// The two parts of a region; `None` for a cut of an integer that is no integer.
pub fn cut(case: &Case, region: &Region, unknown: usize, at: &Rational) -> Option<[Region; 2]> {
    let integer = case.unknowns.get(unknown)?.integer;
    if integer && !at.is_integer() {
        return None;
    }
    let next = match integer {
        true => at + &Rational::one(),
        false => at.clone(),
    };
    let below = Span {
        lower: None,
        upper: Some(at.clone()),
    };
    let part = |range: Span| {
        let mut part = region.clone();
        part[unknown] = part[unknown].meet(&range);
        part
    };
    Some([part(below), part(Span::from(next))])
}

/// Follows a tree; the number of its leaves.
fn walk(number: usize, tree: &[Step], case: &Case, root: Region) -> Result<u64, Refused> {
    let mut open = vec![root];
    let mut leaves = 0;
    for step in tree {
        let region = open.pop().ok_or(Refused::Tree(number))?;
        match step {
            Step::Split(unknown, at) => {
                let [left, right] =
                    cut(case, &region, *unknown, at).ok_or(Refused::Tree(number))?;
                open.extend([right, left]);
            }
            Step::Leaf => {
                leaves += 1;
                let empty = region.iter().any(Span::is_empty);
                if !empty && shortfall(case, &region) != Shortfall::Certified {
                    return Err(Refused::Leaf(number, rows::words(case, &region)));
                }
            }
        }
    }
    match open.is_empty() {
        true => Ok(leaves),
        false => Err(Refused::Tree(number)),
    }
}

impl Closed {
    /// The variables kept to a range narrower than the statement's, with the range: `s from 1 to 20`.
    pub fn narrowed(&self) -> impl Iterator<Item = String> {
        let narrower = self.rows.iter().filter(|row| row.narrower);
        narrower.map(|row| format!("{} {}", row.variable, row.detail))
    }

    /// The number of boxes that cover the parameters.
    pub fn leaves(&self) -> u64 {
        self.leaves
    }

    /// Whether no range is narrower than that of the statement.
    pub fn is_green(&self) -> bool {
        self.green
    }

    /// One row per variable.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }
}
