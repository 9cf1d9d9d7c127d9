//! G2 (dead layers), G3 (zero rows, zero networks) and G4 (paired neurons).
//!
//! All three make a pre-activation sit on a kink on a set of positive measure, or make two kinks cancel: the inputs on which
//! "zero pre-activation" and "null set" are different things. G1 rarely does this.

use relu_core::activation::Activation;
use relu_core::number::rational::Rational;

use super::draft::Draft;
use super::hints::NetworkHints;
use super::kink_values::draw_kink_value;
use super::network_family::Drawn;
use super::stream::Stream;

/// G2: hidden rows whose pre-activation equals a kink on an open set, with surviving weights downstream. Depth ≥ 2.
///
/// Below the first hidden layer the row depends on the activation ϱ:
/// ReLU and everything not listed: −ϱ(z₁) − ϱ(z₂), which is ≤ 0 and 0 where both z are negative;
/// leaky(α), absolute (α = −1): α·ϱ(z) + ϱ(−z), which is α·z − α·z = 0 for z > 0;
/// hard tanh: ±ϱ(z), which is the kink ±1 where z saturates.
/// In the first layer only a constant row can do it: zero weights and a kink (or, one time in four, −1) as bias.
pub(super) fn dead_layers(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let widths = hints.draw_architecture(stream, 2, 4)?;
    let mut draft = Draft::small_integers(stream, hints.activation(), &widths);
    let hidden = draft.depth() - 1;
    let layer = if hidden >= 2 && stream.chance(3, 4) {
        1 + stream.index(hidden - 1)
    } else {
        0
    };
    let rows = draft.layers[layer].rows;
    let first = stream.index(rows);
    let whole_layer = stream.chance(1, 2);
    for i in (0..rows).filter(|&i| i == first || whole_layer) {
        if layer == 0 {
            draft.layers[0].clear_row(i);
            draft.layers[0].bias[i] = if stream.chance(1, 4) {
                Rational::from_integer(-1)
            } else {
                draw_kink_value(stream, &draft.activation)
            };
        } else {
            vanishing_row(stream, &mut draft, layer, i);
        }
    }
    keep_alive(stream, &mut draft, layer, first);
    let origin = vec![Rational::zero(); draft.indim()];
    Some(Drawn {
        network: draft.finish(),
        planted: vec![origin],
    })
}

/// Overwrites row `i` of the hidden layer `layer` ≥ 1 as [`dead_layers`] says.
fn vanishing_row(stream: &mut Stream, draft: &mut Draft, layer: usize, i: usize) {
    let cols = draft.layers[layer].cols;
    draft.layers[layer].clear_row(i);
    draft.layers[layer].bias[i] = Rational::zero();
    let one = Rational::one;
    let slope = match &draft.activation {
        Activation::Leaky(alpha) => Some(alpha.clone()),
        Activation::Absolute => Some(-one()),
        _ => None,
    };
    match slope {
        // A pair z, −z is needed; without room for it the row stays 0.
        Some(_) if cols < 2 => {}
        Some(alpha) => {
            let (row, bias) = negated_row(draft, layer - 1, 0);
            draft.layers[layer - 1].row_mut(1).clone_from_slice(&row);
            draft.layers[layer - 1].bias[1] = bias;
            draft.layers[layer].set(i, 0, alpha);
            draft.layers[layer].set(i, 1, one());
        }
        None if draft.activation == Activation::HardTanh => {
            let sign = stream.pick(&[1, -1]);
            draft.layers[layer].set(i, stream.index(cols), Rational::from_integer(sign));
        }
        None => {
            let start = stream.index(cols);
            for step in 0..cols.min(2) {
                draft.layers[layer].set(i, (start + step) % cols, -one());
            }
        }
    }
}

/// −1 times row `i` of layer `l` and its bias.
fn negated_row(draft: &Draft, l: usize, i: usize) -> (Vec<Rational>, Rational) {
    (
        draft.layers[l].row(i).iter().map(|w| -w).collect(),
        -&draft.layers[l].bias[i],
    )
}

/// Makes sure that neuron `i` of hidden layer `layer` is read by the next layer.
fn keep_alive(stream: &mut Stream, draft: &mut Draft, layer: usize, i: usize) {
    let next = &mut draft.layers[layer + 1];
    if (0..next.rows).all(|k| next.get(k, i).is_zero()) {
        let (row, weight) = (stream.index(next.rows), stream.pick(&[1, -1, 2]));
        next.set(row, i, Rational::from_integer(weight));
    }
}

/// G3: zero rows, a zero layer, or the zero network; the biases there are kinks (0 for ReLU), so z is a kink everywhere.
pub(super) fn zero_rows(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let widths = hints.draw_architecture(stream, 1, 4)?;
    let mut draft = Draft::small_integers(stream, hints.activation(), &widths);
    let depth = draft.depth();
    match stream.pick(&[0, 1, 1, 2, 2, 2]) {
        0 => {
            for l in 0..depth {
                clear_layer(stream, &mut draft, l);
            }
        }
        1 => {
            let l = stream.index(depth.max(2) - 1);
            clear_layer(stream, &mut draft, l);
        }
        _ => {
            let l = stream.index(depth.max(2) - 1);
            let rows = draft.layers[l].rows;
            let first = stream.index(rows);
            for i in 0..rows {
                if i == first || stream.chance(1, 2) {
                    draft.layers[l].clear_row(i);
                    draft.layers[l].bias[i] = draw_kink_value(stream, &draft.activation);
                }
            }
            if l + 1 < depth {
                keep_alive(stream, &mut draft, l, first);
            }
        }
    }
    let origin = vec![Rational::zero(); draft.indim()];
    Some(Drawn {
        network: draft.finish(),
        planted: vec![origin],
    })
}

