//! Types of every form, and what is refused, with exact spans.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::ops::Range;

use super::{Scope, check, check_as};
use crate::expr::{Problem, Tree, Type, Typed};
use crate::vocabulary::testing::TestVocabulary;

/// phi, psi networks; x, v vectors; M matrix; S set of matrices; b, B booleans; n, m naturals; k integer; q rational;
/// c, eps reals; p exponent; f target; h function; P polynomial; t template; g record; a activation; A learner.
fn scope() -> Scope {
    let mut scope = Scope::new();
    for (name, of) in [
        ("phi", Type::Network),
        ("psi", Type::Network),
        ("x", Type::Vec),
        ("v", Type::Vec),
        ("M", Type::Matrix),
        ("S", Type::Set(Box::new(Type::Matrix))),
        ("b", Type::Bool),
        ("n", Type::Nat),
        ("m", Type::Nat),
        ("k", Type::Int),
        ("q", Type::Rat),
        ("c", Type::Real),
        ("eps", Type::Real),
        ("p", Type::Exponent),
        ("f", Type::Target),
        ("h", Type::Function),
        ("P", Type::Poly),
        ("t", Type::Template),
        ("g", Type::Record),
        ("a", Type::Activation),
        ("A", Type::Opaque("learner")),
    ] {
        scope.insert(name, of);
    }
    scope
}

fn attempt(text: &str, scope: &Scope) -> Result<Typed, Vec<Problem>> {
    let tree = Tree::parse(text).unwrap_or_else(|problems| panic!("`{text}`: {problems:?}"));
    check(tree, scope, &TestVocabulary::new())
}

fn typed(text: &str) -> Typed {
    attempt(text, &scope())
        .unwrap_or_else(|problems| panic!("`{}`: {problems:#?}", &text[..text.len().min(200)]))
}

fn refused(text: &str) -> Vec<Problem> {
    match attempt(text, &scope()) {
        Ok(typed) => panic!("`{text}` is of type {}", typed.result()),
        Err(problems) => problems,
    }
}

