//! Isolation of all real roots of a polynomial.

use super::{Algebraic, SturmChain};
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// The distinct real roots of p, ascending; none for a constant, 0 included.
///
/// Bisection of an interval that holds all roots, counted by a Sturm chain. Rational roots are recognised and divided out of the
/// polynomial of the others. The intervals of different roots are disjoint.
pub fn real_roots(poly: &Poly) -> Vec<Algebraic> {
    let squarefree = poly.squarefree();
    match squarefree.coefficients() {
        [] | [_] => return Vec::new(),
        [constant, slope] => {
            let root = (-constant)
                .over(slope)
                .expect("a leading coefficient is not zero");
            return vec![root.into()];
        }
        _ => {}
    }
    let mut roots = isolated(&squarefree);
    let mut rest = squarefree;
    for root in roots.iter().filter(|root| root.is_rational()) {
        rest = rest
            .exact_quotient(root.poly())
            .expect("a root gives a linear factor");
    }
    let rest = rest.normalized();
    for root in roots.iter_mut().filter(|root| !root.is_rational()) {
        root.poly = rest.clone();
    }
    roots
}

/// All roots of a squarefree polynomial, each with the polynomial itself if it is not rational.
fn isolated(squarefree: &Poly) -> Vec<Algebraic> {
    let chain = SturmChain::new(squarefree);
    let bound = root_bound(squarefree);
    let mut roots = Vec::new();
    // Intervals (lower, upper], the leftmost on top.
    let mut open = vec![(-&bound, bound)];
    while let Some((lower, upper)) = open.pop() {
        match chain.roots_between(Some(&lower), Some(&upper)) {
            0 => {}
            1 => roots.push(single(squarefree, &chain, lower, upper)),
            _ => {
                let middle = Rational::midpoint(&lower, &upper);
                open.push((middle.clone(), upper));
                open.push((lower, middle));
            }
        }
    }
    roots
}

/// The only root in (lower, upper].
fn single(
    squarefree: &Poly,
    chain: &SturmChain,
    mut lower: Rational,
    upper: Rational,
) -> Algebraic {
    if squarefree.evaluate(&upper).is_zero() {
        return upper.into();
    }
    let mut upper = upper;
    // `lower` may be the neighbour to the left; an Algebraic needs ends that are no roots.
    while squarefree.evaluate(&lower).is_zero() {
        let middle = Rational::midpoint(&lower, &upper);
        if squarefree.evaluate(&middle).is_zero() {
            return middle.into();
        }
        if chain.roots_between(Some(&lower), Some(&middle)) == 1 {
            upper = middle;
        } else {
            lower = middle;
        }
    }
    let root = Algebraic {
        poly: squarefree.clone(),
        lower,
        upper,
    };
    root.rational_root().map_or(root, Algebraic::from)
}

/// A power of two above the absolute value of every root, p not constant.
///
/// Cauchy's bound: |α| < 1 + max |a_i/a_n|.
fn root_bound(poly: &Poly) -> Rational {
    let lead = poly
        .leading()
        .expect("the polynomial is not constant")
        .abs();
    let largest = poly
        .coefficients()
        .iter()
        .map(Rational::abs)
        .max()
        .unwrap_or_default();
    let bound = &Rational::one()
        + &largest
            .over(&lead)
            .expect("the leading coefficient is not zero");
    let mut power = Rational::one();
    while power < bound {
        power = &power + &power;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poly(coefficients: &[i64]) -> Poly {
        Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
    }

    fn texts(poly: &Poly) -> Vec<String> {
        real_roots(poly).iter().map(Algebraic::to_string).collect()
    }

    #[test]
    fn known_roots_ascend() {
        assert_eq!(texts(&poly(&[0, -1, 0, 1])), ["-1", "0", "1"]);
        assert_eq!(texts(&poly(&[-1, 2])), ["1/2"]);
        assert_eq!(texts(&poly(&[-1, 0, 4])), ["-1/2", "1/2"]);
        assert_eq!(
            texts(&poly(&[-2, 0, 1])),
            ["root(c^2 - 2, -4, 0)", "root(c^2 - 2, 0, 4)"]
        );
        assert_eq!(texts(&poly(&[1, 0, 1])), [""; 0]);
        assert_eq!(texts(&poly(&[3])), [""; 0]);
        assert_eq!(texts(&poly(&[])), [""; 0]);
        // Multiplicities are dropped.
        assert_eq!(texts(&poly(&[-1, 1]).pow(5)), ["1"]);
    }

    #[test]
    fn rational_factors_are_divided_out() {
        // (2t − 1)(t² − 2)
        let roots = real_roots(&(&poly(&[-1, 2]) * &poly(&[-2, 0, 1])));
        assert_eq!(roots.len(), 3);
        assert_eq!(roots[1].to_rational(), Some(&Rational::new(1, 2).unwrap()));
        for root in [&roots[0], &roots[2]] {
            assert_eq!(root.poly(), &poly(&[-2, 0, 1]));
            assert_eq!(
                root.poly().evaluate(root.lower()).sign().reverse(),
                root.poly().evaluate(root.upper()).sign()
            );
        }
    }

    #[test]
    fn a_root_at_a_bisection_point_is_found_once() {
        // 0 is a midpoint, and √2/10⁶ lies close to it.
        let near = Poly::from_coefficients(vec![
            (-2).into(),
            Rational::zero(),
            Rational::from(10).pow(12),
        ]);
        let roots = real_roots(&(&Poly::variable() * &near));
        assert_eq!(roots.len(), 3);
        assert!(roots.is_sorted());
        assert!(roots[1].to_rational().is_some_and(Rational::is_zero));
    }

    #[test]
    fn close_roots_are_separated() {
        // Mignotte: t⁵ − 2(10t − 1)² has two roots near 1/10.
        let p = &Poly::variable().pow(5) - &poly(&[-1, 10]).pow(2).scaled(&2.into());
        let roots = real_roots(&p);
        assert_eq!(roots.len(), 3);
        let tenth = Algebraic::from(Rational::new(1, 10).unwrap());
        assert!(roots[0] < tenth && tenth < roots[1]);
    }
}
