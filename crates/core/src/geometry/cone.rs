//! Relatively open cones of directions, cut by linear forms.
//!
//! A point y and the pre-activations that vanish there cut the directions v ∈ ℝᵈ into relatively open cones on which
//! every form has one sign. A cone is kept by its generators (double description), so a cut needs the signs of the
//! form on the generators and no linear program.

use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::linear::matrix::dot;

/// A non-empty relatively open convex cone in ℝᵈ, closed under multiplication by positive numbers:
/// {Σ μ_j·ℓ_j + Σ λ_i·r_i : μ_j ∈ ℝ, λ_i > 0} for the basis ℓ of its lineality space and its extreme rays r modulo that space.
#[derive(Clone, Debug)]
pub(crate) struct Cone<S> {
    ambient: usize,
    dimension: usize,
    lines: Vec<Vec<S>>,
    rays: Vec<Ray<S>>,
    /// Number of the forms that have cut the cone and are positive on it; they vanish on `lines`.
    forms: usize,
}

#[derive(Clone, Debug)]
struct Ray<S> {
    vector: Vec<S>,
    /// Which of the forms vanish on the ray.
    zeros: Vec<bool>,
}

/// The parts of a cone on which a form is positive, zero and negative; a part that is empty is `None`.
///
/// A cone is convex, so the zero part is non-empty iff both others are, or the form vanishes on the whole cone.
#[derive(Clone, Debug)]
pub(crate) struct Split<S> {
    pub(crate) positive: Option<Cone<S>>,
    pub(crate) zero: Option<Cone<S>>,
    pub(crate) negative: Option<Cone<S>>,
}

impl<S> Split<S> {
    /// The whole cone on one side.
    fn single(side: Sign, cone: Cone<S>) -> Self {
        let mut split = Self {
            positive: None,
            zero: None,
            negative: None,
        };
        match side {
            Sign::Positive => split.positive = Some(cone),
            Sign::Zero => split.zero = Some(cone),
            Sign::Negative => split.negative = Some(cone),
        }
        split
    }
}

impl<S: Field> Cone<S> {
    /// ℝᵈ.
    pub(crate) fn whole(dimension: usize) -> Self {
        let unit = |i| {
            (0..dimension)
                .map(|j| if i == j { S::one() } else { S::zero() })
                .collect()
        };
        let lines = (0..dimension).map(unit).collect();
        Self {
            ambient: dimension,
            dimension,
            lines,
            rays: Vec::new(),
            forms: 0,
        }
    }

    /// {0} ⊂ ℝᵈ.
    pub(crate) fn origin(ambient: usize) -> Self {
        Self {
            ambient,
            dimension: 0,
            lines: Vec::new(),
            rays: Vec::new(),
            forms: 0,
        }
    }

    /// The dimension of the linear span.
    pub(crate) fn dimension(&self) -> usize {
        self.dimension
    }

    /// A direction in the cone: the sum of its rays, or of its lines if it is a linear space.
    pub(crate) fn direction(&self) -> Vec<S> {
        let mut sum = vec![S::zero(); self.ambient];
        let mut add = |vector: &Vec<S>| {
            for (total, value) in sum.iter_mut().zip(vector) {
                *total = total.plus(value);
            }
        };
        if self.rays.is_empty() {
            self.lines.iter().for_each(&mut add);
        } else {
            self.rays.iter().for_each(|ray| add(&ray.vector));
        }
        sum
    }

    /// The parts on which v ↦ form·v is positive, zero and negative.
    ///
    /// Errors: whatever the order reports for the values of the form on the generators.
    pub(crate) fn split<O: Order<S>>(&self, form: &[S], order: &O) -> Result<Split<S>, Failure> {
        for (j, line) in self.lines.iter().enumerate() {
            let value = dot(form, line);
            match order.sign(&value)? {
                Sign::Zero => {}
                Sign::Positive => return Ok(self.across_line(form, j, line.clone(), value)),
                Sign::Negative => {
                    return Ok(self.across_line(form, j, negated(line), value.negated()));
                }
            }
        }
        let values: Vec<S> = self.rays.iter().map(|ray| dot(form, &ray.vector)).collect();
        let signs = values
            .iter()
            .map(|value| order.sign(value))
            .collect::<Result<Vec<_>, _>>()?;
        let side = match (
            signs.contains(&Sign::Positive),
            signs.contains(&Sign::Negative),
        ) {
            (true, true) => return Ok(self.across_rays(&values, &signs)),
            (true, false) => Sign::Positive,
            (false, true) => Sign::Negative,
            (false, false) => Sign::Zero,
        };
        Ok(Split::single(side, self.clone()))
    }

