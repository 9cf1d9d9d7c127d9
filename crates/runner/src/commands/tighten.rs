//! `tighten`: how far the constants of a claim can be moved.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use kernel::record::{FORMAT, TightnessRun};
use report::{json, tightness_text};
use search::mutants::Budget;
use search::tighten;

use crate::cli::{Cli, TightenArgs};
use crate::{files, run, selection, workspace};

/// Searches the constants of the claims that ids, globs or files name; claims without any are passed over.
pub fn tighten(cli: &Cli, what: &[String], args: &TightenArgs) -> u8 {
    let mut registry = match workspace::load(cli) {
        Ok(registry) => registry,
        Err(code) => return code,
    };
    let chosen = match selection::chosen(cli, &mut registry, what) {
        Ok(chosen) => chosen,
        Err(code) => return code,
    };
    if workspace::report_problems(&registry, cli.color.on_stdout()) {
        return 2;
    }
    let claims = registry.claims.iter();
    let claims: Vec<_> = claims
        .filter(|claim| chosen.contains(&claim.id) && !claim.constants.is_empty())
        .collect();
    if claims.is_empty() {
        anstream::eprintln!("error: no claim named has [constants]");
        anstream::eprintln!(
            "  help: give the number a name: [constants] k0 = {{ value = \"2^7\", locator = \"…\" }}"
        );
        return 2;
    }
    if let Err(code) = run::limit_workers(args.search.jobs) {
        return code;
    }
    if let Err(error) = files::is_writable(&args.out) {
        anstream::eprintln!("error: cannot write into {}: {error}", args.out.display());
        anstream::eprintln!("  help: name a folder with --out DIR");
        return 2;
    }
    run::catch_interrupts();
    let budget = Budget {
        seed: args.search.seed,
        draws: run::budgets(args.search.profile).mutant_draws,
        interrupt: run::interrupted(),
    };
    let mut found = TightnessRun {
        format: FORMAT,
        profile: run::word(args.search.profile).to_owned(),
        seed: args.search.seed,
        interrupted: false,
        constants: Vec::new(),
    };
    let mut texts: Vec<(PathBuf, String)> = Vec::new();
    let mut code = 0;
    for claim in claims {
        let tightened = tighten::tighten(claim, &registry.words, budget);
        // What was not found after an interruption means nothing.
        if run::interrupted().load(Ordering::Relaxed) {
            found.interrupted = true;
            anstream::eprintln!(
                "interrupted in {}: what was finished before is kept",
                claim.id
            );
            code = 130;
            break;
        }
        match tightened {
            Ok(tightened) => {
                for constant in tightened {
                    anstream::print!("{}", tightness_text(&constant.record));
                    found.constants.push(constant.record);
                    let witnesses = constant
                        .witnesses
                        .iter()
                        .map(|(stem, witness)| (format!("witnesses/{stem}.toml"), witness.text()));
                    let certificates = constant.certificates.into_iter();
                    let certificates =
                        certificates.map(|(stem, text)| (format!("certificates/{stem}.box"), text));
                    let both = witnesses.chain(certificates);
                    texts.extend(both.map(|(name, text)| (args.out.join(name), text)));
                }
            }
            Err(reason) => {
                anstream::eprintln!("error: {}: {reason}", claim.id);
                code = 4;
            }
        }
    }
    texts.push((args.out.join("tightness.json"), json::tightness(&found)));
    for (path, text) in texts {
        if let Err(error) = files::write(&path, &text) {
            anstream::eprintln!("error: cannot write {}: {error}", path.display());
            code = 2;
        }
    }
    code
}
