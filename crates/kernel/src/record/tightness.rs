//! How far the explicit constants of a claim can be moved before it is no longer certified, and before it is false.
//!
//! # Definition
//! The grid consists of the numbers 2^(k/8), k an integer. For a constant and a direction, the record holds the grid point furthest from the constant that
//! was certified, the nearest that was refuted by a witness, and, next to each, a point that was tried in vain. What lies between is undecided.
//!
//! # Exactness
//! A point is certified by certificates that the kernel checked, and refuted by a witness that it replayed. Points are found by bisection, so nothing is said about a point
//! that is not named.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::record::Values;

/// The number 2^(k/8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grid(pub i64);

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            whole if whole % 8 == 0 => write!(f, "2^{}", parenthesised(whole / 8)),
            eighths => write!(f, "2^({eighths}/8)"),
        }
    }
}

fn parenthesised(exponent: i64) -> String {
    match exponent {
        negative if negative < 0 => format!("({negative})"),
        exponent => exponent.to_string(),
    }
}

/// A grid point at which the claim is false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefutedAt {
    /// The point.
    pub at: Grid,
    /// The values of the witness in one line.
    pub witness: String,
    /// The two sides of the comparison that fails.
    #[serde(default)]
    pub values: Option<Values>,
}

/// One direction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The furthest point that is certified.
    pub certified: Option<Grid>,
    /// The point after it, which could not be certified; `None` where the search ended before.
    pub not_certified: Option<Grid>,
    /// The nearest point that is refuted; `None` if none was found.
    pub refuted: Option<RefutedAt>,
    /// The point before it, or the last one tried, at which no witness was found; `None` if there is none that is not certified.
    pub not_refuted: Option<Grid>,
}

impl Moved {
    /// The undecided points nearest to the constant and furthest from it.
    pub fn undecided(&self) -> Option<(Grid, Grid)> {
        self.not_certified.zip(self.not_refuted)
    }
}

/// What is known about one constant of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TightnessRecord {
    /// The claim.
    pub claim: String,
    /// The hash of its statement.
    pub statement_sha256: String,
    /// The constant.
    pub constant: String,
    /// Its value as it is written.
    pub value: String,
    /// Where it is printed.
    #[serde(default)]
    pub locator: Option<String>,
    /// Whether the claim itself is certified on boxes of its parameters.
    pub certified: bool,
    /// The variables that all certificates keep to a range narrower than the statement's, with the range.
    #[serde(default)]
    pub narrowed: BTreeSet<String>,
    /// The argument in words that a certificate is worth nothing without.
    #[serde(default)]
    pub argument: Option<String>,
    /// The variables that are constructed: a witness refutes these constructions, not every other one.
    #[serde(default)]
    pub constructions: Vec<String>,
    /// Smaller constants.
    pub smaller: Moved,
    /// Larger constants.
    pub larger: Moved,
}

/// What one search of constants found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TightnessRun {
    /// The format, [`crate::record::FORMAT`].
    pub format: u32,
    /// The profile of budgets: quick, default or deep.
    pub profile: String,
    /// The root seed of every draw.
    pub seed: u64,
    /// Whether the run was interrupted; then the claims that are missing were not finished.
    #[serde(default)]
    pub interrupted: bool,
    /// One record per constant.
    pub constants: Vec<TightnessRecord>,
}
