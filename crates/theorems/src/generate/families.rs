//! The table of all families, for the vocabulary and the documentation.

/// The kind of a parameter or of a product of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A network.
    Network,
    /// A vector of rationals; its length comes from the quantifier.
    Vector,
    /// A real number, drawn rational.
    Real,
    /// An integer.
    Integer,
    /// A natural number.
    Natural,
    /// A matrix; its shape comes from the quantifier.
    Matrix,
    /// A template.
    Template,
    /// A polynomial; its number of variables comes from the quantifier.
    Polynomial,
}

/// One family of random objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamilyInfo {
    /// Name in claim files; unique among the families that produce the same kind.
    pub name: &'static str,
    /// Kinds of the arguments in claim files.
    pub parameters: &'static [Kind],
    /// What is drawn.
    pub produces: Kind,
    /// What is drawn, in words.
    pub definition: &'static str,
    /// Where the family comes from.
    pub source: &'static str,
}

impl FamilyInfo {
    /// The family with this name and product.
    pub fn find(name: &str, produces: Kind) -> Option<&'static Self> {
        FAMILIES
            .iter()
            .find(|family| family.name == name && family.produces == produces)
    }
}

const HOUSE: &str = "derived: hard cases";
const ZERO: &str = "the zero vector, number or polynomial";

const fn network(name: &'static str, definition: &'static str, source: &'static str) -> FamilyInfo {
    FamilyInfo {
        name,
        parameters: &[],
        produces: Kind::Network,
        definition,
        source,
    }
}

const fn at_network(name: &'static str, definition: &'static str) -> FamilyInfo {
    let parameters = &[Kind::Network];
    FamilyInfo {
        name,
        parameters,
        produces: Kind::Vector,
        definition,
        source: HOUSE,
    }
}

const fn plain(name: &'static str, produces: Kind, definition: &'static str) -> FamilyInfo {
    FamilyInfo {
        name,
        parameters: &[],
        produces,
        definition,
        source: HOUSE,
    }
}

const fn polynomial(name: &'static str, definition: &'static str) -> FamilyInfo {
    let source = "derived: claim poly-explicit";
    FamilyInfo {
        name,
        parameters: &[],
        produces: Kind::Polynomial,
        definition,
        source,
    }
}

const fn template(name: &'static str, definition: &'static str) -> FamilyInfo {
    let source = "derived: claims backprop-ae, param-map-piecewise-polynomial, backprop-no-c";
    FamilyInfo {
        name,
        parameters: &[],
        produces: Kind::Template,
        definition,
        source,
    }
}

