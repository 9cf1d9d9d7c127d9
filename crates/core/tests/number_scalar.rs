//! Laws of ℚ(c, v, w) and of germs, checked by substitution.
#![allow(clippy::unwrap_used)]

mod number_support;

use number_support::{Short, Small};
use quickcheck::{Arbitrary, Gen, QuickCheck, TestResult};
use relu_core::number::{
    Germ, GermOrder, MultiPoly, Others, Rational, RealCell, RealContext, Scalar,
};
use relu_core::{Failure, Field, Order, RationalOrder, Sign};

fn check<T: quickcheck::Testable>(law: T) {
    QuickCheck::new().tests(400).quickcheck(law);
}

/// A value of every kind: rational, polynomial in c, polynomial in c, v, w, fraction.
#[derive(Clone, Debug)]
struct Value(Scalar);

fn multi(g: &mut Gen) -> MultiPoly {
    let mut sum = MultiPoly::zero();
    for _ in 0..u8::arbitrary(g) % 4 {
        let exponents = (0..3).map(|_| u32::from(u8::arbitrary(g) % 3)).collect();
        sum = &sum + &MultiPoly::monomial(exponents, Short::arbitrary(g).0);
    }
    sum
}

impl Arbitrary for Value {
    fn arbitrary(g: &mut Gen) -> Self {
        Self(match u8::arbitrary(g) % 5 {
            0 => Short::arbitrary(g).0.into(),
            1 => Small::arbitrary(g).0.into(),
            2 => Scalar::from(Small::arbitrary(g).0)
                .over(&Scalar::from(Small::arbitrary(g).0))
                .unwrap_or_else(Scalar::one),
            3 => multi(g).into(),
            _ => Scalar::fraction(multi(g), multi(g)).unwrap_or_default(),
        })
    }
}

fn at(value: &Scalar, point: &[Rational; 3]) -> Option<Rational> {
    let denominator = value.denominator().evaluate(point)?;
    value.numerator().evaluate(point)?.over(&denominator)
}

#[test]
fn operations_commute_with_evaluation() {
    fn law(a: Value, b: Value, point: (Short, Short, Short)) -> TestResult {
        let point = [point.0.0, point.1.0, point.2.0];
        let (a, b) = (a.0, b.0);
        let (Some(x), Some(y)) = (at(&a, &point), at(&b, &point)) else {
            return TestResult::discard();
        };
        let same = |value: &Scalar, expected: &Rational| {
            at(value, &point).is_none_or(|found| found == *expected)
        };
        let mut fused = a.clone();
        fused.add_product(&a, &b);
        TestResult::from_bool(
            same(&a.plus(&b), &(&x + &y))
                && same(&a.minus(&b), &(&x - &y))
                && same(&a.times(&b), &(&x * &y))
                && same(&a.negated(), &-&x)
                && same(&fused, &(&x + &(&x * &y)))
                && (y.is_zero()
                    || a.over(&b)
                        .is_some_and(|quotient| same(&quotient, &x.over(&y).unwrap()))),
        )
    }
    check(law as fn(Value, Value, (Short, Short, Short)) -> TestResult);
}

#[test]
fn field_laws_hold_structurally() {
    fn law(a: Value, b: Value, c: Value) -> bool {
        let (a, b, c) = (a.0, b.0, c.0);
        a.plus(&b).plus(&c) == a.plus(&b.plus(&c))
            && a.plus(&b) == b.plus(&a)
            && a.times(&b).times(&c) == a.times(&b.times(&c))
            && a.times(&b.plus(&c)) == a.times(&b).plus(&a.times(&c))
            && a.minus(&a).is_zero()
            && match a.over(&b) {
                Some(quotient) => quotient.times(&b) == a,
                None => b.is_zero(),
            }
    }
    check(law as fn(Value, Value, Value) -> bool);
}

#[test]
fn normal_forms_are_lowered() {
    fn lowest(value: &Scalar) -> bool {
        match value {
            Scalar::Rational(_) => true,
            Scalar::Poly(poly) => poly.degree().is_some_and(|degree| degree > 0),
            Scalar::Fraction(fraction) => fraction
                .numerator()
                .exact_quotient(fraction.denominator())
                .is_none_or(|p| p.as_univariate(0).is_none()),
        }
    }
    fn law(a: Value, b: Value) -> bool {
        let (a, b) = (a.0, b.0);
        let mut fused = a.clone();
        fused.add_product(&b, &a);
        fused.add_product(&b.negated(), &a);
        let back = a.plus(&b).minus(&b);
        fused == a
            && back == a
            && [
                &fused,
                &back,
                &a.times(&b),
                &a.plus(&b),
                &a.over(&b).unwrap_or_default(),
            ]
            .into_iter()
            .all(lowest)
            && back.as_rational().is_some() == a.as_rational().is_some()
    }
    check(law as fn(Value, Value) -> bool);
}

