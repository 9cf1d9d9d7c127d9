//! Polynomials with negative powers, in the variables of a problem: the exponents of a form.

use std::collections::BTreeMap;

use relu_core::number::rational::Rational;

use super::span::Span;

/// Powers of variables by their number, without zeros.
pub(super) type Monomial = Vec<(usize, i32)>;

/// Σ c·x^α, without zero coefficients.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Laurent(pub(super) BTreeMap<Monomial, Rational>);

/// Largest size of an exponent, and largest number of terms.
const MOST: usize = 64;

impl Laurent {
    pub fn constant(value: Rational) -> Self {
        let mut terms = BTreeMap::new();
        if !value.is_zero() {
            terms.insert(Vec::new(), value);
        }
        Self(terms)
    }

    pub fn variable(number: usize) -> Self {
        Self(BTreeMap::from([(vec![(number, 1)], Rational::one())]))
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The number, if no variable occurs.
    pub fn to_rational(&self) -> Option<Rational> {
        match self.0.len() {
            0 => Some(Rational::zero()),
            1 => self.0.get(&Vec::new()).cloned(),
            _ => None,
        }
    }

    pub fn plus(&self, other: &Self) -> Self {
        let mut terms = self.0.clone();
        for (monomial, coefficient) in &other.0 {
            let sum = terms.remove(monomial).unwrap_or_else(Rational::zero);
            let sum = &sum + coefficient;
            if !sum.is_zero() {
                terms.insert(monomial.clone(), sum);
            }
        }
        Self(terms)
    }

    pub fn scaled(&self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return Self::default();
        }
        let scale = |(monomial, c): (&Monomial, &Rational)| (monomial.clone(), c * factor);
        Self(self.0.iter().map(scale).collect())
    }

    /// The product; `None` if it has too many terms or too high powers.
    pub fn times(&self, other: &Self) -> Option<Self> {
        let mut product = Self::default();
        for (left, a) in &self.0 {
            for (right, b) in &other.0 {
                let monomial = joined(left, right);
                if monomial
                    .iter()
                    .any(|(_, power)| power.unsigned_abs() as usize > MOST)
                {
                    return None;
                }
                product = product.plus(&Self(BTreeMap::from([(monomial, a * b)])));
            }
        }
        (product.0.len() <= MOST).then_some(product)
    }

    /// 1/P for a single term.
    pub fn recip(&self) -> Option<Self> {
        if self.0.len() != 1 {
            return None;
        }
        let (monomial, coefficient) = self.0.iter().next()?;
        let inverse = monomial.iter().map(|(x, power)| (*x, -power)).collect();
        Some(Self(BTreeMap::from([(inverse, coefficient.recip()?)])))
    }

    /// Pⁿ.
    pub fn pow(&self, n: u32) -> Option<Self> {
        (n as usize <= MOST).then_some(())?;
        (0..n).try_fold(Self::constant(Rational::one()), |product, _| {
            product.times(self)
        })
    }

    /// The variables that occur.
    pub fn variables(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.keys().flatten().map(|(x, _)| *x)
    }

    /// With numbers for some variables; `None` for a negative power of 0.
    pub fn at(&self, known: &impl Fn(usize) -> Option<Rational>) -> Option<Self> {
        let mut sum = Self::default();
        for (monomial, coefficient) in &self.0 {
            let mut coefficient = coefficient.clone();
            let mut rest = Monomial::new();
            for (x, power) in monomial {
                match known(*x) {
                    Some(value) => coefficient = &coefficient * &value.power((*power).into())?,
                    None => rest.push((*x, *power)),
                }
            }
            if !coefficient.is_zero() {
                sum = sum.plus(&Self(BTreeMap::from([(rest, coefficient)])));
            }
        }
        Some(sum)
    }

    /// All values for variables in these ranges.
    pub fn enclosed(&self, range: &impl Fn(usize) -> Span) -> Span {
        let term = |(monomial, coefficient): (&Monomial, &Rational)| {
            let factors = monomial.iter().map(|(x, power)| range(*x).power(*power));
            factors.fold(Span::exactly(coefficient.clone()), |product, factor| {
                product.times(&factor)
            })
        };
        let zero = Span::exactly(Rational::zero());
        self.0
            .iter()
            .map(term)
            .fold(zero, |sum, next| sum.plus(&next))
    }
}

fn joined(left: &Monomial, right: &Monomial) -> Monomial {
    let mut powers: BTreeMap<usize, i32> = left.iter().copied().collect();
    for (x, power) in right {
        *powers.entry(*x).or_default() += power;
    }
    powers.retain(|_, power| *power != 0);
    powers.into_iter().collect()
}
