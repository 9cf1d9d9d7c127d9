//! Random draws of a claim with what they leave in its record.

use claim_language::file::Claim;
use kernel::check::{Constructions, check_candidate};
use kernel::record::{ClaimRecord, EngineRecord, FunnelStep, Stop, WitnessRecord};
use kernel::redraw::{Drawn, first_disagreement, meets_generic_points};
use kernel::verdict::{ConclusionEvidence, CoverCount, Draws};
use kernel::witness::summary;
use relu_core::number::rational::Rational;
use theorems::statement::{Range, Statement};

use crate::climb;
use crate::draws::{self, Plan};
use crate::examine::record::{count_engine, named};
use crate::examine::{LARGE, Options};

/// Draws that look for a counterexample where a finite scope was enumerated and something stayed undecided.
const UNDECIDED_DRAWS: u64 = 64;

/// Draws beside a box of parameters, which decides: they show that the conditions can be met and that both ways of evaluation agree.
const BESIDE_BOXES: u64 = 400;

/// Draws instances of every conclusion that nothing has decided, climbs from the best, and counts the demands met.
pub(super) fn draw(
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
            let on_boxes = found.parameters.is_some() || found.reduced.is_some();
            let wanted = match claim.conclusions[index].draws.or(claim.search.draws) {
                Some(count) => scaled(count),
                None if on_boxes => options.draws.min(BESIDE_BOXES),
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
                    summary: summary(&reached.1),
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
