//! The cosine and local Taylor approximation: certified bounds against exact values.

use quickcheck::quickcheck;
use relu_core::constructions::{
    cosine, cosine_error, cosine_high, cosine_polynomial, polynomial_at, sobolev, sobolev_error,
    sobolev_leaking,
};
use relu_core::evaluate::realize;
use relu_core::geometry::pieces;
use relu_core::network::Network;
use relu_core::number::{MultiPoly, Poly, Rational, pi};
use relu_core::{Failure, Field, RationalOrder};

use crate::support::q;

fn x(i: usize) -> MultiPoly {
    MultiPoly::symbol(i)
}

fn value(phi: &Network, point: &[Rational]) -> Rational {
    realize(phi, point, &RationalOrder).unwrap().remove(0)
}

/// An enclosure of cos(πt) for t in \[0,1\]: partial sums of the Taylor series at both ends of an enclosure of (πt)².
fn cos_pi(t: &Rational) -> (Rational, Rational) {
    let (low, high) = pi(90);
    let square = |p: &Rational| (p * t).pow(2);
    let sum = |y: &Rational| {
        let mut term = Rational::one();
        (1..=30_i64).fold(term.clone(), |sum, k| {
            term = &(&term * y) * &Rational::new(-1, (2 * k - 1) * 2 * k).unwrap();
            &sum + &term
        })
    };
    // cos(√y) decreases on [0, π²]; the tail and the variation are below 2^{−60}.
    let slack = Rational::one().half().pow(60);
    (&sum(&square(&high)) - &slack, &sum(&square(&low)) + &slack)
}

#[test]
fn errors_of_the_cosine_polynomial() {
    // The remainders for N = 6 and N = 8, cut after four digits; rounding is far below.
    for (terms, value, slope) in [
        (6, "0.0001047", "0.001466"),
        (8, "0.0000001388", "0.000002499"),
    ] {
        let error = cosine_polynomial(terms, 60).unwrap().error;
        assert!(error.value <= q(value) && error.value >= &q(value) * &q("0.99"));
        assert!(error.derivative[0] <= q(slope) && error.derivative[0] >= &q(slope) * &q("0.99"));
    }
    // Rounding adds at most N·2^{−q−1} and N(N+1)·2^{−q−1}.
    let fine = cosine_polynomial(8, 200).unwrap().error;
    for bits in [0, 3, 10, 24] {
        let coarse = cosine_polynomial(8, bits).unwrap();
        let step = Rational::one().half().pow(bits + 1);
        let slack = Rational::one().half().pow(bits + 16);
        let more = |n: i64| &(&Rational::from(n) * &step) + &slack;
        assert!(coarse.error.value <= &fine.value + &more(8));
        assert!(coarse.error.derivative[0] <= &fine.derivative[0] + &more(72));
        for (_, c) in coarse.polynomial.terms() {
            assert!((c * &Rational::from(2).pow(bits)).is_integer());
        }
    }
    let p = cosine_polynomial(3, 4).unwrap().polynomial;
    let expected = [(0, "1"), (2, "-79/16"), (4, "65/16"), (6, "-21/16")];
    for ((exponents, c), (power, value)) in p.terms().zip(expected) {
        assert_eq!(
            (exponents.iter().sum::<u32>(), c.clone()),
            (power, q(value))
        );
    }
    // A mutant of `cos-net`: at t = 1 the derivative of P₃ is off by more than 1, as its bound allows.
    let slope = cosine_polynomial(3, 60).unwrap();
    let at_one = slope
        .polynomial
        .terms()
        .fold(Rational::zero(), |sum, (e, c)| {
            &sum + &(c * &Rational::from(i64::from(e.iter().sum::<u32>())))
        });
    assert!(at_one.abs() > q("1.646") && at_one.abs() <= slope.error.derivative[0]);
}

