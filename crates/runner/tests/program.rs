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

/// Hypotheses that exclude each other, and a condition that nothing generated meets, are found before any search.
#[test]
fn empty_hypotheses_exit_4_with_the_line_that_empties_the_range() {
    let good = std::fs::read_to_string(registry().join("networks/compose-depth.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("compose-depth.toml");
    let empty = format!("{good}\n[assume.flat]\nexpr = 'depth(phi) < 1'\nneeded = \"yes\"\n");
    std::fs::write(&path, empty).unwrap();
    let output = runner(&["check", path.to_str().unwrap()]);
    assert_eq!(code(&output), 4, "{}", text(&output));
    assert!(
        text(&output).contains("C0401") && text(&output).contains("depth(phi) < 1"),
        "{}",
        text(&output)
    );
    let output = runner(&[
        "run",
        path.to_str().unwrap(),
        "--profile",
        "quick",
        "--out",
        folder.path().to_str().unwrap(),
    ]);
    // The mutants die no longer either: code 3 goes before code 4.
    assert_eq!(code(&output), 3, "{}", text(&output));
    assert!(text(&output).contains("VACUOUS"), "{}", text(&output));
}

/// An author's first steps: copy a close claim, check it, run it from anywhere.
#[test]
fn a_new_claim_is_sound_and_runs() {
    let folder = tempfile::tempdir().unwrap();
    let theorems = folder.path().join("theorems");
    std::fs::create_dir_all(theorems.join("networks")).unwrap();
    for file in ["sources.toml", "networks/compose-depth.toml"] {
        std::fs::copy(registry().join(file), theorems.join(file)).unwrap();
    }
    let here = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_runner"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let made = here(&["new", "my-lemma", "--from", "compose-depth"]);
    assert_eq!(code(&made), 0, "{}", text(&made));
    assert!(theorems.join("networks/my-lemma.toml").is_file());
    assert_eq!(
        code(&here(&["check", "theorems/networks/my-lemma.toml"])),
        0
    );
    let ran = here(&["run", "my-lemma", "--profile", "quick"]);
    assert_eq!(code(&ran), 0, "{}", text(&ran));
    assert!(folder.path().join("reports/latest/run.json").is_file());
    assert_eq!(
        code(&here(&["new", "my-lemma", "--from", "compose-depth"])),
        2,
        "it exists already"
    );
    assert_eq!(
        code(&here(&["new", "My Lemma", "--from", "compose-depth"])),
        2
    );
    assert_eq!(code(&here(&["new", "other", "--from", "nothing"])), 2);
}

/// The calculator reads network files, and refuses damaged ones with the place.
#[test]
fn the_calculator_reads_network_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.json");
    let good = r#"{ "format": 1, "activation": "relu", "layers": [ { "W": [["1"],["-1/2"]], "b": ["0", "0.5"] }, { "W": [["1","1"]], "b": ["0"] } ] }"#;
    std::fs::write(&path, good).unwrap();
    let binding = format!("phi={}", path.display());
    let output = runner(&["eval", "value(phi, [1/3])", "--let", &binding, "--json"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        value,
        serde_json::json!({ "value": ["2/3"], "exact": true, "enclosure": null })
    );
    for (from, to) in [
        ("\"0.5\"", "\"nan\""),
        ("\"0.5\"", "\"inf\""),
        ("\"0.5\"", "0.5"),
        (", \"0.5\"", ""),
        ("relu", "tanh"),
        ("\"format\": 1", "\"format\": 2"),
        ("\"b\"", "\"bias\""),
    ] {
        std::fs::write(&path, good.replacen(from, to, 1)).unwrap();
        let output = runner(&["eval", "depth(phi)", "--let", &binding]);
        assert_eq!(code(&output), 2, "{to}: {}", text(&output));
        assert!(
            text(&output).contains("net.json"),
            "{to}: {}",
            text(&output)
        );
    }
}

/// The largest gradient is enclosed in more inputs than cells are enumerated in, and the certificate is checked without search.
#[test]
fn the_largest_gradient_comes_with_a_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (net, certificate) = (path("net.json"), path("certificate.toml"));
    // Σ|x_j|: eight pairs of neurons, all partial derivatives ±1.
    let rows: Vec<String> = (0..16)
        .map(|i| {
            let entry = |j: usize| match (i / 2 == j, i % 2) {
                (true, 0) => "\"1\"",
                (true, _) => "\"-1\"",
                (false, _) => "\"0\"",
            };
            format!("[{}]", (0..8).map(entry).collect::<Vec<_>>().join(","))
        })
        .collect();
    let good = format!(
        r#"{{ "format": 1, "layers": [ {{ "W": [{}], "b": [{}] }}, {{ "W": [[{}]], "b": ["0"] }} ] }}"#,
        rows.join(","),
        ["\"0\""; 16].join(","),
        ["\"1\""; 16].join(",")
    );
    std::fs::write(&net, &good).unwrap();
    for (norm, answer) in [("1", "8"), ("2", "8"), ("inf", "1")] {
        let ask = ["lipschitz", &net, "--box", "[-1,1]^8", "--norm", norm];
        let output = runner(&[&ask[..], &["--certificate", &certificate]].concat());
        assert_eq!(code(&output), 0, "{}", text(&output));
        assert!(
            text(&output).contains(&format!("upper  {answer} ")),
            "{}",
            text(&output)
        );
        assert!(
            text(&output).contains("the bounds meet"),
            "{}",
            text(&output)
        );
        let output = runner(&[&ask[..], &["--check", &certificate, "--json"]].concat());
        assert_eq!(code(&output), 0, "{}", text(&output));
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(value["lower"], answer);
        assert_eq!(value["upper"], answer);
        assert_eq!(value["exact"], true);
        // Another box, another norm, a smaller claim.
        let other = if norm == "1" { "inf" } else { "1" };
        for (domain, norm) in [("[-1,2]^8", norm), ("[-1,1]^8", other)] {
            let ask = ["lipschitz", &net, "--box", domain, "--norm", norm];
            let output = runner(&[&ask[..], &["--check", &certificate]].concat());
            assert_eq!(code(&output), 5, "{}", text(&output));
        }
        let stored = std::fs::read_to_string(&certificate).unwrap();
        let claim = format!("upper = \"{answer}\"");
        assert!(stored.contains(&claim));
        std::fs::write(&certificate, stored.replace(&claim, "upper = \"1/2\"")).unwrap();
        let output = runner(&[&ask[..], &["--check", &certificate]].concat());
        assert_eq!(code(&output), 5, "{}", text(&output));
        std::fs::write(&certificate, "format = 1").unwrap();
        let output = runner(&[&ask[..], &["--check", &certificate]].concat());
        assert_eq!(code(&output), 2, "{}", text(&output));
    }
    let ask = [
        "lipschitz",
        &net,
        "--norm",
        "1",
        "--fuel",
        "0",
        "--box",
        "[-1,1]^8",
    ];
    let output = runner(&ask);
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert!(
        text(&output).contains("the bounds do not meet"),
        "{}",
        text(&output)
    );
    for (domain, part) in [
        ("[-1,1]^7", "7"),
        ("[1,1]^8", "interior"),
        ("Rd", "bounded"),
        ("3", "expected a box"),
    ] {
        let output = runner(&["lipschitz", &net, "--box", domain, "--norm", "1"]);
        assert_eq!(code(&output), 2, "{domain}: {}", text(&output));
        assert!(text(&output).contains(part), "{domain}: {}", text(&output));
    }
    // Cells are enumerated in up to six inputs; the calculator says who goes on.
    let binding = format!("phi={net}");
    let output = runner(&["eval", "lip1(phi, [-1,1]^8)", "--let", &binding]);
    assert_eq!(code(&output), 4, "{}", text(&output));
    assert!(
        text(&output).contains("runner lipschitz"),
        "{}",
        text(&output)
    );
    std::fs::write(&net, good.replacen("\"1\"", "\"NaN\"", 1)).unwrap();
    let output = runner(&["lipschitz", &net, "--box", "[-1,1]^8", "--norm", "1"]);
    assert_eq!(code(&output), 2, "{}", text(&output));
    assert!(text(&output).contains("net.json"), "{}", text(&output));
}

/// Every command line that a document shows is one that the program accepts.
#[test]
fn documents_show_commands_that_exist() {
    let top = registry().join("..");
    let mut shown = 0;
    for document in [
        "README.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
        "docs/claims.md",
        "docs/constants.md",
        "docs/run-json.md",
    ] {
        let text_of = std::fs::read_to_string(top.join(document)).unwrap();
        for piece in text_of.split("cargo run -p runner -- ").skip(1) {
            let command = piece
                .split(|c: char| c.is_whitespace() || c == '`')
                .next()
                .unwrap_or_default();
            let output = runner(&[command, "--help"]);
            assert_eq!(code(&output), 0, "{document}: {command}: {}", text(&output));
            shown += 1;
        }
    }
    assert!(shown >= 4, "{shown}");
}

/// What the document shows of constants is what the program prints; witnesses replay, stand in the report, and go stale with the statement.
#[test]
fn constants_are_moved_as_the_document_shows() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("tightness");
    let out = out.to_str().unwrap();
    let claims = ["growth", "lip-l2", "pc-error", "sharp-ratio", "upper-main"];
    let output = runner(&[&["tighten", "--out", out], &claims[..]].concat());
    assert_eq!(code(&output), 0, "{}", text(&output));
    let document = registry().join("../docs/constants.md");
    let document = std::fs::read_to_string(document).unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    for claim in claims {
        let of_claim = |text: &str| -> Vec<String> {
            let lines = text
                .lines()
                .skip_while(|line| !line.starts_with(&format!("{claim}  ")));
            let first = lines.clone().take(1);
            let others = lines.skip(1).take_while(|line| line.starts_with("  "));
            first.chain(others).map(str::to_owned).collect()
        };
        assert!(of_claim(&printed).len() >= 3, "{printed}");
        assert_eq!(of_claim(&document), of_claim(&printed));
    }
    let witness = format!("{out}/witnesses/pc-error.k0.smaller.toml");
    let output = runner(&["replay", &witness]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let good = std::fs::read_to_string(&witness).unwrap();
    let to = good.replace("k0 = 2^(-9/8)", "k0 = 2^(-7/8)");
    assert_ne!(to, good);
    std::fs::write(&witness, to).unwrap();
    assert_eq!(code(&runner(&["replay", &witness])), 5);

    let report = folder.path().join("report");
    let shown = |arguments: &[&str]| {
        let common = [
            "run",
            "sharp-ratio",
            "--quiet",
            "--out",
            report.to_str().unwrap(),
        ];
        let output = runner(&[&common[..], arguments].concat());
        assert_eq!(code(&output), 0, "{}", text(&output));
        let page = std::fs::read_to_string(report.join("report.html")).unwrap();
        page.contains("How far the constants can be moved")
    };
    assert!(!shown(&[]));
    assert!(shown(&["--tightness", out]));
    let found = format!("{out}/tightness.json");
    let good = std::fs::read_to_string(&found).unwrap();
    // Nothing is shown that the certificates and witnesses beside it do not give.
    let upper = ["run", "upper-main", "--quiet", "--tightness", out, "--out"];
    let upper = || runner(&[&upper[..], &[report.to_str().unwrap()]].concat());
    assert_eq!(code(&upper()), 0);
    for (from, to) in [
        ("\"certified\": 524", "\"certified\": 525"),
        ("\"at\": 12", "\"at\": 13"),
        ("eps = 13/3", "eps = 1"),
        ("\"lhs\": \"9/2\"", "\"lhs\": \"9\""),
        ("\"value\": \"3\"", "\"value\": \"2\""),
        ("        \"A\"\n", ""),
    ] {
        let changed = good.replace(from, to);
        assert_ne!(changed, good, "{from}");
        std::fs::write(&found, changed).unwrap();
        let output = upper();
        assert_eq!(code(&output), 5, "{from}: {}", text(&output));
        assert!(
            text(&output).contains("tightness.json"),
            "{}",
            text(&output)
        );
    }
    std::fs::write(&found, &good).unwrap();
    let certificate = format!("{out}/certificates/upper-main.k0.larger.1.box");
    let kept = std::fs::read_to_string(&certificate).unwrap();
    std::fs::remove_file(&certificate).unwrap();
    assert_eq!(code(&upper()), 5);
    std::fs::write(&certificate, kept).unwrap();
    assert_eq!(code(&upper()), 0);
    let hash = good.find("\"statement_sha256\": \"").unwrap();
    std::fs::write(
        &found,
        good.replace(&good[hash..hash + 30], "\"statement_sha256\": \"0"),
    )
    .unwrap();
    assert!(shown(&["--tightness", out]));
    for damaged in [
        String::new(),
        good.replacen("\"format\": 1", "\"format\": 2", 1),
    ] {
        std::fs::write(&found, damaged).unwrap();
        let output = runner(&["run", "sharp-ratio", "--tightness", out, "--out", out]);
        assert_eq!(code(&output), 2, "{}", text(&output));
        assert!(text(&output).contains("tightness.json"));
    }
}

/// A certificate of boxes is checked without search: as written, with another split, for another statement, and damaged.
#[test]
fn certificates_of_boxes_are_replayed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let output = runner(&["run", "bump-core", "upper-main", "--quiet", "--out", out]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let file = |name: &str| folder.path().join("certificates").join(name);
    let (own, reduced) = (
        file("bump-core.height.box"),
        file("upper-main.reduced.1.box"),
    );
    for path in [&own, &reduced] {
        let output = runner(&["replay", path.to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{}", text(&output));
        assert!(
            text(&output).contains("holds on the whole range"),
            "{}",
            text(&output)
        );
    }
    let good = std::fs::read_to_string(&own).unwrap();
    let other = std::fs::read_to_string(&reduced).unwrap();
    let trees = other.find("box certificate").unwrap();
    let title = good.find("box certificate").unwrap();
    for (changed, expected) in [
        (good.replace("conclusion height", "conclusion support"), 5),
        (good.replace("conclusion height", "conclusion breadth"), 5),
        (good.replace("conclusion height", "reduced 0"), 5),
        (good.replace("claim bump-core", "claim upper-main"), 5),
        (format!("{}{}", &good[..title], &other[trees..]), 5),
        (good.replacen("leaf", "leaf\nleaf", 1), 5),
        (good.replace("claim bump-core", "claim no-such-claim"), 2),
        (good.replace("statement sha256", "sha256"), 2),
        (good.replacen("leaf", "leaves", 1), 2),
        (String::new(), 2),
    ] {
        assert_ne!(changed, good);
        std::fs::write(&own, &changed).unwrap();
        let output = runner(&["replay", own.to_str().unwrap()]);
        assert_eq!(code(&output), expected, "{changed}: {}", text(&output));
    }
}

/// Claims without constants are a usage error, as unknown ones are.
#[test]
fn nothing_to_tighten_is_a_usage_error() {
    for claim in ["atoms-example", "no-such-claim"] {
        let output = runner(&["tighten", claim]);
        assert_eq!(code(&output), 2, "{}", text(&output));
        assert!(text(&output).contains("help:"), "{}", text(&output));
    }
}

/// Fuel that runs out is INCOMPLETE; an objective is climbed; both come from the claim file.
#[test]
fn search_settings_of_a_claim_are_obeyed() {
    let good = std::fs::read_to_string(registry().join("networks/compose-depth.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("compose-depth.toml");
    let out = folder.path().to_str().unwrap();
    let start = good.find("[[mutant]]").unwrap();
    let with =
        |settings: &str| format!("{}[search]\n{settings}\n{}", &good[..start], &good[start..]);
    std::fs::write(&path, with("fuel = 50")).unwrap();
    let output = runner(&["run", path.to_str().unwrap(), "--out", out]);
    assert_eq!(code(&output), 4, "{}", text(&output));
    let record = comparable(folder.path());
    assert_eq!(record["claims"][0]["status"], "INCOMPLETE");
    assert_eq!(record["claims"][0]["engines"]["draws"]["stop"], "fuel");
    std::fs::write(&path, with("draws = 500\nobjective = 'width(phi)'")).unwrap();
    let output = runner(&["run", path.to_str().unwrap(), "--out", out]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let claim = &comparable(folder.path())["claims"][0];
    assert_eq!(claim["engines"]["draws"]["trials"], 500);
    assert!(claim["engines"]["adversarial"]["trials"].as_u64().unwrap() > 0);
    assert_eq!(claim["best_ratio"], serde_json::Value::Null);
}

/// Reports that cannot be written are noticed before anything is searched.
#[test]
fn an_output_folder_that_cannot_be_written_exits_2_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    std::fs::write(&blocked, "").unwrap();
    let output = runner(&[
        "run",
        "nn-chain-rule",
        "--out",
        blocked.join("reports").to_str().unwrap(),
    ]);
    assert_eq!(code(&output), 2, "{}", text(&output));
    assert!(
        text(&output).contains("cannot write reports into"),
        "{}",
        text(&output)
    );
    assert!(!text(&output).contains("exit 0"), "{}", text(&output));
}
