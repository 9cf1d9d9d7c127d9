//! Cut-offs and global approximation: sizes by equality, exact values on the whole line and on all faces.

use quickcheck::{TestResult, quickcheck};
use relu_core::constructions::{
    absolute, cutoff, cutoff_trapezoid, cutoff_unclamped, global, global_clamped, identity_network,
    square,
};
use relu_core::evaluate::derivative_at;
use relu_core::geometry::{faces, pieces};
use relu_core::linear::Matrix;
use relu_core::network::Network;
use relu_core::number::{Rational, Scalar};
use relu_core::operations::compose;

use crate::products::{at, jacobian, value};
use crate::support::{c, q, v};

quickcheck! {
    fn both_cut_offs_are_one_function(x: (i32, i32), b: u8, d: u8) -> TestResult {
        let dimension = usize::from(d % 3) + 1;
        let bound = Rational::new(i64::from(b % 5), 2).unwrap();
        let point: Vec<Rational> = (0..dimension)
            .map(|i| Rational::new(i64::from(if i == 0 { x.0 } else { x.1 } % 40), 8).unwrap())
            .collect();
        let shape = value(&cutoff(dimension, &bound).unwrap(), &point);
        let other = value(&cutoff_trapezoid(dimension, &bound).unwrap(), &point);
        let most = point.iter().map(Rational::abs).max().unwrap();
        let inside = most > bound || shape.is_one();
        let outside = most < &bound + &Rational::one() || shape.is_zero();
        TestResult::from_bool(shape == other && inside && outside)
    }
}

#[test]
fn rv_26_sizes_and_slopes_of_the_cut_off() {
    for (d, slim, wide) in [(1, 8, 13), (2, 14, 26), (3, 20, 38)] {
        let (chi, trapezoid) = (
            cutoff(d, &2.into()).unwrap(),
            cutoff_trapezoid(d, &2.into()).unwrap(),
        );
        assert_eq!(chi.architecture(), vec![d, 2 * d, 1, 1]);
        assert_eq!(trapezoid.architecture(), vec![d, 4 * d, 1, 1]);
        assert_eq!(chi.connectivity(), slim);
        assert_eq!(trapezoid.connectivity(), wide);
        assert_eq!(chi.weight_bound(), 2.into());
        let shell = vec![&Rational::from(2) + &Rational::new(1, 2 * d as i64).unwrap(); d];
        for phi in [&chi, &trapezoid] {
            assert_eq!(value(phi, &shell), q("1/2"));
            assert_eq!(
                jacobian(phi, &shell).row(0).to_vec(),
                vec![Rational::from(-1); d]
            );
        }
    }
    for d in 1..=12 {
        for bound in ["1/2", "1", "7"] {
            let bound = q(bound);
            assert_eq!(cutoff(d, &bound).unwrap().connectivity(), 6 * d + 2);
            let wide = if d == 1 { 13 } else { 12 * d + 2 };
            assert_eq!(cutoff_trapezoid(d, &bound).unwrap().connectivity(), wide);
        }
        let zero = Rational::zero();
        assert_eq!(cutoff(d, &zero).unwrap().connectivity(), 4 * d + 2);
    }
}

/// Refined by both forms: on every cell one affine function, with slopes 0 and ±1.
#[test]
fn the_cut_off_on_every_face_of_the_plane() {
    let bound = q("3/2");
    let (chi, trapezoid) = (
        cutoff(2, &bound).unwrap(),
        cutoff_trapezoid(2, &bound).unwrap(),
    );
    let mut steepest = 0;
    for face in faces(&[&chi, &trapezoid]).unwrap() {
        let height = value(&chi, &face.point);
        assert_eq!(height, value(&trapezoid, &face.point));
        assert!(Rational::zero() <= height && height <= Rational::one());
        if face.dimension == 2 {
            let slopes = jacobian(&chi, &face.point);
            assert_eq!(slopes, jacobian(&trapezoid, &face.point));
            assert!(
                slopes
                    .row(0)
                    .iter()
                    .all(|slope| slope.is_zero() || slope.abs().is_one())
            );
            steepest = steepest.max(
                slopes
                    .row(0)
                    .iter()
                    .filter(|slope| !slope.is_zero())
                    .count(),
            );
        }
    }
    assert_eq!(steepest, 2);
    let open = cutoff_unclamped(1, &bound).unwrap();
    assert_eq!(at(&open, &["-100"]), q("-195/2"));
}

