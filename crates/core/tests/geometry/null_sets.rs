//! Values of the network derivative on null sets against Clarke sets.

use relu_core::RationalOrder;
use relu_core::activation::Activation;
use relu_core::constructions::{identity_network, square};
use relu_core::evaluate::{derivative_at, network_derivative, realize};
use relu_core::geometry::{clarke, derivative_along, in_hull, pieces};
use relu_core::linear::Matrix;
use relu_core::network::Network;
use relu_core::number::{
    Algebraic, Others, Poly, Rational, RealCell, RealContext, Scalar, real_roots,
};

use crate::support::{
    IDENTITY, IDENTITY_3, IRRATIONAL, RELU, Random, W1, W2, W3, matrix, network, number, vector,
};

/// D_cΦ(x) for one input and one output, as a polynomial in c.
fn formal(phi: &Network, x: &str) -> Poly {
    let m = derivative_at(phi, &vector(&[x]), &Scalar::symbol(0)).unwrap();
    m.get(0, 0).as_poly().unwrap()
}

fn poly(coefficients: &[i64]) -> Poly {
    Poly::from_coefficients(coefficients.iter().map(|&n| Rational::from(n)).collect())
}

fn clarke_set(phi: &Network, x: &str) -> Vec<Rational> {
    let mut set: Vec<Rational> = clarke(phi, &vector(&[x]), &RationalOrder)
        .unwrap()
        .iter()
        .map(|m| m.get(0, 0).clone())
        .collect();
    set.sort();
    set
}

fn member(phi: &Network, x: &str, c: &str) -> bool {
    let x = vector(&[x]);
    let value = network_derivative(phi, &x, &number(c), &RationalOrder).unwrap();
    in_hull(
        &value,
        &clarke(phi, &x, &RationalOrder).unwrap(),
        &RationalOrder,
    )
    .unwrap()
}

/// The cells of c on which D_cΦ(x) lies in the Clarke set.
fn members(phi: &Network, x: &str) -> Vec<RealCell> {
    let lifted = phi.lifted();
    let x: Vec<Scalar> = vector(&[x]).into_iter().map(Scalar::from).collect();
    let c = Scalar::symbol(0);
    let mut cells = vec![RealCell::line()];
    let mut inside = Vec::new();
    while let Some(cell) = cells.pop() {
        let order = RealContext::new(cell.clone(), Others::EquationOnly);
        let decided = network_derivative(&lifted, &x, &c, &order)
            .and_then(|value| in_hull(&value, &clarke(&lifted, &x, &order)?, &order));
        match decided {
            Ok(true) => inside.push(cell),
            Ok(false) => {}
            Err(relu_core::Failure::Split(poly)) => cells.extend(cell.split(&poly)),
            Err(other) => panic!("{other}"),
        }
    }
    inside
}

#[test]
fn c20_identities_of_two_depths_contradict_each_other() {
    assert_eq!(formal(&network(IDENTITY), "0"), poly(&[0, 2]));
    assert_eq!(formal(&network(IDENTITY_3), "0"), poly(&[0, 0, 2]));
    for text in [IDENTITY, IDENTITY_3] {
        assert_eq!(clarke_set(&network(text), "0"), [Rational::one()]);
    }
    assert!(member(&network(IDENTITY), "0", "1/2"));
    assert!(!member(&network(IDENTITY_3), "0", "1/2"));
    assert!(!member(&network(IDENTITY), "0", "0"));
    for depth in 1..=4 {
        let phi = identity_network(1, depth).unwrap();
        let mut expected = vec![0; depth];
        expected[depth - 1] = if depth == 1 { 1 } else { 2 };
        assert_eq!(formal(&phi, "0"), poly(&expected));
    }
}

