//! `run.json` and the badge.
//!
//! The characters `<`, `>` and `&`, line separators, control characters and direction overrides are written as escapes, so that the same bytes
//! may stand in a page; what they mean is unchanged.

use crate::text::is_misread;
use kernel::record::{FORMAT, RunRecord, Status, TightnessRun};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The JSON schema of `run.json`.
pub const SCHEMA: &str = include_str!("../../../docs/run.schema.json");

/// `run.json`: indented, keys in the order of the format, one line break at the end.
pub fn write(run: &RunRecord) -> String {
    pretty(run)
}

/// `tightness.json`, in the same form.
pub fn tightness(run: &TightnessRun) -> String {
    pretty(run)
}

fn pretty(record: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(record)
        .expect("a record has string keys only and no value that JSON lacks");
    text.push('\n');
    escaped(&text)
}

/// The record without its times, on one line: equal runs give equal bytes.
pub fn comparable(run: &RunRecord) -> String {
    let text = serde_json::to_string(&run.comparable())
        .expect("a record has string keys only and no value that JSON lacks");
    escaped(&text)
}

/// The SHA-256 of [`comparable`], in hexadecimal.
pub fn digest(run: &RunRecord) -> String {
    sha256(comparable(run).as_bytes())
}

/// Reads a record.
///
/// # Errors
/// The text is no record of this format; the message names the line and the column.
pub fn read(text: &str) -> Result<RunRecord, serde_json::Error> {
    serde_json::from_str(text)
}

/// Reads `tightness.json`; the error says what was expected.
pub fn read_tightness(text: &str) -> Result<TightnessRun, String> {
    let run: TightnessRun = serde_json::from_str(text)
        .map_err(|error| format!("expected what `tighten` writes, got: {error}"))?;
    match run.format {
        FORMAT => Ok(run),
        format => Err(format!("format {FORMAT} expected, got {format}")),
    }
}

/// `badge.json` in the form badge services read: schema version, label, message and a colour from the palette.
pub fn badge(run: &RunRecord) -> String {
    let count = |status: Status| run.summary.by_status.get(&status).copied().unwrap_or(0);
    let message = format!(
        "{} proved, {} box, {} instance, {} unexpected",
        count(Status::Proved),
        count(Status::Box),
        count(Status::Instance),
        run.summary.unexpected
    );
    let colour = if run.exit.code == 0 {
        "0072B2"
    } else {
        "D55E00"
    };
    let badge = serde_json::json!({ "schemaVersion": 1, "label": "claims", "message": message, "color": colour });
    format!("{badge}\n")
}

/// The SHA-256 of the bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// JSON text with the characters that mean something to a page written as escapes. They occur inside strings only.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)))
            }
            // all of these lie in the basic plane, so that one escape is enough
            other if is_misread(other) => out.push_str(&format!("\\u{:04x}", u32::from(other))),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::record::{ClaimRecord, Kind, Tool};

    fn run() -> RunRecord {
        let mut run = RunRecord::new(Tool::default(), "default", 20190);
        run.claims.push(ClaimRecord::new(
            "a",
            "networks",
            "</script><!-- & \u{2028} lhs <= rhs",
            Kind::Bound,
            None,
        ));
        run.settle();
        run
    }

    #[test]
    fn a_record_survives_writing_and_reading() {
        let run = run();
        assert_eq!(read(&write(&run)).expect("just written"), run);
        assert_eq!(read(&comparable(&run)).expect("just written"), run);
    }

    #[test]
    fn nothing_in_it_can_end_a_script_block() {
        let text = write(&run());
        assert!(
            !text.contains('<')
                && !text.contains('>')
                && !text.contains('&')
                && !text.contains('\u{2028}')
        );
    }

    #[test]
    fn times_do_not_enter_the_digest_and_everything_else_does() {
        let mut other = run();
        other.timing.total = 12;
        other.timing.workers = 8;
        assert_eq!(digest(&run()), digest(&other));
        assert_ne!(write(&run()), write(&other));
        other.claims[0].trials = 1;
        assert_ne!(digest(&run()), digest(&other));
    }

    #[test]
    fn damaged_text_is_refused_with_its_place() {
        assert!(
            read("{")
                .expect_err("no record")
                .to_string()
                .contains("line 1 column 1")
        );
        let unknown = write(&run()).replace("\"INCOMPLETE\"", "\"PASSED\"");
        assert!(
            read(&unknown)
                .expect_err("no such status")
                .to_string()
                .contains("PASSED")
        );
    }

    #[test]
    fn the_badge_counts() {
        assert_eq!(
            badge(&run()),
            "{\"color\":\"D55E00\",\"label\":\"claims\",\"message\":\"0 proved, 0 box, 0 instance, 1 unexpected\",\"schemaVersion\":1}\n"
        );
    }
}
