//! An experiment as text for the terminal.

use crate::measured::significant;
use crate::text::counted;
use training::Summary;
use training::summary::{Best, Row};

/// A table of the errors of the worst teacher, and what it is evidence for.
pub fn experiment_text(summary: &Summary) -> String {
    let mut text = format!(
        "SAMPLED  {}: {}\n",
        summary.configuration.title,
        counted(summary.trainings, "training", "trainings")
    );
    text.push_str("worst teacher, least error over all algorithms; evidence for these runs only\n");
    for dimension in &summary.dimensions {
        let method = match dimension.exact {
            true => "exact".to_owned(),
            false => format!(
                "at {} test points, L∞ from below",
                summary.configuration.evaluation.points
            ),
        };
        text.push_str(&format!("d = {}, {method}\n", dimension.dimension));
        text.push_str(&format!(
            "  {:>7} {:>9} {:>9} {:>9} {:>17} {:>13}\n",
            "m", "L¹", "L²", "L∞", "L∞/L² by teacher", "L∞/L² of bump"
        ));
        text.extend(dimension.rows.iter().map(line));
    }
    text
}

fn line(row: &Row) -> String {
    let error =
        |best: Option<Best>| best.map_or_else(|| "–".to_owned(), |best| significant(best.error, 3));
    let ratio = row.ratio.map_or_else(
        || "–".to_owned(),
        |ratio| {
            let [median, least, largest] =
                [ratio.median, ratio.least, ratio.largest].map(|value| significant(value, 2));
            format!("{median} ({least}–{largest})")
        },
    );
    format!(
        "  {:>7} {:>9} {:>9} {:>9} {ratio:>17} {:>13}\n",
        row.samples,
        error(row.worst.l1),
        error(row.worst.l2),
        error(row.worst.sup),
        significant(row.bump_ratio, 3)
    )
}
