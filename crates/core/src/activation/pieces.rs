//! What is finite about an activation: its kinks, its polynomial pieces, its Lipschitz constants.

use super::{Activation, Kinks, binary_to_ternary, half, svc_gaps};
use crate::failure::Failure;
use crate::field::Sign;
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// One polynomial piece of an activation: lower end (`None` = −∞), upper end (`None` = ∞), the polynomial between.
pub type ActivationPiece = (Option<Rational>, Option<Rational>, Poly);

impl Activation {
    /// The set N_ϱ where ϱ is not differentiable.
    pub fn kinks(&self) -> Kinks {
        let at = |points: &[i64]| Kinks::Finite(points.iter().map(|&p| p.into()).collect());
        match self {
            Self::Relu | Self::Absolute | Self::KinkedSquare | Self::Heaviside => at(&[0]),
            Self::Leaky(alpha) if alpha.is_one() => Kinks::None,
            Self::Leaky(_) => at(&[0]),
            Self::HardTanh => at(&[-1, 1]),
            Self::Identity | Self::Polynomial(_) => Kinks::None,
            Self::BinaryToTernary => Kinks::Countable("the dyadic numbers of (0,1)"),
            Self::SvcGaps => Kinks::Countable(
                "μ − ℓ²/4, μ, μ + ℓ²/4 for every gap of middle μ and length ℓ of the Smith–Volterra–Cantor set",
            ),
        }
    }

    /// The polynomial pieces, ascending and without a gap; they meet at the kinks.
    ///
    /// `None` for the two activations with countably many kinks. For `heaviside` the value at 0 belongs to the lower piece.
    pub fn pieces(&self) -> Option<Vec<ActivationPiece>> {
        let poly = |coefficients: &[Rational]| Poly::from_coefficients(coefficients.to_vec());
        let (zero, one) = (Rational::zero(), Rational::one());
        let line = |slope: &Rational| poly(&[Rational::zero(), slope.clone()]);
        let split = |low: Poly, high: Poly| {
            let origin = Some(Rational::zero());
            Some(vec![(None, origin.clone(), low), (origin, None, high)])
        };
        match self {
            Self::Relu => split(Poly::zero(), line(&one)),
            Self::Leaky(alpha) if alpha.is_one() => Some(vec![(None, None, line(&one))]),
            Self::Leaky(alpha) => split(line(alpha), line(&one)),
            Self::Absolute => split(line(&-&one), line(&one)),
            Self::HardTanh => {
                let ends = (Some(-&one), Some(one.clone()));
                Some(vec![
                    (None, ends.0.clone(), Poly::constant(-&one)),
                    (ends.0, ends.1.clone(), line(&one)),
                    (ends.1, None, Poly::constant(one)),
                ])
            }
            Self::KinkedSquare => split(
                poly(&[zero.clone(), zero.clone(), half()]),
                poly(&[zero, one, half()]),
            ),
            Self::Heaviside => split(Poly::zero(), Poly::one()),
            Self::Identity => Some(vec![(None, None, line(&one))]),
            Self::Polynomial(poly) => Some(vec![(None, None, poly.clone())]),
            Self::BinaryToTernary | Self::SvcGaps => None,
        }
    }

    /// Whether ϱ is continuous and affine on finitely many intervals that cover ℝ.
    pub fn is_piecewise_linear(&self) -> bool {
        match self {
            Self::Relu | Self::Leaky(_) | Self::Absolute | Self::HardTanh | Self::Identity => true,
            Self::Polynomial(poly) => poly.degree().unwrap_or(0) <= 1,
            Self::KinkedSquare | Self::Heaviside | Self::BinaryToTernary | Self::SvcGaps => false,
        }
    }

    /// A Lipschitz constant Λ of ϱ on \[low, high\]; the smallest one, except for polynomials of degree ≥ 4.
    ///
    /// A polynomial piece of degree ≤ 3 has its extreme slopes at the ends or at the vertex of p′; from degree 4 on
    /// Λ = Σ k·|a_k|·R^{k−1} with R = max(|low|, |high|). Λ = 0 on a single point.
    ///
    /// Errors: [`Failure::Undefined`] if low > high, or if `heaviside` jumps inside (low ≤ 0 < high).
    pub fn lipschitz_on(&self, low: &Rational, high: &Rational) -> Result<Rational, Failure> {
        if low > high {
            return Err(Failure::Undefined(format!(
                "Lipschitz constant on an interval: expected lower end at most {high}, got {low}"
            )));
        }
        if low == high {
            return Ok(Rational::zero());
        }
        match self {
            Self::BinaryToTernary => return binary_to_ternary::lipschitz(high),
            Self::SvcGaps => return svc_gaps::lipschitz(low, high),
            Self::Heaviside if low.sign() != Sign::Positive && high.sign() == Sign::Positive => {
                return Err(Failure::Undefined(format!(
                    "Lipschitz constant of heaviside on [{low}, {high}]: it jumps at 0"
                )));
            }
            _ => {}
        }
        let mut largest = Rational::zero();
        for (lower, upper, poly) in self.pieces().expect("the other activations have pieces") {
            let from = lower.map_or_else(|| low.clone(), |end| end.max(low.clone()));
            let to = upper.map_or_else(|| high.clone(), |end| end.min(high.clone()));
            if from < to {
                largest = largest.max(steepest(&poly, &from, &to));
            }
        }
        Ok(largest)
    }
}

