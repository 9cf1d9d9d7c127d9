//! Tests of the file layer: the twelve worked claims, diagnostics, mutants, hashes, and broken input.

mod diagnostics;
mod fixtures;
mod hashes;
mod mutants;
mod robust;
mod rules;
pub(crate) mod vocabulary;

use std::sync::Arc;

use super::{Claim, Loaded, SourceFile};
use crate::diagnostic::{Diagnostic, render};

/// A small valid claim; tests change one line of it.
pub(crate) const BASE: &str = include_str!("fixtures/base.toml");

/// Reads a claim with the vocabulary of the tests.
pub(crate) fn load(path: &str, text: &str) -> Loaded {
    Claim::from_text(path, text, vocabulary::get())
}

/// The claim of a text that must have no problem at all.
pub(crate) fn clean(path: &str, text: &str) -> Claim {
    let loaded = load(path, text);
    assert!(
        loaded.diagnostics.is_empty(),
        "{}",
        shown(&loaded.diagnostics, &loaded.file)
    );
    loaded.claim.expect("no diagnostic, so there is a claim")
}

/// The base claim after one replacement, which must apply.
pub(crate) fn changed(from: &str, to: &str) -> String {
    assert!(BASE.contains(from), "`{from}` is not in the base claim");
    BASE.replacen(from, to, 1)
}

/// The codes of the problems of a text, by place.
pub(crate) fn codes(text: &str) -> Vec<&'static str> {
    load("base.toml", text)
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

/// The problems as a terminal shows them.
pub(crate) fn shown(diagnostics: &[Diagnostic], file: &Arc<SourceFile>) -> String {
    render(diagnostics, &Arc::clone(file).into(), false)
}
