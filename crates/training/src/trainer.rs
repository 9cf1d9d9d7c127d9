//! What a training is given and what it gives.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::config::{Batch, Precision, Rate};
use crate::dense::Dense;
use crate::random::Stream;

/// A training: a network, samples, and how to fit the one to the other.
#[derive(Clone, Debug)]
pub struct Lesson<'a> {
    /// The network to start from.
    pub start: Dense,
    /// The sampled points, one after the other.
    pub inputs: Vec<f64>,
    /// The values there.
    pub targets: Vec<f64>,
    /// Samples per step.
    pub batch: Batch,
    /// Passes over the samples.
    pub epochs: usize,
    /// The learning rate.
    pub rate: Rate,
    /// Where the order of the samples comes from.
    pub order: Stream,
    /// The numbers to calculate with.
    pub precision: Precision,
    /// Epochs after which the network is wanted, ascending.
    pub checkpoints: Vec<usize>,
    /// Set when the training has to end early.
    pub stop: &'a AtomicBool,
}

impl Lesson<'_> {
    /// Whether the training has to end early.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// The training ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// Minimises the mean squared error on the samples. The result depends on the lesson alone.
pub trait Trainer: Sync {
    /// Trains, and hands over the network after each checkpoint, with its epoch.
    fn train(
        &self,
        lesson: &Lesson<'_>,
        checkpoint: &mut dyn FnMut(usize, Dense),
    ) -> Result<(), Stopped>;
}
