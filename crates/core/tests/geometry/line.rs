//! Pieces, extreme values and exact errors on an interval: table values, a dense grid, and the reference backend.

use relu_core::activation::Activation;
use relu_core::constructions::{hat, identity_network, sawtooth, square};
use relu_core::geometry::line::{
    Curve, LargestError, Quantity, infimum, sup_error, supremum, w1inf_error,
};
use relu_core::geometry::{Domain, Side, activation_pieces_on, pieces, pieces_on};
use relu_core::network::Network;
use relu_core::number::{Algebraic, Poly, Rational, RealCell};
use relu_core::{Failure, reference};

use crate::support::{Random, number};

fn side(lower: &str, upper: &str) -> Side {
    Domain::interval(number(lower), number(upper))
        .unwrap()
        .side()
        .unwrap()
}

fn poly(coefficients: &[i64]) -> Poly {
    Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
}

fn network(text: &str) -> Network {
    text.parse().unwrap()
}

fn power_of_two(n: i64) -> Algebraic {
    Rational::from(2).power(n).unwrap().into()
}

fn value(p: &Poly, at: &Algebraic) -> Algebraic {
    at.image(p).unwrap()
}

/// |p| as a curve.
fn absolute(p: &Poly) -> Curve {
    let cells = RealCell::line().split(p).into_iter().map(|cell| {
        let negative = cell.sample().is_some_and(|x| p.evaluate(&x) < 0.into());
        (cell, if negative { -p } else { p.clone() })
    });
    Curve::from_cells(cells.collect()).unwrap()
}

/// The pieces cover the interval without a gap, the bounds hold at many points, and none exceeds the value.
fn check_certificate(found: &LargestError, phi: &Network, f: &Curve, on: &Side, slopes: bool) {
    let end = |end: &Option<Rational>| end.clone().map(Algebraic::from);
    assert_eq!(found.cover[0].lower, end(&on.lower));
    assert_eq!(found.cover.last().unwrap().upper, end(&on.upper));
    for pair in found.cover.windows(2) {
        assert_eq!(pair[0].upper, pair[1].lower);
        assert!(pair[0].lower.is_none() || pair[0].lower < pair[0].upper);
    }
    for piece in &found.cover {
        assert!(piece.value <= found.value);
        assert_eq!(piece.slope.is_some(), slopes);
        let cell = RealCell::open(piece.lower.clone(), piece.upper.clone()).unwrap();
        let x = cell.sample().unwrap();
        let exact = reference::realize(phi, std::slice::from_ref(&x)).unwrap();
        let difference = &f.near(&x).evaluate(&x) - &exact[0];
        assert_eq!(piece.difference.evaluate(&x), difference);
        assert!(piece.value.compare_rational(&difference.abs()).is_ge());
        if let Some(slope) = &piece.slope {
            assert!(*slope <= found.value);
            let slope_here = piece.difference.derivative().evaluate(&x).abs();
            assert!(slope.compare_rational(&slope_here).is_ge());
        }
    }
    let piece = &found.cover[found.piece];
    let attaining = match found.quantity {
        Quantity::Value => piece.difference.clone(),
        Quantity::Slope => piece.difference.derivative(),
    };
    if f.points().is_empty() {
        assert_eq!(value(&attaining, &found.at).abs(), found.value);
    }
}

#[test]
fn squaring_networks_interpolate() {
    let f = Curve::from(poly(&[0, 0, 1]));
    let unit = side("0", "1");
    for m in 1..=8 {
        let phi = square(m).unwrap();
        let m = i64::try_from(m).unwrap();
        let values = sup_error(&phi, &f, &unit).unwrap();
        assert_eq!(values.value, power_of_two(-2 * m - 2));
        assert_eq!(values.at, power_of_two(-m - 1));
        check_certificate(&values, &phi, &f, &unit, false);
        let both = w1inf_error(&phi, &f, &unit).unwrap();
        assert_eq!(both.value, power_of_two(-m));
        assert_eq!(both.quantity, Quantity::Slope);
        check_certificate(&both, &phi, &f, &unit, true);
        assert_eq!(reference::sup_error(&phi, &f, &unit), Ok(values.value));
        assert_eq!(reference::w1inf_error(&phi, &f, &unit), Ok(both.value));
    }
}

