//! `kinks(phi)`: inputs at which pre-activations of Φ are kinks.
//!
//! A line through a small point meets the kink hyperplanes of Φ; inside an affine piece a pre-activation z is affine along it,
//! so z(x + t·v) = κ is solved exactly. The solution may lie in another piece: then the step is repeated there (Newton's method
//! on a piecewise affine function), and only a point that passes the test z = κ is called a hit.

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::kink_values::draw_kink_value;
use super::stream::Stream;
use super::tangent::jets;
use super::vectors::{breakpoints_along, direction, small};

/// Newton steps per attempt.
const STEPS: usize = 4;

/// Attempts before the family falls back to a small vector.
const ATTEMPTS: usize = 3;

/// An input of Φ, usually on a kink.
///
/// Half of the draws are a planted point, if there are any. Otherwise a point where a drawn hidden neuron sits on a kink, one
/// time in three (two inputs or more) where two do; for one input one time in eight any breakpoint of Φ. Where nothing is found
/// (depth 1, no neuron reacts) a small vector: `kinks` never refuses a network.
///
/// For activations that are not piecewise linear only the first layer is solved for.
pub fn kinks(stream: &mut Stream, network: &Network, planted: &[Vec<Rational>]) -> Vec<Rational> {
    let indim = network.indim();
    let fitting: Vec<&Vec<Rational>> = planted.iter().filter(|x| x.len() == indim).collect();
    if stream.chance(1, 2)
        && let Some(point) = stream.choose(&fitting)
    {
        return (*point).clone();
    }
    let piecewise_linear = network.activation().is_piecewise_linear();
    let reachable = if piecewise_linear {
        network.depth() - 1
    } else {
        1.min(network.depth() - 1)
    };
    if reachable == 0 {
        return small(stream, indim);
    }
    if indim == 1 && piecewise_linear && stream.chance(1, 8) {
        let breakpoints = breakpoints_along(network, &[Rational::zero()], &[Rational::one()]);
        if let Some(t) = stream.choose(&breakpoints.unwrap_or_default()) {
            return vec![t.clone()];
        }
    }
    for _ in 0..ATTEMPTS {
        let two = indim >= 2 && stream.chance(1, 3);
        let start = small(stream, indim);
        let hit = if two {
            solve_two(stream, network, reachable, start)
        } else {
            solve_one(stream, network, reachable, start)
        };
        if let Some(point) = hit {
            return point;
        }
    }
    small(stream, indim)
}

/// A hidden neuron among the first `reachable` layers: (layer, row, kink to reach).
fn target(stream: &mut Stream, network: &Network, reachable: usize) -> (usize, usize, Rational) {
    let layer = stream.index(reachable);
    let row = stream.index(network.layer(layer).rows());
    (layer, row, draw_kink_value(stream, network.activation()))
}

/// x + t·v with z(x + t·v) = κ for one neuron.
fn solve_one(
    stream: &mut Stream,
    network: &Network,
    reachable: usize,
    mut x: Vec<Rational>,
) -> Option<Vec<Rational>> {
    let (layer, row, kink) = target(stream, network, reachable);
    let directions = [direction(stream, x.len())];
    for _ in 0..STEPS {
        let jets = jets(network, layer, &x, &directions)?;
        let excess = &jets[row].value - &kink;
        if excess.is_zero() {
            return Some(x);
        }
        // z + t·z′ = κ  ⟺  t = −(z − κ)/z′
        let t = -excess.over(&jets[row].along[0])?;
        move_along(&mut x, &t, &directions[0]);
    }
    let jets = jets(network, layer, &x, &directions)?;
    (jets[row].value == kink).then_some(x)
}

