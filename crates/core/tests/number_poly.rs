//! Laws of polynomials, their roots and the numbers they define.
#![allow(clippy::unwrap_used)]

mod number_support;

use std::cmp::Ordering;

use number_support::{Short, Small};
use quickcheck::{QuickCheck, TestResult};
use relu_core::number::roots::SturmChain;
use relu_core::number::{Algebraic, Poly, Rational, RealCell, real_roots};
use relu_core::{Failure, Sign};

fn check<T: quickcheck::Testable>(law: T) {
    QuickCheck::new().tests(400).quickcheck(law);
}

fn linear(root: &Rational) -> Poly {
    Poly::from_coefficients(vec![-root, Rational::one()])
}

#[test]
fn evaluation_is_a_homomorphism() {
    fn law(p: Small, q: Small, x: Short) -> bool {
        let (p, q, x) = (p.0, q.0, x.0);
        let (u, v) = (p.evaluate(&x), q.evaluate(&x));
        let mut fused = p.clone();
        fused.add_product(&q, &q);
        let mut scaled = p.clone();
        scaled.add_scaled(&x, &q);
        (&p + &q).evaluate(&x) == &u + &v
            && (&p - &q).evaluate(&x) == &u - &v
            && (&p * &q).evaluate(&x) == &u * &v
            && p.compose(&q).evaluate(&x) == p.evaluate(&v)
            && fused == &p + &(&q * &q)
            && scaled == &p + &q.scaled(&x)
            && (&p * &q).derivative() == &(&p.derivative() * &q) + &(&p * &q.derivative())
    }
    check(law as fn(Small, Small, Short) -> bool);
}

#[test]
fn division_identity() {
    fn law(p: Small, d: Small) -> bool {
        match p.0.div_rem(&d.0) {
            Some((quotient, rest)) => {
                &(&quotient * &d.0) + &rest == p.0 && rest.degree() < d.0.degree()
                    || d.0.degree() == Some(0) && rest.is_zero()
            }
            None => d.0.is_zero(),
        }
    }
    check(law as fn(Small, Small) -> bool);
}

#[test]
fn a_gcd_divides_and_is_greatest() {
    fn law(p: Small, q: Small, common: Small) -> bool {
        let (a, b) = (&p.0 * &common.0, &q.0 * &common.0);
        let gcd = a.gcd(&b);
        if gcd.is_zero() {
            return a.is_zero() && b.is_zero();
        }
        a.exact_quotient(&gcd).is_some()
            && b.exact_quotient(&gcd).is_some()
            && gcd.exact_quotient(&common.0).is_some()
            && gcd.leading().is_some_and(Rational::is_one)
            && p.0.gcd(&q.0).degree() <= gcd.degree()
    }
    check(law as fn(Small, Small, Small) -> bool);
}

#[test]
fn squarefree_parts_have_the_same_roots() {
    fn law(p: Small, q: Small) -> bool {
        let product = &(&p.0 * &p.0) * &q.0;
        let simple = product.squarefree();
        let roots = real_roots(&product);
        (product.is_zero()
            || simple.gcd(&simple.derivative()).degree() == Some(0)
            || simple.degree() == Some(0))
            && roots == real_roots(&simple)
            && roots
                .iter()
                .all(|root| root.sign_of(&product) == Sign::Zero)
    }
    check(law as fn(Small, Small) -> bool);
}

#[test]
fn roots_of_products_of_linear_factors_are_found() {
    fn law(roots: Vec<Short>, other: Short) -> bool {
        let mut expected: Vec<Rational> = roots.into_iter().take(6).map(|root| root.0).collect();
        let mut poly = Poly::constant(Rational::from(-3));
        for root in &expected {
            poly = &poly * &linear(root);
        }
        // A factor without real roots must not matter.
        poly = &poly * &(&linear(&other.0).pow(2) + &Poly::one());
        expected.sort();
        expected.dedup();
        let found: Vec<_> = real_roots(&poly)
            .iter()
            .map(|root| root.to_rational().cloned())
            .collect();
        found == expected.into_iter().map(Some).collect::<Vec<_>>()
    }
    check(law as fn(Vec<Short>, Short) -> bool);
}

#[test]
fn isolation_agrees_with_sign_changes() {
    fn law(p: Small) -> TestResult {
        let poly = p.0;
        if poly.degree().is_none_or(|degree| degree == 0) {
            return TestResult::from_bool(real_roots(&poly).is_empty());
        }
        let simple = poly.squarefree();
        let roots = real_roots(&poly);
        let ascending = roots.windows(2).all(|pair| pair[0] < pair[1]);
        let counted = SturmChain::new(&simple).roots_between(None, None) == roots.len();
        // A squarefree polynomial changes its sign at every root and nowhere else: sample between neighbours.
        let cells = RealCell::line().split(&poly);
        let open = cells.iter().filter(|cell| !cell.is_point());
        let signs: Vec<_> = open
            .map(|cell| simple.evaluate(&cell.sample().unwrap()).sign())
            .collect();
        let alternates = signs
            .windows(2)
            .all(|pair| pair[0] == pair[1].reverse() && pair[0] != Sign::Zero);
        let degree = simple.degree().unwrap();
        let parity = roots.len() % 2 == degree % 2 && roots.len() <= degree;
        TestResult::from_bool(
            ascending && counted && alternates && parity && signs.len() == roots.len() + 1,
        )
    }
    check(law as fn(Small) -> TestResult);
}