#[test]
fn numbers_of_pieces() {
    let counts = [
        (sawtooth(1).unwrap(), 4),
        (sawtooth(3).unwrap(), 10),
        (sawtooth(4).unwrap(), 18),
        (square(3).unwrap(), 10),
        (identity_network(1, 4).unwrap(), 1),
    ];
    for (phi, count) in counts {
        assert_eq!(pieces(&phi).unwrap().len(), count);
        let walked = reference::segments(&phi, &Side::line()).unwrap();
        assert_eq!(walked.len(), count);
    }
    assert_eq!(
        pieces_on(&sawtooth(4).unwrap(), &side("0", "1"))
            .unwrap()
            .len(),
        16
    );
}

/// The pieces of sq(m) through 1/3, and its values outside [0, 1].
#[test]
fn values_and_slopes_of_the_squaring_networks() {
    let third = number("1/3");
    for (m, value, slope) in [(1, "1/6", "1/2"), (2, "1/8", "3/4"), (3, "11/96", "5/8")] {
        let phi = square(m).unwrap();
        let piece = (pieces(&phi).unwrap().into_iter())
            .find(|piece| piece.upper.as_ref().is_none_or(|upper| *upper > third))
            .unwrap();
        assert_eq!(piece.slope[0], number(slope));
        let at = &(&piece.slope[0] * &third) + &piece.intercept[0];
        assert_eq!(at, number(value));
        let outside = Curve::from(Poly::variable());
        let ray = Side {
            lower: Some(1.into()),
            upper: None,
        };
        assert_eq!(
            w1inf_error(&phi, &outside, &ray).unwrap().value,
            0.into_algebraic()
        );
        assert_eq!(supremum(&phi, &side("-5", "0")).unwrap().value, 0.into());
        assert_eq!(infimum(&phi, &Side::line()).unwrap().value, 0.into());
    }
}

/// Many irrational critical points: the exact maximum of |x⁹ − x⁴/2 + x/7 − RΦ| is the same by both routes.
#[test]
fn high_degrees_by_both_routes() {
    let f = Curve::from(Poly::from_coefficients(
        ["0", "1/7", "0", "0", "-1/2", "0", "0", "0", "0", "1"]
            .map(number)
            .to_vec(),
    ));
    for phi in [square(3).unwrap(), sawtooth(3).unwrap()] {
        for on in [side("0", "1"), side("-1/3", "8/9")] {
            let fast = w1inf_error(&phi, &f, &on).unwrap();
            check_certificate(&fast, &phi, &f, &on, true);
            assert_eq!(reference::w1inf_error(&phi, &f, &on), Ok(fast.value));
            let values = sup_error(&phi, &f, &on).unwrap();
            assert_eq!(reference::sup_error(&phi, &f, &on), Ok(values.value));
        }
    }
}

#[test]
fn the_reference_walks_many_pieces() {
    let f = Curve::from(poly(&[0, 0, 1]));
    for m in [9, 10] {
        let phi = square(m).unwrap();
        let found = reference::w1inf_error(&phi, &f, &side("0", "1"));
        assert_eq!(found, Ok(power_of_two(-i64::try_from(m).unwrap())));
    }
}

#[test]
fn the_supremum_may_be_irrational() {
    // |x³ − x/2| on [0, 1] against 0: 1/2 at the end; on [0, 1/2] the root 1/√6 of 3x² − 1/2 with value 1/(3√6).
    let zero = network("net(([[0]], [0]))");
    let f = Curve::from(Poly::from_coefficients(vec![
        number("0"),
        number("-1/2"),
        number("0"),
        number("1"),
    ]));
    let unit = side("0", "1");
    assert_eq!(
        sup_error(&zero, &f, &unit).unwrap().value,
        number("1/2").into()
    );
    let half = side("0", "1/2");
    let found = sup_error(&zero, &f, &half).unwrap();
    assert_eq!(found.value.to_rational(), None);
    let square = value(&poly(&[0, 0, 1]), &found.value);
    assert_eq!(square, number("1/54").into());
    assert!(found.value.compare_rational(&number("1/7")).is_lt());
    check_certificate(&found, &zero, &f, &half, false);
    assert_eq!(reference::sup_error(&zero, &f, &half), Ok(found.value));
}

