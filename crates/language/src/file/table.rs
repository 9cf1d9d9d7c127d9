//! Reading TOML tables without stopping at the first problem.
//!
//! A serde derive stops at its first error; an author wants to see all of them. So the file is parsed into a tree of
//! spanned values, and each table is read key by key against the list of its keys.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{SourceFile, TextMap};
use crate::diagnostic::{Diagnostic, code, quoted};
use crate::expr::suggestion;

/// A string of the file, decoded, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// The decoded text.
    pub text: String,
    /// Where its characters stand.
    pub map: TextMap,
}

impl Text {
    /// The bytes of the file it was read from, without quotes.
    pub fn span(&self) -> Range<usize> {
        self.map.whole()
    }

    /// The part of this text at `range`.
    pub fn part(&self, range: Range<usize>) -> Text {
        Text {
            text: self.text[range.clone()].to_owned(),
            map: self.map.part(range),
        }
    }

    /// The text without blanks at its ends.
    pub fn trimmed(&self) -> Text {
        let start = self.text.len() - self.text.trim_start().len();
        self.part(start..start + self.text.trim().len())
    }
}

/// Collects the problems of one file while its tables are read.
pub(crate) struct Reader<'a> {
    pub file: &'a SourceFile,
    pub problems: Vec<Diagnostic>,
}

/// A key with its place and its value.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub key: &'a Spanned<std::borrow::Cow<'a, str>>,
    pub value: &'a Spanned<DeValue<'a>>,
}

impl Entry<'_> {
    pub fn name(&self) -> Text {
        Text {
            text: self.key.get_ref().to_string(),
            map: TextMap::verbatim(self.key.span()),
        }
    }
}

/// A table whose keys have been compared with the keys it may have.
pub(crate) struct Table<'a> {
    title: String,
    place: Range<usize>,
    entries: Vec<Entry<'a>>,
}

/// The entries of a table in the order of the file.
pub(crate) fn entries<'a>(table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = table
        .iter()
        .map(|(key, value)| Entry { key, value })
        .collect();
    entries.sort_by_key(|entry| entry.key.span().start);
    entries
}

impl<'a> Reader<'a> {
    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    pub fn at(
        &self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(code, self.file, span, message)
    }

    /// The table with the given title; every key outside `keys` is reported.
    pub fn table(
        &mut self,
        title: &str,
        place: Range<usize>,
        table: &'a DeTable<'a>,
        keys: &[&str],
    ) -> Table<'a> {
        let (known, unknown): (Vec<_>, Vec<_>) = entries(table)
            .into_iter()
            .partition(|entry| keys.contains(&entry.key.get_ref().as_ref()));
        for entry in unknown {
            let word = entry.key.get_ref();
            let problem = self
                .at(
                    code::UNKNOWN_KEY,
                    entry.key.span(),
                    format!("unknown key {} in {title}", quoted(word)),
                )
                .label(format!("not a key of {title}"))
                .maybe_help(suggestion(word, keys.iter().copied()));
            self.report(problem);
        }
        Table {
            title: title.to_owned(),
            place,
            entries: known,
        }
    }

    /// The value as a table of known keys.
    pub fn as_table(&mut self, title: &str, entry: Entry<'a>, keys: &[&str]) -> Option<Table<'a>> {
        let table = self.as_free_table(title, entry)?;
        Some(self.table(title, entry.key.span(), table, keys))
    }

    /// The value as a table whose keys are names.
    pub fn as_free_table(&mut self, what: &str, entry: Entry<'a>) -> Option<&'a DeTable<'a>> {
        match entry.value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => {
                self.wrong_type(what, "a table", entry.value);
                None
            }
        }
    }

    /// The value as an array of tables of known keys.
    pub fn as_tables(
        &mut self,
        what: &str,
        title: &str,
        value: &'a Spanned<DeValue<'a>>,
        keys: &[&str],
    ) -> Vec<Table<'a>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(what, "an array of tables", value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(self.table(title, item.span(), table, keys)),
                _ => self.wrong_type(&format!("an entry of {what}"), "a table", item),
            }
        }
        tables
    }

    /// The value as a string.
    pub fn as_text(&mut self, what: &str, value: &Spanned<DeValue<'_>>) -> Option<Text> {
        match value.get_ref() {
            DeValue::String(text) => Some(self.text_of(value, text)),
            _ => {
                self.wrong_type(what, "a string", value);
                None
            }
        }
    }

    /// The value as an expression: a string, or an integer as written.
    pub fn as_formula(&mut self, what: &str, value: &Spanned<DeValue<'_>>) -> Option<Text> {
        match value.get_ref() {
            DeValue::String(text) => Some(self.text_of(value, text)),
            DeValue::Integer(number) if number.radix() == 10 => {
                Some(self.text_of(value, number.as_str()))
            }
            _ => {
                self.wrong_type(what, "a string or an integer", value);
                None
            }
        }
    }

    /// The value as an array of strings.
    pub fn as_texts(&mut self, what: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<Text>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(what, "an array of strings", value);
            return None;
        };
        Some(
            items
                .iter()
                .filter_map(|item| self.as_text(&format!("an entry of {what}"), item))
                .collect(),
        )
    }

    fn text_of(&self, value: &Spanned<DeValue<'_>>, decoded: &str) -> Text {
        Text {
            text: decoded.to_owned(),
            map: TextMap::of_value(&self.file.text, value.span(), decoded),
        }
    }

    /// Reports a value of another type than expected.
    pub fn wrong_type(&mut self, what: &str, expected: &str, value: &Spanned<DeValue<'_>>) {
        let given = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a floating-point number",
            DeValue::Boolean(_) => "a truth value",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        let mut problem = self
            .at(
                code::VALUE_TYPE,
                value.span(),
                format!("{what} is {given}, expected {expected}"),
            )
            .label(format!("expected {expected}"));
        if let DeValue::Float(number) = value.get_ref() {
            problem = problem.help(format!(
                "numbers are exact: write the string '{}'",
                number.as_str()
            ));
        }
        self.report(problem);
    }
}

