//! `game`: a pair of networks on which a learner fails, with a certificate; or a certificate re-checked.

use std::path::Path;
use std::time::Duration;

use kernel::certificate::game::{Certificate, Refused, Rules, centre};
use relu_core::number::rational::Rational;
use search::game::learners::{descriptions, shipped};
use search::game::{Exchange, Failed, Learner, Settings, bound_shade, play};
use search::shadow::shade_of;
use serde_json::json;

use crate::child::CommandLearner;
use crate::cli::GameArgs;
use crate::files;

/// Plays, or checks with the kernel alone if a certificate is given.
pub fn game(args: &GameArgs) -> u8 {
    let done = match &args.check {
        Some(path) => check(args, path),
        None => against(args),
    };
    match done {
        Ok(()) => 0,
        Err((code, message)) => {
            anstream::eprintln!("{}", message.trim_end());
            code
        }
    }
}

fn check(args: &GameArgs, path: &Path) -> Result<(), (u8, String)> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| (2, format!("error: {}: {error}", path.display())))?;
    let refused = |refused: Refused| {
        let code = match refused {
            Refused::Unreadable(_) => 2,
            _ => 5,
        };
        (code, format!("REJECTED  {}  {refused}", path.display()))
    };
    let certificate: Certificate = text.parse().map_err(refused)?;
    let rules = &certificate.rules;
    let (d, depth, samples) = (rules.dimension, rules.depth, rules.samples);
    let other = [
        args.dimension.is_some_and(|asked| asked != d),
        args.depth.is_some_and(|asked| asked != depth),
        args.samples.is_some_and(|asked| asked != samples),
        args.bound
            .as_ref()
            .is_some_and(|asked| *asked != rules.bound),
    ];
    if other.contains(&true) {
        let message = format!(
            "expected the d, L, c and m of the command line, got d = {d}, L = {depth}, c = {}, m = {samples}",
            rules.bound
        );
        return Err((5, format!("REJECTED  {}  {message}", path.display())));
    }
    certificate.check().map_err(refused)?;
    print(&certificate, None, args.json);
    Ok(())
}

fn against(args: &GameArgs) -> Result<(), (u8, String)> {
    let missing = || {
        (
            2,
            "error: expected --learner, --d, --L, --c and --samples".to_owned(),
        )
    };
    let name = args.learner.as_deref().ok_or_else(missing)?;
    let rules = Rules {
        dimension: args.dimension.ok_or_else(missing)?,
        depth: args.depth.ok_or_else(missing)?,
        bound: args.bound.clone().ok_or_else(missing)?,
        samples: args.samples.ok_or_else(missing)?,
    };
    let learner = learner(name, args)?;
    let settings = Settings {
        rules,
        first_seed: args.seed,
        seeds: args.seeds,
        cells: args.cells,
    };
    let played = play(&*learner, &settings).map_err(|failed| {
        let code = match &failed {
            Failed::Rules(_) => 2,
            Failed::Forfeit { .. } | Failed::Refused(Refused::Below(_)) => 4,
            Failed::Refused(_) => 70,
        };
        let mut message = format!("error: {name}: {failed}");
        if let Failed::Forfeit { transcript, .. } = &failed {
            message.push_str(&kept(transcript, args.transcript.as_deref()));
        }
        (code, message)
    })?;
    if let Some(path) = &args.certificate {
        files::write(path, &played.certificate.to_string())
            .map_err(|error| (2, format!("error: {}: {error}", path.display())))?;
    }
    print(&played.certificate, Some(learner.name()), args.json);
    Ok(())
}

/// A shipped learner, or a command.
fn learner(name: &str, args: &GameArgs) -> Result<Box<dyn Learner>, (u8, String)> {
    if let Some(learner) = shipped(name) {
        return Ok(learner);
    }
    // A word alone is more often a slip than a program.
    if !name.contains([' ', '/']) {
        let known = descriptions().map(|(name, what)| format!("  {name:<14}{what}"));
        let known: Vec<String> = known.collect();
        return Err((
            2,
            format!(
                "error: --learner {name}: expected a command with a space or a slash in it, or one of\n{}",
                known.join("\n")
            ),
        ));
    }
    if !(args.patience > 0.0 && args.patience <= 1e6) {
        return Err((
            2,
            format!(
                "error: --patience: expected seconds above 0, got {}",
                args.patience
            ),
        ));
    }
    Ok(Box::new(CommandLearner {
        command: name.to_owned(),
        seeds: args.seeds.unwrap_or(1),
        patience: Duration::from_secs_f64(args.patience),
    }))
}

/// Where the transcript of a run is that ended early: in the file, or else the last lines here.
fn kept(transcript: &[Exchange], path: Option<&Path>) -> String {
    let lines: Vec<String> = transcript
        .iter()
        .map(|said| json!({"query": said.query, "value": said.value}).to_string())
        .collect();
    if let Some(path) = path {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        return match files::write(path, &text) {
            Ok(()) => format!("\ntranscript: {}", path.display()),
            Err(error) => format!("\ntranscript: {}: {error}", path.display()),
        };
    }
    match lines.is_empty() {
        true => String::new(),
        false => format!(
            "\nlast queries (--transcript FILE keeps all):\n{}",
            lines[lines.len().saturating_sub(5)..].join("\n")
        ),
    }
}

/// The hard pair and what it shows; without a learner after a check.
fn print(certificate: &Certificate, learner: Option<&str>, as_json: bool) {
    let Certificate {
        rules,
        cells,
        cell,
        height,
        error,
        hits,
        runs,
        ..
    } = certificate;
    let centre: Vec<String> = centre(*cells, cell)
        .iter()
        .map(Rational::to_string)
        .collect();
    let queries: usize = runs.iter().map(|run| run.queries.len()).sum();
    let bound = bound_shade(certificate);
    let ratio = shade_of(error) / bound;
    if as_json {
        anstream::println!(
            "{}",
            json!({
                "learner": learner, "d": rules.dimension, "L": rules.depth, "c": rules.bound.to_string(),
                "width": rules.width(), "samples": rules.samples, "cells": cells, "cell": cell, "centre": centre,
                "height": height.to_string(), "seeds": runs.len(), "hits": hits, "queries": queries,
                "error": error.to_string(), "bound": bound, "bound_power": certificate.bound_power.to_string(), "ratio": ratio,
                "ratio_power": certificate.ratio_power().to_string(),
            })
        );
        return;
    }
    match learner {
        Some(name) => {
            anstream::println!("learner  {name}: {queries} queries in {} runs", runs.len())
        }
        None => anstream::println!(
            "certificate checked: {queries} queries in {} runs",
            runs.len()
        ),
    }
    anstream::println!(
        "pair     ±φ with φ(x) = {height}·max(0, 1 − {}·‖x − y‖₁), {} layers, width {}, entries at most {}",
        2 * u128::from(*cells),
        rules.depth,
        rules.width(),
        rules.bound
    );
    let cell: Vec<String> = cell.iter().map(u64::to_string).collect();
    anstream::println!("cell     [{}] of {cells} per axis", cell.join(", "));
    anstream::println!("centre   y = [{}]", centre.join(", "));
    anstream::println!("peak     {height} ≈ {:.9}", shade_of(height));
    anstream::println!("hits     {hits} of {} runs", runs.len());
    anstream::println!(
        "error    at least {error} ≈ {:.9} for φ or for −φ",
        shade_of(error)
    );
    anstream::println!("bound    {bound:.9} in the theorem");
    anstream::println!("ratio    {ratio:.6}");
}