    /// The parts if the form has the value `height` > 0 at `line` = ±lines\[j\].
    ///
    /// All other generators v are moved along the line into the kernel: height·v − (form·v)·line. The older forms vanish
    /// on the line, so their signs on v do not change; the line itself becomes a ray of either side.
    fn across_line(&self, form: &[S], j: usize, line: Vec<S>, height: S) -> Split<S> {
        let moved = |v: &Vec<S>| {
            let value = dot(form, v);
            if value.is_zero() {
                v.clone()
            } else {
                combination(&height, v, &value.negated(), &line)
            }
        };
        let others = self.lines.iter().enumerate().filter(|(i, _)| *i != j);
        let lines: Vec<Vec<S>> = others.map(|(_, v)| moved(v)).collect();
        let flat: Vec<Ray<S>> = self
            .rays
            .iter()
            .map(|ray| Ray {
                vector: moved(&ray.vector),
                zeros: ray.zeros.clone(),
            })
            .collect();
        let side = |vector: Vec<S>| {
            let mut rays = flat.clone();
            rays.iter_mut().for_each(|ray| ray.zeros.push(true));
            let mut zeros = vec![true; self.forms];
            zeros.push(false);
            rays.push(Ray { vector, zeros });
            Self {
                lines: lines.clone(),
                rays,
                forms: self.forms + 1,
                ..*self
            }
        };
        let (negative, positive) = (side(negated(&line)), side(line));
        let dimension = self.dimension - 1;
        let zero = Self {
            dimension,
            lines,
            rays: flat,
            ..*self
        };
        Split {
            positive: Some(positive),
            zero: Some(zero),
            negative: Some(negative),
        }
    }

    /// The parts if the form vanishes on the lines and has both signs on the rays.
    ///
    /// The rays of the zero part are the old ones on which the form vanishes and one between each positive and negative
    /// ray that span a two-dimensional face: those for which no third ray lies on all forms that vanish on both.
    fn across_rays(&self, values: &[S], signs: &[Sign]) -> Split<S> {
        let of = |sign: Sign| (0..signs.len()).filter(move |&i| signs[i] == sign);
        let mut on: Vec<Ray<S>> = of(Sign::Zero).map(|i| self.rays[i].clone()).collect();
        for above in of(Sign::Positive) {
            for below in of(Sign::Negative) {
                if let Some(zeros) = self.common_face(above, below) {
                    let vector = combination(
                        &values[above],
                        &self.rays[below].vector,
                        &values[below].negated(),
                        &self.rays[above].vector,
                    );
                    on.push(Ray { vector, zeros });
                }
            }
        }
        let side = |sign: Sign| {
            let mut rays: Vec<Ray<S>> = of(sign).map(|i| self.rays[i].clone()).collect();
            rays.iter_mut().for_each(|ray| ray.zeros.push(false));
            rays.extend(on.iter().cloned().map(|mut ray| {
                ray.zeros.push(true);
                ray
            }));
            Self {
                lines: self.lines.clone(),
                rays,
                forms: self.forms + 1,
                ..*self
            }
        };
        let (positive, negative) = (side(Sign::Positive), side(Sign::Negative));
        let dimension = self.dimension - 1;
        let zero = Self {
            dimension,
            lines: self.lines.clone(),
            rays: on,
            ..*self
        };
        Split {
            positive: Some(positive),
            zero: Some(zero),
            negative: Some(negative),
        }
    }

