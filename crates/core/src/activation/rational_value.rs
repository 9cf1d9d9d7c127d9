//! The rational value of a field element, found by comparisons alone.

use std::cmp::Ordering;

use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::number::rational::Rational;

/// Largest number of comparisons spent on one element.
///
/// A partial quotient a costs at most 2·log₂ a + 2 comparisons, the quotients of p/q multiply up to at most max(|p|, q), and
/// there are at most 1.45·log₂ q + 1 of them: every rational whose parts have up to 100 bits is found. An irrational
/// number runs into the cap, with comparisons that grow dearer on the way.
const COMPARISON_CAP: usize = 512;

/// The rational number equal to `z` under `order`.
///
/// Errors: [`Failure::Unknown`] if none is found within the cap; whatever `order` reports.
///
/// # Definition
/// The continued fraction of |z|. With convergents p₁/q₁ (latest) and p₀/q₀ (the one before), the next partial quotient is
/// the largest a for which (p₀ + a·p₁)/(q₀ + a·q₁) has not passed |z|. These values move monotonically towards p₁/q₁ as
/// a grows, so doubling and bisection find a; a rational number equals one of them.
pub(super) fn rational_value<S: Field, O: Order<S>>(z: &S, order: &O) -> Result<Rational, Failure> {
    let (magnitude, negative) = match order.sign(z)? {
        Sign::Zero => return Ok(Rational::zero()),
        Sign::Positive => (z.clone(), false),
        Sign::Negative => (z.negated(), true),
    };
    let signed = |value: Rational| if negative { -value } else { value };
    let (one, two) = (Rational::one(), Rational::from_integer(2));
    let mut left = COMPARISON_CAP;
    // Convergents of index −2 and −1.
    let (mut p0, mut q0) = (Rational::zero(), Rational::one());
    let (mut p1, mut q1) = (Rational::one(), Rational::zero());
    // Convergents of even index lie below |z|, those of odd index above.
    let mut from_below = true;
    loop {
        // Less: not yet past |z|; Greater: past it.
        let mut position = |a: &Rational| -> Result<(Ordering, Rational), Failure> {
            left = left.checked_sub(1).ok_or_else(|| {
                Failure::Unknown(format!(
                    "no rational value after {COMPARISON_CAP} comparisons"
                ))
            })?;
            let (p, q) = (&p0 + a * &p1, &q0 + a * &q1);
            let value = p
                .over(&q)
                .expect("q₀ + a·q₁ ≥ 1 for a ≥ 1: at most one of q₀, q₁ is 0");
            let relation = order.compare(&S::from_rational(&value), &magnitude)?;
            Ok((
                if from_below {
                    relation
                } else {
                    relation.reverse()
                },
                value,
            ))
        };
        let (mut low, mut high) = (Rational::zero(), one.clone());
        loop {
            match position(&high)? {
                (Ordering::Equal, value) => return Ok(signed(value)),
                (Ordering::Less, _) => {
                    let next = &high + &high;
                    low = std::mem::replace(&mut high, next);
                }
                (Ordering::Greater, _) => break,
            }
        }
        while &high - &low > one {
            let middle = (&low + &high).over(&two).expect("two is not zero").floor();
            let middle = Rational::from(middle);
            match position(&middle)? {
                (Ordering::Equal, value) => return Ok(signed(value)),
                (Ordering::Less, _) => low = middle,
                (Ordering::Greater, _) => high = middle,
            }
        }
        let (p2, q2) = (&p0 + &low * &p1, &q0 + &low * &q1);
        (p0, q0, p1, q1) = (p1, q1, p2, q2);
        from_below = !from_below;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::RationalOrder;
    use crate::number::poly::Poly;
    use crate::number::{Others, RealCell, RealContext, Scalar, real_roots};

    #[test]
    fn every_rational_is_found() {
        for text in [
            "0",
            "1",
            "-1",
            "1/2",
            "-7/3",
            "355/113",
            "1/1000000",
            "99999/100000",
            "12345",
        ] {
            let value: Rational = text.parse().unwrap();
            assert_eq!(rational_value(&value, &RationalOrder).unwrap(), value);
        }
        let long = Rational::new(3, 7).unwrap().pow(35);
        assert_eq!(rational_value(&long, &RationalOrder).unwrap(), long);
    }

    #[test]
    fn a_symbol_on_an_interval_has_no_rational_value() {
        let context = RealContext {
            cell: RealCell::line(),
            others: Others::EquationOnly,
        };
        assert!(rational_value(&Scalar::symbol(0), &context).is_err());
    }

    #[test]
    fn an_irrational_point_runs_into_the_cap() {
        let square = Poly::from_coefficients(vec![(-2).into(), 0.into(), 1.into()]);
        let root = real_roots(&square).pop().unwrap();
        let context = RealContext {
            cell: RealCell::Point(root),
            others: Others::EquationOnly,
        };
        assert!(matches!(
            rational_value(&Scalar::symbol(0), &context),
            Err(Failure::Unknown(_))
        ));
    }
}
