//! Local Taylor polynomials, glued by a partition of unity: approximation of smooth functions in W^{1,∞}.

mod local;

use std::collections::BTreeMap;

use super::accuracy::{Accuracy, ErrorBound};
use super::stages::{Stages, Wire};
use super::trees::pair_up;
use crate::failure::Failure;
use crate::network::{Layer, Network};
use crate::number::multipoly::{Exponents, MultiPoly};
use crate::number::rational::Rational;
use local::{Local, check, derivative_bound, local_polynomials};

/// Σ_j φ_j·P_j on \[0,1\]ᵈ, with every product by T_m: φ_j = Π_i Λ(Nx_i − j_i) for j ∈ {0,…,N}ᵈ, Λ(t) = max(0, 1 − |t|), and
/// P_j the Taylor polynomial of f at j/N of degree n − 1.
///
/// # Definition
/// The first layer holds the d(N+3) neurons σ(Nx_i − k), k = −1,…,N+1. Affine in these are the leaves Λ(Nx_i − j_i) and
/// y_i = (σ(Nx_i − j_i + 1) − σ(Nx_i − j_i − 1))/2 ∈ \[0,1\], with x_i = (2y_i + j_i − 1)/N where Λ(Nx_i − j_i) > 0. Write
/// P_j = Σ_β a_{jβ}·y^β; each a_{jβ} ≠ 0 has a balanced tree of T_m over d + |β| leaves. As T_m(0,·) = 0, a tree with a leaf 0 is
/// 0: at almost every x at most 2ᵈ of the j are active.
///
/// With r the number of leaves of the largest tree (r ≤ d + n − 1): L = ⌈log₂r⌉·(m+1) + 2 and
/// width ≤ max(d(N+3), (N+1)ᵈ·C(n−1+d,d)·5(d+n−1)/2).
///
/// # Degenerate cases
/// A polynomial f of degree below n equals its Taylor polynomials; f = 0 has no trees. d = 1, n = 1: the piecewise linear
/// interpolation of f, exactly.
///
/// Errors: [`Failure::Shape`] for d = 0, n = 0, N = 0, m = 0 or a symbol of f beyond d; [`Failure::Limit`] for more than
/// [`MOST_PRODUCT_LAYERS`](super::MOST_PRODUCT_LAYERS).
///
/// # Source
/// Claim `sobolev-explicit` (Gühring–Kutyniok–Petersen).
pub fn sobolev(
    f: &MultiPoly,
    dimension: usize,
    n: u32,
    cells: usize,
    m: usize,
) -> Result<Network, Failure> {
    build(f, [dimension, cells, m], n, &Rational::zero())
}

/// [`sobolev`] with products T_m + 2^{−2m−2} at the roots of its trees, whose error is of the same size, but which are not 0 where a
/// factor is: all (N+1)ᵈ terms are active everywhere; a false variant.
///
/// # Source
/// A mutant of `sobolev-explicit`.
pub fn sobolev_leaking(
    f: &MultiPoly,
    dimension: usize,
    n: u32,
    cells: usize,
    m: usize,
) -> Result<Network, Failure> {
    let step = super::two_to_minus(m);
    build(f, [dimension, cells, m], n, &(&step * &step).half().half())
}

/// Bounds for |f − RΦ| and |∂_i(f − RΦ)| on \[0,1\]ᵈ, Φ = [`sobolev`], for a polynomial f.
///
/// # Definition
/// The sum of two bounds. That of Taylor: |f − Σφ_jP_j| ≤ B·dⁿ·N^{−n}/n! and |∂_i(…)| ≤ B·d^{n−1}·N^{1−n}·(2d+n)/n!, with
/// B ≥ |∂^γ f| for |γ| = n, here the largest ℓ1 norm of the coefficients of a ∂^γ f. That of the network: on each cell of
/// the grid, Σ|a_{jβ}|·e_β over the 2ᵈ active j, by the recursion [`Accuracy::times`] from exact leaves of slopes N and N/2; the
/// largest over all cells.
///
/// Errors as [`sobolev`].
///
/// # Source
/// Claim `sobolev-explicit`.
pub fn sobolev_error(
    f: &MultiPoly,
    dimension: usize,
    n: u32,
    cells: usize,
    m: usize,
) -> Result<ErrorBound, Failure> {
    check(f, dimension, n, cells, m)?;
    let locals = local_polynomials(f, dimension, n, cells);
    let mut known: BTreeMap<Exponents, Accuracy> = BTreeMap::new();
    let mut corners: BTreeMap<&[usize], ErrorBound> = BTreeMap::new();
    for local in &locals {
        let mut sum = ErrorBound::zero(dimension);
        for (beta, coefficient) in local.polynomial.terms() {
            let accuracy = known
                .entry(beta.clone())
                .or_insert_with(|| tree_accuracy(beta, dimension, cells, m));
            sum.add(coefficient, accuracy);
        }
        corners.insert(&local.node, sum);
    }
    let mut most = ErrorBound::zero(dimension);
    for local in &locals {
        if local.node.contains(&cells) {
            continue;
        }
        let mut sum = ErrorBound::zero(dimension);
        for corner in 0..1_usize << dimension {
            let node: Vec<usize> = (0..dimension)
                .map(|i| local.node[i] + (corner >> i & 1))
                .collect();
            sum.extend(&corners[node.as_slice()]);
        }
        most.raise(&sum);
    }
    most.extend(&taylor_error(f, dimension, n, cells));
    Ok(most)
}