#[test]
fn c21_no_value_of_c_works() {
    let w1 = network(W1);
    assert_eq!(formal(&w1, "0"), Poly::zero());
    assert_eq!(clarke_set(&w1, "0"), [Rational::one()]);
    let w2 = network(W2);
    assert_eq!(formal(&w2, "0"), poly(&[0, 2, -2]));
    assert_eq!(clarke_set(&w2, "0"), [Rational::one()]);
    let w3 = network(W3);
    assert_eq!(formal(&w3, "0"), poly(&[0, 1, -8]));
    assert_eq!(formal(&w3, "1"), poly(&[0, 2]));
    assert_eq!(clarke_set(&w3, "0"), [Rational::zero(), Rational::one()]);
    assert_eq!(clarke_set(&w3, "1"), [Rational::one()]);
    // For all real c at once.
    assert!(members(&w1, "0").is_empty());
    assert!(members(&w2, "0").is_empty());
    // W3: only c = 1/2 passes at 1, and it fails at 0.
    let at_one = members(&w3, "1");
    assert_eq!(at_one.len(), 1);
    assert!(at_one[0].is_point());
    assert_eq!(at_one[0].sample(), Some(number("1/2")));
    assert!(!member(&w3, "0", "1/2"));
    assert!(member(&w3, "0", "1/16"));
}

#[test]
fn c21_realizations_of_the_witnesses() {
    let order = RationalOrder;
    for (text, values) in [
        (W1, ["-3", "-1", "0", "2", "5"]),
        (W2, ["-1", "-1", "0", "2", "5"]),
        (W3, ["-1", "-1", "-1", "1", "4"]),
    ] {
        let phi = network(text);
        assert_eq!(phi.connectivity(), 9);
        for (x, value) in ["-3", "-1", "0", "2", "5"].iter().zip(values) {
            assert_eq!(
                realize(&phi, &vector(&[x]), &order).unwrap(),
                vector(&[value]),
                "{text}"
            );
        }
    }
    assert_eq!(pieces(&network(W1)).unwrap().len(), 1);
    assert_eq!(pieces(&network(W2)).unwrap().len(), 2);
}

#[test]
fn c21_an_irrational_c_may_work() {
    let phi = network(IRRATIONAL);
    assert_eq!(formal(&phi, "0"), poly(&[0, 0, -12]));
    assert_eq!(clarke_set(&phi, "0"), [number("-4")]);
    // Every rational c fails, two irrational ones work.
    for c in ["0", "1", "1/2", "-1/2", "57735/100000", "1/1000000"] {
        assert!(!member(&phi, "0", c), "c = {c}");
    }
    let mut cells = members(&phi, "0");
    cells.sort_by_key(|cell| match cell {
        RealCell::Point(c) => c.clone(),
        RealCell::Open { .. } => panic!("{cell}"),
    });
    let roots: Vec<Algebraic> = real_roots(&poly(&[-1, 0, 3]));
    assert_eq!(
        cells,
        roots.into_iter().map(RealCell::Point).collect::<Vec<_>>()
    );
}

#[test]
fn c22_at_depth_two_one_half_is_the_average_of_both_sides() {
    let mut random = Random::new(21);
    let (half, order) = (number("1/2"), RationalOrder);
    let mut on_kinks = 0;
    for round in 0..300 {
        let inputs = usize::try_from(random.integer(1, 3)).unwrap();
        let architecture = random.architecture(inputs, 1, 2);
        let activation = [Activation::Relu, Activation::Absolute][round % 2].clone();
        let x = random.simple_point(inputs);
        let phi = random.network_with_kinks_at(&x, &architecture, activation);
        let v = random.scattered_point(inputs);
        let back: Vec<Rational> = v.iter().map(|entry| -entry).collect();
        let formal = network_derivative(&phi, &x, &half, &order).unwrap();
        let sides = [&v, &back].map(|v| derivative_along(&phi, &x, v, &order).unwrap());
        let [Some(ahead), Some(behind)] = sides else {
            continue;
        };
        on_kinks += usize::from(ahead != behind);
        if *phi.activation() == Activation::Relu {
            assert_eq!(
                formal,
                ahead.plus(&behind).unwrap().scaled(&half),
                "{phi} at {x:?}"
            );
            let set = clarke(&phi, &x, &order).unwrap();
            assert!(in_hull(&formal, &set, &order).unwrap(), "{phi} at {x:?}");
        }
    }
    assert!(on_kinks > 50, "{on_kinks}");
    // Depth 3 and c = 0 are different.
    assert!(!member(&network(W2), "0", "1/2"));
    assert!(!member(&network(IDENTITY), "0", "0"));
}

