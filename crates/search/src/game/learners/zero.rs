//! 0, without a question.

use super::super::function::{Continuous, Output};
use super::super::learner::{Forfeit, Learner, Oracle};

/// Asks nothing. With a budget of 0 it would be right on u = 0, and the bound of the theorem would be false: the game needs m ≥ 1.
pub struct Zero;

impl Learner for Zero {
    fn name(&self) -> &str {
        "zero"
    }

    fn run(&self, _: &mut dyn Oracle, _: u64) -> Result<Option<Output>, Forfeit> {
        Ok(Some(Box::new(Continuous(|_: &[f64]| 0.0))))
    }
}
