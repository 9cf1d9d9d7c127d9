//! The largest error against a quadratic polynomial on checked cells, by trying all sets of active conditions.

use std::collections::BTreeSet;

use crate::failure::Failure;
use crate::field::Sign;
use crate::linear::bareiss;
use crate::linear::matrix::{Matrix, dot};
use crate::number::polynomial::Polynomial;
use crate::number::rational::Rational;
use crate::reference::cover::{CheckedCell, CheckedCells};

/// Value at 0, gradient at 0 and second derivatives, from values of the polynomial.
struct Quadratic {
    value: Rational,
    gradient: Vec<Rational>,
    hessian: Vec<Vec<Rational>>,
}

impl Quadratic {
    /// By differences, which are exact up to degree 2. Errors ([`Failure::Unknown`]): a higher degree.
    fn new(p: &Polynomial) -> Result<Self, Failure> {
        if p.total_degree() > 2 {
            return Err(Failure::Unknown(format!(
                "the largest error against a polynomial in several variables: expected degree at most 2, got {}",
                p.total_degree()
            )));
        }
        let d = p.variables();
        let at = |steps: &[(usize, i64)]| {
            let mut point = vec![Rational::zero(); d];
            for (i, step) in steps {
                point[*i] = &point[*i] + &Rational::from(*step);
            }
            p.evaluate(&point)
        };
        let value = at(&[])?;
        let mut gradient = Vec::with_capacity(d);
        let mut hessian = vec![vec![Rational::zero(); d]; d];
        for (i, row) in hessian.iter_mut().enumerate() {
            let (plus, minus) = (at(&[(i, 1)])?, at(&[(i, -1)])?);
            gradient.push((&plus - &minus).half());
            for (j, entry) in row.iter_mut().enumerate() {
                let mixed = at(&[(i, 1), (j, 1)])?;
                let other = at(&[(j, 1)])?;
                *entry = &(&mixed - &plus) - &(&other - &value);
            }
        }
        Ok(Self {
            value,
            gradient,
            hessian,
        })
    }
}

impl CheckedCells {
    /// sup|RΦ − p| and the largest |∂_k(RΦ − p)| for output 0 and a polynomial of degree at most 2.
    ///
    /// An extreme point of a quadratic on a polytope, on the face where a set S of independent conditions is active,
    /// solves Hx + g = Σ_S λ_s·c_s with c_s·x = −c_{s,0}; where that system is singular, the extreme value is taken on a
    /// smaller face too. So the feasible solutions over all S are enough.
    ///
    /// Errors ([`Failure::Unknown`]): a higher degree.
    pub fn quadratic_error(&self, p: &Polynomial) -> Result<(Rational, Rational), Failure> {
        let quadratic = Quadratic::new(p)?;
        let (mut value, mut derivative) = (Rational::zero(), Rational::zero());
        for cell in &self.list {
            let affine = &cell.outputs[0];
            let gradient: Vec<Rational> = quadratic
                .gradient
                .iter()
                .zip(&affine[1..])
                .map(|(a, b)| a - b)
                .collect();
            let constant = &quadratic.value - &affine[0];
            let slope_at = |x: &[Rational]| -> Vec<Rational> {
                gradient
                    .iter()
                    .zip(&quadratic.hessian)
                    .map(|(g, row)| g + &dot(row, x))
                    .collect()
            };
            // q(x) = c + (g + slope(x))·x/2.
            let error_at = |x: &[Rational]| {
                let sum: Vec<Rational> = gradient
                    .iter()
                    .zip(slope_at(x))
                    .map(|(a, b)| a + &b)
                    .collect();
                (&constant + &dot(&sum, x).half()).abs()
            };
            for vertex in &cell.vertices {
                for entry in slope_at(&vertex[1..]) {
                    derivative = derivative.max(entry.abs());
                }
            }
            for point in candidates(cell, &quadratic.hessian, &gradient)? {
                value = value.max(error_at(&point));
            }
        }
        Ok((value, derivative))
    }
}

/// The feasible solutions of the systems of all sets of conditions.
fn candidates(
    cell: &CheckedCell,
    hessian: &[Vec<Rational>],
    gradient: &[Rational],
) -> Result<Vec<Vec<Rational>>, Failure> {
    let d = gradient.len();
    let active: BTreeSet<&Vec<Rational>> = cell
        .conditions
        .iter()
        .filter(|row| {
            cell.vertices
                .iter()
                .any(|vertex| dot(row, vertex).is_zero())
        })
        .collect();
    let active: Vec<&Vec<Rational>> = active.into_iter().collect();
    let mut found = Vec::new();
    let mut pending: Vec<(usize, Vec<usize>)> = vec![(0, Vec::new())];
    while let Some((next, chosen)) = pending.pop() {
        if chosen.len() < d {
            for i in next..active.len() {
                let mut longer = chosen.clone();
                longer.push(i);
                pending.push((i + 1, longer));
            }
        }
        let size = d + chosen.len();
        let mut rows = vec![vec![Rational::zero(); size]; size];
        let mut right = vec![Rational::zero(); size];
        for i in 0..d {
            rows[i][..d].clone_from_slice(&hessian[i]);
            right[i] = -&gradient[i];
        }
        for (k, s) in chosen.iter().enumerate() {
            for i in 0..d {
                rows[i][d + k] = -&active[*s][i + 1];
                rows[d + k][i] = active[*s][i + 1].clone();
            }
            right[d + k] = -&active[*s][0];
        }
        let matrix = Matrix::from_rows(rows)?;
        if bareiss::rank(&matrix) < size {
            continue;
        }
        let Some(solution) = bareiss::solve(&matrix, &right)? else {
            continue;
        };
        let mut point = vec![Rational::one()];
        point.extend_from_slice(&solution[..d]);
        if cell
            .conditions
            .iter()
            .all(|row| dot(row, &point).sign() != Sign::Negative)
        {
            found.push(point[1..].to_vec());
        }
    }
    Ok(found)
}
