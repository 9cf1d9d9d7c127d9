//! Germs of polynomial functions at t → 0+.

use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::number::rational::Rational;

/// The highest power of t that a [`Germ`] keeps.
pub const GERM_ORDER: usize = 12;

/// The germ of t ↦ Σ a_k tᵏ at t → 0+, kept up to t^[`GERM_ORDER`].
///
/// Canonical: no trailing zero coefficient. A germ remembers whether a higher term was cut off, and is never taken for
/// zero then. Division only by constants.
#[derive(Clone, Debug, PartialEq)]
pub struct Germ<S> {
    coefficients: Vec<S>,
    truncated: bool,
}

impl<S: Field> Germ<S> {
    /// The constant germ a.
    pub fn constant(value: S) -> Self {
        Self::from_coefficients(vec![value])
    }

    /// The germ of t ↦ base + direction·t.
    pub fn variable_from(base: S, direction: S) -> Self {
        Self::from_coefficients(vec![base, direction])
    }

    /// The germ of t ↦ Σ a_k tᵏ for the coefficients a₀, a₁, ….
    pub fn from_coefficients(coefficients: Vec<S>) -> Self {
        Self::canonical(coefficients, false)
    }

    /// The coefficient of tᵏ, 0 beyond the kept ones.
    pub fn coefficient(&self, k: usize) -> S {
        self.coefficients.get(k).cloned().unwrap_or_else(S::zero)
    }

    /// The kept coefficients a₀, …, a_n with a_n ≠ 0.
    pub fn coefficients(&self) -> &[S] {
        &self.coefficients
    }

    /// Whether terms beyond t^[`GERM_ORDER`] were cut off.
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    fn canonical(mut coefficients: Vec<S>, mut truncated: bool) -> Self {
        if coefficients.len() > GERM_ORDER + 1 {
            truncated |= coefficients.drain(GERM_ORDER + 1..).any(|a| !a.is_zero());
        }
        while coefficients.last().is_some_and(S::is_zero) {
            coefficients.pop();
        }
        Self {
            coefficients,
            truncated,
        }
    }

    fn merged(&self, other: &Self, f: impl Fn(&S, &S) -> S) -> Self {
        let length = self.coefficients.len().max(other.coefficients.len());
        let zero = S::zero();
        let sums = (0..length).map(|k| {
            f(
                self.coefficients.get(k).unwrap_or(&zero),
                other.coefficients.get(k).unwrap_or(&zero),
            )
        });
        Self::canonical(sums.collect(), self.truncated || other.truncated)
    }
}

impl<S: Field> Field for Germ<S> {
    fn zero() -> Self {
        Self {
            coefficients: Vec::new(),
            truncated: false,
        }
    }

    fn one() -> Self {
        Self::constant(S::one())
    }

    fn from_rational(value: &Rational) -> Self {
        Self::constant(S::from_rational(value))
    }

    fn plus(&self, other: &Self) -> Self {
        self.merged(other, S::plus)
    }

    fn minus(&self, other: &Self) -> Self {
        self.merged(other, S::minus)
    }

    fn times(&self, other: &Self) -> Self {
        if Field::is_zero(self) || Field::is_zero(other) {
            return Self::zero();
        }
        let (a, b) = (&self.coefficients, &other.coefficients);
        let length = (a.len() + b.len()).saturating_sub(1);
        let mut product = vec![S::zero(); length.min(GERM_ORDER + 1)];
        for (i, x) in a.iter().enumerate().take(product.len()) {
            for (sum, y) in product[i..].iter_mut().zip(b) {
                sum.add_product(x, y);
            }
        }
        // The highest term a_n·b_m is not zero, since S has no zero divisors.
        let cut = length > GERM_ORDER + 1;
        Self::canonical(product, cut || self.truncated || other.truncated)
    }

    fn negated(&self) -> Self {
        let coefficients = self.coefficients.iter().map(S::negated).collect();
        Self {
            coefficients,
            truncated: self.truncated,
        }
    }

