//! Lipschitz constants of realizations with one or two inputs.

use crate::evaluate::network_derivative;
use crate::failure::Failure;
use crate::field::RationalOrder;
use crate::geometry::faces::faces;
use crate::geometry::standing::Profile;
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::rational::Rational;

/// A norm on ℝᵈ whose operator norm is rational at rational matrices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VectorNorm {
    /// ℓ1, |x|₁ = Σ|x_i|.
    One,
    /// ℓ∞, |x|_∞ = max|x_i|.
    Infinity,
}

/// The operator norm ‖M‖_{p→p}: the largest column sum of absolute values for ℓ1, the largest row sum for ℓ∞; 0 for
/// a matrix without entries.
pub fn operator_norm(m: &Matrix<Rational>, norm: VectorNorm) -> Rational {
    let by_rows = match norm {
        VectorNorm::One => m.transpose(),
        VectorNorm::Infinity => m.clone(),
    };
    (0..by_rows.rows())
        .map(|i| {
            by_rows
                .row(i)
                .iter()
                .fold(Rational::zero(), |sum, value| &sum + &value.abs())
        })
        .fold(Rational::zero(), Rational::max)
}

/// The smallest K with |RΦ(x) − RΦ(y)|_p ≤ K·|x − y|_p for all x, y ∈ ℝᵈ, for a continuous piecewise-linear
/// activation.
///
/// # Definition
/// RΦ is continuous and piecewise affine, so K is the largest operator norm of the Jacobian over the full-dimensional
/// cells; kinks do not count (D_cΦ there may be larger).
///
/// # Degenerate cases
/// Depth 1: the norm of the matrix, any number of inputs.
///
/// Errors: [`Failure::Limit`] for more than two inputs; [`Failure::Unknown`] for activations that are not
/// continuous and piecewise linear.
///
/// # Source
/// Claims `realization-cpl-lipschitz`, `lipschitz-from-derivative`.
pub fn lipschitz(phi: &Network, norm: VectorNorm) -> Result<Rational, Failure> {
    largest_over_cells(phi, |derivative| operator_norm(derivative, norm))
}

/// The largest |∂_i RΦ_j| over the full-dimensional cells, for a continuous piecewise-linear activation: the seminorm of
/// W^{1,∞} by entries.
///
/// # Degenerate cases
/// As for [`lipschitz`], with the same errors.
///
/// # Source
/// Claim `w1inf-chain-constant`.
pub fn largest_partial(phi: &Network) -> Result<Rational, Failure> {
    largest_over_cells(phi, |derivative| {
        derivative
            .data()
            .iter()
            .map(Rational::abs)
            .fold(Rational::zero(), Rational::max)
    })
}

fn largest_over_cells(
    phi: &Network,
    size: impl Fn(&Matrix<Rational>) -> Rational,
) -> Result<Rational, Failure> {
    if phi.depth() == 1 {
        return Ok(size(&phi.layer(0).weights()));
    }
    let profile = Profile::piecewise_linear(phi.activation(), "the Lipschitz constant")?;
    if !profile.is_continuous() {
        return Err(Failure::Unknown(
            "the Lipschitz constant across jumps".into(),
        ));
    }
    let mut largest = Rational::zero();
    for face in faces(&[phi])?
        .iter()
        .filter(|face| face.dimension == phi.indim())
    {
        // In a cell the value on kinks multiplies zero rows only.
        let derivative = network_derivative(phi, &face.point, &Rational::zero(), &RationalOrder)?;
        largest = largest.max(size(&derivative));
    }
    Ok(largest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::Activation;

    fn constant(network: &str, norm: VectorNorm) -> Rational {
        lipschitz(&network.parse().unwrap(), norm).unwrap()
    }

    #[test]
    fn the_identity_has_constant_one_although_the_product_of_norms_is_two() {
        let identity = "net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))";
        assert_eq!(constant(identity, VectorNorm::Infinity), Rational::one());
        assert_eq!(constant(identity, VectorNorm::One), Rational::one());
    }

    #[test]
    fn the_two_norms_differ() {
        // (x₁, x₂) ↦ |x₁ + x₂|, gradient ±(1, 1).
        let network = "net(([[1,1],[-1,-1]], [0,0]), ([[1,1]], [0]))";
        assert_eq!(constant(network, VectorNorm::One), Rational::one());
        assert_eq!(constant(network, VectorNorm::Infinity), Rational::from(2));
    }

    #[test]
    fn a_slope_on_a_bounded_cell_counts() {
        // The hat of slope 2 and −2 on [0, 1].
        let hat = "net(([[1],[1],[1]], [0,-1/2,-1]), ([[2,-4,2]], [0]))";
        assert_eq!(constant(hat, VectorNorm::One), Rational::from(2));
        let zero = "net(([[0]], [0]), ([[5]], [7]))";
        assert_eq!(constant(zero, VectorNorm::One), Rational::zero());
    }

    #[test]
    fn depth_one_has_no_limit_on_inputs() {
        let network = "net(([[1,-2,3,-4]], [5]))";
        assert_eq!(constant(network, VectorNorm::One), Rational::from(4));
        assert_eq!(constant(network, VectorNorm::Infinity), Rational::from(10));
    }

    #[test]
    fn what_has_no_rational_constant_is_refused() {
        let network: Network = "net(([[1]], [0]), ([[1]], [0]))".parse().unwrap();
        for activation in [
            Activation::KinkedSquare,
            Activation::Heaviside,
            Activation::SvcGaps,
        ] {
            let result = lipschitz(&network.with_activation(activation), VectorNorm::One);
            assert!(matches!(result, Err(Failure::Unknown(_))));
        }
        let wide: Network = "net(([[1,1,1]], [0]), ([[1]], [0]))".parse().unwrap();
        assert!(matches!(
            lipschitz(&wide, VectorNorm::One),
            Err(Failure::Limit(_))
        ));
    }
}
