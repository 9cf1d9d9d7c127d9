//! Networks for polynomials on the unit cube, of bounded weights and with a certified error in W^{1,∞}.

mod certificate;
mod plan;

pub use certificate::{Block, Certificate, Operand, Stage};

use super::accuracy::ErrorBound;
use super::square::checked_precision;
use crate::failure::Failure;
use crate::network::Network;
use crate::number::multipoly::MultiPoly;
use crate::number::rational::Rational;
use certificate::assemble;
use plan::{Plan, Planner};

/// Largest number of products times precision of a polynomial network.
pub const MOST_PRODUCT_LAYERS: usize = 1 << 18;

/// A network for p = Σ c_α·x^α, |α| ≤ n, on \[0,1\]ᵈ by products T_m, with the certificate of its error.
///
/// # Definition
/// 1. ⌈log₂n⌉ stages form all powers x_iᵉ, e ≤ n, as T_m of x_i^⌈e/2⌉ and x_i^⌊e/2⌋; lower powers are carried on.
/// 2. Every monomial is a balanced tree of T_m over its powers; with ω the largest number of variables in one monomial,
///    these are ⌈log₂ω⌉ ≤ ⌈log₂d⌉ stages.
/// 3. The output is S = Σ (c_α/4ᵏ)·x^α, and k layers multiply the pair (S,−S) by 4; k is the least number with
///    ‖c‖_∞ ≤ 4^{k+1}.
///
/// With D = ⌈log₂n⌉ + ⌈log₂d⌉: L ≤ D(m+1) + 1 + k, with equality for d = 1 and degree ≥ 2; width ≤ 3d(‖c‖₀ + n), unless
/// p = 0 and n = 0, where it is d; ‖Φ‖₀ ≤ 10·L·W; ‖Φ‖_∞ ≤ 4. The error is that of [`ErrorBound`], from [`Accuracy::times`](super::Accuracy::times).
///
/// # Degenerate cases
/// Of degree at most 1, in particular for n ≤ 1 and p = 0: exact and affine, L = 1 + k, without stages 1 and 2.
///
/// Errors: [`Failure::Shape`] for d = 0, a symbol of p beyond d, a degree of p above n, or m = 0;
/// [`Failure::Limit`] for more than [`MOST_PRODUCT_LAYERS`], or m too large.
///
/// # Source
/// Claim `poly-explicit`.
pub fn polynomial_at(
    p: &MultiPoly,
    dimension: usize,
    n: u32,
    m: usize,
) -> Result<(Network, Certificate), Failure> {
    check(p, dimension, n, m)?;
    assemble(
        p,
        dimension,
        m,
        quadruplings(p),
        planned(p, dimension, n, m),
    )
}

/// [`polynomial_at`] without its third part: S = Σ c_α·x^α at once, so that ‖Φ‖_∞ may be ‖c‖_∞; a false variant.
///
/// # Source
/// A mutant of `poly-explicit`.
pub fn polynomial_unscaled(
    p: &MultiPoly,
    dimension: usize,
    n: u32,
    m: usize,
) -> Result<(Network, Certificate), Failure> {
    check(p, dimension, n, m)?;
    assemble(p, dimension, m, 0, planned(p, dimension, n, m))
}

/// [`polynomial_at`] without shared powers: a tree with |α| leaves for every monomial, of width above 3d(‖c‖₀ + n) if
/// there are many of high degree; a false variant.
///
/// # Source
/// A mutant of `poly-explicit`.
pub fn polynomial_unshared(
    p: &MultiPoly,
    dimension: usize,
    n: u32,
    m: usize,
) -> Result<(Network, Certificate), Failure> {
    check(p, dimension, n, m)?;
    let plan = Planner::new(dimension, m).unshared(p);
    assemble(p, dimension, m, quadruplings(p), plan)
}

/// The network [`polynomial_at`] for xⁿ in one variable; the identity for n = 1, the constant 1 for n = 0.
///
/// Errors as [`polynomial_at`].
pub fn power(n: u32, m: usize) -> Result<(Network, Certificate), Failure> {
    polynomial_at(&MultiPoly::symbol(0).pow(n), 1, n, m)
}

