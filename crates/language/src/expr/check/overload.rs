//! Which overload of a native a call means, and what is wrong if it means none.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Checker;
use crate::expr::problem::Problem;
use crate::expr::{NodeId, Type};
use crate::vocabulary::Overload;

impl Checker<'_> {
    /// The overload that needs the fewest steps of widening; the first of them if several do.
    pub(super) fn native(
        &mut self,
        head: Range<usize>,
        name: &str,
        folds: bool,
        overloads: &[Overload],
        arguments: &[NodeId],
    ) -> Option<Type> {
        let wrong = self.types_missing(arguments);
        let mut best: Option<(u32, usize)> = None;
        let mut results: Vec<&Type> = Vec::new();
        for (place, overload) in overloads.iter().enumerate() {
            let Some(parameters) = expanded(overload, folds, arguments.len()) else {
                continue;
            };
            let cost: Option<u32> = parameters
                .iter()
                .zip(arguments)
                .map(|(expected, argument)| self.distance(expected, *argument))
                .sum();
            if let Some(cost) = cost {
                results.push(&overload.result);
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, place));
                }
            }
        }
        let Some((_, place)) = best else {
            return self.no_overload(head, name, folds, overloads, arguments);
        };
        if wrong && results.iter().any(|result| **result != *results[0]) {
            return None;
        }
        let chosen = &overloads[place];
        for (expected, argument) in expanded(chosen, folds, arguments.len())
            .unwrap_or_default()
            .iter()
            .zip(arguments)
        {
            self.settle(expected, *argument);
        }
        Some(chosen.result.clone())
    }

    fn types_missing(&self, arguments: &[NodeId]) -> bool {
        arguments
            .iter()
            .any(|argument| self.type_of(*argument).is_none())
    }

    fn no_overload(
        &mut self,
        head: Range<usize>,
        name: &str,
        folds: bool,
        overloads: &[Overload],
        arguments: &[NodeId],
    ) -> Option<Type> {
        let fitting: Vec<(&Overload, Vec<&Type>)> = overloads
            .iter()
            .filter_map(|overload| Some((overload, expanded(overload, folds, arguments.len())?)))
            .collect();
        let signatures: Vec<String> = overloads
            .iter()
            .map(|overload| format!("`{}`", signature(name, overload)))
            .collect();
        let wrong = |parameters: &[&Type]| -> Vec<usize> {
            let pairs = parameters.iter().zip(arguments).enumerate();
            pairs
                .filter(|(_, (expected, argument))| self.distance(expected, **argument).is_none())
                .map(|(i, _)| i)
                .collect()
        };
        // Fewest wrong arguments; among equals the last, which is the widest of a family of numeric overloads.
        let nearest = fitting
            .iter()
            .rev()
            .min_by_key(|(_, parameters)| wrong(parameters).len());
        let Some((_, parameters)) = nearest else {
            let counts: BTreeSet<usize> = overloads
                .iter()
                .map(|overload| overload.parameters.len())
                .collect();
            let takes = match counts
                .iter()
                .map(usize::to_string)
                .collect::<Vec<_>>()
                .join(" or ")
                .as_str()
            {
                "0" => "no arguments".to_owned(),
                "1" => "1 argument".to_owned(),
                "2" if folds => "2 or more arguments".to_owned(),
                counts => format!("{counts} arguments"),
            };
            self.wrong_count(
                head,
                name,
                &takes,
                arguments.len(),
                &signatures.join(" or "),
            );
            return one_result(overloads.iter());
        };
        let problems: Vec<Problem> = wrong(parameters)
            .into_iter()
            .map(|place| {
                let role = if arguments.len() == 1 {
                    format!("the argument of `{name}`")
                } else {
                    format!("argument {} of `{name}`", place + 1)
                };
                let problem = self.mismatch(parameters[place], arguments[place], &role);
                if signatures.len() <= 4 {
                    problem.note(signatures.join(", "))
                } else {
                    problem
                }
            })
            .collect();
        self.problems.extend(problems);
        one_result(fitting.iter().map(|(overload, _)| *overload))
    }
}

/// The parameters of an overload for a call with `count` arguments, or `None` if it takes another number.
fn expanded(overload: &Overload, folds: bool, count: usize) -> Option<Vec<&Type>> {
    if overload.parameters.len() == count {
        return Some(overload.parameters.iter().collect());
    }
    match overload.parameters.as_slice() {
        [a, b] if folds && a == b && count > 2 => Some(vec![a; count]),
        _ => None,
    }
}

/// The common result of some overloads, or `None` if they differ.
fn one_result<'o>(mut overloads: impl Iterator<Item = &'o Overload>) -> Option<Type> {
    let first = &overloads.next()?.result;
    overloads
        .all(|overload| overload.result == *first)
        .then(|| first.clone())
}

/// `deriv(network, vec, real)`.
fn signature(name: &str, overload: &Overload) -> String {
    let parameters: Vec<String> = overload.parameters.iter().map(Type::to_string).collect();
    format!("{name}({})", parameters.join(", "))
}
