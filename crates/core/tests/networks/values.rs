//! Reference values, computed by hand or by other programs.

use relu_core::constructions::{identity_network, sawtooth, square};
use relu_core::evaluate::{derivative_at, realize};
use relu_core::linear::Matrix;
use relu_core::network::Network;
use relu_core::number::{Rational, Scalar};
use relu_core::operations::{compose, sparse_compose};
use relu_core::{RationalOrder, reference};

use crate::support::{c, in_c, net, q, v};

fn value(phi: &Network, x: &[&str]) -> Vec<Rational> {
    let fast = realize(phi, &v(x), &RationalOrder).unwrap();
    assert_eq!(reference::realize(phi, &v(x)).unwrap(), fast);
    fast
}

/// D_c with symbolic c, agreed by both backends.
fn derivative(phi: &Network, x: &[&str]) -> Matrix<Scalar> {
    let fast = derivative_at(phi, &v(x), &c()).unwrap();
    assert_eq!(reference::derivative_at(phi, &v(x), &c()).unwrap(), fast);
    fast
}

fn row(entries: &[Scalar]) -> Matrix<Scalar> {
    Matrix::new(1, entries.len(), entries.to_vec()).unwrap()
}

fn sizes(phi: &Network) -> (usize, usize, usize, Rational) {
    (
        phi.depth(),
        phi.width(),
        phi.connectivity(),
        phi.weight_bound(),
    )
}

#[test]
fn rv_1_sizes_of_the_sawtooth() {
    for s in 1..=5 {
        assert_eq!(
            sizes(&sawtooth(s).unwrap()),
            (s + 1, 3, 11 * s - 3, 4.into())
        );
    }
    assert_eq!(sizes(&sawtooth(3).unwrap()), (4, 3, 30, 4.into()));
}

#[test]
fn rv_2_values_of_the_sawtooth() {
    let g = sawtooth(3).unwrap();
    for (x, expected) in [("1/3", "2/3"), ("1/5", "2/5"), ("3/16", "1/2")] {
        assert_eq!(value(&g, &[x]), v(&[expected]));
    }
    assert_eq!(derivative(&g, &["3/16"]), row(&[in_c(&["-8"])]));
}

#[test]
fn rv_4_connectivity_of_the_squaring_network() {
    for (m, expected) in [(1, 10), (2, 25), (3, 40), (4, 55), (5, 70)] {
        let phi = square(m).unwrap();
        let bound = if m == 1 { 1 } else { 4 };
        assert_eq!(sizes(&phi), (m + 1, 4, expected, bound.into()));
    }
}

#[test]
fn rv_5_values_and_slopes_of_the_squaring_network() {
    for (m, image, slope) in [(1, "1/6", "1/2"), (2, "1/8", "3/4"), (3, "11/96", "5/8")] {
        let phi = square(m).unwrap();
        assert_eq!(value(&phi, &["1/3"]), v(&[image]));
        assert_eq!(derivative(&phi, &["1/3"]), row(&[in_c(&[slope])]));
    }
}

#[test]
fn rv_6_the_squaring_network_outside_the_unit_interval() {
    for m in 1..=6 {
        let phi = square(m).unwrap();
        assert_eq!(value(&phi, &["3/2"]), v(&["3/2"]));
        assert_eq!(value(&phi, &["-1"]), v(&["0"]));
    }
}

#[test]
fn rv_8_derivatives_of_the_squaring_network_at_its_nodes() {
    let phi = square(2).unwrap();
    for (x, coefficients) in [
        ("0", ["0", "0", "1/4"]),
        ("1/4", ["1/4", "1/2", "0"]),
        ("1/2", ["3/4", "1/4", "1/2"]),
        ("3/4", ["7/4", "-1/2", "0"]),
        // (2 − c)(c + 3)/4 = (6 − c − c²)/4.
        ("1", ["3/2", "-1/4", "-1/4"]),
    ] {
        assert_eq!(
            derivative(&phi, &[x]),
            row(&[in_c(&coefficients)]),
            "at {x}"
        );
    }
}

#[test]
fn rv_10_the_squaring_network_at_one_half() {
    for m in 2..=4 {
        let phi = square(m).unwrap();
        for (kink, expected) in [("0", "3/4"), ("1/2", "1")] {
            let d = derivative_at(&phi, &v(&["1/2"]), &Scalar::from(q(kink))).unwrap();
            assert_eq!(d, row(&[Scalar::from(q(expected))]), "m = {m}, c = {kink}");
        }
    }
}

