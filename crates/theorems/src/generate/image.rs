//! G5: the image of one part lies inside the kink set of the next.
//!
//! The essential hard case of the chain rule and of stability: Φ(x) = (x, x) and Ψ(y) = σ(y₁ − y₂). The outer derivative jumps
//! at every point of the image, the product does not.

use relu_core::number::rational::Rational;

use super::draft::{Draft, DraftLayer};
use super::hints::NetworkHints;
use super::kink_values::draw_kink_value;
use super::network_family::Drawn;
use super::stream::Stream;

/// G5: dependent outputs, a first row (1, −1) on the inputs, or both inside the network.
///
/// Where the shape allows it, each feature is planted with probability 3/4, at least one always:
/// *outer* (N₀ ≥ 2, L ≥ 2): row 1 of layer 1 is y_i − y_j + κ with a kink κ;
/// *inner* (N_L ≥ 2): all outputs equal the first up to sign;
/// *inside* (a hidden layer of width ≥ 2 before another hidden layer): two equal neurons and a row h_i − h_j + κ behind them.
/// If none fits (1 → 1, L ≤ 2): the last layer that can do it is constant on a kink, as in Φ = ((0),(0)) before σ.
pub(super) fn kink_image(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let mut widths = hints.draw_architecture(stream, 1, 4)?;
    let hidden = widths.len() - 2;
    if hidden >= 2 {
        widths[1] = widths[1].max(2);
    }
    let mut draft = Draft::small_integers(stream, hints.activation(), &widths);
    let mut features = Vec::with_capacity(3);
    if widths[0] >= 2 && hidden >= 1 {
        features.push(outer as fn(&mut Stream, &mut Draft));
    }
    if hidden >= 2 {
        features.push(inside);
    }
    if widths[hidden + 1] >= 2 {
        features.push(inner);
    }
    if features.is_empty() {
        constant_on_kink(stream, &mut draft);
    }
    let certain = stream.index(features.len());
    for (position, feature) in features.iter().enumerate() {
        if position == certain || stream.chance(3, 4) {
            feature(stream, &mut draft);
        }
    }
    let indim = draft.indim();
    let planted = vec![vec![Rational::zero(); indim], vec![Rational::one(); indim]];
    Some(Drawn {
        network: draft.finish(),
        planted,
    })
}

/// Row 1 of layer 1 becomes y_i − y_j + κ.
fn outer(stream: &mut Stream, draft: &mut Draft) {
    let kink = draw_kink_value(stream, &draft.activation);
    difference_row(stream, &mut draft.layers[0], kink);
    read_first_neuron(&mut draft.layers[1]);
}

/// Two equal neurons in a hidden layer; row 1 of the next hidden layer becomes h_i − h_j + κ.
fn inside(stream: &mut Stream, draft: &mut Draft) {
    let hidden = draft.depth() - 1;
    let wide: Vec<usize> = (0..hidden - 1)
        .filter(|&l| draft.layers[l].rows >= 2)
        .collect();
    let l = stream.choose(&wide).copied().unwrap_or(0);
    let kink = draw_kink_value(stream, &draft.activation);
    let (i, j) = difference_row(stream, &mut draft.layers[l + 1], kink);
    // Neuron 1 may already carry the feature `outer`: copy from it, never onto it.
    let (source, copy) = if j == 0 { (j, i) } else { (i, j) };
    let (row, bias) = (
        draft.layers[l].row(source).to_vec(),
        draft.layers[l].bias[source].clone(),
    );
    draft.layers[l].row_mut(copy).clone_from_slice(&row);
    draft.layers[l].bias[copy] = bias;
    read_first_neuron(&mut draft.layers[l + 2]);
}

/// All outputs equal the first up to sign.
fn inner(stream: &mut Stream, draft: &mut Draft) {
    let last = draft.depth() - 1;
    let layer = &mut draft.layers[last];
    if layer.row(0).iter().all(Rational::is_zero) {
        let column = stream.index(layer.cols);
        layer.set(0, column, Rational::one());
    }
    let (row, bias) = (layer.row(0).to_vec(), layer.bias[0].clone());
    let opposite = stream.chance(1, 8);
    for i in 1..layer.rows {
        for (j, weight) in row.iter().enumerate() {
            layer.set(i, j, if opposite { -weight } else { weight.clone() });
        }
        layer.bias[i] = if opposite { -&bias } else { bias.clone() };
    }
}

/// Layer 1 becomes constant on kinks: z is a kink for every input, whatever follows.
fn constant_on_kink(stream: &mut Stream, draft: &mut Draft) {
    draft.layers[0].weights.fill(Rational::zero());
    for i in 0..draft.layers[0].rows {
        draft.layers[0].bias[i] = draw_kink_value(stream, &draft.activation);
    }
    if draft.depth() > 1 {
        read_first_neuron(&mut draft.layers[1]);
    }
}

/// Row 0 becomes h_i − h_j + κ for two distinct columns i, j of a layer with at least two, which are returned.
fn difference_row(stream: &mut Stream, layer: &mut DraftLayer, kink: Rational) -> (usize, usize) {
    let i = stream.index(layer.cols);
    let j = (i + 1 + stream.index(layer.cols - 1)) % layer.cols;
    layer.clear_row(0);
    layer.set(0, i, Rational::one());
    layer.set(0, j, Rational::from_integer(-1));
    layer.bias[0] = kink;
    (i, j)
}

/// Makes sure that the layer reads its first input.
fn read_first_neuron(layer: &mut DraftLayer) {
    if (0..layer.rows).all(|i| layer.get(i, 0).is_zero()) {
        layer.set(0, 0, Rational::one());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use relu_core::RationalOrder;
    use relu_core::evaluate::{preactivations, realize};

    fn with(indim: usize, outdim: usize, depth: usize) -> NetworkHints {
        NetworkHints {
            indim: Some(indim),
            outdim: Some(outdim),
            depth: Some(depth),
            ..NetworkHints::default()
        }
    }

    fn networks(hints: NetworkHints) -> impl Iterator<Item = relu_core::network::Network> {
        (0..200).map(move |key| {
            kink_image(&mut Stream::from_key(key, 8), &hints)
                .unwrap()
                .network
        })
    }

    #[test]
    fn one_layer_with_two_outputs_has_dependent_outputs() {
        for network in networks(with(1, 2, 1)) {
            let y = realize(&network, &[Rational::from_integer(3)], &RationalOrder).unwrap();
            assert!(y[0] == y[1] || y[0] == -&y[1], "{network}");
        }
    }

    #[test]
    fn two_inputs_and_one_output_have_the_diagonal_as_kink() {
        for network in networks(with(2, 1, 2)) {
            for n in [-2, 0, 5] {
                let x = [Rational::from_integer(n), Rational::from_integer(n)];
                assert!(preactivations(&network, &x, &RationalOrder).unwrap()[0][0].is_zero());
            }
        }
    }

    #[test]
    fn a_narrow_deep_network_has_a_kink_on_every_input() {
        for network in networks(with(1, 1, 3)) {
            for n in [-2, 0, 7] {
                let z =
                    preactivations(&network, &[Rational::from_integer(n)], &RationalOrder).unwrap();
                assert!(z[1][0].is_zero(), "{network}");
            }
        }
    }

    #[test]
    fn the_narrowest_shapes_are_constant_on_a_kink() {
        for depth in [1, 2] {
            for network in networks(with(1, 1, depth)) {
                for n in [-2, 0, 7] {
                    let x = [Rational::from_integer(n)];
                    assert!(preactivations(&network, &x, &RationalOrder).unwrap()[0][0].is_zero());
                }
            }
        }
    }
}
