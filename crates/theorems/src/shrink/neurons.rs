//! Fewer hidden neurons, and the moves that rearrange them.

use relu_core::RationalOrder;
use relu_core::field::Sign;
use relu_core::number::rational::Rational;

use crate::generate::draft::Draft;

/// Networks with fewer hidden neurons: half of a layer left out, one neuron left out (its constant value kept in the next bias if
/// it is constant), two neurons merged by adding their outgoing weights.
pub(super) fn fewer_neurons(draft: &Draft) -> Vec<Draft> {
    let mut list = Vec::new();
    for l in 0..draft.depth() - 1 {
        let width = draft.layers[l].rows;
        if width >= 4 {
            for kept in [0..width / 2, width / 2..width] {
                let mut half = draft.clone();
                for i in (0..width).rev().filter(|i| !kept.contains(i)) {
                    remove_neuron(&mut half, l, i);
                }
                list.push(half);
            }
        }
        if width == 1 {
            continue;
        }
        for i in 0..width {
            list.extend(folded(draft, l, i));
            let mut smaller = draft.clone();
            remove_neuron(&mut smaller, l, i);
            list.push(smaller);
        }
        for i in 0..width {
            for j in i + 1..width {
                list.push(merged(draft, l, i, j));
            }
        }
    }
    list
}

fn remove_neuron(draft: &mut Draft, l: usize, i: usize) {
    draft.layers[l].remove_row(i);
    draft.layers[l + 1].remove_column(i);
}

/// Neuron `i` of layer `l` left out and its value added to the next bias, if it is a non-zero constant.
fn folded(draft: &Draft, l: usize, i: usize) -> Option<Draft> {
    let layer = &draft.layers[l];
    if !layer.row(i).iter().all(Rational::is_zero) {
        return None;
    }
    let value = draft
        .activation
        .value(&layer.bias[i], &RationalOrder)
        .ok()?;
    if value.is_zero() {
        return None;
    }
    let mut smaller = draft.clone();
    let next = &mut smaller.layers[l + 1];
    for k in 0..next.rows {
        let weight = next.get(k, i).clone();
        next.bias[k].add_product(&weight, &value);
    }
    remove_neuron(&mut smaller, l, i);
    Some(smaller)
}

/// Neuron `j` merged into neuron `i`: outgoing weights a_i + λ·a_j, where (w_j, b_j) = λ·(w_i, b_i) with λ > 0, else λ = 1.
///
/// For a positively homogeneous activation and proportional neurons the realization and the kinks stay.
fn merged(draft: &Draft, l: usize, i: usize, j: usize) -> Draft {
    let factor = positive_factor(draft, l, i, j).unwrap_or_else(Rational::one);
    let mut smaller = draft.clone();
    let next = &mut smaller.layers[l + 1];
    for k in 0..next.rows {
        let sum = next.get(k, i) + &(next.get(k, j) * &factor);
        next.set(k, i, sum);
    }
    remove_neuron(&mut smaller, l, j);
    smaller
}

fn positive_factor(draft: &Draft, l: usize, i: usize, j: usize) -> Option<Rational> {
    let layer = &draft.layers[l];
    let entries = |i: usize| layer.row(i).iter().chain([&layer.bias[i]]);
    let (first, second) = entries(i).zip(entries(j)).find(|(a, _)| !a.is_zero())?;
    let factor = second.over(first)?;
    let proportional = entries(i).zip(entries(j)).all(|(a, b)| &(a * &factor) == b);
    (factor.sign() == Sign::Positive && proportional).then_some(factor)
}

/// Rows made primitive: every row with its bias times the λ > 0 that makes it integer without common factor, once with the
/// outgoing weights divided by λ and once without.
pub(super) fn rescaled(draft: &Draft) -> Vec<Draft> {
    let mut list = Vec::new();
    for l in 0..draft.depth() {
        for i in 0..draft.layers[l].rows {
            let layer = &draft.layers[l];
            let Some(factor) = primitive_factor(layer.row(i).iter().chain([&layer.bias[i]])) else {
                continue;
            };
            let mut scaled = draft.clone();
            let layer = &mut scaled.layers[l];
            layer
                .row_mut(i)
                .iter_mut()
                .for_each(|weight| *weight *= &factor);
            layer.bias[i] *= &factor;
            if let Some(inverse) = factor.recip()
                && l + 1 < draft.depth()
            {
                let mut compensated = scaled.clone();
                let next = &mut compensated.layers[l + 1];
                for k in 0..next.rows {
                    let weight = next.get(k, i) * &inverse;
                    next.set(k, i, weight);
                }
                list.push(compensated);
            }
            list.push(scaled);
        }
    }
    list
}