#[test]
fn substitution_is_evaluation() {
    fn law(a: Value, point: (Short, Short, Short)) -> TestResult {
        let point = [point.0.0, point.1.0, point.2.0];
        let Some(expected) = at(&a.0, &point) else {
            return TestResult::discard();
        };
        let mut value = a.0;
        for (i, x) in point.iter().enumerate() {
            match value.substitute(i, x) {
                Ok(next) => value = next,
                // A denominator may vanish before a common factor is seen, but then it vanishes in the whole value.
                Err(_) => return TestResult::failed(),
            }
        }
        TestResult::from_bool(value.as_rational() == Some(&expected))
    }
    check(law as fn(Value, (Short, Short, Short)) -> TestResult);
}

#[test]
fn signs_over_a_cell_hold_at_its_samples() {
    fn law(p: Small, q: Small) -> bool {
        let Some(value) = Scalar::from(p.0).over(&Scalar::from(q.0)) else {
            return true;
        };
        let mut open = vec![RealCell::line()];
        while let Some(cell) = open.pop() {
            let order = RealContext::new(cell.clone(), Others::EquationOnly);
            match order.sign(&value) {
                Err(Failure::Split(poly)) => open.extend(cell.split(&poly)),
                Err(Failure::Undefined(_)) => {
                    let RealCell::Point(point) = &cell else {
                        return false;
                    };
                    if point.sign_of(&value.denominator().as_univariate(0).unwrap()) != Sign::Zero {
                        return false;
                    }
                }
                Err(_) => return false,
                Ok(sign) => {
                    if let Some(x) = cell.sample() {
                        match value.substitute(0, &x) {
                            Ok(found) if found.as_rational().map(Rational::sign) == Some(sign) => {}
                            _ => return false,
                        }
                    }
                }
            }
        }
        true
    }
    check(law as fn(Small, Small) -> bool);
}

#[test]
fn infinitesimal_signs_hold_at_small_numbers() {
    // ε = 2⁻⁶⁰ and ε² are small enough for the short coefficients of the generator.
    fn law(p: Small, q: Small, x: Short) -> TestResult {
        let order = RealContext::new(RealCell::Point(x.0.clone().into()), Others::Infinitesimal);
        let e = Scalar::symbol(1);
        let value = Scalar::from(p.0.clone()).plus(&Scalar::from(q.0.clone()).times(&e));
        let small = Rational::new(1, 1 << 60).unwrap();
        let found = value
            .substitute(1, &small)
            .and_then(|value| value.substitute(0, &x.0))
            .unwrap();
        let expected = found.as_rational().unwrap().sign();
        TestResult::from_bool(match order.sign(&value) {
            Ok(sign) => sign == expected,
            Err(Failure::NonGeneric) => {
                p.0.evaluate(&x.0).is_zero() && !q.0.evaluate(&x.0).is_zero()
            }
            Err(_) => false,
        })
    }
    check(law as fn(Small, Small, Short) -> TestResult);
}

#[test]
fn germs_are_polynomials_near_zero() {
    fn law(p: Small, q: Small) -> bool {
        let germ = |p: &Small| Germ::from_coefficients(p.0.coefficients().to_vec());
        let (a, b) = (germ(&p), germ(&q));
        let same = |germ: &Germ<Rational>, poly: &relu_core::number::Poly| {
            germ.coefficients() == poly.coefficients()
        };
        let order = GermOrder(&RationalOrder);
        let small = Rational::new(1, 1 << 40).unwrap();
        let product = a.times(&b);
        same(&product, &(&p.0 * &q.0))
            && same(&a.plus(&b), &(&p.0 + &q.0))
            && same(&a.minus(&b), &(&p.0 - &q.0))
            && order.sign(&product) == Ok((&p.0 * &q.0).evaluate(&small).sign())
            && order.compare(&a, &b).unwrap() == p.0.evaluate(&small).cmp(&q.0.evaluate(&small))
            && a.times(&b.plus(&a)) == product.plus(&a.times(&a))
            && !product.is_truncated()
    }
    check(law as fn(Small, Small) -> bool);
}

#[test]
fn truncated_germs_never_claim_zero() {
    fn law(p: Small, q: Small, r: Small) -> bool {
        let germ = |p: &Small| Germ::from_coefficients(p.0.coefficients().to_vec());
        let exact = &(&p.0 * &q.0) * &r.0;
        let cube = germ(&p).times(&germ(&q)).times(&germ(&r));
        let order = GermOrder(&RationalOrder);
        let small = Rational::new(1, 1 << 40).unwrap();
        match order.sign(&cube) {
            Ok(sign) => sign == exact.evaluate(&small).sign(),
            Err(Failure::Unknown(_)) => !exact.is_zero() && cube.is_truncated(),
            Err(_) => false,
        }
    }
    check(law as fn(Small, Small, Small) -> bool);
}
