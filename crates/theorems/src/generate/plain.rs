//! Families without special structure: G1 (small integers), `depth1` (affine maps) and `constant`.

use relu_core::number::rational::Rational;

use super::draft::Draft;
use super::hints::NetworkHints;
use super::network_family::Drawn;
use super::stream::Stream;

/// G1: weights in {−2,…,2} with 40 % zeros, biases in {−1, 0, 0, 0, 1}.
///
/// Small integers make pre-activations vanish exactly, which uniform floats never do.
pub(super) fn small_integers(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let widths = hints.draw_architecture(stream, 1, 4)?;
    let draft = Draft::small_integers(stream, hints.activation(), &widths);
    Some(Drawn {
        network: draft.finish(),
        planted: Vec::new(),
    })
}

/// Networks of depth 1: x ↦ A·x + b with small integer entries.
pub(super) fn affine(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    if hints.depth.is_some_and(|depth| depth != 1) {
        return None;
    }
    small_integers(
        stream,
        &NetworkHints {
            depth: Some(1),
            ..hints.clone()
        },
    )
}

/// Constant realizations: one layer has no weights, everything else is as in G1.
///
/// For a depth of one this is ((0, b)). Every input is as good as another, so 0 is reported.
pub(super) fn constant(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let widths = hints.draw_architecture(stream, 1, 4)?;
    let mut draft = Draft::small_integers(stream, hints.activation(), &widths);
    let cut = stream.index(draft.depth());
    draft.layers[cut].weights.fill(Rational::zero());
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
    use crate::generate::vectors::small;
    use relu_core::RationalOrder;
    use relu_core::evaluate::realize;

    #[test]
    fn constant_networks_are_constant() {
        for key in 0..200 {
            let mut stream = Stream::from_key(key, 8);
            let drawn = constant(&mut stream, &NetworkHints::default()).unwrap();
            let at = |x: &[Rational]| realize(&drawn.network, x, &RationalOrder).unwrap();
            let value = at(&drawn.planted[0]);
            for _ in 0..5 {
                let x = small(&mut stream, drawn.network.indim());
                assert_eq!(at(&x), value, "{}", drawn.network);
            }
        }
    }

    #[test]
    fn affine_networks_refuse_nothing_but_other_depths() {
        let mut stream = Stream::from_key(1, 8);
        let drawn = affine(&mut stream, &NetworkHints::default()).unwrap();
        assert_eq!(drawn.network.depth(), 1);
        let deep = NetworkHints {
            depth: Some(2),
            ..NetworkHints::default()
        };
        assert!(affine(&mut stream, &deep).is_none());
    }
}
