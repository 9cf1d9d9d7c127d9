//! Empirical risk minimization in the class itself.

use kernel::certificate::game::Rules;
use relu_core::constructions::{bump_network, full_network};
use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::super::exact::rational;
use super::super::function::{Continuous, Output};
use super::super::learner::{Forfeit, Learner, Oracle};
use super::super::random::Random;
use super::MOST_POINTS;
use super::nearest::sample;
use super::shape::Shape;
use crate::shadow::shade_of;

/// Products that a run may compute, about.
const WORK: usize = 200_000_000;

/// Most networks with random entries.
const MOST_RANDOM: usize = 1000;

/// Bumps have radii 1/2, 1/4, … down to 2 to the minus this.
const RADII: u32 = 12;

/// The network of the class N(d, L, 3d, c, ∞) that fits best among many, by the sum of squared errors on min(m, 1000) random points.
///
/// It knows the class: candidates are 0, the constants ±c, the networks ±φ with all weights c, ±bumps of twelve radii at the sample where |u| is
/// largest, and networks with random entries in \[−c, c\]. The best one is improved entry by entry, by steps that are halved, and every
/// entry stays in \[−c, c\], so that the answer is in the class, up to the rounding of c to a float. It is made for d = 1; with more inputs it
/// tries fewer candidates.
pub struct NetErm;

impl Learner for NetErm {
    fn name(&self) -> &str {
        "net-erm"
    }

    fn run(&self, oracle: &mut dyn Oracle, seed: u64) -> Result<Option<Output>, Forfeit> {
        let number = oracle.budget().min(MOST_POINTS);
        let samples = sample(oracle, number, seed)?;
        let mut search = Search::new(oracle.rules(), &samples);
        search.known(oracle.rules());
        search.random(&mut Random::new(!seed));
        search.improve();
        let (shape, best) = (search.shape, search.best);
        Ok(Some(Box::new(Continuous(move |x: &[f64]| {
            shape.value(&best, x)
        }))))
    }
}

struct Search<'a> {
    shape: Shape,
    samples: &'a [(Vec<f64>, f64)],
    bound: f64,
    best: Vec<f64>,
    error: f64,
    /// How many networks may still be evaluated on all samples.
    left: usize,
}

impl<'a> Search<'a> {
    /// Starts with 0.
    fn new(rules: &Rules, samples: &'a [(Vec<f64>, f64)]) -> Self {
        let mut widths = vec![rules.width(); rules.depth + 1];
        widths[0] = rules.dimension;
        widths[rules.depth] = 1;
        let shape = Shape(widths);
        let parameters = shape.parameters();
        Self {
            left: (WORK / parameters / samples.len().max(1)).max(10),
            best: vec![0.0; parameters],
            error: samples.iter().map(|(_, value)| value * value).sum(),
            bound: shade_of(&rules.bound),
            shape,
            samples,
        }
    }

    /// Keeps the network if it is better.
    fn offer(&mut self, parameters: &[f64]) -> bool {
        if self.error == 0.0 || self.left == 0 {
            return false;
        }
        self.left -= 1;
        let mut error = 0.0;
        for (x, value) in self.samples {
            let difference = self.shape.value(parameters, x) - value;
            error += difference * difference;
            if error >= self.error {
                return false;
            }
        }
        self.error = error;
        self.best.copy_from_slice(parameters);
        true
    }

    fn offer_both_signs(&mut self, mut parameters: Vec<f64>) {
        self.offer(&parameters);
        // The last layer alone is negated.
        let last = self.shape.0[self.shape.0.len() - 2] + 1;
        let start = parameters.len() - last;
        for parameter in &mut parameters[start..] {
            *parameter = -*parameter;
        }
        self.offer(&parameters);
    }

