//! Extreme values of a quadratic polynomial on a polytope, exactly.

use crate::field::Sign;
use crate::linear::bareiss;
use crate::linear::matrix::{Matrix, dot};
use crate::number::polynomial::Polynomial;
use crate::number::rational::Rational;

/// x ↦ c + g·x + ½·xᵀHx on ℝᵈ.
#[derive(Clone, Debug)]
pub(super) struct Quadratic {
    constant: Rational,
    gradient: Vec<Rational>,
    /// Symmetric, row by row.
    hessian: Vec<Vec<Rational>>,
}

impl Quadratic {
    /// The polynomial, or `None` if its degree is above 2.
    pub(super) fn of(p: &Polynomial) -> Option<Self> {
        let d = p.variables();
        let mut found = Self {
            constant: Rational::zero(),
            gradient: vec![Rational::zero(); d],
            hessian: vec![vec![Rational::zero(); d]; d],
        };
        for (exponents, coefficient) in p.terms().terms() {
            let mut factors = Vec::new();
            for (i, e) in exponents.iter().enumerate() {
                factors.extend(std::iter::repeat_n(i, usize::try_from(*e).ok()?.min(3)));
            }
            match factors[..] {
                [] => found.constant = coefficient.clone(),
                [i] => found.gradient[i] = coefficient.clone(),
                [i, j] if i == j => found.hessian[i][i] = coefficient + coefficient,
                [i, j] => {
                    found.hessian[i][j] = coefficient.clone();
                    found.hessian[j][i] = coefficient.clone();
                }
                _ => return None,
            }
        }
        Some(found)
    }

    /// The difference with c₀ + c·x.
    pub(super) fn minus(&self, affine: &[Rational]) -> Self {
        Self {
            constant: &self.constant - &affine[0],
            gradient: self
                .gradient
                .iter()
                .zip(&affine[1..])
                .map(|(a, b)| a - b)
                .collect(),
            hessian: self.hessian.clone(),
        }
    }

    /// The value at x.
    fn at(&self, x: &[Rational]) -> Rational {
        let mut value = &self.constant + &dot(&self.gradient, x);
        for (row, entry) in self.hessian.iter().zip(x) {
            value = &value + &(&dot(row, x).half() * entry);
        }
        value
    }

    /// The gradient at x.
    pub(super) fn gradient_at(&self, x: &[Rational]) -> Vec<Rational> {
        let rows = self.gradient.iter().zip(&self.hessian);
        rows.map(|(g, row)| g + &dot(row, x)).collect()
    }

    /// The largest |value| on the polytope with these vertices, facets (by their vertices) and conditions (c₀, c), each ≥ 0.
    ///
    /// An extreme value inside a face is taken where the derivative along the face vanishes. If the second derivative along
    /// the face is singular, the polynomial is constant on a line through such a point, which leaves the face through
    /// its boundary; so only isolated critical points are needed, besides the vertices.
    pub(super) fn largest(
        &self,
        vertices: &[Vec<Rational>],
        facets: &[Vec<usize>],
        conditions: &[Vec<Rational>],
    ) -> Rational {
        let mut largest = Rational::zero();
        for vertex in vertices {
            largest = largest.max(self.at(vertex).abs());
        }
        for face in faces(vertices.len(), facets) {
            let Some(point) = self.critical_point(vertices, &face) else {
                continue;
            };
            let inside = conditions.iter().all(|row| {
                let value = &row[0] + &dot(&row[1..], &point);
                value.sign() != Sign::Negative
            });
            if inside {
                largest = largest.max(self.at(&point).abs());
            }
        }
        largest
    }

