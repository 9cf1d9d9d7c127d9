//! An experiment: its plot, its page, its text, and its section in the report.
#![allow(clippy::unwrap_used)]

mod sample;
mod support;

use insta::assert_snapshot;
use report::{experiment_text, html, plot};
use support::markup::{Element, Kind, parse};
use training::Summary;
use training::config::{Config, DEFAULT};
use training::measure::Norms;
use training::summary::{Algorithm, Best, Dimension, Row, Spread, bump_ratio};

fn norms(error: f64) -> Norms<Option<Best>> {
    let best = |error| {
        Some(Best {
            error,
            algorithm: Algorithm {
                schedule: 0,
                width: 32,
                epoch: 1000,
            },
        })
    };
    Norms {
        l1: best(error * 0.75),
        l2: best(error),
        sup: best(error * 4.0),
    }
}

fn row(dimension: usize, samples: usize, error: f64) -> Row {
    Row {
        samples,
        worst: norms(error),
        average: norms(error / 2.0),
        ratio: Some(Spread {
            least: 3.0,
            median: 4.0,
            largest: 12.5,
        }),
        bump_ratio: bump_ratio(dimension, samples),
        diverged: 0,
    }
}

fn summary() -> Summary {
    let configuration = Config::parse(DEFAULT).unwrap();
    let dimension = |dimension, exact, errors: [f64; 3]| Dimension {
        dimension,
        exact,
        rows: [100, 300, 1000]
            .into_iter()
            .zip(errors)
            .map(|(samples, error)| row(dimension, samples, error))
            .collect(),
        slopes: Norms {
            l1: Some(-0.5),
            l2: Some(-0.25),
            sup: Some(0.125),
        },
    };
    Summary {
        format: 1,
        rung: "SAMPLED".to_owned(),
        hash: "0123456789abcdef".repeat(4),
        trainings: configuration.trainings().len(),
        configuration,
        dimensions: vec![
            dimension(1, true, [7.1e-3, 4.3e-3, 6.1e-4]),
            dimension(3, false, [4.0e-2, 3.5e-2, 2.0e-2]),
        ],
    }
}

/// The same with a row on which everything diverged.
fn diverged() -> Summary {
    let mut summary = summary();
    let row = &mut summary.dimensions[1].rows[2];
    let none = Norms {
        l1: None,
        l2: None,
        sup: None,
    };
    (row.worst, row.average, row.ratio, row.diverged) = (none, none, None, 8);
    summary.dimensions[1].slopes = none.map(|_| None);
    summary
}

fn tree(text: &str) -> Element {
    parse(text, Kind::Html).unwrap_or_else(|problem| panic!("{problem}"))
}

#[test]
fn plot_page_and_text() {
    assert_snapshot!("gap_svg", plot::gap_svg(&summary()).replace("><", ">\n<"));
    let page = html::experiment_page(&summary());
    let body = &page[page.find("<main").unwrap()..];
    assert_snapshot!("experiment_page", body.replace("><", ">\n<"));
    assert_snapshot!("experiment_text", experiment_text(&summary()));
    assert_snapshot!("experiment_text_diverged", experiment_text(&diverged()));
}

#[test]
fn the_page_is_well_formed_claims_no_more_than_samples_and_fetches_nothing() {
    for summary in [summary(), diverged()] {
        let page = html::experiment_page(&summary);
        let root = tree(&page);
        assert_eq!(root.named("h1").len(), 1);
        assert!(root.named("script").is_empty());
        for element in root.all() {
            for (name, value) in &element.attributes {
                assert!(!name.starts_with("on") && name != "style");
                let fetched = ["href", "src"].contains(&name.as_str());
                assert!(!fetched || value.starts_with('#') || value == "data:,");
            }
        }
        let page = &page[page.find("<body>").unwrap()..];
        assert!(page.contains("SAMPLED") && !page.contains("PROVED") && !page.contains("green"));
        assert!(page.contains("lower estimate"));
        assert!(!page.contains("NaN") && !page.contains("inf,"));
        tree(&plot::gap_svg(&summary));
    }
}

#[test]
fn the_section_stands_in_the_report_only_if_it_is_asked_for() {
    let run = sample::five();
    let texts = sample::texts();
    let without = html::page_from(&run, &texts, None);
    assert_eq!(
        html::page_with(&run, &texts, html::Beside::default(), None),
        without
    );
    let body = &without[without.find("<body>").unwrap()..];
    assert!(!body.contains("id=\"experiment\""));
    let summary = summary();
    let beside = html::Beside {
        experiment: Some(&summary),
        ..html::Beside::default()
    };
    let page = html::page_with(&run, &texts, beside, None);
    let root = tree(&page);
    let section = |element: &&Element| element.attribute("id") == "experiment";
    assert_eq!(root.all().into_iter().filter(section).count(), 1);
    assert!(page.contains("href=\"#experiment\""));
}

#[test]
fn titles_cannot_carry_mark_up() {
    let mut summary = summary();
    summary.configuration.title = "<script>alert(1)</script>\u{202e}".to_owned();
    let page = html::experiment_page(&summary);
    assert!(tree(&page).named("script").is_empty());
    assert!(!page.contains('\u{202e}'));
}
