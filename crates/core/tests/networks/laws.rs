//! Laws of the operations and of the texts.

use quickcheck::quickcheck;
use relu_core::constructions::identity_network;
use relu_core::encoding::{bit_length_bound, decode, encode};
use relu_core::evaluate::{
    derivative_at, network_derivative, preactivations, realize, slope_diagonal,
};
use relu_core::linear::Matrix;
use relu_core::network::Network;
use relu_core::number::{Rational, Scalar};
use relu_core::operations::{
    compose, linear_combination, pad, parallelize, parallelize_separate, sparse_compose,
};
use relu_core::{Field, RationalOrder};

use crate::support::{Chain, DyadicInstance, Pair, c, line, q};

fn value(phi: &Network, x: &[Rational]) -> Vec<Rational> {
    realize(phi, x, &RationalOrder).unwrap()
}

fn derivative(phi: &Network, x: &[Rational]) -> Matrix<Scalar> {
    derivative_at(phi, x, &c()).unwrap()
}

fn unit(dimension: usize) -> Network {
    identity_network(dimension, 1).unwrap()
}

quickcheck! {
    fn the_realization_of_a_composition_is_the_composition(chain: Chain) -> bool {
        let Chain { phi, psi, x, .. } = chain;
        let composed = compose(&psi, &phi).unwrap();
        value(&composed, &x) == value(&psi, &value(&phi, &x))
            && composed.depth() == psi.depth() + phi.depth() - 1
    }

    fn composition_is_a_monoid(chain: Chain) -> bool {
        let Chain { phi, psi, chi, .. } = chain;
        let left = compose(&compose(&chi, &psi).unwrap(), &phi).unwrap();
        let right = compose(&chi, &compose(&psi, &phi).unwrap()).unwrap();
        left == right
            && compose(&phi, &unit(phi.indim())).unwrap() == phi
            && compose(&unit(phi.outdim()), &phi).unwrap() == phi
    }

    fn the_chain_rule_holds_at_every_point_for_symbolic_c(chain: Chain) -> bool {
        let Chain { phi, psi, x, .. } = chain;
        let composed = derivative(&compose(&psi, &phi).unwrap(), &x);
        composed == derivative(&psi, &value(&phi, &x)).times(&derivative(&phi, &x)).unwrap()
    }

    fn connectivity_and_weight_bound_of_a_composition(chain: Chain) -> bool {
        let Chain { phi, psi, .. } = chain;
        let composed = compose(&psi, &phi).unwrap();
        let merged = composed.layer_connectivity(phi.depth()).unwrap();
        let (m_phi, m_psi) = (phi.connectivity(), psi.connectivity());
        let (last, first) = (phi.layer_connectivity(phi.depth()).unwrap(), psi.layer_connectivity(1).unwrap());
        let (b_phi, b_psi) = (phi.weight_bound(), psi.weight_bound());
        let width = Rational::from(i64::try_from(phi.outdim()).unwrap());
        let bound = &(&width * &b_psi) * &b_phi + &b_psi;
        composed.connectivity() == m_phi - last + m_psi - first + merged
            && composed.weight_bound() <= b_phi.max(b_psi).max(bound)
    }

    fn sparse_composition(chain: Chain) -> bool {
        let Chain { phi, psi, x, .. } = chain;
        let sparse = sparse_compose(&psi, &phi).unwrap();
        let first_weights = psi.layer(0).stored().len();
        let expected = phi.connectivity() + phi.layer_connectivity(phi.depth()).unwrap() + psi.connectivity() + first_weights;
        value(&sparse, &x) == value(&psi, &value(&phi, &x))
            && sparse.depth() == phi.depth() + psi.depth()
            && sparse.connectivity() == expected
            && sparse.weight_bound() == phi.weight_bound().max(psi.weight_bound())
    }

    fn parallelization_stacks_values_and_derivatives(pair: Pair) -> bool {
        let Pair { first, second, x } = pair;
        let both = parallelize(&[&first, &second]).unwrap();
        let stacked = [value(&first, &x), value(&second, &x)].concat();
        let hidden = (1..first.depth()).all(|l| both.architecture()[l] == first.architecture()[l] + second.architecture()[l]);
        value(&both, &x) == stacked
            && derivative(&both, &x) == derivative(&first, &x).stacked(&derivative(&second, &x)).unwrap()
            && both.connectivity() == first.connectivity() + second.connectivity()
            && both.weight_bound() == first.weight_bound().max(second.weight_bound())
            && both.indim() == first.indim()
            && hidden
    }

    fn separate_inputs_are_independent(pair: Pair) -> bool {
        let Pair { first, second, x } = pair;
        let both = parallelize_separate(&[&first, &second]).unwrap();
        let other: Vec<Rational> = x.iter().map(|value| value + &Rational::one()).collect();
        let stacked = [value(&first, &x), value(&second, &other)].concat();
        value(&both, &[x, other].concat()) == stacked && both.connectivity() == first.connectivity() + second.connectivity()
    }

    fn linear_combinations(pair: Pair) -> bool {
        let Pair { first, second, x } = pair;
        let (a, b) = (q("-3/2"), q("5"));
        let sum = linear_combination(&[(a.clone(), &first), (b.clone(), &second)]).unwrap();
        let expected: Vec<Rational> = value(&first, &x).iter().zip(value(&second, &x)).map(|(u, v)| &a * u + &b * &v).collect();
        let slopes = derivative(&first, &x).scaled(&Scalar::from(a)).plus(&derivative(&second, &x).scaled(&Scalar::from(b))).unwrap();
        value(&sum, &x) == expected
            && derivative(&sum, &x) == slopes
            && sum.connectivity() <= first.connectivity() + second.connectivity()
            && sum.depth() == first.depth()
    }

    fn padding_keeps_the_realization(chain: Chain) -> bool {
        let Chain { phi, x, .. } = chain;
        (0..4).all(|more| {
            let padded = pad(&phi, phi.depth() + more).unwrap();
            padded.depth() == phi.depth() + more && value(&padded, &x) == value(&phi, &x) && (more > 0 || padded == phi)
        })
    }

    fn texts_and_files_round_trip(chain: Chain) -> bool {
        let phi = chain.phi;
        let leaky = phi.with_activation("leaky(-2/7)".parse().unwrap());
        [phi, leaky].iter().all(|phi| {
            phi.to_string().parse::<Network>().unwrap() == *phi
                && serde_json::from_str::<Network>(&serde_json::to_string(phi).unwrap()).unwrap() == *phi
        })
    }

    fn codes_round_trip_within_the_bound(instance: DyadicInstance) -> bool {
        let phi = instance.phi;
        (3..6).all(|exponent| {
            let bits = encode(&phi, exponent).unwrap();
            let larger = phi.weight_bound() + Rational::one();
            decode(&bits, exponent).unwrap() == phi
                && bits.len() <= bit_length_bound(&phi, exponent, &phi.weight_bound()).unwrap()
                && bits.len() <= bit_length_bound(&phi, exponent, &larger).unwrap()
        })
    }

    fn the_derivative_is_the_product_of_its_layers(chain: Chain) -> bool {
        let Chain { phi, x, .. } = chain;
        let kink = q("3/5");
        let mut product = phi.layer(0).weights();
        for k in 1..phi.depth() {
            let slopes = slope_diagonal(&phi, &x, &kink, k, &RationalOrder).unwrap();
            let rows = (0..product.rows()).map(|i| product.row(i).iter().map(|entry| entry * &slopes[i]).collect()).collect();
            product = phi.layer(k).weights().times(&Matrix::from_rows(rows).unwrap()).unwrap();
        }
        product == network_derivative(&phi, &x, &kink, &RationalOrder).unwrap()
    }

    fn a_lifted_network_behaves_like_the_network(chain: Chain) -> bool {
        let Chain { phi, x, .. } = chain;
        let lifted: Vec<Scalar> = x.iter().cloned().map(Scalar::from).collect();
        let symbolic = network_derivative(&phi.lifted(), &lifted, &c(), &line()).unwrap();
        let z: Vec<Vec<Scalar>> = preactivations(&phi.lifted(), &lifted, &line()).unwrap();
        let rational = preactivations(&phi, &x, &RationalOrder).unwrap();
        symbolic == derivative(&phi, &x)
            && z == rational.into_iter().map(|z| z.into_iter().map(Scalar::from).collect()).collect::<Vec<Vec<_>>>()
    }
}

#[test]
fn composition_with_symbolic_parameters() {
    let symbolic = |entry: Scalar| {
        let one = Matrix::new(1, 1, vec![entry]).unwrap();
        Network::relu(vec![
            relu_core::network::Layer::new(one, vec![c()]).unwrap(),
        ])
        .unwrap()
    };
    let composed = compose(&symbolic(c()), &symbolic(Scalar::from(q("2")))).unwrap();
    // c·(2x + c) + c.
    assert_eq!(
        composed.layer(0).weight(0, 0),
        c().times(&Scalar::from(q("2")))
    );
    assert_eq!(*composed.layer(0).bias(0), c().times(&c()).plus(&c()));
}
