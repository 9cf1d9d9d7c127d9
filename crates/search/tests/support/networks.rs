//! Networks for tests and benchmarks: a table with exact answers, and generated ones with many cells.

use relu_core::linear::matrix::Matrix;
use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;
use serde::Deserialize;

/// A network over a box.
pub struct Instance {
    pub id: String,
    pub phi: Network,
    pub domain: Vec<(Rational, Rational)>,
    /// The largest ℓ1 norm, squared ℓ2 norm and ℓ∞ norm of the gradient, where known.
    pub answers: Option<[Rational; 3]>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    den: i64,
    low: Vec<i64>,
    high: Vec<i64>,
    layers: Vec<Affine>,
    l1: String,
    l2sq: String,
    linf: String,
}

#[derive(Deserialize)]
struct Affine {
    w: Vec<Vec<i64>>,
    b: Vec<i64>,
}

fn network(den: i64, layers: &[Affine]) -> Network {
    let number = |n: &i64| Rational::new(*n, den).unwrap();
    let layers = layers.iter().map(|layer| {
        let rows = layer.w.iter().map(|row| row.iter().map(number).collect());
        let weights = Matrix::from_rows(rows.collect()).unwrap();
        Layer::new(weights, layer.b.iter().map(number).collect()).unwrap()
    });
    Network::relu(layers.collect()).unwrap()
}

/// The table of enumerated networks.
pub fn table() -> Vec<Instance> {
    let entries: Vec<Entry> = serde_json::from_str(include_str!("../data/networks.json")).unwrap();
    entries
        .into_iter()
        .map(|entry| Instance {
            phi: network(entry.den, &entry.layers),
            domain: entry
                .low
                .iter()
                .zip(&entry.high)
                .map(|(&low, &high)| (low.into(), high.into()))
                .collect(),
            answers: Some([&entry.l1, &entry.l2sq, &entry.linf].map(|text| text.parse().unwrap())),
            id: entry.id,
        })
        .collect()
}

/// splitmix64, with normal numbers by Box and Muller.
struct Normal(u64);

impl Normal {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn draw(&mut self) -> f64 {
        let (u, v) = (1.0 - self.uniform(), self.uniform());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
}

/// A network on [0, 1]ᵈ with normal weights of variance 2/fan-in over 1024, and biases for which every neuron is zero somewhere in the box.
pub fn hard(widths: &[usize], seed: u64) -> Instance {
    const DEN: f64 = 1024.0;
    let mut normal = Normal(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let mut layers: Vec<Affine> = Vec::new();
    for (l, pair) in widths.windows(2).enumerate() {
        let (mut w, mut b) = (Vec::new(), Vec::new());
        for _ in 0..pair[1] {
            let scale = (2.0 / pair[0] as f64).sqrt() * DEN;
            let row: Vec<i64> = (0..pair[0])
                .map(|_| (normal.draw() * scale).round() as i64)
                .collect();
            // The activations before this layer at a drawn point.
            let mut y: Vec<f64> = (0..widths[0]).map(|_| normal.uniform()).collect();
            for layer in &layers {
                y = layer
                    .w
                    .iter()
                    .zip(&layer.b)
                    .map(|(row, &b)| {
                        let sum: f64 = row.iter().zip(&y).map(|(&w, y)| w as f64 * y).sum();
                        ((sum + b as f64) / DEN).max(0.0)
                    })
                    .collect();
            }
            let sum: f64 = row.iter().zip(&y).map(|(&w, y)| w as f64 * y).sum();
            let last = l + 2 == widths.len();
            b.push(if last { 0 } else { -sum.round() as i64 });
            w.push(row);
        }
        layers.push(Affine { w, b });
    }
    let name: Vec<String> = widths.iter().map(usize::to_string).collect();
    Instance {
        id: format!("{}-hard-g{seed}", name.join("-")),
        phi: network(1024, &layers),
        domain: vec![(Rational::zero(), Rational::one()); widths[0]],
        answers: None,
    }
}
