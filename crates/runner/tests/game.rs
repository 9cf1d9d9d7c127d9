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
        ("exit 0", "end of the output"),
        ("kill -9 $$", "exit status: 137"),
        // A grandchild that keeps the standard error open is not waited for.
        ("sleep 30 >&- & exit 0", "end of the output"),
        // The program closes its output and goes on; the shell around it keeps it open.
        ("exec >&-; exec sleep 30", "within 0.5 s"),
        (r"printf '\377\n'", "no text"),
        (
            r"head -c 3000000 /dev/zero | tr '\0' x; exec sleep 30",
            "a line of less than 1048576 bytes",
        ),
        (r#"echo '{"done":true}{"done":true}'"#, "got `{"),
        (r#"echo '{"done":false}'"#, "got `{"),
        (r#"echo '{"query":[0.5,0.5],"value":1}'"#, "got `{"),
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
    // What a command has started is ended with it.
    let marker = folder.path().join("alive");
    let script = folder.path().join("late.sh");
    let late = format!(
        "read game; (sleep 2; touch '{}') & sleep 30\n",
        marker.display()
    );
    std::fs::write(&script, late).unwrap();
    let output = against(
        &format!("sh '{}'", script.display()),
        &["--patience", "0.5"],
    );
    assert_eq!(code(&output), 4, "{}", text(&output));
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert!(!marker.exists());
    // Nothing at all: the transcript is there, and empty.
    let kept = folder.path().join("silent.jsonl");
    let more = ["--patience", "0.5", "--transcript", kept.to_str().unwrap()];
    let output = against("sleep 30", &more);
    assert_eq!(code(&output), 4, "{}", text(&output));
    assert!(text(&output).contains("within 0.5 s"), "{}", text(&output));
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "");
    let output = against("/no/such/program", &[]);
    assert_eq!(code(&output), 4, "{}", text(&output));
}

/// What a program says on its standard error is no answer, and a value that it does not read does not hold up the referee.
#[test]
fn programs_may_talk_to_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("talks.sh");
    let program = r#"
echo reading >&2
read game
head -c 100000 /dev/zero | tr '\0' x >&2
echo '{"query":[0.25,0.5]}'
echo '{"query":[0.75,0.5]}'
echo '{"done":true}'
"#;
    std::fs::write(&script, program).unwrap();
    let command = format!("sh '{}'", script.display());
    let output = against(&command, &["--json"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["queries"], 2);
    // The output stays with the program.
    assert_eq!(value["named"], Value::Null);
}

#[test]
fn errors_in_mean_and_the_worse_sign_are_printed_and_stored() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game.toml");
    let file = path.to_str().unwrap();
    let more = ["--p", "2", "--certificate", file];
    let output = against("piecewise", &more);
    assert_eq!(code(&output), 0, "{}", text(&output));
    // K = 8, h = 3/8: ‖φ‖₂² = (3/8)²/(8²·3·4).
    for part in [
        "its power 2 is 3/16384",
        "in L^2 at least a number between 0.01353164",
        "on φ and on −φ alike: error at least 3/8",
        "by continuity",
        "s of the referee",
    ] {
        assert!(text(&output).contains(part), "{part}: {}", text(&output));
    }
    let output = game(&["--check", file, "--json", "--p", "2"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["in_mean"]["norm_power"], "3/16384");
    assert_eq!(value["named"]["worse"], "both");
    assert_eq!(value["named"]["essential"], true);
    assert_eq!(value["timing"], Value::Null);
    assert_eq!(code(&game(&["--check", file])), 0);
    assert_eq!(code(&game(&["--check", file, "--p", "3"])), 5);
    let stored = std::fs::read_to_string(&path).unwrap();
    for (from, to, part) in [
        ("norm-power = \"3/", "norm-power = \"5/", "norm of φ"),
        ("worse = \"both\"", "worse = \"plus\"", "worse sign"),
        ("continuous = true", "continuous = false", "essential"),
    ] {
        let changed = stored.replacen(from, to, 1);
        assert_ne!(changed, stored);
        std::fs::write(&path, changed).unwrap();
        let output = game(&["--check", file]);
        assert_eq!(code(&output), 5, "{from}: {}", text(&output));
        assert!(text(&output).contains(part), "{from}: {}", text(&output));
    }
    for p in ["0", "1/2", "-1"] {
        assert_eq!(code(&against("piecewise", &[&format!("--p={p}")])), 2);
    }
    assert_eq!(code(&against("piecewise", &["--p=1000"])), 2);
}

/// The upper bound, which the network with all weights c attains.
#[test]
fn the_worst_case_of_piecewise_constants_is_printed() {
    let full = |d: &str, depth: &str, c: &str, samples: &str| {
        let rules = ["--d", d, "--L", depth, "--c", c, "--samples", samples];
        let more = ["--learner", "piecewise", "--against", "full", "--json"];
        let output = game(&[&rules[..], &more].concat());
        assert_eq!(code(&output), 0, "{}", text(&output));
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(value["exact"], true);
        assert_eq!(value["lower"], value["bound"]);
        value
    };
    for (d, depth, c, samples, error, theorem) in [
        ("1", "3", "1", "1", "9/2", "9"),
        ("2", "3", "1", "4", "18", "36"),
        ("3", "3", "1", "1", "243/2", "243"),
        ("2", "4", "2", "9", "1152", "2304"),
    ] {
        let value = full(d, depth, c, samples);
        assert_eq!(
            (&value["upper"], &value["theorem"]),
            (&error.into(), &theorem.into())
        );
    }
    // A file, with fewer samples than a square: 2² of 8.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.json");
    let net = r#"{"format":1,"activation":"relu","layers":[{"W":[["1","-1"],["1/2","1"]],"b":["0","-1/2"]},{"W":[["1","-1"]],"b":["0"]}]}"#;
    std::fs::write(&path, net).unwrap();
    let file = path.to_str().unwrap();
    let output = game(&[
        "--learner",
        "piecewise",
        "--against",
        file,
        "--samples",
        "8",
    ]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    for part in [
        "2 nodes per axis",
        "2 layers, width 2, entries at most 1",
        "theorem  2 ",
    ] {
        assert!(text(&output).contains(part), "{part}: {}", text(&output));
    }
    for (arguments, part) in [
        (
            &["--against", file, "--samples", "8", "--c", "1/2"][..],
            "entries at most c",
        ),
        (&["--against", file], "--samples"),
        (&["--against", "full", "--samples", "8"], "--d, --L and --c"),
    ] {
        let output = game(&[&["--learner", "piecewise"], arguments].concat());
        assert_eq!(code(&output), 2, "{}", text(&output));
        assert!(text(&output).contains(part), "{part}: {}", text(&output));
    }
    let output = game(&[
        "--learner",
        "nearest",
        "--against",
        "full",
        "--samples",
        "8",
    ]);
    assert_eq!(code(&output), 2, "{}", text(&output));
}

/// Every command of the document is run, and prints the lines that are shown, in order.
#[test]
fn the_document_shows_what_happens() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/game.md");
    let document = std::fs::read_to_string(document).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (_, program) = document.split_once("```python\n").unwrap();
    let (program, _) = program.split_once("```").unwrap();
    std::fs::write(folder.path().join("my_learner.py"), program).unwrap();
    let mut commands = 0;
    for block in document.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").unwrap();
        for shown in block.split("$ runner ").skip(1) {
            let (command, lines) = shown.split_once('\n').unwrap();
            commands += 1;
            if command.contains("my_learner") && !has_python() {
                return;
            }
            let output = Command::new("sh")
                .args(["-c", &format!("\"$RUNNER\" {command}")])
                .env("RUNNER", env!("CARGO_BIN_EXE_runner"))
                .env("NO_COLOR", "1")
                .current_dir(folder.path())
                .output()
                .unwrap();
            assert_eq!(code(&output), 0, "{command}: {}", text(&output));
            let said = text(&output);
            let mut said = said.lines();
            for line in lines.lines().filter(|line| *line != "…") {
                assert!(said.any(|said| said == line), "{command}: no `{line}`");
            }
        }
    }
    assert!(commands >= 5, "{commands}");
}
