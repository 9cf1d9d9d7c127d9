//! Natives on values of polynomials at points.

use claim_language::expr::Type::{Matrix as M, Nat};
use relu_core::linear::bareiss;
use relu_core::linear::interpolation::{monomial_values, principal_lattice};
use relu_core::reference;

use super::arguments::{bounded, lifted, rational_matrix};
use super::{Native, native};
use crate::value::{Backend, Value};

const STANDARD: &str = "derived: polynomial interpolation";

pub(super) fn natives() -> Vec<Native> {
    vec![
        native(
            "rank",
            &[M],
            Nat,
            "The rank of a rational matrix.",
            STANDARD,
            |a, context| {
                let found = rational_matrix(a[0])?;
                Ok(Value::count(match context.backend {
                    Backend::Fast => bareiss::rank(&found),
                    Backend::Reference => reference::rank(&found),
                }))
            },
        )
        .partial()
        .tex(r"\operatorname{rank}#1"),
        native(
            "monomial_values",
            &[M, Nat],
            M,
            "monomial_values(X, n), the values of all monomials of degree at most n at the rows of X, one row for each point.",
            STANDARD,
            |a, _| Ok(Value::matrix(lifted(&monomial_values(&rational_matrix(a[0])?, bounded(a[1])?)?))),
        )
        .partial(),
        native(
            "principal_lattice",
            &[Nat, Nat],
            M,
            "principal_lattice(d, n), the points α/n of ℝᵈ with |α| ≤ n as rows; the origin for n = 0.",
            STANDARD,
            |a, _| Ok(Value::matrix(lifted(&principal_lattice(bounded(a[0])?, bounded(a[1])?)?))),
        )
        .partial(),
    ]
}
