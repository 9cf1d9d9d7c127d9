//! `new`: a claim file to start from.

use crate::cli::Cli;
use crate::{files, workspace};

/// Copies the file of a claim under a new id, in the same area.
pub fn new(cli: &Cli, id: &str, from: &str) -> u8 {
    let registry = match workspace::load(cli) {
        Ok(registry) => registry,
        Err(code) => return code,
    };
    let kebab = id.split('-').all(|part| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    });
    if !kebab {
        anstream::eprintln!(
            "error: `{id}` is no id: lower-case words and digits joined by `-`, such as `my-lemma`"
        );
        return 2;
    }
    let Some(claim) = registry.claims.iter().find(|claim| claim.id == from) else {
        anstream::eprintln!("error: no claim `{from}`");
        anstream::eprintln!("  help: `runner list` lists the claims");
        return 2;
    };
    let path = workspace::folder(cli)
        .join(&claim.area)
        .join(format!("{id}.toml"));
    if path.exists() {
        anstream::eprintln!("error: {} exists already", path.display());
        return 2;
    }
    let mut renamed = false;
    let text: String = claim
        .file
        .text
        .lines()
        // The pinned witness belongs to the other statement.
        .filter(|line| {
            let line = line.trim();
            claim.witness.is_none() || !(line == "[witness]" || line.starts_with("file ="))
        })
        .map(|line| {
            if !renamed && line.contains(&format!("\"{from}\"")) && line.contains("id") {
                renamed = true;
                return line.replacen(&format!("\"{from}\""), &format!("\"{id}\""), 1) + "\n";
            }
            format!("{line}\n")
        })
        .collect();
    if let Err(error) = files::write(&path, &text) {
        anstream::eprintln!("error: cannot write {}: {error}", path.display());
        return 2;
    }
    anstream::println!("{}", path.display());
    anstream::println!(
        "next: edit it, then `cargo run -p runner -- check {}`",
        path.display()
    );
    0
}