/// The bounds for |f − Σφ_jP_j| and its derivatives.
fn taylor_error(f: &MultiPoly, dimension: usize, n: u32, cells: usize) -> ErrorBound {
    let integer = |k: usize| Rational::from(i64::try_from(k).expect("sizes are capped"));
    let (d, inverse) = (
        integer(dimension),
        integer(cells).recip().expect("at least one cell"),
    );
    let ratio = &d * &inverse;
    let mut factor = derivative_bound(f, dimension, n);
    for i in 1..=i64::from(n) {
        factor = factor.over(&Rational::from(i)).expect("i is at least 1");
    }
    let slopes = &(&d + &d) + &Rational::from(i64::from(n));
    let slope = &(&factor * &ratio.pow(n - 1)) * &slopes;
    ErrorBound {
        value: &factor * &ratio.pow(n),
        derivative: vec![slope; dimension],
    }
}

/// The accuracy of the tree for φ_j·y^β against the product of its leaves.
fn tree_accuracy(beta: &[u32], dimension: usize, cells: usize, m: usize) -> Accuracy {
    let steep = Rational::from(i64::try_from(cells).expect("sizes are capped"));
    let leaf = |i: usize, slope: &Rational| {
        let slopes = (0..dimension).map(|j| {
            if i == j {
                slope.clone()
            } else {
                Rational::zero()
            }
        });
        Accuracy::exact(slopes.collect())
    };
    let mut list: Vec<Accuracy> = (0..dimension).map(|i| leaf(i, &steep)).collect();
    for (i, &power) in beta.iter().enumerate() {
        list.extend((0..power).map(|_| leaf(i, &steep.half())));
    }
    while list.len() > 1 {
        list = list
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => left.times(right, m),
                _ => pair[0].clone(),
            })
            .collect();
    }
    list.swap_remove(0)
}

fn build(
    f: &MultiPoly,
    [dimension, cells, m]: [usize; 3],
    n: u32,
    leak: &Rational,
) -> Result<Network, Failure> {
    check(f, dimension, n, cells, m)?;
    let mut stages = leaves(dimension, cells);
    let mut lists = Vec::new();
    let mut coefficients = Vec::new();
    for Local { node, polynomial } in local_polynomials(f, dimension, n, cells) {
        for (beta, coefficient) in polynomial.terms() {
            let wire = |i: usize| 2 * (i * (cells + 1) + node[i]);
            let mut list: Vec<usize> = (0..dimension).map(wire).collect();
            for (i, &power) in beta.iter().enumerate() {
                list.extend(std::iter::repeat_n(wire(i) + 1, power as usize));
            }
            lists.push(list);
            coefficients.push(coefficient.clone());
        }
    }
    while let Some(paired) = pair_up(&lists) {
        stages.advance(&paired.carried, &paired.products, m);
        lists = paired.lists;
    }
    let mut constant = Rational::zero();
    let mut terms = Vec::with_capacity(lists.len());
    for (list, coefficient) in lists.iter().zip(coefficients) {
        constant.add_product(&coefficient, leak);
        terms.push((list[0], coefficient));
    }
    let sum = stages.outputs(&[(terms, constant)]);
    stages.finish(sum)
}

/// The neurons σ(Nx_i − k), and the wires Λ(Nx_i − j), y_{ij} for all i and j.
fn leaves(dimension: usize, cells: usize) -> Stages {
    let integer = |k: usize| Rational::from(i64::try_from(k).expect("sizes are capped"));
    let (steep, one) = (integer(cells), Rational::one());
    let mut rows = Vec::new();
    let mut bias = Vec::new();
    let mut wires = Vec::new();
    for i in 0..dimension {
        let first = i * (cells + 3);
        for k in 0..cells + 3 {
            rows.push(vec![(i, steep.clone())]);
            bias.push(&one - &integer(k));
        }
        for j in 0..=cells {
            let [left, middle, right] = [0, 1, 2].map(|k| first + j + k);
            wires.push(Wire::of([
                (left, one.clone()),
                (middle, Rational::from(-2)),
                (right, one.clone()),
            ]));
            wires.push(Wire::of([(left, one.half()), (right, -one.half())]));
        }
    }
    let layer = Layer::from_sparse_rows(dimension, rows, bias)
        .expect("a neuron for each coordinate and each k");
    Stages::from_layer(layer, wires)
}
