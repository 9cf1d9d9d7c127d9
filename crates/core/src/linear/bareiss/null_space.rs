//! Null spaces over any field whose elements have signs.

use crate::failure::Failure;
use crate::field::{Field, Order, Sign};

/// A basis of {v : r·v = 0 for every row r}; the unit vectors without rows, empty if only v = 0 is left.
///
/// Gauss–Jordan elimination; an element counts as zero if its sign in `order` is zero.
///
/// Errors: those of `order`; [`Failure::Shape`] if a row has not length `dimension`; [`Failure::Undefined`] if the field cannot divide by a pivot.
pub fn null_space<S: Field, O: Order<S>>(
    rows: &[Vec<S>],
    dimension: usize,
    order: &O,
) -> Result<Vec<Vec<S>>, Failure> {
    // Reduced rows with their pivot columns; every pivot is 1 and alone in its column.
    let mut reduced: Vec<(usize, Vec<S>)> = Vec::new();
    for row in rows {
        if row.len() != dimension {
            let length = row.len();
            return Err(Failure::Shape(format!(
                "row of a system: expected length {dimension}, got {length}"
            )));
        }
        let mut row = row.clone();
        for (column, other) in &reduced {
            clear(&mut row, *column, other);
        }
        let Some(column) = first_nonzero(&row, order)? else {
            continue;
        };
        let pivot = row[column].clone();
        for value in &mut row {
            *value = value
                .over(&pivot)
                .ok_or_else(|| Failure::Undefined(format!("division by {pivot:?}")))?;
        }
        for (_, other) in &mut reduced {
            clear(other, column, &row);
        }
        reduced.push((column, row));
    }
    let free = (0..dimension).filter(|j| reduced.iter().all(|(column, _)| column != j));
    let basis = free.map(|j| {
        let mut vector = vec![S::zero(); dimension];
        vector[j] = S::one();
        for (column, row) in &reduced {
            vector[*column] = row[j].negated();
        }
        vector
    });
    Ok(basis.collect())
}

/// row −= row[column] · other, where other[column] = 1.
fn clear<S: Field>(row: &mut [S], column: usize, other: &[S]) {
    let factor = row[column].negated();
    if factor.is_zero() {
        return;
    }
    for (value, base) in row.iter_mut().zip(other) {
        value.add_product(&factor, base);
    }
}

fn first_nonzero<S: Field, O: Order<S>>(row: &[S], order: &O) -> Result<Option<usize>, Failure> {
    for (j, value) in row.iter().enumerate() {
        if !value.is_zero() && order.sign(value)? != Sign::Zero {
            return Ok(Some(j));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::RationalOrder;
    use crate::linear::matrix::dot;
    use crate::number::cell::{Others, RealCell, RealContext};
    use crate::number::rational::Rational;
    use crate::number::roots::Algebraic;
    use crate::number::scalar::Scalar;

    #[test]
    fn vectors_are_in_the_null_space() {
        let rows: Vec<Vec<Rational>> = [[1, 2, 3, 4], [2, 4, 6, 8], [0, 0, 1, -1]]
            .map(|row| row.map(Rational::from).to_vec())
            .to_vec();
        let basis = null_space(&rows, 4, &RationalOrder).unwrap();
        assert_eq!(basis.len(), 2);
        for vector in &basis {
            assert!(rows.iter().all(|row| dot(row, vector).is_zero()));
        }
    }

    #[test]
    fn extreme_ranks() {
        let full = vec![
            vec![Rational::one(), Rational::zero()],
            vec![Rational::one(), Rational::one()],
        ];
        assert_eq!(null_space(&full, 2, &RationalOrder), Ok(vec![]));
        assert_eq!(
            null_space::<Rational, _>(&[], 3, &RationalOrder)
                .unwrap()
                .len(),
            3
        );
        assert!(matches!(
            null_space(&full, 3, &RationalOrder),
            Err(Failure::Shape(_))
        ));
    }

    #[test]
    fn zero_depends_on_the_cell() {
        let root = Algebraic::from(Rational::one());
        let rows = [vec![Scalar::symbol(0).minus(&1.into()), Scalar::zero()]];
        let order = |cell| RealContext::new(cell, Others::EquationOnly);
        assert_eq!(
            null_space(&rows, 2, &order(RealCell::Point(root.clone())))
                .unwrap()
                .len(),
            2
        );
        let above = RealCell::open(Some(root), None).unwrap();
        assert_eq!(null_space(&rows, 2, &order(above)).unwrap().len(), 1);
        assert!(matches!(
            null_space(&rows, 2, &order(RealCell::line())),
            Err(Failure::Split(_))
        ));
    }
}
