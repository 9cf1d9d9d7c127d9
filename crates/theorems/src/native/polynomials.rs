//! Natives that are networks made for a polynomial, and their certified errors.

use claim_language::expr::Type::{Nat, Network as N, Poly, Real};
use relu_core::Failure;
use relu_core::constructions::{
    Certificate, ErrorBound, polynomial_at, polynomial_precision, polynomial_unscaled,
    polynomial_unshared, sobolev, sobolev_error, sobolev_leaking,
};
use relu_core::network::Network;
use relu_core::number::multipoly::MultiPoly;

use super::arguments::{bounded, built, polynomial, rational};
use super::constructions::{certified, slope_error, small, value_error};
use super::{Native, native};
use crate::value::{Context, Value};

type Construction = fn(&MultiPoly, usize, u32, usize) -> Result<(Network, Certificate), Failure>;

type Local<T> = fn(&MultiPoly, usize, u32, usize, usize) -> Result<T, Failure>;

/// A construction at the arguments (p, n, m).
fn made(
    a: &[&Value],
    context: &Context,
    construction: Construction,
) -> Result<(Network, Certificate), Failure> {
    let p = polynomial(a[0], context)?;
    construction(p.terms(), p.variables(), small(a[1])?, bounded(a[2])?)
}

/// A function of local Taylor polynomials at the arguments (p, n, N, m).
fn local<T>(a: &[&Value], context: &Context, of: Local<T>) -> Result<T, Failure> {
    let p = polynomial(a[0], context)?;
    of(
        p.terms(),
        p.variables(),
        small(a[1])?,
        bounded(a[2])?,
        bounded(a[3])?,
    )
}

/// The bound of the construction; the reference backend derives it again from the network and its list of products.
fn bound(a: &[&Value], context: &Context) -> Result<ErrorBound, Failure> {
    let (phi, certificate) = made(a, context, polynomial_at)?;
    let p = polynomial(a[0], context)?;
    certified(&phi, p.terms(), certificate, context)
}

pub(super) fn natives() -> Vec<Native> {
    const POLYNOMIALS: &str = "derived: claim poly-explicit";
    const LOCAL: &str = "derived: claim sobolev-explicit";
    vec![
        native("polynomial_at", &[Poly, Nat, Nat], N, "polynomial_at(p, n, m), the network for p on [0,1]ᵈ from products T_m: all powers up to n shared, one balanced tree for each monomial, output layers of factor 4; n is at least the degree.", POLYNOMIALS, |a, c| {
            Ok(built(made(a, c, polynomial_at)?.0))
        })
        .partial()
        .twin("unscaled", &[Poly, Nat, Nat], "The coefficients enter the last layer as they are.", "bounded weights taken for granted", "p = 100·x, n = 1", |a, c| {
            Ok(built(made(a, c, polynomial_unscaled)?.0))
        })
        .twin("unshared", &[Poly, Nat, Nat], "Every monomial has its own tree over |α| leaves.", "width of parallel trees", "p = x⁹ + … + x¹⁶, n = 16", |a, c| {
            Ok(built(made(a, c, polynomial_unshared)?.0))
        }),
        native("polynomial_value_error", &[Poly, Nat, Nat], Real, "The certified bound for |p − R(polynomial_at(p, n, m))| on [0,1]ᵈ.", POLYNOMIALS, |a, c| {
            Ok(value_error(&bound(a, c)?))
        })
        .partial(),
        native("polynomial_slope_error", &[Poly, Nat, Nat], Real, "The certified bound for the partial derivatives of p − R(polynomial_at(p, n, m)) on [0,1]ᵈ, where they exist; the largest of them.", POLYNOMIALS, |a, c| {
            Ok(slope_error(&bound(a, c)?))
        })
        .partial(),
        native("polynomial_precision", &[Poly, Nat, Real], Nat, "The precision m at which polynomial_at(p, n, m) has error at most ε: max(1, ⌈log₂(2n·max(D,1)·max(‖c‖₁/ε, 1))⌉) with D = ⌈log₂n⌉ + ⌈log₂d⌉.", POLYNOMIALS, |a, c| {
            let p = polynomial(a[0], c)?;
            let m = polynomial_precision(p.terms(), p.variables(), small(a[1])?, rational(a[2])?)?;
            Ok(Value::count(m))
        })
        .partial(),
        native("sobolev", &[Poly, Nat, Nat, Nat], N, "sobolev(p, n, N, m), the network for Σ_j φ_j·P_j on [0,1]ᵈ from products T_m: hats φ_j of width 1/N, Taylor polynomials P_j of degree n − 1 at the nodes j/N.", LOCAL, |a, c| {
            Ok(built(local(a, c, sobolev)?))
        })
        .partial()
        .twin("leaking", &[Poly, Nat, Nat, Nat], "The products are T_m + 2^(−2m−2), which are not 0 where a factor is.", "products of the right accuracy that do not vanish", "p = x³, n = 2, N = 8, m = 2, x = 0", |a, c| {
            Ok(built(local(a, c, sobolev_leaking)?))
        }),
        native("sobolev_value_error", &[Poly, Nat, Nat, Nat], Real, "The certified bound for |p − R(sobolev(p, n, N, m))| on [0,1]ᵈ.", LOCAL, |a, c| {
            Ok(value_error(&local(a, c, sobolev_error)?))
        })
        .partial(),
        native("sobolev_slope_error", &[Poly, Nat, Nat, Nat], Real, "The certified bound for the partial derivatives of p − R(sobolev(p, n, N, m)) on [0,1]ᵈ, where they exist; the largest of them.", LOCAL, |a, c| {
            Ok(slope_error(&local(a, c, sobolev_error)?))
        })
        .partial(),
    ]
}
