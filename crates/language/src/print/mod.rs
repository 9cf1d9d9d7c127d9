//! Printing: one tree as Unicode that parses back, as TeX and as MathML.
//!
//! All three follow the precedence table of the parser; none recurses on the depth of the tree.

pub(crate) mod identifier;
mod layout;
mod macros;
mod mark;
mod mathml;
pub mod quantifier;
mod template;
mod tex;
pub(crate) mod unicode;

pub use quantifier::{Binder, Phrase, quantifier};
pub use template::template_problem;

use crate::expr::{Tree, Type, Typed};
use crate::vocabulary::Vocabulary;

/// A tree to be printed, with its types if they are known; types tell boxes and sets from vectors.
#[derive(Clone, Copy, Debug)]
pub struct Printable<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) types: Option<&'a [Type]>,
}

impl<'a> From<&'a Tree> for Printable<'a> {
    fn from(tree: &'a Tree) -> Self {
        Self { tree, types: None }
    }
}

impl<'a> From<&'a Typed> for Printable<'a> {
    fn from(typed: &'a Typed) -> Self {
        Self {
            tree: &typed.tree,
            types: Some(&typed.types),
        }
    }
}

/// Readable Unicode in the grammar of the language: parsing it gives an equal tree.
///
/// The vocabulary's templates are not used, since they do not parse back.
pub fn unicode<'a>(formula: impl Into<Printable<'a>>, _vocabulary: &dyn Vocabulary) -> String {
    let tree = formula.into().tree;
    unicode::write(tree, tree.root())
}

/// TeX for math mode, by the templates of the vocabulary.
pub fn tex<'a>(formula: impl Into<Printable<'a>>, vocabulary: &'a dyn Vocabulary) -> String {
    let formula = formula.into();
    tex::write(&layout::layout(formula, formula.tree.root(), vocabulary))
}

/// A `<math>` element of MathML Core, by the templates of the vocabulary.
pub fn mathml<'a>(formula: impl Into<Printable<'a>>, vocabulary: &'a dyn Vocabulary) -> String {
    let formula = formula.into();
    mathml::write(&layout::layout(formula, formula.tree.root(), vocabulary))
}

#[cfg(test)]
mod tests;
