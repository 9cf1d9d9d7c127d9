//! Examines one claim: stored witness, finite scopes, named networks, draws, climbing, mutants, hypotheses; the kernel
//! makes the verdict.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use claim_language::file::Claim;
use claim_language::print::Binder;
use kernel::check::{Constructions, check_candidate};
use kernel::exhaust;
use kernel::record::{ClaimRecord, CoverRecord, EngineRecord, FunnelStep, Stop, WitnessRecord};
use kernel::redraw::{Drawn, first_disagreement, meets_generic_points};
use kernel::verdict::{ConclusionEvidence, CoverCount, Draws, FaceScope, Verdict};
use kernel::witness::WitnessFile;
use relu_core::activation::Activation;
use relu_core::number::rational::Rational;
use theorems::generate::Scope;
use theorems::scope::constant_on_faces;
use theorems::statement::{Range, Statement};
use theorems::vocabulary::Words;

use crate::climb;
use crate::draws::{self, Plan};
use crate::mutants::{self, Budget};
use crate::shrinking;

mod hypotheses;
mod record;

use hypotheses::hypotheses;
use record::{blank, named, witness_record};

/// A claim's own draw count from which on the profile's least number applies.
pub const LARGE: u64 = 10_000;

/// Draws that look for a counterexample where a finite scope was enumerated and something stayed undecided.
const UNDECIDED_DRAWS: u64 = 64;

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
    let statement = match Statement::compile(claim) {
        Ok(statement) => statement,
        Err(problem) => {
            record
                .messages
                .push(format!("cannot be evaluated: {problem}"));
            return Examined { record, witnesses };
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
    Examined { record, witnesses }
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

/// Finite scopes and named networks, enumerated by the kernel itself.
fn exhaust_scopes(
    claim: &Claim,
    statement: &Statement,
    evidence: &mut [ConclusionEvidence],
    record: &mut ClaimRecord,
) {
    let constructed = |index: usize| {
        statement.slots(index).into_iter().any(|slot| {
            statement.variables[slot].binder == Binder::Some
                && statement.variables[slot].by.is_some()
        })
    };
    for (index, found) in evidence.iter_mut().enumerate() {
        if let Some(finite) = exhaust::finite(statement, index) {
            count_engine(record, "finite", finite.instances);
            if finite.failed > 0 {
                if constructed(index) {
                    found.construction_fails = true;
                }
                let name = &statement.conclusions[index].name;
                found.refutation = finite.failures.iter().find_map(|assignment| {
                    check_candidate(statement, name, assignment, Constructions::RefuteNothing).ok()
                });
            }
            found.finite = Some(finite);
            continue;
        }
        // Its constant is fitted to draws, and no enumeration without all ranges would raise its rung.
        if !statement.conclusions[index].fitted.is_empty() {
            continue;
        }
        let Some(wanted) = claim.search.named else {
            continue;
        };
        let Some(point) = statement.point_slot(index) else {
            continue;
        };
        let name = statement.variables[point].name.clone();
        let (exhausted, scope) =
            if constant_on_faces(claim, index, &name) && piecewise_linear(claim) {
                let scope = if statement.variables[point].binder == Binder::AlmostAll {
                    FaceScope::Cells
                } else {
                    FaceScope::Faces
                };
                (
                    Some(exhaust::named_faces(statement, index, point, wanted)),
                    scope,
                )
            } else {
                (
                    exhaust::named_pieces(statement, index, wanted),
                    FaceScope::Pieces,
                )
            };
        let Some(exhausted) = exhausted else { continue };
        count_engine(record, "named", exhausted.faces);
        let conclusion = &statement.conclusions[index].name;
        found.refutation = exhausted.failures.iter().find_map(|assignment| {
            check_candidate(
                statement,
                conclusion,
                assignment,
                Constructions::RefuteNothing,
            )
            .ok()
        });
        if scope != FaceScope::Pieces {
            let small = small_scope();
            if let Some(exhausted) = exhaust::small_scope(statement, index, point, &small) {
                count_engine(record, "exhaustive", exhausted.faces);
                let refutation = exhausted.failures.iter().find_map(|assignment| {
                    check_candidate(
                        statement,
                        conclusion,
                        assignment,
                        Constructions::RefuteNothing,
                    )
                    .ok()
                });
                found.refutation = found.refutation.take().or(refutation);
                // Networks of the scope are tried with every activation of the statement.
                let words = small.description().replace(" with activation relu", "");
                found.small = Some((exhausted, scope, words));
            }
        }
        found.faces = Some((exhausted, scope));
    }
}

/// The small scope that is exhausted where a statement is about one network: one input, two hidden neurons.
fn small_scope() -> Scope {
    let entries = [-1, 0, 1].map(Rational::from_integer);
    Scope::new(Activation::Relu, &[vec![1, 2, 1]], &entries, &entries)
        .expect("one architecture and three entries are a scope")
}

/// Whether the statement never asks for an activation that is not piecewise linear.
fn piecewise_linear(claim: &Claim) -> bool {
    let text = claim.statement_text();
    ![
        "kinked_square",
        "polynomial_activation",
        "binary_to_ternary",
        "svc_gaps",
    ]
    .iter()
    .any(|name| text.contains(name))
}

fn count_engine(record: &mut ClaimRecord, name: &str, trials: u64) {
    record.trials += trials;
    record
        .engines
        .entry(name.to_owned())
        .or_insert(EngineRecord {
            trials: 0,
            best_ratio: None,
            stop: Stop::Completed,
        })
        .trials += trials;
}

fn draw(
    claim: &Claim,
    statement: &Statement,
    options: Options<'_>,
    evidence: &mut [ConclusionEvidence],
    record: &mut ClaimRecord,
) -> Vec<CoverCount> {
    let scaled = |count: u64| {
        let least = if count >= LARGE { options.least } else { 1 };
        (count * options.scale.0 / options.scale.1).max(least)
    };
    let mut out_of_fuel = false;
    let counts: Vec<u64> = evidence
        .iter()
        .enumerate()
        .map(|(index, found)| {
            let evaluable = statement
                .slots(index)
                .iter()
                .all(|slot| !matches!(statement.variables[*slot].domain, Range::Other(_)));
            if found.refutation.is_some() || !evaluable {
                return 0;
            }
            if let Some(finite) = &found.finite {
                // Values for symbols that enter through equations may still refute what the enumeration left open.
                return if finite.undecided > 0 {
                    UNDECIDED_DRAWS
                } else {
                    0
                };
            }
            let wanted = match claim.conclusions[index].draws.or(claim.search.draws) {
                Some(count) => scaled(count),
                None => options.draws,
            };
            out_of_fuel |= claim.search.fuel.is_some_and(|fuel| fuel < wanted);
            wanted.min(claim.search.fuel.unwrap_or(wanted))
        })
        .collect();
    if counts.iter().all(|count| *count == 0) {
        return Vec::new();
    }
    let plan = Plan {
        seed: options.seed,
        counts: &counts,
        constructions: Constructions::RefuteNothing,
        interrupt: options.interrupt,
    };
    let report = draws::run(statement, plan);
    let mut best: Option<(Rational, WitnessRecord)> = None;
    let mut stop = if out_of_fuel {
        Stop::Fuel
    } else {
        Stop::Completed
    };
    let mut funnel = [0_u64; 3];
    for (index, found) in report.conclusions.into_iter().enumerate() {
        let name = statement.conclusions[index].name.clone();
        record.trials += found.draws.tried;
        record.vacuous += found.draws.vacuous + found.draws.nothing;
        record.undecided += found.draws.undecided;
        record.undefined += found.draws.undefined;
        funnel[0] += found.draws.tried;
        funnel[1] += found.draws.tried - found.draws.nothing;
        funnel[2] += found.draws.met();
        evidence[index].disagreement =
            first_disagreement(statement, index, options.seed, &found.said).or(found
                .disagreement
                .map(|at| (at, Drawn::Fails.into(), Drawn::Holds.into())));
        // Without a disagreement these are the constants the kernel found.
        evidence[index].redrawn = found
            .said
            .iter()
            .filter_map(|said| said.needed.clone())
            .max();
        evidence[index].fitted = found.fitted;
        for (_, assignment) in &found.candidates {
            stop = Stop::Witness;
            if evidence[index].refutation.is_none() {
                evidence[index].refutation =
                    check_candidate(statement, &name, assignment, Constructions::RefuteNothing)
                        .ok();
            }
        }
        if found.interrupted {
            stop = Stop::Interrupted;
        } else if evidence[index].finite.is_none() {
            let only_exceptional =
                found.draws.holds > 0 && !meets_generic_points(statement, index, options.seed);
            evidence[index].draws = Some(Draws {
                out_of_fuel,
                only_exceptional,
                ..found.draws
            });
        }
        if let Some(start) = &found.best {
            let mut reached = start.clone();
            if let Some(climbed) = climb::climb(statement, index, options.seed, start) {
                count_engine(record, climb::ENGINE, climbed.trials);
                if climbed.fails && evidence[index].refutation.is_none() {
                    evidence[index].refutation = check_candidate(
                        statement,
                        &name,
                        &climbed.assignment,
                        Constructions::RefuteNothing,
                    )
                    .ok();
                }
                if statement.objective.is_none() {
                    set_ratio(record, climb::ENGINE, &climbed.best);
                }
                if climbed.best > reached.0 {
                    reached = (climbed.best, climbed.assignment);
                }
            }
            if statement.objective.is_none() {
                evidence[index].best_ratio = Some(reached.0.to_string());
            }
            if best.as_ref().is_none_or(|(ratio, _)| reached.0 > *ratio) {
                let extremal = WitnessRecord {
                    path: String::new(),
                    summary: mutants::summary(&reached.1),
                    assignment: named(&reached.1),
                    values: None,
                };
                best = Some((reached.0, extremal));
            }
        }
    }
    let trials = funnel[0];
    record.engines.insert(
        kernel::redraw::ENGINE.to_owned(),
        EngineRecord {
            trials,
            best_ratio: None,
            stop,
        },
    );
    record.funnel = [
        "drawn",
        "an instance was found",
        "all ranges and hypotheses hold",
    ]
    .iter()
    .zip(funnel)
    .map(|(name, left)| FunnelStep {
        name: (*name).to_owned(),
        left,
    })
    .collect();
    if let Some((height, extremal)) = best {
        // The height of an objective is no ratio.
        if statement.objective.is_none() {
            set_ratio(record, kernel::redraw::ENGINE, &height);
            record.best_ratio = Some(height.to_string());
        }
        record.extremal = Some(extremal);
    }
    report.cover
}

fn set_ratio(record: &mut ClaimRecord, engine: &str, ratio: &Rational) {
    if let Some(engine) = record.engines.get_mut(engine) {
        engine.best_ratio = Some(ratio.to_string());
    }
}
