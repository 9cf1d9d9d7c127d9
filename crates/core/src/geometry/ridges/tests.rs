use super::*;
use crate::constructions::{multiply, multiply_unit};
use crate::geometry::cells;
use crate::number::enclosure::Enclosure;
use crate::number::multipoly::MultiPoly;
use crate::number::polynomial::Polynomial;
use crate::reference::RidgeWitness;

fn square(low: i64, high: i64) -> Domain {
    Domain::interval(low.into(), high.into())
        .unwrap()
        .power(2)
        .unwrap()
}

fn product() -> Polynomial {
    Polynomial::new(2, &MultiPoly::symbol(0) * &MultiPoly::symbol(1)).unwrap()
}

fn power(m: usize) -> Rational {
    Rational::one().half().pow(u32::try_from(m).unwrap())
}

#[test]
fn products_agree_with_their_cells() {
    for m in 1..=4 {
        for (phi, domain) in [
            (multiply_unit(m).unwrap(), square(0, 1)),
            (multiply(m, &3.into()).unwrap(), square(-3, 3)),
        ] {
            let found = deviation(&phi, &product(), &domain).unwrap().unwrap();
            let expected = cells::deviation(&phi, &product(), &domain, 100_000).unwrap();
            assert_eq!(found.deviation, expected, "m = {m}");
        }
    }
}

#[test]
fn large_products_are_exact_in_both_backends() {
    let three = Rational::from(3);
    let symmetric = (multiply(12, &three).unwrap(), square(-3, 3), three);
    let unit = (multiply_unit(12).unwrap(), square(0, 1), Rational::one());
    for (phi, domain, size) in [symmetric, unit] {
        let found = deviation(&phi, &product(), &domain).unwrap().unwrap();
        let (value, derivative) = (&power(26) * &size.pow(2), &power(12) * &size);
        assert_eq!(found.deviation.value, Enclosure::exactly(value.clone()));
        assert_eq!(
            found.deviation.derivative,
            Enclosure::exactly(derivative.clone())
        );
        let checked = found
            .clone()
            .witness()
            .check(&phi, &product(), &domain)
            .unwrap();
        assert_eq!(
            checked,
            (Enclosure::exactly(value), Enclosure::exactly(derivative))
        );
    }
}

#[test]
fn a_neuron_that_changes_its_sign_is_not_split() {
    // max(|x| − |y|, 0): the outer neuron depends on both and changes its sign.
    let phi: Network =
        "net(([[1,0],[-1,0],[0,1],[0,-1]],[0,0,0,0]),([[1,1,-1,-1]],[0]),([[1]],[0]))"
            .parse()
            .unwrap();
    assert!(
        deviation(&phi, &product(), &square(-1, 1))
            .unwrap()
            .is_none()
    );
    let nothing = RidgeWitness {
        value_at: None,
        derivative_at: None,
    };
    assert!(matches!(
        nothing.check(&phi, &product(), &square(-1, 1)),
        Err(Failure::Unknown(_))
    ));
    // Where |y| ≤ |x| it is a sum, against x² − y² but not against xy.
    let domain = Domain::interval(1.into(), 2.into())
        .unwrap()
        .times(&Domain::interval((-1).into(), 1.into()).unwrap())
        .unwrap();
    assert!(deviation(&phi, &product(), &domain).unwrap().is_none());
    assert!(nothing.check(&phi, &product(), &domain).is_err());
    let (x, y) = (MultiPoly::symbol(0), MultiPoly::symbol(1));
    let p = Polynomial::new(2, &(&x * &x) - &(&y * &y)).unwrap();
    let found = deviation(&phi, &p, &domain).unwrap().unwrap();
    let expected = cells::deviation(&phi, &p, &domain, 100).unwrap();
    assert_eq!(found.deviation, expected);
    let checked = found.clone().witness().check(&phi, &p, &domain).unwrap();
    assert_eq!(checked, (expected.value, expected.derivative));
}

