//! Networks for polynomials: sizes, certificates, and what a tampered certificate is.

use quickcheck::{Arbitrary, Gen, quickcheck};
use relu_core::constructions::{
    error_bound, polynomial_at, polynomial_precision, polynomial_unscaled, polynomial_unshared,
    power,
};
use relu_core::evaluate::realize;
use relu_core::geometry::{Genericity, genericity, pieces};
use relu_core::network::Network;
use relu_core::number::{MultiPoly, Rational};
use relu_core::reference::check_polynomial;
use relu_core::{Failure, Field, RationalOrder};

use crate::support::{below, q};

fn x(i: usize) -> MultiPoly {
    MultiPoly::symbol(i)
}

fn number(n: i64) -> MultiPoly {
    MultiPoly::constant(n.into())
}

fn partial(p: &MultiPoly, i: usize) -> MultiPoly {
    p.terms().fold(MultiPoly::zero(), |sum, (e, c)| {
        let power = e.get(i).copied().unwrap_or(0);
        if power == 0 {
            return sum;
        }
        let mut lower = e.clone();
        lower[i] -= 1;
        &sum + &MultiPoly::monomial(lower, c * &Rational::from(i64::from(power)))
    })
}

fn ceil_log2(n: usize) -> usize {
    (0..).find(|k| 1_usize << k >= n).unwrap()
}

fn degree(p: &MultiPoly) -> u32 {
    p.terms().map(|(e, _)| e.iter().sum()).max().unwrap_or(0)
}

/// The bounds of `poly-explicit` on the sizes.
fn check_sizes(phi: &Network, p: &MultiPoly, d: usize, n: u32, m: usize) {
    let n = n as usize;
    let most = p.terms().map(|(_, c)| c.abs()).max().unwrap_or_default();
    let k = (0..)
        .find(|&k| most <= Rational::from(4).pow(k + 1))
        .unwrap() as usize;
    let stages = if n == 0 {
        0
    } else {
        ceil_log2(n) + ceil_log2(d)
    };
    assert!(
        phi.depth() <= stages * (m + 1) + 1 + k,
        "{p:?}: depth {}",
        phi.depth()
    );
    if p.len() + n > 0 {
        let width = phi.width().max(d);
        assert!(
            width <= (3 * d * (p.len() + n)).max(2),
            "{p:?}: width {width}"
        );
    }
    assert!(phi.connectivity() <= 10 * phi.depth() * phi.width());
    assert!(phi.weight_bound() <= 4.into(), "{p:?}");
}

#[test]
fn rv_23_powers() {
    let (cube, _) = power(3, 2).unwrap();
    assert_eq!(cube.architecture(), vec![1, 4, 6, 6, 5, 7, 7, 1]);
    assert_eq!(cube.connectivity(), 89);
    let (fourth, _) = power(4, 2).unwrap();
    assert_eq!(fourth.architecture(), vec![1, 4, 6, 6, 8, 12, 12, 1]);
    assert_eq!(fourth.connectivity(), 120);
    // p′ is monotone, so on a piece the largest slope error is at an end.
    for (phi, n, count, expected) in [(&cube, 3, Some(7), "1/2"), (&fourth, 4, None, "15/16")] {
        let mut most = Rational::zero();
        let mut inside = 0;
        for piece in pieces(phi).unwrap() {
            let (Some(low), Some(high)) = (&piece.lower, &piece.upper) else {
                continue;
            };
            let (low, high) = (low.clone().max(0.into()), high.clone().min(1.into()));
            if low >= high {
                continue;
            }
            inside += 1;
            for end in [low, high] {
                let slope = &Rational::from(n) * &end.pow(u32::try_from(n - 1).unwrap());
                most = most.max((&slope - &piece.slope[0]).abs());
            }
        }
        assert_eq!(most, q(expected));
        assert!(count.is_none_or(|count| count == inside), "{inside}");
    }
}

#[test]
fn rv_25_polynomials_at_a_given_accuracy() {
    let p = &(&x(0).pow(3) - &x(0).scaled(&2.into())) + &number(1);
    let m = polynomial_precision(&p, 1, 3, &q("1/10")).unwrap();
    assert_eq!(m, 9);
    let (phi, certificate) = polynomial_at(&p, 1, 3, m).unwrap();
    assert_eq!((phi.depth(), phi.width(), phi.connectivity()), (21, 7, 322));
    assert!(certificate.bound.sobolev() <= q("1/10"));
    let p = &(&x(0).scaled(&100.into()) + &x(1)) - &number(1);
    let (phi, certificate) = polynomial_at(&p, 2, 1, 3).unwrap();
    assert_eq!((phi.depth(), phi.width(), phi.connectivity()), (4, 2, 12));
    assert!(certificate.bound.sobolev().is_zero());
    assert_eq!(
        realize(&phi, &[q("1/3"), q("7")], &RationalOrder).unwrap(),
        vec![q("118/3")]
    );
}

