//! One stage of many balanced trees at once.

use std::collections::{BTreeMap, BTreeSet};

/// What a stage carries on and multiplies, and what then takes the place of the leaves.
pub(super) struct Paired<T> {
    /// The leaves without a neighbour, each once, ascending.
    pub carried: Vec<T>,
    /// The neighbours, list by list.
    pub products: Vec<(T, T)>,
    /// The lists of the next stage, as indices into the carried leaves followed by the products.
    pub lists: Vec<Vec<usize>>,
}

/// Pairs the neighbours in every list; of an odd number of leaves the last one is carried. `None` if no list has two.
///
/// After ⌈log₂r⌉ stages a list of r leaves has one.
pub(super) fn pair_up<T: Copy + Ord>(lists: &[Vec<T>]) -> Option<Paired<T>> {
    if lists.iter().all(|list| list.len() < 2) {
        return None;
    }
    let single = |list: &Vec<T>| (list.len() % 2 == 1).then(|| list[list.len() - 1]);
    let carried: BTreeSet<T> = lists.iter().filter_map(single).collect();
    let places: BTreeMap<T, usize> = carried.iter().copied().zip(0..).collect();
    let mut products = Vec::new();
    let lists = lists
        .iter()
        .map(|list| {
            list.chunks(2)
                .map(|pair| match *pair {
                    [left, right] => {
                        products.push((left, right));
                        carried.len() + products.len() - 1
                    }
                    _ => places[&pair[0]],
                })
                .collect()
        })
        .collect();
    Some(Paired {
        carried: carried.into_iter().collect(),
        products,
        lists,
    })
}
