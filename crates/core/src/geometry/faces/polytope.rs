//! Relatively open polyhedra of dimension at most two as cones over homogeneous points.

use crate::field::Sign;
use crate::linear::matrix::dot;
use crate::number::rational::Rational;

/// A vertex (1, x) or a ray (0, u) of a polyhedron in ℝᵈ.
type Homogeneous = Vec<Rational>;

/// The relatively open polyhedron {Σ λ_i·g_i with λ_i > 0}, cut at first coordinate 1; d ≤ 2.
///
/// One generator: a point. Two: an edge. Three or more: a polygon, in cyclic order; the side between two rays is the
/// line at infinity. At least one generator is a vertex.
#[derive(Clone, Debug)]
pub(super) struct Polytope {
    generators: Vec<Homogeneous>,
}

/// The open orthants of ℝᵈ, d ≤ 2, and their faces: one polytope per sign vector.
pub(super) fn orthants(dimension: usize) -> Vec<Polytope> {
    let mut found = vec![Polytope {
        generators: vec![unit(0, dimension, 1)],
    }];
    for axis in 1..=dimension {
        found = found
            .into_iter()
            .flat_map(|face| {
                let beside = |sign| {
                    let mut generators = face.generators.clone();
                    generators.push(unit(axis, dimension, sign));
                    Polytope { generators }
                };
                let (above, below) = (beside(1), beside(-1));
                [above, face, below]
            })
            .collect();
    }
    found
}

fn unit(i: usize, dimension: usize, entry: i64) -> Homogeneous {
    (0..=dimension)
        .map(|j| Rational::from(if i == j { entry } else { 0 }))
        .collect()
}

impl Polytope {
    pub(super) fn dimension(&self) -> usize {
        // Polygons with more than three generators are still two-dimensional.
        self.generators.len().min(3) - 1
    }

    /// The sum of all vertices and rays, normalised to first coordinate 1.
    pub(super) fn interior_point(&self) -> Vec<Rational> {
        let mut sum = self.generators[0].clone();
        for generator in &self.generators[1..] {
            for (total, value) in sum.iter_mut().zip(generator) {
                *total = &*total + value;
            }
        }
        let weight = sum[0].recip().expect("a face has at least one vertex");
        sum[1..].iter().map(|value| value * &weight).collect()
    }

    /// The non-empty parts on which the affine form is positive, zero and negative, in this order.
    pub(super) fn split(self, form: &[Rational]) -> Vec<(Sign, Self)> {
        let values: Vec<Rational> = self
            .generators
            .iter()
            .map(|generator| dot(form, generator))
            .collect();
        let occurs = |sign| values.iter().any(|value| value.sign() == sign);
        match (occurs(Sign::Positive), occurs(Sign::Negative)) {
            (false, false) => vec![(Sign::Zero, self)],
            (true, false) => vec![(Sign::Positive, self)],
            (false, true) => vec![(Sign::Negative, self)],
            (true, true) => self.cut(&values),
        }
    }

    /// The three parts, for a form that changes its sign.
    fn cut(self, values: &[Rational]) -> Vec<(Sign, Self)> {
        let (mut above, mut on, mut below) = (Vec::new(), Vec::new(), Vec::new());
        let count = self.generators.len();
        for (i, generator) in self.generators.iter().enumerate() {
            match values[i].sign() {
                Sign::Positive => above.push(generator.clone()),
                Sign::Negative => below.push(generator.clone()),
                Sign::Zero => {
                    above.push(generator.clone());
                    on.push(generator.clone());
                    below.push(generator.clone());
                }
            }
            // An edge has one side; a polygon has one after every generator.
            let j = if i + 1 < count { i + 1 } else { 0 };
            if j > i || count > 2 {
                let signs = values[i].sign().times(values[j].sign());
                if signs == Sign::Negative {
                    let crossing = crossing(generator, &values[i], &self.generators[j], &values[j]);
                    above.push(crossing.clone());
                    on.push(crossing.clone());
                    below.push(crossing);
                }
            }
        }
        [
            (Sign::Positive, above),
            (Sign::Zero, on),
            (Sign::Negative, below),
        ]
        .into_iter()
        .map(|(sign, generators)| (sign, Self { generators }))
        .collect()
    }
}

