//! The statement as canonical text, and its hash.
//!
//! The text depends on the structure of the formulas only: blanks, parentheses, comments, the order of tables and
//! everything that is no part of the statement (titles, sources, budgets, generators) leave it unchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::expr::Typed;
use crate::file::Statement;
use crate::file::{Claim, Conclusion, Constant, Hypothesis, Let, Quantifier};
use crate::print::Binder;
use crate::vocabulary::Vocabulary;

mod formula;

/// The parts of a statement.
#[derive(Clone, Copy)]
struct Parts<'a> {
    constants: &'a [Constant],
    lets: &'a [Let],
    quantify: &'a [Quantifier],
    assume: &'a [Hypothesis],
    conclusions: &'a [Conclusion],
    prose: Option<&'a str>,
}

/// SHA-256 in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

impl Claim {
    fn parts(&self) -> Parts<'_> {
        Parts {
            constants: &self.constants,
            lets: &self.lets,
            quantify: &self.quantify,
            assume: &self.assume,
            conclusions: &self.conclusions,
            prose: self.prose.as_deref(),
        }
    }

    /// The statement in canonical form, one part per line: the constants and abbreviations it uses, the quantifiers with
    /// ranges and conditions in order, hypotheses and conclusions by name. Equal for equal statements.
    pub fn statement_text(&self) -> String {
        text(self.parts())
    }

    /// SHA-256, in hexadecimal, of the canonical text, the types of all formulas, and `name#revision` of every native.
    pub fn statement_sha256(&self, vocabulary: &dyn Vocabulary) -> String {
        let mut hashed = self.statement_text();
        for typed in self.parts().formulas() {
            let types: Vec<String> = typed.types.iter().map(ToString::to_string).collect();
            hashed.push_str(&types.join(" "));
            hashed.push('\n');
        }
        for name in self.natives() {
            let plain = name.split('@').next().unwrap_or_default();
            if let Some(function) = vocabulary.function(plain) {
                hashed.push_str(&format!("{name}#{}\n", function.revision));
            }
        }
        sha256_hex(hashed.as_bytes())
    }

    /// The functions the statement calls, false twins as `name@twin`; variables that are applied are left out.
    pub fn natives(&self) -> BTreeSet<String> {
        let parts = self.parts();
        let mut natives: BTreeSet<String> = parts
            .formulas()
            .flat_map(|typed| formula::calls(&typed.tree))
            .collect();
        for quantifier in self
            .quantify
            .iter()
            .chain(self.conclusions.iter().flat_map(|c| &c.quantify))
        {
            natives.remove(&quantifier.name);
        }
        for definition in &self.lets {
            natives.remove(&definition.name);
        }
        natives
    }
}

/// The canonical text of a statement that is not (yet) part of a claim.
pub(crate) fn text_of(statement: &Statement) -> String {
    text(Parts {
        constants: &statement.constants,
        lets: &statement.lets,
        quantify: &statement.quantify,
        assume: &statement.assume,
        conclusions: &statement.conclusions,
        prose: None,
    })
}

impl<'a> Parts<'a> {
    /// The constants and abbreviations the statement uses, directly or through others, by name.
    fn used(self) -> BTreeMap<&'a str, (&'static str, &'a Typed)> {
        let constants = self
            .constants
            .iter()
            .map(|constant| (constant.name.as_str(), ("constant", &constant.value)));
        let lets = self
            .lets
            .iter()
            .map(|definition| (definition.name.as_str(), ("let", &definition.value)));
        let mut waiting: BTreeMap<&str, (&'static str, &Typed)> = constants.chain(lets).collect();
        let mut used = BTreeMap::new();
        let mut open: Vec<String> = self.direct().flat_map(names).collect();
        while let Some(name) = open.pop() {
            if let Some((name, (what, value))) = waiting.remove_entry(name.as_str()) {
                open.extend(names(value));
                used.insert(name, (what, value));
            }
        }
        used
    }

