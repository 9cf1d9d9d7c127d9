//! The registry on disk: where it is, what is in it, and its problems on the terminal.

use std::path::{Path, PathBuf};

use claim_language::diagnostic::{Diagnostic, render};
use theorems::registry::Registry;

use crate::cli::Cli;

/// The folder with the claims: the option, or `theorems` here or above.
pub fn folder(cli: &Cli) -> PathBuf {
    if let Some(folder) = &cli.theorems {
        return folder.clone();
    }
    let mut at = std::env::current_dir().unwrap_or_default();
    loop {
        let candidate = at.join("theorems");
        if candidate.join("sources.toml").is_file() {
            let here = std::env::current_dir().unwrap_or_default();
            return candidate
                .strip_prefix(&here)
                .map(Path::to_path_buf)
                .unwrap_or(candidate);
        }
        if !at.pop() {
            return PathBuf::from("theorems");
        }
    }
}

/// Loads the registry, or says why not and gives the exit code.
pub fn load(cli: &Cli) -> Result<Registry, u8> {
    let folder = folder(cli);
    Registry::load(&folder).map_err(|error| {
        anstream::eprintln!(
            "error: cannot read the claims in {}: {error}",
            folder.display()
        );
        anstream::eprintln!(
            "  help: run in the repository, or name the folder with --theorems DIR"
        );
        2
    })
}

/// Prints the problems; true if one of them is an error.
pub fn report_problems(registry: &Registry, color: bool) -> bool {
    if !registry.diagnostics.is_empty() {
        anstream::eprint!(
            "{}",
            render(&registry.diagnostics, &registry.sources(), color)
        );
    }
    for line in &registry.unreadable {
        anstream::eprintln!("error: {line}");
    }
    !registry.unreadable.is_empty() || registry.diagnostics.iter().any(Diagnostic::is_error)
}

/// Whether an id matches a pattern with `*` for any run of characters.
pub fn matches(pattern: &str, id: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(first) = parts.next() else {
        return false;
    };
    let Some(mut rest) = id.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn globs() {
        for (pattern, id) in [
            ("a", "a"),
            ("a*", "abc"),
            ("*c", "abc"),
            ("a*c", "abc"),
            ("*", ""),
            ("a*b*c", "axbyc"),
        ] {
            assert!(matches(pattern, id), "{pattern} {id}");
        }
        for (pattern, id) in [
            ("a", "ab"),
            ("a*d", "abc"),
            ("", "a"),
            ("ab*bc", "abc"),
            ("*a*", "bcd"),
        ] {
            assert!(!matches(pattern, id), "{pattern} {id}");
        }
    }
}
