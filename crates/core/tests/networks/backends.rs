//! The fast evaluation, the reference and the integer evaluation give the same numbers.

use quickcheck::{Arbitrary, Gen, QuickCheck, quickcheck};
use relu_core::evaluate::{
    derivative_at, network_derivative, preactivations, realize, slope_diagonal,
};
use relu_core::network::Network;
use relu_core::number::{Rational, Scalar};
use relu_core::scaled::{Kind, PointRange, Scaled};
use relu_core::{Failure, RationalOrder, operations, reference};

use crate::support::{Chain, DyadicInstance, Entries, Pair, activation, c, entry, net, q, v};

/// A network under any activation, with a point; the exotic ones stay shallow, as their values grow fast.
#[derive(Clone, Debug)]
struct Activated {
    phi: Network,
    x: Vec<Rational>,
}

impl Arbitrary for Activated {
    fn arbitrary(g: &mut Gen) -> Self {
        let chain = Chain::arbitrary(g);
        let activation = activation(g);
        let x = chain.x.iter().map(|_| entry(g, Entries::Dyadic)).collect();
        Self {
            phi: chain.phi.with_activation(activation),
            x,
        }
    }
}

fn same<T: PartialEq + std::fmt::Debug>(a: Result<T, Failure>, b: Result<T, Failure>) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => a == b,
        (Err(a), Err(b)) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
        (a, b) => panic!("{a:?} against {b:?}"),
    }
}

#[test]
fn fast_and_reference_evaluation_agree() {
    fn law(instance: Activated, kink: i8) -> bool {
        let Activated { phi, x } = instance;
        let kink = Rational::new(kink.into(), 3).unwrap();
        let layers = (0..=phi.depth()).all(|k| {
            same(
                slope_diagonal(&phi, &x, &kink, k, &RationalOrder),
                reference::slope_diagonal(&phi, &x, &kink, k),
            )
        });
        layers
            && same(
                preactivations(&phi, &x, &RationalOrder),
                reference::preactivations(&phi, &x),
            )
            && same(
                realize(&phi, &x, &RationalOrder),
                reference::realize(&phi, &x),
            )
            && same(
                network_derivative(&phi, &x, &kink, &RationalOrder),
                reference::network_derivative(&phi, &x, &kink),
            )
            && same(
                derivative_at(&phi, &x, &c()),
                reference::derivative_at(&phi, &x, &c()),
            )
            && same(
                derivative_at(&phi, &x, &Scalar::from(kink.clone())),
                reference::network_derivative(&phi, &x, &kink)
                    .map(|m| m.map(|entry| Scalar::from(entry.clone()))),
            )
    }
    QuickCheck::new()
        .tests(400)
        .quickcheck(law as fn(Activated, i8) -> bool);
}

quickcheck! {
    fn substituting_c_gives_the_rational_derivative(chain: Chain, kink: i8) -> bool {
        let Chain { phi, x, .. } = chain;
        let kink = Rational::new(kink.into(), 2).unwrap();
        let symbolic = derivative_at(&phi, &x, &c()).unwrap().map(|entry| entry.substitute(0, &kink).unwrap());
        symbolic == derivative_at(&phi, &x, &Scalar::from(kink)).unwrap()
    }

    fn fast_and_reference_operations_agree(chain: Chain, pair: Pair) -> bool {
        let Chain { phi, psi, .. } = chain;
        let terms = [(q("2/3"), &pair.first), (q("-1"), &pair.second)];
        let both = [&pair.first, &pair.second];
        same(operations::compose(&psi, &phi), reference::compose(&psi, &phi))
            && same(operations::compose(&phi, &psi), reference::compose(&phi, &psi))
            && same(operations::sparse_compose(&psi, &phi), reference::sparse_compose(&psi, &phi))
            && same(operations::pad(&phi, 3), reference::pad(&phi, 3))
            && same(operations::parallelize(&both), reference::parallelize(&both))
            && same(operations::parallelize(&[&phi, &psi]), reference::parallelize(&[&phi, &psi]))
            && same(operations::parallelize_separate(&both), reference::parallelize_separate(&both))
            && same(operations::linear_combination(&terms), reference::linear_combination(&terms))
    }

    fn integer_evaluation_is_the_rational_one(instance: DyadicInstance) -> bool {
        let DyadicInstance { phi, kink, x } = instance;
        let range = PointRange::containing(&x).unwrap();
        let (value, derivative) = (
            realize(&phi, &x, &RationalOrder).unwrap(),
            network_derivative(&phi, &x, &kink, &RationalOrder).unwrap(),
        );
        let smallest = Scaled::new(&phi, &kink, &range).unwrap();
        let kinds = [Kind::ExactF64, Kind::I64, Kind::I128, Kind::Big];
        kinds.into_iter().filter(|kind| *kind >= smallest.kind()).all(|kind| {
            let scaled = Scaled::with_kind(&phi, &kink, &range, kind).unwrap();
            let result = scaled.evaluate(&x).unwrap();
            scaled.kind() == kind && result.value == value && result.derivative == derivative
        })
    }

    fn a_range_serves_all_its_points(instance: DyadicInstance) -> bool {
        let DyadicInstance { phi, kink, x } = instance;
        let range = PointRange::containing(x.iter().chain(&[q("9/16")])).unwrap();
        let scaled = Scaled::new(&phi, &kink, &range).unwrap();
        (0..x.len()).all(|j| {
            let mut other = x.clone();
            other[j] = q("-9/16");
            scaled.evaluate(&other).unwrap().value == realize(&phi, &other, &RationalOrder).unwrap()
        })
    }
}