#[test]
fn rv_11_derivatives_and_sizes_of_the_identity() {
    let expected = [
        &["1"][..],
        &["0", "2"],
        &["0", "0", "2"],
        &["0", "0", "0", "2"],
    ];
    for (depth, coefficients) in (1..).zip(expected) {
        let phi = identity_network(1, depth).unwrap();
        assert_eq!(derivative(&phi, &["0"]), row(&[in_c(coefficients)]));
        assert_eq!(derivative(&phi, &["-7/3"]), row(&[in_c(&["1"])]));
    }
    for (depth, connectivity) in [(1, 3), (2, 12), (3, 18), (4, 24)] {
        let phi = identity_network(3, depth).unwrap();
        assert_eq!(
            sizes(&phi),
            (
                depth,
                if depth == 1 { 3 } else { 6 },
                connectivity,
                1.into()
            )
        );
        assert_eq!(value(&phi, &["1", "-2/3", "0"]), v(&["1", "-2/3", "0"]));
    }
}

#[test]
fn rv_12_a_smooth_function_whose_derivative_at_0_is_0_for_every_c() {
    let w1 = net("net(([[1],[-1]], [0,0]), ([[1,0],[1,-2],[0,1]], [0,0,0]), ([[2,-1,-1]], [0]))");
    assert_eq!(
        (w1.connectivity(), w1.architecture()),
        (9, vec![1, 2, 3, 1])
    );
    assert_eq!(derivative(&w1, &["0"]), row(&[in_c(&["0"])]));
    for x in ["-3", "-1", "0", "2", "5"] {
        assert_eq!(value(&w1, &[x]), v(&[x]));
    }
}

#[test]
fn rv_14_two_points_that_no_c_serves() {
    let w3 = net("net(([[1]], [0]), ([[1],[-1],[-8]], [-1,1,0]), ([[1,-1,1]], [0]))");
    assert_eq!(w3.connectivity(), 9);
    assert_eq!(derivative(&w3, &["0"]), row(&[in_c(&["0", "1", "-8"])]));
    assert_eq!(derivative(&w3, &["1"]), row(&[in_c(&["0", "2"])]));
}

#[test]
fn rv_17_fill_in_and_the_sparse_composition() {
    let (phi, psi) = (net("net(([[1,1]], [1]))"), net("net(([[1],[1]], [0,0]))"));
    assert_eq!((phi.connectivity(), psi.connectivity()), (3, 2));
    assert_eq!(compose(&psi, &phi).unwrap().connectivity(), 6);

    let p = net("net(([[1,2],[0,1]], [1,0]), ([[1,-1],[2,0]], [3,0]))");
    let q = net("net(([[1,1],[0,2]], [0,-1]), ([[1,-3]], [0]))");
    assert_eq!((p.connectivity(), q.connectivity()), (8, 6));
    let sparse = sparse_compose(&q, &p).unwrap();
    assert_eq!(
        (sparse.connectivity(), sparse.depth(), sparse.weight_bound()),
        (21, 4, 3.into())
    );
    let merged = compose(&q, &p).unwrap();
    assert_eq!(
        (merged.connectivity(), merged.weight_bound()),
        (11, 4.into())
    );
}

#[test]
fn rv_29_one_network_under_five_activations() {
    let parameters = "net(([[1,1],[1,-1]], [0,-1/2]), ([[1,2],[-1,1]], [0,1]), ([[1,1]], [0]))";
    for (activation, image, gradient) in [
        ("relu", "1", ["0", "0"]),
        ("leaky(1/4)", "29/40", ["3/4", "-3/4"]),
        ("absolute", "21/10", ["-3", "3"]),
        ("hard_tanh", "-1/10", ["3", "-3"]),
        (
            "kinked_square",
            "1156621/720000",
            ["-7177/6000", "44623/18000"],
        ),
    ] {
        let phi = net(&format!("with_activation({parameters}, {activation})"));
        assert_eq!(value(&phi, &["1/3", "1/5"]), v(&[image]), "{activation}");
        let expected = row(&gradient.map(|entry| in_c(&[entry])));
        assert_eq!(derivative(&phi, &["1/3", "1/5"]), expected, "{activation}");
    }
    let phi = net(parameters);
    assert_eq!(value(&phi, &["1/2", "0"]), v(&["1"]));
    assert_eq!(
        derivative(&phi, &["1/2", "0"]),
        row(&[in_c(&["0", "3"]), in_c(&["0", "-3"])])
    );
}

#[test]
fn the_depth_one_network_ignores_c() {
    assert_eq!(
        derivative(&net("net(([[0]], [0]))"), &["0"]),
        row(&[in_c(&["0"])])
    );
    assert_eq!(
        derivative(&net("net(([[5]], [0]))"), &["0"]),
        row(&[in_c(&["5"])])
    );
}
