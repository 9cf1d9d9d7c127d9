//! Natives on the cells of a network: counts, and the largest norms of its gradient.

use claim_language::expr::Type::{Box_, Nat, Network as N, Real};
use relu_core::geometry::Domain;
use relu_core::geometry::cells::{Complex, GradientNorm, count, enclosing_box, steepest};
use relu_core::network::Network;
use relu_core::number::enclosure::Enclosure;
use relu_core::number::poly::Poly;
use relu_core::number::polynomial::Polynomial;
use relu_core::number::rational::Rational;
use relu_core::number::roots::Algebraic;
use relu_core::reference::{CellCertificate, CheckedCells};
use relu_core::{Failure, Sign};

use super::arguments::{domain, network, rational};
use super::{Native, native};
use crate::algebraic::lowered;
use crate::value::{Backend, Context, Value};

/// The number of cells at which a count gives up.
pub(super) const MOST_CELLS: usize = 500_000;

const COUNTS: &str = "derived: exact evaluation";
const LIPSCHITZ: &str = "begj-2019: §VII";

pub(super) fn natives() -> Vec<Native> {
    vec![
        native(
            "cells",
            &[N, Box_],
            Nat,
            "The number of full-dimensional cells in the interior of the box: maximal open connected sets on which no hidden pre-activation crosses a kink.",
            COUNTS,
            |a, context| {
                let (phi, on) = (network(a[0])?, domain(a[1])?);
                counted(match context.backend {
                    Backend::Fast => count(phi, on, MOST_CELLS),
                    Backend::Reference => Ok(Certified::new(phi, on)?.cells.list.len()),
                })
            },
        )
        .partial(),
        native(
            "linear_regions",
            &[N, Box_],
            Nat,
            "The number of components of the set in the interior of the box where the realization is differentiable.",
            COUNTS,
            |a, context| {
                let (phi, on) = (network(a[0])?, domain(a[1])?);
                counted(match context.backend {
                    Backend::Fast => {
                        Complex::new(phi, on, &[], MOST_CELLS).map(|found| found.linear_regions())
                    }
                    Backend::Reference => Ok(Certified::new(phi, on)?.cells.linear_regions()),
                })
            },
        )
        .partial(),
        native(
            "affine_functions",
            &[N, Box_],
            Nat,
            "The number of distinct affine functions that the realization equals on some cell of the box.",
            COUNTS,
            |a, context| {
                let (phi, on) = (network(a[0])?, domain(a[1])?);
                counted(match context.backend {
                    Backend::Fast => {
                        Complex::new(phi, on, &[], MOST_CELLS).map(|found| found.affine_functions())
                    }
                    Backend::Reference => Ok(Certified::new(phi, on)?.cells.affine_functions()),
                })
            },
        )
        .partial(),
        native(
            "lip1",
            &[N, Box_],
            Real,
            "The largest ℓ1 norm of the gradient over all cells of the box, for one output: the Lipschitz constant for the ℓ∞ distance.",
            LIPSCHITZ,
            |a, context| largest_gradient(a, context, GradientNorm::L1),
        )
        .partial(),
        native(
            "lipinf",
            &[N, Box_],
            Real,
            "The largest ℓ∞ norm of the gradient over all cells of the box, for one output: the Lipschitz constant for the ℓ1 distance.",
            LIPSCHITZ,
            |a, context| largest_gradient(a, context, GradientNorm::LInf),
        )
        .partial(),
        native(
            "lip2_squared",
            &[N, Box_],
            Real,
            "The square of the largest Euclidean norm of the gradient over all cells of the box, for one output.",
            LIPSCHITZ,
            |a, context| largest_gradient(a, context, GradientNorm::L2Squared),
        )
        .partial(),
        native(
            "lip2",
            &[N, Box_],
            Real,
            "The largest Euclidean norm of the gradient over all cells of the box, for one output: the Lipschitz constant for the Euclidean distance on a convex box.",
            LIPSCHITZ,
            |a, context| {
                let value = largest_gradient(a, context, GradientNorm::L2Squared)?;
                square_root(rational(&value)?)
            },
        )
        .partial(),
        native(
            "lipschitz",
            &[N, Box_, Real],
            Real,
            "The Lipschitz constant on a box for the ℓp distance, for one output and p = 1 or 2: the largest gradient in the dual norm. For p = ∞ it is lip1.",
            LIPSCHITZ,
            |a, context| match rational(a[2])?.to_i64() {
                Some(1) => largest_gradient(&a[..2], context, GradientNorm::LInf),
                Some(2) => {
                    let value = largest_gradient(&a[..2], context, GradientNorm::L2Squared)?;
                    square_root(rational(&value)?)
                }
                _ => Err(Failure::Undefined(format!(
                    "Lipschitz constant for the ℓp distance: expected p = 1 or 2 (lip1 for p = ∞), got {}",
                    rational(a[2])?
                ))),
            },
        )
        .partial(),
    ]
}

