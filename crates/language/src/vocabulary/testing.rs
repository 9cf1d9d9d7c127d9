//! A small vocabulary for the tests of this crate.

use super::{Family, Function, Overload, Twin, Vocabulary};
use crate::expr::Type;

/// About forty natives with the names of the real vocabulary, enough for every claim shape.
pub(crate) struct TestVocabulary {
    functions: Vec<Function>,
    families: Vec<Family>,
}

const NUMBERS: [&str; 4] = ["nat -> nat", "int -> int", "rat -> rat", "real -> real"];
const PAIRS: [&str; 4] = [
    "nat nat -> nat",
    "int int -> int",
    "rat rat -> rat",
    "real real -> real",
];

/// Name, signatures, TeX template.
#[rustfmt::skip]
const FUNCTIONS: &[(&str, &[&str], Option<&str>)] = &[
    ("abs", &NUMBERS, Some(r"\left|#1\right|")),
    ("act", &["activation real -> real"], None),
    ("activation", &["network -> activation"], None),
    ("backprop", &["template vec vec real -> vec"], None),
    ("beside", &["matrix matrix -> matrix"], None),
    ("binom", &["nat nat -> nat"], Some(r"\binom{#1}{#2}")),
    ("ceil", &["real -> int"], Some(r"\left\lceil #1\right\rceil")),
    ("ceil_log", &["real real -> int"], Some(r"\left\lceil\log_{#1} #2\right\rceil")),
    ("ceil_log2", &["real -> int"], Some(r"\left\lceil\log_2 #1\right\rceil")),
    ("clarke", &["network vec -> set(matrix)"], Some(r"\partial R#1(#2)")),
    ("coeffs", &["poly -> vec"], None),
    ("compose", &["network network -> network"], Some(r"#1\circ #2")),
    ("connectivity", &["network -> nat"], Some(r"\left\|#1\right\|_0")),
    ("depth", &["network -> nat"], Some("L(#1)")),
    ("deriv", &["network vec real -> matrix"], Some(r"D_{#3}#1(#2)")),
    ("deriv_along", &["network vec vec -> matrix"], None),
    ("derivs_near", &["network vec real -> set(matrix)"], None),
    ("dot", &["vec vec -> real"], Some(r"\left\langle #1,#2\right\rangle")),
    ("floor", &["real -> int"], Some(r"\left\lfloor #1\right\rfloor")),
    ("free_params", &["template -> nat"], None),
    ("global", &["target nat real real real -> network"], None),
    ("growth", &["target -> record"], None),
    ("growth_certified", &["target nat real -> bool"], None),
    ("has_zero_preactivation", &["network vec -> bool"], None),
    ("hat", &["-> network"], None),
    ("implies", &["bool bool -> bool"], Some(r"#1\Rightarrow #2")),
    ("in_hull", &["matrix set(matrix) -> bool"], Some(r"#1\in\operatorname{conv} #2")),
    ("indim", &["network -> nat", "template -> nat"], Some("d(#1)")),
    ("inv", &["exponent -> real"], Some(r"\frac{1}{#1}")),
    ("jacobian", &["network vec -> matrix"], Some(r"(R#1)'(#2)")),
    ("leaky", &["rat -> activation"], None),
    ("max", &PAIRS, None),
    ("max_abs_weight", &["network -> real"], None),
    ("mean_queries", &["learner -> real"], None),
    ("min", &PAIRS, None),
    ("nnz", &["vec -> nat", "matrix -> nat"], Some(r"\left\|#1\right\|_0")),
    ("norm2", &["vec -> real"], Some(r"\left\|#1\right\|_2")),
    ("norm_inf", &["vec -> real", "matrix -> real"], Some(r"\left\|#1\right\|_\infty")),
    ("outdim", &["network -> nat", "template -> nat"], None),
    ("param_gradient", &["template vec vec -> vec"], None),
    ("sqrt", &["real -> real"], Some(r"\sqrt{#1}")),
    ("sup_error", &["network target box -> real"], None),
    ("transpose", &["matrix -> matrix"], Some(r"{#1}^{\top}")),
    ("value", &["network vec -> vec"], Some(r"R#1(#2)")),
    ("w1inf_error", &["network target box -> real", "network poly box -> real"], None),
    ("weight_bound", &["network -> real"], Some(r"\left\|#1\right\|_\infty")),
    ("width", &["network -> nat"], None),
    ("worst_error", &["learner class exponent -> real"], None),
];

