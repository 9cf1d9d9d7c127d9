//! The raw claim: every table and key of a claim file with its place, before words and formulas are read.
//!
//! One struct per table; the list `KEYS` beside each reader is the whole of what the table may hold.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::table::{Entry, Reader, Table, Text, entries};
use super::{RawEntry, RawTable};

mod mutant;
mod quantifier;
mod statement;

pub(crate) use mutant::{RawMutant, RawOwn};
pub(crate) use quantifier::RawQuantifier;
pub(crate) use statement::{RawConclusion, RawDefinition, RawHypothesis, RawStatement};

/// A claim file, table by table.
#[derive(Debug, Default)]
pub(crate) struct RawClaim {
    pub id: Option<Text>,
    pub title: Option<Text>,
    pub area: Option<Text>,
    pub kind: Option<Text>,
    pub expect: Option<Text>,
    pub rung: Option<Text>,
    pub tags: Vec<Text>,
    pub uses: Vec<Text>,
    pub impact: Option<Text>,
    pub reading: Option<Text>,
    pub erratum: Option<(Text, Text)>,
    pub note: Option<Text>,
    pub tight: Option<Text>,
    /// The key `claim`, or the start of the file.
    pub claim_place: Range<usize>,
    pub cite: Option<Text>,
    pub locator: Option<Text>,
    pub prefix: Option<Text>,
    pub tex: Option<Text>,
    pub statement: RawStatement,
    /// The key `statement`, or `claim`.
    pub statement_place: Range<usize>,
    pub has_quantify: bool,
    pub conclusion_place: Option<Range<usize>>,
    pub prose: Option<Text>,
    pub draws: Option<u64>,
    pub named: Option<u64>,
    pub objective: Option<Text>,
    pub fuel: Option<u64>,
    pub cover: Vec<RawCover>,
    pub minimise: Vec<Text>,
    pub mutants: Vec<RawMutant>,
    pub witness: Option<Text>,
    pub repair: Option<RawRepair>,
    pub refuted_by: Option<(Text, Text)>,
    pub implied_by: Option<(Text, Text)>,
    pub reduce: Option<RawTable>,
    pub reduction: Option<RawReduction>,
    pub test: Option<RawTable>,
}

/// What a statement is reduced to.
#[derive(Clone, Debug)]
pub(crate) struct RawReduction {
    pub by: Vec<Text>,
    pub argument: Option<Text>,
    pub own: RawOwn,
}

#[derive(Debug)]
pub(crate) struct RawCover {
    pub name: Text,
    pub when: Text,
    pub at_least: Text,
}

#[derive(Debug)]
pub(crate) struct RawRepair {
    pub id: Text,
    pub text: Option<Text>,
    pub impact: Option<Text>,
}

const TOP: [&str; 16] = [
    "format",
    "claim",
    "source",
    "constants",
    "let",
    "statement",
    "assume",
    "conclusion",
    "search",
    "cover",
    "minimise",
    "mutant",
    "witness",
    "repair",
    "reduce",
    "test",
];
const REDUCE: [&str; 9] = [
    "by",
    "argument",
    "quantify",
    "expr",
    "conclusion",
    "assume",
    "let",
    "ranges",
    "game",
];
const SCHEMA_ONLY: [&str; 2] = ["refuted_by", "implied_by"];
const CLAIM: [&str; 13] = [
    "id", "title", "area", "kind", "expect", "rung", "tags", "uses", "impact", "reading",
    "erratum", "note", "tight",
];

/// Reads every table of a document.
pub(crate) fn read<'a>(reader: &mut Reader<'a>, document: &'a DeTable<'a>) -> RawClaim {
    let keys: Vec<&str> = TOP.into_iter().chain(SCHEMA_ONLY).collect();
    let top = reader.table("a claim file", 0..0, document, &keys);
    let mut raw = RawClaim::default();
    raw.statement.incomplete = !reader.problems.is_empty();
    format(reader, &top);
    if let Some(entry) = top.require(reader, "claim") {
        raw.claim_place = entry.key.span();
        if let Some(table) = reader.as_table("[claim]", entry, &CLAIM) {
            head(reader, &table, &mut raw);
        }
    }
    if let Some(entry) = top.require(reader, "source")
        && let Some(table) =
            reader.as_table("[source]", entry, &["cite", "locator", "prefix", "tex"])
    {
        raw.cite = table.required_text(reader, "cite");
        raw.locator = table.required_text(reader, "locator");
        raw.prefix = table.text(reader, "prefix");
        raw.tex = table.text(reader, "tex");
    }
    let before = reader.problems.len();
    statement::read(reader, &top, &mut raw);
    raw.statement.incomplete |= reader.problems.len() > before;
    search(reader, &top, &mut raw);
    if let Some(entry) = top.get("mutant") {
        raw.mutants = mutant::read(reader, entry);
    }
    evidence(reader, &top, &mut raw);
    raw
}

fn format<'a>(reader: &mut Reader<'a>, top: &Table<'a>) {
    let Some(entry) = top.require(reader, "format") else {
        return;
    };
    match entry.value.get_ref() {
        DeValue::Integer(number) if number.as_str() == "1" => {}
        DeValue::Integer(number) => {
            let problem = reader
                .at(
                    crate::diagnostic::code::FORMAT,
                    entry.value.span(),
                    format!("format {number} is not supported"),
                )
                .label("expected 1");
            reader.report(problem);
        }
        _ => reader.wrong_type("`format`", "the integer 1", entry.value),
    }
}

