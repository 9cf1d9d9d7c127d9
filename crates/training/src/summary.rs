//! What an experiment shows: errors over all teachers, by the number of samples.

mod algorithms;
mod numbers;

pub use numbers::bump_ratio;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::measure::Norms;
use crate::plan::Key;
use crate::run::Finished;
use algorithms::{best, by_algorithm};
use numbers::{slope, spread};

/// The format of summaries.
const FORMAT: u32 = 1;

/// A finished experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The format, 1.
    pub format: u32,
    /// The rung of this evidence; no experiment has another one.
    pub rung: String,
    /// The hash of the configuration.
    pub hash: String,
    /// The configuration.
    pub configuration: Config,
    /// Number of trainings.
    pub trainings: usize,
    /// What was measured, for each number of inputs.
    pub dimensions: Vec<Dimension>,
}

/// The results for one number of inputs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dimension {
    /// Number of inputs.
    pub dimension: usize,
    /// Whether every student was compared exactly.
    pub exact: bool,
    /// The results by the number of samples, ascending.
    pub rows: Vec<Row>,
    /// The slope of the least-squares line through (ln m, ln error) for the worst teacher; nothing with fewer than two rows.
    pub slopes: Norms<Option<f64>>,
}

/// The results for one number of samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// m.
    pub samples: usize,
    /// The least error over all algorithms of the worst teacher.
    pub worst: Norms<Option<Best>>,
    /// The least error over all algorithms, averaged over the teachers.
    pub average: Norms<Option<Best>>,
    /// L^∞/L² by teacher, for the algorithm with the least L^∞ error of the worst teacher.
    pub ratio: Option<Spread>,
    /// L^∞/L² of a bump between m points; see [`bump_ratio`].
    pub bump_ratio: f64,
    /// Trainings that diverged before their end.
    pub diverged: usize,
}

/// An error and the algorithm that has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// The error; the mean over the runs for each teacher.
    pub error: f64,
    /// The algorithm.
    pub algorithm: Algorithm,
}

/// What is trained, how and for how long; the paper counts every checkpoint as an algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Algorithm {
    /// Index of the schedule.
    pub schedule: usize,
    /// Width of the student.
    pub width: usize,
    /// Epochs.
    pub epoch: usize,
}

/// The least, the median and the largest of some numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The least.
    pub least: f64,
    /// The median; of an even number, the mean of the two in the middle.
    pub median: f64,
    /// The largest.
    pub largest: f64,
}

impl Summary {
    /// Reads a summary.
    ///
    /// Errors: what was expected and what came.
    pub fn parse(text: &str) -> Result<Self, String> {
        let summary: Self = serde_json::from_str(text)
            .map_err(|error| format!("expected the summary of an experiment, got: {error}"))?;
        match summary.format {
            FORMAT => Ok(summary),
            other => Err(format!("expected format {FORMAT}, got {other}")),
        }
    }

    /// The text that [`Summary::parse`] reads; equal summaries give equal bytes.
    pub fn text(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        text.expect("string keys and finite numbers") + "\n"
    }

    /// Summarises; nothing if a training is missing.
    pub fn new(config: &Config, finished: &BTreeMap<Key, Finished>) -> Option<Self> {
        let keys = config.trainings();
        let dimensions = config.dimensions.iter().map(|&dimension| {
            let rows = config.samples.counts.iter().map(|&samples| {
                let here = |key: &&Key| (key.dimension, key.samples) == (dimension, samples);
                let trainings: Option<Vec<&Finished>> = keys
                    .iter()
                    .filter(here)
                    .map(|key| finished.get(key))
                    .collect();
                Some(row(dimension, samples, &trainings?))
            });
            let rows: Vec<Row> = rows.collect::<Option<_>>()?;
            let mut here = keys.iter().filter(|key| key.dimension == dimension);
            Some(Dimension {
                dimension,
                exact: here.all(|key| config.is_exact(*key)),
                slopes: slopes(&rows),
                rows,
            })
        });
        Some(Self {
            format: FORMAT,
            rung: "SAMPLED".to_owned(),
            hash: config.hash(),
            configuration: config.clone(),
            trainings: keys.len(),
            dimensions: dimensions.collect::<Option<_>>()?,
        })
    }
}

