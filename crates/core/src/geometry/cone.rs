//! Relatively open cones of directions, cut by linear forms.
//!
//! A point y and the pre-activations that vanish there cut the directions v ∈ ℝᵈ into relatively open cones on which
//! every form has one sign. A cone is kept by its generators (double description), so a cut needs the signs of the
//! form on the generators and no linear program.

use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::linear::matrix::dot;

/// A non-empty relatively open convex cone in ℝᵈ, closed under multiplication by positive numbers: {Σ μ_j·ℓ_j + Σ
/// λ_i·r_i : μ_j ∈ ℝ, λ_i > 0} for the basis ℓ of its lineality space and its extreme rays r modulo that space.
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
    /// All other generators v are moved along the line into the kernel: height·v − (form·v)·line. The older forms
    /// vanish on the line, so their signs on v do not change; the line itself becomes a ray of either side.
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
    /// The rays of the zero part are the old ones on which the form vanishes and one between each positive and
    /// negative ray that span a two-dimensional face: those for which no third ray lies on all forms that vanish on
    /// both.
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
mod tests;
