//! The TeX macros a printing template may use, with their Unicode.

use super::mark::{Form, Symbol, symbol};
use crate::expr::names;

const SYMBOLS: &[Symbol] = &[
    symbol(r"\circ", "∘", Form::Infix),
    symbol(r"\cdot", "·", Form::Infix),
    symbol(r"\times", "×", Form::Infix),
    symbol(r"\odot", "⊙", Form::Infix),
    symbol(r"\oplus", "⊕", Form::Infix),
    symbol(r"\otimes", "⊗", Form::Infix),
    symbol(r"\bullet", "•", Form::Infix),
    symbol(r"\star", "⋆", Form::Infix),
    symbol(r"\ast", "∗", Form::Infix),
    symbol(r"\pm", "±", Form::Infix),
    symbol(r"\cup", "∪", Form::Infix),
    symbol(r"\cap", "∩", Form::Infix),
    symbol(r"\setminus", "∖", Form::Infix),
    symbol(r"\le", "≤", Form::Infix),
    symbol(r"\leq", "≤", Form::Infix),
    symbol(r"\ge", "≥", Form::Infix),
    symbol(r"\geq", "≥", Form::Infix),
    symbol(r"\ne", "≠", Form::Infix),
    symbol(r"\neq", "≠", Form::Infix),
    symbol(r"\lesssim", "≲", Form::Infix),
    symbol(r"\approx", "≈", Form::Infix),
    symbol(r"\sim", "∼", Form::Infix),
    symbol(r"\in", "∈", Form::Infix),
    symbol(r"\notin", "∉", Form::Infix),
    symbol(r"\subset", "⊂", Form::Infix),
    symbol(r"\subseteq", "⊆", Form::Infix),
    symbol(r"\to", "→", Form::Infix),
    symbol(r"\mapsto", "↦", Form::Infix),
    symbol(r"\Rightarrow", "⇒", Form::Infix),
    symbol(r"\Leftrightarrow", "⇔", Form::Infix),
    symbol(r"\land", "∧", Form::Infix),
    symbol(r"\lor", "∨", Form::Infix),
    symbol(r"\mid", "∣", Form::Infix),
    symbol(r"\neg", "¬", Form::Prefix),
    symbol(r"\forall", "∀", Form::Prefix),
    symbol(r"\exists", "∃", Form::Prefix),
    symbol(r"\sum", "∑", Form::Large),
    symbol(r"\prod", "∏", Form::Large),
    symbol(r"\int", "∫", Form::Large),
    symbol(r"\infty", "∞", Form::Letter),
    symbol(r"\partial", "∂", Form::Letter),
    symbol(r"\nabla", "∇", Form::Letter),
    symbol(r"\top", "⊤", Form::Letter),
    symbol(r"\ell", "ℓ", Form::Letter),
    symbol(r"\emptyset", "∅", Form::Letter),
    symbol(r"\dots", "…", Form::Ordinary),
    symbol(r"\ldots", "…", Form::Ordinary),
    symbol(r"\cdots", "⋯", Form::Ordinary),
    symbol(r"\prime", "′", Form::Ordinary),
    symbol(r"\lfloor", "⌊", Form::Open),
    symbol(r"\rfloor", "⌋", Form::Close),
    symbol(r"\lceil", "⌈", Form::Open),
    symbol(r"\rceil", "⌉", Form::Close),
    symbol(r"\langle", "⟨", Form::Open),
    symbol(r"\rangle", "⟩", Form::Close),
    symbol(r"\lvert", "|", Form::Open),
    symbol(r"\rvert", "|", Form::Close),
    symbol(r"\lVert", "‖", Form::Open),
    symbol(r"\rVert", "‖", Form::Close),
    symbol(r"\vert", "|", Form::Bar),
    symbol(r"\Vert", "‖", Form::Bar),
    symbol(r"\|", "‖", Form::Bar),
    symbol(r"\{", "{", Form::Open),
    symbol(r"\}", "}", Form::Close),
    symbol(r"\,", " ", Form::Space),
    symbol(r"\:", " ", Form::Space),
    symbol(r"\;", " ", Form::Space),
    symbol(r"\ ", " ", Form::Space),
    symbol(r"\quad", " ", Form::Space),
    symbol(r"\arg", "arg", Form::Name),
    symbol(r"\cos", "cos", Form::Name),
    symbol(r"\deg", "deg", Form::Name),
    symbol(r"\det", "det", Form::Name),
    symbol(r"\dim", "dim", Form::Name),
    symbol(r"\exp", "exp", Form::Name),
    symbol(r"\inf", "inf", Form::Name),
    symbol(r"\lim", "lim", Form::Name),
    symbol(r"\liminf", "lim inf", Form::Name),
    symbol(r"\limsup", "lim sup", Form::Name),
    symbol(r"\ln", "ln", Form::Name),
    symbol(r"\log", "log", Form::Name),
    symbol(r"\max", "max", Form::Name),
    symbol(r"\min", "min", Form::Name),
    symbol(r"\sin", "sin", Form::Name),
    symbol(r"\sup", "sup", Form::Name),
    symbol(r"\phi", "ϕ", Form::Letter),
    symbol(r"\psi", "ψ", Form::Letter),
];

