//! Edits by pattern and expansion of definitions.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use super::{apply, substitute};
use crate::expr::{Scope, Tree, Type, check};
use crate::print::unicode;
use crate::vocabulary::testing::TestVocabulary;

fn tree(text: &str) -> Tree {
    Tree::parse(text).unwrap_or_else(|problems| panic!("`{text}`: {problems:?}"))
}

fn edited(text: &str, pattern: &str, replacement: &str) -> (Tree, usize) {
    apply(&tree(text), &tree(pattern), &tree(replacement)).unwrap()
}

/// Expression, pattern, replacement, result, occurrences.
const EDITS: &[(&str, &str, &str, &str, usize)] = &[
    (
        "deriv(psi, value(phi, x), c) * deriv(phi, x, c)",
        "value(phi, x)",
        "x",
        "deriv(psi, x, c) * deriv(phi, x, c)",
        1,
    ),
    (
        "deriv(phi, x, c) == jacobian(phi, x)",
        "deriv(phi, x, c)",
        "deriv@post(phi, x, c)",
        "deriv@post(phi, x, c) == jacobian(phi, x)",
        1,
    ),
    (
        "every(G in S: G * deriv(phi, x, c) == M)",
        "G * deriv(phi, x, c)",
        "G",
        "every(G in S: G == M)",
        1,
    ),
    (
        "c^(L-1) <= B^(L-1)",
        "L - 1",
        "L - 2",
        "c^(L-2) <= B^(L-2)",
        2,
    ),
    ("B^(L-1)", "B^(L-1)", "B^(L-2)", "B^(L-2)", 1),
    ("2^7", "_", "2^-1", "2^-1", 1),
    ("a + b", "_", "_ * (1 - 2^-20)", "(a + b) * (1 - 2^-20)", 1),
    ("a + b", "_", "_ + _", "(a + b) + (a + b)", 1),
    ("a * b", "b", "c + d", "a * (c + d)", 1),
    ("a^b", "a", "-1", "(-1)^b", 1),
    ("x[0] + x[1]", "x", "f(y)", "f(y)[0] + f(y)[1]", 2),
    ("f(a) + f(b)", "f(a)", "g(_)", "g(f(a)) + f(b)", 1),
    ("3*d + 2*3*d", "3*d", "3*d + 1", "(3*d + 1) + 2*3*d", 1),
    (
        "norm2(x)^(g.kappa + 2)",
        "g.kappa + 2",
        "g.kappa + 1",
        "norm2(x)^(g.kappa + 1)",
        1,
    ),
    (
        "a and b",
        "a",
        "if p then q else r",
        "(if p then q else r) and b",
        1,
    ),
    ("net(([[1]], [0]))", "[0]", "[5]", "net(([[1]], [5]))", 1),
    ("net(([[0]], [0]))", "0", "5", "net(([[5]], [5]))", 2),
    (
        "3 * s <= B and s <= d",
        "3 * s <= B and s <= d",
        "3 * s <= B or s <= d",
        "3 * s <= B or s <= d",
        1,
    ),
    // Outer occurrences come first and do not overlap.
    ("- - - x", "- - x", "x", "-x", 1),
    ("f(f(x))", "f(x)", "y", "f(y)", 1),
    ("-(-(-y))", "-y", "y", "-(-(y))", 1),
    // No occurrence: the expression itself.
    ("a + b", "b + a", "c", "a + b", 0),
    ("a + b + c", "b + c", "d", "a + b + c", 0),
    ("0.5", "0.50", "1", "0.5", 0),
    (
        "deriv@post(phi, x, c)",
        "deriv(phi, x, c)",
        "M",
        "deriv@post(phi, x, c)",
        0,
    ),
    ("value(phi, x)", "value", "x", "value(phi, x)", 0),
    (
        "sum(i, 0, n: i)",
        "sum(j, 0, n: j)",
        "0",
        "sum(i, 0, n: i)",
        0,
    ),
    ("a < b", "b > a", "c", "a < b", 0),
];