#[test]
fn cosine_networks_stay_within_their_bounds() {
    for (n, terms, bits, m) in [(0, 3, 12, 6), (0, 5, 30, 10), (1, 4, 20, 8), (3, 3, 16, 7)] {
        let phi = cosine_high(n, terms, bits, m).unwrap();
        let error = cosine_error(n, terms, bits, m).unwrap();
        assert_eq!(phi.weight_bound(), 4.into());
        let taylor = cosine_polynomial(terms, bits).unwrap().polynomial;
        let (inner, _) = polynomial_at(&taylor, 1, 2 * terms as u32, m).unwrap();
        assert_eq!(phi.connectivity(), inner.connectivity() + 11 * n + 9);
        let logs = (0..).find(|k| 1_usize << k >= 2 * terms).unwrap();
        assert_eq!(phi.depth(), logs * (m + 1) + n + 3);
        for k in 0..=60 {
            let x = Rational::new(k, 60).unwrap();
            // g_{n+1}(x) by folding 2^{n+1}·x to its distance from the even numbers.
            let stretched = &x * &Rational::from(2).pow(n as u32 + 1);
            let double = Rational::from(2);
            let floor = Rational::from(stretched.half().floor());
            let rest = &stretched - &(&floor * &double);
            let t = rest.clone().min(&double - &rest);
            let (low, high) = cos_pi(&t);
            let image = value(&phi, std::slice::from_ref(&x));
            assert!(
                &image - &high <= error.value && &low - &image <= error.value,
                "n = {n}, x = {x}"
            );
        }
    }
    assert_eq!(cosine(4, 20, 8).unwrap(), cosine_high(0, 4, 20, 8).unwrap());
    // High frequencies keep the error in value and scale that of the derivative.
    let (low, high) = (
        cosine_error(0, 4, 20, 8).unwrap(),
        cosine_error(5, 4, 20, 8).unwrap(),
    );
    assert_eq!(low.value, high.value);
    assert_eq!(high.derivative[0], &low.derivative[0] * &32.into());
}

/// The largest |P′ − slope| on the pieces of the network in t, against the certified part of the bound.
#[test]
fn the_network_part_of_the_cosine_error_covers_all_pieces() {
    let taylor = cosine_polynomial(3, 10).unwrap();
    let (phi, certificate) = polynomial_at(&taylor.polynomial, 1, 6, 3).unwrap();
    let slope = taylor.polynomial.as_univariate(0).unwrap().derivative();
    let mut count = 0;
    for piece in pieces(&phi).unwrap() {
        let (Some(low), Some(high)) = (piece.lower, piece.upper) else {
            continue;
        };
        let (low, high) = (low.max(0.into()), high.min(1.into()));
        if low >= high {
            continue;
        }
        for t in [low, high] {
            count += 1;
            let error = (&slope.evaluate(&t) - &piece.slope[0]).abs();
            assert!(error <= certificate.bound.derivative[0]);
        }
    }
    assert!(count > 20);
}

/// f − Σφ_jP_j on the cell \[k/N, (k+1)/N\], n = 2, d = 1.
fn ideal_error(f: &Poly, cells: i64, k: i64) -> Poly {
    let steep = Rational::from(cells);
    let local = |j: i64| {
        let node = Rational::new(j, cells).unwrap();
        let slope = f.derivative().evaluate(&node);
        let constant = &f.evaluate(&node) - &(&slope * &node);
        Poly::from_coefficients(vec![constant, slope])
    };
    let rising = Poly::from_coefficients(vec![Rational::from(-k), steep.clone()]);
    let falling = Poly::from_coefficients(vec![Rational::from(k + 1), -steep]);
    let mut error = f.clone();
    let minus = Rational::from(-1);
    error.add_scaled(&minus, &(&falling * &local(k)));
    error.add_scaled(&minus, &(&rising * &local(k + 1)));
    error
}

/// x³ with N = 8, n = 2 has derivative error 23/64 before any product is approximated.
#[test]
fn the_error_of_the_glued_taylor_polynomials() {
    let cube = Poly::variable().pow(3);
    let mut most = Rational::zero();
    for k in 0..8 {
        let slope = ideal_error(&cube, 8, k).derivative();
        // A parabola on the cell: its ends, and its vertex where that is inside.
        let bend = slope.derivative();
        let mut points = vec![
            Rational::new(k, 8).unwrap(),
            Rational::new(k + 1, 8).unwrap(),
        ];
        points.extend(
            (-&bend.coefficient(0))
                .over(&bend.coefficient(1))
                .filter(|x| points[0] < *x && *x < points[1]),
        );
        for point in points {
            most = most.max(slope.evaluate(&point).abs());
        }
    }
    assert_eq!(most, q("23/64"));
    let error = sobolev_error(&x(0).pow(3), 1, 2, 8, 40).unwrap();
    assert!(error.value <= q("0.0469") && error.value >= q("0.0468"));
    assert!(error.derivative[0] <= q("1.5001") && error.derivative[0] >= q("3/2"));
}