fn clear_layer(stream: &mut Stream, draft: &mut Draft, l: usize) {
    draft.layers[l].weights.fill(Rational::zero());
    for i in 0..draft.layers[l].rows {
        draft.layers[l].bias[i] = draw_kink_value(stream, &draft.activation);
    }
}

/// G4: hidden neurons in pairs (w, b), (w, b) or (w, b), (−w, −b), read with opposite weights. Depth ≥ 2.
///
/// The first kind cancels, the second is the identity gadget σ(z) − σ(−z) = z. One pair in four keeps the outgoing weights
/// it was drawn with. All pairs are formed before any outgoing weight is changed, and a column change treats both rows of
/// a pair of the next layer alike, so later pairs stay pairs.
pub(super) fn paired_neurons(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let mut widths = hints.draw_architecture(stream, 2, 4)?;
    let hidden = 1..widths.len() - 1;
    for width in &mut widths[hidden.clone()] {
        *width = if *width <= 2 { 2 } else { 4 };
    }
    let mut draft = Draft::small_integers(stream, hints.activation(), &widths);
    for l in 0..hidden.len() {
        for pair in 0..draft.layers[l].rows / 2 {
            let (kept, copy) = (2 * pair, 2 * pair + 1);
            let (row, bias) = if stream.chance(1, 2) {
                (
                    draft.layers[l].row(kept).to_vec(),
                    draft.layers[l].bias[kept].clone(),
                )
            } else {
                negated_row(&draft, l, kept)
            };
            draft.layers[l].row_mut(copy).clone_from_slice(&row);
            draft.layers[l].bias[copy] = bias;
        }
    }
    for l in 1..draft.depth() {
        for pair in 0..draft.layers[l].cols / 2 {
            if stream.chance(3, 4) {
                let layer = &mut draft.layers[l];
                for k in 0..layer.rows {
                    let opposite = -layer.get(k, 2 * pair);
                    layer.set(k, 2 * pair + 1, opposite);
                }
            }
        }
    }
    let origin = vec![Rational::zero(); draft.indim()];
    Some(Drawn {
        network: draft.finish(),
        planted: vec![origin],
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use crate::generate::kink_values::fraction;
    use crate::generate::vectors::small;
    use relu_core::RationalOrder;
    use relu_core::evaluate::preactivations;
    use relu_core::network::Network;

    fn kinks_met(network: &Network, x: &[Rational]) -> usize {
        let z = preactivations(network, x, &RationalOrder).unwrap();
        z[..network.depth() - 1]
            .iter()
            .flatten()
            .filter(|z| network.activation().is_kink(*z, &RationalOrder) == Ok(true))
            .count()
    }

    /// The share of (network, small point) pairs with a kink among the hidden pre-activations, in percent.
    fn percent(
        family: fn(&mut Stream, &NetworkHints) -> Option<Drawn>,
        hints: &NetworkHints,
    ) -> usize {
        let mut met = 0;
        for key in 0..500 {
            let mut stream = Stream::from_key(key, 8);
            let drawn = family(&mut stream, hints).unwrap();
            let x = small(&mut stream, drawn.network.indim());
            met += usize::from(kinks_met(&drawn.network, &x) > 0);
        }
        met / 5
    }

    fn deep(activation: Activation) -> NetworkHints {
        NetworkHints {
            depth: Some(3),
            activation: Some(activation),
            ..NetworkHints::default()
        }
    }

    #[test]
    fn kinks_are_common_for_every_piecewise_linear_activation() {
        for activation in [
            Activation::Relu,
            Activation::Leaky(fraction(1, 4)),
            Activation::Absolute,
            Activation::HardTanh,
            Activation::Heaviside,
        ] {
            assert!(
                percent(dead_layers, &deep(activation.clone())) >= 60,
                "{activation}"
            );
            assert!(
                percent(zero_rows, &deep(activation.clone())) >= 90,
                "{activation}"
            );
        }
    }

    #[test]
    fn depth_two_can_be_dead_but_depth_one_cannot() {
        let hints = |depth| NetworkHints {
            depth: Some(depth),
            ..NetworkHints::default()
        };
        assert!(percent(dead_layers, &hints(2)) >= 60);
        let mut stream = Stream::from_key(1, 8);
        assert!(dead_layers(&mut stream, &hints(1)).is_none());
        assert!(paired_neurons(&mut stream, &hints(1)).is_none());
        let flat = zero_rows(&mut stream, &hints(1)).unwrap().network;
        assert_eq!(flat.depth(), 1);
    }

    #[test]
    fn neurons_come_in_pairs() {
        for key in 0..300 {
            let mut stream = Stream::from_key(key, 8);
            let network = paired_neurons(&mut stream, &NetworkHints::default())
                .unwrap()
                .network;
            for layer in &network.layers()[..network.depth() - 1] {
                let weights = layer.weights();
                for i in (0..layer.rows()).step_by(2) {
                    let equal =
                        weights.row(i) == weights.row(i + 1) && layer.bias(i) == layer.bias(i + 1);
                    let opposite = weights
                        .row(i)
                        .iter()
                        .map(|w| -w)
                        .eq(weights.row(i + 1).iter().cloned())
                        && -layer.bias(i) == *layer.bias(i + 1);
                    assert!(equal || opposite, "{network}");
                }
            }
        }
    }
}