/// All families, networks first.
///
/// Unless hints say otherwise networks have 1 to 3 inputs and outputs, depth 1 to 4 and hidden widths 1 to 4, small ones more
/// often.
pub const FAMILIES: &[FamilyInfo] = &[
    network(
        "G1",
        "weights in {-2,...,2} with 40 % zeros, biases in {-1, 0, 0, 0, 1}",
        HOUSE,
    ),
    network(
        "G2",
        "dead layers: G1 with hidden rows whose pre-activation is a kink on an open set, as -s(.)-s(.) for ReLU; depth >= 2",
        HOUSE,
    ),
    network(
        "G3",
        "zero rows, zero layers and zero networks: pre-activations that are a kink everywhere",
        HOUSE,
    ),
    network(
        "G4",
        "hidden neurons in pairs (w,b),(w,b) or (w,b),(-w,-b), read with opposite weights; depth >= 2",
        HOUSE,
    ),
    network(
        "G5",
        "image inside a kink set: dependent outputs as in x -> (x,x), a first row (1,-1), or both inside the network",
        HOUSE,
    ),
    network(
        "G6",
        "textbook constructions: identity, hat, sawtooth, square and the product on the unit square, on drawn coordinates",
        HOUSE,
    ),
    network(
        "G7",
        "degenerate factors: depth 1, zero weights in the outer layers, bottlenecks of width 1, large fan-out behind them",
        HOUSE,
    ),
    network(
        "G8",
        "planted kinks: G1 with biases overwritten so that pre-activations are kinks at a drawn point; depth >= 2",
        HOUSE,
    ),
    network(
        "W",
        "networks named by the sources: W1, W2, W3, identities, hat, sawtooth, squares, ramps, shears and other witnesses",
        "derived: networks of the claims",
    ),
    network(
        "constant",
        "G1 with one layer without weights: constant realizations",
        "derived: claims classical-chain-rule, w1inf-chain-constant",
    ),
    network(
        "depth1",
        "affine maps with G1 entries",
        "derived: claims compose-realization, compose-monoid, compose-depth",
    ),
    at_network(
        "kinks",
        "inputs at which hidden pre-activations of the network are kinks: planted points, exact solutions on random lines, points on two kinks",
    ),
    at_network(
        "generic",
        "inputs with coordinates n/p, p >= 101 prime, at which no pre-activation is on a genuine kink (exact test)",
    ),
    at_network(
        "nodes",
        "breakpoints of the network along a line, midpoints between them, points beyond them",
    ),
    plain(
        "small",
        Kind::Vector,
        "coordinates 0, 1, -1, 1/2, -1/2, sometimes n/4",
    ),
    plain("zero", Kind::Vector, ZERO),
    plain(
        "integers",
        Kind::Vector,
        "integer coordinates of absolute value up to 3, sometimes 50",
    ),
    plain(
        "small",
        Kind::Real,
        "0, 1, -1, 1/2, -1/2, 2, -3, 1/3 and other simple numbers",
    ),
    plain(
        "small",
        Kind::Integer,
        "integers of the range, its ends and small sizes more often",
    ),
    plain(
        "small",
        Kind::Natural,
        "natural numbers of the range, its ends and small sizes more often",
    ),
    plain(
        "small",
        Kind::Matrix,
        "entries 0, 1, -1, 2, -2, 1/2; sometimes zero or of rank one",
    ),
    plain(
        "small",
        Kind::Polynomial,
        "up to 5 terms with exponents up to 8 and small coefficients",
    ),
    plain("zero", Kind::Polynomial, ZERO),
    polynomial(
        "repeated-exponents",
        "up to 5 terms, every exponent 0, 1 or one number e",
    ),
    polynomial(
        "cancelling",
        "differences of monomials with one coefficient, sometimes 100, so that the value at (1,…,1) is 0",
    ),
    template(
        "free",
        "one output; each of at most 6 parameters is one weight or bias, other entries are frozen small integers",
    ),
    template(
        "frozen-zero-bias",
        "one output; at most 6 parameters, each one weight; all biases are 0",
    ),
    template(
        "tied",
        "one output; shared parameters: (t,-t) pairs, duplicated neurons, t in every layer, t times W1 to W3, sums of parameters",
    ),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use crate::generate::{NetworkFamily, PolynomialFamily, TemplateFamily, VectorFamily};
    use std::collections::BTreeSet;

    fn names(kind: Kind) -> BTreeSet<&'static str> {
        FAMILIES
            .iter()
            .filter(|family| family.produces == kind)
            .map(|family| family.name)
            .collect()
    }

    #[test]
    fn the_table_lists_exactly_the_families_that_can_be_drawn() {
        assert_eq!(
            names(Kind::Network),
            NetworkFamily::ALL.iter().map(|f| f.name()).collect()
        );
        assert_eq!(
            names(Kind::Vector),
            VectorFamily::ALL.iter().map(|f| f.name()).collect()
        );
        assert_eq!(
            names(Kind::Template),
            TemplateFamily::ALL.iter().map(|f| f.name()).collect()
        );
        assert_eq!(
            names(Kind::Polynomial),
            PolynomialFamily::ALL.iter().map(|f| f.name()).collect()
        );
        for kind in [Kind::Real, Kind::Integer, Kind::Natural, Kind::Matrix] {
            assert_eq!(names(kind), BTreeSet::from(["small"]));
        }
    }

    #[test]
    fn names_are_unique_per_product() {
        let keys: BTreeSet<_> = FAMILIES.iter().map(|f| (f.produces, f.name)).collect();
        assert_eq!(keys.len(), FAMILIES.len());
        assert!(FamilyInfo::find("small", Kind::Network).is_none());
        assert_eq!(
            FamilyInfo::find("kinks", Kind::Vector).unwrap().parameters,
            [Kind::Network]
        );
    }

    #[test]
    fn only_network_dependent_families_have_parameters() {
        for family in VectorFamily::ALL {
            let info = FamilyInfo::find(family.name(), Kind::Vector).unwrap();
            assert_eq!(!info.parameters.is_empty(), family.takes_network());
        }
    }
}
