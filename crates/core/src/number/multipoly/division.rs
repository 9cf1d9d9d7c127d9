//! Exact division and common factors that are cheap to find: contents and monomials.

use super::{Exponents, MultiPoly, power_of, product_of, trim};
use crate::field::Sign;
use crate::number::poly::content;
use crate::number::rational::Rational;

impl MultiPoly {
    /// The quotient p/d; `None` iff d = 0 or d does not divide p.
    ///
    /// If p = q·d then the leading monomials multiply, so q is found term by term from the top, and the first leading
    /// monomial that is not a multiple of that of d shows that d does not divide.
    pub fn exact_quotient(&self, divisor: &Self) -> Option<Self> {
        let (lead, lead_value) = divisor.terms.last_key_value()?;
        let inverse = lead_value.recip()?;
        if lead.is_empty() {
            return Some(self.scaled(&inverse));
        }
        // The lowest monomials multiply as well: a cheap reason to stop before the first subtraction.
        let (last, first) = (
            self.terms.first_key_value(),
            divisor.terms.first_key_value(),
        );
        if let (Some((own, _)), Some((low, _))) = (last, first) {
            quotient_of(own, low)?;
        }
        let mut rest = self.clone();
        let mut quotient = Self::default();
        while let Some((top, value)) = rest.terms.last_key_value() {
            let exponents = quotient_of(top, lead)?;
            let factor = value * &inverse;
            rest.add_multiple(&exponents, &-&factor, divisor);
            quotient.add_term(exponents, &factor);
        }
        Some(quotient)
    }

    /// The positive multiple of p with coprime integer coefficients and the factor a > 0 with p = a·(that multiple), up to
    /// the sign of the leading coefficient, which is made positive; `(0, 0)` for 0.
    pub(crate) fn normalized(&self) -> (Rational, Self) {
        let mut factor = content(self.terms.values());
        if let Some((_, value)) = self.terms.last_key_value()
            && value.sign() == Sign::Negative
        {
            factor = -factor;
        }
        match factor.recip() {
            Some(inverse) => {
                let scaled = self.scaled(&inverse);
                (factor, scaled)
            }
            None => (Rational::zero(), Self::default()),
        }
    }

    /// The greatest monomial that divides all terms; 1 for 0.
    pub(crate) fn common_monomial(&self) -> Exponents {
        let mut terms = self.terms.keys();
        let mut common = terms.next().cloned().unwrap_or_default();
        for exponents in terms {
            common.truncate(exponents.len());
            for (power, other) in common.iter_mut().zip(exponents) {
                *power = (*power).min(*other);
            }
            trim(&mut common);
        }
        common
    }

    /// p divided by a monomial that divides all its terms.
    pub(crate) fn over_monomial(&self, monomial: &[u32]) -> Self {
        let terms = self.terms.iter().map(|(exponents, value)| {
            let rest = quotient_of(exponents, monomial).expect("the monomial divides every term");
            (rest, value.clone())
        });
        Self {
            terms: terms.collect(),
        }
    }
}

/// The exponents with their minimum with `other` in every place.
pub(crate) fn common_exponents(a: &[u32], b: &[u32]) -> Exponents {
    let mut common: Exponents = a.iter().zip(b).map(|(x, y)| *x.min(y)).collect();
    trim(&mut common);
    common
}

/// The exponents of a quotient of monomials; `None` if it is not a monomial.
fn quotient_of(a: &[u32], b: &[u32]) -> Option<Exponents> {
    if b.len() > a.len() {
        return None;
    }
    let mut quotient = a.to_vec();
    for (i, power) in quotient.iter_mut().enumerate() {
        *power = power.checked_sub(power_of(b, i))?;
    }
    trim(&mut quotient);
    debug_assert_eq!(product_of(&quotient, b), a);
    Some(quotient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    #[test]
    fn products_divide_and_neighbours_do_not() {
        let (x, y, one) = (MultiPoly::symbol(0), MultiPoly::symbol(1), MultiPoly::one());
        let a = &(&x.pow(2) + &(&x * &y)) - &one;
        let b = &y - &x.scaled(&Rational::new(1, 3).unwrap());
        let product = &a * &b;
        assert_eq!(product.exact_quotient(&a), Some(b.clone()));
        assert_eq!(product.exact_quotient(&b), Some(a.clone()));
        assert_eq!((&product + &one).exact_quotient(&a), None);
        assert_eq!((&product + &x).exact_quotient(&b), None);
        assert_eq!(a.exact_quotient(&product), None);
        assert_eq!(a.exact_quotient(&MultiPoly::zero()), None);
        assert_eq!(
            MultiPoly::zero().exact_quotient(&a),
            Some(MultiPoly::zero())
        );
        assert_eq!(
            a.exact_quotient(&MultiPoly::constant(2.into()))
                .map(|q| q.plus(&q)),
            Some(a)
        );
    }

    #[test]
    fn contents_and_monomials() {
        let (x, y) = (MultiPoly::symbol(0), MultiPoly::symbol(1));
        let p = (&(&x.pow(2) * &y) - &(&x * &y.pow(3)).scaled(&3.into()))
            .scaled(&Rational::new(-2, 5).unwrap());
        assert_eq!(p.common_monomial(), vec![1, 1]);
        let (factor, primitive) = p.normalized();
        assert_eq!(factor, Rational::new(-2, 5).unwrap());
        assert_eq!(
            primitive.over_monomial(&[1, 1]),
            &x - &y.pow(2).scaled(&3.into())
        );
        assert_eq!(
            MultiPoly::zero().normalized(),
            (Rational::zero(), MultiPoly::zero())
        );
        assert_eq!(common_exponents(&[2, 0, 1], &[1, 3]), vec![1]);
    }
}
