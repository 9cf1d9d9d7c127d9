//! Activations ϱ: ℝ → ℝ with their slopes δ and their set N_ϱ of kinks, evaluated exactly.
//!
//! The slope with kink value c is δ(z) = ϱ′(z) off N_ϱ and δ(z) = c on N_ϱ. Seven
//! activations are piecewise polynomial with finitely many kinks. The other two have countably many and are the
//! witnesses that the stability lemma needs its hypotheses; they are exact at rational arguments.

mod binary_to_ternary;
mod pieces;
mod rational_value;
mod svc_gaps;
mod text;

pub(crate) use text::excerpt;

pub use binary_to_ternary::ORBIT_CAP;
pub use pieces::ActivationPiece;
pub use svc_gaps::LEVEL_CAP;
pub use svc_gaps::in_cantor_set;

use std::cmp::Ordering;

use crate::failure::Failure;
use crate::field::{Field, Order, RationalOrder, Sign};
use crate::number::poly::Poly;
use crate::number::rational::Rational;
use rational_value::rational_value;

/// An activation function ϱ.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Activation {
    /// ϱ(z) = max(z, 0); N = {0}.
    Relu,
    /// ϱ(z) = z for z > 0 and α·z for z ≤ 0; N = {0}, empty for α = 1.
    Leaky(Rational),
    /// ϱ(z) = |z|; N = {0}.
    Absolute,
    /// ϱ(z) = min(max(z, −1), 1); N = {−1, 1}.
    HardTanh,
    /// ϱ(z) = max(z, 0) + z²/2; N = {0}. Locally, not globally, Lipschitz.
    KinkedSquare,
    /// ϱ(z) = 1 for z > 0 and 0 for z ≤ 0 (the value at 0 is a choice); N = {0}, slope 0 elsewhere. Not continuous.
    Heaviside,
    /// ϱ(z) = z; N = ∅.
    Identity,
    /// ϱ a polynomial; N = ∅.
    Polynomial(Poly),
    /// ϱ(z) = ∫₀ᶻ g with g(Σ b_k 2⁻ᵏ) = Σ b_k 3⁻ᵏ on \[0,1\], continued with slope 0 below 0 and slope 1/2 above 1;
    /// N = the dyadic numbers of (0,1). Lipschitz constant 1/2.
    BinaryToTernary,
    /// A tent of height ℓ²/4 and slopes ±1 in the middle of every gap (length ℓ) of the Smith–Volterra–Cantor set C, 0
    /// elsewhere; N = three points per gap. 1-Lipschitz, and differentiable with slope 0 on C.
    SvcGaps,
}

/// The set N_ϱ on which an activation has no derivative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kinks {
    /// N_ϱ = ∅.
    None,
    /// N_ϱ is this ascending list.
    Finite(Vec<Rational>),
    /// N_ϱ is countably infinite, described in words.
    Countable(&'static str),
}

/// The slopes of ϱ at one argument.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Local<S> {
    /// ϱ is differentiable there with this slope.
    Smooth(S),
    /// A point of N_ϱ with the slopes of the two sides.
    Kink { left: S, right: S },
}

impl Activation {
    /// ϱ(z).
    ///
    /// # Exactness
    /// Exact. `binary_to_ternary` and `svc_gaps` need an argument whose value is rational ([`Failure::Unknown`] otherwise).
    /// The former stops at binary expansions longer than [`ORBIT_CAP`] ([`Failure::Limit`]); the latter is
    /// [`Failure::Unknown`] where [`LEVEL_CAP`] levels decide neither x ∈ C nor x ∉ C (never for dyadic x).
    pub fn value<S: Field, O: Order<S>>(&self, z: &S, order: &O) -> Result<S, Failure> {
        Ok(match self {
            Self::Relu => match order.sign(z)? {
                Sign::Positive => z.clone(),
                Sign::Zero | Sign::Negative => S::zero(),
            },
            Self::Leaky(alpha) => match order.sign(z)? {
                Sign::Positive => z.clone(),
                Sign::Zero => S::zero(),
                Sign::Negative => S::from_rational(alpha).times(z),
            },
            Self::Absolute => match order.sign(z)? {
                Sign::Positive => z.clone(),
                Sign::Zero => S::zero(),
                Sign::Negative => z.negated(),
            },
            Self::HardTanh => {
                let (one, minus_one) = (S::one(), S::one().negated());
                if order.compare(z, &one)? == Ordering::Greater {
                    one
                } else if order.compare(z, &minus_one)? == Ordering::Less {
                    minus_one
                } else {
                    z.clone()
                }
            }
            Self::KinkedSquare => {
                let half_square = z.times(z).times(&S::from_rational(&half()));
                match order.sign(z)? {
                    Sign::Positive => z.plus(&half_square),
                    Sign::Zero | Sign::Negative => half_square,
                }
            }
            Self::Heaviside => match order.sign(z)? {
                Sign::Positive => S::one(),
                Sign::Zero | Sign::Negative => S::zero(),
            },
            Self::Identity => z.clone(),
            Self::Polynomial(poly) => horner(poly, z),
            Self::BinaryToTernary => {
                S::from_rational(&binary_to_ternary::value(&self.argument(z, order)?)?)
            }
            Self::SvcGaps => S::from_rational(&svc_gaps::value(&self.argument(z, order)?)?),
        })
    }