    /// The isolated critical point along the affine hull of the face.
    fn critical_point(&self, vertices: &[Vec<Rational>], face: &[usize]) -> Option<Vec<Rational>> {
        let base = &vertices[face[0]];
        let mut directions: Vec<Vec<Rational>> = Vec::new();
        for i in &face[1..] {
            let step: Vec<Rational> = vertices[*i].iter().zip(base).map(|(a, b)| a - b).collect();
            let mut candidate = directions.clone();
            candidate.push(step);
            let count = candidate.len();
            let independent = Matrix::from_rows(candidate.clone())
                .is_ok_and(|matrix| bareiss::rank(&matrix) == count);
            if independent {
                directions = candidate;
            }
            if directions.len() == base.len() {
                break;
            }
        }
        let curved: Vec<Vec<Rational>> = directions
            .iter()
            .map(|v| self.hessian.iter().map(|row| dot(row, v)).collect())
            .collect();
        let rows: Vec<Vec<Rational>> = directions
            .iter()
            .map(|v| curved.iter().map(|w| dot(v, w)).collect())
            .collect();
        let slope = self.gradient_at(base);
        let right: Vec<Rational> = directions.iter().map(|v| -dot(v, &slope)).collect();
        let matrix = Matrix::from_rows(rows).ok()?;
        if bareiss::rank(&matrix) < directions.len() {
            return None;
        }
        let steps = bareiss::solve(&matrix, &right).ok()??;
        let mut point = base.clone();
        for (step, direction) in steps.iter().zip(&directions) {
            for (x, v) in point.iter_mut().zip(direction) {
                x.add_product(step, v);
            }
        }
        Some(point)
    }
}

/// All faces of dimension at least 1, by their vertices: the sets closed under intersection that the facets generate.
fn faces(count: usize, facets: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = vec![(0..count).collect()];
    let mut next = 0;
    while next < found.len() {
        for facet in facets {
            let part: Vec<usize> = found[next]
                .iter()
                .filter(|i| facet.contains(i))
                .copied()
                .collect();
            if part.len() > 1 && !found.contains(&part) {
                found.push(part);
            }
        }
        next += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::multipoly::MultiPoly;

    fn quadratic(terms: &[(&[u32], i64)]) -> Option<Quadratic> {
        let mut sum = MultiPoly::default();
        for (exponents, coefficient) in terms {
            sum = &sum + &MultiPoly::monomial(exponents.to_vec(), (*coefficient).into());
        }
        Quadratic::of(&Polynomial::new(2, sum).unwrap())
    }

    fn square(q: &Quadratic) -> Rational {
        let points = [[0, 0], [1, 0], [0, 1], [1, 1]];
        let vertices: Vec<Vec<Rational>> = points
            .iter()
            .map(|p| p.map(Rational::from_integer).to_vec())
            .collect();
        let facets = [vec![0, 2], vec![1, 3], vec![0, 1], vec![2, 3]];
        let rows = [[0, 1, 0], [1, -1, 0], [0, 0, 1], [1, 0, -1]];
        let rows = rows.map(|r| r.map(Rational::from_integer).to_vec());
        q.largest(&vertices, &facets, &rows)
    }

    #[test]
    fn extremes_on_the_unit_square() {
        let half = |n| Rational::new(n, 4).unwrap();
        // x(1 − x): on an edge of critical points; xy − x/2 − y/2: at the corners, with a saddle inside.
        for (terms, expected) in [
            (&[(&[1u32][..], 1), (&[2], -1)][..], half(1)),
            (&[(&[1, 1], 2), (&[1], -1), (&[0, 1], -1)], Rational::one()),
            (
                &[(&[1], 1), (&[2], -1), (&[0, 1], 1), (&[0, 2], -1)],
                half(2),
            ),
            (
                &[(&[1], 1), (&[2], -1), (&[0, 1], -1), (&[0, 2], 1)],
                half(1),
            ),
            (&[(&[], -3)], Rational::from_integer(3)),
        ] {
            assert_eq!(square(&quadratic(terms).unwrap()), expected, "{terms:?}");
        }
        assert!(quadratic(&[(&[3], 1)]).is_none());
        assert!(quadratic(&[(&[2, 1], 1)]).is_none());
    }
}
