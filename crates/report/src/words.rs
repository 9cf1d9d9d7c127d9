//! The sentences of the report: one wording for the terminal, the page and the machine formats.

use crate::number::{grouped, rule_of_three};
use crate::scope;
use crate::text::{counted, enumerated};
use kernel::record::{ClaimRecord, How, Outcome, Reason, RunRecord, Standing, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The name of the engine whose draws are independent draws from one stated distribution.
pub(crate) const INDEPENDENT_ENGINE: &str = "random";

/// What every status word means, in the order of the glossary.
pub const GLOSSARY: &[(Status, &str)] = &[
    (Status::Proved, "A proof checker accepted a proof of the statement generated from the very tree that is shown. Axioms are listed."),
    (Status::Box, "Certified over a box of parameters, or over a range closed by a checked argument; the certificate is stored and was checked again."),
    (Status::Instance, "Decided exactly, in rational arithmetic, on listed instances or on a finite scope that was exhausted."),
    (Status::Sampled, "No counterexample among the instances that were drawn. It is no evidence beyond the stated generators and is never shown as green."),
    (Status::Refuted, "An exact instance satisfies every hypothesis and violates the conclusion. It was evaluated again, exactly, before it was shown."),
    (Status::Cited, "Not evaluated: taken from the source, or resting on a hypothesis that nothing here evaluated."),
    (Status::Vacuous, "No verdict: no instance met the hypotheses."),
    (Status::UnderCovered, "No verdict: the run missed a share of cases that the claim file requires."),
    (Status::Incomplete, "No verdict: the counted budget ran out, or the run was interrupted."),
    (Status::Stale, "No verdict: the stored evidence is about another version of the statement."),
    (Status::Broken, "No verdict: two evaluations disagree, a panic, or too many undefined values. Nothing about this claim can be trusted."),
];

/// What every other word of the report means.
pub const TERMS: &[(&str, &str)] = &[
    ("whole range", "No quantified variable was covered on less than the range the statement itself gives it. Only then is a verdict green."),
    ("part of the range", "Some variable was covered on less than its range in the statement; the scope table says on what."),
    ("needs the hypothesis", "The statement as printed fails only for want of a hypothesis that the source has elsewhere or takes for granted; the corrected claim stands beside it."),
    ("scope", "For every variable, in which manner and on what its range was covered."),
    ("best ratio", "The largest exact value of left side over right side met for a conclusion lhs ≤ rhs with rhs > 0. Decimals are rounded away from 1, so 1 means exactly 1."),
    ("mutant", "The statement with one deliberate change. A killed mutant shows that the check can tell the difference; a survivor is listed, never hidden."),
    ("witness", "An exact instance, as small as the shrinker could make it, evaluated again by the kernel."),
    ("kernel", "The one part of the program that makes verdicts; it evaluates again whatever the searches propose."),
];

/// What one manner of covering a range means.
pub const fn manner(how: How) -> &'static str {
    match how {
        How::Symbolic => "for all values at once",
        How::Constructed => "given by the construction",
        How::Exhausted => "exhausted",
        How::Among => "every choice in the statement",
        How::Interval => "enclosed over an interval",
        How::Argument => "closed by an argument",
        How::Named => "on named objects",
        How::Sampled => "sampled",
    }
}

/// What one outcome of a mutant means.
pub const fn fate(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Killed => "killed",
        Outcome::Rejected => "rejected by a test",
        Outcome::AliveProved => "alive, certified",
        Outcome::Unresolved => "unresolved",
        Outcome::Control => "control, survives",
    }
}

/// The sentence that sums the run up: every claim is counted in exactly one of its parts.
pub fn verdict_sentence(run: &RunRecord) -> String {
    let sources: BTreeSet<&str> = run.claims.iter().map(|claim| claim.source.cite.as_str()).collect();
    let total = counted(run.claims.len(), "claim", "claims");
    let head = format!("{total} from {}", counted(sources.len(), "source", "sources"));
    let partial = if run.interrupted { "Interrupted, so this is a partial report. " } else { "" };
    let parts: Vec<String> = parts(run).into_iter().map(|(count, text)| format!("{} {text}", grouped(count))).collect();
    if parts.is_empty() { format!("{partial}{head}.") } else { format!("{partial}{head}: {}.", parts.join(", ")) }
}

/// The parts of the verdict sentence: a count and what it counts.
pub(crate) fn parts(run: &RunRecord) -> Vec<(u64, &'static str)> {
    let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
    for claim in &run.claims {
        *counts.entry(part_of(claim)).or_default() += 1;
    }
    counts.into_iter().map(|(part, count)| (count, PARTS[part])).collect()
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
        _ => claim.shortfalls().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("; "),
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

/// The verdict on one claim as a sentence or two, without markup.
pub fn verdict_line(claim: &ClaimRecord) -> String {
    match claim.status {
        Status::Refuted => refuted(claim),
        Status::Proved => proved(claim),
        Status::Box | Status::Instance => certified(claim),
        Status::Sampled => sampled(claim),
        Status::Cited => cited(claim),
        Status::UnderCovered => {
            let missed: Vec<String> = claim.cover.iter().filter(|cover| !cover.met).map(|cover| format!("“{}”", cover.name)).collect();
            if missed.is_empty() { meaning(claim.status).to_owned() } else { format!("No verdict: the run missed {}.", enumerated(&missed)) }
        }
        _ => meaning(claim.status).to_owned(),
    }
}

/// The meaning of a status word.
pub fn meaning(status: Status) -> &'static str {
    GLOSSARY.iter().find(|(word, _)| *word == status).map_or("", |(_, text)| text)
}

