//! Examines claims in parallel: progress on a terminal, panics isolated per claim, interruption reported.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use claim_language::file::Claim;
use kernel::record::{ClaimRecord, RunRecord, Status, Tool};
use kernel::verdict::settle_reductions;
use kernel::witness::WitnessFile;
use rayon::prelude::*;
use report::terminal::{Paint, claim_line};
use search::examine::{Examined, Options, examine};
use theorems::registry::Registry;

use crate::cli::{Profile, RunArgs};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C end the run cleanly; a second one ends the process.
pub fn catch_interrupts() {
    let installed = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    if let Err(error) = installed {
        anstream::eprintln!("warning: Ctrl-C will not end the run cleanly: {error}");
    }
}

/// Limits the worker threads, or says why not and gives the exit code.
pub fn limit_workers(jobs: Option<usize>) -> Result<(), u8> {
    let Some(jobs) = jobs else {
        return Ok(());
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1));
    pool.build_global().map_err(|error| {
        anstream::eprintln!("error: cannot start {jobs} workers: {error}");
        70
    })
}

/// Set by Ctrl-C.
pub fn interrupted() -> &'static AtomicBool {
    &INTERRUPTED
}

/// Everything a run produced.
pub struct Outcome {
    /// The record, settled.
    pub record: RunRecord,
    /// Witness files by stem.
    pub witnesses: BTreeMap<String, WitnessFile>,
    /// Texts of certificate files by stem.
    pub certificates: BTreeMap<String, String>,
}

/// The budgets of a profile.
#[derive(Clone, Copy, Debug)]
pub struct Budgets {
    /// Draws per sampled conclusion where the claim gives no number.
    pub draws: u64,
    /// What the claims' own numbers are multiplied by: numerator and denominator.
    pub scale: (u64, u64),
    /// Least number of draws where a claim asks for many.
    pub least: u64,
    /// Draws per mutant.
    pub mutant_draws: u64,
}

/// The budgets of a profile; all budgets of the program are here.
pub fn budgets(profile: Profile) -> Budgets {
    match profile {
        Profile::Quick => Budgets {
            draws: 2_000,
            scale: (1, 10),
            least: 1,
            mutant_draws: 4_000,
        },
        Profile::Default => Budgets {
            draws: 20_000,
            scale: (1, 1),
            least: 1,
            mutant_draws: 20_000,
        },
        Profile::Deep => Budgets {
            draws: 200_000,
            scale: (10, 1),
            least: 1_000_000,
            mutant_draws: 200_000,
        },
    }
}

/// The word of a profile.
pub fn word(profile: Profile) -> &'static str {
    match profile {
        Profile::Quick => "quick",
        Profile::Default => "default",
        Profile::Deep => "deep",
    }
}

/// Examines the claims; `folder` holds the pinned witnesses.
pub fn run(
    registry: &Registry,
    claims: &[&Claim],
    folder: &Path,
    args: &RunArgs,
    paint: Paint,
) -> Outcome {
    let started = Instant::now();
    let Budgets {
        draws,
        scale,
        least,
        mutant_draws,
    } = budgets(args.search.profile);
    let options = Options {
        seed: args.search.seed,
        draws,
        scale,
        least,
        mutant_draws,
        interrupt: &INTERRUPTED,
    };
    let progress = Progress::new(claims.len(), args.quiet, paint);
    let times = Mutex::new(BTreeMap::new());
    let examined: Vec<Examined> = claims
        .par_iter()
        .map(|claim| {
            let begun = Instant::now();
            let mut examined = isolated(claim, registry, folder, options);
            // The witness of a claim outside of the registry is checked with its file.
            if let Some(command) = &mut examined.record.replay
                && !Path::new(&claim.file.path).starts_with(folder)
            {
                command.push_str(&format!(" --claim {}", claim.file.path));
            }
            progress.finished(&examined.record);
            let elapsed = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            if let Ok(mut times) = times.lock() {
                times.insert(claim.id.clone(), elapsed);
            }
            examined
        })
        .collect();
    progress.done();
    let tool = Tool {
        name: "referee".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: None,
    };
    let mut record = RunRecord::new(tool, word(args.search.profile), args.search.seed);
    record.registry.claims = registry.claims.len();
    record.registry.sources = registry.words.bibliography.entries.len();
    record.budget = [
        ("draws".to_owned(), draws),
        ("mutant draws".to_owned(), mutant_draws),
    ]
    .into();
    record.bibliography = registry
        .words
        .bibliography
        .entries
        .iter()
        .map(|(key, entry)| (key.clone(), entry.title.clone()))
        .collect();
    record.interrupted = INTERRUPTED.load(Ordering::Relaxed);
    let sources = registry.sources();
    record.diagnostics = registry
        .diagnostics
        .iter()
        .map(|problem| (&problem.record(&sources)).into())
        .collect();
    let (mut witnesses, mut certificates) = (BTreeMap::new(), BTreeMap::new());
    for examined in examined {
        if examined.record.status == Status::Broken
            && examined
                .record
                .messages
                .iter()
                .any(|m| m.starts_with("panic"))
        {
            record.faults.push(format!(
                "{}: {}",
                examined.record.id,
                examined.record.messages.join("; ")
            ));
        }
        record.claims.push(examined.record);
        witnesses.extend(examined.witnesses);
        certificates.extend(examined.certificates);
    }
    settle_reductions(&mut record.claims);
    record.settle();
    record.timing.total = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    record.timing.workers = u64::try_from(rayon::current_num_threads()).unwrap_or(u64::MAX);
    record.timing.claims = times.into_inner().unwrap_or_default();
    Outcome {
        record,
        witnesses,
        certificates,
    }
}

