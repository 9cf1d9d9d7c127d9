//! Natives that compare with the cosine.

use claim_language::expr::Type::{Box_, Function, Nat, Network as N, Poly, Real};
use relu_core::Failure;
use relu_core::constructions::cosine_polynomial;
use relu_core::geometry::line::{self, PolynomialPart, Quantity};
use relu_core::geometry::{Side, pieces_on};
use relu_core::number::enclosure::Enclosure;
use relu_core::number::pi;
use relu_core::number::polynomial::Polynomial;
use relu_core::number::rational::Rational;
use relu_core::reference;
use std::sync::Arc;

use super::arguments::{bounded, domain, network, polynomial_in, rational};
use super::constructions::small;
use super::{Native, native};
use crate::enclosed;
use crate::value::{Backend, Context, Value};

const PI_BITS: u32 = 128;

const COSINE: &str = "derived: claim cos-net";

pub(super) fn natives() -> Vec<Native> {
    vec![
        native(
            "pi",
            &[],
            Real,
            "The number π, between two rationals 2^(−128) apart.",
            "derived: standard",
            |_, c| {
                Ok(enclosed::lowered(match c.backend {
                    Backend::Fast => {
                        let (lower, upper) = pi(PI_BITS);
                        Enclosure::between(lower, upper)
                    }
                    Backend::Reference => reference::pi(),
                }))
            },
        )
        .tex(r"\pi"),
        native(
            "cosine_polynomial",
            &[Nat, Nat],
            Poly,
            "cosine_polynomial(N, q), the Taylor polynomial of cos(πt) of degree 2N at 0, its coefficients rounded to multiples of 2^(−q).",
            COSINE,
            |a, _| {
                let found = cosine_polynomial(bounded(a[0])?, small(a[1])?)?;
                Ok(Value::Poly(Arc::new(Polynomial::new(1, found.polynomial)?)))
            },
        )
        .partial(),
        native(
            "cos_sup_error",
            &[N, Real, Box_],
            Real,
            "sup |RΦ(x) − cos(2πwx)| on an interval, by certified bounds, for a network or a polynomial and a rational w.",
            COSINE,
            |a, c| Ok(enclosed::lowered(distance(a, c, Quantity::Value)?)),
        )
        .or(&[Function, Real, Box_], Real)
        .partial()
        .tex(r"\lVert #1-\cos(2\pi\,#2\,\cdot)\rVert_{L^\infty(#3)}"),
        native(
            "cos_slope_error",
            &[N, Real, Box_],
            Real,
            "ess sup |RΦ′(x) + 2πw·sin(2πwx)| on an interval, by certified bounds, for a network or a polynomial and a rational w.",
            COSINE,
            |a, c| Ok(enclosed::lowered(distance(a, c, Quantity::Slope)?)),
        )
        .or(&[Function, Real, Box_], Real)
        .partial()
        .tex(r"\lVert (#1-\cos(2\pi\,#2\,\cdot))'\rVert_{L^\infty(#3)}"),
    ]
}

fn distance(a: &[&Value], context: &Context, quantity: Quantity) -> Result<Enclosure, Failure> {
    let (frequency, on) = (rational(a[1])?, domain(a[2])?.side()?);
    let [lower, upper] = ends(&on)?;
    let parts = match a[0] {
        Value::Network(_) => {
            let phi = network(a[0])?;
            if phi.outdim() != 1 {
                return Err(Failure::Shape(format!(
                    "outputs of a network compared with a cosine: expected 1, got {}",
                    phi.outdim()
                )));
            }
            let pieces = match context.backend {
                Backend::Fast => pieces_on(phi, &on)?,
                Backend::Reference => reference::segments(phi, &on)?,
            };
            pieces.iter().filter_map(PolynomialPart::affine).collect()
        }
        other => {
            let poly = polynomial_in(other, 1, context)?.as_univariate();
            let poly = poly.expect("a polynomial in one variable");
            vec![PolynomialPart { lower, upper, poly }]
        }
    };
    Ok(match context.backend {
        Backend::Fast => line::cosine_distance(&parts, frequency, quantity),
        Backend::Reference => reference::cosine_distance(&parts, frequency, quantity),
    })
}

/// The ends of a bounded interval with inner points.
fn ends(on: &Side) -> Result<[Rational; 2], Failure> {
    match (&on.lower, &on.upper) {
        (Some(lower), Some(upper)) if lower < upper => Ok([lower.clone(), upper.clone()]),
        _ => Err(Failure::Undefined(format!(
            "distance from a cosine: expected a bounded interval with inner points, got {on}"
        ))),
    }
}
