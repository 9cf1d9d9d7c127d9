//! Constants and abbreviations: their order by dependency and their types.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::asymptotic::{self, Place};
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

/// A definition that waits for others.
struct Waiting<'a> {
    definition: &'a RawDefinition,
    tree: Tree,
    /// The definitions it needs, as indices.
    needs: BTreeSet<usize>,
}

/// Parses the definitions and orders them; a circle is reported once, at its first member.
pub(super) fn order<'a>(
    context: &mut Context<'_>,
    definitions: &'a [RawDefinition],
) -> Ordered<'a> {
    let mut broken = BTreeSet::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    let mut waiting: Vec<Option<Waiting<'a>>> = Vec::new();
    for definition in definitions {
        if index.contains_key(definition.name.text.as_str()) {
            continue;
        }
        match context.parse(&definition.value) {
            Some(tree) => {
                index.insert(&definition.name.text, waiting.len());
                waiting.push(Some(Waiting {
                    definition,
                    tree,
                    needs: BTreeSet::new(),
                }));
            }
            None => {
                broken.insert(definition.name.text.clone());
            }
        }
    }
    let mut dependents: Vec<Vec<usize>> = vec![Vec::new(); waiting.len()];
    for (at, item) in waiting.iter_mut().enumerate() {
        let Some(item) = item else { continue };
        let needed = item.tree.needed_names(context.vocabulary);
        item.needs = needed
            .iter()
            .filter_map(|name| index.get(name.as_str()).copied())
            .collect();
        item.needs
            .iter()
            .for_each(|need| dependents[*need].push(at));
    }
    let no_needs =
        |item: &Option<Waiting<'_>>| item.as_ref().is_some_and(|item| item.needs.is_empty());
    let mut ready: BTreeSet<usize> = (0..waiting.len())
        .filter(|at| no_needs(&waiting[*at]))
        .collect();
    let mut items = Vec::new();
    loop {
        // The first definition in file order whose needs are met comes next.
        let met: Vec<usize> = match ready.pop_first() {
            Some(at) => {
                items.extend(waiting[at].take().map(|item| (item.definition, item.tree)));
                vec![at]
            }
            None => {
                let circle = circle(&waiting);
                report_circle(context, &waiting, &circle);
                for at in &circle {
                    broken.extend(
                        waiting[*at]
                            .take()
                            .map(|item| item.definition.name.text.clone()),
                    );
                }
                circle
            }
        };
        if met.is_empty() {
            return Ordered { items, broken };
        }
        for at in met {
            for dependent in &dependents[at] {
                if let Some(item) = &mut waiting[*dependent] {
                    item.needs.remove(&at);
                    if item.needs.is_empty() {
                        ready.insert(*dependent);
                    }
                }
            }
        }
    }
}

/// A circle among definitions none of which has all its needs met; it begins at its first member in the file. Empty if
/// none is left.
fn circle(waiting: &[Option<Waiting<'_>>]) -> Vec<usize> {
    let Some(mut at) = waiting.iter().position(Option::is_some) else {
        return Vec::new();
    };
    let mut walk: Vec<usize> = Vec::new();
    let mut met: BTreeMap<usize, usize> = BTreeMap::new();
    // Each step follows an unmet need, which is itself waiting, so the walk meets itself after at most all definitions.
    while met.insert(at, walk.len()).is_none() {
        walk.push(at);
        match waiting[at].as_ref().and_then(|item| item.needs.first()) {
            Some(next) => at = *next,
            None => break,
        }
    }
    let start = walk.iter().position(|step| *step == at).unwrap_or(0);
    let mut circle = walk.split_off(start);
    let first = circle
        .iter()
        .min()
        .and_then(|first| circle.iter().position(|step| step == first));
    circle.rotate_left(first.unwrap_or(0));
    circle
}

fn report_circle(context: &mut Context<'_>, waiting: &[Option<Waiting<'_>>], circle: &[usize]) {
    let members: Vec<&RawDefinition> = circle
        .iter()
        .filter_map(|at| waiting[*at].as_ref().map(|item| item.definition))
        .collect();
    let Some(first) = members.first() else { return };
    let names: Vec<&str> = members
        .iter()
        .map(|definition| definition.name.text.as_str())
        .collect();
    let message = match names.as_slice() {
        [name] => format!("{} is defined by itself", quoted(name)),
        _ => format!(
            "{} are defined by each other",
            listed(names.iter().copied())
        ),
    };
    let problem = context
        .at(code::CYCLE, first.name.span(), message)
        .label("this definition never ends")
        .note(format!(
            "each needs the next: {}, and the last needs {}",
            listed(names.iter().copied()),
            quoted(names[0])
        ));
    context.report(problem);
}

/// Types a definition; `None` if a problem was reported or something it needs is broken.
pub(super) fn typed(
    context: &mut Context<'_>,
    tree: Tree,
    text: &Text,
    frame: &Frame,
) -> Option<Typed> {
    if !asymptotic::check(context, &tree, text, Place::Elsewhere)
        || frame.uses_broken(context, &tree)
    {
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
