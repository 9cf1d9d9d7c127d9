//! Value and derivative of one network over one number type.
//!
//! A neuron carries a row (value, ∂₁,…,∂_{N₀}); a layer maps rows to rows by one integer matrix product, and the bias enters the first
//! entry only. Rows are cut into blocks of a fixed width, so that the inner loop has no length to test; the first
//! block decides the slopes, the others reuse them.

use dashu_int::IBig;

use super::grid::Grid;
use super::number::{Coordinate, Exact};
use crate::field::Sign;
use crate::network::Network;
use crate::number::rational::Rational;

#[derive(Clone, Debug)]
pub(super) struct Kernel<T> {
    layers: Vec<KernelLayer<T>>,
    indim: usize,
    /// The scaled kink value; `None` for c = 0.
    kink: Option<T>,
    /// The scaled slope 1; `None` where no scaling is needed.
    one: Option<T>,
}

#[derive(Clone, Debug)]
struct KernelLayer<T> {
    /// Row i owns `entries[starts[i]..starts[i + 1]]`.
    starts: Vec<usize>,
    entries: Vec<(usize, T)>,
    bias: Vec<T>,
}

/// The slope of a neuron.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slope {
    Zero,
    One,
    Kink,
}

impl<T: Exact> Kernel<T> {
    pub fn new(phi: &Network, kink: &Rational, grid: &Grid) -> Self {
        let layers = phi
            .layers()
            .iter()
            .enumerate()
            .map(|(l, layer)| {
                let mut starts = vec![0];
                let mut entries = Vec::new();
                for i in 0..layer.rows() {
                    entries.extend(
                        layer
                            .entries(i)
                            .map(|(j, w)| (j, T::from_integer(&grid.weight(l, w)))),
                    );
                    starts.push(entries.len());
                }
                let bias = layer
                    .biases()
                    .iter()
                    .map(|b| T::from_integer(&grid.bias(l, b)))
                    .collect();
                KernelLayer {
                    starts,
                    entries,
                    bias,
                }
            })
            .collect();
        Self {
            layers,
            indim: phi.indim(),
            kink: (!kink.is_zero()).then(|| T::from_integer(&grid.kink(kink))),
            one: (grid.one() != IBig::ONE).then(|| T::from_integer(&grid.one())),
        }
    }

    /// For each output its value and its row of the derivative, 1 + N₀ numbers, at the point x.
    pub fn run<X: Coordinate, R>(&self, x: &[X], read: impl Fn(&T) -> R) -> Vec<R> {
        match self.indim {
            1 => self.run_blocks::<X, R, 2>(x, read),
            2 => self.run_blocks::<X, R, 3>(x, read),
            3 => self.run_blocks::<X, R, 4>(x, read),
            4 => self.run_blocks::<X, R, 5>(x, read),
            _ => self.run_blocks::<X, R, 8>(x, read),
        }
    }

    fn run_blocks<X: Coordinate, R, const N: usize>(
        &self,
        x: &[X],
        read: impl Fn(&T) -> R,
    ) -> Vec<R> {
        let columns = 1 + self.indim;
        let mut slopes = Vec::new();
        let blocks: Vec<Vec<[T; N]>> = (0..columns)
            .step_by(N)
            .map(|first| {
                let input = (0..self.indim).map(|j| {
                    std::array::from_fn(|k| match first + k {
                        0 => x[j].to_exact(),
                        column if column == j + 1 => T::from_i64(1),
                        _ => T::zero(),
                    })
                });
                self.pass(input.collect(), &mut slopes, first == 0)
            })
            .collect();
        let outputs = self.layers[self.layers.len() - 1].bias.len();
        (0..outputs)
            .flat_map(|i| (0..columns).map(move |column| (i, column)))
            .map(|(i, column)| read(&blocks[column / N][i][column % N]))
            .collect()
    }

    /// All layers on one block of columns; the block with the value records the slopes, the others replay them.
    fn pass<const N: usize>(
        &self,
        mut rows: Vec<[T; N]>,
        slopes: &mut Vec<Slope>,
        with_value: bool,
    ) -> Vec<[T; N]> {
        let mut next: Vec<[T; N]> = Vec::new();
        // The slopes in front of the current layer are `slopes[before..]`, those behind it come after them.
        let mut before = 0;
        for (l, layer) in self.layers.iter().enumerate() {
            next.clear();
            let inputs = if l == 0 {
                &[][..]
            } else {
                &slopes[before..before + rows.len()]
            };
            for (i, bias) in layer.bias.iter().enumerate() {
                let mut sum: [T; N] = std::array::from_fn(|_| T::zero());
                for (j, weight) in &layer.entries[layer.starts[i]..layer.starts[i + 1]] {
                    if inputs.get(*j) == Some(&Slope::Zero) {
                        continue;
                    }
                    for (sum, value) in sum.iter_mut().zip(&rows[*j]) {
                        sum.add_product(weight, value);
                    }
                }
                if with_value {
                    sum[0].add(bias);
                }
                next.push(sum);
            }
            before += inputs.len();
            if l + 1 < self.layers.len() {
                if with_value {
                    slopes.extend(next.iter().map(|row| self.slope(&row[0])));
                }
                for (row, slope) in next.iter_mut().zip(&slopes[before..]) {
                    self.activate(row, *slope, with_value);
                }
            }
            std::mem::swap(&mut rows, &mut next);
        }
        rows
    }

    fn slope(&self, z: &T) -> Slope {
        match z.sign() {
            Sign::Positive => Slope::One,
            Sign::Zero if self.kink.is_some() => Slope::Kink,
            Sign::Zero | Sign::Negative => Slope::Zero,
        }
    }

    /// The row after the activation: value σ(z), derivatives times the slope.
    #[inline]
    fn activate<const N: usize>(&self, row: &mut [T; N], slope: Slope, with_value: bool) {
        let factor = match slope {
            // The next layer passes over the row.
            Slope::Zero => return,
            Slope::One => &self.one,
            Slope::Kink => &self.kink,
        };
        if let Some(factor) = factor {
            // On a kink the value is zero already.
            row[usize::from(with_value)..]
                .iter_mut()
                .for_each(|entry| entry.scale(factor));
        }
    }
}
