//! Branch and bound over boxes of parameters: split trees that the kernel checks.
//!
//! The whole ranges of the statement are tried first. Where that does not succeed, integers with a `search` range are kept to it, one variable after the
//! other and then all of them.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use claim_language::file::{Claim, Quantifier, SearchRange};
use kernel::certificate::parameters::{Certificate, Step, cut, root};
use relu_core::number::rational::Rational;
use theorems::logspace::{
    Case, Problem, Region, Shortfall, Span, Unknown, problem, shortfall, unsettled,
};

/// Enclosures of one attempt at all parameters, and of one with the search ranges.
const FUEL: [u32; 2] = [4_000, 60_000];

/// What may still be spent.
struct Fuel<'a> {
    left: u32,
    /// Set from outside to stop early.
    interrupt: &'a AtomicBool,
}

/// A certificate for a conclusion, or why there is none.
pub fn close(
    claim: &Claim,
    conclusion: usize,
    interrupt: &AtomicBool,
) -> Result<Certificate, String> {
    let problem = problem(claim, conclusion)?;
    let quantifiers: Vec<&Quantifier> = claim
        .quantify
        .iter()
        .chain(&claim.conclusions[conclusion].quantify)
        .collect();
    // Of a variable that occurs nowhere nothing is gained by keeping it to a range.
    let occurring: BTreeSet<usize> = problem.cases.iter().flat_map(Case::occurring).collect();
    let restricted: Vec<(usize, Span)> = problem
        .variables
        .iter()
        .enumerate()
        .filter(|(number, _)| occurring.contains(number))
        .filter_map(|(number, variable)| {
            let quantifier = quantifiers.iter().find(|q| q.name == variable.name)?;
            match quantifier.search {
                Some(SearchRange::Range(a, b)) => {
                    let range = Span::between(a.into(), b.into()).meet(&variable.range);
                    (range != variable.range && !range.is_empty()).then_some((number, range))
                }
                _ => None,
            }
        })
        .collect();
    let mut attempts: Vec<(Vec<&(usize, Span)>, u32)> = vec![(Vec::new(), FUEL[0])];
    if restricted.len() > 1 {
        attempts.extend(restricted.iter().map(|one| (vec![one], FUEL[0])));
    }
    if !restricted.is_empty() {
        attempts.push((restricted.iter().collect(), FUEL[1]));
    }
    let mut stuck = String::new();
    for (restrictions, fuel) in attempts {
        let mut ranges: Vec<Span> = problem
            .variables
            .iter()
            .map(|variable| variable.range.clone())
            .collect();
        for (number, range) in restrictions {
            ranges[*number] = range.clone();
        }
        match trees(
            &problem,
            &ranges,
            &mut Fuel {
                left: fuel,
                interrupt,
            },
        ) {
            Ok(trees) => return Ok(Certificate { ranges, trees }),
            Err(reason) => stuck = reason,
        }
    }
    if !problem.left_out.is_empty() {
        let left_out: Vec<String> = problem
            .left_out
            .iter()
            .map(|text| format!("`{text}`"))
            .collect();
        stuck.push_str(&format!(
            "; conditions without a meaning here: {}",
            left_out.join(", ")
        ));
    }
    Err(stuck)
}

fn trees(
    problem: &Problem,
    ranges: &[Span],
    fuel: &mut Fuel<'_>,
) -> Result<Vec<Vec<Step>>, String> {
    problem
        .cases
        .iter()
        .map(|case| tree(case, root(case, ranges), fuel))
        .collect()
}

/// The tree of one case, cut where it helps most.
fn tree(case: &Case, root: Region, fuel: &mut Fuel<'_>) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut open = vec![(root, 0_usize)];
    while let Some((region, depth)) = open.pop() {
        let empty = region.iter().any(Span::is_empty);
        if empty || judged(case, &region, fuel)? == Shortfall::Certified {
            steps.push(Step::Leaf);
            continue;
        }
        let mut candidates: Vec<(Judgement, usize, Rational, [Region; 2])> = Vec::new();
        for unknown in unsettled(case, &region) {
            let Some(at) = middle(&case.unknowns[unknown], &region[unknown]) else {
                continue;
            };
            let Some(parts) = cut(case, &region, unknown, &at) else {
                continue;
            };
            let mut found = [
                judged(case, &parts[0], fuel)?,
                judged(case, &parts[1], fuel)?,
            ];
            found.sort();
            candidates.push((found, unknown, at, parts));
        }
        // With nothing to choose by, every unknown has its turn.
        let hopeless = [Shortfall::Unbounded, Shortfall::Unbounded];
        let turn = match candidates.iter().all(|(found, ..)| *found == hopeless) {
            true if candidates.is_empty() => None,
            true => Some(depth % candidates.len()),
            false => (0..candidates.len()).max_by(|a, b| candidates[*a].0.cmp(&candidates[*b].0)),
        };
        let Some(turn) = turn else {
            return Err(match words(case, &region) {
                none if none.is_empty() => {
                    "not certified, and no variable is left to cut".to_owned()
                }
                point => format!("not certified where cutting does not help: {point}"),
            });
        };
        let (_, unknown, at, [left, right]) = candidates.swap_remove(turn);
        steps.push(Step::Split(unknown, at));
        open.extend([(right, depth + 1), (left, depth + 1)]);
    }
    Ok(steps)
}

/// The worse and the better half.
type Judgement = [Shortfall; 2];

fn judged(case: &Case, region: &Region, fuel: &mut Fuel<'_>) -> Result<Shortfall, String> {
    if fuel.interrupt.load(Ordering::Relaxed) {
        return Err("interrupted".to_owned());
    }
    fuel.left = fuel
        .left
        .checked_sub(1)
        .ok_or_else(|| format!("not certified: out of fuel at {}", words(case, region)))?;
    Ok(shortfall(case, region))
}

/// Where a range is cut; `None` for a single number.
fn middle(unknown: &Unknown, range: &Span) -> Option<Rational> {
    if range.point().is_some() || range.is_empty() {
        return None;
    }
    let (one, two) = (Rational::one(), Rational::from(2));
    let middle = match (&range.lower, &range.upper) {
        (None, None) => Rational::zero(),
        (Some(lower), None) if unknown.integer => lower.clone(),
        (Some(lower), None) => (lower * &two).max(lower + &one),
        (None, Some(upper)) => upper - &one,
        // A logarithm has no lower bound near 0.
        (Some(lower), Some(upper)) if lower.is_zero() && unknown.positive => upper.half().half(),
        (Some(lower), Some(upper)) => Rational::midpoint(lower, upper),
    };
    match unknown.integer {
        true => Rational::from_parts(middle.floor(), 1_u8.into()),
        false => Some(middle),
    }
}

fn words(case: &Case, region: &Region) -> String {
    let parts: Vec<String> = case
        .occurring()
        .into_iter()
        .map(|unknown| format!("{} {}", case.unknowns[unknown].shown(), region[unknown]))
        .collect();
    parts.join(", ")
}
