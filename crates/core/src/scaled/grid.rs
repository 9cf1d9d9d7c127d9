//! The common power of two of every layer, and the range of the points.

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};

use crate::activation::Activation;
use crate::failure::Failure;
use crate::network::Network;
use crate::number::rational::Rational;

/// The points with all coordinates in 2⁻ᵖℤ ∩ \[−H, H\].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointRange {
    exponent: usize,
    /// H·2ᵖ, rounded down.
    largest: UBig,
}

impl PointRange {
    /// The range with p = `exponent` and H = `magnitude`; a negative H leaves the point 0 only.
    pub fn new(exponent: u32, magnitude: &Rational) -> Self {
        let exponent = usize::try_from(exponent).expect("at least 32 bits in a usize");
        let scaled = magnitude * &Rational::from(IBig::ONE << exponent);
        Self {
            exponent,
            largest: UBig::try_from(scaled.floor()).unwrap_or(UBig::ZERO),
        }
    }

    /// The smallest range that contains the given coordinates.
    ///
    /// Errors ([`Failure::Shape`]): a coordinate that is not dyadic.
    pub fn containing<'a>(
        coordinates: impl IntoIterator<Item = &'a Rational>,
    ) -> Result<Self, Failure> {
        let mut range = Self {
            exponent: 0,
            largest: UBig::ZERO,
        };
        for value in coordinates {
            let bits = fraction_bits(value).ok_or_else(|| {
                Failure::Shape(format!(
                    "coordinate of a dyadic point: expected a dyadic number, got {value}"
                ))
            })?;
            if bits > range.exponent {
                range.largest <<= bits - range.exponent;
                range.exponent = bits;
            }
            let integer =
                scaled_integer(value, range.exponent).expect("the exponent covers the value");
            range.largest = range.largest.max(integer.into_parts().1);
        }
        Ok(range)
    }

    /// p.
    pub(crate) fn exponent(&self) -> usize {
        self.exponent
    }

    /// ⌊H·2ᵖ⌋.
    pub(crate) fn largest(&self) -> &UBig {
        &self.largest
    }

    /// The numerators of `x` over 2ᵖ.
    pub(crate) fn integers(&self, x: &[Rational]) -> Result<Vec<IBig>, Failure> {
        x.iter()
            .map(|value| {
                let integer = scaled_integer(value, self.exponent);
                integer
                    .filter(|n| n.clone().into_parts().1 <= self.largest)
                    .ok_or_else(|| self.outside(value))
            })
            .collect()
    }

    /// Checks numerators over 2ᵖ.
    pub(crate) fn check_integers(&self, x: &[i64]) -> Result<(), Failure> {
        let limit = u64::try_from(&self.largest).unwrap_or(u64::MAX);
        match x.iter().find(|value| value.unsigned_abs() > limit) {
            None => Ok(()),
            Some(value) => Err(self.outside(value)),
        }
    }

    fn outside(&self, value: &dyn std::fmt::Display) -> Failure {
        Failure::Limit(format!(
            "coordinate of a point: expected n/2^{} with |n| at most {}, got {value}",
            self.exponent, self.largest
        ))
    }
}

/// The powers of two of an evaluation: see the module [`scaled`](super).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// s₀,…,s_L.
    exponents: Vec<usize>,
    /// Fraction bits of the kink value.
    kink_bits: usize,
    /// The power of two under the entries of the derivative.
    slope_exponent: usize,
}

impl Grid {
    /// The grid that serves all `networks`, which have one depth.
    pub fn new(
        networks: &[&Network],
        kink: &Rational,
        range: &PointRange,
    ) -> Result<Self, Failure> {
        let not_dyadic = |what: &str, value: &Rational| {
            Failure::Shape(format!(
                "{what} of a dyadic network: expected a dyadic number, got {value}"
            ))
        };
        let depth = networks[0].depth();
        for phi in networks {
            if depth > 1 && *phi.activation() != Activation::Relu {
                return Err(Failure::Shape(format!(
                    "integer evaluation: expected a relu network, got {}",
                    phi.activation()
                )));
            }
        }
        let kink_bits = fraction_bits(kink).ok_or_else(|| not_dyadic("kink value", kink))?;
        let mut exponents = Vec::with_capacity(depth + 1);
        exponents.push(range.exponent());
        for l in 0..depth {
            let (mut weight_bits, mut bias_bits) = (0, 0);
            for phi in networks {
                for value in phi.layer(l).stored() {
                    weight_bits = weight_bits
                        .max(fraction_bits(value).ok_or_else(|| not_dyadic("weight", value))?);
                }
                for value in phi.layer(l).biases() {
                    bias_bits = bias_bits
                        .max(fraction_bits(value).ok_or_else(|| not_dyadic("bias", value))?);
                }
            }
            exponents.push(bias_bits.max(exponents[l] + weight_bits));
        }
        let slope_exponent = exponents[depth] - exponents[0] + (depth - 1) * kink_bits;
        Ok(Self {
            exponents,
            kink_bits,
            slope_exponent,
        })
    }

    /// w·2^{s_l − s_{l−1}} for a weight of the layer with zero-based index l.
    pub fn weight(&self, l: usize, value: &Rational) -> IBig {
        scaled_integer(value, self.exponents[l + 1] - self.exponents[l])
            .expect("the grid covers the weights")
    }

    /// b·2^{s_l} for a bias.
    pub fn bias(&self, l: usize, value: &Rational) -> IBig {
        scaled_integer(value, self.exponents[l + 1]).expect("the grid covers the biases")
    }

    /// c·2ᵉ for the kink value, e its fraction bits.
    pub fn kink(&self, value: &Rational) -> IBig {
        scaled_integer(value, self.kink_bits).expect("the grid covers the kink value")
    }

    /// The slope 1 on the same scale: 2ᵉ.
    pub fn one(&self) -> IBig {
        IBig::ONE << self.kink_bits
    }

    /// The number with this numerator over 2^{s_L}.
    pub fn value(&self, numerator: &IBig) -> Rational {
        let exponent = self.exponents[self.exponents.len() - 1];
        dyadic(numerator, exponent)
    }

    /// The entry of the derivative with this numerator.
    pub fn slope(&self, numerator: &IBig) -> Rational {
        dyadic(numerator, self.slope_exponent)
    }
}

/// n/2ᵉ.
fn dyadic(numerator: &IBig, exponent: usize) -> Rational {
    Rational::from_parts(numerator.clone(), UBig::ONE << exponent)
        .expect("a power of two is not zero")
}

/// The e for which the value is an odd integer over 2ᵉ (0 for integers); `None` if it is not dyadic.
fn fraction_bits(value: &Rational) -> Option<usize> {
    if let Some((_, q)) = value.small_parts() {
        return (q & (q - 1) == 0)
            .then(|| usize::try_from(q.trailing_zeros()).expect("at most 63"));
    }
    value.is_dyadic().then(|| value.denominator().bit_len() - 1)
}

/// value·2ᵉ if that is an integer.
pub(crate) fn scaled_integer(value: &Rational, exponent: usize) -> Option<IBig> {
    let shift = exponent.checked_sub(fraction_bits(value)?)?;
    Some(value.numerator() << shift)
}
