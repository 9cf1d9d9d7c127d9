//! The nearest of random points.

use super::super::learner::{Forfeit, Learner, Oracle, Output};
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
        Ok(Some(Box::new(move |x| {
            let nearest = samples
                .iter()
                .min_by(|(a, _), (b, _)| distance(a, x).total_cmp(&distance(b, x)));
            nearest.map_or(0.0, |(_, value)| *value)
        })))
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
