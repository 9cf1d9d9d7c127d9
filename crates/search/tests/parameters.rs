//! Boxes of parameters: true statements close, false ones never do, and tampered certificates are refused.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::AtomicBool;

use claim_language::file::Claim;
use kernel::certificate::parameters::{Certificate, Refused, Step};
use relu_core::number::rational::Rational;
use search::parameters::close;
use theorems::bibliography::Bibliography;
use theorems::logspace::Span;
use theorems::statement::{Outcome, Statement, equations};
use theorems::value::{Backend, Value};
use theorems::vocabulary::Words;

fn claim(quantify: &str, expr: &str) -> Claim {
    let text = format!(
        "format = 1\n[claim]\nid = \"trial\"\ntitle = \"Trial\"\narea = \"sampling\"\nkind = \"bound\"\nexpect = \"holds\"\n\
         [source]\ncite = \"derived\"\nlocator = \"test\"\n[statement]\nquantify = [{quantify}]\n[conclusion.main]\nexpr = '{expr}'\n"
    );
    let words = Words::new(Bibliography::parse("[derived]\ntitle = \"Derived here\"\n").unwrap());
    let (claim, problems) = Claim::parse("trial.toml", &text, &words);
    claim.unwrap_or_else(|| panic!("{problems:#?}"))
}

const X: &str = r#"{ all = "x", in = "real", where = 'x > 0' }"#;
const ONE_TO_TWO: &str = r#"{ all = "x", in = "real", where = 'x >= 1 and x <= 2' }"#;
const X_Y: &str = r#"{ all = "x", in = "real", where = 'x > 0' }, { all = "y", in = "real", where = 'y > 0 and y >= x' }"#;
const M_D: &str = r#"{ all = "m", in = "nat", min = 1 }, { all = "d", in = "nat", min = 1 }"#;
const Z: &str = r#"{ all = "z", in = "real" }, { all = "w", in = "real" }"#;

/// Statements that hold.
const TRUE: [(&str, &str); 22] = [
    (X, "x^2 * x^3 == x^5"),
    (X, "(2 * x)^3 == 8 * x^3"),
    (X, "(4 * x^2)^(1 / 2) == 2 * x"),
    (ONE_TO_TWO, "x / (1 + x) <= 1"),
    (ONE_TO_TWO, "x^2 >= x"),
    (ONE_TO_TWO, "x^x <= 5"),
    (ONE_TO_TWO, "2 * x - 1 >= x / 2"),
    (ONE_TO_TWO, "floor(x) >= x / 2"),
    (ONE_TO_TWO, "ceil(x) <= 2 * x"),
    (X, "max(1, floor(x)) >= max(1, x) / 2"),
    (X, "if x < 1 then x <= 1 and x < 2 else 1 / x <= 1"),
    (X_Y, "y^2 >= x^2"),
    (X_Y, "x / y <= 1"),
    (M_D, "ceil_root(m, d)^d >= m"),
    (M_D, "ceil_root(m, d) <= 2 * m^(1 / d)"),
    (M_D, "ceil_root(m, 1) == m"),
    (M_D, "2^d >= 2"),
    (Z, "abs(z + w) <= abs(z) + abs(w)"),
    (Z, "max(z, w) + min(z, w) == z + w"),
    (Z, "max(0, z) - max(0, -z) == z"),
    (Z, "abs(max(0, z) - max(0, w)) <= abs(z - w)"),
    (
        r#"{ all = "s", in = "nat", min = 1, max = 5 }, { all = "p", in = "exponent" }"#,
        "bump_norm(s, p) >= (2 * s)^(-s * inv(p)) / 2",
    ),
];

/// Statements that fail somewhere, or are undefined there.
const FALSE: [(&str, &str); 24] = [
    (X, "x^2 >= x"),
    (X, "x^2 * x^3 == x^6"),
    (X, "((x - 1)^2)^(1 / 2) <= x - 1"),
    (X, "(x - 1) * x >= (x - 1) * x / 2"),
    (X, "(x - 1) / (x - 1) == 1 and (x - 1) * 2 >= x - 1"),
    (X, "floor(x) >= x / 2"),
    (X, "ceil(x) <= 2 * x"),
    (X, "max(1, floor(x)) >= x"),
    (ONE_TO_TWO, "x^x < 4"),
    (ONE_TO_TWO, "2 * x - 2 > 0"),
    (ONE_TO_TWO, "floor(x) >= x * 3 / 4"),
    (X_Y, "y^2 > x^2"),
    (X_Y, "y <= 2 * x"),
    (M_D, "ceil_root(m, d) <= 3 / 2 * m^(1 / d)"),
    (M_D, "ceil_root(m, d) == m^(1 / d)"),
    (M_D, "2^d >= 3"),
    (M_D, "m - 1 > 0"),
    (Z, "abs(z + w) >= abs(z) + abs(w)"),
    (Z, "max(0, z) == z"),
    (Z, "abs(max(0, z) - max(0, w)) <= abs(z - w) / 2"),
    (Z, "z * w <= z^2"),
    (Z, "abs(z) > 0"),
    (
        r#"{ all = "s", in = "nat", min = 1, max = 5 }, { all = "p", in = "exponent" }"#,
        "bump_norm(s, p) >= (2 * s)^(-s * inv(p))",
    ),
    (
        r#"{ all = "x", in = "real", where = 'x > 0' }, { some = "k", in = "nat", min = 1, by = 'floor(x)' }"#,
        "k <= x",
    ),
];