/// In one variable: stage s holds min(2^{s−1}, n) powers and makes the next ones, up to min(2ˢ, n).
#[test]
fn sizes_of_powers_in_closed_form() {
    for n in 2..=12_usize {
        for m in 1..=12 {
            let (phi, _) = power(n as u32, m).unwrap();
            let stages = ceil_log2(n);
            let mut expected = vec![1];
            let mut connectivity = 0;
            let mut products_before = 0;
            for s in 0..stages {
                let old = 1 << s;
                let new = n.min(2 * old) - old;
                expected.push(old + 3 * new);
                expected.extend(vec![old + 5 * new; m]);
                // A product of the stage before is a wire with 5 entries, every other wire has 1.
                let entries = |e: usize| if e > old - products_before { 5 } else { 1 };
                connectivity += (1..=old).map(entries).sum::<usize>();
                connectivity += (old + 1..=old + new)
                    .map(|e| {
                        if e % 2 == 0 {
                            entries(e / 2)
                        } else {
                            3 * (entries(e / 2) + entries(e / 2 + 1))
                        }
                    })
                    .sum::<usize>();
                connectivity += old + 11 * new + (m - 1) * (old + 15 * new);
                products_before = new;
            }
            expected.push(1);
            assert_eq!(phi.architecture(), expected, "n = {n}, m = {m}");
            assert_eq!(phi.connectivity(), connectivity + 5, "n = {n}, m = {m}");
            assert_eq!(phi.depth(), stages * (m + 1) + 1);
        }
    }
}

/// A polynomial with a degree bound and a precision; zero, constants, gaps and cancellations are frequent.
#[derive(Clone, Debug)]
struct Task {
    p: MultiPoly,
    d: usize,
    n: u32,
    m: usize,
}

impl Arbitrary for Task {
    fn arbitrary(g: &mut Gen) -> Self {
        let d = 1 + below(g, 3) as usize;
        let mut p = MultiPoly::zero();
        for _ in 0..below(g, 5) {
            let exponents = (0..d)
                .map(|_| below(g, 4) as u32 * below(g, 2) as u32)
                .collect();
            let numerator = below(g, 9) as i64 - 4;
            let scale = [1, 1, 7, 1000][below(g, 4) as usize];
            let denominator = [1, 1, 3, 1024][below(g, 4) as usize];
            let c = Rational::new(numerator * scale, denominator).unwrap();
            p = &p + &MultiPoly::monomial(exponents, c);
        }
        let n = degree(&p) + below(g, 3) as u32;
        Self {
            p,
            d,
            n,
            m: 1 + below(g, 4) as usize,
        }
    }
}

/// Points of the unit cube, dyadic ones and others.
fn points(d: usize) -> Vec<Vec<Rational>> {
    let numbers = [
        "0", "1", "1/2", "3/8", "34/103", "77/107", "5/109", "100/101",
    ];
    (0..numbers.len())
        .map(|k| {
            (0..d)
                .map(|i| q(numbers[(k * (i + 1) + 3 * i) % numbers.len()]))
                .collect()
        })
        .collect()
}

quickcheck! {
    fn polynomial_networks_are_as_large_and_as_good_as_stated(task: Task) -> bool {
        let Task { p, d, n, m } = task;
        let (phi, certificate) = polynomial_at(&p, d, n, m).unwrap();
        check_sizes(&phi, &p, d, n, m);
        let bound = check_polynomial(&phi, &p, &certificate).unwrap();
        for point in points(d) {
            let value = realize(&phi, &point, &RationalOrder).unwrap().remove(0);
            let exact = p.evaluate(&point).unwrap();
            assert!((&value - &exact).abs() <= bound.value, "{p:?} at {point:?}");
            if genericity(&phi, &point).unwrap() == Genericity::Generic
                && point.iter().all(|x| !x.is_zero() && !x.is_one())
            {
                let slopes = relu_core::geometry::jacobian(&phi, &point, &RationalOrder).unwrap().unwrap();
                for i in 0..d {
                    let exact = partial(&p, i).evaluate(&point).unwrap();
                    let error = (&slopes.row(0)[i] - &exact).abs();
                    assert!(error <= bound.derivative[i], "{p:?} at {point:?}");
                }
            }
        }
        true
    }

    fn the_precision_is_enough(task: Task) -> bool {
        let Task { p, d, n, m } = task;
        let epsilon = Rational::one().half().pow(m as u32 * 3);
        let m = polynomial_precision(&p, d, n, &epsilon).unwrap();
        let bound = error_bound(&p, d, n, m).unwrap();
        let gradient = bound.derivative.iter().fold(Rational::zero(), |sum, e| &sum + e);
        bound.value <= epsilon && gradient <= epsilon
    }
}

