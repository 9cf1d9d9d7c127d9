//! The classical derivative: generic points, quotients, chain products, points without a derivative.

use relu_core::Failure;
use relu_core::RationalOrder;
use relu_core::activation::Activation;
use relu_core::constructions::{identity_network, square};
use relu_core::evaluate::{derivative_at, network_derivative, realize};
use relu_core::geometry::{
    Genericity, VectorNorm, clarke, derivative_along, genericity, jacobian, jacobian_by_quotients,
    lipschitz, operator_norm, pieces,
};
use relu_core::linear::Matrix;
use relu_core::network::Network;
use relu_core::number::{Rational, Scalar};

use crate::support::{
    ABSOLUTE, DIFFERENCE, IDENTITY, RELU, Random, W1, W2, matrix, moved, network, number,
    piecewise_linear, vector,
};

fn classical(phi: &Network, x: &[&str]) -> Option<Matrix<Rational>> {
    jacobian(phi, &vector(x), &RationalOrder).unwrap()
}

fn all_activations() -> Vec<Activation> {
    let mut all = piecewise_linear();
    all.extend([
        Activation::KinkedSquare,
        "polynomial([1,-1,1/2])".parse().unwrap(),
        "polynomial([0,0,0,1])".parse().unwrap(),
    ]);
    all
}

#[test]
fn four_derivatives_agree_at_generic_points() {
    let mut random = Random::new(11);
    let (mut generic, mut vanishing) = (0, 0);
    for _ in 0..500 {
        let inputs = usize::try_from(random.integer(1, 3)).unwrap();
        let hidden = usize::try_from(random.integer(0, 3)).unwrap();
        let architecture = random.architecture(inputs, hidden, 2);
        let activation = random.pick(&all_activations()).clone();
        let phi = random.network(&architecture, activation);
        let x = random.scattered_point(inputs);
        if genericity(&phi, &x).unwrap() != Genericity::Generic {
            continue;
        }
        generic += 1;
        let quotients = jacobian_by_quotients(&phi, &x).unwrap();
        // Constant in c, as a polynomial, although kinks may be met where rows vanish.
        let formal = derivative_at(&phi, &x, &Scalar::symbol(0)).unwrap();
        assert_eq!(
            formal,
            quotients.map(|value| Scalar::from(value.clone())),
            "{phi} at {x:?}"
        );
        let classical = jacobian(&phi, &x, &RationalOrder).unwrap();
        assert_eq!(classical.as_ref(), Some(&quotients), "{phi} at {x:?}");
        let zero = realize(&phi, &x, &RationalOrder).unwrap();
        vanishing += usize::from(zero.iter().all(Rational::is_zero));
    }
    assert!(generic > 400, "{generic}");
    assert!(vanishing > 10, "{vanishing}");
}

#[test]
fn the_derivative_is_a_derivative() {
    // |RΦ(x + h) − RΦ(x) − J·h| = 0 for small h in every direction, where a Jacobian is claimed; fails in some
    // direction where none is.
    let mut random = Random::new(12);
    let (mut smooth, mut rough) = (0, 0);
    for _ in 0..300 {
        let inputs = usize::try_from(random.integer(1, 3)).unwrap();
        let hidden = usize::try_from(random.integer(1, 3)).unwrap();
        let architecture = random.architecture(inputs, hidden, 1);
        let x = random.simple_point(inputs);
        let phi = random.network_with_kinks_at(&x, &architecture, Activation::Relu);
        let order = RationalOrder;
        let here = realize(&phi, &x, &order).unwrap();
        let step = number("1/1000000");
        let remainder = |m: &Matrix<Rational>, v: &[Rational]| {
            let there = realize(&phi, &moved(&x, &step, v), &order).unwrap();
            let linear = m.apply(v).unwrap();
            &(&there[0] - &here[0]) - &(&step * &linear[0])
        };
        match jacobian(&phi, &x, &order).unwrap() {
            Some(m) => {
                smooth += 1;
                for _ in 0..20 {
                    let v: Vec<Rational> = (0..inputs)
                        .map(|_| Rational::from(random.integer(-4, 4)))
                        .collect();
                    assert!(remainder(&m, &v).is_zero(), "{phi} at {x:?} towards {v:?}");
                }
            }
            None => {
                rough += 1;
                let set = clarke(&phi, &x, &order).unwrap();
                assert!(set.len() > 1);
            }
        }
    }
    assert!(smooth > 50 && rough > 20, "{smooth} {rough}");
}

