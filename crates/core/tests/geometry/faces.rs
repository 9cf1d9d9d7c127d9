//! Faces of arrangements: hand counts, Euler's relation, cell counts on the unit square, brute force.

use std::collections::{BTreeMap, BTreeSet};

use relu_core::evaluate::{network_derivative, preactivations, realize};
use relu_core::geometry::{Face, activation_pieces, faces};
use relu_core::linear::Matrix;
use relu_core::network::{Layer, Network};
use relu_core::number::Rational;
use relu_core::{Failure, RationalOrder, Sign};

use crate::support::{
    DIFFERENCE, IDENTITY, Random, continuous_piecewise_linear, kinks, network, piecewise_linear,
    vector,
};

fn counts(networks: &[&Network]) -> Vec<usize> {
    let found = faces(networks).unwrap();
    let d = networks[0].indim();
    (0..=d)
        .map(|k| found.iter().filter(|face| face.dimension == k).count())
        .collect()
}

/// The sides of all hidden pre-activations relative to all kinks.
fn pattern(networks: &[&Network], x: &[Rational]) -> Vec<Vec<Sign>> {
    let mut pattern = Vec::new();
    for phi in networks {
        let (kinks, hidden) = (kinks(phi.activation()), phi.depth() - 1);
        for z in preactivations(phi, x, &RationalOrder).unwrap()[..hidden]
            .iter()
            .flatten()
        {
            pattern.push(kinks.iter().map(|kink| (z - kink).sign()).collect());
        }
    }
    pattern
}

#[test]
fn hand_counts() {
    // Depth 1 cuts nothing: the orthants and their faces.
    assert_eq!(counts(&[&network("net(([[1,1]], [3]))")]), [1, 4, 4]);
    assert_eq!(counts(&[&network("net(([[3]], [1]))")]), [1, 2]);
    // A kink on an axis adds nothing.
    assert_eq!(counts(&[&network(IDENTITY)]), [1, 2]);
    assert_eq!(
        counts(&[&network("net(([[2],[1]], [1,-3]), ([[1,1]], [0]))")]),
        [3, 4]
    );
    // The diagonal through the origin: 6 rays, 6 sectors.
    assert_eq!(counts(&[&network(DIFFERENCE)]), [1, 6, 6]);
    // The line x₁ + x₂ = 1: 3 vertices, 9 edges, 7 cells.
    let line = network("net(([[1,1]], [-1]), ([[1]], [0]))");
    assert_eq!(counts(&[&line]), [3, 9, 7]);
    // Twice the same line, once reversed, and a parallel one on the other side of the origin.
    let parallel = network("net(([[1,1],[-2,-2],[1,1]], [-1,2,1]), ([[1,1,1]], [0]))");
    assert_eq!(counts(&[&parallel]), [5, 14, 10]);
    // A zero row on its kink and one off it.
    let idle = network("net(([[0,0],[0,0]], [0,4]), ([[1,1]], [0]))");
    assert_eq!(counts(&[&idle]), [1, 4, 4]);
}

#[test]
fn several_networks_are_refined_together() {
    let (a, b) = (
        network("net(([[1]], [-1]), ([[1]], [0]))"),
        network("net(([[1]], [-2]), ([[1]], [0]))"),
    );
    assert_eq!(counts(&[&a]), [2, 3]);
    assert_eq!(counts(&[&a, &b]), [3, 4]);
    assert_eq!(counts(&[&a, &b, &a]), [3, 4]);
    let tanh = a.with_activation(relu_core::activation::Activation::HardTanh);
    // Kinks at x − 1 = ±1, that is at 0 and 2.
    assert_eq!(counts(&[&tanh]), [2, 3]);
    assert_eq!(counts(&[&tanh, &a]), [3, 4]);
}

