//! The page of an experiment alone: one file that opens offline.

use super::{STYLE, experiment, newline, policy, shapes};
use crate::text::safe;
use maud::{DOCTYPE, PreEscaped, html};
use training::Summary;

/// The page. Equal summaries give equal bytes.
pub fn experiment_page(summary: &Summary) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::without_script(STYLE));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Referee’s experiment: " (summary.configuration.title) }
                link rel="icon" href="data:,";
                (newline())
                style { (PreEscaped(STYLE)) }
            }
            (newline())
            body {
                (shapes::definitions())
                (newline())
                header.top {
                    p.overline { "Referee’s experiment" }
                    h1 { (summary.configuration.title) }
                }
                main #main { (experiment::section(summary)) }
            }
        }
    };
    let mut text = safe(&markup.into_string());
    text.push('\n');
    text
}