fn head<'a>(reader: &mut Reader<'a>, table: &Table<'a>, raw: &mut RawClaim) {
    raw.id = table.required_text(reader, "id");
    raw.title = table.required_text(reader, "title");
    raw.area = table.required_text(reader, "area");
    raw.kind = table.required_text(reader, "kind");
    raw.expect = table.text(reader, "expect");
    raw.rung = table.text(reader, "rung");
    raw.tags = table.texts(reader, "tags").unwrap_or_default();
    raw.uses = table.texts(reader, "uses").unwrap_or_default();
    raw.impact = table.text(reader, "impact");
    raw.reading = table.text(reader, "reading");
    raw.note = table.text(reader, "note");
    raw.tight = table.text(reader, "tight");
    if let Some(entry) = table.get("erratum")
        && let Some(inner) = reader.as_table("erratum", entry, &["id", "class"])
    {
        raw.erratum = inner
            .required_text(reader, "id")
            .zip(inner.required_text(reader, "class"));
    }
}

fn search<'a>(reader: &mut Reader<'a>, top: &Table<'a>, raw: &mut RawClaim) {
    if let Some(entry) = top.get("search")
        && let Some(table) =
            reader.as_table("[search]", entry, &["draws", "named", "objective", "fuel"])
    {
        raw.draws = table.positive(reader, "draws");
        raw.named = table.positive(reader, "named");
        raw.objective = table.text(reader, "objective");
        raw.fuel = table.positive(reader, "fuel");
    }
    if let Some(entry) = top.get("cover") {
        for table in reader.as_tables(
            "`cover`",
            "[[cover]]",
            entry.value,
            &["name", "when", "at_least"],
        ) {
            let name = table.required_text(reader, "name");
            let when = table.required_text(reader, "when");
            let at_least = table.required_formula(reader, "at_least");
            if let (Some(name), Some(when), Some(at_least)) = (name, when, at_least) {
                raw.cover.push(RawCover {
                    name,
                    when,
                    at_least,
                });
            }
        }
    }
    if let Some(entry) = top.get("minimise")
        && let Some(table) = reader.as_table("[minimise]", entry, &["order"])
    {
        table.require(reader, "order");
        raw.minimise = table.texts(reader, "order").unwrap_or_default();
    }
}

fn evidence<'a>(reader: &mut Reader<'a>, top: &Table<'a>, raw: &mut RawClaim) {
    if let Some(entry) = top.get("witness")
        && let Some(table) = reader.as_table("[witness]", entry, &["file"])
    {
        raw.witness = table.required_text(reader, "file");
    }
    if let Some(entry) = top.get("repair")
        && let Some(table) = reader.as_table("[repair]", entry, &["id", "text", "impact"])
    {
        let (text, impact) = (table.text(reader, "text"), table.text(reader, "impact"));
        raw.repair = table
            .required_text(reader, "id")
            .map(|id| RawRepair { id, text, impact });
    }
    raw.refuted_by = implication(reader, top, "refuted_by");
    raw.implied_by = implication(reader, top, "implied_by");
    raw.reduce = top
        .get("reduce")
        .and_then(|entry| uninterpreted(reader, "[reduce]", entry));
    if let Some(entry) = top.get("reduce")
        && let Some(table) = reader.as_table("[reduce]", entry, &REDUCE)
    {
        raw.reduction = Some(RawReduction {
            by: table.texts(reader, "by").unwrap_or_default(),
            argument: table.text(reader, "argument"),
            own: mutant::own(reader, &table, "[reduce]"),
        });
    }
    raw.test = top
        .get("test")
        .and_then(|entry| uninterpreted(reader, "[test]", entry));
}

fn implication<'a>(reader: &mut Reader<'a>, top: &Table<'a>, key: &str) -> Option<(Text, Text)> {
    let entry = top.get(key)?;
    let table = reader.as_table(&format!("[{key}]"), entry, &["claim", "argument"])?;
    table
        .required_text(reader, "claim")
        .zip(table.required_text(reader, "argument"))
}

/// A table that is kept as it is written: each key with the source text of its value.
fn uninterpreted<'a>(reader: &mut Reader<'a>, title: &str, entry: Entry<'a>) -> Option<RawTable> {
    let table = reader.as_free_table(title, entry)?;
    let mut fields = Vec::new();
    // Tables inside are flattened to dotted keys; the TOML parser bounds their depth.
    let mut open: Vec<(String, Entry<'a>)> = entries(table)
        .into_iter()
        .rev()
        .map(|entry| (entry.key.get_ref().to_string(), entry))
        .collect();
    while let Some((key, entry)) = open.pop() {
        if let DeValue::Table(inner) = entry.value.get_ref()
            && entry.value.span().start <= entry.key.span().start
        {
            let inner = entries(inner).into_iter().rev();
            open.extend(inner.map(|entry| (format!("{key}.{}", entry.key.get_ref()), entry)));
            continue;
        }
        let span = reader.file.clamp(entry.value.span());
        fields.push(RawEntry {
            key,
            text: reader.file.text[span.clone()].to_owned(),
            span,
        });
    }
    Some(RawTable {
        span: entry.key.span(),
        entries: fields,
    })
}
