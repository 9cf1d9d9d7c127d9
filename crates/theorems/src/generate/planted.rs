//! G8: plant a kink.

use super::draft::Draft;
use super::hints::NetworkHints;
use super::kink_values::draw_kink_value;
use super::network_family::Drawn;
use super::stream::Stream;
use super::vectors::small;

/// G8: a G1 network with biases overwritten so that pre-activations are kinks at a drawn point, which is reported. Depth ≥ 2.
///
/// One hidden neuron is certain, every other one has probability 1/4, so that several kinks meet at the point, in one layer and
/// across layers. Layers are treated first to last: a later value already sees the earlier biases.
/// An activation without kinks is planted with 0. `None` also where the activation has no exact value at the point.
pub(super) fn plant_kink(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let widths = hints.draw_architecture(stream, 2, 4)?;
    let mut draft = Draft::small_integers(stream, hints.activation(), &widths);
    let x = small(stream, draft.indim());
    let hidden = draft.depth() - 1;
    let certain_layer = stream.index(hidden);
    let certain_row = stream.index(draft.layers[certain_layer].rows);
    let mut h = x.clone();
    for l in 0..hidden {
        for i in 0..draft.layers[l].rows {
            if (l, i) == (certain_layer, certain_row) || stream.chance(1, 4) {
                // z(x) = kink  ⟸  b := b − (z(x) − kink)
                let kink = draw_kink_value(stream, &draft.activation);
                let excess = &draft.layers[l].preactivation(i, &h) - &kink;
                draft.layers[l].bias[i] -= &excess;
            }
        }
        h = draft.output_of_layer(l, &h)?;
    }
    Some(Drawn {
        network: draft.finish(),
        planted: vec![x],
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use crate::generate::kink_values::{fraction, kink_values};
    use relu_core::RationalOrder;
    use relu_core::activation::Activation;
    use relu_core::evaluate::preactivations;

    /// The number of hidden pre-activations that are kinks at the planted point, for each of 200 networks.
    fn planted_kinks(activation: Activation) -> Vec<usize> {
        let hints = NetworkHints {
            activation: Some(activation.clone()),
            ..NetworkHints::default()
        };
        (0..200)
            .filter_map(|key| plant_kink(&mut Stream::from_key(key, 8), &hints))
            .map(|drawn| {
                let z = preactivations(&drawn.network, &drawn.planted[0], &RationalOrder).unwrap();
                let kinks = kink_values(&activation);
                z[..z.len() - 1]
                    .iter()
                    .flatten()
                    .filter(|z| kinks.contains(z))
                    .count()
            })
            .collect()
    }

    #[test]
    fn the_reported_point_is_a_kink() {
        for activation in [
            Activation::Relu,
            Activation::Leaky(fraction(1, 4)),
            Activation::Absolute,
            Activation::HardTanh,
            Activation::KinkedSquare,
            Activation::Heaviside,
            Activation::BinaryToTernary,
            Activation::SvcGaps,
        ] {
            let counts = planted_kinks(activation.clone());
            assert!(counts.len() >= 150, "{activation}");
            assert!(counts.iter().all(|&count| count >= 1), "{activation}");
            assert!(
                counts.iter().filter(|&&count| count >= 2).count() >= 60,
                "{activation}"
            );
        }
    }

    #[test]
    fn no_hidden_layer_no_kink() {
        let hints = NetworkHints {
            depth: Some(1),
            ..NetworkHints::default()
        };
        assert!(plant_kink(&mut Stream::from_key(1, 8), &hints).is_none());
    }
}
