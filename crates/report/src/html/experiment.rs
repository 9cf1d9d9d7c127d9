//! The experiment: what was measured, by how many samples, and what it does not show.

use super::newline;
use super::shapes;
use crate::measured::significant;
use crate::number::grouped;
use crate::plot;
use crate::text::counted;
use kernel::record::Status;
use maud::{Markup, html};
use training::Summary;
use training::config::{Config, Precision};
use training::measure::Norms;
use training::summary::{Best, Dimension, Row};

/// Digits of a measured error.
const DIGITS: usize = 3;

/// The section with the plot, the tables and the configuration.
pub(super) fn section(summary: &Summary) -> Markup {
    html! {
        section.block.experiment #experiment aria-labelledby="experiment-title" {
            h2 #experiment-title { "Experiment: " (summary.configuration.title) }
            p { (shapes::status_badge(Status::Sampled)) " Evidence for these " (counted(summary.trainings, "training", "trainings")) " only. Nothing follows for other teachers, other students or other ways of training." }
            p { "A student network is trained on m samples of a random teacher network, and then compared with the teacher on the whole cube. The theory says that errors in L² may fall with m while errors in L" sup { "∞" } " do not: between any m points there is room for a network that is large somewhere and small on average." }
            figure {
                (plot::gap(summary))
                (newline())
                figcaption { "The least error over all algorithms of the worst teacher. The factor between L² and L∞ stands beside the dotted lines." }
            }
            @for dimension in &summary.dimensions { (results(summary, dimension)) }
            p.note { (method(summary)) }
            (configuration(summary))
        }
        (newline())
    }
}

fn results(summary: &Summary, dimension: &Dimension) -> Markup {
    let label = format!("Errors for d = {}", dimension.dimension);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table {
                caption { (label) }
                thead {
                    tr {
                        th.number scope="col" { "m" }
                        th.number scope="col" { "L¹, worst" } th.number scope="col" { "L², worst" } th.number scope="col" { "L∞, worst" }
                        th.number scope="col" { "L¹, mean" } th.number scope="col" { "L², mean" } th.number scope="col" { "L∞, mean" }
                        th.number scope="col" { "L∞/L² by teacher" }
                        th.number scope="col" { "L∞/L² of a bump" }
                        th scope="col" { "Best for L∞" }
                        th.number scope="col" { "Diverged" }
                    }
                }
                tbody { @for row in &dimension.rows { (result(summary, row)) } }
            }
        }
        (slopes(dimension))
    }
}

fn result(summary: &Summary, row: &Row) -> Markup {
    html! {
        tr {
            th.number scope="row" { (grouped(row.samples as u64)) }
            (errors(&row.worst))
            (errors(&row.average))
            td.number {
                @if let Some(ratio) = row.ratio {
                    (significant(ratio.median, 2)) " (" (significant(ratio.least, 2)) "–" (significant(ratio.largest, 2)) ")"
                } @else { "–" }
            }
            td.number { (significant(row.bump_ratio, DIGITS)) }
            td { @if let Some(best) = row.worst.sup { (algorithm(summary, best)) } @else { "–" } }
            td.number { (row.diverged) }
        }
    }
}

fn errors(norms: &Norms<Option<Best>>) -> Markup {
    let shown = |best: Option<Best>| {
        best.map_or_else(|| "–".to_owned(), |best| significant(best.error, DIGITS))
    };
    html! { @for best in [norms.l1, norms.l2, norms.sup] { td.number { (shown(best)) } } }
}

fn algorithm(summary: &Summary, best: Best) -> String {
    let algorithm = best.algorithm;
    let schedules = &summary.configuration.schedules;
    let batch = schedules
        .get(algorithm.schedule)
        .map(|schedule| format!(", batch {}", schedule.batch))
        .unwrap_or_default();
    format!(
        "width {}{batch}, epoch {}",
        algorithm.width,
        grouped(algorithm.epoch as u64)
    )
}

fn slopes(dimension: &Dimension) -> Markup {
    let Norms { l1, l2, sup } = dimension.slopes;
    html! {
        @if let (Some(l1), Some(l2), Some(largest)) = (l1, l2, sup) {
            p.note {
                "Slopes of the logarithmic errors of the worst teacher against ln m, by least squares: L¹ " (signed(l1)) ", L² " (signed(l2)) ", L∞ " (signed(largest)) ". With so few teachers they are noisy."
            }
        }
    }
}

fn signed(value: f64) -> String {
    format!("{value:+.2}").replace('-', "−")
}

fn method(summary: &Summary) -> String {
    let evaluation = &summary.configuration.evaluation;
    let exact = summary.dimensions.iter().any(|dimension| dimension.exact);
    let sampled = summary.dimensions.iter().any(|dimension| !dimension.exact);
    let mut text = String::new();
    if exact {
        text.push_str("For d = 1 students and teachers are compared on their common affine pieces, found exactly; L∞ is the supremum, rounded once. ");
    }
    if sampled {
        text.push_str(&format!(
            "Otherwise at {} fixed uniform points; the largest error over points is a lower estimate of L∞. ",
            grouped(evaluation.points as u64)
        ));
    }
    text.push_str("All norms are means over the cube. “Worst” and “mean” are over the teachers, after the mean over runs, and the least over all algorithms (way of training, width, checkpoint); each norm has its own best algorithm. “By teacher” is the median with the least and the largest, for the best algorithm for L∞. The bump is an exact example: a function of height 1 that vanishes at m given points, wherever they lie.");
    text
}

fn configuration(summary: &Summary) -> Markup {
    let Config {
        dimensions,
        half_width,
        teachers,
        samples,
        students,
        schedules,
        rate,
        evaluation,
        ..
    } = &summary.configuration;
    let range = |first: u64, count: u64| format!("{first} to {}", first + count - 1);
    let hidden = |sizes: &[usize]| list(sizes.iter());
    let precision = match students.precision {
        Precision::Single => "single",
        Precision::Double => "double",
    };
    let facts = [
        ("Inputs d", list(dimensions.iter())),
        ("Cube", format!("[−{half_width}, {half_width}]^d")),
        (
            "Teachers",
            format!(
                "seeds {}, hidden layers {}, entries uniform within ±{}",
                range(teachers.first_seed, teachers.count),
                hidden(&teachers.hidden),
                teachers.entries
            ),
        ),
        ("Samples m", list(samples.counts.iter())),
        (
            "Runs",
            format!("seeds {}", range(samples.first_seed, samples.runs)),
        ),
        (
            "Students",
            format!(
                "{} hidden layers of width {}; {precision} precision; entries start uniform within ±1/√(inputs of the layer)",
                students.hidden_layers,
                list(students.widths.iter())
            ),
        ),
        (
            "Training",
            schedules
                .iter()
                .map(|s| format!("batch {}, {} epochs", s.batch, grouped(s.epochs as u64)))
                .collect::<Vec<_>>()
                .join("; "),
        ),
        (
            "Adam",
            format!(
                "learning rate from {} to {}, exponentially by epoch",
                significant(rate.first, 1),
                significant(rate.last, 1)
            ),
        ),
        (
            "Evaluation",
            format!(
                "{} checkpoints; test points with seed {}",
                evaluation.checkpoints, evaluation.seed
            ),
        ),
        ("Hash", summary.hash.clone()),
    ];
    html! {
        details {
            summary { "Configuration and seeds" }
            dl.facts { @for (name, value) in &facts { dt { (name) } dd { (value) } } }
        }
    }
}

fn list(items: impl Iterator<Item = impl ToString>) -> String {
    items
        .map(|item| item.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}