#[test]
fn edits() {
    for (text, pattern, replacement, expected, count) in EDITS {
        let (result, found) = edited(text, pattern, replacement);
        assert_eq!(found, *count, "{text}: {pattern} => {replacement}");
        assert_eq!(result, tree(expected), "{text}: {pattern} => {replacement}");
    }
}

#[test]
fn spans_of_results_are_right() {
    let (result, _) = edited("a * b + c", "b", "x + y");
    assert_eq!(result.text(), "a · (x + y) + c");
    let texts: Vec<&str> = (0..result.nodes().len() as u32)
        .map(|id| result.text_of(id))
        .collect();
    assert_eq!(
        texts,
        [
            "a",
            "x",
            "y",
            "x + y",
            "a · (x + y)",
            "c",
            "a · (x + y) + c"
        ]
    );
    let untouched = tree("a *  b");
    let (result, count) = apply(&untouched, &tree("z"), &tree("y")).unwrap();
    assert_eq!((result.text(), count), ("a *  b", 0));
}

#[test]
fn holes_stand_alone() {
    for (pattern, span) in [("_ + 1", 0..1), ("f(x, _)", 5..6), ("-_", 1..2)] {
        let problem = apply(&tree("a"), &tree(pattern), &tree("b")).unwrap_err();
        assert_eq!((problem.code, problem.span), ("C0217", span), "{pattern}");
    }
}

#[test]
fn results_have_limits() {
    let wide = tree(&("x + ".repeat(30_000) + "x"));
    let problem = apply(&wide, &tree("x"), &tree("a + b")).unwrap_err();
    assert_eq!((problem.code, problem.span), ("C0206", 0..5));
    let problem = apply(&wide, &tree("_"), &tree("_ + _")).unwrap_err();
    assert_eq!(problem.code, "C0206");
    let deep = tree(&("-".repeat(50_000) + "x"));
    let start = std::time::Instant::now();
    let (result, count) = apply(&deep, &tree(&("-".repeat(25_000) + "x")), &tree("y")).unwrap();
    assert_eq!((result, count), (tree(&("-".repeat(25_000) + "y")), 1));
    assert_eq!(
        apply(&deep, &tree(&("-".repeat(25_000) + "y")), &tree("x"))
            .unwrap()
            .1,
        0
    );
    assert_eq!(apply(&wide, &tree("x"), &tree("y")).unwrap().1, 30_001);
    assert!(start.elapsed() < std::time::Duration::from_secs(5));
}

#[test]
fn edits_undo_each_other() {
    fn law(bytes: Vec<u8>) -> bool {
        const PARTS: [&str; 8] = [
            "a + ",
            "b * ",
            "f(a) - ",
            "-",
            "a^b / ",
            "[a, b][0] + ",
            "if p then a else ",
            "x * ",
        ];
        let text: String = bytes
            .iter()
            .map(|byte| PARTS[usize::from(*byte) % PARTS.len()])
            .collect();
        let original = tree(&(text + "a"));
        let (there, count) = apply(&original, &tree("a"), &tree("fresh")).unwrap();
        let (back, again) = apply(&there, &tree("fresh"), &tree("a")).unwrap();
        back == original && count == again && count > 0
    }
    quickcheck::QuickCheck::new()
        .rng(quickcheck::Gen::from_size_and_seed(20, 3))
        .tests(500)
        .quickcheck(law as fn(Vec<u8>) -> bool);
}

fn definitions(pairs: &[(&str, &str)]) -> BTreeMap<String, Tree> {
    pairs
        .iter()
        .map(|(name, text)| ((*name).to_owned(), tree(text)))
        .collect()
}

