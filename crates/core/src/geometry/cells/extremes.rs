//! Largest and smallest values and largest gradient norms over all cells, each with what attains it.

use dashu_int::IBig;
use dashu_int::ops::UnsignedAbs;

use crate::failure::Failure;
use crate::geometry::cells::complex::Standing;
use crate::geometry::cells::filter::{Bracket, Form};
use crate::geometry::cells::integer::Integer;
use crate::geometry::cells::walk::{Leaf, Visitor};
use crate::geometry::domain::{Domain, Side};
use crate::network::Network;
use crate::number::rational::Rational;

/// A largest or smallest value with a point that attains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extreme {
    /// The value of the network.
    pub value: Rational,
    /// A vertex of a cell at which the value is taken.
    pub point: Vec<Rational>,
}

/// Which norm of the gradient of a scalar network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GradientNorm {
    /// Σ|∂_k|.
    L1,
    /// Σ|∂_k|², the square of the Euclidean norm.
    L2Squared,
    /// max|∂_k|.
    LInf,
}

/// The largest norm of the gradient with a cell that attains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steepest {
    /// The norm (its square for the Euclidean one).
    pub value: Rational,
    /// The gradient.
    pub gradient: Vec<Rational>,
    /// Where the hidden neurons stand on the cell.
    pub pattern: Vec<Standing>,
    /// A point inside the cell.
    pub point: Vec<Rational>,
}

/// The smallest and the largest value of a scalar network on a bounded domain.
///
/// # Exactness
/// Exact: an affine function takes its extremes on a cell at vertices.
///
/// Errors: as for [`count`](super::count); [`Failure::Shape`] for another number of outputs than 1;
/// [`Failure::Undefined`] for a domain that is not bounded.
pub fn extremes(
    phi: &Network,
    domain: &Domain,
    most: usize,
) -> Result<(Extreme, Extreme), Failure> {
    scalar(phi)?;
    if !domain.sides(phi.indim())?.iter().all(Side::is_bounded) {
        return Err(Failure::Undefined(
            "largest value on a domain without bounds".into(),
        ));
    }
    let mut extremes = Extremes {
        lowest: None,
        highest: None,
    };
    let scale = super::walk(phi, domain, &[], most, &mut extremes)?;
    let [lowest, highest] = [extremes.lowest, extremes.highest].map(|found| {
        let found = found.expect("a domain with interior has a cell");
        let value = &found.value * &Rational::from(scale.clone()).recip().expect("positive");
        Extreme {
            value,
            point: found.point,
        }
    });
    Ok((lowest, highest))
}

/// The largest norm of the gradient of a scalar network over all cells of the domain.
///
/// It is the Lipschitz constant of RΦ on a convex domain for the dual norm: ℓ1 of the gradient belongs to the ℓ∞ distance.
///
/// # Exactness
/// Exact; on an unbounded domain too, since the enclosing box meets every cell.
///
/// Errors: as for [`count`](super::count); [`Failure::Shape`] for another number of outputs than 1.
pub fn steepest(
    phi: &Network,
    domain: &Domain,
    norm: GradientNorm,
    most: usize,
) -> Result<Steepest, Failure> {
    scalar(phi)?;
    let mut slopes = Slopes { norm, best: None };
    let scale = super::walk(phi, domain, &[], most, &mut slopes)?;
    let best = slopes.best.expect("a domain with interior has a cell");
    let scale = scale.into_parts().1;
    let denominator = match norm {
        GradientNorm::L2Squared => &scale * &scale,
        _ => scale.clone(),
    };
    let over = |value: IBig, by: &dashu_int::UBig| {
        Rational::from_parts(value, by.clone()).expect("a scale is positive")
    };
    Ok(Steepest {
        value: over(best.size, &denominator),
        gradient: best.gradient.into_iter().map(|g| over(g, &scale)).collect(),
        pattern: best.pattern,
        point: best.point,
    })
}

