use super::*;
use crate::activation::Activation;
use crate::field::RationalOrder;

fn network(text: &str) -> Network {
    text.parse().unwrap()
}

fn table(phi: &Network) -> Vec<[String; 4]> {
    let end = |end: &Option<Rational>| end.as_ref().map_or("∞".into(), Rational::to_string);
    pieces(phi)
        .unwrap()
        .iter()
        .map(|piece| {
            let [slope, intercept] = [&piece.slope, &piece.intercept].map(|v| v[0].to_string());
            [end(&piece.lower), end(&piece.upper), slope, intercept]
        })
        .collect()
}

const HAT: &str = "net(([[1],[1],[1]], [0,-1/2,-1]), ([[2,-4,2]], [0]))";

#[test]
fn pieces_of_the_hat() {
    let expected = [
        ["∞", "0", "0", "0"],
        ["0", "1/2", "2", "0"],
        ["1/2", "1", "-2", "2"],
        ["1", "∞", "0", "0"],
    ];
    assert_eq!(
        table(&network(HAT)),
        expected.map(|row| row.map(String::from))
    );
}

#[test]
fn equal_neighbours_are_merged() {
    let identity = network("net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))");
    assert_eq!(activation_pieces(&identity).unwrap().len(), 2);
    assert_eq!(table(&identity), [["∞", "∞", "1", "0"].map(String::from)]);
}

#[test]
fn constant_pre_activations_on_a_kink_cut_nothing() {
    let zero = network("net(([[0],[0]], [0,1]), ([[3,0]], [2]))");
    assert_eq!(table(&zero), [["∞", "∞", "0", "2"].map(String::from)]);
    let saturated = network("net(([[1]], [0]), ([[1]], [0]), ([[1]], [0]))")
        .with_activation(Activation::HardTanh);
    // The second layer meets its kinks exactly where the first saturates.
    assert_eq!(table(&saturated).len(), 3);
    assert_eq!(activation_pieces(&saturated).unwrap().len(), 3);
}

#[test]
fn pieces_of_the_hard_tanh() {
    let phi = network("net(([[2]], [1]), ([[3]], [1]))").with_activation(Activation::HardTanh);
    let expected = [
        ["∞", "-1", "0", "-2"],
        ["-1", "0", "6", "4"],
        ["0", "∞", "0", "4"],
    ];
    assert_eq!(table(&phi), expected.map(|row| row.map(String::from)));
}

#[test]
fn depth_one_is_one_piece() {
    assert_eq!(
        table(&network("net(([[3],[0]], [1,-2]))")),
        [["∞", "∞", "3", "1"].map(String::from)]
    );
}

#[test]
fn neighbours_agree_at_their_common_end() {
    let phi = network(
        "net(([[1],[-1],[2]], [0,1,-3]), ([[1,-2,1],[-1,1,1]], [1/2,-1]), ([[1,-3],[2,1]], [0,1]))",
    );
    let found = pieces(&phi).unwrap();
    assert!(found.len() > 3);
    for pair in found.windows(2) {
        assert_eq!(pair[0].upper, pair[1].lower);
        let x = pair[0].upper.clone().unwrap();
        let value =
            crate::evaluate::realize(&phi, std::slice::from_ref(&x), &RationalOrder).unwrap();
        for piece in pair {
            let lines = piece.slope.iter().zip(&piece.intercept);
            let at_end: Vec<Rational> = lines.map(|(a, b)| &(a * &x) + b).collect();
            assert_eq!(at_end, value);
        }
        assert_ne!(pair[0].slope, pair[1].slope);
    }
}

#[test]
fn other_functions_are_refused() {
    let plane = network("net(([[1,1]], [0]), ([[1]], [0]))");
    assert!(matches!(pieces(&plane), Err(Failure::Shape(_))));
    for activation in [
        Activation::KinkedSquare,
        Activation::Heaviside,
        Activation::BinaryToTernary,
    ] {
        let phi = network(HAT).with_activation(activation);
        assert!(matches!(pieces(&phi), Err(Failure::Unknown(_))));
    }
}