/// A bound for |p′| on \[from, to\], the smallest one for degree ≤ 3.
fn steepest(poly: &Poly, from: &Rational, to: &Rational) -> Rational {
    let slope = poly.derivative();
    let size = |x: &Rational| slope.evaluate(x).abs();
    match slope.degree() {
        None | Some(0) => size(from),
        Some(1) => size(from).max(size(to)),
        Some(2) => {
            let vertex = (-slope.coefficient(1))
                .over(&(slope.coefficient(2) * Rational::from(2)))
                .expect("the leading coefficient is not zero");
            let ends = size(from).max(size(to));
            if *from < vertex && vertex < *to {
                ends.max(size(&vertex))
            } else {
                ends
            }
        }
        Some(degree) => {
            let radius = from.abs().max(to.abs());
            let mut sum = Rational::zero();
            for i in (0..=degree).rev() {
                sum = sum * &radius + slope.coefficient(i).abs();
            }
            sum
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::RationalOrder;

    fn q(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn lipschitz(activation: &str, low: &str, high: &str) -> Result<Rational, Failure> {
        activation
            .parse::<Activation>()
            .unwrap()
            .lipschitz_on(&q(low), &q(high))
    }

    #[test]
    fn lipschitz_constants_are_the_largest_slopes_inside() {
        for (activation, low, high, expected) in [
            ("relu", "-2", "-1", "0"),
            ("relu", "-2", "0", "0"),
            ("relu", "-2", "1", "1"),
            ("leaky(-3)", "-1", "1", "3"),
            ("hard_tanh", "1", "5", "0"),
            ("hard_tanh", "1/2", "5", "1"),
            ("kinked_square", "-3", "1", "3"),
            ("kinked_square", "0", "1", "2"),
            ("heaviside", "1", "2", "0"),
            ("heaviside", "-1", "0", "0"),
            ("polynomial([0,0,1])", "-3", "1", "6"),
            ("polynomial([0,-3,0,1])", "-1", "1", "3"),
            ("polynomial([0,0,0,0,1])", "-1", "2", "32"),
            ("identity", "5", "5", "0"),
            ("binary_to_ternary", "0", "1/2", "1/6"),
            ("svc_gaps", "0", "1", "1"),
        ] {
            assert_eq!(
                lipschitz(activation, low, high).unwrap(),
                q(expected),
                "{activation} on [{low}, {high}]"
            );
        }
    }

    #[test]
    fn an_empty_interval_and_a_jump_have_no_lipschitz_constant() {
        assert!(matches!(
            lipschitz("relu", "1", "0"),
            Err(Failure::Undefined(_))
        ));
        assert!(matches!(
            lipschitz("heaviside", "0", "1"),
            Err(Failure::Undefined(_))
        ));
        assert!(matches!(
            lipschitz("heaviside", "-1", "1"),
            Err(Failure::Undefined(_))
        ));
    }

    #[test]
    fn pieces_cover_the_line_and_agree_with_the_values() {
        for text in [
            "relu",
            "leaky(1/4)",
            "leaky(1)",
            "absolute",
            "hard_tanh",
            "kinked_square",
            "heaviside",
            "identity",
            "polynomial([1,2,3])",
        ] {
            let activation: Activation = text.parse().unwrap();
            let pieces = activation.pieces().unwrap();
            assert!(pieces[0].0.is_none() && pieces[pieces.len() - 1].1.is_none());
            let ends: Vec<Rational> = pieces.iter().filter_map(|piece| piece.1.clone()).collect();
            let kinks = match activation.kinks() {
                Kinks::Finite(points) => points,
                _ => Vec::new(),
            };
            assert_eq!(ends, kinks, "{text}");
            for p in -8..=8 {
                let x = Rational::new(p, 3).unwrap();
                let inside = |piece: &&ActivationPiece| {
                    piece.0.as_ref().is_none_or(|end| *end < x)
                        && piece.1.as_ref().is_none_or(|end| x <= *end)
                };
                let piece = pieces.iter().find(inside).unwrap();
                assert_eq!(
                    activation.value(&x, &RationalOrder).unwrap(),
                    piece.2.evaluate(&x),
                    "{text} at {x}"
                );
            }
        }
    }
}
