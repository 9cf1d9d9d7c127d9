//! Learners that come with the program. They may use floats: what they do well does not matter, only what they ask.

mod adaptive;
mod cheating;
mod least_squares;
mod nearest;
mod piecewise;
mod random_budget;
mod zero;

pub use adaptive::Adaptive;
pub use cheating::Cheating;
pub use least_squares::{Kernel, LocalLinear};
pub use nearest::NearestNeighbour;
pub use piecewise::{Multilinear, PiecewiseConstant};
pub use random_budget::RandomBudget;
pub use zero::Zero;

use super::learner::Learner;

/// A learner without settings, by its name.
type Maker = fn() -> Box<dyn Learner>;

/// Name, what it does, and how to make one; sorted.
const SHIPPED: [(&str, &str, Maker); 9] = [
    (
        "adaptive",
        "halves the box with the largest volume times value, constant on boxes",
        || Box::new(Adaptive),
    ),
    (
        "cheating",
        "keeps a counter between runs, which is forbidden",
        || Box::new(Cheating::default()),
    ),
    (
        "kernel",
        "ridge regression with a Gaussian kernel on at most 1000 random points",
        || Box::new(Kernel),
    ),
    (
        "local-linear",
        "local linear least squares on random points",
        || Box::new(LocalLinear),
    ),
    (
        "multilinear",
        "multilinear interpolation on a grid with the corners",
        || Box::new(Multilinear),
    ),
    (
        "nearest",
        "the value at the nearest of m random points",
        || Box::new(NearestNeighbour),
    ),
    (
        "piecewise",
        "constant on the cells of a grid, with the value at their centres",
        || Box::new(PiecewiseConstant),
    ),
    (
        "random-budget",
        "nothing for even seeds, 2m random points for odd ones",
        || Box::new(RandomBudget),
    ),
    ("zero", "asks nothing and answers 0", || Box::new(Zero)),
];

/// The learner with this name.
pub fn shipped(name: &str) -> Option<Box<dyn Learner>> {
    let entry = SHIPPED.iter().find(|(known, ..)| *known == name)?;
    Some(entry.2())
}

/// The names with what they do.
pub fn descriptions() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHIPPED.iter().map(|(name, what, _)| (*name, *what))
}

/// The largest k with kᵈ ≤ m; d ≥ 1.
fn per_axis(samples: u64, dimension: usize) -> u64 {
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
