//! Where the characters of a decoded string stand in the file.

use std::ops::Range;
use std::sync::Arc;

/// Maps byte ranges of a text to byte ranges of the file it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextMap {
    whole: Range<usize>,
    pieces: Pieces,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Pieces {
    /// Byte k of the text is byte `start + k` of the file: literal strings and bare numbers.
    Shifted,
    /// First and last-plus-one file byte for every byte of the text: strings with escapes.
    Table(Arc<[(u32, u32)]>),
    /// The text does not stand in the file: every range maps to the whole.
    Elsewhere,
}

impl TextMap {
    /// The map of a text that stands unchanged at `span`.
    pub fn verbatim(span: Range<usize>) -> Self {
        Self {
            whole: span,
            pieces: Pieces::Shifted,
        }
    }

    /// The map of a text that was made from what stands at `span`, for example by an edit.
    pub fn elsewhere(span: Range<usize>) -> Self {
        Self {
            whole: span,
            pieces: Pieces::Elsewhere,
        }
    }

    /// The map of the TOML value at `span` of `source` whose decoded text is `decoded`.
    ///
    /// Literal strings map byte by byte, basic strings through their escapes, in one line or several. A value that is
    /// neither (or whose decoding differs) maps to its span as a whole.
    pub fn of_value(source: &str, span: Range<usize>, decoded: &str) -> Self {
        let Some(raw) = source.get(span.clone()) else {
            return Self::elsewhere(span);
        };
        if raw == decoded {
            return Self::verbatim(span);
        }
        for delimiter in ["'''", "\"\"\"", "'", "\""] {
            let Some(inner) = raw
                .strip_prefix(delimiter)
                .and_then(|rest| rest.strip_suffix(delimiter))
            else {
                continue;
            };
            let mut start = span.start + delimiter.len();
            let mut inner = inner;
            if delimiter.len() == 3 {
                let trimmed = inner
                    .strip_prefix("\r\n")
                    .or_else(|| inner.strip_prefix('\n'))
                    .unwrap_or(inner);
                start += inner.len() - trimmed.len();
                inner = trimmed;
            }
            if inner == decoded {
                return Self::verbatim(start..start + inner.len());
            }
            if delimiter.starts_with('"')
                && let Some(table) = unescape(inner, start, decoded)
            {
                return Self {
                    whole: start..start + inner.len(),
                    pieces: Pieces::Table(table),
                };
            }
            break;
        }
        Self::elsewhere(span)
    }

    /// The file range of a range of the text; both ends may lie at or behind the end of the text.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        match &self.pieces {
            Pieces::Shifted => {
                let at = |byte: usize| self.whole.start.saturating_add(byte).min(self.whole.end);
                at(range.start)..at(range.end.max(range.start))
            }
            Pieces::Table(table) => {
                let start = table
                    .get(range.start)
                    .map_or(self.whole.end, |piece| piece.0 as usize);
                let last = range
                    .end
                    .min(table.len())
                    .checked_sub(1)
                    .filter(|last| *last >= range.start);
                let end = last
                    .and_then(|last| table.get(last))
                    .map_or(start, |piece| piece.1 as usize);
                start..end
            }
            Pieces::Elsewhere => self.whole.clone(),
        }
    }

    /// The file range of the whole text.
    pub fn whole(&self) -> Range<usize> {
        self.whole.clone()
    }

    /// The map of the part `range` of the text.
    pub fn part(&self, range: Range<usize>) -> Self {
        let whole = self.range(range.clone());
        let pieces = match &self.pieces {
            Pieces::Table(table) => match table.get(range) {
                Some(part) => Pieces::Table(part.into()),
                None => Pieces::Elsewhere,
            },
            other => other.clone(),
        };
        Self { whole, pieces }
    }
}

/// For every byte of `decoded` the file bytes it was read from, or `None` if `inner` does not decode to it.
fn unescape(inner: &str, start: usize, decoded: &str) -> Option<Arc<[(u32, u32)]>> {
    let mut table: Vec<(u32, u32)> = Vec::with_capacity(decoded.len());
    let mut text = String::with_capacity(decoded.len());
    let mut at = 0;
    while let Some(character) = inner[at..].chars().next() {
        let rest = &inner[at..];
        let (produced, length) = if character != '\\' {
            (Some(character), character.len_utf8())
        } else {
            escape(rest)?
        };
        if let Some(produced) = produced {
            let from = u32::try_from(start + at).ok()?;
            let to = u32::try_from(start + at + length).ok()?;
            table.extend(std::iter::repeat_n((from, to), produced.len_utf8()));
            text.push(produced);
        }
        at += length;
    }
    (text == decoded).then(|| table.into())
}