/// Signs written without a macro.
const CHARACTERS: &[Symbol] = &[
    symbol("+", "+", Form::Infix),
    symbol("-", "−", Form::Infix),
    symbol("=", "=", Form::Infix),
    symbol("<", "<", Form::Infix),
    symbol(">", ">", Form::Infix),
    symbol("/", "/", Form::Infix),
    symbol("*", "∗", Form::Infix),
    symbol("(", "(", Form::Open),
    symbol("[", "[", Form::Open),
    symbol(")", ")", Form::Close),
    symbol("]", "]", Form::Close),
    symbol("|", "|", Form::Bar),
    symbol(",", ",", Form::Comma),
    symbol(";", ";", Form::Comma),
    symbol(":", ":", Form::Comma),
    symbol(".", ".", Form::Ordinary),
    symbol("'", "′", Form::Ordinary),
    symbol("!", "!", Form::Ordinary),
];

/// Accents over one group.
const ACCENTS: &[Symbol] = &[
    symbol(r"\bar", "¯", Form::Letter),
    symbol(r"\overline", "¯", Form::Letter),
    symbol(r"\hat", "^", Form::Letter),
    symbol(r"\widehat", "^", Form::Letter),
    symbol(r"\tilde", "~", Form::Letter),
    symbol(r"\widetilde", "~", Form::Letter),
];

/// Letters in another alphabet, as `\mathbb{R}`.
const LETTERS: &[Symbol] = &[
    symbol(r"\mathbb{E}", "𝔼", Form::Letter),
    symbol(r"\mathbb{N}", "ℕ", Form::Letter),
    symbol(r"\mathbb{P}", "ℙ", Form::Letter),
    symbol(r"\mathbb{Q}", "ℚ", Form::Letter),
    symbol(r"\mathbb{R}", "ℝ", Form::Letter),
    symbol(r"\mathbb{Z}", "ℤ", Form::Letter),
    symbol(r"\mathcal{A}", "𝒜", Form::Letter),
    symbol(r"\mathcal{C}", "𝒞", Form::Letter),
    symbol(r"\mathcal{D}", "𝒟", Form::Letter),
    symbol(r"\mathcal{F}", "ℱ", Form::Letter),
    symbol(r"\mathcal{L}", "ℒ", Form::Letter),
    symbol(r"\mathcal{M}", "ℳ", Form::Letter),
    symbol(r"\mathcal{N}", "𝒩", Form::Letter),
    symbol(r"\mathcal{O}", "𝒪", Form::Letter),
    symbol(r"\mathcal{R}", "ℛ", Form::Letter),
    symbol(r"\mathcal{S}", "𝒮", Form::Letter),
];

fn by_tex(table: &[Symbol], tex: &str) -> Option<Symbol> {
    table.iter().find(|symbol| symbol.tex == tex).copied()
}

/// The symbol of a macro (backslash included) or of a single character.
pub(crate) fn by_spelling(tex: &str) -> Option<Symbol> {
    by_tex(SYMBOLS, tex).or_else(|| by_tex(CHARACTERS, tex))
}

/// The accent of a macro.
pub(crate) fn accent(tex: &str) -> Option<Symbol> {
    by_tex(ACCENTS, tex)
}

/// A letter of another alphabet, `\mathbb{R}`.
pub(crate) fn letter(tex: &str) -> Option<Symbol> {
    by_tex(LETTERS, tex)
}

/// The name whose Greek letter a macro prints.
pub(crate) fn greek(tex: &str) -> Option<&'static str> {
    let name = tex.strip_prefix('\\')?;
    names::GREEK
        .iter()
        .find(|greek| greek.macro_name == name)
        .map(|greek| greek.word)
}