impl<'a> Table<'a> {
    /// The place to point at when something is missing.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// The entry of a key, or `None`.
    pub fn get(&self, key: &str) -> Option<Entry<'a>> {
        self.entries
            .iter()
            .copied()
            .find(|entry| entry.key.get_ref() == key)
    }

    /// The words `key of title`, for messages.
    fn what(&self, key: &str) -> String {
        format!("`{key}` of {}", self.title)
    }

    /// The entry of a key that must be there.
    pub fn require(&self, reader: &mut Reader<'a>, key: &str) -> Option<Entry<'a>> {
        let entry = self.get(key);
        if entry.is_none() {
            let problem = reader
                .at(
                    code::MISSING_KEY,
                    self.place(),
                    format!("missing key `{key}` in {}", self.title),
                )
                .label(format!("`{key}` belongs here"));
            reader.report(problem);
        }
        entry
    }

    pub fn text(&self, reader: &mut Reader<'a>, key: &str) -> Option<Text> {
        let entry = self.get(key)?;
        reader.as_text(&self.what(key), entry.value)
    }

    pub fn required_text(&self, reader: &mut Reader<'a>, key: &str) -> Option<Text> {
        let entry = self.require(reader, key)?;
        reader.as_text(&self.what(key), entry.value)
    }

    pub fn formula(&self, reader: &mut Reader<'a>, key: &str) -> Option<Text> {
        let entry = self.get(key)?;
        reader.as_formula(&self.what(key), entry.value)
    }

    pub fn required_formula(&self, reader: &mut Reader<'a>, key: &str) -> Option<Text> {
        let entry = self.require(reader, key)?;
        reader.as_formula(&self.what(key), entry.value)
    }

    pub fn texts(&self, reader: &mut Reader<'a>, key: &str) -> Option<Vec<Text>> {
        let entry = self.get(key)?;
        reader.as_texts(&self.what(key), entry.value)
    }

    pub fn boolean(&self, reader: &mut Reader<'a>, key: &str) -> Option<bool> {
        let entry = self.get(key)?;
        match entry.value.get_ref() {
            DeValue::Boolean(value) => Some(*value),
            _ => {
                reader.wrong_type(&self.what(key), "`true` or `false`", entry.value);
                None
            }
        }
    }

    /// The integer ≥ 1 of a key, with its place.
    pub fn positive(&self, reader: &mut Reader<'a>, key: &str) -> Option<u64> {
        let entry = self.get(key)?;
        let DeValue::Integer(number) = entry.value.get_ref() else {
            reader.wrong_type(&self.what(key), "an integer", entry.value);
            return None;
        };
        let value = u64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .filter(|value| *value >= 1);
        if value.is_none() {
            let problem = reader
                .at(
                    code::OUT_OF_RANGE,
                    entry.value.span(),
                    format!("{} is {number}, expected at least 1", self.what(key)),
                )
                .label("expected an integer from 1 to 2^64 - 1");
            reader.report(problem);
        }
        value
    }
}
