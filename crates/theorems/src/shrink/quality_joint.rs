//! Which minimum is found, for statements about two networks or a template.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use relu_core::RationalOrder;
use relu_core::evaluate::realize;
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::operations::{compose, sparse_compose};
use relu_core::parameters::{Template, backprop, parameter_gradient};

use super::quality::{BUDGET, derivative, network, q, starts};
use super::*;
use crate::generate::{
    NetworkFamily, NetworkHints, TemplateFamily, TemplateHints, gallery_stream, small,
};

type PairAt = (Network, Network, Vec<Rational>);

/// Joint candidates for Φ, Ψ and an input of Φ.
fn composed((phi, psi, x): &PairAt) -> impl Iterator<Item = PairAt> + use<> {
    let (phi, psi, x) = (phi.clone(), psi.clone(), x.clone());
    let between = composable_candidates(&phi, &psi).map({
        let x = x.clone();
        move |(phi, psi)| (phi, psi, x.clone())
    });
    let outputs = output_candidates(&psi).map({
        let (phi, x) = (phi.clone(), x.clone());
        move |psi| (phi.clone(), psi, x.clone())
    });
    let square = endomorphic_candidates(&phi, &psi, std::slice::from_ref(&x))
        .map(|(phi, psi, mut points)| (phi, psi, points.remove(0)));
    let inner = pointed_candidates(&phi, &x).map({
        let psi = psi.clone();
        move |(phi, x)| (phi, psi.clone(), x)
    });
    let outer = network_candidates(&psi).map(move |psi| (phi.clone(), psi, x.clone()));
    between
        .chain(outputs)
        .chain(square)
        .chain(inner)
        .chain(outer)
}

fn composable_starts(count: u64) -> impl Iterator<Item = PairAt> {
    starts(count).enumerate().map(|(index, (phi, x))| {
        let mut stream = gallery_stream(index as u64).fork("psi");
        let hints = NetworkHints {
            indim: Some(phi.outdim()),
            ..NetworkHints::default()
        };
        let psi = NetworkFamily::G1.draw(&mut stream, &hints).unwrap().network;
        (phi, psi, x)
    })
}

/// Every one of `count` failing starts shrinks to one of the minima.
fn all_shrink_to(fails: impl Fn(&PairAt) -> bool, count: usize, minima: &[(&str, &str, i64)]) {
    let read = |&(phi, psi, x): &(&str, &str, i64)| (network(phi), network(psi), vec![q(x)]);
    let minima: Vec<PairAt> = minima.iter().map(read).collect();
    assert!(minima.iter().all(&fails));
    let mut failing = 0;
    for start in composable_starts(2000)
        .filter(|start| fails(start))
        .take(count)
    {
        failing += 1;
        let (phi, psi, x) = minimise(start, composed, &fails, BUDGET);
        let found = format!("{phi} {psi} {x:?}");
        assert!(minima.contains(&(phi, psi, x)), "{found}");
    }
    assert_eq!(failing, count);
}

#[test]
fn two_conventions_in_the_chain_rule() {
    // D₀(Ψ∘Φ)(x) = D₀Ψ(RΦ(x))·D₁Φ(x), a mutant of `nn-chain-rule`.
    let fails = |(phi, psi, x): &PairAt| {
        let y = realize(phi, x, &RationalOrder).unwrap();
        let product = derivative(psi, &y, &q(0))
            .times(&derivative(phi, x, &q(1)))
            .unwrap();
        product != derivative(&compose(psi, phi).unwrap(), x, &q(0))
    };
    all_shrink_to(
        fails,
        30,
        &[("net(([[1]], [0]), ([[1]], [0]))", "net(([[1]], [0]))", 0)],
    );
}

#[test]
fn sparse_composition_has_another_derivative() {
    // D₀(Ψ⊙Φ)(x) = D₀(Ψ∘Φ)(x), a mutant of `sparse-compose`.
    let fails = |(phi, psi, x): &PairAt| {
        let sparse = sparse_compose(psi, phi).unwrap();
        derivative(&sparse, x, &q(0)) != derivative(&compose(psi, phi).unwrap(), x, &q(0))
    };
    all_shrink_to(fails, 20, &[("net(([[1]], [0]))", "net(([[1]], [0]))", 0)]);
}

#[test]
fn the_outer_derivative_at_the_wrong_point() {
    // D₀Ψ(x)·D₀Φ(x) where x and RΦ(x) have the same length, a mutant of `nn-chain-rule`.
    let fails = |(phi, psi, x): &PairAt| {
        // One coordinate: with more, a local minimum may keep the bias in another coordinate than the kink.
        if phi.indim() != 1 || phi.outdim() != 1 {
            return false;
        }
        let product = derivative(psi, x, &q(0))
            .times(&derivative(phi, x, &q(0)))
            .unwrap();
        product != derivative(&compose(psi, phi).unwrap(), x, &q(0))
    };
    // x = 0 is on the kink of Ψ = σ and RΦ(0) = 1 is not. As many entries are non-zero where Φ = −id exchanges the sides.
    let ramp = "net(([[1]], [0]), ([[1]], [0]))";
    all_shrink_to(
        fails,
        12,
        &[
            ("net(([[1]], [1]))", ramp, 0),
            ("net(([[-1]], [0]))", ramp, 1),
        ],
    );
}

