//! The cosine: its Taylor polynomial in t = g_n(x), where the sawtooth g_n folds all periods onto one.

use super::accuracy::ErrorBound;
use super::hat::sawtooth;
use super::polynomial::polynomial_at;
use crate::failure::Failure;
use crate::network::Network;
use crate::number::multipoly::MultiPoly;
use crate::number::pi::{pi, rounded_down};
use crate::number::rational::Rational;
use crate::operations::compose;

/// Largest number of terms of [`cosine_polynomial`] besides the constant one.
pub const MOST_TERMS: usize = 64;

/// Largest number of bits of a coefficient of [`cosine_polynomial`].
pub const MOST_BITS: u32 = 1024;

/// A polynomial for cos(πt) with its error on \[0,1\].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CosinePolynomial {
    /// Σ_{k≤N} r_k·t^{2k}.
    pub polynomial: MultiPoly,
    /// Bounds for the value and for the derivative in t.
    pub error: ErrorBound,
}

/// P(t) = Σ_{k≤N} r_k·t^{2k} with r_k the multiple of 2^{−q} nearest to (−1)ᵏ·π^{2k}/(2k)!.
///
/// On \[0,1\]: |cos(πt) − P| ≤ π^{2N+2}/(2N+2)! + Σ_k |r_k − (−1)ᵏπ^{2k}/(2k)!|, and the derivatives differ by at most
/// π^{2N+2}/(2N+1)! + Σ_k 2k·|r_k − …|. The bounds given are these, from an enclosure of π, rounded up to multiples of
/// 2^{−q−16}; the sums are at most N·2^{−q−1} and N(N+1)·2^{−q−1}, since r₀ = 1 is exact.
///
/// # Exactness
/// The coefficients are rounded from enclosures of π that are refined until both ends round alike. This ends, as π^{2k}
/// is irrational for k ≥ 1 and never half way between two multiples of 2^{−q}.
///
/// Errors: [`Failure::Shape`] for N = 0; [`Failure::Limit`] for N > [`MOST_TERMS`] or q > [`MOST_BITS`].
///
/// # Source
/// Claim `cos-net`.
pub fn cosine_polynomial(terms: usize, q: u32) -> Result<CosinePolynomial, Failure> {
    if terms == 0 {
        return Err(Failure::Shape(
            "cosine: expected N at least 1, got 0".into(),
        ));
    }
    if terms > MOST_TERMS || q > MOST_BITS {
        return Err(Failure::Limit(format!(
            "cosine: expected N at most {MOST_TERMS} and q at most {MOST_BITS}, got {terms} and {q}"
        )));
    }
    let mut polynomial = MultiPoly::constant(Rational::one());
    let (mut value, mut slope) = (Rational::zero(), Rational::zero());
    for k in 1..=terms {
        let (rounded, error) = rounded_coefficient(k, q);
        let power = u32::try_from(2 * k).expect("at most 2·MOST_TERMS");
        polynomial = &polynomial
            + &MultiPoly::symbol(0)
                .pow(power)
                .scaled(&if k % 2 == 0 { rounded } else { -rounded });
        value += &error;
        slope.add_product(&Rational::from(i64::from(power)), &error);
    }
    // π^{2N+2}/(2N+2)! and 2N + 2 times as much.
    let tail = coefficient(terms + 1, q + 32).1;
    value += &tail;
    let degree = i64::try_from(2 * terms + 2).expect("at most 2·MOST_TERMS + 2");
    slope.add_product(&Rational::from(degree), &tail);
    let up = |x: Rational| -rounded_down(&-x, q + 16);
    Ok(CosinePolynomial {
        polynomial,
        error: ErrorBound {
            value: up(value),
            derivative: vec![up(slope)],
        },
    })
}

/// A network for cos(2πx) on \[0,1\]: the polynomial network for [`cosine_polynomial`], of precision m, after the hat.
///
/// [`cosine_high`] for n = 0. Errors as [`cosine_polynomial`] and
/// [`polynomial_at`](super::polynomial_at).
///
/// # Source
/// Claim `cos-net`; cos(2πx) = cos(π·g₁(x)) on \[0,1\].
pub fn cosine(terms: usize, q: u32, m: usize) -> Result<Network, Failure> {
    cosine_high(0, terms, q, m)
}

