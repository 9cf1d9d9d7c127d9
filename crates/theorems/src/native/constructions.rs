//! Natives that are known networks: identity, hats, squares, products, powers, the cosine, cut-offs.

use claim_language::expr::Type::{Nat, Network as N, Real};
use relu_core::Failure;
use relu_core::constructions::{
    Certificate, ErrorBound, absolute, cosine, cosine_error, cosine_high, cutoff, cutoff_trapezoid,
    cutoff_unclamped, global, global_clamped, hat, hat_two_neurons, identity_network, multiply,
    multiply_clamped, multiply_unit, power, sawtooth, square,
};
use relu_core::network::Network;
use relu_core::number::multipoly::MultiPoly;
use relu_core::number::rational::Rational;
use relu_core::reference::check_polynomial;

use super::arguments::{bounded, built, network, rational};
use super::{Native, native};
use crate::value::{Backend, Context, Value};

pub(super) fn natives() -> Vec<Native> {
    let mut table = elementary();
    table.extend(products());
    table.extend(cosines());
    table.extend(cut_offs());
    table
}

/// A size that is counted in 32 bits.
pub(super) fn small(value: &Value) -> Result<u32, Failure> {
    let n = bounded(value)?;
    u32::try_from(n).map_err(|_| Failure::Limit(format!("a size below 2^32, got {n}")))
}

/// The part of an error bound that is about values.
pub(super) fn value_error(bound: &ErrorBound) -> Value {
    Value::rational(bound.value.clone())
}

/// The part of an error bound that is about partial derivatives, the largest of them.
pub(super) fn slope_error(bound: &ErrorBound) -> Value {
    Value::rational(bound.largest_derivative())
}

fn elementary() -> Vec<Native> {
    vec![
        native(
            "identity_net",
            &[Nat, Nat],
            N,
            "The identity network Id_{d,L}: x = σ(x) − σ(−x), passed through L layers.",
            "derived: claim relu-identity",
            |a, _| Ok(built(identity_network(bounded(a[0])?, bounded(a[1])?)?)),
        )
        .partial()
        .tex(r"\mathrm{Id}_{#1,#2}"),
        native(
            "hat",
            &[],
            N,
            "2σ(x) − 4σ(x − 1/2) + 2σ(x − 1).",
            "slides-regularity: sawtooth",
            |_, _| Ok(built(hat())),
        )
        .twin(
            "two_neurons",
            &[],
            "2σ(x) − 4σ(x − 1/2): the hat on [0,1], and −2x + 2 beyond.",
            "a hat on [0,1] taken for one on ℝ",
            "x = 2",
            |_, _| Ok(built(hat_two_neurons())),
        ),
        native(
            "sawtooth",
            &[Nat],
            N,
            "The s-fold composition of the hat network.",
            "slides-regularity: sawtooth",
            |a, _| Ok(built(sawtooth(bounded(a[0])?)?)),
        )
        .partial(),
        native(
            "square",
            &[Nat],
            N,
            "The squaring network with m hidden layers.",
            "notebook-regularity: square network",
            |a, _| Ok(built(square(bounded(a[0])?)?)),
        )
        .partial()
        .tex(r"\mathrm{sq}_{#1}"),
        native(
            "absolute_net",
            &[],
            N,
            "|x| = σ(x) + σ(−x) as a network.",
            "derived: claim mult-symmetric",
            |_, _| Ok(built(absolute())),
        ),
    ]
}

fn products() -> Vec<Native> {
    vec![
        native("multiply_unit", &[Nat], N, "T_m(a,b) = f_m((a+b)/2) − f_m(|a−b|/2), the product on [0,1]², with f_m the interpolation of x² at the multiples of 2⁻ᵐ.", "derived: claim mult-unit", |a, _| {
            Ok(built(multiply_unit(bounded(a[0])?)?))
        })
        .partial()
        .tex("T_{#1}"),
        native("multiply", &[Nat, Real], N, "×_{m,M}(x,y) = M²(f_m(|x+y|/2M) − f_m(|x−y|/2M)), the product on [−M,M]².", "derived: claim mult-symmetric", |a, _| {
            Ok(built(multiply(bounded(a[0])?, rational(a[1])?)?))
        })
        .partial()
        .tex(r"\times_{#1,#2}")
        .twin("clamped", &[Nat, Real], "The squares are taken of (x+y)/2M and (x−y)/2M, without absolute values.", "f_m taken for an even function", "m = 1, M = 1, (x,y) = (0,1)", |a, _| {
            Ok(built(multiply_clamped(bounded(a[0])?, rational(a[1])?)?))
        }),
        native("power", &[Nat, Nat], N, "The network for xⁿ on [0,1] from products T_m, all lower powers shared.", "derived: claim poly-explicit", |a, _| {
            Ok(built(power(small(a[0])?, bounded(a[1])?)?.0))
        })
        .partial(),
        native("power_value_error", &[Nat, Nat], Real, "The certified bound for |xⁿ − R(power(n, m))| on [0,1].", "derived: claim poly-explicit", |a, c| {
            Ok(value_error(&power_error(a, c)?))
        })
        .partial(),
        native("power_slope_error", &[Nat, Nat], Real, "The certified bound for the derivative of xⁿ − R(power(n, m)) on [0,1], where it exists.", "derived: claim poly-explicit", |a, c| {
            Ok(slope_error(&power_error(a, c)?))
        })
        .partial(),
    ]
}

