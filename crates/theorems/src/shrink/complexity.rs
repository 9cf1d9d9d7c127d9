//! The well-founded measure that every candidate decreases.

use relu_core::field::Sign;
use relu_core::network::Network;
use relu_core::number::rational::Rational;

/// How complicated an object is; compared component by component in the order of the fields.
///
/// Complexities of the parts of an instance add up ([`Complexity::plus`]); a sum decreases if one part decreases and the
/// others stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complexity {
    /// Layers of networks and templates.
    pub layers: usize,
    /// Widths N₀ + … + N_L of networks and templates, lengths of vectors, numbers of parameters.
    pub size: usize,
    /// Entries that are not zero.
    pub nonzeros: usize,
    /// Σ (q − 1) over the entries p/q; a natural number.
    pub denominators: Rational,
    /// Σ (2·|p|, plus 1 for p < 0) over the entries p/q; a natural number.
    pub numerators: Rational,
    /// Number of entries. Before `order`, so that orders of different lengths are never compared entry by entry.
    pub(super) entries: usize,
    /// Per entry in reading order: whether it is zero, and its summand of `numerators`.
    pub(super) order: Vec<(bool, Rational)>,
}

impl Complexity {
    /// The complexity of the two objects together.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        self.layers += other.layers;
        self.size += other.size;
        self.nonzeros += other.nonzeros;
        self.denominators += &other.denominators;
        self.numerators += &other.numerators;
        self.entries += other.entries;
        self.order.extend(other.order);
        self
    }

    /// Counts one entry of an object.
    pub(super) fn count(&mut self, entry: &Rational) {
        let (numerator, denominator) = magnitudes(entry);
        if !entry.is_zero() {
            self.nonzeros += 1;
        }
        self.denominators += &(&denominator - &Rational::one());
        let mut weight = &numerator + &numerator;
        if entry.sign() == Sign::Negative {
            weight += &Rational::one();
        }
        self.numerators += &weight;
        self.entries += 1;
        self.order.push((entry.is_zero(), weight));
    }
}

/// |p| and q of p/q.
pub(super) fn magnitudes(value: &Rational) -> (Rational, Rational) {
    match value.small_parts() {
        Some((p, q)) => (Rational::from_integer(p).abs(), Rational::from_integer(q)),
        None => {
            let numerator = Rational::from(value.numerator()).abs();
            // Small numbers include 0, so this one is not: q = |p| / |p/q|.
            let denominator = numerator.over(&value.abs());
            (numerator, denominator.unwrap_or_else(Rational::one))
        }
    }
}

/// Objects with a complexity.
pub trait Measured {
    /// The complexity of the object on its own.
    fn complexity(&self) -> Complexity;
}

impl Measured for Rational {
    fn complexity(&self) -> Complexity {
        let mut complexity = Complexity::default();
        complexity.count(self);
        complexity
    }
}

impl Measured for [Rational] {
    fn complexity(&self) -> Complexity {
        let mut complexity = Complexity {
            size: self.len(),
            ..Complexity::default()
        };
        self.iter().for_each(|entry| complexity.count(entry));
        complexity
    }
}

impl Measured for Vec<Rational> {
    fn complexity(&self) -> Complexity {
        self.as_slice().complexity()
    }
}

impl Measured for Network {
    fn complexity(&self) -> Complexity {
        let zero = Rational::zero();
        let mut complexity = Complexity {
            layers: self.depth(),
            size: self.layer_sum(),
            ..Complexity::default()
        };
        for layer in self.layers() {
            for i in 0..layer.rows() {
                let mut stored = layer.entries(i).peekable();
                for j in 0..layer.cols() {
                    let entry = stored.next_if(|&(column, _)| column == j);
                    complexity.count(entry.map_or(&zero, |(_, weight)| weight));
                }
            }
            layer
                .biases()
                .iter()
                .for_each(|bias| complexity.count(bias));
        }
        complexity
    }
}

impl<A: Measured, B: Measured> Measured for (A, B) {
    fn complexity(&self) -> Complexity {
        self.0.complexity().plus(self.1.complexity())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    fn network(text: &str) -> Complexity {
        text.parse::<Network>().unwrap().complexity()
    }

    fn number(text: &str) -> Complexity {
        text.parse::<Rational>().unwrap().complexity()
    }

    #[test]
    fn numbers_are_ordered_as_written_down() {
        let ascending = [
            "0", "1", "-1", "2", "-2", "3", "10", "1/2", "-1/2", "3/2", "1/3", "22/7", "1/101",
        ];
        for pair in ascending.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{} {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn big_numbers_have_a_complexity_too() {
        assert!(
            number("123456789012345678901234567890") > number("123456789012345678901234567889")
        );
        assert!(number("1/123456789012345678901234567890") > number("7/101"));
    }

    #[test]
    fn layers_come_before_neurons_and_neurons_before_entries() {
        let shallow = network("net(([[5], [7], [-9/4]], [1, 2, 3]), ([[1, 1, 1]], [8]))");
        let deep = network("net(([[0]], [0]), ([[0]], [0]), ([[0]], [0]))");
        assert!(shallow < deep);
        let narrow = network("net(([[5]], [1]), ([[100]], [8/9]))");
        assert!(narrow < shallow);
        assert!(network("net(([[0]], [3]))") > network("net(([[0]], [2]))"));
        assert!(network("net(([[1/2]], [0]))") > network("net(([[100]], [0]))"));
    }

    #[test]
    fn ties_are_broken_by_reading_order() {
        let canonical = network("net(([[1], [-1]], [0, 0]), ([[1, -1]], [0]))");
        for other in [
            "net(([[1], [-1]], [0, 0]), ([[-1, 1]], [0]))",
            "net(([[-1], [1]], [0, 0]), ([[1, -1]], [0]))",
            "net(([[-1], [1]], [0, 0]), ([[-1, 1]], [0]))",
        ] {
            assert!(canonical < network(other));
        }
        assert!(network("net(([[1, 0]], [0]))") < network("net(([[0, 1]], [0]))"));
    }

    #[test]
    fn sums_decrease_with_their_parts() {
        let (small, large, rest) = (number("1"), number("-1"), network("net(([[2]], [1/3]))"));
        assert!(small.clone().plus(rest.clone()) < large.clone().plus(rest.clone()));
        assert!(rest.clone().plus(small) < rest.plus(large));
    }
}
