//! Diagnostics: what is wrong in a file, where, and what to do about it.
//!
//! A [`Diagnostic`] has a code, a byte range of the file, a sentence, a label for the range, notes and helps. The same
//! object is rendered for terminals ([`render`]) and turned into a [`Record`] for JSON and SARIF. Every code has a page
//! ([`explain`]) with a wrong and a right file.

use std::ops::Range;

use crate::expr::Problem;
use crate::file::{SourceFile, TextMap};

pub mod code;
mod evidence;
pub mod explain;
mod record;
mod render;

pub use code::{Code, Severity};
pub use evidence::Draws;
pub use explain::explain;
pub use record::{Position, Record};
pub use render::{MAX_RENDERED, Sources, render};

/// One problem of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code, one of [`code::all`].
    pub code: &'static str,
    /// Whether the file is unusable or only suspicious.
    pub severity: Severity,
    /// The path of the file as it was given.
    pub path: String,
    /// Bytes of the file; inside its text and on character boundaries.
    pub span: Range<usize>,
    /// What is wrong, a lowercase fragment.
    pub message: String,
    /// What stands at the span.
    pub label: String,
    /// Facts that explain the problem.
    pub notes: Vec<String>,
    /// Ways out.
    pub helps: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic without label, notes and helps; its severity is that of the code.
    pub fn new(
        code: &'static str,
        file: &SourceFile,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: code::severity(code),
            path: file.path.clone(),
            span: file.clamp(span),
            message: message.into(),
            label: String::new(),
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// The diagnostic of an expression problem, moved from the text of the expression to the file.
    pub fn from_problem(problem: Problem, file: &SourceFile, map: &TextMap) -> Self {
        let Problem {
            code,
            span,
            message,
            label,
            notes,
            helps,
        } = problem;
        Self {
            label,
            notes,
            helps,
            ..Self::new(code, file, map.range(span), message)
        }
    }

    /// The same diagnostic with this label.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same diagnostic with one more note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same diagnostic with one more help.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// The same diagnostic with the help, if there is one.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.helps.extend(help);
        self
    }

    /// Whether the file cannot be used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Orders by place in the file, then by code, and drops repetitions.
pub(crate) fn arrange(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.path, a.span.start, a.span.end, a.code, &a.message).cmp(&(
            &b.path,
            b.span.start,
            b.span.end,
            b.code,
            &b.message,
        ))
    });
    diagnostics.dedup();
}

/// The longest piece of a file quoted inside a message, in characters.
const MAX_QUOTED: usize = 80;

/// A piece of the file between back quotes: control characters escaped, long text cut.
pub(crate) fn quoted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(MAX_QUOTED) + 2);
    shown.push('`');
    for (count, character) in text.chars().enumerate() {
        if count == MAX_QUOTED {
            shown.push('…');
            break;
        }
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown.push('`');
    shown
}

/// The most words listed in a message.
const MAX_LISTED: usize = 24;

/// Quoted words separated by commas; a long list is cut and counted.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = words.into_iter();
    let mut shown: Vec<String> = words.by_ref().take(MAX_LISTED).map(quoted).collect();
    let hidden = words.count();
    if hidden > 0 {
        shown.push(format!("and {hidden} more"));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_is_safe_and_short() {
        assert_eq!(quoted("a\u{1b}[31m"), "`a\\u{1b}[31m`");
        assert_eq!(quoted(&"x".repeat(500)).chars().count(), MAX_QUOTED + 3);
        assert_eq!(listed(["a", "b"]), "`a`, `b`");
        assert!(listed(["a"; 30]).ends_with("`a`, and 6 more"));
    }

    #[test]
    fn spans_are_kept_inside_the_text() {
        let file = SourceFile::new("a.toml", "äb");
        let diagnostic = Diagnostic::new(code::SYNTAX, &file, 1..99, "x");
        assert_eq!(diagnostic.span, 0..3);
        assert_eq!(Diagnostic::new(code::SYNTAX, &file, 7..9, "x").span, 3..3);
    }

    #[test]
    fn arranged_by_place_without_repetitions() {
        let file = SourceFile::new("a.toml", "abc");
        let at = |start| Diagnostic::new(code::SYNTAX, &file, start..3, "x");
        let mut all = vec![at(2), at(0), at(2)];
        arrange(&mut all);
        assert_eq!(all, vec![at(0), at(2)]);
    }
}
