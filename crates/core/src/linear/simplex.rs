//! Linear inequalities over an ordered field: non-negative solutions, their certificates, and strict directions.

mod tableau;

use super::bareiss::null_space;
use super::matrix::{Matrix, dot};
use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use tableau::Tableau;

/// The outcome of Farkas' alternative for A·λ = b, λ ≥ 0; exactly one of the two exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nonnegative<S> {
    /// λ ≥ 0 with A·λ = b.
    Solution(Vec<S>),
    /// y with yᵀ·A ≥ 0 and yᵀ·b < 0: there is no solution.
    Farkas(Vec<S>),
}

/// Decides A·λ = b, λ ≥ 0 by the first phase of the simplex method with Bland's rule.
///
/// # Exactness
/// Exact; Bland's rule excludes cycles, so the method ends. Both outcomes are checked in debug builds.
///
/// # Degenerate cases
/// No rows: λ = 0. No columns: λ is empty iff b = 0.
///
/// Errors: [`Failure::Shape`] if b has not one entry per row; the errors of `order`; [`Failure::Undefined`] if the field cannot
/// divide by a positive element.
pub fn nonnegative_solution<S: Field, O: Order<S>>(
    a: &Matrix<S>,
    b: &[S],
    order: &O,
) -> Result<Nonnegative<S>, Failure> {
    if b.len() != a.rows() {
        return Err(Failure::Shape(format!(
            "right-hand side of {} equations: expected length {}, got {}",
            a.rows(),
            a.rows(),
            b.len()
        )));
    }
    let mut tableau = Tableau::new(a, b, order)?;
    while tableau.improve(order)? {}
    let outcome = tableau.outcome(order)?;
    debug_assert!(
        holds(a, b, &outcome, order)?,
        "the outcome of the simplex method is false"
    );
    Ok(outcome)
}

/// Whether the outcome is true: A·λ = b and λ ≥ 0, or yᵀ·A ≥ 0 and yᵀ·b < 0.
pub fn holds<S: Field, O: Order<S>>(
    a: &Matrix<S>,
    b: &[S],
    outcome: &Nonnegative<S>,
    order: &O,
) -> Result<bool, Failure> {
    let all_nonnegative = |values: &[S]| -> Result<bool, Failure> {
        for value in values {
            if order.sign(value)? == Sign::Negative {
                return Ok(false);
            }
        }
        Ok(true)
    };
    match outcome {
        Nonnegative::Solution(solution) => {
            for (left, right) in a.apply(solution)?.iter().zip(b) {
                if !order.equal(left, right)? {
                    return Ok(false);
                }
            }
            all_nonnegative(solution)
        }
        Nonnegative::Farkas(certificate) => {
            Ok(all_nonnegative(&a.transpose().apply(certificate)?)?
                && order.sign(&dot(certificate, b))? == Sign::Negative)
        }
    }
}

/// A vector v with r·v > 0 for every r in `positive` and r·v = 0 for every r in `zero`; `None` iff there is none.
///
/// The equations are eliminated first, v = N·w. By Gordan's theorem R·w > 0 has no solution iff Rᵀ·λ = 0 for some λ ≥ 0, λ ≠ 0,
/// which is scaled to Σ λ_i = 1; a Farkas vector (w, s) of that system has R·w + s ≥ 0 and s < 0.
///
/// # Degenerate cases
/// Without strict conditions v = 0.
///
/// Errors: [`Failure::Shape`] if a row has not length `dimension`; otherwise as [`nonnegative_solution`].
pub fn strict_direction<S: Field, O: Order<S>>(
    positive: &[Vec<S>],
    zero: &[Vec<S>],
    dimension: usize,
    order: &O,
) -> Result<Option<Vec<S>>, Failure> {
    check_lengths(positive, zero, dimension)?;
    if positive.is_empty() {
        return Ok(Some(vec![S::zero(); dimension]));
    }
    let basis = null_space(zero, dimension, order)?;
    // Row k of the system: the k-th coordinate of every R_i; the last row: Σ λ_i.
    let mut data = Vec::with_capacity((basis.len() + 1) * positive.len());
    for vector in &basis {
        data.extend(positive.iter().map(|row| dot(row, vector)));
    }
    data.extend(positive.iter().map(|_| S::one()));
    let system = Matrix::new(basis.len() + 1, positive.len(), data)?;
    let mut right = vec![S::zero(); basis.len()];
    right.push(S::one());
    match nonnegative_solution(&system, &right, order)? {
        Nonnegative::Solution(_) => Ok(None),
        Nonnegative::Farkas(weights) => {
            let mut direction = vec![S::zero(); dimension];
            for (weight, vector) in weights.iter().zip(&basis) {
                for (sum, value) in direction.iter_mut().zip(vector) {
                    sum.add_product(weight, value);
                }
            }
            Ok(Some(direction))
        }
    }
}

