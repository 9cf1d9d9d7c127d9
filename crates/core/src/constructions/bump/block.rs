//! One block of neurons per bump, copied side by side.

use super::{check, check_class};
use crate::failure::Failure;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// An entry of layer 1 and the one with which layer 2 takes its neuron.
pub(super) type Pair = (Rational, Rational);

/// The neurons of layer 1 that make one bump, and the entries with which every row of layer 2 takes them.
pub(super) struct Block {
    rows: Vec<(usize, Rational)>,
    bias: Vec<Rational>,
    second: Vec<Rational>,
}

impl Block {
    /// α·σ(x₁ − y₁ + 1/M) taken β times, less σ(x₁ − y₁) with every pair of `kinks`, less α·σ(±(x_i − y_i)) taken β times, i ≥ 2.
    ///
    /// If the products of the pairs in `kinks` add up to 2αβ, this is αβ·(1/M − ‖x − y‖₁) for x₁ ≥ y₁ − 1/M, and at most 0 for smaller x₁.
    pub(super) fn new(
        steepness: &Rational,
        centre: &[Rational],
        (first, second): &Pair,
        kinks: &[Pair],
    ) -> Self {
        let radius = steepness.recip().expect("M is above 0");
        let mut block = Self {
            rows: vec![(0, first.clone())],
            bias: vec![first * &(&radius - &centre[0])],
            second: vec![second.clone()],
        };
        for (size, taken) in kinks {
            block.push(0, size.clone(), &centre[0], -taken);
        }
        for (i, y) in centre.iter().enumerate().skip(1) {
            for slope in [first.clone(), -first] {
                block.push(i, slope, y, -second);
            }
        }
        block
    }

    fn push(&mut self, coordinate: usize, slope: Rational, y: &Rational, taken: Rational) {
        self.bias.push(-(&slope * y));
        self.rows.push((coordinate, slope));
        self.second.push(taken);
    }

    /// The block `copies` times, filled up to the widths; every row of layer 2 is the same.
    pub(super) fn network(&self, inputs: usize, shape: &Shape) -> Result<Network, Failure> {
        let neurons = self.rows.len();
        let (mut rows, mut bias) = (Vec::new(), Vec::new());
        let mut second = Vec::with_capacity(shape.copies * neurons);
        for j in 0..shape.first_width {
            if j < shape.copies * neurons {
                rows.push(vec![self.rows[j % neurons].clone()]);
                bias.push(self.bias[j % neurons].clone());
                second.push((j, self.second[j % neurons].clone()));
            } else {
                rows.push(Vec::new());
                bias.push(Rational::zero());
            }
        }
        let (first_width, width) = (shape.first_width, shape.later_width);
        let zeros = |n: usize| vec![Rational::zero(); n];
        let mut layers = vec![
            Layer::from_sparse_rows(inputs, rows, bias)?,
            Layer::from_sparse_rows(first_width, vec![second; width], zeros(width))?,
        ];
        layers.extend(equal_layers(
            width,
            shape.depth - 2,
            &shape.later,
            &shape.last,
        )?);
        Network::relu(layers)
    }
}

/// How a block becomes a network.
pub(super) struct Shape {
    pub(super) depth: usize,
    pub(super) copies: usize,
    /// Neurons in hidden layer 1.
    pub(super) first_width: usize,
    /// Neurons in the later hidden layers.
    pub(super) later_width: usize,
    /// The entry of the layers between the second and the last.
    pub(super) later: Rational,
    /// The entry of the last layer.
    pub(super) last: Rational,
}

/// So many layers without biases, the last of them with one row; all entries of the last are `last`, all others are `entry`.
pub(super) fn equal_layers(
    width: usize,
    count: usize,
    entry: &Rational,
    last: &Rational,
) -> Result<Vec<Layer>, Failure> {
    let layer = |value: &Rational, rows: usize| {
        let row: Vec<(usize, Rational)> = (0..width).map(|j| (j, value.clone())).collect();
        Layer::from_sparse_rows(width, vec![row; rows], vec![Rational::zero(); rows])
    };
    (1..=count)
        .map(|l| match l == count {
            true => layer(last, 1),
            false => layer(entry, width),
        })
        .collect()
}

