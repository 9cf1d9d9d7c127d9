//! Quantifiers: domains, ranges, choices, generators.

use super::statement::Frame;
use super::{Context, range};
use crate::diagnostic::{Diagnostic, code, listed, quoted};
use crate::expr::{Type, Typed, suggestion};
use crate::file::domain::{self, Shape};
use crate::file::schema::{RawQuantifier, RawStatement};
use crate::file::table::Text;
use crate::file::{Binder, Domain, FamilyCall, Quantifier};

/// Types quantifiers in order; each is bound in the frame once it is done.
pub(super) fn build(
    context: &mut Context<'_>,
    raw: &[RawQuantifier],
    frame: &mut Frame,
) -> Vec<Quantifier> {
    let mut quantifiers = Vec::new();
    for quantifier in raw {
        let built = if quantifier.lost {
            None
        } else {
            one(context, quantifier, frame)
        };
        if !quantifier.declared_unused() {
            frame.bound.insert(quantifier.variable().to_owned());
        }
        quantifiers.extend(built);
    }
    quantifiers
}

fn one(context: &mut Context<'_>, raw: &RawQuantifier, frame: &Frame) -> Option<Quantifier> {
    let text = raw.domain.as_ref()?;
    let domain = domain(context, text, frame);
    let of = Shape::read(text).ok()?.of;
    fits(context, raw, &of);
    let itself = Some(raw.variable());
    let ordered = |_: &&Text| has_order(&of);
    let min = raw
        .min
        .as_ref()
        .filter(ordered)
        .and_then(|text| element(context, text, &of, frame));
    let max = raw
        .max
        .as_ref()
        .filter(ordered)
        .and_then(|text| element(context, text, &of, frame));
    range::not_empty(context, raw);
    let filter = raw
        .filter
        .as_ref()
        .and_then(|text| frame.bound_formula(context, text, &Type::Bool, itself));
    let by = raw
        .by
        .as_ref()
        .and_then(|text| element(context, text, &of, frame));
    let among = raw.among.as_ref().map(|choices| {
        if choices.is_empty() {
            let problem = context
                .at(
                    code::QUANTIFIER_KEY,
                    raw.key_place("among"),
                    "`among` has no choices",
                )
                .label("expected at least one expression");
            context.report(problem);
        }
        choices
            .iter()
            .filter_map(|text| element(context, text, &of, frame))
            .collect()
    });
    let from = raw
        .from
        .iter()
        .filter_map(|text| family(context, text, &of, frame))
        .collect();
    let search = raw
        .search
        .as_ref()
        .and_then(|text| range::search(context, text, &of, frame));
    Some(Quantifier {
        binder: raw.binder,
        name: raw.variable().to_owned(),
        domain: domain?,
        min,
        max,
        filter,
        symbolic: raw.symbolic,
        by,
        among,
        from,
        search,
        unused: raw.declared_unused(),
        span: raw.place.clone(),
    })
}

/// A value of the domain: any number for a number, since ranges are checked per instance; a number or an exponent for
/// an exponent.
pub(super) fn element(
    context: &mut Context<'_>,
    text: &Text,
    of: &Type,
    frame: &Frame,
) -> Option<Typed> {
    let expected = if of.is_numeric() { &Type::Real } else { of };
    if *of == Type::Exponent && text.text.trim().starts_with(|c: char| c.is_ascii_digit()) {
        return frame.bound_formula(context, text, &Type::Real, None);
    }
    frame.bound_formula(context, text, expected, None)
}

/// Whether values of a type are compared by order, so that they have ranges.
fn has_order(of: &Type) -> bool {
    of.is_numeric() || *of == Type::Exponent
}

fn domain(context: &mut Context<'_>, text: &Text, frame: &Frame) -> Option<Domain> {
    let shape = match Shape::read(text) {
        Ok(shape) => shape,
        Err((message, place)) => {
            let head = text.text.split('(').next().unwrap_or_default().trim();
            let words: Vec<&str> = domain::words().collect();
            let known = words.contains(&head);
            let mut problem = context
                .at(
                    code::DOMAIN,
                    place,
                    format!("{} is no domain", quoted(&text.text)),
                )
                .label(message);
            if !known {
                problem = problem
                    .maybe_help(suggestion(head, words.iter().copied()))
                    .note(format!("domains are {}", words.join(", ")));
            }
            context.report(problem);
            return None;
        }
    };
    let mut dimensions = Vec::new();
    for argument in &shape.arguments {
        dimensions.push(frame.bound_formula(context, argument, &Type::Int, None)?);
    }
    shape.domain(&text.text, dimensions)
}