/// x ↦ w·σ(x) on |x| ≤ h has the bound |w|·h.
fn kind_of(weight: Rational, magnitude: &Rational) -> Scaled {
    let row = |entry: Rational| {
        relu_core::network::Layer::from_sparse_rows(1, vec![vec![(0, entry)]], v(&["0"])).unwrap()
    };
    let phi = Network::relu(vec![row(q("1")), row(weight)]).unwrap();
    Scaled::new(&phi, &Rational::zero(), &PointRange::new(0, magnitude)).unwrap()
}

#[test]
fn the_bound_decides_the_kind_at_the_limits() {
    let two = |n: u32| Rational::from(2).pow(n);
    let one = Rational::one();
    for (limit, fits, next) in [
        (two(53), Kind::ExactF64, Kind::I64),
        (two(63) - &one, Kind::I64, Kind::I128),
        (two(127) - &one, Kind::I128, Kind::Big),
    ] {
        let at = kind_of(limit.clone(), &one);
        let above = kind_of(&limit + &one, &one);
        assert_eq!((at.kind(), above.kind()), (fits, next));
        assert_eq!(
            Rational::from(dashu_int::IBig::from(at.bound().clone())),
            limit
        );
        for (scaled, weight) in [(&at, &limit), (&above, &(&limit + &one))] {
            let result = scaled.evaluate(std::slice::from_ref(&one)).unwrap();
            assert_eq!(
                (&result.value[0], result.derivative.get(0, 0)),
                (weight, weight)
            );
            let result = scaled.evaluate(&[-&one]).unwrap();
            assert!(result.value[0].is_zero() && result.derivative.is_zero());
        }
        // The range counts, not only the weights.
        assert_eq!(kind_of(one.clone(), &limit).kind(), fits);
        assert_eq!(kind_of(one.clone(), &(&limit + &one)).kind(), next);
    }
}

#[test]
fn every_partial_sum_counts() {
    // 2⁵³ + 1 − 2⁵³ = 1, but a partial sum is 2⁵³ + 1.
    let phi = net("net(([[9007199254740992,1,-9007199254740992]], [0]))");
    let scaled = Scaled::new(
        &phi,
        &Rational::zero(),
        &PointRange::new(0, &Rational::one()),
    )
    .unwrap();
    assert_eq!(scaled.kind(), Kind::I64);
    assert_eq!(
        scaled.evaluate(&v(&["1", "1", "1"])).unwrap().value,
        v(&["1"])
    );
    let range = PointRange::new(0, &Rational::one());
    let forced = Scaled::with_kind(&phi, &Rational::zero(), &range, Kind::ExactF64);
    assert!(matches!(forced, Err(Failure::Limit(_))));
}

#[test]
fn a_fractional_kink_value_scales_every_hidden_layer() {
    let phi = net("net(([[1],[-1]], [0,0]), ([[1,0],[0,1]], [0,0]), ([[1,-1]], [0]))");
    let range = PointRange::new(0, &Rational::from(4));
    let scaled = Scaled::new(&phi, &q("3/4"), &range).unwrap();
    // 2c² at 0.
    assert_eq!(
        *scaled.evaluate(&v(&["0"])).unwrap().derivative.get(0, 0),
        q("9/8")
    );
    assert_eq!(
        *scaled.evaluate(&v(&["-3"])).unwrap().derivative.get(0, 0),
        q("1")
    );
}

#[test]
fn integers_without_conversion() {
    let phi = net("net(([[1/2],[-1]], [1/4,0]), ([[3,1]], [0]))");
    let scaled = Scaled::new(
        &phi,
        &Rational::zero(),
        &PointRange::new(1, &Rational::from(8)),
    )
    .unwrap();
    // x = 5/2: 3·(5/4 + 1/4) = 9/2 = 18/4 on the grid 2⁻²; slope 3/2 = 3/2¹.
    assert_eq!(scaled.evaluate_integers(&[5]).unwrap(), [18, 3]);
    assert!(matches!(
        scaled.evaluate_integers(&[17]),
        Err(Failure::Limit(_))
    ));
    assert!(matches!(
        scaled.evaluate_integers(&[1, 2]),
        Err(Failure::Shape(_))
    ));
    let wide = kind_of(Rational::from(2).pow(130), &Rational::one());
    assert!(matches!(
        wide.evaluate_integers(&[1]),
        Err(Failure::Limit(_))
    ));
}

#[test]
fn what_the_integer_evaluation_refuses() {
    let zero = Rational::zero();
    let range = PointRange::new(2, &Rational::one());
    for text in [
        "net(([[1/3]], [0]))",
        "net(([[1]], [1/3]))",
        "with_activation(net(([[1]], [0]), ([[1]], [0])), leaky(1/4))",
    ] {
        assert!(
            matches!(
                Scaled::new(&net(text), &zero, &range),
                Err(Failure::Shape(_))
            ),
            "{text}"
        );
    }
    let phi = net("net(([[1]], [0]), ([[1]], [0]))");
    assert!(matches!(
        Scaled::new(&phi, &q("1/3"), &range),
        Err(Failure::Shape(_))
    ));
    assert!(PointRange::containing(&v(&["1/2", "1/3"])).is_err());
    let scaled = Scaled::new(&phi, &zero, &range).unwrap();
    for x in ["5/4", "-2", "1/8", "1/3"] {
        assert!(
            matches!(scaled.evaluate(&v(&[x])), Err(Failure::Limit(_))),
            "{x}"
        );
    }
    assert!(matches!(
        scaled.evaluate(&v(&["0", "0"])),
        Err(Failure::Shape(_))
    ));
    assert!(scaled.evaluate(&v(&["-1"])).is_ok() && scaled.evaluate(&v(&["3/4"])).is_ok());
}
