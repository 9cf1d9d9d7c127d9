//! Every constructor and operation names what it refuses.

use relu_core::activation::Activation;
use relu_core::constructions::{identity_network, sawtooth, square};
use relu_core::evaluate::{
    derivative_at, network_derivative, preactivations, realize, slope_diagonal,
};
use relu_core::linear::Matrix;
use relu_core::network::{Layer, Network};
use relu_core::number::{Rational, Scalar};
use relu_core::operations::{
    compose, linear_combination, pad, parallelize, parallelize_separate, sparse_compose,
};
use relu_core::{Failure, RationalOrder};

use crate::support::{net, q, v};

/// The message of a shape error; anything else fails the test.
fn shape<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    match result {
        Err(Failure::Shape(message)) => message,
        other => panic!("expected a shape error, got {other:?}"),
    }
}

fn matrix(rows: usize, cols: usize) -> Matrix<Rational> {
    Matrix::new(rows, cols, vec![Rational::one(); rows * cols]).unwrap()
}

#[test]
fn layers() {
    assert!(shape(Layer::new(matrix(2, 3), v(&["0"]))).contains("expected length 2, got 1"));
    assert!(shape(Layer::<Rational>::from_sparse_rows(1, vec![], vec![])).contains("got 0x1"));
    assert!(
        shape(Layer::<Rational>::from_sparse_rows(
            0,
            vec![vec![]],
            v(&["0"])
        ))
        .contains("got 1x0")
    );
    for row in [
        vec![(2, q("1"))],
        vec![(1, q("1")), (0, q("1"))],
        vec![(0, q("1")), (0, q("1"))],
    ] {
        assert!(
            shape(Layer::from_sparse_rows(2, vec![row], v(&["0"])))
                .contains("expected ascending columns")
        );
    }
    let kept = Layer::from_sparse_rows(3, vec![vec![(0, q("0")), (2, q("5"))]], v(&["0"])).unwrap();
    assert_eq!(
        kept,
        Layer::new(Matrix::new(1, 3, v(&["0", "0", "5"])).unwrap(), v(&["0"])).unwrap()
    );
    assert_eq!(
        (kept.entries(0).len(), kept.weight(0, 1), kept.weight(0, 2)),
        (1, q("0"), q("5"))
    );
}

#[test]
fn networks() {
    assert!(shape(Network::<Rational>::relu(vec![])).contains("at least 1 layer"));
    let layer = |rows, cols| Layer::new(matrix(rows, cols), vec![Rational::zero(); rows]).unwrap();
    assert!(
        shape(Network::relu(vec![layer(2, 3), layer(1, 3)]))
            .contains("layer 2 of a network: expected 2 columns (the rows of layer 1), got 3")
    );
    let phi = Network::new(Activation::Absolute, vec![layer(2, 3), layer(1, 2)]).unwrap();
    assert_eq!(
        (phi.architecture(), phi.depth(), phi.indim(), phi.outdim()),
        (vec![3, 2, 1], 2, 3, 1)
    );
    assert_eq!(
        (
            phi.width(),
            phi.layer_sum(),
            phi.neurons(),
            phi.parameter_count()
        ),
        (3, 6, 2, 11)
    );
    for layer in [0, 3] {
        assert!(shape(phi.layer_connectivity(layer)).contains("expected 1 to 2"));
    }
    assert_eq!(
        (phi.layer_connectivity(1), phi.layer_connectivity(2)),
        (Ok(6), Ok(2))
    );
    let one = net("net(([[0]], [-3]))");
    assert_eq!((one.width(), one.neurons(), one.connectivity()), (1, 0, 1));
    assert_eq!(
        (one.max_abs_weight(), one.max_abs_bias(), one.weight_bound()),
        (q("0"), q("3"), q("3"))
    );
}

#[test]
fn evaluation() {
    let phi = net("net(([[1,1]], [0]), ([[1]], [0]))");
    let (x, kink) = (v(&["1"]), Rational::zero());
    for message in [
        shape(realize(&phi, &x, &RationalOrder)),
        shape(preactivations(&phi, &x, &RationalOrder)),
        shape(network_derivative(&phi, &x, &kink, &RationalOrder)),
        shape(derivative_at(&phi, &x, &Scalar::from(kink.clone()))),
        shape(slope_diagonal(&phi, &x, &kink, 1, &RationalOrder)),
    ] {
        assert!(
            message.contains("expected length 2 (the input dimension), got 1"),
            "{message}"
        );
    }
    for layer in [0, 2, 3] {
        let message = shape(slope_diagonal(
            &phi,
            &v(&["1", "1"]),
            &kink,
            layer,
            &RationalOrder,
        ));
        assert!(message.contains("expected 1 to 1"), "{message}");
    }
}

