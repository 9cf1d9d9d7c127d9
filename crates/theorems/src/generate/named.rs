//! `W`: networks that the sources or the claims name, with the points at which they matter.

use std::sync::LazyLock;

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::hints::NetworkHints;
use super::network_family::Drawn;
use super::stream::Stream;

/// A network with a name.
#[derive(Clone, Debug)]
pub struct NamedNetwork {
    /// Kebab-case name.
    pub name: &'static str,
    /// The network, with ReLU as activation.
    pub network: Network,
    /// Inputs at which the network is a witness or a hard case.
    pub points: Vec<Vec<Rational>>,
    /// The claims it matters for, or where it comes from.
    pub source: &'static str,
}

/// (name, network, points, source), in the order of growing size within a theme.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("zero", "net(([[0]], [0]))", "0", "classical-chain-rule"),
    ("one", "net(([[0]], [1]))", "0", "w1inf-chain-constant"),
    ("linear", "net(([[1]], [0]))", "0; -1", "compose-monoid"),
    ("double", "net(([[2]], [0]))", "0", "compose-monoid"),
    (
        "shift-up",
        "net(([[1]], [1]))",
        "0; -1",
        "compose-realization, compose-monoid",
    ),
    ("shift-down", "net(([[1]], [-2]))", "1; 2", "nn-chain-rule"),
    (
        "zero-of-two",
        "net(([[0, 0]], [0]))",
        "0, 0",
        "classical-chain-rule",
    ),
    (
        "duplicate",
        "net(([[1], [1]], [0, 0]))",
        "0; 1",
        "arbitrary-representative",
    ),
    (
        "signs",
        "net(([[1], [-1]], [0, 0]))",
        "0; 1",
        "relu-identity",
    ),
    (
        "copies-of-one",
        "net(([[1], [1]], [1, 1]))",
        "0; -1",
        "compose-weight-bound",
    ),
    (
        "sum",
        "net(([[1, 1]], [0]))",
        "0, 0; 1, -1",
        "w1inf-chain-constant",
    ),
    (
        "sum-plus-one",
        "net(([[1, 1]], [1]))",
        "0, 0",
        "compose-connectivity, compose-weight-bound",
    ),
    (
        "difference",
        "net(([[1, -1]], [0]))",
        "0, 0; 1, 1",
        "compose-connectivity",
    ),
    (
        "shear-up",
        "net(([[1, 1], [0, 1]], [0, 0]))",
        "1, 0",
        "compose-realization, nn-chain-rule",
    ),
    (
        "shear-down",
        "net(([[1, 0], [1, 1]], [0, 0]))",
        "1, 0",
        "compose-realization, nn-chain-rule",
    ),
    (
        "plane",
        "net(([[1, 0], [0, 1]], [0, 0]))",
        "0, 0",
        "relu-identity",
    ),
    (
        "space",
        "net(([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0]))",
        "0, 0, 0",
        "relu-identity",
    ),
    (
        "four-copies",
        "net(([[1], [1], [1], [1]], [0, 0, 0, 0]))",
        "0",
        "w1inf-chain-constant",
    ),
    (
        "ramp",
        "net(([[1]], [0]), ([[1]], [0]))",
        "0; -1; 1",
        "nn-derivative-ae, stability-eventual",
    ),
    (
        "steep-ramp",
        "net(([[1000000000]], [0]), ([[1]], [0]))",
        "-1/10000000000000000; 0",
        "nn-derivative-ae",
    ),
    (
        "identity-1-2",
        "net(([[1], [-1]], [0, 0]), ([[1, -1]], [0]))",
        "0; 1",
        "relu-identity, subdiff-no-c-weak",
    ),
    (
        "identity-1-3",
        "net(([[1], [-1]], [0, 0]), ([[1, 0], [0, 1]], [0, 0]), ([[1, -1]], [0]))",
        "0; 1",
        "relu-identity, subdiff-no-c-weak",
    ),
    (
        "identity-2-2",
        "net(([[1, 0], [0, 1], [-1, 0], [0, -1]], [0, 0, 0, 0]), ([[1, 0, -1, 0], [0, 1, 0, -1]], [0, 0]))",
        "0, 0; 0, 1",
        "relu-identity",
    ),
    (
        "absolute",
        "net(([[1], [-1]], [0, 0]), ([[1, 1]], [0]))",
        "0",
        "classical-chain-rule",
    ),
    (
        "slopes-1-7",
        "net(([[1], [-1]], [0, 0]), ([[7, -1]], [0]))",
        "0",
        "arbitrarily-wrong",
    ),
    (
        "difference-ramp",
        "net(([[1, -1]], [0]), ([[1]], [0]))",
        "0, 0; 1, 1; 2, 1",
        "stability-eventual, arbitrary-representative",
    ),
    (
        "maximum",
        "net(([[1, -1], [0, 1], [0, -1]], [0, 0, 0]), ([[1, 1, -1]], [0]))",
        "0, 0; 1, 1",
        "backprop-ae",
    ),
    (
        "crossing",
        "net(([[1], [1]], [0, 1]), ([[-1, 1]], [0]))",
        "0; 1; -1",
        "c-zero-sparsity",
    ),
    (
        "step",
        "net(([[10], [10]], [-10, -11]), ([[1, -1]], [0]))",
        "1/2; 1; 3/2",
        "lipschitz-from-derivative",
    ),
    (
        "w1",
        "net(([[1], [-1]], [0, 0]), ([[1, 0], [1, -2], [0, 1]], [0, 0, 0]), ([[2, -1, -1]], [0]))",
        "0",
        "subdiff-no-c-strong",
    ),
    (
        "w2",
        "net(([[1], [-1]], [0, 0]), ([[-2, 0], [1, -1]], [0, 1]), ([[1, 1]], [-1]))",
        "0; -1",
        "subdiff-no-c-strong",
    ),
    (
        "w3",
        "net(([[1]], [0]), ([[1], [-1], [-8]], [-1, 1, 0]), ([[1, -1, 1]], [0]))",
        "0; 1",
        "subdiff-no-c-strong",
    ),
    (
        "irrational-kink-value",
        "net(([[-2], [2]], [0, 0]), ([[-1, 1], [1, 0]], [0, 0]), ([[-2, 2]], [0]))",
        "0",
        "subdiff-no-c-strong",
    ),
    (
        "arbitrarily-wrong",
        "net(([[1], [-1], [1], [-1]], [1, -1, 0, 0]), ([[1, -1, 0, 0], [-1, 1, 0, 0], [0, 0, -1, 0]], [0, 0, 0]), ([[1, -1, 5]], [-1]))",
        "0",
        "arbitrarily-wrong",
    ),
    (
        "arbitrarily-wrong-at-zero",
        "net(([[1], [-1], [1], [-1]], [1, -1, 0, 0]), ([[7, -7, -6, 6]], [-7]))",
        "0",
        "arbitrarily-wrong",
    ),
    (
        "hat",
        "net(([[1], [1], [1]], [0, -1/2, -1]), ([[2, -4, 2]], [0]))",
        "0; 1/2; 1; 2",
        "hat-sawtooth",
    ),
    (
        "sawtooth-2",
        "net(([[1], [1], [1]], [0, -1/2, -1]), ([[2, -4, 2], [2, -4, 2], [2, -4, 2]], [0, -1/2, -1]), ([[2, -4, 2]], [0]))",
        "0; 1/4; 1/2; 3/4; 1; 9/8",
        "hat-sawtooth",
    ),
    (
        "square-2",
        "net(([[1], [1], [1], [1]], [0, -1/2, -1, 0]), ([[2, -4, 2, 0], [2, -4, 2, 0], [2, -4, 2, 0], [-1/2, 1, -1/2, 1]], [0, -1/2, -1, 0]), ([[-1/8, 1/4, -1/8, 1]], [0]))",
        "0; 1/4; 1/2; 3/4; 1; -1",
        "squaring-linf",
    ),
    (
        "square-3",
        "net(([[1], [1], [1], [1]], [0, -1/2, -1, 0]), ([[2, -4, 2, 0], [2, -4, 2, 0], [2, -4, 2, 0], [-1/2, 1, -1/2, 1]], [0, -1/2, -1, 0]), ([[2, -4, 2, 0], [2, -4, 2, 0], [2, -4, 2, 0], [-1/8, 1/4, -1/8, 1]], [0, -1/2, -1, 0]), ([[-1/32, 1/16, -1/32, 1]], [0]))",
        "1/2; 0; 1/8; 1",
        "fig1-subdiff, squaring-w1inf",
    ),
    (
        "fill-in-inner",
        "net(([[1, 2], [0, 1]], [1, 0]), ([[1, -1], [2, 0]], [3, 0]))",
        "0, 0; -1, 0",
        "the first of two products",
    ),
    (
        "fill-in-outer",
        "net(([[1, 1], [0, 2]], [0, -1]), ([[1, -3]], [0]))",
        "0, 0; 1, 1/2",
        "the second of two products",
    ),
    (
        "two-layers-of-two",
        "net(([[1, 1], [1, -1]], [0, -1/2]), ([[1, 2], [-1, 1]], [0, 1]), ([[1, 1]], [0]))",
        "1/3, 1/5; 1/2, 0",
        "a network with known derivatives",
    ),
];

