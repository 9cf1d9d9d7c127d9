//! What a learner is, what it may ask, and how it can lose without an error being measured.

use std::fmt;

use kernel::certificate::game::Rules;

use super::function::Output;

/// What is known of a function u on \[0,1\]ᵈ: its class, and its values on request.
pub trait Oracle {
    /// The class that u is in, and the budget.
    fn rules(&self) -> &Rules;

    /// u(x), rounded to a float. A learner hands an `Err` on with `?`; going on after one changes nothing.
    fn query(&mut self, x: &[f64]) -> Result<f64, Forfeit>;

    /// d.
    fn dim(&self) -> usize {
        self.rules().dimension
    }

    /// m, the number of queries on average over the seeds.
    fn budget(&self) -> u64 {
        self.rules().samples
    }
}

/// An algorithm that approximates a function on \[0,1\]ᵈ from samples: the entry point for own learners.
///
/// The same seed and the same values must give the same queries and the same output, bit by bit: all randomness comes from the seed, and
/// nothing is kept between runs. A parallel sum whose order may change already breaks this.
///
/// Every run has a thread of its own. One that neither asks nor answers for too long forfeits, and its thread is abandoned: it may go on
/// until the program ends, but nobody listens.
///
/// # Examples
/// ```
/// use search::game::{Continuous, Forfeit, Learner, Oracle, Output};
///
/// /// The value at the centre, everywhere.
/// struct Centre;
///
/// impl Learner for Centre {
///     fn name(&self) -> &str {
///         "centre"
///     }
///
///     fn run(&self, oracle: &mut dyn Oracle, _: u64) -> Result<Option<Output>, Forfeit> {
///         let value = oracle.query(&vec![0.5; oracle.dim()])?;
///         Ok(Some(Box::new(Continuous(move |_: &[f64]| value))))
///     }
/// }
/// ```
pub trait Learner: Send + Sync {
    /// Its name in messages.
    fn name(&self) -> &str;

    /// R: the seeds are R numbers in a row, of equal weight; 1 for a learner without randomness.
    fn seeds(&self) -> u64 {
        1
    }

    /// Asks the oracle and answers with a function; with `None` if that stays with the learner, since the error is bounded without it.
    ///
    /// Errors: [`Forfeit::GaveUp`], or what a query gave.
    fn run(&self, oracle: &mut dyn Oracle, seed: u64) -> Result<Option<Output>, Forfeit>;
}

/// How a learner loses by breaking the rules.
#[derive(Clone, Debug, PartialEq)]
pub enum Forfeit {
    /// A query with another number of coordinates.
    Dimension {
        /// d.
        expected: usize,
        /// What was asked.
        got: usize,
    },
    /// A query that is no point of the cube.
    Outside {
        /// Which coordinate.
        coordinate: usize,
        /// Its value.
        value: f64,
    },
    /// More queries than all runs together may make.
    Budget {
        /// How many were left to this run.
        left: u64,
    },
    /// An output that is no number.
    Output {
        /// Where.
        at: Vec<f64>,
        /// What it is.
        value: f64,
    },
    /// Neither a query nor an answer for too long.
    Late {
        /// How long was waited, in seconds.
        seconds: f64,
    },
    /// The same values, but another run.
    Impure(String),
    /// The learner could not go on.
    GaveUp(String),
}

impl fmt::Display for Forfeit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dimension { expected, got } => {
                write!(f, "query: expected {expected} coordinates, got {got}")
            }
            Self::Outside { coordinate, value } => {
                write!(
                    f,
                    "query: expected coordinate {coordinate} in [0, 1], got {value}"
                )
            }
            Self::Budget { left } => {
                write!(f, "budget: expected at most {left} queries, got one more")
            }
            Self::Output { at, value } => {
                write!(f, "output at {at:?}: expected a number, got {value}")
            }
            Self::Late { seconds } => write!(
                f,
                "expected a query or an answer within {seconds} s, got none"
            ),
            Self::Impure(reason) => write!(f, "impure: {reason}"),
            Self::GaveUp(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Forfeit {}
