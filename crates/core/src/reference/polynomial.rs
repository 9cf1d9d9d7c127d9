//! The checker of block certificates: what a polynomial network is, and how far it is from its polynomial.

mod rebuild;

use dashu_ratio::RBig;

use super::dense::power;
use crate::constructions::{Certificate, ErrorBound, Operand};
use crate::failure::Failure;
use crate::network::Network;
use crate::number::multipoly::MultiPoly;
use crate::number::rational::Rational;
use rebuild::rebuild;

/// Checks that `phi` is the block composition of the certificate, that it is made for p, and that the error bound is the one
/// that follows; returns that bound.
///
/// # Definition
/// Accepted iff
/// (a) the network rebuilt from the blocks, with T_m written out here once more, has the layers of `phi`;
/// (b) every block has α = α(left) + α(right), e = e(left) + e(right) + 2^{−2m−2} and
///     E_i = E_i(left) + E_i(right) + (2⁻ᵐ + e(right))·α_i(left) + (2⁻ᵐ + e(left))·α_i(right);
/// (c) the monomials are those of p, each held by an operand with its exponents, and the bound is Σ|c_α|·e_α and
///     Σ|c_α|·E_{α,i}.
///
/// That |RΦ − p| and |∂_i(RΦ − p)| obey the bound on \[0,1\]ᵈ then follows from the properties of T_m.
///
/// # Exactness
/// Exact, with big rationals and dense matrices; shares no code with the construction.
///
/// Errors ([`Failure::Shape`]): a certificate that is not accepted, with what was expected.
///
/// # Source
/// Claims `mult-unit`, `poly-explicit`.
pub fn check_polynomial(
    phi: &Network,
    p: &MultiPoly,
    certificate: &Certificate,
) -> Result<ErrorBound, Failure> {
    if certificate.dimension == 0 || certificate.precision == 0 {
        return Err(rejected(
            "a dimension and a precision of at least 1".into(),
            format!("{} and {}", certificate.dimension, certificate.precision),
        ));
    }
    let tracks = check_blocks(certificate)?;
    let terms = check_monomials(p, certificate, &tracks)?;
    let constant = p
        .evaluate(&vec![Rational::zero(); certificate.dimension])
        .ok_or_else(|| {
            rejected(
                format!("a polynomial in {} variables", certificate.dimension),
                format!("{} symbols", p.symbols().len()),
            )
        })?
        .to_rbig();
    let rebuilt = rebuild(certificate, &terms, &constant)?;
    if phi.depth() != rebuilt.depth() || phi.activation() != rebuilt.activation() {
        return Err(rejected(
            format!("a ReLU network of depth {}", rebuilt.depth()),
            format!("{} and depth {}", phi.activation(), phi.depth()),
        ));
    }
    if let Some(l) = (0..phi.depth()).find(|&l| phi.layer(l) != rebuilt.layer(l)) {
        return Err(rejected(
            format!("layer {} as the blocks give it", l + 1),
            "another one".into(),
        ));
    }
    check_bound(certificate, &terms, &tracks)
}

/// The exponents and the error bounds of one operand.
#[derive(Clone)]
struct Track {
    exponents: Vec<u32>,
    value: RBig,
    derivative: Vec<RBig>,
}

fn rejected(expected: String, got: String) -> Failure {
    Failure::Shape(format!(
        "certificate of a polynomial network: expected {expected}, got {got}"
    ))
}

fn input(i: usize, dimension: usize) -> Result<Track, Failure> {
    if i >= dimension {
        return Err(rejected(
            format!("inputs below {dimension}"),
            format!("input {i}"),
        ));
    }
    Ok(Track {
        exponents: (0..dimension).map(|j| u32::from(i == j)).collect(),
        value: RBig::ZERO,
        derivative: vec![RBig::ZERO; dimension],
    })
}

fn track_of(operand: Operand, tracks: &[Track], dimension: usize) -> Result<Track, Failure> {
    match operand {
        Operand::Input(i) => input(i, dimension),
        Operand::Product(k) => tracks.get(k).cloned().ok_or_else(|| {
            rejected(
                format!("products below {}", tracks.len()),
                format!("product {k}"),
            )
        }),
    }
}