/// x + s·v + t·w with two pre-activations on a kink: 2×2 systems by Cramer's rule.
fn solve_two(
    stream: &mut Stream,
    network: &Network,
    reachable: usize,
    mut x: Vec<Rational>,
) -> Option<Vec<Rational>> {
    let first = target(stream, network, reachable);
    let second = target(stream, network, reachable);
    if first.0 == second.0 && first.1 == second.1 {
        return None;
    }
    let directions = [direction(stream, x.len()), direction(stream, x.len())];
    for step in 0..=STEPS {
        let one = jets(network, first.0, &x, &directions)?.swap_remove(first.1);
        let other = jets(network, second.0, &x, &directions)?.swap_remove(second.1);
        let (e, f) = (&one.value - &first.2, &other.value - &second.2);
        if e.is_zero() && f.is_zero() {
            return Some(x);
        }
        if step == STEPS {
            break;
        }
        let [a, b, c, d] = [
            &one.along[0],
            &one.along[1],
            &other.along[0],
            &other.along[1],
        ];
        let determinant = &(a * d) - &(b * c);
        // a·s + b·t = −e, c·s + d·t = −f
        let s = (&(b * &f) - &(d * &e)).over(&determinant)?;
        let t = (&(c * &e) - &(a * &f)).over(&determinant)?;
        move_along(&mut x, &s, &directions[0]);
        move_along(&mut x, &t, &directions[1]);
    }
    None
}

fn move_along(x: &mut [Rational], t: &Rational, v: &[Rational]) {
    for (coordinate, part) in x.iter_mut().zip(v) {
        coordinate.add_product(t, part);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use crate::generate::hints::NetworkHints;
    use crate::generate::kink_values::{fraction, kink_values};
    use crate::generate::network_family::NetworkFamily;
    use relu_core::RationalOrder;
    use relu_core::activation::Activation;
    use relu_core::evaluate::preactivations;

    fn kinks_at(network: &Network, x: &[Rational]) -> usize {
        let values = kink_values(network.activation());
        let z = preactivations(network, x, &RationalOrder).unwrap();
        z[..z.len() - 1]
            .iter()
            .flatten()
            .filter(|z| values.contains(z))
            .count()
    }

    /// (one kink or more, two or more) among 400 draws without planted points.
    fn hits(hints: &NetworkHints) -> (usize, usize) {
        let (mut one, mut two) = (0, 0);
        for key in 0..400 {
            let mut stream = Stream::from_key(key, 8);
            let network = NetworkFamily::G1.draw(&mut stream, hints).unwrap().network;
            let x = kinks(&mut stream, &network, &[]);
            assert_eq!(x.len(), network.indim());
            let count = kinks_at(&network, &x);
            one += usize::from(count >= 1);
            two += usize::from(count >= 2);
        }
        (one, two)
    }

    #[test]
    fn most_draws_hit_a_kink_for_every_piecewise_linear_activation() {
        for activation in [
            Activation::Relu,
            Activation::Leaky(fraction(1, 4)),
            Activation::Absolute,
            Activation::HardTanh,
        ] {
            let hints = NetworkHints {
                depth: Some(3),
                activation: Some(activation.clone()),
                ..NetworkHints::default()
            };
            let (one, two) = hits(&hints);
            assert!(one >= 300 && two >= 100, "{activation}: {one}, {two}");
        }
    }

    #[test]
    fn first_layer_kinks_are_hit_for_curved_activations() {
        let hints = NetworkHints {
            activation: Some(Activation::KinkedSquare),
            ..NetworkHints::default()
        };
        assert!(hits(&hints).0 >= 200);
    }

    #[test]
    fn planted_points_come_first_and_misfits_never() {
        let mut stream = Stream::from_key(2, 8);
        let network: Network = "net(([[1]], [0]), ([[1]], [0]))".parse().unwrap();
        let planted = [
            vec![fraction(22, 7)],
            vec![Rational::one(), Rational::one()],
        ];
        let drawn: Vec<_> = (0..200)
            .map(|_| kinks(&mut stream, &network, &planted))
            .collect();
        let share = drawn.iter().filter(|x| **x == planted[0]).count();
        assert!((70..=130).contains(&share), "{share}");
        assert!(drawn.iter().all(|x| x.len() == 1));
    }

    #[test]
    fn a_network_without_kinks_gets_a_small_vector() {
        let mut stream = Stream::from_key(3, 8);
        let network: Network = "net(([[1, 2]], [0]))".parse().unwrap();
        assert_eq!(kinks(&mut stream, &network, &[]).len(), 2);
    }
}
