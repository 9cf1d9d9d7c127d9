//! Finite scopes: all networks with given architectures and entries from given finite sets.

use relu_core::activation::Activation;
use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::draft::Draft;

/// All networks with an architecture of a list, weights of one finite set and biases of another.
///
/// Duplicates in the three lists are dropped, so no network is met twice and the count is exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    activation: Activation,
    architectures: Vec<Vec<usize>>,
    weights: Vec<Rational>,
    biases: Vec<Rational>,
    /// Number of networks with each architecture.
    counts: Vec<u128>,
}

impl Scope {
    /// The scope with these lists, each in the order of its first occurrences.
    ///
    /// `None` for an architecture with fewer than two widths or a width 0, for an empty list, or if the number of networks does
    /// not fit 128 bits.
    pub fn new(
        activation: Activation,
        architectures: &[Vec<usize>],
        weights: &[Rational],
        biases: &[Rational],
    ) -> Option<Self> {
        let (architectures, weights, biases) =
            (distinct(architectures), distinct(weights), distinct(biases));
        let legal = |widths: &Vec<usize>| widths.len() >= 2 && !widths.contains(&0);
        let empty = architectures.is_empty() || weights.is_empty() || biases.is_empty();
        if empty || !architectures.iter().all(legal) {
            return None;
        }
        let count = |widths: &Vec<usize>| -> Option<u128> {
            let mut count = 1_u128;
            for pair in widths.windows(2) {
                let weight_entries = u32::try_from(pair[0].checked_mul(pair[1])?).ok()?;
                let choices = (weights.len() as u128).checked_pow(weight_entries)?;
                let bias_choices =
                    (biases.len() as u128).checked_pow(u32::try_from(pair[1]).ok()?)?;
                count = count.checked_mul(choices)?.checked_mul(bias_choices)?;
            }
            Some(count)
        };
        let counts: Vec<u128> = architectures.iter().map(count).collect::<Option<_>>()?;
        counts
            .iter()
            .try_fold(0_u128, |sum, count| sum.checked_add(*count))?;
        Some(Self {
            activation,
            architectures,
            weights,
            biases,
            counts,
        })
    }

    /// The exact number of networks.
    pub fn count(&self) -> u128 {
        self.counts.iter().sum()
    }

    /// The scope in words, with the exact count.
    pub fn description(&self) -> String {
        let list = |values: &[Rational]| {
            values
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let widths = |widths: &Vec<usize>| {
            let widths = widths.iter().map(ToString::to_string).collect::<Vec<_>>();
            format!("({})", widths.join(","))
        };
        format!(
            "all {} networks with activation {}, widths {}, weights in {{{}}}, biases in {{{}}}",
            self.count(),
            self.activation,
            self.architectures
                .iter()
                .map(widths)
                .collect::<Vec<_>>()
                .join(" "),
            list(&self.weights),
            list(&self.biases),
        )
    }

    /// The network with this index, 0 ≤ index < count; `None` outside.
    ///
    /// Architectures follow each other in the order of the list; within one the index is read as mixed-radix digits, layer by
    /// layer, weights row by row and then biases, the last entry being the fastest.
    pub fn network(&self, index: u128) -> Option<Network> {
        let mut rest = index;
        for (widths, &count) in self.architectures.iter().zip(&self.counts) {
            if rest < count {
                return Some(self.decode(widths, rest));
            }
            rest -= count;
        }
        None
    }

    fn decode(&self, widths: &[usize], mut digits: u128) -> Network {
        let mut draft = Draft::zeros(self.activation.clone(), widths);
        let mut next = |choices: &[Rational]| {
            let base = choices.len() as u128;
            let digit = usize::try_from(digits % base).expect("a digit is below the base, a usize");
            digits /= base;
            choices[digit].clone()
        };
        for layer in draft.layers.iter_mut().rev() {
            for bias in layer.bias.iter_mut().rev() {
                *bias = next(&self.biases);
            }
            for weight in layer.weights.iter_mut().rev() {
                *weight = next(&self.weights);
            }
        }
        draft.finish()
    }

    /// All networks of the scope in the order of their indices.
    pub fn networks(&self) -> impl Iterator<Item = Network> + '_ {
        self.architectures
            .iter()
            .zip(&self.counts)
            .flat_map(move |(widths, &count)| {
                (0..count).map(move |index| self.decode(widths, index))
            })
    }
}

fn distinct<T: Clone + PartialEq>(values: &[T]) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(values.len());
    for value in values {
        if !kept.contains(value) {
            kept.push(value.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use std::collections::HashSet;

    fn integers(values: &[i64]) -> Vec<Rational> {
        values.iter().copied().map(Rational::from_integer).collect()
    }

    fn signs(architectures: &[Vec<usize>], biases: &[i64]) -> Option<Scope> {
        Scope::new(
            Activation::Relu,
            architectures,
            &integers(&[-1, 0, 1]),
            &integers(biases),
        )
    }

    #[test]
    fn the_count_is_exact_and_nothing_is_met_twice() {
        // (1,1): 3·3; (1,2,1): 3⁴·3³; together 9 + 2187.
        let scope = signs(&[vec![1, 1], vec![1, 2, 1]], &[-1, 0, 1]).unwrap();
        assert_eq!(scope.count(), 2196);
        let met: HashSet<Network> = scope.networks().collect();
        assert_eq!(met.len(), 2196);
        assert!(
            met.iter()
                .all(|phi| phi.max_abs_bias() <= Rational::one() && phi.width() <= 2)
        );
        let identity = "net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))".parse().unwrap();
        assert!(met.contains(&identity));
    }

    #[test]
    fn indices_and_the_iterator_agree() {
        let scope = signs(&[vec![2, 1], vec![1, 1, 1]], &[0, 1]).unwrap();
        for (index, network) in scope.networks().enumerate() {
            assert_eq!(scope.network(index as u128), Some(network));
        }
        assert_eq!(scope.network(scope.count()), None);
        assert_eq!(scope.network(u128::MAX), None);
        let first = scope.network(0).unwrap();
        assert_eq!(first.to_string(), "net(([[-1,-1]], [0]))");
    }

    #[test]
    fn the_description_names_the_scope() {
        let scope = signs(&[vec![1, 1]], &[0]).unwrap();
        assert_eq!(
            scope.description(),
            "all 3 networks with activation relu, widths (1,1), weights in {-1, 0, 1}, biases in {0}"
        );
    }

    #[test]
    fn duplicates_do_not_count() {
        let scope = Scope::new(
            Activation::Relu,
            &[vec![1, 1], vec![1, 1]],
            &integers(&[0, 1, 1]),
            &integers(&[0, 0]),
        );
        assert_eq!(scope.unwrap().count(), 2);
    }

    #[test]
    fn illegal_scopes_are_refused() {
        assert!(signs(&[], &[0]).is_none());
        assert!(signs(&[vec![1]], &[0]).is_none());
        assert!(signs(&[vec![1, 0, 1]], &[0]).is_none());
        assert!(signs(&[vec![1, 1]], &[]).is_none());
        // 3^(9·9 + …) overflows 128 bits.
        assert!(signs(&[vec![9, 9, 9]], &[0]).is_none());
        assert!(signs(&[vec![usize::MAX, usize::MAX]], &[0]).is_none());
    }
}