/// (b): the recursion of all blocks, in order.
fn check_blocks(certificate: &Certificate) -> Result<Vec<Track>, Failure> {
    let d = certificate.dimension;
    let step = power(
        &RBig::from_parts(1.into(), 2_u8.into()),
        certificate.precision,
    );
    let floor = &step * &step / RBig::from(4);
    let mut tracks: Vec<Track> = Vec::new();
    for block in certificate.stages.iter().flat_map(|stage| &stage.blocks) {
        let left = track_of(block.left, &tracks, d)?;
        let right = track_of(block.right, &tracks, d)?;
        let mut exponents = Vec::with_capacity(d);
        let mut derivative = Vec::with_capacity(d);
        for i in 0..d {
            let (a, b) = (left.exponents[i], right.exponents[i]);
            exponents.push(a.saturating_add(b));
            derivative.push(
                &left.derivative[i]
                    + &right.derivative[i]
                    + (&step + &right.value) * RBig::from(a)
                    + (&step + &left.value) * RBig::from(b),
            );
        }
        let track = Track {
            exponents,
            value: &left.value + &right.value + &floor,
            derivative,
        };
        let stated = &block.accuracy;
        let agrees = same(&stated.derivative, &track.derivative)
            && stated.value.to_rbig() == track.value
            && stated.slopes.len() == d
            && stated
                .slopes
                .iter()
                .zip(&track.exponents)
                .all(|(slope, &e)| slope.to_rbig() == RBig::from(e));
        if !agrees {
            return Err(rejected(
                format!(
                    "product {} with exponents {:?}, e = {} and E = {:?}",
                    tracks.len(),
                    track.exponents,
                    track.value,
                    track.derivative
                ),
                format!("{stated:?}"),
            ));
        }
        tracks.push(track);
    }
    Ok(tracks)
}

fn same(stated: &[Rational], computed: &[RBig]) -> bool {
    stated.len() == computed.len() && stated.iter().zip(computed).all(|(a, b)| a.to_rbig() == *b)
}

/// (c), first half: the coefficients with the operands that hold their monomials.
fn check_monomials(
    p: &MultiPoly,
    certificate: &Certificate,
    tracks: &[Track],
) -> Result<Vec<(RBig, Operand)>, Failure> {
    let mut terms = Vec::new();
    for (exponents, coefficient) in p.terms().filter(|(exponents, _)| !exponents.is_empty()) {
        let Some(&operand) = certificate.monomials.get(exponents) else {
            return Err(rejected(
                format!("an operand for the exponents {exponents:?}"),
                "none".into(),
            ));
        };
        let mut held = track_of(operand, tracks, certificate.dimension)?.exponents;
        while held.last() == Some(&0) {
            held.pop();
        }
        if held != *exponents {
            return Err(rejected(
                format!("an operand with exponents {exponents:?}"),
                format!("{operand:?} with {held:?}"),
            ));
        }
        terms.push((coefficient.to_rbig(), operand));
    }
    if certificate.monomials.len() != terms.len() {
        return Err(rejected(
            format!("{} monomials", terms.len()),
            certificate.monomials.len().to_string(),
        ));
    }
    Ok(terms)
}

/// (c), second half: the bound.
fn check_bound(
    certificate: &Certificate,
    terms: &[(RBig, Operand)],
    tracks: &[Track],
) -> Result<ErrorBound, Failure> {
    let d = certificate.dimension;
    let mut value = RBig::ZERO;
    let mut derivative = vec![RBig::ZERO; d];
    for (coefficient, operand) in terms {
        let track = track_of(*operand, tracks, d)?;
        let size = if *coefficient < RBig::ZERO {
            -coefficient
        } else {
            coefficient.clone()
        };
        value += &size * &track.value;
        for (sum, error) in derivative.iter_mut().zip(&track.derivative) {
            *sum += &size * error;
        }
    }
    let stated = &certificate.bound;
    if stated.value.to_rbig() != value || !same(&stated.derivative, &derivative) {
        return Err(rejected(
            format!("the bound {value} and {derivative:?}"),
            format!("{stated:?}"),
        ));
    }
    Ok(stated.clone())
}
