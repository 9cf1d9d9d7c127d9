//! Snapshots of every text output, and of a page of five claims.
#![allow(clippy::unwrap_used)]

mod sample;

use insta::assert_snapshot;
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
