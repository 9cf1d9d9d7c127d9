//! `replay`: re-check stored witnesses with the kernel only.

use std::path::{Path, PathBuf};

use claim_language::file::Claim;
use kernel::certificate::parameters::Stored;
use kernel::check::Constructions;
use kernel::tightness::killed;
use kernel::witness::WitnessFile;
use theorems::registry::Registry;
use theorems::statement::Statement;

use crate::cli::Cli;
use crate::workspace;

/// The extension of certificates of boxes.
const BOX: &str = "box";

/// Largest file that is read.
const MAX_BYTES: u64 = 1 << 20;

/// Replays the files, or everything stored under `theorems/witnesses`.
///
/// A name that is no file here is looked up beside the latest report and among the stored witnesses.
pub fn replay(cli: &Cli, files: &[PathBuf], all: bool, claims: &[PathBuf]) -> u8 {
    let mut registry = match workspace::load(cli) {
        Ok(registry) => registry,
        Err(code) => return code,
    };
    for path in claims {
        registry.read(path);
    }
    let stored = workspace::folder(cli).join("witnesses");
    let mut paths: Vec<PathBuf> = files.iter().map(|file| found(file, &stored)).collect();
    if all {
        let mut stored: Vec<PathBuf> = std::fs::read_dir(&stored)
            .map(|entries| {
                entries
                    .filter_map(Result::ok)
                    .map(|entry| entry.path())
                    .collect()
            })
            .unwrap_or_default();
        stored.sort();
        paths.extend(
            stored
                .into_iter()
                .filter(|path| path.extension().is_some_and(|e| e == "toml")),
        );
    }
    if paths.is_empty() {
        anstream::eprintln!("error: nothing to replay");
        anstream::eprintln!(
            "  help: name a witness file, or `--all` for everything under theorems/witnesses"
        );
        return 2;
    }
    let mut codes = Vec::new();
    for path in &paths {
        match one(&registry, path) {
            Ok(line) => anstream::println!("replayed  {}  {line}", path.display()),
            Err((code, line)) => {
                anstream::println!("REJECTED  {}  {line}", path.display());
                codes.push(code);
            }
        }
    }
    let agreed = paths.len() - codes.len();
    let boxes = paths.iter().any(|path| is_box(path));
    let noun = match (boxes, paths.len()) {
        (true, 1) => "file",
        (true, _) => "files",
        (false, 1) => "witness",
        (false, _) => "witnesses",
    };
    anstream::println!("{} {noun}, {agreed} agree", paths.len());
    if codes.contains(&2) {
        2
    } else {
        codes.first().copied().unwrap_or(0)
    }
}

/// The file itself, or the one of this name under the latest report or among the stored witnesses.
fn found(file: &Path, stored: &Path) -> PathBuf {
    let latest = ["reports/latest/witnesses", "reports/latest/certificates"].map(Path::new);
    latest
        .into_iter()
        .chain([stored])
        .map(|folder| folder.join(file))
        .find(|candidate| !file.exists() && candidate.is_file())
        .unwrap_or_else(|| file.to_path_buf())
}

fn one(registry: &Registry, path: &Path) -> Result<String, (u8, String)> {
    let unreadable = |reason: String| (2, reason);
    let size = std::fs::metadata(path)
        .map_err(|error| unreadable(error.to_string()))?
        .len();
    if size > MAX_BYTES {
        return Err(unreadable(format!(
            "a file of at most {MAX_BYTES} bytes, got {size}"
        )));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    if is_box(path) {
        return on_boxes(registry, &text);
    }
    let file = WitnessFile::parse(&text).map_err(|refused| unreadable(refused.to_string()))?;
    let (claim, part) = claimed(registry, &file.claim).map_err(unreadable)?;
    let refutation = match part {
        None => {
            let statement = Statement::compile(claim).map_err(unreadable)?;
            file.replay(
                &statement,
                &claim.statement_sha256(&registry.words),
                Constructions::RefuteNothing,
            )
            .map_err(|refused| (5, refused.to_string()))?
        }
        Some(part) => {
            let (changed, kills) = changed(registry, claim, part).map_err(unreadable)?;
            killed(claim, &changed, &registry.words, kills, &file).map_err(|no| (5, no))?
        }
    };
    Ok(match refutation.sides {
        Some((lhs, rhs)) => format!("{} fails: {lhs} against {rhs}", refutation.conclusion),
        None => format!("{} fails", refutation.conclusion),
    })
}

fn is_box(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == BOX)
}

/// The claim that a file is about, and the part behind its id.
fn claimed<'a, 'b>(
    registry: &'a Registry,
    name: &'b str,
) -> Result<(&'a Claim, Option<&'b str>), String> {
    let split = name.split_once('/');
    let (id, part) = split.map_or((name, None), |(id, part)| (id, Some(part)));
    let claim = registry.claims.iter().find(|claim| claim.id == id);
    claim
        .map(|claim| (claim, part))
        .ok_or_else(|| format!("no claim `{id}`"))
}

/// A certificate of boxes, checked by the kernel alone.
fn on_boxes(registry: &Registry, text: &str) -> Result<String, (u8, String)> {
    let unreadable = |reason: String| (2, reason);
    let stored = Stored::parse(text).map_err(unreadable)?;
    let (claim, part) = claimed(registry, &stored.claim).map_err(unreadable)?;
    let moved = part.map(|part| changed(registry, claim, part));
    let moved = moved.transpose().map_err(unreadable)?;
    let claim = moved.as_ref().map_or(claim, |(claim, _)| claim);
    let closed = stored
        .check(claim, &registry.words)
        .map_err(|refused| (5, refused))?;
    let narrowed: Vec<String> = closed.narrowed().collect();
    let range = match narrowed.is_empty() {
        true => "on the whole range".to_owned(),
        false => format!("for {}", narrowed.join(", ")),
    };
    Ok(format!("{} holds {range}", stored.about))
}

/// The claim with the statement of a mutant, or with another constant for a part `name = value`, and the conclusion that has to fail.
fn changed<'a>(
    registry: &Registry,
    claim: &'a Claim,
    part: &str,
) -> Result<(Claim, Option<&'a str>), String> {
    if let Some((name, value)) = part.split_once(" = ") {
        return claim
            .with_constant(name, value, &registry.words)
            .and_then(Result::ok)
            .map(|changed| (changed, None))
            .ok_or_else(|| {
                format!(
                    "claim `{}` has no constant `{name}` that can be {value}",
                    claim.id
                )
            });
    }
    let mutant = claim
        .mutant(part)
        .ok_or_else(|| format!("claim `{}` has no mutant `{part}`", claim.id))?;
    let changed = claim
        .mutated(mutant, &registry.words)
        .map_err(|_| format!("mutant `{part}` does not apply"))?;
    Ok((changed, mutant.kills.as_deref()))
}
