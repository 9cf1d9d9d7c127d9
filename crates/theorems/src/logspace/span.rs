//! Intervals whose ends may be infinite.

use relu_core::Sign;

use crate::enclosed::brief;
use std::fmt;

use relu_core::number::enclosure::Enclosure;
use relu_core::number::logarithm::{exponential, logarithm};
use relu_core::number::rational::Rational;

/// Fraction bits that enclosures keep.
const BITS: u32 = 56;

/// The numbers from `lower` to `upper`; `None` is −∞ below and +∞ above.
///
/// Operations enclose; 0·∞ counts as 0, which is right for ends that are limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Not above any number.
    pub lower: Option<Rational>,
    /// Not below any number.
    pub upper: Option<Rational>,
}

/// `from a to b`, long numbers by their first digits.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.lower, &self.upper) {
            (None, None) => write!(f, "any real number"),
            (Some(lower), None) => write!(f, "from {} on", brief(lower)),
            (None, Some(upper)) => write!(f, "up to {}", brief(upper)),
            (Some(lower), Some(upper)) => write!(f, "from {} to {}", brief(lower), brief(upper)),
        }
    }
}

/// An end of an interval.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Below,
    At(Rational),
    Above,
}

impl Span {
    /// One number.
    pub fn exactly(value: Rational) -> Self {
        Self {
            lower: Some(value.clone()),
            upper: Some(value),
        }
    }

    /// The whole line.
    pub fn line() -> Self {
        Self {
            lower: None,
            upper: None,
        }
    }

    /// From a to b.
    pub fn between(a: Rational, b: Rational) -> Self {
        Self {
            lower: Some(a),
            upper: Some(b),
        }
    }

    /// From a on.
    pub fn from(a: Rational) -> Self {
        Self {
            lower: Some(a),
            upper: None,
        }
    }

    /// The number, if there is one only.
    pub fn point(&self) -> Option<&Rational> {
        self.lower
            .as_ref()
            .filter(|lower| self.upper.as_ref() == Some(*lower))
    }

    /// Whether no number is left.
    pub fn is_empty(&self) -> bool {
        matches!((&self.lower, &self.upper), (Some(a), Some(b)) if a > b)
    }

    /// Whether all numbers of `other` are in it.
    pub fn contains(&self, other: &Self) -> bool {
        self.low() <= other.low() && other.high() <= self.high()
    }

    /// The numbers in both.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        of(self.low().max(other.low()), self.high().min(other.high()))
    }

    /// The least range that contains both; neither is empty.
    pub fn hull(&self, other: &Self) -> Self {
        of(self.low().min(other.low()), self.high().max(other.high()))
    }

    /// x + y.
    pub fn plus(&self, other: &Self) -> Self {
        let sum = |a: &Option<Rational>, b: &Option<Rational>| Some(a.as_ref()? + b.as_ref()?);
        Self {
            lower: sum(&self.lower, &other.lower),
            upper: sum(&self.upper, &other.upper),
        }
    }

    /// −x.
    pub fn negated(&self) -> Self {
        Self {
            lower: self.upper.as_ref().map(|end| -end),
            upper: self.lower.as_ref().map(|end| -end),
        }
    }

    /// x·y.
    pub fn times(&self, other: &Self) -> Self {
        let mut products = Vec::with_capacity(4);
        for a in [self.low(), self.high()] {
            for b in [other.low(), other.high()] {
                products.push(product(&a, &b));
            }
        }
        let low = products.iter().min().expect("four products").clone();
        let high = products.into_iter().max().expect("four products");
        of(low, high).rounded()
    }

    /// xⁿ, for x ≥ 0 if n < 0.
    pub fn power(&self, n: i32) -> Self {
        let positive = (0..n.unsigned_abs()).fold(Self::exactly(Rational::one()), |product, _| {
            product.times(self)
        });
        if n >= 0 { positive } else { positive.recip() }
    }

    /// 1/x for x > 0; the whole line if x may be 0 or negative.
    fn recip(&self) -> Self {
        let Some(lower) = &self.lower else {
            return Self::line();
        };
        if lower.sign() != Sign::Positive {
            return Self::line();
        }
        let zero = Rational::zero();
        Self {
            lower: Some(
                self.upper
                    .as_ref()
                    .map_or(zero, |upper| upper.recip().unwrap_or_else(Rational::zero)),
            ),
            upper: lower.recip(),
        }
        .rounded()
    }

    /// ln x, where x > 0.
    pub fn logarithm(&self) -> Self {
        Self {
            lower: self
                .lower
                .as_ref()
                .and_then(logarithm)
                .map(|found| found.lower),
            upper: self
                .upper
                .as_ref()
                .map(|end| logarithm(end).map_or_else(Rational::zero, |found| found.upper)),
        }
    }

    /// eˣ.
    pub fn exponential(&self) -> Self {
        let lower = self
            .lower
            .as_ref()
            .and_then(exponential)
            .map_or_else(Rational::zero, |found| found.lower);
        let upper = match &self.upper {
            None => None,
            Some(end) => match exponential(end) {
                Some(found) => Some(found.upper),
                // Far below 0, eˣ is below 1; far above, nothing is said.
                None if end.sign() == Sign::Negative => Some(Rational::one()),
                None => None,
            },
        };
        Self {
            lower: Some(lower),
            upper,
        }
    }

    /// Outwards to numbers with few digits.
    fn rounded(self) -> Self {
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) if lower == upper => Self::exactly(lower),
            (lower, upper) => Self {
                lower: lower.map(|end| Enclosure::exactly(end).rounded(BITS).lower),
                upper: upper.map(|end| Enclosure::exactly(end).rounded(BITS).upper),
            },
        }
    }

    fn low(&self) -> End {
        self.lower.clone().map_or(End::Below, End::At)
    }

    fn high(&self) -> End {
        self.upper.clone().map_or(End::Above, End::At)
    }
}

fn of(low: End, high: End) -> Span {
    let finite = |end| match end {
        End::At(value) => Some(value),
        End::Below | End::Above => None,
    };
    Span {
        lower: finite(low),
        upper: finite(high),
    }
}

fn product(a: &End, b: &End) -> End {
    let sign = |end: &End| match end {
        End::Below => Sign::Negative,
        End::At(value) => value.sign(),
        End::Above => Sign::Positive,
    };
    match (a, b) {
        (End::At(a), End::At(b)) => End::At(a * b),
        _ => match (sign(a), sign(b)) {
            (Sign::Zero, _) | (_, Sign::Zero) => End::At(Rational::zero()),
            (left, right) if left == right => End::Above,
            _ => End::Below,
        },
    }
}