/// Function, twin, parameter types.
const TWINS: &[(&str, &str, &str)] = &[
    ("compose", "swapped", "network network"),
    ("deriv", "midpoint", "network vec"),
    ("deriv", "post", "network vec real"),
    ("deriv", "tolerance", "network vec real real"),
];

const CONSTANTS: &[(&str, &str)] = &[
    ("Rd", "box"),
    ("absolute", "activation"),
    ("false", "bool"),
    ("inf", "exponent"),
    ("relu", "activation"),
    ("true", "bool"),
];

const FIELDS: &[(&str, &str)] = &[("C", "real"), ("f0", "real"), ("kappa", "nat")];

/// Name, parameters, product.
const FAMILIES: &[(&str, &str, &str)] = &[
    ("G1", "", "network"),
    ("G5", "", "network"),
    ("G7", "", "network"),
    ("free", "", "template"),
    ("generic", "network", "vec"),
    ("kinks", "network", "vec"),
    ("small", "", "vec"),
    ("zero", "", "vec"),
];

const SOURCES: [&str; 3] = ["begj-2019", "derived", "slides-regularity"];

fn type_of(word: &str) -> Type {
    match word {
        "bool" => Type::Bool,
        "nat" => Type::Nat,
        "int" => Type::Int,
        "rat" => Type::Rat,
        "real" => Type::Real,
        "vec" => Type::Vec,
        "matrix" => Type::Matrix,
        "network" => Type::Network,
        "template" => Type::Template,
        "activation" => Type::Activation,
        "poly" => Type::Poly,
        "target" => Type::Target,
        "exponent" => Type::Exponent,
        "box" => Type::Box_,
        "function" => Type::Function,
        "record" => Type::Record,
        "set(matrix)" => Type::Set(Box::new(Type::Matrix)),
        "learner" => Type::Opaque("learner"),
        "class" => Type::Opaque("class"),
        _ => panic!("no type `{word}` in the test vocabulary"),
    }
}

fn types_of(words: &str) -> Vec<Type> {
    words.split_whitespace().map(type_of).collect()
}

fn find<'a, T>(items: &'a [T], name: &str, key: impl Fn(&T) -> &str) -> Option<&'a T> {
    items.iter().find(|item| key(item) == name)
}

impl TestVocabulary {
    pub(crate) fn new() -> Self {
        let functions = FUNCTIONS.iter().map(|(name, signatures, tex)| Function {
            name,
            overloads: signatures
                .iter()
                .map(|signature| {
                    let (parameters, result) = signature
                        .split_once("->")
                        .expect("every signature has an arrow");
                    Overload::new(types_of(parameters), type_of(result.trim()))
                })
                .collect(),
            partial: false,
            definition: "a test function",
            source: "derived",
            revision: 1,
            twins: TWINS
                .iter()
                .filter(|(function, ..)| function == name)
                .map(|(_, twin, parameters)| Twin {
                    name: twin,
                    parameters: types_of(parameters),
                    definition: "a test twin",
                    confusion: "none",
                    witness: "none",
                })
                .collect(),
            tex: *tex,
            unicode: None,
        });
        let families = FAMILIES.iter().map(|(name, parameters, produces)| Family {
            name,
            parameters: types_of(parameters),
            produces: type_of(produces),
            definition: "a test family",
        });
        Self {
            functions: functions.collect(),
            families: families.collect(),
        }
    }
}

impl Vocabulary for TestVocabulary {
    fn function(&self, name: &str) -> Option<&Function> {
        find(&self.functions, name, |function| function.name)
    }

    fn constant(&self, name: &str) -> Option<Type> {
        find(CONSTANTS, name, |constant| constant.0).map(|(_, of)| type_of(of))
    }

    fn family(&self, name: &str) -> Option<&Family> {
        find(&self.families, name, |family| family.name)
    }

    fn function_names(&self) -> Vec<&str> {
        self.functions
            .iter()
            .map(|function| function.name)
            .collect()
    }

    fn family_names(&self) -> Vec<&str> {
        self.families.iter().map(|family| family.name).collect()
    }

    fn constant_names(&self) -> Vec<&str> {
        CONSTANTS.iter().map(|(name, _)| *name).collect()
    }

    fn source(&self, key: &str) -> bool {
        SOURCES.contains(&key)
    }

    fn sources(&self) -> Vec<&str> {
        SOURCES.to_vec()
    }

    fn field(&self, name: &str) -> Option<Type> {
        find(FIELDS, name, |field| field.0).map(|(_, of)| type_of(of))
    }

    fn field_names(&self) -> Vec<&str> {
        FIELDS.iter().map(|(name, _)| *name).collect()
    }
}
