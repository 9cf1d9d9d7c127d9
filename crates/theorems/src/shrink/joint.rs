//! Candidates that change two objects at once, so that shapes and kinks survive.

use relu_core::RationalOrder;
use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::complexity::Measured;
use super::network::network_candidates;
use super::number::{rational_candidates, vector_candidates};
use crate::generate::draft::Draft;

/// How one of several coordinates goes: which, the coordinate that it is identified with (none: it is set to 0), and the points
/// without it.
type Reduction = (usize, Option<usize>, Vec<Vec<Rational>>);

/// All reductions: every coordinate set to 0, then every coordinate identified with an earlier or later one at which all points
/// agree. None for fewer than two coordinates or points of another length.
fn reductions(
    dimension: usize,
    points: &[Vec<Rational>],
) -> impl Iterator<Item = Reduction> + use<> {
    let legal = dimension >= 2 && points.iter().all(|x| x.len() == dimension);
    let count = if legal { dimension } else { 0 };
    let points = points.to_vec();
    let removed = (0..count).map(|j| (j, None));
    let identified = (0..count).flat_map(move |j| {
        (0..count)
            .filter(move |&k| k != j)
            .map(move |k| (j, Some(k)))
    });
    removed.chain(identified).filter_map(move |(j, into)| {
        if into.is_some_and(|k| points.iter().any(|x| x[j] != x[k])) {
            return None;
        }
        let without = |x: &Vec<Rational>| {
            let mut x = x.clone();
            x.remove(j);
            x
        };
        Some((j, into, points.iter().map(without).collect()))
    })
}

/// The network without one of its inputs, and the points without that coordinate; nothing for one input.
///
/// The network is restricted to x_j = 0, or to x_j = x_k where all points lie there. Every point must have length N₀ (else
/// there is no candidate).
pub fn dimension_candidates(
    network: &Network,
    points: &[Vec<Rational>],
) -> impl Iterator<Item = (Network, Vec<Vec<Rational>>)> + use<> {
    let network = network.clone();
    reductions(network.indim(), points).map(move |(j, into, points)| {
        let mut draft = Draft::from_network(&network);
        draft.layers[0].absorb_column(j, into);
        (draft.finish(), points)
    })
}

/// The network without one of its outputs; nothing for one output.
pub fn output_candidates(network: &Network) -> impl Iterator<Item = Network> + use<> {
    let outdim = network.outdim();
    let network = network.clone();
    (0..if outdim >= 2 { outdim } else { 0 }).map(move |i| {
        let mut draft = Draft::from_network(&network);
        let last = draft.depth() - 1;
        draft.layers[last].remove_row(i);
        draft.finish()
    })
}

/// Φ without one output and Ψ without the matching input; nothing for one output or if Ψ∘Φ is not defined.
///
/// For every output i first the pair with i deleted, then the pairs in which Ψ reads i from another output j instead.
pub fn composable_candidates(
    phi: &Network,
    psi: &Network,
) -> impl Iterator<Item = (Network, Network)> + use<> {
    let between = phi.outdim();
    let legal = between >= 2 && psi.indim() == between;
    let (phi, psi) = (Draft::from_network(phi), Draft::from_network(psi));
    (0..if legal { between } else { 0 }).flat_map(move |i| {
        let mut inner = phi.clone();
        let last = inner.depth() - 1;
        inner.layers[last].remove_row(i);
        let inner = inner.finish();
        let mut list = Vec::with_capacity(between);
        for j in (0..between).map(|step| (i + step) % between) {
            let mut outer = psi.clone();
            outer.layers[0].absorb_column(i, (j != i).then_some(j));
            list.push((inner.clone(), outer.finish()));
        }
        list
    })
}

/// Φ: ℝᵈ → ℝᵈ without one coordinate of its input and of its output, Ψ without the matching input, the points without that
/// coordinate: for statements that feed a point of Φ to Ψ. Nothing unless Φ maps ℝᵈ to itself, d ≥ 2, Ψ reads ℝᵈ and all points
/// lie there.
pub fn endomorphic_candidates(
    phi: &Network,
    psi: &Network,
    points: &[Vec<Rational>],
) -> impl Iterator<Item = (Network, Network, Vec<Vec<Rational>>)> + use<> {
    let dimension = phi.indim();
    let legal = phi.outdim() == dimension && psi.indim() == dimension;
    let (phi, psi) = (Draft::from_network(phi), Draft::from_network(psi));
    let reductions = reductions(if legal { dimension } else { 0 }, points);
    reductions.map(move |(j, into, points)| {
        let (mut inner, mut outer) = (phi.clone(), psi.clone());
        let last = inner.depth() - 1;
        inner.layers[0].absorb_column(j, into);
        inner.layers[last].remove_row(j);
        outer.layers[0].absorb_column(j, into);
        (inner.finish(), outer.finish(), points)
    })
}

