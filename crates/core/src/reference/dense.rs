//! Dense networks of big rationals.

use dashu_ratio::RBig;

use crate::activation::Activation;
use crate::failure::Failure;
use crate::linear::matrix::Matrix;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// A dense matrix as its rows.
pub(super) type Rows = Vec<Vec<RBig>>;

/// A network with dense layers (A, b).
pub(super) struct Dense {
    pub activation: Activation,
    pub layers: Vec<(Rows, Vec<RBig>)>,
}

impl Dense {
    pub fn new(phi: &Network) -> Self {
        let layers = phi
            .layers()
            .iter()
            .map(|layer| {
                let rows = (0..layer.rows())
                    .map(|i| {
                        (0..layer.cols())
                            .map(|j| layer.weight(i, j).to_rbig())
                            .collect()
                    })
                    .collect();
                (rows, big(layer.biases()))
            })
            .collect();
        Self {
            activation: phi.activation().clone(),
            layers,
        }
    }

    pub fn into_network(self) -> Result<Network, Failure> {
        let layers = self
            .layers
            .into_iter()
            .map(|(rows, bias)| {
                let rows = rows.into_iter().map(small).collect();
                Layer::new(Matrix::from_rows(rows)?, small(bias))
            })
            .collect::<Result<_, _>>()?;
        Network::new(self.activation, layers)
    }

    pub fn indim(&self) -> usize {
        self.layers[0].0[0].len()
    }

    pub fn outdim(&self) -> usize {
        self.layers[self.layers.len() - 1].0.len()
    }
}

pub(super) fn big(values: &[Rational]) -> Vec<RBig> {
    values.iter().map(Rational::to_rbig).collect()
}

pub(super) fn small(values: Vec<RBig>) -> Vec<Rational> {
    values.into_iter().map(Rational::from_rbig).collect()
}

/// A·B.
pub(super) fn product(a: &Rows, b: &Rows) -> Rows {
    a.iter()
        .map(|row| {
            (0..b[0].len())
                .map(|j| {
                    row.iter()
                        .zip(b)
                        .fold(RBig::ZERO, |sum, (factor, other)| sum + factor * &other[j])
                })
                .collect()
        })
        .collect()
}

/// A·x + b.
pub(super) fn affine(a: &Rows, b: &[RBig], x: &[RBig]) -> Vec<RBig> {
    a.iter()
        .zip(b)
        .map(|(row, bias)| {
            row.iter()
                .zip(x)
                .fold(bias.clone(), |sum, (w, value)| sum + w * value)
        })
        .collect()
}

/// xⁿ by repeated multiplication.
pub(super) fn power(x: &RBig, n: usize) -> RBig {
    (0..n).fold(RBig::ONE, |product, _| product * x)
}
