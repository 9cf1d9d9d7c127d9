//! Functions of one variable that are polynomial between finitely many points.

use std::cmp::Ordering;

use crate::failure::Failure;
use crate::field::Sign;
use crate::number::cell::RealCell;
use crate::number::poly::Poly;
use crate::number::rational::Rational;
use crate::number::roots::Algebraic;

/// A function f: ℝ → ℝ with f = pᵢ on finitely many open intervals, and values at the points between them.
///
/// `abs`, `min`, `max` and `if` of polynomials have this form; the points are algebraic numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    parts: Vec<Part>,
    /// The points between the parts, with a polynomial whose value there is that of f.
    points: Vec<(Algebraic, Poly)>,
}

/// An open interval with the polynomial that f is on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Left end; `None` for −∞.
    pub lower: Option<Algebraic>,
    /// Right end; `None` for +∞.
    pub upper: Option<Algebraic>,
    /// f on the interval.
    pub poly: Poly,
}

impl From<Poly> for Curve {
    fn from(poly: Poly) -> Self {
        Self {
            parts: vec![Part {
                lower: None,
                upper: None,
                poly,
            }],
            points: Vec::new(),
        }
    }
}

impl Curve {
    /// The function with these polynomials on these cells, ascending, which cover ℝ: what splitting at signs leaves behind.
    ///
    /// Neighbours with one polynomial, also at the point between them, are joined. Errors ([`Failure::Shape`]): the cells are
    /// not interval, point, interval, … from −∞ to ∞.
    pub fn from_cells(cells: Vec<(RealCell, Poly)>) -> Result<Self, Failure> {
        let wrong = || Failure::Shape("cells of a curve: expected a cover of the line".into());
        let mut curve = Self {
            parts: Vec::new(),
            points: Vec::new(),
        };
        let mut at_point: Option<(Algebraic, Poly)> = None;
        for (cell, poly) in cells {
            match cell {
                RealCell::Point(point) => {
                    if at_point.replace((point, poly)).is_some() {
                        return Err(wrong());
                    }
                }
                RealCell::Open { lower, upper } => {
                    match (at_point.take(), curve.parts.last_mut()) {
                        (None, None) if lower.is_none() => {}
                        (Some((point, value)), Some(last))
                            if last.upper.as_ref() == Some(&point)
                                && lower.as_ref() == Some(&point) =>
                        {
                            if last.poly == poly && point.sign_of(&(&value - &poly)) == Sign::Zero {
                                last.upper = upper;
                                continue;
                            }
                            curve.points.push((point, value));
                        }
                        _ => return Err(wrong()),
                    }
                    curve.parts.push(Part { lower, upper, poly });
                }
            }
        }
        let ends = curve.parts.last().is_some_and(|last| last.upper.is_none());
        if at_point.is_some() || !ends {
            return Err(wrong());
        }
        Ok(curve)
    }

    /// The open intervals, ascending.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The points between the intervals with a polynomial that has the value of f there, ascending.
    pub fn points(&self) -> &[(Algebraic, Poly)] {
        &self.points
    }

    /// A polynomial with the value of f at the point.
    pub fn near(&self, x: &Rational) -> &Poly {
        let at = self
            .points
            .partition_point(|(point, _)| point.compare_rational(x) == Ordering::Less);
        match self.points.get(at) {
            Some((point, poly)) if point.compare_rational(x) == Ordering::Equal => poly,
            _ => &self.parts[at].poly,
        }
    }

    /// The first point of the open interval at which f jumps or has a value of its own; `None` if f is continuous there.
    pub fn jump(&self, lower: Option<&Algebraic>, upper: Option<&Algebraic>) -> Option<&Algebraic> {
        self.points
            .iter()
            .zip(self.parts.windows(2))
            .filter(|((point, _), _)| {
                lower.is_none_or(|lower| lower < point) && upper.is_none_or(|upper| point < upper)
            })
            .find(|((point, value), sides)| {
                sides
                    .iter()
                    .any(|side| point.sign_of(&(&side.poly - value)) != Sign::Zero)
            })
            .map(|((point, _), _)| point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poly(coefficients: &[i64]) -> Poly {
        Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
    }

    /// |x² − 2| on the cells of its sign.
    fn absolute() -> Vec<(RealCell, Poly)> {
        let square = poly(&[-2, 0, 1]);
        RealCell::line()
            .split(&square)
            .into_iter()
            .map(|cell| {
                let inside = cell
                    .sample()
                    .is_some_and(|x| square.evaluate(&x) < 0.into());
                (cell, if inside { -&square } else { square.clone() })
            })
            .collect()
    }

    #[test]
    fn cells_become_parts() {
        let curve = Curve::from_cells(absolute()).unwrap();
        assert_eq!(curve.parts().len(), 3);
        assert_eq!(curve.jump(None, None), None);
        assert_eq!(curve.near(&0.into()), &poly(&[2, 0, -1]));
        assert_eq!(curve.near(&3.into()), &poly(&[-2, 0, 1]));
    }

    #[test]
    fn equal_neighbours_are_joined_and_jumps_are_found() {
        let cells = |at: Poly, right: Poly| {
            let parts = RealCell::line().split(&poly(&[-1, 1]));
            let values = [poly(&[0, 1]), at, right];
            Curve::from_cells(parts.into_iter().zip(values).collect()).unwrap()
        };
        assert_eq!(cells(poly(&[1]), poly(&[0, 1])), poly(&[0, 1]).into());
        let one = Algebraic::from(Rational::one());
        for jumping in [
            cells(poly(&[1]), poly(&[1, 1])),
            cells(poly(&[2]), poly(&[0, 1])),
        ] {
            assert_eq!(jumping.jump(None, None), Some(&one));
            assert_eq!(jumping.jump(Some(&one), None), None);
        }
    }

    #[test]
    fn gaps_are_refused() {
        let mut cells = absolute();
        cells.remove(1);
        assert!(matches!(Curve::from_cells(cells), Err(Failure::Shape(_))));
        let mut cells = absolute();
        cells.pop();
        assert!(Curve::from_cells(cells).is_err());
        assert!(Curve::from_cells(Vec::new()).is_err());
    }
}