    /// The quotient by a constant germ that is not 0; `None` for any other divisor.
    fn over(&self, divisor: &Self) -> Option<Self> {
        match divisor.coefficients.as_slice() {
            [value] if !divisor.truncated => {
                let quotients = self
                    .coefficients
                    .iter()
                    .map(|a| a.over(value))
                    .collect::<Option<_>>()?;
                Some(Self::canonical(quotients, self.truncated))
            }
            _ => None,
        }
    }

    fn is_zero(&self) -> bool {
        self.coefficients.is_empty() && !self.truncated
    }
}

/// The order of germs: f > 0 iff f(t) > 0 for all small t > 0, decided by the order of the coefficients.
#[derive(Clone, Copy, Debug)]
pub struct GermOrder<'a, O>(pub &'a O);

impl<S: Field, O: Order<S>> Order<Germ<S>> for GermOrder<'_, O> {
    /// The sign of the first coefficient that is not zero.
    ///
    /// Errors: those of the signs of the coefficients; [`Failure::Unknown`] if all kept coefficients are zero and higher
    /// terms were cut off.
    fn sign(&self, value: &Germ<S>) -> Result<Sign, Failure> {
        for coefficient in &value.coefficients {
            match self.0.sign(coefficient)? {
                Sign::Zero => {}
                sign => return Ok(sign),
            }
        }
        if value.truncated {
            return Err(Failure::Unknown(format!(
                "sign of a germ whose terms up to order {GERM_ORDER} vanish"
            )));
        }
        Ok(Sign::Zero)
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;
    use crate::field::RationalOrder;

    fn germ(coefficients: &[i64]) -> Germ<Rational> {
        Germ::from_coefficients(coefficients.iter().map(|&a| a.into()).collect())
    }

    const ORDER: GermOrder<'static, RationalOrder> = GermOrder(&RationalOrder);

    #[test]
    fn the_first_coefficient_decides() {
        assert_eq!(ORDER.sign(&germ(&[0, 0, -1, 100])), Ok(Sign::Negative));
        assert_eq!(ORDER.sign(&germ(&[0, 1, -100])), Ok(Sign::Positive));
        assert_eq!(ORDER.sign(&germ(&[])), Ok(Sign::Zero));
        // t < 1, and t² < t.
        assert_eq!(
            ORDER.compare(&germ(&[0, 1]), &germ(&[1])),
            Ok(Ordering::Less)
        );
        assert_eq!(
            ORDER.compare(&germ(&[0, 0, 1]), &germ(&[0, 1])),
            Ok(Ordering::Less)
        );
    }

    #[test]
    fn products_beyond_the_order_are_not_zero() {
        let t = Germ::variable_from(Rational::zero(), Rational::one());
        let mut power = germ(&[1]);
        for _ in 0..GERM_ORDER {
            power = power.times(&t);
        }
        assert_eq!(ORDER.sign(&power), Ok(Sign::Positive));
        let cut = power.times(&t);
        assert!(!Field::is_zero(&cut) && cut.is_truncated());
        assert!(matches!(ORDER.sign(&cut), Err(Failure::Unknown(_))));
        assert!(matches!(
            ORDER.sign(&cut.minus(&cut)),
            Err(Failure::Unknown(_))
        ));
        assert_eq!(ORDER.sign(&cut.plus(&germ(&[-1]))), Ok(Sign::Negative));
        assert!(Field::is_zero(&cut.times(&Germ::zero())));
    }

    #[test]
    fn division_only_by_constants() {
        assert_eq!(germ(&[2, 4]).over(&germ(&[2])), Some(germ(&[1, 2])));
        assert_eq!(germ(&[2, 4]).over(&germ(&[1, 1])), None);
        assert_eq!(germ(&[2, 4]).over(&germ(&[])), None);
        assert_eq!(germ(&[0, 1]).coefficient(1), Rational::one());
        assert_eq!(germ(&[0, 1]).coefficient(40), Rational::zero());
    }
}
