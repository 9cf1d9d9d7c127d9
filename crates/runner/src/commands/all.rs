//! `all` and `run`: examine claims and write the reports.

use std::path::{Path, PathBuf};

use claim_language::file::Claim;
use report::card_text::CardText;
use report::html::Beside;
use report::terminal::{self, Paint};
use report::{html, json, junit, sarif, summary_markdown};
use theorems::registry::Registry;
use training::Summary;

use crate::cli::{Cli, RunArgs};
use crate::{files, run, selection, tightness, workspace};

/// Every claim of the registry.
pub fn all(cli: &Cli, args: &RunArgs) -> u8 {
    let registry = match workspace::load(cli) {
        Ok(registry) => registry,
        Err(code) => return code,
    };
    let claims: Vec<&Claim> = registry
        .claims
        .iter()
        .filter(|claim| {
            args.only_area
                .as_ref()
                .is_none_or(|area| claim.area == *area)
        })
        .collect();
    finish(cli, args, &registry, &claims)
}

/// The claims that ids, globs or files name.
pub fn some(cli: &Cli, what: &[String], args: &RunArgs) -> u8 {
    let mut registry = match workspace::load(cli) {
        Ok(registry) => registry,
        Err(code) => return code,
    };
    let mut chosen = match selection::chosen(cli, &mut registry, what) {
        Ok(chosen) => chosen,
        Err(code) => return code,
    };
    // What a reduction rests on is examined with it.
    let mut at = 0;
    while let Some(id) = chosen.get(at) {
        let claim = registry.claims.iter().find(|claim| claim.id == *id);
        let reduction = claim.and_then(|claim| claim.reduction.as_ref());
        let by = reduction.map(|reduction| reduction.by.clone());
        for id in by.into_iter().flatten() {
            if !chosen.contains(&id) {
                chosen.push(id);
            }
        }
        at += 1;
    }
    let claims: Vec<&Claim> = registry
        .claims
        .iter()
        .filter(|claim| chosen.contains(&claim.id))
        .collect();
    finish(cli, args, &registry, &claims)
}

fn finish(cli: &Cli, args: &RunArgs, registry: &Registry, claims: &[&Claim]) -> u8 {
    let coloured = cli.color.on_stdout();
    let paint = if coloured {
        Paint::Coloured
    } else {
        Paint::Plain
    };
    workspace::report_problems(registry, coloured);
    if let Err(code) = run::limit_workers(args.search.jobs) {
        return code;
    }
    let experiment = args.experiment.as_deref().map(summary).transpose();
    let tightness = args.tightness.as_deref();
    let tightness = tightness.map(|folder| tightness::load(registry, folder));
    let (experiment, tightness) = match (experiment, tightness.transpose()) {
        (Ok(experiment), Ok(tightness)) => (experiment, tightness),
        (experiment, tightness) => {
            let problems = [experiment.err(), tightness.err()].into_iter().flatten();
            let codes = problems.map(|(code, message)| {
                anstream::eprintln!("error: {message}");
                code
            });
            return codes.min().unwrap_or(2);
        }
    };
    if let Err(error) = files::is_writable(&args.out) {
        anstream::eprintln!(
            "error: cannot write reports into {}: {error}",
            args.out.display()
        );
        anstream::eprintln!("  help: name a folder with --out DIR");
        return 2;
    }
    run::catch_interrupts();
    let outcome = run::run(registry, claims, &workspace::folder(cli), args, paint);
    let mut record = outcome.record;
    if !registry.unreadable.is_empty() {
        record.faults.extend(registry.unreadable.iter().cloned());
        record.settle();
    }
    let texts: Vec<CardText> = claims
        .iter()
        .map(|claim| CardText::from_claim(claim, &registry.words))
        .collect();
    let sources = registry.sources();
    let diagnostics: Vec<_> = registry
        .diagnostics
        .iter()
        .map(|problem| problem.record(&sources))
        .collect();
    let mut written = Vec::new();
    let json = json::write(&record);
    let page = html::page_with(
        &record,
        &texts,
        Beside {
            experiment: experiment.as_ref(),
            tightness: tightness.as_ref(),
        },
        None,
    );
    let junit = junit::write(&record);
    let sarif = sarif::write(&record, &diagnostics);
    let outputs = [
        ("run.json", &json, &args.json),
        ("report.html", &page, &args.html),
        ("junit.xml", &junit, &args.junit),
        ("claims.sarif", &sarif, &args.sarif),
    ];
    for (name, text, extra) in outputs {
        written.push(
            files::write(&args.out.join(name), text).map_err(|error| (args.out.join(name), error)),
        );
        if let Some(path) = extra {
            written.push(files::write(path, text).map_err(|error| (path.clone(), error)));
        }
    }
    remove_stale(&args.out.join("witnesses"), "toml", |stem| {
        outcome.witnesses.contains_key(stem)
    });
    let boxes = args.out.join("certificates");
    remove_stale(&boxes, "box", |stem| {
        outcome.certificates.contains_key(stem)
    });
    for (stem, text) in &outcome.certificates {
        let path = boxes.join(format!("{stem}.box"));
        written.push(files::write(&path, text).map_err(|error| (path, error)));
    }
    for (stem, witness) in &outcome.witnesses {
        let path: PathBuf = args.out.join("witnesses").join(format!("{stem}.toml"));
        written.push(files::write(&path, &witness.text()).map_err(|error| (path, error)));
    }
    if let Some(path) = &args.summary {
        let before = std::fs::read_to_string(path).unwrap_or_default();
        let text = before + &summary_markdown(&record);
        written.push(files::write(path, &text).map_err(|error| (path.clone(), error)));
    }
    let failures: Vec<_> = written.into_iter().filter_map(Result::err).collect();
    for (path, error) in &failures {
        anstream::eprintln!("error: cannot write {}: {error}", path.display());
    }
    let text = if args.quiet {
        terminal::quiet(&record, 100, paint)
    } else if coloured {
        terminal::coloured(&record, 100)
    } else {
        terminal::plain(&record, 100)
    };
    anstream::print!("{text}");
    if failures.is_empty() || matches!(record.exit.code, 70 | 130) {
        return record.exit.code;
    }
    anstream::println!(
        "exit 2: {} of the files could not be written",
        failures.len()
    );
    2
}

/// The summary of the experiment in a folder.
fn summary(folder: &Path) -> Result<Summary, (u8, String)> {
    let path = folder.join("summary.json");
    let text = std::fs::read_to_string(&path).map_err(|error| error.to_string());
    text.and_then(|text| Summary::parse(&text))
        .map_err(|error| (2, format!("{}: {error}", path.display())))
}

/// Removes the files of an earlier run, so that the folder shows this run only.
fn remove_stale(folder: &Path, wanted: &str, is_current: impl Fn(&str) -> bool) {
    for entry in std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        let path = entry.path();
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        if path
            .extension()
            .is_some_and(|extension| extension == wanted)
            && !is_current(stem)
        {
            // A file that cannot be removed is older than the report beside it, which names every witness.
            let _ = std::fs::remove_file(&path);
        }
    }
}
