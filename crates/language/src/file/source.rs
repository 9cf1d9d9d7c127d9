//! The text of a file with its path.

use std::ops::Range;

/// A file that was read: its path as given and its text, unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as given, for messages.
    pub path: String,
    /// The whole text; a byte order mark and CRLF line ends are kept.
    pub text: String,
}

impl SourceFile {
    /// A file with this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }

    /// Line and column of a byte, both counted from 1, columns in characters; a byte after the end counts as the end.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let end = floor_boundary(&self.text, byte);
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (
            line,
            before[line_start..]
                .chars()
                .filter(|c| *c != '\u{feff}')
                .count()
                + 1,
        )
    }

    /// The file name without its folders and its last extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The range moved inside the text and outwards onto character boundaries; empty at the end if it lies behind it.
    pub(crate) fn clamp(&self, span: Range<usize>) -> Range<usize> {
        let start = floor_boundary(&self.text, span.start);
        let mut end = span.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }
}

/// The largest character boundary ≤ `byte`.
fn floor_boundary(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let file = SourceFile::new("a", "ab\nä=1\r\n");
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column(3), (2, 1));
        assert_eq!(file.line_column(4), (2, 1), "inside a character");
        assert_eq!(file.line_column(5), (2, 2));
        assert_eq!(file.line_column(900), (3, 1));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        assert_eq!(SourceFile::new("a", "\u{feff}x").line_column(3), (1, 1));
    }

    #[test]
    fn stems() {
        for (path, stem) in [
            ("theorems/derivative/nn-chain-rule.toml", "nn-chain-rule"),
            ("a.b.toml", "a.b"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(SourceFile::new(path, "").stem(), stem);
        }
    }
}
