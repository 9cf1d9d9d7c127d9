//! Marks → MathML Core: `math mrow mi mn mo mtext mspace mfrac msqrt msub msup msubsup munder munderover mover mtable`.
//!
//! Every slot is an `mrow`, so that each element has exactly the children it needs.

use super::identifier::{Head, parts};
use super::mark::{Form, Mark, Shape, Symbol};

/// The `<math>` element of a formula.
pub(crate) fn write(marks: &[Mark<'_>]) -> String {
    let mut out = String::from("<math><mrow>");
    let mut open: Vec<Shape> = Vec::new();
    for mark in marks {
        match mark {
            Mark::Identifier(name) => identifier(&mut out, name),
            Mark::Number(digits) => element(&mut out, "mn", digits),
            Mark::Upright(name) if name.chars().count() == 1 => {
                out.push_str(r#"<mi mathvariant="normal">"#);
                escape_into(&mut out, name);
                out.push_str("</mi>");
            }
            Mark::Upright(name) => element(&mut out, "mi", name),
            // Leading and trailing blanks of an element are dropped by browsers.
            Mark::Words(words) => element(&mut out, "mtext", &words.replace(' ', "\u{a0}")),
            Mark::Symbol(symbol) => write_symbol(&mut out, *symbol),
            Mark::Begin(shape) => {
                begin(&mut out, *shape);
                open.push(*shape);
            }
            Mark::Next => out.push_str(match open.last() {
                Some(Shape::Matrix | Shape::Cases) => "</mtd><mtd>",
                _ => "</mrow><mrow>",
            }),
            Mark::NextRow => out.push_str("</mtd></mtr><mtr><mtd>"),
            Mark::End => {
                if let Some(shape) = open.pop() {
                    end(&mut out, shape);
                }
            }
        }
    }
    out.push_str("</mrow></math>");
    out
}

/// Appends text with `&`, `<`, `>` and quotes escaped.
fn escape_into(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    escape_into(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn write_symbol(out: &mut String, symbol: Symbol) {
    match symbol.form {
        Form::Letter | Form::Name => element(out, "mi", symbol.text),
        Form::Infix | Form::Large | Form::Ordinary => element(out, "mo", symbol.text),
        Form::Comma => {
            out.push_str(r#"<mo separator="true">"#);
            escape_into(out, symbol.text);
            out.push_str("</mo>");
        }
        Form::Prefix => {
            out.push_str(r#"<mo form="prefix">"#);
            escape_into(out, symbol.text);
            out.push_str("</mo>");
        }
        Form::Open | Form::Close | Form::Bar => {
            out.push_str(r#"<mo stretchy="false">"#);
            escape_into(out, symbol.text);
            out.push_str("</mo>");
        }
        Form::Space => out.push_str(r#"<mspace width="0.3em"></mspace>"#),
    }
}

fn delimiter(out: &mut String, symbol: Symbol, form: &str) {
    out.push_str(r#"<mo fence="true" form=""#);
    out.push_str(form);
    out.push_str(r#"">"#);
    escape_into(out, symbol.text);
    out.push_str("</mo>");
}

fn identifier(out: &mut String, name: &str) {
    let parts = parts(name);
    if parts.indices.is_empty() {
        return head(out, parts.head);
    }
    out.push_str("<msub>");
    head(out, parts.head);
    out.push_str("<mrow>");
    for (place, index) in parts.indices.iter().enumerate() {
        if place > 0 {
            out.push_str(r#"<mo separator="true">,</mo>"#);
        }
        head(out, *index);
    }
    out.push_str("</mrow></msub>");
}

fn head(out: &mut String, head: Head<'_>) {
    match head {
        Head::Greek(greek) => element(out, "mi", greek.letter.encode_utf8(&mut [0; 4])),
        Head::Word(word) if word.bytes().all(|b| b.is_ascii_digit()) => element(out, "mn", word),
        // A digit alone is one letter long.
        Head::Letter(text) if text.bytes().all(|b| b.is_ascii_digit()) => element(out, "mn", text),
        Head::Letter(text) | Head::Word(text) => element(out, "mi", text),
    }
}

fn begin(out: &mut String, shape: Shape) {
    match shape {
        Shape::Row => out.push_str("<mrow>"),
        Shape::Fence(open, _) => {
            out.push_str("<mrow>");
            delimiter(out, open, "prefix");
        }
        Shape::Fraction => out.push_str("<mfrac><mrow>"),
        Shape::Superscript { .. } => out.push_str("<msup><mrow>"),
        Shape::Subscript { .. } => out.push_str("<msub><mrow>"),
        Shape::Scripts { .. } => out.push_str("<msubsup><mrow>"),
        Shape::Under => out.push_str("<munder><mrow>"),
        Shape::UnderOver => out.push_str("<munderover><mrow>"),
        Shape::Root => out.push_str("<msqrt><mrow>"),
        Shape::Binomial => {
            out.push_str(
                r#"<mrow><mo fence="true" form="prefix">(</mo><mfrac linethickness="0"><mrow>"#,
            );
        }
        Shape::Accent(_) => out.push_str(r#"<mover accent="true"><mrow>"#),
        Shape::Matrix => {
            out.push_str(r#"<mrow><mo fence="true" form="prefix">(</mo><mtable><mtr><mtd>"#)
        }
        Shape::Cases => {
            out.push_str(r#"<mrow><mo fence="true" form="prefix">{</mo><mtable><mtr><mtd>"#)
        }
    }
}

fn end(out: &mut String, shape: Shape) {
    match shape {
        Shape::Row => out.push_str("</mrow>"),
        Shape::Fence(_, close) => {
            delimiter(out, close, "postfix");
            out.push_str("</mrow>");
        }
        Shape::Fraction => out.push_str("</mrow></mfrac>"),
        Shape::Superscript { .. } => out.push_str("</mrow></msup>"),
        Shape::Subscript { .. } => out.push_str("</mrow></msub>"),
        Shape::Scripts { .. } => out.push_str("</mrow></msubsup>"),
        Shape::Under => out.push_str("</mrow></munder>"),
        Shape::UnderOver => out.push_str("</mrow></munderover>"),
        Shape::Root => out.push_str("</mrow></msqrt>"),
        Shape::Binomial => {
            out.push_str(r#"</mrow></mfrac><mo fence="true" form="postfix">)</mo></mrow>"#)
        }
        Shape::Accent(accent) => {
            out.push_str("</mrow>");
            element(out, "mo", accent.text);
            out.push_str("</mover>");
        }
        Shape::Matrix => {
            out.push_str(r#"</mtd></mtr></mtable><mo fence="true" form="postfix">)</mo></mrow>"#);
        }
        Shape::Cases => out.push_str("</mtd></mtr></mtable></mrow>"),
    }
}