#[test]
fn targets_with_kinks_and_jumps() {
    // ||x² − 2| − x²| ≤ 2 on [−3, 3], attained on both sides of ±√2.
    let f = absolute(&poly(&[-2, 0, 1]));
    let zero = network("net(([[0]], [0]))");
    let wide = side("-3", "3");
    let found = w1inf_error(&zero, &f, &wide).unwrap();
    assert_eq!(found.value, number("7").into());
    check_certificate(&found, &zero, &f, &wide, true);
    let near = side("-1", "3/2");
    let found = w1inf_error(&zero, &f, &near).unwrap();
    assert_eq!(found.value, number("3").into());
    // On [−1, 7/5] the kink √2 is outside.
    assert_eq!(
        w1inf_error(&zero, &f, &side("-1", "7/5")).unwrap().value,
        number("14/5").into()
    );
    // 0 for x < 1, 5 at 1, x for x > 1: no weak derivative, and the value at the point counts.
    let cells = RealCell::line().split(&poly(&[-1, 1]));
    let jumping = Curve::from_cells(
        cells
            .into_iter()
            .zip([poly(&[]), poly(&[5]), poly(&[0, 1])])
            .collect(),
    )
    .unwrap();
    let unit = side("0", "2");
    for found in [
        sup_error(&zero, &jumping, &unit).unwrap().value,
        reference::sup_error(&zero, &jumping, &unit).unwrap(),
    ] {
        assert_eq!(found, number("5").into());
    }
    for found in [
        w1inf_error(&zero, &jumping, &unit).map(|found| found.value),
        reference::w1inf_error(&zero, &jumping, &unit),
    ] {
        assert!(matches!(found, Err(Failure::Undefined(_))));
    }
    // The jump at the end of the interval is not inside.
    assert!(w1inf_error(&zero, &jumping, &side("0", "1")).is_ok());
}

#[test]
fn degenerate_networks_and_intervals() {
    let constant = network("net(([[0]], [3]))");
    let line = network("net(([[2]], [1]))");
    let zero = Curve::from(Poly::zero());
    let unit = side("0", "1");
    let point = side("1/3", "1/3");
    assert_eq!(
        sup_error(&constant, &zero, &Side::line()).unwrap().value,
        3.into_algebraic()
    );
    assert_eq!(
        sup_error(&line, &zero, &unit).unwrap().value,
        3.into_algebraic()
    );
    assert_eq!(
        w1inf_error(&line, &zero, &side("-1", "0")).unwrap().value,
        2.into_algebraic()
    );
    assert_eq!(
        sup_error(&line, &zero, &point).unwrap().value,
        number("5/3").into()
    );
    assert_eq!(
        reference::sup_error(&line, &zero, &point),
        Ok(number("5/3").into())
    );
    for result in [
        w1inf_error(&line, &zero, &point),
        sup_error(&line, &zero, &Side::line()),
        sup_error(
            &line,
            &zero,
            &Side {
                lower: None,
                upper: Some(1.into()),
            },
        ),
    ] {
        assert!(matches!(result, Err(Failure::Undefined(_))));
    }
    // A line that follows the target on the ray.
    let ray = Side {
        lower: Some(0.into()),
        upper: None,
    };
    let relu = network("net(([[1]], [0]), ([[1]], [0]))");
    let identity = Curve::from(Poly::variable());
    assert_eq!(
        w1inf_error(&relu, &identity, &ray).unwrap().value,
        0.into_algebraic()
    );
    assert_eq!(
        reference::w1inf_error(&relu, &identity, &ray),
        Ok(0.into_algebraic())
    );
    // A kink on the end of the interval is not inside.
    assert_eq!(pieces_on(&relu, &ray).unwrap().len(), 1);
    assert_eq!(pieces_on(&hat(), &side("0", "1/2")).unwrap().len(), 1);
    // Jumps and other shapes are refused.
    let jumping = hat().with_activation(Activation::Heaviside);
    assert!(matches!(
        sup_error(&jumping, &zero, &unit),
        Err(Failure::Unknown(_))
    ));
    assert!(matches!(
        reference::sup_error(&jumping, &zero, &unit),
        Err(Failure::Unknown(_))
    ));
    let two = network("net(([[1],[2]], [0,0]))");
    assert!(matches!(
        sup_error(&two, &zero, &unit),
        Err(Failure::Shape(_))
    ));
    let plane = network("net(([[1,1]], [0]))");
    assert!(matches!(supremum(&plane, &unit), Err(Failure::Shape(_))));
}

trait IntoAlgebraic {
    fn into_algebraic(self) -> Algebraic;
}

impl IntoAlgebraic for i64 {
    fn into_algebraic(self) -> Algebraic {
        Rational::from(self).into()
    }
}

#[test]
fn extreme_values() {
    let unit = side("0", "1");
    let teeth = sawtooth(5).unwrap();
    let top = supremum(&teeth, &unit).unwrap();
    assert_eq!((top.value, top.at), (1.into(), number("1/32")));
    assert_eq!(infimum(&teeth, &Side::line()).unwrap().value, 0.into());
    assert_eq!(
        supremum(&teeth, &side("1/64", "3/128")).unwrap().value,
        number("3/4")
    );
    let line = network("net(([[-2]], [1]))");
    let down = Side {
        lower: Some(3.into()),
        upper: None,
    };
    assert_eq!(supremum(&line, &down).unwrap().value, (-5).into());
    assert!(matches!(infimum(&line, &down), Err(Failure::Undefined(_))));
    assert_eq!(infimum(&line, &side("2", "2")).unwrap().value, (-3).into());
}

