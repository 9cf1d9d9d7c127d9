//! A position in the text of a network or template, with the errors of both.

use crate::activation::excerpt;
use crate::failure::Failure;

/// Where a text is read, and what it is the text of.
pub(crate) struct Cursor<'a> {
    what: &'static str,
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of a text; `what` names its object in errors.
    pub(crate) fn new(what: &'static str, text: &'a str) -> Self {
        Self { what, text, at: 0 }
    }

    /// What follows, leading spaces skipped.
    pub(crate) fn rest(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    /// Goes on by this many bytes of what follows.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub(crate) fn accept(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.skip(token.len());
        }
        found
    }

    pub(crate) fn expect(&mut self, token: &str) -> Result<(), Failure> {
        if self.accept(token) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("'{token}'")))
        }
    }

    /// The error that something else stands here, with the place and the beginning of what does.
    pub(crate) fn unexpected(&mut self, expected: &str) -> Failure {
        let rest = self.rest();
        let got = if rest.is_empty() {
            "the end".to_owned()
        } else {
            format!("'{}'", excerpt(rest))
        };
        Failure::Shape(format!(
            "{} text at byte {}: expected {expected}, got {got}",
            self.what, self.at
        ))
    }
}
