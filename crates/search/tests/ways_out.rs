//! Ways in which a false statement, or one without a meaning everywhere, once was certified on a box; each beside a neighbour that holds.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::AtomicBool;

use claim_language::file::Claim;
use kernel::certificate::parameters::{Certificate, Refused};
use relu_core::number::rational::Rational;
use search::parameters::close;
use theorems::bibliography::Bibliography;
use theorems::logspace::Span;
use theorems::vocabulary::Words;

fn claim(quantify: &str, assume: &str, expr: &str) -> Claim {
    let text = format!(
        "format = 1\n[claim]\nid = \"trial\"\ntitle = \"Trial\"\narea = \"sampling\"\nkind = \"bound\"\nexpect = \"holds\"\n\
         [source]\ncite = \"derived\"\nlocator = \"test\"\n[statement]\nquantify = [{quantify}]\n{assume}\n[conclusion.main]\nexpr = '{expr}'\n"
    );
    let words = Words::new(Bibliography::parse("[derived]\ntitle = \"Derived here\"\n").unwrap());
    let (claim, problems) = Claim::parse("trial.toml", &text, &words);
    claim.unwrap_or_else(|| panic!("{problems:#?}"))
}

/// Whether it is certified, and if so whether on the whole range.
fn certified(quantify: &str, expr: &str) -> Option<bool> {
    let claim = claim(quantify, "", expr);
    let certificate = close(&claim, 0, &AtomicBool::new(false)).ok()?;
    Some(certificate.check(&claim, 0).unwrap().is_green())
}

const X: &str = r#"{ all = "x", in = "real" }"#;
const POSITIVE: &str = r#"{ all = "x", in = "real", where = 'x > 0' }"#;
const N: &str = r#"{ all = "n", in = "nat" }"#;
const FROM_ONE: &str = r#"{ all = "n", in = "nat", min = 1 }"#;
const X_Y: &str = r#"{ all = "x", in = "real" }, { all = "y", in = "real" }"#;

/// Quantifiers, a statement that is not certified on the whole range, and quantifiers and a statement that are.
type Pair = (&'static str, &'static str, &'static str, &'static str);

fn each(pairs: &[Pair]) {
    for (quantify, wrong, nearby, right) in pairs {
        assert_ne!(
            certified(quantify, wrong),
            Some(true),
            "{quantify}: {wrong}"
        );
        assert_eq!(certified(nearby, right), Some(true), "{nearby}: {right}");
    }
}

#[test]
fn ranges_are_those_of_all_cases() {
    const AWAY: &str = r#"{ all = "x", in = "real", where = 'abs(x) >= 1' }"#;
    const HOLE: &str = r#"{ all = "n", in = "nat", where = 'abs(n - 4) >= 2' }"#;
    const BENT: &str = r#"{ all = "x", in = "real", where = 'if x > 1 then x >= 3 else x >= -1' }"#;
    each(&[
        (AWAY, "x >= 1", AWAY, "abs(x) >= 1"),
        (HOLE, "2^n >= 64", HOLE, "2^n >= 1"),
        (BENT, "x >= 3", BENT, "x >= -1"),
    ]);
    const EITHER: &str = r#"{ all = "x", in = "real", where = 'max(-x, x) > 0' }"#;
    const BOUND: &str = r#"{ all = "x", in = "real", min = 'if 2 > 1 then -5 else 1' }"#;
    for quantify in [EITHER, BOUND] {
        assert_eq!(certified(quantify, "(x^2)^(1 / 2) == x"), None);
    }
    assert_eq!(certified(POSITIVE, "(x^2)^(1 / 2) == x"), Some(true));
}

#[test]
fn a_range_that_empties_a_case_is_narrower() {
    const KEPT: &str = r#"{ all = "n", in = "int", search = "1..=5" }"#;
    each(&[(
        KEPT,
        "if n >= 1 then 1 <= 2 else 2 <= 1",
        KEPT,
        "if n >= 1 then 1 <= 2 else 1 <= 3",
    )]);
    // A certificate that keeps what cancels to a range says so.
    let claim = claim(X, "", "x + 1 >= x");
    let mut certificate = close(&claim, 0, &AtomicBool::new(false)).unwrap();
    assert!(certificate.check(&claim, 0).unwrap().is_green());
    certificate.ranges = vec![Span::between(Rational::zero(), Rational::one())];
    assert!(!certificate.check(&claim, 0).unwrap().is_green());
}