/// Examines one claim with its pinned witness; once interrupted, claims not begun stay INCOMPLETE.
fn isolated(claim: &Claim, registry: &Registry, folder: &Path, options: Options<'_>) -> Examined {
    if INTERRUPTED.load(Ordering::Relaxed) {
        return without_verdict(
            claim,
            Status::Incomplete,
            "interrupted before it was begun".to_owned(),
        );
    }
    let pinned = claim
        .witness
        .as_ref()
        .map(|name| folder.join("witnesses").join(name));
    let text = pinned.and_then(|path| std::fs::read_to_string(path).ok());
    guarded(claim, options.seed, || {
        examine(claim, &registry.words, text.as_deref(), options)
    })
}

/// Runs an examination; a panic makes the claim BROKEN and the others go on.
fn guarded(claim: &Claim, seed: u64, examination: impl FnOnce() -> Examined) -> Examined {
    catch_unwind(AssertUnwindSafe(examination)).unwrap_or_else(|panic| {
        let reason = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("without a message");
        without_verdict(
            claim,
            Status::Broken,
            format!("panic: {reason} (seed {seed})"),
        )
    })
}

fn without_verdict(claim: &Claim, status: Status, message: String) -> Examined {
    let kind = claim
        .kind
        .to_string()
        .parse()
        .unwrap_or(kernel::record::Kind::Experiment);
    let expect = claim
        .expect
        .and_then(|expect| expect.to_string().parse().ok());
    let mut record = ClaimRecord::new(&claim.id, &claim.area, &claim.title, kind, expect);
    record.status = status;
    record.messages.push(message);
    Examined {
        record,
        witnesses: BTreeMap::new(),
        certificates: BTreeMap::new(),
    }
}

/// A bar on a terminal, a line per claim elsewhere.
struct Progress {
    total: usize,
    done: AtomicUsize,
    bar: bool,
    quiet: bool,
    paint: Paint,
}

impl Progress {
    fn new(total: usize, quiet: bool, paint: Paint) -> Self {
        Self {
            total,
            done: AtomicUsize::new(0),
            bar: std::io::stderr().is_terminal() && !quiet,
            quiet,
            paint,
        }
    }

    fn finished(&self, record: &ClaimRecord) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.bar {
            let filled = done * 20 / self.total.max(1);
            let mut stderr = std::io::stderr().lock();
            let line = format!(
                "\r [{:20}] {done:>3}/{}  {:<40}",
                "#".repeat(filled),
                self.total,
                record.id
            );
            // A terminal that cannot be written to only loses the bar.
            let _ = stderr.write_all(line.as_bytes());
            let _ = stderr.flush();
        } else if !self.quiet {
            anstream::eprintln!("{}", claim_line(record, 100, self.paint));
        }
    }

    fn done(&self) {
        if self.bar {
            let _ = std::io::stderr().write_all(format!("\r{:80}\r", "").as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_breaks_one_claim_and_is_an_internal_fault() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theorems");
        let registry = Registry::load(&folder).unwrap();
        let claim = &registry.claims[0];
        let broken = guarded(claim, 7, || panic!("division of the indivisible"));
        assert_eq!(broken.record.status, Status::Broken);
        assert_eq!(
            broken.record.messages,
            ["panic: division of the indivisible (seed 7)"]
        );
        let mut record = RunRecord::new(Tool::default(), "quick", 7);
        record.claims.push(broken.record);
        record.settle();
        assert_eq!(record.exit.code, 70);
    }
}
