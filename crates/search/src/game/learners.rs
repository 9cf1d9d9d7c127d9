//! Learners that come with the program. They may use floats: what they do well does not matter, only what they ask.

mod adaptive;
mod cheating;
mod least_squares;
mod nearest;
mod net_erm;
mod piecewise;
mod random_budget;
mod shape;
mod trained;
mod zero;

pub use adaptive::Adaptive;
pub use cheating::Cheating;
pub use least_squares::{Kernel, LocalLinear};
pub use nearest::NearestNeighbour;
pub use net_erm::NetErm;
pub use piecewise::{Multilinear, PiecewiseConstant};
pub use random_budget::RandomBudget;
pub use trained::Trained;
pub use zero::Zero;

use std::sync::Arc;

use super::learner::Learner;

/// A learner without settings, by its name.
type Maker = fn() -> Arc<dyn Learner>;

/// Name, what it does, and how to make one; sorted.
const SHIPPED: [(&str, &str, Maker); 11] = [
    (
        "adaptive",
        "halves the box with the largest volume times value, constant on boxes",
        || Arc::new(Adaptive),
    ),
    (
        "cheating",
        "keeps a counter between runs, which is forbidden",
        || Arc::new(Cheating::default()),
    ),
    (
        "kernel",
        "ridge regression with a Gaussian kernel on at most 1000 random points",
        || Arc::new(Kernel),
    ),
    (
        "local-linear",
        "local linear least squares on random points",
        || Arc::new(LocalLinear),
    ),
    (
        "multilinear",
        "multilinear interpolation on a grid with the corners",
        || Arc::new(Multilinear),
    ),
    (
        "nearest",
        "the value at the nearest of m random points",
        || Arc::new(NearestNeighbour),
    ),
    (
        "net-erm",
        "the network of the class with the least error on at most 1000 random points, of many",
        || Arc::new(NetErm),
    ),
    (
        "piecewise",
        "constant on the cells of a grid, with the value at their centres",
        || Arc::new(PiecewiseConstant),
    ),
    (
        "random-budget",
        "nothing for even seeds, 2m random points for odd ones",
        || Arc::new(RandomBudget),
    ),
    (
        "trained",
        "a small network, trained on at most 1000 random points",
        || Arc::new(Trained),
    ),
    ("zero", "asks nothing and answers 0", || Arc::new(Zero)),
];

/// Most points of the learners that work long on each.
const MOST_POINTS: u64 = 1000;

/// The learner with this name.
pub fn shipped(name: &str) -> Option<Arc<dyn Learner>> {
    let entry = SHIPPED.iter().find(|(known, ..)| *known == name)?;
    Some(entry.2())
}

/// The names with what they do.
pub fn descriptions() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHIPPED.iter().map(|(name, what, _)| (*name, *what))
}

/// The largest k with kᵈ ≤ m, at least 1; d ≥ 1.
pub fn per_axis(samples: u64, dimension: usize) -> u64 {
    let fits = |k: u64| {
        let power = u32::try_from(dimension).ok().and_then(|d| k.checked_pow(d));
        power.is_some_and(|power| power <= samples)
    };
    let (mut low, mut high) = (1, samples.max(1) + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// ‖x − y‖₂².
fn distance(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).sum()
}
