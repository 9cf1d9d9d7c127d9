//! Natives of the network classes N(d, L, B, c, q): membership, how far members move, and what samples meet.
//!
//! An exponent q in \[1, ∞\] is given by its inverse, a rational in \[0, 1\], 0 for q = ∞.

use claim_language::expr::Type::{Bool, Matrix as M, Nat, Network as N, Real};
use relu_core::Failure;
use relu_core::class::{NetworkClass, perturbation_constant};
use relu_core::constructions::{class_share, hit_cells, touched_cells};
use relu_core::number::rational::Rational;
use relu_core::reference;

use super::arguments::{bounded, network, rational, rational_matrix, size};
use super::{Native, native};
use crate::value::{Backend, Value};

const CLASS: &str = "bgv-2022: setting";
const BUMP: &str = "derived: bumps in networks of bounded weights";

pub(super) fn natives() -> Vec<Native> {
    let mut table = classes();
    table.extend(samples());
    table
}

/// The class of the arguments (Φ, L, B, c, 1/q).
fn class(a: &[&Value]) -> Result<NetworkClass, Failure> {
    Ok(NetworkClass {
        depth: size(a[1])?,
        width: size(a[2])?,
        bound: rational(a[3])?.clone(),
        inverse_exponent: rational(a[4])?.clone(),
    })
}

fn classes() -> Vec<Native> {
    vec![
        native(
            "in_class",
            &[N, Nat, Nat, Real, Real],
            Bool,
            "in_class(phi, L, B, c, r): whether Φ is a ReLU network with one output, L layers, at most B neurons in each hidden one, and (Σ|entries|^q)^(1/q) ≤ c for every weight matrix and every bias, r = 1/q; the largest entry for r = 0.",
            CLASS,
            |a, context| {
                let (phi, class) = (network(a[0])?, class(a)?);
                Ok(Value::Bool(match context.backend {
                    Backend::Fast => class.contains(phi)?,
                    Backend::Reference => reference::in_class(phi, &class)?,
                }))
            },
        )
        .partial()
        .twin(
            "operator",
            &[N, Nat, Nat, Real, Real],
            "The norm of a matrix is that of ℓq → ℓq, for q = 1 or ∞.",
            "the norm of a list of entries taken for that of a linear map",
            "one row (1, 1), c = 1: 2 against 1 for q = ∞, 1 against 2 for q = 1",
            |a, _| Ok(Value::Bool(class(a)?.contains_by_operator_norm(network(a[0])?)?)),
        ),
        native(
            "perturbation_constant",
            &[Nat, Nat, Nat, Real],
            Real,
            "perturbation_constant(d, L, B, c), the T with |RΦ − RΨ| ≤ T·δ on [0,1]ᵈ for networks of that class with q = ∞ whose parameters differ by at most δ: T = E_L, E_1 = d + 1, H_1 = c(d + 1), E_l = B·H_(l−1) + 1 + c·B·E_(l−1), H_l = c(B·H_(l−1) + 1).",
            "derived: covering numbers of network classes",
            |a, context| {
                let (d, l, b) = (bounded(a[0])?, bounded(a[1])?, bounded(a[2])?);
                let fast = perturbation_constant(d, l, b, rational(a[3])?, true)?;
                Ok(Value::rational(match context.backend {
                    Backend::Fast => fast,
                    Backend::Reference => reference::perturbation_constant(d, l, b, rational(a[3])?),
                }))
            },
        )
        .partial()
        .twin(
            "no_bias",
            &[Nat, Nat, Nat, Real],
            "The recursion without what the biases add.",
            "networks without biases",
            "d = 1, L = 3, B = 3, c = 1: 27 against 61",
            |a, _| {
                let (d, l, b) = (bounded(a[0])?, bounded(a[1])?, bounded(a[2])?);
                let found = perturbation_constant(d, l, b, rational(a[3])?, false)?;
                Ok(Value::rational(found))
            },
        ),
        native(
            "class_share",
            &[Real, Real, Real],
            Real,
            "class_share(c, n, r), the number c·n^(−r) where it is rational, and else a rational below it by less than one part in 2^20.",
            BUMP,
            |a, _| Ok(Value::rational(class_share(rational(a[0])?, rational(a[1])?, rational(a[2])?)?)),
        )
        .partial(),
    ]
}

/// The rows of a rational matrix.
fn points(value: &Value) -> Result<Vec<Vec<Rational>>, Failure> {
    let points = rational_matrix(value)?;
    Ok((0..points.rows()).map(|i| points.row(i).to_vec()).collect())
}

fn samples() -> Vec<Native> {
    const MET: &str = "bgv-2022: proof of the lower bound";
    vec![
        native(
            "bumps_hit",
            &[Nat, M],
            Nat,
            "bumps_hit(K, X), the number of cells of the grid with K cells along each axis of [0,1]ᵈ whose bump, M = 2K around the centre, is positive at one of the rows of X.",
            MET,
            |a, context| {
                let (cells, points) = (size(a[0])?, points(a[1])?);
                Ok(Value::count(match context.backend {
                    Backend::Fast => hit_cells(cells, &points)?,
                    Backend::Reference => reference::cells_met(cells, None, &points)?,
                }))
            },
        )
        .partial(),
        native(
            "bumps_touched",
            &[Nat, Real, M],
            Nat,
            "bumps_touched(K, s, X), the number of those cells for which the closed ball of radius s/M, 0 ≤ s ≤ 1, of the ℓ1 distance around the centre contains one of the rows of X.",
            MET,
            |a, context| {
                let (cells, scale, points) = (size(a[0])?, rational(a[1])?, points(a[2])?);
                Ok(Value::count(match context.backend {
                    Backend::Fast => touched_cells(cells, scale, &points)?,
                    Backend::Reference => reference::cells_met(cells, Some(scale), &points)?,
                }))
            },
        )
        .partial(),
    ]
}
