//! Values and limits of the network derivative near a point; stability of products.

use relu_core::activation::Activation;
use relu_core::constructions::identity_network;
use relu_core::evaluate::{network_derivative, realize};
use relu_core::geometry::{
    Genericity, clarke, derivative_along, derivative_limits, derivatives_near, genericity,
};
use relu_core::linear::Matrix;
use relu_core::network::Network;
use relu_core::number::Rational;
use relu_core::operations::compose;
use relu_core::{Failure, RationalOrder};

use crate::support::{
    DIFFERENCE, IDENTITY, RELU, Random, continuous_piecewise_linear, matrix, moved, network,
    number, piecewise_linear, vector,
};

fn sorted(mut set: Vec<Matrix<Rational>>) -> Vec<Vec<Rational>> {
    set.sort_by(|a, b| a.data().cmp(b.data()));
    set.iter().map(|m| m.data().to_vec()).collect()
}

fn near(phi: &Network, y: &[&str], c: &str) -> Vec<Vec<Rational>> {
    sorted(derivatives_near(phi, &vector(y), &number(c), &RationalOrder).unwrap())
}

fn limits(phi: &Network, y: &[&str], c: &str) -> Vec<Vec<Rational>> {
    sorted(derivative_limits(phi, &vector(y), &number(c), &RationalOrder).unwrap())
}

fn rows(values: &[&[&str]]) -> Vec<Vec<Rational>> {
    values.iter().map(|row| vector(row)).collect()
}

#[test]
fn values_near_a_point_by_hand() {
    assert_eq!(
        near(&network(RELU), &["0"], "3"),
        rows(&[&["0"], &["1"], &["3"]])
    );
    assert_eq!(near(&network(RELU), &["0"], "1"), rows(&[&["0"], &["1"]]));
    assert_eq!(near(&network(RELU), &["1/9"], "3"), rows(&[&["1"]]));
    assert_eq!(
        near(&network(IDENTITY), &["0"], "3"),
        rows(&[&["1"], &["6"]])
    );
    assert_eq!(near(&network(IDENTITY), &["0"], "1/2"), rows(&[&["1"]]));
    assert_eq!(
        near(&network(DIFFERENCE), &["1", "1"], "5"),
        rows(&[&["0", "0"], &["1", "-1"], &["5", "-5"]])
    );
    assert_eq!(
        near(&network(DIFFERENCE), &["2", "1"], "5"),
        rows(&[&["1", "-1"]])
    );
    // σ(σ(x₁) + σ(x₂) − σ(−x₂)) at the origin: (9, 18) = c·(c, 2c) at the point, (0, 18) on the ray x₁ < 0 = x₂,
    // (1, 6) on x₁ > 0 = x₂, (3, 1) on x₁ = 0 < x₂, (3, 3) on x₁ = −x₂ > 0, the rest in sectors.
    let nested = network("net(([[1,0],[0,1],[0,-1]], [0,0,0]), ([[1,1,-1]], [0]), ([[1]], [0]))");
    let expected: [&[&str]; 8] = [
        &["0", "0"],
        &["0", "1"],
        &["0", "18"],
        &["1", "1"],
        &["1", "6"],
        &["3", "1"],
        &["3", "3"],
        &["9", "18"],
    ];
    assert_eq!(near(&nested, &["0", "0"], "3"), rows(&expected));
}

#[test]
fn values_near_a_point_are_met_near_it() {
    let mut random = Random::new(31);
    for _ in 0..200 {
        let inputs = usize::try_from(random.integer(1, 3)).unwrap();
        let hidden = usize::try_from(random.integer(1, 3)).unwrap();
        let architecture = random.architecture(inputs, hidden, 1);
        let activation = random.pick(&piecewise_linear()).clone();
        let y = random.simple_point(inputs);
        let phi = random.network_with_kinks_at(&y, &architecture, activation);
        let (c, order) = (number("7"), RationalOrder);
        let set = derivatives_near(&phi, &y, &c, &order).unwrap();
        assert!(set.contains(&network_derivative(&phi, &y, &c, &order).unwrap()));
        for _ in 0..30 {
            let v: Vec<Rational> = (0..inputs)
                .map(|_| Rational::from(random.integer(-2, 2)))
                .collect();
            let there = moved(&y, &number("1/1000000"), &v);
            let value = network_derivative(&phi, &there, &c, &order).unwrap();
            assert!(set.contains(&value), "{phi} at {y:?} towards {v:?}");
        }
    }
}

