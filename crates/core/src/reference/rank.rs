//! The rank by elimination from the last row up, with divisions.

use crate::linear::matrix::Matrix;
use crate::number::rational::Rational;

/// The largest number of linearly independent rows.
pub fn rank(a: &Matrix<Rational>) -> usize {
    let mut rows: Vec<Vec<Rational>> = (0..a.rows()).map(|i| a.row(i).to_vec()).collect();
    let mut rank = 0;
    while let Some(pivot) = rows.pop() {
        let Some(column) = pivot.iter().rposition(|entry| !entry.is_zero()) else {
            continue;
        };
        rank += 1;
        for row in &mut rows {
            let factor = row[column]
                .over(&pivot[column])
                .expect("the pivot is not 0");
            for (entry, other) in row.iter_mut().zip(&pivot) {
                *entry = &*entry - &(&factor * other);
            }
        }
    }
    rank
}
