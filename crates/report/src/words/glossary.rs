//! What the words of the report mean.

use kernel::record::{How, Outcome, Status};

/// What every status word means, in the order of the glossary.
pub const GLOSSARY: &[(Status, &str)] = &[
    (
        Status::Proved,
        "A proof checker accepted a proof of the statement generated from the very tree that is shown. Axioms are listed.",
    ),
    (
        Status::Box,
        "Certified over a box of parameters, or over a range closed by a checked argument; the certificate is stored and was checked again.",
    ),
    (
        Status::Instance,
        "Decided exactly, in rational arithmetic, on listed instances or on a finite scope that was exhausted.",
    ),
    (
        Status::Sampled,
        "No counterexample among the instances that were drawn. It is no evidence beyond the stated generators and is never shown as green.",
    ),
    (
        Status::Refuted,
        "An exact instance satisfies every hypothesis and violates the conclusion. It was evaluated again, exactly, before it was shown.",
    ),
    (
        Status::Cited,
        "Not evaluated: taken from the source, or resting on a hypothesis that nothing here evaluated.",
    ),
    (
        Status::Vacuous,
        "No verdict: no instance met the hypotheses.",
    ),
    (
        Status::UnderCovered,
        "No verdict: the run missed a share of cases that the claim file requires.",
    ),
    (
        Status::Incomplete,
        "No verdict: the counted budget ran out, or the run was interrupted.",
    ),
    (
        Status::Stale,
        "No verdict: the stored evidence is about another version of the statement.",
    ),
    (
        Status::Broken,
        "No verdict: two evaluations disagree, a panic, or too many undefined values. Nothing about this claim can be trusted.",
    ),
];

/// What every other word of the report means.
pub const TERMS: &[(&str, &str)] = &[
    (
        "whole range",
        "No quantified variable was covered on less than the range the statement itself gives it. Only then is a verdict green.",
    ),
    (
        "part of the range",
        "Some variable was covered on less than its range in the statement; the scope table says on what.",
    ),
    (
        "needs the hypothesis",
        "The statement as printed fails only for want of a hypothesis that the source has elsewhere or takes for granted; the corrected claim stands beside it.",
    ),
    (
        "scope",
        "For every variable, in which manner and on what its range was covered.",
    ),
    (
        "best ratio",
        "The largest exact value of left side over right side met for a conclusion lhs ≤ rhs with rhs > 0. Decimals are rounded away from 1, so 1 means exactly 1.",
    ),
    (
        "mutant",
        "The statement with one deliberate change. A killed mutant shows that the check can tell the difference; a survivor is listed, never hidden.",
    ),
    (
        "witness",
        "An exact instance, as small as the shrinker could make it, evaluated again by the kernel.",
    ),
    (
        "kernel",
        "The one part of the program that makes verdicts; it evaluates again whatever the searches propose.",
    ),
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

/// The meaning of a status word.
pub fn meaning(status: Status) -> &'static str {
    GLOSSARY
        .iter()
        .find(|(word, _)| *word == status)
        .map_or("", |(_, text)| text)
}
