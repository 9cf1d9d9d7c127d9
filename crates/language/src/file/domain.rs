//! Domains of variables: the texts of `in`.

use std::fmt;
use std::ops::Range;

use super::table::Text;
use crate::expr::{Type, Typed};

/// What a variable ranges over; dimensions are expressions over earlier variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// ℕ, with 0.
    Nat,
    /// ℤ.
    Int,
    /// ℚ.
    Rat,
    /// ℝ.
    Real,
    /// [1, ∞], carried as its inverse.
    Exponent,
    /// `true` or `false`.
    Bool,
    /// `vec(n)`: ℝⁿ.
    Vec(Typed),
    /// `matrix(m, n)`: ℝ^{m×n}.
    Matrix(Typed, Typed),
    /// All networks.
    Network,
    /// All templates.
    Template,
    /// All activations.
    Activation,
    /// `poly(d)`: polynomials in d variables.
    Poly(Typed),
    /// Functions ℝᵈ → ℝ with growth data.
    Target,
    /// Objects that can be printed but not evaluated: the text as written, `learner`, `polyline(d)`.
    Opaque(String),
}

/// The words of domains without dimensions.
const PLAIN: [&str; 10] = [
    "nat",
    "int",
    "rat",
    "real",
    "exponent",
    "bool",
    "network",
    "template",
    "activation",
    "target",
];
/// The words of domains with dimensions, and how many.
const SIZED: [(&str, usize); 3] = [("vec", 1), ("matrix", 2), ("poly", 1)];
/// The words of opaque domains; arguments are optional.
pub(crate) const OPAQUE: [&str; 4] = ["learner", "class", "law", "polyline"];

/// A domain whose dimensions are not typed yet.
pub(crate) struct Shape {
    pub word: Text,
    pub arguments: Vec<Text>,
    pub of: Type,
}

impl Shape {
    /// Reads the text of `in`; the error is a message with its place in the text.
    pub fn read(text: &Text) -> Result<Shape, (String, Range<usize>)> {
        let (word, arguments) = call(text)?;
        let of = type_of(&word.text)
            .ok_or_else(|| ("no domain of this name".to_owned(), word.span()))?;
        let wanted = SIZED
            .iter()
            .find(|(sized, _)| *sized == word.text)
            .map_or(0, |(_, count)| *count);
        let opaque = OPAQUE.contains(&word.text.as_str());
        if !opaque && arguments.len() != wanted {
            let noun = if wanted == 1 {
                "dimension"
            } else {
                "dimensions"
            };
            let message = format!(
                "`{}` takes {wanted} {noun}, got {}",
                word.text,
                arguments.len()
            );
            return Err((message, text.span()));
        }
        Ok(Shape {
            word,
            arguments,
            of,
        })
    }

    /// The domain with its typed dimensions, one for each argument.
    pub fn domain(&self, text: &str, dimensions: Vec<Typed>) -> Option<Domain> {
        let mut dimensions = dimensions.into_iter();
        Some(match self.word.text.as_str() {
            "nat" => Domain::Nat,
            "int" => Domain::Int,
            "rat" => Domain::Rat,
            "real" => Domain::Real,
            "exponent" => Domain::Exponent,
            "bool" => Domain::Bool,
            "network" => Domain::Network,
            "template" => Domain::Template,
            "activation" => Domain::Activation,
            "target" => Domain::Target,
            "vec" => Domain::Vec(dimensions.next()?),
            "matrix" => Domain::Matrix(dimensions.next()?, dimensions.next()?),
            "poly" => Domain::Poly(dimensions.next()?),
            _ => Domain::Opaque(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        })
    }
}

/// Every word `in` may begin with.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    PLAIN
        .into_iter()
        .chain(SIZED.into_iter().map(|(word, _)| word))
        .chain(OPAQUE)
}

fn type_of(word: &str) -> Option<Type> {
    Some(match word {
        "nat" => Type::Nat,
        "int" => Type::Int,
        "rat" => Type::Rat,
        "real" => Type::Real,
        "exponent" => Type::Exponent,
        "bool" => Type::Bool,
        "vec" => Type::Vec,
        "matrix" => Type::Matrix,
        "network" => Type::Network,
        "template" => Type::Template,
        "activation" => Type::Activation,
        "poly" => Type::Poly,
        "target" => Type::Target,
        _ => Type::Opaque(OPAQUE.into_iter().find(|opaque| *opaque == word)?),
    })
}

