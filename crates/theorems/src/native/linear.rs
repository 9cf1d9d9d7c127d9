//! Natives on vectors and matrices.

use claim_language::expr::Type::{Bool, Matrix as M, Nat, Real, Set, Vec as V};
use relu_core::geometry::in_hull;
use relu_core::linear::matrix::{Matrix, dot};
use relu_core::number::scalar::Scalar;
use relu_core::{Failure, Field, Order, Sign};

use super::arguments::{entries, matrices, matrix, size, vector};
use super::numbers::magnitude;
use super::{Native, native};
use crate::value::{Context, Value};

const HOUSE: &str = "derived: standard";

pub(super) fn natives() -> Vec<Native> {
    vec![
        native("norm1", &[V], Real, "Sum of the absolute values of the entries.", HOUSE, norm1).or(&[M], Real).tex(r"\lVert #1\rVert_1"),
        native("norm_inf", &[V], Real, "Largest absolute value of an entry, 0 if there is none.", HOUSE, norm_inf)
            .or(&[M], Real)
            .tex(r"\lVert #1\rVert_\infty"),
        native("norm2sq", &[V], Real, "Sum of the squares of the entries.", HOUSE, |a, _| {
            let entries = entries(a[0])?;
            Ok(Value::Scalar(dot(entries, entries)))
        })
        .or(&[M], Real)
        .tex(r"\lVert #1\rVert_2^2"),
        native("op_norm_inf", &[M], Real, "The operator norm ℓ∞ → ℓ∞: the largest absolute row sum.", HOUSE, |a, c| {
            largest_row_sum(matrix(a[0])?, c)
        })
        .tex(r"\lVert #1\rVert_{\infty\to\infty}"),
        native("op_norm1", &[M], Real, "The operator norm ℓ1 → ℓ1: the largest absolute column sum.", HOUSE, |a, c| {
            largest_row_sum(&matrix(a[0])?.transpose(), c)
        })
        .tex(r"\lVert #1\rVert_{1\to 1}"),
        native("nnz", &[V], Nat, "The number of entries that are not zero.", HOUSE, |a, c| {
            let mut count = 0;
            for entry in entries(a[0])? {
                count += usize::from(c.order.sign(entry)? != Sign::Zero);
            }
            Ok(Value::count(count))
        })
        .or(&[M], Nat)
        .tex(r"\lVert #1\rVert_0"),
        native("transpose", &[M], M, "The transposed matrix.", HOUSE, |a, _| Ok(Value::matrix(matrix(a[0])?.transpose())))
            .tex("{#1}^{T}"),
        native("rows", &[M], Nat, "The number of rows.", HOUSE, |a, _| Ok(Value::count(matrix(a[0])?.rows()))),
        native("cols", &[M], Nat, "The number of columns.", HOUSE, |a, _| Ok(Value::count(matrix(a[0])?.cols()))),
        native("identity", &[Nat], M, "The identity matrix.", HOUSE, |a, _| Ok(Value::matrix(Matrix::identity(small(a[0])?)))).tex("I_{#1}"),
        native("zeros", &[Nat, Nat], M, "The zero matrix.", HOUSE, |a, _| {
            Ok(Value::matrix(Matrix::zeros(small(a[0])?, small(a[1])?)))
        })
        .tex(r"0_{#1\times #2}"),
        native("zero_vec", &[Nat], V, "The zero vector.", HOUSE, |a, _| Ok(Value::vector(vec![Scalar::zero(); small(a[0])?]))),
        native("stack", &[M, M], M, "The first matrix above the second.", HOUSE, |a, _| {
            Ok(Value::matrix(matrix(a[0])?.stacked(matrix(a[1])?)?))
        })
        .partial(),
        native("beside", &[M, M], M, "The first matrix left of the second.", HOUSE, |a, _| {
            Ok(Value::matrix(matrix(a[0])?.beside(matrix(a[1])?)?))
        })
        .partial(),
        native("concat", &[V, V], V, "The entries of the first vector, then those of the second.", HOUSE, |a, _| {
            Ok(Value::vector([vector(a[0])?, vector(a[1])?].concat()))
        }),
        native("dot", &[V, V], Real, "The scalar product of two vectors of one length.", HOUSE, |a, _| {
            let (x, y) = (vector(a[0])?, vector(a[1])?);
            if x.len() != y.len() {
                return Err(Failure::Shape(format!("vectors of one length, got {} and {}", x.len(), y.len())));
            }
            Ok(Value::Scalar(dot(x, y)))
        })
        .partial(),
        native("length", &[V], Nat, "The number of entries of a vector.", HOUSE, |a, _| Ok(Value::count(vector(a[0])?.len()))),
        native("in_hull", &[M, Set(Box::new(M))], Bool, "Whether the matrix is a convex combination of the matrices of the finite set (not per entry).", "derived: exact linear program", |a, c| {
            Ok(Value::Bool(in_hull(matrix(a[0])?, &matrices(a[1])?, &c.order)?))
        })
        .partial()
        .tex(r"#1\in\operatorname{conv}#2"),
    ]
}

fn small(value: &Value) -> Result<usize, Failure> {
    let n = size(value)?;
    if n > 1000 {
        Err(Failure::Limit(format!(
            "a dimension of at most 1000, got {n}"
        )))
    } else {
        Ok(n)
    }
}

fn norm1(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let mut sum = Scalar::zero();
    for entry in entries(a[0])? {
        sum = sum.plus(&magnitude(entry, context)?);
    }
    Ok(Value::Scalar(sum))
}

fn norm_inf(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let mut best = Scalar::zero();
    for entry in entries(a[0])? {
        let size = magnitude(entry, context)?;
        if context.order.sign(&size.minus(&best))? == Sign::Positive {
            best = size;
        }
    }
    Ok(Value::Scalar(best))
}

fn largest_row_sum(matrix: &Matrix<Scalar>, context: &Context) -> Result<Value, Failure> {
    let mut best = Scalar::zero();
    for i in 0..matrix.rows() {
        let mut sum = Scalar::zero();
        for entry in matrix.row(i) {
            sum = sum.plus(&magnitude(entry, context)?);
        }
        if context.order.sign(&sum.minus(&best))? == Sign::Positive {
            best = sum;
        }
    }
    Ok(Value::Scalar(best))
}
