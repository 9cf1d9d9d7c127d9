//! Ways in which a wrong verdict could get out, each tried and seen to be stopped.
//!
//! Sampled or named rows shown as more than they are, false tallies, enumerations with a gap, stale or tampered witnesses
//! and wrong kills are tried in `verdicts.rs` and `witnesses.rs`; printing is tried with the registry in `printing.rs`.
#![allow(clippy::unwrap_used)]

use claim_language::file::Claim;
use kernel::certificate::parameters::{Certificate, Step};
use kernel::check::{Constructions, Rejection, check_candidate};
use kernel::exhaust;
use kernel::record::Status;
use kernel::redraw::{REDRAWN, draw, first_disagreement};
use kernel::verdict::{ConclusionEvidence, Draws, Verdict};
use relu_core::number::rational::Rational;
use theorems::assignment::Assignment;
use theorems::bibliography::Bibliography;
use theorems::logspace::Span;
use theorems::machine::Memory;
use theorems::scope::Enumerated;
use theorems::statement::Statement;
use theorems::value::Backend;
use theorems::vocabulary::Words;

fn words() -> Words {
    Words::new(Bibliography::parse("[derived]\ntitle = \"Derived here\"\n").unwrap())
}

/// A claim with this statement.
fn claim(quantify: &str, rest: &str) -> Claim {
    let text = format!(
        "format = 1\n[claim]\nid = \"trial\"\ntitle = \"Trial\"\narea = \"derivative\"\nkind = \"identity\"\nexpect = \"holds\"\n\
         [source]\ncite = \"derived\"\nlocator = \"test\"\n[statement]\nquantify = [{quantify}]\n{rest}"
    );
    let (claim, problems) = Claim::parse("trial.toml", &text, &words());
    claim.unwrap_or_else(|| panic!("{problems:#?}"))
}

fn compiled(quantify: &str, expr: &str) -> Statement {
    Statement::compile(&claim(
        quantify,
        &format!("[conclusion.main]\nexpr = '{expr}'\n"),
    ))
    .unwrap()
}

