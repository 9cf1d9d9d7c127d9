//! One panel: the curves of one number of inputs.

use maud::{Markup, html};
use training::summary::{Dimension, Row};

use super::axis::Axis;
use super::{HEIGHT, NORMS, WIDTH};
use crate::measured::{raised, significant};
use crate::number::grouped;

/// Room around the curves: above, to the right for their names, below.
const TOP: f64 = 44.0;
const RIGHT: f64 = 62.0;
const BOTTOM: f64 = 44.0;
/// Least distance between names.
const LINE: f64 = 14.0;

/// The panel whose curves begin at a place from the left; the first one labels the errors.
pub(super) fn panel(dimension: &Dimension, errors: &Axis, left: f64, first: bool) -> Markup {
    let samples = Axis::around(
        dimension
            .rows
            .iter()
            .map(|row| row.samples as f64)
            .collect(),
    );
    let (right, bottom) = (left + WIDTH - RIGHT, HEIGHT - BOTTOM);
    let x = |row: &Row| {
        let place = samples.place(row.samples as f64).unwrap_or(0.5);
        left + place * (right - left)
    };
    let y = |error: f64| Some(bottom - errors.place(error)? * (bottom - TOP));
    html! {
        g {
            text.panel x=(px(left)) y="18" { "d = " (dimension.dimension) }
            text x=(px(left)) y="34" { (method(dimension)) }
            @for exponent in errors.exponents() {
                @if let Some(y) = y(10.0_f64.powi(exponent)) {
                    line.grid x1=(px(left)) x2=(px(right)) y1=(px(y)) y2=(px(y)) {}
                    @if first { text x=(px(left - 8.0)) y=(px(y + 4.0)) text-anchor="end" { "10" (raised(exponent)) } }
                }
            }
            path.axis d={ "M" (px(left)) " " (px(TOP)) "V" (px(bottom)) "H" (px(right)) } {}
            @for row in &dimension.rows {
                line.axis x1=(px(x(row))) x2=(px(x(row))) y1=(px(bottom)) y2=(px(bottom + 5.0)) {}
                text x=(px(x(row))) y=(px(bottom + 19.0)) text-anchor="middle" { (grouped(row.samples as u64)) }
            }
            text x=(px((left + right) / 2.0)) y=(px(bottom + 37.0)) text-anchor="middle" { "samples m" }
            @for row in &dimension.rows { (gap(row, x(row), &y)) }
            @for (class, _, error) in NORMS {
                @let points: Vec<(f64, f64)> = dimension.rows.iter().filter_map(|row| Some((x(row), y(error(row)?)?))).collect();
                polyline.curve.(class) points=(joined(&points)) {}
                @for (x, y) in points { circle.dot.(class) cx=(px(x)) cy=(px(y)) r="3.5" {} }
            }
            (names(dimension, right, &y))
        }
        "\n"
    }
}

fn method(dimension: &Dimension) -> &'static str {
    match dimension.exact {
        true => "exact errors, worst teacher",
        false => "errors at test points, worst teacher",
    }
}

/// The factor between the errors in L² and in L^∞ at one number of samples.
fn gap(row: &Row, x: f64, y: &impl Fn(f64) -> Option<f64>) -> Markup {
    let errors = row.worst.sup.zip(row.worst.l2);
    let ends = errors.and_then(|(sup, l2)| {
        let factor = sup.error / l2.error;
        Some((factor, y(sup.error)?, y(l2.error)?))
    });
    html! {
        @if let Some((factor, sup, l2)) = ends {
            line.gap x1=(px(x)) x2=(px(x)) y1=(px(sup)) y2=(px(l2)) {}
            text x=(px(x + 5.0)) y=(px((sup + l2) / 2.0 + 4.0)) { "×" (significant(factor, 2)) }
        }
    }
}

/// The names of the norms beside the ends of their curves, moved apart where they would overlap.
fn names(dimension: &Dimension, right: f64, y: &impl Fn(f64) -> Option<f64>) -> Markup {
    let mut last = f64::NEG_INFINITY;
    let ends = NORMS.iter().filter_map(|(class, name, error)| {
        let end = y(error(dimension.rows.last()?)?)?.max(last + LINE);
        last = end;
        Some((class, name, end))
    });
    let ends: Vec<_> = ends.collect();
    html! {
        @for (class, name, end) in ends {
            text.name.(class) x=(px(right + 6.0)) y=(px(end + 4.0)) { (name) }
        }
    }
}

fn joined(points: &[(f64, f64)]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{},{}", px(*x), px(*y)))
        .collect();
    points.join(" ")
}

fn px(value: f64) -> String {
    format!("{value:.1}")
}
