//! Polynomials that meet hard cases: equal exponents, coefficients that cancel, nothing at all.

use relu_core::number::multipoly::MultiPoly;
use relu_core::number::polynomial::Polynomial;
use relu_core::number::rational::Rational;

use super::numbers::small_real;
use super::stream::Stream;

/// Largest number of variables of a polynomial that is drawn.
pub const MAX_VARIABLES: usize = 64;
/// Largest exponent of one variable.
const MAX_EXPONENT: i64 = 8;
/// Largest number of terms.
const MAX_TERMS: i64 = 5;

/// A family of polynomials; definitions and sources are in [`super::FAMILIES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolynomialFamily {
    /// A few terms with small exponents and coefficients.
    Small,
    /// All exponents from one or two values.
    RepeatedExponents,
    /// Coefficients of both signs that add up to zero, some of them large.
    Cancelling,
    /// The zero polynomial.
    Zero,
}

impl PolynomialFamily {
    /// Every family.
    pub const ALL: [Self; 4] = [
        Self::Small,
        Self::RepeatedExponents,
        Self::Cancelling,
        Self::Zero,
    ];

    /// The name used in claim files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::RepeatedExponents => "repeated-exponents",
            Self::Cancelling => "cancelling",
            Self::Zero => "zero",
        }
    }

    /// The family with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// A polynomial in this many variables; `None` for none, or more than [`MAX_VARIABLES`].
    pub fn draw(self, stream: &mut Stream, variables: usize) -> Option<Polynomial> {
        if !(1..=MAX_VARIABLES).contains(&variables) {
            return None;
        }
        let terms = match self {
            Self::Small => small(stream, variables),
            Self::RepeatedExponents => repeated(stream, variables),
            Self::Cancelling => cancelling(stream, variables),
            Self::Zero => MultiPoly::default(),
        };
        Polynomial::new(variables, terms).ok()
    }
}

/// A number of terms or a largest exponent that grows with the size of the stream.
fn up_to(stream: &mut Stream, most: i64) -> i64 {
    let size = i64::try_from(stream.size()).unwrap_or(most);
    stream.between(1, most.min(1 + size / 2))
}

/// An exponent, small ones more often.
fn exponent(stream: &mut Stream, most: i64) -> u32 {
    let largest = stream.between(0, most);
    u32::try_from(stream.between(0, largest)).expect("not negative")
}

fn small(stream: &mut Stream, variables: usize) -> MultiPoly {
    let most = up_to(stream, MAX_EXPONENT);
    (0..up_to(stream, MAX_TERMS)).fold(MultiPoly::default(), |sum, _| {
        let exponents = (0..variables).map(|_| exponent(stream, most)).collect();
        &sum + &MultiPoly::monomial(exponents, small_real(stream))
    })
}

/// Every exponent is 0, e or 1.
fn repeated(stream: &mut Stream, variables: usize) -> MultiPoly {
    let most = up_to(stream, MAX_EXPONENT);
    let e = u32::try_from(stream.between(1, most)).expect("positive");
    (0..up_to(stream, MAX_TERMS)).fold(MultiPoly::default(), |sum, _| {
        let exponents = (0..variables)
            .map(|_| *stream.choose(&[e, e, 0, 1]).expect("not empty"))
            .collect();
        &sum + &MultiPoly::monomial(exponents, small_real(stream))
    })
}

/// Σ a·(x^α − x^β), so p(1,…,1) = 0.
fn cancelling(stream: &mut Stream, variables: usize) -> MultiPoly {
    let most = up_to(stream, MAX_EXPONENT);
    (0..up_to(stream, 3)).fold(MultiPoly::default(), |sum, _| {
        let mut exponents = || (0..variables).map(|_| exponent(stream, most)).collect();
        let (plus, minus) = (exponents(), exponents());
        let factor = if stream.chance(1, 3) {
            Rational::from(100)
        } else {
            small_real(stream)
        };
        let pair = &MultiPoly::monomial(plus, factor.clone()) - &MultiPoly::monomial(minus, factor);
        &sum + &pair
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    fn drawn(family: PolynomialFamily, variables: usize) -> Vec<Polynomial> {
        (0..200)
            .map(|key| {
                let mut stream = Stream::from_key(key, usize::try_from(key % 20).unwrap());
                family.draw(&mut stream, variables).unwrap()
            })
            .collect()
    }

    #[test]
    fn families_hit_what_they_are_for() {
        for variables in [1, 2, 4] {
            assert!(
                drawn(PolynomialFamily::Zero, variables)
                    .iter()
                    .all(|p| p.terms().is_empty())
            );
            let ones = vec![Rational::one(); variables];
            let cancelling = drawn(PolynomialFamily::Cancelling, variables);
            assert!(
                cancelling
                    .iter()
                    .all(|p| p.evaluate(&ones).unwrap().is_zero())
            );
            let nontrivial = cancelling.iter().filter(|p| !p.terms().is_empty()).count();
            assert!(nontrivial > 60, "{nontrivial}");
            for p in drawn(PolynomialFamily::RepeatedExponents, variables) {
                let large = p
                    .terms()
                    .terms()
                    .flat_map(|(exponents, _)| exponents.clone());
                let mut large: Vec<u32> = large.filter(|e| *e > 1).collect();
                large.dedup();
                assert!(large.len() <= 1, "{p}");
            }
            let degrees = drawn(PolynomialFamily::Small, variables);
            assert!(degrees.iter().any(|p| p.total_degree() > 4));
            assert!(degrees.iter().any(|p| p.total_degree() <= 1));
        }
    }

    #[test]
    fn other_numbers_of_variables_are_refused() {
        let mut stream = Stream::from_key(1, 5);
        for family in PolynomialFamily::ALL {
            assert_eq!(family.draw(&mut stream, 0), None);
            assert_eq!(family.draw(&mut stream, MAX_VARIABLES + 1), None);
            assert_eq!(PolynomialFamily::from_name(family.name()), Some(family));
        }
    }
}