/// The certified bounds for |p − RΦ| and |∂_i(p − RΦ)| on \[0,1\]ᵈ, Φ = [`polynomial_at`]; errors as there.
pub fn error_bound(
    p: &MultiPoly,
    dimension: usize,
    n: u32,
    m: usize,
) -> Result<ErrorBound, Failure> {
    Ok(polynomial_at(p, dimension, n, m)?.1.bound)
}

/// The precision m = max(1, ⌈log₂(2n·max(D,1)·max(‖c‖₁/ε, 1))⌉) at which the error of [`polynomial_at`] is at most ε: in
/// value, and in the ℓ1 norm of the gradient.
///
/// Errors ([`Failure::Shape`]): ε ≤ 0, d = 0.
///
/// # Source
/// Claim `poly-explicit`.
pub fn polynomial_precision(
    p: &MultiPoly,
    dimension: usize,
    n: u32,
    epsilon: &Rational,
) -> Result<usize, Failure> {
    if dimension == 0 {
        return Err(no_variables());
    }
    let total = p
        .terms()
        .fold(Rational::zero(), |sum, (_, c)| &sum + &c.abs());
    let ratio = total
        .over(epsilon)
        .filter(|_| *epsilon > Rational::zero())
        .ok_or_else(|| {
            Failure::Shape(format!(
                "accuracy of a polynomial network: expected above 0, got {epsilon}"
            ))
        })?;
    let logs = if n == 0 {
        0
    } else {
        ceil_log2(n as usize) + ceil_log2(dimension)
    };
    let stages = Rational::from(i64::try_from(logs.max(1)).expect("a sum of two logarithms"));
    let needed = &(&Rational::from(2 * i64::from(n)) * &stages) * &ratio.max(Rational::one());
    Ok((1..)
        .zip(std::iter::successors(Some(Rational::from(2)), |p| {
            Some(p + p)
        }))
        .find(|(_, power)| *power >= needed)
        .map_or(1, |(m, _)| m))
}

/// Powers are shared unless there is nothing to multiply.
fn planned(p: &MultiPoly, dimension: usize, n: u32, m: usize) -> Plan {
    let planner = Planner::new(dimension, m);
    if degree(p) <= 1 {
        planner.unshared(p)
    } else {
        planner.shared(p, n)
    }
}

/// The least k with ‖c‖_∞ ≤ 4^{k+1}.
fn quadruplings(p: &MultiPoly) -> usize {
    let most = p
        .terms()
        .fold(Rational::zero(), |most, (_, c)| most.max(c.abs()));
    let mut reach = Rational::from(4);
    let mut k = 0;
    while reach < most {
        reach = &reach * &Rational::from(4);
        k += 1;
    }
    k
}

/// ⌈log₂n⌉ for n ≥ 1.
fn ceil_log2(n: usize) -> usize {
    n.next_power_of_two().trailing_zeros() as usize
}

/// The total degree; 0 for the zero polynomial.
fn degree(p: &MultiPoly) -> u64 {
    p.terms()
        .map(|(exponents, _)| exponents.iter().copied().map(u64::from).sum())
        .max()
        .unwrap_or(0)
}

fn no_variables() -> Failure {
    Failure::Shape("variables of a polynomial network: expected at least 1, got 0".into())
}

fn check(p: &MultiPoly, dimension: usize, n: u32, m: usize) -> Result<(), Failure> {
    checked_precision("polynomial network", m)?;
    if dimension == 0 {
        return Err(no_variables());
    }
    if let Some(&symbol) = p.symbols().last()
        && symbol >= dimension
    {
        return Err(Failure::Shape(format!(
            "variables of a polynomial network: expected at least {} (a variable with index {symbol} occurs), got {dimension}",
            symbol + 1
        )));
    }
    let degree = degree(p);
    if degree > u64::from(n) {
        return Err(Failure::Shape(format!(
            "degree bound of a polynomial network: expected at least {degree} (the degree), got {n}"
        )));
    }
    let products = p
        .len()
        .saturating_mul(n as usize)
        .saturating_add(dimension.saturating_mul(n as usize));
    if products.saturating_mul(m) > MOST_PRODUCT_LAYERS {
        return Err(Failure::Limit(format!(
            "polynomial network: expected (number of terms + d)·n·m at most {MOST_PRODUCT_LAYERS}, got ({} + {dimension})·{n}·{m}",
            p.len()
        )));
    }
    Ok(())
}
