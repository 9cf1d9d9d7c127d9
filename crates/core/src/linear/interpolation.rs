//! Points and monomials of polynomial interpolation.

use crate::failure::Failure;
use crate::linear::matrix::Matrix;
use crate::number::rational::Rational;

/// Largest number of monomials or lattice points.
pub const MOST_MONOMIALS: usize = 1000;

/// The exponents α in d variables with |α| ≤ n, lexicographic.
///
/// Errors: [`Failure::Limit`] for more than [`MOST_MONOMIALS`].
pub fn exponents(variables: usize, degree: usize) -> Result<Vec<Vec<usize>>, Failure> {
    let mut list: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..variables {
        let mut longer = Vec::new();
        for alpha in &list {
            let left = degree - alpha.iter().sum::<usize>();
            for e in 0..=left {
                longer.push([alpha.as_slice(), &[e]].concat());
            }
            if longer.len() > MOST_MONOMIALS {
                return Err(Failure::Limit(format!(
                    "monomials of degree at most {degree} in {variables} variables: expected at most {MOST_MONOMIALS}"
                )));
            }
        }
        list = longer;
    }
    Ok(list)
}

/// The points α/n with |α| ≤ n in ℝᵈ as rows; the origin for n = 0.
///
/// Errors: as [`exponents`]; [`Failure::Shape`] for d = 0.
pub fn principal_lattice(variables: usize, degree: usize) -> Result<Matrix<Rational>, Failure> {
    if variables == 0 {
        return Err(Failure::Shape(
            "lattice: expected d at least 1, got 0".into(),
        ));
    }
    let count = |n: usize| Rational::from(i64::try_from(n).expect("at most MOST_MONOMIALS"));
    let last = count(degree.max(1));
    let rows = exponents(variables, degree)?.into_iter().map(|alpha| {
        let row = alpha.into_iter().map(|e| count(e).over(&last));
        row.map(|x| x.expect("n is at least 1")).collect()
    });
    Matrix::from_rows(rows.collect())
}

/// The values x^α of all monomials with |α| ≤ n, one row for each point x, one column for each α.
///
/// Errors: as [`exponents`].
pub fn monomial_values(
    points: &Matrix<Rational>,
    degree: usize,
) -> Result<Matrix<Rational>, Failure> {
    let list = exponents(points.cols(), degree)?;
    let rows = (0..points.rows()).map(|i| {
        let value = |alpha: &Vec<usize>| {
            let factors = points.row(i).iter().zip(alpha);
            factors.fold(Rational::one(), |product, (x, e)| {
                &product * &x.pow(u32::try_from(*e).expect("at most MOST_MONOMIALS"))
            })
        };
        list.iter().map(value).collect()
    });
    Matrix::from_rows(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linear::bareiss;
    use crate::reference;

    #[test]
    fn lattices_by_hand() {
        let shown = |d, n| format!("{:?}", principal_lattice(d, n).unwrap().data());
        assert_eq!(
            shown(1, 2),
            format!(
                "{:?}",
                ["0", "1/2", "1"].map(|x| x.parse::<Rational>().unwrap())
            )
        );
        assert_eq!(principal_lattice(2, 1).unwrap().rows(), 3);
        assert_eq!(principal_lattice(3, 0).unwrap(), Matrix::zeros(1, 3));
        assert!(principal_lattice(0, 2).is_err());
        assert!(matches!(principal_lattice(6, 12), Err(Failure::Limit(_))));
    }

    #[test]
    fn lattices_determine_polynomials() {
        for (d, n) in [(1, 0), (1, 5), (2, 3), (3, 2), (4, 1)] {
            let points = principal_lattice(d, n).unwrap();
            let values = monomial_values(&points, n).unwrap();
            assert_eq!(
                (values.rows(), values.cols()),
                (points.rows(), points.rows())
            );
            assert_eq!(bareiss::rank(&values), values.cols());
            assert_eq!(reference::rank(&values), values.cols());
        }
        let line: Vec<Vec<Rational>> = (0..4).map(|n| vec![n.into(), n.into()]).collect();
        let values = monomial_values(&Matrix::from_rows(line).unwrap(), 1).unwrap();
        assert_eq!((bareiss::rank(&values), reference::rank(&values)), (2, 2));
        assert_eq!(reference::rank(&Matrix::zeros(2, 3)), 0);
    }
}
