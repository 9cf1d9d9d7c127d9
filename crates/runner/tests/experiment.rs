//! The command `experiment`: configurations, and what is continued or refused.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::AtomicBool;

use training::config::{Config, DEFAULT};
use training::dense::Dense;
use training::journal;
use training::run::one;
use training::trainer::{Lesson, Stopped, Trainer};

/// A trainer that learns nothing.
struct Lazy;

impl Trainer for Lazy {
    fn train(
        &self,
        lesson: &Lesson<'_>,
        checkpoint: &mut dyn FnMut(usize, Dense),
    ) -> Result<(), Stopped> {
        for &epoch in &lesson.checkpoints {
            checkpoint(epoch, lesson.start.clone());
        }
        Ok(())
    }
}

fn experiment(folder: &Path, config: &str, more: &[&str]) -> Output {
    let path = folder.join("config.toml");
    std::fs::write(&path, config).unwrap();
    let out = folder.join("out");
    let files = [
        "--config",
        path.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    Command::new(env!("CARGO_BIN_EXE_runner"))
        .args(["experiment", "student-teacher"])
        .args(files)
        .args(more)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// A configuration whose trainings take no time.
fn small() -> String {
    [
        ("count = 8", "count = 2"),
        ("counts = [100, 300, 1000]", "counts = [5, 10]"),
        ("hidden = [32, 32, 32, 32]", "hidden = [3]"),
        ("hidden_layers = 4", "hidden_layers = 1"),
        ("widths = [32]", "widths = [4]"),
        ("epochs = 1000", "epochs = 5"),
        ("points = 65536", "points = 100"),
    ]
    .into_iter()
    .fold(DEFAULT.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

/// A journal of the first trainings.
fn journal(count: usize) -> String {
    let config = Config::parse(&small()).unwrap();
    let stop = AtomicBool::new(false);
    let keys = config.trainings();
    let entries = keys[..count.min(keys.len())]
        .iter()
        .map(|key| journal::entry(&one(&config, *key, &Lazy, &stop).unwrap()));
    journal::head(&config) + &entries.collect::<String>()
}

fn with_journal(folder: &Path, text: &str) {
    std::fs::create_dir_all(folder.join("out")).unwrap();
    std::fs::write(folder.join("out/results.jsonl"), text).unwrap();
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(output: &Output) -> String {
    let part = String::from_utf8_lossy;
    format!("{}{}", part(&output.stdout), part(&output.stderr))
}

#[test]
fn every_problem_of_a_configuration_is_shown_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let config = small()
        .replace("count = 2", "count = 0")
        .replace("\nseed = 0\n", "\n");
    let output = experiment(folder.path(), &config, &[]);
    assert_eq!(code(&output), 2);
    let shown = text(&output);
    assert_eq!(shown.matches("config.toml:").count(), 2, "{shown}");
    assert!(shown.contains("teachers.count: expected a whole number from 1 to 1048576, got 0"));
    assert!(shown.contains("evaluation.seed: missing"));
    let missing = Command::new(env!("CARGO_BIN_EXE_runner"))
        .args(["experiment", "student-teacher", "--config", "no-such.toml"])
        .output()
        .unwrap();
    assert_eq!(code(&missing), 2);
    assert!(text(&missing).contains("no-such.toml: "));
}

#[test]
fn what_is_finished_is_not_trained_again_and_equal_results_give_equal_files() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let journal = journal(usize::MAX);
    let (head, entries) = journal.split_once('\n').unwrap();
    let reversed: String = entries
        .lines()
        .rev()
        .map(|line| format!("{line}\n"))
        .collect();
    with_journal(folders[0].path(), &journal);
    with_journal(folders[1].path(), &format!("{head}\n{reversed}"));
    for folder in &folders {
        let output = experiment(folder.path(), &small(), &[]);
        assert_eq!(code(&output), 0, "{}", text(&output));
        assert!(text(&output).contains("8 of 8 trainings are finished already"));
        assert!(text(&output).contains("SAMPLED"));
    }
    for name in ["summary.json", "gap.svg", "report.html"] {
        let read = |folder: &tempfile::TempDir| std::fs::read(folder.path().join("out").join(name));
        assert_eq!(
            read(&folders[0]).unwrap(),
            read(&folders[1]).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn the_report_shows_an_experiment_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    with_journal(folder.path(), &journal(usize::MAX));
    assert_eq!(code(&experiment(folder.path(), &small(), &[])), 0);
    let run = |experiment: &Path, out: &str| {
        Command::new(env!("CARGO_BIN_EXE_runner"))
            .args(["run", "compose-depth", "--profile", "quick", "--quiet"])
            .args(["--experiment".as_ref(), experiment.as_os_str()])
            .args(["--out".as_ref(), folder.path().join(out).as_os_str()])
            .output()
            .unwrap()
    };
    let output = run(&folder.path().join("out"), "report");
    let page = std::fs::read_to_string(folder.path().join("report/report.html")).unwrap();
    assert!(page.contains("id=\"experiment\""), "{}", text(&output));
    let output = run(&folder.path().join("nowhere"), "other");
    assert_eq!(code(&output), 2);
    assert!(text(&output).contains("nowhere/summary.json: "));
    assert!(!folder.path().join("other").exists());
}

#[test]
fn results_of_another_configuration_and_damaged_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    with_journal(folder.path(), &journal(2));
    let output = experiment(
        folder.path(),
        &small().replace("count = 2", "count = 3"),
        &[],
    );
    assert_eq!(code(&output), 2);
    let shown = text(&output);
    assert!(shown.contains("teachers.count: 2 there, 3 here"), "{shown}");
    assert!(shown.contains("--out DIR"), "{shown}");
    with_journal(folder.path(), &(journal(1) + "noise\n" + &journal(1)));
    let output = experiment(folder.path(), &small(), &[]);
    assert_eq!(code(&output), 2);
    assert!(text(&output).contains("results.jsonl: line 3: expected a finished training"));
}

#[cfg(not(feature = "train"))]
#[test]
fn without_the_feature_it_says_how_to_get_it_and_leaves_everything_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let output = experiment(folder.path(), &small(), &[]);
    assert_eq!(code(&output), 2);
    let command = "cargo run -p runner --features train -- experiment student-teacher";
    assert!(text(&output).contains(command), "{}", text(&output));
    assert!(!folder.path().join("out").exists());
    let cut = journal(3) + "{\"key\":";
    with_journal(folder.path(), &cut);
    let output = experiment(folder.path(), &small(), &[]);
    assert_eq!(code(&output), 2);
    let shown = text(&output);
    assert!(
        shown.contains("the last line was cut off after 7 bytes"),
        "{shown}"
    );
    assert!(
        shown.contains("3 of 8 trainings are finished already"),
        "{shown}"
    );
    let kept = std::fs::read_to_string(folder.path().join("out/results.jsonl")).unwrap();
    assert_eq!(kept, cut);
}

#[cfg(feature = "train")]
#[test]
fn an_interrupted_experiment_ends_like_an_undisturbed_one() {
    let whole = tempfile::tempdir().unwrap();
    let output = experiment(whole.path(), &small(), &["--quiet"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let results = std::fs::read_to_string(whole.path().join("out/results.jsonl")).unwrap();
    let parts = tempfile::tempdir().unwrap();
    with_journal(parts.path(), &results[..results.len() / 2]);
    let output = experiment(parts.path(), &small(), &["--jobs", "1"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert!(text(&output).contains("the last line was cut off"));
    let read = |folder: &tempfile::TempDir| {
        std::fs::read_to_string(folder.path().join("out/summary.json")).unwrap()
    };
    assert_eq!(read(&whole), read(&parts));
}
