//! Polynomials in several symbols over ℚ.

mod division;
mod operators;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use super::poly::Poly;
use super::rational::Rational;

pub(crate) use division::common_exponents;
pub(crate) use text::name;

/// The exponents (e₀, e₁, …) of a monomial s₀^e₀·s₁^e₁·…, without trailing zeros; empty for 1.
///
/// On such lists the lexicographic order is a monomial order, s₀ first: α < β ⟹ α + γ < β + γ.
pub type Exponents = Vec<u32>;

/// A polynomial in the symbols s₀, s₁, … over ℚ; a symbol is its index.
///
/// Canonical: a map from monomials to coefficients that are not zero; the zero polynomial is the empty map.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct MultiPoly {
    terms: BTreeMap<Exponents, Rational>,
}

impl MultiPoly {
    /// The constant polynomial a.
    pub fn constant(value: Rational) -> Self {
        Self::monomial(Vec::new(), value)
    }

    /// The polynomial s_i.
    pub fn symbol(i: usize) -> Self {
        let mut exponents = vec![0; i + 1];
        exponents[i] = 1;
        Self::monomial(exponents, Rational::one())
    }

    /// The polynomial a·s₀^e₀·s₁^e₁·….
    pub fn monomial(mut exponents: Exponents, coefficient: Rational) -> Self {
        trim(&mut exponents);
        let mut terms = BTreeMap::new();
        if !coefficient.is_zero() {
            terms.insert(exponents, coefficient);
        }
        Self { terms }
    }

    /// The polynomial p(s_i).
    pub fn from_univariate(poly: &Poly, i: usize) -> Self {
        let mut sum = Self::default();
        for (power, coefficient) in poly.coefficients().iter().enumerate() {
            let mut exponents = vec![0; i + 1];
            exponents[i] = u32::try_from(power).expect("a degree below 2³²");
            sum.add_term(exponents, coefficient);
        }
        sum
    }

    /// The terms (monomial, coefficient), in ascending monomial order.
    pub fn terms(&self) -> impl DoubleEndedIterator<Item = (&Exponents, &Rational)> + Clone {
        self.terms.iter()
    }

    /// The number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether this is the polynomial 0.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The value of a polynomial without symbols; `None` if a symbol occurs.
    pub fn as_constant(&self) -> Option<Rational> {
        match self.terms.last_key_value() {
            None => Some(Rational::zero()),
            Some((exponents, value)) if exponents.is_empty() => Some(value.clone()),
            Some(_) => None,
        }
    }

    /// The polynomial p with p(s_i) = self; `None` if another symbol occurs.
    pub fn as_univariate(&self, i: usize) -> Option<Poly> {
        let only = |e: &Exponents| e.len() <= i + 1 && e.iter().take(i).all(|&power| power == 0);
        if !self.terms.keys().all(only) {
            return None;
        }
        let degree = self.degree_in(i) as usize;
        let mut coefficients = vec![Rational::zero(); degree + 1];
        for (exponents, value) in &self.terms {
            coefficients[power_of(exponents, i) as usize] = value.clone();
        }
        Some(Poly::from_coefficients(coefficients))
    }

    /// The symbols that occur.
    pub fn symbols(&self) -> BTreeSet<usize> {
        let occurring = |e: &Exponents| {
            e.iter()
                .enumerate()
                .filter(|(_, power)| **power > 0)
                .map(|(i, _)| i)
                .collect::<Vec<_>>()
        };
        self.terms.keys().flat_map(occurring).collect()
    }

    /// The degree in s_i; 0 for the zero polynomial.
    pub fn degree_in(&self, i: usize) -> u32 {
        self.terms
            .keys()
            .map(|exponents| power_of(exponents, i))
            .max()
            .unwrap_or(0)
    }

    /// The polynomial as a polynomial in s₁, s₂, … with coefficients in ℚ\[s₀\]: pairs (exponents with e₀ = 0, p(s₀) ≠ 0),
    /// in ascending monomial order, the constant monomial first if it occurs.
    pub fn by_other_symbols(&self) -> BTreeMap<Exponents, Poly> {
        let mut groups: BTreeMap<Exponents, Vec<Rational>> = BTreeMap::new();
        for (exponents, value) in &self.terms {
            let mut others = exponents.clone();
            if let Some(first) = others.first_mut() {
                *first = 0;
            }
            trim(&mut others);
            let coefficients = groups.entry(others).or_default();
            // Terms ascend, s₀ first: the powers of s₀ ascend within a group.
            coefficients.resize(power_of(exponents, 0) as usize, Rational::zero());
            coefficients.push(value.clone());
        }
        groups
            .into_iter()
            .map(|(key, list)| (key, Poly::from_coefficients(list)))
            .collect()
    }

    /// The polynomial with s_i replaced by a number.
    #[must_use]
    pub fn substitute(&self, i: usize, value: &Rational) -> Self {
        let mut sum = Self::default();
        for (exponents, coefficient) in &self.terms {
            let mut rest = exponents.clone();
            let power = rest.get_mut(i).map_or(0, std::mem::take);
            sum.add_term(rest, &(coefficient * &value.pow(power)));
        }
        sum
    }