pub(super) fn scalar(phi: &Network) -> Result<(), Failure> {
    if phi.outdim() == 1 {
        return Ok(());
    }
    Err(Failure::Shape(format!(
        "outputs of a network with a largest value or gradient: expected 1, got {}",
        phi.outdim()
    )))
}

struct Found {
    /// The value times the scale of the outputs.
    value: Rational,
    bracket: Bracket,
    point: Vec<Rational>,
}

struct Extremes {
    lowest: Option<Found>,
    highest: Option<Found>,
}

impl Visitor for Extremes {
    fn visit<T: Integer, const N: usize, const W: usize>(
        &mut self,
        leaf: &Leaf<'_, T, N, W>,
    ) -> Result<(), Failure> {
        let coefficients: [T; N] = std::array::from_fn(|k| leaf.outputs[k].clone());
        let form = Form::new(&coefficients);
        for vertex in &leaf.polytope.vertices {
            let bracket = form.bracket(&vertex.rounded);
            let exact = || {
                let point = vertex.exact.big();
                let sum: IBig = point
                    .iter()
                    .zip(&coefficients)
                    .map(|(x, c)| x * c.to_big())
                    .sum();
                Rational::from_parts(sum, point[0].clone().unsigned_abs()).expect("positive weight")
            };
            let found = |value| Found {
                value,
                bracket,
                point: vertex.exact.coordinates(),
            };
            let worth = self
                .highest
                .as_ref()
                .is_none_or(|best| !bracket.is_at_most(&best.bracket));
            if worth {
                let value = exact();
                if self.highest.as_ref().is_none_or(|best| best.value < value) {
                    self.highest = Some(found(value));
                }
            }
            let worth = self
                .lowest
                .as_ref()
                .is_none_or(|best| !best.bracket.is_at_most(&bracket));
            if worth {
                let value = exact();
                if self.lowest.as_ref().is_none_or(|best| value < best.value) {
                    self.lowest = Some(found(value));
                }
            }
        }
        Ok(())
    }

    fn restart(&mut self) {
        self.lowest = None;
        self.highest = None;
    }
}

struct Slope {
    size: IBig,
    gradient: Vec<IBig>,
    pattern: Vec<Standing>,
    point: Vec<Rational>,
}

struct Slopes {
    norm: GradientNorm,
    best: Option<Slope>,
}

impl Visitor for Slopes {
    fn visit<T: Integer, const N: usize, const W: usize>(
        &mut self,
        leaf: &Leaf<'_, T, N, W>,
    ) -> Result<(), Failure> {
        let gradient = || leaf.outputs[1..].iter().map(Integer::to_big);
        let size: IBig = match self.norm {
            GradientNorm::L1 => gradient().map(|g| IBig::from(g.unsigned_abs())).sum(),
            GradientNorm::L2Squared => gradient().map(|g| &g * &g).sum(),
            GradientNorm::LInf => gradient()
                .map(|g| IBig::from(g.unsigned_abs()))
                .max()
                .expect("a network has an input"),
        };
        if self.best.as_ref().is_none_or(|best| best.size < size) {
            self.best = Some(Slope {
                size,
                gradient: gradient().collect(),
                pattern: leaf
                    .states
                    .iter()
                    .map(|state| Standing::of(*state))
                    .collect(),
                point: middle(leaf),
            });
        }
        Ok(())
    }

    fn restart(&mut self) {
        self.best = None;
    }
}

/// The mean of the vertices, a point inside the cell.
fn middle<T: Integer, const N: usize, const W: usize>(leaf: &Leaf<'_, T, N, W>) -> Vec<Rational> {
    let vertices = &leaf.polytope.vertices;
    let count = i64::try_from(vertices.len()).expect("a cell has few vertices");
    let share = Rational::new(1, count).expect("a cell has vertices");
    let mut sum = vec![Rational::zero(); N - 1];
    for vertex in vertices {
        for (total, x) in sum.iter_mut().zip(vertex.exact.coordinates()) {
            *total = &*total + &x;
        }
    }
    sum.iter().map(|total| total * &share).collect()
}