/// lcm of the denominators over gcd of the numerators; `None` if it is 1, all are zero, or 64 bits do not suffice.
fn primitive_factor<'a>(entries: impl Iterator<Item = &'a Rational>) -> Option<Rational> {
    let (mut numerators, mut denominators) = (0_i64, 1_i64);
    for entry in entries {
        let (p, q) = entry.small_parts()?;
        numerators = gcd(numerators, p.abs());
        denominators = (denominators / gcd(denominators, q)).checked_mul(q)?;
    }
    let factor = Rational::new(denominators, numerators)?;
    (!factor.is_one()).then_some(factor)
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The same architecture, oriented otherwise: a row with its bias, a column or all weights of a layer negated; two neighbouring
/// hidden neurons, inputs or outputs exchanged.
pub(super) fn reoriented(draft: &Draft) -> Vec<Draft> {
    let mut list = Vec::new();
    let last = draft.depth() - 1;
    for l in 0..=last {
        for i in 0..draft.layers[l].rows {
            let mut negated = draft.clone();
            let layer = &mut negated.layers[l];
            layer
                .row_mut(i)
                .iter_mut()
                .for_each(|weight| *weight = -&*weight);
            layer.bias[i] = -&layer.bias[i];
            list.push(negated);
        }
        for j in 0..draft.layers[l].cols {
            let mut negated = draft.clone();
            let layer = &mut negated.layers[l];
            for i in 0..layer.rows {
                let weight = -layer.get(i, j);
                layer.set(i, j, weight);
            }
            list.push(negated);
        }
        let mut negated = draft.clone();
        negated.layers[l]
            .weights
            .iter_mut()
            .for_each(|weight| *weight = -&*weight);
        list.push(negated);
        for i in 1..draft.layers[l].rows {
            let mut swapped = draft.clone();
            swap_neurons(&mut swapped, l, i - 1, i);
            list.push(swapped);
        }
    }
    for j in 1..draft.layers[0].cols {
        let mut swapped = draft.clone();
        swapped.layers[0].swap_columns(j - 1, j);
        list.push(swapped);
    }
    list
}

/// Exchanges two rows of layer `l` and what reads them.
fn swap_neurons(draft: &mut Draft, l: usize, i: usize, j: usize) {
    let layer = &mut draft.layers[l];
    for k in 0..layer.cols {
        layer.weights.swap(i * layer.cols + k, j * layer.cols + k);
    }
    layer.bias.swap(i, j);
    if let Some(next) = draft.layers.get_mut(l + 1) {
        next.swap_columns(i, j);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use relu_core::network::Network;

    fn draft(text: &str) -> Draft {
        Draft::from_network(&text.parse::<Network>().unwrap())
    }

    fn texts(drafts: Vec<Draft>) -> Vec<String> {
        drafts
            .into_iter()
            .map(|draft| draft.finish().to_string())
            .collect()
    }

    #[test]
    fn proportional_neurons_merge_without_changing_the_realization() {
        let list = texts(fewer_neurons(&draft(
            "net(([[1],[3]], [2,6]), ([[5,7]], [0]))",
        )));
        // 5σ(x + 2) + 7σ(3x + 6) = 26σ(x + 2)
        assert!(
            list.contains(&"net(([[1]], [2]), ([[26]], [0]))".into()),
            "{list:?}"
        );
        let list = texts(fewer_neurons(&draft(
            "net(([[1],[-3]], [0,0]), ([[5,7]], [0]))",
        )));
        assert!(
            list.contains(&"net(([[1]], [0]), ([[12]], [0]))".into()),
            "{list:?}"
        );
    }

    #[test]
    fn constant_neurons_move_into_the_bias() {
        let list = texts(fewer_neurons(&draft(
            "net(([[0],[1]], [2,0]), ([[3,1]], [1]))",
        )));
        assert_eq!(list[0], "net(([[1]], [0]), ([[1]], [7]))");
    }

    #[test]
    fn a_last_neuron_stays() {
        assert!(fewer_neurons(&draft("net(([[1]], [0]), ([[1]], [0]))")).is_empty());
        assert!(fewer_neurons(&draft("net(([[1],[2]], [0,0]))")).is_empty());
    }

    #[test]
    fn rows_become_primitive_with_and_without_compensation() {
        let list = texts(rescaled(&draft("net(([[2/3]], [-4]), ([[5]], [0]))")));
        assert_eq!(
            list,
            [
                "net(([[1]], [-6]), ([[10/3]], [0]))",
                "net(([[1]], [-6]), ([[5]], [0]))",
                "net(([[2/3]], [-4]), ([[1]], [0]))"
            ]
        );
        assert!(rescaled(&draft("net(([[0]], [0]))")).is_empty());
    }

    #[test]
    fn neighbours_are_exchanged_with_their_outgoing_weights() {
        let list = texts(reoriented(&draft(
            "net(([[1],[2]], [3,4]), ([[5,6]], [7]))",
        )));
        assert!(list.contains(&"net(([[2],[1]], [4,3]), ([[6,5]], [7]))".into()));
        assert!(list.contains(&"net(([[1],[2]], [3,4]), ([[-5,-6]], [-7]))".into()));
        assert!(list.contains(&"net(([[1],[2]], [3,4]), ([[-5,6]], [7]))".into()));
    }
}
