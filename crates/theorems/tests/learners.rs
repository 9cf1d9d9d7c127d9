//! Learners known from above: bisection is run on functions of its class, the error of a net is computed a second time.
#![allow(clippy::unwrap_used)]

use dashu_int::UBig;
use relu_core::Failure;
use relu_core::number::rational::Rational;
use theorems::learner::{Class, Learner};
use theorems::value::Backend;

fn ratio(p: i64, q: i64) -> Rational {
    Rational::new(p, q).unwrap()
}

fn class(inputs: usize, layers: u32, width: u64, bound: Rational) -> Class {
    Class {
        inputs,
        layers,
        width,
        bound,
        inverse: Rational::zero(),
    }
}

/// x ↦ the network with one neuron in every layer.
fn line(layers: &[(Rational, Rational)], x: &Rational) -> Rational {
    let (last, hidden) = layers.split_last().unwrap();
    let mut value = x.clone();
    for (w, b) in hidden {
        value = (&(w * &value) + b).max(Rational::zero());
    }
    &(&last.0 * &value) + &last.1
}

/// An end of the flat part next to `from`, towards `to`: k halvings keep a point with the value there, and one without it.
fn halved(u: &impl Fn(&Rational) -> Rational, from: i64, to: i64, k: u32) -> [Rational; 2] {
    let flat = u(&ratio(from, 1));
    let mut ends = [ratio(from, 1), ratio(to, 1)];
    for _ in 0..k {
        let middle = Rational::midpoint(&ends[0], &ends[1]);
        let moved = usize::from(u(&middle) != flat);
        ends[moved] = middle;
    }
    ends
}

/// What bisection answers at x, from the values it has asked for.
fn answer(u: &impl Fn(&Rational) -> Rational, k: u32, x: &Rational) -> Rational {
    let (first, last) = (u(&ratio(0, 1)), u(&ratio(1, 1)));
    if first == last {
        return first;
    }
    let [flat, left] = halved(u, 0, 1, k);
    let [end, right] = halved(u, 1, 0, k);
    let mut known = vec![(flat, first)];
    // Where the intervals agree, nothing is known in between.
    if left <= right {
        known.push((left.clone(), u(&left)));
        known.push((right.clone(), u(&right)));
    }
    known.push((end, last));
    let inner = known
        .windows(2)
        .find(|pair| pair[0].0 <= *x && *x <= pair[1].0);
    match inner {
        _ if *x <= known[0].0 => known[0].1.clone(),
        Some(pair) if pair[0].0 < pair[1].0 => {
            let share = (x - &pair[0].0).over(&(&pair[1].0 - &pair[0].0)).unwrap();
            &pair[0].1 + &(&share * &(&pair[1].1 - &pair[0].1))
        }
        _ => known[known.len() - 1].1.clone(),
    }
}

#[test]
fn bisection_keeps_its_bound_and_comes_close_to_it() {
    let mut state = 1_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ratio(i64::try_from(state >> 59).unwrap() - 16, 16)
    };
    let mut steepest = vec![(ratio(1, 1), ratio(0, 1)); 2];
    steepest.insert(0, (ratio(1, 1), ratio(-5, 16)));
    let mut functions = vec![steepest];
    for layers in [2, 3, 4] {
        functions.extend((0..150).map(|_| (0..layers).map(|_| (next(), next())).collect()));
    }
    for samples in [2, 3, 6, 12] {
        let k = (samples - 2) / 2;
        let mut worst = Rational::zero();
        for layers in &functions {
            let u = |x: &Rational| line(layers, x);
            let depth = u32::try_from(layers.len()).unwrap();
            let bound = Learner::Bisection { samples }
                .worst_error(
                    &class(1, depth, 1, ratio(1, 1)),
                    &Rational::zero(),
                    Backend::Fast,
                )
                .unwrap();
            for point in 0..=96 {
                let x = ratio(point, 96);
                let error = (&u(&x) - &answer(&u, k, &x)).abs();
                assert!(
                    error <= bound.upper,
                    "{layers:?} at {x}: {error} above {}",
                    bound.upper
                );
                worst = worst.max(error);
            }
        }
        assert!(
            worst >= ratio(1, 16).times_power_of_half(k),
            "{samples}: {worst}"
        );
    }
}

trait Halved {
    fn times_power_of_half(self, k: u32) -> Self;
}

impl Halved for Rational {
    fn times_power_of_half(self, k: u32) -> Self {
        &self * &Self::one().half().pow(k)
    }
}

#[test]
fn the_error_of_a_net_is_that_of_its_formula() {
    // (d, L, B, c): W, T, H, in floating point.
    let table = [
        ((1, 3, 3), 22.0, 61.0, 22.0),
        ((3, 3, 9), 136.0, 991.0, 334.0),
    ];
    for ((d, l, b), parameters, moved, largest) in table {
        for exponent in [1_usize, 6, 20, 60] {
            let samples = UBig::from(10_u8).pow(exponent);
            let bits =
                f64::from(u32::try_from(samples.to_string().len()).unwrap() - 1) * 10_f64.log2();
            let bits = bits.floor() + 1.0;
            let m = 10_f64.powi(i32::try_from(exponent).unwrap());
            let entropy = parameters * bits * 2_f64.ln() + m.ln();
            let near: f64 = moved * (-bits).exp2();
            let expected =
                (near.powi(2) + 4.0 * largest * largest * entropy / m).sqrt() + 2.0 * largest / m;
            let learner = Learner::Net { inputs: d, samples };
            for backend in [Backend::Fast, Backend::Reference] {
                let found = learner
                    .worst_error(&class(d, l, b, ratio(1, 1)), &ratio(1, 2), backend)
                    .unwrap();
                assert!(found.lower.is_zero());
                let scaled = &found.upper * &ratio(10, 1).pow(40);
                let found: f64 = scaled.floor().to_string().parse::<f64>().unwrap() / 1e40;
                assert!((found / expected - 1.0).abs() < 1e-5, "{found} {expected}");
            }
        }
    }
}

#[test]
fn nothing_is_said_where_the_bounds_do_not_apply() {
    let net = Learner::Net {
        inputs: 2,
        samples: UBig::from(9_u8),
    };
    let bisection = Learner::Bisection { samples: 5 };
    let (zero, third, half) = (Rational::zero(), ratio(1, 3), ratio(1, 2));
    let one = |width| class(1, 3, width, ratio(1, 1));
    let two = class(2, 3, 4, ratio(1, 1));
    let found = |learner: &Learner, class: &Class, norm: &Rational| {
        learner.worst_error(class, norm, Backend::Fast)
    };
    for norm in [&zero, &third] {
        assert!(matches!(found(&net, &two, norm), Err(Failure::Unknown(_))));
    }
    assert!(found(&net, &two, &half).is_ok());
    assert!(matches!(
        found(&net, &one(1), &half),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        found(&bisection, &one(2), &zero),
        Err(Failure::Unknown(_))
    ));
    assert!(matches!(
        found(&bisection, &two, &zero),
        Err(Failure::Shape(_))
    ));
    assert!(found(&bisection, &one(1), &zero).is_ok());
    // A class of one function has no error to speak of.
    let only = class(2, 3, 4, Rational::zero());
    assert!(found(&net, &only, &half).unwrap().upper.is_zero());
}
