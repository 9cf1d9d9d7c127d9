//! Printing templates of natives: TeX with `#1`, `#2`, … compiled to marks, so that one template serves both formats.
//!
//! Read are letters, digits, signs, `_` and `^`, groups, `\left … \right`, `\frac`, `\binom`, `\sqrt`, accents,
//! `\operatorname`, `\mathrm`, `\text`, `\mathbb`, `\mathcal` and the macros of `macros`. Groups nest at most
//! [`MAX_DEPTH`] deep.

mod bounds;

use super::macros;
use super::mark::{Form, Mark, Shape};
use crate::expr::precedence::Level;
use bounds::{level, mark_enclosed};

/// How deep groups of a template may nest.
const MAX_DEPTH: usize = 16;

/// A compiled template.
#[derive(Clone, Debug)]
pub(crate) struct Template<'a> {
    pub pieces: Vec<Piece<'a>>,
    /// How tightly the printed whole holds together.
    pub level: Level,
}

/// One item of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Mark(Mark<'a>),
    /// An argument, counted from 0; `enclosed` between delimiters or alone in a slot, where it needs no parentheses.
    Argument {
        index: usize,
        enclosed: bool,
    },
}

impl Template<'_> {
    /// Whether each of `count` arguments occurs and no other: a template must not hide an argument.
    pub(crate) fn shows(&self, count: usize) -> bool {
        let mut seen = vec![false; count];
        for piece in &self.pieces {
            if let Piece::Argument { index, .. } = piece {
                match seen.get_mut(*index) {
                    Some(place) => *place = true,
                    None => return false,
                }
            }
        }
        seen.into_iter().all(|shown| shown)
    }
}

/// Why a template cannot print a call with `arguments` arguments, or `None` if it can.
///
/// A native whose template has a problem is printed as `name(a, b)`.
pub fn template_problem(template: &str, arguments: usize) -> Option<String> {
    match compile(template) {
        Ok(compiled) if compiled.shows(arguments) => None,
        Ok(_) => Some(format!(
            "the template does not show exactly #1 to #{arguments}"
        )),
        Err(problem) => Some(problem),
    }
}

/// Compiles a template, or says what is outside the subset.
pub(crate) fn compile(template: &str) -> Result<Template<'_>, String> {
    let mut reader = Reader {
        text: template,
        at: 0,
        out: Vec::new(),
    };
    reader.sequence(Stop::End, 0)?;
    let mut pieces = reader.out;
    mark_enclosed(&mut pieces);
    let level = level(&pieces);
    Ok(Template { pieces, level })
}

