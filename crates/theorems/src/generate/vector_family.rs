//! The vector families by name.

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::kinks::kinks;
use super::stream::Stream;
use super::vectors::{generic, integers, nodes, small, zero};

/// Longest vector that is drawn.
pub const MAX_VECTOR_LENGTH: usize = 4096;

/// A family of vectors; definitions and sources are in [`super::FAMILIES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VectorFamily {
    /// On kinks of a network.
    Kinks,
    /// Off all genuine kinks of a network.
    Generic,
    /// Coordinates 0, ±1, ±1/2.
    Small,
    /// The zero vector.
    Zero,
    /// Integer coordinates.
    Integers,
    /// Breakpoints of a network and midpoints between them.
    Nodes,
}

impl VectorFamily {
    /// Every family.
    pub const ALL: [Self; 6] = [
        Self::Kinks,
        Self::Generic,
        Self::Small,
        Self::Zero,
        Self::Integers,
        Self::Nodes,
    ];

    /// The name used in claim files; `kinks`, `generic` and `nodes` are called with a network.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kinks => "kinks",
            Self::Generic => "generic",
            Self::Small => "small",
            Self::Zero => "zero",
            Self::Integers => "integers",
            Self::Nodes => "nodes",
        }
    }

    /// The family with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// Whether the family needs a network.
    pub fn takes_network(self) -> bool {
        matches!(self, Self::Kinks | Self::Generic | Self::Nodes)
    }

    /// A vector of this length.
    ///
    /// `planted` are points worth trying first for `kinks` (see [`super::Drawn`]); those of another length are ignored.
    /// `None` if the family needs a network and there is none or one with another input dimension, if no generic
    /// point is found, or for a length of 0 or above [`MAX_VECTOR_LENGTH`].
    pub fn draw(
        self,
        stream: &mut Stream,
        length: usize,
        network: Option<&Network>,
        planted: &[Vec<Rational>],
    ) -> Option<Vec<Rational>> {
        if !(1..=MAX_VECTOR_LENGTH).contains(&length) {
            return None;
        }
        let network = network.filter(|phi| phi.indim() == length);
        match self {
            Self::Kinks => Some(kinks(stream, network?, planted)),
            Self::Generic => generic(stream, network?),
            Self::Nodes => Some(nodes(stream, network?)),
            Self::Small => Some(small(stream, length)),
            Self::Zero => Some(zero(length)),
            Self::Integers => Some(integers(stream, length)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    #[test]
    fn names_lead_back_to_families() {
        for family in VectorFamily::ALL {
            assert_eq!(VectorFamily::from_name(family.name()), Some(family));
        }
        assert_eq!(VectorFamily::from_name("kinks(phi)"), None);
    }

    #[test]
    fn lengths_and_networks_are_checked() {
        let mut stream = Stream::from_key(1, 8);
        let network: Network = "net(([[1, -1]], [0]), ([[1]], [0]))".parse().unwrap();
        for family in VectorFamily::ALL {
            let mut draw = |length, network| family.draw(&mut stream, length, network, &[]);
            assert_eq!(draw(0, Some(&network)), None);
            assert_eq!(draw(usize::MAX, Some(&network)), None);
            assert_eq!(draw(2, Some(&network)).map(|x| x.len()), Some(2));
            // The networks above read two inputs.
            assert_eq!(draw(3, Some(&network)).is_none(), family.takes_network());
            assert_eq!(draw(2, None).is_none(), family.takes_network());
        }
    }
}