    /// The value at (x₀, x₁, …); `None` if a symbol occurs beyond the end of the point.
    pub fn evaluate(&self, point: &[Rational]) -> Option<Rational> {
        let mut sum = Rational::zero();
        for (exponents, coefficient) in &self.terms {
            let mut product = coefficient.clone();
            for (i, &power) in exponents
                .iter()
                .enumerate()
                .filter(|(_, power)| **power > 0)
            {
                product *= &point.get(i)?.pow(power);
            }
            sum += &product;
        }
        Some(sum)
    }

    /// The multiple a·p.
    #[must_use]
    pub fn scaled(&self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return Self::default();
        }
        let terms = self
            .terms
            .iter()
            .map(|(e, value)| (e.clone(), value * factor))
            .collect();
        Self { terms }
    }

    /// The power pⁿ; p⁰ = 1.
    #[must_use]
    pub fn pow(&self, n: u32) -> Self {
        let mut value = Self::constant(Rational::one());
        for bit in (0..u32::BITS - n.leading_zeros()).rev() {
            value = &value * &value;
            if n >> bit & 1 == 1 {
                value = &value * self;
            }
        }
        value
    }

    /// self += a·s^e.
    fn add_term(&mut self, mut exponents: Exponents, coefficient: &Rational) {
        if coefficient.is_zero() {
            return;
        }
        trim(&mut exponents);
        match self.terms.entry(exponents) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(coefficient.clone());
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                *entry.get_mut() += coefficient;
                if entry.get().is_zero() {
                    entry.remove();
                }
            }
        }
    }

    /// self += a·s^e·p.
    fn add_multiple(&mut self, exponents: &[u32], factor: &Rational, other: &Self) {
        for (inner, value) in &other.terms {
            self.add_term(product_of(exponents, inner), &(factor * value));
        }
    }
}

fn trim(exponents: &mut Exponents) {
    while exponents.last() == Some(&0) {
        exponents.pop();
    }
}

fn power_of(exponents: &[u32], i: usize) -> u32 {
    exponents.get(i).copied().unwrap_or(0)
}

/// The exponents of a product of monomials.
fn product_of(a: &[u32], b: &[u32]) -> Exponents {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let mut sum = long.to_vec();
    for (power, more) in sum.iter_mut().zip(short) {
        *power = power.checked_add(*more).expect("exponents stay below 2³²");
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    fn x() -> MultiPoly {
        MultiPoly::symbol(0)
    }

    fn y() -> MultiPoly {
        MultiPoly::symbol(1)
    }

    #[test]
    fn binomials() {
        let sum = &x() + &y();
        assert_eq!(&(&sum * &(&x() - &y())) + &y().pow(2), x().pow(2));
        assert_eq!(sum.pow(3).len(), 4);
        assert_eq!(sum.pow(3).evaluate(&[2.into(), 3.into()]), Some(125.into()));
        assert_eq!(sum.evaluate(&[2.into()]), None);
        assert!((&sum - &sum).is_empty());
        assert_eq!(sum.pow(0), MultiPoly::one());
    }

    #[test]
    fn univariate_views() {
        let p = &(&x().pow(2) + &x()) - &MultiPoly::constant(2.into());
        let view = Poly::from_coefficients([-2, 1, 1].map(Rational::from).to_vec());
        assert_eq!(p.as_univariate(0), Some(view.clone()));
        assert_eq!(MultiPoly::from_univariate(&view, 0), p);
        assert_eq!(
            MultiPoly::from_univariate(&view, 3).as_univariate(3),
            Some(view)
        );
        assert_eq!(p.as_univariate(1), None);
        assert_eq!((&x() * &y()).as_univariate(0), None);
        assert_eq!(MultiPoly::zero().as_univariate(5), Some(Poly::zero()));
        assert_eq!((&x() * &y()).symbols(), BTreeSet::from([0, 1]));
        assert_eq!((&x() * &y().pow(3)).degree_in(1), 3);
        assert_eq!(x().degree_in(4), 0);
    }

    #[test]
    fn grouping_by_the_other_symbols() {
        // (x² − 1)·y + x³
        let p = &(&(&x().pow(2) - &MultiPoly::one()) * &y()) + &x().pow(3);
        let groups = p.by_other_symbols();
        let poly = |list: &[i64]| Poly::from_coefficients(list.iter().map(|&n| n.into()).collect());
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[&vec![]], poly(&[0, 0, 0, 1]));
        assert_eq!(groups[&vec![0, 1]], poly(&[-1, 0, 1]));
        assert_eq!(
            p.substitute(1, &2.into()).as_univariate(0),
            Some(poly(&[-2, 0, 2, 1]))
        );
        assert_eq!(p.substitute(0, &1.into()), MultiPoly::one());
        assert_eq!(p.substitute(9, &1.into()), p);
    }
}
