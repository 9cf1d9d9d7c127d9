//! G6: the textbook constructions, at the points where they are delicate.

use relu_core::constructions::{identity_network, sawtooth, square};
use relu_core::number::rational::Rational;

use super::draft::{Draft, DraftLayer};
use super::hints::NetworkHints;
use super::kink_values::fraction;
use super::network_family::Drawn;
use super::stream::Stream;
use super::unit_product::unit_product;

/// Largest depth at which the constructions with exponentially many pieces are built; deeper hints get an identity.
const DEEPEST_CONSTRUCTION: usize = 6;

/// G6: identity, hat, sawtooth(s), square(m) or T_m; reported are 0, 1, dyadic nodes and points just outside \[0,1\].
///
/// A construction e → 1 meets other dimensions by reading e drawn coordinates (with repetition) and repeating its output; the
/// identity on the whole input is used where the dimensions agree.
pub(super) fn textbook(stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
    let indim = hints.draw_indim(stream)?;
    let base = match hints.depth {
        Some(depth) => hinted_construction(stream, depth)?,
        None => construction(stream),
    };
    let mut draft = match base {
        Construction::Identity(depth) => {
            let outdim = hints
                .outdim
                .unwrap_or(if stream.chance(1, 2) { indim } else { 1 });
            let dimension = if outdim == indim { indim } else { 1 };
            Draft::from_network(&identity_network(dimension, depth).ok()?)
        }
        Construction::Sawtooth(s) => Draft::from_network(&sawtooth(s).ok()?),
        Construction::Square(m) => Draft::from_network(&square(m).ok()?),
        Construction::Product(m) => unit_product(m),
    };
    draft.activation = hints.activation();
    let coordinates: Vec<usize> = if draft.indim() == indim {
        (0..indim).collect()
    } else {
        (0..draft.indim()).map(|_| stream.index(indim)).collect()
    };
    draft.layers[0] = read_coordinates(&draft.layers[0], &coordinates, indim);
    let last = draft.depth() - 1;
    let produced = draft.layers[last].rows;
    let outdim = hints.outdim.unwrap_or(produced);
    if outdim != produced {
        draft.layers[last] = repeat_output(&draft.layers[last], outdim);
    }
    let planted = delicate_points(stream, indim);
    Some(Drawn {
        network: draft.finish(),
        planted,
    })
}

#[derive(Clone, Copy)]
enum Construction {
    /// Of this depth.
    Identity(usize),
    /// Of depth s + 1; s = 1 is the hat.
    Sawtooth(usize),
    /// Of depth m + 1.
    Square(usize),
    /// Of depth m + 2.
    Product(usize),
}

fn construction(stream: &mut Stream) -> Construction {
    use Construction::{Identity, Product, Sawtooth, Square};
    let small = stream.size() < 3;
    let kind = stream.index(4);
    let level = stream.pick(&[1, 2, 2, 3]).min(if small { 2 } else { 3 });
    match kind {
        0 => Identity(level),
        // s = 4 has more pieces than hidden neurons.
        1 if !small && stream.chance(1, 4) => Sawtooth(4),
        1 => Sawtooth(level),
        2 => Square(level),
        _ => Product(level.min(2)),
    }
}

fn hinted_construction(stream: &mut Stream, depth: usize) -> Option<Construction> {
    use Construction::{Identity, Product, Sawtooth, Square};
    let mut kinds = vec![Identity(depth)];
    if (2..=DEEPEST_CONSTRUCTION).contains(&depth) {
        kinds.extend([Sawtooth(depth - 1), Square(depth - 1)]);
    }
    if (3..=DEEPEST_CONSTRUCTION).contains(&depth) {
        kinds.push(Product(depth - 2));
    }
    stream.choose(&kinds).copied()
}

/// The layer whose j-th input is coordinate `coordinates[j]` of a vector of length `indim`.
fn read_coordinates(layer: &DraftLayer, coordinates: &[usize], indim: usize) -> DraftLayer {
    let mut read = DraftLayer::zeros(layer.rows, indim);
    read.bias.clone_from(&layer.bias);
    for i in 0..layer.rows {
        for (weight, &coordinate) in layer.row(i).iter().zip(coordinates) {
            let sum = read.get(i, coordinate) + weight;
            read.set(i, coordinate, sum);
        }
    }
    read
}

/// The layer with `outdim` outputs that runs through the outputs of `layer` cyclically.
fn repeat_output(layer: &DraftLayer, outdim: usize) -> DraftLayer {
    let mut repeated = DraftLayer::zeros(outdim, layer.cols);
    for i in 0..outdim {
        repeated
            .row_mut(i)
            .clone_from_slice(layer.row(i % layer.rows));
        repeated.bias[i] = layer.bias[i % layer.rows].clone();
    }
    repeated
}

/// 0, 1, a point of dyadic nodes k/2^m with 0 ≤ k ≤ 2^m, m ≤ 4, and a point just outside \[0,1\], in every coordinate.
fn delicate_points(stream: &mut Stream, indim: usize) -> Vec<Vec<Rational>> {
    let denominator = stream.pick(&[2, 4, 8, 16]);
    let node = (0..indim)
        .map(|_| fraction(stream.between(0, denominator), denominator))
        .collect();
    let outside = (0..indim)
        .map(|_| stream.pick(&[(-1, 8), (9, 8)]))
        .map(|(p, q)| fraction(p, q));
    let outside = outside.collect();
    vec![
        node,
        vec![Rational::zero(); indim],
        vec![Rational::one(); indim],
        outside,
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    #[test]
    fn all_dimensions_and_depths_are_met() {
        for key in 0..300 {
            let mut stream = Stream::from_key(key, 8);
            let (indim, outdim) = (1 + stream.index(4), 1 + stream.index(4));
            let depth = 1 + stream.index(8);
            let hints = NetworkHints {
                indim: Some(indim),
                outdim: Some(outdim),
                depth: Some(depth),
                ..NetworkHints::default()
            };
            let drawn = textbook(&mut stream, &hints).unwrap();
            let network = &drawn.network;
            assert_eq!(
                (network.indim(), network.outdim(), network.depth()),
                (indim, outdim, depth)
            );
            assert!(drawn.planted.iter().all(|x| x.len() == indim));
        }
    }

    #[test]
    fn the_constructions_themselves_occur() {
        let named = [
            identity_network(1, 2).unwrap(),
            sawtooth(1).unwrap(),
            sawtooth(4).unwrap(),
            square(3).unwrap(),
            unit_product(2).finish(),
        ];
        let drawn: Vec<_> = (0..400)
            .map(|key| textbook(&mut Stream::from_key(key, 8), &NetworkHints::default()).unwrap())
            .collect();
        for network in &named {
            assert!(
                drawn.iter().any(|drawn| drawn.network == *network),
                "{network}"
            );
        }
    }

    #[test]
    fn a_product_of_equal_factors_has_dead_neurons() {
        let base = unit_product(1);
        let read = read_coordinates(&base.layers[0], &[0, 0], 1);
        assert!(read.row(0)[0].is_zero() && read.row(1)[0].is_zero());
        assert_eq!(read.row(2), [Rational::one()]);
    }
}
