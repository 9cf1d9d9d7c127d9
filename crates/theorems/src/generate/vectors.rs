//! Vector families: `small`, `zero`, `integers`, `generic(phi)`, `nodes(phi)`.

use relu_core::geometry::{Genericity, activation_pieces, genericity};
use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::draft::Draft;
use super::kink_values::fraction;
use super::kinks::kinks;
use super::stream::Stream;

/// Primes ≥ 101: denominators that no small weight cancels.
const PRIMES: [i64; 12] = [101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157];

/// Redraws of a generic point.
const GENERIC_TRIES: usize = 64;

/// Coordinates of small vectors.
const SMALL: [(i64, i64); 7] = [(0, 1), (0, 1), (0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2)];

/// A vector in {0, ±1, ±1/2}ᵈ, one time in eight with coordinates n/4, |n| ≤ 8.
pub fn small(stream: &mut Stream, dimension: usize) -> Vec<Rational> {
    let quarters = stream.chance(1, 8);
    (0..dimension)
        .map(|_| {
            let (p, q) = if quarters {
                (stream.between(-8, 8), 4)
            } else {
                stream.pick(&SMALL)
            };
            fraction(p, q)
        })
        .collect()
}

/// The zero vector.
pub fn zero(dimension: usize) -> Vec<Rational> {
    vec![Rational::zero(); dimension]
}

/// A vector with integer coordinates, |x_i| ≤ 3, one time in eight ≤ 50.
pub fn integers(stream: &mut Stream, dimension: usize) -> Vec<Rational> {
    let bound = if stream.chance(1, 8) { 50 } else { 3 };
    (0..dimension)
        .map(|_| Rational::from_integer(stream.between(-bound, bound)))
        .collect()
}

/// A direction in {0, ±1}ᵈ that is not zero, one time in two ± a coordinate direction.
pub(super) fn direction(stream: &mut Stream, dimension: usize) -> Vec<Rational> {
    let mut v = zero(dimension);
    if stream.chance(1, 2) {
        for coordinate in &mut v {
            *coordinate = Rational::from_integer(stream.between(-1, 1));
        }
    }
    if v.iter().all(Rational::is_zero) && dimension > 0 {
        v[stream.index(dimension)] = Rational::from_integer(stream.pick(&[1, -1]));
    }
    v
}

/// A generic input of Φ: coordinates n/p with p ≥ 101 prime, tested exactly and redrawn until the test passes.
///
/// Three in four lie in \[−2, 2\]ᵈ, the others in \[−20, 20\]ᵈ; one time in eight the point is within p⁻⁴ < 10⁻⁸ of a kink
/// in every coordinate, where a tolerance would go wrong. `None` if 64 draws fail or the test does (activations
/// without exact values).
pub fn generic(stream: &mut Stream, network: &Network) -> Option<Vec<Rational>> {
    let dimension = network.indim();
    for _ in 0..GENERIC_TRIES {
        let prime = stream.pick(&PRIMES);
        let x: Vec<Rational> = if stream.chance(1, 8) {
            let near = kinks(stream, network, &[]);
            let offset = |stream: &mut Stream| fraction(stream.pick(&[1, -1, 2, -3]), prime.pow(4));
            near.iter()
                .map(|coordinate| coordinate + &offset(stream))
                .collect()
        } else {
            let bound = if stream.chance(3, 4) {
                2 * prime
            } else {
                20 * prime
            };
            (0..dimension)
                .map(|_| fraction(stream.between(-bound, bound), prime))
                .collect()
        };
        match genericity(network, &x) {
            Ok(Genericity::Generic) => return Some(x),
            Ok(Genericity::Kink { .. }) => {}
            Err(_) => return None,
        }
    }
    None
}

/// A node of Φ: a breakpoint, the midpoint of two neighbours, or a point 1 beyond the outermost, along a line.
///
/// For one input the line is ℝ, otherwise a coordinate direction through a small point. A small vector where there is no
/// breakpoint or the pieces are not available (activations that are not piecewise linear).
pub fn nodes(stream: &mut Stream, network: &Network) -> Vec<Rational> {
    let dimension = network.indim();
    let mut x = if dimension == 1 {
        zero(1)
    } else {
        small(stream, dimension)
    };
    let mut v = zero(dimension);
    v[stream.index(dimension)] = Rational::one();
    let Some(breakpoints) = breakpoints_along(network, &x, &v).filter(|ts| !ts.is_empty()) else {
        return small(stream, dimension);
    };
    let i = stream.index(breakpoints.len());
    let t = match stream.index(4) {
        0 | 1 => breakpoints[i].clone(),
        2 => match breakpoints.get(i + 1) {
            Some(next) => Rational::midpoint(&breakpoints[i], next),
            None => &breakpoints[i] + &Rational::one(),
        },
        _ => &breakpoints[0] - &Rational::one(),
    };
    for (coordinate, part) in x.iter_mut().zip(&v) {
        coordinate.add_product(&t, part);
    }
    x
}

