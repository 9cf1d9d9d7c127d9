//! Constants and abbreviations: their order by dependency and their types.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::statement::Frame;
use crate::diagnostic::{code, listed, quoted};
use crate::expr::{Tree, Typed, check};
use crate::file::schema::RawDefinition;
use crate::file::table::Text;

/// Definitions in an order in which each uses earlier ones only.
pub(super) struct Ordered<'a> {
    /// Each definition with its tree.
    pub items: Vec<(&'a RawDefinition, Tree)>,
    /// The names whose formula cannot be read, and those that depend on themselves.
    pub broken: BTreeSet<String>,
}

/// Parses the definitions and orders them; a circle is reported once, at its first member.
pub(super) fn order<'a>(
    context: &mut Context<'_>,
    definitions: &'a [RawDefinition],
) -> Ordered<'a> {
    let mut broken = BTreeSet::new();
    let mut waiting: Vec<(&RawDefinition, Tree, BTreeSet<String>)> = Vec::new();
    let names: BTreeSet<&str> = definitions
        .iter()
        .map(|definition| definition.name.text.as_str())
        .collect();
    let mut seen = BTreeSet::new();
    for definition in definitions {
        if !seen.insert(definition.name.text.as_str()) {
            continue;
        }
        match context.parse(&definition.value) {
            Some(tree) => {
                let mut needs = tree.needed_names(context.vocabulary);
                needs.retain(|name| names.contains(name.as_str()));
                waiting.push((definition, tree, needs));
            }
            None => {
                broken.insert(definition.name.text.clone());
            }
        }
    }
    let mut items = Vec::new();
    let mut done = broken.clone();
    while !waiting.is_empty() {
        // The first definition in file order whose needs are met comes next.
        match waiting
            .iter()
            .position(|(.., needs)| needs.is_subset(&done))
        {
            Some(ready) => {
                let (definition, tree, _) = waiting.remove(ready);
                done.insert(definition.name.text.clone());
                items.push((definition, tree));
            }
            None => {
                let circle = circle(&waiting);
                report_circle(context, &waiting, &circle);
                for name in circle {
                    waiting.retain(|(definition, ..)| definition.name.text != name);
                    done.insert(name.clone());
                    broken.insert(name);
                }
            }
        }
    }
    Ordered { items, broken }
}

/// A circle among definitions none of which has all its needs met; it begins at its first member in the file.
fn circle(waiting: &[(&RawDefinition, Tree, BTreeSet<String>)]) -> Vec<String> {
    let open: BTreeMap<&str, &BTreeSet<String>> = waiting
        .iter()
        .map(|(definition, _, needs)| (definition.name.text.as_str(), needs))
        .collect();
    let mut walk: Vec<&str> = Vec::new();
    let mut at = waiting
        .first()
        .map_or("", |(definition, ..)| definition.name.text.as_str());
    // Each step follows an unmet need, which is itself waiting, so the walk meets itself after at most all names.
    while !walk.contains(&at) {
        walk.push(at);
        let unmet = open
            .get(at)
            .and_then(|needs| needs.iter().find(|need| open.contains_key(need.as_str())));
        let Some(next) = unmet else { break };
        at = next;
    }
    let mut circle: Vec<String> = walk
        .iter()
        .skip_while(|name| **name != at)
        .map(|name| (*name).to_owned())
        .collect();
    let first = waiting
        .iter()
        .find(|(definition, ..)| circle.contains(&definition.name.text));
    let shift = first
        .and_then(|(definition, ..)| circle.iter().position(|name| *name == definition.name.text));
    circle.rotate_left(shift.unwrap_or(0));
    circle
}

fn report_circle(
    context: &mut Context<'_>,
    waiting: &[(&RawDefinition, Tree, BTreeSet<String>)],
    circle: &[String],
) {
    let Some(first) = circle.first() else { return };
    let place = waiting
        .iter()
        .find(|(definition, ..)| definition.name.text == *first);
    let Some((definition, ..)) = place else {
        return;
    };
    let path: Vec<String> = circle
        .iter()
        .chain([first])
        .map(|name| quoted(name))
        .collect();
    let message = match circle.len() {
        1 => format!("{} is defined by itself", quoted(first)),
        _ => format!(
            "{} are defined by each other",
            listed(circle.iter().map(String::as_str))
        ),
    };
    let problem = context
        .at(code::CYCLE, definition.name.span(), message)
        .label("this definition never ends")
        .note(format!("each needs the next: {}", path.join(" → ")));
    context.report(problem);
}

/// Types a definition; `None` if a problem was reported or something it needs is broken.
pub(super) fn typed(
    context: &mut Context<'_>,
    tree: Tree,
    text: &Text,
    frame: &Frame,
) -> Option<Typed> {
    if frame.uses_broken(context, &tree) {
        return None;
    }
    match check(tree, &frame.scope, context.vocabulary) {
        Ok(typed) => Some(typed),
        Err(problems) => {
            context.report_all(problems, text);
            None
        }
    }
}