#[test]
fn c23_the_squaring_network() {
    for m in 2..=5_u32 {
        let phi = square(usize::try_from(m).unwrap()).unwrap();
        assert_eq!(
            formal(&phi, "1/2").evaluate(&Rational::zero()),
            number("3/4")
        );
        assert_eq!(
            formal(&phi, "1/2").evaluate(&number("1/2")),
            Rational::one()
        );
        let step = Rational::new(1, 1 << m).unwrap();
        let one = Rational::one();
        assert_eq!(clarke_set(&phi, "1/2"), [&one - &step, &one + &step]);
        let outside = |c: &str| {
            (0..=1_i64 << m)
                .filter(|k| !member(&phi, &Rational::new(*k, 1 << m).unwrap().to_string(), c))
                .count()
        };
        assert_eq!(
            outside("0"),
            [0, 1, 3, 7][usize::try_from(m - 2).unwrap()],
            "m = {m}"
        );
        assert_eq!(outside("1/2"), 0, "m = {m}");
    }
}

#[test]
fn c24_arbitrarily_wrong_values() {
    let wrong = |t: &str| {
        network(&format!(
            "net(([[1],[-1],[1],[-1]], [1,-1,0,0]), ([[1,-1,0,0],[-1,1,0,0],[0,0,-1,0]], [0,0,0]), ([[1,-1,{t}]], [-1]))"
        ))
    };
    for (t, value) in [("5", [1, 0, -5]), ("-3", [1, 0, 3]), ("0", [1, 0, 0])] {
        let phi = wrong(t);
        assert_eq!(formal(&phi, "0"), poly(&value));
        assert_eq!(clarke_set(&phi, "0"), [Rational::one()]);
        assert_eq!(pieces(&phi).unwrap().len(), 1);
    }
    assert!(!member(&wrong("5"), "0", "1"));
    assert!(member(&wrong("5"), "0", "0"));
    let shifted = network("net(([[1],[-1],[1],[-1]], [1,-1,0,0]), ([[7,-7,-6,6]], [-7]))");
    assert_eq!(
        formal(&shifted, "0").evaluate(&Rational::zero()),
        number("7")
    );
    assert!(!member(&shifted, "0", "0"));
}

#[test]
fn clarke_sets_by_hand() {
    assert_eq!(
        clarke_set(&network(RELU), "0"),
        [Rational::zero(), Rational::one()]
    );
    assert_eq!(clarke_set(&network(RELU), "1"), [Rational::one()]);
    let weighted = network("net(([[1],[-1]], [0,0]), ([[7,-1]], [0]))");
    assert_eq!(
        clarke_set(&weighted, "0"),
        [Rational::one(), Rational::from(7)]
    );
    assert!(!member(&weighted, "0", "0"));
    assert!(member(&weighted, "0", "1/2"));
    // max(x₁, x₂) at the origin: the segment between the unit rows, not the square.
    let maximum = network("net(([[1,-1],[0,1],[0,-1]], [0,0,0]), ([[1,1,-1]], [0]))");
    let order = RationalOrder;
    let set = clarke(&maximum, &vector(&["0", "0"]), &order).unwrap();
    assert_eq!(set.len(), 2);
    for (row, inside) in [
        (["1", "0"], true),
        (["1/3", "2/3"], true),
        (["0", "0"], false),
        (["1", "1"], false),
        (["1/2", "1/3"], false),
    ] {
        assert_eq!(
            in_hull(&matrix(&[&row]), &set, &order).unwrap(),
            inside,
            "{row:?}"
        );
    }
    // Two outputs share the side: (σ(x), σ(x)) has no value (1, 0).
    let twice = network("net(([[1]], [0]), ([[1],[1]], [0,0]))");
    let set: Vec<Matrix<Rational>> = clarke(&twice, &vector(&["0"]), &order).unwrap();
    assert!(!in_hull(&matrix(&[&["1"], &["0"]]), &set, &order).unwrap());
    assert!(in_hull(&matrix(&[&["1/2"], &["1/2"]]), &set, &order).unwrap());
}
