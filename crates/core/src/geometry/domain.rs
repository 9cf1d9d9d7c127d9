//! Boxes: products of closed intervals, bounded or not, and the whole space.

use std::fmt;

use crate::failure::Failure;
use crate::number::rational::Rational;

/// Largest dimension of a box.
pub const MOST_DIMENSIONS: usize = 10_000;

/// A closed interval {t : lower ≤ t ≤ upper}; `None` stands for −∞ below and for ∞ above.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Side {
    /// Left end; `None` for −∞.
    pub lower: Option<Rational>,
    /// Right end; `None` for +∞.
    pub upper: Option<Rational>,
}

impl Side {
    /// ℝ.
    pub fn line() -> Self {
        Self {
            lower: None,
            upper: None,
        }
    }

    /// Whether the point lies in the interval.
    pub fn contains(&self, point: &Rational) -> bool {
        self.lower.as_ref().is_none_or(|lower| lower <= point)
            && self.upper.as_ref().is_none_or(|upper| point <= upper)
    }

    /// Whether both ends are finite.
    pub fn is_bounded(&self) -> bool {
        self.lower.is_some() && self.upper.is_some()
    }

    /// Whether the interval is a single point.
    pub fn is_point(&self) -> bool {
        self.lower.is_some() && self.lower == self.upper
    }
}

/// A box \[a₁,b₁\]×…×\[a_d,b_d\], never empty, whose sides may be unbounded; or ℝᵈ for every d at once.
///
/// # Degenerate cases
/// A side may be a single point \[a,a\]: the box is then not empty, but a null set, so essential suprema over it do not exist.
/// [`Domain::whole`] has no dimension of its own; it takes the one that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Domain {
    /// `None`: the whole space of any dimension.
    sides: Option<Vec<Side>>,
}

impl Domain {
    /// ℝᵈ, for the d that is asked for.
    pub fn whole() -> Self {
        Self { sides: None }
    }

    /// The interval [lower, upper]. Errors ([`Failure::Undefined`]): lower > upper.
    pub fn interval(lower: Rational, upper: Rational) -> Result<Self, Failure> {
        Self::new(vec![Side {
            lower: Some(lower),
            upper: Some(upper),
        }])
    }

    /// The product of the sides.
    ///
    /// Errors: [`Failure::Undefined`] for no side at all or an empty one; [`Failure::Limit`] above [`MOST_DIMENSIONS`].
    pub fn new(sides: Vec<Side>) -> Result<Self, Failure> {
        if sides.is_empty() {
            return Err(Failure::Undefined(
                "a box: expected at least 1 side, got 0".into(),
            ));
        }
        if sides.len() > MOST_DIMENSIONS {
            return Err(Failure::Limit(format!(
                "a box: expected at most {MOST_DIMENSIONS} sides, got {}",
                sides.len()
            )));
        }
        for side in &sides {
            if let (Some(lower), Some(upper)) = (&side.lower, &side.upper)
                && lower > upper
            {
                return Err(Failure::Undefined(format!(
                    "an empty interval: expected lower ≤ upper, got [{lower}, {upper}]"
                )));
            }
        }
        Ok(Self { sides: Some(sides) })
    }

    /// The product with another box. Errors: [`Failure::Shape`] for the whole space, whose dimension is open; as for [`Domain::new`].
    pub fn times(&self, other: &Self) -> Result<Self, Failure> {
        let sides = self.factor()?.iter().chain(other.factor()?);
        Self::new(sides.cloned().collect())
    }

    /// The product of n copies; the whole space for the whole space.
    ///
    /// Errors: [`Failure::Undefined`] for n = 0; [`Failure::Limit`] above [`MOST_DIMENSIONS`].
    pub fn power(&self, n: usize) -> Result<Self, Failure> {
        let Some(sides) = &self.sides else {
            return Ok(self.clone());
        };
        if n.saturating_mul(sides.len()) > MOST_DIMENSIONS {
            return Err(Failure::Limit(format!(
                "a box: expected at most {MOST_DIMENSIONS} sides, got {n} times {}",
                sides.len()
            )));
        }
        Self::new(vec![sides.as_slice(); n].concat())
    }

