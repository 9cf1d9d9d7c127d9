//! The raw statement: definitions, quantifiers, hypotheses, conclusions.

use super::{Entry, RawClaim, RawQuantifier, Reader, Table, Text, entries, quantifier};
use crate::file::Binder;

/// The statement before its formulas are parsed; what edits work on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RawStatement {
    pub constants: Vec<RawDefinition>,
    pub lets: Vec<RawDefinition>,
    pub quantify: Vec<RawQuantifier>,
    pub assume: Vec<RawHypothesis>,
    pub conclusions: Vec<RawConclusion>,
    /// Whether a part could not be read, so that nothing can be said about what is missing.
    pub incomplete: bool,
    /// Whether a constant or abbreviation could not be read.
    pub lost_definition: bool,
}

/// A constant or a `let`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawDefinition {
    pub name: Text,
    pub value: Text,
    pub locator: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawHypothesis {
    pub name: Text,
    pub expr: Text,
    pub needed: Option<Text>,
    pub why: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawConclusion {
    pub name: Text,
    pub expr: Text,
    pub quantify: Vec<RawQuantifier>,
    pub decide: Option<String>,
    pub draws: Option<u64>,
}

/// Reads every table that is part of the statement.
pub(super) fn read<'a>(reader: &mut Reader<'a>, top: &Table<'a>, raw: &mut RawClaim) {
    raw.statement_place = raw.claim_place.clone();
    let before = reader.problems.len();
    if let Some(entry) = top.get("constants") {
        raw.statement.constants = constants(reader, entry);
    }
    if let Some(entry) = top.get("let") {
        raw.statement.lets = lets(reader, "[let]", entry);
    }
    raw.statement.lost_definition = reader.problems.len() > before;
    if let Some(entry) = top.get("statement")
        && let Some(table) = reader.as_table("[statement]", entry, &["quantify", "assume", "prose"])
    {
        raw.statement_place = table.place();
        raw.prose = table.text(reader, "prose");
        if let Some(entry) = table.get("quantify") {
            raw.has_quantify = true;
            raw.statement.quantify = quantifier::read(reader, entry);
        }
        if let Some(entry) = table.get("assume") {
            raw.statement.assume = hypotheses(reader, "[statement.assume]", entry);
        }
    }
    if let Some(entry) = top.get("assume") {
        raw.statement
            .assume
            .extend(hypotheses(reader, "[assume]", entry));
    }
    if let Some(entry) = top.get("conclusion") {
        raw.conclusion_place = Some(entry.key.span());
        raw.statement.conclusions = conclusions(reader, entry);
    }
}

fn constants<'a>(reader: &mut Reader<'a>, entry: Entry<'a>) -> Vec<RawDefinition> {
    let Some(table) = reader.as_free_table("[constants]", entry) else {
        return Vec::new();
    };
    let mut constants = Vec::new();
    for entry in entries(table) {
        let title = format!("[constants.{}]", entry.key.get_ref());
        let Some(table) = reader.as_table(&title, entry, &["value", "locator"]) else {
            continue;
        };
        let locator = table.text(reader, "locator").map(|text| text.text);
        if let Some(value) = table.required_formula(reader, "value") {
            constants.push(RawDefinition {
                name: entry.name(),
                value,
                locator,
            });
        }
    }
    constants
}

pub(super) fn lets<'a>(
    reader: &mut Reader<'a>,
    title: &str,
    entry: Entry<'a>,
) -> Vec<RawDefinition> {
    let Some(table) = reader.as_free_table(title, entry) else {
        return Vec::new();
    };
    let mut lets = Vec::new();
    for entry in entries(table) {
        if let Some(value) = reader.as_formula(
            &format!("`{}` of {title}", entry.key.get_ref()),
            entry.value,
        ) {
            lets.push(RawDefinition {
                name: entry.name(),
                value,
                locator: None,
            });
        }
    }
    lets
}

pub(super) fn hypotheses<'a>(
    reader: &mut Reader<'a>,
    title: &str,
    entry: Entry<'a>,
) -> Vec<RawHypothesis> {
    let Some(table) = reader.as_free_table(title, entry) else {
        return Vec::new();
    };
    let mut hypotheses = Vec::new();
    for entry in entries(table) {
        let title = format!("[assume.{}]", entry.key.get_ref());
        let Some(table) = reader.as_table(&title, entry, &["expr", "needed", "why"]) else {
            continue;
        };
        let needed = table.text(reader, "needed");
        let why = table.text(reader, "why").map(|text| text.text);
        if let Some(expr) = table.required_text(reader, "expr") {
            hypotheses.push(RawHypothesis {
                name: entry.name(),
                expr,
                needed,
                why,
            });
        }
    }
    hypotheses
}

pub(super) fn conclusions<'a>(reader: &mut Reader<'a>, entry: Entry<'a>) -> Vec<RawConclusion> {
    let Some(table) = reader.as_free_table("[conclusion]", entry) else {
        return Vec::new();
    };
    let mut conclusions = Vec::new();
    for entry in entries(table) {
        let title = format!("[conclusion.{}]", entry.key.get_ref());
        let Some(table) = reader.as_table(&title, entry, &["expr", "quantify", "decide", "draws"])
        else {
            continue;
        };
        let quantify = table
            .get("quantify")
            .map(|entry| quantifier::read(reader, entry))
            .unwrap_or_default();
        let decide = table.text(reader, "decide").map(|text| text.text);
        let draws = table.positive(reader, "draws");
        if let Some(expr) = table.required_text(reader, "expr") {
            conclusions.push(RawConclusion {
                name: entry.name(),
                expr,
                quantify,
                decide,
                draws,
            });
        }
    }
    conclusions
}

impl RawStatement {
    /// The binder word as written in claim files.
    pub fn binder_word(binder: Binder) -> &'static str {
        match binder {
            Binder::All => "all",
            Binder::AlmostAll => "almost-all",
            Binder::Some => "some",
        }
    }
}