#[test]
fn results() {
    for (text, expected) in [
        // Numbers, as tightly as the operators allow.
        ("3", "nat"),
        ("0.5", "rat"),
        ("2.0", "rat"),
        ("n + m", "nat"),
        ("n * m", "nat"),
        ("n - m", "int"),
        ("k + n", "int"),
        ("-n", "int"),
        ("-c", "real"),
        ("1 / 2", "rat"),
        ("k / n", "rat"),
        ("q + n", "rat"),
        ("q - q", "rat"),
        ("c / 2", "real"),
        ("n ^ m", "nat"),
        ("k ^ n", "int"),
        ("q ^ n", "rat"),
        ("c ^ n", "real"),
        ("2 ^ -20", "rat"),
        ("2 ^ (n - 1)", "rat"),
        ("c ^ (n - 1)", "real"),
        ("2 ^ (1/2)", "real"),
        ("n ^ c", "real"),
        // Vectors and matrices.
        ("x + v", "vec"),
        ("M - M", "matrix"),
        ("-x", "vec"),
        ("-M", "matrix"),
        ("2 * x", "vec"),
        ("c * M", "matrix"),
        ("M * x", "vec"),
        ("M * M", "matrix"),
        ("x / 2", "vec"),
        ("M / c", "matrix"),
        ("[1/2, 0]", "vec"),
        ("[c, n]", "vec"),
        ("[]", "vec"),
        ("[[1, 0], [0, 1]]", "matrix"),
        ("[[1, 0]]", "matrix"),
        ("x[0]", "real"),
        ("M[0]", "vec"),
        ("M[0][n]", "real"),
        ("x[n - 1]", "real"),
        // Truth values.
        ("n == c", "bool"),
        ("x == v", "bool"),
        ("M != M", "bool"),
        ("phi == psi", "bool"),
        ("a == relu", "bool"),
        ("b == true", "bool"),
        ("n < c and not b or c >= q", "bool"),
        ("if b then 1 else 2", "nat"),
        ("if b then n else 1/2", "rat"),
        ("if b then f else fn(y) y", "function"),
        ("if b then phi else psi", "network"),
        // Natives, by the nearest overload.
        ("abs(n)", "nat"),
        ("abs(-1)", "int"),
        ("abs(q)", "rat"),
        ("abs(c)", "real"),
        ("max(n, m)", "nat"),
        ("max(n, q, k)", "rat"),
        ("min(n, m, n, m, c)", "real"),
        ("deriv(phi, x, 0)", "matrix"),
        ("value(phi, [1, 2])", "vec"),
        ("indim(phi) + indim(t)", "nat"),
        ("nnz(x) + nnz(M)", "nat"),
        ("norm2(x - v)", "real"),
        ("floor(q)", "int"),
        ("defined(jacobian(phi, x))", "bool"),
        ("defined(A)", "bool"),
        ("hat()", "network"),
        ("mean_queries(A)", "real"),
        ("inv(p) + inv(inf)", "real"),
        // Boxes.
        ("[0,1]^n", "box"),
        ("[0,1]x[-1,c]", "box"),
        ("[0,1]^2 × Rd", "box"),
        ("Rd", "box"),
        ("sup_error(phi, f, [0,1])", "real"),
        ("sup_error(phi, fn(y) y^2, [0,1]^n)", "real"),
        ("w1inf_error(phi, P, Rd)", "real"),
        // Functions, records, networks, sets.
        ("f(x) + f(2) + h(c) + P([1, 2])", "real"),
        ("fn(y) y^2", "function"),
        ("fn(y) y[0] * y[1]", "function"),
        ("fn(y) norm2(y)", "function"),
        ("g.kappa", "nat"),
        ("growth(f).C", "real"),
        ("net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))", "network"),
        ("net((M, x))", "network"),
        ("[phi, psi]", "set(network)"),
        ("[fn(y) y, f]", "set(function)"),
        ("[true, b]", "set(bool)"),
        ("every(G in S: G * M == M)", "bool"),
        ("some(G in clarke(phi, x): G[0][0] > 0)", "bool"),
        ("every(G in [phi, psi]: depth(G) == 2)", "bool"),
        ("every(i, 0, n: x[i] >= 0)", "bool"),
        ("some(i, k, n: i < 0)", "bool"),
        ("sum(i, 0, n, binom(n, i))", "nat"),
        ("sum(i, k, n: i)", "int"),
        ("prod(i, 1, n: i / 2)", "rat"),
        ("max(i, 0, n: x[i])", "real"),
        ("sum(i, 0, n: sum(j, 0, i: i * j))", "nat"),
    ] {
        let typed = typed(text);
        assert_eq!(typed.result().to_string(), expected, "{text}");
        assert_eq!(typed.types.len(), typed.tree.nodes().len());
    }
}

#[test]
fn literals_become_boxes_where_boxes_are_expected() {
    let boxes = |text: &str| {
        typed(text)
            .types
            .iter()
            .filter(|of| **of == Type::Box_)
            .count()
    };
    assert_eq!(boxes("sup_error(phi, f, [0,1])"), 1);
    assert_eq!(boxes("sup_error(phi, f, [0,1]x[0,1])"), 3);
    assert_eq!(boxes("[0,1]^n"), 2);
    assert_eq!(boxes("[0,1] + [1,2]"), 0);
}

#[test]
fn the_whole_may_have_to_be_of_a_type() {
    let vocabulary = TestVocabulary::new();
    let whole = |text: &str, expected: Type| {
        check_as(Tree::parse(text).unwrap(), &expected, &scope(), &vocabulary)
    };
    assert!(whole("n", Type::Real).is_ok());
    assert_eq!(whole("[0, 1]", Type::Box_).unwrap().result(), &Type::Box_);
    assert!(whole("fn(y) y", Type::Target).is_ok());
    for (text, expected, code) in [
        ("c", Type::Nat, "C0202"),
        ("n", Type::Bool, "C0202"),
        ("n", Type::Vec, "C0215"),
        ("[0, 1, 2]", Type::Box_, "C0216"),
        ("phi", Type::Target, "C0202"),
        ("2", Type::Exponent, "C0202"),
    ] {
        let problems = whole(text, expected).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!(
            (problems[0].code, problems[0].span.clone()),
            (code, 0..text.len()),
            "{text}"
        );
    }
    let problems = whole("n + unknown", Type::Bool).unwrap_err();
    assert_eq!(
        problems.iter().map(|p| p.code).collect::<Vec<_>>(),
        ["C0201"],
        "no second problem for the whole"
    );
}