    /// The number of sides; `None` for the whole space.
    pub fn dimension(&self) -> Option<usize> {
        self.sides.as_ref().map(Vec::len)
    }

    /// The d sides, ℝ each for the whole space. Errors ([`Failure::Shape`]): another dimension.
    pub fn sides(&self, dimension: usize) -> Result<Vec<Side>, Failure> {
        match &self.sides {
            None => Ok(vec![Side::line(); dimension]),
            Some(sides) if sides.len() == dimension => Ok(sides.clone()),
            Some(sides) => Err(Failure::Shape(format!(
                "dimension of a box: expected {dimension}, got {}",
                sides.len()
            ))),
        }
    }

    /// The only side of a box in ℝ. Errors ([`Failure::Shape`]): another dimension.
    pub fn side(&self) -> Result<Side, Failure> {
        let mut sides = self.sides(1)?;
        Ok(sides.swap_remove(0))
    }

    fn factor(&self) -> Result<&[Side], Failure> {
        self.sides.as_deref().ok_or_else(|| {
            Failure::Shape("factor of a box: expected a product of intervals, got Rd".into())
        })
    }
}

impl fmt::Display for Side {
    /// `[0, 1]`, and `[0, ∞)`, `(-∞, 1]`, `(-∞, ∞)` where an end is missing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.lower {
            Some(lower) => write!(f, "[{lower}, ")?,
            None => f.write_str("(-∞, ")?,
        }
        match &self.upper {
            Some(upper) => write!(f, "{upper}]"),
            None => f.write_str("∞)"),
        }
    }
}

impl fmt::Display for Domain {
    /// `[0, 1]x[-1, 2]`, or `Rd` for the whole space.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(sides) = &self.sides else {
            return f.write_str("Rd");
        };
        for (i, side) in sides.iter().enumerate() {
            if i > 0 {
                f.write_str("x")?;
            }
            side.fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(lower: i64, upper: i64) -> Result<Domain, Failure> {
        Domain::interval(lower.into(), upper.into())
    }

    #[test]
    fn products_and_powers() {
        let unit = interval(0, 1).unwrap();
        let product = unit.times(&interval(-1, 2).unwrap()).unwrap();
        assert_eq!(product.to_string(), "[0, 1]x[-1, 2]");
        assert_eq!(unit.power(3).unwrap().to_string(), "[0, 1]x[0, 1]x[0, 1]");
        assert_eq!(product.power(2).unwrap().dimension(), Some(4));
        assert_eq!(unit.power(1), Ok(unit.clone()));
        assert!(matches!(unit.power(0), Err(Failure::Undefined(_))));
        assert!(matches!(
            unit.power(MOST_DIMENSIONS + 1),
            Err(Failure::Limit(_))
        ));
    }

    #[test]
    fn empty_intervals_are_undefined_and_points_are_boxes() {
        assert!(matches!(interval(1, 0), Err(Failure::Undefined(_))));
        let point = interval(1, 1).unwrap();
        assert!(point.side().unwrap().is_point());
        assert!(point.side().unwrap().contains(&1.into()));
    }

    #[test]
    fn the_whole_space_takes_the_dimension_asked_for() {
        let whole = Domain::whole();
        assert_eq!(whole.to_string(), "Rd");
        assert_eq!(whole.sides(2), Ok(vec![Side::line(); 2]));
        assert_eq!(whole.power(7), Ok(whole.clone()));
        assert!(matches!(
            whole.times(&interval(0, 1).unwrap()),
            Err(Failure::Shape(_))
        ));
        assert!(matches!(
            interval(0, 1).unwrap().sides(2),
            Err(Failure::Shape(_))
        ));
        assert_eq!(whole.side().unwrap().to_string(), "(-∞, ∞)");
    }
}
