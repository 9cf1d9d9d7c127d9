//! Distances between a student and its teacher over the cube.

mod line;
mod points;

pub use line::{Line, distance_on_line};
pub use points::{Cube, distance_on_points, root_mean_square};

use serde::{Deserialize, Serialize};

/// Norms of the difference with respect to the uniform distribution on the cube.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Norms<T = f64> {
    /// The mean of |student − teacher|.
    pub l1: T,
    /// The root of the mean of |student − teacher|².
    pub l2: T,
    /// The largest |student − teacher|.
    pub sup: T,
}

impl<T> Norms<T> {
    /// The same for every norm.
    pub fn map<U>(&self, mut f: impl FnMut(&T) -> U) -> Norms<U> {
        Norms {
            l1: f(&self.l1),
            l2: f(&self.l2),
            sup: f(&self.sup),
        }
    }
}
