//! Witness files: the values that refute a claim, as reviewable text.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use theorems::assignment::Assignment;

use crate::check::{Constructions, Refutation, Rejection, check_candidate};
use theorems::statement::Statement;

/// The values of an assignment in one line.
pub fn summary(assignment: &Assignment) -> String {
    assignment
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The format number of witness files.
pub const FORMAT: u32 = 1;

/// A witness as stored: sorted keys, no times, no seeds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessFile {
    /// The format number.
    pub format: u32,
    /// The claim it is about, `claim/mutant` for a mutated statement.
    pub claim: String,
    /// The hash of the statement it was found for, `sha256:…`.
    pub statement: String,
    /// What it is: `refutation`.
    pub kind: String,
    /// The conclusion that fails.
    pub conclusion: String,
    /// The values of the variables.
    pub assign: Assignment,
    /// The two sides of the comparison, `lhs` and `rhs`, where the conclusion is one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// Why a witness file is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not a witness file.
    Unreadable(String),
    /// Made for another statement: stale.
    Stale {
        /// The hash of the statement now.
        expected: String,
        /// The hash in the file.
        got: String,
    },
    /// It does not refute the statement.
    Rejected(Rejection),
    /// It refutes the statement, but a stored value is not the value.
    WrongValue {
        /// `lhs` or `rhs`.
        side: String,
        /// The value found.
        expected: String,
        /// The value stored.
        got: String,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => write!(f, "not a witness file: {reason}"),
            Self::Stale { expected, got } => {
                write!(
                    f,
                    "STALE: made for statement {got}, the statement is now {expected}; run the claim again"
                )
            }
            Self::Rejected(rejection) => rejection.fmt(f),
            Self::WrongValue {
                side,
                expected,
                got,
            } => {
                write!(f, "{side} evaluates to {expected}, the file says {got}")
            }
        }
    }
}

impl WitnessFile {
    /// The file of a refutation.
    pub fn of(claim: &str, statement_sha256: &str, refutation: &Refutation) -> Self {
        let values = refutation.sides.iter().flat_map(|(lhs, rhs)| {
            [
                ("lhs".to_owned(), lhs.clone()),
                ("rhs".to_owned(), rhs.clone()),
            ]
        });
        Self {
            format: FORMAT,
            claim: claim.to_owned(),
            statement: format!("sha256:{statement_sha256}"),
            kind: "refutation".to_owned(),
            conclusion: refutation.conclusion.clone(),
            assign: refutation.assignment.clone(),
            values: values.collect(),
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        toml::to_string(self).expect("strings and maps of strings are TOML")
    }

    /// Reads the text of a file.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let file: Self =
            toml::from_str(text).map_err(|error| Refused::Unreadable(error.to_string()))?;
        if file.format != FORMAT {
            return Err(Refused::Unreadable(format!(
                "format {FORMAT} expected, got {}",
                file.format
            )));
        }
        if file.kind != "refutation" {
            return Err(Refused::Unreadable(format!(
                "kind `refutation` expected, got `{}`",
                file.kind
            )));
        }
        Ok(file)
    }

    /// Re-evaluates everything: the hash, the values, the violation, and the two sides.
    pub fn replay(
        &self,
        statement: &Statement,
        statement_sha256: &str,
        constructions: Constructions,
    ) -> Result<Refutation, Refused> {
        let expected = format!("sha256:{statement_sha256}");
        if self.statement != expected {
            return Err(Refused::Stale {
                expected,
                got: self.statement.clone(),
            });
        }
        let refutation = check_candidate(statement, &self.conclusion, &self.assign, constructions)
            .map_err(Refused::Rejected)?;
        let found = Self::of(&self.claim, statement_sha256, &refutation);
        for (side, expected) in &found.values {
            let got = self
                .values
                .get(side)
                .cloned()
                .unwrap_or_else(|| "nothing".to_owned());
            if got != *expected {
                return Err(Refused::WrongValue {
                    side: side.clone(),
                    expected: expected.clone(),
                    got,
                });
            }
        }
        if let Some((side, got)) = self
            .values
            .iter()
            .find(|(side, _)| !found.values.contains_key(*side))
        {
            return Err(Refused::WrongValue {
                side: side.clone(),
                expected: "nothing".to_owned(),
                got: got.clone(),
            });
        }
        Ok(refutation)
    }
}
