//! The Lipschitz product bounds on the families that attain them: exact comparison never refutes, floats do.
#![allow(clippy::unwrap_used)]

use relu_core::RationalOrder;
use relu_core::evaluate::network_derivative;
use relu_core::geometry::{VectorNorm, operator_norm};
use relu_core::linear::matrix::Matrix;
use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;
use theorems::generate::Stream;

const TRIALS: u64 = 100_000;

/// Architecture, entry and norm of one member: all weights equal to c, no biases, a positive input.
struct Member {
    widths: Vec<usize>,
    c: (i64, i64),
    norm: VectorNorm,
}

impl Member {
    /// Uniform layers, so that the product of the norms is attained for ℓ1 and ℓ∞ alike.
    fn draw(index: u64) -> Self {
        let mut stream = Stream::for_instance(1, "extremal", "families", index);
        let (width, depth) = (1 + stream.index(4), 1 + stream.index(4));
        let c = (stream.between(1, 40), stream.between(1, 40));
        let norm = if stream.chance(1, 2) {
            VectorNorm::One
        } else {
            VectorNorm::Infinity
        };
        Self {
            widths: vec![width; depth + 1],
            c,
            norm,
        }
    }

    fn network(&self) -> Network {
        let c = Rational::new(self.c.0, self.c.1).unwrap();
        let layers = self.widths.windows(2).map(|widths| {
            let weights =
                Matrix::new(widths[1], widths[0], vec![c.clone(); widths[0] * widths[1]]).unwrap();
            Layer::new(weights, vec![Rational::zero(); widths[1]]).unwrap()
        });
        Network::relu(layers.collect()).unwrap()
    }

    /// The slope at (1, …, 1) and the product of the norms, exactly.
    fn exact(&self) -> (Rational, Rational) {
        let phi = self.network();
        let x = vec![Rational::one(); phi.indim()];
        let derivative = network_derivative(&phi, &x, &Rational::zero(), &RationalOrder).unwrap();
        let product = phi.layers().iter().fold(Rational::one(), |product, layer| {
            &product * &operator_norm(&layer.weights(), self.norm)
        });
        (operator_norm(&derivative, self.norm), product)
    }

    /// The same two numbers in double precision, in the same order of operations.
    fn rounded(&self) -> (f64, f64) {
        let c = self.c.0 as f64 / self.c.1 as f64;
        let n = self.widths[0];
        let depth = self.widths.len() - 1;
        let mut entry = c;
        for _ in 1..depth {
            entry = (0..n).map(|_| c * entry).sum();
        }
        let slope: f64 = (0..n).map(|_| entry).sum();
        let norm: f64 = (0..n).map(|_| c).sum();
        (slope, (0..depth).map(|_| norm).product())
    }
}

#[test]
fn exact_comparison_never_refutes_where_floats_do() {
    let (mut exact_refutations, mut float_refutations) = (0_u32, 0_u32);
    for index in 0..TRIALS {
        let member = Member::draw(index);
        let (slope, bound) = member.exact();
        assert_eq!(slope, bound, "the family attains the bound");
        exact_refutations += u32::from(slope > bound);
        let (slope, bound) = member.rounded();
        float_refutations += u32::from(slope > bound);
    }
    assert_eq!(exact_refutations, 0);
    assert!(
        float_refutations > 1000,
        "{float_refutations} false refutations by floats"
    );
}