#[test]
fn kinks_of_the_parameters_are_not_kinks_of_the_function() {
    let one = matrix(&[&["1"]]);
    assert_eq!(classical(&network(IDENTITY), &["0"]), Some(one.clone()));
    assert_eq!(classical(&network(W1), &["0"]), Some(one.clone()));
    assert_eq!(classical(&network(W2), &["0"]), Some(one));
    for depth in 1..=4 {
        let identity = identity_network(2, depth).unwrap();
        assert_eq!(classical(&identity, &["0", "3"]), Some(Matrix::identity(2)));
    }
}

#[test]
fn where_there_is_no_derivative() {
    assert_eq!(classical(&network(RELU), &["0"]), None);
    assert_eq!(classical(&network(ABSOLUTE), &["0"]), None);
    assert_eq!(classical(&network(W2), &["-1"]), None);
    assert_eq!(classical(&network(DIFFERENCE), &["2", "2"]), None);
    assert_eq!(
        classical(&network(DIFFERENCE), &["2", "1"]),
        Some(matrix(&[&["1", "-1"]]))
    );
    let tanh = network("net(([[1]], [0]), ([[1]], [0]))").with_activation(Activation::HardTanh);
    assert_eq!(classical(&tanh, &["1"]), None);
    assert_eq!(classical(&tanh, &["-1"]), None);
    assert_eq!(classical(&tanh, &["0"]), Some(matrix(&[&["1"]])));
}

#[test]
fn one_output_without_derivative_spoils_the_matrix() {
    let phi = network("net(([[1],[-1]], [0,0]), ([[1,-1],[1,1]], [0,0]))");
    assert_eq!(classical(&phi, &["0"]), None);
    assert_eq!(classical(&phi, &["2"]), Some(matrix(&[&["1"], &["1"]])));
}

#[test]
fn curved_activations_with_several_inputs() {
    // ϱ(x₁) + ϱ(−x₁) = |x₁| + x₁² has no derivative on {x₁ = 0}; ϱ(x₁) − ϱ(−x₁) = x₁ has.
    let kinked = |outer: &str| {
        network(&format!("net(([[1,0],[-1,0]], [0,0]), ([[{outer}]], [0]))"))
            .with_activation(Activation::KinkedSquare)
    };
    assert_eq!(classical(&kinked("1,1"), &["0", "5"]), None);
    assert_eq!(
        classical(&kinked("1,-1"), &["0", "5"]),
        Some(matrix(&[&["1", "0"]]))
    );
    assert_eq!(
        classical(&kinked("1,1"), &["1/2", "5"]),
        Some(matrix(&[&["2", "0"]]))
    );
}

#[test]
fn activations_with_countably_many_kinks() {
    let phi = network(RELU);
    let ternary = phi.with_activation(Activation::BinaryToTernary);
    assert_eq!(classical(&ternary, &["1/3"]), Some(matrix(&[&["1/8"]])));
    assert_eq!(classical(&ternary, &["1/5"]), Some(matrix(&[&["1/20"]])));
    assert_eq!(classical(&ternary, &["1/2"]), None);
    let gaps = phi.with_activation(Activation::SvcGaps);
    assert_eq!(classical(&gaps, &["0"]), Some(matrix(&[&["0"]])));
    assert_eq!(classical(&gaps, &["1/2"]), None);
}

#[test]
fn jumps() {
    let step = network(RELU).with_activation(Activation::Heaviside);
    assert_eq!(classical(&step, &["0"]), None);
    assert_eq!(classical(&step, &["1/7"]), Some(matrix(&[&["0"]])));
    // H(x) + H(−x) is 1 off 0 and 0 at 0; H(x) − H(x) is constant.
    let both = network(ABSOLUTE).with_activation(Activation::Heaviside);
    assert_eq!(classical(&both, &["0"]), None);
    let cancelled = network("net(([[1],[1]], [0,0]), ([[1,-1]], [0]))");
    let cancelled = cancelled.with_activation(Activation::Heaviside);
    assert_eq!(classical(&cancelled, &["0"]), Some(matrix(&[&["0"]])));
    let order = RationalOrder;
    assert!(matches!(
        clarke(&step, &vector(&["0"]), &order),
        Err(Failure::Undefined(_))
    ));
    assert_eq!(
        clarke(&cancelled, &vector(&["0"]), &order).unwrap(),
        [matrix(&[&["0"]])]
    );
}

