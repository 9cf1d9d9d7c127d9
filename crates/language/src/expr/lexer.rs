//! Text → tokens. Foreign spellings are reported and read as what they mean, so that one slip gives one problem.

mod spelling;

use std::ops::Range;

use super::BinaryOp;
use super::names;
use super::problem::{BAD_TOKEN, FOREIGN_OPERATOR, MAX_PROBLEMS, Problem};
use spelling::{FOREIGN, FOREIGN_SINGLE, SYMBOLS, advice, belongs, is_name_part};

pub(crate) use spelling::range_operator;

/// A token with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: TokenKind,
    pub span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Number,
    /// A name, Greek letters spelled out.
    Name(String),
    Operator(BinaryOp),
    Not,
    Open(Bracket),
    Close(Bracket),
    Comma,
    Colon,
    At,
    Dot,
    In,
    If,
    Then,
    Else,
    Fn,
    /// Characters outside the grammar, already reported.
    Junk,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bracket {
    Round,
    Square,
}

impl Bracket {
    pub(crate) fn open(self) -> &'static str {
        match self {
            Bracket::Round => "(",
            Bracket::Square => "[",
        }
    }

    pub(crate) fn close(self) -> &'static str {
        match self {
            Bracket::Round => ")",
            Bracket::Square => "]",
        }
    }
}

