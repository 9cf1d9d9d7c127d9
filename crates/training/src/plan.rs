//! The trainings of an experiment, and what each of them starts from.

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::dense::Dense;
use crate::random::{Purpose, Stream};

/// One training.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Number of inputs.
    pub dimension: usize,
    /// Number of samples.
    pub samples: usize,
    /// Index of the schedule.
    pub schedule: usize,
    /// Width of the student.
    pub width: usize,
    /// Seed of the teacher.
    pub teacher: u64,
    /// Seed of the run.
    pub run: u64,
}

impl Config {
    /// All trainings, ascending.
    pub fn trainings(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for &dimension in &self.dimensions {
            for &samples in &self.samples.counts {
                for schedule in 0..self.schedules.len() {
                    for &width in &self.students.widths {
                        for teacher in self.teachers.seeds() {
                            keys.extend(self.samples.seeds().map(|run| Key {
                                dimension,
                                samples,
                                schedule,
                                width,
                                teacher,
                                run,
                            }));
                        }
                    }
                }
            }
        }
        keys
    }

    /// The teacher of a training; it depends on the number of inputs and on its seed.
    pub fn teacher(&self, key: Key) -> Dense {
        let mut stream = Stream::of(Purpose::Teacher, &[key.dimension as u64, key.teacher]);
        let architecture = architecture(key.dimension, &self.teachers.hidden);
        Dense::filled(&architecture, |_| {
            self.teachers.entries * stream.coefficient()
        })
    }

    /// The network a training starts from, for standardised inputs: entries uniform between ±1/√n, where n is the number of inputs of the layer.
    pub fn start(&self, key: Key) -> Dense {
        let numbers = key.numbers();
        let mut stream = Stream::of(Purpose::Start, &numbers);
        let hidden = vec![key.width; self.students.hidden_layers];
        Dense::filled(&architecture(key.dimension, &hidden), |inputs| {
            stream.coefficient() / (inputs as f64).sqrt()
        })
    }

    /// The sampled points, one after the other; they depend on inputs, number, teacher and run, and not on the student.
    pub fn sample_points(&self, key: Key) -> Vec<f64> {
        let numbers = [
            key.dimension as u64,
            key.samples as u64,
            key.teacher,
            key.run,
        ];
        let mut stream = Stream::of(Purpose::Samples, &numbers);
        (0..key.samples * key.dimension)
            .map(|_| self.half_width * stream.symmetric())
            .collect()
    }

    /// Where the order of the samples comes from.
    pub fn order(&self, key: Key) -> Stream {
        Stream::of(Purpose::Order, &key.numbers())
    }

    /// What inputs are multiplied by to have variance 1: the uniform law on \[−h, h\] has variance h²/3.
    pub fn input_scale(&self) -> f64 {
        3.0_f64.sqrt() / self.half_width
    }
}

impl Key {
    fn numbers(self) -> [u64; 6] {
        [
            self.dimension as u64,
            self.samples as u64,
            self.schedule as u64,
            self.width as u64,
            self.teacher,
            self.run,
        ]
    }
}

impl crate::config::Teachers {
    /// The seeds of the teachers.
    pub fn seeds(&self) -> impl Iterator<Item = u64> {
        self.first_seed..self.first_seed + self.count
    }
}

impl crate::config::Samples {
    /// The seeds of the runs.
    pub fn seeds(&self) -> impl Iterator<Item = u64> {
        self.first_seed..self.first_seed + self.runs
    }
}

fn architecture(inputs: usize, hidden: &[usize]) -> Vec<usize> {
    [&[inputs], hidden, &[1]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::DEFAULT;

    #[test]
    fn every_training_is_planned_once_and_in_order() {
        let config = Config::parse(DEFAULT).unwrap();
        let keys = config.trainings();
        assert_eq!(keys.len(), 2 * 3 * 8);
        assert!(keys.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn teachers_have_five_layers_with_entries_in_range_and_depend_on_their_seed_only() {
        let config = Config::parse(DEFAULT).unwrap();
        let keys = config.trainings();
        let first = config.teacher(keys[0]);
        assert_eq!(first.architecture(), [1, 32, 32, 32, 32, 1]);
        let entries: Vec<f64> = first
            .layers
            .iter()
            .flat_map(|layer| layer.weights.iter().chain(&layer.biases))
            .copied()
            .collect();
        assert!(entries.iter().all(|entry| entry.abs() < 0.5));
        assert!(entries.iter().any(|entry| entry.abs() > 0.49));
        let mut other = keys[0];
        other.run += 1;
        other.samples += 1;
        assert_eq!(config.teacher(other), first);
        other.teacher += 1;
        assert_ne!(config.teacher(other), first);
        assert_eq!(first.exact().unwrap().depth(), 5);
    }

    #[test]
    fn students_start_within_the_bounds_of_their_layers() {
        let config = Config::parse(DEFAULT).unwrap();
        let key = *config.trainings().last().unwrap();
        for layer in config.start(key).layers {
            let bound = 1.0 / (layer.inputs() as f64).sqrt();
            assert!(layer.weights.iter().all(|entry| entry.abs() < bound));
            assert!(layer.biases.iter().all(|entry| entry.abs() < bound));
        }
    }

    #[test]
    fn sample_points_are_shared_between_students_and_lie_in_the_cube() {
        let config = Config::parse(DEFAULT).unwrap();
        let key = *config.trainings().last().unwrap();
        let points = config.sample_points(key);
        assert_eq!(points.len(), key.samples * key.dimension);
        assert!(points.iter().all(|x| x.abs() <= config.half_width));
        let wider = Key { width: 64, ..key };
        assert_eq!(config.sample_points(wider), points);
        let again = Key { run: 1, ..key };
        assert_ne!(config.sample_points(again), points);
        // The standardised inputs have variance 1.
        let scale = config.input_scale();
        let square: f64 = points.iter().map(|x| (x * scale).powi(2)).sum();
        assert!((square / points.len() as f64 - 1.0).abs() < 0.1);
        assert!((scale - 12.0_f64.sqrt()).abs() < 1e-15);
    }
}