/// The point |β|·g + |α|·h between g with value α and h with value β of the opposite sign, where the form vanishes;
/// a vertex has first coordinate 1, a ray largest coordinate ±1.
fn crossing(g: &[Rational], alpha: &Rational, h: &[Rational], beta: &Rational) -> Homogeneous {
    let (alpha, beta) = (alpha.abs(), beta.abs());
    let mut point: Homogeneous = g
        .iter()
        .zip(h)
        .map(|(x, y)| &(&beta * x) + &(&alpha * y))
        .collect();
    let scale = if point[0].is_zero() {
        point
            .iter()
            .map(Rational::abs)
            .max()
            .expect("homogeneous points have coordinates")
    } else {
        point[0].clone()
    };
    let inverse = scale
        .recip()
        .expect("positive combinations of a pointed cone are not zero");
    for value in &mut point {
        *value = &*value * &inverse;
    }
    point
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(entries: &[i64]) -> Vec<Rational> {
        entries.iter().map(|&n| n.into()).collect()
    }

    fn counts(faces: &[Polytope]) -> Vec<usize> {
        (0..=2)
            .map(|d| faces.iter().filter(|face| face.dimension() == d).count())
            .collect()
    }

    #[test]
    fn orthants_by_dimension() {
        assert_eq!(counts(&orthants(1)), [1, 2, 0]);
        assert_eq!(counts(&orthants(2)), [1, 4, 4]);
    }

    #[test]
    fn a_form_of_one_sign_cuts_nothing() {
        for (entries, sign) in [
            ([1, 0, 0], Sign::Positive),
            ([0, 0, 0], Sign::Zero),
            ([-3, 0, 0], Sign::Negative),
        ] {
            for face in orthants(2) {
                let parts = face.split(&form(&entries));
                assert_eq!(parts.len(), 1);
                assert_eq!(parts[0].0, sign);
            }
        }
    }

    #[test]
    fn an_unbounded_quadrant_is_cut_by_a_diagonal_through_its_vertex() {
        let quadrant = orthants(2)
            .into_iter()
            .find(|face| face.dimension() == 2)
            .unwrap();
        // x₁ − x₂ = 0 passes through the vertex and crosses the side at infinity.
        let parts = quadrant.split(&form(&[0, 1, -1]));
        let signs: Vec<Sign> = parts.iter().map(|(sign, _)| *sign).collect();
        assert_eq!(signs, [Sign::Positive, Sign::Zero, Sign::Negative]);
        for (sign, part) in &parts {
            let point = part.interior_point();
            assert_eq!((&point[0] - &point[1]).sign(), *sign);
            assert_eq!(part.dimension(), if *sign == Sign::Zero { 1 } else { 2 });
        }
    }

    #[test]
    fn a_line_through_a_corner_only_does_not_cut() {
        let quadrant = orthants(2)
            .into_iter()
            .find(|face| face.dimension() == 2)
            .unwrap();
        let point = quadrant.interior_point();
        let expected = (&point[0] + &point[1]).sign();
        let parts = quadrant.split(&form(&[0, 1, 1]));
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].0, expected);
    }

    #[test]
    fn a_bounded_edge_is_cut_in_three() {
        let vertex = |x: i64| vec![Rational::one(), x.into(), Rational::zero()];
        let edge = Polytope {
            generators: vec![vertex(0), vertex(2)],
        };
        let parts = edge.split(&form(&[-1, 2, 5]));
        let points: Vec<Rational> = parts
            .iter()
            .map(|(_, p)| p.interior_point()[0].clone())
            .collect();
        assert_eq!(
            points,
            ["5/4", "1/2", "1/4"].map(|text| text.parse().unwrap())
        );
        assert_eq!(
            parts.iter().map(|(_, p)| p.dimension()).collect::<Vec<_>>(),
            [1, 0, 1]
        );
    }
}
