//! Learners whose largest error over a class of networks is known exactly, and such classes.

use std::fmt;

use relu_core::Failure;
use relu_core::number::rational::Rational;

use crate::operators::rational_power;
use crate::value::Backend;

/// An algorithm that recovers a function on \[0,1\]^d from values at points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Learner {
    /// Asks for the values at the centres of the cells of side 1/cells, and answers with them, constant on every cell.
    Piecewise {
        /// d ≥ 1.
        inputs: usize,
        /// Cells along an axis, ≥ 1.
        cells: u64,
    },
    /// Asks for nothing and answers with 0.
    Zero {
        /// d ≥ 1.
        inputs: usize,
    },
}

/// N(d, L, B, c, q): the functions \[0,1\]^d → ℝ of ReLU networks with L affine maps and B neurons in every hidden layer, the entrywise ℓ^q norm of every
/// weight matrix and every bias at most c.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// d ≥ 1.
    pub inputs: usize,
    /// L ≥ 1.
    pub layers: u32,
    /// B ≥ 1.
    pub width: u64,
    /// c ≥ 0.
    pub bound: Rational,
    /// 1/q ∈ \[0, 1\].
    pub inverse: Rational,
}

/// Largest number of binary digits of a worst error.
const MOST_BITS: usize = 100_000;

impl Learner {
    /// d.
    pub fn inputs(&self) -> usize {
        match self {
            Self::Piecewise { inputs, .. } | Self::Zero { inputs } => *inputs,
        }
    }

    /// The number of points it asks for, always the same.
    pub fn queries(&self) -> Result<Rational, Failure> {
        match self {
            Self::Zero { .. } => Ok(Rational::zero()),
            Self::Piecewise { inputs, cells } => {
                let power = u32::try_from(*inputs)
                    .ok()
                    .filter(|d| *d <= 1024)
                    .ok_or_else(|| Failure::Limit("a dimension of at most 1024".to_owned()))?;
                Ok(count(*cells).pow(power))
            }
        }
    }

    /// The supremum of the errors in the uniform norm over the functions of the class.
    ///
    /// # Definition
    /// For piecewise constants c^L·d^{1−1/q}·B^{(L−1)(1−2/q)}/(2k) if q ≥ 2, and without the power of B otherwise: on a cell a function changes by at most half the side
    /// times the ℓ¹ norm of its gradient, and the network with equal weights attains that at a corner. For the answer 0 and q = ∞ it is the value at (1, …, 1) of the
    /// network with all weights and biases equal to c.
    ///
    /// # Exactness
    /// Exact where the powers are rational; unknown otherwise. The reference evaluates the network with equal weights, for q = ∞.
    pub fn worst_error(&self, class: &Class, backend: Backend) -> Result<Rational, Failure> {
        if self.inputs() != class.inputs {
            return Err(Failure::Shape(format!(
                "expected a learner of functions of {} variables, got one of {}",
                class.inputs,
                self.inputs()
            )));
        }
        if class.bound.bits() * class.layers as usize > MOST_BITS {
            return Err(Failure::Limit(format!(
                "an error of at most {MOST_BITS} binary digits"
            )));
        }
        let uniform = class.inverse.is_zero();
        match self {
            Self::Zero { .. } if uniform => Ok(class.extreme(&Rational::one(), &class.bound)),
            Self::Zero { .. } => Err(Failure::Unknown(
                "the largest function of the class for q < ∞".to_owned(),
            )),
            Self::Piecewise { cells, .. } => {
                let side = Rational::one().over(&count(*cells)).ok_or_else(|| {
                    Failure::Undefined("a learner with at least one cell".to_owned())
                })?;
                if uniform && backend == Backend::Reference {
                    return Ok(class.extreme(&side.half(), &Rational::zero()));
                }
                let one = Rational::one();
                let d = power(class.inputs as u64, &(&one - &class.inverse))?;
                let layers = Rational::from_integer(i64::from(class.layers) - 1);
                let share = &one - &(&class.inverse + &class.inverse);
                let width = power(class.width, &(&layers * &share.max(Rational::zero())))?;
                Ok(&(&class.bound.pow(class.layers) * &(&d * &width)) * &side.half())
            }
        }
    }
}

impl Class {
    /// The value at (x, …, x), x ≥ 0, of the network with all weights c and all biases `bias` ≥ 0.
    fn extreme(&self, x: &Rational, bias: &Rational) -> Rational {
        let mut size = count(self.inputs as u64);
        let mut value = x.clone();
        for _ in 0..self.layers {
            value = &(&(&self.bound * &size) * &value) + bias;
            size = count(self.width);
        }
        value
    }
}

/// Its text is an expression of the claim language.
impl fmt::Display for Learner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Piecewise { inputs, cells } => write!(f, "piecewise_learner({inputs}, {cells})"),
            Self::Zero { inputs } => write!(f, "zero_learner({inputs})"),
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            inputs,
            layers,
            width,
            bound,
            inverse,
        } = self;
        write!(
            f,
            "net_class({inputs}, {layers}, {width}, {bound}, {})",
            exponent_text(inverse)
        )
    }
}

/// The exponent whose inverse this is, `inf` for 0.
pub fn exponent_text(inverse: &Rational) -> String {
    match inverse.recip() {
        Some(exponent) => exponent.to_string(),
        None => "inf".to_owned(),
    }
}

fn count(n: u64) -> Rational {
    Rational::from_parts(n.into(), 1_u8.into()).expect("1 is not 0")
}

/// n^e where it is rational.
fn power(n: u64, e: &Rational) -> Result<Rational, Failure> {
    rational_power(&count(n), e)
        .ok_or_else(|| Failure::Unknown(format!("a rational number is needed for {n}^({e})")))
}
