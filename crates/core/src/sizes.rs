//! Sizes of a network: everything that is counted or bounded from its parameters alone.
//!
//! Conventions: depth counts affine maps, width and layer sum include input and output,
//! biases count in the connectivity and in the weight bound.

use crate::failure::Failure;
use crate::field::Field;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

impl<S: Field> Network<S> {
    /// Width max_{0≤l≤L} N_l, input and output included.
    pub fn width(&self) -> usize {
        self.layers()
            .iter()
            .map(Layer::rows)
            .fold(self.indim(), usize::max)
    }

    /// Layer sum Σ_{0≤l≤L} N_l, input and output included.
    pub fn layer_sum(&self) -> usize {
        self.indim() + self.layers().iter().map(Layer::rows).sum::<usize>()
    }

    /// Number of hidden neurons Σ_{1≤l<L} N_l; 0 for depth 1.
    pub fn neurons(&self) -> usize {
        self.layer_sum() - self.indim() - self.outdim()
    }

    /// Connectivity ‖Φ‖₀: the non-zero entries of all A_l and b_l.
    pub fn connectivity(&self) -> usize {
        self.layers().iter().map(nonzeros).sum()
    }

    /// The non-zero entries of A_l and b_l, `layer` = l counted from 1.
    ///
    /// Errors ([`Failure::Shape`]): l outside 1..=L.
    pub fn layer_connectivity(&self, layer: usize) -> Result<usize, Failure> {
        match layer.checked_sub(1).and_then(|l| self.layers().get(l)) {
            Some(found) => Ok(nonzeros(found)),
            None => Err(Failure::Shape(format!(
                "layer index: expected 1 to {}, got {layer}",
                self.depth()
            ))),
        }
    }

    /// Number of parameters Σ_l N_l·N_{l−1} + N_l, zeros included.
    pub fn parameter_count(&self) -> usize {
        self.layers()
            .iter()
            .map(|layer| layer.rows() * (layer.cols() + 1))
            .sum()
    }
}

impl Network<Rational> {
    /// Weight bound ‖Φ‖_∞: the largest |entry| over all A_l and b_l.
    pub fn weight_bound(&self) -> Rational {
        self.max_abs_weight().max(self.max_abs_bias())
    }

    /// The largest |entry| of all A_l.
    pub fn max_abs_weight(&self) -> Rational {
        largest(self.layers().iter().flat_map(Layer::stored))
    }

    /// The largest |entry| of all b_l.
    pub fn max_abs_bias(&self) -> Rational {
        largest(self.layers().iter().flat_map(Layer::biases))
    }
}

fn nonzeros<S: Field>(layer: &Layer<S>) -> usize {
    layer.stored().len()
        + layer
            .biases()
            .iter()
            .filter(|value| !value.is_zero())
            .count()
}

fn largest<'a>(values: impl Iterator<Item = &'a Rational>) -> Rational {
    values
        .map(Rational::abs)
        .fold(Rational::zero(), Rational::max)
}
