use super::*;
use crate::number::rational::Rational;

fn matrix(rows: &[&[i64]]) -> Matrix<Rational> {
    let rows = rows
        .iter()
        .map(|row| row.iter().map(|&n| Rational::from(n)).collect());
    Matrix::from_rows(rows.collect()).unwrap()
}

#[test]
fn products_and_sums_of_small_matrices() {
    let a = matrix(&[&[1, 2], &[3, 4], &[5, 6]]);
    let b = matrix(&[&[1, 0, -1], &[2, 1, 0]]);
    assert_eq!(
        a.times(&b).unwrap(),
        matrix(&[&[5, 2, -1], &[11, 4, -3], &[17, 6, -5]])
    );
    assert_eq!(a.plus(&a).unwrap(), a.scaled(&Rational::from(2)));
    assert!(a.minus(&a).unwrap().is_zero());
    assert_eq!(
        a.apply(&[1.into(), (-1).into()]).unwrap(),
        [-1, -1, -1].map(Rational::from)
    );
    assert_eq!(a.transpose().transpose(), a);
    assert_eq!(a.column(1), [2, 4, 6].map(Rational::from));
    assert_eq!(a.to_string(), "[[1,2],[3,4],[5,6]]");
}

#[test]
fn blocks_are_placed() {
    let a = matrix(&[&[1, 2]]);
    let b = matrix(&[&[3], &[4]]);
    assert_eq!(
        Matrix::block_diagonal(&[&a, &b]),
        matrix(&[&[1, 2, 0], &[0, 0, 3], &[0, 0, 4]])
    );
    assert_eq!(a.stacked(&a).unwrap(), matrix(&[&[1, 2], &[1, 2]]));
    assert_eq!(a.beside(&a).unwrap(), matrix(&[&[1, 2, 1, 2]]));
    assert_eq!(Matrix::<Rational>::identity(2), matrix(&[&[1, 0], &[0, 1]]));
}

#[test]
fn shapes_are_checked() {
    let a = matrix(&[&[1, 2]]);
    let b = matrix(&[&[3], &[4]]);
    assert!(matches!(a.times(&a), Err(Failure::Shape(_))));
    assert!(matches!(a.plus(&b), Err(Failure::Shape(_))));
    assert!(matches!(a.minus(&b), Err(Failure::Shape(_))));
    assert!(matches!(a.stacked(&b), Err(Failure::Shape(_))));
    assert!(matches!(a.beside(&b), Err(Failure::Shape(_))));
    assert!(matches!(a.apply(&[]), Err(Failure::Shape(_))));
    assert!(Matrix::new(2, 2, vec![Rational::one()]).is_err());
    assert!(Matrix::<Rational>::new(usize::MAX, 2, vec![]).is_err());
    assert!(Matrix::from_rows(vec![vec![1], vec![1, 2]]).is_err());
    let error = a.times(&a).unwrap_err().to_string();
    assert!(error.contains("expected 2 rows, got 1"), "{error}");
}

#[test]
fn empty_matrices_keep_their_shape() {
    let tall = Matrix::<Rational>::zeros(3, 0);
    let wide = Matrix::<Rational>::zeros(0, 2);
    assert_eq!(tall.times(&wide).unwrap(), Matrix::zeros(3, 2));
    assert_eq!(tall.times(&tall.transpose()).unwrap(), Matrix::zeros(3, 3));
    assert_eq!(wide.to_string(), "[]");
    assert_eq!(tall.transpose().rows(), 0);
}
