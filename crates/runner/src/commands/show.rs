//! `show`: one claim as it is checked.

use crate::cli::Cli;
use crate::workspace;

/// Shows a claim.
pub fn show(cli: &Cli, id: &str) -> u8 {
    let registry = match workspace::load(cli) {
        Ok(registry) => registry,
        Err(code) => return code,
    };
    let Some(claim) = registry.claims.iter().find(|claim| claim.id == id) else {
        workspace::report_problems(&registry, cli.color.on_stdout());
        anstream::eprintln!("error: no claim `{id}`");
        anstream::eprintln!("  help: `runner list` lists the claims");
        return 2;
    };
    let line = |name: &str, text: &str| anstream::println!("{name:<10} {text}");
    line(
        "claim",
        &format!("{} ({}, {})", claim.id, claim.area, claim.kind),
    );
    line("title", &claim.title);
    line(
        "source",
        &format!("{}, {}", claim.source.cite, claim.source.locator),
    );
    line("file", &claim.file.path);
    line(
        "hash",
        &format!("sha256:{}", claim.statement_sha256(&registry.words)),
    );
    anstream::println!("\n{}", claim.statement_text());
    if let Some(reduction) = &claim.reduction {
        match claim.reduced(&registry.words) {
            Some(Ok(reduced)) => anstream::println!("reduced to\n\n{}", reduced.statement_text()),
            _ => anstream::println!("reduced to a statement that cannot be read\n"),
        }
        if !reduction.by.is_empty() {
            line("by", &reduction.by.join(", "));
        }
        if let Some(argument) = &reduction.argument {
            line("argument", argument);
        }
        anstream::println!();
    }
    for mutant in &claim.mutants {
        let how = if mutant.edits.is_empty() {
            "own statement".to_owned()
        } else {
            mutant.edits.join("; ")
        };
        anstream::println!(
            "mutant {:<24} {:<10} {how}",
            mutant.id,
            mutant.expect.to_string()
        );
    }
    for note in claim.reading.iter().chain(&claim.impact).chain(&claim.note) {
        anstream::println!("\n{note}");
    }
    0
}
