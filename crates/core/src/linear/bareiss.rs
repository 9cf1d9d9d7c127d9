//! Ranks, determinants, solutions and null spaces.
//!
//! Over ℚ the elimination is fraction-free: every row is scaled to integers, and after k pivots every entry is, up to sign, a minor
//! of order k + 1 of the integer matrix (Bareiss 1968), so the division by the previous pivot is exact and entries stay as
//! short as the minors.

mod elimination;
mod null_space;

pub use null_space::null_space;

use super::matrix::Matrix;
use crate::failure::Failure;
use crate::number::rational::Rational;
use elimination::Echelon;

/// The rank of A; 0 for a matrix without rows or columns.
pub fn rank(a: &Matrix<Rational>) -> usize {
    Echelon::of(a, a.cols()).pivots().len()
}

/// The determinant of a square matrix; 1 for the 0×0 matrix.
///
/// Errors ([`Failure::Shape`]): the matrix is not square.
pub fn determinant(a: &Matrix<Rational>) -> Result<Rational, Failure> {
    if a.rows() != a.cols() {
        let shape = format!("{}x{}", a.rows(), a.cols());
        return Err(Failure::Shape(format!(
            "determinant: expected a square matrix, got {shape}"
        )));
    }
    Ok(Echelon::of(a, a.cols()).determinant())
}

/// A solution of A·x = b, with 0 for the free variables; `None` iff there is none.
///
/// Errors ([`Failure::Shape`]): b has not one entry per row.
pub fn solve(a: &Matrix<Rational>, b: &[Rational]) -> Result<Option<Vec<Rational>>, Failure> {
    let extended = a.beside(&Matrix::new(b.len(), 1, b.to_vec())?)?;
    Ok(Echelon::of(&extended, a.cols()).solution())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: &[&[&str]]) -> Matrix<Rational> {
        let row = |row: &&[&str]| row.iter().map(|text| text.parse().unwrap()).collect();
        Matrix::from_rows(rows.iter().map(row).collect()).unwrap()
    }

    fn vector(entries: &[&str]) -> Vec<Rational> {
        entries.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn ranks() {
        assert_eq!(rank(&matrix(&[&["1", "2"], &["2", "4"]])), 1);
        assert_eq!(rank(&matrix(&[&["0", "1/2", "1"], &["0", "1/3", "1"]])), 2);
        assert_eq!(
            rank(&matrix(&[&["1", "1/2"], &["1/2", "1/3"], &["1/3", "1/4"]])),
            2
        );
        assert_eq!(rank(&Matrix::zeros(3, 2)), 0);
        assert_eq!(rank(&Matrix::zeros(0, 2)), 0);
        assert_eq!(rank(&Matrix::zeros(2, 0)), 0);
    }

    #[test]
    fn determinants() {
        let hilbert = matrix(&[
            &["1", "1/2", "1/3"],
            &["1/2", "1/3", "1/4"],
            &["1/3", "1/4", "1/5"],
        ]);
        assert_eq!(determinant(&hilbert).unwrap().to_string(), "1/2160");
        assert_eq!(
            determinant(&matrix(&[&["0", "1"], &["1", "0"]]))
                .unwrap()
                .to_string(),
            "-1"
        );
        assert_eq!(
            determinant(&matrix(&[&["0", "2"], &["0", "1"]]))
                .unwrap()
                .to_string(),
            "0"
        );
        assert_eq!(
            determinant(&matrix(&[&["-7/3"]])).unwrap().to_string(),
            "-7/3"
        );
        assert_eq!(determinant(&Matrix::zeros(0, 0)).unwrap(), Rational::one());
        assert!(matches!(
            determinant(&Matrix::zeros(1, 2)),
            Err(Failure::Shape(_))
        ));
    }

    #[test]
    fn solutions_are_verified() {
        for (a, b) in [
            (matrix(&[&["2", "1"], &["1", "1/3"]]), vector(&["1/2", "5"])),
            (
                matrix(&[&["0", "0", "2"], &["0", "3", "1"]]),
                vector(&["4", "-1"]),
            ),
            (
                matrix(&[&["1", "2"], &["2", "4"], &["0", "0"]]),
                vector(&["3", "6", "0"]),
            ),
            (Matrix::zeros(0, 3), vector(&[])),
        ] {
            let x = solve(&a, &b).unwrap().unwrap();
            assert_eq!(a.apply(&x).unwrap(), b);
        }
    }

    #[test]
    fn inconsistent_systems_have_none() {
        for (a, b) in [
            (matrix(&[&["1", "2"], &["2", "4"]]), vector(&["3", "7"])),
            (matrix(&[&["0"]]), vector(&["1"])),
            (
                matrix(&[&["1"], &["1"], &["1"]]),
                vector(&["1", "1", "1/2"]),
            ),
            (Matrix::zeros(1, 0), vector(&["1"])),
        ] {
            assert_eq!(solve(&a, &b), Ok(None));
        }
        assert!(matches!(
            solve(&Matrix::zeros(2, 2), &vector(&["1"])),
            Err(Failure::Shape(_))
        ));
    }
}