/// c^L·B^{L−2}·k·f_y/M with k = ⌊B/(2d+1)⌋ and all weights and biases of size at most c; dims (d, B, …, B, 1), L layers.
///
/// Layer 1 has k copies of σ(c(x₁ − y₁ + 1/M)), twice σ(c(x₁ − y₁)), and σ(±c(x_i − y_i)) for i ≥ 2; every row of layer 2 adds the
/// first and subtracts the others, so that its neurons are c²k·σ(1/M − ‖x − y‖₁): for x₁ ≥ y₁ − 1/M the first three make
/// 1/M − |x₁ − y₁|, and for smaller x₁ nothing. The layers after have all entries c. The height 1/M is made by a bias of layer 1,
/// c(1/M − y₁), which is at most c in size for y₁ in \[1/M, 1\] and M ≥ 1; no later bias is needed.
///
/// Errors: as [`bump`](super::bump); [`Failure::Shape`] for c ≤ 0, L < 3, B < 2d + 1, or a centre outside \[1/M, 1\]ᵈ.
///
/// # Source
/// bgv-2022, proof of the lower bound.
pub fn bump_network(
    depth: usize,
    width: usize,
    bound: &Rational,
    steepness: &Rational,
    centre: &[Rational],
) -> Result<Network, Failure> {
    let neurons = 2 * centre.len() + 1;
    check(steepness, centre, width, depth, neurons)?;
    check_class(bound, steepness, centre)?;
    let pair = (bound.clone(), bound.clone());
    let block = Block::new(steepness, centre, &pair, &[pair.clone(), pair.clone()]);
    block.network(centre.len(), &full(depth, width, width / neurons, bound))
}

/// c^L·B^{L−2}·k·f_y/(2M) with k = ⌊B/(2d)⌋ and all weights and biases of size at most c; dims (d, B, …, B, 1), L layers.
///
/// As [`bump_network`] with one neuron σ(c(x₁ − y₁)) that layer 2 takes c times, and the others c/2 times: it needs B ≥ 2d only.
///
/// Errors: as [`bump_network`], for B < 2d.
///
/// # Source
/// Derived.
pub fn bump_network_even(
    depth: usize,
    width: usize,
    bound: &Rational,
    steepness: &Rational,
    centre: &[Rational],
) -> Result<Network, Failure> {
    let neurons = 2 * centre.len();
    check(steepness, centre, width, depth, neurons)?;
    check_class(bound, steepness, centre)?;
    let pair = (bound.clone(), bound.half());
    let block = Block::new(steepness, centre, &pair, &[(bound.clone(), bound.clone())]);
    block.network(centre.len(), &full(depth, width, width / neurons, bound))
}

/// c^L·(2d+1)^{−2}·f_y/M with entries of every weight matrix and of every bias that add up to at most c in size; dims
/// (d, 2d+1, 1, …, 1), L layers.
///
/// As [`bump_network`] with one copy, entries of size c/(2d+1) in layers 1 and 2, and a single entry c in each later one.
///
/// Errors: as [`bump_network`].
///
/// # Source
/// Derived from bgv-2022, general lower bound, q = 1.
pub fn bump_chain(
    depth: usize,
    bound: &Rational,
    steepness: &Rational,
    centre: &[Rational],
) -> Result<Network, Failure> {
    let neurons = 2 * centre.len() + 1;
    check(steepness, centre, neurons, depth, neurons)?;
    check_class(bound, steepness, centre)?;
    let count = Rational::from(i64::try_from(neurons).expect("at most MOST_WIDTH"));
    let share = bound.over(&count).expect("a block has neurons");
    let pair = (share.clone(), share);
    let block = Block::new(steepness, centre, &pair, &[pair.clone(), pair.clone()]);
    block.network(centre.len(), &chain(depth, neurons, bound))
}

fn full(depth: usize, width: usize, copies: usize, bound: &Rational) -> Shape {
    Shape {
        depth,
        copies,
        first_width: width,
        later_width: width,
        later: bound.clone(),
        last: bound.clone(),
    }
}

/// One copy, and a single entry c in each layer after the second.
pub(super) fn chain(depth: usize, neurons: usize, bound: &Rational) -> Shape {
    Shape {
        depth,
        copies: 1,
        first_width: neurons,
        later_width: 1,
        later: bound.clone(),
        last: bound.clone(),
    }
}