    /// The networks that the class is known for.
    fn known(&mut self, rules: &Rules) {
        if self.error == 0.0 {
            return;
        }
        let mut constant = vec![0.0; self.best.len()];
        constant[self.best.len() - 1] = self.bound;
        self.offer_both_signs(constant);
        let (d, depth, width, c) = (rules.dimension, rules.depth, rules.width(), &rules.bound);
        let mut networks: Vec<Network> = full_network(d, depth, width, c).into_iter().collect();
        let peak = self
            .samples
            .iter()
            .max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()))
            .and_then(|(x, _)| x.iter().map(|x| rational(*x)).collect::<Option<Vec<_>>>());
        if let Some(peak) = peak {
            for j in 1..=RADII {
                let steepness = Rational::from(2).pow(j);
                // Too close to the boundary for this radius, it is none.
                networks.extend(bump_network(depth, width, c, &steepness, &peak));
            }
        }
        for network in networks {
            self.offer_both_signs(floats(&network));
        }
    }

    fn random(&mut self, random: &mut Random) {
        for _ in 0..MOST_RANDOM.min(self.left / 2) {
            let entries = (0..self.best.len()).map(|_| self.bound * (2.0 * random.unit() - 1.0));
            let entries: Vec<f64> = entries.collect();
            self.offer(&entries);
        }
    }

    /// Moves one entry at a time, within the class.
    fn improve(&mut self) {
        let mut step = self.bound / 2.0;
        while self.left > 0 && self.error > 0.0 && step > self.bound * 1e-6 {
            let mut better = false;
            for i in 0..self.best.len() {
                for by in [step, -step] {
                    let mut moved = self.best.clone();
                    moved[i] = (moved[i] + by).clamp(-self.bound, self.bound);
                    better |= moved[i] != self.best[i] && self.offer(&moved);
                }
            }
            if !better {
                step /= 2.0;
            }
        }
    }
}

/// The parameters in the order of [`Shape`].
fn floats(network: &Network) -> Vec<f64> {
    let mut parameters = Vec::new();
    for layer in network.layers() {
        for i in 0..layer.rows() {
            let start = parameters.len();
            parameters.resize(start + layer.cols(), 0.0);
            for (j, weight) in layer.entries(i) {
                parameters[start + j] = shade_of(weight);
            }
            parameters.push(shade_of(layer.bias(i)));
        }
    }
    parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(samples: u64) -> Rules {
        Rules {
            dimension: 1,
            depth: 3,
            bound: Rational::one(),
            samples,
        }
    }

    /// The largest error on the samples after all searching, and the largest entry.
    fn fitted(u: impl Fn(f64) -> f64) -> (f64, f64) {
        let samples: Vec<(Vec<f64>, f64)> = (0..200)
            .map(|i| f64::from(i) / 199.0)
            .map(|x| (vec![x], u(x)))
            .collect();
        let mut search = Search::new(&rules(200), &samples);
        search.known(&rules(200));
        search.random(&mut Random::new(1));
        search.improve();
        let errors = samples
            .iter()
            .map(|(x, value)| (search.shape.value(&search.best, x) - value).abs());
        let largest = errors.fold(0.0, f64::max);
        (largest, search.best.iter().fold(0.0, |a, b| a.max(b.abs())))
    }

    #[test]
    fn members_of_the_class_are_fitted_within_the_class() {
        let bump = |x: f64| (1.0 - 8.0 * (x - 0.4).abs()).max(0.0) * 3.0 / 8.0;
        let full = |x: f64| -9.0 * x;
        let line = |x: f64| 2.0 * x - 0.5;
        for (number, (error, entry)) in [fitted(bump), fitted(full), fitted(line)]
            .into_iter()
            .enumerate()
        {
            assert!(error < 0.1 && entry <= 1.0, "{number}: {error} {entry}");
        }
    }

    #[test]
    fn nothing_outside_the_class_is_answered() {
        // Slope 20 is more than the class has: 9.
        let (error, entry) = fitted(|x| 20.0 * x);
        assert!(error > 1.0 && entry <= 1.0, "{error} {entry}");
    }
}
