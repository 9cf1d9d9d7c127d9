//! `game`: a pair of networks on which a learner fails, with a certificate; a certificate re-checked; or the worst case of a learner on one network.

mod print;
mod worst;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use kernel::certificate::game::{Certificate, Refused, Rules};
use search::game::learners::{descriptions, shipped};
use search::game::{Exchange, Failed, Learner, Settings, play};
use serde_json::json;

use crate::child::CommandLearner;
use crate::cli::GameArgs;
use crate::{files, run};

/// Plays, or checks with the kernel alone if a certificate is given.
pub fn game(args: &GameArgs) -> u8 {
    let done = match (&args.check, &args.against) {
        (Some(path), _) => check(args, path),
        (None, Some(network)) => worst::worst(args, network),
        (None, None) => against(args),
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
    let mean = certificate.in_mean.as_ref().map(|mean| mean.exponent);
    if args.p.0.is_some() && args.p.0 != mean {
        let claimed = mean.map_or_else(|| "no claim for a finite p".into(), |p| format!("p = {p}"));
        let message = format!("expected the p of the command line, got {claimed}");
        return Err((5, format!("REJECTED  {}  {message}", path.display())));
    }
    certificate.check().map_err(refused)?;
    print::print(&certificate, None, args.json);
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
    let (learner, patience) = learner(name, args)?;
    run::catch_interrupts();
    let settings = Settings {
        rules,
        first_seed: args.seed,
        seeds: args.seeds,
        cells: args.cells,
        exponent: args.p.0,
        patience,
    };
    let played = play(&learner, &settings).map_err(|failed| {
        let code = match &failed {
            Failed::Rules(_) | Failed::Refused(Refused::Rules(_)) => 2,
            Failed::Forfeit { .. } if run::interrupted().load(Ordering::Relaxed) => 130,
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
    let player = print::Player {
        name: learner.name(),
        time: played.learner_time,
        own_time: played.own_time,
    };
    print::print(&played.certificate, Some(&player), args.json);
    Ok(())
}

/// A learner, and how long the referee waits for it; a command is timed where its lines are read.
type Entrant = (Arc<dyn Learner>, Option<Duration>);

/// A shipped learner, or a command.
fn learner(name: &str, args: &GameArgs) -> Result<Entrant, (u8, String)> {
    if !(args.patience > 0.0 && args.patience <= 1e6) {
        let got = args.patience;
        let message = format!("error: --patience: expected seconds above 0, got {got}");
        return Err((2, message));
    }
    let patience = Duration::from_secs_f64(args.patience);
    if let Some(learner) = shipped(name) {
        return Ok((learner, Some(patience)));
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
    let learner = CommandLearner {
        command: name.to_owned(),
        seeds: args.seeds.unwrap_or(1),
        patience,
    };
    Ok((Arc::new(learner), None))
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
