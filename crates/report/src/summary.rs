//! The job summary: the verdict sentence, a table of the claims that changed or are unexpected, and how many are unchanged.

use crate::text::{counted, one_line};
use crate::words;
use kernel::record::{ClaimRecord, RunRecord, Standing};
use std::fmt::Write;

/// The most bytes a summary may have; above 1,024 KiB the host drops all of it.
pub const MOST_BYTES: usize = 900 * 1024;

/// Room kept for the notice that the table was cut and for the last lines.
const RESERVE: usize = 512;

/// Longest cell, in characters.
const CELL: usize = 400;

/// The job summary in Markdown, at most [`MOST_BYTES`] long.
pub fn summary_markdown(run: &RunRecord) -> String {
    let mut text = format!("### {}\n\n", cell(&words::verdict_sentence(run)));
    let rows: Vec<String> = run
        .claims
        .iter()
        .filter_map(|claim| row(run, claim))
        .collect();
    let findings: Vec<String> = words::findings(run)
        .iter()
        .map(|reason| format!("\n- {}\n", cell(&reason.line())))
        .collect();
    let mut left_out = 0;
    if !rows.is_empty() {
        text.push_str("| claim | status | what | witness |\n| --- | --- | --- | --- |\n");
    }
    for line in rows.iter().chain(&findings) {
        if left_out == 0 && text.len() + line.len() + RESERVE <= MOST_BYTES {
            text.push_str(line);
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let _ = write!(
            text,
            "\n{} left out: the summary is limited to 900 KiB.\n",
            counted(left_out, "line", "lines")
        );
    }
    let unchanged = run.claims.len() - rows.len();
    let _ = write!(
        text,
        "\n{} unchanged.\n\n`{}`\n",
        counted(unchanged, "claim", "claims"),
        words::exit_line(run)
    );
    text
}

fn row(run: &RunRecord, claim: &ClaimRecord) -> Option<String> {
    let differences: Vec<String> = run
        .baseline
        .iter()
        .flat_map(|baseline| baseline.regressions.iter().chain(&baseline.news))
        .filter(|difference| difference.claim == claim.id)
        .map(|difference| format!("{}: {}", difference.what, difference.detail))
        .collect();
    let unexpected = words::is_unexpected(claim);
    if !unexpected && differences.is_empty() && claim.standing() != Standing::News {
        return None;
    }
    let mut what = vec![words::standing(claim)];
    what.extend(differences);
    let witness = claim
        .witness
        .as_ref()
        .map_or("", |witness| witness.summary.as_str());
    let mark = if unexpected { "**unexpected** " } else { "" };
    Some(format!(
        "| {} | {mark}{} | {} | {} |\n",
        cell(&claim.id),
        claim.status,
        cell(&what.join("; ")),
        cell(witness)
    ))
}

/// Text that stays inside its cell and starts no markup.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for character in crate::text::cut(&one_line(text), CELL).chars() {
        match character {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '@' | '~' | '!' => {
                out.push('\\');
                out.push(character);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::record::{Expect, Kind, Status, Tool, WitnessRecord};

    fn run(count: usize, summary: &str) -> RunRecord {
        let mut run = RunRecord::new(Tool::default(), "default", 1);
        for index in 0..count {
            let mut claim = ClaimRecord::new(
                &format!("claim-{index}"),
                "networks",
                "A",
                Kind::Bound,
                Some(Expect::Holds),
            );
            claim.status = Status::Refuted;
            claim.witness = Some(WitnessRecord {
                summary: summary.to_owned(),
                ..WitnessRecord::default()
            });
            run.claims.push(claim);
        }
        run.settle();
        run
    }

    #[test]
    fn a_huge_run_is_cut_with_a_notice_and_keeps_its_last_line() {
        let text = summary_markdown(&run(5_000, &"<&|".repeat(200)));
        assert!(text.len() <= MOST_BYTES, "{}", text.len());
        assert!(text.contains("lines left out: the summary is limited to 900 KiB."));
        assert!(
            text.ends_with("`exit 1: 5,000 expectations contradicted`\n"),
            "{}",
            &text[text.len() - 80..]
        );
    }

    #[test]
    fn markup_in_data_stays_text() {
        let text = summary_markdown(&run(1, "a | b\n| c | <img src=x> [x](http://e) `d` @team"));
        let row = text
            .lines()
            .find(|line| line.starts_with("| claim-0"))
            .expect("one row");
        assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{row}");
        assert!(
            !row.contains("<img") && !row.contains("[x]") && !row.contains(" @team"),
            "{row}"
        );
    }

    #[test]
    fn unchanged_claims_are_only_counted() {
        let mut run = run(3, "");
        for claim in &mut run.claims[1..] {
            claim.status = Status::Sampled;
        }
        run.settle();
        let text = summary_markdown(&run);
        assert!(
            text.contains("2 claims unchanged.") && !text.contains("claim-1"),
            "{text}"
        );
    }
}