#[test]
fn what_holds_closes() {
    let mut open = Vec::new();
    for (quantify, expr) in TRUE {
        let claim = claim(quantify, expr);
        match close(&claim, 0, &AtomicBool::new(false))
            .map(|certificate| certificate.check(&claim, 0))
        {
            Ok(Ok(closed)) if closed.is_green() => {}
            other => open.push(format!("{expr}: {other:?}")),
        }
    }
    assert!(open.is_empty(), "{open:#?}");
}

#[test]
fn what_fails_never_closes() {
    for (quantify, expr) in FALSE {
        assert!(
            close(&claim(quantify, expr), 0, &AtomicBool::new(false)).is_err(),
            "{expr}"
        );
    }
}

#[test]
fn conditions_that_exclude_each_other_prove_nothing() {
    let nothing = r#"{ all = "x", in = "real", where = 'x > 2 and x < 1' }"#;
    let found = close(&claim(nothing, "x == x + 1"), 0, &AtomicBool::new(false));
    assert_eq!(found, Err("the conditions exclude each other".to_owned()));
}

/// A statement with a tree that is more than a leaf, and its certificate.
fn bounded() -> (Claim, Certificate) {
    let claim = claim(ONE_TO_TWO, "x^x + 3 / x >= 7/2");
    let certificate = close(&claim, 0, &AtomicBool::new(false)).unwrap();
    assert!(certificate.trees[0].len() > 3, "{certificate:?}");
    assert!(certificate.check(&claim, 0).is_ok());
    (claim, certificate)
}

#[test]
fn tampered_certificates_are_refused() {
    let (claim, certificate) = bounded();
    let refused = |change: &dyn Fn(&mut Certificate)| {
        let mut changed = certificate.clone();
        change(&mut changed);
        changed.check(&claim, 0).expect_err("tampered")
    };
    let beyond = Span::between(1.into(), 3.into());
    assert_eq!(
        refused(&|c| c.ranges[0] = beyond.clone()),
        Refused::Range("x".to_owned())
    );
    assert!(matches!(refused(&|c| c.ranges.clear()), Refused::Shape(_)));
    assert!(matches!(refused(&|c| c.trees.clear()), Refused::Shape(_)));
    assert!(matches!(
        refused(&|c| c.trees.push(vec![Step::Leaf])),
        Refused::Shape(_)
    ));
    assert!(matches!(
        refused(&|c| c.trees[0] = vec![Step::Leaf]),
        Refused::Leaf(0, _)
    ));
    assert_eq!(refused(&|c| c.trees[0].push(Step::Leaf)), Refused::Tree(0));
    assert_eq!(refused(&|c| drop(c.trees[0].pop())), Refused::Tree(0));
    assert_eq!(refused(&|c| c.trees[0].clear()), Refused::Tree(0));
    let first = |c: &mut Certificate, step: Step| c.trees[0][0] = step;
    let away = Step::Split(7, Rational::from(1));
    assert_eq!(refused(&|c| first(c, away.clone())), Refused::Tree(0));
    // All of the box on one side of the cut.
    let aside = Step::Split(0, Rational::from(1));
    assert!(matches!(
        refused(&|c| c.trees[0] = vec![aside.clone(), Step::Leaf, Step::Leaf]),
        Refused::Leaf(..)
    ));
}

#[test]
fn a_certificate_is_for_its_own_statement() {
    let (_, certificate) = bounded();
    for stronger in ["x^x + 3 / x >= 18/5", "x^x + 2 / x >= 7/2"] {
        let other = claim(ONE_TO_TWO, stronger);
        assert!(
            matches!(certificate.check(&other, 0), Err(Refused::Leaf(..))),
            "{stronger}"
        );
    }
    let network = r#"{ all = "phi", in = "network" }"#;
    let other = claim(network, "depth(phi) >= 1");
    assert!(matches!(
        certificate.check(&other, 0),
        Err(Refused::Meaningless(_))
    ));
}

