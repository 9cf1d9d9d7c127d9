//! Marks → TeX for math mode.

use super::identifier::{Head, parts};
use super::mark::{Form, Mark, Shape, Symbol};

/// The TeX of a formula.
pub(crate) fn write(marks: &[Mark<'_>]) -> String {
    let mut writer = Writer::default();
    let mut open: Vec<(Shape, usize)> = Vec::new();
    for mark in marks {
        match mark {
            Mark::Identifier(name) => writer.identifier(name),
            Mark::Number(digits) => writer.put(digits),
            Mark::Upright(name) => writer.put(&format!(r"\operatorname{{{}}}", escaped(name))),
            Mark::Words(words) => writer.put(&format!(r"\text{{{}}}", escaped(words))),
            Mark::Symbol(symbol) => writer.symbol(*symbol),
            Mark::Begin(shape) => {
                writer.begin(*shape);
                open.push((*shape, 0));
            }
            Mark::Next => {
                if let Some((shape, slot)) = open.last_mut() {
                    *slot += 1;
                    writer.put(between(*shape, *slot));
                }
            }
            Mark::NextRow => writer.put(r" \\ "),
            Mark::End => {
                if let Some((shape, _)) = open.pop() {
                    writer.end(shape);
                }
            }
        }
    }
    writer.out
}

/// Text with the characters escaped that mean something to TeX.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '_' | '&' | '%' | '$' | '#' | '{' | '}' => {
                out.push('\\');
                out.push(character);
            }
            '\\' => out.push_str(r"\textbackslash{}"),
            '^' => out.push_str(r"\textasciicircum{}"),
            '~' => out.push_str(r"\textasciitilde{}"),
            _ => out.push(character),
        }
    }
    out
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The text ends in a macro name, which a letter would prolong.
    in_macro: bool,
}

impl Writer {
    fn put(&mut self, piece: &str) {
        if self.in_macro && piece.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.out.push(' ');
        }
        self.out.push_str(piece);
        if !piece.is_empty() {
            let letters = piece.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            self.in_macro = letters.len() < piece.len() && letters.ends_with('\\');
        }
    }

    fn spaced(&mut self, piece: &str) {
        if !self.out.ends_with([' ', '{', '(']) {
            self.out.push(' ');
        }
        self.put(piece);
        self.out.push(' ');
        self.in_macro = false;
    }

    fn symbol(&mut self, symbol: Symbol) {
        match symbol.form {
            Form::Infix => self.spaced(symbol.tex),
            Form::Comma => {
                self.put(symbol.tex);
                self.put(" ");
            }
            _ => self.put(symbol.tex),
        }
    }

    fn identifier(&mut self, name: &str) {
        let parts = parts(name);
        self.head(parts.head);
        if !parts.indices.is_empty() {
            self.put("_{");
            for (place, index) in parts.indices.iter().enumerate() {
                if place > 0 {
                    self.put(",");
                }
                self.head(*index);
            }
            self.put("}");
        }
    }

    fn head(&mut self, head: Head<'_>) {
        match head {
            Head::Greek(greek) => self.put(&format!(r"\{}", greek.macro_name)),
            Head::Letter(letter) => self.put(letter),
            Head::Word(word) if word.bytes().all(|b| b.is_ascii_digit()) => self.put(word),
            Head::Word(word) => self.put(&format!(r"\mathrm{{{}}}", escaped(word))),
        }
    }

    fn begin(&mut self, shape: Shape) {
        match shape {
            Shape::Row | Shape::Under | Shape::UnderOver => {}
            Shape::Superscript { plain }
            | Shape::Subscript { plain }
            | Shape::Scripts { plain } => {
                if !plain {
                    self.put("{");
                }
            }
            Shape::Fence(open, _) => {
                self.put(r"\left");
                self.put(open.tex);
            }
            Shape::Fraction => self.put(r"\frac{"),
            Shape::Root => self.put(r"\sqrt{"),
            Shape::Binomial => self.put(r"\binom{"),
            Shape::Accent(accent) => {
                self.put(accent.tex);
                self.put("{");
            }
            Shape::Matrix => self.put(r"\begin{pmatrix} "),
            Shape::Cases => self.put(r"\begin{cases} "),
        }
    }

    fn end(&mut self, shape: Shape) {
        match shape {
            Shape::Row => {}
            Shape::Fence(_, close) => {
                self.put(r"\right");
                self.put(close.tex);
            }
            Shape::Matrix => self.put(r" \end{pmatrix}"),
            Shape::Cases => self.put(r" \end{cases}"),
            Shape::Superscript { .. }
            | Shape::Subscript { .. }
            | Shape::Scripts { .. }
            | Shape::Under
            | Shape::UnderOver
            | Shape::Fraction
            | Shape::Root
            | Shape::Binomial
            | Shape::Accent(_) => self.put("}"),
        }
    }
}

/// What stands before the slot of this number, counted from 0.
fn between(shape: Shape, slot: usize) -> &'static str {
    match (shape, slot) {
        (Shape::Superscript { plain: true }, 1) => "^{",
        (Shape::Superscript { plain: false }, 1) => "}^{",
        (Shape::Subscript { plain: true } | Shape::Scripts { plain: true }, 1) => "_{",
        (Shape::Subscript { plain: false } | Shape::Scripts { plain: false }, 1) => "}_{",
        (Shape::Under | Shape::UnderOver, 1) => "_{",
        (Shape::Scripts { .. } | Shape::UnderOver, 2) => "}^{",
        (Shape::Matrix | Shape::Cases, _) => " & ",
        _ => "}{",
    }
}