#[test]
fn the_condition_of_a_rounding_stays_when_the_rounding_cancels() {
    const ABOVE: &str = r#"{ all = "x", in = "real", where = 'x >= 1' }"#;
    each(&[
        (
            POSITIVE,
            "2 * floor(x) > floor(x)",
            ABOVE,
            "2 * floor(x) > floor(x)",
        ),
        (
            POSITIVE,
            "floor(x) / floor(x) == 1",
            ABOVE,
            "floor(x) / floor(x) == 1",
        ),
        (
            FROM_ONE,
            "2 * floor(n / 2) > floor(n / 2)",
            r#"{ all = "n", in = "nat", min = 2 }"#,
            "2 * floor(n / 2) > floor(n / 2)",
        ),
        (
            r#"{ all = "x", in = "real", where = 'x > 0' }, { some = "k", in = "nat", by = 'floor(x)' }"#,
            "2 * k > k",
            r#"{ all = "x", in = "real", where = 'x >= 1' }, { some = "k", in = "nat", by = 'floor(x)' }"#,
            "2 * k > k",
        ),
        (
            r#"{ all = "x", in = "real", where = 'x > 0' }, { some = "k", in = "nat", where = '2 * k > floor(x)', by = 'floor(x)' }"#,
            "1 <= 2 + 0 * k",
            r#"{ all = "x", in = "real", where = 'x >= 1' }, { some = "k", in = "nat", where = '2 * k > floor(x)', by = 'floor(x)' }"#,
            "1 <= 2 + 0 * k",
        ),
    ]);
}

#[test]
fn conditions_are_recognised_only_where_that_is_certain() {
    each(&[
        (
            POSITIVE,
            "if x >= 1 then x <= 2 * x else (if (x - 1) * x >= x - 1 then 2 * x <= x else x <= 2 * x)",
            POSITIVE,
            "if x >= 1 then x <= 2 * x else (if 1 <= x then x <= 3 * x else x <= 2 * x)",
        ),
        (
            POSITIVE,
            "if 2 > 1 then (if 2 * floor(x) > floor(x) then 1 <= 2 else 2 <= 1) else 1 <= 2",
            POSITIVE,
            "if 2 > 1 then (if 2 * x > x then 1 <= 2 else 2 <= 1) else 1 <= 2",
        ),
        (
            X_Y,
            "if x >= 1 then (if x >= 1 and y != 2 then 1 <= 2 else 2 <= 1) else 1 <= 2",
            X_Y,
            "if x >= 1 then (if x >= 1 then 1 <= 2 else 2 <= 1) else 1 <= 2",
        ),
        (
            X_Y,
            "if x != 2 and true then (if y != 2 and true then 1 <= 2 else 2 <= 1) else 1 <= 2",
            X_Y,
            "if x >= 2 and true then 1 <= 2 else 1 <= 3",
        ),
    ]);
}

#[test]
fn only_the_branch_of_a_case_has_to_be_defined_and_proves_something() {
    each(&[
        (
            N,
            "if n >= 1 then (if 1 / n <= 1 then 1 <= 2 else 1 <= 2) else n^2 >= 1",
            N,
            "if n >= 1 then (if 1 / n <= 1 then 1 <= 2 else 1 <= 2) else n^2 >= 0",
        ),
        (
            N,
            "if n >= 1 then max(1 / n, 1) * n >= 1 else n^2 >= 1",
            N,
            "if n >= 1 then n / n >= 1 else n^2 >= 0",
        ),
    ]);
}

#[test]
fn what_is_divided_by_is_not_zero() {
    for expr in [
        "n / n == 1",
        "0 * (1 / n) >= 0",
        "max(1 / n, 0) >= 0",
        "if 1 / n > 0 then 1 <= 2 else 1 <= 3",
        "1^(1 / n) == 1",
        "ceil_root(1, n) >= 1",
        "2^(1 / n) * 2^(-1 / n) == 1",
        "2^(n / n) >= 1",
    ] {
        assert_eq!(certified(N, expr), None, "{expr}");
        assert_eq!(certified(FROM_ONE, expr), Some(true), "{expr}");
    }
    for expr in [
        "x^2 / x == x",
        "x * x^(-1) == 1",
        "abs(x) / abs(x) == 1",
        "if (x - 1) / (x - 1) > 0 then 1 <= 2 else 1 <= 3",
        "if (x - 1)^(1 / 2) >= 0 then 1 <= 2 else 1 <= 3",
    ] {
        assert_eq!(certified(X, expr), None, "{expr}");
    }
    assert_eq!(certified(POSITIVE, "x^2 / x == x"), Some(true));
    const INT: &str = r#"{ all = "x", in = "real", where = 'x > 0' }, { all = "n", in = "int" }"#;
    assert_eq!(certified(INT, "(x^n)^(1 / n) == x"), None);
    const Q: &str = r#"{ all = "q", in = "exponent" }"#;
    const FINITE: &str = r#"{ all = "q", in = "exponent", where = 'inv(q) >= 1/9' }"#;
    for expr in [
        "inv(q) / inv(q) == 1",
        "2^(1 / inv(q)) / 2^(1 / inv(q)) == 1",
    ] {
        assert_eq!(certified(Q, expr), None, "{expr}");
        assert_eq!(certified(FINITE, expr), Some(true), "{expr}");
    }
}