/// Splits `word` or `word(a, b)` into the word and its arguments, at commas outside brackets.
pub(crate) fn call(text: &Text) -> Result<(Text, Vec<Text>), (String, Range<usize>)> {
    let text = text.trimmed();
    let Some(open) = text.text.find('(') else {
        return Ok((text, Vec::new()));
    };
    if !text.text.ends_with(')') {
        return Err(("expected `)` at the end".to_owned(), text.span()));
    }
    let word = text.part(0..open).trimmed();
    let inner = open + 1..text.text.len() - 1;
    let mut arguments = Vec::new();
    let (mut depth, mut start) = (0usize, inner.start);
    for (at, character) in text.text[inner.clone()].char_indices() {
        let at = inner.start + at;
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                arguments.push(text.part(start..at).trimmed());
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = text.part(start..inner.end).trimmed();
    if !arguments.is_empty() || !last.text.is_empty() {
        arguments.push(last);
    }
    Ok((word, arguments))
}

impl Domain {
    /// The type of the variable in expressions.
    pub fn type_of(&self) -> Type {
        match self {
            Domain::Nat => Type::Nat,
            Domain::Int => Type::Int,
            Domain::Rat => Type::Rat,
            Domain::Real => Type::Real,
            Domain::Exponent => Type::Exponent,
            Domain::Bool => Type::Bool,
            Domain::Vec(_) => Type::Vec,
            Domain::Matrix(..) => Type::Matrix,
            Domain::Network => Type::Network,
            Domain::Template => Type::Template,
            Domain::Activation => Type::Activation,
            Domain::Poly(_) => Type::Poly,
            Domain::Target => Type::Target,
            Domain::Opaque(text) => {
                let word = text.split('(').next().unwrap_or_default().trim();
                Type::Opaque(
                    OPAQUE
                        .into_iter()
                        .find(|opaque| *opaque == word)
                        .unwrap_or("object"),
                )
            }
        }
    }

    /// The dimension expressions in order.
    pub fn dimensions(&self) -> Vec<&Typed> {
        match self {
            Domain::Vec(n) | Domain::Poly(n) => vec![n],
            Domain::Matrix(m, n) => vec![m, n],
            _ => Vec::new(),
        }
    }
}

/// The text of `in`, dimensions as written.
impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Domain::Opaque(text) = self {
            return f.write_str(text);
        }
        write!(f, "{}", self.type_of())?;
        let dimensions: Vec<&str> = self
            .dimensions()
            .into_iter()
            .map(|typed| typed.tree.text().trim())
            .collect();
        if dimensions.is_empty() {
            Ok(())
        } else {
            write!(f, "({})", dimensions.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::TextMap;

    fn text(of: &str) -> Text {
        Text {
            text: of.to_owned(),
            map: TextMap::verbatim(10..10 + of.len()),
        }
    }

    fn parts(of: &str) -> (String, Vec<String>) {
        let (word, arguments) = call(&text(of))
            .map_err(|(message, _)| message)
            .expect("a call");
        (
            word.text,
            arguments
                .into_iter()
                .map(|argument| argument.text)
                .collect(),
        )
    }

    #[test]
    fn calls_split_at_outer_commas() {
        assert_eq!(parts(" nat "), ("nat".to_owned(), vec![]));
        assert_eq!(parts("free()"), ("free".to_owned(), vec![]));
        assert_eq!(
            parts("matrix( f(a, b) , [1, 2][0])"),
            (
                "matrix".to_owned(),
                vec!["f(a, b)".to_owned(), "[1, 2][0]".to_owned()]
            )
        );
        assert_eq!(
            parts("vec(,)"),
            ("vec".to_owned(), vec![String::new(), String::new()])
        );
        assert!(call(&text("vec(n")).is_err());
    }

    #[test]
    fn arguments_keep_their_place() {
        let (_, arguments) = call(&text("vec( n )"))
            .map_err(|(message, _)| message)
            .expect("a call");
        assert_eq!(arguments[0].span(), 15..16);
    }

    #[test]
    fn shapes() {
        let read = |of: &str| {
            Shape::read(&text(of))
                .map(|shape| shape.of)
                .map_err(|(message, _)| message)
        };
        assert_eq!(read("matrix(m, n)"), Ok(Type::Matrix));
        assert_eq!(read("polyline(N0)"), Ok(Type::Opaque("polyline")));
        assert_eq!(read("learner"), Ok(Type::Opaque("learner")));
        assert_eq!(
            read("vec"),
            Err("`vec` takes 1 dimension, got 0".to_owned())
        );
        assert_eq!(
            read("nat(3)"),
            Err("`nat` takes 0 dimensions, got 1".to_owned())
        );
        assert_eq!(
            read("network(3)"),
            Err("`network` takes 0 dimensions, got 1".to_owned())
        );
        assert_eq!(read("natural"), Err("no domain of this name".to_owned()));
    }

    #[test]
    fn every_word_has_a_type() {
        assert!(words().all(|word| type_of(word).is_some()));
        assert_eq!(type_of("set"), None);
    }
}
