//! Simpler weights and biases.

use relu_core::field::Sign;
use relu_core::number::rational::Rational;

use super::number::rational_candidates;
use crate::generate::draft::Draft;

/// Pairs of entries are tried only up to this number of non-zero entries.
const MOST_ENTRIES_FOR_PAIRS: usize = 24;

/// The place of an entry: layer, index into weights and then biases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) layer: usize,
    pub(super) index: usize,
}

pub(super) fn places(draft: &Draft) -> Vec<Place> {
    let entries = |layer: usize| draft.layers[layer].weights.len() + draft.layers[layer].bias.len();
    let in_layer = |layer: usize| (0..entries(layer)).map(move |index| Place { layer, index });
    (0..draft.depth()).flat_map(in_layer).collect()
}

pub(super) fn get(draft: &Draft, place: Place) -> &Rational {
    let layer = &draft.layers[place.layer];
    let weights = layer.weights.len();
    if place.index < weights {
        &layer.weights[place.index]
    } else {
        &layer.bias[place.index - weights]
    }
}

pub(super) fn with(draft: &Draft, place: Place, value: Rational) -> Draft {
    let mut changed = draft.clone();
    let layer = &mut changed.layers[place.layer];
    let weights = layer.weights.len();
    if place.index < weights {
        layer.weights[place.index] = value;
    } else {
        layer.bias[place.index - weights] = value;
    }
    changed
}

/// Zeros, largest groups first: everything, all biases, one layer, its biases, a row, a column, one entry.
pub(super) fn zeroed(draft: &Draft) -> Vec<Draft> {
    let zero = Rational::zero;
    let mut list = Vec::new();
    let mut change = |edit: &dyn Fn(&mut Draft)| {
        let mut changed = draft.clone();
        edit(&mut changed);
        list.push(changed);
    };
    change(&|d| {
        for layer in &mut d.layers {
            layer.weights.fill(zero());
            layer.bias.fill(zero());
        }
    });
    change(&|d| {
        d.layers
            .iter_mut()
            .for_each(|layer| layer.bias.fill(zero()))
    });
    for l in 0..draft.depth() {
        change(&|d| {
            d.layers[l].weights.fill(zero());
            d.layers[l].bias.fill(zero());
        });
        change(&|d| d.layers[l].bias.fill(zero()));
        for i in 0..draft.layers[l].rows {
            change(&|d| {
                d.layers[l].clear_row(i);
                d.layers[l].bias[i] = zero();
            });
            change(&|d| d.layers[l].clear_row(i));
        }
        for j in 0..draft.layers[l].cols {
            change(&|d| (0..d.layers[l].rows).for_each(|i| d.layers[l].set(i, j, zero())));
        }
    }
    for place in places(draft) {
        if !get(draft, place).is_zero() {
            list.push(with(draft, place, zero()));
        }
    }
    list
}

/// Entries replaced by their signs: all of the network, all of a layer.
pub(super) fn signs(draft: &Draft) -> Vec<Draft> {
    let sign = |value: &mut Rational| {
        *value = Rational::from_integer(i64::from(value.sign().as_i8()));
    };
    let mut all = draft.clone();
    for layer in &mut all.layers {
        layer
            .weights
            .iter_mut()
            .chain(&mut layer.bias)
            .for_each(sign);
    }
    let mut list = vec![all];
    for l in 0..draft.depth() {
        let mut changed = draft.clone();
        let layer = &mut changed.layers[l];
        layer.weights.iter_mut().for_each(sign);
        list.push(changed.clone());
        changed.layers[l].bias.iter_mut().for_each(sign);
        list.push(changed);
    }
    list
}

/// One entry replaced by one of its candidates, ±1 (of its own sign) first.
pub(super) fn single_entries(draft: &Draft) -> Vec<Draft> {
    let mut list = Vec::new();
    for place in places(draft) {
        let value = get(draft, place);
        list.push(with(
            draft,
            place,
            Rational::from_integer(i64::from(value.sign().as_i8())),
        ));
        for simpler in rational_candidates(value).filter(|simpler| !simpler.is_zero()) {
            list.push(with(draft, place, simpler));
        }
    }
    list
}

/// Two entries changed at once, for identities that no single change respects: each to 0, to ±1, or one step towards 0.
///
/// Empty for networks with more than 24 non-zero entries. Lazy: there may be thousands.
pub(super) fn entry_pairs(draft: Draft) -> impl Iterator<Item = Draft> {
    let mut nonzero = places(&draft);
    nonzero.retain(|&place| !get(&draft, place).is_zero());
    if nonzero.len() > MOST_ENTRIES_FOR_PAIRS {
        nonzero.clear();
    }
    let count = nonzero.len();
    (0..count)
        .flat_map(move |i| (i + 1..count).map(move |j| (i, j)))
        .flat_map(move |(i, j)| {
            let mut list = Vec::new();
            for first in near_values(get(&draft, nonzero[i])) {
                let half = with(&draft, nonzero[i], first);
                for second in near_values(get(&draft, nonzero[j])) {
                    list.push(with(&half, nonzero[j], second));
                }
            }
            list
        })
}

fn near_values(value: &Rational) -> Vec<Rational> {
    let one = Rational::one();
    let step = match value.sign() {
        Sign::Negative => value + &one,
        _ => value - &one,
    };
    let mut values = vec![Rational::zero(), one.clone(), -&one];
    if !values.contains(&step) {
        values.push(step);
    }
    values.retain(|near| near != value);
    values
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use relu_core::network::Network;

    fn draft(text: &str) -> Draft {
        Draft::from_network(&text.parse::<Network>().unwrap())
    }

    fn texts(drafts: impl IntoIterator<Item = Draft>) -> Vec<String> {
        drafts
            .into_iter()
            .map(|draft| draft.finish().to_string())
            .collect()
    }

    #[test]
    fn zeros_come_largest_group_first() {
        let list = texts(zeroed(&draft("net(([[2,3]], [5]))")));
        assert_eq!(list[0], "net(([[0,0]], [0]))");
        assert_eq!(list[1], "net(([[2,3]], [0]))");
        assert!(list.contains(&"net(([[0,3]], [5]))".into()));
        assert!(list.contains(&"net(([[0,0]], [5]))".into()));
    }

    #[test]
    fn signs_of_all_and_of_weights_alone() {
        let list = texts(signs(&draft("net(([[2,-3]], [-5/2]))")));
        assert_eq!(list[0], "net(([[1,-1]], [-1]))");
        assert_eq!(list[1], "net(([[1,-1]], [-5/2]))");
    }

    #[test]
    fn single_entries_keep_the_others() {
        let list = texts(single_entries(&draft("net(([[4]], [1]))")));
        assert_eq!(list[0], "net(([[1]], [1]))");
        assert!(list.contains(&"net(([[3]], [1]))".into()));
        assert!(list.iter().all(|text| !text.contains("[[0]]")));
    }

    #[test]
    fn pairs_reach_what_single_changes_do_not() {
        let list = texts(entry_pairs(draft("net(([[2,-2]], [0]))")));
        assert!(list.contains(&"net(([[1,-1]], [0]))".into()));
        assert!(list.contains(&"net(([[0,0]], [0]))".into()));
        let wide = Draft::from_network(
            &format!("net(([[{}]], [0]))", ["1"; 25].join(", "))
                .parse()
                .unwrap(),
        );
        assert_eq!(entry_pairs(wide).count(), 0);
    }
}
