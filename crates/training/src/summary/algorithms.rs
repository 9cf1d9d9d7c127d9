//! The errors of algorithms over all teachers.

use std::collections::BTreeMap;

use super::{Algorithm, Best};
use crate::measure::Norms;
use crate::run::Finished;

/// The mean errors of one algorithm by teacher; nothing for a teacher on which a run diverged.
pub(super) type ByTeacher = BTreeMap<u64, Option<Norms>>;

/// The errors of every algorithm that occurs.
pub(super) fn by_algorithm(trainings: &[&Finished]) -> BTreeMap<Algorithm, ByTeacher> {
    let mut runs: BTreeMap<Algorithm, BTreeMap<u64, Vec<Option<Norms>>>> = BTreeMap::new();
    for Finished { key, checkpoints } in trainings {
        for checkpoint in checkpoints {
            let algorithm = Algorithm {
                schedule: key.schedule,
                width: key.width,
                epoch: checkpoint.epoch,
            };
            let teachers = runs.entry(algorithm).or_default();
            teachers
                .entry(key.teacher)
                .or_default()
                .push(checkpoint.norms);
        }
    }
    let mean_of = |runs: Vec<Option<Norms>>| -> Option<Norms> {
        let runs: Vec<Norms> = runs.into_iter().collect::<Option<_>>()?;
        let mean = |part: fn(&Norms) -> f64| runs.iter().map(part).sum::<f64>() / runs.len() as f64;
        Some(Norms {
            l1: mean(|norms| norms.l1),
            l2: mean(|norms| norms.l2),
            sup: mean(|norms| norms.sup),
        })
    };
    let means = |teachers: BTreeMap<u64, Vec<Option<Norms>>>| {
        let means = teachers.into_iter();
        means.map(|(seed, runs)| (seed, mean_of(runs))).collect()
    };
    runs.into_iter()
        .map(|(algorithm, teachers)| (algorithm, means(teachers)))
        .collect()
}

/// For each norm, the algorithm for which a number made from the errors of all teachers is least; the first of several. An algorithm that diverged does not count.
pub(super) fn best(
    algorithms: &BTreeMap<Algorithm, ByTeacher>,
    number: impl Fn(Vec<f64>) -> f64,
) -> Norms<Option<Best>> {
    let of = |part: fn(&Norms) -> f64| {
        let candidates = algorithms.iter().filter_map(|(algorithm, teachers)| {
            let errors: Option<Vec<f64>> = teachers
                .values()
                .map(|norms| norms.as_ref().map(part))
                .collect();
            Some(Best {
                error: number(errors?),
                algorithm: *algorithm,
            })
        });
        candidates.min_by(|a, b| a.error.total_cmp(&b.error))
    };
    Norms {
        l1: of(|norms| norms.l1),
        l2: of(|norms| norms.l2),
        sup: of(|norms| norms.sup),
    }
}
