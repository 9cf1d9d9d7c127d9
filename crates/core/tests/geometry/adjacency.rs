//! Adjacent patterns: double description against Fourier–Motzkin, pieces, sampled directions, hand-computed fans.

use std::collections::BTreeSet;

use relu_core::activation::Activation;
use relu_core::constructions::identity_network;
use relu_core::evaluate::{network_derivative, preactivations};
use relu_core::geometry::{Adjacent, adjacent, adjacent_derivative, pieces};
use relu_core::network::Network;
use relu_core::number::{Others, Rational, RealCell, RealContext, Scalar};
use relu_core::{Failure, RationalOrder, Sign, reference};

use crate::support::{
    DIFFERENCE, IDENTITY, Random, continuous_piecewise_linear, kinks, moved, network, number,
    piecewise_linear, vector,
};

type Pattern = (Vec<Vec<Sign>>, usize, bool);

fn patterns(found: &[Adjacent<Rational>]) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = found
        .iter()
        .map(|one| (one.sides.clone(), one.dimension, one.full_dimensional))
        .collect();
    patterns.sort();
    patterns
}

fn around(phi: &Network, y: &[Rational]) -> Vec<Adjacent<Rational>> {
    adjacent(phi, y, &RationalOrder).unwrap()
}

/// (number of patterns by dimension 0..=d).
fn by_dimension(phi: &Network, y: &[Rational]) -> Vec<usize> {
    let found = around(phi, y);
    (0..=phi.indim())
        .map(|d| found.iter().filter(|one| one.dimension == d).count())
        .collect()
}

#[test]
fn agrees_with_fourier_motzkin() {
    let mut random = Random::new(1);
    let mut with_kinks = 0;
    for _ in 0..400 {
        let inputs = usize::try_from(random.integer(1, 4)).unwrap();
        let hidden = usize::try_from(random.integer(0, 3)).unwrap();
        let architecture = random.architecture(inputs, hidden, 1);
        let activation = random.pick(&piecewise_linear()).clone();
        let y = random.simple_point(inputs);
        let phi = random.network_with_kinks_at(&y, &architecture, activation);
        let found = around(&phi, &y);
        with_kinks += usize::from(found.len() > 2);
        assert_eq!(
            patterns(&found),
            patterns(&reference::adjacent(&phi, &y).unwrap()),
            "{phi} at {y:?}"
        );
    }
    assert!(with_kinks > 100, "{with_kinks}");
}

#[test]
fn patterns_are_those_of_nearby_points() {
    let mut random = Random::new(2);
    for _ in 0..300 {
        let inputs = usize::try_from(random.integer(1, 4)).unwrap();
        let hidden = usize::try_from(random.integer(1, 3)).unwrap();
        let architecture = random.architecture(inputs, hidden, 2);
        let activation = random.pick(&continuous_piecewise_linear()).clone();
        let y = random.simple_point(inputs);
        let phi = random.network_with_kinks_at(&y, &architecture, activation);
        let kink = Rational::from(7);
        let found = around(&phi, &y);
        // Every representative has the derivative of its pattern.
        for one in &found {
            let near = moved(&y, &number("1/1000000"), &one.direction);
            let there = network_derivative(&phi, &near, &kink, &RationalOrder).unwrap();
            let claimed = adjacent_derivative(&phi, &y, one, &kink, &RationalOrder).unwrap();
            assert_eq!(there, claimed, "{phi} at {y:?} towards {:?}", one.direction);
        }
        // Every sampled direction has one of the patterns.
        let known: BTreeSet<Vec<Vec<Sign>>> = found.iter().map(|one| one.sides.clone()).collect();
        for _ in 0..20 {
            let v: Vec<Rational> = (0..inputs)
                .map(|_| Rational::from(random.integer(-3, 3)))
                .collect();
            let sides = sides_towards(&phi, &y, &v);
            assert!(known.contains(&sides), "{phi} at {y:?} towards {v:?}");
        }
    }
}