/// The ascending t ∈ ℝ at which the activation pattern of Φ changes along x + t·v; `None` where the pieces are not available.
pub(super) fn breakpoints_along(
    network: &Network,
    x: &[Rational],
    v: &[Rational],
) -> Option<Vec<Rational>> {
    let restricted;
    let on_line = if network.indim() == 1 && x[0].is_zero() && v[0].is_one() {
        network
    } else {
        restricted = restrict(network, x, v);
        &restricted
    };
    let pieces = activation_pieces(on_line).ok()?;
    Some(pieces.into_iter().filter_map(|piece| piece.upper).collect())
}

/// t ↦ Φ(x + t·v): the first layer becomes A₁·v, A₁·x + b₁.
fn restrict(network: &Network, x: &[Rational], v: &[Rational]) -> Network {
    let mut draft = Draft::from_network(network);
    let first = &mut draft.layers[0];
    let bias: Vec<Rational> = (0..first.rows).map(|i| first.preactivation(i, x)).collect();
    let slope = |i: usize| first.preactivation(i, v) - &first.bias[i];
    let weights = (0..first.rows).map(slope).collect();
    (first.cols, first.weights, first.bias) = (1, weights, bias);
    draft.finish()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use crate::generate::hints::NetworkHints;
    use crate::generate::network_family::NetworkFamily;
    use relu_core::RationalOrder;
    use relu_core::evaluate::{preactivations, realize};
    use std::collections::BTreeSet;

    #[test]
    fn small_vectors_are_small() {
        let mut stream = Stream::from_key(1, 8);
        let mut met = BTreeSet::new();
        for _ in 0..200 {
            for coordinate in small(&mut stream, 2) {
                assert!(coordinate.abs() <= Rational::from_integer(2));
                met.insert(coordinate);
            }
        }
        for (p, q) in SMALL {
            assert!(met.contains(&fraction(p, q)));
        }
        assert!(met.contains(&fraction(3, 4)));
        assert!(small(&mut stream, 0).is_empty() && integers(&mut stream, 0).is_empty());
        assert!(integers(&mut stream, 9).iter().all(Rational::is_integer));
    }

    #[test]
    fn directions_are_never_zero() {
        let mut stream = Stream::from_key(2, 8);
        for _ in 0..200 {
            assert!(direction(&mut stream, 2).iter().any(|part| !part.is_zero()));
        }
    }

    #[test]
    fn generic_points_are_generic_and_sometimes_close_to_a_kink() {
        let close = fraction(1, 1_000_000);
        let mut near = 0;
        for key in 0..300 {
            let mut stream = Stream::from_key(key, 8);
            let network = NetworkFamily::G8
                .draw(&mut stream, &NetworkHints::default())
                .unwrap()
                .network;
            let x = generic(&mut stream, &network).unwrap();
            assert_eq!(genericity(&network, &x), Ok(Genericity::Generic));
            let z = preactivations(&network, &x, &RationalOrder).unwrap();
            let hidden = z[..z.len() - 1].iter().flatten();
            near += usize::from(hidden.clone().any(|z| !z.is_zero() && z.abs() < close));
        }
        assert!(near >= 15, "{near}");
    }

    #[test]
    fn the_zero_network_is_generic_everywhere() {
        let network: Network = "net(([[0]], [0]), ([[1]], [0]))".parse().unwrap();
        assert!(generic(&mut Stream::from_key(1, 8), &network).is_some());
    }

    #[test]
    fn nodes_of_the_sawtooth() {
        let network: Network = relu_core::constructions::sawtooth(2).unwrap();
        let mut met = BTreeSet::new();
        for key in 0..200 {
            met.extend(nodes(&mut Stream::from_key(key, 8), &network));
        }
        for (p, q) in [(0, 1), (1, 4), (1, 2), (1, 1), (1, 8), (-1, 1), (2, 1)] {
            assert!(met.contains(&fraction(p, q)), "{p}/{q} not in {met:?}");
        }
    }

    #[test]
    fn restriction_to_a_line_agrees_with_the_network() {
        for key in 0..100 {
            let mut stream = Stream::from_key(key, 8);
            let hints = NetworkHints {
                indim: Some(2),
                ..NetworkHints::default()
            };
            let network = NetworkFamily::G1.draw(&mut stream, &hints).unwrap().network;
            let (x, v) = (small(&mut stream, 2), direction(&mut stream, 2));
            let t = fraction(stream.between(-5, 5), 3);
            let point: Vec<_> = x.iter().zip(&v).map(|(x, v)| x + &(&t * v)).collect();
            assert_eq!(
                realize(&restrict(&network, &x, &v), &[t], &RationalOrder),
                realize(&network, &point, &RationalOrder)
            );
        }
    }
}
