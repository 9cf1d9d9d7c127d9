//! Carries out trainings and measures the students.

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use relu_core::Failure;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::dense::Dense;
use crate::measure::{Cube, Line, Norms, distance_on_line, distance_on_points, root_mean_square};
use crate::plan::Key;
use crate::trainer::{Lesson, Stopped, Trainer};

/// A training that came to its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finished {
    /// Which one.
    pub key: Key,
    /// The student from time to time.
    pub checkpoints: Vec<Checkpoint>,
}

/// A student at one time of its training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// After so many epochs.
    pub epoch: usize,
    /// The root of the mean squared error on the samples; nothing if the training diverged.
    pub on_samples: Option<f64>,
    /// The distance to the teacher; nothing if the training diverged.
    pub norms: Option<Norms>,
}

/// Why a training has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// It was ended early.
    Stopped,
    /// The student could not be compared exactly.
    Uncompared(Failure),
}

/// Carries out trainings in parallel, one thread for each. `done` is called for every one that was begun, in the order of their ends.
pub fn all(
    config: &Config,
    pending: &[Key],
    trainer: &dyn Trainer,
    stop: &AtomicBool,
    done: &(dyn Fn(Key, Result<Finished, Failed>) + Sync),
) {
    pending.par_iter().with_max_len(1).for_each(|key| {
        if !stop.load(std::sync::atomic::Ordering::Relaxed) {
            done(*key, one(config, *key, trainer, stop));
        }
    });
}

/// Carries out one training; the result depends on the configuration and the key alone.
pub fn one(
    config: &Config,
    key: Key,
    trainer: &dyn Trainer,
    stop: &AtomicBool,
) -> Result<Finished, Failed> {
    let teacher = config.teacher(key);
    let points = config.sample_points(key);
    let targets = teacher.values(&points);
    let scale = config.input_scale();
    let schedule = config.schedules[key.schedule];
    let lesson = Lesson {
        start: config.start(key),
        inputs: points.iter().map(|x| x * scale).collect(),
        targets: targets.clone(),
        batch: schedule.batch,
        epochs: schedule.epochs,
        rate: config.rate,
        order: config.order(key),
        precision: config.students.precision,
        checkpoints: config.evaluation.epochs(schedule.epochs),
        stop,
    };
    let yardstick = Yardstick::new(config, key, teacher).map_err(Failed::Uncompared)?;
    let mut checkpoints = Vec::new();
    let mut failure = None;
    trainer
        .train(&lesson, &mut |epoch, student| {
            let student = student.with_scaled_input(scale);
            let on_samples = root_mean_square(&student.values(&points), &targets);
            match yardstick.distance(&student) {
                Ok(norms) => checkpoints.push(Checkpoint {
                    epoch,
                    on_samples: Some(on_samples).filter(|error| error.is_finite()),
                    norms,
                }),
                Err(other) => failure = Some(other),
            }
        })
        .map_err(|Stopped| Failed::Stopped)?;
    match failure {
        None => Ok(Finished { key, checkpoints }),
        Some(failure) => Err(Failed::Uncompared(failure)),
    }
}

/// A teacher, ready to be compared with.
enum Yardstick {
    Exact(Line, f64),
    Points(Dense, Cube),
}

impl Yardstick {
    fn new(config: &Config, key: Key, teacher: Dense) -> Result<Self, Failure> {
        let half_width = config.half_width;
        if config.is_exact(key) {
            return Ok(Self::Exact(Line::new(&teacher, half_width)?, half_width));
        }
        let cube = Cube {
            dimension: key.dimension,
            half_width,
            points: config.evaluation.points,
            seed: config.evaluation.seed,
        };
        Ok(Self::Points(teacher, cube))
    }

    /// The distance of a student; nothing if it is infinite.
    fn distance(&self, student: &Dense) -> Result<Option<Norms>, Failure> {
        if !student.is_finite() {
            return Ok(None);
        }
        let norms = match self {
            Self::Exact(teacher, half_width) => {
                distance_on_line(&Line::new(student, *half_width)?, teacher)
            }
            Self::Points(teacher, cube) => distance_on_points(student, teacher, *cube),
        };
        let finite = [norms.l1, norms.l2, norms.sup].map(f64::is_finite);
        Ok(Some(norms).filter(|_| finite == [true; 3]))
    }
}