/// The sides at y + t·v for a t that is small enough for the networks drawn here.
fn sides_towards(phi: &Network, y: &[Rational], v: &[Rational]) -> Vec<Vec<Sign>> {
    let kinks = kinks(phi.activation());
    let order = RationalOrder;
    let here = preactivations(phi, y, &order).unwrap();
    let there = preactivations(phi, &moved(y, &number("1/1000000"), v), &order).unwrap();
    let side = |z: &Rational, near: &Rational| match (
        kinks.iter().find(|kink| *kink == z),
        kinks.last(),
    ) {
        (Some(kink), _) => (near - kink).sign(),
        (None, Some(largest)) => (z - largest).sign(),
        (None, None) => Sign::Positive,
    };
    let hidden = phi.depth() - 1;
    (0..hidden)
        .map(|l| {
            here[l]
                .iter()
                .zip(&there[l])
                .map(|(z, near)| side(z, near))
                .collect()
        })
        .collect()
}

#[test]
fn one_input_agrees_with_the_pieces() {
    let mut random = Random::new(3);
    for _ in 0..200 {
        let hidden = usize::try_from(random.integer(1, 3)).unwrap();
        let architecture = random.architecture(1, hidden, 1);
        let activation = random.pick(&continuous_piecewise_linear()).clone();
        let phi = random.network(&architecture, activation);
        let found = pieces(&phi).unwrap();
        let ends: Vec<Rational> = found
            .iter()
            .filter_map(|piece| piece.upper.clone())
            .collect();
        for (i, x) in ends.iter().enumerate() {
            let y = [x.clone()];
            let zero = Rational::zero();
            let derivatives: Vec<(Sign, Rational)> = around(&phi, &y)
                .iter()
                .filter(|one| one.full_dimensional)
                .map(|one| {
                    let m = adjacent_derivative(&phi, &y, one, &zero, &RationalOrder).unwrap();
                    (one.direction[0].sign(), m.get(0, 0).clone())
                })
                .collect();
            assert_eq!(
                derivatives.len(),
                2,
                "two cells meet at a breakpoint of {phi}"
            );
            for (side, slope) in derivatives {
                let piece = if side == Sign::Positive {
                    &found[i + 1]
                } else {
                    &found[i]
                };
                assert_eq!(slope, piece.slope[0], "{phi} at {x}");
            }
        }
    }
}

#[test]
fn hand_computed_fans() {
    // No kink: one open pattern and the point.
    assert_eq!(by_dimension(&network(IDENTITY), &vector(&["3"])), [1, 1]);
    assert_eq!(by_dimension(&network(IDENTITY), &vector(&["0"])), [1, 2]);
    // One line in the plane: two half-planes, the line, the point.
    assert_eq!(
        by_dimension(&network(DIFFERENCE), &vector(&["1", "1"])),
        [1, 1, 2]
    );
    assert_eq!(
        by_dimension(&network(DIFFERENCE), &vector(&["1", "2"])),
        [1, 0, 1]
    );
    // Three concurrent lines, one of them twice and one reversed: 6 sectors, 6 rays.
    let concurrent =
        network("net(([[1,0],[0,1],[1,1],[1,0],[-1,-1]], [0,0,0,0,0]), ([[1,1,1,1,1]], [0]))");
    assert_eq!(by_dimension(&concurrent, &vector(&["0", "0"])), [1, 6, 6]);
    // Coordinate planes in space: an octant fan.
    let octants = network("net(([[1,0,0],[0,1,0],[0,0,1]], [0,0,0]), ([[1,1,1]], [0]))");
    assert_eq!(
        by_dimension(&octants, &vector(&["0", "0", "0"])),
        [1, 6, 12, 8]
    );
    assert_eq!(
        by_dimension(&octants, &vector(&["0", "0", "1"])),
        [1, 1, 4, 4]
    );
}

#[test]
fn later_layers_cut_only_where_they_are_alive() {
    // z₂ = σ(x₁) − x-free: for x₁ < 0 the second neuron stays on its kink, for x₁ > 0 it leaves it.
    let phi = network("net(([[1]], [0]), ([[1],[-1]], [0,0]), ([[1,1]], [0]))");
    let mut found = patterns(&around(&phi, &vector(&["0"])));
    found.retain(|(_, _, full)| *full);
    let (plus, zero, minus) = (Sign::Positive, Sign::Zero, Sign::Negative);
    assert_eq!(
        found,
        [
            (vec![vec![minus], vec![zero, zero]], 1, true),
            (vec![vec![plus], vec![plus, minus]], 1, true)
        ]
    );
}

