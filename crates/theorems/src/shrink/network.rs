//! Simpler networks with the same input and output dimension.

use std::collections::HashSet;

use relu_core::network::Network;

use super::complexity::{Complexity, Measured};
use super::entries::{entry_pairs, signs, single_entries, zeroed};
use super::layers::fewer_layers;
use super::neurons::{fewer_neurons, reoriented, rescaled};
use crate::generate::draft::Draft;
use crate::generate::{NetworkHints, named_networks_fitting};

type Pass = fn(&Draft) -> Vec<Draft>;

/// The passes in the order of the module documentation.
const PASSES: [Pass; 8] = [
    textbook,
    fewer_layers,
    fewer_neurons,
    zeroed,
    signs,
    rescaled,
    single_entries,
    reoriented,
];

/// Networks strictly simpler than `network`, with its activation, input and output dimension; each once, best first.
///
/// Special minimal values come first (the zero map and the named networks of the sources, simplest first), then fewer layers,
/// fewer neurons, zeros, signs, primitive rows, simpler entries, other orientations, and two entries at once.
pub fn network_candidates(network: &Network) -> impl Iterator<Item = Network> + use<> {
    candidates(network, &PASSES)
}

/// The candidates of some of the passes, and two entries at once.
fn candidates(network: &Network, passes: &'static [Pass]) -> impl Iterator<Item = Network> + use<> {
    let draft = Draft::from_network(network);
    let pairs = entry_pairs(draft.clone());
    let passes = passes.iter().flat_map(move |pass| pass(&draft));
    simpler(passes.chain(pairs), network.complexity())
}

/// The finished drafts below the bound, each once.
pub(super) fn simpler(
    drafts: impl Iterator<Item = Draft>,
    bound: Complexity,
) -> impl Iterator<Item = Network> {
    let mut seen = HashSet::new();
    drafts
        .map(Draft::finish)
        .filter(move |network| network.complexity() < bound && seen.insert(network.clone()))
}

/// The candidates without special values, to test the other passes on their own.
#[cfg(test)]
pub(super) fn structural_candidates(network: &Network) -> impl Iterator<Item = Network> + use<> {
    candidates(network, &PASSES[1..])
}

/// The zero map of depth 1 and the named networks with these dimensions, simplest first.
fn textbook(draft: &Draft) -> Vec<Draft> {
    let (indim, outdim) = (draft.indim(), draft.layers[draft.depth() - 1].rows);
    let hints = NetworkHints {
        indim: Some(indim),
        outdim: Some(outdim),
        ..NetworkHints::default()
    };
    let mut named: Vec<_> = named_networks_fitting(&hints)
        .into_iter()
        .map(|named| (named.network.complexity(), &named.network))
        .collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    let mut list = vec![Draft::zeros(draft.activation.clone(), &[indim, outdim])];
    for (_, network) in named {
        let mut special = Draft::from_network(network);
        special.activation = draft.activation.clone();
        list.push(special);
    }
    list
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use crate::shrink::minimise;
    use relu_core::number::rational::Rational;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    #[test]
    fn the_zero_map_comes_first_and_has_no_candidates() {
        let first = network_candidates(&network("net(([[2],[5]], [0,1]), ([[1,1]], [0]))")).next();
        let zero = network("net(([[0]], [0]))");
        assert_eq!(first, Some(zero.clone()));
        assert_eq!(network_candidates(&zero).count(), 0);
    }

    #[test]
    fn sizes_shrink_to_the_smallest_network_with_the_property() {
        let start = network(
            "net(([[2,-1],[1,3],[0,1]], [1,0,-1]), ([[1,0,2],[1,-1,1]], [0,1/3]), ([[1,1]], [2]))",
        );
        let shrunk = |keep: fn(&Network) -> bool| {
            minimise(start.clone(), network_candidates, keep, 100_000).to_string()
        };
        assert_eq!(shrunk(|phi| phi.connectivity() >= 2), "net(([[1,1]], [0]))");
        assert_eq!(
            shrunk(|phi| phi.depth() == 3),
            "net(([[0,0]], [0]), ([[0]], [0]), ([[0]], [0]))"
        );
        assert_eq!(
            shrunk(|phi| phi.weight_bound() > Rational::one()),
            "net(([[2,0]], [0]))"
        );
        assert_eq!(
            shrunk(|phi| phi.depth() >= 2 && phi.layer(0).rows() == 2),
            "net(([[0,0],[0,0]], [0,0]), ([[0,0]], [0]))"
        );
        assert_eq!(shrunk(|_| true), "net(([[0,0]], [0]))");
        assert_eq!(shrunk(|_| false), start.to_string());
    }
}