fn refuted(claim: &ClaimRecord) -> String {
    if claim.needs_hypothesis() {
        format!("As printed it {}; without it there is an exact instance to the contrary.", missing_hypothesis(claim))
    } else {
        "False as stated, by an exact counterexample.".to_owned()
    }
}

fn proved(claim: &ClaimRecord) -> String {
    let Some(proof) = &claim.proof else { return meaning(Status::Proved).to_owned() };
    let axioms = if proof.axioms.is_empty() { "no axioms".to_owned() } else { format!("axioms: {}", proof.axioms.join(", ")) };
    let when = if proof.checked { "" } else { " in an earlier run" };
    format!("{} accepted the proof `{}` of this statement{when}; {axioms}.", proof.checker, proof.theorem)
}

fn certified(claim: &ClaimRecord) -> String {
    let head = match (claim.status, &claim.certificate) {
        (Status::Box, Some(certificate)) => format!("Certified by a {} of {} parts", certificate.kind, grouped(certificate.size)),
        (Status::Box, None) => "Certified over a box".to_owned(),
        _ => "Decided exactly".to_owned(),
    };
    if claim.is_green() {
        return format!("{head}, on the whole range of the statement.");
    }
    let ranges = narrower_ranges(claim);
    if ranges.is_empty() { format!("{head}, on a part of the range of the statement.") } else { format!("{head}, on a part of the range only: {ranges}.") }
}

fn sampled(claim: &ClaimRecord) -> String {
    let rows = scope::deciding(claim);
    let groups: Vec<String> =
        scope::in_words(&rows).into_iter().map(|(how, variables)| format!("{} {}", enumerated(&variables), manner(how))).collect();
    let head = format!("No counterexample in {} trials", grouped(claim.trials));
    let head = if groups.is_empty() { format!("{head}.") } else { format!("{head}: {}.", groups.join("; ")) };
    match claim.engines.get(INDEPENDENT_ENGINE).and_then(|engine| rule_of_three(engine.trials)) {
        Some(bound) => format!("{head} Under the random generator, and only under it, the probability of a failure is below about {bound} (95 % confidence)."),
        None => head,
    }
}

fn cited(claim: &ClaimRecord) -> String {
    match &claim.reduction {
        Some(reduction) if !reduction.by.is_empty() => {
            format!("Not evaluated as it stands; reduced, by {}, to a finite statement that is {}.", enumerated(&reduction.by), reduction.status)
        }
        _ => meaning(Status::Cited).to_owned(),
    }
}

/// The narrower ranges of the deciding rows: `d ∈ 1..4; phi on 3 named networks`.
pub fn narrower_ranges(claim: &ClaimRecord) -> String {
    let mut parts: Vec<String> = Vec::new();
    for row in scope::deciding(claim).into_iter().filter(|row| row.narrower) {
        let part = if row.detail.is_empty() { format!("{} {}", row.var, manner(row.how)) } else { format!("{}: {}", row.var, row.detail) };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join("; ")
}

/// The reasons for the exit code that belong to no claim of the run.
pub(crate) fn findings(run: &RunRecord) -> Vec<Reason> {
    let claims: BTreeSet<&str> = run.claims.iter().map(|claim| claim.id.as_str()).collect();
    let mut reasons = run.reasons();
    reasons.retain(|reason| reason.about.as_deref().is_none_or(|about| !claims.contains(about)));
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
    let nothing = reasons.len() == 1 && run.claims.is_empty() && code == 4 && run.diagnostics.is_empty();
    let words: Vec<String> = counts.into_iter().map(|(code, count)| reason_words(code, count, nothing)).collect();
    format!("exit {code}: {}", words.join(", "))
}

fn reason_words(code: u8, count: usize, nothing: bool) -> String {
    match code {
        70 => counted(count, "internal fault", "internal faults"),
        130 => "interrupted".to_owned(),
        2 => counted(count, "error in a file", "errors in files"),
        1 => counted(count, "expectation contradicted", "expectations contradicted"),
        5 => counted(count, "stored witness does not replay", "stored witnesses do not replay"),
        3 => counted(count, "result below what is promised", "results below what is promised"),
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
        needs.erratum = Some(ErratumRecord { id: "E1".to_owned(), class: ErratumClass::Hypothesis });
        let run = run(vec![claim(Expect::Holds, Status::Sampled), refuted, needs, claim(Expect::Holds, Status::Vacuous)]);
        assert_eq!(
            verdict_sentence(&run),
            "4 claims from 1 source: 1 unexpected, 1 refuted as expected, 1 false only for want of a hypothesis, 1 only sampled."
        );
        assert_eq!(parts(&run).iter().map(|(count, _)| count).sum::<u64>(), 4);
    }

    #[test]
    fn the_exit_line_says_what_happened() {
        assert_eq!(exit_line(&run(vec![claim(Expect::Holds, Status::Sampled)])), "exit 0: every selected claim as expected");
        assert_eq!(exit_line(&run(Vec::new())), "exit 4: nothing selected");
        let run = run(vec![claim(Expect::Holds, Status::Refuted), claim(Expect::Holds, Status::Vacuous)]);
        assert_eq!(exit_line(&run), "exit 1: 1 expectation contradicted, 1 verdict missing");
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
        assert!(Status::ALL.iter().all(|&status| !meaning(status).is_empty()));
    }
}
