//! The rows of the scope tables.

use theorems::scope::Enumerated;
use theorems::statement::{Range, Statement};

use super::FaceScope;
use crate::exhaust::Exhausted;
use crate::record::How;

pub(super) fn among_words(statement: &Statement, slot: usize) -> String {
    let count = statement.variables[slot].among.as_ref().map_or(0, Vec::len);
    format!("{count} choices in the statement")
}

pub(super) fn finite_rows(statement: &Statement, index: usize) -> Vec<(usize, How, String, bool)> {
    statement
        .slots(index)
        .into_iter()
        .map(|slot| {
            let variable = &statement.variables[slot];
            if variable.symbol.is_some() {
                (slot, How::Symbolic, "all of ℝ".to_owned(), false)
            } else if variable.by.is_some() {
                (slot, How::Constructed, String::new(), false)
            } else if variable.among.is_some() {
                (slot, How::Among, among_words(statement, slot), false)
            } else {
                let (how, detail, narrower) = match variable.enumerated() {
                    Enumerated::Whole => (
                        How::Exhausted,
                        "the whole range of the statement".to_owned(),
                        false,
                    ),
                    Enumerated::Between(a, b) => (How::Exhausted, format!("from {a} to {b}"), true),
                    Enumerated::Listed(count) => {
                        (How::Named, format!("{count} listed values"), true)
                    }
                };
                (slot, how, detail, narrower)
            }
        })
        .collect()
}

pub(super) fn small_rows(
    statement: &Statement,
    index: usize,
    found: &Exhausted,
    scope: FaceScope,
    words: &str,
) -> Vec<(usize, How, String, bool)> {
    face_rows(statement, index, found, scope)
        .into_iter()
        .map(|(slot, how, detail, narrower)| match how {
            How::Named => (slot, How::Exhausted, words.to_owned(), true),
            _ => (slot, how, detail, narrower),
        })
        .collect()
}

pub(super) fn face_rows(
    statement: &Statement,
    index: usize,
    found: &Exhausted,
    scope: FaceScope,
) -> Vec<(usize, How, String, bool)> {
    statement
        .slots(index)
        .into_iter()
        .map(|slot| {
            let variable = &statement.variables[slot];
            match &variable.domain {
                _ if variable.symbol.is_some() => {
                    (slot, How::Symbolic, "all of ℝ".to_owned(), false)
                }
                Range::Vec(_) => (
                    slot,
                    How::Exhausted,
                    format!("{}: {} in total", scope.words(), found.faces),
                    false,
                ),
                Range::Activation if variable.among.is_some() => {
                    (slot, How::Among, among_words(statement, slot), false)
                }
                _ => {
                    let inputs = if scope == FaceScope::Pieces {
                        "one input"
                    } else {
                        "one or two inputs"
                    };
                    let rule = format!("{} by the gallery rule, {inputs}", found.named);
                    (slot, How::Named, rule, true)
                }
            }
        })
        .collect()
}
