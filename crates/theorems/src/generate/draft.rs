//! A network under construction: dense layers that can be overwritten entry by entry.

use relu_core::RationalOrder;
use relu_core::activation::Activation;
use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;

use super::stream::Stream;

/// Weights of the small-integer families: four of ten are zero.
const WEIGHTS: [i64; 10] = [0, 0, 0, 0, 1, 1, -1, -1, 2, -2];

/// Biases of the small-integer families.
const BIASES: [i64; 5] = [-1, 0, 0, 0, 1];

/// A dense layer, weights row by row.
#[derive(Clone, Debug)]
pub(crate) struct DraftLayer {
    pub(crate) rows: usize,
    pub(crate) cols: usize,
    pub(crate) weights: Vec<Rational>,
    pub(crate) bias: Vec<Rational>,
}

impl DraftLayer {
    /// The zero layer with this shape.
    pub(crate) fn zeros(rows: usize, cols: usize) -> Self {
        let zeros = |count| vec![Rational::zero(); count];
        Self {
            rows,
            cols,
            weights: zeros(rows * cols),
            bias: zeros(rows),
        }
    }

    pub(crate) fn get(&self, i: usize, j: usize) -> &Rational {
        &self.weights[i * self.cols + j]
    }

    pub(crate) fn set(&mut self, i: usize, j: usize, value: Rational) {
        self.weights[i * self.cols + j] = value;
    }

    pub(crate) fn row(&self, i: usize) -> &[Rational] {
        &self.weights[i * self.cols..(i + 1) * self.cols]
    }

    pub(crate) fn row_mut(&mut self, i: usize) -> &mut [Rational] {
        &mut self.weights[i * self.cols..(i + 1) * self.cols]
    }

    /// Overwrites row `i` with zeros.
    pub(crate) fn clear_row(&mut self, i: usize) {
        self.row_mut(i).fill(Rational::zero());
    }

    /// Pre-activation i at the input `h`.
    pub(crate) fn preactivation(&self, i: usize, h: &[Rational]) -> Rational {
        let mut sum = self.bias[i].clone();
        for (weight, value) in self.row(i).iter().zip(h) {
            if !weight.is_zero() && !value.is_zero() {
                sum.add_product(weight, value);
            }
        }
        sum
    }

    /// Drops row `i`: one output less.
    pub(crate) fn remove_row(&mut self, i: usize) {
        self.weights.drain(i * self.cols..(i + 1) * self.cols);
        self.bias.remove(i);
        self.rows -= 1;
    }

    /// Exchanges columns `i` and `j`.
    pub(crate) fn swap_columns(&mut self, i: usize, j: usize) {
        for row in 0..self.rows {
            self.weights.swap(row * self.cols + i, row * self.cols + j);
        }
    }

    /// Drops column `j`, after adding it to column `into` if there is one: the layer restricted to x_j = 0 or to x_j = x_into.
    pub(crate) fn absorb_column(&mut self, j: usize, into: Option<usize>) {
        if let Some(into) = into {
            for i in 0..self.rows {
                let sum = self.get(i, into) + self.get(i, j);
                self.set(i, into, sum);
            }
        }
        self.remove_column(j);
    }

    /// Drops column `j`: one input less.
    pub(crate) fn remove_column(&mut self, j: usize) {
        let cols = self.cols;
        let mut position = 0;
        self.weights.retain(|_| {
            position += 1;
            (position - 1) % cols != j
        });
        self.cols -= 1;
    }
}

/// A network whose entries may still be overwritten; the shapes always chain.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) activation: Activation,
    pub(crate) layers: Vec<DraftLayer>,
}

impl Draft {
    /// The zero network with these widths (N₀,…,N_L); at least two widths, all positive.
    pub(crate) fn zeros(activation: Activation, widths: &[usize]) -> Self {
        let layers = widths
            .windows(2)
            .map(|pair| DraftLayer::zeros(pair[1], pair[0]))
            .collect();
        Self { activation, layers }
    }