/// The network moved so that the point becomes 0, if that is simpler: Φ(· + x) at 0 has the pre-activations of Φ at x.
///
/// At a kink of the first layer the new bias is zero. Nothing for a point of the wrong length.
pub fn shift_candidates(
    network: &Network,
    point: &[Rational],
) -> impl Iterator<Item = (Network, Vec<Rational>)> + use<> {
    let shifted =
        (point.len() == network.indim() && !point.iter().all(Rational::is_zero)).then(|| {
            let mut draft = Draft::from_network(network);
            let first = &mut draft.layers[0];
            first.bias = (0..first.rows)
                .map(|i| first.preactivation(i, point))
                .collect();
            (draft.finish(), vec![Rational::zero(); point.len()])
        });
    let bound = network.complexity().plus(point.complexity());
    shifted
        .into_iter()
        .filter(move |pair| pair.complexity() < bound)
}

/// Everything simpler for a network with a point: one input less, the point moved to 0, a simpler network, a simpler point, a
/// simpler weight with the bias of its row corrected so that a kink at the point stays a kink, two inputs exchanged.
///
/// The output dimension is kept; see [`output_candidates`]. Nothing for a point of the wrong length.
pub fn pointed_candidates(
    network: &Network,
    point: &[Rational],
) -> impl Iterator<Item = (Network, Vec<Rational>)> + use<> {
    let legal = point.len() == network.indim();
    let points = [point.to_vec()];
    let dimensions = dimension_candidates(network, &points).map(|(network, mut points)| {
        let point = points
            .pop()
            .expect("as many points come back as were given");
        (network, point)
    });
    let shift = shift_candidates(network, point);
    let networks = network_candidates(network).map({
        let point = point.to_vec();
        move |network| (network, point.clone())
    });
    let vectors = vector_candidates(point).map({
        let network = network.clone();
        move |point| (network.clone(), point)
    });
    let kinks = kink_preserving(network, point);
    let exchanges = exchanged_inputs(network, point);
    let simpler = dimensions.chain(shift).chain(networks).chain(vectors);
    let all = simpler.chain(kinks).chain(exchanges);
    all.filter(move |_| legal)
}

/// Two neighbouring inputs exchanged together with their coordinates, where that is simpler.
fn exchanged_inputs(
    network: &Network,
    point: &[Rational],
) -> impl Iterator<Item = (Network, Vec<Rational>)> + use<> {
    let bound = network.complexity().plus(point.complexity());
    let (network, point) = (network.clone(), point.to_vec());
    let exchanged = (1..point.len().min(network.indim())).map(move |j| {
        let (mut draft, mut point) = (Draft::from_network(&network), point.clone());
        draft.layers[0].swap_columns(j - 1, j);
        point.swap(j - 1, j);
        (draft.finish(), point)
    });
    exchanged.filter(move |pair| pair.complexity() < bound)
}

/// One weight of a row that is on a kink at the point is replaced by a simpler one, and the bias of the row absorbs the change.
fn kink_preserving(
    network: &Network,
    point: &[Rational],
) -> impl Iterator<Item = (Network, Vec<Rational>)> + use<> {
    let bound = network.complexity();
    let (draft, point) = (Draft::from_network(network), point.to_vec());
    // Lazy: the forward pass runs when the earlier candidates are used up.
    std::iter::once_with(move || kink_rows(&draft, &point).map(|rows| (draft, point, rows)))
        .flatten()
        .flat_map(move |(draft, point, rows)| {
            let mut list = Vec::new();
            for (l, i, input) in rows {
                for (j, value) in input.iter().enumerate() {
                    let weight = draft.layers[l].get(i, j);
                    for simpler in rational_candidates(weight) {
                        let mut changed = draft.clone();
                        // (w − w′)·h_j moves into the bias.
                        let moved = weight - &simpler;
                        changed.layers[l].bias[i].add_product(&moved, value);
                        changed.layers[l].set(i, j, simpler);
                        let network = changed.finish();
                        if network.complexity() < bound {
                            list.push((network, point.clone()));
                        }
                    }
                }
            }
            list
        })
}