/// A network for cos(2π·2ⁿ·x) on \[0,1\]: the polynomial network for [`cosine_polynomial`], of precision m, after the
/// sawtooth g_{n+1}.
///
/// With K = ⌈log₂2N⌉: L = K(m+1) + n + 3, as π²/2 > 4 needs one output layer of factor 4; ‖·‖_∞ = 4. The connectivity is
/// that of the polynomial network plus 11n + 9: the sawtooth has 11n + 5 entries before its last layer, and the two
/// entries by which the polynomial network reads t become three each. Outside \[0,1\] the sawtooth is 0 and the value that
/// at 0. The error is that of [`cosine_error`].
///
/// Errors as [`cosine`], and for n + 1 above [`MOST_COMPOSITIONS`](super::MOST_COMPOSITIONS).
///
/// # Source
/// Claim `cos-highfreq`; cos(2π2ⁿx) = cos(π·g_{n+1}(x)) on \[0,1\], as 2^{n+1}x ∓ g_{n+1}(x) is an even number for one
/// of the signs.
pub fn cosine_high(n: usize, terms: usize, q: u32, m: usize) -> Result<Network, Failure> {
    compose(&outer(terms, q, m)?.0, &sawtooth(n.saturating_add(1))?)
}

/// Bounds for the error of [`cosine_high`] against cos(2π·2ⁿ·x) on \[0,1\]: that of the polynomial plus that of its network,
/// the derivative times the slope 2^{n+1} of the sawtooth.
///
/// Errors as [`cosine_high`].
///
/// # Source
/// Claims `cos-net`, `cos-highfreq`.
pub fn cosine_error(n: usize, terms: usize, q: u32, m: usize) -> Result<ErrorBound, Failure> {
    let (_, error) = outer(terms, q, m)?;
    sawtooth(n.saturating_add(1))?;
    let teeth = u32::try_from(n + 1).expect("at most MOST_COMPOSITIONS");
    let slope = Rational::from(2).pow(teeth);
    Ok(ErrorBound {
        value: error.value,
        derivative: error.derivative.iter().map(|e| e * &slope).collect(),
    })
}

/// The polynomial network in t, and its error against cos(πt) on \[0,1\].
fn outer(terms: usize, q: u32, m: usize) -> Result<(Network, ErrorBound), Failure> {
    let taylor = cosine_polynomial(terms, q)?;
    let degree = u32::try_from(2 * terms).expect("at most 2·MOST_TERMS");
    let (network, certificate) = polynomial_at(&taylor.polynomial, 1, degree, m)?;
    let bound = certificate.bound;
    let error = ErrorBound {
        value: &taylor.error.value + &bound.value,
        derivative: vec![&taylor.error.derivative[0] + &bound.derivative[0]],
    };
    Ok((network, error))
}

/// The multiple of 2^{−q} nearest to π^{2k}/(2k)!, k ≥ 1, and a bound for the distance.
fn rounded_coefficient(k: usize, q: u32) -> (Rational, Rational) {
    let half = Rational::one().half().pow(q + 1);
    let mut bits = q + 32;
    loop {
        let (low, high) = coefficient(k, bits);
        let nearest = rounded_down(&(&low + &half), q);
        if nearest == rounded_down(&(&high + &half), q) {
            let error = (&nearest - &low).abs().max((&nearest - &high).abs());
            return (nearest, error);
        }
        bits *= 2;
    }
}

/// An enclosure of π^{2k}/(2k)! from one of π with this many bits.
fn coefficient(k: usize, bits: u32) -> (Rational, Rational) {
    let (low, high) = pi(bits);
    let power = u32::try_from(2 * k).expect("a small index");
    let over = |x: &Rational| {
        (1..=i64::from(power)).fold(x.pow(power), |value, i| {
            value.over(&Rational::from(i)).expect("i is at least 1")
        })
    };
    (over(&low), over(&high))
}
