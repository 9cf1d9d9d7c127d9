//! A network that is trained.

use super::super::function::{Continuous, Output};
use super::super::learner::{Forfeit, Learner, Oracle};
use super::super::random::Random;
use super::MOST_POINTS;
use super::nearest::sample;
use super::shape::Shape;

/// Neurons of each of the two hidden layers.
const WIDTH: usize = 16;

/// Steps of the training, and points that each looks at.
const STEPS: usize = 1000;
const BATCH: usize = 32;

/// The first step size; it falls to 0 along a line.
const RATE: f64 = 0.01;

/// What is kept of the means of the gradient and of its square.
const KEPT: (f64, f64) = (0.9, 0.999);

/// Two hidden layers of width 16, trained by Adam in mini-batches on min(m, 1000) random points.
///
/// One thread, sums in a fixed order, and no function but the square root, so that equal seeds and values give equal networks on every machine.
pub struct Trained;

impl Learner for Trained {
    fn name(&self) -> &str {
        "trained"
    }

    fn run(&self, oracle: &mut dyn Oracle, seed: u64) -> Result<Option<Output>, Forfeit> {
        let number = oracle.budget().min(MOST_POINTS);
        let mut samples = sample(oracle, number, seed)?;
        let largest = samples.iter().map(|(_, value)| value.abs());
        // The values are scaled to size 1.
        let scale = match largest.fold(0.0, f64::max) {
            0.0 => 1.0,
            largest => largest,
        };
        for (_, value) in &mut samples {
            *value /= scale;
        }
        let shape = Shape(vec![oracle.dim(), WIDTH, WIDTH, 1]);
        let parameters = train(&shape, &samples, &mut Random::new(!seed));
        Ok(Some(Box::new(Continuous(move |x: &[f64]| {
            scale * shape.value(&parameters, x)
        }))))
    }
}

/// Weights up to √(6/inputs) in size, biases 0.
fn start(shape: &Shape, random: &mut Random) -> Vec<f64> {
    let mut parameters = Vec::with_capacity(shape.parameters());
    for (before, here) in shape.layers() {
        let size = (6.0 / before as f64).sqrt();
        for _ in 0..here {
            parameters.extend((0..before).map(|_| size * (2.0 * random.unit() - 1.0)));
            parameters.push(0.0);
        }
    }
    parameters
}

fn train(shape: &Shape, samples: &[(Vec<f64>, f64)], random: &mut Random) -> Vec<f64> {
    let mut parameters = start(shape, random);
    let mut means = vec![(0.0, 0.0); parameters.len()];
    let mut left = (1.0, 1.0);
    let batch = BATCH.min(samples.len());
    for step in 0..STEPS {
        let mut slopes = vec![0.0; parameters.len()];
        for _ in 0..batch {
            let pick = random.below(samples.len() as u64);
            let (x, value) = &samples[usize::try_from(pick).expect("an index")];
            shape.add_gradient(&parameters, x, *value, &mut slopes);
        }
        left = (left.0 * KEPT.0, left.1 * KEPT.1);
        let rate = RATE * (STEPS - step) as f64 / STEPS as f64;
        for ((parameter, slope), mean) in parameters.iter_mut().zip(&slopes).zip(&mut means) {
            let slope = slope / batch as f64;
            mean.0 = KEPT.0 * mean.0 + (1.0 - KEPT.0) * slope;
            mean.1 = KEPT.1 * mean.1 + (1.0 - KEPT.1) * slope * slope;
            let (first, second) = (mean.0 / (1.0 - left.0), mean.1 / (1.0 - left.1));
            *parameter -= rate * first / (second.sqrt() + 1e-8);
        }
    }
    parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kink_is_learnt() {
        let kink = |x: f64| (x - 0.5).abs() * 2.0;
        let samples: Vec<(Vec<f64>, f64)> = (0..100)
            .map(|i| f64::from(i) / 99.0)
            .map(|x| (vec![x], kink(x)))
            .collect();
        let shape = Shape(vec![1, WIDTH, WIDTH, 1]);
        let parameters = train(&shape, &samples, &mut Random::new(3));
        for (x, value) in &samples {
            let error = (shape.value(&parameters, x) - value).abs();
            assert!(error < 0.05, "{x:?}: {error}");
        }
    }
}
