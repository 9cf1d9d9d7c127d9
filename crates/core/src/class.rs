//! The classes N(d, L, B, c, q) of networks of bounded weights, and how far their members move with their parameters.

use crate::activation::Activation;
use crate::failure::Failure;
use crate::field::Sign;
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::radical::norm_at_most;
use crate::number::rational::Rational;

/// Largest depth and width in [`perturbation_constant`].
pub const MOST_SIZE: usize = 4096;

/// The scalar ReLU networks with L layers, at most B neurons in each hidden one, and ‖A_l‖_q ≤ c, ‖b_l‖_q ≤ c for every l.
///
/// # Definition
/// The norm is that of the list of all entries, (Σ|·|^q)^{1/q}, and the largest of them for q = ∞. Fewer than B neurons are filled up
/// with zeros, which changes no norm. The input dimension is that of the network.
///
/// # Source
/// bgv-2022, setting; entrywise is the reading under which the bounds there hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkClass {
    /// L, the number of affine maps.
    pub depth: usize,
    /// B, the largest number of neurons in a hidden layer.
    pub width: usize,
    /// c, the bound for all norms.
    pub bound: Rational,
    /// 1/q in \[0, 1\].
    pub inverse_exponent: Rational,
}

impl NetworkClass {
    /// Whether the network belongs to the class.
    ///
    /// Errors: as [`norm_at_most`].
    pub fn contains(&self, phi: &Network) -> Result<bool, Failure> {
        if !self.has_shape_of(phi) {
            return Ok(false);
        }
        for layer in phi.layers() {
            for entries in [layer.stored(), layer.biases()] {
                if !norm_at_most(entries, &self.bound, &self.inverse_exponent)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Whether the network would belong to the class if the norm of a matrix were that of ℓq → ℓq.
    ///
    /// Errors: as [`norm_at_most`]; [`Failure::Unknown`] for matrices and q other than 1 and ∞.
    pub fn contains_by_operator_norm(&self, phi: &Network) -> Result<bool, Failure> {
        if !self.has_shape_of(phi) {
            return Ok(false);
        }
        for layer in phi.layers() {
            let norm = if self.inverse_exponent.is_zero() {
                largest_row_sum(&layer.weights())
            } else if self.inverse_exponent.is_one() {
                largest_row_sum(&layer.weights().transpose())
            } else {
                return Err(Failure::Unknown(format!(
                    "an operator norm for q = 1 or ∞, got 1/q = {}",
                    self.inverse_exponent
                )));
            };
            if norm > self.bound
                || !norm_at_most(layer.biases(), &self.bound, &self.inverse_exponent)?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn has_shape_of(&self, phi: &Network) -> bool {
        let hidden = &phi.layers()[..phi.depth() - 1];
        *phi.activation() == Activation::Relu
            && phi.outdim() == 1
            && phi.depth() == self.depth
            && hidden.iter().all(|layer| layer.rows() <= self.width)
    }
}

fn largest_row_sum(matrix: &Matrix<Rational>) -> Rational {
    (0..matrix.rows())
        .map(|i| {
            let sizes = matrix.row(i).iter().map(Rational::abs);
            sizes.fold(Rational::zero(), |sum, size| &sum + &size)
        })
        .fold(Rational::zero(), Rational::max)
}

/// T with |RΦ − RΨ| ≤ T·δ on \[0,1\]ᵈ for members of N(d, L, B, c, ∞) whose parameters differ by at most δ.
///
/// # Definition
/// H_1 = c(d + 1) and H_l = c(B·H_{l−1} + 1) bound what layer l computes. E_1 = d + 1 and E_l = B·H_{l−1} + 1 + c·B·E_{l−1} bound how
/// far it moves, in multiples of δ. T = E_L. With `biases` = false every summand 1 that belongs to a bias is left out.
///
/// Attained to first order by all parameters c against all c − δ at x = (1, …, 1): T is the derivative of H_L by c.
///
/// Errors: [`Failure::Undefined`] for c < 0 or d, L, B = 0; [`Failure::Limit`] for L or B above [`MOST_SIZE`].
pub fn perturbation_constant(
    inputs: usize,
    depth: usize,
    width: usize,
    bound: &Rational,
    biases: bool,
) -> Result<Rational, Failure> {
    if inputs == 0 || depth == 0 || width == 0 || bound.sign() == Sign::Negative {
        return Err(Failure::Undefined(format!(
            "a class with d, L, B at least 1 and c at least 0, got {inputs}, {depth}, {width} and {bound}"
        )));
    }
    if inputs.max(depth).max(width) > MOST_SIZE {
        return Err(Failure::Limit(format!(
            "d, L and B of a class: expected at most {MOST_SIZE}, got {inputs}, {depth} and {width}"
        )));
    }
    let count = |n: usize| Rational::from(i64::try_from(n).expect("at most MOST_SIZE"));
    let own = count(usize::from(biases));
    let mut moved = &count(inputs) + &own;
    let mut size = bound * &moved;
    for _ in 1..depth {
        let slope = &(&count(width) * &size) + &own;
        moved = &slope + &(&(bound * &count(width)) * &moved);
        size = bound * &slope;
    }
    Ok(moved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Layer;
    use crate::reference;

    fn rational(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn class(depth: usize, width: usize, bound: &str, inverse: &str) -> NetworkClass {
        NetworkClass {
            depth,
            width,
            bound: rational(bound),
            inverse_exponent: rational(inverse),
        }
    }

    /// Two layers: (3, −4; 0) with bias (0, 1), then (1) ↦ 5.
    fn example() -> Network {
        let rows = |rows: &[&[i64]]| {
            let rows = rows
                .iter()
                .map(|row| row.iter().map(|&n| n.into()).collect());
            Matrix::from_rows(rows.collect()).unwrap()
        };
        Network::relu(vec![
            Layer::new(rows(&[&[3, -4], &[0, 0]]), vec![0.into(), 1.into()]).unwrap(),
            Layer::new(rows(&[&[0, 1]]), vec![5.into()]).unwrap(),
        ])
        .unwrap()
    }

    #[test]
    fn membership_on_the_boundary() {
        let phi = example();
        for (case, expected) in [
            (class(2, 2, "5", "1/2"), true),
            (class(2, 2, "4999/1000", "1/2"), false),
            (class(2, 2, "7", "1"), true),
            (class(2, 2, "6", "1"), false),
            (class(2, 2, "5", "0"), true),
            (class(2, 2, "4", "0"), false),
            (class(2, 9, "5", "0"), true),
            (class(2, 1, "5", "0"), false),
            (class(3, 2, "5", "0"), false),
            (class(2, 2, "6", "2/3"), true),
            (class(2, 2, "139/25", "2/3"), false),
        ] {
            assert_eq!(case.contains(&phi), Ok(expected), "{case:?}");
            assert_eq!(reference::in_class(&phi, &case), Ok(expected), "{case:?}");
        }
        assert!(class(2, 2, "-1", "0").contains(&phi).is_err());
        assert!(reference::in_class(&phi, &class(2, 2, "5", "2")).is_err());
    }

    #[test]
    fn operator_norms_are_others() {
        let phi = example();
        // Row sum 7; column sums 3 and 4, and the bias 5.
        let by_operator = |bound: &str, inverse: &str| {
            class(2, 2, bound, inverse).contains_by_operator_norm(&phi)
        };
        assert_eq!(by_operator("6", "0"), Ok(false));
        assert_eq!(by_operator("7", "0"), Ok(true));
        assert_eq!(by_operator("5", "1"), Ok(true));
        assert!(by_operator("5", "1/2").is_err());
    }

    #[test]
    fn perturbation_constants_are_derivatives() {
        let constant = |d, l, b, c: &str, biases| {
            perturbation_constant(d, l, b, &rational(c), biases).unwrap()
        };
        assert_eq!(constant(1, 3, 3, "1", true), 61.into());
        assert_eq!(constant(3, 3, 9, "1", true), 991.into());
        assert_eq!(constant(1, 3, 3, "1", false), 27.into());
        assert_eq!(constant(4, 1, 7, "0", true), 5.into());
        for (d, l, b) in [(1, 1, 1), (2, 2, 5), (3, 6, 4), (5, 3, 1)] {
            for c in ["0", "1/3", "1", "7/2"] {
                let c = rational(c);
                assert_eq!(
                    perturbation_constant(d, l, b, &c, true).unwrap(),
                    reference::perturbation_constant(d, l, b, &c)
                );
            }
        }
        assert!(perturbation_constant(1, 3, 0, &Rational::one(), true).is_err());
        assert!(perturbation_constant(1, 3, 5000, &Rational::one(), true).is_err());
    }
}