#[test]
fn a_sum_that_is_positive_on_the_edges_only_is_not_split() {
    // max(|x| + |y| − 1/2, 0): at least 1/2 inside on the boundary of [−1,1]², negative in the middle, and neither part is monotone.
    let phi: Network =
        "net(([[1,0],[-1,0],[0,1],[0,-1]],[0,0,0,0]),([[1,1,1,1]],[-1/2]),([[1]],[0]))"
            .parse()
            .unwrap();
    let p = Polynomial::new(2, MultiPoly::symbol(0)).unwrap();
    assert!(deviation(&phi, &p, &square(-1, 1)).unwrap().is_none());
    let nothing = RidgeWitness {
        value_at: None,
        derivative_at: None,
    };
    assert!(matches!(
        nothing.check(&phi, &p, &square(-1, 1)),
        Err(Failure::Unknown(_))
    ));
}

#[test]
fn degenerate_networks() {
    let p = product();
    // Directions that are missing are completed by axes, along which the product is not a sum.
    for (text, splits) in [
        ("net(([[0,0]],[3]))", false),
        ("net(([[1,1]],[0]))", false),
        ("net(([[0,0],[0,0]],[1,-1]),([[2,5]],[0]))", false),
        ("net(([[1,1],[1,-1]],[-9,-9]),([[2,5]],[0]))", true),
        (
            "net(([[2,2],[-1,-1],[1,-1]],[1,0,-5]),([[1,1,1],[0,0,-1]],[0,0]),([[1,1]],[1/2]))",
            true,
        ),
    ] {
        let phi: Network = text.parse().unwrap();
        let domain = square(-1, 2);
        let expected = cells::deviation(&phi, &p, &domain, 1000).unwrap();
        let found = deviation(&phi, &p, &domain).unwrap();
        assert_eq!(found.is_some(), splits, "{text}");
        let Some(found) = found else { continue };
        for (ours, exact) in [
            (&found.deviation.value, &expected.value),
            (&found.deviation.derivative, &expected.derivative),
        ] {
            assert!(
                ours.lower <= exact.lower && exact.upper <= ours.upper,
                "{text}"
            );
        }
        let checked = found.clone().witness().check(&phi, &p, &domain).unwrap();
        assert_eq!(checked, (found.deviation.value, found.deviation.derivative));
    }
}

#[test]
fn places_that_do_not_attain_the_bound_are_rejected() {
    let (phi, domain) = (multiply_unit(3).unwrap(), square(0, 1));
    let true_one = deviation(&phi, &product(), &domain)
        .unwrap()
        .unwrap()
        .witness();
    let check = |witness: &RidgeWitness| witness.check(&phi, &product(), &domain);
    let nudge = |x: &mut Rational| *x = &*x + &power(20);
    // A point with a smaller error leaves the enclosure open.
    let mut wrong = true_one.clone();
    nudge(&mut wrong.value_at.as_mut().unwrap()[0]);
    assert!(check(&wrong).unwrap().0.to_rational().is_none());
    // So does a corner that is none, if it lies in the cell, and one outside is an error.
    let mut wrong = true_one.clone();
    let [corner, inside] = wrong.derivative_at.as_mut().unwrap();
    let towards = [0, 1].map(|i| Rational::midpoint(&corner[i], &inside[i]));
    *corner = towards;
    assert!(check(&wrong).unwrap().1.to_rational().is_none());
    let mut wrong = true_one.clone();
    wrong.derivative_at.as_mut().unwrap()[0] = [Rational::one(), Rational::one()];
    assert!(matches!(check(&wrong), Err(Failure::Undefined(_))));
    let mut wrong = true_one.clone();
    wrong.value_at = Some([Rational::from(2), Rational::zero()]);
    assert!(matches!(check(&wrong), Err(Failure::Undefined(_))));
    // The places of another network prove nothing sharp about this one.
    let other = multiply_unit(4).unwrap();
    assert!(
        true_one
            .check(&other, &product(), &domain)
            .map_or(true, |(value, _)| value.to_rational().is_none())
    );
}