#[test]
fn sizes_of_local_taylor_networks() {
    for (p, d, n, cells) in [
        (x(0).pow(3), 1, 2, 4),
        (x(0).pow(3), 1, 3, 2),
        (&x(0).pow(2) * &x(1), 2, 2, 2),
        (&(&x(0).pow(2) * &x(1)) + &x(1).pow(3), 2, 3, 3),
    ] {
        for m in 1..=4 {
            let phi = sobolev(&p, d, n, cells, m).unwrap();
            let leaves = d + n as usize - 1;
            let logs = (0..).find(|k| 1_usize << k >= leaves).unwrap();
            assert!(phi.depth() <= logs * (m + 1) + 2);
            let binomial = if d == 1 {
                n as usize
            } else {
                n as usize * (n as usize + 1) / 2
            };
            let trees = (cells + 1).pow(d as u32) * binomial;
            assert!(2 * phi.width() <= 5 * leaves * trees + 2 * d * (cells + 3));
            assert!(phi.connectivity() <= 10 * phi.depth() * phi.width());
        }
    }
    // d = 1, n = 2: two leaves at most, one product for every j with a slope, constants carried.
    for cells in 1..=6_usize {
        for m in 1..=5 {
            let phi = sobolev(&x(0).pow(2), 1, 2, cells, m).unwrap();
            // P_j = x_j² + 2x_j(2y−1)/N: P₀ = 0; the constant term (j² − 2j)/N² vanishes at j = 2.
            let constants = (1..=cells).filter(|&j| j != 2).count();
            let mut dims = vec![1, cells + 3, 3 * cells + constants];
            dims.extend(vec![5 * cells + constants; m]);
            dims.push(1);
            assert_eq!(phi.architecture(), dims, "N = {cells}, m = {m}");
            // First layer: N + 3 weights, N + 2 biases (k = 0 has none). Then Λ has 3 entries and y has 2, at
            // positions that overlap in 2 for one j: Λ ± y has 3 entries each time.
            let stage = 3 * constants + 9 * cells;
            // (Λ − y)/2 has left entry 1/4, so does none vanish; (Λ + y)/2 likewise.
            let rest = constants + 11 * cells + (m - 1) * (constants + 15 * cells);
            assert_eq!(
                phi.connectivity(),
                2 * cells + 5 + stage + rest + constants + 5 * cells
            );
        }
    }
    // Interpolation for n = 1: no product at all.
    let phi = sobolev(&x(0).pow(2), 1, 1, 4, 3).unwrap();
    assert_eq!(phi.architecture(), vec![1, 7, 1]);
    assert_eq!(value(&phi, &[q("3/8")]), q("5/32"));
}

fn worst(f: &MultiPoly, d: usize, n: u32, cells: usize, m: usize, points: &[Vec<Rational>]) {
    let phi = sobolev(f, d, n, cells, m).unwrap();
    let error = sobolev_error(f, d, n, cells, m).unwrap();
    for point in points {
        let distance = (&value(&phi, point) - &f.evaluate(point).unwrap()).abs();
        assert!(distance <= error.value, "{f:?} at {point:?}: {distance}");
    }
}

quickcheck! {
    fn local_taylor_networks_stay_within_their_bounds(a: i8, b: i8, c: i8, m: u8, cells: u8) -> bool {
        let coefficient = |n: i8| Rational::new(i64::from(n), 16).unwrap();
        let f = &(&x(0).pow(3).scaled(&coefficient(a)) + &x(0).scaled(&coefficient(b))) + &MultiPoly::constant(coefficient(c));
        let points: Vec<Vec<Rational>> = (0..=24).map(|k| vec![Rational::new(k, 24).unwrap()]).collect();
        let (m, cells) = (usize::from(m % 6) + 1, usize::from(cells % 4) + 1);
        for n in 1..=3 {
            worst(&f, 1, n, cells, m, &points);
        }
        true
    }
}

