//! Statements about polynomials, named functions and exact errors, from the text of the claim to the verdict.
#![allow(clippy::unwrap_used)]

#[path = "support/trial.rs"]
mod support;

use kernel::record::Status;
use search::examine::Examined;
use support::trial;

fn verdict(quantify: &str, expr: &str, more: &str) -> Examined {
    trial("bound", quantify, expr, more)
}

const POLY: &str = r#"{ all = "d", in = "nat", min = 1, search = "1..=3" }, { all = "p", in = "poly(d)", where = 'total_degree(p) <= 8', from = ["named(fn(x) x^3 - 2*x + 1)", "small", "repeated-exponents", "cancelling", "zero"] }"#;

#[test]
fn polynomials_are_drawn_and_shrunk() {
    let found = verdict(POLY, "norm_inf(coeffs(p)) <= norm1(coeffs(p))", "").record;
    assert_eq!(found.status, Status::Sampled, "{:?}", found.messages);
    let found = verdict(POLY, "total_degree(p) <= 2", "");
    assert_eq!(found.record.status, Status::Refuted);
    let witness = found.witnesses.values().next().unwrap();
    let text = &witness.assign["p"];
    assert_eq!(
        (text.as_str(), witness.assign["d"].as_str()),
        ("fn(x) x^3", "1")
    );
    // p(1, …, 1) is the sum of the coefficients: decided at every polynomial that is drawn.
    let at_one = r#"{ all = "p", in = "poly(2)", from = ["cancelling"] }"#;
    let found = verdict(at_one, "p([1,1]) == 0", "").record;
    assert_eq!(found.status, Status::Sampled, "{:?}", found.messages);
}

#[test]
fn polynomials_bound_what_they_are_compared_with() {
    // An affine network is a polynomial of degree 1 exactly.
    let affine = r#"{ all = "p", in = "poly(1)", where = 'total_degree(p) <= 1', from = ["small", "zero"] }"#;
    let network = "[let]\nphi = 'net(([[p(1) - p(0)]], [p(0)]))'\n";
    let found = verdict(affine, "w1inf_error(phi, p, [-1,2]) == 0", network).record;
    assert_eq!(found.status, Status::Sampled, "{:?}", found.messages);
    let quadratic = affine.replace("<= 1", "<= 2");
    let found = verdict(&quadratic, "w1inf_error(phi, p, [-1,2]) == 0", network).record;
    assert_eq!(found.status, Status::Refuted, "{:?}", found.messages);
}

#[test]
fn named_functions_are_all_tried() {
    let among =
        |functions: &str| format!(r#"{{ all = "f", in = "target", among = [{functions}] }}"#);
    let found = verdict(
        &among("'fn(x) x^2', 'fn(x) x', 'fn(x) min(x, 1)'"),
        "sup_error(square(2), f, [0,1]) <= 1/4",
        "",
    )
    .record;
    assert_eq!(found.status, Status::Instance, "{:?}", found.messages);
    let found = verdict(
        &among("'fn(x) x^2', 'fn(x) abs(2*x - 1)'"),
        "sup_error(square(2), f, [0,1]) <= 1/4",
        "",
    );
    assert_eq!(
        found.record.status,
        Status::Refuted,
        "{:?}",
        found.record.messages
    );
    let witness = found.witnesses.values().next().unwrap();
    assert_eq!(witness.assign["f"], "fn(x) abs(2*x - 1)");
}

#[test]
fn a_statement_about_all_functions_is_cited() {
    let all = r#"{ all = "f", in = "target" }"#;
    let found = verdict(all, "sup_error(square(2), f, [0,1]) <= 1/4", "").record;
    assert_eq!(found.status, Status::Cited, "{:?}", found.messages);
}

/// The distances and the slopes: both backends decide the equalities, and the false ones fail.
#[test]
fn squaring_networks_have_exact_errors() {
    let m = r#"{ all = "m", in = "nat", min = 1, max = 8 }"#;
    for (expr, expected) in [
        (
            "sup_error(square(m), fn(x) x^2, [0,1]) == 2^(-2*m-2)",
            Status::Instance,
        ),
        (
            "w1inf_error(square(m), fn(x) x^2, [0,1]) == 2^-m",
            Status::Instance,
        ),
        ("pieces(square(m), [0,1]) == 2^m", Status::Instance),
        (
            "w1inf_error(square(m), fn(x) x^2, [0,1]) <= 2^(-m-1)",
            Status::Refuted,
        ),
        (
            "sup_error(square(m), fn(x) x^2, [0,2]) <= 2",
            Status::Instance,
        ),
        (
            "w1inf_error(square(m), fn(x) x^3, [0,1])^2 < 2",
            Status::Refuted,
        ),
    ] {
        let found = verdict(m, expr, "").record;
        assert_eq!(found.status, expected, "{expr}: {:?}", found.messages);
    }
    let twin = "[[mutant]]\nid = \"value-only\"\nexpect = \"killed\"\nedits = ['main: w1inf_error(square(m), fn(x) x^2, [0,1]) => w1inf_error@value(square(m), fn(x) x^2, [0,1])']\n";
    let found = verdict(m, "w1inf_error(square(m), fn(x) x^2, [0,1]) == 2^-m", twin).record;
    assert_eq!(found.mutants.len(), 1);
    assert_eq!(found.mutants[0].outcome, kernel::record::Outcome::Killed);
}
