//! The tightness of a constant as text for the terminal.

use kernel::record::{Moved, TightnessRecord};

use crate::number::side;
use crate::text::{one_line, wrap};

/// Columns of the text.
const WIDTH: usize = 100;

/// Digits shown of a number.
const MOST: usize = 24;

/// A line about the constant, and one for each direction, with the witness.
pub fn tightness_text(record: &TightnessRecord) -> String {
    let locator = record.locator.as_ref();
    let locator = locator.map_or_else(String::new, |locator| format!(" ({})", one_line(locator)));
    let mut standing = match (record.certified, &record.argument) {
        (true, None) => "certified".to_owned(),
        (true, Some(_)) => "certified, with an argument in words".to_owned(),
        (false, _) => "not certified".to_owned(),
    };
    for narrowed in &record.narrowed {
        standing.push_str(&format!(", {narrowed}"));
    }
    let mut text = format!(
        "{}  {} = {}{locator}: {standing}\n",
        record.claim, record.constant, record.value
    );
    for (word, moved) in [("smaller", &record.smaller), ("larger", &record.larger)] {
        for (number, line) in wrap(&direction(record, moved), WIDTH - 11, 0)
            .iter()
            .enumerate()
        {
            let word = if number == 0 { word } else { "" };
            text.push_str(&format!("  {word:<9}{line}\n"));
        }
        if let Some(refuted) = &moved.refuted {
            let values = refuted.values.as_ref();
            let values = values.map_or_else(String::new, |values| {
                let [lhs, rhs] = [&values.lhs, &values.rhs].map(|text| side(&one_line(text), MOST));
                format!(": {lhs} against {rhs}")
            });
            let witness = format!("witness {}{values}", one_line(&refuted.witness));
            for line in wrap(&witness, WIDTH - 11, 0) {
                text.push_str(&format!("           {line}\n"));
            }
        }
    }
    text
}

/// One direction in words.
pub fn direction(record: &TightnessRecord, moved: &Moved) -> String {
    let mut parts = Vec::new();
    if let Some(certified) = moved.certified {
        parts.push(match moved.not_certified {
            Some(_) => format!("certified {certified}"),
            None => format!("certified {certified}, where the search ended"),
        });
    }
    match (moved.undecided(), moved.not_refuted) {
        (Some((near, far)), _) if moved.refuted.is_none() => {
            parts.push(format!(
                "undecided from {near} on; no witness up to {far}, where the search ended"
            ));
        }
        (Some((near, far)), _) if near == far => parts.push(format!("undecided {near}")),
        (Some((near, far)), _) => parts.push(format!("undecided from {near} to {far}")),
        (None, Some(far)) => parts.push(format!("no witness up to {far}")),
        (None, None) => {}
    }
    if let Some(refuted) = &moved.refuted {
        let of = match record.constructions.is_empty() {
            true => String::new(),
            false => format!(
                " for the construction of {}",
                record.constructions.join(", ")
            ),
        };
        parts.push(format!("refuted {}{of}", refuted.at));
    }
    parts.join(", ")
}
