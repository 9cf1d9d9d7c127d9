//! Bounds up to a constant, examined from the claim file to the record.
#![allow(clippy::unwrap_used)]

#[path = "support/trial.rs"]
mod support;

use kernel::record::{ClaimRecord, FittedRecord, Outcome, Status};
use support::trial;

fn record(quantify: &str, expr: &str, more: &str) -> ClaimRecord {
    trial("asymptotic", quantify, expr, more).record
}

fn fitted(record: &ClaimRecord) -> &FittedRecord {
    assert_eq!(record.status, Status::Sampled, "{:?}", record.messages);
    assert!(!record.green);
    record.conclusions[0].fitted.as_ref().unwrap()
}

const POLYNOMIALS: &str = r#"{ all = "n", in = "nat", min = 1, search = "1..=5" }, { all = "p", in = "poly(2)", where = 'total_degree(p) <= n', from = ["small", "cancelling", "zero"] }"#;
const TERMS: &str = "nnz(coeffs(p)) + 1 ≲ n";

/// The constant, the number of draws and the forcing instance do not depend on the number of threads.
#[test]
fn a_fit_is_the_same_for_every_number_of_threads() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| record(POLYNOMIALS, TERMS, ""))
    };
    let one = with(1);
    assert_eq!(one, with(8));
    let fit = fitted(&one);
    assert!(fit.drawn);
    assert_eq!(fit.instances, one.conclusions[0].draws);
    // The forcing instance needs the constant, and no drawn instance needs more.
    let sides = fit.forced_by.values.as_ref().unwrap();
    let number = |text: &str| {
        text.parse::<relu_core::number::rational::Rational>()
            .unwrap()
    };
    assert_eq!(
        number(&sides.lhs).over(&number(&sides.rhs)),
        Some(number(&fit.constant))
    );
    let explicit = record(
        POLYNOMIALS,
        &format!("nnz(coeffs(p)) + 1 <= {} * n", fit.constant),
        "",
    );
    assert_eq!(explicit.status, Status::Sampled);
    assert_eq!(explicit.conclusions[0].best_ratio.as_deref(), Some("1"));
}

/// A listed scope: the largest constant over all of it, at most sampled.
#[test]
fn a_listed_scope_is_fitted_whole() {
    let found = record(
        r#"{ all = "n", in = "nat", search = "1..=9" }"#,
        "2 * n + 1 ≲ n",
        "",
    );
    let fit = fitted(&found);
    assert_eq!(
        (fit.constant.as_str(), fit.instances, fit.drawn),
        ("3", 9, false)
    );
    assert_eq!(fit.forced_by.summary, "n = 1");
}

/// A right side that vanishes is an exact counterexample, found and shrunk like any other.
#[test]
fn a_right_side_that_vanishes_refutes() {
    let found = record(
        r#"{ all = "n", in = "nat", search = "0..=9" }"#,
        "2 * n + 1 ≲ n",
        "",
    );
    assert_eq!(found.status, Status::Refuted);
    assert_eq!(found.conclusions[0].fitted, None);
    let witness = found.witness.unwrap();
    assert_eq!(witness.summary, "n = 0");
    assert_eq!(witness.values.unwrap().rhs, "0");
    let drawn = record(
        r#"{ all = "d", in = "nat", min = 1, max = 3 }, { all = "p", in = "poly(d)", from = ["small", "zero"] }"#,
        "1 ≲ nnz(coeffs(p))",
        "",
    );
    assert_eq!(drawn.status, Status::Refuted, "{:?}", drawn.messages);
    assert!(drawn.witness.unwrap().summary.contains("d = 1"));
}

/// Right sides below zero with nothing to bound are undefined, and too many of them break the claim.
#[test]
fn a_negative_right_side_is_undefined() {
    let found = record(r#"{ all = "a", in = "real" }"#, "-1 ≲ min(a, -1)", "");
    assert_eq!(found.status, Status::Broken, "{:?}", found.messages);
}

/// Mutants die by a right side that vanishes, or by an instance against an explicit constant; a slower rate alone does not
/// kill.
#[test]
fn mutants_of_bounds_up_to_a_constant() {
    let mutant = |id: &str, edit: &str| {
        format!("[[mutant]]\nid = \"{id}\"\nexpect = \"killed\"\nedits = ['{edit}']\n")
    };
    let more = [
        mutant("vanishes", "main: 1 + n => n"),
        mutant("two", "main: _ => 2 * n + 5 <= 2 * (1 + n)"),
        mutant("other-rate", "main: 1 + n => 1"),
    ]
    .join("");
    let found = record(
        r#"{ all = "n", in = "nat", search = "0..=9" }"#,
        "2 * n + 5 ≲ 1 + n",
        &more,
    );
    assert_eq!(fitted(&found).constant, "5");
    let outcomes: Vec<Outcome> = found.mutants.iter().map(|mutant| mutant.outcome).collect();
    assert_eq!(
        outcomes,
        [Outcome::Killed, Outcome::Killed, Outcome::Unresolved]
    );
    assert!(!found.as_expected);
}

/// An irrational side leaves a draw undecided, which may need any constant: no constant is shown.
#[test]
fn undecided_draws_leave_no_constant() {
    let found = record(
        r#"{ all = "x", in = "real", where = 'x > 0' }"#,
        "(if x >= 1 then 1000 * pi() else x) ≲ 1",
        "",
    );
    assert_eq!(found.status, Status::Incomplete, "{:?}", found.messages);
    assert_eq!(found.conclusions[0].fitted, None);
}
