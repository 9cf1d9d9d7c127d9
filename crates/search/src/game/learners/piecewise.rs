//! Grids: constant on cells, and multilinear between nodes.

use super::super::function::{Continuous, Function, Output};
use super::super::learner::{Forfeit, Learner, Oracle};
use super::per_axis;

/// Constant on the cells of a kᵈ grid, with the value at their centres; the largest kᵈ ≤ m.
pub struct PiecewiseConstant;

impl Learner for PiecewiseConstant {
    fn name(&self) -> &str {
        "piecewise"
    }

    fn run(&self, oracle: &mut dyn Oracle, _: u64) -> Result<Option<Output>, Forfeit> {
        let k = per_axis(oracle.budget(), oracle.dim());
        let values = grid(oracle, k, |i| (2 * i + 1) as f64 / (2 * k) as f64)?;
        Ok(Some(Box::new(Steps { k, values })))
    }
}

/// Constant on the cells of a kᵈ grid.
struct Steps {
    k: u64,
    values: Vec<f64>,
}

impl Function for Steps {
    fn value(&self, x: &[f64]) -> f64 {
        let index = x.iter().fold(0, |index, x| {
            // A cast of a float keeps to the range of the integer.
            index * self.k + ((x * self.k as f64) as u64).min(self.k - 1)
        });
        value(&self.values, index)
    }

    /// Inside a cell: further from its faces than kx is rounded by.
    fn is_continuous_at(&self, x: &[f64]) -> bool {
        let k = self.k as f64;
        x.iter().all(|x| {
            let away = (x * k - (x * k).round()).abs();
            away > 1e-9 * k
        })
    }
}

/// Multilinear between the nodes of a kᵈ grid with the corners; the largest kᵈ ≤ m; constant if k = 1.
pub struct Multilinear;

impl Learner for Multilinear {
    fn name(&self) -> &str {
        "multilinear"
    }

    fn run(&self, oracle: &mut dyn Oracle, _: u64) -> Result<Option<Output>, Forfeit> {
        let k = per_axis(oracle.budget(), oracle.dim());
        if k == 1 {
            let value = oracle.query(&vec![0.5; oracle.dim()])?;
            return Ok(Some(Box::new(Continuous(move |_: &[f64]| value))));
        }
        let values = grid(oracle, k, |i| i as f64 / (k - 1) as f64)?;
        Ok(Some(Box::new(Continuous(move |x: &[f64]| {
            let axes = x.iter().map(|x| {
                let scaled = x * (k - 1) as f64;
                let low = (scaled as u64).min(k - 2);
                (low, scaled - low as f64)
            });
            let mut corners = vec![(0, 1.0)];
            for (low, share) in axes {
                corners = corners
                    .iter()
                    .flat_map(|(index, weight)| {
                        let at = index * k + low;
                        [(at, weight * (1.0 - share)), (at + 1, weight * share)]
                    })
                    .collect();
            }
            let terms = corners
                .iter()
                .map(|(index, weight)| weight * value(&values, *index));
            terms.sum()
        }))))
    }
}

fn value(values: &[f64], index: u64) -> f64 {
    let index = usize::try_from(index).expect("an index of a grid in memory");
    values[index]
}

/// The values at all nodes, the last axis fastest.
fn grid(oracle: &mut dyn Oracle, k: u64, node: impl Fn(u64) -> f64) -> Result<Vec<f64>, Forfeit> {
    let dimension = oracle.dim();
    let mut index = vec![0; dimension];
    let mut values = Vec::new();
    loop {
        let x: Vec<f64> = index.iter().map(|i| node(*i)).collect();
        values.push(oracle.query(&x)?);
        let Some(axis) = index.iter().rposition(|i| i + 1 < k) else {
            return Ok(values);
        };
        index[axis] += 1;
        index[axis + 1..].fill(0);
    }
}
