//! Which claims a command is about: ids, globs, or claim files anywhere.

use std::path::Path;

use theorems::registry::Registry;

use crate::cli::Cli;
use crate::workspace;

/// The ids of the claims named, those of claim files outside the registry included, which are read into it; an exit code where one is unknown.
///
/// Of the problems of the registry, those of other files are dropped.
pub fn chosen(cli: &Cli, registry: &mut Registry, what: &[String]) -> Result<Vec<String>, u8> {
    let mut unknown = Vec::new();
    let mut chosen: Vec<String> = Vec::new();
    for item in what {
        if Path::new(item).is_file() {
            let mut single = Registry::with_bibliography(&workspace::folder(cli));
            single.read(Path::new(item));
            chosen.extend(single.claims.iter().map(|claim| claim.id.clone()));
            registry
                .claims
                .retain(|claim| !single.claims.iter().any(|new| new.id == claim.id));
            let known: Vec<String> = single.files.iter().map(|file| file.path.clone()).collect();
            registry
                .diagnostics
                .retain(|problem| !known.contains(&problem.path));
            registry.claims.extend(single.claims);
            registry.diagnostics.extend(single.diagnostics);
            registry.files.extend(single.files);
            continue;
        }
        let found: Vec<String> = registry
            .claims
            .iter()
            .filter(|claim| workspace::matches(item, &claim.id))
            .map(|claim| claim.id.clone())
            .collect();
        if found.is_empty() {
            unknown.push(item.as_str());
        }
        chosen.extend(found);
    }
    registry.diagnostics.retain(|problem| {
        let stem = Path::new(&problem.path)
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        what.iter().any(|item| {
            Path::new(item).is_file() && *item == problem.path || workspace::matches(item, stem)
        })
    });
    let broken: Vec<&str> = registry
        .diagnostics
        .iter()
        .filter_map(|problem| {
            Path::new(&problem.path)
                .file_stem()
                .and_then(|stem| stem.to_str())
        })
        .collect();
    unknown.retain(|item| !broken.iter().any(|stem| workspace::matches(item, stem)));
    for item in &unknown {
        anstream::eprintln!("error: no claim `{item}` and no such file");
        anstream::eprintln!(
            "  help: `runner list` lists the claims; `*` stands for any characters"
        );
    }
    if !unknown.is_empty() {
        return Err(2);
    }
    Ok(chosen)
}
