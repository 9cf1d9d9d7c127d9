//! The command `game`: hard pairs, certificates, and learners in another language that misbehave.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn game(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_runner"))
        .arg("game")
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// A game of two inputs with sixteen samples against this learner.
fn against(learner: &str, more: &[&str]) -> Output {
    let rules = ["--d", "2", "--L", "3", "--c", "1", "--samples", "16"];
    game(&[&["--learner", learner], &rules[..], more].concat())
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(output: &Output) -> String {
    let part = String::from_utf8_lossy;
    format!("{}{}", part(&output.stdout), part(&output.stderr))
}

fn has_python() -> bool {
    let found = Command::new("python3").arg("--version").output();
    found.is_ok_and(|output| output.status.success())
}

#[test]
fn a_pair_is_found_and_its_certificate_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game.toml");
    let file = path.to_str().unwrap();
    let output = against("piecewise", &["--cells", "5", "--certificate", file]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert!(text(&output).contains("at least 3/5"), "{}", text(&output));
    let output = game(&["--check", file, "--json"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["error"], "3/5");
    assert_eq!(value["bound"], 3.0 / 256.0);
    // (3/256)² and (3/5 : 3/256)².
    assert_eq!(value["bound_power"], "9/65536");
    assert_eq!(value["ratio_power"], "65536/25");
    // Another game than the one asked about, a changed file, and no certificate.
    assert_eq!(code(&game(&["--check", file, "--samples", "16"])), 0);
    let output = game(&["--check", file, "--samples", "15"]);
    assert_eq!(code(&output), 5, "{}", text(&output));
    let stored = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, stored.replace("error = \"3/5\"", "error = \"4/5\"")).unwrap();
    let output = game(&["--check", file]);
    assert_eq!(code(&output), 5, "{}", text(&output));
    assert!(text(&output).contains("expected 3/5, got 4/5"));
    std::fs::write(&path, "format = 1").unwrap();
    assert_eq!(code(&game(&["--check", file])), 2);
}

#[test]
fn what_is_refused() {
    for (learner, more, expected, part) in [
        ("cheating", &[][..], 4, "impure"),
        ("zero", &["--cells", "0"], 2, "cells"),
        ("nobody", &[], 2, "piecewise"),
        ("piecewise", &["--cells", "1000"], 4, "below"),
        ("./x y", &["--patience", "nan"], 2, "--patience"),
    ] {
        let output = against(learner, more);
        assert_eq!(code(&output), expected, "{learner}: {}", text(&output));
        assert!(text(&output).contains(part), "{learner}: {}", text(&output));
    }
    let rules = ["--d", "2", "--L", "3", "--c", "1"];
    let zero = game(&[&["--learner", "zero", "--samples", "0"], &rules[..]].concat());
    assert_eq!(code(&zero), 2, "{}", text(&zero));
    assert!(text(&zero).contains("at least 1 sample"));
    assert_eq!(code(&game(&["--learner", "zero"])), 2);
}

/// The Python program of the document plays as it says there.
#[test]
fn the_documented_learner_is_beaten() {
    if !has_python() {
        return;
    }
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/game.md");
    let document = std::fs::read_to_string(document).unwrap();
    let (_, rest) = document.split_once("```python\n").unwrap();
    let (program, _) = rest.split_once("```").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("my_learner.py");
    std::fs::write(&script, program).unwrap();
    let command = format!("python3 '{}'", script.display());
    let path = folder.path().join("game.toml");
    let file = path.to_str().unwrap();
    let output = against(&command, &["--json", "--seeds", "2", "--certificate", file]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    // 64 cells for 32 queries; the least power of 2 with K² ≥ 48 is 8.
    assert_eq!(value["cells"], 8);
    assert_eq!(value["queries"], 32);
    assert_eq!(value["error"], "3/8");
    assert_eq!(code(&game(&["--check", file])), 0);
}

#[test]
fn programs_that_misbehave_forfeit() {
    // A shell reads a line, asks, and then does something else.
    let folder = tempfile::tempdir().unwrap();
    let ask = r#"read game; echo '{"query":[0.25,0.5]}'; read value; "#;
    for (number, (then, part)) in [
        ("echo no idea", "got `no idea`"),
        (r#"echo '{"query":[0.5,NaN]}'"#, "got `"),
        (
            r#"echo '{"query":[0.5,2]}'"#,
            "coordinate 1 in [0, 1], got 2",
        ),
        (r#"echo '{"query":[0.5]}'"#, "expected 2 coordinates, got 1"),
        ("echo oh dear >&2; exit 3", "oh dear"),
        ("exec sleep 30", "within 0.5 s"),
        (
            r#"while true; do echo '{"query":[0,0]}'; read value; done"#,
            "at most 16 queries",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let script = folder.path().join(format!("{number}.sh"));
        std::fs::write(&script, format!("{ask}{then}\n")).unwrap();
        let kept = folder.path().join(format!("{number}.jsonl"));
        let command = format!("sh '{}'", script.display());
        let more = ["--patience", "0.5", "--transcript", kept.to_str().unwrap()];
        let output = against(&command, &more);
        assert_eq!(code(&output), 4, "{then}: {}", text(&output));
        assert!(text(&output).contains(part), "{then}: {}", text(&output));
        let first = std::fs::read_to_string(&kept).unwrap();
        let first: Value = serde_json::from_str(first.lines().next().unwrap()).unwrap();
        assert_eq!(first["query"], serde_json::json!([0.25, 0.5]));
    }
    let output = against("/no/such/program", &[]);
    assert_eq!(code(&output), 4, "{}", text(&output));
}
