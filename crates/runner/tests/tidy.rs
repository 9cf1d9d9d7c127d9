//! The rules of the workspace that no compiler checks.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The crates of the workspace a manifest depends on, outside tests.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let table: toml::Table = toml::from_str(manifest).unwrap();
    table["dependencies"]
        .as_table()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

#[test]
fn crates_depend_in_one_direction() {
    let allowed: BTreeMap<&str, &[&str]> = [
        ("core", &[][..]),
        ("language", &[][..]),
        ("theorems", &["relu-core", "claim-language"][..]),
        ("kernel", &["relu-core", "claim-language", "theorems"][..]),
        (
            "search",
            &["relu-core", "claim-language", "theorems", "kernel"][..],
        ),
        ("training", &["relu-core"][..]),
        ("report", &["kernel", "claim-language", "training"][..]),
        (
            "runner",
            &[
                "relu-core",
                "claim-language",
                "theorems",
                "kernel",
                "search",
                "training",
                "report",
            ][..],
        ),
    ]
    .into();
    let ours = [
        "relu-core",
        "claim-language",
        "theorems",
        "kernel",
        "search",
        "training",
        "report",
        "runner",
    ];
    for (folder, allowed) in allowed {
        let manifest =
            std::fs::read_to_string(top().join("crates").join(folder).join("Cargo.toml")).unwrap();
        for dependency in dependencies(&manifest)
            .iter()
            .filter(|name| ours.contains(&name.as_str()))
        {
            assert!(
                allowed.contains(&dependency.as_str()),
                "{folder} depends on {dependency}"
            );
        }
    }
}

#[test]
fn floats_threads_and_files_stay_where_they_belong() {
    // Folder, forbidden word, files that may use it.
    let rules: [(&str, &[&str], &[&str]); 5] = [
        (
            "core",
            &["f64", "f32"],
            &[
                "scaled/exact_f64.rs",
                "scaled/mod.rs",
                "batch/evaluate.rs",
                "cells/filter.rs",
            ],
        ),
        ("theorems", &["f64", "f32", "rayon", "Instant"], &[]),
        (
            "kernel",
            &["f64", "f32", "rayon", "std::fs", "Instant", "thread"],
            &[],
        ),
        ("report", &["std::fs", "Instant", "SystemTime"], &[]),
        ("training", &["std::fs", "Instant", "SystemTime"], &[]),
    ];
    for (folder, words, exempt) in rules {
        for path in files(&top().join("crates").join(folder).join("src"), "rs") {
            if exempt.iter().any(|exempt| path.ends_with(exempt)) {
                continue;
            }
            for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                for word in words {
                    let found = code
                        .split(|c: char| !c.is_alphanumeric() && c != ':' && c != '_')
                        .any(|token| token == *word);
                    assert!(!found, "{}:{}: {word}", path.display(), number + 1);
                }
            }
        }
    }
}

#[test]
fn every_claim_file_is_registered_and_every_witness_belongs_to_a_claim() {
    let theorems = top().join("theorems");
    let registry = theorems::registry::Registry::load(&theorems).unwrap();
    assert!(registry.diagnostics.is_empty() && registry.unreadable.is_empty());
    let known: BTreeSet<&str> = registry
        .claims
        .iter()
        .map(|claim| claim.id.as_str())
        .collect();
    let witnesses = theorems.join("witnesses");
    for path in files(&theorems, "toml") {
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.starts_with(&witnesses) {
            let (id, mutant) = stem
                .split_once('.')
                .map_or((stem.as_str(), None), |(id, mutant)| (id, Some(mutant)));
            let claim = registry.claims.iter().find(|claim| claim.id == id);
            let claim = claim.unwrap_or_else(|| panic!("{} belongs to no claim", path.display()));
            assert!(
                mutant.is_none_or(|mutant| claim.mutant(mutant).is_some()),
                "{}",
                path.display()
            );
        } else if !["sources", "errata"].contains(&stem.as_str()) {
            assert!(
                known.contains(stem.as_str()),
                "{} is not registered",
                path.display()
            );
        }
    }
    for claim in &registry.claims {
        let excused =
            claim.note.is_some() || claim.expect == Some(claim_language::file::Expect::Refuted);
        assert!(
            !claim.mutants.is_empty() || excused,
            "{} has neither a mutant nor a reason",
            claim.id
        );
        if let Some(witness) = &claim.witness {
            assert!(
                witnesses.join(witness).is_file(),
                "{}: no witness {witness}",
                claim.id
            );
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table =
        toml::from_str(&std::fs::read_to_string(top().join("Cargo.toml")).unwrap()).unwrap();
    let reasons =
        std::fs::read_to_string(top().join("docs/decisions/0004-dependencies.md")).unwrap();
    let ours = [
        "relu-core",
        "claim-language",
        "theorems",
        "kernel",
        "search",
        "training",
        "report",
    ];
    for name in manifest["workspace"]["dependencies"]
        .as_table()
        .unwrap()
        .keys()
    {
        assert!(
            ours.contains(&name.as_str()) || reasons.contains(name),
            "no reason for {name}"
        );
    }
}

#[test]
fn every_erratum_names_registered_claims_and_its_class() {
    let theorems = top().join("theorems");
    let registry = theorems::registry::Registry::load(&theorems).unwrap();
    let errata: toml::Table =
        toml::from_str(&std::fs::read_to_string(theorems.join("errata.toml")).unwrap()).unwrap();
    let mut listed: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in errata["erratum"].as_array().unwrap() {
        let (id, class) = (
            entry["id"].as_str().unwrap(),
            entry["class"].as_str().unwrap(),
        );
        assert!(
            ["R", "H", "M", "A", "U"]
                .iter()
                .any(|known| class.split('/').any(|part| part == *known)),
            "{id}: {class}"
        );
        assert!(listed.insert(id, class).is_none(), "{id} is listed twice");
        for claim in entry
            .get("claims")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
        {
            let claim = claim.as_str().unwrap();
            assert!(
                registry.claims.iter().any(|known| known.id == claim),
                "{id} names {claim}"
            );
        }
    }
    for claim in &registry.claims {
        if let Some(erratum) = &claim.erratum {
            let class = listed
                .get(erratum.id.as_str())
                .unwrap_or_else(|| panic!("{}: {} is not listed", claim.id, erratum.id));
            let refuted = claim.expect == Some(claim_language::file::Expect::Refuted);
            assert!(
                !refuted || !class.contains('U'),
                "{}: an unfair finding shown as a refutation",
                claim.id
            );
        }
    }
}
