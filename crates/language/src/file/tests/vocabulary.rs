//! The vocabulary of the worked claims: the crate's test vocabulary and what they need besides.

use std::sync::OnceLock;

use crate::expr::Type;
use crate::vocabulary::testing::TestVocabulary;
use crate::vocabulary::{Family, Function, Overload, Vocabulary};

pub(crate) struct ClaimVocabulary {
    base: TestVocabulary,
    functions: Vec<Function>,
    families: Vec<Family>,
}

/// Name and signatures; they come before those of the test vocabulary.
#[rustfmt::skip]
const FUNCTIONS: &[(&str, &[&str])] = &[
    ("N", &["nat nat nat real exponent -> class"]),
    ("O", &["real -> real"]),
    ("bump_norm", &["nat exponent -> real"]),
    ("ceil_root", &["nat nat -> nat"]),
    ("gradient", &["target vec -> vec"]),
    ("has_vanishing_neuron", &["template vec vec -> bool"]),
    ("indim", &["network -> nat", "template -> nat", "target -> nat"]),
    ("kappa", &["nat -> real"]),
    ("norm_1", &["vec -> real"]),
    ("polynomial_at", &["poly nat int -> network"]),
    ("total_degree", &["poly -> nat"]),
];

const FAMILIES: &[(&str, &[Type], Type)] = &[
    ("G2", &[], Type::Network),
    ("G3", &[], Type::Network),
    ("G4", &[], Type::Network),
    ("G6", &[], Type::Network),
    ("G8", &[], Type::Network),
    ("cancelling", &[], Type::Poly),
    ("frozen-zero-bias", &[], Type::Template),
    ("named", &[], Type::Poly),
    ("repeated-exponents", &[], Type::Poly),
    ("tied", &[], Type::Template),
    ("values", &[Type::Real], Type::Real),
];

const SOURCES: [&str; 5] = [
    "begj-2019",
    "bgv-2022",
    "derived",
    "kutyniok-expressivity",
    "slides-regularity",
];

fn type_of(word: &str) -> Type {
    match word {
        "bool" => Type::Bool,
        "nat" => Type::Nat,
        "int" => Type::Int,
        "real" => Type::Real,
        "vec" => Type::Vec,
        "network" => Type::Network,
        "template" => Type::Template,
        "poly" => Type::Poly,
        "target" => Type::Target,
        "exponent" => Type::Exponent,
        "class" => Type::Opaque("class"),
        _ => panic!("no type `{word}`"),
    }
}

/// The vocabulary, built once.
pub(crate) fn get() -> &'static ClaimVocabulary {
    static VOCABULARY: OnceLock<ClaimVocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| ClaimVocabulary {
        base: TestVocabulary::new(),
        functions: FUNCTIONS
            .iter()
            .map(|(name, signatures)| function(name, signatures))
            .collect(),
        families: FAMILIES
            .iter()
            .map(|(name, parameters, produces)| Family {
                name,
                parameters: parameters.to_vec(),
                produces: produces.clone(),
                definition: "a test family",
            })
            .collect(),
    })
}

fn function(name: &'static str, signatures: &[&str]) -> Function {
    let overloads = signatures.iter().map(|signature| {
        let (parameters, result) = signature
            .split_once("->")
            .expect("every signature has an arrow");
        Overload::new(
            parameters.split_whitespace().map(type_of).collect(),
            type_of(result.trim()),
        )
    });
    Function {
        name,
        overloads: overloads.collect(),
        partial: false,
        definition: "a test function",
        source: "derived",
        revision: 1,
        twins: Vec::new(),
        tex: None,
        unicode: None,
    }
}

impl Vocabulary for ClaimVocabulary {
    fn function(&self, name: &str) -> Option<&Function> {
        self.functions
            .iter()
            .find(|function| function.name == name)
            .or_else(|| self.base.function(name))
    }

    fn constant(&self, name: &str) -> Option<Type> {
        self.base.constant(name)
    }

    fn family(&self, name: &str) -> Option<&Family> {
        self.families
            .iter()
            .find(|family| family.name == name)
            .or_else(|| self.base.family(name))
    }

    fn function_names(&self) -> Vec<&str> {
        let mut names = self.base.function_names();
        names.extend(self.functions.iter().map(|function| function.name));
        names.sort_unstable();
        names.dedup();
        names
    }

    fn family_names(&self) -> Vec<&str> {
        let mut names = self.base.family_names();
        names.extend(self.families.iter().map(|family| family.name));
        names.sort_unstable();
        names.dedup();
        names
    }

    fn constant_names(&self) -> Vec<&str> {
        self.base.constant_names()
    }

    fn source(&self, key: &str) -> bool {
        SOURCES.contains(&key)
    }

    fn sources(&self) -> Vec<&str> {
        SOURCES.to_vec()
    }

    fn field(&self, name: &str) -> Option<Type> {
        self.base.field(name)
    }

    fn field_names(&self) -> Vec<&str> {
        self.base.field_names()
    }
}