/// What ends a sequence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    End,
    Brace,
    Right,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    out: Vec<Piece<'a>>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, length: usize) -> &'a str {
        let taken = &self.rest()[..length];
        self.at += length;
        taken
    }

    fn eat(&mut self, prefix: &str) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with(prefix);
        self.at += if found { prefix.len() } else { 0 };
        found
    }

    fn mark(&mut self, mark: Mark<'a>) {
        self.out.push(Piece::Mark(mark));
    }

    /// Items up to the stop, which is consumed.
    fn sequence(&mut self, stop: Stop, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(format!("groups nest more than {MAX_DEPTH} deep"));
        }
        let mut last = None;
        loop {
            self.skip_blanks();
            let rest = self.rest();
            match (rest.chars().next(), stop) {
                (None, Stop::End) => return Ok(()),
                (None, _) => return Err("a group is not closed".to_owned()),
                (Some('}'), Stop::Brace) => {
                    self.take(1);
                    return Ok(());
                }
                (Some('}'), _) => return Err("`}` closes nothing".to_owned()),
                (Some('\\'), Stop::Right)
                    if rest.starts_with(r"\right") && !rest[6..].starts_with(letter) =>
                {
                    self.take(6);
                    return Ok(());
                }
                (Some('_' | '^'), _) => {
                    let base = last.take().ok_or("a script has no base")?;
                    self.scripts(base, depth)?;
                }
                _ => {
                    last = Some(self.out.len());
                    self.atom(depth)?;
                }
            }
        }
    }

    /// One item: a sign, letter, number, macro with its groups, group, or argument.
    fn atom(&mut self, depth: usize) -> Result<(), String> {
        let rest = self.rest();
        let first = rest.chars().next().ok_or("an item is missing")?;
        match first {
            '{' => {
                self.take(1);
                self.mark(Mark::Begin(Shape::Row));
                self.sequence(Stop::Brace, depth + 1)?;
                self.mark(Mark::End);
            }
            '#' => {
                self.take(1);
                let digit = self
                    .rest()
                    .chars()
                    .next()
                    .and_then(|c| c.to_digit(10))
                    .filter(|d| *d > 0);
                let index = digit.ok_or("`#` is followed by 1 to 9")? as usize - 1;
                self.take(1);
                self.out.push(Piece::Argument {
                    index,
                    enclosed: false,
                });
            }
            '\\' => self.macro_call(depth)?,
            _ if first.is_ascii_digit() => {
                let length =
                    rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let digits = self.take(length);
                self.mark(Mark::Number(digits));
            }
            _ if letter(first) => {
                let name = self.take(1);
                self.mark(Mark::Identifier(name));
            }
            _ => {
                let sign = self.take(first.len_utf8());
                let symbol = macros::by_spelling(sign)
                    .ok_or_else(|| format!("`{sign}` is outside the subset"))?;
                self.mark(Mark::Symbol(symbol));
            }
        }
        Ok(())
    }

    /// The macro that begins here, backslash included.
    fn macro_name(&mut self) -> &'a str {
        let rest = self.rest();
        let letters = rest[1..].len() - rest[1..].trim_start_matches(letter).len();
        let single = rest[1..].chars().next().map_or(0, char::len_utf8);
        self.take(1 + if letters > 0 { letters } else { single })
    }

    fn macro_call(&mut self, depth: usize) -> Result<(), String> {
        let start = self.at;
        let name = self.macro_name();
        match name {
            r"\!" => {}
            r"\frac" | r"\tfrac" | r"\dfrac" => self.shape(Shape::Fraction, 2, depth)?,
            r"\binom" => self.shape(Shape::Binomial, 2, depth)?,
            r"\sqrt" => self.shape(Shape::Root, 1, depth)?,
            r"\operatorname" | r"\mathrm" | r"\mathsf" | r"\mathbf" => {
                let word = self.word(name)?;
                self.mark(Mark::Upright(word));
            }
            r"\text" => {
                let words = self.word(name)?;
                self.mark(Mark::Words(words));
            }
            r"\mathbb" | r"\mathcal" => {
                self.word(name)?;
                let spelled = &self.text[start..self.at];
                let found = macros::letter(spelled)
                    .ok_or_else(|| format!("`{spelled}` is outside the subset"))?;
                self.mark(Mark::Symbol(found));
            }
            r"\left" => self.fence(depth)?,
            _ => {
                if let Some(accent) = macros::accent(name) {
                    self.shape(Shape::Accent(accent), 1, depth)?;
                } else if let Some(word) = macros::greek(name) {
                    self.mark(Mark::Identifier(word));
                } else {
                    let found = macros::by_spelling(name)
                        .ok_or_else(|| format!("`{name}` is outside the subset"))?;
                    self.mark(Mark::Symbol(found));
                }
            }
        }
        Ok(())
    }

    fn shape(&mut self, shape: Shape, slots: usize, depth: usize) -> Result<(), String> {
        self.mark(Mark::Begin(shape));
        for slot in 0..slots {
            if slot > 0 {
                self.mark(Mark::Next);
            }
            self.slot(depth)?;
        }
        self.mark(Mark::End);
        Ok(())
    }

    /// A braced sequence or a single item.
    fn slot(&mut self, depth: usize) -> Result<(), String> {
        if self.eat("{") {
            self.sequence(Stop::Brace, depth + 1)
        } else {
            self.atom(depth)
        }
    }

    /// Plain text in braces.
    fn word(&mut self, name: &str) -> Result<&'a str, String> {
        if !self.eat("{") {
            return Err(format!("`{name}` is followed by `{{`"));
        }
        let length = self.rest().find('}').ok_or("a group is not closed")?;
        let word = self.take(length);
        self.take(1);
        if word.contains(['{', '\\', '#']) {
            return Err(format!("`{name}` holds plain text"));
        }
        Ok(word)
    }

    fn delimiter(&mut self) -> Result<super::mark::Symbol, String> {
        self.skip_blanks();
        let sign = match self.rest().chars().next() {
            Some('\\') => self.macro_name(),
            Some(first) => self.take(first.len_utf8()),
            None => "",
        };
        macros::by_spelling(sign)
            .filter(|symbol| matches!(symbol.form, Form::Open | Form::Close | Form::Bar))
            .ok_or_else(|| format!("`{sign}` is no delimiter"))
    }

    /// `\left( … \right)`, after `\left`.
    fn fence(&mut self, depth: usize) -> Result<(), String> {
        let open = self.delimiter()?;
        let begin = self.out.len();
        self.mark(Mark::Begin(Shape::Row));
        self.sequence(Stop::Right, depth + 1)?;
        let close = self.delimiter()?;
        self.out[begin] = Piece::Mark(Mark::Begin(Shape::Fence(open, close)));
        self.mark(Mark::End);
        Ok(())
    }

    /// `_a`, `^b` or both after the item that begins at `base`.
    fn scripts(&mut self, base: usize, depth: usize) -> Result<(), String> {
        let plain = self.out.len() == base + 1 && matches!(self.out[base], Piece::Mark(_));
        let (mut index, mut exponent) = (None, None);
        loop {
            let place = if self.eat("_") {
                &mut index
            } else if self.eat("^") {
                &mut exponent
            } else {
                break;
            };
            let start = self.out.len();
            self.skip_blanks();
            self.slot(depth)?;
            if self.out.len() == start {
                return Err("a script is empty".to_owned());
            }
            if place.replace(self.out.split_off(start)).is_some() {
                return Err("an item has two scripts of one kind".to_owned());
            }
        }
        let shape = match (&index, &exponent) {
            (Some(_), Some(_)) => Shape::Scripts { plain },
            (Some(_), None) => Shape::Subscript { plain },
            _ => Shape::Superscript { plain },
        };
        self.out.insert(base, Piece::Mark(Mark::Begin(shape)));
        for script in [index, exponent].into_iter().flatten() {
            self.mark(Mark::Next);
            self.out.extend(script);
        }
        self.mark(Mark::End);
        Ok(())
    }
}

fn letter(character: char) -> bool {
    character.is_ascii_alphabetic()
}
