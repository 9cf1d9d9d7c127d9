//! The terminal text of a run: unexpected first and last, a table by status, and the exit code in words on the last line.
//!
//! Lines have at most 100 columns, and at most the given width. Status words are written in full. Ratios are decimals rounded away from 1.

mod line;
mod paint;
mod table;

pub use line::claim_line;
pub use paint::Paint;

use crate::number::grouped;
use crate::text::{counted, cut, one_line, wrap};
use crate::words;
use kernel::record::{ClaimRecord, RunRecord, Standing, Status};

/// The most columns a line may have.
pub const MOST_COLUMNS: usize = 100;
const FEWEST_COLUMNS: usize = 40;

/// The whole text without colour.
pub fn plain(run: &RunRecord, width: usize) -> String {
    whole(run, width, Paint::Plain)
}

/// The whole text with colour.
pub fn coloured(run: &RunRecord, width: usize) -> String {
    whole(run, width, Paint::Coloured)
}

/// The unexpected claims and the exit line alone.
pub fn quiet(run: &RunRecord, width: usize, paint: Paint) -> String {
    let width = columns(width);
    let mut lines = unexpected(run, width, paint);
    lines.push(exit_line(run, paint));
    ended(lines)
}

/// Columns for the id of a claim.
const fn id_columns(width: usize) -> usize {
    width * 34 / MOST_COLUMNS
}

fn columns(width: usize) -> usize {
    width.clamp(FEWEST_COLUMNS, MOST_COLUMNS)
}

fn ended(lines: Vec<String>) -> String {
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn whole(run: &RunRecord, width: usize, paint: Paint) -> String {
    let width = columns(width);
    let mut lines = vec![header(run, width)];
    for section in [
        unexpected(run, width, paint),
        news(run, width, paint),
        refuted(run, width, paint),
        table::lines(run, width, paint),
        reminder(run, width, paint),
    ] {
        if !section.is_empty() {
            lines.push(String::new());
            lines.extend(section);
        }
    }
    if run.interrupted {
        lines.push(
            paint.strong("INCOMPLETE: the run was interrupted; only finished claims are counted"),
        );
    }
    lines.push(exit_line(run, paint));
    ended(lines)
}

fn header(run: &RunRecord, width: usize) -> String {
    let claims = counted(run.registry.claims, "claim", "claims");
    let sources = counted(run.registry.sources, "source", "sources");
    let selected = if run.registry.selected == run.registry.claims {
        String::new()
    } else {
        format!("  selected {}", grouped(run.registry.selected as u64))
    };
    let profile = one_line(&run.profile);
    cut(
        &format!(
            "registry {claims}, {sources}{selected}  profile {profile}  seed {}",
            run.seed
        ),
        width,
    )
}

fn exit_line(run: &RunRecord, paint: Paint) -> String {
    paint.strong(&cut(&words::exit_line(run), MOST_COLUMNS))
}

/// Every unexpected claim in full, then the findings about files.
fn unexpected(run: &RunRecord, width: usize, paint: Paint) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for claim in most_important_first(run) {
        let id = cut(&one_line(&claim.id), width - 12);
        lines.push(format!("{} {id}", paint.alarm("UNEXPECTED")));
        lines.extend(details(claim, &one_line(&words::standing(claim)), width));
    }
    for reason in words::findings(run) {
        lines.extend(wrap(&one_line(&reason.line()), width, 2));
    }
    lines
}

/// The unexpected claims by standing, then in the order of the registry.
fn most_important_first(run: &RunRecord) -> Vec<&ClaimRecord> {
    let mut claims: Vec<&ClaimRecord> = run
        .claims
        .iter()
        .filter(|claim| words::is_unexpected(claim))
        .collect();
    claims.sort_by_key(|claim| claim.standing());
    claims
}

/// The indented lines below the name of a claim.
fn details(claim: &ClaimRecord, first: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |text: &str| lines.extend(indented(text, width));
    say(first);
    if let Some(witness) = &claim.witness {
        say(&one_line(&witness.summary));
    }
    if let Some(text) = claim.repair_text.as_deref().or(claim.repair.as_deref()) {
        say(&format!("repair: {}", one_line(text)));
    }
    if let Some(impact) = &claim.impact {
        say(&format!("impact: {}", one_line(impact)));
    }
    for message in claim
        .messages
        .iter()
        .filter(|_| words::is_unexpected(claim))
    {
        say(&one_line(message));
    }
    if let Some(replay) = &claim.replay {
        say(&format!("replay: {}", one_line(replay)));
    }
    lines
}

fn indented(text: &str, width: usize) -> Vec<String> {
    wrap(text, width - 2, 2)
        .into_iter()
        .map(|line| format!("  {line}"))
        .collect()
}

fn news(run: &RunRecord, width: usize, paint: Paint) -> Vec<String> {
    let decided = run
        .claims
        .iter()
        .filter(|claim| claim.as_expected && claim.standing() == Standing::News);
    let mut lines: Vec<String> = decided
        .flat_map(|claim| {
            let head = format!(
                "{} {}",
                paint.strong("NEWS      "),
                cut(&one_line(&claim.id), width - 12)
            );
            let first = format!("the conjecture is {}", claim.status);
            std::iter::once(head)
                .chain(details(claim, &first, width))
                .collect::<Vec<_>>()
        })
        .collect();
    for item in run.baseline.iter().flat_map(|baseline| &baseline.news) {
        lines.extend(wrap(
            &one_line(&format!(
                "news: {} of {}: {}",
                item.what, item.claim, item.detail
            )),
            width,
            2,
        ));
    }
    lines
}