/// The hidden rows on a kink at the point, with the input of their layer: (layer, row, input).
fn kink_rows(draft: &Draft, point: &[Rational]) -> Option<Vec<(usize, usize, Vec<Rational>)>> {
    if point.len() != draft.indim() {
        return None;
    }
    let mut rows = Vec::new();
    let mut input = point.to_vec();
    for l in 0..draft.depth() - 1 {
        for i in 0..draft.layers[l].rows {
            let z = draft.layers[l].preactivation(i, &input);
            if draft.activation.is_kink(&z, &RationalOrder) == Ok(true) {
                rows.push((l, i, input.clone()));
            }
        }
        input = draft.output_of_layer(l, &input)?;
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use relu_core::evaluate::preactivations;
    use relu_core::operations::compose;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    fn q(p: i64) -> Rational {
        Rational::from_integer(p)
    }

    #[test]
    fn inputs_go_with_their_coordinates() {
        let phi = network("net(([[1,2]], [3]), ([[1]], [0]))");
        let points = [vec![q(5), q(6)], vec![q(7), q(8)]];
        let list: Vec<_> = dimension_candidates(&phi, &points).collect();
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].0, network("net(([[2]], [3]), ([[1]], [0]))"));
        assert_eq!(list[0].1, [vec![q(6)], vec![q(8)]]);
        assert_eq!(dimension_candidates(&list[0].0, &list[0].1).count(), 0);
        assert_eq!(dimension_candidates(&phi, &[vec![q(5)]]).count(), 0);
        // On the diagonal the inputs can be identified.
        let diagonal: Vec<_> = dimension_candidates(&phi, &[vec![q(5), q(5)]]).collect();
        assert_eq!(diagonal.len(), 4);
        assert_eq!(diagonal[2].0, network("net(([[3]], [3]), ([[1]], [0]))"));
    }

    #[test]
    fn pairs_stay_composable() {
        let phi = network("net(([[1],[2],[3]], [0,0,1]))");
        let psi = network("net(([[1,1,0],[0,1,1]], [0,0]), ([[1,1]], [0]))");
        let list: Vec<_> = composable_candidates(&phi, &psi).collect();
        assert_eq!(list.len(), 9);
        for (inner, outer) in &list {
            assert!(compose(outer, inner).is_ok());
            assert!(inner.outdim() == 2 && (inner.indim(), outer.outdim()) == (1, 1));
        }
        // Output 0 deleted; read from output 1 instead.
        assert_eq!(list[0].1.layer(0).weights().row(0), [q(1), q(0)]);
        assert_eq!(list[1].1.layer(0).weights().row(0), [q(2), q(0)]);
        let scalar = network("net(([[1]], [0]))");
        assert_eq!(composable_candidates(&scalar, &scalar).count(), 0);
        assert_eq!(composable_candidates(&phi, &scalar).count(), 0);
    }

    #[test]
    fn a_coordinate_goes_from_input_and_output() {
        let phi = network("net(([[1,2],[3,4]], [5,6]))");
        let psi = network("net(([[7,8]], [0]))");
        let list: Vec<_> = endomorphic_candidates(&phi, &psi, &[vec![q(1), q(2)]]).collect();
        assert_eq!(list.len(), 2);
        let (inner, outer) = (network("net(([[4]], [6]))"), network("net(([[8]], [0]))"));
        assert_eq!(list[0], (inner, outer, vec![vec![q(2)]]));
        assert_eq!(endomorphic_candidates(&psi, &phi, &[]).count(), 0);
        assert_eq!(endomorphic_candidates(&phi, &psi, &[vec![q(1)]]).count(), 0);
        assert_eq!(
            endomorphic_candidates(&list[0].0, &list[0].1, &[]).count(),
            0
        );
    }

    #[test]
    fn outputs_can_be_deleted_down_to_one() {
        let phi = network("net(([[1],[2]], [3,4]))");
        let list: Vec<_> = output_candidates(&phi).collect();
        assert_eq!(
            list,
            [network("net(([[2]], [4]))"), network("net(([[1]], [3]))")]
        );
        assert_eq!(output_candidates(&list[0]).count(), 0);
    }

    #[test]
    fn a_kink_moves_to_zero() {
        let phi = network("net(([[2],[1]], [-6,0]), ([[1,1]], [0]))");
        let (moved, origin) = shift_candidates(&phi, &[q(3)]).next().unwrap();
        assert_eq!(moved, network("net(([[2],[1]], [0,3]), ([[1,1]], [0]))"));
        let z = |phi: &Network, x: &[Rational]| preactivations(phi, x, &RationalOrder);
        assert_eq!(z(&moved, &origin), z(&phi, &[q(3)]));
        assert_eq!(shift_candidates(&phi, &[q(0)]).count(), 0);
        assert_eq!(shift_candidates(&phi, &[q(1), q(1)]).count(), 0);
        // Not simpler: two biases appear for one coordinate.
        let plain = network("net(([[2],[1]], [0,0]), ([[1,1]], [0]))");
        assert_eq!(shift_candidates(&plain, &[q(3)]).count(), 0);
    }

    #[test]
    fn kinks_behind_the_first_layer_survive_smaller_weights() {
        let phi = network("net(([[1]], [0]), ([[5]], [-10]), ([[1]], [0]))");
        let kept = kink_preserving(&phi, &[q(2)]).map(|(network, _)| network);
        let kept: Vec<_> = kept.collect();
        assert!(kept.contains(&network("net(([[1]], [0]), ([[1]], [-2]), ([[1]], [0]))")));
        for network in kept {
            assert!(preactivations(&network, &[q(2)], &RationalOrder).unwrap()[1][0].is_zero());
        }
    }

    #[test]
    fn a_point_of_the_wrong_length_has_no_candidates() {
        let phi = network("net(([[1,2]], [3]), ([[1]], [0]))");
        assert_eq!(pointed_candidates(&phi, &[q(1)]).count(), 0);
        assert!(pointed_candidates(&phi, &[q(1), q(0)]).count() > 10);
    }
}
