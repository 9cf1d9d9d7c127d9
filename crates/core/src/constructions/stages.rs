//! Networks in stages: values on wires, which a stage multiplies in pairs by T_m or carries on.
//!
//! A wire is an affine form of the neurons reached so far. A stage of precision m appends m + 1 hidden layers; in them
//! a carried wire takes one neuron per layer, so its value must not be negative, and a product takes (3, 5, …, 5)
//! neurons:
//!
//! * p = σ((a−b)/2), q = σ((b−a)/2), u = σ((a+b)/2), so that v = p + q = |a−b|/2;
//! * σ(u), σ(u−1/2), σ(v), σ(v−1/2), A₀ = σ(u−v);
//! * for s = 1, …, m−1, with the hats G = 2t₁ − 4t₂ of both chains: σ(Gᵘ), σ(Gᵘ−1/2), σ(Gᵛ), σ(Gᵛ−1/2),
//!   A_s = σ(A_{s−1} − 4⁻ˢ(Gᵘ−Gᵛ));
//! * the wire of the product is A_m = A_{m−1} − 4⁻ᵐ(Gᵘ−Gᵛ).
//!
//! # Source
//! Claims `mult-unit`, `poly-explicit`.

use std::collections::BTreeMap;

use super::integer_layer;
use crate::failure::Failure;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// An affine form of the neurons of one layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Wire {
    pub entries: BTreeMap<usize, Rational>,
    pub constant: Rational,
}

impl Wire {
    /// The neuron with this index.
    pub fn neuron(index: usize) -> Self {
        Self::of([(index, Rational::one())])
    }

    /// Σ weight·neuron.
    pub fn of(entries: impl IntoIterator<Item = (usize, Rational)>) -> Self {
        Self {
            entries: entries.into_iter().collect(),
            constant: Rational::zero(),
        }
    }

    /// self += factor·other.
    pub fn add(&mut self, factor: &Rational, other: &Self) {
        for (&index, weight) in &other.entries {
            self.entries
                .entry(index)
                .or_insert_with(Rational::zero)
                .add_product(factor, weight);
        }
        self.constant.add_product(factor, &other.constant);
    }

    /// a·self + b·other.
    fn combined(&self, a: &Rational, b: &Rational, other: &Self) -> Self {
        let mut sum = Self::default();
        sum.add(a, self);
        sum.add(b, other);
        sum
    }
}

/// A network under construction.
pub(super) struct Stages {
    layers: Vec<Layer>,
    cols: usize,
    wires: Vec<Wire>,
}

impl Stages {
    /// No hidden layer yet; the wires are the inputs.
    pub fn from_inputs(dimension: usize) -> Self {
        Self {
            layers: Vec::new(),
            cols: dimension,
            wires: (0..dimension).map(Wire::neuron).collect(),
        }
    }

    /// One hidden layer; the wires are affine forms of its neurons.
    pub fn from_layer(layer: Layer, wires: Vec<Wire>) -> Self {
        Self {
            cols: layer.rows(),
            layers: vec![layer],
            wires,
        }
    }

    /// Appends a stage. The new wires are the carried ones, then the products, in the order given.
    pub fn advance(&mut self, carried: &[usize], products: &[(usize, usize)], m: usize) {
        let half = Rational::one().half();
        let minus = -&half;
        let mut first: Vec<Wire> = carried.iter().map(|&w| self.wires[w].clone()).collect();
        for &(left, right) in products {
            let (a, b) = (&self.wires[left], &self.wires[right]);
            first.push(a.combined(&half, &minus, b));
            first.push(a.combined(&minus, &half, b));
            first.push(a.combined(&half, &half, b));
        }
        self.push(first);
        self.push_blocks(carried.len(), products.len(), 3, &split());
        let mut scale = Rational::one();
        for _ in 1..m {
            scale = scale.half().half();
            self.push_blocks(carried.len(), products.len(), 5, &refine(&scale));
        }
        let last = accumulate(&scale.half().half());
        self.wires = (0..carried.len())
            .map(Wire::neuron)
            .chain((0..products.len()).map(|i| shifted(&last, carried.len() + 5 * i)))
            .collect();
    }

