//! The texts of a card, made from a claim file by the printers of the language.
#![allow(clippy::unwrap_used)]

mod support;

use claim_language::expr::Type;
use claim_language::file::Claim;
use claim_language::vocabulary::{Family, Function, Overload, Vocabulary};
use kernel::record::{ClaimRecord, Expect, Kind, RunRecord, Tool};
use report::{CardText, html};
use support::markup::{self, parse};

/// A few natives, enough for the claims below.
struct Small(Vec<Function>);

impl Small {
    fn new() -> Self {
        let function = |name, parameters: &[Type], result, tex| Function {
            name,
            overloads: vec![Overload::new(parameters.to_vec(), result)],
            partial: false,
            definition: "",
            source: "",
            revision: 1,
            twins: Vec::new(),
            tex,
            unicode: None,
        };
        use Type::{Activation, Matrix, Nat, Network, Real, Vec as Vector};
        Self(vec![
            function("activation", &[Network], Activation, None),
            function("compose", &[Network, Network], Network, Some(r"#1\circ #2")),
            function(
                "deriv",
                &[Network, Vector, Real],
                Matrix,
                Some(r"D_{#3}#1(#2)"),
            ),
            function("indim", &[Network], Nat, None),
            function("max_abs_weight", &[Network], Real, None),
            function("outdim", &[Network], Nat, None),
            function("value", &[Network, Vector], Vector, Some(r"R#1(#2)")),
        ])
    }
}

impl Vocabulary for Small {
    fn function(&self, name: &str) -> Option<&Function> {
        self.0.iter().find(|function| function.name == name)
    }
    fn constant(&self, name: &str) -> Option<Type> {
        (name == "relu").then_some(Type::Activation)
    }
    fn family(&self, _: &str) -> Option<&Family> {
        None
    }
    fn function_names(&self) -> Vec<&str> {
        self.0.iter().map(|function| function.name).collect()
    }
    fn family_names(&self) -> Vec<&str> {
        Vec::new()
    }
    fn constant_names(&self) -> Vec<&str> {
        vec!["relu"]
    }
    fn source(&self, key: &str) -> bool {
        key == "begj-2019"
    }
    fn sources(&self) -> Vec<&str> {
        vec!["begj-2019"]
    }
}

const CLAIM: &str = r#"
format = 1
claim  = { id = "chain-rule", title = "Chain rule", area = "derivative", kind = "identity", expect = "holds" }
source = { cite = "begj-2019", locator = "Corollary III.2", prefix = "all phi psi ae x all c" }
constants.k0 = { value = "2^7", locator = "slide" }
let.composed = 'compose(psi, phi)'
[statement]
quantify = [
  { all = "phi", in = "network", where = 'activation(phi) == relu' },
  { all = "psi", in = "network", where = 'indim(psi) == outdim(phi)' },
  { almost-all = "x", in = "vec(indim(phi))" },
  { all = "c", in = "real", min = 0, max = 'k0 + 1', symbolic = true },
]
assume.bounded = { expr = 'max_abs_weight(phi) <= k0', needed = "no", why = "scaling" }
[conclusion.main]
expr = 'deriv(composed, x, c) == deriv(psi, value(phi, x), c) * deriv(phi, x, c)'
"#;

fn claim() -> Claim {
    let (claim, diagnostics) =
        Claim::parse("theorems/derivative/chain-rule.toml", CLAIM, &Small::new());
    claim.unwrap_or_else(|| panic!("{diagnostics:#?}"))
}

#[test]
fn the_texts_of_a_claim() {
    let text = CardText::from_claim(&claim(), &Small::new());
    insta::assert_debug_snapshot!("card_text", text);
}

#[test]
fn every_formula_is_well_formed_and_carries_its_tex() {
    let text = CardText::from_claim(&claim(), &Small::new());
    let mut formulas: Vec<&report::card_text::Formula> = Vec::new();
    for bound in &text.quantify {
        formulas.push(&bound.symbols);
        formulas.extend(&bound.restrictions);
    }
    formulas.extend(
        text.constants
            .iter()
            .chain(&text.lets)
            .chain(&text.hypotheses)
            .map(|named| &named.formula),
    );
    formulas.extend(
        text.conclusions
            .iter()
            .map(|conclusion| &conclusion.formula),
    );
    assert_eq!(formulas.len(), 4 + 4 + 1 + 1 + 1 + 1);
    for formula in formulas {
        let root = parse(&formula.mathml, markup::Kind::Html)
            .unwrap_or_else(|problem| panic!("{problem}: {}", formula.mathml));
        let math = &root.children[0];
        assert_eq!(math.name, "math");
        assert_eq!(math.named("semantics").len(), 1);
        assert_eq!(
            math.named("semantics")[0].children.len(),
            2,
            "{}",
            formula.mathml
        );
        assert_eq!(math.named("annotation").len(), 1);
        assert!(!formula.tex.is_empty() && !formula.unicode.is_empty());
    }
}

#[test]
fn quantifiers_are_worded_as_they_are_bound() {
    let text = CardText::from_claim(&claim(), &Small::new());
    let words: Vec<&str> = text
        .quantify
        .iter()
        .map(|bound| bound.words.as_str())
        .collect();
    assert_eq!(
        words,
        [
            "for every network Φ",
            "for every network Ψ",
            "for almost every vector x",
            "for every real number c"
        ]
    );
    assert_eq!(text.quantify[3].remarks, ["decided for all values at once"]);
    assert_eq!(
        text.source_prefix.as_deref(),
        Some("all phi, all psi, almost all x, all c")
    );
}

#[test]
fn the_page_shows_what_the_printers_print() {
    let mut record = ClaimRecord::new(
        "chain-rule",
        "derivative",
        "Chain rule",
        Kind::Identity,
        Some(Expect::Holds),
    );
    record.statement = "canonical".to_owned();
    let mut run = RunRecord::new(Tool::default(), "default", 1);
    run.claims.push(record);
    run.settle();
    let page = html::page(&run, &[claim()], &Small::new(), None);
    assert_eq!(
        markup::problems(&page, markup::Kind::Html),
        Vec::<String>::new()
    );
    let text = CardText::from_claim(&claim(), &Small::new());
    let conclusion = text.conclusions[0]
        .formula
        .mathml
        .trim_start_matches("<math>");
    assert!(page.contains(&format!("<math display=\"block\">{conclusion}")));
    assert!(page.contains(&text.hypotheses[0].formula.mathml));
}
