//! Fraction-free elimination on integers.

use dashu_int::ops::Gcd;
use dashu_int::{IBig, UBig};

use crate::linear::matrix::Matrix;
use crate::number::rational::Rational;

/// An echelon form over ℤ, with what is needed to read off determinants and solutions.
pub(super) struct Echelon {
    rows: Vec<Vec<IBig>>,
    /// The columns of the pivots; the k-th pivot stands in row k.
    pivots: Vec<usize>,
    /// The number of columns in which pivots are sought.
    columns: usize,
    /// The product of the factors by which the rows were multiplied.
    scale: UBig,
    /// Whether an odd number of rows was swapped.
    odd: bool,
}

impl Echelon {
    /// The echelon form of A, with pivots in the first `columns` columns only.
    pub(super) fn of(a: &Matrix<Rational>, columns: usize) -> Self {
        let mut scale = UBig::ONE;
        let rows = (0..a.rows()).map(|i| {
            let (row, factor) = integers(a.row(i));
            scale *= factor;
            row
        });
        let rows = rows.collect();
        let mut echelon = Self {
            rows,
            pivots: Vec::new(),
            columns,
            scale,
            odd: false,
        };
        echelon.eliminate();
        echelon
    }

    /// The columns of the pivots, ascending.
    pub(super) fn pivots(&self) -> &[usize] {
        &self.pivots
    }

    fn eliminate(&mut self) {
        let mut previous = IBig::ONE;
        for column in 0..self.columns {
            let k = self.pivots.len();
            let Some(found) = (k..self.rows.len()).find(|&i| !self.rows[i][column].is_zero())
            else {
                continue;
            };
            if found != k {
                self.rows.swap(found, k);
                self.odd = !self.odd;
            }
            let (above, below) = self.rows.split_at_mut(k + 1);
            let pivot = &above[k];
            for row in below {
                let factor = std::mem::take(&mut row[column]);
                for (value, base) in row.iter_mut().zip(pivot).skip(column + 1) {
                    // Sylvester's identity: the division by the previous pivot is exact.
                    *value = (&*value * &pivot[column] - &factor * base) / &previous;
                }
            }
            previous = pivot[column].clone();
            self.pivots.push(column);
        }
    }

    /// The determinant of the original square matrix: the last pivot, ± by the swaps, over the scale of the rows.
    pub(super) fn determinant(&self) -> Rational {
        if self.pivots.len() < self.columns {
            return Rational::zero();
        }
        let minor = match self.pivots.last() {
            Some(&column) => self.rows[column][column].clone(),
            None => IBig::ONE,
        };
        let signed = if self.odd { -minor } else { minor };
        Rational::from_parts(signed, self.scale.clone())
            .expect("the scale is a product of factors ≥ 1")
    }

    /// A solution of the system whose right-hand side is the column after the first `columns`.
    pub(super) fn solution(&self) -> Option<Vec<Rational>> {
        let right = |row: &[IBig]| Rational::from(row[self.columns].clone());
        if self.rows[self.pivots.len()..]
            .iter()
            .any(|row| !right(row).is_zero())
        {
            return None;
        }
        let mut solution = vec![Rational::zero(); self.columns];
        for (row, &column) in self.rows.iter().zip(&self.pivots).rev() {
            let mut value = right(row);
            for &later in self.pivots.iter().filter(|later| **later > column) {
                value -= &Rational::from(row[later].clone()) * &solution[later];
            }
            solution[column] = value.over(&Rational::from(row[column].clone()))?;
        }
        Some(solution)
    }
}

/// A row times the least common multiple of its denominators, and that multiple.
fn integers(row: &[Rational]) -> (Vec<IBig>, UBig) {
    let mut factor = UBig::ONE;
    for value in row.iter().filter(|value| !value.is_integer()) {
        let denominator = value.denominator();
        factor = &factor / (&factor).gcd(&denominator) * denominator;
    }
    let scaled = |value: &Rational| value.numerator() * IBig::from(&factor / value.denominator());
    (row.iter().map(scaled).collect(), factor)
}
