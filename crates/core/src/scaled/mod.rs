//! Dyadic ReLU networks on integers: one common power of two per layer, and a machine type chosen by a static bound.
//!
//! # Definition
//! All entries of Φ and the kink value c are dyadic, and the points lie in a [`PointRange`]: multiples of 2⁻ᵖ of size at
//! most H. With s₀ = p and s_l = max(s_{l−1} + a_l, β_l), where a_l and β_l are the fraction bits of A_l and b_l, every pre-activation
//! z_l is an integer over 2^{s_l}; every entry of the running derivative is an integer over its own power of two.
//! So value and derivative are integer matrix products.
//!
//! [`Scaled::bound`] bounds the magnitude of *every* integer of that evaluation, each partial sum included, for all
//! points of the range: Σ_j |w_ij|·h_j + |b_i| bounds all partial sums of neuron i in any order of summation when h_j
//! bounds input j. It picks the machine type:
//!
//! | bound | [`Kind`] |
//! | --- | --- |
//! | ≤ 2⁵³ | `ExactF64`: integers below 2⁵³ in `f64`, where +, · and comparison are exact |
//! | ≤ 2⁶³ − 1 | `I64` |
//! | ≤ 2¹²⁷ − 1 | `I128` |
//! | above | `Big` |
//!
//! # Exactness
//! Equal to the rational evaluation at every point of the range; a point outside it is an error, never an overflow.

mod bound;
pub(crate) mod exact_f64;
mod grid;
mod kernel;
mod number;

pub(crate) use bound::evaluation_bound;
pub use grid::PointRange;
pub(crate) use grid::{Grid, scaled_integer};

use dashu_int::{IBig, UBig};

use crate::failure::Failure;
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::rational::Rational;
use kernel::Kernel;
use number::Exact;

/// The number type of an evaluation, smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Integers of magnitude ≤ 2⁵³ held in `f64`.
    ExactF64,
    /// 64-bit integers.
    I64,
    /// 128-bit integers.
    I128,
    /// Integers of any size.
    Big,
}

impl Kind {
    /// The smallest kind that holds all integers of magnitude ≤ `bound`.
    pub fn for_bound(bound: &UBig) -> Self {
        [Self::ExactF64, Self::I64, Self::I128]
            .into_iter()
            .find(|kind| kind.limit().is_some_and(|limit| *bound <= limit))
            .unwrap_or(Self::Big)
    }

    /// The largest magnitude this kind holds; `None` = no limit.
    pub fn limit(self) -> Option<UBig> {
        match self {
            Self::ExactF64 => Some(UBig::ONE << 53),
            Self::I64 => Some((UBig::ONE << 63) - UBig::ONE),
            Self::I128 => Some((UBig::ONE << 127) - UBig::ONE),
            Self::Big => None,
        }
    }
}

/// RΦ(x) and D_cΦ(x) at one point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// RΦ(x).
    pub value: Vec<Rational>,
    /// D_cΦ(x), N_L × N₀.
    pub derivative: Matrix<Rational>,
}

/// A dyadic ReLU network prepared for evaluation at the points of a range.
#[derive(Clone, Debug)]
pub struct Scaled {
    grid: Grid,
    range: PointRange,
    bound: UBig,
    program: Program,
    indim: usize,
    outdim: usize,
}

#[derive(Clone, Debug)]
enum Program {
    ExactF64(Kernel<f64>),
    I64(Kernel<i64>),
    I128(Kernel<i128>),
    Big(Kernel<IBig>),
}

impl Scaled {
    /// Prepares Φ with kink value c for the points of `range`, with the smallest kind that the bound allows.
    ///
    /// Errors ([`Failure::Shape`]): depth ≥ 2 with an activation other than ReLU, or an entry or kink value that is not
    /// dyadic.
    pub fn new(phi: &Network, kink: &Rational, range: &PointRange) -> Result<Self, Failure> {
        let (grid, bound) = Self::prepare(phi, kink, range)?;
        let kind = Kind::for_bound(&bound);
        Ok(Self::build(phi, kink, range, grid, bound, kind))
    }

    /// As [`Scaled::new`], with the kind given.
    ///
    /// Errors: as [`Scaled::new`]; [`Failure::Limit`] if the bound exceeds what the kind holds.
    pub fn with_kind(
        phi: &Network,
        kink: &Rational,
        range: &PointRange,
        kind: Kind,
    ) -> Result<Self, Failure> {
        let (grid, bound) = Self::prepare(phi, kink, range)?;
        match kind.limit() {
            Some(limit) if bound > limit => Err(Failure::Limit(format!(
                "evaluation in {kind:?}: expected a bound of at most {limit}, got {bound}"
            ))),
            _ => Ok(Self::build(phi, kink, range, grid, bound, kind)),
        }
    }

