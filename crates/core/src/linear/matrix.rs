//! Dense matrices, row by row.

use std::fmt;

use crate::failure::Failure;
use crate::field::Field;

/// A matrix with `rows` × `cols` entries, row-major; zero rows or zero columns are allowed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Matrix<S> {
    rows: usize,
    cols: usize,
    data: Vec<S>,
}

impl<S> Matrix<S> {
    /// The matrix with these entries, row by row.
    ///
    /// Errors ([`Failure::Shape`]): the number of entries is not `rows` · `cols`.
    pub fn new(rows: usize, cols: usize, data: Vec<S>) -> Result<Self, Failure> {
        match rows.checked_mul(cols) {
            Some(size) if size == data.len() => Ok(Self { rows, cols, data }),
            _ => Err(Failure::Shape(format!(
                "entries of a {rows}x{cols} matrix: expected {rows}·{cols}, got {}",
                data.len()
            ))),
        }
    }

    /// The matrix with these rows; no rows give the 0×0 matrix.
    ///
    /// Errors ([`Failure::Shape`]): rows of different lengths.
    pub fn from_rows(rows: Vec<Vec<S>>) -> Result<Self, Failure> {
        let cols = rows.first().map_or(0, Vec::len);
        if let Some((i, row)) = rows.iter().enumerate().find(|(_, row)| row.len() != cols) {
            return Err(Failure::Shape(format!(
                "row {i} of a matrix: expected length {cols} (that of row 0), got {}",
                row.len()
            )));
        }
        Ok(Self {
            rows: rows.len(),
            cols,
            data: rows.into_iter().flatten().collect(),
        })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// The entry in row `i`, column `j` (zero-based).
    ///
    /// # Panics
    /// If `i` or `j` is out of range.
    pub fn get(&self, i: usize, j: usize) -> &S {
        assert!(
            j < self.cols,
            "column {j} of a {}x{} matrix",
            self.rows,
            self.cols
        );
        &self.data[i * self.cols + j]
    }

    /// Row `i` (zero-based).
    ///
    /// # Panics
    /// If `i` is out of range.
    pub fn row(&self, i: usize) -> &[S] {
        assert!(
            i < self.rows,
            "row {i} of a {}x{} matrix",
            self.rows,
            self.cols
        );
        &self.data[i * self.cols..(i + 1) * self.cols]
    }

    /// The entries, row by row.
    pub fn data(&self) -> &[S] {
        &self.data
    }

    /// The matrix with `f` applied to every entry.
    pub fn map<T>(&self, f: impl FnMut(&S) -> T) -> Matrix<T> {
        Matrix {
            rows: self.rows,
            cols: self.cols,
            data: self.data.iter().map(f).collect(),
        }
    }

    fn same_shape(&self, other: &Self, operation: &str) -> Result<(), Failure> {
        if (self.rows, self.cols) == (other.rows, other.cols) {
            return Ok(());
        }
        Err(Failure::Shape(format!(
            "{operation} of matrices: expected shape {}x{} (that of the left one), got {}x{}",
            self.rows, self.cols, other.rows, other.cols
        )))
    }
}

impl<S: Clone> Matrix<S> {
    /// Column `j` (zero-based).
    ///
    /// # Panics
    /// If `j` is out of range.
    pub fn column(&self, j: usize) -> Vec<S> {
        (0..self.rows).map(|i| self.get(i, j).clone()).collect()
    }

    /// The transpose Aᵀ.
    #[must_use]
    pub fn transpose(&self) -> Self {
        let mut data = Vec::with_capacity(self.data.len());
        for j in 0..self.cols {
            data.extend((0..self.rows).map(|i| self.get(i, j).clone()));
        }
        Self {
            rows: self.cols,
            cols: self.rows,
            data,
        }
    }

    /// This matrix above `below`.
    ///
    /// Errors ([`Failure::Shape`]): different numbers of columns.
    pub fn stacked(&self, below: &Self) -> Result<Self, Failure> {
        if self.cols != below.cols {
            return Err(Failure::Shape(format!(
                "matrix below another: expected {} columns, got {}",
                self.cols, below.cols
            )));
        }
        let data = self.data.iter().chain(&below.data).cloned().collect();
        Ok(Self {
            rows: self.rows + below.rows,
            cols: self.cols,
            data,
        })
    }

    /// This matrix to the left of `right`.
    ///
    /// Errors ([`Failure::Shape`]): different numbers of rows.
    pub fn beside(&self, right: &Self) -> Result<Self, Failure> {
        if self.rows != right.rows {
            return Err(Failure::Shape(format!(
                "matrix beside another: expected {} rows, got {}",
                self.rows, right.rows
            )));
        }
        let mut data = Vec::with_capacity(self.data.len() + right.data.len());
        for i in 0..self.rows {
            data.extend_from_slice(self.row(i));
            data.extend_from_slice(right.row(i));
        }
        Ok(Self {
            rows: self.rows,
            cols: self.cols + right.cols,
            data,
        })
    }
}

impl<S: Field> Matrix<S> {
    /// The matrix of zeros.
    pub fn zeros(rows: usize, cols: usize) -> Self {
        Self {
            rows,
            cols,
            data: vec![S::zero(); rows * cols],
        }
    }

