//! Learners that solve linear systems.

use super::super::function::{Continuous, Output};
use super::super::learner::{Forfeit, Learner, Oracle};
use super::nearest::sample;
use super::{MOST_POINTS, distance};

/// What keeps the systems away from singular ones.
const RIDGE: f64 = 1e-6;

/// Least squares by an affine function through the 2(d + 1) nearest of m random points, for each input anew.
pub struct LocalLinear;

impl Learner for LocalLinear {
    fn name(&self) -> &str {
        "local-linear"
    }

    fn run(&self, oracle: &mut dyn Oracle, seed: u64) -> Result<Option<Output>, Forfeit> {
        let number = oracle.budget();
        let samples = sample(oracle, number, seed)?;
        // Which points are near jumps, so there is no word on continuity.
        Ok(Some(Box::new(move |x: &[f64]| {
            let unknowns = x.len() + 1;
            let mut near: Vec<_> = samples.iter().collect();
            near.sort_by(|(a, _), (b, _)| distance(a, x).total_cmp(&distance(b, x)));
            near.truncate(2 * unknowns);
            // The normal equations around x, whose first unknown is the value there.
            let mut matrix = vec![vec![0.0; unknowns]; unknowns];
            let mut right = vec![0.0; unknowns];
            for (y, value) in near {
                let offsets = y.iter().zip(x).map(|(y, x)| y - x);
                let row: Vec<f64> = std::iter::once(1.0).chain(offsets).collect();
                for i in 0..unknowns {
                    right[i] += row[i] * value;
                    for j in 0..unknowns {
                        matrix[i][j] += row[i] * row[j];
                    }
                }
            }
            solve(matrix, right)[0]
        })))
    }
}

/// Ridge regression with the kernel exp(−4d‖x − y‖₂²) on min(m, 1000) random points.
pub struct Kernel;

impl Learner for Kernel {
    fn name(&self) -> &str {
        "kernel"
    }

    fn run(&self, oracle: &mut dyn Oracle, seed: u64) -> Result<Option<Output>, Forfeit> {
        let number = oracle.budget().min(MOST_POINTS);
        let samples = sample(oracle, number, seed)?;
        let sharpness = 4.0 * oracle.dim() as f64;
        let kernel = move |x: &[f64], y: &[f64]| (-sharpness * distance(x, y)).exp();
        let matrix = samples
            .iter()
            .map(|(x, _)| samples.iter().map(|(y, _)| kernel(x, y)).collect())
            .collect();
        let weights = solve(matrix, samples.iter().map(|(_, value)| *value).collect());
        Ok(Some(Box::new(Continuous(move |x: &[f64]| {
            let terms = samples.iter().zip(&weights);
            terms.map(|((y, _), weight)| weight * kernel(x, y)).sum()
        }))))
    }
}

/// The solution of (A + ridge)·w = b for a symmetric positive semidefinite A, by Cholesky's factors.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for j in 0..n {
        for i in j..n {
            let (row, column) = (&a[i][..j], &a[j][..j]);
            let sum: f64 = row.iter().zip(column).map(|(x, y)| x * y).sum();
            a[i][j] = match i == j {
                true => (a[j][j] + RIDGE - sum).max(RIDGE).sqrt(),
                false => (a[i][j] - sum) / a[j][j],
            };
        }
    }
    for i in 0..n {
        let sum: f64 = a[i][..i].iter().zip(&b).map(|(x, y)| x * y).sum();
        b[i] = (b[i] - sum) / a[i][i];
    }
    for i in (0..n).rev() {
        let sum: f64 = (i + 1..n).map(|k| a[k][i] * b[k]).sum();
        b[i] = (b[i] - sum) / a[i][i];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_solved() {
        let solution = solve(vec![vec![4.0, 2.0], vec![2.0, 3.0]], vec![8.0, 8.0]);
        assert!((solution[0] - 1.0).abs() < 1e-4 && (solution[1] - 2.0).abs() < 1e-4);
    }
}