#[test]
fn a_rounded_constant_and_a_divisor_of_unknown_sign_stay_undefined_where_they_are() {
    for expr in [
        "floor(n / n) == 1",
        "ceil(n / n) == 1",
        "floor(0 * (1 / n) + 1 / 2) == 0",
    ] {
        assert_eq!(certified(N, expr), None, "{expr}");
        assert_eq!(certified(FROM_ONE, expr), Some(true), "{expr}");
    }
    for expr in [
        "if 1 / (2^(1 / 2) * x) > 0 then 1 <= 2 else 1 <= 3",
        "if 1 / (2^(1 / 2) - x) > 0 then 1 <= 2 else 1 <= 3",
        "if abs(1 / (2^(1 / 2) - x)) >= 0 then 1 <= 2 else 1 <= 3",
    ] {
        assert_eq!(certified(X, expr), None, "{expr}");
    }
    const BELOW_ONE: &str = r#"{ all = "x", in = "real", where = 'x > 0 and x <= 1' }"#;
    assert_eq!(
        certified(BELOW_ONE, "if 1 / (2 - x) > 0 then 1 <= 2 else 1 <= 3"),
        Some(true)
    );
}

#[test]
fn a_condition_is_solved_only_where_its_logarithm_is_right() {
    let where_x = |condition: &str| {
        format!(r#"{{ all = "x", in = "real", where = 'x > 0 and {condition}' }}"#)
    };
    for (condition, expr) in [
        // False at x = 1 and at x = 1/2: the sum is negative there, the rounding 0.
        ("x * (x - 2) >= 5 * (x - 2)", "x^2 >= 25"),
        ("x^3 >= 5 * floor(x)", "x^2 >= 5 / 2"),
        ("x^3 >= 5 * floor(x / 4)", "x^2 >= 64"),
    ] {
        assert_eq!(certified(&where_x(condition), expr), None, "{condition}");
        let assumed = claim(
            POSITIVE,
            &format!("assume.h = {{ expr = '{condition}', needed = \"yes\", why = \"test\" }}"),
            expr,
        );
        assert!(close(&assumed, 0, &AtomicBool::new(false)).is_err());
        let decided = format!("if {condition} then {expr} else x >= -1");
        assert_eq!(certified(POSITIVE, &decided), None, "{decided}");
    }
    assert_eq!(
        certified(&where_x("x * (x + 2) >= 5 * (x + 2)"), "x^2 >= 25"),
        Some(true)
    );
    const Y: &str = r#"{ all = "x", in = "real", where = 'x > 0' }, { all = "y", in = "real", where = 'y >= 3 and x * (y - 2) >= 5 * (y - 2)' }"#;
    assert_eq!(certified(Y, "x^2 >= 25"), Some(true));
}

#[test]
fn parts_of_a_hypothesis_that_may_be_undefined_prove_nothing() {
    const ZERO: &str = r#"{ all = "x", in = "real", where = 'x >= 0 and x <= 0' }"#;
    for hypothesis in [
        "x == 0 or abs(1 / x) >= 1 / 2",
        "implies(x != 0, abs(1 / x) >= 1 / 2)",
        "defined(abs(1 / x)) or true",
    ] {
        let quantify = format!(r#"{ZERO}, {{ all = "y", in = "real", where = '{hypothesis}' }}"#);
        assert_eq!(certified(&quantify, "y^2 >= y + 1"), None, "{hypothesis}");
        assert_eq!(
            certified(&quantify, "y + 1 >= y"),
            Some(true),
            "{hypothesis}"
        );
    }
}

#[test]
fn numbers_without_a_reading_are_not_the_same() {
    for expr in [
        "if 2^(1 / 2) - x > 0 then (if 2^(1 / 2) + x > 0 then 1 <= 2 else 2 <= 1) else 1 <= 2",
        "if 2^(1 / 2) - x >= 0 then (if 2^(1 / 2) * x >= 0 then 1 <= 2 else 2 <= 1) else 1 <= 2",
    ] {
        assert_eq!(certified(X, expr), None, "{expr}");
    }
    const K: &str = r#"{ some = "k", in = "int", by = 'if 2^(1 / 2) - x >= 0 then (if 2^(1 / 2) + x >= 0 then 1 else -2) else 3' }"#;
    assert_eq!(certified(&format!("{X}, {K}"), "k >= 1"), None);
    assert_eq!(certified(&format!("{X}, {K}"), "k >= -2"), Some(true));
}

#[test]
fn a_range_is_shown_as_the_statement_has_it() {
    const LATER: &str = r#"{ all = "x", in = "real", where = 'x >= 0' }, { some = "k", in = "real", by = 'x' }, { all = "y", in = "real", where = 'y >= 1' }"#;
    let problem = theorems::logspace::problem(&claim(LATER, "", "y^2 + k^2 >= 1"), 0).unwrap();
    let ranges: Vec<String> = problem
        .variables
        .iter()
        .map(|one| one.range.to_string())
        .collect();
    assert_eq!(ranges, ["from 0 on", "from 1 on"]);
}

#[test]
fn large_expressions_are_refused_soon() {
    let lets: Vec<String> = (1..=18)
        .map(|k| format!("a{k} = 'a{0} * x + a{0} / (x + 2)'", k - 1))
        .collect();
    let text = format!(
        "format = 1\n[claim]\nid = \"trial\"\ntitle = \"Trial\"\narea = \"sampling\"\nkind = \"bound\"\nexpect = \"holds\"\n\
         [source]\ncite = \"derived\"\nlocator = \"test\"\n[let]\na0 = 'x'\n{}\n[statement]\nquantify = [{POSITIVE}]\n[conclusion.main]\nexpr = 'a18 >= 0'\n",
        lets.join("\n")
    );
    let words = Words::new(Bibliography::parse("[derived]\ntitle = \"Derived here\"\n").unwrap());
    let claim = Claim::parse("trial.toml", &text, &words).0.unwrap();
    let refused = close(&claim, 0, &AtomicBool::new(false)).unwrap_err();
    assert!(refused.contains("parts"), "{refused}");
    assert_eq!(certified(N, "((10^400 + 1)^4096)^n >= 1"), Some(true));
}

#[test]
fn a_construction_has_its_range_by_what_comes_before_it() {
    const FIRST: &str = r#"{ all = "x", in = "real", where = 'x >= 0' }"#;
    const BOUNDED: &str = r#"{ all = "x", in = "real", where = 'x >= 0 and x <= 5' }"#;
    const K: &str = r#"{ some = "k", in = "real", max = 5, by = 'x' }"#;
    const Y: &str = r#"{ all = "y", in = "real", where = 'y >= k and y <= 5' }"#;
    assert_eq!(certified(&format!("{FIRST}, {K}, {Y}"), "y >= x"), None);
    assert_eq!(
        certified(&format!("{BOUNDED}, {K}, {Y}"), "y >= x"),
        Some(true)
    );
    // A hypothesis of the statement comes after everything, too.
    let assumed = claim(
        &format!("{FIRST}, {K}"),
        "assume.small = { expr = 'x <= 5', needed = \"yes\", why = \"test\" }",
        "k == x",
    );
    assert!(close(&assumed, 0, &AtomicBool::new(false)).is_err());
    // And a root of a rational number need not be rational.
    for (domain, found) in [("rat", None), ("real", Some(true))] {
        let root = format!("{POSITIVE}, {{ some = \"r\", in = \"{domain}\", by = 'x^(1 / 2)' }}");
        assert_eq!(certified(&root, "r^2 == x"), found);
    }
}

#[test]
fn conditions_that_exclude_each_other_prove_nothing() {
    const TWO: &str = r#"{ all = "x", in = "real", where = 'x >= 2' }, { all = "y", in = "real", where = 'y >= x + 1 and y <= x' }"#;
    let empty = claim(TWO, "", "x == x + 1");
    let refused = close(&empty, 0, &AtomicBool::new(false)).unwrap_err();
    assert!(refused.contains("exclude each other"), "{refused}");
    let nothing = Certificate {
        ranges: Vec::new(),
        trees: Vec::new(),
    };
    assert!(matches!(
        nothing.check(&empty, 0),
        Err(Refused::Meaningless(_))
    ));
}

#[test]
fn many_decisions_and_an_interruption_end_the_search() {
    let maxima: Vec<String> = (1..=22).map(|i| format!("max(x, {i})")).collect();
    let many = claim(X, "", &format!("{} > 0", maxima.join(" + ")));
    let refused = close(&many, 0, &AtomicBool::new(false)).unwrap_err();
    assert!(refused.contains("cases"), "{refused}");
    let hard = claim(
        r#"{ all = "m", in = "nat", min = 1 }"#,
        "",
        "ceil_root(m, 2) <= m",
    );
    let refused = close(&hard, 0, &AtomicBool::new(true)).unwrap_err();
    assert_eq!(refused, "interrupted");
    let refused = close(&hard, 0, &AtomicBool::new(false)).unwrap_err();
    assert!(refused.contains("out of fuel"), "{refused}");
}

#[test]
fn conditions_without_a_meaning_are_named() {
    const EITHER: &str = r#"{ all = "x", in = "real", where = 'x >= 1 or x <= -1' }"#;
    let refused = close(&claim(EITHER, "", "x^2 >= 1"), 0, &AtomicBool::new(false)).unwrap_err();
    assert!(refused.contains("x >= 1 or x <= -1"), "{refused}");
}