/// The tokens of a text, ended by [`TokenKind::End`], and what is wrong with its characters.
pub(crate) fn tokens(text: &str) -> (Vec<Token>, Vec<Problem>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        problems: Vec::new(),
    };
    while lexer.problems.len() < MAX_PROBLEMS && lexer.step() {}
    lexer.push(TokenKind::End, text.len()..text.len());
    (lexer.tokens, lexer.problems)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    problems: Vec<Problem>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, span: Range<usize>) {
        self.at = span.end;
        self.tokens.push(Token { kind, span });
    }

    /// Reads one token or blank; false at the end.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest().chars().next() else {
            return false;
        };
        if first.is_whitespace() {
            self.at += first.len_utf8();
        } else if first.is_ascii_digit() {
            self.number();
        } else if first == '.' && self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) {
            self.leading_dot();
        } else if first.is_ascii_alphabetic() || first == '_' {
            self.word();
        } else if names::by_letter(first).is_some() {
            self.greek(first);
        } else {
            self.symbol(first);
        }
        true
    }

    /// Length of the run of digits that begins `offset` bytes ahead.
    fn digits(&self, offset: usize) -> usize {
        let rest = &self.rest()[offset..];
        rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()
    }

    fn number(&mut self) {
        let start = self.at;
        let whole = self.digits(0);
        let mut length = whole;
        let rest = self.rest();
        let fault = if let Some(after) = rest[length..].strip_prefix('.') {
            let decimals = self.digits(length + 1);
            length += 1 + decimals;
            if decimals == 0 {
                let digits = &rest[..whole];
                let _ = after;
                Some((
                    "a decimal point needs digits after it",
                    format!("write `{digits}` or `{digits}.0`"),
                ))
            } else {
                None
            }
        } else {
            None
        };
        let fault = fault.or_else(|| {
            let tail = &self.rest()[length..];
            if let Some(extra) = scientific(tail) {
                let mantissa = &self.rest()[..length];
                let exponent = &tail[1..extra];
                length += extra;
                Some((
                    "numbers have no exponent part",
                    format!(
                        "write `{mantissa} * 10^{}`",
                        exponent.trim_start_matches('+')
                    ),
                ))
            } else if tail.starts_with('_') && tail[1..].starts_with(|c: char| c.is_ascii_digit()) {
                let run = tail.len()
                    - tail
                        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '_')
                        .len();
                length += run;
                let joined: String = self.rest()[..length]
                    .chars()
                    .filter(|c| *c != '_')
                    .collect();
                Some((
                    "digits are written without separators",
                    format!("write `{joined}`"),
                ))
            } else {
                None
            }
        });
        let span = start..start + length;
        if let Some((label, help)) = fault {
            self.problems.push(
                Problem::new(
                    BAD_TOKEN,
                    span.clone(),
                    format!("malformed number `{}`", &self.text[span.clone()]),
                    label,
                )
                .help(help),
            );
        }
        self.push(TokenKind::Number, span);
    }

    /// `.5`: a number that lacks its zero, or a field that is no name.
    fn leading_dot(&mut self) {
        let span = self.at..self.at + 1 + self.digits(1);
        let text = &self.text[span.clone()];
        let after_operand = self.tokens.last().is_some_and(|token| {
            token.span.end == span.start
                && matches!(
                    token.kind,
                    TokenKind::Name(_) | TokenKind::Close(_) | TokenKind::Number
                )
        });
        if after_operand {
            self.problems.push(
                Problem::new(
                    BAD_TOKEN,
                    span.clone(),
                    format!("malformed field `{text}`"),
                    "field names begin with a letter",
                )
                .help(format!("entries are written `e[{}]`", &text[1..])),
            );
            self.at = span.end;
        } else {
            self.problems.push(
                Problem::new(
                    BAD_TOKEN,
                    span.clone(),
                    format!("malformed number `{text}`"),
                    "a digit is missing before the point",
                )
                .help(format!("write `0{text}`")),
            );
            self.push(TokenKind::Number, span);
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let word = &rest[..rest.len() - rest.trim_start_matches(is_name_part).len()];
        let kind = match word {
            "and" => TokenKind::Operator(BinaryOp::And),
            "or" => TokenKind::Operator(BinaryOp::Or),
            "not" => TokenKind::Not,
            "if" => TokenKind::If,
            "then" => TokenKind::Then,
            "else" => TokenKind::Else,
            "fn" => TokenKind::Fn,
            "in" => TokenKind::In,
            _ => TokenKind::Name(word.to_owned()),
        };
        self.push(kind, self.at..self.at + word.len());
    }

    /// A Greek letter with its index: `Φ`, `Φ_1`, `Φ2`; a Latin letter right after it begins another name.
    fn greek(&mut self, letter: char) {
        let word = names::by_letter(letter).map_or("", |greek| greek.word);
        let rest = &self.rest()[letter.len_utf8()..];
        let tail = if rest.starts_with('_') {
            &rest[..rest.len() - rest.trim_start_matches(is_name_part).len()]
        } else {
            &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()]
        };
        let name = format!("{word}{tail}");
        let length = letter.len_utf8() + tail.len();
        self.push(TokenKind::Name(name), self.at..self.at + length);
    }

    fn symbol(&mut self, first: char) {
        let rest = self.rest();
        let foreign = |table: &'static [(&'static str, TokenKind, &'static str)]| {
            table
                .iter()
                .find(|(spelling, ..)| rest.starts_with(spelling))
        };
        let native = || {
            SYMBOLS
                .iter()
                .find(|(spelling, _)| rest.starts_with(spelling))
        };
        if let Some((spelling, kind, help)) = foreign(FOREIGN) {
            self.foreign(spelling, kind, help);
        } else if let Some((spelling, kind)) = native() {
            self.push(kind.clone(), self.at..self.at + spelling.len());
        } else if let Some((spelling, kind, help)) = foreign(FOREIGN_SINGLE) {
            self.foreign(spelling, kind, help);
        } else {
            self.junk(first);
        }
    }

    fn foreign(&mut self, spelling: &'static str, kind: &TokenKind, help: &'static str) {
        let span = self.at..self.at + spelling.len();
        self.problems.push(
            Problem::new(
                FOREIGN_OPERATOR,
                span.clone(),
                format!("`{spelling}` is not an operator of this language"),
                "unknown operator",
            )
            .help(help),
        );
        self.push(kind.clone(), span);
    }

    /// A run of characters outside the grammar: one problem, with advice on its first character.
    fn junk(&mut self, first: char) {
        let span = self.at
            ..self.at
                + self
                    .rest()
                    .find(belongs)
                    .unwrap_or(self.rest().len())
                    .max(first.len_utf8());
        let known = advice(first);
        let repeated = known.is_some()
            && self
                .problems
                .iter()
                .any(|p| p.helps.iter().any(|help| Some(help.as_str()) == known));
        if !repeated {
            let shown: String = self.text[span.clone()]
                .chars()
                .take(10)
                .map(printable)
                .collect();
            self.problems.push(
                Problem::new(
                    BAD_TOKEN,
                    span.clone(),
                    format!("unknown character `{shown}`"),
                    "not part of the grammar",
                )
                .maybe_help(known.map(str::to_owned)),
            );
        }
        self.push(TokenKind::Junk, span);
    }
}

/// Control characters are shown by the replacement character.
fn printable(character: char) -> char {
    if character.is_control() {
        '\u{fffd}'
    } else {
        character
    }
}

/// The length of `e5`, `E-3`, `e+10` at the beginning of a text, or `None`.
fn scientific(text: &str) -> Option<usize> {
    let after = text.strip_prefix(['e', 'E'])?;
    let digits = after.strip_prefix(['+', '-']).unwrap_or(after);
    let tail = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    (tail.len() < digits.len() && !tail.starts_with(is_name_part))
        .then_some(text.len() - tail.len())
}
