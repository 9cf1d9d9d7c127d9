//! A learner that breaks the rules, to see that it is caught.

use std::sync::atomic::{AtomicU64, Ordering};

use super::super::function::{Continuous, Output};
use super::super::learner::{Forfeit, Learner, Oracle};
use super::super::random::Random;

/// Counts its runs: random points in the first, others in the next, in the hope to find the bump that was put where it had not looked. It also looks at the sign
/// of the zeros, in vain.
#[derive(Default)]
pub struct Cheating {
    runs: AtomicU64,
}

impl Learner for Cheating {
    fn name(&self) -> &str {
        "cheating"
    }

    fn run(&self, oracle: &mut dyn Oracle, seed: u64) -> Result<Option<Output>, Forfeit> {
        let before = self.runs.fetch_add(1, Ordering::SeqCst);
        let mut random = Random::new(seed.wrapping_add(before));
        let mut answer = 0.0_f64;
        for _ in 0..oracle.budget() {
            let value = oracle.query(&random.point(oracle.dim()))?;
            if value != 0.0 || value.is_sign_negative() {
                answer = value;
            }
        }
        Ok(Some(Box::new(Continuous(move |_: &[f64]| answer))))
    }
}