#[test]
fn connectivity_is_not_subadditive() {
    // M(Ψ∘Φ) ≤ M(Φ) + M(Ψ), a mutant of `compose-connectivity`, whose witness is smallest: 6 > 3 + 2. Two layers and five entries are always reached; a
    // fan-in of two and a fan-out of three without bias (6 > 2 + 3) is one neuron larger, and no single entry of it can go.
    let fails = |(phi, psi, _): &PairAt| {
        compose(psi, phi).unwrap().connectivity() > phi.connectivity() + psi.connectivity()
    };
    let least = (
        network("net(([[1,1]], [1]))"),
        network("net(([[1],[1]], [0,0]))"),
    );
    // Affine factors: with hidden layers both factors would have to change at once.
    let start = |index| {
        let mut stream = gallery_stream(index);
        let affine = NetworkHints {
            depth: Some(1),
            ..NetworkHints::default()
        };
        let phi = NetworkFamily::G7
            .draw(&mut stream, &affine)
            .unwrap()
            .network;
        let hints = NetworkHints {
            indim: Some(phi.outdim()),
            ..affine
        };
        let psi = NetworkFamily::G7.draw(&mut stream, &hints).unwrap().network;
        let x = vec![Rational::zero(); phi.indim()];
        (phi, psi, x)
    };
    let starts = (0..2000).map(start).filter(fails);
    let mut failing = 0;
    for start in starts.take(40) {
        failing += 1;
        let (phi, psi, _) = minimise(start, composed, fails, BUDGET);
        let found = (phi, psi).complexity();
        assert_eq!((found.layers, found.nonzeros), (2, 5));
        assert!(found >= least.complexity() && found.size <= 7);
    }
    assert_eq!(failing, 40);
    let (phi, psi) = least.clone();
    assert!(!composed(&(phi, psi, vec![q(0), q(0)])).any(|candidate| fails(&candidate)));
}

type TemplateAt = (Template, Vec<Rational>, Vec<Rational>);

fn templates((t, theta, x): &TemplateAt) -> impl Iterator<Item = TemplateAt> + use<> {
    let (t, theta, x) = (t.clone(), theta.clone(), x.clone());
    let fewer = parameter_candidates(&t, &theta).map({
        let x = x.clone();
        move |(t, theta)| (t, theta, x.clone())
    });
    let narrower = template_dimension_candidates(&t, std::slice::from_ref(&x)).map({
        let theta = theta.clone();
        move |(t, mut points)| (t, theta.clone(), points.remove(0))
    });
    let shifted = template_shift_candidates(&t, &x).map({
        let theta = theta.clone();
        move |(t, x)| (t, theta.clone(), x)
    });
    let points = vector_candidates(&x).map({
        let (t, theta) = (t.clone(), theta.clone());
        move |x| (t.clone(), theta.clone(), x)
    });
    let simpler = template_candidates(&t).map({
        let (theta, x) = (theta.clone(), x.clone());
        move |t| (t, theta.clone(), x.clone())
    });
    let parameters = vector_candidates(&theta).map(move |theta| (t.clone(), theta, x.clone()));
    fewer
        .chain(narrower)
        .chain(shifted)
        .chain(points)
        .chain(simpler)
        .chain(parameters)
}

#[test]
fn backpropagation_fails_at_a_kink_of_tied_biases() {
    // A mutant of `backprop-ae`: "for all θ the backprop vector is the gradient where that exists", c = 0.
    let fails = |(t, theta, x): &TemplateAt| match parameter_gradient(t, theta, x, &RationalOrder) {
        Ok(Some(gradient)) => {
            backprop(t, theta, x, &q(0), &RationalOrder).is_ok_and(|formal| formal != gradient)
        }
        _ => false,
    };
    let minimum: Template = "template(relu, 1, ([[0], [0]], [t0, -t0]), ([[1, -1]], [0]))"
        .parse()
        .unwrap();
    let start = |index| {
        let mut stream = gallery_stream(index);
        let template = TemplateFamily::Tied
            .draw(&mut stream, &TemplateHints::default())
            .unwrap();
        let theta = vec![Rational::zero(); template.parameters()];
        let x = small(&mut stream, template.indim());
        (template, theta, x)
    };
    let mut failing = 0;
    for start in (0..2000).map(start).filter(fails).take(30) {
        failing += 1;
        let (template, theta, x) = minimise(start, templates, fails, BUDGET);
        assert_eq!((theta, x), (vec![q(0)], vec![q(0)]));
        assert_eq!(template, minimum, "{template}");
    }
    assert_eq!(failing, 30);
}
