//! Cells of the real line of one symbol, and the order of ℚ(s₀, s₁, …) over such a cell.

mod context;
mod text;

pub use context::{Others, RealContext};

use std::cmp::Ordering;

use super::poly::Poly;
use super::rational::Rational;
use super::roots::{Algebraic, SturmChain, real_roots};
use crate::failure::Failure;
use crate::field::Sign;

/// A point of the real line, or an open interval of it that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RealCell {
    /// The numbers strictly between the ends; `None` is −∞ and ∞. Invariant: lower < upper.
    Open {
        /// The lower end.
        lower: Option<Algebraic>,
        /// The upper end.
        upper: Option<Algebraic>,
    },
    /// One number.
    Point(Algebraic),
}

impl RealCell {
    /// The whole line.
    pub fn line() -> Self {
        Self::Open {
            lower: None,
            upper: None,
        }
    }

    /// The open interval between the ends; `None` iff it is empty.
    pub fn open(lower: Option<Algebraic>, upper: Option<Algebraic>) -> Option<Self> {
        if let (Some(low), Some(high)) = (&lower, &upper)
            && low >= high
        {
            return None;
        }
        Some(Self::Open { lower, upper })
    }

    /// Whether the cell is one point.
    pub fn is_point(&self) -> bool {
        matches!(self, Self::Point(_))
    }

    /// Whether a number lies in the cell.
    pub fn contains(&self, number: &Algebraic) -> bool {
        match self {
            Self::Open { lower, upper } => {
                lower.as_ref().is_none_or(|end| end < number)
                    && upper.as_ref().is_none_or(|end| number < end)
            }
            Self::Point(point) => point == number,
        }
    }

    /// The sign of a polynomial on the cell.
    ///
    /// Errors ([`Failure::Split`], with the squarefree part): the cell is open and a polynomial that is not 0 has a root in it;
    /// also a root without a change of sign, because the sign is 0 there.
    pub fn sign_of(&self, poly: &Poly) -> Result<Sign, Failure> {
        if let Some(value) = poly.as_constant() {
            return Ok(value.sign());
        }
        match self {
            Self::Point(point) => Ok(point.sign_of(poly)),
            Self::Open { lower, upper } => sign_between(poly, lower.as_ref(), upper.as_ref()),
        }
    }

    /// The parts into which the roots of a polynomial cut the cell, ascending; together they are exactly the cell.
    ///
    /// The sign of the polynomial is uniform on every part. A point, and a cell without roots of the polynomial, stay whole.
    pub fn split(&self, poly: &Poly) -> Vec<Self> {
        let Self::Open { lower, upper } = self else {
            return vec![self.clone()];
        };
        let mut parts = Vec::new();
        let mut left = lower.clone();
        for root in real_roots(poly)
            .into_iter()
            .filter(|root| self.contains(root))
        {
            parts.push(Self::Open {
                lower: left,
                upper: Some(root.clone()),
            });
            parts.push(Self::Point(root.clone()));
            left = Some(root);
        }
        parts.push(Self::Open {
            lower: left,
            upper: upper.clone(),
        });
        parts
    }

    /// The simplest rational number in the cell (least denominator, then least absolute value); `None` iff the cell is an
    /// irrational point.
    pub fn sample(&self) -> Option<Rational> {
        match self {
            Self::Point(point) => point.to_rational().cloned(),
            Self::Open { lower, upper } => Some(simplest(lower.as_ref(), upper.as_ref())),
        }
    }
}

/// [`RealCell::sign_of`] on an open cell, for a polynomial of degree at least 1.
fn sign_between(
    poly: &Poly,
    lower: Option<&Algebraic>,
    upper: Option<&Algebraic>,
) -> Result<Sign, Failure> {
    if let [constant, slope] = poly.coefficients() {
        let root = (-constant)
            .over(slope)
            .expect("a leading coefficient is not zero");
        if lower.is_some_and(|end| end.compare_rational(&root) != Ordering::Less) {
            return Ok(slope.sign());
        }
        if upper.is_some_and(|end| end.compare_rational(&root) != Ordering::Greater) {
            return Ok(slope.sign().reverse());
        }
        return Err(Failure::Split(poly.normalized()));
    }
    let squarefree = poly.squarefree();
    // A polynomial of odd degree has a root on the line.
    let certain =
        lower.is_none() && upper.is_none() && squarefree.degree().is_some_and(|n| n % 2 == 1);
    if certain || has_root(&squarefree, lower, upper) {
        return Err(Failure::Split(squarefree));
    }
    Ok(poly.evaluate(&simplest(lower, upper)).sign())
}

/// Whether a squarefree polynomial has a root strictly between the ends.
fn has_root(squarefree: &Poly, lower: Option<&Algebraic>, upper: Option<&Algebraic>) -> bool {
    if let [c, b, a] = squarefree.coefficients() {
        let discriminant = &(b * b) - &(&Rational::from(4) * &(a * c));
        if discriminant.sign() == Sign::Negative {
            return false;
        }
    }
    let chain = SturmChain::new(squarefree);
    let count = chain.roots_between_numbers(lower, upper);
    let upper_is_root = upper.is_some_and(|end| end.sign_of(squarefree) == Sign::Zero);
    count > usize::from(upper_is_root)
}

/// The simplest rational number strictly between the ends, lower < upper.
fn simplest(lower: Option<&Algebraic>, upper: Option<&Algebraic>) -> Rational {
    let (low, high) = match (lower, upper) {
        (None, None) => return Rational::zero(),
        // The simplest number above a is 0 or the least integer above a.
        (Some(low), None) => {
            return if low.sign() == Sign::Negative {
                Rational::zero()
            } else {
                integer_above(low)
            };
        }
        (None, Some(high)) => {
            return if high.sign() == Sign::Positive {
                Rational::zero()
            } else {
                integer_below(high)
            };
        }
        (Some(low), Some(high)) => (low, high),
    };
    let (mut low, mut high) = (low.clone(), high.clone());
    loop {
        // The enclosing interval has finitely many simpler numbers than the answer; refinement excludes them one by one.
        if let Some(candidate) = Rational::simplest_between(low.lower(), high.upper())
            && low.compare_rational(&candidate) == Ordering::Less
            && high.compare_rational(&candidate) == Ordering::Greater
        {
            return candidate;
        }
        low.refine();
        high.refine();
    }
}

/// The least integer above a number.
fn integer_above(number: &Algebraic) -> Rational {
    let one = Rational::one();
    let narrow = number.refined(&one);
    let mut candidate = &Rational::from(narrow.lower().floor()) + &one;
    while number.compare_rational(&candidate) != Ordering::Less {
        candidate += &one;
    }
    candidate
}

/// The largest integer below a number.
fn integer_below(number: &Algebraic) -> Rational {
    let one = Rational::one();
    let narrow = number.refined(&one);
    let mut candidate = &Rational::from(narrow.upper().ceil()) - &one;
    while number.compare_rational(&candidate) != Ordering::Greater {
        candidate -= &one;
    }
    candidate
}

#[cfg(test)]
mod tests;
