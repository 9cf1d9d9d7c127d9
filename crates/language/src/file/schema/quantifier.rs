//! Raw quantifiers: one table per bound variable.

use std::ops::Range;

use super::{Entry, RawStatement, Reader, Table, Text};
use crate::diagnostic::code;
use crate::file::TextMap;
use crate::print::Binder;

/// One entry of a `quantify` array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawQuantifier {
    pub binder: Binder,
    /// The variable, with a leading `_` if it is declared unused.
    pub name: Text,
    /// The binder word and the name.
    pub place: Range<usize>,
    pub domain: Option<Text>,
    pub min: Option<Text>,
    pub max: Option<Text>,
    pub filter: Option<Text>,
    pub by: Option<Text>,
    pub among: Option<Vec<Text>>,
    pub from: Vec<Text>,
    pub search: Option<Text>,
    pub symbolic: bool,
    /// Whether it has no readable binder and name; then both are placeholders.
    pub lost: bool,
    /// Every key that was given, with its place.
    pub keys: Vec<(&'static str, Range<usize>)>,
}

const BINDERS: [Binder; 3] = [Binder::All, Binder::AlmostAll, Binder::Some];
const KEYS: [&str; 12] = [
    "all",
    "almost-all",
    "some",
    "in",
    "min",
    "max",
    "where",
    "symbolic",
    "by",
    "among",
    "from",
    "search",
];

/// The quantifiers of an array in order; an entry without one readable binder is reported and counts as lost.
pub(super) fn read<'a>(reader: &mut Reader<'a>, entry: Entry<'a>) -> Vec<RawQuantifier> {
    let tables = reader.as_tables("`quantify`", "a quantifier", entry.value, &KEYS);
    tables.iter().map(|table| one(reader, table)).collect()
}

fn one<'a>(reader: &mut Reader<'a>, table: &Table<'a>) -> RawQuantifier {
    let given: Vec<(Binder, Entry<'a>)> = BINDERS
        .into_iter()
        .filter_map(|binder| Some((binder, table.get(RawStatement::binder_word(binder))?)))
        .collect();
    let domain = table.required_text(reader, "in");
    let (min, max) = (table.formula(reader, "min"), table.formula(reader, "max"));
    let filter = table.text(reader, "where");
    let by = table.formula(reader, "by");
    let among = table.texts(reader, "among");
    let from = table.texts(reader, "from").unwrap_or_default();
    let search = table.text(reader, "search");
    let symbolic = table.boolean(reader, "symbolic").unwrap_or(false);
    let keys = KEYS
        .into_iter()
        .filter_map(|key| Some((key, table.get(key)?.key.span())))
        .collect();
    if given.len() != 1 {
        let message = match given.len() {
            0 => "quantifier without a binder",
            _ => "quantifier with more than one binder",
        };
        let place = given
            .get(1)
            .map_or(table.place(), |(_, entry)| entry.key.span());
        let problem = reader
            .at(code::BINDER, place, message)
            .label("expected exactly one of `all`, `almost-all`, `some`")
            .help("for example `{ all = \"x\", in = \"real\" }`");
        reader.report(problem);
    }
    let named = given.first().and_then(|(binder, entry)| {
        let what = format!("`{}` of a quantifier", RawStatement::binder_word(*binder));
        let name = reader.as_text(&what, entry.value)?;
        Some((
            *binder,
            name,
            entry.key.span().start..entry.value.span().end,
        ))
    });
    let lost = named.is_none();
    let (binder, name, place) = named.unwrap_or_else(|| {
        let place = table.place();
        (
            Binder::All,
            Text {
                text: String::new(),
                map: TextMap::elsewhere(place.clone()),
            },
            place,
        )
    });
    RawQuantifier {
        binder,
        name,
        place,
        domain,
        min,
        max,
        filter,
        by,
        among,
        from,
        search,
        symbolic,
        lost,
        keys,
    }
}

impl RawQuantifier {
    /// The place of a key, or of the binder if the key was not given.
    pub fn key_place(&self, key: &str) -> Range<usize> {
        self.keys
            .iter()
            .find(|(given, _)| *given == key)
            .map_or(self.place.clone(), |(_, place)| place.clone())
    }

    /// Whether a key was given.
    pub fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|(given, _)| *given == key)
    }

    /// The name as used in expressions: without a leading `_`.
    pub fn variable(&self) -> &str {
        self.name.text.strip_prefix('_').unwrap_or(&self.name.text)
    }

    /// Whether the name began with `_`.
    pub fn declared_unused(&self) -> bool {
        self.name.text.starts_with('_')
    }
}
