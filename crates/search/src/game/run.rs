//! One run of a learner, in a thread of its own, so that one that hangs does not hold up the game.

use std::any::Any;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use kernel::certificate::game::Rules;

use super::learner::{Forfeit, Learner, Oracle};
use super::oracle::{Arbiter, Exchange, Hidden};

/// What is run.
#[derive(Clone)]
pub(super) struct Trial {
    pub learner: Arc<dyn Learner>,
    pub rules: Rules,
    /// How long the learner may neither ask nor answer; for ever if not given.
    pub patience: Option<Duration>,
    pub seed: u64,
    /// How many queries this run may make.
    pub left: u64,
    pub hidden: Hidden,
    /// Where the output is evaluated.
    pub interest: Vec<f64>,
}

/// An output at the point of interest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    pub value: f64,
    pub continuous: bool,
}

impl Answer {
    pub fn same(self, other: Self) -> bool {
        self.value.to_bits() == other.value.to_bits() && self.continuous == other.continuous
    }
}

/// What a run gave.
pub(super) struct Ran {
    pub transcript: Vec<Exchange>,
    /// How it ended; without an answer if the output stays with the learner.
    pub result: Result<Option<Answer>, Forfeit>,
    /// What the learner took, without the time in which the oracle answered.
    pub time: Duration,
}

type Message = (Result<Option<Answer>, Forfeit>, Duration);

/// The oracle in the thread of the learner.
struct Line {
    rules: Rules,
    arbiter: Arc<Mutex<Arbiter>>,
    waited: Duration,
}

impl Oracle for Line {
    fn rules(&self) -> &Rules {
        &self.rules
    }

    fn query(&mut self, x: &[f64]) -> Result<f64, Forfeit> {
        let start = Instant::now();
        let answer = lock(&self.arbiter).answer(x);
        self.waited += start.elapsed();
        answer
    }
}

/// The arbiter; a panic of the learner does not make it unusable.
fn lock(arbiter: &Mutex<Arbiter>) -> MutexGuard<'_, Arbiter> {
    arbiter.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs the learner until it answers, breaks a rule, panics or is too late. In the last case its thread is abandoned.
pub(super) fn run(trial: Trial) -> Ran {
    let patience = trial.patience;
    let arbiter = Arbiter::new(trial.rules.clone(), trial.left, trial.hidden.clone());
    let arbiter = Arc::new(Mutex::new(arbiter));
    let (sender, receiver) = channel();
    let mut line = Line {
        rules: trial.rules.clone(),
        arbiter: Arc::clone(&arbiter),
        waited: Duration::ZERO,
    };
    let thread = std::thread::spawn(move || {
        let start = Instant::now();
        let answer = answer(&trial, &mut line);
        let time = start.elapsed().saturating_sub(line.waited);
        // Nobody listens if it is too late.
        sender.send((answer, time)).ok();
    });
    let (result, time) = match wait(&receiver, &arbiter, patience) {
        Ok(message) => message,
        Err(RecvTimeoutError::Timeout) => {
            let waited = patience.unwrap_or_default();
            let seconds = waited.as_secs_f64();
            (Err(Forfeit::Late { seconds }), waited)
        }
        Err(RecvTimeoutError::Disconnected) => {
            let reason = match thread.join() {
                Err(panic) => format!("the learner panicked: {}", text(&*panic)),
                Ok(()) => "the learner ended without an answer".to_owned(),
            };
            (Err(Forfeit::GaveUp(reason)), Duration::ZERO)
        }
    };
    let mut arbiter = lock(&arbiter);
    // What was broken first counts, and whatever a thread that is abandoned still asks is refused.
    let result = arbiter.fault.clone().map_or(result, Err);
    arbiter.fault = result.as_ref().err().cloned();
    Ran {
        transcript: std::mem::take(&mut arbiter.transcript),
        result,
        time,
    }
}

fn answer(trial: &Trial, line: &mut Line) -> Result<Option<Answer>, Forfeit> {
    let Some(output) = trial.learner.run(line, trial.seed)? else {
        return Ok(None);
    };
    let value = output.value(&trial.interest);
    match value.is_finite() {
        true => Ok(Some(Answer {
            value,
            continuous: output.is_continuous_at(&trial.interest),
        })),
        false => Err(Forfeit::Output {
            at: trial.interest.clone(),
            value,
        }),
    }
}

/// The end of the run; `Timeout` once nothing was heard for as long as the patience, `Disconnected` after a panic.
fn wait(
    receiver: &Receiver<Message>,
    arbiter: &Mutex<Arbiter>,
    patience: Option<Duration>,
) -> Result<Message, RecvTimeoutError> {
    let Some(patience) = patience else {
        return receiver.recv().map_err(RecvTimeoutError::from);
    };
    loop {
        let silence = lock(arbiter).heard.elapsed();
        let rest = patience.saturating_sub(silence);
        match receiver.recv_timeout(rest) {
            Err(RecvTimeoutError::Timeout) if !rest.is_zero() => {}
            ended => return ended,
        }
    }
}

/// What a panic said.
fn text(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    words
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without a message".to_owned())
}
