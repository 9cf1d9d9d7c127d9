//! Activations: both backends, the clusters of slopes, and the arguments that are refused.

use quickcheck::quickcheck;
use relu_core::activation::{Activation, Kinks};
use relu_core::evaluate::{derivative_at, network_derivative};
use relu_core::number::{Others, Poly, Rational, RealCell, RealContext, Scalar, real_roots};
use relu_core::{Failure, Field, RationalOrder, reference};

use crate::support::{c, in_c, line, net, q, v};

const ALL: [&str; 12] = [
    "relu",
    "leaky(1/4)",
    "leaky(1)",
    "leaky(-3)",
    "absolute",
    "hard_tanh",
    "kinked_square",
    "heaviside",
    "identity",
    "polynomial([1,-2,0,3])",
    "binary_to_ternary",
    "svc_gaps",
];

fn activation(text: &str) -> Activation {
    text.parse().unwrap()
}

/// Fast activation and reference agree at z, failures included (asserted); whether they had an answer.
fn agree(text: &str, z: &Rational) -> bool {
    let (rho, kink) = (activation(text), q("77/5"));
    match (
        reference::activation_value(&rho, z),
        reference::activation_slope(&rho, z),
    ) {
        (Ok(value), Ok(slope)) => {
            assert_eq!(rho.value(z, &RationalOrder), Ok(value), "{text} at {z}");
            assert_eq!(
                rho.is_kink(z, &RationalOrder),
                Ok(slope.is_none()),
                "{text} at {z}"
            );
            let expected = slope.unwrap_or_else(|| kink.clone());
            assert_eq!(
                rho.slope(z, &kink, &RationalOrder),
                Ok(expected),
                "{text} at {z}"
            );
            true
        }
        (Err(expected), Err(_)) => {
            for got in [
                rho.value(z, &RationalOrder),
                rho.slope(z, &kink, &RationalOrder),
            ] {
                let got = got.unwrap_err();
                assert_eq!(
                    std::mem::discriminant(&got),
                    std::mem::discriminant(&expected),
                    "{text} at {z}: {got}"
                );
            }
            false
        }
        (value, slope) => panic!("{text} at {z}: {value:?}, {slope:?}"),
    }
}

quickcheck! {
    fn values_and_slopes_agree_with_the_reference(p: i16, d: u8) -> bool {
        let z = Rational::new(p.into(), i64::from(d) + 1).unwrap().half().half();
        ALL.iter().all(|text| agree(text, &z) || *text == "svc_gaps")
    }

    fn exotic_activations_agree_inside_the_unit_interval(p: u16, d: u16) -> bool {
        let d = i64::from(d % 600) + 1;
        let z = Rational::new(i64::from(p) % d, d).unwrap();
        ["svc_gaps", "binary_to_ternary"].map(|text| agree(text, &z))[1]
    }

    fn dyadic_arguments_are_always_decided(p: u16) -> bool {
        let z = Rational::new(p.into(), 1 << 16).unwrap();
        agree("svc_gaps", &z) && agree("binary_to_ternary", &z)
    }
}

#[test]
fn one_sided_slopes_at_the_kinks() {
    for (text, z, left, right) in [
        ("relu", "0", "0", "1"),
        ("leaky(1/4)", "0", "1/4", "1"),
        ("absolute", "0", "-1", "1"),
        ("hard_tanh", "-1", "0", "1"),
        ("hard_tanh", "1", "1", "0"),
        ("kinked_square", "0", "0", "1"),
        ("heaviside", "0", "0", "0"),
        ("binary_to_ternary", "1/2", "1/6", "1/3"),
        ("svc_gaps", "1/2", "1", "-1"),
    ] {
        let rho = activation(text);
        assert_eq!(
            rho.left_slope(&q(z), &RationalOrder).unwrap(),
            q(left),
            "{text}"
        );
        assert_eq!(
            rho.right_slope(&q(z), &RationalOrder).unwrap(),
            q(right),
            "{text}"
        );
        assert_eq!(
            rho.slope(&q(z), &q("9"), &RationalOrder).unwrap(),
            q("9"),
            "{text}"
        );
    }
}

#[test]
fn cluster_values_of_the_slope() {
    for (text, z, expected) in [
        ("relu", "2", &["1"][..]),
        ("relu", "0", &["0", "1", "9"]),
        ("leaky(1)", "0", &["1"]),
        ("absolute", "-1", &["-1"]),
        ("hard_tanh", "0", &["1"]),
        ("hard_tanh", "1", &["1", "0", "9"]),
        ("kinked_square", "2", &["3"]),
        ("heaviside", "0", &["0", "9"]),
        ("polynomial([0,0,1])", "3", &["6"]),
        ("binary_to_ternary", "1/3", &["1/8", "9"]),
        ("binary_to_ternary", "1/2", &["1/6", "1/3", "9"]),
        ("binary_to_ternary", "0", &["0", "9"]),
        ("binary_to_ternary", "2", &["1/2"]),
        ("svc_gaps", "0", &["-1", "0", "1", "9"]),
        ("svc_gaps", "4/15", &["-1", "0", "1", "9"]),
        ("svc_gaps", "2/5", &["0"]),
        ("svc_gaps", "-1", &["0"]),
    ] {
        let found = activation(text)
            .slope_clusters(&q(z), &q("9"), &RationalOrder)
            .unwrap();
        assert_eq!(found, v(expected), "{text} at {z}");
    }
    let equal = activation("relu")
        .slope_clusters(&q("0"), &q("1"), &RationalOrder)
        .unwrap();
    assert_eq!(equal, v(&["0", "1"]));
}