    /// Small integer entries: weights in {−2,…,2}, four of ten zero; biases in {−1, 0, 1}, three of five zero.
    pub(crate) fn small_integers(
        stream: &mut Stream,
        activation: Activation,
        widths: &[usize],
    ) -> Self {
        let mut entry = |table: &[i64]| {
            Rational::from_integer(stream.choose(table).copied().unwrap_or_default())
        };
        let layers = widths
            .windows(2)
            .map(|pair| DraftLayer {
                rows: pair[1],
                cols: pair[0],
                weights: (0..pair[0] * pair[1]).map(|_| entry(&WEIGHTS)).collect(),
                bias: (0..pair[1]).map(|_| entry(&BIASES)).collect(),
            })
            .collect();
        Self { activation, layers }
    }

    /// The entries of an existing network.
    pub(crate) fn from_network(network: &Network) -> Self {
        let layers = network
            .layers()
            .iter()
            .map(|layer| DraftLayer {
                rows: layer.rows(),
                cols: layer.cols(),
                weights: layer.weights().data().to_vec(),
                bias: layer.biases().to_vec(),
            })
            .collect();
        Self {
            activation: network.activation().clone(),
            layers,
        }
    }

    /// Number of affine maps.
    pub(crate) fn depth(&self) -> usize {
        self.layers.len()
    }

    /// Input dimension.
    pub(crate) fn indim(&self) -> usize {
        self.layers[0].cols
    }

    /// ϱ(A·h + b) for layer `l`; `None` where ϱ cannot be evaluated.
    pub(crate) fn output_of_layer(&self, l: usize, h: &[Rational]) -> Option<Vec<Rational>> {
        let layer = &self.layers[l];
        (0..layer.rows)
            .map(|i| {
                self.activation
                    .value(&layer.preactivation(i, h), &RationalOrder)
                    .ok()
            })
            .collect()
    }

    /// The finished network.
    pub(crate) fn finish(self) -> Network {
        let layers = self.layers.into_iter().map(finish_layer).collect();
        Network::new(self.activation, layers).expect("the layers of a draft chain")
    }
}

fn finish_layer(draft: DraftLayer) -> Layer {
    let mut weights = draft.weights.into_iter();
    let rows = (0..draft.rows)
        .map(|_| {
            weights
                .by_ref()
                .take(draft.cols)
                .enumerate()
                .filter(|(_, w)| !w.is_zero())
                .collect()
        })
        .collect();
    Layer::from_sparse_rows(draft.cols, rows, draft.bias).expect("a draft layer is rectangular")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finished_draft_reads_back() {
        let mut stream = Stream::from_key(5, 8);
        for _ in 0..50 {
            let draft = Draft::small_integers(&mut stream, Activation::Relu, &[2, 3, 1, 2]);
            let network = draft.finish();
            assert_eq!(network.architecture(), [2, 3, 1, 2]);
            assert_eq!(Draft::from_network(&network).finish(), network);
        }
    }

    #[test]
    fn removing_a_neuron_keeps_the_others() {
        let mut stream = Stream::from_key(6, 8);
        let draft = Draft::small_integers(&mut stream, Activation::Relu, &[2, 3, 2]);
        let mut smaller = draft.clone();
        smaller.layers[0].remove_row(1);
        smaller.layers[1].remove_column(1);
        assert_eq!(smaller.layers[0].row(1), draft.layers[0].row(2));
        assert_eq!(smaller.layers[1].get(1, 1), draft.layers[1].get(1, 2));
        assert_eq!(smaller.layers[1].get(1, 0), draft.layers[1].get(1, 0));
        assert_eq!(smaller.finish().architecture(), [2, 2, 2]);
    }

    #[test]
    fn small_integers_have_the_stated_frequencies() {
        let mut stream = Stream::from_key(7, 8);
        let draft = Draft::small_integers(&mut stream, Activation::Relu, &[50, 100]);
        let count = |values: &[Rational], n: i64| {
            values
                .iter()
                .filter(|value| **value == Rational::from_integer(n))
                .count()
        };
        let weights = &draft.layers[0].weights;
        // 5000 draws: 2000 zeros expected, standard deviation 35.
        assert!((1860..=2140).contains(&count(weights, 0)));
        assert!((-2..=2).map(|n| count(weights, n)).sum::<usize>() == 5000);
        let bias = &draft.layers[0].bias;
        assert!((-1..=1).map(|n| count(bias, n)).sum::<usize>() == 100);
    }
}