#[test]
fn unsuitable_questions_are_refused() {
    assert!(matches!(faces(&[]), Err(Failure::Shape(_))));
    let (line, plane) = (network(IDENTITY), network(DIFFERENCE));
    assert!(matches!(faces(&[&line, &plane]), Err(Failure::Shape(_))));
    let space = network("net(([[1,1,1]], [0]), ([[1]], [0]))");
    assert!(matches!(faces(&[&space]), Err(Failure::Limit(_))));
    for activation in ["kinked_square", "svc_gaps", "polynomial([0,0,1])"] {
        let curved = line.with_activation(activation.parse().unwrap());
        assert!(
            matches!(faces(&[&line, &curved]), Err(Failure::Unknown(_))),
            "{activation}"
        );
    }
}

#[test]
fn one_input_agrees_with_the_pieces() {
    let mut random = Random::new(41);
    for _ in 0..200 {
        let hidden = usize::try_from(random.integer(0, 3)).unwrap();
        let architecture = random.architecture(1, hidden, 1);
        let activation = random.pick(&continuous_piecewise_linear()).clone();
        let phi = random.network(&architecture, activation);
        let mut ends: BTreeSet<Rational> = activation_pieces(&phi)
            .unwrap()
            .into_iter()
            .filter_map(|piece| piece.upper)
            .collect();
        ends.insert(Rational::zero());
        let found = faces(&[&phi]).unwrap();
        let vertices: BTreeSet<Rational> = found
            .iter()
            .filter(|face| face.dimension == 0)
            .map(|face| face.point[0].clone())
            .collect();
        assert_eq!(vertices, ends, "{phi}");
        let inside: BTreeSet<usize> = found
            .iter()
            .filter(|face| face.dimension == 1)
            .map(|face| ends.iter().filter(|end| **end < face.point[0]).count())
            .collect();
        assert_eq!(inside.len(), ends.len() + 1, "{phi}");
        assert_eq!(found.len(), 2 * ends.len() + 1, "{phi}");
    }
}

#[test]
fn every_pattern_is_represented_and_euler_holds() {
    let mut random = Random::new(42);
    for round in 0..120 {
        let hidden = usize::try_from(random.integer(1, 3)).unwrap();
        let architecture = random.architecture(2, hidden, 1);
        let activation = random.pick(&piecewise_linear()).clone();
        let phi = random.network(&architecture, activation);
        let other = random.network(&[2, 3, 1], relu_core::activation::Activation::Relu);
        let networks: Vec<&Network> = if round % 2 == 0 {
            vec![&phi]
        } else {
            vec![&phi, &other]
        };
        let found = faces(&networks).unwrap();
        // The faces are relatively open and partition the plane: V − E + C = 1.
        let by_dimension = counts(&networks);
        assert_eq!(
            by_dimension[0] + by_dimension[2],
            by_dimension[1] + 1,
            "{phi}"
        );
        let known: BTreeSet<Vec<Vec<Sign>>> = found
            .iter()
            .map(|face| pattern(&networks, &face.point))
            .collect();
        for _ in 0..60 {
            let x = if random.next().is_multiple_of(2) {
                random.simple_point(2)
            } else {
                random.scattered_point(2)
            };
            assert!(known.contains(&pattern(&networks, &x)), "{phi} at {x:?}");
        }
        // Vertices are listed once; midpoints of faces are not vertices.
        let points: BTreeSet<&[Rational]> =
            found.iter().map(|face| face.point.as_slice()).collect();
        assert_eq!(points.len(), found.len(), "{phi}");
    }
}

#[test]
fn unbounded_faces_far_away_are_found() {
    // The lines x₂ = 10⁶·x₁ and x₁ = 10⁹ meet far out; each sector between them has a point.
    let phi = network("net(([[1000000,-1],[1,0]], [0,-1000000000]), ([[1,1]], [0]))");
    let found = faces(&[&phi]).unwrap();
    let crossing: Vec<Rational> = vector(&["1000000000", "1000000000000000"]);
    assert!(found.contains(&Face {
        dimension: 0,
        point: crossing
    }));
    let patterns: BTreeSet<Vec<Vec<Sign>>> = found
        .iter()
        .filter(|face| face.dimension == 2)
        .map(|face| pattern(&[&phi], &face.point))
        .collect();
    assert_eq!(patterns.len(), 4);
}