/// All named networks, parsed once.
pub fn named_networks() -> &'static [NamedNetwork] {
    static NETWORKS: LazyLock<Vec<NamedNetwork>> = LazyLock::new(|| {
        let parse =
            |&(name, network, points, source): &(&'static str, &str, &str, &'static str)| {
                let network = network.parse().expect("a test parses every named network");
                let point = |text: &str| {
                    let coordinate = |text: &str| text.trim().parse();
                    let point: Result<_, _> = text.split(',').map(coordinate).collect();
                    point.expect("a test parses every named point")
                };
                NamedNetwork {
                    name,
                    network,
                    points: points.split(';').map(point).collect(),
                    source,
                }
            };
        TABLE.iter().map(parse).collect()
    });
    &NETWORKS
}

/// The named networks that agree with the hints, in the order of the table.
pub fn named_networks_fitting(hints: &NetworkHints) -> Vec<&'static NamedNetwork> {
    let fits = |named: &&NamedNetwork| {
        hints.admits(
            named.network.indim(),
            named.network.outdim(),
            named.network.depth(),
        )
    };
    named_networks().iter().filter(fits).collect()
}

/// W: a named network that fits, with the hinted activation in place of ReLU; `None` if none fits.
pub(super) fn named(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let fitting = named_networks_fitting(hints);
    let named = stream.choose(&fitting)?;
    let network = named.network.with_activation(hints.activation());
    Some(Drawn {
        network,
        planted: named.points.clone(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use relu_core::RationalOrder;
    use relu_core::constructions::{hat, identity_network, sawtooth, square};
    use relu_core::evaluate::{network_derivative, realize};
    use std::collections::BTreeSet;

    fn find(name: &str) -> &'static NamedNetwork {
        named_networks()
            .iter()
            .find(|named| named.name == name)
            .unwrap()
    }

    #[test]
    fn names_are_unique_and_points_have_the_input_dimension() {
        let names: BTreeSet<&str> = named_networks().iter().map(|named| named.name).collect();
        assert_eq!(names.len(), TABLE.len());
        for named in named_networks() {
            assert!(!named.points.is_empty());
            assert!(
                named
                    .points
                    .iter()
                    .all(|x| x.len() == named.network.indim()),
                "{}",
                named.name
            );
        }
    }

    #[test]
    fn the_constructions_are_those_of_core() {
        assert_eq!(find("hat").network, hat());
        assert_eq!(find("sawtooth-2").network, sawtooth(2).unwrap());
        assert_eq!(find("square-2").network, square(2).unwrap());
        assert_eq!(find("square-3").network, square(3).unwrap());
        assert_eq!(
            find("identity-1-2").network,
            identity_network(1, 2).unwrap()
        );
        assert_eq!(
            find("identity-1-3").network,
            identity_network(1, 3).unwrap()
        );
        assert_eq!(
            find("identity-2-2").network,
            identity_network(2, 2).unwrap()
        );
    }

    #[test]
    fn witnesses_have_their_derivatives() {
        let derivative = |name: &str, c: i64| {
            let named = find(name);
            let kink = Rational::from_integer(c);
            let d = network_derivative(&named.network, &named.points[0], &kink, &RationalOrder);
            d.unwrap().get(0, 0).clone()
        };
        // W1: 2c² − 3c² + c² = 0; W2: 2c − 2c²; W3 at 0: c − 8c²; −12c²; 1 − 5c²; D₀ = 7.
        for (name, c, expected) in [
            ("w1", 3, 0),
            ("w2", 3, -12),
            ("w3", 3, -69),
            ("irrational-kink-value", 2, -48),
            ("arbitrarily-wrong", 1, -4),
            ("arbitrarily-wrong-at-zero", 0, 7),
        ] {
            assert_eq!(
                derivative(name, c),
                Rational::from_integer(expected),
                "{name}"
            );
        }
        let two = [Rational::from_integer(2)];
        for name in ["w1", "w2", "arbitrarily-wrong", "arbitrarily-wrong-at-zero"] {
            assert_eq!(
                realize(&find(name).network, &two, &RationalOrder),
                Ok(two.to_vec()),
                "{name}"
            );
        }
    }

    #[test]
    fn only_fitting_networks_are_drawn() {
        let hints = NetworkHints {
            indim: Some(2),
            outdim: Some(1),
            ..NetworkHints::default()
        };
        let fitting = named_networks_fitting(&hints);
        assert!(fitting.len() >= 6);
        assert!(
            fitting
                .iter()
                .all(|n| n.network.indim() == 2 && n.network.outdim() == 1)
        );
        let none = NetworkHints {
            indim: Some(9),
            ..NetworkHints::default()
        };
        assert!(named(&mut Stream::from_key(1, 8), &none).is_none());
    }
}