fn row(dimension: usize, samples: usize, trainings: &[&Finished]) -> Row {
    let algorithms = by_algorithm(trainings);
    let worst = best(&algorithms, |errors| errors.into_iter().fold(0.0, f64::max));
    let ratio = worst.sup.and_then(|best| {
        let ratios = algorithms[&best.algorithm].values().flatten();
        spread(ratios.map(|norms| norms.sup / norms.l2).collect())
    });
    let diverged = trainings
        .iter()
        .filter(|finished| finished.checkpoints.iter().any(|at| at.norms.is_none()));
    Row {
        samples,
        average: best(&algorithms, |errors| {
            errors.iter().sum::<f64>() / errors.len() as f64
        }),
        worst,
        ratio,
        bump_ratio: bump_ratio(dimension, samples),
        diverged: diverged.count(),
    }
}

fn slopes(rows: &[Row]) -> Norms<Option<f64>> {
    let of = |part: fn(&Row) -> Option<Best>| {
        let points: Option<Vec<(f64, f64)>> = rows
            .iter()
            .map(|row| Some(((row.samples as f64).ln(), part(row)?.error.ln())))
            .collect();
        slope(&points?)
    };
    Norms {
        l1: of(|row| row.worst.l1),
        l2: of(|row| row.worst.l2),
        sup: of(|row| row.worst.sup),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::tests::{Lazy, small};
    use crate::run::{Checkpoint, one};
    use std::sync::atomic::AtomicBool;

    fn finished(key: Key, errors: &[Option<f64>]) -> Finished {
        let checkpoint = |(index, error): (usize, &Option<f64>)| Checkpoint {
            epoch: index + 1,
            on_samples: *error,
            norms: error.map(|error| Norms {
                l1: error / 2.0,
                l2: error,
                sup: 3.0 * error,
            }),
        };
        Finished {
            key,
            checkpoints: errors.iter().enumerate().map(checkpoint).collect(),
        }
    }

    #[test]
    fn the_least_worst_case_takes_means_over_runs_first_and_the_maximum_over_teachers_second() {
        let key = |teacher, run, width| Key {
            dimension: 1,
            samples: 10,
            schedule: 0,
            width,
            teacher,
            run,
        };
        // Width 4: teachers have means 2 and 3 after one epoch, 1 and 6 after two. Width 8 diverges on one run.
        let all = [
            finished(key(0, 0, 4), &[Some(1.0), Some(0.5)]),
            finished(key(0, 1, 4), &[Some(3.0), Some(1.5)]),
            finished(key(1, 0, 4), &[Some(2.0), Some(4.0)]),
            finished(key(1, 1, 4), &[Some(4.0), Some(8.0)]),
            finished(key(0, 0, 8), &[Some(0.1), None]),
            finished(key(0, 1, 8), &[None, None]),
            finished(key(1, 0, 8), &[Some(0.1), Some(0.1)]),
            finished(key(1, 1, 8), &[Some(0.1), Some(0.1)]),
        ];
        let row = row(1, 10, &all.iter().collect::<Vec<_>>());
        let algorithm = Algorithm {
            schedule: 0,
            width: 4,
            epoch: 1,
        };
        assert_eq!(
            row.worst.l2,
            Some(Best {
                error: 3.0,
                algorithm
            })
        );
        assert_eq!(
            row.worst.l1,
            Some(Best {
                error: 1.5,
                algorithm
            })
        );
        assert_eq!(
            row.worst.sup,
            Some(Best {
                error: 9.0,
                algorithm
            })
        );
        assert_eq!(
            row.average.l2,
            Some(Best {
                error: 2.5,
                algorithm
            })
        );
        assert_eq!(row.diverged, 2);
        let ratio = row.ratio.unwrap();
        assert_eq!((ratio.least, ratio.median, ratio.largest), (3.0, 3.0, 3.0));
    }

    #[test]
    fn a_summary_needs_every_training_and_survives_json() {
        let config = small();
        let stop = AtomicBool::new(false);
        let mut all: BTreeMap<Key, Finished> = config
            .trainings()
            .into_iter()
            .map(|key| {
                (
                    key,
                    one(&config, key, &Lazy { spoiled: false }, &stop).unwrap(),
                )
            })
            .collect();
        let summary = Summary::new(&config, &all).unwrap();
        assert_eq!(summary.dimensions.len(), 2);
        assert!(summary.dimensions[0].exact && !summary.dimensions[1].exact);
        assert_eq!(summary.rung, "SAMPLED");
        assert_eq!(Summary::parse(&summary.text()).unwrap(), summary);
        let other = summary.text().replacen("\"format\": 1", "\"format\": 2", 1);
        assert_eq!(
            Summary::parse(&other).unwrap_err(),
            "expected format 1, got 2"
        );
        assert!(
            Summary::parse("{}")
                .unwrap_err()
                .starts_with("expected the summary")
        );
        all.pop_first();
        assert_eq!(Summary::new(&config, &all), None);
    }
}
