//! Where a pre-activation stands relative to the kinks of the activation.

use std::cmp::Ordering;

use crate::activation::{Activation, Local};
use crate::failure::Failure;
use crate::field::{Field, Order, Sign};
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// The pieces of an activation with finitely many kinks κ₁ < … < κ_n: polynomials p₀,…,p_n with ϱ = p_i on (κ_i,
/// κ_{i+1}).
///
/// Off the kinks ϱ′ = p_i′; at κ_i the slopes from the left and from the right are p_{i−1}′(κ_i) and p_i′(κ_i).
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    kinks: Vec<Rational>,
    pieces: Vec<Poly>,
    slopes: Vec<Poly>,
    /// ϱ(κ_i).
    values: Vec<Rational>,
}

/// A place on the real line relative to the kinks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Place {
    /// Inside the piece with this index.
    Piece(usize),
    /// On the kink with this index.
    Kink(usize),
}

/// A neuron with pre-activation z, seen from one point.
#[derive(Clone, Debug)]
pub(crate) enum Standing<S> {
    /// z is off the kinks; `side` is the side of the largest kink it lies on (positive if there is no kink).
    Smooth { side: Sign, value: S, slope: S },
    /// z is a kink: the slopes of both sides, ϱ(z) and the limits of ϱ from both sides.
    Kink {
        left: S,
        right: S,
        value: S,
        left_limit: S,
        right_limit: S,
    },
}

impl<S> Standing<S> {
    /// Whether the pre-activation is a kink.
    pub(crate) fn is_kink(&self) -> bool {
        matches!(self, Self::Kink { .. })
    }
}

impl Profile {
    /// The profile of an activation; `None` if it has infinitely many kinks.
    pub(crate) fn of(activation: &Activation) -> Option<Self> {
        let pieces = activation.pieces()?;
        let kinks: Vec<Rational> = pieces
            .iter()
            .filter_map(|(lower, _, _)| lower.clone())
            .collect();
        let value = |kink: &Rational| activation.value(kink, &crate::field::RationalOrder).ok();
        Some(Self {
            values: kinks.iter().map(value).collect::<Option<_>>()?,
            kinks,
            slopes: pieces
                .iter()
                .map(|(_, _, poly)| poly.derivative())
                .collect(),
            pieces: pieces.into_iter().map(|(_, _, poly)| poly).collect(),
        })
    }

    /// The profile, or [`Failure::Unknown`] naming what needs finitely many kinks.
    pub(crate) fn required(activation: &Activation, what: &str) -> Result<Self, Failure> {
        Self::of(activation).ok_or_else(|| {
            Failure::Unknown(format!(
                "{what} needs an activation with finitely many kinks, got {activation}"
            ))
        })
    }

    /// The profile of a piecewise-linear activation, jumps allowed, or [`Failure::Unknown`].
    pub(crate) fn piecewise_linear(activation: &Activation, what: &str) -> Result<Self, Failure> {
        Self::of(activation).filter(Self::is_linear).ok_or_else(|| {
            Failure::Unknown(format!(
                "{what} needs a piecewise-linear activation, got {activation}"
            ))
        })
    }

    /// The kinks κ₁ < … < κ_n.
    pub(crate) fn kinks(&self) -> &[Rational] {
        &self.kinks
    }

    /// The piece p_i.
    pub(crate) fn piece(&self, i: usize) -> &Poly {
        &self.pieces[i]
    }

    /// ϱ at the kink with this index.
    pub(crate) fn kink_value(&self, i: usize) -> &Rational {
        &self.values[i]
    }

    /// Largest degree of a piece, at least 1.
    pub(crate) fn degree(&self) -> usize {
        self.pieces
            .iter()
            .filter_map(Poly::degree)
            .max()
            .unwrap_or(0)
            .max(1)
    }

    /// Whether every piece is affine.
    pub(crate) fn is_linear(&self) -> bool {
        self.degree() == 1
    }

    /// Whether ϱ is continuous: both pieces that meet at a kink have the value of ϱ there.
    pub(crate) fn is_continuous(&self) -> bool {
        self.kinks
            .iter()
            .zip(&self.values)
            .enumerate()
            .all(|(i, (kink, value))| {
                self.pieces[i].evaluate(kink) == *value
                    && self.pieces[i + 1].evaluate(kink) == *value
            })
    }

    /// Where z lies.
    pub(crate) fn locate<S: Field, O: Order<S>>(&self, z: &S, order: &O) -> Result<Place, Failure> {
        for (i, kink) in self.kinks.iter().enumerate().rev() {
            let relation = if kink.is_zero() {
                order.sign(z)?.as_ordering()
            } else {
                order.compare(z, &S::from_rational(kink))?
            };
            match relation {
                Ordering::Greater => return Ok(Place::Piece(i + 1)),
                Ordering::Equal => return Ok(Place::Kink(i)),
                Ordering::Less => {}
            }
        }
        Ok(Place::Piece(0))
    }

    /// ϱ(z) for a z that lies at `place`.
    pub(crate) fn value<S: Field>(&self, place: Place, z: &S) -> S {
        match place {
            Place::Piece(i) => evaluate(&self.pieces[i], z),
            Place::Kink(i) => S::from_rational(&self.values[i]),
        }
    }

    /// ϱ′(z) for a z inside piece `i`.
    pub(crate) fn slope<S: Field>(&self, i: usize, z: &S) -> S {
        evaluate(&self.slopes[i], z)
    }