#[test]
fn operations() {
    let (one, two) = (net("net(([[1]], [0]))"), net("net(([[1,1]], [0]))"));
    let deep = net("net(([[1]], [0]), ([[1]], [0]))");
    let leaky = deep.with_activation(Activation::Leaky(q("1/4")));
    let fan = net("net(([[1],[1]], [0,0]), ([[1,1],[1,1]], [0,0]))");
    let a = q("1");

    assert!(
        shape(compose(&two, &one))
            .contains("expected an outer network with input dimension 1, got 2")
    );
    assert!(
        shape(compose(&deep, &leaky)).contains("expected one activation, got relu and leaky(1/4)")
    );
    assert_eq!(compose(&one, &leaky).unwrap(), leaky);
    assert_eq!(compose(&leaky, &one).unwrap(), leaky);
    assert!(shape(sparse_compose(&two, &one)).contains("input dimension"));
    assert!(shape(sparse_compose(&leaky, &one)).contains("expected one activation"));
    assert!(shape(sparse_compose(&one, &leaky)).contains("expected one activation"));

    assert!(shape(pad(&deep, 1)).contains("expected a depth of at least 2, got 1"));
    assert!(shape(pad(&leaky, 3)).contains("expected one activation"));
    assert_eq!(pad(&leaky, 2).unwrap(), leaky);

    assert!(shape(parallelize::<Rational>(&[])).contains("at least 1 network"));
    assert!(shape(parallelize(&[&one, &deep])).contains("expected equal depths, got 1 and 2"));
    assert!(
        shape(parallelize(&[&one, &two])).contains("expected equal input dimensions, got 1 and 2")
    );
    assert!(shape(parallelize(&[&deep, &leaky])).contains("expected one activation"));
    assert!(shape(parallelize_separate::<Rational>(&[])).contains("at least 1 network"));
    assert!(shape(parallelize_separate(&[&one, &deep])).contains("expected equal depths"));
    assert_eq!(parallelize_separate(&[&one, &two]).unwrap().indim(), 3);

    assert!(shape(linear_combination::<Rational>(&[])).contains("at least 1 network"));
    assert!(
        shape(linear_combination(&[(a.clone(), &one), (a.clone(), &deep)]))
            .contains("equal depths")
    );
    assert!(
        shape(linear_combination(&[(a.clone(), &one), (a.clone(), &two)])).contains("equal input")
    );
    assert!(
        shape(linear_combination(&[(a.clone(), &deep), (a.clone(), &fan)]))
            .contains("expected equal output dimensions, got 1 and 2")
    );
    assert!(
        shape(linear_combination(&[(a.clone(), &deep), (a, &leaky)]))
            .contains("expected one activation")
    );
}

#[test]
fn constructions() {
    assert!(shape(identity_network(0, 2)).contains("dimension of an identity network"));
    assert!(shape(identity_network(2, 0)).contains("depth of an identity network"));
    assert!(shape(square(0)).contains("expected m at least 1, got 0"));
    assert!(matches!(square(usize::MAX), Err(Failure::Limit(_))));
    assert!(matches!(sawtooth(usize::MAX), Err(Failure::Limit(_))));
    assert_eq!(sawtooth(0).unwrap(), identity_network(1, 1).unwrap());
}

#[test]
fn mutants_of_the_composition_are_visible() {
    // The activation between the factors, the forgotten bias, the reversed product: mutants of `compose-realization`.
    let value = |phi: &Network, x: &[&str]| realize(phi, &v(x), &RationalOrder).unwrap();
    let identity = net("net(([[1]], [0]))");
    assert_eq!(
        value(&compose(&identity, &identity).unwrap(), &["-1"]),
        v(&["-1"])
    );
    let composed = compose(&net("net(([[2]], [0]))"), &net("net(([[1]], [1]))")).unwrap();
    assert_eq!(value(&composed, &["0"]), v(&["2"]));
    let composed = compose(
        &net("net(([[1,0],[1,1]], [0,0]))"),
        &net("net(([[1,1],[0,1]], [0,0]))"),
    )
    .unwrap();
    assert_eq!(value(&composed, &["1", "0"]), v(&["1", "1"]));
}
