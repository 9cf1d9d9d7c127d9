//! Which minimum is found: known false statements, random failing starts, and the one object that must come out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use relu_core::RationalOrder;
use relu_core::constructions::identity_network;
use relu_core::evaluate::network_derivative;
use relu_core::geometry::{jacobian, pieces};
use relu_core::linear::matrix::Matrix;
use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::network::structural_candidates;
use super::*;
use crate::generate::{NetworkFamily, NetworkHints, gallery_stream, kinks, named_networks};

pub(super) const BUDGET: usize = 100_000;

pub(super) fn network(text: &str) -> Network {
    text.parse().unwrap()
}

pub(super) fn q(p: i64) -> Rational {
    Rational::from_integer(p)
}

pub(super) fn derivative(phi: &Network, x: &[Rational], c: &Rational) -> Matrix<Rational> {
    network_derivative(phi, x, c, &RationalOrder).unwrap()
}

/// Refutes "D_cΦ(x) is the classical derivative wherever that exists".
fn wrong_derivative(phi: &Network, x: &[Rational], c: &Rational) -> bool {
    match jacobian(phi, x, &RationalOrder) {
        Ok(Some(classical)) => classical != derivative(phi, x, c),
        _ => false,
    }
}

/// Networks of the gallery, with planted kinks, and a point each.
pub(super) fn starts(count: u64) -> impl Iterator<Item = (Network, Vec<Rational>)> {
    use NetworkFamily::{G1, G2, G4, G6, G7, G8, Named};
    (0..count).map(|index| {
        let mut stream = gallery_stream(index);
        let family = stream.pick(&[G1, G2, G4, G4, G6, G7, G8, G8, Named]);
        let hints = NetworkHints::default();
        let drawn = (0..100)
            .find_map(|_| family.draw(&mut stream, &hints))
            .unwrap();
        let x = kinks(&mut stream, &drawn.network, &drawn.planted);
        (drawn.network, x)
    })
}

type At = (Network, Vec<Rational>);

/// Joint candidates for a network with a point, outputs included.
fn pointed((phi, x): &At) -> impl Iterator<Item = At> + use<> {
    let x_kept = x.clone();
    let outputs = output_candidates(phi).map(move |phi| (phi, x_kept.clone()));
    outputs.chain(pointed_candidates(phi, x))
}

#[test]
fn the_wrong_derivative_shrinks_to_the_identity_of_depth_two_at_zero() {
    let zero = Rational::zero();
    let minimum = (
        network("net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))"),
        vec![q(0)],
    );
    assert_eq!(minimum.0, identity_network(1, 2).unwrap());
    let fails = |(phi, x): &At| wrong_derivative(phi, x, &zero);
    let mut failing = 0;
    for start in starts(3000).filter(&fails).take(60) {
        failing += 1;
        assert_eq!(minimise(start, pointed, fails, BUDGET), minimum);
    }
    assert_eq!(failing, 60);
}

#[test]
fn the_structural_passes_alone_reach_the_same_minimum() {
    let (zero, origin) = (Rational::zero(), [q(0)]);
    let minimum = identity_network(1, 2).unwrap();
    let fails = |phi: &Network| wrong_derivative(phi, &origin, &zero);
    let all = starts(3000).filter(|(_, x)| x.len() == 1);
    let failing: Vec<_> = all
        .map(|(phi, _)| phi)
        .filter(|phi| phi.outdim() == 1 && fails(phi))
        .collect();
    assert!(failing.len() >= 40, "{}", failing.len());
    for start in failing {
        let shrunk = minimise(start.clone(), structural_candidates, fails, BUDGET);
        assert_eq!(shrunk, minimum, "{start}");
    }
}

#[test]
fn several_kink_values_at_once_need_depth_three() {
    let values = [q(0), Rational::new(1, 2).unwrap(), q(1), q(2)];
    let fails = |(phi, x): &At| values.iter().all(|c| wrong_derivative(phi, x, c));
    let mut failing = 0;
    for named in named_networks() {
        for x in &named.points {
            let start = (named.network.clone(), x.clone());
            if fails(&start) {
                failing += 1;
                // 2c² ≠ 1 for these c.
                let minimum = (identity_network(1, 3).unwrap(), vec![q(0)]);
                assert_eq!(
                    minimise(start, pointed, fails, BUDGET),
                    minimum,
                    "{}",
                    named.name
                );
            }
        }
    }
    assert!(failing >= 4, "{failing}");
}

#[test]
fn realizations_are_not_convex() {
    // Slopes of the pieces do not increase.
    let fails = |phi: &Network| {
        let slopes = |phi: &Network| pieces(phi).ok().filter(|_| phi.outdim() == 1);
        slopes(phi).is_some_and(|list| {
            list.windows(2)
                .any(|pair| pair[0].slope[0] > pair[1].slope[0])
        })
    };
    let minimum = network("net(([[1]], [0]), ([[-1]], [0]))");
    let mut failing = 0;
    for (start, _) in starts(1000).filter(|(phi, _)| fails(phi)).take(40) {
        failing += 1;
        assert_eq!(
            minimise(start.clone(), network_candidates, fails, BUDGET),
            minimum
        );
        assert_eq!(
            minimise(start, structural_candidates, fails, BUDGET),
            minimum
        );
    }
    assert_eq!(failing, 40);
}

#[test]
fn candidates_are_strictly_simpler_and_keep_their_shapes() {
    for (phi, x) in starts(60) {
        let (alone, together) = (phi.complexity(), phi.complexity().plus(x.complexity()));
        for simpler in network_candidates(&phi).take(2000) {
            assert!(simpler.complexity() < alone, "{phi} → {simpler}");
            assert_eq!(
                (simpler.indim(), simpler.outdim()),
                (phi.indim(), phi.outdim())
            );
        }
        for simpler in pointed_candidates(&phi, &x).take(2000) {
            assert!(simpler.complexity() < together);
            assert_eq!(simpler.1.len(), simpler.0.indim());
        }
        let points = [x.clone()];
        assert!(dimension_candidates(&phi, &points).all(|(phi, _)| phi.complexity() < alone));
        assert!(output_candidates(&phi).all(|phi| phi.complexity() < alone));
    }
}

#[test]
fn minimisation_is_deterministic_and_the_minimum_is_minimal() {
    let fails = |(phi, x): &At| wrong_derivative(phi, x, &q(0));
    for start in starts(1000).filter(&fails).take(5) {
        let run = || minimise_with_report(start.clone(), pointed, fails, BUDGET);
        let first = run();
        assert_eq!(first, run());
        assert!(first.is_minimal && !pointed(&first.value).any(|candidate| fails(&candidate)));
    }
}