#[test]
fn c17_products_are_eventually_constant_at_generic_points() {
    let mut random = Random::new(32);
    let (mut generic, mut jumping) = (0, 0);
    for _ in 0..400 {
        let (inputs, middle) = (1, usize::try_from(random.integer(1, 3)).unwrap());
        let inner = random.architecture(inputs, 1, middle);
        let outer = random.architecture(middle, 1, 1);
        let activation = random.pick(&continuous_piecewise_linear()).clone();
        let phi = random.network(&inner, activation.clone());
        let psi = random.network(&outer, activation);
        let both = compose(&psi, &phi).unwrap();
        let x = random.scattered_point(inputs);
        if genericity(&phi, &x).unwrap() != Genericity::Generic
            || genericity(&both, &x).unwrap() != Genericity::Generic
        {
            continue;
        }
        generic += 1;
        let (c, order) = (number("3"), RationalOrder);
        let y = realize(&phi, &x, &order).unwrap();
        let inner = network_derivative(&phi, &x, &c, &order).unwrap();
        let expected = network_derivative(&both, &x, &c, &order).unwrap();
        let set = derivatives_near(&psi, &y, &c, &order).unwrap();
        jumping += usize::from(set.len() > 1);
        for value in set {
            assert_eq!(
                value.times(&inner).unwrap(),
                expected,
                "{psi} after {phi} at {x:?}"
            );
        }
    }
    assert!(generic > 250 && jumping > 20, "{generic} {jumping}");
}

#[test]
fn c16_fails_on_null_sets() {
    // Limit does not exist.
    assert_eq!(near(&network(RELU), &["0"], "0").len(), 2);
    // Off 0 the value is 1, at 0 it is 2c.
    assert_eq!(
        near(&identity_network(1, 2).unwrap(), &["0"], "0"),
        rows(&[&["0"], &["1"]])
    );
    // The image of (x, x) lies inside the kink: the values differ but the products agree.
    let phi = network("net(([[1],[1]], [0,0]))");
    let psi = network(DIFFERENCE);
    let set = derivatives_near(&psi, &vector(&["4", "4"]), &number("3"), &RationalOrder).unwrap();
    assert_eq!(set.len(), 3);
    for value in set {
        assert_eq!(
            value.times(&phi.layer(0).weights()).unwrap(),
            matrix(&[&["0"]])
        );
    }
}

#[test]
fn limits_with_curved_activations() {
    let curved = network(RELU).with_activation(Activation::KinkedSquare);
    assert_eq!(
        limits(&curved, &["0"], "5"),
        rows(&[&["0"], &["1"], &["5"]])
    );
    assert_eq!(limits(&curved, &["1"], "5"), rows(&[&["2"]]));
    assert_eq!(limits(&curved, &["-1/2"], "5"), rows(&[&["-1/2"]]));
    // Two inputs, kinks in the first layer only.
    let plane = network("net(([[1,1],[1,0]], [0,1]), ([[1,1]], [0]))");
    let plane = plane.with_activation(Activation::KinkedSquare);
    assert_eq!(
        limits(&plane, &["1", "-1"], "5"),
        rows(&[&["3", "0"], &["4", "1"], &["8", "5"]])
    );
    // One input, a kink in the second layer that is touched from one side: z₂ = 3x²/2 near 0.
    let touched = network("net(([[1],[1]], [1,-1]), ([[1,2]], [-5/2]), ([[1]], [0]))");
    let touched = touched.with_activation(Activation::KinkedSquare);
    assert_eq!(limits(&touched, &["0"], "5"), rows(&[&["0"]]));
    assert_eq!(
        sorted(clarke(&touched, &vector(&["0"]), &RationalOrder).unwrap()),
        rows(&[&["0"]])
    );
    // The same in two inputs is not decided.
    let plane = network("net(([[1,0],[1,0]], [1,-1]), ([[1,2]], [-5/2]), ([[1]], [0]))");
    let plane = plane.with_activation(Activation::KinkedSquare);
    let result = derivative_limits(&plane, &vector(&["0", "0"]), &number("5"), &RationalOrder);
    assert!(matches!(result, Err(Failure::Unknown(_))));
    let result = clarke(&plane, &vector(&["0", "0"]), &RationalOrder);
    assert!(matches!(result, Err(Failure::Unknown(_))));
}

