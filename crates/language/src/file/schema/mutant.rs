//! Raw mutants: edits of the statement, or a statement of their own.

use std::ops::Range;

use super::{
    Entry, RawConclusion, RawDefinition, RawHypothesis, RawQuantifier, Reader, Table, Text,
    quantifier, statement,
};
use crate::file::TextMap;

/// One `[[mutant]]`.
#[derive(Clone, Debug)]
pub(crate) struct RawMutant {
    pub id: Option<Text>,
    pub expect: Option<Text>,
    pub kills: Option<Text>,
    pub edits: Option<Vec<Text>>,
    pub own: Option<RawOwn>,
    pub why: Option<Text>,
    pub witness: Option<Text>,
    /// The table, for what is missing.
    pub place: Range<usize>,
}

/// The statement of a mutant that has one of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawOwn {
    /// `None`: the quantifiers (and hypotheses) of the claim.
    pub quantify: Option<Vec<RawQuantifier>>,
    pub assume: Option<Vec<RawHypothesis>>,
    pub lets: Vec<RawDefinition>,
    pub conclusions: Vec<RawConclusion>,
    /// Whether a part could not be read.
    pub incomplete: bool,
}

const KEYS: [&str; 11] = [
    "id",
    "expect",
    "edits",
    "kills",
    "why",
    "witness",
    "quantify",
    "expr",
    "conclusion",
    "assume",
    "let",
];
const OWN: [&str; 5] = ["quantify", "expr", "conclusion", "assume", "let"];

pub(super) fn read<'a>(reader: &mut Reader<'a>, entry: Entry<'a>) -> Vec<RawMutant> {
    let tables = reader.as_tables("`mutant`", "[[mutant]]", entry.value, &KEYS);
    tables.iter().map(|table| one(reader, table)).collect()
}

fn one<'a>(reader: &mut Reader<'a>, table: &Table<'a>) -> RawMutant {
    let own = OWN
        .iter()
        .any(|key| table.get(key).is_some())
        .then(|| own(reader, table, "[[mutant]]"));
    let id = table.required_text(reader, "id");
    let place = id.as_ref().map_or(table.place(), Text::span);
    RawMutant {
        id,
        expect: table.required_text(reader, "expect"),
        kills: table.text(reader, "kills"),
        edits: table.texts(reader, "edits"),
        own,
        why: table.text(reader, "why"),
        witness: table.text(reader, "witness"),
        place,
    }
}

pub(super) fn own<'a>(reader: &mut Reader<'a>, table: &Table<'a>, of: &str) -> RawOwn {
    let before = reader.problems.len();
    let mut own = RawOwn {
        quantify: table
            .get("quantify")
            .map(|entry| quantifier::read(reader, entry)),
        assume: table
            .get("assume")
            .map(|entry| statement::hypotheses(reader, &format!("`assume` of {of}"), entry)),
        lets: table
            .get("let")
            .map(|entry| statement::lets(reader, &format!("`let` of {of}"), entry))
            .unwrap_or_default(),
        conclusions: Vec::new(),
        incomplete: false,
    };
    if let Some(entry) = table.get("conclusion") {
        own.conclusions = statement::conclusions(reader, entry);
    }
    if let Some(entry) = table.get("expr")
        && let Some(expr) = table.text(reader, "expr")
    {
        let name = Text {
            text: "main".to_owned(),
            map: TextMap::elsewhere(entry.key.span()),
        };
        own.conclusions.push(RawConclusion {
            name,
            expr,
            quantify: Vec::new(),
            decide: None,
            draws: None,
        });
    }
    own.incomplete = reader.problems.len() > before;
    own
}
