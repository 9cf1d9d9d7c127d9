//! The network families by name.

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::hints::NetworkHints;
use super::stream::Stream;
use super::{bottleneck, degenerate, image, named, plain, planted, structured};

/// A drawn network with inputs at which it is interesting (possibly none).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The network.
    pub network: Network,
    /// Inputs of length N₀: planted kinks, nodes of a construction, points where a named network is a witness.
    pub planted: Vec<Vec<Rational>>,
}

/// A family of networks; definitions and sources are in [`super::FAMILIES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NetworkFamily {
    /// Small integers.
    G1,
    /// Dead layers.
    G2,
    /// Zero rows and zero networks.
    G3,
    /// Paired neurons.
    G4,
    /// Image inside a kink set.
    G5,
    /// Textbook constructions.
    G6,
    /// Degenerate factors.
    G7,
    /// Planted kinks.
    G8,
    /// Named networks.
    Named,
    /// Constant realizations.
    Constant,
    /// Affine maps.
    Affine,
}

impl NetworkFamily {
    /// Every family, in the order of their numbers.
    pub const ALL: [Self; 11] = [
        Self::G1,
        Self::G2,
        Self::G3,
        Self::G4,
        Self::G5,
        Self::G6,
        Self::G7,
        Self::G8,
        Self::Named,
        Self::Constant,
        Self::Affine,
    ];

    /// The name used in claim files.
    pub fn name(self) -> &'static str {
        match self {
            Self::G1 => "G1",
            Self::G2 => "G2",
            Self::G3 => "G3",
            Self::G4 => "G4",
            Self::G5 => "G5",
            Self::G6 => "G6",
            Self::G7 => "G7",
            Self::G8 => "G8",
            Self::Named => "W",
            Self::Constant => "constant",
            Self::Affine => "depth1",
        }
    }

    /// The family with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// A network of the family that agrees with the hints.
    ///
    /// `None` if the hints are impossible or the family has no such network: G2, G4 and G8 need depth ≥ 2, `depth1` depth 1,
    /// `W` a named network with these sizes; G8 needs an activation with exact values at the drawn point.
    pub fn draw(self, stream: &mut Stream, hints: &NetworkHints) -> Option<Drawn> {
        match self {
            Self::G1 => plain::small_integers(stream, hints),
            Self::G2 => degenerate::dead_layers(stream, hints),
            Self::G3 => degenerate::zero_rows(stream, hints),
            Self::G4 => degenerate::paired_neurons(stream, hints),
            Self::G5 => image::kink_image(stream, hints),
            Self::G6 => structured::textbook(stream, hints),
            Self::G7 => bottleneck::bottleneck(stream, hints),
            Self::G8 => planted::plant_kink(stream, hints),
            Self::Named => named::named(stream, hints),
            Self::Constant => plain::constant(stream, hints),
            Self::Affine => plain::affine(stream, hints),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_families() {
        for family in NetworkFamily::ALL {
            assert_eq!(NetworkFamily::from_name(family.name()), Some(family));
        }
        for wrong in ["", "g1", "G9", "W1", "named"] {
            assert_eq!(NetworkFamily::from_name(wrong), None);
        }
    }

    #[test]
    fn equal_streams_give_equal_networks() {
        for family in NetworkFamily::ALL {
            for key in 0..20 {
                let draw = || family.draw(&mut Stream::from_key(key, 8), &NetworkHints::default());
                assert_eq!(draw(), draw(), "{}", family.name());
                assert!(draw().is_some(), "{}", family.name());
            }
        }
    }
}