#[test]
fn local_taylor_networks_in_the_plane() {
    let f = &(&x(0).pow(2) * &x(1)) + &x(1).pow(3);
    let points: Vec<Vec<Rational>> = (0..=8)
        .flat_map(|i| {
            (0..=8).map(move |j| vec![Rational::new(i, 8).unwrap(), Rational::new(j, 8).unwrap()])
        })
        .collect();
    worst(&f, 2, 2, 3, 4, &points);
    worst(&f, 2, 3, 2, 5, &points);
}

/// On a piece of a one-dimensional network both errors are extremal at ends or where f′ is.
#[test]
fn slopes_of_a_local_taylor_network_stay_within_their_bounds() {
    let (f, n, cells, m) = (x(0).pow(3), 2, 4, 6);
    let phi = sobolev(&f, 1, n, cells, m).unwrap();
    let error = sobolev_error(&f, 1, n, cells, m).unwrap();
    let mut most = Rational::zero();
    for piece in pieces(&phi).unwrap() {
        let (Some(low), Some(high)) = (piece.lower, piece.upper) else {
            continue;
        };
        let (low, high) = (low.max(0.into()), high.min(1.into()));
        if low < high {
            for x in [low, high] {
                let slope = &Rational::from(3) * &x.pow(2);
                most = most.max((&slope - &piece.slope[0]).abs());
            }
        }
    }
    assert!(most <= error.derivative[0] && most > q("1/4"));
}

/// Trees of nodes that are not active are exactly 0: changing f there changes nothing.
#[test]
fn inactive_trees_are_zero_and_leaking_ones_are_not() {
    let (f, m) = (x(0).pow(3), 2);
    let phi = sobolev(&f, 1, 2, 8, m).unwrap();
    assert_eq!(value(&phi, &[q("0")]), q("0"));
    let leaking = sobolev_leaking(&f, 1, 2, 8, m).unwrap();
    let at_zero = value(&leaking, &[q("0")]);
    // 2^{−2m−2}·Σ_{j,β} a_{jβ}, Σ_β a_{jβ} = P_j((j+1)/N) for y = 1.
    let expected = (0..=8).fold(Rational::zero(), |sum, j: i64| {
        &sum + &Rational::new(j * j * j + 3 * j * j, 512).unwrap()
    });
    assert_eq!(at_zero, &expected * &q("1/64"));
    assert!(at_zero > q("1/64"));
}

#[test]
fn what_approximations_refuse() {
    let shape = |result: Result<Network, Failure>, text: &str| match result {
        Err(Failure::Shape(reason)) => assert!(reason.contains(text), "{reason}"),
        other => panic!("{text}: {other:?}"),
    };
    shape(cosine(0, 8, 2), "expected N at least 1, got 0");
    shape(cosine(2, 8, 0), "expected m at least 1, got 0");
    assert!(matches!(cosine(1000, 8, 2), Err(Failure::Limit(_))));
    assert!(matches!(
        cosine_high(usize::MAX, 2, 8, 2),
        Err(Failure::Limit(_))
    ));
    assert!(matches!(
        cosine_error(usize::MAX, 2, 8, 2),
        Err(Failure::Limit(_))
    ));
    shape(sobolev(&x(0), 0, 2, 2, 1), "expected d at least 1, got 0");
    shape(sobolev(&x(0), 1, 0, 2, 1), "expected n at least 1, got 0");
    shape(sobolev(&x(0), 1, 2, 0, 1), "expected N at least 1, got 0");
    shape(sobolev(&x(0), 1, 2, 2, 0), "expected m at least 1, got 0");
    shape(sobolev(&x(1), 1, 2, 2, 1), "expected at least 2 variables");
    assert!(matches!(
        sobolev(&x(0), 9, 9, 99, 1),
        Err(Failure::Limit(_))
    ));
    let zero = sobolev(&MultiPoly::zero(), 2, 2, 2, 1).unwrap();
    assert_eq!(value(&zero, &[q("1/3"), q("2/3")]), Rational::zero());
}