#[test]
fn genericity_by_hand() {
    let kink = |layer, neuron| Genericity::Kink { layer, neuron };
    let check = |text: &str, x: &[&str]| genericity(&network(text), &vector(x)).unwrap();
    assert_eq!(check(IDENTITY, &["1/101"]), Genericity::Generic);
    assert_eq!(check(IDENTITY, &["0"]), kink(1, 0));
    assert_eq!(check(DIFFERENCE, &["1/2", "1/2"]), kink(1, 0));
    // The image of (x, x) lies inside the kink, but the composition is constant there.
    let through = "net(([[1],[-1],[1],[-1]], [0,0,0,0]), ([[1,-1,-1,1]], [0]), ([[1]], [0]))";
    assert_eq!(check(through, &["1/3"]), Genericity::Generic);
    assert_eq!(check(through, &["0"]), kink(1, 0));
    // Dead layer: the second pre-activation is 0 for x < 0 and −x for x > 0.
    let dead = "net(([[1]], [0]), ([[-1]], [0]), ([[1]], [0]))";
    assert_eq!(check(dead, &["-1"]), Genericity::Generic);
    assert_eq!(check(dead, &["1"]), Genericity::Generic);
    assert_eq!(
        check("net(([[0]], [0]), ([[1]], [0]))", &["0"]),
        Genericity::Generic
    );
    assert_eq!(check("net(([[1]], [0]))", &["0"]), Genericity::Generic);
    // Second layer, second neuron.
    let late = "net(([[1]], [0]), ([[1],[1]], [5,-1]), ([[1,1]], [0]))";
    assert_eq!(check(late, &["1"]), kink(2, 1));
}

#[test]
fn a_vanishing_row_is_not_enough_for_curved_activations() {
    // z₂ = ϱ(x + 1) + 2·ϱ(x − 1) − 5/2 = 3x²/2 near 0: zero with derivative zero at 0, but not constant.
    let phi = network("net(([[1],[1]], [1,-1]), ([[1,2]], [-5/2]), ([[1]], [0]))");
    let curved = phi.with_activation(Activation::KinkedSquare);
    let at = |x: &str| genericity(&curved, &vector(&[x])).unwrap();
    assert_eq!(
        at("0"),
        Genericity::Kink {
            layer: 2,
            neuron: 0
        }
    );
    assert_eq!(at("1/7"), Genericity::Generic);
    // ϱ(x) − ϱ(x) stays zero.
    let flat = network("net(([[1],[1]], [1,1]), ([[1,-1]], [0]), ([[1]], [0]))");
    let flat = flat.with_activation(Activation::KinkedSquare);
    assert_eq!(
        genericity(&flat, &vector(&["0"])).unwrap(),
        Genericity::Generic
    );
    assert_eq!(
        jacobian_by_quotients(&flat, &vector(&["0"])).unwrap(),
        matrix(&[&["0"]])
    );
}

#[test]
fn quotients_refuse_other_points() {
    let quotient = |text: &str, x: &[&str]| jacobian_by_quotients(&network(text), &vector(x));
    assert_eq!(quotient(IDENTITY, &["0"]), Err(Failure::NonGeneric));
    assert_eq!(quotient(RELU, &["0"]), Err(Failure::NonGeneric));
    assert!(matches!(
        quotient(RELU, &["0", "0"]),
        Err(Failure::Shape(_))
    ));
    let gaps = network(RELU).with_activation(Activation::SvcGaps);
    assert!(matches!(
        jacobian_by_quotients(&gaps, &vector(&["0"])),
        Err(Failure::Unknown(_))
    ));
    // A kink very close to the point needs a small step.
    let close = network("net(([[1000000000]], [-1]), ([[1]], [0]))");
    assert_eq!(
        jacobian_by_quotients(&close, &vector(&["0"])).unwrap(),
        matrix(&[&["0"]])
    );
}