    fn prepare(
        phi: &Network,
        kink: &Rational,
        range: &PointRange,
    ) -> Result<(Grid, UBig), Failure> {
        let grid = Grid::new(&[phi], kink, range)?;
        let bound = evaluation_bound(phi, kink, range, &grid);
        Ok((grid, bound))
    }

    fn build(
        phi: &Network,
        kink: &Rational,
        range: &PointRange,
        grid: Grid,
        bound: UBig,
        kind: Kind,
    ) -> Self {
        let program = match kind {
            Kind::ExactF64 => Program::ExactF64(Kernel::new(phi, kink, &grid)),
            Kind::I64 => Program::I64(Kernel::new(phi, kink, &grid)),
            Kind::I128 => Program::I128(Kernel::new(phi, kink, &grid)),
            Kind::Big => Program::Big(Kernel::new(phi, kink, &grid)),
        };
        let range = range.clone();
        Self {
            grid,
            range,
            bound,
            program,
            indim: phi.indim(),
            outdim: phi.outdim(),
        }
    }

    /// The number type in use.
    pub fn kind(&self) -> Kind {
        match self.program {
            Program::ExactF64(_) => Kind::ExactF64,
            Program::I64(_) => Kind::I64,
            Program::I128(_) => Kind::I128,
            Program::Big(_) => Kind::Big,
        }
    }

    /// The static bound: no integer of an evaluation in the range exceeds it in magnitude.
    pub fn bound(&self) -> &UBig {
        &self.bound
    }

    /// RΦ(x) and D_cΦ(x).
    ///
    /// Errors: [`Failure::Shape`] if x has not N₀ entries; [`Failure::Limit`] if x is not in the range.
    pub fn evaluate(&self, x: &[Rational]) -> Result<Evaluation, Failure> {
        if x.len() != self.indim {
            return Err(Failure::Shape(format!(
                "input vector: expected length {} (the input dimension), got {}",
                self.indim,
                x.len()
            )));
        }
        let x = self.range.integers(x)?;
        let outputs = match &self.program {
            Program::ExactF64(kernel) => outputs(kernel, &x),
            Program::I64(kernel) => outputs(kernel, &x),
            Program::I128(kernel) => outputs(kernel, &x),
            Program::Big(kernel) => outputs(kernel, &x),
        };
        let mut value = Vec::with_capacity(self.outdim);
        let mut entries = Vec::with_capacity(self.outdim * self.indim);
        for row in outputs.chunks_exact(self.indim + 1) {
            value.push(self.grid.value(&row[0]));
            entries.extend(row[1..].iter().map(|entry| self.grid.slope(entry)));
        }
        Ok(Evaluation {
            value,
            derivative: Matrix::new(self.outdim, self.indim, entries)?,
        })
    }

    /// The integers of an evaluation at the point with numerators `x` over 2ᵖ: for each output 2^{s_L}·RΦ_i, then the row of
    /// D_cΦ over its own power of two, 1 + N₀ numbers. Without the conversions of [`Scaled::evaluate`].
    ///
    /// Errors: as [`Scaled::evaluate`]; [`Failure::Limit`] if the kind is wider than `i128`.
    pub fn evaluate_integers(&self, x: &[i64]) -> Result<Vec<i128>, Failure> {
        if x.len() != self.indim {
            return Err(Failure::Shape(format!(
                "input vector: expected length {} (the input dimension), got {}",
                self.indim,
                x.len()
            )));
        }
        self.range.check_integers(x)?;
        Ok(match &self.program {
            Program::ExactF64(kernel) => {
                kernel.run(x, |value| i128::from(exact_f64::integer(*value)))
            }
            Program::I64(kernel) => kernel.run(x, |value| i128::from(*value)),
            Program::I128(kernel) => kernel.run(x, |value| *value),
            Program::Big(_) => {
                return Err(Failure::Limit(format!(
                    "integers of an evaluation: expected at most 127 bits, got a bound of {}",
                    self.bound
                )));
            }
        })
    }
}

fn outputs<T: Exact>(kernel: &Kernel<T>, x: &[IBig]) -> Vec<IBig> {
    kernel.run(x, T::to_integer)
}
