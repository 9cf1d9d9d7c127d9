//! Taylor polynomials of a polynomial at the nodes of a grid.

use crate::constructions::MOST_PRODUCT_LAYERS;
use crate::constructions::square::checked_precision;
use crate::failure::Failure;
use crate::field::Field;
use crate::number::multipoly::{Exponents, MultiPoly};
use crate::number::rational::Rational;

/// The Taylor polynomial P_j at the node j/N, in the variables y_i with x_i = (2y_i + j_i − 1)/N.
pub(super) struct Local {
    pub node: Vec<usize>,
    pub polynomial: MultiPoly,
}

/// The Taylor polynomials of degree n − 1 at all nodes, j₁ varying fastest.
pub(super) fn local_polynomials(
    f: &MultiPoly,
    dimension: usize,
    n: u32,
    cells: usize,
) -> Vec<Local> {
    let integer = |k: usize| Rational::from(i64::try_from(k).expect("sizes are capped"));
    let inverse = integer(cells).recip().expect("at least one cell");
    let mut node = vec![0; dimension];
    let mut locals = Vec::new();
    loop {
        // f(j/N + h) up to degree n − 1 in h, then h_i = (2y_i − 1)/N.
        let shifted: Vec<MultiPoly> = (0..dimension)
            .map(|i| &MultiPoly::symbol(i) + &MultiPoly::constant(&integer(node[i]) * &inverse))
            .collect();
        let scaled: Vec<MultiPoly> = (0..dimension)
            .map(|i| {
                let form = &MultiPoly::symbol(i).scaled(&2.into()) - &MultiPoly::one();
                form.scaled(&inverse)
            })
            .collect();
        let taylor = substituted(f, &shifted, Some(n));
        locals.push(Local {
            node: node.clone(),
            polynomial: substituted(&taylor, &scaled, None),
        });
        let Some(i) = (0..dimension).find(|&i| node[i] < cells) else {
            return locals;
        };
        node[..i].fill(0);
        node[i] += 1;
    }
}

/// p with form i in place of s_i, terms of degree n and more dropped if n is given.
fn substituted(p: &MultiPoly, forms: &[MultiPoly], below: Option<u32>) -> MultiPoly {
    let mut sum = MultiPoly::zero();
    for (exponents, coefficient) in p.terms() {
        let mut product = MultiPoly::constant(coefficient.clone());
        for (form, &power) in forms.iter().zip(exponents) {
            product = &product * &form.pow(power);
        }
        sum = &sum + &product;
    }
    let Some(n) = below else { return sum };
    sum.terms()
        .filter(|(exponents, _)| degree(exponents) < u64::from(n))
        .fold(MultiPoly::zero(), |kept, (exponents, coefficient)| {
            &kept + &MultiPoly::monomial(exponents.clone(), coefficient.clone())
        })
}

/// A bound for |∂^γ f| on \[0,1\]ᵈ over all |γ| = n: the largest ℓ1 norm of the coefficients of a ∂^γ f.
pub(super) fn derivative_bound(f: &MultiPoly, dimension: usize, n: u32) -> Rational {
    let mut reached = vec![f.clone()];
    for _ in 0..n {
        let mut next: Vec<MultiPoly> = Vec::new();
        for p in &reached {
            for i in 0..dimension {
                let derivative = partial(p, i);
                if !next.contains(&derivative) {
                    next.push(derivative);
                }
            }
        }
        reached = next;
    }
    reached
        .iter()
        .map(|p| {
            p.terms()
                .fold(Rational::zero(), |sum, (_, c)| &sum + &c.abs())
        })
        .fold(Rational::zero(), Rational::max)
}

/// ∂p/∂s_i.
fn partial(p: &MultiPoly, i: usize) -> MultiPoly {
    p.terms()
        .fold(MultiPoly::zero(), |sum, (exponents, coefficient)| {
            let power = exponents.get(i).copied().unwrap_or(0);
            if power == 0 {
                return sum;
            }
            let mut lower: Exponents = exponents.clone();
            lower[i] -= 1;
            &sum + &MultiPoly::monomial(lower, coefficient * &Rational::from(i64::from(power)))
        })
}

fn degree(exponents: &[u32]) -> u64 {
    exponents.iter().copied().map(u64::from).sum()
}

pub(super) fn check(
    f: &MultiPoly,
    dimension: usize,
    n: u32,
    cells: usize,
    m: usize,
) -> Result<(), Failure> {
    const WHAT: &str = "local Taylor approximation";
    checked_precision(WHAT, m)?;
    for (what, size) in [("d", dimension), ("n", n as usize), ("N", cells)] {
        if size == 0 {
            return Err(Failure::Shape(format!(
                "{WHAT}: expected {what} at least 1, got 0"
            )));
        }
    }
    if let Some(&symbol) = f.symbols().last()
        && symbol >= dimension
    {
        return Err(Failure::Shape(format!(
            "{WHAT}: expected at least {} variables (one with index {symbol} occurs), got {dimension}",
            symbol + 1
        )));
    }
    // (N+1)ᵈ nodes with at most C(n−1+d,d) ≤ n^d monomials and d + n − 1 leaves each.
    let grid = (0..dimension).try_fold(1_usize, |count, _| {
        count
            .checked_mul(cells.checked_add(1)?)?
            .checked_mul(n as usize)
    });
    let total = grid
        .and_then(|count| count.checked_mul(dimension + n as usize - 1))
        .and_then(|count| count.checked_mul(m))
        .unwrap_or(usize::MAX);
    if total > MOST_PRODUCT_LAYERS {
        return Err(Failure::Limit(format!(
            "{WHAT}: expected ((N+1)·n)^d·(d+n−1)·m at most {MOST_PRODUCT_LAYERS}, got d = {dimension}, n = {n}, N = {cells}, m = {m}"
        )));
    }
    Ok(())
}