#[test]
fn definitions_are_written_out() {
    for (text, pairs, expected) in [
        ("m * 2", &[("m", "a + b")][..], "(a + b) * 2"),
        ("a + b", &[("a", "b"), ("b", "a")], "b + a"),
        ("f(a)", &[("f", "fn(x) x^2 + x")], "a^2 + a"),
        ("f(a + 1)", &[("f", "fn(x) x^2")], "(a + 1)^2"),
        ("f(f(a))", &[("f", "fn(x) x + 1")], "(a + 1) + 1"),
        ("f(m)", &[("f", "fn(x) m * x"), ("m", "3")], "m * 3"),
        ("f(a) + growth(f)", &[("f", "g")], "g(a) + growth(g)"),
        ("growth(f)", &[("f", "fn(x) x")], "growth(fn(x) x)"),
        ("f(a)", &[("f", "fn(x) 7")], "7"),
        (
            "sum(i, 0, m: i + m)",
            &[("m", "n - 1")],
            "sum(i, 0, n - 1: i + (n - 1))",
        ),
        ("m + k", &[("unused", "1")], "m + k"),
        // A bound variable is not a definition's name.
        ("sum(m, 0, 3: m) + m", &[("m", "7")], "sum(m, 0, 3: m) + 7"),
        // Captures are avoided by renaming.
        (
            "sum(i, 0, 3: m * i)",
            &[("m", "i + 1")],
            "sum(i_1, 0, 3: (i + 1) * i_1)",
        ),
        (
            "sum(i, 0, 3: m * i)",
            &[("m", "sum(i, 0, 2: i)")],
            "sum(i, 0, 3: sum(i_1, 0, 2: i_1) * i)",
        ),
        (
            "sum(i, 0, 3: f(i))",
            &[("f", "fn(x) sum(i, 0, 2: i * x)")],
            "sum(i, 0, 3: sum(i_1, 0, 2: i_1 * i))",
        ),
        (
            "f(f(y))",
            &[("f", "fn(x) sum(j, 0, 2: j * x)")],
            "sum(j_1, 0, 2: j_1 * sum(j, 0, 2: j * y))",
        ),
        ("f(x) + x", &[("f", "fn(x) x^2")], "x^2 + x"),
        (
            "every(G in S: G == m)",
            &[("m", "G"), ("S", "T")],
            "every(G_1 in T: G_1 == G)",
        ),
    ] {
        let result = substitute(&tree(text), &definitions(pairs)).unwrap();
        assert_eq!(
            unicode(&result, &TestVocabulary::new()),
            unicode(&tree(expected), &TestVocabulary::new()),
            "{text}"
        );
        assert_eq!(result, tree(expected), "{text}");
    }
}

#[test]
fn definitions_that_cannot_be_written_out() {
    for (text, pairs, code) in [
        ("f(a)", &[("f", "if b then g else h")][..], "C0213"),
        ("f(a, b)", &[("f", "fn(x) x")], "C0213"),
        ("f(a)", &[("f", "3")], "C0213"),
    ] {
        let problem = substitute(&tree(text), &definitions(pairs)).unwrap_err();
        assert_eq!(
            (problem.code, problem.span),
            (code, 0..text.len()),
            "{text}"
        );
    }
    let doubling: String = "f(".repeat(40) + "a" + &")".repeat(40);
    let problem = substitute(&tree(&doubling), &definitions(&[("f", "fn(x) x + x")])).unwrap_err();
    assert_eq!(problem.code, "C0206");
    let nested: String = "f(".repeat(20_000) + "a" + &")".repeat(20_000);
    let start = std::time::Instant::now();
    assert_eq!(
        substitute(&tree(&nested), &definitions(&[("f", "fn(x) -x")]))
            .unwrap_err()
            .code,
        "C0206"
    );
    assert!(start.elapsed() < std::time::Duration::from_secs(5));
}

#[test]
fn what_is_written_out_still_has_its_type() {
    let vocabulary = TestVocabulary::new();
    let mut scope = Scope::new();
    scope.insert("v", Type::Vec);
    scope.insert("n", Type::Nat);
    let definitions = definitions(&[
        ("total", "sum(i, 0, n: v[i])"),
        ("h", "fn(y) sum(i, 0, n: y * i)"),
    ]);
    let text = tree("sum(i, 0, n: total * h(h(v[i]))) <= total");
    let result = check(
        substitute(&text, &definitions).unwrap(),
        &scope,
        &vocabulary,
    );
    assert_eq!(result.unwrap().result(), &Type::Bool);
}