/// Checks that every row has the length `dimension`.
pub(super) fn check_lengths<S>(
    positive: &[Vec<S>],
    zero: &[Vec<S>],
    dimension: usize,
) -> Result<(), Failure> {
    match positive
        .iter()
        .chain(zero)
        .find(|row| row.len() != dimension)
    {
        None => Ok(()),
        Some(row) => Err(Failure::Shape(format!(
            "linear condition on a vector: expected length {dimension}, got {}",
            row.len()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::RationalOrder;
    use crate::number::rational::Rational;

    fn rows(rows: &[&[i64]]) -> Vec<Vec<Rational>> {
        rows.iter()
            .map(|row| row.iter().map(|&n| n.into()).collect())
            .collect()
    }

    fn solve(a: &[&[i64]], b: &[i64]) -> Nonnegative<Rational> {
        let a = Matrix::from_rows(rows(a)).unwrap();
        let b: Vec<Rational> = b.iter().map(|&n| n.into()).collect();
        let outcome = nonnegative_solution(&a, &b, &RationalOrder).unwrap();
        assert!(holds(&a, &b, &outcome, &RationalOrder).unwrap());
        outcome
    }

    #[test]
    fn solvable_systems() {
        for (a, b) in [
            (&[&[1, 1][..], &[1, -1]][..], &[2, 0][..]),
            (&[&[-1, -1]], &[-5]),
            (&[&[1, 2, 3], &[2, 4, 6]], &[6, 12]),
            (&[&[0, 0]], &[0]),
            (&[&[1, -1], &[-1, 1]], &[0, 0]),
        ] {
            assert!(
                matches!(solve(a, b), Nonnegative::Solution(_)),
                "{a:?} {b:?}"
            );
        }
    }

    #[test]
    fn unsolvable_systems_have_a_certificate() {
        for (a, b) in [
            (&[&[1, 1][..]][..], &[-1][..]),
            (&[&[1, 2, 3], &[2, 4, 6]], &[6, 13]),
            (&[&[0, 0]], &[1]),
            (&[&[1, -1], &[-1, 1]], &[1, 1]),
            (&[&[1, 0], &[0, 1], &[1, 1]], &[1, 1, 3]),
        ] {
            assert!(matches!(solve(a, b), Nonnegative::Farkas(_)), "{a:?} {b:?}");
        }
    }

    #[test]
    fn false_outcomes_are_seen() {
        let a = Matrix::from_rows(rows(&[&[1, 1]])).unwrap();
        let number = |n: i64| Rational::from(n);
        for (b, outcome) in [
            (1, Nonnegative::Solution(vec![number(1), number(1)])),
            (0, Nonnegative::Solution(vec![number(1), number(-1)])),
            (1, Nonnegative::Farkas(vec![number(-1)])),
            (1, Nonnegative::Farkas(vec![number(1)])),
            (0, Nonnegative::Farkas(vec![number(1)])),
        ] {
            assert!(
                !holds(&a, &[number(b)], &outcome, &RationalOrder).unwrap(),
                "{outcome:?}"
            );
        }
    }

    #[test]
    fn empty_systems() {
        let none = Matrix::<Rational>::zeros(0, 2);
        let solution = nonnegative_solution(&none, &[], &RationalOrder).unwrap();
        assert_eq!(solution, Nonnegative::Solution(vec![Rational::zero(); 2]));
        let no_columns = Matrix::<Rational>::zeros(1, 0);
        let number = |n: i64| Rational::from(n);
        let outcome = |b| nonnegative_solution(&no_columns, &[number(b)], &RationalOrder).unwrap();
        assert_eq!(outcome(0), Nonnegative::Solution(vec![]));
        assert!(matches!(outcome(2), Nonnegative::Farkas(_)));
        assert!(matches!(outcome(-2), Nonnegative::Farkas(_)));
        assert!(nonnegative_solution(&no_columns, &[], &RationalOrder).is_err());
    }

    #[test]
    fn a_degenerate_system_ends() {
        // The constraints of Beale's cycling example with their slack columns: two right-hand sides are 0, so most steps are
        // degenerate.
        let quarter = |p| Rational::new(p, 4).unwrap();
        let mut a = rows(&[
            &[0, -60, 0, 9, 1, 0, 0],
            &[0, -90, 0, 3, 0, 1, 0],
            &[0, 0, 1, 0, 0, 0, 1],
        ]);
        a[0][0] = quarter(1);
        a[0][2] = Rational::new(-1, 25).unwrap();
        a[1][0] = quarter(2);
        a[1][2] = Rational::new(-1, 50).unwrap();
        let b = [Rational::zero(), Rational::zero(), Rational::one()];
        let outcome = nonnegative_solution(&Matrix::from_rows(a).unwrap(), &b, &RationalOrder);
        assert!(matches!(outcome, Ok(Nonnegative::Solution(_))));
    }

    #[test]
    fn directions_and_their_absence() {
        let find = |positive: &[&[i64]], zero: &[&[i64]], dimension| {
            strict_direction(&rows(positive), &rows(zero), dimension, &RationalOrder)
        };
        assert!(find(&[&[1, 0], &[0, 1]], &[], 2).unwrap().is_some());
        assert!(find(&[&[1, 0], &[-1, 1]], &[], 2).unwrap().is_some());
        assert_eq!(find(&[&[1, 0], &[-1, 0]], &[], 2), Ok(None));
        assert_eq!(find(&[&[1, 1]], &[&[1, 1]], 2), Ok(None));
        assert_eq!(find(&[&[1, 0], &[0, 1]], &[&[1, 1]], 2), Ok(None));
        assert_eq!(find(&[&[0, 0]], &[], 2), Ok(None));
        assert_eq!(find(&[&[]], &[], 0), Ok(None));
        assert_eq!(
            find(&[], &[&[1, 1]], 2),
            Ok(Some(vec![Rational::zero(); 2]))
        );
        assert!(matches!(find(&[&[1]], &[], 2), Err(Failure::Shape(_))));
        assert!(matches!(find(&[], &[&[1]], 2), Err(Failure::Shape(_))));
    }
}
