//! The program as its user sees it: exit codes, files, and bad input.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn registry() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theorems")
}

fn runner(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_runner"))
        .args(["--theorems", registry().to_str().unwrap()])
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// `run.json` without its times.
fn comparable(folder: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(folder.join("run.json")).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value.as_object_mut().unwrap().remove("timing").unwrap();
    value
}

#[test]
fn a_run_writes_its_files_and_does_not_depend_on_threads() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for (folder, jobs) in folders.iter().zip(["1", "8"]) {
        let out = folder.path().to_str().unwrap();
        let output = runner(&[
            "run",
            "compose-*",
            "subdiff-no-c-weak",
            "classical-chain-rule",
            "--profile",
            "quick",
            "--jobs",
            jobs,
            "--out",
            out,
        ]);
        assert_eq!(code(&output), 0, "{}", text(&output));
        for name in [
            "run.json",
            "report.html",
            "junit.xml",
            "claims.sarif",
            "witnesses/classical-chain-rule.toml",
        ] {
            assert!(folder.path().join(name).is_file(), "{name}");
        }
    }
    assert_eq!(comparable(folders[0].path()), comparable(folders[1].path()));
}

#[test]
fn unknown_claims_are_a_usage_error() {
    let output = runner(&["run", "no-such-claim"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output).contains("no claim `no-such-claim`"));
}

#[test]
fn a_tampered_witness_exits_5_and_a_damaged_one_2() {
    let stored = registry().join("witnesses/classical-chain-rule.toml");
    assert_eq!(code(&runner(&["replay", stored.to_str().unwrap()])), 0);
    let good = std::fs::read_to_string(&stored).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("witness.toml");
    for (content, expected) in [
        (good.replace("phi = \"net(([[0]]", "phi = \"net(([[1]]"), 5),
        (good.replace("sha256:", "sha256:0"), 5),
        (good[..good.len() / 2].to_owned(), 2),
        (String::new(), 2),
        ("\u{1}\u{2}".to_owned(), 2),
    ] {
        assert_ne!(content, good);
        std::fs::write(&path, &content).unwrap();
        let output = runner(&["replay", path.to_str().unwrap()]);
        assert_eq!(code(&output), expected, "{}", text(&output));
    }
    assert_eq!(code(&runner(&["replay"])), 2);
}

#[test]
fn damaged_claim_files_get_a_diagnostic() {
    let good = std::fs::read_to_string(registry().join("networks/compose-depth.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("compose-depth.toml");
    let deep = good.replace(
        "depth(compose(psi, phi))",
        &format!(
            "{}depth(compose(psi, phi)){}",
            "(".repeat(100_000),
            ")".repeat(100_000)
        ),
    );
    let mut cases: Vec<(Vec<u8>, i32)> = vec![
        (good.clone().into_bytes(), 0),
        (good.as_bytes()[..good.len() / 2].to_vec(), 2),
        (Vec::new(), 2),
        (vec![0xff, 0xfe, 0x00], 2),
        (vec![b'#'; 100_000_000], 2),
        (deep.into_bytes(), 0),
    ];
    cases.push((good.replace("expr", "exqr").into_bytes(), 2));
    for (number, (bytes, expected)) in cases.into_iter().enumerate() {
        std::fs::write(&path, &bytes).unwrap();
        let output = runner(&["check", path.to_str().unwrap()]);
        assert_eq!(code(&output), expected, "case {number}: {}", text(&output));
        if expected == 2 {
            assert!(
                text(&output).contains("error"),
                "case {number}: {}",
                text(&output)
            );
        }
    }
}

#[test]
fn the_calculator_is_exact() {
    for (expression, expected) in [
        ("0.1 + 0.2 == 0.3", "true"),
        ("deriv(identity_net(1, 2), [0], 1/2)", "[[1]]"),
        ("value(square(3), [1/3])", "[11/96]"),
        ("2^-3", "1/8"),
    ] {
        let output = runner(&["eval", expression]);
        assert_eq!(code(&output), 0, "{}", text(&output));
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), expected);
    }
    assert_eq!(code(&runner(&["eval", "value("])), 2);
    assert_eq!(code(&runner(&["eval", "1/0"])), 4);
}

#[test]
fn every_claim_is_sound_and_listed() {
    let output = runner(&["check"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let listed = runner(&["list"]);
    assert_eq!(code(&listed), 0);
    assert!(String::from_utf8_lossy(&listed.stdout).lines().count() >= 52);
    assert_eq!(code(&runner(&["show", "nn-chain-rule"])), 0);
    assert_eq!(code(&runner(&["show", "nothing"])), 2);
    assert_eq!(code(&runner(&["explain", "SAMPLED"])), 0);
    assert_eq!(code(&runner(&["explain", "functions"])), 0);
    assert_eq!(code(&runner(&["explain", "gibberish"])), 2);
}

/// Ctrl-C ends a run cleanly: a complete record that says so, and exit code 130.
#[cfg(unix)]
#[test]
fn an_interrupted_run_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_runner"))
        .args([
            "--theorems",
            registry().to_str().unwrap(),
            "run",
            "nn-chain-rule",
            "compose-*",
            "--profile",
            "deep",
            "--out",
        ])
        .arg(folder.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_secs(2));
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let record = comparable(folder.path());
    assert_eq!(record["interrupted"], true);
    let incomplete = record["claims"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|claim| claim["status"] == "INCOMPLETE")
        .count();
    assert!(incomplete > 0);
    let page = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(page.to_lowercase().contains("interrupted"));
}
