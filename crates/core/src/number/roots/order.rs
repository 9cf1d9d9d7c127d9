//! Exact comparison of algebraic numbers, and the sign of a polynomial at one.

use std::cmp::Ordering;

use super::Algebraic;
use crate::field::Sign;
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// Bisections tried before zero is decided by a greatest common divisor.
const EARLY_BISECTIONS: usize = 2;

impl Algebraic {
    /// The sign of the number.
    pub fn sign(&self) -> Sign {
        self.compare_rational(&Rational::zero()).into()
    }

    /// The order of the number and a rational number.
    pub fn compare_rational(&self, value: &Rational) -> Ordering {
        if value <= &self.lower {
            // An irrational number is strictly above `lower`.
            return if self.is_rational() {
                self.lower.cmp(value)
            } else {
                Ordering::Greater
            };
        }
        if value >= &self.upper {
            return Ordering::Less;
        }
        // lower < value < upper, and the only sign change in between is at the number.
        if self.poly.evaluate(value).sign() == self.lower_sign() {
            Ordering::Greater
        } else {
            Ordering::Less
        }
    }

    /// The sign of q at the number α.
    ///
    /// q(α) = 0 iff gcd(q, p) has a root in the interval of α; otherwise the interval is halved until q keeps its sign on it.
    pub fn sign_of(&self, poly: &Poly) -> Sign {
        if let Some(value) = self.to_rational() {
            return poly.evaluate(value).sign();
        }
        let rest = match poly.degree() >= self.poly.degree() {
            true => poly.remainder(&self.poly),
            false => poly.clone(),
        };
        if let Some(value) = rest.as_constant() {
            return value.sign();
        }
        let mut number = self.clone();
        for _ in 0..EARLY_BISECTIONS {
            if let Some(sign) = uniform_sign(&rest, &number.lower, &number.upper) {
                return sign;
            }
            number.refine();
        }
        if changes_sign(&rest.gcd(&number.poly), &number.lower, &number.upper) {
            return Sign::Zero;
        }
        loop {
            if let Some(sign) = uniform_sign(&rest, &number.lower, &number.upper) {
                return sign;
            }
            number.refine();
        }
    }

    /// Whether two irrational numbers with overlapping intervals are equal.
    ///
    /// A root of the gcd in the common interval is the root of both; no end of it is a root of the gcd, because no end of an
    /// interval is a root of its polynomial.
    fn coincides(&self, other: &Self) -> bool {
        let (low, high) = (
            (&self.lower).max(&other.lower),
            (&self.upper).min(&other.upper),
        );
        if self.poly == other.poly {
            return changes_sign(&self.poly, low, high);
        }
        changes_sign(&self.poly.gcd(&other.poly), low, high)
    }
}

impl Ord for Algebraic {
    fn cmp(&self, other: &Self) -> Ordering {
        if let Some(value) = other.to_rational() {
            return self.compare_rational(value);
        }
        if let Some(value) = self.to_rational() {
            return other.compare_rational(value).reverse();
        }
        let apart = |a: &Self, b: &Self| match () {
            () if a.upper <= b.lower => Some(Ordering::Less),
            () if b.upper <= a.lower => Some(Ordering::Greater),
            () => None,
        };
        if let Some(order) = apart(self, other) {
            return order;
        }
        if self.coincides(other) {
            return Ordering::Equal;
        }
        let (mut a, mut b) = (self.clone(), other.clone());
        loop {
            a.refine();
            b.refine();
            if let Some(order) = apart(&a, &b) {
                return order;
            }
        }
    }
}

