//! Absolute value and products: sizes by equality, exact values.

use quickcheck::quickcheck;
use relu_core::constructions::{
    absolute, cutoff, cutoff_trapezoid, global, multiply, multiply_clamped, multiply_unit,
};
use relu_core::evaluate::realize;
use relu_core::geometry::faces;
use relu_core::linear::Matrix;
use relu_core::network::Network;
use relu_core::number::{Rational, Scalar};
use relu_core::{Failure, Field, RationalOrder, reference};

use crate::support::{q, v};

pub fn value(phi: &Network, x: &[Rational]) -> Rational {
    let fast = realize(phi, x, &RationalOrder).unwrap();
    assert_eq!(reference::realize(phi, x).unwrap(), fast);
    fast[0].clone()
}

pub fn at(phi: &Network, x: &[&str]) -> Rational {
    value(phi, &v(x))
}

fn gradient(phi: &Network, x: &[&str]) -> Vec<Rational> {
    jacobian(phi, &v(x)).row(0).to_vec()
}

/// The classical derivative, which has to exist.
pub fn jacobian(phi: &Network, x: &[Rational]) -> Matrix<Rational> {
    relu_core::geometry::jacobian(phi, x, &RationalOrder)
        .unwrap()
        .unwrap()
}

fn power_of_two(exponent: i64) -> Rational {
    Rational::from(2).power(exponent).unwrap()
}

/// (2, first, middle m times, 1).
fn dims(first: &[usize], middle: usize, m: usize) -> Vec<usize> {
    let mut all = first.to_vec();
    all.extend(vec![middle; m]);
    all.push(1);
    all
}

fn signed(numerator: i64) -> i64 {
    numerator % 100_000
}

/// A number in \[0,1\].
fn unit_number(a: u32, b: u32) -> Rational {
    let (low, high) = (a.min(b), a.max(b).max(1));
    Rational::new(low.into(), high.into()).unwrap()
}

#[test]
fn the_absolute_value() {
    let phi = absolute();
    assert_eq!(
        (phi.architecture(), phi.connectivity(), phi.weight_bound()),
        (vec![1, 2, 1], 4, 1.into())
    );
    for (x, expected) in [
        ("-7/3", "7/3"),
        ("0", "0"),
        ("1000000000000000000000001", "1000000000000000000000001"),
    ] {
        assert_eq!(at(&phi, &[x]), q(expected));
    }
}

#[test]
fn rv_18_sizes_of_the_product_on_the_unit_square() {
    for m in 1..=12 {
        let phi = multiply_unit(m).unwrap();
        assert_eq!(phi.architecture(), dims(&[2, 3], 5, m));
        assert_eq!((phi.depth(), phi.connectivity()), (m + 2, 15 * m + 7));
        assert_eq!(phi.weight_bound(), if m == 1 { 1.into() } else { 4.into() });
    }
}

#[test]
fn rv_19_and_rv_20_values_of_the_product_on_the_unit_square() {
    let [one, two] = [1, 2].map(|m| multiply_unit(m).unwrap());
    assert_eq!(at(&two, &["1/8", "1/8"]), q("1/32"));
    assert_eq!(at(&two, &["3/10", "7/10"]), q("1/5"));
    // (3/10, 7/10) lies on a kink, u = 1/2: the value with c = 0, that of the cell u < 1/2.
    let at_kink = relu_core::evaluate::derivative_at(&two, &v(&["3/10", "7/10"]), &Scalar::zero());
    let expected = ["1/2", "1/4"].map(|entry| Scalar::from(q(entry)));
    assert_eq!(at_kink.unwrap().row(0), expected);
    assert_eq!(gradient(&two, &["3/11", "7/10"]), v(&["1/2", "1/4"]));
    assert_eq!(
        relu_core::geometry::jacobian(&two, &v(&["3/10", "7/10"]), &RationalOrder),
        Ok(None)
    );
    assert_eq!(at(&two, &["1/3", "1/5"]), q("7/120"));
    assert_eq!(gradient(&two, &["1/3", "1/5"]), v(&["1/4", "1/2"]));
    assert_eq!(at(&one, &["7/10", "3/5"]), q("9/20"));
    assert_eq!(gradient(&one, &["7/10", "3/5"]), v(&["1/2", "1"]));
}