#[test]
fn degenerate_networks() {
    // Zero network: every neuron is on its kink everywhere and none leaves it.
    let zero = network("net(([[0,0],[0,0]], [0,0]), ([[0,0]], [0]), ([[0]], [0]))");
    for (found, dimension) in around(&zero, &vector(&["5", "-1"])).iter().zip([2, 0]) {
        assert_eq!(found.dimension, dimension);
        assert!(found.sides.iter().flatten().all(|side| *side == Sign::Zero));
    }
    // Depth 1: no sides at all.
    let affine = network("net(([[1,2]], [0]))");
    assert_eq!(by_dimension(&affine, &vector(&["0", "0"])), [1, 0, 1]);
    // A dead layer behind a kink.
    let dead = network("net(([[1],[1]], [0,0]), ([[-1,-1]], [0]), ([[1]], [0]))");
    assert_eq!(by_dimension(&dead, &vector(&["0"])), [1, 2]);
    assert_eq!(by_dimension(&dead, &vector(&["-1"])), [1, 1]);
}

#[test]
fn a_jump_moves_later_neurons() {
    // H(x) − 1/2 is never on the kink of the second layer, H(x) is for x ≤ 0 only.
    let phi = network("net(([[1]], [0]), ([[1],[1]], [0,-1/2]), ([[1,1]], [0]))")
        .with_activation(Activation::Heaviside);
    let (plus, zero, minus) = (Sign::Positive, Sign::Zero, Sign::Negative);
    let found = patterns(&around(&phi, &vector(&["0"])));
    assert_eq!(
        found,
        [
            (vec![vec![minus], vec![zero, minus]], 1, true),
            (vec![vec![zero], vec![zero, minus]], 0, false),
            (vec![vec![plus], vec![plus, plus]], 1, true),
        ]
    );
}

#[test]
fn more_than_twelve_kinks_are_followed_while_the_fan_is_small() {
    let rows: Vec<String> = (0..20)
        .map(|i| format!("[{},{}]", 20 - i, i - 10))
        .collect();
    let text = format!(
        "net(([{}], [{}]), ([[{}]], [0]))",
        rows.join(","),
        vec!["0"; 20].join(","),
        vec!["1"; 20].join(",")
    );
    assert_eq!(
        by_dimension(&network(&text), &vector(&["0", "0"])),
        [1, 40, 40]
    );
}

#[test]
fn the_number_of_patterns_is_capped() {
    let axes = |d: usize| {
        let identity = identity_network(d, 2).unwrap();
        let order = RationalOrder;
        adjacent(&identity, &vec![Rational::zero(); d], &order).map(|found| found.len())
    };
    assert_eq!(axes(8), Ok(3_usize.pow(8)));
    assert!(matches!(axes(11), Err(Failure::Limit(_))));
}

#[test]
fn unsuitable_questions_are_refused() {
    let phi = network(IDENTITY);
    let order = RationalOrder;
    assert!(matches!(
        adjacent(&phi, &vector(&["0", "1"]), &order),
        Err(Failure::Shape(_))
    ));
    for activation in [
        Activation::KinkedSquare,
        Activation::SvcGaps,
        Activation::BinaryToTernary,
    ] {
        let phi = phi.with_activation(activation);
        assert!(matches!(
            adjacent(&phi, &vector(&["0"]), &order),
            Err(Failure::Unknown(_))
        ));
    }
    let found = around(&phi, &vector(&["0"]));
    let other = network("net(([[1],[1],[1]], [0,0,0]), ([[1,1,1]], [0]))");
    let one = Rational::one();
    let result = adjacent_derivative(&other, &vector(&["0"]), &found[0], &one, &order);
    assert!(matches!(result, Err(Failure::Shape(_))));
}

#[test]
fn symbolic_points_split_where_the_pattern_changes() {
    // At (c, 0) the network σ(y₁ − y₂) is on its kink iff c = 0.
    let phi = network(DIFFERENCE).lifted();
    let y = [Scalar::symbol(0), Scalar::from(0)];
    let context = |cell| RealContext::new(cell, Others::EquationOnly);
    let line = RealCell::line();
    let split = adjacent(&phi, &y, &context(line.clone())).unwrap_err();
    let Failure::Split(poly) = split else {
        panic!("{split:?}")
    };
    let counts: Vec<usize> = line
        .split(&poly)
        .into_iter()
        .map(|cell| adjacent(&phi, &y, &context(cell)).unwrap().len())
        .collect();
    assert_eq!(counts, [2, 4, 2]);
}
