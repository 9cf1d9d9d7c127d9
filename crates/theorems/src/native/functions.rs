//! Natives on polynomials.

use claim_language::expr::Type::{Nat, Poly, Vec as V};

use super::arguments::{polynomial, rational_vector};
use super::{Native, native};
use crate::function::from_coefficients;
use crate::value::Value;
use std::sync::Arc;

const HOUSE: &str = "derived: standard";

pub(super) fn natives() -> Vec<Native> {
    vec![
        native(
            "poly",
            &[V],
            Poly,
            "The polynomial c₀ + c₁x + c₂x² + … in one variable.",
            HOUSE,
            |a, _| {
                let poly = from_coefficients(rational_vector(a[0])?)?;
                Ok(Value::Poly(Arc::new(poly)))
            },
        ),
        native(
            "coeffs",
            &[Poly],
            V,
            "The coefficients that are not zero, in ascending lexicographic order of the monomials; [0] for the zero polynomial.",
            "derived: claim poly-explicit",
            |a, c| Ok(Value::rational_vector(&polynomial(a[0], c)?.coefficients())),
        )
        .partial(),
        native(
            "total_degree",
            &[Poly],
            Nat,
            "The largest sum of exponents of a monomial that occurs; 0 for the zero polynomial.",
            "derived: claim poly-explicit",
            |a, c| {
                let degree = polynomial(a[0], c)?.total_degree();
                Ok(Value::integer(i64::try_from(degree).expect("exponents are below 2³²")))
            },
        )
        .partial()
        .tex(r"\deg #1"),
    ]
}
