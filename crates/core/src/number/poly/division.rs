//! Division with remainder, greatest common divisors and squarefree parts.

use dashu_int::ops::{Abs, Gcd};
use dashu_int::{IBig, UBig};

use super::Poly;
use crate::field::Sign;
use crate::number::rational::Rational;

impl Poly {
    /// Quotient and remainder (q, r) with p = q·d + r and deg r < deg d; `None` iff d = 0.
    pub fn div_rem(&self, divisor: &Self) -> Option<(Self, Self)> {
        let lead = divisor.leading()?;
        let inverse = lead.recip()?;
        let lower = &divisor.coefficients[..divisor.coefficients.len() - 1];
        let mut rest = self.coefficients.clone();
        let Some(length) = (rest.len() + 1).checked_sub(divisor.coefficients.len()) else {
            return Some((Self::zero(), self.clone()));
        };
        let mut quotient = vec![Rational::zero(); length];
        for i in (0..length).rev() {
            let top = rest
                .pop()
                .expect("the remainder still has degree i + deg d");
            if top.is_zero() {
                continue;
            }
            let factor = &top * &inverse;
            let opposite = -&factor;
            for (sum, value) in rest[i..].iter_mut().zip(lower) {
                sum.add_product(&opposite, value);
            }
            quotient[i] = factor;
        }
        Some((
            Self::from_coefficients(quotient),
            Self::from_coefficients(rest),
        ))
    }

    /// The remainder of the division by d ≠ 0; p itself for d = 0.
    #[must_use]
    pub fn remainder(&self, divisor: &Self) -> Self {
        self.div_rem(divisor)
            .map_or_else(|| self.clone(), |(_, rest)| rest)
    }

    /// The quotient p/d; `None` iff d = 0 or d does not divide p.
    pub fn exact_quotient(&self, divisor: &Self) -> Option<Self> {
        self.div_rem(divisor)
            .filter(|(_, rest)| rest.is_zero())
            .map(|(quotient, _)| quotient)
    }

    /// The multiple with leading coefficient 1; 0 for 0.
    #[must_use]
    pub fn monic(&self) -> Self {
        match self.leading().and_then(Rational::recip) {
            Some(inverse) => self.scaled(&inverse),
            None => Self::zero(),
        }
    }

    /// p divided by its content: the *positive* multiple whose coefficients are integers without a common factor, so that
    /// all signs are kept; 0 for 0.
    #[must_use]
    pub fn primitive_part(&self) -> Self {
        match content(&self.coefficients).recip() {
            Some(inverse) => self.scaled(&inverse),
            None => Self::zero(),
        }
    }

    /// The primitive multiple with a positive leading coefficient; 0 for 0.
    #[must_use]
    pub fn normalized(&self) -> Self {
        let primitive = self.primitive_part();
        match primitive.leading().map(Rational::sign) {
            Some(Sign::Negative) => -primitive,
            _ => primitive,
        }
    }

    /// The monic greatest common divisor; gcd(0, 0) = 0.
    ///
    /// Euclid's algorithm with primitive remainders, which keeps the coefficients from growing exponentially.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.clone(), other.clone());
        while !b.is_zero() {
            if b.degree() == Some(0) {
                return Self::one();
            }
            let rest = a.remainder(&b).primitive_part();
            (a, b) = (b, rest);
        }
        a.monic()
    }

    /// The polynomial with the same roots, all of them simple, primitive and with a positive leading coefficient:
    /// p/gcd(p, p′) up to a factor. A constant p ≠ 0 gives 1, and 0 gives 0.
    #[must_use]
    pub fn squarefree(&self) -> Self {
        if self.coefficients.len() <= 2 {
            return self.normalized();
        }
        let repeated = self.gcd(&self.derivative());
        if repeated.degree() == Some(0) {
            return self.normalized();
        }
        self.exact_quotient(&repeated)
            .expect("gcd(p, p′) divides p")
            .normalized()
    }
}

/// The positive rational g with a_i/g coprime integers, the gcd of the numerators over the lcm of the denominators; 0 if
/// all are 0.
pub(crate) fn content<'a>(
    values: impl IntoIterator<Item = &'a Rational, IntoIter: Clone>,
) -> Rational {
    let values = values.into_iter();
    small_content(values.clone()).unwrap_or_else(|| big_content(values))
}