    /// The standing of z.
    pub(crate) fn standing<S: Field, O: Order<S>>(
        &self,
        z: &S,
        order: &O,
    ) -> Result<Standing<S>, Failure> {
        let place = self.locate(z, order)?;
        let value = self.value(place, z);
        Ok(match place {
            Place::Piece(i) => Standing::Smooth {
                side: if i == self.kinks.len() {
                    Sign::Positive
                } else {
                    Sign::Negative
                },
                value,
                slope: self.slope(i, z),
            },
            Place::Kink(i) => {
                let at = |poly: &Poly| S::from_rational(&poly.evaluate(&self.kinks[i]));
                Standing::Kink {
                    left: at(&self.slopes[i]),
                    right: at(&self.slopes[i + 1]),
                    left_limit: at(&self.pieces[i]),
                    right_limit: at(&self.pieces[i + 1]),
                    value,
                }
            }
        })
    }
}

/// The standing of z for any activation; those with infinitely many kinks are continuous and need a rational z.
pub(crate) fn standing<S: Field, O: Order<S>>(
    activation: &Activation,
    profile: Option<&Profile>,
    z: &S,
    order: &O,
) -> Result<Standing<S>, Failure> {
    if let Some(profile) = profile {
        return profile.standing(z, order);
    }
    let value = activation.value(z, order)?;
    Ok(match activation.local(z, order)? {
        Local::Smooth(slope) => Standing::Smooth {
            side: Sign::Positive,
            value,
            slope,
        },
        Local::Kink { left, right } => Standing::Kink {
            left,
            right,
            left_limit: value.clone(),
            right_limit: value.clone(),
            value,
        },
    })
}

/// The value of a polynomial by Horner's rule.
pub(crate) fn evaluate<S: Field>(poly: &Poly, z: &S) -> S {
    let Some(degree) = poly.degree() else {
        return S::zero();
    };
    let mut sum = S::from_rational(&poly.coefficient(degree));
    for i in (0..degree).rev() {
        sum = sum.times(z).plus(&S::from_rational(&poly.coefficient(i)));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::RationalOrder;

    fn number(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn place(activation: &Activation, z: &str) -> Place {
        Profile::of(activation)
            .unwrap()
            .locate(&number(z), &RationalOrder)
            .unwrap()
    }

    #[test]
    fn places_of_the_hard_tanh() {
        let expected = [
            ("-2", Place::Piece(0)),
            ("-1", Place::Kink(0)),
            ("0", Place::Piece(1)),
            ("1", Place::Kink(1)),
            ("5", Place::Piece(2)),
        ];
        for (z, at) in expected {
            assert_eq!(place(&Activation::HardTanh, z), at, "z = {z}");
        }
    }

    #[test]
    fn a_removable_kink_is_no_kink() {
        assert_eq!(
            place(&Activation::Leaky(Rational::one()), "0"),
            Place::Piece(0)
        );
        assert_eq!(
            place(&Activation::Leaky(number("1/4")), "0"),
            Place::Kink(0)
        );
        assert_eq!(place(&Activation::Identity, "0"), Place::Piece(0));
    }

    #[test]
    fn only_the_jump_is_discontinuous() {
        for activation in [
            Activation::Relu,
            Activation::Leaky(number("-3")),
            Activation::Absolute,
            Activation::HardTanh,
            Activation::KinkedSquare,
            Activation::Identity,
        ] {
            assert!(
                Profile::of(&activation).unwrap().is_continuous(),
                "{activation}"
            );
        }
        assert!(!Profile::of(&Activation::Heaviside).unwrap().is_continuous());
        assert!(Profile::of(&Activation::SvcGaps).is_none());
        assert!(Profile::of(&Activation::BinaryToTernary).is_none());
    }

    #[test]
    fn linear_activations_are_told_from_the_others() {
        assert!(Profile::piecewise_linear(&Activation::Heaviside, "this").is_ok());
        for activation in [Activation::KinkedSquare, Activation::SvcGaps] {
            let error = Profile::piecewise_linear(&activation, "this").unwrap_err();
            assert!(matches!(error, Failure::Unknown(_)), "{activation}");
        }
    }

    #[test]
    fn slopes_agree_with_the_activation() {
        let order = RationalOrder;
        for activation in [
            Activation::Relu,
            Activation::Leaky(number("1/4")),
            Activation::Absolute,
            Activation::HardTanh,
            Activation::KinkedSquare,
            Activation::Heaviside,
            Activation::Identity,
        ] {
            let profile = Profile::of(&activation).unwrap();
            for z in ["-3", "-1", "-1/2", "0", "1/3", "1", "4"].map(number) {
                match profile.standing(&z, &order).unwrap() {
                    Standing::Smooth { value, slope, .. } => {
                        assert!(!activation.is_kink(&z, &order).unwrap());
                        assert_eq!(value, activation.value(&z, &order).unwrap());
                        assert_eq!(slope, activation.slope(&z, &number("7"), &order).unwrap());
                    }
                    Standing::Kink {
                        left, right, value, ..
                    } => {
                        assert!(activation.is_kink(&z, &order).unwrap());
                        assert_eq!(value, activation.value(&z, &order).unwrap());
                        assert_eq!(left, activation.left_slope(&z, &order).unwrap());
                        assert_eq!(right, activation.right_slope(&z, &order).unwrap());
                    }
                }
            }
        }
    }
}