/// The network whose hidden neurons are x₁, 1 − x₁, x₂, 1 − x₂.
const UNIT_SQUARE: &str = "net(([[1,0],[-1,0],[0,1],[0,-1]], [0,1,0,1]), ([[1,1,1,1]], [0]))";

struct Case {
    name: String,
    phi: Network,
    expected: BTreeMap<String, String>,
}

fn cases() -> Vec<Case> {
    let text = include_str!("../fixtures/cells_in_unit_square.json");
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    let integers = |list: &serde_json::Value, denominator: i64| -> Vec<Rational> {
        let list = list.as_array().unwrap().iter();
        list.map(|n| Rational::new(n.as_i64().unwrap(), denominator).unwrap())
            .collect()
    };
    let networks = value["networks"].as_array().unwrap();
    let case = |case: &serde_json::Value| {
        let denominator = case["denominator"].as_i64().unwrap();
        let layers = case["layers"].as_array().unwrap().iter().map(|layer| {
            let rows = layer["weights"].as_array().unwrap().iter();
            let rows = rows.map(|row| integers(row, denominator)).collect();
            let bias = integers(&layer["bias"], denominator);
            Layer::new(Matrix::from_rows(rows).unwrap(), bias).unwrap()
        });
        let expected = ["cells", "affine_maps", "gradient_l1", "gradient_linf"]
            .map(|key| (key.to_owned(), case[key].to_string().replace('"', "")));
        Case {
            name: case["name"].as_str().unwrap().to_owned(),
            phi: Network::relu(layers.collect()).unwrap(),
            expected: expected.into_iter().collect(),
        }
    };
    networks.iter().map(case).collect()
}

#[test]
fn cell_counts_on_the_unit_square() {
    let square = network(UNIT_SQUARE);
    let order = RationalOrder;
    for Case {
        name,
        phi,
        expected,
    } in cases()
    {
        let inside = |face: &&Face| {
            face.dimension == 2
                && face
                    .point
                    .iter()
                    .all(|x| x.sign() == Sign::Positive && *x < Rational::one())
        };
        let found = faces(&[&square, &phi]).unwrap();
        let cells: Vec<&Face> = found.iter().filter(inside).collect();
        let patterns: BTreeSet<_> = cells
            .iter()
            .map(|face| pattern(&[&phi], &face.point))
            .collect();
        assert_eq!(
            patterns.len(),
            cells.len(),
            "{name}: a cell was found in two parts"
        );
        let maps: BTreeSet<(Vec<Rational>, Rational)> = cells
            .iter()
            .map(|face| {
                let x = &face.point;
                let gradient = network_derivative(&phi, x, &Rational::zero(), &order).unwrap();
                let value = realize(&phi, x, &order).unwrap();
                let linear = gradient.apply(x).unwrap();
                (gradient.row(0).to_vec(), &value[0] - &linear[0])
            })
            .collect();
        let l1 = |row: &[Rational]| row.iter().fold(Rational::zero(), |sum, v| &sum + &v.abs());
        let linf = |row: &[Rational]| row.iter().map(Rational::abs).max().unwrap();
        let got = [
            ("cells", cells.len().to_string()),
            ("affine_maps", maps.len().to_string()),
            (
                "gradient_l1",
                maps.iter()
                    .map(|(row, _)| l1(row))
                    .max()
                    .unwrap()
                    .to_string(),
            ),
            (
                "gradient_linf",
                maps.iter()
                    .map(|(row, _)| linf(row))
                    .max()
                    .unwrap()
                    .to_string(),
            ),
        ];
        let got: BTreeMap<String, String> = got
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        assert_eq!(got, expected, "{name}");
    }
}
