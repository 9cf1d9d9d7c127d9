//! What an experiment consists of, read from a configuration file.

mod read;
mod table;

pub use read::Problem;

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The configuration that is used if none is named.
pub const DEFAULT: &str = include_str!("../../../docs/experiments/student-teacher.toml");

/// Revision of what is drawn and measured; results of different revisions do not mix.
const REVISION: u32 = 1;

/// An experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// The name on the report.
    pub title: String,
    /// Numbers of inputs.
    pub dimensions: Vec<usize>,
    /// Samples and test points are uniform on the cube \[−h, h\]ᵈ with this h.
    pub half_width: f64,
    /// The networks that are sampled.
    pub teachers: Teachers,
    /// The samples.
    pub samples: Samples,
    /// The networks that are trained.
    pub students: Students,
    /// The ways of training, each tried with everything else.
    pub schedules: Vec<Schedule>,
    /// The learning rate.
    pub rate: Rate,
    /// How errors are measured.
    pub evaluation: Evaluation,
}

/// Random networks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Teachers {
    /// The seed of the first teacher; the others have the following ones.
    pub first_seed: u64,
    /// Number of teachers.
    pub count: u64,
    /// Sizes of the hidden layers.
    pub hidden: Vec<usize>,
    /// Entries are uniform between minus this number and it.
    pub entries: f64,
}

/// How often and with how many samples each teacher is learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Samples {
    /// Numbers of samples, ascending.
    pub counts: Vec<usize>,
    /// The seed of the first run; the others have the following ones.
    pub first_seed: u64,
    /// Runs for each teacher and number of samples, with different samples and different starts.
    pub runs: u64,
}

/// The networks that are trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Students {
    /// Sizes of every hidden layer.
    pub widths: Vec<usize>,
    /// Number of hidden layers.
    pub hidden_layers: usize,
    /// The numbers of the training.
    pub precision: Precision,
}

/// Floating-point numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 32 bits.
    Single,
    /// 64 bits.
    Double,
}

/// One way of training.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// Samples per step.
    pub batch: Batch,
    /// Passes over the samples.
    pub epochs: usize,
}

/// Samples per step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Batch {
    /// This share of the samples, rounded up.
    Share(f64),
    /// This number, or all samples if there are fewer.
    Size(usize),
}

impl Batch {
    /// Samples per step of m samples.
    pub fn size(self, m: usize) -> usize {
        match self {
            Self::Share(share) => ((share * m as f64).ceil() as usize).clamp(1, m),
            Self::Size(size) => size.min(m),
        }
    }
}

impl fmt::Display for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share(share) => write!(f, "{share}·m"),
            Self::Size(size) => write!(f, "{size}"),
        }
    }
}

/// A learning rate that falls exponentially from epoch to epoch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// In the first epoch.
    pub first: f64,
    /// In the last epoch.
    pub last: f64,
}

impl Rate {
    /// The rate in an epoch, counted from 0, of so many.
    pub fn at(self, epoch: usize, epochs: usize) -> f64 {
        if epochs < 2 {
            return self.first;
        }
        let progress = epoch as f64 / (epochs - 1) as f64;
        self.first * (self.last / self.first).powf(progress)
    }
}

/// How errors are measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Evaluations per training, evenly spaced, the last one at the end.
    pub checkpoints: usize,
    /// Number of test points.
    pub points: usize,
    /// The seed of the test points.
    pub seed: u64,
    /// Students of one input and at most this width are compared exactly, without test points.
    pub exact_up_to_width: usize,
}

impl Evaluation {
    /// The epochs after which is evaluated, of so many.
    pub fn epochs(&self, epochs: usize) -> Vec<usize> {
        (1..=self.checkpoints)
            .map(|k| (k * epochs).div_ceil(self.checkpoints))
            .collect()
    }
}

impl Config {
    /// SHA-256 of what determines the results: all but the title.
    pub fn hash(&self) -> String {
        let untitled = Self {
            title: String::new(),
            ..self.clone()
        };
        let text = format!("{REVISION} {}", untitled.json());
        let digest = Sha256::digest(text.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn json(&self) -> String {
        serde_json::to_string(self).expect("a configuration has string keys and finite numbers")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_can_be_read() {
        let scaled = Config::parse(DEFAULT).unwrap();
        assert_eq!(scaled.samples.counts, [100, 300, 1000]);
        let full = include_str!("../../../docs/experiments/student-teacher-full.toml");
        let full = Config::parse(full).unwrap();
        let per_dimension = full.teachers.count
            * full.samples.runs
            * (full.samples.counts.len() * full.students.widths.len() * full.schedules.len())
                as u64;
        assert_eq!(per_dimension, 4320);
        let [first, second, third] = full.schedules[..] else {
            panic!("three schedules");
        };
        assert_eq!(
            [first, second, third].map(|s| s.batch.size(1000)),
            [200, 20, 100]
        );
        assert_ne!(full.hash(), scaled.hash());
    }

    #[test]
    fn the_hash_is_that_of_the_experiment_and_not_of_its_title() {
        let first = Config::parse(DEFAULT).unwrap();
        let mut other = first.clone();
        other.title = "another".to_owned();
        assert_eq!(first.hash(), other.hash());
        other.rate.last *= 2.0;
        assert_ne!(first.hash(), other.hash());
        assert_eq!(first.hash().len(), 64);
    }

    #[test]
    fn rates_fall_from_the_first_to_the_last_by_equal_factors() {
        let rate = Rate {
            first: 1e-2,
            last: 1e-6,
        };
        for (epoch, expected) in [(0, 1e-2), (1, 1e-3), (2, 1e-4), (4, 1e-6)] {
            assert!((rate.at(epoch, 5) / expected - 1.0).abs() < 1e-12);
        }
        assert_eq!(rate.at(0, 1), 1e-2);
    }

    #[test]
    fn checkpoints_end_with_the_last_epoch_and_batches_are_never_empty() {
        let mut evaluation = Config::parse(DEFAULT).unwrap().evaluation;
        evaluation.checkpoints = 3;
        assert_eq!(evaluation.epochs(10), [4, 7, 10]);
        assert_eq!(Batch::Share(0.02).size(7), 1);
        assert_eq!(Batch::Share(1.0).size(7), 7);
        assert_eq!(Batch::Size(100).size(7), 7);
    }
}
