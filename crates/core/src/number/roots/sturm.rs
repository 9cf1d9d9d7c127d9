//! Sturm chains: the number of roots of a polynomial in an interval.

use super::Algebraic;
use crate::field::Sign;
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// The Sturm chain p₀ = p, p₁ = p′, p_{k+1} = −(p_{k−1} mod p_k) of a squarefree polynomial, every member up to a positive
/// factor.
#[derive(Clone, Debug)]
pub struct SturmChain {
    members: Vec<Poly>,
}

impl SturmChain {
    /// The chain of a squarefree polynomial.
    pub fn new(squarefree: &Poly) -> Self {
        Self::generalized(squarefree, squarefree.derivative())
    }

    /// The chain with first members p and q, for any q.
    ///
    /// With q = p′·f it gives the Tarski query: variations(a) − variations(b) = Σ sign f(α) over the roots α of p in (a, b).
    pub(crate) fn generalized(first: &Poly, second: Poly) -> Self {
        let mut members = vec![first.primitive_part()];
        let mut next = second.primitive_part();
        while !next.is_zero() {
            let rest = members[members.len() - 1].remainder(&next).primitive_part();
            members.push(next);
            next = -rest;
        }
        Self { members }
    }

    /// The members, the polynomial itself first.
    pub fn members(&self) -> &[Poly] {
        &self.members
    }

    /// The number of roots in the half-open interval (lower, upper]; `None` stands for −∞ and ∞.
    ///
    /// For lower ≥ upper the number is 0. Sturm's theorem: it is the loss of sign variations between the ends.
    pub fn roots_between(&self, lower: Option<&Rational>, upper: Option<&Rational>) -> usize {
        let below = match lower {
            Some(point) => self.variations_at(point),
            None => variations(self.members.iter().map(sign_at_minus_infinity)),
        };
        let above = match upper {
            Some(point) => self.variations_at(point),
            None => variations(self.members.iter().map(sign_at_infinity)),
        };
        below.saturating_sub(above)
    }

    /// [`SturmChain::roots_between`] for algebraic ends.
    pub fn roots_between_numbers(
        &self,
        lower: Option<&Algebraic>,
        upper: Option<&Algebraic>,
    ) -> usize {
        let at = |number: &Algebraic| variations(self.members.iter().map(|p| number.sign_of(p)));
        let below = match lower {
            Some(number) => at(number),
            None => variations(self.members.iter().map(sign_at_minus_infinity)),
        };
        let above = match upper {
            Some(number) => at(number),
            None => variations(self.members.iter().map(sign_at_infinity)),
        };
        below.saturating_sub(above)
    }

    /// The number of sign changes along the chain at a point, zeros left out.
    pub fn variations_at(&self, point: &Rational) -> usize {
        variations(
            self.members
                .iter()
                .map(|member| member.evaluate(point).sign()),
        )
    }
}

/// The number of sign changes in a sequence, zeros left out.
pub(crate) fn variations(signs: impl Iterator<Item = Sign>) -> usize {
    let mut previous = Sign::Zero;
    let mut count = 0;
    for sign in signs.filter(|sign| *sign != Sign::Zero) {
        count += usize::from(sign.reverse() == previous);
        previous = sign;
    }
    count
}

/// The sign of p(t) for all large t.
pub(crate) fn sign_at_infinity(poly: &Poly) -> Sign {
    poly.leading().map_or(Sign::Zero, Rational::sign)
}

/// The sign of p(t) for all large −t.
pub(crate) fn sign_at_minus_infinity(poly: &Poly) -> Sign {
    let odd = poly.degree().is_some_and(|degree| degree % 2 == 1);
    let sign = sign_at_infinity(poly);
    if odd { sign.reverse() } else { sign }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poly(coefficients: &[i64]) -> Poly {
        Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
    }

    #[test]
    fn counts_on_known_polynomials() {
        // (t + 1) t (t − 1)
        let chain = SturmChain::new(&poly(&[0, -1, 0, 1]));
        let number = |n: i64| Rational::from(n);
        assert_eq!(chain.roots_between(None, None), 3);
        assert_eq!(chain.roots_between(Some(&number(-1)), None), 2);
        assert_eq!(chain.roots_between(None, Some(&number(-1))), 1);
        assert_eq!(chain.roots_between(Some(&number(0)), Some(&number(1))), 1);
        assert_eq!(chain.roots_between(Some(&number(1)), Some(&number(2))), 0);
        assert_eq!(chain.roots_between(Some(&number(0)), Some(&number(0))), 0);
        assert_eq!(
            SturmChain::new(&poly(&[1, 0, 1])).roots_between(None, None),
            0
        );
        assert_eq!(SturmChain::new(&poly(&[5])).roots_between(None, None), 0);
        assert_eq!(
            SturmChain::new(&poly(&[5, -1])).roots_between(None, None),
            1
        );
    }

    #[test]
    fn variations_leave_out_zeros() {
        use Sign::{Negative as N, Positive as P, Zero as Z};
        assert_eq!(variations([P, Z, N, Z, Z, P].into_iter()), 2);
        assert_eq!(variations([Z, P, Z, P].into_iter()), 0);
        assert_eq!(variations([].into_iter()), 0);
    }
}
