//! Fewer layers.

use relu_core::number::rational::Rational;

use crate::generate::draft::{Draft, DraftLayer};

/// Networks with fewer layers and the same input and output dimension: a block of layers l..=m left out where N_{l−1} = N_m,
/// long blocks first; two neighbouring layers merged as if the activation between them were the identity; one layer left out where
/// the widths differ, its neighbour cut off or filled up with zeros.
pub(super) fn fewer_layers(draft: &Draft) -> Vec<Draft> {
    let depth = draft.depth();
    let mut list = Vec::new();
    for length in (1..depth).rev() {
        for start in 0..=depth - length {
            let block = start..start + length;
            if draft.layers[start].cols == draft.layers[block.end - 1].rows {
                let mut shorter = draft.clone();
                shorter.layers.drain(block);
                list.push(shorter);
            }
        }
    }
    for l in 0..depth - 1 {
        let mut merged = draft.clone();
        let inner = merged.layers.remove(l);
        merged.layers[l] = product(&merged.layers[l], &inner);
        list.push(merged);
    }
    if depth >= 2 {
        list.extend((0..depth).filter_map(|l| without_layer(draft, l)));
    }
    list
}

/// The network without layer `l`: the next layer reads its input, the last but one produces its output.
fn without_layer(draft: &Draft, l: usize) -> Option<Draft> {
    let mut shorter = draft.clone();
    let removed = shorter.layers.remove(l);
    if removed.rows == removed.cols {
        return None;
    }
    let (neighbour, rows, cols) = if l + 1 < draft.depth() {
        (l, shorter.layers[l].rows, removed.cols)
    } else {
        (l - 1, removed.rows, shorter.layers[l - 1].cols)
    };
    let old = &shorter.layers[neighbour];
    let mut adapted = DraftLayer::zeros(rows, cols);
    for i in 0..rows.min(old.rows) {
        adapted.bias[i] = old.bias[i].clone();
        for j in 0..cols.min(old.cols) {
            adapted.set(i, j, old.get(i, j).clone());
        }
    }
    shorter.layers[neighbour] = adapted;
    Some(shorter)
}

/// x ↦ A₂(A₁x + b₁) + b₂.
fn product(outer: &DraftLayer, inner: &DraftLayer) -> DraftLayer {
    let mut layer = DraftLayer::zeros(outer.rows, inner.cols);
    for i in 0..outer.rows {
        layer.bias[i] = outer.preactivation(i, &inner.bias);
        for j in 0..inner.cols {
            let mut sum = Rational::zero();
            for k in 0..inner.rows {
                sum.add_product(outer.get(i, k), inner.get(k, j));
            }
            layer.set(i, j, sum);
        }
    }
    layer
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use relu_core::network::Network;

    fn texts(network: &str) -> Vec<String> {
        let network: Network = network.parse().unwrap();
        let drafts = fewer_layers(&Draft::from_network(&network));
        drafts
            .into_iter()
            .map(|draft| draft.finish().to_string())
            .collect()
    }

    #[test]
    fn one_layer_cannot_be_left_out() {
        assert!(texts("net(([[2]], [1]))").is_empty());
    }

    #[test]
    fn blocks_and_merges() {
        assert_eq!(
            texts("net(([[2]], [1]), ([[3]], [5]))"),
            [
                "net(([[3]], [5]))",
                "net(([[2]], [1]))",
                "net(([[6]], [8]))"
            ]
        );
        // 1 → 2 → 1: the merge makes 2x of σ(x) − σ(−x); either layer may go.
        assert_eq!(
            texts("net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))"),
            [
                "net(([[2]], [0]))",
                "net(([[1]], [0]))",
                "net(([[1]], [0]))"
            ]
        );
    }
}