#[test]
fn no_sign_change_is_missed_on_a_grid() {
    fn law(p: Small) -> bool {
        let roots = real_roots(&p.0);
        (-64_i64..64).all(|k| {
            let (low, high) = (
                Rational::new(k, 4).unwrap(),
                Rational::new(k + 1, 4).unwrap(),
            );
            let changes =
                p.0.evaluate(&low).sign().times(p.0.evaluate(&high).sign()) == Sign::Negative;
            let (from, to) = (Algebraic::from(low), Algebraic::from(high));
            !changes || roots.iter().any(|root| from < *root && *root < to)
        })
    }
    check(law as fn(Small) -> bool);
}

#[test]
fn roots_are_the_same_numbers_in_another_polynomial() {
    fn law(p: Small, q: Small) -> bool {
        let product = &p.0 * &q.0;
        let all = real_roots(&product);
        let own = real_roots(&p.0);
        product.is_zero()
            || own
                .iter()
                .all(|root| all.iter().filter(|other| *other == root).count() == 1)
    }
    check(law as fn(Small, Small) -> bool);
}

#[test]
fn comparisons_are_total_and_respect_refinement() {
    fn law(p: Small, q: Small, steps: u8) -> bool {
        let (left, right) = (real_roots(&p.0), real_roots(&q.0));
        let width = Rational::new(1, 1 << (steps % 40)).unwrap();
        left.iter().all(|a| {
            let narrow = a.refined(&width);
            *a == narrow
                && right.iter().all(|b| {
                    let order = a.cmp(b);
                    order == narrow.cmp(b)
                        && order.reverse() == b.cmp(a)
                        && (order == Ordering::Equal) == (b.sign_of(&p.0) == Sign::Zero && a == b)
                })
        })
    }
    check(law as fn(Small, Small, u8) -> bool);
}

#[test]
fn signs_at_a_root_agree_with_the_tarski_query() {
    // Independent of gcd and refinement: V(lower) − V(upper) of the chain starting p, p′·q is the sign of q(α).
    fn law(p: Small, q: Small) -> bool {
        let roots = real_roots(&p.0);
        roots.iter().filter(|root| !root.is_rational()).all(|root| {
            let mut members = vec![root.poly().clone(), &root.poly().derivative() * &q.0];
            while !members[members.len() - 1].is_zero() {
                let n = members.len();
                let rest = members[n - 2].remainder(&members[n - 1]);
                members.push(-rest);
            }
            let variations = |x: &Rational| {
                let signs: Vec<_> = members
                    .iter()
                    .map(|m| m.evaluate(x).sign())
                    .filter(|s| *s != Sign::Zero)
                    .collect();
                signs.windows(2).filter(|pair| pair[0] != pair[1]).count() as i64
            };
            let query = variations(root.lower()) - variations(root.upper());
            i64::from(root.sign_of(&q.0).as_i8()) == query
        })
    }
    check(law as fn(Small, Small) -> bool);
}

#[test]
fn algebraic_texts_name_the_number() {
    fn law(p: Small) -> bool {
        real_roots(&p.0).iter().all(|root| {
            let again = Algebraic::root(root.poly(), root.lower().clone(), root.upper().clone());
            again.as_ref() == Ok(root) && again.unwrap().to_string() == root.to_string()
        })
    }
    check(law as fn(Small) -> bool);
}

#[test]
fn cells_split_until_every_sign_is_uniform() {
    fn law(p: Small, q: Small) -> bool {
        let mut open = vec![RealCell::line()];
        let mut parts = 0;
        while let Some(cell) = open.pop() {
            match cell
                .sign_of(&p.0)
                .and_then(|first| Ok((first, cell.sign_of(&q.0)?)))
            {
                Err(Failure::Split(poly)) => {
                    let pieces = cell.split(&poly);
                    if pieces.len() < 3 {
                        return false;
                    }
                    open.extend(pieces);
                }
                Err(_) => return false,
                Ok((first, second)) => {
                    parts += 1;
                    if let Some(point) = cell.sample()
                        && (p.0.evaluate(&point).sign(), q.0.evaluate(&point).sign())
                            != (first, second)
                    {
                        return false;
                    }
                }
            }
        }
        let mut roots = real_roots(&p.0);
        roots.extend(real_roots(&q.0));
        roots.sort();
        roots.dedup();
        parts == 2 * roots.len() + 1
    }
    check(law as fn(Small, Small) -> bool);
}

#[test]
fn samples_are_simplest() {
    fn law(p: Small) -> bool {
        RealCell::line()
            .split(&p.0)
            .iter()
            .filter(|cell| !cell.is_point())
            .all(|cell| {
                let sample = cell.sample().unwrap();
                let inside = |value: &Rational| cell.contains(&Algebraic::from(value.clone()));
                // Nothing with a smaller denominator within distance 2 of it lies in the cell.
                let denominators = 1..sample
                    .to_string()
                    .split('/')
                    .nth(1)
                    .map_or(1, |q| q.parse::<i64>().unwrap());
                inside(&sample)
                    && denominators.into_iter().take(20).all(|q| {
                        let scaled: i64 =
                            (&sample * &Rational::from(q)).floor().try_into().unwrap();
                        (scaled - 2..=scaled + 2).all(|n| !inside(&Rational::new(n, q).unwrap()))
                    })
            })
    }
    check(law as fn(Small) -> bool);
}