#[test]
fn rv_22_sizes_and_values_of_the_symmetric_product() {
    for m in 1..=12 {
        for bound in ["1/3", "1", "3", "14"] {
            let phi = multiply(m, &q(bound)).unwrap();
            assert_eq!(phi.architecture(), dims(&[2, 4], 8, m));
            assert_eq!((phi.depth(), phi.connectivity()), (m + 2, 30 * m + 6));
        }
    }
    let net = |m, bound: &str| multiply(m, &q(bound)).unwrap();
    assert_eq!(at(&net(2, "3"), &["2", "-1"]), q("-15/8"));
    assert_eq!(at(&net(3, "3"), &["2", "-1"]), q("-63/32"));
    assert_eq!(at(&net(2, "1"), &["-1/3", "1/5"]), q("-7/120"));
    assert_eq!(
        gradient(&net(2, "1"), &["-1/3", "1/5"]),
        v(&["1/4", "-1/2"])
    );
    assert_eq!(at(&net(3, "1"), &["1", "50"]), q("1"));
    for m in 1..=5 {
        assert_eq!(at(&net(m, "3"), &["0", "77"]), q("0"));
    }
}

/// The gradients are constant on cells, so one point of each cell decides.
#[test]
fn slopes_of_the_product_on_every_cell_of_the_unit_square() {
    let unit_square: Network = "net(([[1,0],[0,1]],[-1,-1]),([[1,1]],[0]))"
        .parse()
        .unwrap();
    for m in 1..=3 {
        let phi = multiply_unit(m).unwrap();
        let step = power_of_two(-(m as i64));
        let (zero, one) = (Rational::zero(), Rational::one());
        let inside = |x: &Rational| zero < *x && *x < one;
        let mut cells = 0;
        for face in faces(&[&phi, &unit_square]).unwrap() {
            if face.dimension < 2 || !face.point.iter().all(inside) {
                continue;
            }
            cells += 1;
            let slopes = jacobian(&phi, &face.point);
            let [a, b] = [&face.point[0], &face.point[1]];
            for slope in slopes.row(0) {
                assert!(zero <= *slope && *slope <= one, "m = {m}: {slope}");
            }
            let error = &(&slopes.row(0)[0] - b).abs() + &(&slopes.row(0)[1] - a).abs();
            assert!(error <= step, "m = {m}: {error}");
            let distance = (&value(&phi, &face.point) - &(a * b)).abs();
            assert!(distance <= (&step * &step).half().half());
        }
        // u in cell k and v in cell j of width 2⁻ᵐ with j ≤ k and k + j + 1 ≤ 2ᵐ, on either side of the diagonal.
        assert_eq!(cells, (1 << m) * ((1 << (m - 1)) + 1), "m = {m}");
    }
}

#[test]
fn the_error_of_the_products_is_attained() {
    for m in 1..=12_i64 {
        let corner = power_of_two(-m - 1);
        let phi = multiply_unit(m as usize).unwrap();
        let error = &value(&phi, &[corner.clone(), corner.clone()]) - &(&corner * &corner);
        assert_eq!(error.abs(), power_of_two(-2 * m - 2));
        let bound = q("7/3");
        let phi = multiply(m as usize, &bound).unwrap();
        let x = &bound * &corner;
        let error = &value(&phi, &[x.clone(), x.clone()]) - &(&x * &x);
        assert_eq!(error.abs(), &(&bound * &bound) * &power_of_two(-2 * m - 2));
    }
}