#[test]
fn rv_28_the_identity_on_the_whole_line() {
    let identity = identity_network(1, 3).unwrap();
    let psi = global(&identity, &12.into(), 7, &14.into()).unwrap();
    assert_eq!(psi.architecture(), vec![1, 4, 3, 4, 8, 8, 8, 8, 8, 8, 8, 1]);
    assert_eq!(
        (psi.depth(), psi.connectivity(), psi.weight_bound()),
        (11, 231, 196.into())
    );
    let list = pieces(&psi).unwrap();
    assert_eq!(list.len(), 243);
    for (x, expected) in [
        ("1", "2051/2048"),
        ("5", "10241/2048"),
        ("25/2", "12803/2048"),
        ("-25/2", "-12803/2048"),
        ("13", "0"),
        ("100", "0"),
        ("-1000000000000000000000", "0"),
    ] {
        assert_eq!(at(&psi, &[x]), q(expected), "x = {x}");
    }
    let slope = |x: &str| derivative_at(&psi, &v(&[x]), &c()).unwrap();
    let number = |text: &str| Matrix::new(1, 1, vec![Scalar::from(q(text))]).unwrap();
    assert_eq!(slope("1/3"), number("35/32"));
    assert_eq!(slope("5"), number("63/64"));
    for (kink, x, expected) in [(0, "0", "0"), (1, "0", "63/32"), (5, "13", "-4165/64")] {
        let d = derivative_at(&psi, &v(&[x]), &Scalar::from(Rational::from(kink)));
        assert_eq!(d.unwrap(), number(expected), "c = {kink}");
    }
    // |x − RΨ| ≤ ε(1 + x²) and |1 − RΨ′| ≤ ε(1 + x²) with ε = 1/2: the largest ratios over all pieces, at their ends and,
    // where the error is below its chord, nowhere else; both are attained at ends here.
    let half = q("1/2");
    let (mut height, mut steep) = (Rational::zero(), Rational::zero());
    for piece in &list {
        let slope_error = (&piece.slope[0] - &Rational::one()).abs();
        let ends = [&piece.lower, &piece.upper].into_iter().flatten();
        let nearest = match (&piece.lower, &piece.upper) {
            (Some(low), Some(high)) if low.sign() != high.sign() => Rational::zero(),
            (Some(low), Some(high)) => low.abs().min(high.abs()),
            (Some(end), None) | (None, Some(end)) => end.abs(),
            (None, None) => Rational::zero(),
        };
        let scale = |x: &Rational| &half * &(&(x * x) + &Rational::one());
        steep = steep.max(slope_error.over(&scale(&nearest)).unwrap());
        for x in ends {
            height = height.max(
                (x - &value(&psi, std::slice::from_ref(x)))
                    .abs()
                    .over(&scale(x))
                    .unwrap(),
            );
        }
    }
    assert_eq!((height, steep), (q("13/85"), q("192/1033")));
}

/// The network for x² of `global-explicit`: the shape of the padded cut-off is in the sizes.
#[test]
fn a_square_on_the_whole_line_has_the_sizes_derived() {
    let scale = Network::relu(vec![
        "net(([[1/64]],[0]))"
            .parse::<Network>()
            .unwrap()
            .layer(0)
            .clone(),
    ])
    .unwrap();
    let area: Network = "net(([[4096]],[0]))".parse().unwrap();
    let magnitude = compose(&absolute(), &scale).unwrap();
    let phi = compose(&area, &compose(&square(11).unwrap(), &magnitude).unwrap()).unwrap();
    let psi = global(&phi, &48.into(), 17, &4901.into()).unwrap();
    assert_eq!((psi.depth(), psi.connectivity(), psi.width()), (31, 707, 8));
}

#[test]
fn connectivity_of_a_global_network_follows_from_its_parts() {
    for (depth, m) in [(1, 1), (2, 3), (3, 2), (5, 4), (6, 1)] {
        for d in 1..=3 {
            let sum: Network = format!("net(([[{}]],[2]))", vec!["1"; d].join(","))
                .parse()
                .unwrap();
            let phi = compose(&identity_network(1, depth).unwrap(), &sum).unwrap();
            let deep = depth.max(3);
            let padded = relu_core::operations::pad(&phi, deep).unwrap();
            let last = padded.layer_connectivity(deep).unwrap();
            let psi = global(&phi, &1.into(), m, &9.into()).unwrap();
            assert_eq!(psi.depth(), deep + m + 1);
            assert_eq!(
                psi.connectivity(),
                padded.connectivity() + 3 * last + 6 * d + deep + 30 * m
            );
        }
    }
}

#[test]
fn clamped_squares_do_not_vanish_outside() {
    let phi: Network = "net(([[1]],[0]))".parse().unwrap();
    let bad = global_clamped(&phi, &1.into(), 3, &1.into()).unwrap();
    assert_ne!(at(&bad, &["3"]), q("0"));
    assert_eq!(
        at(&global(&phi, &1.into(), 3, &1.into()).unwrap(), &["3"]),
        q("0")
    );
}
