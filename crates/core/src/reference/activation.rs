//! The activations from their definitions, at one big rational.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::dense::power;
use super::exotic;
use crate::activation::Activation;
use crate::failure::Failure;
use crate::number::rational::Rational;

/// ϱ(z); the same caps as [`Activation::value`].
pub fn activation_value(activation: &Activation, z: &Rational) -> Result<Rational, Failure> {
    value(activation, &z.to_rbig()).map(Rational::from_rbig)
}

/// ϱ′(z), or `None` for z ∈ N_ϱ.
pub fn activation_slope(
    activation: &Activation,
    z: &Rational,
) -> Result<Option<Rational>, Failure> {
    Ok(slope(activation, &z.to_rbig())?.map(Rational::from_rbig))
}

/// ϱ(z).
pub(super) fn value(activation: &Activation, z: &RBig) -> Result<RBig, Failure> {
    let zero = RBig::ZERO;
    Ok(match activation {
        Activation::Relu => z.clone().max(zero),
        Activation::Leaky(alpha) => {
            if *z > zero {
                z.clone()
            } else {
                alpha.to_rbig() * z
            }
        }
        Activation::Absolute => z.clone().max(-z),
        Activation::HardTanh => z.clone().max(integer(-1)).min(integer(1)),
        Activation::KinkedSquare => z.clone().max(zero) + z * z / integer(2),
        Activation::Heaviside => {
            if *z > zero {
                integer(1)
            } else {
                zero
            }
        }
        Activation::Identity => z.clone(),
        Activation::Polynomial(poly) => poly
            .coefficients()
            .iter()
            .enumerate()
            .fold(zero, |sum, (i, coefficient)| {
                sum + coefficient.to_rbig() * power(z, i)
            }),
        Activation::BinaryToTernary => exotic::binary_to_ternary(z)?.0,
        Activation::SvcGaps => exotic::svc_gaps(z)?.0,
    })
}

/// ϱ′(z), `None` on N_ϱ.
pub(super) fn slope(activation: &Activation, z: &RBig) -> Result<Option<RBig>, Failure> {
    let (zero, one) = (RBig::ZERO, RBig::ONE);
    let by_sign = |negative: RBig, positive: RBig| {
        if z.is_zero() {
            None
        } else if *z > RBig::ZERO {
            Some(positive)
        } else {
            Some(negative)
        }
    };
    Ok(match activation {
        Activation::Relu => by_sign(zero, one),
        Activation::Leaky(alpha) if alpha.to_rbig() == one => Some(one),
        Activation::Leaky(alpha) => by_sign(alpha.to_rbig(), one),
        Activation::Absolute => by_sign(integer(-1), one),
        Activation::HardTanh => {
            let size = z.clone().max(-z);
            if size == one {
                None
            } else if size < one {
                Some(one)
            } else {
                Some(zero)
            }
        }
        Activation::KinkedSquare => by_sign(z.clone(), one + z),
        Activation::Heaviside => by_sign(zero.clone(), zero),
        Activation::Identity => Some(one),
        Activation::Polynomial(poly) => Some(poly.coefficients().iter().enumerate().skip(1).fold(
            zero,
            |sum, (i, coefficient)| {
                sum + coefficient.to_rbig() * RBig::from(IBig::from(i)) * power(z, i - 1)
            },
        )),
        Activation::BinaryToTernary => exotic::binary_to_ternary(z)?.1,
        Activation::SvcGaps => exotic::svc_gaps(z)?.1,
    })
}

fn integer(n: i64) -> RBig {
    RBig::from(IBig::from(n))
}