quickcheck! {
    fn the_unit_product_is_exact_at_zero_and_one(a: u32, b: u32, m: u8) -> bool {
        let x = unit_number(a, b);
        let phi = multiply_unit(usize::from(m % 12) + 1).unwrap();
        let (zero, one) = (Rational::zero(), Rational::one());
        value(&phi, &[x.clone(), one.clone()]) == x
            && value(&phi, &[one, x.clone()]) == x
            && value(&phi, &[x.clone(), zero.clone()]).is_zero()
            && value(&phi, &[zero, x]).is_zero()
    }

    fn the_unit_product_stays_below_its_factors(a: (u32, u32), b: (u32, u32), m: u8) -> bool {
        let (x, y) = (unit_number(a.0, a.1), unit_number(b.0, b.1));
        let m = usize::from(m % 8) + 1;
        let phi = multiply_unit(m).unwrap();
        let product = value(&phi, &[x.clone(), y.clone()]);
        let step = power_of_two(-2 * m as i64 - 2);
        Rational::zero() <= product && product <= x.clone().min(y.clone())
            && (&product - &(&x * &y)).abs() <= step
            && product == value(&phi, &[y, x])
    }

    fn the_symmetric_product_vanishes_on_the_axes(p: i64, q: i64, huge: bool, m: u8) -> bool {
        let mut x = Rational::new(p, q.max(1)).unwrap();
        if huge {
            x = &x * &Rational::from(10).pow(40);
        }
        let phi = multiply(usize::from(m % 9) + 1, &Rational::new(3, 7).unwrap()).unwrap();
        value(&phi, &[x.clone(), Rational::zero()]).is_zero()
            && value(&phi, &[Rational::zero(), x]).is_zero()
    }

    fn the_symmetric_product_is_odd_and_symmetric(p: i64, r: i64, m: u8) -> bool {
        let (x, y) = (Rational::new(signed(p), 997).unwrap(), Rational::new(signed(r), 101).unwrap());
        let m = usize::from(m % 9) + 1;
        let bound = x.abs().max(y.abs()).max(Rational::one());
        let phi = multiply(m, &bound).unwrap();
        let product = value(&phi, &[x.clone(), y.clone()]);
        let error = &(&bound * &bound) * &power_of_two(-2 * m as i64 - 2);
        value(&phi, &[y.clone(), x.clone()]) == product
            && value(&phi, &[-&x, y.clone()]) == -&product
            && value(&phi, &[x.clone(), -&y]) == -&product
            && (&product - &(&x * &y)).abs() <= error
    }
}

#[test]
fn products_of_clamped_squares_are_no_products() {
    let phi = multiply_clamped(3, &1.into()).unwrap();
    assert_eq!(phi.architecture(), vec![2, 8, 8, 8, 1]);
    assert_eq!(at(&phi, &["0", "1"]), q("1/4"));
    assert_eq!(at(&multiply(3, &1.into()).unwrap(), &["0", "1"]), q("0"));
}

#[test]
fn what_products_and_cut_offs_refuse() {
    let one = Rational::one();
    let shape = |result: Result<Network, Failure>, text: &str| match result {
        Err(Failure::Shape(reason)) => assert!(reason.contains(text), "{reason}"),
        other => panic!("{text}: {other:?}"),
    };
    shape(multiply_unit(0), "expected m at least 1, got 0");
    shape(multiply(0, &one), "expected m at least 1, got 0");
    shape(multiply(1, &Rational::zero()), "expected M above 0, got 0");
    shape(multiply(1, &q("-1/2")), "expected M above 0, got -1/2");
    shape(cutoff(0, &one), "expected at least 1, got 0");
    shape(cutoff_trapezoid(0, &one), "expected at least 1, got 0");
    shape(cutoff(1, &q("-1")), "expected at least 0, got -1");
    let two: Network = "net(([[1],[1]],[0,0]))".parse().unwrap();
    shape(global(&two, &one, 1, &one), "expected 1, got 2");
    assert!(matches!(multiply_unit(1 << 20), Err(Failure::Limit(_))));
    assert!(matches!(cutoff(1 << 20, &one), Err(Failure::Limit(_))));
}
