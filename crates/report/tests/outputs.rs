//! Snapshots of every text output, and of a page of five claims.
#![allow(clippy::unwrap_used)]

mod sample;

use insta::assert_snapshot;
use kernel::record::{How, ScopeRow, Status};
use report::terminal::{self, Paint};
use report::{html, json, junit, sarif, summary_markdown};

#[test]
fn terminal_text() {
    assert_snapshot!("terminal", terminal::plain(&sample::run(), 100));
    assert_snapshot!("terminal_narrow", terminal::plain(&sample::five(), 60));
    assert_snapshot!(
        "terminal_coloured",
        terminal::coloured(&sample::five(), 100).replace('\u{1b}', "ESC")
    );
    assert_snapshot!(
        "terminal_quiet",
        terminal::quiet(&sample::run(), 100, Paint::Plain)
    );
}

#[test]
fn a_box_that_is_narrower_than_the_statement_says_so() {
    let mut claim = sample::run().claims.remove(0);
    claim.status = Status::Box;
    claim.green = false;
    claim.scope = [
        ("s", "from 1 to 20", true),
        ("m", "from 1 on, the whole range", false),
    ]
    .map(|(var, detail, narrower)| ScopeRow {
        engine: "box".to_owned(),
        conclusion: "main".to_owned(),
        var: var.to_owned(),
        how: How::Interval,
        detail: detail.to_owned(),
        narrower,
    })
    .into();
    let line = terminal::claim_line(&claim, 160, Paint::Plain);
    assert!(line.contains("only for s from 1 to 20"), "{line}");
    claim.status = Status::Sampled;
    let line = terminal::claim_line(&claim, 160, Paint::Plain);
    assert!(!line.contains("only for"), "{line}");
}

#[test]
fn claim_lines() {
    let lines: Vec<String> = sample::run()
        .claims
        .iter()
        .map(|claim| terminal::claim_line(claim, 100, Paint::Plain))
        .collect();
    assert_snapshot!("claim_lines", lines.join("\n"));
}

#[test]
fn machine_formats() {
    assert_snapshot!("run_json", json::write(&sample::five()));
    assert_snapshot!("badge", json::badge(&sample::five()));
    assert_snapshot!("junit", junit::write(&sample::five()));
    assert_snapshot!("sarif", sarif::write(&sample::five(), &[]));
}

#[test]
fn job_summary() {
    assert_snapshot!("summary", summary_markdown(&sample::run()));
}

#[test]
fn page_of_five_claims() {
    let page = html::page_from(&sample::five(), &sample::texts(), Some("2026-01-01"));
    // style, script and data have their own tests
    let body = &page
        [page.find("<body>").expect("a body")..page.find("<script id=\"run\"").expect("the data")];
    assert_snapshot!("page", body.replace("><", ">\n<"));
}
