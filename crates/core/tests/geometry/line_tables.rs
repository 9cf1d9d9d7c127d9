//! Reference values that need the networks of approximation theory.

use relu_core::constructions::{cutoff, global, power};
use relu_core::evaluate::realize;
use relu_core::geometry::line::{Curve, infimum, sup_error, supremum, w1inf_error};
use relu_core::geometry::{Domain, Side, pieces, pieces_on};
use relu_core::network::Network;
use relu_core::number::{Algebraic, Poly, Rational};
use relu_core::{RationalOrder, reference};

use crate::support::number;

fn side(lower: &str, upper: &str) -> Side {
    let interval = Domain::interval(number(lower), number(upper));
    interval.unwrap().side().unwrap()
}

fn algebraic(text: &str) -> Algebraic {
    number(text).into()
}

/// x³ and x⁴ from products with m = 2; and the certified bounds of the construction hold.
#[test]
fn powers_from_products() {
    let unit = side("0", "1");
    for (n, slope) in [(3, "1/2"), (4, "15/16")] {
        let (phi, _) = power(n, 2).unwrap();
        let f = Curve::from(Poly::variable().pow(n));
        let found = w1inf_error(&phi, &f, &unit).unwrap();
        assert_eq!(found.value, algebraic(slope));
        assert_eq!(reference::w1inf_error(&phi, &f, &unit), Ok(found.value));
        let values = sup_error(&phi, &f, &unit).unwrap().value;
        assert_eq!(reference::sup_error(&phi, &f, &unit), Ok(values));
    }
    let (cube, _) = power(3, 2).unwrap();
    assert_eq!(pieces_on(&cube, &unit).unwrap().len(), 7);
    assert_eq!(reference::segments(&cube, &unit).unwrap().len(), 7);
}

/// Five pieces with slopes 0, ±1, and values in [0, 1].
#[test]
fn the_approximate_characteristic_function() {
    let phi = cutoff(1, &2.into()).unwrap();
    let found = pieces(&phi).unwrap();
    let slopes: Vec<Rational> = found.iter().map(|piece| piece.slope[0].clone()).collect();
    assert_eq!(slopes, [0, 1, 0, -1, 0].map(Rational::from));
    assert_eq!(supremum(&phi, &Side::line()).unwrap().value, 1.into());
    assert_eq!(infimum(&phi, &Side::line()).unwrap().value, 0.into());
    assert_eq!(infimum(&phi, &side("-2", "2")).unwrap().value, 1.into());
    let zero = Curve::from(Poly::zero());
    let outside = Side {
        lower: Some(3.into()),
        upper: None,
    };
    assert_eq!(
        w1inf_error(&phi, &zero, &outside).unwrap().value,
        algebraic("0")
    );
    assert_eq!(
        w1inf_error(&phi, &zero, &Side::line()).unwrap().value,
        algebraic("1")
    );
}

/// The global network for f = x, B = 12, M = 14, m = 7.
#[test]
fn the_global_network_for_the_identity() {
    let identity: Network = "net(([[1],[-1]],[0,0]),([[1,0],[0,1]],[0,0]),([[1,-1]],[0]))"
        .parse()
        .unwrap();
    let phi = global(&identity, &12.into(), 7, &14.into()).unwrap();
    for (x, value) in [
        ("1", "2051/2048"),
        ("5", "10241/2048"),
        ("25/2", "12803/2048"),
        ("-25/2", "-12803/2048"),
        ("13", "0"),
        ("100", "0"),
    ] {
        let at = realize(&phi, &[number(x)], &RationalOrder).unwrap();
        assert_eq!(at, [number(value)], "{x}");
    }
    assert_eq!(pieces(&phi).unwrap().len(), 243);
    assert_eq!(reference::segments(&phi, &Side::line()).unwrap().len(), 243);
    let f = Curve::from(Poly::variable());
    let inside = side("-12", "12");
    let found = w1inf_error(&phi, &f, &inside).unwrap().value;
    assert_eq!(found, algebraic("3/32"));
    assert_eq!(reference::w1inf_error(&phi, &f, &inside), Ok(found));
    let far = Side {
        lower: None,
        upper: Some((-13).into()),
    };
    let zero = Curve::from(Poly::zero());
    assert_eq!(
        w1inf_error(&phi, &zero, &far).unwrap().value,
        algebraic("0")
    );
}
