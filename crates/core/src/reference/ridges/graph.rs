//! The graph of a continuous piecewise affine function on an interval, by its corners.

use crate::field::Sign;
use crate::number::rational::Rational;

/// Points (t, g(t)), ascending in t, with straight lines between them; the first and the last are the ends.
#[derive(Clone, Debug)]
pub(super) struct Graph(Vec<(Rational, Rational)>);

/// The smallest and the largest value of an error, and of its slopes.
pub(super) struct Error {
    pub(super) values: [Rational; 2],
    pub(super) slopes: [Rational; 2],
}

impl Graph {
    pub(super) fn new(points: Vec<(Rational, Rational)>) -> Self {
        let mut kept: Vec<(Rational, Rational)> = Vec::with_capacity(points.len());
        for point in points {
            while let [.., a, b] = &kept[..] {
                let turn =
                    &(&(&b.1 - &a.1) * &(&point.0 - &b.0)) - &(&(&point.1 - &b.1) * &(&b.0 - &a.0));
                if !turn.is_zero() {
                    break;
                }
                kept.pop();
            }
            kept.push(point);
        }
        Self(kept)
    }

    /// The last point at or before t that is not the last one.
    fn segment(&self, t: &Rational) -> usize {
        let after = self.0.partition_point(|point| point.0 <= *t);
        after.clamp(1, self.0.len() - 1) - 1
    }

    fn slope(&self, segment: usize) -> Rational {
        let (a, b) = (&self.0[segment], &self.0[segment + 1]);
        (&b.1 - &a.1)
            .over(&(&b.0 - &a.0))
            .expect("points of a graph ascend")
    }

    pub(super) fn at(&self, t: &Rational) -> Rational {
        let segment = self.segment(t);
        let point = &self.0[segment];
        &point.1 + &(&self.slope(segment) * &(t - &point.0))
    }

    /// The slope on the segment with the first number inside, if the second lies in it, too.
    pub(super) fn slope_near(&self, inside: &Rational, corner: &Rational) -> Option<Rational> {
        let segment = self.segment(inside);
        let (a, b) = (&self.0[segment].0, &self.0[segment + 1].0);
        let holds = a < inside && inside < b && a <= corner && corner <= b;
        holds.then(|| self.slope(segment))
    }

    /// g + factor·h on the same interval.
    pub(super) fn plus(&self, factor: &Rational, other: &Self) -> Self {
        let mut places: Vec<&Rational> = self.0.iter().chain(&other.0).map(|p| &p.0).collect();
        places.sort();
        places.dedup();
        // Both lists ascend, so that each place is found by moving on.
        let (mut i, mut k) = (0, 0);
        let points = places.into_iter().map(|t| {
            while i + 2 < self.0.len() && self.0[i + 1].0 <= *t {
                i += 1;
            }
            while k + 2 < other.0.len() && other.0[k + 1].0 <= *t {
                k += 1;
            }
            let value = |graph: &Self, at: usize| {
                let (a, b) = (&graph.0[at], &graph.0[at + 1]);
                match *t == a.0 {
                    true => a.1.clone(),
                    false if *t == b.0 => b.1.clone(),
                    false => &a.1 + &(&graph.slope(at) * &(t - &a.0)),
                }
            };
            (t.clone(), &value(self, i) + &(factor * &value(other, k)))
        });
        Self::new(points.collect())
    }

    /// max(g, 0).
    pub(super) fn relu(&self) -> Self {
        let mut points = Vec::with_capacity(2 * self.0.len());
        for (i, point) in self.0.iter().enumerate() {
            if let Some(before) = i.checked_sub(1).map(|at| &self.0[at]) {
                let signs = [before.1.sign(), point.1.sign()];
                if matches!(
                    signs,
                    [Sign::Negative, Sign::Positive] | [Sign::Positive, Sign::Negative]
                ) {
                    let step = before.1.over(&self.slope(i - 1)).expect("signs differ");
                    points.push((&before.0 - &step, Rational::zero()));
                }
            }
            points.push((point.0.clone(), point.1.clone().max(Rational::zero())));
        }
        Self::new(points)
    }

    pub(super) fn constant(&self) -> Option<Rational> {
        let first = &self.0[0].1;
        let same = self.0.iter().all(|point| point.1 == *first);
        same.then(|| first.clone())
    }

    pub(super) fn range(&self) -> [Rational; 2] {
        let values = || self.0.iter().map(|point| &point.1);
        [
            values().min().expect("a graph has points").clone(),
            values().max().expect("a graph has points").clone(),
        ]
    }

    pub(super) fn is_monotone(&self) -> bool {
        let steps = || self.0.windows(2).map(|pair| pair[1].1.cmp(&pair[0].1));
        steps().all(|step| step.is_ge()) || steps().all(|step| step.is_le())
    }

    /// The shares of the way from one number to another at which corners lie.
    pub(super) fn shares(&self, from: &Rational, to: &Rational) -> Vec<Rational> {
        let length = to - from;
        let shares = self
            .0
            .iter()
            .filter_map(|point| (&point.0 - from).over(&length));
        shares
            .filter(|share| *share > Rational::zero() && *share < Rational::one())
            .collect()
    }

    /// The extreme values of g − q and of its slopes, for q = q₀ + q₁t + q₂t².
    pub(super) fn error(&self, q: &[Rational; 3]) -> Error {
        let (mut values, mut slopes) = (Vec::new(), Vec::new());
        let double = &q[2] + &q[2];
        for segment in 0..self.0.len() - 1 {
            let slope = self.slope(segment);
            let error_at = |t: &Rational| {
                let target = &q[0] + &(&(&q[1] + &(&q[2] * t)) * t);
                &(&self.0[segment].1 + &(&slope * &(t - &self.0[segment].0))) - &target
            };
            let ends = [&self.0[segment].0, &self.0[segment + 1].0];
            for t in ends {
                values.push(error_at(t));
                slopes.push(&slope - &(&q[1] + &(&double * t)));
            }
            // slope = q₁ + 2q₂t.
            if let Some(t) = (&slope - &q[1]).over(&double)
                && *ends[0] < t
                && t < *ends[1]
            {
                values.push(error_at(&t));
            }
        }
        let ends = |list: &[Rational]| {
            let least = list.iter().min().expect("a graph has a segment").clone();
            let greatest = list.iter().max().expect("a graph has a segment").clone();
            [least, greatest]
        };
        Error {
            values: ends(&values),
            slopes: ends(&slopes),
        }
    }
}
