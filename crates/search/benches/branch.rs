//! Branch and bound on gradients: time, nodes, size of the certificate, and the time of the kernel's check.
//!
//! `cargo bench -p search --bench branch` runs the table; `-- <id part> [fuel]` runs the instances whose name contains the part.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/support/networks.rs"]
mod networks;

use std::time::Instant;

use kernel::certificate::branch::{Certificate, Norm};
use networks::{Instance, hard, table};
use search::branch::lipschitz;

/// CPU seconds of this process so far, on Linux; elsewhere 0.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or("")
        .split_whitespace()
        .collect();
    let ticks = |i: usize| {
        fields
            .get(i)
            .and_then(|t| t.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}

fn run(instance: &Instance, norm: Norm, fuel: u64) {
    let (start, before) = (Instant::now(), cpu());
    let found = match lipschitz(&instance.phi, &instance.domain, norm, fuel) {
        Ok(found) => found,
        Err(reason) => {
            println!("{:24} {:10} FAILED {reason}", instance.id, norm.word());
            return;
        }
    };
    let (total, spent) = (start.elapsed().as_secs_f64(), cpu() - before);
    let text = found.certificate.text();
    let (start, before) = (Instant::now(), cpu());
    let checked = Certificate::parse(&text)
        .unwrap()
        .check(&instance.phi, &instance.domain, norm)
        .unwrap();
    let (check, checking) = (start.elapsed().as_secs_f64(), cpu() - before);
    let (low, high) = (
        search::shadow::shade_of(&checked.lower),
        search::shadow::shade_of(&checked.upper),
    );
    let index = match norm {
        Norm::L1 => 0,
        Norm::L2Squared => 1,
        Norm::LInfinity => 2,
    };
    let known = match &instance.answers {
        None => "",
        Some(answers) if answers[index] == checked.lower && checked.is_exact() => " = table",
        Some(answers) if checked.lower <= answers[index] && answers[index] <= checked.upper => {
            " encloses table"
        }
        Some(_) => " WRONG",
    };
    println!(
        "{:24} {:10} {} [{low:.6}, {high:.6}]{known}  {spent:.2} s cpu ({total:.2} wall), nodes {}, pivots {}, certificate {:.1} kB, parse and check {checking:.2} s cpu ({check:.2} wall)",
        instance.id,
        norm.word(),
        if checked.is_exact() { "exact" } else { "gap" },
        found.nodes,
        found.pivots,
        text.len() as f64 / 1e3,
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let part = arguments.first().map_or("", String::as_str);
    let fuel = arguments
        .get(1)
        .map_or(20_000, |fuel| fuel.parse().unwrap());
    let mut instances = table();
    for seed in 1..=3 {
        instances.push(hard(&[4, 8, 8, 1], seed));
        instances.push(hard(&[5, 12, 12, 1], seed));
        instances.push(hard(&[8, 12, 12, 1], seed));
    }
    for seed in 1..=4 {
        instances.push(hard(&[10, 20, 20, 1], seed));
    }
    for instance in &instances {
        if instance.id.contains(part) {
            let norms = match arguments.get(2).map(String::as_str) {
                Some("l1") => vec![Norm::L1],
                Some("l2") => vec![Norm::L2Squared],
                Some("linf") => vec![Norm::LInfinity],
                _ => vec![Norm::L1, Norm::L2Squared, Norm::LInfinity],
            };
            for norm in norms {
                run(instance, norm, fuel);
            }
        }
    }
}
