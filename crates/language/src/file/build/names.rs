//! Names of the statement: well-formed, not taken, unique.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Context;
use crate::diagnostic::{code, quoted};
use crate::expr::{NodeKind, Tree};
use crate::file::schema::RawStatement;

/// Names no conclusion may have, since edit paths begin with them.
const RESERVED: [&str; 4] = ["let", "constants", "quantify", "assume"];

/// Whether a text is one name of the expression language.
pub(crate) fn is_name(text: &str) -> bool {
    text.is_ascii()
        && text != "_"
        && Tree::parse(text).is_ok_and(
            |tree| matches!(tree.kind(tree.root()), NodeKind::Name(name) if name == text),
        )
}

/// Checks every name of a statement.
pub(super) fn check(context: &mut Context<'_>, raw: &RawStatement) {
    let mut taken: BTreeMap<String, Range<usize>> = BTreeMap::new();
    let definitions = raw
        .constants
        .iter()
        .map(|constant| (&constant.name, "constant"));
    let definitions = definitions.chain(
        raw.lets
            .iter()
            .map(|definition| (&definition.name, "abbreviation")),
    );
    for (name, what) in definitions {
        take(context, &mut taken, &name.text, name.span(), what);
    }
    for quantifier in raw.quantify.iter().filter(|quantifier| !quantifier.lost) {
        take(
            context,
            &mut taken,
            quantifier.variable(),
            quantifier.name.span(),
            "variable",
        );
    }
    for conclusion in &raw.conclusions {
        let mut inner = taken.clone();
        for quantifier in conclusion
            .quantify
            .iter()
            .filter(|quantifier| !quantifier.lost)
        {
            take(
                context,
                &mut inner,
                quantifier.variable(),
                quantifier.name.span(),
                "variable",
            );
        }
    }
    let mut labels: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    for conclusion in &raw.conclusions {
        label(
            context,
            &mut labels,
            &conclusion.name.text,
            conclusion.name.span(),
            "conclusion",
        );
    }
    let mut labels = BTreeMap::new();
    for hypothesis in &raw.assume {
        label(
            context,
            &mut labels,
            &hypothesis.name.text,
            hypothesis.name.span(),
            "hypothesis",
        );
    }
}

fn take(
    context: &mut Context<'_>,
    taken: &mut BTreeMap<String, Range<usize>>,
    name: &str,
    place: Range<usize>,
    what: &str,
) {
    let problem = if !is_name(name) {
        let label = "expected a letter, then letters, digits and `_`, and no word of the language";
        context
            .at(
                code::NAME_SHAPE,
                place.clone(),
                format!("{} cannot name a {what}", quoted(name)),
            )
            .label(label)
    } else if context.vocabulary.function(name).is_some()
        || context.vocabulary.constant(name).is_some()
    {
        context
            .at(
                code::NAME_TAKEN,
                place.clone(),
                format!("{} already has a meaning", quoted(name)),
            )
            .label("a word of the vocabulary")
            .help(format!(
                "`runner explain {name}` shows its definition; choose another name for the {what}"
            ))
    } else if let Some(before) = taken.get(name) {
        let (line, _) = context.file.line_column(before.start);
        context
            .at(
                code::NAME_TAKEN,
                place.clone(),
                format!("{} is defined twice", quoted(name)),
            )
            .label(format!("also defined at line {line}"))
    } else {
        taken.insert(name.to_owned(), place);
        return;
    };
    context.report(problem);
}

fn label<'a>(
    context: &mut Context<'_>,
    labels: &mut BTreeMap<&'a str, Range<usize>>,
    name: &'a str,
    place: Range<usize>,
    what: &str,
) {
    let shaped = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let problem = if !shaped || RESERVED.contains(&name) {
        context
            .at(code::NAME_SHAPE, place.clone(), format!("{} cannot name a {what}", quoted(name)))
            .label("expected letters, digits, `-` and `_`, and none of `let`, `constants`, `quantify`, `assume`")
    } else if let Some(before) = labels.get(name) {
        let (line, _) = context.file.line_column(before.start);
        context
            .at(
                code::NAME_TAKEN,
                place.clone(),
                format!("{what} {} is defined twice", quoted(name)),
            )
            .label(format!("also defined at line {line}"))
    } else {
        labels.insert(name, place);
        return;
    };
    context.report(problem);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_language() {
        for good in ["x", "N0", "eps", "x_1"] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "", "_", "if", "not", "x y", "(x)", " x", "1", "Φ", "x-y", "x[0]",
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