    /// The formulas of quantifiers, hypotheses and conclusions.
    fn direct(self) -> impl Iterator<Item = &'a Typed> {
        let inner = self
            .conclusions
            .iter()
            .flat_map(|conclusion| &conclusion.quantify);
        let quantifiers = self.quantify.iter().chain(inner).flat_map(of_quantifier);
        let assume = sorted(self.assume, |hypothesis| &hypothesis.name)
            .into_iter()
            .map(|hypothesis| &hypothesis.expr);
        let conclusions = sorted(self.conclusions, |conclusion| &conclusion.name)
            .into_iter()
            .map(|conclusion| &conclusion.expr);
        quantifiers.chain(assume).chain(conclusions)
    }

    /// Every formula of the statement, in a fixed order.
    fn formulas(self) -> impl Iterator<Item = &'a Typed> {
        self.used()
            .into_values()
            .map(|(_, value)| value)
            .chain(self.direct())
    }
}

fn names(typed: &Typed) -> Vec<String> {
    typed
        .tree
        .free_names()
        .into_iter()
        .chain(typed.tree.called_names())
        .collect()
}

fn sorted<T>(items: &[T], name: impl Fn(&T) -> &String) -> Vec<&T> {
    let mut sorted: Vec<&T> = items.iter().collect();
    sorted.sort_by(|a, b| name(a).cmp(name(b)));
    sorted
}

/// The formulas of a quantifier that are part of the statement.
fn of_quantifier(quantifier: &Quantifier) -> Vec<&Typed> {
    let mut formulas = quantifier.domain.dimensions();
    formulas.extend(
        [
            &quantifier.min,
            &quantifier.max,
            &quantifier.filter,
            &quantifier.by,
        ]
        .into_iter()
        .flatten(),
    );
    formulas.extend(quantifier.among.iter().flatten());
    formulas
}

fn text(parts: Parts<'_>) -> String {
    let mut text = String::new();
    for (name, (what, value)) in parts.used() {
        text.push_str(&format!(
            "{what} {name} = {}\n",
            formula::canonical(&value.tree)
        ));
    }
    for quantifier in parts.quantify {
        text.push_str(&format!("{}\n", phrase(quantifier)));
    }
    for hypothesis in sorted(parts.assume, |hypothesis| &hypothesis.name) {
        text.push_str(&format!(
            "assume {}: {}\n",
            hypothesis.name,
            formula::canonical(&hypothesis.expr.tree)
        ));
    }
    for conclusion in sorted(parts.conclusions, |conclusion| &conclusion.name) {
        text.push_str(&format!("conclusion {}: ", conclusion.name));
        for quantifier in &conclusion.quantify {
            text.push_str(&format!("{}: ", phrase(quantifier)));
        }
        text.push_str(&format!("{}\n", formula::canonical(&conclusion.expr.tree)));
    }
    if let Some(prose) = parts.prose {
        text.push_str(&format!(
            "prose: {}\n",
            prose.split_whitespace().collect::<Vec<_>>().join(" ")
        ));
    }
    text
}

/// A quantifier on one line: binder, name, domain, range, choice.
fn phrase(quantifier: &Quantifier) -> String {
    let binder = match quantifier.binder {
        Binder::All => "all",
        Binder::AlmostAll => "almost-all",
        Binder::Some => "some",
    };
    let of = |typed: &Typed| formula::canonical(&typed.tree);
    let dimensions: Vec<String> = quantifier.domain.dimensions().into_iter().map(of).collect();
    let mut text = match dimensions.is_empty() {
        true => format!("{binder} {} in {}", quantifier.name, quantifier.domain),
        false => format!(
            "{binder} {} in {}({})",
            quantifier.name,
            quantifier.domain.type_of(),
            dimensions.join(", ")
        ),
    };
    let parts = [
        ("min", &quantifier.min),
        ("max", &quantifier.max),
        ("where", &quantifier.filter),
        ("by", &quantifier.by),
    ];
    for (key, part) in parts {
        if let Some(part) = part {
            text.push_str(&format!(" {key} {}", of(part)));
        }
    }
    if let Some(choices) = &quantifier.among {
        let choices: Vec<String> = choices.iter().map(of).collect();
        text.push_str(&format!(" among {{{}}}", choices.join("; ")));
    }
    text
}