impl PartialOrd for Algebraic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Algebraic {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Algebraic {}

/// Whether p has opposite signs at the two ends.
fn changes_sign(poly: &Poly, low: &Rational, high: &Rational) -> bool {
    poly.evaluate(low).sign().times(poly.evaluate(high).sign()) == Sign::Negative
}

/// An interval that contains p(\[low, high\]), by Horner's rule on intervals.
pub(crate) fn enclosure(poly: &Poly, low: &Rational, high: &Rational) -> (Rational, Rational) {
    let (mut least, mut largest) = (Rational::zero(), Rational::zero());
    for coefficient in poly.coefficients().iter().rev() {
        let ends = [&least * low, &least * high, &largest * low, &largest * high];
        let (mut below, mut above) = (&ends[0], &ends[0]);
        for end in &ends[1..] {
            below = below.min(end);
            above = above.max(end);
        }
        (least, largest) = (below + coefficient, above + coefficient);
    }
    (least, largest)
}

/// The sign of p on \[low, high\] if interval arithmetic shows that p has no zero there.
fn uniform_sign(poly: &Poly, low: &Rational, high: &Rational) -> Option<Sign> {
    let (least, largest) = enclosure(poly, low, high);
    match (least.sign(), largest.sign()) {
        (Sign::Positive, _) => Some(Sign::Positive),
        (_, Sign::Negative) => Some(Sign::Negative),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poly(coefficients: &[i64]) -> Poly {
        Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
    }

    fn root(coefficients: &[i64], lower: i64, upper: i64) -> Algebraic {
        Algebraic::root(&poly(coefficients), lower.into(), upper.into()).unwrap()
    }

    #[test]
    fn equal_numbers_of_different_polynomials() {
        // √2 from t² − 2, from (t² − 2)(t² − 3) and from t⁴ − 4.
        let a = root(&[-2, 0, 1], 0, 2);
        let b = Algebraic::root(
            &poly(&[6, 0, -5, 0, 1]),
            Rational::one(),
            Rational::new(3, 2).unwrap(),
        );
        let b = b.unwrap();
        let c = root(&[-4, 0, 0, 0, 1], 1, 9);
        assert_eq!(a, b);
        assert_eq!(b, c);
        assert_eq!(a.cmp(&c), Ordering::Equal);
        let root_three = root(&[-3, 0, 1], 1, 2);
        assert_ne!(a, root_three);
        assert!(a < root_three && root_three > b);
        assert_ne!(a, root(&[-2, 0, 1], -2, 0));
    }

    #[test]
    fn order_with_rational_numbers() {
        let a = root(&[-2, 0, 1], 1, 2);
        for (value, order) in [
            ("0", Ordering::Greater),
            ("1", Ordering::Greater),
            ("2", Ordering::Less),
            ("3", Ordering::Less),
            ("141421356237/100000000000", Ordering::Greater),
            ("141421356238/100000000000", Ordering::Less),
        ] {
            let value: Rational = value.parse().unwrap();
            assert_eq!(a.compare_rational(&value), order, "{value}");
            assert_eq!(Algebraic::from(value).cmp(&a), order.reverse());
        }
        let half = Algebraic::from(Rational::new(1, 2).unwrap());
        assert_eq!(
            half.compare_rational(&Rational::new(2, 4).unwrap()),
            Ordering::Equal
        );
        assert_eq!(half.compare_rational(&Rational::zero()), Ordering::Greater);
        assert_eq!(half.compare_rational(&Rational::one()), Ordering::Less);
    }

    #[test]
    fn signs_of_polynomials_at_a_root() {
        let a = root(&[-2, 0, 1], 1, 2);
        for (coefficients, sign) in [
            (&[-2, 0, 1][..], Sign::Zero),
            (&[4, 0, -4, 0, 1], Sign::Zero),
            (&[-6, 2, 3, -1], Sign::Zero),
            (&[-141_421_356_237, 100_000_000_000], Sign::Positive),
            (&[-141_421_356_238, 100_000_000_000], Sign::Negative),
            (&[2, 0, 1], Sign::Positive),
            (&[], Sign::Zero),
            (&[-5], Sign::Negative),
        ] {
            assert_eq!(a.sign_of(&poly(coefficients)), sign, "{coefficients:?}");
        }
        assert_eq!(
            Algebraic::from(Rational::from(3)).sign_of(&poly(&[-3, 1])),
            Sign::Zero
        );
        assert_eq!(a.sign(), Sign::Positive);
        assert_eq!(root(&[-2, 0, 1], -2, 1).sign(), Sign::Negative);
        assert_eq!(Algebraic::from(Rational::zero()).sign(), Sign::Zero);
    }
}
