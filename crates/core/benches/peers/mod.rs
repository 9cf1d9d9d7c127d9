//! The same counts by other programs, in the same run: net by net, first the peers, then we.

mod clock;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use relu_core::geometry::cells::{GradientNorm, count, steepest};
use serde_json::Value;

use crate::{MOST, networks, unit};

const VARIABLE: &str = "PEERS_PYTHON";

/// Prints our counts and times beside those of the peers, and our largest gradients; one line on how to get the peers where
/// they are not named.
pub fn side_by_side() {
    // `cargo test --benches` and listings are not measurements.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let Ok(python) = std::env::var(VARIABLE) else {
        println!(
            "peers: not run. python3 -m venv target/peers && target/peers/bin/pip install -r crates/core/benches/peers/requirements.txt, then {VARIABLE}=$PWD/target/peers/bin/python"
        );
        return;
    };
    if let Err(problem) = counts(&python) {
        println!("peers: {problem}");
    }
    gradients();
}

/// One table of cells, a row for every net and peer.
fn counts(python: &str) -> Result<(), String> {
    let mut peers = Peers::start(python)?;
    let clock = clock::name();
    println!(
        "\nCells in the open unit cube. Median times in ms; ours is {clock} time, that of the peers CPU time.\n"
    );
    println!("| net | cells | ours | peer | its cells | its time | its / ours | same count |");
    println!("| --- | ---: | ---: | --- | ---: | ---: | ---: | --- |");
    let mut seen = std::collections::BTreeSet::new();
    for file in ["ladder", "regions", "degenerate"] {
        for (id, phi) in &networks(file) {
            if !seen.insert(id.clone()) {
                continue;
            }
            let answers = peers.ask(file, id)?;
            let domain = unit(phi.indim());
            let (cells, ours) = clock::median(|| count(phi, &domain, MOST));
            let cells = cells.map_err(|failure| failure.to_string())?;
            for answer in answers {
                println!("{}", row(id, cells, ours, &answer)?);
            }
        }
    }
    println!(
        "\nOurs is exact. The peers work in floating point, so theirs may differ: regioncam in single precision, in two inputs only; affinitree in double precision, and it counts the leaves of a tree."
    );
    Ok(())
}

fn row(id: &str, cells: usize, ours: f64, answer: &Value) -> Result<String, String> {
    let read = || {
        let theirs = answer["cells"].as_u64()?;
        Some((answer["peer"].as_str()?, theirs, answer["ms"].as_f64()?))
    };
    let (peer, theirs, time) = read().ok_or_else(|| format!("unreadable answer {answer}"))?;
    let same = if u64::try_from(cells) == Ok(theirs) {
        "yes"
    } else {
        "NO"
    };
    let ratio = time / ours;
    Ok(format!(
        "| {id} | {cells} | {ours:.3} | {peer} | {theirs} | {time:.3} | {ratio:.1} | {same} |"
    ))
}

/// Our largest gradients alone: LipMIP and ExLipBaB, which compute them too, come from no package index.
fn gradients() {
    println!(
        "\nLargest ℓ1 norm of the gradient, exact. Median {} times in ms.\n",
        clock::name()
    );
    println!("| net | largest ℓ1 norm | ours |");
    println!("| --- | ---: | ---: |");
    for (id, phi) in &networks("regions") {
        let domain = unit(phi.indim());
        let (found, time) = clock::median(|| steepest(phi, &domain, GradientNorm::L1, MOST));
        let largest = found.map_or_else(
            |failure| failure.to_string(),
            |found| found.value.to_string(),
        );
        println!("| {id} | {largest} | {time:.3} |");
    }
}

/// `peers.py`, which answers one line for every line.
struct Peers {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peers {
    fn start(python: &str) -> Result<Self, String> {
        let benches = concat!(env!("CARGO_MANIFEST_DIR"), "/benches");
        let mut child = Command::new(python)
            .arg(format!("{benches}/peers/peers.py"))
            .arg(format!("{benches}/data"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{python}: {error}"))?;
        let questions = child.stdin.take().ok_or("no standard input")?;
        let answers = child.stdout.take().ok_or("no standard output")?;
        Ok(Self {
            child,
            questions,
            answers: BufReader::new(answers),
        })
    }

    fn ask(&mut self, file: &str, id: &str) -> Result<Vec<Value>, String> {
        let stopped = |error: std::io::Error| format!("peers.py stopped: {error}");
        writeln!(self.questions, "{file} {id}").map_err(stopped)?;
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(stopped)?;
        serde_json::from_str(&line).map_err(|error| format!("no answer on {id}: {error}"))
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        // Between two questions the child only waits; it may have ended by itself already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