/// The cells as the reference backend sees them: the list that the fast walk finds on a bounded box, checked from the
/// definition with its coverage. A domain without bounds is enclosed first.
pub(super) struct Certified {
    pub(super) cells: CheckedCells,
    is_bounded: bool,
}

impl Certified {
    pub(super) fn new(phi: &Network, on: &Domain) -> Result<Self, Failure> {
        let enclosing = enclosing_box(phi, on)?;
        let found = Complex::new(phi, &enclosing, &[], MOST_CELLS)?;
        Ok(Self {
            cells: CellCertificate::from(&found).check(phi, &enclosing)?,
            is_bounded: enclosing == *on,
        })
    }

    /// The smallest and the largest value of a scalar network.
    pub(super) fn range(&self, phi: &Network) -> Result<(Rational, Rational), Failure> {
        self.scalar_and_bounded(phi)?;
        Ok(self.cells.range())
    }

    /// The largest errors in value and derivative of a scalar network against a polynomial.
    pub(super) fn error(
        &self,
        phi: &Network,
        p: &Polynomial,
    ) -> Result<(Enclosure, Enclosure), Failure> {
        self.scalar_and_bounded(phi)?;
        self.cells.error(p)
    }

    /// ∫ RΦ^p for a scalar network.
    pub(super) fn integral_of_power(&self, phi: &Network, power: u32) -> Result<Rational, Failure> {
        self.scalar_and_bounded(phi)?;
        self.cells.integral_of_power(power)
    }

    fn scalar_and_bounded(&self, phi: &Network) -> Result<(), Failure> {
        scalar(phi)?;
        if self.is_bounded {
            return Ok(());
        }
        Err(Failure::Undefined(
            "largest value on a domain without bounds".into(),
        ))
    }
}

fn counted(count: Result<usize, Failure>) -> Result<Value, Failure> {
    count.map(Value::count)
}

fn largest_gradient(a: &[&Value], context: &Context, norm: GradientNorm) -> Result<Value, Failure> {
    let (phi, on) = (network(a[0])?, domain(a[1])?);
    let value = match context.backend {
        Backend::Fast => steepest(phi, on, norm, MOST_CELLS)?.value,
        Backend::Reference => by_definition(phi, on, norm)?,
    };
    Ok(Value::rational(value))
}

/// √s for s ≥ 0, the root of x² − s in [0, 1 + s].
fn square_root(s: &Rational) -> Result<Value, Failure> {
    let poly = Poly::from_coefficients(vec![-s, Rational::zero(), Rational::one()]);
    let upper = s + &Rational::one();
    Ok(lowered(Algebraic::root(&poly, Rational::zero(), upper)?))
}

fn by_definition(phi: &Network, on: &Domain, norm: GradientNorm) -> Result<Rational, Failure> {
    scalar(phi)?;
    let size = |gradient: &[Rational]| {
        let mut total = Rational::zero();
        for entry in gradient {
            let entry = if entry.sign() == Sign::Negative {
                -entry
            } else {
                entry.clone()
            };
            total = match norm {
                GradientNorm::L1 => &total + &entry,
                GradientNorm::L2Squared => &total + &(&entry * &entry),
                GradientNorm::LInf => total.max(entry),
            };
        }
        total
    };
    Ok(Certified::new(phi, on)?.cells.largest_slope(size))
}

fn scalar(phi: &Network) -> Result<(), Failure> {
    if phi.outdim() == 1 {
        return Ok(());
    }
    Err(Failure::Shape(format!(
        "outputs of a network with a largest value or gradient: expected 1, got {}",
        phi.outdim()
    )))
}
