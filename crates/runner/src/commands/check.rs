//! `check`: read, type, and look for one instance of the hypotheses.

use std::path::PathBuf;

use claim_language::diagnostic::render;
use claim_language::file::Claim;
use search::probe;
use theorems::registry::Registry;
use theorems::statement::Statement;

use crate::cli::Cli;
use crate::workspace;

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
    let color = cli.color.on_stdout();
    let errors = workspace::report_problems(&registry, color);
    let mut broken_mutants = false;
    let mut vacuous = false;
    for claim in &registry.claims {
        broken_mutants |= !mutants(claim, &registry);
        if let Some(problem) = probe::vacuity(claim) {
            anstream::eprint!(
                "{}",
                render(std::slice::from_ref(&problem), &registry.sources(), color)
            );
            vacuous = true;
        }
    }
    let sound = registry.claims.len();
    let noun = if sound == 1 { "claim is" } else { "claims are" };
    let (rest, code) = match (errors || broken_mutants, vacuous) {
        (true, _) => (", there are errors", 2),
        (false, true) => (", some have no instance", 4),
        (false, false) => ("", 0),
    };
    anstream::println!("{sound} {noun} sound{rest}: exit {code}");
    code
}

/// Builds every mutant; prints what is wrong.
fn mutants(claim: &Claim, registry: &Registry) -> bool {
    let mut sound = true;
    for mutant in &claim.mutants {
        let built = claim.mutated(mutant, &registry.words);
        if let Err(problems) = &built {
            anstream::eprint!("{}", render(problems, &registry.sources(), false));
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