#[test]
fn exact_special_cases() {
    let zero = MultiPoly::zero();
    for (p, d, n, depth) in [
        (zero.clone(), 2, 0, 1),
        (zero, 1, 5, 1),
        (number(3), 1, 0, 1),
        (number(5), 3, 0, 2),
        (number(-64), 1, 4, 3),
        (x(1), 2, 3, 1),
    ] {
        let (phi, certificate) = polynomial_at(&p, d, n, 4).unwrap();
        assert_eq!(phi.depth(), depth, "{p:?}");
        assert!(
            check_polynomial(&phi, &p, &certificate)
                .unwrap()
                .sobolev()
                .is_zero()
        );
        for point in points(d) {
            let value = realize(&phi, &point, &RationalOrder).unwrap();
            assert_eq!(value, vec![p.evaluate(&point).unwrap()]);
        }
    }
    assert_eq!(power(1, 3).unwrap().0, "net(([[1]],[0]))".parse().unwrap());
}

#[test]
fn false_variants_miss_their_sizes() {
    let p = x(0).pow(2).scaled(&100.into());
    let (unscaled, certificate) = polynomial_unscaled(&p, 1, 2, 3).unwrap();
    assert_eq!(unscaled.weight_bound(), 100.into());
    check_polynomial(&unscaled, &p, &certificate).unwrap();
    assert_eq!(
        polynomial_at(&p, 1, 2, 3).unwrap().0.weight_bound(),
        4.into()
    );
    let many = (9..=16).fold(MultiPoly::zero(), |sum, e| &sum + &x(0).pow(e));
    let (unshared, certificate) = polynomial_unshared(&many, 1, 16, 1).unwrap();
    assert!(unshared.width() >= 160, "{}", unshared.width());
    check_polynomial(&unshared, &many, &certificate).unwrap();
    let (shared, _) = polynomial_at(&many, 1, 16, 1).unwrap();
    assert!(shared.width() <= 3 * (8 + 16), "{}", shared.width());
}

/// m = ⌈log₂(‖c‖₁/ε)⌉ + 2, without n and D, is not enough: x⁸, ε = 1.
#[test]
fn a_precision_that_forgets_the_degree_is_too_low() {
    let (phi, certificate) = power(8, 2).unwrap();
    let mut most = Rational::zero();
    for piece in pieces(&phi).unwrap() {
        let (Some(low), Some(high)) = (piece.lower, piece.upper) else {
            continue;
        };
        let (low, high) = (low.max(0.into()), high.min(1.into()));
        if low >= high {
            continue;
        }
        for end in [low, high] {
            let slope = &Rational::from(8) * &end.pow(7);
            most = most.max((&slope - &piece.slope[0]).abs());
        }
    }
    assert_eq!(most, q("169/64"));
    assert!(most <= certificate.bound.derivative[0]);
}

#[test]
fn what_polynomial_networks_refuse() {
    let cases: [(MultiPoly, usize, u32, usize, &str); 4] = [
        (x(0), 0, 1, 1, "expected at least 1, got 0"),
        (x(0), 1, 1, 0, "expected m at least 1, got 0"),
        (
            x(1),
            1,
            1,
            1,
            "expected at least 2 (a variable with index 1 occurs), got 1",
        ),
        (
            x(0).pow(3),
            1,
            2,
            1,
            "expected at least 3 (the degree), got 2",
        ),
    ];
    for (p, d, n, m, text) in cases {
        match polynomial_at(&p, d, n, m) {
            Err(Failure::Shape(reason)) => assert!(reason.contains(text), "{reason}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(matches!(
        polynomial_at(&x(0), 1, 1 << 30, 1),
        Err(Failure::Limit(_))
    ));
    assert!(matches!(
        polynomial_precision(&x(0), 1, 1, &Rational::zero()),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        polynomial_precision(&x(0), 0, 1, &Rational::one()),
        Err(Failure::Shape(_))
    ));
    // c = 0 and log(dn) = 0 leave the least precision.
    assert_eq!(
        polynomial_precision(&MultiPoly::zero(), 1, 1, &q("1/2")).unwrap(),
        1
    );
}
