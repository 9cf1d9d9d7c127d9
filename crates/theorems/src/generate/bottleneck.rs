//! G7: factors whose composition is degenerate.

use relu_core::number::rational::Rational;

use super::draft::Draft;
use super::hints::NetworkHints;
use super::network_family::Drawn;
use super::stream::Stream;

/// G7: depth 1, zero weights in the first or last layer, a bottleneck of width 1, a large fan-out behind it.
///
/// Composition multiplies the last layer of Φ with the first of Ψ, so the cases are: one factor is affine (two times in five
/// unless the depth is hinted); the outer layers have zero rows or columns; N_L = 1 (unless hinted) or one hidden width is 1; the
/// layer behind a width of 1 has 4 to 6 full rows, which makes the product Ã₁·A_L fill in.
pub(super) fn bottleneck(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let affine = stream.chance(2, 5) && hints.depth.is_none();
    let mut widths = hints.draw_architecture(stream, 1, if affine { 1 } else { 3 })?;
    let depth = widths.len() - 1;
    if stream.chance(1, 2) {
        widths[depth] = hints.outdim.unwrap_or(1);
    }
    let wide = 4 + stream.index(3);
    // Where the width is 1 and the next one is free.
    let free_next = |l: usize| l + 1 < depth || hints.outdim.is_none();
    let mut fan_out = None;
    if stream.chance(1, 2) {
        let hidden = 1 + stream.index(depth.max(2) - 1);
        if hidden < depth {
            widths[hidden] = 1;
        }
        fan_out = (0..depth).find(|&l| widths[l] == 1 && free_next(l));
        if let Some(l) = fan_out {
            widths[l + 1] = wide;
        }
    }
    let mut draft = Draft::small_integers(stream, hints.activation(), &widths);
    if let Some(l) = fan_out {
        for i in 0..draft.layers[l].rows {
            let weight = stream.pick(&[1, -1, 2, -2, 3]);
            draft.layers[l].set(i, 0, Rational::from_integer(weight));
        }
    }
    match stream.pick(&[0, 0, 1, 2, 3]) {
        1 => clear_column(stream, &mut draft, 0),
        2 => clear_column(stream, &mut draft, depth - 1),
        3 => {
            let row = stream.index(draft.layers[depth - 1].rows);
            draft.layers[depth - 1].clear_row(row);
        }
        _ => {}
    }
    Some(Drawn {
        network: draft.finish(),
        planted: Vec::new(),
    })
}

fn clear_column(stream: &mut Stream, draft: &mut Draft, l: usize) {
    let column = stream.index(draft.layers[l].cols);
    for i in 0..draft.layers[l].rows {
        draft.layers[l].set(i, column, Rational::zero());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    #[test]
    fn every_degenerate_case_occurs() {
        let (mut affine, mut narrow, mut wide, mut zero_column) = (0, 0, 0, 0);
        for key in 0..400 {
            let mut stream = Stream::from_key(key, 8);
            let network = bottleneck(&mut stream, &NetworkHints::default())
                .unwrap()
                .network;
            let widths = network.architecture();
            affine += usize::from(network.depth() == 1);
            narrow += usize::from(widths[1..].contains(&1));
            wide += usize::from(widths.windows(2).any(|pair| pair[0] == 1 && pair[1] >= 4));
            zero_column += usize::from(network.layers().iter().any(|layer| {
                let weights = layer.weights();
                (0..layer.cols()).any(|j| weights.column(j).iter().all(Rational::is_zero))
            }));
            assert!(network.depth() <= 3 && network.width() <= 6, "{network}");
        }
        assert!(affine >= 120 && narrow >= 150 && wide >= 80 && zero_column >= 100);
    }

    #[test]
    fn hinted_shapes_are_kept() {
        let hints = NetworkHints {
            indim: Some(5),
            outdim: Some(3),
            depth: Some(2),
            ..NetworkHints::default()
        };
        for key in 0..100 {
            let network = bottleneck(&mut Stream::from_key(key, 8), &hints)
                .unwrap()
                .network;
            assert_eq!(
                (network.indim(), network.outdim(), network.depth()),
                (5, 3, 2)
            );
        }
    }
}