    /// δ(z): the derivative of ϱ off the kinks, `kink` on them. Exactness as [`Activation::value`].
    pub fn slope<S: Field, O: Order<S>>(&self, z: &S, kink: &S, order: &O) -> Result<S, Failure> {
        Ok(match self.local(z, order)? {
            Local::Smooth(slope) => slope,
            Local::Kink { .. } => kink.clone(),
        })
    }

    /// Whether z ∈ N_ϱ.
    pub fn is_kink<S: Field, O: Order<S>>(&self, z: &S, order: &O) -> Result<bool, Failure> {
        Ok(matches!(self.local(z, order)?, Local::Kink { .. }))
    }

    /// The slope of ϱ from the left at z: the left derivative, for `heaviside` the slope 0 of its left piece.
    pub fn left_slope<S: Field, O: Order<S>>(&self, z: &S, order: &O) -> Result<S, Failure> {
        Ok(match self.local(z, order)? {
            Local::Smooth(slope) => slope,
            Local::Kink { left, .. } => left,
        })
    }

    /// The slope of ϱ from the right at z: the right derivative, for `heaviside` the slope 0 of its right piece.
    pub fn right_slope<S: Field, O: Order<S>>(&self, z: &S, order: &O) -> Result<S, Failure> {
        Ok(match self.local(z, order)? {
            Local::Smooth(slope) => slope,
            Local::Kink { right, .. } => right,
        })
    }

    /// The cluster values of δ(z′) as z′ → z, z′ = z allowed; without repetition.
    ///
    /// Finitely many kinks: off N the slope is continuous, so {ϱ′(z)}; on N the two sides and the kink value.
    /// `binary_to_ternary` (derivation in its module): {g(z), kink} at z ∈ \[0,1\] off N, {g(z−), g(z+), kink} on N, one slope
    /// outside \[0,1\]. `svc_gaps`: {−1, 0, 1, kink} at every point of C, as for finite N elsewhere.
    pub fn slope_clusters<S: Field, O: Order<S>>(
        &self,
        z: &S,
        kink: &S,
        order: &O,
    ) -> Result<Vec<S>, Failure> {
        let (mut values, kink_nearby) = match self {
            Self::BinaryToTernary => binary_to_ternary::clusters(&self.argument(z, order)?)?,
            Self::SvcGaps => svc_gaps::clusters(&self.argument(z, order)?)?,
            _ => {
                return Ok(match self.local(z, order)? {
                    Local::Smooth(slope) => vec![slope],
                    Local::Kink { left, right } => distinct([left, right, kink.clone()]),
                });
            }
        };
        let mut all: Vec<S> = values
            .drain(..)
            .map(|value| S::from_rational(&value))
            .collect();
        if kink_nearby {
            all.push(kink.clone());
        }
        Ok(distinct(all))
    }

    /// ϱ(z) at a rational argument.
    pub(crate) fn value_at(&self, z: &Rational) -> Result<Rational, Failure> {
        match self {
            Self::BinaryToTernary => binary_to_ternary::value(z),
            Self::SvcGaps => svc_gaps::value(z),
            _ => self.value(z, &RationalOrder),
        }
    }

    /// ϱ′(z) at a rational argument; `None` on N_ϱ.
    pub(crate) fn smooth_slope(&self, z: &Rational) -> Result<Option<Rational>, Failure> {
        let local = match self {
            Self::BinaryToTernary => binary_to_ternary::local(z)?,
            Self::SvcGaps => svc_gaps::local(z)?,
            _ => self.local(z, &RationalOrder)?,
        };
        Ok(match local {
            Local::Smooth(slope) => Some(slope),
            Local::Kink { .. } => None,
        })
    }