impl Config {
    /// Whether the student of a training is compared exactly.
    pub fn is_exact(&self, key: Key) -> bool {
        key.dimension == 1 && key.width <= self.evaluation.exact_up_to_width
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::config::DEFAULT;
    use std::collections::BTreeMap;
    use std::sync::Mutex;
    use std::sync::atomic::Ordering;

    /// A trainer that learns nothing, or spoils the student.
    pub struct Lazy {
        pub spoiled: bool,
    }

    impl Trainer for Lazy {
        fn train(
            &self,
            lesson: &Lesson<'_>,
            checkpoint: &mut dyn FnMut(usize, Dense),
        ) -> Result<(), Stopped> {
            for &epoch in &lesson.checkpoints {
                if lesson.is_stopped() {
                    return Err(Stopped);
                }
                let mut student = lesson.start.clone();
                if self.spoiled {
                    student.layers[0].biases[0] = f64::NAN;
                }
                checkpoint(epoch, student);
            }
            Ok(())
        }
    }

    pub fn small() -> Config {
        let mut config = Config::parse(DEFAULT).unwrap();
        config.teachers.count = 2;
        config.teachers.hidden = vec![3, 3];
        config.samples.counts = vec![5, 10];
        config.students.widths = vec![4];
        config.students.hidden_layers = 2;
        config.schedules[0].epochs = 4;
        config.evaluation.checkpoints = 2;
        config.evaluation.points = 500;
        config.evaluation.exact_up_to_width = 4;
        config
    }

    #[test]
    fn every_pending_training_is_carried_out_and_depends_on_its_key_alone() {
        let config = small();
        let keys = config.trainings();
        let found = Mutex::new(BTreeMap::new());
        let stop = AtomicBool::new(false);
        let lazy = Lazy { spoiled: false };
        all(&config, &keys, &lazy, &stop, &|key, result| {
            found.lock().unwrap().insert(key, result.unwrap());
        });
        let found = found.into_inner().unwrap();
        assert_eq!(found.len(), keys.len());
        for (key, finished) in &found {
            assert_eq!(*finished, one(&config, *key, &lazy, &stop).unwrap());
            let epochs: Vec<usize> = finished.checkpoints.iter().map(|c| c.epoch).collect();
            assert_eq!(epochs, [2, 4]);
            let norms = finished.checkpoints[0].norms.unwrap();
            assert!(norms.l1 <= norms.l2 && norms.l2 <= norms.sup && norms.l1 > 0.0);
        }
    }

    #[test]
    fn a_student_that_is_its_teacher_has_distance_0() {
        let config = small();
        let key = config.trainings()[0];
        let teacher = config.teacher(key);
        let yardstick = Yardstick::new(&config, key, teacher.clone()).unwrap();
        let norms = yardstick.distance(&teacher).unwrap().unwrap();
        assert_eq!((norms.l1, norms.l2, norms.sup), (0.0, 0.0, 0.0));
        assert!(config.is_exact(key));
    }

    #[test]
    fn a_training_that_diverges_is_finished_without_norms() {
        let config = small();
        let stop = AtomicBool::new(false);
        for key in [config.trainings()[0], *config.trainings().last().unwrap()] {
            let finished = one(&config, key, &Lazy { spoiled: true }, &stop).unwrap();
            assert!(finished.checkpoints.iter().all(|at| at.norms.is_none()));
        }
    }

    #[test]
    fn a_stop_ends_what_has_begun_and_begins_nothing() {
        let config = small();
        let stop = AtomicBool::new(true);
        let keys = config.trainings();
        let lazy = Lazy { spoiled: false };
        assert_eq!(one(&config, keys[0], &lazy, &stop), Err(Failed::Stopped));
        let begun = AtomicBool::new(false);
        all(&config, &keys, &lazy, &stop, &|_, _| {
            begun.store(true, Ordering::Relaxed);
        });
        assert!(!begun.into_inner());
    }
}
