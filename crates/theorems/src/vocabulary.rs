//! The words a claim file may use, for the language's type checker.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use claim_language::expr::Type;
use claim_language::vocabulary::{Family, Function, Vocabulary};

use crate::bibliography::Bibliography;
use crate::generate::{FAMILIES, Kind};
use crate::native;

/// The natives, constants and families of this crate with a bibliography.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The sources a claim may cite.
    pub bibliography: Bibliography,
}

impl Words {
    /// The vocabulary with this bibliography.
    pub fn new(bibliography: Bibliography) -> Self {
        Self { bibliography }
    }
}

fn type_of(kind: Kind) -> Type {
    match kind {
        Kind::Network => Type::Network,
        Kind::Vector => Type::Vec,
        Kind::Real => Type::Real,
        Kind::Integer => Type::Int,
        Kind::Natural => Type::Nat,
        Kind::Matrix => Type::Matrix,
        Kind::Template => Type::Template,
        Kind::Polynomial => Type::Poly,
    }
}

/// Families by name; where one name serves several kinds the one of numbers is shown, which fills vectors entry by entry.
fn families() -> &'static BTreeMap<&'static str, Family> {
    static TABLE: LazyLock<BTreeMap<&'static str, Family>> = LazyLock::new(|| {
        let mut table: BTreeMap<&'static str, Family> = BTreeMap::new();
        for family in FAMILIES {
            let mut produces = type_of(family.produces);
            // A name that serves vectors and polynomials fills both, as families of numbers do.
            if let Some(other) = table.get(family.name)
                && !other.produces.is_numeric()
                && other.produces != produces
            {
                produces = Type::Real;
            }
            if produces.is_numeric() || !table.contains_key(family.name) {
                let parameters = family
                    .parameters
                    .iter()
                    .map(|kind| type_of(*kind))
                    .collect();
                let definition = family.definition;
                table.insert(
                    family.name,
                    Family {
                        name: family.name,
                        parameters,
                        produces,
                        definition,
                    },
                );
            }
        }
        let definition =
            "the values listed, `named(e, …)`, over the variables bound before; any domain";
        table.insert(
            "named",
            Family {
                name: "named",
                parameters: Vec::new(),
                produces: Type::Real,
                definition,
            },
        );
        table
    });
    &TABLE
}

impl Vocabulary for Words {
    fn function(&self, name: &str) -> Option<&Function> {
        native::by_name(name).map(|native| &native.function)
    }

    fn constant(&self, name: &str) -> Option<Type> {
        native::constant_type(name)
    }

    fn family(&self, name: &str) -> Option<&Family> {
        families().get(name)
    }

    fn function_names(&self) -> Vec<&str> {
        native::table()
            .iter()
            .map(|native| native.function.name)
            .chain(["defined"])
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn family_names(&self) -> Vec<&str> {
        families().keys().copied().collect()
    }

    fn constant_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = native::CONSTANTS.iter().copied().chain(["true"]).collect();
        names.sort_unstable();
        names
    }

    fn source(&self, key: &str) -> bool {
        self.bibliography.entries.contains_key(key)
    }

    fn sources(&self) -> Vec<&str> {
        self.bibliography
            .entries
            .keys()
            .map(String::as_str)
            .collect()
    }
}
