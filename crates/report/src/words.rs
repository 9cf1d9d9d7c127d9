//! The sentences of the report: one wording for the terminal, the page and the machine formats.

mod glossary;
mod verdict;

pub use glossary::{GLOSSARY, TERMS, fate, manner, meaning};
pub use verdict::{fitted, narrower_ranges, verdict_line};

use crate::number::grouped;
use crate::text::counted;
use kernel::record::{ClaimRecord, Reason, RunRecord, Standing, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The sentence that sums the run up: every claim is counted in exactly one of its parts.
pub fn verdict_sentence(run: &RunRecord) -> String {
    let sources: BTreeSet<&str> = run
        .claims
        .iter()
        .map(|claim| claim.source.cite.as_str())
        .collect();
    let total = counted(run.claims.len(), "claim", "claims");
    let head = format!(
        "{total} from {}",
        counted(sources.len(), "source", "sources")
    );
    let partial = if run.interrupted {
        "Interrupted, so this is a partial report. "
    } else {
        ""
    };
    let parts: Vec<String> = parts(run)
        .into_iter()
        .map(|(count, text)| format!("{} {text}", grouped(count)))
        .collect();
    if parts.is_empty() {
        format!("{partial}{head}.")
    } else {
        format!("{partial}{head}: {}.", parts.join(", "))
    }
}

/// The parts of the verdict sentence: a count and what it counts.
pub(crate) fn parts(run: &RunRecord) -> Vec<(u64, &'static str)> {
    let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
    for claim in &run.claims {
        *counts.entry(part_of(claim)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(part, count)| (count, PARTS[part]))
        .collect()
}

const PARTS: [&str; 9] = [
    "unexpected",
    "refuted as expected",
    "false only for want of a hypothesis",
    "open and now decided",
    "proved",
    "certified on a box",
    "decided on instances",
    "only sampled",
    "cited",
];

fn part_of(claim: &ClaimRecord) -> usize {
    match (claim.standing(), claim.status) {
        (standing, _) if !standing.is_expected() || !claim.as_expected => 0,
        (Standing::News, _) => 3,
        (_, Status::Refuted) => 1 + usize::from(claim.needs_hypothesis()),
        (_, Status::Proved) => 4,
        (_, Status::Box) => 5,
        (_, Status::Instance) => 6,
        (_, Status::Sampled) => 7,
        (_, Status::Cited) => 8,
        _ => 0,
    }
}

/// Whether the claim belongs to the unexpected ones.
pub fn is_unexpected(claim: &ClaimRecord) -> bool {
    part_of(claim) == 0
}

/// The words for the standing of a claim: `as expected`, `news`, or everything in which it falls short.
pub fn standing(claim: &ClaimRecord) -> String {
    match claim.standing() {
        Standing::AsExpected if claim.as_expected => "as expected".to_owned(),
        Standing::News if claim.as_expected => "news: a conjecture is decided".to_owned(),
        Standing::AsExpected | Standing::News => "not as expected".to_owned(),
        _ => claim
            .shortfalls()
            .into_iter()
            .map(|(_, text)| text)
            .collect::<Vec<_>>()
            .join("; "),
    }
}

/// `needs the hypothesis m ≥ 1`, for a claim of class H.
pub fn missing_hypothesis(claim: &ClaimRecord) -> String {
    match (&claim.repair_text, &claim.repair) {
        (Some(text), _) => format!("needs the hypothesis {text}"),
        (None, Some(id)) => format!("needs the hypothesis of {id}"),
        (None, None) => "needs a hypothesis".to_owned(),
    }
}

/// The reasons for the exit code that belong to no claim of the run.
pub(crate) fn findings(run: &RunRecord) -> Vec<Reason> {
    let claims: BTreeSet<&str> = run.claims.iter().map(|claim| claim.id.as_str()).collect();
    let mut reasons = run.reasons();
    reasons.retain(|reason| {
        reason
            .about
            .as_deref()
            .is_none_or(|about| !claims.contains(about))
    });
    reasons
}

/// The exit code in words: `exit 1: 1 expectation contradicted, 2 claims without a verdict`.
pub fn exit_line(run: &RunRecord) -> String {
    let mut counts: Vec<(u8, usize)> = Vec::new();
    let reasons = run.reasons();
    for reason in &reasons {
        match counts.last_mut() {
            Some((code, count)) if *code == reason.code => *count += 1,
            _ => counts.push((reason.code, 1)),
        }
    }
    let code = run.exit().code;
    if code == 0 {
        return "exit 0: every selected claim as expected".to_owned();
    }
    let nothing =
        reasons.len() == 1 && run.claims.is_empty() && code == 4 && run.diagnostics.is_empty();
    let words: Vec<String> = counts
        .into_iter()
        .map(|(code, count)| reason_words(code, count, nothing))
        .collect();
    format!("exit {code}: {}", words.join(", "))
}

fn reason_words(code: u8, count: usize, nothing: bool) -> String {
    match code {
        70 => counted(count, "internal fault", "internal faults"),
        130 => "interrupted".to_owned(),
        2 => counted(count, "error in a file", "errors in files"),
        1 => counted(
            count,
            "expectation contradicted",
            "expectations contradicted",
        ),
        5 => counted(
            count,
            "stored witness does not replay",
            "stored witnesses do not replay",
        ),
        3 => counted(
            count,
            "result below what is promised",
            "results below what is promised",
        ),
        4 if nothing => "nothing selected".to_owned(),
        4 => counted(count, "verdict missing", "verdicts missing"),
        _ => counted(count, "reason", "reasons"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::record::{ErratumClass, ErratumRecord, Expect, Kind, Tool, WitnessRecord};

    fn claim(expect: Expect, status: Status) -> ClaimRecord {
        let mut claim = ClaimRecord::new("a", "networks", "A", Kind::Bound, Some(expect));
        claim.status = status;
        claim.as_expected = true;
        claim
    }

    fn run(claims: Vec<ClaimRecord>) -> RunRecord {
        let mut run = RunRecord::new(Tool::default(), "default", 1);
        run.claims = claims;
        run.settle();
        run
    }

    #[test]
    fn every_claim_is_counted_once() {
        let mut refuted = claim(Expect::Refuted, Status::Refuted);
        refuted.witness = Some(WitnessRecord::default());
        let mut needs = refuted.clone();
        needs.erratum = Some(ErratumRecord {
            id: "E1".to_owned(),
            class: ErratumClass::Hypothesis,
        });
        let run = run(vec![
            claim(Expect::Holds, Status::Sampled),
            refuted,
            needs,
            claim(Expect::Holds, Status::Vacuous),
        ]);
        assert_eq!(
            verdict_sentence(&run),
            "4 claims from 1 source: 1 unexpected, 1 refuted as expected, 1 false only for want of a hypothesis, 1 only sampled."
        );
        assert_eq!(parts(&run).iter().map(|(count, _)| count).sum::<u64>(), 4);
    }

    #[test]
    fn the_exit_line_says_what_happened() {
        assert_eq!(
            exit_line(&run(vec![claim(Expect::Holds, Status::Sampled)])),
            "exit 0: every selected claim as expected"
        );
        assert_eq!(exit_line(&run(Vec::new())), "exit 4: nothing selected");
        let run = run(vec![
            claim(Expect::Holds, Status::Refuted),
            claim(Expect::Holds, Status::Vacuous),
        ]);
        assert_eq!(
            exit_line(&run),
            "exit 1: 1 expectation contradicted, 1 verdict missing"
        );
    }

    #[test]
    fn sampled_is_never_worded_as_more_than_sampled() {
        let mut sampled = claim(Expect::Holds, Status::Sampled);
        sampled.trials = 20_000;
        let line = verdict_line(&sampled);
        assert_eq!(line, "No counterexample in 20,000 trials.");
        for word in ["verified", "passed", "holds", "proved", "true"] {
            assert!(!line.contains(word) && !meaning(Status::Sampled).contains(word));
        }
    }

    #[test]
    fn every_status_has_a_meaning() {
        assert!(
            Status::ALL
                .iter()
                .all(|&status| !meaning(status).is_empty())
        );
    }
}
