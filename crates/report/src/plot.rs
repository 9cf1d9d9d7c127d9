//! Plots as SVG: errors against the number of samples, both logarithmic, a panel for each number of inputs.

mod axis;
mod panel;

use maud::{Markup, PreEscaped, html};
use training::Summary;
use training::summary::{Dimension, Row};

use axis::Axis;

/// Size of a panel, without the labels of the error axis, which all share.
const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 340.0;
/// Room for the labels of the error axis.
const MARGIN: f64 = 62.0;

const COLOURS: &str = include_str!("plot/colours.css");
const STYLE: &str = include_str!("html/plot.css");

/// A norm: the class of its marks, its name, and its error for the worst teacher.
type Norm = (&'static str, &'static str, fn(&Row) -> Option<f64>);

const NORMS: [Norm; 3] = [
    ("sup", "L∞", |row| row.worst.sup.map(|best| best.error)),
    ("l2", "L²", |row| row.worst.l2.map(|best| best.error)),
    ("l1", "L¹", |row| row.worst.l1.map(|best| best.error)),
];

/// The plot for a page that has the style of the report.
pub(crate) fn gap(summary: &Summary) -> Markup {
    drawing(summary, None)
}

/// The plot as a file of its own.
pub fn gap_svg(summary: &Summary) -> String {
    let mut text = drawing(summary, Some(&format!("{COLOURS}{STYLE}"))).into_string();
    text.push('\n');
    text
}

fn drawing(summary: &Summary, style: Option<&str>) -> Markup {
    let panels = summary.dimensions.len() as f64;
    let size = format!("0 0 {:.0} {HEIGHT:.0}", MARGIN + panels * WIDTH);
    let errors = Axis::decades(all(summary, |dimension| {
        let rows = dimension.rows.iter();
        rows.flat_map(|row| NORMS.iter().filter_map(|(_, _, error)| error(row)))
            .collect()
    }));
    html! {
        svg.plot xmlns="http://www.w3.org/2000/svg" viewBox=(size) role="img" aria-label="Errors of the worst teacher against the number of samples" {
            @if let Some(style) = style { style { (PreEscaped(style)) } }
            "\n"
            @for (index, dimension) in summary.dimensions.iter().enumerate() {
                (panel::panel(dimension, &errors, MARGIN + index as f64 * WIDTH, index == 0))
            }
        }
    }
}

fn all(summary: &Summary, values: impl Fn(&Dimension) -> Vec<f64>) -> Vec<f64> {
    summary.dimensions.iter().flat_map(values).collect()
}