    /// Appends a hidden layer that keeps `carried` neurons and puts `block` behind each of the groups that follow.
    fn push_blocks(&mut self, carried: usize, groups: usize, size: usize, block: &[Wire]) {
        let mut rows: Vec<Wire> = (0..carried).map(Wire::neuron).collect();
        for group in 0..groups {
            rows.extend(block.iter().map(|row| shifted(row, carried + size * group)));
        }
        self.push(rows);
    }

    fn push(&mut self, rows: Vec<Wire>) {
        let count = rows.len();
        self.layers.push(layer(self.cols, rows));
        self.cols = count;
    }

    /// Appends a hidden layer with one neuron for each of these affine forms, which become the wires.
    pub fn activate(&mut self, forms: Vec<Wire>) {
        self.wires = (0..forms.len()).map(Wire::neuron).collect();
        self.push(forms);
    }

    /// The outputs Σ factor·wire + constant.
    pub fn outputs(&self, rows: &[(Vec<(usize, Rational)>, Rational)]) -> Vec<Wire> {
        rows.iter()
            .map(|(terms, constant)| {
                let mut sum = Wire::default();
                for (wire, factor) in terms {
                    sum.add(factor, &self.wires[*wire]);
                }
                sum.constant += constant;
                sum
            })
            .collect()
    }

    /// The network with these outputs, which have no activation.
    ///
    /// Errors: none for outputs made by [`Stages::outputs`].
    pub fn finish(mut self, outputs: Vec<Wire>) -> Result<Network, Failure> {
        self.layers.push(layer(self.cols, outputs));
        Network::relu(self.layers)
    }
}

fn layer(cols: usize, rows: Vec<Wire>) -> Layer {
    let bias = rows.iter().map(|row| row.constant.clone()).collect();
    let rows = rows
        .into_iter()
        .map(|row| row.entries.into_iter().collect())
        .collect();
    Layer::from_sparse_rows(cols, rows, bias).expect("wires name neurons of the layer before")
}

fn shifted(row: &Wire, offset: usize) -> Wire {
    Wire {
        entries: row
            .entries
            .iter()
            .map(|(&index, weight)| (offset + index, weight.clone()))
            .collect(),
        constant: row.constant.clone(),
    }
}

/// The rows of a layer of integers with halved biases.
fn rows(weights: &[&[i64]], halves: &[i64]) -> Vec<Wire> {
    let layer = integer_layer(weights, halves);
    (0..layer.rows())
        .map(|i| Wire {
            entries: layer.entries(i).map(|(j, w)| (j, w.clone())).collect(),
            constant: layer.bias(i).half(),
        })
        .collect()
}

/// (p, q, u) ↦ (u, u−1/2, v, v−1/2, u−v) with v = p + q.
fn split() -> Vec<Wire> {
    let weights: [&[i64]; 5] = [&[0, 0, 1], &[0, 0, 1], &[1, 1, 0], &[1, 1, 0], &[-1, -1, 1]];
    rows(&weights, &[0, -1, 0, -1, 0])
}

/// The next hats of both chains and A − 4⁻ˢ(Gᵘ−Gᵛ), for `scale` = 4⁻ˢ.
fn refine(scale: &Rational) -> Vec<Wire> {
    let (u, v): (&[i64], &[i64]) = (&[2, -4, 0, 0, 0], &[0, 0, 2, -4, 0]);
    let mut block = rows(&[u, u, v, v], &[0, -1, 0, -1]);
    block.push(accumulate(scale));
    block
}

/// A − 4⁻ˢ(Gᵘ−Gᵛ), for `scale` = 4⁻ˢ.
fn accumulate(scale: &Rational) -> Wire {
    let weights = [-2, 4, 2, -4].map(|w| Rational::from(w) * scale);
    Wire::of(weights.into_iter().chain([Rational::one()]).enumerate())
}