    /// The forms that vanish on both rays, if the rays span a face of dimension two.
    fn common_face(&self, a: usize, b: usize) -> Option<Vec<bool>> {
        let both = self.rays[a].zeros.iter().zip(&self.rays[b].zeros);
        let zeros: Vec<bool> = both.map(|(x, y)| *x && *y).collect();
        let covers = |ray: &Ray<S>| {
            zeros
                .iter()
                .zip(&ray.zeros)
                .all(|(needed, has)| !needed || *has)
        };
        let third = self
            .rays
            .iter()
            .enumerate()
            .any(|(i, ray)| i != a && i != b && covers(ray));
        (!third).then_some(zeros)
    }
}

fn negated<S: Field>(v: &[S]) -> Vec<S> {
    v.iter().map(S::negated).collect()
}

/// α·v + β·w.
fn combination<S: Field>(alpha: &S, v: &[S], beta: &S, w: &[S]) -> Vec<S> {
    v.iter()
        .zip(w)
        .map(|(x, y)| alpha.times(x).plus(&beta.times(y)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::RationalOrder;
    use crate::linear::simplex::strict_direction;
    use crate::number::rational::Rational;

    type Cell = (Vec<Sign>, Cone<Rational>);

    fn form(entries: &[i64]) -> Vec<Rational> {
        entries.iter().map(|&n| n.into()).collect()
    }

    /// Cuts ℝᵈ by all forms in turn.
    fn arrangement(dimension: usize, forms: &[Vec<Rational>]) -> Vec<Cell> {
        let mut cells = vec![(Vec::new(), Cone::whole(dimension))];
        for form in forms {
            let mut next = Vec::new();
            for (signs, cone) in cells {
                let split = cone.split(form, &RationalOrder).unwrap();
                for (side, part) in [
                    (Sign::Positive, split.positive),
                    (Sign::Zero, split.zero),
                    (Sign::Negative, split.negative),
                ] {
                    if let Some(part) = part {
                        let mut signs: Vec<Sign> = signs.clone();
                        signs.push(side);
                        next.push((signs, part));
                    }
                }
            }
            cells = next;
        }
        cells
    }

    /// Arrangements with parallel, repeated, zero and concurrent forms in one to four dimensions.
    fn arrangements() -> Vec<(usize, Vec<Vec<Rational>>)> {
        let lists: [(usize, &[&[i64]]); 11] = [
            (1, &[&[0], &[2], &[-1]]),
            (2, &[&[1, 0], &[0, 1]]),
            (2, &[&[1, 0], &[1, 0], &[-2, 0]]),
            (2, &[&[0, 0], &[1, -1], &[0, 0]]),
            (2, &[&[1, 2], &[2, 1], &[1, 1], &[-1, -1], &[1, -1]]),
            (
                2,
                &[&[0, 1], &[1, 3], &[1, -3], &[5, 1], &[5, -1], &[0, -2]],
            ),
            (3, &[&[1, -1, 0], &[0, 1, -1], &[1, 0, -1]]),
            (
                3,
                &[
                    &[1, 0, 0],
                    &[0, 1, 0],
                    &[0, 0, 1],
                    &[1, 1, 1],
                    &[1, 1, 0],
                    &[1, -1, 1],
                ],
            ),
            // Eight planes tangent to one cone: polygonal cones with many rays.
            (
                3,
                &[
                    &[1, 0, 2],
                    &[0, 1, 2],
                    &[-1, 0, 2],
                    &[0, -1, 2],
                    &[1, 1, 3],
                    &[1, -1, 3],
                ],
            ),
            (
                4,
                &[
                    &[1, 0, 0, 0],
                    &[0, 1, 0, 0],
                    &[1, 1, 0, 0],
                    &[0, 0, 1, -1],
                    &[1, 1, 1, 1],
                ],
            ),
            (
                4,
                &[
                    &[1, 1, 1, 1],
                    &[1, -1, 1, -1],
                    &[1, 0, 1, 0],
                    &[0, 1, 0, 1],
                    &[1, 2, 3, 4],
                ],
            ),
        ];
        let rows = |list: &[&[i64]]| list.iter().map(|entries| form(entries)).collect();
        lists
            .iter()
            .map(|(dimension, list)| (*dimension, rows(list)))
            .collect()
    }

    #[test]
    fn exactly_the_feasible_signs_occur() {
        for (dimension, forms) in arrangements() {
            let cells = arrangement(dimension, &forms);
            let count = 3_usize.pow(u32::try_from(forms.len()).unwrap());
            let mut feasible = 0;
            for code in 0..count {
                let mut rest = code;
                let (mut positive, mut zero, mut signs) = (Vec::new(), Vec::new(), Vec::new());
                for row in &forms {
                    match rest % 3 {
                        0 => zero.push(row.clone()),
                        1 => positive.push(row.clone()),
                        _ => positive.push(negated(row)),
                    }
                    signs.push([Sign::Zero, Sign::Positive, Sign::Negative][rest % 3]);
                    rest /= 3;
                }
                let found = cells.iter().filter(|cell| cell.0 == signs).count();
                let exists = strict_direction(&positive, &zero, dimension, &RationalOrder)
                    .unwrap()
                    .is_some();
                assert_eq!(found, usize::from(exists), "{signs:?} of {forms:?}");
                feasible += found;
            }
            assert_eq!(cells.len(), feasible);
        }
    }

    #[test]
    fn directions_have_the_signs_of_their_cones() {
        for (dimension, forms) in arrangements() {
            for (signs, cone) in arrangement(dimension, &forms) {
                let direction = cone.direction();
                let found: Vec<Sign> = forms
                    .iter()
                    .map(|form| dot(form, &direction).sign())
                    .collect();
                assert_eq!(found, signs);
            }
        }
    }

    #[test]
    fn dimensions_satisfy_eulers_relation() {
        // Σ (−1)^dim over a complete fan in ℝᵈ is (−1)ᵈ.
        for (dimension, forms) in arrangements() {
            let cells = arrangement(dimension, &forms);
            let even = cells
                .iter()
                .filter(|(_, cone)| cone.dimension() % 2 == 0)
                .count();
            let odd = cells.len() - even;
            let (same, other) = if dimension % 2 == 0 {
                (even, odd)
            } else {
                (odd, even)
            };
            assert_eq!(same, other + 1, "{forms:?}");
        }
    }

    #[test]
    fn lines_and_points() {
        let split = Cone::<Rational>::whole(1)
            .split(&form(&[0]), &RationalOrder)
            .unwrap();
        assert!(split.positive.is_none() && split.negative.is_none());
        assert_eq!(split.zero.unwrap().dimension(), 1);
        let split = Cone::<Rational>::whole(1)
            .split(&form(&[-2]), &RationalOrder)
            .unwrap();
        assert_eq!(split.positive.unwrap().direction(), form(&[-1]));
        assert_eq!(split.zero.unwrap().dimension(), 0);
        assert_eq!(split.negative.unwrap().direction(), form(&[1]));
        let split = Cone::<Rational>::origin(3)
            .split(&form(&[1, 2, 3]), &RationalOrder)
            .unwrap();
        assert!(split.positive.is_none() && split.negative.is_none());
        assert_eq!(split.zero.unwrap().direction(), form(&[0, 0, 0]));
    }

    #[test]
    fn a_form_that_vanishes_on_a_face_does_not_cut_it() {
        let space = Cone::<Rational>::whole(3);
        let plane = space
            .split(&form(&[1, -1, 0]), &RationalOrder)
            .unwrap()
            .zero
            .unwrap();
        assert_eq!(plane.dimension(), 2);
        let again = plane.split(&form(&[-3, 3, 0]), &RationalOrder).unwrap();
        assert!(again.positive.is_none() && again.negative.is_none());
        // On the plane x₁ = x₂ the forms x₁ and x₂ agree.
        let half = plane
            .split(&form(&[1, 0, 0]), &RationalOrder)
            .unwrap()
            .positive
            .unwrap();
        let same = half.split(&form(&[0, 1, 0]), &RationalOrder).unwrap();
        assert!(same.positive.is_some() && same.zero.is_none() && same.negative.is_none());
    }
}