#[test]
fn the_exotic_activations_take_a_symbol_that_has_a_rational_value() {
    let at = |cell| RealContext {
        cell,
        others: Others::EquationOnly,
    };
    let linear = Poly::from_coefficients(v(&["-1", "3"]));
    let third = at(RealCell::Point(real_roots(&linear).pop().unwrap()));
    let rho = activation("binary_to_ternary");
    assert_eq!(rho.value(&c(), &third).unwrap(), Scalar::from(q("1/60")));
    assert_eq!(
        rho.slope(&c(), &in_c(&["5"]), &third).unwrap(),
        Scalar::from(q("1/8"))
    );

    let root = real_roots(&Poly::from_coefficients(v(&["-1", "0", "2"])))
        .pop()
        .unwrap();
    for context in [line(), at(RealCell::Point(root))] {
        for text in ["binary_to_ternary", "svc_gaps"] {
            let rho = activation(text);
            assert!(
                matches!(rho.value(&c(), &context), Err(Failure::Unknown(_))),
                "{text}"
            );
            assert!(
                matches!(
                    rho.slope_clusters(&c(), &c(), &context),
                    Err(Failure::Unknown(_))
                ),
                "{text}"
            );
        }
    }
}

#[test]
fn a_symbol_on_a_kink_splits_the_line() {
    for text in [
        "relu",
        "absolute",
        "hard_tanh",
        "kinked_square",
        "heaviside",
    ] {
        assert!(
            matches!(
                activation(text).value(&c(), &line()),
                Err(Failure::Split(_))
            ),
            "{text}"
        );
    }
    assert_eq!(activation("identity").value(&c(), &line()).unwrap(), c());
    assert_eq!(
        activation("polynomial([0,0,1])")
            .slope(&c(), &c(), &line())
            .unwrap(),
        c().plus(&c())
    );
}

#[test]
fn kinks_by_name() {
    assert_eq!(
        activation("hard_tanh").kinks(),
        Kinks::Finite(v(&["-1", "1"]))
    );
    assert_eq!(activation("leaky(1)").kinks(), Kinks::None);
    assert_eq!(activation("polynomial([])").kinks(), Kinks::None);
    for text in ["binary_to_ternary", "svc_gaps"] {
        let rho = activation(text);
        assert!(
            matches!(rho.kinks(), Kinks::Countable(_))
                && rho.pieces().is_none()
                && !rho.is_piecewise_linear()
        );
    }
    for text in [
        "relu",
        "leaky(-3)",
        "absolute",
        "hard_tanh",
        "identity",
        "polynomial([1,2])",
    ] {
        assert!(activation(text).is_piecewise_linear(), "{text}");
    }
    for text in ["kinked_square", "heaviside", "polynomial([0,0,1])"] {
        assert!(!activation(text).is_piecewise_linear(), "{text}");
    }
}

#[test]
fn planted_kinks_of_general_activations() {
    // z = 1 on the kink of hard-tanh; its next layer is saturated.
    let phi = net("with_activation(net(([[1]], [0]), ([[1]], [0]), ([[1]], [0])), hard_tanh)");
    assert_eq!(
        *derivative_at(&phi, &v(&["1"]), &c()).unwrap().get(0, 0),
        in_c(&["0", "0", "1"])
    );
    // h ≡ 1 for x ≥ 1, so the second pre-activation is a kink on an open set.
    assert_eq!(
        *derivative_at(&phi, &v(&["5"]), &c()).unwrap().get(0, 0),
        in_c(&["0"])
    );
    let phi = net("with_activation(net(([[1]], [0]), ([[1]], [0])), binary_to_ternary)");
    assert_eq!(
        *derivative_at(&phi, &v(&["5/8"]), &c()).unwrap().get(0, 0),
        c()
    );
    assert_eq!(
        *derivative_at(&phi, &v(&["1/3"]), &c()).unwrap().get(0, 0),
        in_c(&["1/8"])
    );
    let kink = q("2");
    assert_eq!(
        *network_derivative(&phi, &v(&["5/8"]), &kink, &RationalOrder)
            .unwrap()
            .get(0, 0),
        kink
    );
}
