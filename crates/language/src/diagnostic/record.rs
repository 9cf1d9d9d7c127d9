//! Diagnostics as data for JSON and SARIF.

use serde::Serialize;

use super::{Diagnostic, Sources};

/// A diagnostic with its place in lines and columns; the fields are public format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The code; the rule id in SARIF.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The path as given.
    pub path: String,
    /// The first character of the range.
    pub start: Position,
    /// The character after the range.
    pub end: Position,
    /// What is wrong.
    pub message: String,
    /// What stands at the range; may be empty.
    pub label: String,
    /// Facts that explain the problem.
    pub notes: Vec<String>,
    /// Ways out.
    pub helps: Vec<String>,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Bytes before it.
    pub byte: usize,
    /// Line, from 1; 0 if the text is not at hand.
    pub line: usize,
    /// Column in characters, from 1; 0 if the text is not at hand.
    pub column: usize,
}

impl Diagnostic {
    /// The diagnostic as data.
    pub fn record(&self, sources: &Sources) -> Record {
        let position = |byte: usize| {
            let (line, column) = sources
                .get(&self.path)
                .map_or((0, 0), |source| source.line_column(byte));
            Position { byte, line, column }
        };
        Record {
            code: self.code,
            severity: self.severity.word(),
            path: self.path.clone(),
            start: position(self.span.start),
            end: position(self.span.end),
            message: self.message.clone(),
            label: self.label.clone(),
            notes: self.notes.clone(),
            helps: self.helps.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::code;
    use crate::file::SourceFile;

    #[test]
    fn places_in_lines_and_columns() {
        let file = Arc::new(SourceFile::new("a.toml", "ab\ncd"));
        let diagnostic = Diagnostic::new(code::SYNTAX, &file, 3..5, "bad").label("here");
        let record = diagnostic.record(&file.into());
        assert_eq!(
            record.start,
            Position {
                byte: 3,
                line: 2,
                column: 1
            }
        );
        assert_eq!(
            record.end,
            Position {
                byte: 5,
                line: 2,
                column: 3
            }
        );
        assert_eq!((record.severity, record.label.as_str()), ("error", "here"));
        assert_eq!(
            diagnostic.record(&Sources::new()).start,
            Position {
                byte: 3,
                line: 0,
                column: 0
            }
        );
    }
}