/// Reports every key that does not fit the binder or the domain.
fn fits(context: &mut Context<'_>, raw: &RawQuantifier, of: &Type) {
    let word = RawStatement::binder_word(raw.binder);
    let ordered = has_order(of);
    let mut misfits: Vec<(&'static str, String)> = Vec::new();
    let mut misfit = |key: &'static str, wrong: bool, why: String| {
        if wrong && raw.has(key) && misfits.iter().all(|(given, _)| *given != key) {
            misfits.push((key, why));
        }
    };
    let domain = of.with_article();
    misfit("min", !ordered, format!("{domain} has no least value"));
    misfit("max", !ordered, format!("{domain} has no largest value"));
    for key in ["min", "max"] {
        let why = "an exponent is bounded by its inverse: `where = 'inv(q) >= 1/2'`";
        misfit(key, *of == Type::Exponent, why.to_owned());
    }
    misfit(
        "search",
        !ordered,
        format!("the search range of {domain} is given by `from` or `where`"),
    );
    misfit(
        "symbolic",
        *of != Type::Real,
        format!("only a `real` is symbolic, not {domain}"),
    );
    misfit(
        "by",
        raw.binder != Binder::Some,
        format!("`by` gives the value of a `some` variable, not of an `{word}` one"),
    );
    misfit(
        "among",
        raw.has("by"),
        "`by` already gives the value".to_owned(),
    );
    misfit(
        "among",
        raw.binder == Binder::AlmostAll,
        "a finite set is a null set".to_owned(),
    );
    misfit(
        "from",
        raw.has("by"),
        "`by` already gives the value".to_owned(),
    );
    misfit(
        "from",
        raw.has("among"),
        "`among` already lists the values".to_owned(),
    );
    misfit(
        "search",
        raw.has("by") || raw.has("among"),
        "the value is already given".to_owned(),
    );
    misfit(
        "symbolic",
        raw.symbolic && (raw.has("by") || raw.has("among")),
        "the value is already given".to_owned(),
    );
    misfit(
        "almost-all",
        !matches!(of, Type::Real | Type::Vec | Type::Matrix | Type::Poly),
        format!("almost all is meant in the sense of Lebesgue measure, which {domain} has none of"),
    );
    for (key, why) in misfits {
        let problem = context
            .at(
                code::QUANTIFIER_KEY,
                raw.key_place(key),
                format!("`{key}` does not fit here"),
            )
            .label(why);
        context.report(problem);
    }
}

fn family(context: &mut Context<'_>, text: &Text, of: &Type, frame: &Frame) -> Option<FamilyCall> {
    let (word, arguments) = match domain::call(text) {
        Ok(parts) => parts,
        Err((message, place)) => {
            let message = format!("{} is no family: {message}", quoted(&text.text));
            let problem = context
                .at(code::FAMILY, place, message)
                .label("expected `name` or `name(a, b)`");
            context.report(problem);
            return None;
        }
    };
    let vocabulary = context.vocabulary;
    let Some(family) = vocabulary.family(&word.text) else {
        let problem = context
            .at(
                code::FAMILY,
                word.span(),
                format!("no generator family {}", quoted(&word.text)),
            )
            .label("unknown family")
            .maybe_help(suggestion(&word.text, vocabulary.family_names()))
            .help("`runner explain families` lists every family");
        context.report(problem);
        return None;
    };
    // Values listed by name are values of the domain, any number of them.
    if LISTS.contains(&family.name) && !arguments.is_empty() {
        let mut typed = Vec::new();
        for argument in &arguments {
            typed.push(element(context, argument, of, frame)?);
        }
        return Some(FamilyCall {
            name: family.name.to_owned(),
            arguments: typed,
        });
    }
    let mut problem: Option<Diagnostic> = None;
    if !produces(&family.produces, of) {
        let label = format!("generates {}", family.produces.with_article());
        let message = format!(
            "family `{}` does not generate {}",
            family.name,
            of.with_article()
        );
        problem = Some(context.at(code::FAMILY, word.span(), message).label(label));
    } else if arguments.len() != family.parameters.len() {
        let expected: Vec<String> = family.parameters.iter().map(Type::to_string).collect();
        let label = format!(
            "takes ({}), got {} arguments",
            expected.join(", "),
            arguments.len()
        );
        let message = format!("family `{}` has another number of arguments", family.name);
        problem = Some(context.at(code::FAMILY, text.span(), message).label(label));
    }
    if let Some(problem) = problem {
        let fitting: Vec<&str> = vocabulary
            .family_names()
            .into_iter()
            .filter(|name| {
                vocabulary
                    .family(name)
                    .is_some_and(|family| produces(&family.produces, of))
            })
            .collect();
        let help = (!fitting.is_empty()).then(|| format!("families that fit: {}", listed(fitting)));
        context.report(problem.maybe_help(help));
        return None;
    }
    let mut typed = Vec::new();
    for (argument, expected) in arguments.iter().zip(&family.parameters) {
        typed.push(frame.bound_formula(context, argument, expected, None)?);
    }
    Some(FamilyCall {
        name: family.name.to_owned(),
        arguments: typed,
    })
}

/// The families that list their values, `named(e, …)`: their arguments are values of the domain.
const LISTS: [&str; 2] = ["named", "values"];

/// Whether values of a family may be used for a variable: families of numbers fill vectors, matrices and polynomials
/// entry by entry.
fn produces(family: &Type, wanted: &Type) -> bool {
    let entrywise =
        |of: &Type| of.is_numeric() || matches!(of, Type::Vec | Type::Matrix | Type::Poly);
    family == wanted || entrywise(family) && entrywise(wanted)
}
