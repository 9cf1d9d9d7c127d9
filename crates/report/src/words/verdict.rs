//! The verdict on one claim in words.

use super::{manner, meaning, missing_hypothesis};
use crate::number::{grouped, rule_of_three};
use crate::scope;
use crate::text::{counted, enumerated};
use kernel::record::{ClaimRecord, FittedRecord, Status};

/// The verdict on one claim as a sentence or two, without markup.
pub fn verdict_line(claim: &ClaimRecord) -> String {
    match claim.status {
        Status::Refuted => refuted(claim),
        Status::Proved => proved(claim),
        Status::Box | Status::Instance => certified(claim),
        Status::Sampled => sampled(claim),
        Status::Cited => cited(claim),
        Status::UnderCovered => {
            let missed: Vec<String> = claim
                .cover
                .iter()
                .filter(|cover| !cover.met)
                .map(|cover| format!("“{}”", cover.name))
                .collect();
            if missed.is_empty() {
                meaning(claim.status).to_owned()
            } else {
                format!("No verdict: the run missed {}.", enumerated(&missed))
            }
        }
        _ => meaning(claim.status).to_owned(),
    }
}

fn refuted(claim: &ClaimRecord) -> String {
    if claim.needs_hypothesis() {
        format!(
            "As printed it {}; without it there is an exact instance to the contrary.",
            missing_hypothesis(claim)
        )
    } else {
        "False as stated, by an exact counterexample.".to_owned()
    }
}

fn proved(claim: &ClaimRecord) -> String {
    let Some(proof) = &claim.proof else {
        return meaning(Status::Proved).to_owned();
    };
    let axioms = if proof.axioms.is_empty() {
        "no axioms".to_owned()
    } else {
        format!("axioms: {}", proof.axioms.join(", "))
    };
    let when = if proof.checked {
        ""
    } else {
        " in an earlier run"
    };
    format!(
        "{} accepted the proof `{}` of this statement{when}; {axioms}.",
        proof.checker, proof.theorem
    )
}

fn certified(claim: &ClaimRecord) -> String {
    let head = match (claim.status, &claim.certificate) {
        (Status::Box, Some(certificate)) => format!(
            "Certified by a {} of {} parts",
            certificate.kind,
            grouped(certificate.size)
        ),
        (Status::Box, None) => "Certified over a box".to_owned(),
        _ => "Decided exactly".to_owned(),
    };
    if claim.is_green() {
        return format!("{head}, on the whole range of the statement.");
    }
    let ranges = narrower_ranges(claim);
    if ranges.is_empty() {
        format!("{head}, on a part of the range of the statement.")
    } else {
        format!("{head}, on a part of the range only: {ranges}.")
    }
}

fn sampled(claim: &ClaimRecord) -> String {
    let rows = scope::deciding(claim);
    let groups: Vec<String> = scope::in_words(&rows)
        .into_iter()
        .map(|(how, variables)| format!("{} {}", enumerated(&variables), manner(how)))
        .collect();
    let fitted = claim
        .conclusions
        .iter()
        .any(|conclusion| conclusion.fitted.is_some());
    let head = format!("No counterexample in {} trials", grouped(claim.trials));
    let head = if fitted {
        format!("{head}, up to a constant that is fitted to them and may be too small elsewhere")
    } else {
        head
    };
    let head = if groups.is_empty() {
        format!("{head}.")
    } else {
        format!("{head}: {}.", groups.join("; "))
    };
    // Every conclusion has its own draws; what is said of the claim is what the fewest of them allow.
    let fewest = claim
        .conclusions
        .iter()
        .filter(|conclusion| conclusion.status == Status::Sampled)
        .map(|conclusion| conclusion.draws)
        .min();
    let failure = if fitted {
        "that a draw fails or needs a larger constant"
    } else {
        "of a failure"
    };
    match fewest.and_then(rule_of_three) {
        Some(bound) => format!(
            "{head} Under the random generator, and only under it, the probability {failure} is below about {bound} (95 % confidence)."
        ),
        None => head,
    }
}

/// What is known of the constant of a bound up to a constant: `holds with constant 23/4 on 400 draws`.
pub fn fitted(fitted: &FittedRecord) -> String {
    let (one, several) = if fitted.drawn {
        ("draw", "draws")
    } else {
        ("listed instance", "listed instances")
    };
    format!(
        "holds with constant {} on {}",
        fitted.constant,
        counted(fitted.instances as usize, one, several)
    )
}

fn cited(claim: &ClaimRecord) -> String {
    match &claim.reduction {
        Some(reduction) if !reduction.by.is_empty() => {
            format!(
                "Not evaluated as it stands; reduced, by {}, to a finite statement that is {}.",
                enumerated(&reduction.by),
                reduction.status
            )
        }
        _ => meaning(Status::Cited).to_owned(),
    }
}

/// The narrower ranges of the deciding rows: `d ∈ 1..4; phi on 3 named networks`.
pub fn narrower_ranges(claim: &ClaimRecord) -> String {
    let mut parts: Vec<String> = Vec::new();
    for row in scope::deciding(claim)
        .into_iter()
        .filter(|row| row.narrower)
    {
        let part = if row.detail.is_empty() {
            format!("{} {}", row.var, manner(row.how))
        } else {
            format!("{}: {}", row.var, row.detail)
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::record::{ConclusionRecord, Kind};

    /// Draws of different conclusions are not added up.
    #[test]
    fn the_confidence_is_that_of_the_conclusion_with_the_fewest_draws() {
        let mut claim = ClaimRecord::new("two", "derivative", "Two", Kind::Bound, None);
        claim.status = Status::Sampled;
        claim.trials = 300_000;
        claim.conclusions = [("a", 200_000), ("b", 10_000)]
            .map(|(name, draws)| ConclusionRecord {
                name: name.to_owned(),
                status: Status::Sampled,
                green: false,
                draws,
                best_ratio: None,
                fitted: None,
            })
            .to_vec();
        assert!(
            sampled(&claim).contains("below about 3/10,000 (95 % confidence)"),
            "{}",
            sampled(&claim)
        );
        claim.conclusions[1].draws = 0;
        assert!(
            !sampled(&claim).contains("confidence"),
            "{}",
            sampled(&claim)
        );
    }
}