fn values(values: &[(&str, &str)]) -> Assignment {
    values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// A search range is not the range of the statement: running through it is narrower than the statement.
#[test]
fn a_search_range_is_not_the_whole_range() {
    let searched = compiled(r#"{ all = "n", in = "nat", search = "1..=4" }"#, "n < 5");
    assert_eq!(exhaust::finite(&searched, 0).unwrap().instances, 4);
    assert_eq!(
        searched.variables[0].enumerated(),
        Enumerated::Between(1, 4)
    );
    let listed = compiled(
        r#"{ all = "t", in = "real", search = "[1/2, 3]" }"#,
        "t < 4",
    );
    assert_eq!(exhaust::finite(&listed, 0).unwrap().instances, 2);
    assert_eq!(listed.variables[0].enumerated(), Enumerated::Listed(2));
    let both = compiled(
        r#"{ all = "n", in = "nat", max = 6, search = "1..=4" }"#,
        "n < 9",
    );
    assert_eq!(exhaust::finite(&both, 0).unwrap().instances, 7);
    assert_eq!(both.variables[0].enumerated(), Enumerated::Whole);
    let bounded = compiled(r#"{ all = "n", in = "nat", min = 1, max = 4 }"#, "n < 5");
    assert!(exhaust::finite(&bounded, 0).unwrap().is_complete());
    let false_there = compiled(r#"{ all = "n", in = "nat", min = 1, max = 5 }"#, "n < 5");
    let found = exhaust::finite(&false_there, 0).unwrap();
    assert_eq!((found.failed, found.is_complete()), (1, false));
}

/// For almost all values of a symbol finitely many exceptions do not count, and an interval of them does.
#[test]
fn exceptions_of_an_almost_all_symbol_are_points() {
    let prefix = r#"{ almost-all = "x", in = "real", symbolic = true }"#;
    let found = |expr: &str| exhaust::finite(&compiled(prefix, expr), 0).unwrap();
    assert!(found("x^2 != 2").is_complete());
    assert_eq!(found("x^2 > 2").failed, 1);
    assert!(!found("x == 2").is_complete());
}

/// What is chosen last, as a symbol, exists where it does for one value; what is chosen before something else does not.
#[test]
fn a_symbol_chosen_last_needs_one_value() {
    let last = r#"{ all = "n", in = "nat", min = 1, max = 3 }, { some = "x", in = "real", symbolic = true }"#;
    assert!(
        exhaust::finite(&compiled(last, "x^2 == n"), 0)
            .unwrap()
            .is_complete()
    );
    assert!(
        exhaust::finite(&compiled(last, "x^2 == n - 2"), 0)
            .unwrap()
            .failed
            > 0
    );
    let first = r#"{ some = "x", in = "real", symbolic = true }, { all = "n", in = "nat", min = 1, max = 3 }"#;
    assert!(
        !exhaust::finite(&compiled(first, "x^2 == n"), 0)
            .unwrap()
            .is_complete()
    );
}

/// An empty range is no evidence.
#[test]
fn an_empty_range_completes_nothing() {
    let empty = compiled(
        r#"{ all = "n", in = "nat", min = 1, max = 4, where = 'n > 5' }"#,
        "n < 0",
    );
    assert!(!exhaust::finite(&empty, 0).unwrap().is_complete());
}

/// Quantifiers over the kink value are decided over all real numbers: one bad irrational point is found.
#[test]
fn no_grid_stands_for_the_real_line() {
    let statement = compiled(
        r#"{ all = "c", in = "real", symbolic = true }"#,
        "not 2 * c^2 == 1",
    );
    let found = exhaust::finite(&statement, 0).unwrap();
    assert_eq!(found.failed, 2);
    assert!(
        found
            .failures
            .iter()
            .all(|failure| failure["c"].starts_with("root(")),
        "{:?}",
        found.failures
    );
    for failure in &found.failures {
        assert!(check_candidate(&statement, "main", failure, Constructions::RefuteNothing).is_ok());
    }
    let at_half = values(&[("c", "1/2")]);
    assert_eq!(
        check_candidate(&statement, "main", &at_half, Constructions::RefuteNothing),
        Err(Rejection::Holds)
    );
}

/// The degree trick: agreement at many rational points proves nothing for abs and ≤.
#[test]
fn comparisons_are_decided_by_roots_not_by_points() {
    let statement = compiled(
        r#"{ all = "c", in = "real", symbolic = true }"#,
        "c * (c - 1/1000) >= 0 or abs(c) > 1/1000",
    );
    let found = exhaust::finite(&statement, 0).unwrap();
    assert!(found.failed > 0);
    let bad: Rational = found.failures[0]["c"].parse().unwrap();
    assert!(bad > Rational::zero() && bad < Rational::new(1, 1000).unwrap());
}

/// A hypothesis that nothing evaluates caps the claim at CITED, whatever the draws say.
#[test]
fn what_cannot_be_evaluated_is_cited() {
    let quantify = r#"{ all = "A", in = "learner" }, { all = "n", in = "nat", min = 1, max = 2 }"#;
    let claim = claim(quantify, "[conclusion.main]\nexpr = 'n <= 2'\n");
    let statement = Statement::compile(&claim).unwrap();
    let evidence = ConclusionEvidence {
        draws: Some(Draws {
            tried: 100,
            holds: 100,
            ..Draws::default()
        }),
        ..Default::default()
    };
    let verdict = Verdict::of(&claim, &statement, &[evidence], &[], false);
    assert_eq!((verdict.status, verdict.green), (Status::Cited, false));
    assert_eq!(exhaust::finite(&statement, 0), None);
}

/// Undecided or undefined hypotheses never refute.
#[test]
fn a_refutation_needs_every_hypothesis_true() {
    let quantify = r#"{ all = "x", in = "real", from = ["small"] }"#;
    for hypothesis in ["1 / x > 0", "x > 2", "ceil_log2(x) > 0"] {
        let claim = claim(
            quantify,
            &format!(
                "assume.h = {{ expr = '{hypothesis}', needed = \"yes\" }}\n[conclusion.main]\nexpr = 'x > 100'\n"
            ),
        );
        let statement = Statement::compile(&claim).unwrap();
        let found = check_candidate(
            &statement,
            "main",
            &values(&[("x", "0")]),
            Constructions::RefuteNothing,
        );
        assert_eq!(found, Err(Rejection::Vacuous), "{hypothesis}");
    }
}

/// An undefined conclusion never refutes.
#[test]
fn an_undefined_conclusion_refutes_nothing() {
    let statement = compiled(r#"{ all = "x", in = "real" }"#, "1 / x == 1 / x");
    let found = check_candidate(
        &statement,
        "main",
        &values(&[("x", "0")]),
        Constructions::RefuteNothing,
    );
    assert!(matches!(found, Err(Rejection::Undefined(_))), "{found:?}");
}

/// A closed condition that fails only on a null set does not refute an almost-all statement, nor does a strict one.
#[test]
fn null_sets_do_not_refute_almost_all() {
    for (expr, x, refutes) in [
        ("not x[0] == 0", "[0]", false),
        ("x[0] < 1", "[1]", false),
        ("x[0] < 1", "[2]", true),
        ("x[0] != x[1]", "[1, 1]", false),
    ] {
        let length = x.matches(',').count() + 1;
        let statement = compiled(
            &format!(r#"{{ almost-all = "x", in = "vec({length})" }}"#),
            expr,
        );
        let found = check_candidate(
            &statement,
            "main",
            &values(&[("x", x)]),
            Constructions::RefuteNothing,
        );
        assert_eq!(found.is_ok(), refutes, "{expr} at {x}: {found:?}");
    }
}

/// Candidates are text with exact numbers: there is no way in for a floating-point value.
#[test]
fn floating_point_values_are_not_numbers() {
    let statement = compiled(r#"{ all = "x", in = "real" }"#, "x == 0");
    for (text, readable) in [
        ("nan", false),
        // The exponent ∞ is a word of the language, and no number.
        ("infinity", false),
        ("1e-3", false),
        ("0x1", false),
        ("-0.0", true),
        ("0.1", true),
    ] {
        let found = check_candidate(
            &statement,
            "main",
            &values(&[("x", text)]),
            Constructions::RefuteNothing,
        );
        assert_eq!(
            !matches!(found, Err(Rejection::Unreadable(_))),
            readable,
            "{text}: {found:?}"
        );
    }
    let minus_zero = check_candidate(
        &statement,
        "main",
        &values(&[("x", "-0.0")]),
        Constructions::RefuteNothing,
    );
    assert_eq!(minus_zero, Err(Rejection::Holds));
}

/// Two evaluations of different statements disagree on a redrawn instance, and that is seen.
#[test]
fn a_native_that_search_computes_differently_is_noticed() {
    let quantify = r#"{ all = "phi", in = "network", from = ["G8"] }, { all = "x", in = "vec(indim(phi))", from = ["kinks(phi)"] }"#;
    let right = compiled(quantify, "deriv(phi, x, 0) == deriv(phi, x, 0)");
    let wrong = compiled(quantify, "deriv(phi, x, 0) == deriv(phi, x, 1)");
    let mut memory = Memory::default();
    let said: Vec<_> = (0..REDRAWN)
        .map(|index| draw(&wrong, 0, 1, index, Backend::Fast, &mut memory))
        .collect();
    assert!(first_disagreement(&right, 0, 1, &said).is_some());
    assert_eq!(first_disagreement(&wrong, 0, 1, &said), None);
}

/// A value in terms of what is chosen after it looks ahead, and is refused.
#[test]
fn witnesses_do_not_look_ahead() {
    let late = compiled(
        r#"{ all = "y", in = "real" }, { some = "r", in = "real", symbolic = true }"#,
        "r == y",
    );
    let found = check_candidate(
        &late,
        "main",
        &values(&[("y", "r + 1")]),
        Constructions::RefuteNothing,
    );
    assert!(matches!(found, Err(Rejection::Unreadable(_))), "{found:?}");
    let early = compiled(
        r#"{ some = "r", in = "real", symbolic = true }, { all = "y", in = "real" }"#,
        "r == y",
    );
    let found = check_candidate(
        &early,
        "main",
        &values(&[("y", "r + 1")]),
        Constructions::RefuteNothing,
    );
    assert!(found.is_ok(), "{found:?}");
    let universal = compiled(
        r#"{ all = "c", in = "real", symbolic = true }, { all = "y", in = "real" }"#,
        "y != c",
    );
    let found = check_candidate(
        &universal,
        "main",
        &values(&[("c", "1"), ("y", "c")]),
        Constructions::RefuteNothing,
    );
    assert!(matches!(found, Err(Rejection::Unreadable(_))), "{found:?}");
}

/// A box that is certified says that the conclusion is defined; an instance where it is not shows that something is broken.
#[test]
fn an_undefined_instance_in_a_certified_box_is_broken() {
    let claim = claim(
        r#"{ all = "x", in = "real" }"#,
        "[conclusion.main]\nexpr = 'x + 1 >= x'\n",
    );
    let statement = Statement::compile(&claim).unwrap();
    let certificate = Certificate {
        ranges: vec![Span::line()],
        trees: vec![vec![Step::Leaf]],
    };
    let verdict = |undefined| {
        let evidence = ConclusionEvidence {
            parameters: Some(certificate.check(&claim, 0).unwrap()),
            draws: Some(Draws {
                tried: 400,
                holds: 400 - undefined,
                undefined,
                ..Draws::default()
            }),
            ..ConclusionEvidence::default()
        };
        Verdict::of(&claim, &statement, &[evidence], &[], false)
    };
    assert_eq!((verdict(0).status, verdict(0).green), (Status::Box, true));
    assert_eq!(verdict(1).status, Status::Broken);
}
