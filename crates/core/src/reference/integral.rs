//! Integrals of powers on checked cells, by all monomials of the corner values.

use crate::failure::Failure;
use crate::linear::bareiss;
use crate::linear::matrix::{Matrix, dot};
use crate::number::rational::Rational;
use crate::reference::cover::CheckedCells;
use crate::reference::hull::triangulation;

impl CheckedCells {
    /// ∫ RΦ(x)^p dx for output 0 over the box.
    ///
    /// # Definition
    /// With barycentric coordinates λ, ∫ λ^α = |det|·α!/(|α| + d)! on a simplex, and (Σλ_i·v_i)^p = Σ_{|α| = p} p!/α!·λ^α·v^α.
    ///
    /// Errors ([`Failure::Shape`]): none that a checked cell could cause.
    pub fn integral_of_power(&self, power: u32) -> Result<Rational, Failure> {
        let mut total = Rational::zero();
        let mut dimension = 0;
        for cell in &self.list {
            dimension = cell.outputs[0].len() - 1;
            for simplex in triangulation(&cell.vertices, &cell.faces) {
                let corners: Vec<Vec<Rational>> =
                    simplex.iter().map(|i| cell.vertices[*i].clone()).collect();
                let values: Vec<Rational> = corners
                    .iter()
                    .map(|corner| dot(&cell.outputs[0], corner))
                    .collect();
                let size = bareiss::determinant(&Matrix::from_rows(corners)?)?.abs();
                let mut sum = Rational::zero();
                let mut pending = vec![(0, power, Rational::one())];
                while let Some((i, left, product)) = pending.pop() {
                    if i + 1 == values.len() {
                        sum = &sum + &(&product * &values[i].pow(left));
                        continue;
                    }
                    for e in 0..=left {
                        pending.push((i + 1, left - e, &product * &values[i].pow(e)));
                    }
                }
                total = &total + &(&size * &sum);
            }
        }
        let factorial = |n: u32| {
            (1..=n).fold(Rational::one(), |product, k| {
                &product * &Rational::from(i64::from(k))
            })
        };
        let dimension = u32::try_from(dimension).expect("few inputs");
        let share = factorial(power).over(&factorial(power + dimension));
        Ok(&total * &share.expect("a factorial is not 0"))
    }
}
