//! `experiment`: trains students of random networks, continues what was interrupted, and writes what was measured.

mod journal_file;

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use report::{experiment_text, html, plot};
use training::config::{Config, DEFAULT};
use training::plan::Key;
use training::run::{Failed, Finished};
use training::trainer::Trainer;
use training::{Summary, run as trainings};

use crate::cli::{Experiment, ExperimentArgs};
use crate::{files, run};
use journal_file::JournalFile;

/// Carries out an experiment.
pub fn experiment(args: &ExperimentArgs) -> u8 {
    let done = match args.name {
        Experiment::StudentTeacher => student_teacher(args),
    };
    match done {
        Ok(text) => {
            anstream::print!("{text}");
            0
        }
        Err((code, message)) => {
            anstream::eprintln!("{}", message.trim_end());
            code
        }
    }
}

fn student_teacher(args: &ExperimentArgs) -> Result<String, (u8, String)> {
    let config = configuration(args.config.as_deref())?;
    let path = args.out.join("results.jsonl");
    let (mut file, journal) = JournalFile::open(&path, &config)
        .map_err(|error| (2, format!("error: {}: {error}", path.display())))?;
    if journal.cut > 0 {
        anstream::eprintln!(
            "{}: the last line was cut off after {} bytes and is left out",
            path.display(),
            journal.cut
        );
    }
    let mut finished = journal.finished;
    let planned = config.trainings();
    let pending: Vec<Key> = planned
        .iter()
        .filter(|key| !finished.contains_key(key))
        .copied()
        .collect();
    if !finished.is_empty() {
        anstream::eprintln!(
            "{} of {} trainings are finished already",
            finished.len(),
            planned.len()
        );
    }
    if !pending.is_empty() {
        let trainer = trainer().ok_or_else(|| (2, without_trainer(args)))?;
        file.begin(&config)
            .map_err(|error| (2, format!("error: {}: {error}", path.display())))?;
        if let Err(code) = run::limit_workers(args.jobs) {
            return Err((code, String::new()));
        }
        run::catch_interrupts();
        let new = carry_out(args, &config, &pending, planned.len(), trainer, file)?;
        finished.extend(new.into_iter().map(|training| (training.key, training)));
    }
    let summary = Summary::new(&config, &finished).ok_or_else(|| {
        let message = format!(
            "interrupted: {} of {} trainings are finished and kept in {}\n  help: the same command goes on from there",
            finished.len(),
            planned.len(),
            path.display()
        );
        (130, message)
    })?;
    let outputs = [
        ("summary.json", summary.text()),
        ("gap.svg", plot::gap_svg(&summary)),
        ("report.html", html::experiment_page(&summary)),
    ];
    for (name, text) in outputs {
        let path = args.out.join(name);
        files::write(&path, &text).map_err(|error| {
            (
                2,
                format!("error: cannot write {}: {error}", path.display()),
            )
        })?;
    }
    let page = args.out.join("report.html");
    Ok(experiment_text(&summary) + &format!("report  {}\n", page.display()))
}

fn configuration(path: Option<&Path>) -> Result<Config, (u8, String)> {
    let (name, text) = match path {
        None => ("the default configuration".to_owned(), DEFAULT.to_owned()),
        Some(path) => {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path);
            let text = text.map_err(|error| (2, format!("error: {name}: {error}")))?;
            (name, text)
        }
    };
    Config::parse(&text).map_err(|problems| {
        let lines = problems
            .iter()
            .map(|problem| format!("error: {name}:{problem}\n"));
        (2, lines.collect())
    })
}

#[cfg(feature = "train")]
fn trainer() -> Option<&'static dyn Trainer> {
    Some(&training::Adam)
}

#[cfg(not(feature = "train"))]
fn trainer() -> Option<&'static dyn Trainer> {
    None
}

/// How to get a program that can train.
fn without_trainer(args: &ExperimentArgs) -> String {
    let mut command =
        "cargo run -p runner --features train -- experiment student-teacher".to_owned();
    if let Some(path) = &args.config {
        command.push_str(&format!(" --config {}", path.display()));
    }
    format!(
        "error: this program was built without training\n  help: {command}\n  help: the first build of the feature takes some minutes"
    )
}

/// Trains what is pending; every result is on disk before it counts.
fn carry_out(
    args: &ExperimentArgs,
    config: &Config,
    pending: &[Key],
    planned: usize,
    trainer: &dyn Trainer,
    file: JournalFile,
) -> Result<Vec<Finished>, (u8, String)> {
    let stop = run::interrupted();
    let count = AtomicUsize::new(planned - pending.len());
    let kept = Mutex::new((file, Vec::new()));
    let failure = Mutex::new(None);
    let fail = |code: u8, message: String| {
        stop.store(true, Ordering::Relaxed);
        if let Ok(mut failure) = failure.lock() {
            failure.get_or_insert((code, message));
        }
    };
    trainings::all(
        config,
        pending,
        trainer,
        stop,
        &|key, result| match result {
            Ok(finished) => {
                let Ok(mut kept) = kept.lock() else { return };
                if let Err(error) = kept.0.append(&finished) {
                    fail(2, format!("error: cannot write results: {error}"));
                    return;
                }
                let number = count.fetch_add(1, Ordering::Relaxed) + 1;
                if !args.quiet {
                    anstream::eprintln!("[{number}/{planned}] {}", line(&finished));
                }
                kept.1.push(finished);
            }
            Err(Failed::Stopped) => {}
            Err(Failed::Uncompared(error)) => fail(
                4,
                format!(
                    "error: {}: {error}\n  help: lower evaluation.exact_up_to_width to compare at test points",
                    name(key)
                ),
            ),
        },
    );
    match failure.into_inner() {
        Ok(Some(failure)) => Err(failure),
        _ => Ok(kept.into_inner().map(|kept| kept.1).unwrap_or_default()),
    }
}

fn name(key: Key) -> String {
    format!(
        "d = {}, m = {}, schedule {}, width {}, teacher {}, run {}",
        key.dimension, key.samples, key.schedule, key.width, key.teacher, key.run
    )
}

fn line(finished: &Finished) -> String {
    let last = finished.checkpoints.last().and_then(|at| at.norms);
    let errors = match last {
        Some(norms) => format!("L² {:.2e}, L∞ {:.2e}", norms.l2, norms.sup),
        None => "diverged".to_owned(),
    };
    format!("{}: {errors}", name(finished.key))
}
