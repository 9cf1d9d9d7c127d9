//! The one error type of the exact algorithms.

use std::fmt;

use crate::number::poly::Poly;

/// Why an exact algorithm has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// The sign of this polynomial in symbol 0 is needed and it changes inside the current real cell: split the cell at
    /// its roots and evaluate again on the parts.
    Split(Poly),
    /// Infinitesimal mode: the point lies on a genuine kink, or the condition asked for is not an open one.
    NonGeneric,
    /// Not decidable with what is known; the reason names what is missing.
    Unknown(String),
    /// The value does not exist (division by zero, a derivative that does not exist, …), with its reason.
    Undefined(String),
    /// Ill-shaped operands; expected and got are named.
    Shape(String),
    /// A stated cap was exceeded.
    Limit(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Split(poly) => {
                write!(
                    f,
                    "sign of {poly} changes inside the current cell of the symbol"
                )
            }
            Self::NonGeneric => f.write_str("point is not generic"),
            Self::Unknown(reason) => write!(f, "not decidable: {reason}"),
            Self::Undefined(reason) => write!(f, "undefined: {reason}"),
            Self::Shape(reason) => write!(f, "shape mismatch: {reason}"),
            Self::Limit(reason) => write!(f, "limit exceeded: {reason}"),
        }
    }
}

impl std::error::Error for Failure {}