/// The claims refuted as expected, one line each and the witness below.
fn refuted(run: &RunRecord, width: usize, paint: Paint) -> Vec<String> {
    let expected = |claim: &&ClaimRecord| {
        claim.status == Status::Refuted
            && !words::is_unexpected(claim)
            && claim.standing() == Standing::AsExpected
    };
    run.claims
        .iter()
        .filter(expected)
        .flat_map(|claim| {
            let standing = if claim.needs_hypothesis() {
                words::missing_hypothesis(claim)
            } else {
                "as expected".to_owned()
            };
            let head = format!(
                "{:<2$} {}",
                one_line(&claim.id),
                one_line(&standing),
                id_columns(width)
            );
            let head = cut(&head, width - 11);
            let line = format!("{} {head}", paint.status(claim, "REFUTED   "));
            let summary = claim
                .witness
                .iter()
                .flat_map(|witness| indented(&one_line(&witness.summary), width));
            std::iter::once(line).chain(summary).collect::<Vec<_>>()
        })
        .collect()
}

/// The unexpected claims again, one line each, so that they are the last thing on the screen.
fn reminder(run: &RunRecord, width: usize, paint: Paint) -> Vec<String> {
    most_important_first(run)
        .into_iter()
        .map(|claim| {
            let text = format!(
                "{:<2$} {}",
                one_line(&claim.id),
                one_line(&words::standing(claim)),
                id_columns(width)
            );
            format!("{} {}", paint.alarm("UNEXPECTED"), cut(&text, width - 11))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::record::{Expect, Kind, Tool, WitnessRecord};

    fn claim(id: &str, status: Status) -> ClaimRecord {
        let mut claim = ClaimRecord::new(id, "networks", "A", Kind::Bound, Some(Expect::Holds));
        claim.status = status;
        claim.as_expected = true;
        claim
    }

    fn run(claims: Vec<ClaimRecord>) -> RunRecord {
        let mut run = RunRecord::new(Tool::default(), "default", 1);
        run.registry.claims = claims.len();
        run.claims = claims;
        run.settle();
        run
    }

    fn longest(text: &str) -> usize {
        text.lines()
            .map(|line| line.chars().count())
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn no_line_is_wider_than_asked_for_even_with_absurd_texts() {
        let mut absurd = claim(&"long-id-".repeat(40), Status::Refuted);
        absurd.witness = Some(WitnessRecord {
            summary: "x = ".to_owned() + &"9".repeat(500),
            ..WitnessRecord::default()
        });
        absurd.repair_text = Some("word ".repeat(100));
        absurd.messages = vec!["m".repeat(300)];
        let run = run(vec![absurd.clone(), claim("a", Status::Sampled)]);
        for width in [0, 40, 72, 100, 1000] {
            let limit = width.clamp(FEWEST_COLUMNS, MOST_COLUMNS);
            assert!(
                longest(&plain(&run, width)) <= limit,
                "{width}\n{}",
                plain(&run, width)
            );
            assert!(longest(&claim_line(&absurd, width, Paint::Plain)) <= limit);
        }
    }

    #[test]
    fn unexpected_claims_come_first_and_last_and_the_exit_line_is_the_last_one() {
        let run = run(vec![
            claim("fine", Status::Sampled),
            claim("contradicted", Status::Refuted),
        ]);
        let text = plain(&run, 100);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[2].starts_with("UNEXPECTED contradicted"), "{text}");
        assert!(
            lines[lines.len() - 2].starts_with("UNEXPECTED contradicted"),
            "{text}"
        );
        assert_eq!(lines[lines.len() - 1], "exit 1: 1 expectation contradicted");
    }

    #[test]
    fn escape_sequences_in_data_do_not_reach_the_terminal() {
        let mut hostile = claim("a", Status::Refuted);
        hostile.witness = Some(WitnessRecord {
            summary: "\u{1b}]0;owned\u{7}".to_owned(),
            ..WitnessRecord::default()
        });
        hostile.messages = vec!["\u{1b}[2J".to_owned()];
        let run = run(vec![hostile.clone()]);
        for text in [
            plain(&run, 100),
            quiet(&run, 100, Paint::Plain),
            claim_line(&hostile, 100, Paint::Plain),
        ] {
            assert!(
                !text.contains('\u{1b}') && !text.contains('\u{7}'),
                "{text:?}"
            );
        }
    }

    #[test]
    fn colours_change_nothing_but_the_colours() {
        let run = run(vec![
            claim("fine", Status::Instance),
            claim("contradicted", Status::Refuted),
        ]);
        let coloured = coloured(&run, 100);
        let mut stripped = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            stripped.push_str(before);
            rest = after.split_once('m').expect("every sequence ends in m").1;
        }
        stripped.push_str(rest);
        assert_eq!(stripped, plain(&run, 100));
        assert_ne!(coloured, stripped);
    }

    #[test]
    fn quiet_is_silent_about_what_is_expected() {
        let run = run(vec![claim("fine", Status::Sampled)]);
        assert_eq!(
            quiet(&run, 100, Paint::Plain),
            "exit 0: every selected claim as expected\n"
        );
    }
}
