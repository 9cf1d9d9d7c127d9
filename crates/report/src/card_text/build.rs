//! Claim → texts of its card, by the printers of the language alone.

use super::{Bound, CardText, ConclusionText, Formula, ImplicationText, Named};
use claim_language::expr::{Tree, Typed};
use claim_language::file::{Binder, Claim, Conclusion, Domain, Implication, Quantifier};
use claim_language::print;
use claim_language::vocabulary::Vocabulary;

impl Formula {
    /// A typed expression.
    pub fn of(typed: &Typed, vocabulary: &dyn Vocabulary) -> Self {
        Self::annotated(
            print::mathml(typed, vocabulary),
            print::tex(typed, vocabulary),
            print::unicode(typed, vocabulary),
        )
    }

    /// An expression whose types do not matter for its print.
    fn of_tree(tree: &Tree, vocabulary: &dyn Vocabulary) -> Self {
        Self::annotated(
            print::mathml(tree, vocabulary),
            print::tex(tree, vocabulary),
            print::unicode(tree, vocabulary),
        )
    }

    /// Name `relation` value, the value typed.
    fn related(
        name: &str,
        relation: &Relation,
        value: &Typed,
        vocabulary: &dyn Vocabulary,
    ) -> Self {
        let left = named(name, vocabulary);
        let right = Self::of(value, vocabulary);
        let Relation {
            mathml,
            tex,
            unicode,
        } = relation;
        let (first, second) = (presentation(&left.mathml), presentation(&right.mathml));
        let mathml = format!("<math><mrow>{first}<mo>{mathml}</mo>{second}</mrow></math>");
        Self::annotated(
            mathml,
            format!("{} {tex} {}", left.tex, right.tex),
            format!("{} {unicode} {}", left.unicode, right.unicode),
        )
    }

    /// The formula with its TeX inside the element, so that copying gives TeX.
    fn annotated(mathml: String, tex: String, unicode: String) -> Self {
        let annotation = tex
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let mathml = format!(
            "<math><semantics>{}<annotation encoding=\"application/x-tex\">{annotation}</annotation></semantics></math>",
            presentation(&mathml)
        );
        Self {
            mathml,
            tex,
            unicode,
        }
    }
}

struct Relation {
    mathml: &'static str,
    tex: &'static str,
    unicode: &'static str,
}

const EQUALS: Relation = Relation {
    mathml: "=",
    tex: "=",
    unicode: "=",
};
const AT_LEAST: Relation = Relation {
    mathml: "≥",
    tex: r"\ge",
    unicode: "≥",
};
const AT_MOST: Relation = Relation {
    mathml: "≤",
    tex: r"\le",
    unicode: "≤",
};

/// A variable as a formula.
fn named(name: &str, vocabulary: &dyn Vocabulary) -> Formula {
    match Tree::parse(name) {
        Ok(tree) => Formula::of_tree(&tree, vocabulary),
        Err(_) => Formula {
            mathml: String::new(),
            tex: name.to_owned(),
            unicode: name.to_owned(),
        },
    }
}

/// What stands between `<math…>` and `</math>`.
fn inside(mathml: &str) -> &str {
    let start = mathml.find('>').map_or(0, |at| at + 1);
    let end = mathml.rfind("</math>").unwrap_or(mathml.len());
    mathml.get(start..end).unwrap_or("")
}

/// The content of a `<math>` element as one `mrow`, without an annotation.
fn presentation(mathml: &str) -> &str {
    let content = inside(mathml);
    let content = content.strip_prefix("<semantics>").unwrap_or(content);
    content.split("<annotation").next().unwrap_or(content)
}

