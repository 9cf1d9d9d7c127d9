//! The largest error against a polynomial on checked cells: by trying all sets of active conditions up to degree 2, by
//! Taylor expansion above.

use crate::failure::Failure;
use crate::field::Sign;
use crate::linear::bareiss;
use crate::linear::matrix::{Matrix, dot};
use crate::number::enclosure::Enclosure;
use crate::number::multipoly::MultiPoly;
use crate::number::polynomial::Polynomial;
use crate::number::rational::Rational;
use crate::reference::cover::{CheckedCell, CheckedCells};
use crate::reference::hull::triangulation;
use crate::reference::taylor::{Expanded, Simplex};

/// Value at 0, gradient at 0 and second derivatives, from values of the polynomial.
struct Quadratic {
    value: Rational,
    gradient: Vec<Rational>,
    hessian: Vec<Vec<Rational>>,
}

impl Quadratic {
    /// By differences, which are exact up to degree 2.
    fn new(p: &Polynomial) -> Result<Self, Failure> {
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
    /// sup|RΦ − p| and the largest |∂_k(RΦ − p)| for output 0.
    ///
    /// Exact for a degree of at most 2, and otherwise within 2⁻⁴ of the number where the work allowed to a cell is enough.
    ///
    /// Errors ([`Failure::Shape`]): a polynomial in another number of variables.
    pub fn error(&self, p: &Polynomial) -> Result<(Enclosure, Enclosure), Failure> {
        if p.total_degree() <= 2 {
            let (value, derivative) = self.quadratic_error(p)?;
            return Ok((Enclosure::exactly(value), Enclosure::exactly(derivative)));
        }
        let d = p.variables();
        let errors: Vec<Vec<Expanded>> = self
            .list
            .iter()
            .map(|cell| {
                let affine = &cell.outputs[0];
                let mut error = p.terms() - &MultiPoly::constant(affine[0].clone());
                for (k, slope) in affine[1..].iter().enumerate() {
                    error = &error - &MultiPoly::symbol(k).scaled(slope);
                }
                let value = Expanded::new(error, d);
                let partials = value.partials().into_iter();
                let partials: Vec<Expanded> = partials.map(|g| Expanded::new(g, d)).collect();
                std::iter::once(value).chain(partials).collect()
            })
            .collect();
        // Lower bounds from all vertices first: what lies below them needs no refinement.
        let mut found = [(); 2].map(|()| Enclosure::exactly(Rational::zero()));
        for (cell, errors) in self.list.iter().zip(&errors) {
            for vertex in &cell.vertices {
                for (k, error) in errors.iter().enumerate() {
                    let size = Enclosure::exactly(error.at(&vertex[1..]).abs());
                    found[k.min(1)] = found[k.min(1)].max(&size);
                }
            }
        }
        for (cell, errors) in self.list.iter().zip(&errors) {
            let corner = |i: &usize| cell.vertices[*i][1..].to_vec();
            let simplices: Vec<Simplex> = triangulation(&cell.vertices, &cell.faces)
                .iter()
                .map(|simplex| simplex.iter().map(corner).collect())
                .collect();
            for (k, error) in errors.iter().enumerate() {
                let known = &found[k.min(1)];
                found[k.min(1)] = known.max(&error.largest(&simplices, &known.lower));
            }
        }
        let [value, derivative] = found;
        Ok((value, derivative))
    }

    /// sup|RΦ − p| and the largest |∂_k(RΦ − p)| for output 0 and a polynomial of degree at most 2.
    ///
    /// An extreme point of a quadratic on a polytope, on the face where a set S of independent conditions is active,
    /// solves Hx + g = Σ_S λ_s·c_s with c_s·x = −c_{s,0}; where that system is singular, the extreme value is taken on a
    /// smaller face too. So the feasible solutions over all S are enough.
    fn quadratic_error(&self, p: &Polynomial) -> Result<(Rational, Rational), Failure> {
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
    let active: Vec<&Vec<Rational>> = cell.faces.values().collect();
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
        if active
            .iter()
            .all(|row| dot(row, &point).sign() != Sign::Negative)
        {
            found.push(point[1..].to_vec());
        }
    }
    Ok(found)
}