/// The character an escape stands for (`None`: a line continuation) and its length in bytes.
fn escape(rest: &str) -> Option<(Option<char>, usize)> {
    let kind = rest[1..].chars().next()?;
    let digits = |count: usize| {
        let code = u32::from_str_radix(rest.get(2..2 + count)?, 16).ok()?;
        Some((Some(char::from_u32(code)?), 2 + count))
    };
    match kind {
        'b' => Some((Some('\u{8}'), 2)),
        't' => Some((Some('\t'), 2)),
        'n' => Some((Some('\n'), 2)),
        'f' => Some((Some('\u{c}'), 2)),
        'r' => Some((Some('\r'), 2)),
        'e' => Some((Some('\u{1b}'), 2)),
        '"' | '\\' => Some((Some(kind), 2)),
        'x' => digits(2),
        'u' => digits(4),
        'U' => digits(8),
        ' ' | '\t' | '\r' | '\n' => {
            let skipped = rest[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            Some((None, rest.len() - skipped.len()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::{DeTable, DeValue};

    /// The map of the value of `x` and its decoded text.
    fn map_of(source: &str) -> (TextMap, String) {
        let table = DeTable::parse(source).expect("the test source is TOML");
        let value = table.get_ref().get("x").expect("the test source has x");
        let DeValue::String(text) = value.get_ref() else {
            panic!("x is a string")
        };
        (
            TextMap::of_value(source, value.span(), text),
            text.to_string(),
        )
    }

    /// The source text under the place of `word` in the decoded text.
    fn under(source: &str, word: &str) -> String {
        let (map, text) = map_of(source);
        let at = text.find(word).expect("the word occurs");
        source[map.range(at..at + word.len())].to_owned()
    }

    #[test]
    fn literal_strings_map_byte_by_byte() {
        assert_eq!(under("x = 'ä + bad'", "bad"), "bad");
        assert_eq!(under("x = '''\na\n + bad'''", "bad"), "bad");
        assert_eq!(under("x = '''\r\na\r\n + bad'''", "bad"), "bad");
        assert_eq!(under("x = ''''bad'''", "'bad"), "'bad");
    }

    #[test]
    fn basic_strings_map_through_their_escapes() {
        assert_eq!(under(r#"x = "plain bad""#, "bad"), "bad");
        assert_eq!(under(r#"x = "\u03a6 \\ bad""#, "bad"), "bad");
        assert_eq!(under(r#"x = "a\u03a6b""#, "Φ"), r"\u03a6");
        assert_eq!(under(r#"x = "a\U0001F600b""#, "b"), "b");
        assert_eq!(under("x = \"\"\"\na \\\n   bad\"\"\"", "bad"), "bad");
        assert_eq!(under("x = \"\"\"\na\\t\r\n bad\"\"\"", "bad"), "bad");
    }

    #[test]
    fn ends_stay_inside() {
        let source = r#"x = "a\tb""#;
        let (map, _) = map_of(source);
        assert_eq!(
            map.range(3..3),
            9..9,
            "the end of the text is before the closing quote"
        );
        assert_eq!(map.range(2..80), 8..9);
        assert_eq!(map.range(50..80), 9..9);
        let (map, _) = map_of("x = 'ab'");
        assert_eq!(map.range(2..9), 7..7);
    }

    #[test]
    fn parts_keep_their_place() {
        for source in ["x = '[1, bad]'", r#"x = "[1,\tbad]""#] {
            let (map, text) = map_of(source);
            let at = text.find("bad").expect("occurs");
            let part = map.part(at..at + 3);
            assert_eq!(&source[part.whole()], "bad");
            assert_eq!(&source[part.range(1..3)], "ad");
        }
    }

    #[test]
    fn what_does_not_decode_maps_as_a_whole() {
        assert_eq!(
            TextMap::of_value("x = 'ab'", 4..8, "other").range(1..2),
            4..8
        );
        assert_eq!(
            TextMap::of_value("x", 4..8, "other").range(0..1),
            4..8,
            "a span outside the source"
        );
        assert_eq!(TextMap::elsewhere(2..5).part(7..9).range(0..1), 2..5);
    }
}
