//! Writes the page of the sample run to standard output: `cargo run -p report --example sample_page > page.html`.
#![allow(clippy::unwrap_used)]

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() {
    print!(
        "{}",
        report::html::page_from(
            &sample::run(),
            &sample::texts(),
            Some("2026-01-01 12:00 UTC")
        )
    );
}
