//! Two independent directions of the plane, and a box seen along them.

use super::row_of_two;
use crate::failure::Failure;
use crate::geometry::domain::{Domain, Side};
use crate::network::Layer;
use crate::number::rational::Rational;

/// The coordinates t_j = a_j·x on a bounded box.
pub(super) struct Frame {
    /// a₁ and a₂, each with its first entry that is not 0 equal to 1.
    pub(super) directions: [[Rational; 2]; 2],
    /// x = t₁·c₁ + t₂·c₂.
    pub(super) columns: [[Rational; 2]; 2],
    /// The sides of the box.
    pub(super) sides: [[Rational; 2]; 2],
}

impl Frame {
    /// The frame of the rows of a layer; `None` if they have three directions, or the box has no interior or is unbounded.
    pub(super) fn new(layer: &Layer, domain: &Domain) -> Result<Option<Self>, Failure> {
        let mut sides = Vec::with_capacity(2);
        for side in domain.sides(2)? {
            match (side.lower, side.upper) {
                (Some(lower), Some(upper)) if lower < upper => sides.push([lower, upper]),
                _ => return Ok(None),
            }
        }
        let mut directions: Vec<[Rational; 2]> = Vec::new();
        for i in 0..layer.rows() {
            let row = row_of_two(layer, i);
            if row.iter().all(Rational::is_zero) {
                continue;
            }
            let direction = unit_first(&row);
            if !directions.contains(&direction) {
                directions.push(direction);
            }
        }
        let axes = [
            [Rational::one(), Rational::zero()],
            [Rational::zero(), Rational::one()],
        ];
        // Any other direction completes a frame.
        for axis in axes {
            if directions.len() < 2 && !directions.contains(&axis) {
                directions.push(axis);
            }
        }
        let (Ok(directions), Ok(sides)) = (
            <[[Rational; 2]; 2]>::try_from(directions),
            <[[Rational; 2]; 2]>::try_from(sides),
        ) else {
            return Ok(None);
        };
        let [[a, b], [c, d]] = &directions;
        let determinant = &(a * d) - &(b * c);
        let over = |x: &Rational| {
            x.over(&determinant)
                .expect("two directions are independent")
        };
        let columns = [[over(d), over(&-c)], [over(&-b), over(a)]];
        Ok(Some(Self {
            directions,
            columns,
            sides,
        }))
    }

    /// The direction of a row of the first layer, and the factor: row = factor·a_j.
    pub(super) fn multiple(&self, row: &[Rational; 2]) -> (usize, Rational) {
        let Some(k) = row.iter().position(|entry| !entry.is_zero()) else {
            return (0, Rational::zero());
        };
        let direction = unit_first(row);
        (usize::from(self.directions[0] != direction), row[k].clone())
    }

    /// The range of t_j on the box.
    pub(super) fn range(&self, j: usize) -> Side {
        let (mut lower, mut upper) = (Rational::zero(), Rational::zero());
        for (a, [low, high]) in self.directions[j].iter().zip(&self.sides) {
            let ends = [a * low, a * high];
            lower = &lower + ends.iter().min().expect("two ends");
            upper = &upper + ends.iter().max().expect("two ends");
        }
        Side {
            lower: Some(lower),
            upper: Some(upper),
        }
    }

    /// The range of the other coordinate in the box where t_j = t; `None` if there is no such point.
    pub(super) fn across(&self, j: usize, t: &Rational) -> Option<[Rational; 2]> {
        let other = 1 - j;
        let [mut lower, mut upper]: [Option<Rational>; 2] = [None, None];
        for i in 0..2 {
            // low ≤ t·c_ji + s·c_oi ≤ high
            let shift = &self.columns[j][i] * t;
            let ends = [0, 1].map(|k| &self.sides[i][k] - &shift);
            let factor = &self.columns[other][i];
            let Some(inverse) = factor.recip() else {
                if ends[0] > Rational::zero() || ends[1] < Rational::zero() {
                    return None;
                }
                continue;
            };
            let [a, b] = ends.map(|end| &end * &inverse);
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            lower = Some(lower.map_or_else(|| a.clone(), |l| l.max(a.clone())));
            upper = Some(upper.map_or_else(|| b.clone(), |u| u.min(b.clone())));
        }
        let (lower, upper) = (lower?, upper?);
        (lower <= upper).then_some([lower, upper])
    }

    /// The point with these coordinates.
    pub(super) fn point(&self, t: &[Rational; 2]) -> [Rational; 2] {
        [0, 1].map(|i| &(&t[0] * &self.columns[0][i]) + &(&t[1] * &self.columns[1][i]))
    }

    /// Whether the point with these coordinates lies in the interior of the box.
    pub(super) fn has_inside(&self, t: &[Rational; 2]) -> bool {
        let sides = self.sides.iter();
        sides
            .zip(self.point(t))
            .all(|([low, high], x)| *low < x && x < *high)
    }
}

/// The multiple of a row whose first entry that is not 0 is 1.
fn unit_first(row: &[Rational; 2]) -> [Rational; 2] {
    let lead = row.iter().find(|entry| !entry.is_zero());
    let lead = lead.cloned().unwrap_or_else(Rational::one);
    let over = |x: &Rational| x.over(&lead).expect("the entry is not 0");
    [over(&row[0]), over(&row[1])]
}
