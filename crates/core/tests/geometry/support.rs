//! Deterministic random networks and points for the tests.

use relu_core::RationalOrder;
use relu_core::activation::{Activation, Kinks};
use relu_core::linear::Matrix;
use relu_core::network::{Layer, Network};
use relu_core::number::Rational;

/// A splitmix64 stream.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number of low..=high.
    pub fn integer(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low + 1).unwrap()).unwrap()
    }

    pub fn pick<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[usize::try_from(self.next()).unwrap() % values.len()]
    }

    /// A network with small integer weights, many of them zero, and biases that produce kinks at simple points.
    pub fn network(&mut self, architecture: &[usize], activation: Activation) -> Network {
        let layers = architecture
            .windows(2)
            .map(|widths| {
                let weights = (0..widths[0] * widths[1])
                    .map(|_| *self.pick(&[-2, -1, -1, 0, 0, 0, 1, 1, 2]))
                    .map(Rational::from);
                let weights = Matrix::new(widths[1], widths[0], weights.collect()).unwrap();
                let bias = (0..widths[1]).map(|_| Rational::from(*self.pick(&[-1, 0, 0, 0, 1])));
                Layer::new(weights, bias.collect()).unwrap()
            })
            .collect();
        Network::new(activation, layers).unwrap()
    }

    /// As [`Random::network`], with the biases of about half of the hidden neurons moved so that they are on a kink
    /// at x.
    pub fn network_with_kinks_at(
        &mut self,
        x: &[Rational],
        architecture: &[usize],
        activation: Activation,
    ) -> Network {
        let order = RationalOrder;
        let mut layers = self
            .network(architecture, activation.clone())
            .layers()
            .to_vec();
        let kinks = kinks(&activation);
        let mut values = x.to_vec();
        let hidden = layers.len() - 1;
        for layer in &mut layers[..hidden] {
            let mut bias = layer.biases().to_vec();
            let mut z = layer.apply(&values);
            for i in 0..bias.len() {
                if !kinks.is_empty() && self.next().is_multiple_of(2) {
                    let kink = self.pick(&kinks);
                    bias[i] = &bias[i] + &(kink - &z[i]);
                    z[i] = kink.clone();
                }
            }
            *layer = Layer::new(layer.weights(), bias).unwrap();
            values = z
                .iter()
                .map(|z| activation.value(z, &order).unwrap())
                .collect();
        }
        Network::new(activation, layers).unwrap()
    }

    /// Hidden widths of `hidden` layers between the given ends.
    pub fn architecture(&mut self, inputs: usize, hidden: usize, outputs: usize) -> Vec<usize> {
        let mut widths = vec![inputs];
        widths.extend((0..hidden).map(|_| usize::try_from(self.integer(1, 4)).unwrap()));
        widths.push(outputs);
        widths
    }

    /// A point with coordinates in {0, ±1, ±1/2, ±2}.
    pub fn simple_point(&mut self, dimension: usize) -> Vec<Rational> {
        let choices = ["0", "0", "1", "-1", "1/2", "-1/2", "2", "-2"].map(number);
        (0..dimension)
            .map(|_| self.pick(&choices).clone())
            .collect()
    }

    /// A point with coordinates n/p, p prime: mostly generic.
    pub fn scattered_point(&mut self, dimension: usize) -> Vec<Rational> {
        (0..dimension)
            .map(|_| {
                let p = *self.pick(&[101, 103, 107, 109, 113]);
                Rational::new(self.integer(-3 * p, 3 * p), p).unwrap()
            })
            .collect()
    }
}

/// The piecewise-linear activations, the one with a jump included.
pub fn piecewise_linear() -> Vec<Activation> {
    let mut all = continuous_piecewise_linear();
    all.push(Activation::Heaviside);
    all
}

/// The continuous piecewise-linear activations.
pub fn continuous_piecewise_linear() -> Vec<Activation> {
    vec![
        Activation::Relu,
        Activation::Relu,
        Activation::Leaky(number("1/4")),
        Activation::Absolute,
        Activation::HardTanh,
        Activation::Identity,
    ]
}

/// The kinks of an activation that has finitely many.
pub fn kinks(activation: &Activation) -> Vec<Rational> {
    match activation.kinks() {
        Kinks::None => Vec::new(),
        Kinks::Finite(kinks) => kinks,
        Kinks::Countable(which) => panic!("{which}"),
    }
}

pub fn number(text: &str) -> Rational {
    text.parse().unwrap()
}

pub fn vector(entries: &[&str]) -> Vec<Rational> {
    entries.iter().map(|text| number(text)).collect()
}

pub fn matrix(rows: &[&[&str]]) -> Matrix<Rational> {
    Matrix::from_rows(rows.iter().map(|row| vector(row)).collect()).unwrap()
}

pub fn network(text: &str) -> Network {
    text.parse().unwrap()
}

/// x + t·v.
pub fn moved(x: &[Rational], t: &Rational, v: &[Rational]) -> Vec<Rational> {
    x.iter().zip(v).map(|(x, v)| x + &(t * v)).collect()
}

/// Id_{1,2}: σ(x) − σ(−x).
pub const IDENTITY: &str = "net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))";
/// Id_{1,3}.
pub const IDENTITY_3: &str = "net(([[1],[-1]], [0,0]), ([[1,0],[0,1]], [0,0]), ([[1,-1]], [0]))";
/// σ.
pub const RELU: &str = "net(([[1]], [0]), ([[1]], [0]))";
/// |x|.
pub const ABSOLUTE: &str = "net(([[1],[-1]], [0,0]), ([[1,1]], [0]))";
/// σ(y₁ − y₂).
pub const DIFFERENCE: &str = "net(([[1,-1]], [0]), ([[1]], [0]))";
/// The networks W1–W3 of the tests.
pub const W1: &str =
    "net(([[1],[-1]], [0,0]), ([[1,0],[1,-2],[0,1]], [0,0,0]), ([[2,-1,-1]], [0]))";
pub const W2: &str = "net(([[1],[-1]], [0,0]), ([[-2,0],[1,-1]], [0,1]), ([[1,1]], [-1]))";
pub const W3: &str = "net(([[1]], [0]), ([[1],[-1],[-8]], [-1,1,0]), ([[1,-1,1]], [0]))";
/// x ↦ −4x with D_c(0) = −12c².
pub const IRRATIONAL: &str = "net(([[-2],[2]], [0,0]), ([[-1,1],[1,0]], [0,0]), ([[-2,2]], [0]))";