impl CardText {
    /// The texts of a claim.
    pub fn from_claim(claim: &Claim, vocabulary: &dyn Vocabulary) -> Self {
        let prefix = |quantifiers: &[Quantifier]| -> Vec<Bound> {
            quantifiers
                .iter()
                .map(|quantifier| bound(quantifier, vocabulary))
                .collect()
        };
        Self {
            id: claim.id.clone(),
            title: claim.title.clone(),
            quantify: prefix(&claim.quantify),
            constants: claim
                .constants
                .iter()
                .map(|constant| Named {
                    name: constant.name.clone(),
                    formula: Formula::related(&constant.name, &EQUALS, &constant.value, vocabulary),
                    remark: constant.locator.clone(),
                })
                .collect(),
            lets: claim
                .lets
                .iter()
                .map(|item| Named {
                    name: item.name.clone(),
                    formula: Formula::related(&item.name, &EQUALS, &item.value, vocabulary),
                    remark: None,
                })
                .collect(),
            hypotheses: claim
                .assume
                .iter()
                .map(|hypothesis| Named {
                    name: hypothesis.name.clone(),
                    formula: Formula::of(&hypothesis.expr, vocabulary),
                    remark: hypothesis.why.clone(),
                })
                .collect(),
            conclusions: claim
                .conclusions
                .iter()
                .map(
                    |Conclusion {
                         name,
                         expr,
                         quantify,
                         ..
                     }| ConclusionText {
                        name: name.clone(),
                        quantify: prefix(quantify),
                        formula: Formula::of(expr, vocabulary),
                    },
                )
                .collect(),
            prose: claim.prose.clone(),
            implication: implication(claim),
            source_tex: claim.source.tex.clone(),
            source_prefix: claim
                .source
                .prefix
                .as_ref()
                .map(|prefix| source_prefix(prefix)),
        }
    }
}

fn implication(claim: &Claim) -> Option<ImplicationText> {
    let text = |relation: &str, Implication { claim, argument }: &Implication| ImplicationText {
        relation: relation.to_owned(),
        claim: claim.clone(),
        argument: argument.clone(),
    };
    let refuted = claim
        .refuted_by
        .as_ref()
        .map(|found| text("refuted by", found));
    refuted.or_else(|| {
        claim
            .implied_by
            .as_ref()
            .map(|found| text("implied by", found))
    })
}

/// `∀ φ ∀ ψ, almost every x, ∃ K`.
fn source_prefix(prefix: &[(Binder, String)]) -> String {
    let words = prefix.iter().map(|(binder, name)| match binder {
        Binder::All => format!("all {name}"),
        Binder::AlmostAll => format!("almost all {name}"),
        Binder::Some => format!("some {name}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn bound(quantifier: &Quantifier, vocabulary: &dyn Vocabulary) -> Bound {
    let Quantifier {
        binder,
        name,
        domain,
        min,
        max,
        filter,
        symbolic,
        by,
        among,
        unused,
        ..
    } = quantifier;
    let phrase = print::quantifier(*binder, name, &domain.to_string(), vocabulary);
    let letter = named(name, vocabulary).unicode;
    let (noun, article) = noun(domain);
    let words = match binder {
        Binder::All => format!("for every {noun} {letter}"),
        Binder::AlmostAll => format!("for almost every {noun} {letter}"),
        Binder::Some => format!("there is {article} {noun} {letter}"),
    };
    let limit = |value: &Option<Typed>, relation: &Relation| {
        value
            .as_ref()
            .map(|value| Formula::related(name, relation, value, vocabulary))
    };
    let filter = filter
        .as_ref()
        .map(|filter| Formula::of(filter, vocabulary));
    let mut remarks = Vec::new();
    if *symbolic {
        remarks.push("decided for all values at once".to_owned());
    }
    if *unused {
        remarks.push("named by the source and never used".to_owned());
    }
    Bound {
        name: name.clone(),
        symbols: Formula::annotated(phrase.mathml, phrase.tex, phrase.unicode),
        words,
        restrictions: limit(min, &AT_LEAST)
            .into_iter()
            .chain(limit(max, &AT_MOST))
            .chain(filter)
            .collect(),
        by: by.as_ref().map(|value| Formula::of(value, vocabulary)),
        among: among
            .iter()
            .flatten()
            .map(|choice| Formula::of(choice, vocabulary))
            .collect(),
        remarks,
    }
}

/// What an element of the domain is called, and its article.
fn noun(domain: &Domain) -> (String, &'static str) {
    let (noun, article) = match domain {
        Domain::Nat => ("natural number", "a"),
        Domain::Int => ("integer", "an"),
        Domain::Rat => ("rational number", "a"),
        Domain::Real => ("real number", "a"),
        Domain::Exponent => ("exponent in [1, ∞]", "an"),
        Domain::Bool => ("truth value", "a"),
        Domain::Vec(_) => ("vector", "a"),
        Domain::Matrix(..) => ("matrix", "a"),
        Domain::Network => ("network", "a"),
        Domain::Template => ("template", "a"),
        Domain::Activation => ("activation", "an"),
        Domain::Poly(_) => ("polynomial", "a"),
        Domain::Target => ("target function", "a"),
        Domain::Opaque(text) => (text.split('(').next().unwrap_or("object").trim(), "a"),
    };
    (noun.to_owned(), article)
}