    /// The n×n identity matrix.
    pub fn identity(n: usize) -> Self {
        let mut identity = Self::zeros(n, n);
        for i in 0..n {
            identity.data[i * n + i] = S::one();
        }
        identity
    }

    /// The matrix with these blocks along its diagonal and zeros elsewhere; no blocks give the 0×0 matrix.
    pub fn block_diagonal(blocks: &[&Self]) -> Self {
        let rows = blocks.iter().map(|block| block.rows).sum();
        let cols = blocks.iter().map(|block| block.cols).sum();
        let mut data = Vec::with_capacity(rows * cols);
        let mut left = 0;
        for block in blocks {
            for i in 0..block.rows {
                data.extend((0..left).map(|_| S::zero()));
                data.extend_from_slice(block.row(i));
                data.extend((left + block.cols..cols).map(|_| S::zero()));
            }
            left += block.cols;
        }
        Self { rows, cols, data }
    }

    /// Whether every entry is identically zero.
    pub fn is_zero(&self) -> bool {
        self.data.iter().all(S::is_zero)
    }

    /// The product A·B.
    ///
    /// Errors ([`Failure::Shape`]): B has not as many rows as A has columns.
    pub fn times(&self, right: &Self) -> Result<Self, Failure> {
        if self.cols != right.rows {
            return Err(Failure::Shape(format!(
                "right factor of a {}x{} matrix: expected {} rows, got {}",
                self.rows, self.cols, self.cols, right.rows
            )));
        }
        let mut data = vec![S::zero(); self.rows * right.cols];
        for i in 0..self.rows {
            let target = &mut data[i * right.cols..(i + 1) * right.cols];
            for (k, factor) in self.row(i).iter().enumerate() {
                if !factor.is_zero() {
                    for (sum, value) in target.iter_mut().zip(right.row(k)) {
                        sum.add_product(factor, value);
                    }
                }
            }
        }
        Ok(Self {
            rows: self.rows,
            cols: right.cols,
            data,
        })
    }

    /// The sum A + B.
    ///
    /// Errors ([`Failure::Shape`]): different shapes.
    pub fn plus(&self, other: &Self) -> Result<Self, Failure> {
        self.same_shape(other, "sum")?;
        Ok(self.zipped(other, S::plus))
    }

    /// The difference A − B.
    ///
    /// Errors ([`Failure::Shape`]): different shapes.
    pub fn minus(&self, other: &Self) -> Result<Self, Failure> {
        self.same_shape(other, "difference")?;
        Ok(self.zipped(other, S::minus))
    }

    /// The multiple s·A.
    #[must_use]
    pub fn scaled(&self, factor: &S) -> Self {
        self.map(|value| factor.times(value))
    }

    /// The product A·x with a column vector.
    ///
    /// Errors ([`Failure::Shape`]): x has not as many entries as A has columns.
    pub fn apply(&self, x: &[S]) -> Result<Vec<S>, Failure> {
        if x.len() != self.cols {
            return Err(Failure::Shape(format!(
                "vector for a {}x{} matrix: expected length {}, got {}",
                self.rows,
                self.cols,
                self.cols,
                x.len()
            )));
        }
        Ok((0..self.rows).map(|i| dot(self.row(i), x)).collect())
    }

    fn zipped(&self, other: &Self, f: impl Fn(&S, &S) -> S) -> Self {
        let data = self
            .data
            .iter()
            .zip(&other.data)
            .map(|(a, b)| f(a, b))
            .collect();
        Self {
            rows: self.rows,
            cols: self.cols,
            data,
        }
    }
}

/// Σ_i a_i·b_i over the common length.
pub fn dot<S: Field>(a: &[S], b: &[S]) -> S {
    let mut sum = S::zero();
    for (x, y) in a.iter().zip(b) {
        sum.add_product(x, y);
    }
    sum
}

impl<S: fmt::Display> fmt::Display for Matrix<S> {
    /// `[[1,0],[0,1]]`; a matrix without rows is `[]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for i in 0..self.rows {
            f.write_str(if i == 0 { "[" } else { ",[" })?;
            for (j, value) in self.row(i).iter().enumerate() {
                write!(f, "{}{value}", if j == 0 { "" } else { "," })?;
            }
            f.write_str("]")?;
        }
        f.write_str("]")
    }
}

#[cfg(test)]
mod tests;
