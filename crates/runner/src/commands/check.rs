//! `check`: read, type, and look for one instance of the hypotheses.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use claim_language::file::Claim;
use kernel::check::Constructions;
use search::draws::{Plan, run};
use theorems::registry::Registry;
use theorems::statement::Statement;

use crate::cli::Cli;
use crate::workspace;

/// Draws of the vacuity probe.
const PROBE: u64 = 2000;

/// Checks the files, or the whole registry.
pub fn check(cli: &Cli, files: &[PathBuf]) -> u8 {
    let registry = if files.is_empty() {
        match workspace::load(cli) {
            Ok(registry) => registry,
            Err(code) => return code,
        }
    } else {
        let mut registry = Registry::with_bibliography(&workspace::folder(cli));
        files.iter().for_each(|file| registry.read(file));
        registry
    };
    let errors = workspace::report_problems(&registry, cli.color.on_stdout());
    let mut broken_mutants = false;
    let mut vacuous = false;
    for claim in &registry.claims {
        broken_mutants |= !mutants(claim, &registry);
        vacuous |= !inhabited(claim);
    }
    let count = registry.claims.len();
    if errors || broken_mutants {
        anstream::println!("{count} claims are sound, others have errors: exit 2");
        2
    } else if vacuous {
        anstream::println!("{count} claims are sound, some have no instance: exit 4");
        4
    } else {
        anstream::println!("{count} claims are sound: exit 0");
        0
    }
}

/// Builds every mutant; prints what is wrong.
fn mutants(claim: &Claim, registry: &Registry) -> bool {
    let mut sound = true;
    for mutant in &claim.mutants {
        let built = claim.mutated(mutant, &registry.words);
        if let Err(problems) = &built {
            anstream::eprint!(
                "{}",
                claim_language::diagnostic::render(problems, &registry.sources(), false)
            );
            sound = false;
        }
        if let Ok(mutated) = built
            && let Err(problem) = Statement::compile(&mutated)
        {
            anstream::eprintln!("error: {}: {problem}", mutated.id);
            sound = false;
        }
    }
    sound
}

/// Whether some draw met the hypotheses of every conclusion.
fn inhabited(claim: &Claim) -> bool {
    let statement = match Statement::compile(claim) {
        Ok(statement) => statement,
        Err(problem) => {
            anstream::eprintln!("error: {}: {problem}", claim.id);
            return false;
        }
    };
    let interrupt = AtomicBool::new(false);
    let counts: Vec<u64> = (0..statement.conclusions.len())
        .map(|index| {
            let finite = statement.finite_instances(index, theorems::value::Backend::Fast);
            if finite.is_some_and(|instances| !instances.is_empty()) {
                0
            } else {
                PROBE
            }
        })
        .collect();
    let plan = Plan {
        seed: 1,
        counts: &counts,
        constructions: Constructions::RefuteNothing,
        interrupt: &interrupt,
    };
    let report = run(&statement, plan);
    let mut met = true;
    for (asserted, (found, count)) in statement
        .conclusions
        .iter()
        .zip(report.conclusions.iter().zip(&counts))
    {
        if *count > 0 && found.draws.met() == 0 && found.candidates.is_empty() {
            anstream::eprintln!(
                "error[C0401]: {}: the hypotheses admit no instance in {PROBE} draws (conclusion `{}`)",
                claim.id,
                asserted.name
            );
            met = false;
        }
    }
    met
}
