//! A template under construction: entries that can be overwritten.

use relu_core::activation::Activation;
use relu_core::linear::matrix::Matrix;
use relu_core::number::rational::Rational;
use relu_core::parameters::{Entry, Template};

use super::draft::Draft;

/// The entries of a template under construction, layer by layer: weights row by row, then biases.
pub(super) struct Sheet {
    pub(super) widths: Vec<usize>,
    pub(super) layers: Vec<(Vec<Entry>, Vec<Entry>)>,
    pub(super) parameters: usize,
}

/// An entry with a fixed integer value.
pub(super) fn constant(n: i64) -> Entry {
    Entry::frozen(Rational::from_integer(n))
}

/// factor · t_index
pub(super) fn multiple(factor: i64, index: usize) -> Entry {
    Entry::new(
        Rational::zero(),
        vec![(index, Rational::from_integer(factor))],
    )
}

impl Sheet {
    /// All entries frozen.
    pub(super) fn from_draft(draft: &Draft) -> Self {
        let frozen = |value: &Rational| Entry::frozen(value.clone());
        let layers = draft
            .layers
            .iter()
            .map(|layer| {
                (
                    layer.weights.iter().map(frozen).collect(),
                    layer.bias.iter().map(frozen).collect(),
                )
            })
            .collect();
        let widths = std::iter::once(draft.indim()).chain(draft.layers.iter().map(|l| l.rows));
        Self {
            widths: widths.collect(),
            layers,
            parameters: 0,
        }
    }

    /// Positions (layer, is bias, index) of all weights, and of all biases if asked for.
    pub(super) fn positions(&self, biases: bool) -> Vec<(usize, bool, usize)> {
        let mut positions = Vec::new();
        for (l, (weights, bias)) in self.layers.iter().enumerate() {
            positions.extend((0..weights.len()).map(|k| (l, false, k)));
            if biases {
                positions.extend((0..bias.len()).map(|k| (l, true, k)));
            }
        }
        positions
    }

    /// Overwrites the entry at a position.
    pub(super) fn set(&mut self, (l, is_bias, k): (usize, bool, usize), entry: Entry) {
        let layer = &mut self.layers[l];
        if is_bias {
            layer.1[k] = entry
        } else {
            layer.0[k] = entry
        }
    }

    /// The finished template.
    pub(super) fn finish(self, activation: Activation) -> Option<Template> {
        let layers = self
            .layers
            .into_iter()
            .zip(self.widths.windows(2))
            .map(|((weights, bias), pair)| {
                Matrix::new(pair[1], pair[0], weights)
                    .ok()
                    .map(|matrix| (matrix, bias))
            })
            .collect::<Option<_>>()?;
        Template::new(activation, self.parameters, layers).ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    #[test]
    fn positions_are_entries() {
        let draft = Draft::zeros(Activation::Relu, &[2, 1, 1]);
        let mut sheet = Sheet::from_draft(&draft);
        assert_eq!(
            sheet.positions(false),
            [(0, false, 0), (0, false, 1), (1, false, 0)]
        );
        assert_eq!(sheet.positions(true).len(), 5);
        sheet.set((0, false, 1), multiple(-3, 0));
        sheet.set((1, true, 0), constant(2));
        sheet.parameters = 1;
        let template = sheet.finish(Activation::Relu).unwrap();
        let expected = "template(relu, 1, ([[0, -3*t0]], [0]), ([[0]], [2]))";
        assert_eq!(template, expected.parse().unwrap());
    }

    #[test]
    fn parameters_beyond_the_count_are_refused() {
        let mut sheet = Sheet::from_draft(&Draft::zeros(Activation::Relu, &[1, 1]));
        sheet.set((0, true, 0), multiple(1, 1));
        sheet.parameters = 1;
        assert!(sheet.finish(Activation::Relu).is_none());
    }
}
