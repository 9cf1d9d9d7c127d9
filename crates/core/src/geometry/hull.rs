//! Membership in the convex hull of finitely many matrices.

use crate::failure::Failure;
use crate::field::{Field, Order};
use crate::linear::matrix::Matrix;
use crate::linear::simplex::{Nonnegative, nonnegative_solution};

/// Whether M is a convex combination of the matrices in `set`, as matrices (not entry by entry).
///
/// # Exactness
/// Exact: feasibility of λ ≥ 0, Σλ_i = 1, Σλ_i·M_i = M by the simplex method.
///
/// Errors: [`Failure::Undefined`] for the empty set; [`Failure::Shape`] for matrices of different shapes; whatever
/// the order reports.
pub fn in_hull<S: Field, O: Order<S>>(
    m: &Matrix<S>,
    set: &[Matrix<S>],
    order: &O,
) -> Result<bool, Failure> {
    if set.is_empty() {
        return Err(Failure::Undefined("convex hull of no matrices".into()));
    }
    let shape = (m.rows(), m.cols());
    if let Some(other) = set
        .iter()
        .find(|other| (other.rows(), other.cols()) != shape)
    {
        return Err(Failure::Shape(format!(
            "matrix of a convex hull: expected shape {}x{}, got {}x{}",
            shape.0,
            shape.1,
            other.rows(),
            other.cols()
        )));
    }
    if set.contains(m) {
        return Ok(true);
    }
    let mut rows = vec![vec![S::one(); set.len()]];
    let mut target = vec![S::one()];
    for (k, value) in m.data().iter().enumerate() {
        rows.push(set.iter().map(|other| other.data()[k].clone()).collect());
        target.push(value.clone());
    }
    let system = Matrix::from_rows(rows)?;
    Ok(matches!(
        nonnegative_solution(&system, &target, order)?,
        Nonnegative::Solution(_)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::RationalOrder;
    use crate::number::rational::Rational;

    fn row(entries: &[&str]) -> Matrix<Rational> {
        Matrix::from_rows(vec![
            entries.iter().map(|text| text.parse().unwrap()).collect(),
        ])
        .unwrap()
    }

    fn inside(m: &[&str], set: &[&[&str]]) -> bool {
        let set: Vec<_> = set.iter().map(|entries| row(entries)).collect();
        in_hull(&row(m), &set, &RationalOrder).unwrap()
    }

    #[test]
    fn intervals() {
        assert!(inside(&["1/2"], &[&["0"], &["1"]]));
        assert!(inside(&["0"], &[&["0"], &["1"]]));
        assert!(inside(&["1"], &[&["0"], &["1"]]));
        assert!(inside(&["1"], &[&["1"]]));
        assert!(!inside(&["-1/1000000"], &[&["0"], &["1"]]));
        assert!(!inside(&["1000001/1000000"], &[&["0"], &["1"]]));
        assert!(!inside(&["1/2"], &[&["1"]]));
    }

    #[test]
    fn the_hull_is_not_taken_entry_by_entry() {
        // Every entry of (0,1) lies between those of (0,0) and (1,1), yet (0,1) is off the diagonal.
        assert!(!inside(&["0", "1"], &[&["0", "0"], &["1", "1"]]));
        assert!(inside(&["1/3", "1/3"], &[&["0", "0"], &["1", "1"]]));
        assert!(inside(
            &["1/3", "1/3"],
            &[&["0", "0"], &["1", "0"], &["0", "1"]]
        ));
        assert!(!inside(
            &["2/3", "1/2"],
            &[&["0", "0"], &["1", "0"], &["0", "1"]]
        ));
    }

    #[test]
    fn degenerate_sets() {
        let m = row(&["0"]);
        assert!(matches!(
            in_hull(&m, &[], &RationalOrder),
            Err(Failure::Undefined(_))
        ));
        let wide = row(&["0", "0"]);
        assert!(matches!(
            in_hull(&m, &[wide], &RationalOrder),
            Err(Failure::Shape(_))
        ));
        assert!(inside(
            &["1/2"],
            &[&["0"], &["1"], &["0"], &["1"], &["1/2"]]
        ));
    }
}