fn cosines() -> Vec<Native> {
    vec![
        native("cosine", &[Nat, Nat, Nat], N, "cosine(N, q, m), a network for cos(2πx) on [0,1]: the Taylor polynomial of cos(πt) of degree 2N with coefficients rounded to q bits, from products T_m, after the hat.", "derived: claim cos-net", |a, _| {
            Ok(built(cosine(bounded(a[0])?, small(a[1])?, bounded(a[2])?)?))
        })
        .partial(),
        native("cosine_high", &[Nat, Nat, Nat, Nat], N, "cosine_high(n, N, q, m), a network for cos(2π·2ⁿ·x) on [0,1]: the polynomial network of cosine(N, q, m) after the sawtooth with n + 1 compositions.", "derived: claim cos-highfreq", |a, _| {
            Ok(built(cosine_high(bounded(a[0])?, bounded(a[1])?, small(a[2])?, bounded(a[3])?)?))
        })
        .partial(),
        native("cosine_value_error", &[Nat, Nat, Nat, Nat], Real, "The certified bound for |cos(2π·2ⁿ·x) − R(cosine_high(n, N, q, m))| on [0,1].", "derived: claim cos-highfreq", |a, _| {
            Ok(value_error(&cosine_error(bounded(a[0])?, bounded(a[1])?, small(a[2])?, bounded(a[3])?)?))
        })
        .partial(),
        native("cosine_slope_error", &[Nat, Nat, Nat, Nat], Real, "The certified bound for the derivative of cos(2π·2ⁿ·x) − R(cosine_high(n, N, q, m)) on [0,1], where it exists.", "derived: claim cos-highfreq", |a, _| {
            Ok(slope_error(&cosine_error(bounded(a[0])?, bounded(a[1])?, small(a[2])?, bounded(a[3])?)?))
        })
        .partial(),
    ]
}

fn cut_offs() -> Vec<Native> {
    vec![
        native("cutoff", &[Nat, Real], N, "χ_B(x) = σ(1 − Σ_i [σ(x_i − B) + σ(−x_i − B)]) in d variables.", "begj-2019: §VI", |a, _| {
            Ok(built(cutoff(bounded(a[0])?, rational(a[1])?)?))
        })
        .partial()
        .tex(r"\chi_{#1,#2}")
        .twin("unclamped", &[Nat, Real], "The outer activation is missing.", "a sum of distances taken for a cut-off", "d = 1, B = 1, x = 100", |a, _| {
            Ok(built(cutoff_unclamped(bounded(a[0])?, rational(a[1])?)?))
        }),
        native("cutoff_trapezoid", &[Nat, Real], N, "χ_B as σ(Σ_i Λ(x_i) − d + 1) with the trapezoid Λ(t) = σ(t+B+1) − σ(t+B) − σ(t−B) + σ(t−B−1).", "derived: claim char-net", |a, _| {
            Ok(built(cutoff_trapezoid(bounded(a[0])?, rational(a[1])?)?))
        })
        .partial(),
        native("global_net", &[N, Real, Nat, Real], N, "global_net(Φ, B, m, M) = ×_{m,M} ∘ P(χ_B, Φ), the shallower factor padded.", "begj-2019: §VI", |a, _| {
            Ok(built(global(network(a[0])?, rational(a[1])?, bounded(a[2])?, rational(a[3])?)?))
        })
        .partial()
        .tex(r"\times_{#3,#4}\circ P(\chi_{#2},#1)")
        .twin("clamped", &[N, Real, Nat, Real], "The product is multiply@clamped.", "f_m taken for an even function", "Φ = net(([[1]],[0])), B = M = 1, m = 3, x = 3", |a, _| {
            Ok(built(global_clamped(network(a[0])?, rational(a[1])?, bounded(a[2])?, rational(a[3])?)?))
        }),
    ]
}

/// The bound for power(n, m), from its certificate for xⁿ.
fn power_error(a: &[&Value], context: &Context) -> Result<ErrorBound, Failure> {
    let n = small(a[0])?;
    let (phi, certificate) = power(n, bounded(a[1])?)?;
    let monomial = MultiPoly::monomial(vec![n], Rational::one());
    certified(&phi, &monomial, certificate, context)
}

/// The bound of a certificate, checked by the reference backend.
pub(super) fn certified(
    phi: &Network,
    p: &MultiPoly,
    certificate: Certificate,
    context: &Context,
) -> Result<ErrorBound, Failure> {
    match context.backend {
        Backend::Fast => Ok(certificate.bound),
        Backend::Reference => check_polynomial(phi, p, &certificate),
    }
}
