//! Examines one claim: stored witness, finite scopes, named networks, draws, climbing, mutants, hypotheses; the kernel
//! makes the verdict.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use claim_language::file::Claim;
use kernel::check::{Constructions, check_candidate};
use kernel::record::{ClaimRecord, CoverRecord, EngineRecord, Stop};
use kernel::verdict::{ConclusionEvidence, Verdict};
use kernel::witness::{WitnessFile, summary};
use theorems::statement::Statement;
use theorems::vocabulary::Words;

use crate::mutants::{self, Budget};
use crate::shrinking;

pub(crate) mod boxes;
mod drawing;
mod hypotheses;
mod record;
mod scopes;

use drawing::draw;
use hypotheses::hypotheses;
use record::{blank, witness_record};
use scopes::exhaust_scopes;

/// A claim's own draw count from which on the profile's least number applies.
pub const LARGE: u64 = 10_000;

/// Budgets of a run.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The root seed.
    pub seed: u64,
    /// Draws per sampled conclusion where the claim gives no number.
    pub draws: u64,
    /// Multiplies the claim's own draw counts: numerator and denominator.
    pub scale: (u64, u64),
    /// Least number of draws where the claim asks for at least [`LARGE`].
    pub least: u64,
    /// Draws per mutant.
    pub mutant_draws: u64,
    /// Set from outside to stop early.
    pub interrupt: &'a AtomicBool,
}

/// What examining a claim produced.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The record for reports.
    pub record: ClaimRecord,
    /// Witness files to write, by stem: the claim's own, and one per killed mutant.
    pub witnesses: BTreeMap<String, WitnessFile>,
    /// Texts of certificate files to write, by stem: one per conclusion decided on a box of parameters.
    pub certificates: BTreeMap<String, String>,
}

/// Examines a claim; `pinned` is the text of its pinned witness, if there is one.
pub fn examine(
    claim: &Claim,
    words: &Words,
    pinned: Option<&str>,
    options: Options<'_>,
) -> Examined {
    let mut record = blank(claim, words);
    let mut witnesses = BTreeMap::new();
    let mut certificates = BTreeMap::new();
    let statement = match Statement::compile(claim) {
        Ok(statement) => statement,
        Err(problem) => {
            record
                .messages
                .push(format!("cannot be evaluated: {problem}"));
            return Examined {
                record,
                witnesses,
                certificates,
            };
        }
    };
    let sha = record.statement_sha256.clone();
    let mut evidence = vec![ConclusionEvidence::default(); statement.conclusions.len()];
    if let Some(text) = pinned {
        replay_pinned(&statement, &sha, text, &mut evidence, &mut record);
    }
    let refuted =
        |evidence: &[ConclusionEvidence]| evidence.iter().any(|found| found.refutation.is_some());
    if !refuted(&evidence) {
        exhaust_scopes(claim, &statement, &mut evidence, &mut record);
        certificates = boxes::decide(claim, words, options.interrupt, &mut evidence, &mut record);
    }
    let cover = if refuted(&evidence) {
        Vec::new()
    } else {
        draw(claim, &statement, options, &mut evidence, &mut record)
    };
    for (index, found) in evidence.iter_mut().enumerate() {
        if let Some(refutation) = &found.refutation {
            let name = &statement.conclusions[index].name;
            let check = |assignment: &_| {
                check_candidate(&statement, name, assignment, Constructions::RefuteNothing).ok()
            };
            let smallest =
                shrinking::shrink(&statement, index, &refutation.assignment, |smaller| {
                    check(smaller).is_some()
                });
            found.refutation = check(&smallest).or_else(|| found.refutation.clone());
        }
    }
    let interrupted = options.interrupt.load(std::sync::atomic::Ordering::Relaxed);
    let verdict = Verdict::of(claim, &statement, &evidence, &cover, interrupted);
    record.status = verdict.status;
    record.green = verdict.green;
    record.conclusions = verdict.conclusions;
    record.scope = verdict.scope;
    record.messages.extend(verdict.messages);
    record.cover = cover
        .iter()
        .zip(&claim.cover)
        .map(|(count, cover)| CoverRecord {
            name: count.name.clone(),
            share: format!("{}/{}", count.hits, count.of),
            at_least: cover.at_least.to_string(),
            met: count.met,
        })
        .collect();
    if let Some(refutation) = evidence.iter().find_map(|found| found.refutation.as_ref()) {
        let stem = claim.id.clone();
        record.witness = Some(witness_record(&format!("{stem}.toml"), refutation));
        witnesses.insert(stem, WitnessFile::of(&claim.id, &sha, refutation));
    }
    let budget = Budget {
        seed: options.seed,
        draws: options.mutant_draws,
        interrupt: options.interrupt,
    };
    for (index, found) in evidence.iter().enumerate() {
        let drawn = found.draws.as_ref();
        let fails = found.construction_fails || drawn.is_some_and(|d| d.construction_fails > 0);
        if fails && let Some(found) = mutants::failing_construction(&statement, index, budget) {
            record.messages.push(format!(
                "{}: it fails at {}",
                found.conclusion,
                summary(&found.assignment)
            ));
        }
    }
    for mutant in &claim.mutants {
        let tried = mutants::attempt(claim, &statement, mutant, words, budget);
        if let Some((mutated, refutation)) = &tried.kill {
            let stem = format!("{}.{}", claim.id, mutant.id);
            witnesses.insert(
                stem,
                WitnessFile::of(&mutated.id, &mutated.statement_sha256(words), refutation),
            );
        }
        record.mutants.push(tried.record);
    }
    record.hypotheses = hypotheses(claim, &statement, budget);
    record.as_expected = record.standing().is_expected();
    record.replay = record
        .witness
        .as_ref()
        .map(|witness| format!("cargo run -p runner -- replay {}", witness.path));
    Examined {
        record,
        witnesses,
        certificates,
    }
}

fn replay_pinned(
    statement: &Statement,
    sha: &str,
    text: &str,
    evidence: &mut [ConclusionEvidence],
    record: &mut ClaimRecord,
) {
    let replayed = WitnessFile::parse(text)
        .and_then(|file| file.replay(statement, sha, Constructions::RefuteNothing));
    match replayed {
        Ok(refutation) => {
            let index = statement
                .conclusions
                .iter()
                .position(|asserted| asserted.name == refutation.conclusion);
            if let Some(index) = index {
                evidence[index].refutation = Some(refutation);
                let engine = EngineRecord {
                    trials: 1,
                    best_ratio: None,
                    stop: Stop::Witness,
                };
                record.engines.insert("replay".to_owned(), engine);
                record.trials += 1;
            }
        }
        Err(refused) => record.messages.push(format!("pinned witness: {refused}")),
    }
}
