//! One game: u = 0 with every seed, the choice of the cell, φ and −φ, the certificate.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::certificate::game::{Answered, Certificate, Refused, Rules, Run, centre};
use relu_core::number::rational::Rational;

use super::cells::{hits_by_cell, least_hit, recommended};
use super::exact::{nearest, rational};
use super::learner::{Forfeit, Learner};
use super::oracle::{Exchange, Hidden, same};
use super::run::{Answer, Trial, run};
use super::target::{Target, hit_cell};

/// Largest number of cells per axis, and of samples of all seeds together.
const MOST: u64 = 1 << 32;

/// What is played.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The class and the budget.
    pub rules: Rules,
    /// The first seed; the others follow.
    pub first_seed: u64,
    /// R; what the learner declares if not given.
    pub seeds: Option<u64>,
    /// K; [`recommended`] if not given.
    pub cells: Option<u64>,
    /// p, if the error in L^p is to be certified, too.
    pub exponent: Option<u32>,
    /// How long the learner may neither ask nor answer; for ever if not given.
    pub patience: Option<Duration>,
}

/// How a game ended with a hard pair.
#[derive(Clone, Debug)]
pub struct Played {
    /// Checked by the kernel.
    pub certificate: Certificate,
    /// Largest number of queries of a run for u = 0.
    pub most_queries: usize,
    /// What all runs of the learner took.
    pub learner_time: Duration,
    /// What everything else took.
    pub own_time: Duration,
}

/// Why a game has no hard pair.
#[derive(Clone, Debug)]
pub enum Failed {
    /// There is no such game.
    Rules(String),
    /// The learner broke a rule.
    Forfeit {
        /// In which run.
        run: String,
        /// How.
        forfeit: Forfeit,
        /// What had been said in this run.
        transcript: Vec<Exchange>,
    },
    /// The kernel does not accept the certificate.
    Refused(Refused),
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rules(reason) => f.write_str(reason),
            Self::Forfeit {
                run,
                forfeit,
                transcript,
            } => write!(
                f,
                "the learner forfeits ({run}, after {} queries): {forfeit}",
                transcript.len()
            ),
            Self::Refused(refused) => write!(f, "no certificate: {refused}"),
        }
    }
}

impl std::error::Error for Failed {}

/// Plays against a learner. Equal learners and settings give equal certificates.
///
/// Errors: [`Failed`].
pub fn play(learner: &Arc<dyn Learner>, settings: &Settings) -> Result<Played, Failed> {
    let start = Instant::now();
    let rules = &settings.rules;
    let seeds = settings.seeds.unwrap_or_else(|| learner.seeds());
    // m on average: all seeds together have R·m for u = 0.
    let all = check(rules, seeds)?;
    let cells = settings
        .cells
        .unwrap_or_else(|| recommended(rules.dimension, rules.samples, seeds));
    if !(1..=MOST).contains(&cells) {
        return Err(Failed::Rules(format!(
            "game: expected 1 to {MOST} cells per axis, got {cells}"
        )));
    }
    let seeds: Vec<u64> = (0..seeds)
        .map(|w| settings.first_seed.wrapping_add(w))
        .collect();
    let mut trial = Trial {
        learner: Arc::clone(learner),
        rules: rules.clone(),
        patience: settings.patience,
        seed: settings.first_seed,
        left: all,
        hidden: Hidden::Zero,
        interest: vec![0.5; rules.dimension],
    };
    let mut time = Duration::ZERO;
    let mut transcripts = Vec::with_capacity(seeds.len());
    for seed in &seeds {
        trial.seed = *seed;
        let (transcript, _) = one(&trial, &mut time)?;
        trial.left -= transcript.len() as u64;
        transcripts.push(transcript);
    }
    let hits = hits_by_cell(cells, &transcripts);
    let cell = least_hit(cells, rules.dimension, &hits, settings.first_seed);
    let listed = seeds.iter().zip(&transcripts).map(|(seed, said)| Run {
        seed: *seed,
        queries: said
            .iter()
            .map(|exchange| point(&exchange.query).expect("queries are in the cube"))
            .collect(),
        output: None,
    });
    let mut certificate =
        Certificate::new(rules.clone(), cells, cell, listed.collect()).map_err(Failed::Refused)?;
    if let Some(exponent) = settings.exponent {
        certificate = certificate
            .in_mean(exponent)
            .map_err(|refused| match refused {
                Refused::Rules(reason) => Failed::Rules(reason),
                other => Failed::Refused(other),
            })?;
    }
    trial.left = all;
    let certificate = replay(trial, certificate, &transcripts, &mut time)?;
    Ok(Played {
        certificate,
        most_queries: transcripts.iter().map(Vec::len).max().unwrap_or(0),
        learner_time: time,
        own_time: start.elapsed().saturating_sub(time),
    })
}

