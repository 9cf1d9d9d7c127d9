//! One game: u = 0 with every seed, the choice of the cell, φ and −φ, the certificate.

use std::fmt;

use kernel::certificate::game::{Certificate, Refused, Rules, Run, centre};

use super::cells::{hits_by_cell, least_hit, recommended};
use super::exact::{nearest, rational};
use super::learner::{Forfeit, Learner};
use super::oracle::{Arbiter, Exchange, Hidden, same};
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
}

/// How a game ended with a hard pair.
#[derive(Clone, Debug)]
pub struct Played {
    /// Checked by the kernel.
    pub certificate: Certificate,
    /// Largest number of queries of a run for u = 0.
    pub most_queries: usize,
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

/// What a run gave: the transcript, and the output at the point of interest if there is one.
struct Ran {
    transcript: Vec<Exchange>,
    output: Option<f64>,
}

/// Plays against a learner. Equal learners and settings give equal certificates.
///
/// Errors: [`Failed`].
pub fn play(learner: &dyn Learner, settings: &Settings) -> Result<Played, Failed> {
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
    let mut left = all;
    let mut transcripts = Vec::with_capacity(seeds.len());
    let middle = vec![0.5; rules.dimension];
    for seed in &seeds {
        let ran = run(learner, rules, *seed, left, Hidden::Zero, &middle)?;
        left -= ran.transcript.len() as u64;
        transcripts.push(ran.transcript);
    }
    let hits = hits_by_cell(cells, &transcripts);
    let cell = least_hit(cells, rules.dimension, &hits, settings.first_seed);
    let listed = seeds.iter().zip(&transcripts).map(|(seed, said)| Run {
        seed: *seed,
        queries: said
            .iter()
            .map(|exchange| {
                let numbers = exchange.query.iter().map(|x| rational(*x));
                numbers
                    .collect::<Option<_>>()
                    .expect("queries are in the cube")
            })
            .collect(),
    });
    let certificate =
        Certificate::new(rules.clone(), cells, cell, listed.collect()).map_err(Failed::Refused)?;
    replay(learner, &certificate, &transcripts, all)?;
    Ok(Played {
        certificate,
        most_queries: transcripts.iter().map(Vec::len).max().unwrap_or(0),
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
fn run(
    learner: &dyn Learner,
    rules: &Rules,
    seed: u64,
    left: u64,
    hidden: Hidden<'_>,
    interest: &[f64],
) -> Result<Ran, Failed> {
    let mut arbiter = Arbiter::new(rules.dimension, rules.samples, left, hidden);
    let answer = learner.run(&mut arbiter, seed);
    let (transcript, fault) = (arbiter.transcript, arbiter.fault);
    let on = match hidden {
        Hidden::Zero => "0",
        Hidden::Plus(_) => "φ",
        Hidden::Minus(_) => "−φ",
    };
    let result = match (fault, answer) {
        (Some(forfeit), _) | (None, Err(forfeit)) => Err(forfeit),
        (None, Ok(output)) => {
            let value = output.map(|output| output(interest));
            match value {
                Some(value) if !value.is_finite() => Err(Forfeit::Output {
                    at: interest.to_vec(),
                    value,
                }),
                _ => Ok(value),
            }
        }
    };
    match result {
        Ok(output) => Ok(Ran { transcript, output }),
        Err(forfeit) => Err(Failed::Forfeit {
            run: format!("u = {on}, seed {seed}"),
            forfeit,
            transcript,
        }),
    }
}

/// Runs again on u = 0, and on ±φ if the run does not hit: it has to ask the same, and to answer the same at the centre. The error of a run that
/// hits is counted as 0 and needs no run.
fn replay(
    learner: &dyn Learner,
    certificate: &Certificate,
    transcripts: &[Vec<Exchange>],
    left: u64,
) -> Result<(), Failed> {
    let Certificate {
        rules,
        cells,
        cell,
        height,
        ..
    } = certificate;
    let target = Target::new(*cells, cell, height.clone());
    let peak: Vec<f64> = centre(*cells, cell).iter().map(nearest).collect();
    for (listed, before) in certificate.runs.iter().zip(transcripts) {
        let hit = |said: &Exchange| hit_cell(*cells, &said.query).as_ref() == Some(cell);
        let unhit = !before.iter().any(hit);
        let mut outputs = Vec::new();
        let all = [Hidden::Zero, Hidden::Plus(&target), Hidden::Minus(&target)];
        for hidden in &all[..if unhit { 3 } else { 1 }] {
            let ran = run(learner, rules, listed.seed, left, *hidden, &peak)?;
            if !same(before, &ran.transcript) {
                let reason = match before
                    .iter()
                    .zip(&ran.transcript)
                    .position(|(a, b)| a.query != b.query)
                {
                    Some(j) => format!(
                        "the same answers as before, but query {j} is {:?} instead of {:?}",
                        ran.transcript[j].query, before[j].query
                    ),
                    None => format!(
                        "the same answers as before, but {} queries instead of {}",
                        ran.transcript.len(),
                        before.len()
                    ),
                };
                return Err(impure(listed.seed, reason, ran.transcript));
            }
            outputs.push(ran.output.map(f64::to_bits));
        }
        if outputs.windows(2).any(|pair| pair[0] != pair[1]) {
            let reason = format!("the same answers, but another output at {peak:?}");
            return Err(impure(listed.seed, reason, before.clone()));
        }
    }
    Ok(())
}

fn impure(seed: u64, reason: String, transcript: Vec<Exchange>) -> Failed {
    Failed::Forfeit {
        run: format!("replay, seed {seed}"),
        forfeit: Forfeit::Impure(reason),
        transcript,
    }
}
