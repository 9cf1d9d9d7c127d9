//! The tableau of the first phase: minimise the sum of the artificial variables.

use super::Nonnegative;
use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::linear::matrix::Matrix;

/// The system A′·λ + s = b′ with b′ ≥ 0, in the coordinates of the current basis; A′ and b′ have the rows of A and b with b_i < 0
/// negated. Columns: λ, then the artificial s, then the right-hand side.
pub(super) struct Tableau<S> {
    columns: usize,
    negated: Vec<bool>,
    /// One row per equation.
    rows: Vec<Vec<S>>,
    /// The column of the basic variable of each row.
    basis: Vec<usize>,
    /// Reduced costs of Σ s_i; last the negated value of Σ s_i.
    costs: Vec<S>,
}

impl<S: Field> Tableau<S> {
    /// The tableau whose basis are the artificial variables.
    pub(super) fn new<O: Order<S>>(a: &Matrix<S>, b: &[S], order: &O) -> Result<Self, Failure> {
        let (height, columns) = (a.rows(), a.cols());
        let mut negated = Vec::with_capacity(height);
        let mut rows = Vec::with_capacity(height);
        let mut costs = vec![S::zero(); columns + height + 1];
        for (i, right) in b.iter().enumerate() {
            let flip = order.sign(right)? == Sign::Negative;
            let signed = |value: &S| if flip { value.negated() } else { value.clone() };
            let mut row: Vec<S> = a.row(i).iter().map(signed).collect();
            row.extend((0..height).map(|k| if k == i { S::one() } else { S::zero() }));
            row.push(signed(right));
            // Cost 1 of s_i, made 0 on the basis by subtracting the row.
            for (j, value) in row
                .iter()
                .enumerate()
                .filter(|(j, _)| *j < columns || *j == columns + height)
            {
                costs[j] = costs[j].minus(value);
            }
            negated.push(flip);
            rows.push(row);
        }
        Ok(Self {
            columns,
            negated,
            rows,
            basis: (columns..columns + height).collect(),
            costs,
        })
    }

    /// One step of Bland's rule: the first column with a negative reduced cost enters, and among the rows of the least ratio
    /// the one with the first basic variable leaves. `false` if no column improves.
    ///
    /// An artificial variable that left the basis never enters again.
    pub(super) fn improve<O: Order<S>>(&mut self, order: &O) -> Result<bool, Failure> {
        let mut entering = None;
        for j in 0..self.columns {
            if order.sign(&self.costs[j])? == Sign::Negative {
                entering = Some(j);
                break;
            }
        }
        let Some(column) = entering else {
            return Ok(false);
        };
        let mut leaving: Option<(usize, S)> = None;
        for (i, row) in self.rows.iter().enumerate() {
            if order.sign(&row[column])? != Sign::Positive {
                continue;
            }
            let ratio = quotient(&row[row.len() - 1], &row[column])?;
            let replaces = match &leaving {
                None => true,
                Some((best, least)) => match Sign::from(order.compare(&ratio, least)?) {
                    Sign::Negative => true,
                    Sign::Zero => self.basis[i] < self.basis[*best],
                    Sign::Positive => false,
                },
            };
            if replaces {
                leaving = Some((i, ratio));
            }
        }
        // Σ s_i ≥ 0 is bounded below, so a column that lowers it meets a row.
        let (row, _) =
            leaving.ok_or_else(|| Failure::Undefined("simplex step without a pivot".into()))?;
        self.pivot(row, column)?;
        Ok(true)
    }

    fn pivot(&mut self, pivot_row: usize, column: usize) -> Result<(), Failure> {
        let inverse = quotient(&S::one(), &self.rows[pivot_row][column])?;
        let mut pivot: Vec<S> = std::mem::take(&mut self.rows[pivot_row]);
        for value in pivot.iter_mut().filter(|value| !value.is_zero()) {
            *value = value.times(&inverse);
        }
        let others = self.rows.iter_mut().filter(|row| !row.is_empty());
        for row in others.chain([&mut self.costs]) {
            let factor = row[column].negated();
            if !factor.is_zero() {
                for (value, base) in row.iter_mut().zip(&pivot) {
                    value.add_product(&factor, base);
                }
            }
        }
        self.rows[pivot_row] = pivot;
        self.basis[pivot_row] = column;
        Ok(())
    }

    /// The outcome at the optimum: a solution iff Σ s_i = 0.
    ///
    /// Otherwise the dual solution y′ has y′ᵀ·A′ ≤ 0 and y′ᵀ·b′ = Σ s_i > 0, where 1 − y′_i is the reduced cost of s_i; −y′ with
    /// the negated rows undone is the certificate.
    pub(super) fn outcome<O: Order<S>>(&self, order: &O) -> Result<Nonnegative<S>, Failure> {
        let height = self.rows.len();
        if order.sign(&self.costs[self.columns + height])? == Sign::Zero {
            let mut solution = vec![S::zero(); self.columns];
            for (row, &variable) in self.rows.iter().zip(&self.basis) {
                if variable < self.columns {
                    solution[variable] = row[row.len() - 1].clone();
                }
            }
            return Ok(Nonnegative::Solution(solution));
        }
        let duals = self.costs[self.columns..self.columns + height]
            .iter()
            .zip(&self.negated);
        let certificate = duals.map(|(cost, &flip)| {
            let value = cost.minus(&S::one());
            if flip { value.negated() } else { value }
        });
        Ok(Nonnegative::Farkas(certificate.collect()))
    }
}

fn quotient<S: Field>(value: &S, divisor: &S) -> Result<S, Failure> {
    value
        .over(divisor)
        .ok_or_else(|| Failure::Undefined(format!("division by {divisor:?}")))
}
