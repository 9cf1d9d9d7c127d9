//! The nearest of random points.

use super::super::function::{Function, Output};
use super::super::learner::{Forfeit, Learner, Oracle};
use super::super::random::Random;
use super::distance;

/// The value at the nearest of m random points.
pub struct NearestNeighbour;

impl Learner for NearestNeighbour {
    fn name(&self) -> &str {
        "nearest"
    }

    fn run(&self, oracle: &mut dyn Oracle, seed: u64) -> Result<Option<Output>, Forfeit> {
        let number = oracle.budget();
        let samples = sample(oracle, number, seed)?;
        Ok(Some(Box::new(Nearest(samples))))
    }
}

/// The value at the nearest of these points.
struct Nearest(Vec<(Vec<f64>, f64)>);

impl Function for Nearest {
    fn value(&self, x: &[f64]) -> f64 {
        let nearest = self
            .0
            .iter()
            .min_by(|(a, _), (b, _)| distance(a, x).total_cmp(&distance(b, x)));
        nearest.map_or(0.0, |(_, value)| *value)
    }

    /// All points that are about the nearest have one value.
    fn is_continuous_at(&self, x: &[f64]) -> bool {
        let least = self.0.iter().map(|(y, _)| distance(x, y));
        let least = least.fold(f64::INFINITY, f64::min);
        // Far more than the distances are rounded by.
        let about = least * (1.0 + 1e-9) + f64::MIN_POSITIVE;
        let mut near = self.0.iter().filter(|(y, _)| distance(x, y) <= about);
        let first = near.next().map(|(_, value)| *value);
        near.all(|(_, value)| Some(*value) == first)
    }
}

/// Random points of the cube with their values.
pub(super) fn sample(
    oracle: &mut dyn Oracle,
    number: u64,
    seed: u64,
) -> Result<Vec<(Vec<f64>, f64)>, Forfeit> {
    let mut random = Random::new(seed);
    let dimension = oracle.dim();
    (0..number)
        .map(|_| {
            let x = random.point(dimension);
            let value = oracle.query(&x)?;
            Ok((x, value))
        })
        .collect()
}