fn small_content<'a>(values: impl Iterator<Item = &'a Rational>) -> Option<Rational> {
    let (mut numerator, mut denominator) = (0, 1_i64);
    for value in values {
        let (p, q) = value.small_parts()?;
        numerator = Rational::common_divisor(numerator, p);
        denominator = denominator.checked_mul(q / Rational::common_divisor(denominator, q))?;
    }
    Rational::new(numerator, denominator)
}

fn big_content<'a>(values: impl Iterator<Item = &'a Rational>) -> Rational {
    let (mut numerator, mut denominator) = (IBig::ZERO, UBig::ONE);
    for value in values.filter(|value| !value.is_zero()) {
        let (p, q) = (value.numerator(), value.denominator());
        numerator = if numerator.is_zero() {
            p.abs()
        } else {
            IBig::from((&numerator).gcd(&p))
        };
        denominator = &denominator / (&denominator).gcd(&q) * q;
    }
    Rational::from_parts(numerator, denominator).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poly(coefficients: &[i64]) -> Poly {
        Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
    }

    #[test]
    fn quotients_and_remainders() {
        let (quotient, rest) = poly(&[1, 0, 0, 2]).div_rem(&poly(&[1, 1])).unwrap();
        assert_eq!((quotient, rest), (poly(&[2, -2, 2]), poly(&[-1])));
        let (quotient, rest) = poly(&[1, 2]).div_rem(&poly(&[0, 0, 1])).unwrap();
        assert_eq!((quotient, rest), (Poly::zero(), poly(&[1, 2])));
        assert_eq!(poly(&[1, 2]).div_rem(&Poly::zero()), None);
        assert_eq!(
            Poly::zero().div_rem(&poly(&[3])),
            Some((Poly::zero(), Poly::zero()))
        );
        assert_eq!(
            poly(&[-1, 0, 1]).exact_quotient(&poly(&[1, 1])),
            Some(poly(&[-1, 1]))
        );
        assert_eq!(poly(&[1, 0, 1]).exact_quotient(&poly(&[1, 1])), None);
    }

    #[test]
    fn greatest_common_divisors() {
        assert_eq!(poly(&[-1, 0, 1]).gcd(&poly(&[-2, 2])), poly(&[-1, 1]));
        assert_eq!(poly(&[-1, 0, 1]).gcd(&poly(&[1, 0, 1])), Poly::one());
        assert_eq!(Poly::zero().gcd(&poly(&[2, 4])), poly(&[1, 2]).monic());
        assert_eq!(Poly::zero().gcd(&Poly::zero()), Poly::zero());
        assert_eq!(poly(&[6]).gcd(&Poly::zero()), Poly::one());
    }

    #[test]
    fn squarefree_parts_keep_the_roots() {
        // (t − 1)³ (t + 2)² (2t − 1)
        let p = &(&poly(&[-1, 1]).pow(3) * &poly(&[2, 1]).pow(2)) * &poly(&[-1, 2]);
        assert_eq!(
            p.squarefree(),
            &(&poly(&[-1, 1]) * &poly(&[2, 1])) * &poly(&[-1, 2])
        );
        assert_eq!((-&p).squarefree(), p.squarefree());
        assert_eq!(poly(&[-7]).squarefree(), Poly::one());
        assert_eq!(Poly::zero().squarefree(), Poly::zero());
        assert_eq!(poly(&[0, -4]).squarefree(), Poly::variable());
    }

    #[test]
    fn contents_are_positive() {
        let number = |p, q| Rational::new(p, q).unwrap();
        assert_eq!(content(&[number(-4, 3), number(2, 5)]), number(2, 15));
        assert_eq!(content(&[]), Rational::zero());
        let huge = number(i64::MAX, 3);
        let values = [&huge * &huge, &huge * &number(1, i64::MAX - 1)];
        assert_eq!(
            values[0]
                .over(&content(&values))
                .map(|value| value.is_integer()),
            Some(true)
        );
        assert_eq!(content(&values), big_content(values.iter()));
        let p = Poly::from_coefficients(vec![number(-4, 3), number(-2, 5)]);
        assert_eq!(p.primitive_part(), poly(&[-10, -3]));
        assert_eq!(p.normalized(), poly(&[10, 3]));
    }
}
