//! Tables of a configuration file, read so that every problem is found with its line.

use std::fmt;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What was expected and what came.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message)
    }
}

/// A file and the problems found in it.
pub(super) struct Reader<'a> {
    text: &'a str,
    pub problems: Vec<Problem>,
}

/// One table of the file with the place to blame for what is missing.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    entries: &'a DeTable<'a>,
    name: &'a str,
    start: usize,
}

impl<'a> Reader<'a> {
    /// The file without problems so far.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            problems: Vec::new(),
        }
    }

    /// Notes a problem at a place in bytes.
    pub fn problem(&mut self, at: usize, message: String) {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        self.problems.push(Problem { line, message });
    }

    /// A table, whose keys all have to be known.
    pub fn table(
        &mut self,
        entries: &'a DeTable<'a>,
        name: &'a str,
        start: usize,
        known: &[&str],
    ) -> Table<'a> {
        let table = Table {
            entries,
            name,
            start,
        };
        for key in entries.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let message = format!(
                    "{}: expected one of {}",
                    table.path(key.get_ref()),
                    known.join(", ")
                );
                self.problem(key.span().start, message);
            }
        }
        table
    }

    /// The table under a key.
    pub fn inner(&mut self, outer: Table<'a>, key: &'a str, known: &[&str]) -> Option<Table<'a>> {
        let value = self.value(outer, key)?;
        match value.get_ref() {
            DeValue::Table(entries) => Some(self.table(entries, key, value.span().start, known)),
            other => self.wrong(outer, key, value, "a table", other),
        }
    }

    /// The tables under a key, at least one.
    pub fn list(&mut self, outer: Table<'a>, key: &'a str, known: &[&str]) -> Vec<Table<'a>> {
        let Some(value) = self.value(outer, key) else {
            return Vec::new();
        };
        let items = value.get_ref().as_array();
        let tables: Option<Vec<_>> = items.filter(|items| !items.is_empty()).and_then(|items| {
            let pair = |item: &'a Spanned<DeValue<'a>>| {
                Some((item.get_ref().as_table()?, item.span().start))
            };
            items.iter().map(pair).collect()
        });
        match tables {
            Some(tables) => tables
                .into_iter()
                .map(|(entries, start)| self.table(entries, key, start, known))
                .collect(),
            None => self
                .wrong(outer, key, value, "at least one table", value.get_ref())
                .unwrap_or_default(),
        }
    }

    /// The text under a key.
    pub fn text(&mut self, table: Table<'a>, key: &str) -> Option<String> {
        let value = self.value(table, key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            other => self.wrong(table, key, value, "a string", other),
        }
    }

    /// The whole number under a key.
    pub fn whole(
        &mut self,
        table: Table<'a>,
        key: &str,
        range: RangeInclusive<u64>,
    ) -> Option<u64> {
        let value = self.value(table, key)?;
        integer(value, &range).or_else(|| {
            let expected = format!("a whole number {}", between(&range));
            self.wrong(table, key, value, &expected, value.get_ref())
        })
    }

    /// The size under a key.
    pub fn size(
        &mut self,
        table: Table<'a>,
        key: &str,
        range: RangeInclusive<u64>,
    ) -> Option<usize> {
        let number = self.whole(table, key, range)?;
        usize::try_from(number).ok()
    }

    /// The list of whole numbers under a key, not empty; ascending if asked for.
    pub fn sizes(
        &mut self,
        table: Table<'a>,
        key: &str,
        range: RangeInclusive<u64>,
        ascending: bool,
    ) -> Option<Vec<usize>> {
        let value = self.value(table, key)?;
        let numbers: Option<Vec<usize>> = value.get_ref().as_array().and_then(|items| {
            let size = |item| integer(item, &range).and_then(|n| usize::try_from(n).ok());
            items.iter().map(size).collect()
        });
        let fits = |numbers: &Vec<usize>| {
            !numbers.is_empty() && (!ascending || numbers.is_sorted_by(|a, b| a < b))
        };
        numbers.filter(fits).or_else(|| {
            let order = if ascending { "ascending " } else { "" };
            let expected = format!("a list of {order}whole numbers {}", between(&range));
            self.wrong(table, key, value, &expected, value.get_ref())
        })
    }

    /// The number above 0 and at most a bound under a key.
    pub fn positive(&mut self, table: Table<'a>, key: &str, most: f64) -> Option<f64> {
        let value = self.value(table, key)?;
        let number = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(_) => integer(value, &(0..=u64::MAX)).map(|number| number as f64),
            _ => None,
        };
        number
            .filter(|number| *number > 0.0 && *number <= most)
            .or_else(|| {
                let expected = format!("a number above 0 and at most {most}");
                self.wrong(table, key, value, &expected, value.get_ref())
            })
    }

    /// Whether a key is there.
    pub fn has(&self, table: Table<'a>, key: &str) -> bool {
        table.entries.contains_key(key)
    }

    /// Notes a problem with a table as a whole.
    pub fn about(&mut self, table: Table<'a>, message: &str) {
        self.problem(table.start, format!("{}: {message}", table.name));
    }

    /// Notes a problem with the value of a key.
    pub fn at(&mut self, table: Table<'a>, key: &str, message: &str) {
        let value = table.entries.get(key);
        let at = value.map_or(table.start, |value| value.span().start);
        self.problem(at, format!("{}: {message}", table.path(key)));
    }

    fn value(&mut self, table: Table<'a>, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = table.entries.get(key);
        if value.is_none() {
            self.problem(table.start, format!("{}: missing", table.path(key)));
        }
        value
    }

    fn wrong<T>(
        &mut self,
        table: Table<'a>,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        expected: &str,
        given: &DeValue<'_>,
    ) -> Option<T> {
        let given = match given {
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Array(_) => self.text[value.span()].to_owned(),
            other => other.type_str().to_owned(),
        };
        let message = format!("{}: expected {expected}, got {given}", table.path(key));
        self.problem(value.span().start, message);
        None
    }
}

impl Table<'_> {
    fn path(&self, key: &str) -> String {
        match self.name {
            "" => key.to_owned(),
            name => format!("{name}.{key}"),
        }
    }
}

fn between(range: &RangeInclusive<u64>) -> String {
    match *range.end() {
        u64::MAX => format!("from {}", range.start()),
        end => format!("from {} to {end}", range.start()),
    }
}

fn integer(value: &Spanned<DeValue<'_>>, range: &RangeInclusive<u64>) -> Option<u64> {
    let number = value.get_ref().as_integer()?;
    let number = u64::from_str_radix(number.as_str(), number.radix()).ok()?;
    range.contains(&number).then_some(number)
}