/// A text, then the code and the bytes of every problem, in order.
type Refusal = (&'static str, &'static [(&'static str, Range<usize>)]);

const REFUSED: &[Refusal] = &[
    // Unknown names, each once.
    ("y", &[("C0201", 0..1)]),
    ("ep + 1", &[("C0201", 0..2)]),
    ("y + y * y", &[("C0201", 0..1)]),
    ("y + z", &[("C0201", 0..1), ("C0201", 4..5)]),
    ("_ + 1", &[("C0217", 0..1)]),
    ("depth + 1", &[("C0201", 0..5)]),
    ("dept(phi)", &[("C0201", 0..4)]),
    ("lip(phi)", &[("C0201", 0..3)]),
    ("compo(phi, psi)", &[("C0201", 0..5)]),
    ("zzz()", &[("C0201", 0..3)]),
    ("g.capa", &[("C0201", 2..6)]),
    ("growth(f) . K", &[("C0201", 12..13)]),
    ("every(G in S: G == M) and G == M", &[("C0201", 26..27)]),
    // Operators.
    ("phi + psi", &[("C0202", 0..3)]),
    ("1 + b", &[("C0202", 4..5)]),
    ("p * 2", &[("C0202", 0..1)]),
    ("phi * psi", &[("C0202", 0..3)]),
    ("S - S", &[("C0202", 0..1)]),
    ("1 + x", &[("C0215", 0..5)]),
    ("x - 2 * 3", &[("C0215", 0..9)]),
    ("x + M", &[("C0202", 0..5)]),
    ("x * 2", &[("C0202", 0..5)]),
    ("x * v", &[("C0202", 0..5)]),
    ("x * M", &[("C0202", 0..5)]),
    ("1 / x", &[("C0202", 0..5)]),
    ("x / v", &[("C0202", 0..5)]),
    ("-b", &[("C0202", 1..2)]),
    ("-phi", &[("C0202", 1..4)]),
    ("not 1", &[("C0202", 4..5)]),
    ("1 and b", &[("C0202", 0..1)]),
    ("x or phi", &[("C0202", 0..1), ("C0202", 5..8)]),
    ("x^2", &[("C0216", 0..1)]),
    ("M^2", &[("C0202", 0..1)]),
    ("phi^2", &[("C0202", 0..3)]),
    ("2^x", &[("C0215", 2..3)]),
    ("[0,1]^c", &[("C0202", 6..7)]),
    ("[0,1,2]^2", &[("C0216", 0..7)]),
    ("x × [0,1]", &[("C0216", 0..1)]),
    ("Rd × 2", &[("C0216", 6..7)]),
    ("Rd * Rd", &[("C0202", 0..2)]),
    // Comparisons.
    ("x == 1", &[("C0215", 0..6)]),
    ("M == 0", &[("C0215", 0..6)]),
    ("x < v", &[("C0214", 0..5)]),
    ("phi <= psi", &[("C0214", 0..10)]),
    ("b < b", &[("C0214", 0..5)]),
    ("x == M", &[("C0214", 0..6)]),
    ("b == 1", &[("C0214", 0..6)]),
    ("p == inf", &[("C0214", 0..8)]),
    ("p < 2", &[("C0214", 0..5)]),
    ("S == clarke(phi, x)", &[("C0214", 0..19)]),
    ("f == h", &[("C0214", 0..6)]),
    ("A == A", &[("C0214", 0..6)]),
    // Calls.
    ("value(phi)", &[("C0203", 0..5)]),
    ("hat(1)", &[("C0203", 0..3)]),
    ("max(1)", &[("C0203", 0..3)]),
    ("deriv(phi, x)", &[("C0203", 0..5)]),
    ("defined()", &[("C0203", 0..7)]),
    ("f(x, x)", &[("C0203", 0..1)]),
    ("value(phi, 1)", &[("C0215", 11..12)]),
    ("value(phi, M)", &[("C0202", 11..12)]),
    ("value(x, phi)", &[("C0202", 6..7), ("C0202", 9..12)]),
    ("norm2(c)", &[("C0215", 6..7)]),
    ("abs(x)", &[("C0215", 4..5)]),
    ("abs(phi)", &[("C0202", 4..7)]),
    ("binom(n, c)", &[("C0202", 9..10)]),
    ("binom(k, 1)", &[("C0202", 6..7)]),
    ("max(n, x, 2)", &[("C0215", 7..8)]),
    ("sup_error(phi, f, x)", &[("C0216", 18..19)]),
    ("sup_error(phi, f, [0,1,2])", &[("C0216", 18..25)]),
    ("sup_error(phi, f, 1)", &[("C0216", 18..19)]),
    (
        "worst_error(phi, A, p)",
        &[("C0202", 12..15), ("C0202", 17..18)],
    ),
    ("inv(2)", &[("C0202", 4..5)]),
    ("sqrt(p)", &[("C0202", 5..6)]),
    ("in_hull(M, M)", &[("C0202", 11..12)]),
    ("f(phi)", &[("C0202", 2..5)]),
    ("f(M)", &[("C0202", 2..3)]),
    ("phi(x)", &[("C0202", 0..3)]),
    ("c(x)", &[("C0202", 0..1)]),
    ("x(0)", &[("C0202", 0..1)]),
    ("a(1)", &[("C0202", 0..1)]),
    // Twins.
    ("deriv@post(phi, x, c)", &[("C0212", 0..10)]),
    ("deriv@pots(phi, x, c)", &[("C0201", 0..10)]),
    ("value@post(phi, x)", &[("C0201", 0..10)]),
    ("f@post(x)", &[("C0201", 0..6)]),
    (
        "deriv@post(phi, 1, c) == M",
        &[("C0212", 0..10), ("C0215", 16..17)],
    ),
    // Lists and networks.
    ("[1, x]", &[("C0202", 4..5)]),
    ("[1, [2]]", &[("C0202", 4..7)]),
    ("[[1], 2]", &[("C0202", 6..7)]),
    ("[[1, 2], [3]]", &[("C0213", 9..12)]),
    ("[[1], x]", &[("C0202", 6..7)]),
    ("[x, v]", &[("C0202", 1..2)]),
    ("[phi, 1]", &[("C0202", 6..7)]),
    ("net(([1], [0]))", &[("C0202", 5..8)]),
    ("net(([[1]], 0))", &[("C0215", 12..13)]),
    (
        "net((x, M), (1, 2))",
        &[
            ("C0202", 5..6),
            ("C0202", 8..9),
            ("C0202", 13..14),
            ("C0215", 16..17),
        ],
    ),
    // Access.
    ("c[0]", &[("C0202", 0..1)]),
    ("S[0]", &[("C0202", 0..1)]),
    ("x[0][0]", &[("C0202", 0..4)]),
    ("x[c]", &[("C0202", 2..3)]),
    ("x[1/2]", &[("C0202", 2..5)]),
    ("phi.kappa", &[("C0202", 0..3)]),
    // Forms.
    ("if 1 then 2 else 3", &[("C0202", 3..4)]),
    ("if b then 1 else x", &[("C0202", 0..18)]),
    ("fn(y) [y, 1]", &[("C0215", 6..12)]),
    ("fn(y) y > 0", &[("C0202", 6..11)]),
    ("fn(y) y[0] + y", &[("C0215", 6..14)]),
    ("every(G in x: b)", &[("C0202", 11..12)]),
    ("every(G in S: G)", &[("C0202", 14..15)]),
    ("some(G in S: G == x)", &[("C0214", 13..19)]),
    ("every(i, 0, n: i)", &[("C0202", 15..16)]),
    ("sum(i, 0, c: i)", &[("C0202", 10..11)]),
    ("sum(i, 1/2, n: i)", &[("C0202", 7..10)]),
    ("sum(i, 0, n: x)", &[("C0215", 13..14)]),
    ("max(i, 0, n: b)", &[("C0202", 13..14)]),
    // Captures.
    ("fn(x) x", &[("C0211", 3..4)]),
    ("sum(n, 0, 3: n)", &[("C0211", 4..5)]),
    ("every(G in S: some(G in S: G == M))", &[("C0211", 19..20)]),
    ("every( relu in S: b)", &[("C0211", 7..11)]),
    ("sum(i, 0, sum(i, 0, 3: i): i)", &[]),
    ("every(eps in S: true)", &[("C0211", 6..9)]),
    // Everything at once, and no cascades.
    (
        "1 + x == y and phi",
        &[("C0215", 0..5), ("C0201", 9..10), ("C0202", 15..18)],
    ),
    ("deriv(phi, y, c) == M", &[("C0201", 11..12)]),
    ("abs(y) + x[y] + f(y) + [y, 1][0]", &[("C0201", 4..5)]),
    ("if y then y else y", &[("C0201", 3..4)]),
    (
        "every(G in y: G == 1) and sum(i, 0, y: i) > 2",
        &[("C0201", 11..12)],
    ),
    ("net((y, y)) == 1", &[("C0201", 5..6), ("C0214", 0..16)]),
    ("unknown(y) + 1", &[("C0201", 0..7), ("C0201", 8..9)]),
];

#[test]
fn refused_with_exact_spans() {
    let mut wrong = String::new();
    for (text, expected) in REFUSED {
        let found: Vec<(&str, Range<usize>)> = match attempt(text, &scope()) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.into_iter().map(|p| (p.code, p.span)).collect(),
        };
        let mut expected = expected.to_vec();
        expected.sort_by_key(|(_, span)| (span.start, span.end));
        if found != expected {
            let _ = writeln!(wrong, "`{text}`: expected {expected:?}, got {found:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn messages() {
    let mut all = String::new();
    for (text, expected) in REFUSED {
        if expected.is_empty() {
            continue;
        }
        let _ = writeln!(all, "{text}");
        for problem in refused(text) {
            let (indent, carets) = (
                " ".repeat(text[..problem.span.start].chars().count()),
                "^".repeat(text[problem.span.clone()].chars().count()),
            );
            let _ = writeln!(
                all,
                "{indent}{carets} {}\n    {}: {}",
                problem.label, problem.code, problem.message
            );
            for note in &problem.notes {
                let _ = writeln!(all, "    note: {note}");
            }
            for help in &problem.helps {
                let _ = writeln!(all, "    help: {help}");
            }
        }
        all.push('\n');
    }
    insta::with_settings!({snapshot_path => "../../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("check_messages", all);
    });
}

#[test]
fn twins_stand_in_mutants_only() {
    let mut mutant = scope();
    mutant.twins_allowed = true;
    for text in [
        "deriv@post(phi, x, c)",
        "deriv@midpoint(psi, value(phi, x))",
        "deriv@tolerance(phi, x, c, 10^-6)",
    ] {
        assert_eq!(
            attempt(text, &mutant).unwrap().result(),
            &Type::Matrix,
            "{text}"
        );
        assert_eq!(refused(text)[0].code, "C0212", "{text}");
    }
    for (text, code) in [
        ("deriv@post(phi, x)", "C0203"),
        ("deriv@midpoint(phi, 1)", "C0215"),
        ("deriv@middle(phi, x)", "C0201"),
    ] {
        assert_eq!(attempt(text, &mutant).unwrap_err()[0].code, code, "{text}");
    }
}

#[test]
fn many_problems_are_cut_off() {
    let text = (0..100)
        .map(|i| format!("unknown{i}"))
        .collect::<Vec<_>>()
        .join(" + ");
    assert_eq!(refused(&text).len(), crate::expr::problem::MAX_PROBLEMS);
}

#[test]
fn depth_costs_no_stack_and_linear_time() {
    let n = 90_000;
    let start = std::time::Instant::now();
    assert_eq!(typed(&format!("{}c", "-".repeat(n))).result(), &Type::Real);
    assert_eq!(
        typed(&format!("{}b", "not ".repeat(n))).result(),
        &Type::Bool
    );
    assert_eq!(
        typed(&format!("{}c{}", "abs(".repeat(n), ")".repeat(n))).result(),
        &Type::Real
    );
    assert_eq!(typed(&("n + ".repeat(n / 2) + "n")).result(), &Type::Nat);
    let functions = format!("h({}c{})", "h(".repeat(n / 2), ")".repeat(n / 2));
    assert_eq!(typed(&functions).result(), &Type::Real);
    let nested: String = (0..n / 2).map(|i| format!("fn(y{i}) ")).collect();
    assert_eq!(
        attempt(&format!("{nested}y7"), &scope()).unwrap_err().len(),
        20,
        "a function is not a number"
    );
    let sums: String = (0..20_000).map(|i| format!("sum(i{i}, 0, n: ")).collect();
    let sums = format!("{sums}i0 + i9999{}", ")".repeat(20_000));
    assert_eq!(typed(&sums).result(), &Type::Nat);
    assert!(
        start.elapsed() < std::time::Duration::from_secs(10),
        "took {:?}",
        start.elapsed()
    );
}
