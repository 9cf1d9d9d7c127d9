//! Real numbers known to lie between two rationals.

use std::cmp::Ordering;

use super::pi::rounded_down;
use super::rational::Rational;
use crate::field::Sign;

/// A real number between two rationals, exact iff they are equal.
///
/// # Definition
/// Every operation encloses the results for all pairs of numbers in the operands: x ∘ y ∈ X ∘ Y whenever x ∈ X and y ∈ Y. Ends
/// are computed in ℚ and not rounded, so that the ends of sums, products and quotients are attained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// Not above the number.
    pub lower: Rational,
    /// Not below the number.
    pub upper: Rational,
}

impl Enclosure {
    /// Between two rationals, in either order.
    pub fn between(a: Rational, b: Rational) -> Self {
        match a <= b {
            true => Self { lower: a, upper: b },
            false => Self { lower: b, upper: a },
        }
    }

    /// A rational.
    pub fn exactly(value: Rational) -> Self {
        Self {
            lower: value.clone(),
            upper: value,
        }
    }

    /// The number, if the enclosure is exact.
    pub fn to_rational(&self) -> Option<&Rational> {
        (self.lower == self.upper).then_some(&self.lower)
    }

    /// Outwards to multiples of 2^{−bits}.
    #[must_use]
    pub fn rounded(&self, bits: u32) -> Self {
        Self {
            lower: rounded_down(&self.lower, bits),
            upper: -rounded_down(&-&self.upper, bits),
        }
    }

    /// x + y.
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            lower: &self.lower + &other.lower,
            upper: &self.upper + &other.upper,
        }
    }

    /// −x.
    pub fn negated(&self) -> Self {
        Self {
            lower: -&self.upper,
            upper: -&self.lower,
        }
    }

    /// x − y.
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negated())
    }

    /// x·y.
    pub fn times(&self, other: &Self) -> Self {
        let ends = [
            &self.lower * &other.lower,
            &self.lower * &other.upper,
            &self.upper * &other.lower,
            &self.upper * &other.upper,
        ];
        Self {
            lower: ends.iter().min().expect("four products").clone(),
            upper: ends.iter().max().expect("four products").clone(),
        }
    }

    /// 1/x; `None` if x may be 0.
    pub fn recip(&self) -> Option<Self> {
        if self.lower.sign() != Sign::Positive && self.upper.sign() != Sign::Negative {
            return None;
        }
        Some(Self {
            lower: self.upper.recip()?,
            upper: self.lower.recip()?,
        })
    }

    /// xⁿ.
    pub fn pow(&self, n: u32) -> Self {
        if n.is_multiple_of(2) {
            let size = self.abs();
            return Self {
                lower: size.lower.pow(n),
                upper: size.upper.pow(n),
            };
        }
        Self {
            lower: self.lower.pow(n),
            upper: self.upper.pow(n),
        }
    }

    /// |x|.
    pub fn abs(&self) -> Self {
        if self.lower.sign() != Sign::Negative {
            return self.clone();
        }
        if self.upper.sign() != Sign::Positive {
            return self.negated();
        }
        Self {
            lower: Rational::zero(),
            upper: self.upper.clone().max(-&self.lower),
        }
    }

    /// max(x, y).
    pub fn max(&self, other: &Self) -> Self {
        Self {
            lower: self.lower.clone().max(other.lower.clone()),
            upper: self.upper.clone().max(other.upper.clone()),
        }
    }

    /// min(x, y).
    pub fn min(&self, other: &Self) -> Self {
        Self {
            lower: self.lower.clone().min(other.lower.clone()),
            upper: self.upper.clone().min(other.upper.clone()),
        }
    }

    /// The order of x and y, where it is the same for all numbers enclosed.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        if self.upper < other.lower {
            Some(Ordering::Less)
        } else if self.lower > other.upper {
            Some(Ordering::Greater)
        } else if self.to_rational().is_some() && self == other {
            Some(Ordering::Equal)
        } else {
            None
        }
    }

    /// Whether x ≤ y, where it is the same for all numbers enclosed.
    pub fn is_at_most(&self, other: &Self) -> Option<bool> {
        if self.upper <= other.lower {
            Some(true)
        } else if self.lower > other.upper {
            Some(false)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: i64, b: i64) -> Enclosure {
        Enclosure::between(a.into(), b.into())
    }

    fn operations_enclose(a: (i8, i8), b: (i8, i8), at: (u8, u8)) -> bool {
        let (x, y) = (of(a.0.into(), a.1.into()), of(b.0.into(), b.1.into()));
        let inside = |e: &Enclosure, t: u8| {
            let share = Rational::new(t.into(), 255).unwrap();
            &e.lower + &(&(&e.upper - &e.lower) * &share)
        };
        let (u, v) = (inside(&x, at.0), inside(&y, at.1));
        let holds = |e: Enclosure, value: Rational| e.lower <= value && value <= e.upper;
        holds(x.plus(&y), &u + &v)
            && holds(x.minus(&y), &u - &v)
            && holds(x.times(&y), &u * &v)
            && holds(x.pow(2), u.pow(2))
            && holds(x.pow(3), u.pow(3))
            && holds(x.abs(), u.abs())
            && holds(x.max(&y), u.clone().max(v.clone()))
            && holds(x.min(&y), u.clone().min(v.clone()))
            && x.recip().is_none_or(|r| holds(r, u.recip().unwrap()))
            && x.order(&y).is_none_or(|order| order == u.cmp(&v))
            && x.is_at_most(&y).is_none_or(|at_most| at_most == (u <= v))
    }

    #[test]
    fn laws() {
        type Law = fn((i8, i8), (i8, i8), (u8, u8)) -> bool;
        quickcheck::quickcheck(operations_enclose as Law);
    }

    #[test]
    fn ends_are_attained() {
        assert_eq!(of(-2, 3).pow(2), of(0, 9));
        assert_eq!(of(-2, 3).times(&of(-2, 3)), of(-6, 9));
        assert_eq!(of(-3, 2).abs(), of(0, 3));
        assert_eq!(of(-3, -2).abs(), of(2, 3));
        let half = Rational::one().half();
        assert_eq!(of(1, 2).recip(), Some(Enclosure::between(half, 1.into())));
        let third = Enclosure::exactly(Rational::new(1, 3).unwrap()).rounded(2);
        let quarters = [1, 2].map(|n| Rational::new(n, 4).unwrap());
        assert_eq!([third.lower, third.upper], quarters);
    }

    #[test]
    fn what_overlaps_has_no_order() {
        assert_eq!(of(-1, 1).recip(), None);
        assert_eq!(of(0, 1).recip(), None);
        assert_eq!(of(1, 2).order(&of(2, 3)), None);
        assert_eq!(of(1, 2).is_at_most(&of(2, 3)), Some(true));
        assert_eq!(of(1, 2).is_at_most(&of(1, 2)), None);
        assert_eq!(of(2, 2).order(&of(2, 2)), Some(Ordering::Equal));
        assert_eq!(of(2, 3).is_at_most(&of(1, 1)), Some(false));
    }
}
