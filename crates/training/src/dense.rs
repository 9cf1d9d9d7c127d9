//! Networks with full layers of doubles: fast values at many points, and the exact network behind them.

use relu_core::Failure;
use relu_core::linear::matrix::Matrix;
use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;

/// Points that are evaluated side by side.
const LANES: usize = 32;

/// An affine map x ↦ A·x + b.
#[derive(Clone, Debug, PartialEq)]
pub struct Affine {
    /// The entries of A, row by row.
    pub weights: Vec<f64>,
    /// The entries of b.
    pub biases: Vec<f64>,
}

impl Affine {
    /// Number of columns of A.
    pub fn inputs(&self) -> usize {
        self.weights.len() / self.biases.len()
    }
}

/// Affine maps with x ↦ max(0, x) between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// The affine maps, at least one, each with at least one row and one column.
    pub layers: Vec<Affine>,
}

impl Dense {
    /// The network of an architecture (N₀, …, N_L), its entries asked for layer by layer with the number of inputs: first A row by row, then b.
    pub fn filled(architecture: &[usize], mut entry: impl FnMut(usize) -> f64) -> Self {
        let layers = architecture.windows(2).map(|sizes| {
            let (inputs, outputs) = (sizes[0], sizes[1]);
            Affine {
                weights: (0..inputs * outputs).map(|_| entry(inputs)).collect(),
                biases: (0..outputs).map(|_| entry(inputs)).collect(),
            }
        });
        Self {
            layers: layers.collect(),
        }
    }

    /// (N₀, …, N_L).
    pub fn architecture(&self) -> Vec<usize> {
        let inputs = self.layers.first().map(Affine::inputs);
        let outputs = self.layers.iter().map(|layer| layer.biases.len());
        inputs.into_iter().chain(outputs).collect()
    }

    /// The network x ↦ Φ(s·x): the first weights times s, rounded.
    pub fn with_scaled_input(mut self, scale: f64) -> Self {
        for weight in &mut self.layers[0].weights {
            *weight *= scale;
        }
        self
    }

    /// Whether every entry is a number.
    pub fn is_finite(&self) -> bool {
        self.layers.iter().all(|layer| {
            layer.weights.iter().all(|entry| entry.is_finite())
                && layer.biases.iter().all(|entry| entry.is_finite())
        })
    }

    /// The first output at points given one after the other, in double precision.
    pub fn values(&self, points: &[f64]) -> Vec<f64> {
        let inputs = self.layers[0].inputs();
        let mut out = Vec::with_capacity(points.len() / inputs);
        let (mut here, mut next) = (Vec::new(), Vec::new());
        for block in points.chunks(inputs * LANES) {
            here.clear();
            here.resize(inputs * LANES, 0.0);
            for (lane, point) in block.chunks(inputs).enumerate() {
                for (j, x) in point.iter().enumerate() {
                    here[j * LANES + lane] = *x;
                }
            }
            for (index, layer) in self.layers.iter().enumerate() {
                let last = index + 1 == self.layers.len();
                apply(layer, &here, &mut next, !last);
                std::mem::swap(&mut here, &mut next);
            }
            out.extend_from_slice(&here[..block.len() / inputs]);
        }
        out
    }

    /// The network with these very entries as rational numbers.
    ///
    /// Errors ([`Failure::Undefined`]) if an entry is no number; [`Failure::Shape`] if the layers do not fit.
    pub fn exact(&self) -> Result<Network, Failure> {
        let layers = self.layers.iter().map(|layer| {
            let rows = layer
                .weights
                .chunks(layer.inputs())
                .map(|row| row.iter().copied().map(rational).collect())
                .collect::<Result<Vec<Vec<_>>, _>>()?;
            let bias = layer.biases.iter().copied().map(rational).collect();
            Layer::new(Matrix::from_rows(rows)?, Result::from_iter::<Vec<_>>(bias)?)
        });
        Network::relu(layers.collect::<Result<_, _>>()?)
    }
}

/// A·x + b for every lane, cut off below 0 if asked for.
fn apply(layer: &Affine, here: &[f64], next: &mut Vec<f64>, rectified: bool) {
    next.clear();
    next.resize(layer.biases.len() * LANES, 0.0);
    let rows = layer.weights.chunks_exact(layer.inputs());
    for ((row, bias), out) in rows.zip(&layer.biases).zip(next.chunks_exact_mut(LANES)) {
        let mut sums = [*bias; LANES];
        for (weight, column) in row.iter().zip(here.chunks_exact(LANES)) {
            for (sum, x) in sums.iter_mut().zip(column) {
                *sum += weight * x;
            }
        }
        if rectified {
            sums = sums.map(|sum| sum.max(0.0));
        }
        out.copy_from_slice(&sums);
    }
}

/// The number that a float is.
///
/// Errors ([`Failure::Undefined`]) for NaN and for infinity.
pub fn rational(value: f64) -> Result<Rational, Failure> {
    if !value.is_finite() {
        return Err(Failure::Undefined(format!(
            "an entry: expected a number, got {value}"
        )));
    }
    let bits = value.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i64;
    let fraction = (bits & ((1 << 52) - 1)) as i64;
    // value = ±mantissa·2^exponent; subnormal numbers have no leading one.
    let (mantissa, exponent) = match exponent {
        0 => (fraction, -1074),
        _ => (fraction | 1 << 52, exponent - 1075),
    };
    let mantissa = if value < 0.0 { -mantissa } else { mantissa };
    let power = Rational::from(2).power(exponent);
    Ok(&Rational::from(mantissa) * &power.expect("2 is not 0"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};
    use relu_core::RationalOrder;
    use relu_core::evaluate::realize;

    #[test]
    fn floats_are_the_numbers_they_are() {
        assert_eq!(rational(-0.375).unwrap(), Rational::new(-3, 8).unwrap());
        assert_eq!(rational(0.0).unwrap(), Rational::zero());
        assert_eq!(rational(-0.0).unwrap(), Rational::zero());
        let tiny = Rational::from(2).power(-1074).unwrap();
        assert_eq!(rational(5e-324).unwrap(), tiny);
        assert!(rational(f64::NAN).is_err() && rational(f64::INFINITY).is_err());
    }

    #[test]
    fn values_agree_with_the_exact_network() {
        let mut stream = Stream::of(Purpose::Start, &[5]);
        let phi = Dense::filled(&[2, 5, 4, 1], |_| stream.coefficient());
        let exact = phi.exact().unwrap();
        assert_eq!(exact.architecture(), phi.architecture());
        let points: Vec<f64> = (0..2 * (LANES + 7)).map(|_| stream.symmetric()).collect();
        let values = phi.values(&points);
        assert_eq!(values.len(), LANES + 7);
        for (point, value) in points.chunks(2).zip(values) {
            let x: Vec<Rational> = point.iter().map(|x| rational(*x).unwrap()).collect();
            let expected = realize(&exact, &x, &RationalOrder).unwrap();
            let distance = (&rational(value).unwrap() - &expected[0]).abs();
            assert!(distance < Rational::new(1, 1 << 46).unwrap());
        }
    }

    #[test]
    fn the_input_can_be_scaled() {
        let phi = Dense::filled(&[1, 2, 1], |_| 0.5);
        let scaled = phi.clone().with_scaled_input(4.0);
        assert_eq!(scaled.values(&[0.25]), phi.values(&[1.0]));
    }
}