    /// The slopes at z, both sides at a kink.
    pub(crate) fn local<S: Field, O: Order<S>>(
        &self,
        z: &S,
        order: &O,
    ) -> Result<Local<S>, Failure> {
        let number = |value: i64| S::from_rational(&Rational::from_integer(value));
        Ok(match self {
            Self::Relu => match order.sign(z)? {
                Sign::Positive => Local::Smooth(S::one()),
                Sign::Negative => Local::Smooth(S::zero()),
                Sign::Zero => Local::Kink {
                    left: S::zero(),
                    right: S::one(),
                },
            },
            Self::Leaky(alpha) if alpha.is_one() => Local::Smooth(S::one()),
            Self::Leaky(alpha) => match order.sign(z)? {
                Sign::Positive => Local::Smooth(S::one()),
                Sign::Negative => Local::Smooth(S::from_rational(alpha)),
                Sign::Zero => Local::Kink {
                    left: S::from_rational(alpha),
                    right: S::one(),
                },
            },
            Self::Absolute => match order.sign(z)? {
                Sign::Positive => Local::Smooth(S::one()),
                Sign::Negative => Local::Smooth(number(-1)),
                Sign::Zero => Local::Kink {
                    left: number(-1),
                    right: S::one(),
                },
            },
            Self::HardTanh => match order.compare(z, &number(1))? {
                Ordering::Greater => Local::Smooth(S::zero()),
                Ordering::Equal => Local::Kink {
                    left: S::one(),
                    right: S::zero(),
                },
                Ordering::Less => match order.compare(z, &number(-1))? {
                    Ordering::Greater => Local::Smooth(S::one()),
                    Ordering::Equal => Local::Kink {
                        left: S::zero(),
                        right: S::one(),
                    },
                    Ordering::Less => Local::Smooth(S::zero()),
                },
            },
            Self::KinkedSquare => match order.sign(z)? {
                Sign::Positive => Local::Smooth(z.plus(&S::one())),
                Sign::Negative => Local::Smooth(z.clone()),
                // The slopes of the pieces z²/2 and z + z²/2 at 0.
                Sign::Zero => Local::Kink {
                    left: S::zero(),
                    right: S::one(),
                },
            },
            Self::Heaviside => match order.sign(z)? {
                Sign::Positive | Sign::Negative => Local::Smooth(S::zero()),
                Sign::Zero => Local::Kink {
                    left: S::zero(),
                    right: S::zero(),
                },
            },
            Self::Identity => Local::Smooth(S::one()),
            Self::Polynomial(poly) => Local::Smooth(horner(&poly.derivative(), z)),
            Self::BinaryToTernary => lift(binary_to_ternary::local(&self.argument(z, order)?)?),
            Self::SvcGaps => lift(svc_gaps::local(&self.argument(z, order)?)?),
        })
    }

    /// The rational value of `z`, which the two activations with countably many kinks need.
    fn argument<S: Field, O: Order<S>>(&self, z: &S, order: &O) -> Result<Rational, Failure> {
        rational_value(z, order).map_err(|failure| match failure {
            Failure::Split(_) | Failure::Unknown(_) => Failure::Unknown(format!(
                "{self} of an argument that is not a rational number"
            )),
            other => other,
        })
    }
}

fn half() -> Rational {
    Rational::new(1, 2).expect("the denominator is not zero")
}

/// Σ a_i zⁱ by Horner's rule.
fn horner<S: Field>(poly: &Poly, z: &S) -> S {
    let mut sum = S::zero();
    for i in (0..=poly.degree().unwrap_or(0)).rev() {
        sum = sum.times(z).plus(&S::from_rational(&poly.coefficient(i)));
    }
    sum
}

fn lift<S: Field>(local: Local<Rational>) -> Local<S> {
    match local {
        Local::Smooth(slope) => Local::Smooth(S::from_rational(&slope)),
        Local::Kink { left, right } => Local::Kink {
            left: S::from_rational(&left),
            right: S::from_rational(&right),
        },
    }
}

fn distinct<S: PartialEq>(values: impl IntoIterator<Item = S>) -> Vec<S> {
    let mut kept: Vec<S> = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}
