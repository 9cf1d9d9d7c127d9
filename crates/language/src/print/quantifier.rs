//! Quantifier phrases: `∀ Φ network`, `for almost every x ∈ ℝ^d`, `∃ K ∈ ℕ`.

use super::layout::layout;
use super::mark::{
    COMMA, ELEMENT, EXISTS, FORALL, INFINITY, INTEGERS, LEFT, LEFT_BRACE, LEFT_SQUARE, Mark,
    NATURALS, RATIONALS, REALS, RIGHT, RIGHT_BRACE, RIGHT_SQUARE, SPACE, Shape, Symbol, TIMES,
};
use super::{Printable, mathml, tex, unicode};
use crate::expr::precedence::{Level, level};
use crate::expr::{NodeId, NodeKind, Tree, names};
use crate::vocabulary::Vocabulary;

/// How a variable is quantified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Binder {
    /// For all.
    All,
    /// For Lebesgue-almost all.
    AlmostAll,
    /// There is.
    Some,
}

/// One phrase in three formats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// For terminals.
    pub unicode: String,
    /// For math mode.
    pub tex: String,
    /// A `<math>` element.
    pub mathml: String,
}

/// The phrase that binds `name` in a domain such as `network`, `nat`, `vec(indim(phi))`, `matrix(m, n)`, `poly(d)`.
///
/// A domain that is no set of numbers or arrays is written as words after the name.
pub fn quantifier(binder: Binder, name: &str, domain: &str, vocabulary: &dyn Vocabulary) -> Phrase {
    let tree = Tree::parse(domain).ok();
    let domain = Domain::of(domain, tree.as_ref());
    let mut text = String::from(match binder {
        Binder::All => "∀ ",
        Binder::AlmostAll => "for almost every ",
        Binder::Some => "∃ ",
    });
    text.push_str(&names::unicode(name));
    text.push(' ');
    domain.unicode(&mut text);

    let mut marks = vec![match binder {
        Binder::All => Mark::Symbol(FORALL),
        Binder::AlmostAll => Mark::Words("for almost every "),
        Binder::Some => Mark::Symbol(EXISTS),
    }];
    marks.push(Mark::Identifier(name));
    domain.marks(vocabulary, &mut marks);
    Phrase {
        unicode: text,
        tex: tex::write(&marks),
        mathml: mathml::write(&marks),
    }
}

/// A domain taken apart.
enum Domain<'a> {
    Set(Symbol),
    /// ℝ with an exponent: the factors of the dimension.
    Power(&'a Tree, Vec<NodeId>),
    Poly(&'a Tree, NodeId),
    /// [1, ∞].
    Exponent,
    Truth,
    Words(&'a str),
}

impl<'a> Domain<'a> {
    fn of(text: &'a str, tree: Option<&'a Tree>) -> Domain<'a> {
        let words = Domain::Words(text.trim());
        let Some(tree) = tree else {
            return words;
        };
        match tree.kind(tree.root()) {
            NodeKind::Name(name) => match name.as_str() {
                "nat" => Domain::Set(NATURALS),
                "int" => Domain::Set(INTEGERS),
                "rat" => Domain::Set(RATIONALS),
                "real" => Domain::Set(REALS),
                "exponent" => Domain::Exponent,
                "bool" => Domain::Truth,
                _ => words,
            },
            NodeKind::Call {
                name,
                variant: None,
                arguments,
            } => match (name.as_str(), arguments.as_slice()) {
                ("vec", [_]) | ("matrix", [_, _]) => Domain::Power(tree, arguments.clone()),
                ("poly", [variables]) => Domain::Poly(tree, *variables),
                _ => words,
            },
            _ => words,
        }
    }

    fn unicode(&self, out: &mut String) {
        match self {
            Domain::Set(set) => {
                out.push_str("∈ ");
                out.push_str(set.text);
            }
            Domain::Power(tree, factors) => {
                out.push_str("∈ ℝ^");
                let tight = |factor: &NodeId| level(tree.kind(*factor)) >= Level::Postfix;
                let printed = |factor: &NodeId| match unicode::write(tree, *factor) {
                    text if tight(factor) => text,
                    text => format!("({text})"),
                };
                let factors: Vec<String> = factors.iter().map(printed).collect();
                match factors.as_slice() {
                    [factor] => out.push_str(factor),
                    _ => out.push_str(&format!("({})", factors.join(" × "))),
                }
            }
            Domain::Poly(tree, variables) => {
                out.push_str("polynomial in ");
                out.push_str(&unicode::write(tree, *variables));
                out.push_str(" variables");
            }
            Domain::Exponent => out.push_str("∈ [1, ∞]"),
            Domain::Truth => out.push_str("∈ {true, false}"),
            Domain::Words(words) => out.push_str(words),
        }
    }

    fn marks<'m>(&self, vocabulary: &'m dyn Vocabulary, marks: &mut Vec<Mark<'m>>)
    where
        'a: 'm,
    {
        let one = Mark::Number("1");
        match self {
            Domain::Set(set) => marks.extend([Mark::Symbol(ELEMENT), Mark::Symbol(*set)]),
            Domain::Power(tree, factors) => {
                let begin = Mark::Begin(Shape::Superscript { plain: true });
                marks.extend([
                    Mark::Symbol(ELEMENT),
                    begin,
                    Mark::Symbol(REALS),
                    Mark::Next,
                ]);
                for (place, factor) in factors.iter().enumerate() {
                    if place > 0 {
                        marks.push(Mark::Symbol(TIMES));
                    }
                    let tree: &'a Tree = tree;
                    // A dimension of several factors needs parentheses around sums: ℝ^{(m+1)×n}.
                    let fenced = factors.len() > 1 && level(tree.kind(*factor)) < Level::Power;
                    if fenced {
                        marks.push(Mark::Begin(Shape::Fence(LEFT, RIGHT)));
                    }
                    marks.extend(layout(Printable::from(tree), *factor, vocabulary));
                    if fenced {
                        marks.push(Mark::End);
                    }
                }
                marks.push(Mark::End);
            }
            Domain::Poly(tree, variables) => {
                let tree: &'a Tree = tree;
                marks.extend([Mark::Symbol(SPACE), Mark::Words("polynomial in ")]);
                marks.extend(layout(Printable::from(tree), *variables, vocabulary));
                marks.push(Mark::Words(" variables"));
            }
            Domain::Exponent => marks.extend([
                Mark::Symbol(ELEMENT),
                Mark::Begin(Shape::Fence(LEFT_SQUARE, RIGHT_SQUARE)),
                one,
                Mark::Symbol(COMMA),
                Mark::Symbol(INFINITY),
                Mark::End,
            ]),
            Domain::Truth => marks.extend([
                Mark::Symbol(ELEMENT),
                Mark::Begin(Shape::Fence(LEFT_BRACE, RIGHT_BRACE)),
                Mark::Upright("true"),
                Mark::Symbol(COMMA),
                Mark::Upright("false"),
                Mark::End,
            ]),
            Domain::Words(words) => {
                marks.extend([Mark::Symbol(SPACE), Mark::Words(words)]);
            }
        }
    }
}
