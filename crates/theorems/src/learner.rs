//! Learners whose largest error over a class of networks is known exactly or from above, and such classes.

use std::fmt;

use dashu_int::UBig;
use relu_core::Failure;
use relu_core::number::enclosure::Enclosure;
use relu_core::number::rational::Rational;

use crate::operators::rational_power;
use crate::value::Backend;

mod upper;

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
    /// For functions of one variable: asks at 0 and 1, and then bisects for where the function leaves its value at 0, and for where it reaches that at 1, by turns.
    Bisection {
        /// Points it asks for, ≥ 2.
        samples: u32,
    },
    /// Asks at uniformly distributed points, and answers with a function of a finite net of the class that is close to all values.
    Net {
        /// d ≥ 1.
        inputs: usize,
        /// Points it asks for, ≥ 1.
        samples: UBig,
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
            Self::Piecewise { inputs, .. } | Self::Zero { inputs } | Self::Net { inputs, .. } => {
                *inputs
            }
            Self::Bisection { .. } => 1,
        }
    }

    /// The number of points it asks for, always the same.
    pub fn queries(&self) -> Result<Rational, Failure> {
        match self {
            Self::Zero { .. } => Ok(Rational::zero()),
            Self::Bisection { samples } => Ok(count(u64::from(*samples))),
            Self::Net { samples, .. } => Ok(whole(samples)),
            Self::Piecewise { inputs, cells } => {
                let power = u32::try_from(*inputs)
                    .ok()
                    .filter(|d| *d <= 1024)
                    .ok_or_else(|| Failure::Limit("a dimension of at most 1024".to_owned()))?;
                Ok(count(*cells).pow(power))
            }
        }
    }

    /// The supremum of the errors in L^p over the functions of the class, for 1/p = `norm`; for a randomized learner those of the mean errors.
    ///
    /// # Definition
    /// For p = ∞ and piecewise constants c^L·d^{1−1/q}·B^{(L−1)(1−2/q)}/(2k) if q ≥ 2, and without the power of B otherwise: on a cell a function changes by at most half the side
    /// times the ℓ¹ norm of its gradient, and the network with equal weights attains that at a corner. For the answer 0 and q = ∞ it is the value at (1, …, 1) of the
    /// network with all weights and biases equal to c.
    ///
    /// # Exactness
    /// Exact where the powers are rational; unknown otherwise. The reference evaluates the network with equal weights, for q = ∞. For bisection and nets only an upper bound
    /// is known, and the number lies between 0 and it.
    pub fn worst_error(
        &self,
        class: &Class,
        norm: &Rational,
        backend: Backend,
    ) -> Result<Enclosure, Failure> {
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
        let from_above = |bound: Rational| Enclosure::between(Rational::zero(), bound);
        match self {
            Self::Bisection { samples } => upper::bisection(*samples, class).map(from_above),
            Self::Net { samples, .. } => upper::net(samples, class, norm, backend).map(from_above),
            _ if !norm.is_zero() => Err(Failure::Unknown("worst errors for p < ∞".to_owned())),
            Self::Zero { .. } if class.inverse.is_zero() => Ok(Enclosure::exactly(
                class.extreme(&Rational::one(), &class.bound),
            )),
            Self::Zero { .. } => Err(Failure::Unknown(
                "the largest function of the class for q < ∞".to_owned(),
            )),
            Self::Piecewise { cells, .. } => {
                class.piecewise(*cells, backend).map(Enclosure::exactly)
            }
        }
    }
}

impl Class {
    /// The largest error of piecewise constants with so many cells along an axis.
    fn piecewise(&self, cells: u64, backend: Backend) -> Result<Rational, Failure> {
        let side = Rational::one()
            .over(&count(cells))
            .ok_or_else(|| Failure::Undefined("a learner with at least one cell".to_owned()))?;
        if self.inverse.is_zero() && backend == Backend::Reference {
            return Ok(self.extreme(&side.half(), &Rational::zero()));
        }
        let one = Rational::one();
        let d = power(self.inputs as u64, &(&one - &self.inverse))?;
        let layers = Rational::from_integer(i64::from(self.layers) - 1);
        let share = &one - &(&self.inverse + &self.inverse);
        let width = power(self.width, &(&layers * &share.max(Rational::zero())))?;
        Ok(&(&self.bound.pow(self.layers) * &(&d * &width)) * &side.half())
    }

    /// The number of all weights and biases.
    fn parameters(&self) -> Rational {
        let (d, b) = (count(self.inputs as u64), count(self.width));
        let one = Rational::one();
        match self.layers {
            0 | 1 => &d + &one,
            layers => {
                let hidden = &count(u64::from(layers) - 2) * &(&b * &(&b + &one));
                &(&(&(&d + &one) * &b) + &hidden) + &(&b + &one)
            }
        }
    }

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
            Self::Bisection { samples } => write!(f, "bisection_learner({samples})"),
            Self::Net { inputs, samples } => write!(f, "net_learner({inputs}, {samples})"),
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
    whole(&n.into())
}

fn whole(n: &UBig) -> Rational {
    Rational::from_parts(n.clone().into(), UBig::ONE).expect("1 is not 0")
}

/// n^e where it is rational.
fn power(n: u64, e: &Rational) -> Result<Rational, Failure> {
    rational_power(&count(n), e)
        .ok_or_else(|| Failure::Unknown(format!("a rational number is needed for {n}^({e})")))
}