/// The walk of the reference backend finds the same pieces, and the rational arithmetic the same as the integers.
#[test]
fn drawn_networks_agree_with_the_reference() {
    let mut random = Random::new(7);
    let activations = [
        Activation::Relu,
        Activation::Relu,
        Activation::Leaky(number("1/4")),
        Activation::Absolute,
        Activation::HardTanh,
    ];
    let targets = [
        Curve::from(poly(&[0, 0, 1])),
        Curve::from(poly(&[1, -2, 0, 1])),
        Curve::from(poly(&[0, 1, 0, 0, -1])),
        absolute(&poly(&[-2, 0, 1])),
        absolute(&poly(&[-1, 2])),
    ];
    let sides = [
        side("-2", "2"),
        side("0", "1"),
        side("-1/3", "5/7"),
        Side::line(),
    ];
    let mut most = 0;
    for _ in 0..250 {
        let hidden = usize::try_from(random.integer(0, 4)).unwrap();
        let architecture = random.architecture(1, hidden, 1);
        let activation = random.pick(&activations).clone();
        let phi = random.network(&architecture, activation);
        let on = random.pick(&sides);
        let fast = pieces_on(&phi, on).unwrap();
        let walked = reference::segments(&phi, on).unwrap();
        assert_eq!(fast, walked, "{phi} on {on}");
        most = most.max(fast.len());
        for wanted in [
            (
                supremum(&phi, on).map(|found| found.value),
                reference::supremum(&phi, on),
            ),
            (
                infimum(&phi, on).map(|found| found.value),
                reference::infimum(&phi, on),
            ),
        ] {
            assert_eq!(wanted.0.ok(), wanted.1.ok(), "{phi} on {on}");
        }
        let f = random.pick(&targets);
        let values = sup_error(&phi, f, on);
        let both = w1inf_error(&phi, f, on);
        assert_eq!(
            values.as_ref().ok().map(|found| found.value.clone()),
            reference::sup_error(&phi, f, on).ok(),
            "{phi} on {on}"
        );
        assert_eq!(
            both.as_ref().ok().map(|found| found.value.clone()),
            reference::w1inf_error(&phi, f, on).ok(),
            "{phi} on {on}"
        );
        if let (Ok(values), Ok(both)) = (values, both) {
            check_certificate(&values, &phi, f, on, false);
            check_certificate(&both, &phi, f, on, true);
            assert!(values.value <= both.value);
            grid(&phi, f, on, &values.value);
        }
    }
    assert!(most >= 8, "{most}");
}

/// No point of a grid has a larger error.
fn grid(phi: &Network, f: &Curve, on: &Side, bound: &Algebraic) {
    let lower = on.lower.clone().unwrap_or_else(|| (-5).into());
    let upper = on.upper.clone().unwrap_or_else(|| 5.into());
    for k in 0..=97 {
        let x = &lower + &(&(&upper - &lower) * &Rational::new(k, 97).unwrap());
        let exact = reference::realize(phi, std::slice::from_ref(&x)).unwrap();
        let error = (&f.near(&x).evaluate(&x) - &exact[0]).abs();
        assert!(bound.compare_rational(&error).is_ge(), "{phi} at {x}");
    }
}

/// Numbers beyond 128 bits give the same pieces by rational arithmetic.
#[test]
fn large_weights_fall_back_to_rationals() {
    let large = Rational::from(2).pow(80);
    let scaled = |factor: &Rational| {
        let mut layers = sawtooth(3).unwrap().layers().to_vec();
        layers[0] = layers[0].map(|entry| entry * factor);
        Network::relu(layers).unwrap()
    };
    // σ(λz) = λσ(z): the bias stays in the first layer, which is scaled as a whole.
    let phi = scaled(&large);
    let plain = scaled(&Rational::one());
    let ends = |phi: &Network| -> Vec<Option<Rational>> {
        let found = activation_pieces_on(phi, &side("0", "1")).unwrap();
        found.into_iter().map(|piece| piece.upper).collect()
    };
    assert!(ends(&phi).len() > ends(&plain).len() / 2);
    let walked = reference::segments(&phi, &side("0", "1")).unwrap();
    assert_eq!(
        pieces_on(&phi, &side("0", "1")).unwrap().len(),
        walked.len()
    );
}