#[test]
fn integers_are_cut_between_integers() {
    let claim = claim(
        r#"{ all = "n", in = "nat", min = 1, max = 4 }"#,
        "2^n >= 2 * n",
    );
    let certificate = close(&claim, 0, &AtomicBool::new(false)).unwrap();
    assert!(certificate.check(&claim, 0).is_ok());
    let mut changed = certificate;
    let half = Rational::new(5, 2).unwrap();
    changed.trees[0] = vec![Step::Split(0, half), Step::Leaf, Step::Leaf];
    assert_eq!(changed.check(&claim, 0).unwrap_err(), Refused::Tree(0));
}

#[test]
fn certificates_survive_their_text() {
    let (claim, certificate) = bounded();
    let text = certificate.text();
    assert_eq!(Certificate::parse(&text), Ok(certificate));
    let whole = close(&self::claim(X_Y, "y^2 >= x^2"), 0, &AtomicBool::new(false)).unwrap();
    assert_eq!(Certificate::parse(&whole.text()), Ok(whole));
    let wrong = [
        String::new(),
        text.replacen("certificate 1", "certificate 2", 1),
        text.replacen("leaf", "leaves", 1),
        text.replacen("range 1 2", "range 1", 1),
        text.replacen("range 1 2", "range one 2", 1),
        text.replacen("case\n", "", 1),
        text.replacen("split 0", "split -1", 1),
    ];
    for wrong in wrong {
        let found = Certificate::parse(&wrong);
        assert!(matches!(found, Err(Refused::Unreadable(_))), "{wrong}");
    }
    let shorter = text.trim_end().rsplit_once('\n').unwrap().0.to_owned();
    let found = Certificate::parse(&shorter).unwrap().check(&claim, 0);
    assert_eq!(found.unwrap_err(), Refused::Tree(0));
}

/// Random comparisons of expressions in x ∈ [1/2, 3] and n ∈ {1, …, 4}: what closes holds at every point tried.
#[test]
fn what_closes_holds_at_points() {
    let quantify = r#"{ all = "x", in = "real", where = 'x >= 1/2 and x <= 3' }, { all = "n", in = "nat", min = 1, max = 4 }"#;
    let mut stream = theorems::generate::Stream::for_instance(7, "boxes", "expressions", 0);
    let (mut closed, mut open) = (0, 0);
    for _ in 0..60 {
        let (a, b) = (expression(&mut stream, 3), expression(&mut stream, 3));
        let factor = stream.pick(&[1, 10, 1000, 1_000_000]);
        let text = format!("{a} <= {factor} * {b}");
        let claim = claim(quantify, &text);
        let Ok(certificate) = close(&claim, 0, &AtomicBool::new(false)) else {
            open += 1;
            continue;
        };
        assert!(certificate.check(&claim, 0).is_ok(), "{text}");
        closed += 1;
        let statement = Statement::compile(&claim).unwrap();
        for x in ["1/2", "1", "5/4", "2", "7/3", "3"] {
            for n in 1..=4 {
                let mut values = vec![Value::rational(x.parse().unwrap()), Value::integer(n)];
                let context = equations(
                    Backend::Reference,
                    relu_core::number::cell::RealCell::line(),
                );
                let found = statement.outcome(
                    0,
                    &mut values,
                    theorems::decide::Ranges::Check,
                    &context,
                    &mut theorems::machine::Memory::default(),
                );
                let fine = matches!(found, Ok(Outcome::Holds | Outcome::Undecided(_)));
                assert!(fine, "{text} at x = {x}, n = {n}: {found:?}");
            }
        }
    }
    assert!(closed >= 10 && open >= 10, "{closed} closed, {open} open");
}

fn expression(stream: &mut theorems::generate::Stream, depth: u32) -> String {
    const LEAVES: [&str; 6] = ["x", "n", "2", "1/3", "(x + n)", "5"];
    if depth == 0 {
        return stream.pick(&LEAVES).to_owned();
    }
    let mut below = || expression(stream, depth - 1);
    let (a, b) = (below(), below());
    match stream.pick(&[0, 1, 2, 3, 4, 5, 6, 7, 8]) {
        0 => format!("({a} + {b})"),
        1 => format!("({a} * {b})"),
        2 => format!("({a} / {b})"),
        3 => format!("({a})^2"),
        4 => format!("({a})^(1 / n)"),
        5 => format!("max({a}, {b})"),
        6 => format!("(if x <= n then {a} else {b})"),
        7 => format!("({a} - {b} / 10)"),
        _ => a,
    }
}