#[test]
fn one_sided_limits_by_germs_agree_with_nearby_slopes() {
    let mut random = Random::new(33);
    let order = RationalOrder;
    for _ in 0..100 {
        let hidden = usize::try_from(random.integer(1, 2)).unwrap();
        let architecture = random.architecture(1, hidden, 1);
        let phi = random.network(&architecture, Activation::KinkedSquare);
        let x = random.simple_point(1);
        for side in ["1", "-1"] {
            let v = vector(&[side]);
            let limit = derivative_along(&phi, &x, &v, &order).unwrap().unwrap();
            let steps = ["1/100000000", "1/1000000000000"].map(number);
            let errors = steps.each_ref().map(|step| {
                let near = moved(&x, step, &v);
                let slope = network_derivative(&phi, &near, &number("9"), &order).unwrap();
                (slope.get(0, 0) - limit.get(0, 0)).abs()
            });
            // Linear convergence: a smooth slope on the side.
            assert!(
                errors[1] <= number("1/1000000"),
                "{phi} at {x:?}, side {side}"
            );
            assert!(errors[1] <= errors[0], "{phi} at {x:?}, side {side}");
        }
    }
}

#[test]
fn limits_with_countably_many_kinks() {
    let ternary = network(RELU).with_activation(Activation::BinaryToTernary);
    // Off the dyadic numbers g is continuous, but kinks are dense.
    assert_eq!(limits(&ternary, &["1/3"], "5"), rows(&[&["1/8"], &["5"]]));
    assert_eq!(limits(&ternary, &["1/3"], "1/8"), rows(&[&["1/8"]]));
    assert_eq!(limits(&ternary, &["-1"], "5"), rows(&[&["0"]]));
    let gaps = network(RELU).with_activation(Activation::SvcGaps);
    assert_eq!(
        limits(&gaps, &["0"], "5"),
        rows(&[&["-1"], &["0"], &["1"], &["5"]])
    );
    // The same neuron twice, cancelled; two different ones are not decided.
    let twice = network("net(([[1],[1]], [0,0]), ([[1,-1]], [0]))");
    let twice = twice.with_activation(Activation::SvcGaps);
    assert_eq!(limits(&twice, &["0"], "5"), rows(&[&["0"]]));
    let (c, order) = (number("5"), RationalOrder);
    let different = network("net(([[1],[-1]], [0,0]), ([[1,1]], [0]))");
    let different = different.with_activation(Activation::SvcGaps);
    let result = derivative_limits(&different, &vector(&["0"]), &c, &order);
    assert!(matches!(result, Err(Failure::Unknown(_))));
    let deep = network("net(([[1]], [0]), ([[1]], [0]), ([[1]], [0]))");
    let deep = deep.with_activation(Activation::SvcGaps);
    let result = derivative_limits(&deep, &vector(&["0"]), &c, &order);
    assert!(matches!(result, Err(Failure::Unknown(_))));
    // A constant pre-activation in C does not matter.
    let constant = network("net(([[0],[1]], [0,5]), ([[1,1]], [0]))");
    let constant = constant.with_activation(Activation::SvcGaps);
    assert_eq!(limits(&constant, &["0"], "5"), rows(&[&["0"]]));
}

#[test]
fn infinitely_many_values_are_refused() {
    let (c, order) = (number("5"), RationalOrder);
    for activation in [Activation::KinkedSquare, Activation::SvcGaps] {
        let phi = network(RELU).with_activation(activation);
        let result = derivatives_near(&phi, &vector(&["0"]), &c, &order);
        assert!(matches!(result, Err(Failure::Unknown(_))));
    }
    let result = derivatives_near(&network(RELU), &vector(&["0", "0"]), &c, &order);
    assert!(matches!(result, Err(Failure::Shape(_))));
    let result = derivative_limits(&network(RELU), &vector(&[]), &c, &order);
    assert!(matches!(result, Err(Failure::Shape(_))));
}

#[test]
fn depth_one_and_jumps() {
    let affine = network("net(([[1,2]], [3]))");
    for activation in [
        Activation::Relu,
        Activation::SvcGaps,
        Activation::KinkedSquare,
    ] {
        let affine = affine.with_activation(activation);
        assert_eq!(limits(&affine, &["0", "0"], "7"), rows(&[&["1", "2"]]));
    }
    let step = network(RELU).with_activation(Activation::Heaviside);
    assert_eq!(near(&step, &["0"], "4"), rows(&[&["0"], &["4"]]));
    assert_eq!(near(&step, &["1"], "4"), rows(&[&["0"]]));
}