/// R·m, if there is such a game.
fn check(rules: &Rules, seeds: u64) -> Result<u64, Failed> {
    rules
        .check()
        .map_err(|refused| Failed::Rules(refused.to_string()))?;
    let all = seeds.checked_mul(rules.samples);
    all.filter(|all| (1..=MOST).contains(all)).ok_or_else(|| {
        Failed::Rules(format!(
            "game: expected 1 to {MOST} samples of all seeds together, got {} for each of {seeds} seeds",
            rules.samples
        ))
    })
}

/// One run; a broken rule ends the game.
fn one(trial: &Trial, time: &mut Duration) -> Result<(Vec<Exchange>, Option<Answer>), Failed> {
    let ran = run(trial.clone());
    *time += ran.time;
    match ran.result {
        Ok(answer) => Ok((ran.transcript, answer)),
        Err(forfeit) => Err(Failed::Forfeit {
            run: format!("u = {}, seed {}", trial.hidden.name(), trial.seed),
            forfeit,
            transcript: ran.transcript,
        }),
    }
}

/// Runs again on u = 0, and on ±φ if the run does not hit: it has to ask the same, and to answer the same at the centre. The error of a run that
/// hits is counted as 0 and needs no run. If all answers are there, the certificate names the sign.
fn replay(
    mut trial: Trial,
    certificate: Certificate,
    transcripts: &[Vec<Exchange>],
    time: &mut Duration,
) -> Result<Certificate, Failed> {
    let (cells, cell) = (certificate.cells, &certificate.cell);
    let target = Arc::new(Target::new(cells, cell, certificate.height.clone()));
    trial.interest = centre(cells, cell).iter().map(nearest).collect();
    let mut outputs = Vec::with_capacity(transcripts.len());
    for (listed, before) in certificate.runs.iter().zip(transcripts) {
        let hit = |said: &Exchange| hit_cell(cells, &said.query).as_ref() == Some(cell);
        let unhit = certificate.hits == 0 || !before.iter().any(hit);
        trial.seed = listed.seed;
        let all = [
            Hidden::Zero,
            Hidden::Plus(Arc::clone(&target)),
            Hidden::Minus(Arc::clone(&target)),
        ];
        let mut answers = Vec::new();
        for hidden in all.into_iter().take(if unhit { 3 } else { 1 }) {
            trial.hidden = hidden;
            let (transcript, answer) = one(&trial, time)?;
            if let Some(reason) = differs(before, &transcript) {
                return Err(impure(listed.seed, reason, transcript));
            }
            answers.push(answer);
        }
        let agree = |pair: &[Option<Answer>]| match (pair[0], pair[1]) {
            (Some(one), Some(other)) => one.same(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        if !answers.windows(2).all(agree) {
            let reason = format!(
                "the same answers, but another output at {:?}",
                trial.interest
            );
            return Err(impure(listed.seed, reason, before.clone()));
        }
        outputs.push(answers[0].filter(|_| unhit).and_then(|answer| {
            Some(Answered {
                value: rational(answer.value)?,
                continuous: answer.continuous,
            })
        }));
    }
    let interest = point(&trial.interest).expect("a centre is in the cube");
    certificate
        .named(interest, outputs)
        .map_err(Failed::Refused)
}

/// How two runs with the same answers differ.
fn differs(before: &[Exchange], now: &[Exchange]) -> Option<String> {
    if same(before, now) {
        return None;
    }
    let mut pairs = before.iter().zip(now);
    Some(match pairs.position(|(a, b)| a.query != b.query) {
        Some(j) => format!(
            "the same answers as before, but query {j} is {:?} instead of {:?}",
            now[j].query, before[j].query
        ),
        None => format!(
            "the same answers as before, but {} queries instead of {}",
            now.len(),
            before.len()
        ),
    })
}

/// The numbers that floats are.
fn point(x: &[f64]) -> Option<Vec<Rational>> {
    x.iter().map(|x| rational(*x)).collect()
}

fn impure(seed: u64, reason: String, transcript: Vec<Exchange>) -> Failed {
    Failed::Forfeit {
        run: format!("replay, seed {seed}"),
        forfeit: Forfeit::Impure(reason),
        transcript,
    }
}