#[test]
fn the_derivative_along_a_direction() {
    let along = |text: &str, x: &[&str], v: &[&str]| {
        derivative_along(&network(text), &vector(x), &vector(v), &RationalOrder).unwrap()
    };
    assert_eq!(along(RELU, &["0"], &["1"]), Some(matrix(&[&["1"]])));
    assert_eq!(along(RELU, &["0"], &["-2"]), Some(matrix(&[&["0"]])));
    assert_eq!(along(RELU, &["0"], &["0"]), None);
    assert_eq!(along(RELU, &["1"], &["0"]), Some(matrix(&[&["1"]])));
    assert_eq!(along(DIFFERENCE, &["1", "1"], &["1", "1"]), None);
    assert_eq!(
        along(DIFFERENCE, &["1", "1"], &["2", "1"]),
        Some(matrix(&[&["1", "-1"]]))
    );
    assert_eq!(
        along("net(([[0]], [0]), ([[1]], [0]))", &["0"], &["1"]),
        Some(matrix(&[&["0"]]))
    );
    let mut random = Random::new(13);
    for _ in 0..200 {
        let inputs = usize::try_from(random.integer(1, 3)).unwrap();
        let architecture = random.architecture(inputs, 2, 1);
        let activation = random.pick(&piecewise_linear()).clone();
        let phi = random.network(&architecture, activation);
        let x = random.simple_point(inputs);
        let v = random.scattered_point(inputs);
        let near = moved(&x, &number("1/1000000"), &v);
        if genericity(&phi, &near).unwrap() != Genericity::Generic {
            continue;
        }
        let there = jacobian(&phi, &near, &RationalOrder).unwrap();
        assert_eq!(
            derivative_along(&phi, &x, &v, &RationalOrder).unwrap(),
            there,
            "{phi} at {x:?}"
        );
    }
}

#[test]
fn the_lipschitz_constant_is_that_of_the_pieces() {
    let mut random = Random::new(14);
    for _ in 0..60 {
        let hidden = usize::try_from(random.integer(1, 3)).unwrap();
        let architecture = random.architecture(1, hidden, 1);
        let phi = random.network(&architecture, Activation::Relu);
        let steepest = pieces(&phi)
            .unwrap()
            .iter()
            .map(|piece| piece.slope[0].abs())
            .max()
            .unwrap();
        assert_eq!(lipschitz(&phi, VectorNorm::One).unwrap(), steepest, "{phi}");
        assert_eq!(
            lipschitz(&phi, VectorNorm::Infinity).unwrap(),
            steepest,
            "{phi}"
        );
        let product = phi
            .layers()
            .iter()
            .map(|layer| operator_norm(&layer.weights(), VectorNorm::Infinity))
            .fold(Rational::one(), |product, norm| &product * &norm);
        assert!(steepest <= product);
    }
    for m in 1..=5 {
        // Slopes (2k + 1)/2ᵐ on [0, 1], and 1 to the right of it.
        let expected = &Rational::from(2) - &Rational::new(1, 1 << m).unwrap();
        assert_eq!(
            lipschitz(
                &square(usize::try_from(m).unwrap()).unwrap(),
                VectorNorm::One
            )
            .unwrap(),
            expected
        );
    }
}

#[test]
fn test_network_with_known_values() {
    let phi = network("net(([[1,1],[1,-1]], [0,-1/2]), ([[1,2],[-1,1]], [0,1]), ([[1,1]], [0]))");
    for (activation, expected) in [
        ("relu", ["0", "0"]),
        ("leaky(1/4)", ["3/4", "-3/4"]),
        ("absolute", ["-3", "3"]),
        ("hard_tanh", ["3", "-3"]),
        ("kinked_square", ["-7177/6000", "44623/18000"]),
    ] {
        let phi = phi.with_activation(activation.parse().unwrap());
        let x = ["1/3", "1/5"];
        assert_eq!(
            classical(&phi, &x),
            Some(matrix(&[&expected])),
            "{activation}"
        );
        assert_eq!(
            jacobian_by_quotients(&phi, &vector(&x)).unwrap(),
            matrix(&[&expected])
        );
    }
    let formal = network_derivative(&phi, &vector(&["1/2", "0"]), &number("5"), &RationalOrder);
    assert_eq!(formal.unwrap(), matrix(&[&["15", "-15"]]));
    assert_eq!(classical(&phi, &["1/2", "0"]), None);
}
