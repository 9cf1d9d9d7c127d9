//! What is read, how it associates, what is refused and where exactly.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::ops::Range;
use std::time::{Duration, Instant};

use crate::expr::{MAX_BYTES, MAX_NODES, NodeKind, Problem, RangeOperator, Tree};

/// The tree with every operator in prefix form: `(+ a (* b c))`.
fn prefix(tree: &Tree) -> String {
    let mut done: Vec<String> = Vec::new();
    for node in tree.nodes() {
        let children: Vec<&str> = node
            .kind
            .children()
            .iter()
            .map(|child| done[*child as usize].as_str())
            .collect();
        let head = match &node.kind {
            NodeKind::Number(text) | NodeKind::Name(text) => {
                done.push(text.clone());
                continue;
            }
            NodeKind::Unary(op, _) => op.ascii().to_owned(),
            NodeKind::Binary(op, ..) => op.ascii().to_owned(),
            NodeKind::Call {
                name,
                variant: None,
                ..
            } => format!("call {name}"),
            NodeKind::Call {
                name,
                variant: Some(twin),
                ..
            } => format!("call {name}@{twin}"),
            NodeKind::Index(..) => "index".to_owned(),
            NodeKind::Field(_, name) => format!("field {name}"),
            NodeKind::List(_) => "list".to_owned(),
            NodeKind::Network(_) => "net".to_owned(),
            NodeKind::If(..) => "if".to_owned(),
            NodeKind::Lambda { parameter, .. } => format!("fn {parameter}"),
            NodeKind::ForSet {
                quantifier,
                variable,
                ..
            } => format!("{} {variable} in", quantifier.word()),
            NodeKind::ForRange {
                operator, variable, ..
            } => format!("{} {variable}", operator.word()),
        };
        done.push(format!(
            "({})",
            [&[head.as_str()], children.as_slice()].concat().join(" ")
        ));
    }
    done.pop().unwrap_or_default()
}

fn read(text: &str) -> String {
    match Tree::parse(text) {
        Ok(tree) => prefix(&tree),
        Err(problems) => panic!("`{text}`: {problems:#?}"),
    }
}

fn problems(text: &str) -> Vec<Problem> {
    match Tree::parse(text) {
        Ok(tree) => panic!("`{text}` is read as {}", prefix(&tree)),
        Err(problems) => problems,
    }
}

#[test]
fn precedence_and_associativity() {
    for (text, expected) in [
        ("-2^2", "(- (^ 2 2))"),
        ("(-2)^2", "(^ (- 2) 2)"),
        ("2^3^2", "(^ 2 (^ 3 2))"),
        ("2^-20", "(^ 2 (- 20))"),
        ("2^-x^2", "(^ 2 (- (^ x 2)))"),
        ("2^-x * y", "(* (^ 2 (- x)) y)"),
        ("a/b/c", "(/ (/ a b) c)"),
        ("a - b - c", "(- (- a b) c)"),
        ("a - b + c", "(+ (- a b) c)"),
        ("a / b * c", "(* (/ a b) c)"),
        ("a + b * c ^ d", "(+ a (* b (^ c d)))"),
        ("not a == b", "(not (== a b))"),
        ("not a and b", "(and (not a) b)"),
        ("not not a", "(not (not a))"),
        ("- x * y", "(* (- x) y)"),
        ("x * - y", "(* x (- y))"),
        ("- - x", "(- (- x))"),
        ("-x[0]", "(- (index x 0))"),
        ("-x.y^2", "(- (^ (field y x) 2))"),
        ("a or b and c or d", "(or (or a (and b c)) d)"),
        ("a == b and c < d + 1", "(and (== a b) (< c (+ d 1)))"),
        ("a and not b or c", "(or (and a (not b)) c)"),
        ("(a == b) == c", "(== (== a b) c)"),
        ("if a then b else c + d", "(if a b (+ c d))"),
        ("1 + if a then b else c + d", "(+ 1 (if a b (+ c d)))"),
        ("if a then if b then c else d else e", "(if a (if b c d) e)"),
        ("if a then b else if c then d else e", "(if a b (if c d e))"),
        ("fn(x) x + 1", "(fn x (+ x 1))"),
        ("fn(x) fn(y) x * y", "(fn x (fn y (* x y)))"),
        ("-fn(x) x + 1", "(- (fn x (+ x 1)))"),
        ("[0,1]^2 × Rd", "(x (^ (list 0 1) 2) Rd)"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn forms() {
    for (text, expected) in [
        ("0.25", "0.25"),
        ("007", "007"),
        ("x_1", "x_1"),
        ("_", "_"),
        ("true", "true"),
        ("hat()", "(call hat)"),
        ("f(x)", "(call f x)"),
        ("f (x, y)", "(call f x y)"),
        ("deriv@post(phi, x, c)", "(call deriv@post phi x c)"),
        ("e[i][j]", "(index (index e i) j)"),
        ("f(x)[0].C", "(field C (index (call f x) 0))"),
        ("[]", "(list)"),
        ("[[1,2],[3,4]]", "(list (list 1 2) (list 3 4))"),
        ("[0,1]x[-1,2]", "(x (list 0 1) (list (- 1) 2))"),
        (
            "[0,1] x [0,1] x [0,1]",
            "(x (x (list 0 1) (list 0 1)) (list 0 1))",
        ),
        ("x x_", "MISSING"),
        ("net(([[1]], [0]))", "(net (list (list 1)) (list 0))"),
        ("net((A, b), ((A), (b + c)))", "(net A b A (+ b c))"),
        ("net", "net"),
        ("every(G in S: G == M)", "(every G in S (== G M))"),
        ("some(G ∈ S: G == M)", "(some G in S (== G M))"),
        ("every(i, 0, n: a)", "(every i 0 n a)"),
        ("every(i, 0, n, a)", "(every i 0 n a)"),
        ("sum(i, 0, n, i)", "(sum i 0 n i)"),
        ("sum(i, 0, n: i)", "(sum i 0 n i)"),
        ("prod(i, 1, n: i)", "(prod i 1 n i)"),
        ("max(i, 0, n: i)", "(max i 0 n i)"),
        ("max(i, 0, n, i)", "(call max i 0 n i)"),
        (
            "min(a, every(i, 0, 1: b), c)",
            "(call min a (every i 0 1 b) c)",
        ),
        ("max(i, 0, max(a, b): i)", "(max i 0 (call max a b) i)"),
        ("every", "every"),
        ("((((x))))", "x"),
    ] {
        if expected == "MISSING" {
            assert!(Tree::parse(text).is_err(), "{text}");
        } else {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}

#[test]
fn unicode_spellings() {
    for (text, ascii) in [
        ("a ≤ b", "a <= b"),
        ("a ≥ b", "a >= b"),
        ("a ≠ b", "a != b"),
        ("a · b − c", "a * b - c"),
        ("−a", "-a"),
        ("a ∧ ¬b ∨ c", "a and not b or c"),
        ("a ≲ b + c and d", "a <= O(b + c) and d"),
        ("a ≲ b", "(a) ≤ (O((b)))"),
        ("Φ + Ψ_1 − ε2", "phi + psi_1 - eps2"),
        ("value(Φ, x)", "value(phi, x)"),
        ("g.κ", "g.kappa"),
        ("every(γ ∈ S: γ == λ)", "every(gamma in S: gamma == lambda)"),
        ("[0, 1] × [0, 1]", "[0,1]x[0,1]"),
        ("a\u{a0}+\tb\n", "a + b"),
    ] {
        assert_eq!(read(text), read(ascii), "{text}");
    }
    assert_eq!(
        Tree::parse("α + beta").unwrap(),
        Tree::parse("(alpha) + β").unwrap()
    );
    assert_ne!(Tree::parse("a - b").unwrap(), Tree::parse("b - a").unwrap());
    assert_ne!(Tree::parse("0.5").unwrap(), Tree::parse("0.50").unwrap());
}

/// Only `<= O(b)` is Landau's symbol; what is left of it elsewhere is a call, which the claim refuses.
#[test]
fn big_o_is_read_on_the_right_of_less_or_equal_only() {
    assert_eq!(read("a <= O(b)"), "(≲ a b)");
    assert_eq!(read("not a <= O(b * c)"), "(not (≲ a (* b c)))");
    for (text, expected) in [
        ("a < O(b)", "(< a (call O b))"),
        ("O(b) >= a", "(>= (call O b) a)"),
        ("a <= O(b) + 1", "(<= a (+ (call O b) 1))"),
        ("a <= O@slow(b)", "(<= a (call O@slow b))"),
        ("a <= O(b, c)", "(<= a (call O b c))"),
        ("a <= O", "(<= a O)"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    let chained = problems("a ≲ b ≲ c");
    assert_eq!(chained.len(), 1, "{chained:?}");
}

#[test]
fn spans() {
    let tree = Tree::parse("(a + b) * f( x )[0] ").unwrap();
    let texts: Vec<&str> = (0..tree.nodes().len() as u32)
        .map(|id| tree.text_of(id))
        .collect();
    assert_eq!(
        texts,
        [
            "a",
            "b",
            "a + b",
            "x",
            "f( x )",
            "0",
            "f( x )[0]",
            "(a + b) * f( x )[0]"
        ]
    );
    let tree = Tree::parse("-(Φ) + if (a) then (b) else (c)").unwrap();
    assert_eq!(tree.text_of(0), "Φ");
    assert_eq!(tree.text_of(1), "-(Φ)");
    assert_eq!(tree.text_of(tree.root()), "-(Φ) + if (a) then (b) else (c)");
    let tree = Tree::parse("g . C").unwrap();
    assert_eq!(tree.text_of(tree.root()), "g . C");
}

#[test]
fn nodes_are_in_post_order() {
    let tree = Tree::parse("if f(a, b) then [c, d][e] else sum(i, g, h: net((p, q)))").unwrap();
    let starts = tree.starts();
    for (id, node) in tree.nodes().iter().enumerate() {
        let mut next = starts[id];
        for child in node.kind.children() {
            assert_eq!(starts[child as usize], next, "sub-trees are contiguous");
            next = child + 1;
        }
        assert!(node.kind.children().is_empty() || next == id as u32);
    }
}

#[test]
fn names_free_and_called() {
    let names = |text: &str| {
        Tree::parse(text)
            .unwrap()
            .free_names()
            .into_iter()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let called = |text: &str| {
        Tree::parse(text)
            .unwrap()
            .called_names()
            .into_iter()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        names("deriv(psi, value(phi, x), c) == true"),
        "c phi psi true x"
    );
    assert_eq!(
        called("deriv(psi, value(phi, x), c) == f(x)"),
        "deriv f value"
    );
    assert_eq!(names("every(G in f(G): G == H) and i"), "G H i");
    assert_eq!(names("sum(i, i, n: i * k) + fn(k) k + j"), "i j k n");
    assert_eq!(names("sum(i, 0, n: sum(j, 0, i: i * j) + j)"), "j n");
    assert_eq!(called("fn(f) f(1) + g(f)"), "g");
}

/// A text, then the code and the bytes of every problem, in order.
type Refusal = (&'static str, &'static [(&'static str, Range<usize>)]);

const REFUSED: &[Refusal] = &[
    // Characters and literals.
    ("a ? b", &[("C0204", 2..3)]),
    ("a ?? b ? c", &[("C0204", 2..4), ("C0204", 7..8)]),
    ("|x| <= 1", &[("C0204", 0..1)]),
    ("{a}", &[("C0204", 0..1)]),
    ("√2", &[("C0204", 0..3)]),
    ("1.", &[("C0204", 0..2)]),
    ("1. + .5", &[("C0204", 0..2), ("C0204", 5..7)]),
    (".5", &[("C0204", 0..2)]),
    ("x.5", &[("C0204", 1..3)]),
    ("1e-3 * x", &[("C0204", 0..4)]),
    ("2.5E+10", &[("C0204", 0..7)]),
    ("10_000", &[("C0204", 0..6)]),
    ("x~y", &[("C0204", 1..2)]),
    ("\"a\"", &[("C0204", 0..1)]),
    // Operators of other languages.
    ("a = b", &[("C0210", 2..3)]),
    ("a === b", &[("C0210", 2..5)]),
    (
        "a && b || !c",
        &[("C0210", 2..4), ("C0210", 7..9), ("C0210", 10..11)],
    ),
    ("a & b", &[("C0210", 2..3)]),
    ("a <> b", &[("C0210", 2..4)]),
    ("a =< b", &[("C0210", 2..4)]),
    ("a => b", &[("C0210", 2..4)]),
    ("2 ** 3", &[("C0210", 2..4)]),
    // Brackets.
    ("(a + b", &[("C0205", 0..1)]),
    ("f(a, [b, c)", &[("C0205", 5..6)]),
    (
        "f(a, (b, c]",
        &[("C0205", 1..2), ("C0205", 5..6), ("C0207", 7..8)],
    ),
    ("[a)", &[("C0205", 0..1)]),
    ("a + b)", &[("C0205", 5..6)]),
    ("a] + b", &[("C0205", 1..2)]),
    ("((a)", &[("C0205", 0..1)]),
    ("((a", &[("C0205", 0..1), ("C0205", 1..2)]),
    ("f(", &[("C0205", 1..2)]),
    ("e[0", &[("C0205", 1..2)]),
    ("net((A, b)", &[("C0205", 3..4)]),
    // Operands and separators.
    ("", &[("C0207", 0..0)]),
    ("   ", &[("C0207", 0..3)]),
    ("a +", &[("C0207", 2..3)]),
    ("* a", &[("C0207", 0..1)]),
    ("a + * b", &[("C0207", 2..3)]),
    ("a * / b", &[("C0207", 2..3)]),
    ("+a", &[("C0207", 0..1)]),
    ("-", &[("C0207", 0..1)]),
    ("not", &[("C0207", 0..3)]),
    ("(a + ) * b", &[("C0207", 3..4)]),
    ("()", &[("C0207", 0..2)]),
    ("f(a, )", &[("C0207", 5..6)]),
    ("f(, a)", &[("C0207", 2..3)]),
    ("[1, , 2]", &[("C0207", 4..5)]),
    ("e[]", &[("C0207", 2..3)]),
    ("e[i, j]", &[("C0207", 3..4)]),
    ("(a, b)", &[("C0207", 2..3)]),
    ("a, b", &[("C0207", 1..2)]),
    ("a : b", &[("C0207", 2..3)]),
    ("f(a: b)", &[("C0207", 3..4)]),
    ("a in S", &[("C0207", 2..4)]),
    ("a@b", &[("C0213", 0..3)]),
    ("(a)@b", &[("C0207", 3..4)]),
    ("g.", &[("C0207", 1..2)]),
    ("g.(x)", &[("C0207", 1..2), ("C0208", 2..3)]),
    ("a == not b", &[("C0207", 5..8)]),
    ("-not a", &[("C0207", 1..4)]),
    // Two expressions side by side.
    ("2x", &[("C0208", 1..2)]),
    ("2(x + 1)", &[("C0208", 1..2)]),
    ("(a)(b)", &[("C0208", 3..4)]),
    ("a b c", &[("C0208", 2..3), ("C0208", 4..5)]),
    ("f(x)(y)", &[("C0208", 4..5)]),
    ("a not b", &[("C0208", 2..5)]),
    ("[0,1]^d x [0,1]", &[("C0208", 8..9)]),
    ("if a thn b else c", &[("C0208", 5..8)]),
    ("a andd b", &[("C0208", 2..6)]),
    ("Φx", &[("C0208", 2..3)]),
    // Chains.
    ("0 < eps < 1", &[("C0209", 8..9)]),
    ("a == b == c", &[("C0209", 7..9)]),
    ("a < b + 1 <= c < d", &[("C0209", 10..12)]),
    (
        "a < b < c and d < e < f",
        &[("C0209", 6..7), ("C0209", 20..21)],
    ),
    // Special forms.
    ("if a then b", &[("C0213", 0..2)]),
    ("if a", &[("C0213", 0..2)]),
    ("if", &[("C0213", 0..2)]),
    ("if then a else b", &[("C0207", 3..7)]),
    ("(if a then)", &[("C0213", 1..3)]),
    ("f(if a then b else, c)", &[("C0207", 14..18)]),
    ("(if a then b)", &[("C0213", 1..3)]),
    ("if a else b", &[("C0213", 0..2)]),
    ("a then b", &[("C0213", 2..6)]),
    ("a else b", &[("C0213", 2..6)]),
    ("fn x x^2", &[("C0213", 0..2)]),
    ("fn(x, y) x", &[("C0213", 0..2)]),
    ("fn() 1", &[("C0213", 0..2)]),
    ("fn(x)", &[("C0207", 0..5)]),
    ("fn(_) 1", &[("C0217", 3..4)]),
    ("net()", &[("C0213", 0..5)]),
    ("net([[1]], [0])", &[("C0213", 4..9)]),
    ("net(A)", &[("C0213", 4..5)]),
    ("net((A))", &[("C0213", 4..7)]),
    ("net((A, b, c))", &[("C0213", 9..10)]),
    ("net((A, b), c)", &[("C0213", 12..13)]),
    ("net((A, b) + c)", &[("C0207", 11..12)]),
    ("every(G: a)", &[("C0213", 6..7)]),
    ("every(1, 2, 3: a)", &[("C0213", 0..6)]),
    ("every(G in S)", &[("C0213", 0..13)]),
    ("every(G in S, a)", &[("C0213", 12..13)]),
    ("sum(i in S: i)", &[("C0213", 4..5)]),
    ("sum(i, 0, n)", &[("C0213", 0..12)]),
    ("sum(i, 0: n)", &[("C0213", 8..9)]),
    ("sum(i, 0, n: i: i)", &[("C0213", 14..15)]),
    ("max(1, 2, 3: a)", &[("C0213", 0..4)]),
    ("f@(x)", &[("C0213", 1..2)]),
    ("f@t + 1", &[("C0213", 0..3)]),
];

#[test]
fn refused_with_exact_spans() {
    let mut wrong = String::new();
    for (text, expected) in REFUSED {
        let found: Vec<(&str, Range<usize>)> = problems(text)
            .into_iter()
            .map(|p| (p.code, p.span))
            .collect();
        if found != *expected {
            let _ = writeln!(wrong, "`{text}`: expected {expected:?}, got {found:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Each problem under its text, as a reader of a claim file sees it.
fn rendered(text: &str, problems: &[Problem]) -> String {
    let mut out = format!("{text}\n");
    for problem in problems {
        let before = text[..problem.span.start].chars().count();
        let width = text[problem.span.clone()].chars().count().max(1);
        let (indent, carets) = (" ".repeat(before), "^".repeat(width));
        let _ = writeln!(out, "{indent}{carets} {}", problem.label);
        let _ = writeln!(out, "    {}: {}", problem.code, problem.message);
        for note in &problem.notes {
            let _ = writeln!(out, "    note: {note}");
        }
        for help in &problem.helps {
            let _ = writeln!(out, "    help: {help}");
        }
    }
    out.push('\n');
    out
}

#[test]
fn messages() {
    let all: String = REFUSED
        .iter()
        .map(|(text, _)| rendered(text, &problems(text)))
        .collect();
    insta::with_settings!({snapshot_path => "../../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("parse_messages", all);
    });
}

#[test]
fn every_problem_has_a_label_and_lies_in_the_text() {
    for (text, _) in REFUSED {
        for problem in problems(text) {
            assert!(
                !problem.label.is_empty() && !problem.message.is_empty(),
                "{problem:?}"
            );
            assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
            assert!(
                !problem.message.ends_with('.') && !problem.label.ends_with('.'),
                "{problem:?}"
            );
        }
    }
}

#[test]
fn no_input_panics() {
    fn law(bytes: Vec<u8>) -> bool {
        const WORDS: [&str; 32] = [
            "(", ")", "[", "]", ",", ":", "if", "then", "else", "fn", "not", "and", "==", "<", "-",
            "^", "every", "in", "sum", "net", "max", "x", "Φ", "1.", ".5", "@", ".", "?", "=", "é",
            " ", "f",
        ];
        let text: String = bytes
            .iter()
            .map(|byte| WORDS[usize::from(*byte) % WORDS.len()])
            .collect();
        match Tree::parse(&text) {
            Ok(tree) => !tree.free_names().contains("_"),
            Err(problems) => {
                !problems.is_empty()
                    && problems
                        .iter()
                        .all(|problem| text.get(problem.span.clone()).is_some())
            }
        }
    }
    quickcheck::QuickCheck::new()
        .rng(quickcheck::Gen::from_size_and_seed(30, 11))
        .tests(20_000)
        .quickcheck(law as fn(Vec<u8>) -> bool);
}

/// Runs and returns within a time no quadratic parser would meet.
fn timed<T>(run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "took {:?}",
        start.elapsed()
    );
    result
}

#[test]
fn deep_parentheses() {
    let n = 100_000;
    let tree = timed(|| Tree::parse(&format!("{}x{}", "(".repeat(n), ")".repeat(n)))).unwrap();
    assert_eq!(tree.nodes().len(), 1);
    let open = timed(|| Tree::parse(&"(".repeat(n))).unwrap_err();
    assert_eq!(open.last().unwrap().span, n - 1..n, "the innermost ones");
    assert_eq!(open.len(), crate::expr::problem::MAX_PROBLEMS);
    let closed = timed(|| Tree::parse(&format!("x{}", ")".repeat(n)))).unwrap_err();
    assert_eq!((closed[0].code, closed[0].span.clone()), ("C0205", 1..2));
    timed(|| Tree::parse(&format!("{}x{}", "(".repeat(n), "]".repeat(n)))).unwrap_err();
}

#[test]
fn deep_operators_and_brackets() {
    let n = MAX_NODES - 1;
    for (open, close) in [
        ("-", ""),
        ("not ", ""),
        ("[", "]"),
        ("f(", ")"),
        ("fn(x) ", ""),
    ] {
        let nested = |depth: usize| format!("{}x{}", open.repeat(depth), close.repeat(depth));
        let tree = timed(|| Tree::parse(&nested(n))).unwrap();
        assert_eq!(tree.nodes().len(), n + 1, "{open}");
        timed(|| drop(tree.free_names()));
        let problems = timed(|| Tree::parse(&nested(n + 1))).unwrap_err();
        assert_eq!(
            problems.iter().map(|p| p.code).collect::<Vec<_>>(),
            ["C0206"],
            "{open}"
        );
    }
    for (text, join) in [
        ("x", "^"),
        ("x", " + "),
        ("a", " or "),
        ("if a then b else ", ""),
    ] {
        let long = format!("{}x", format!("{text}{join}").repeat(30_000));
        timed(|| Tree::parse(&long)).unwrap();
    }
    let indices = format!("x{}", "[0]".repeat(49_999));
    timed(|| Tree::parse(&indices)).unwrap();
    let maxima = format!("{}x{}", "max(a, ".repeat(30_000), ")".repeat(30_000));
    timed(|| Tree::parse(&maxima)).unwrap();
    let chain = "a < ".repeat(30_000) + "b";
    assert_eq!(
        timed(|| Tree::parse(&chain)).unwrap_err().len(),
        1,
        "one problem for one chain"
    );
}

#[test]
fn limits_of_size() {
    let long = "a".repeat(MAX_BYTES + 1);
    let problems = Tree::parse(&long).unwrap_err();
    assert_eq!(
        (problems[0].code, problems[0].span.clone()),
        ("C0206", MAX_BYTES..MAX_BYTES + 1)
    );
    assert!(Tree::parse(&long[1..]).is_ok());
    let wide = "1 + ".repeat(MAX_NODES / 2) + "1";
    assert_eq!(Tree::parse(&wide).unwrap_err()[0].code, "C0206");
    assert!(Tree::parse(&wide[4..]).is_ok());
    assert!(
        timed(|| Tree::parse(&"2x ".repeat(100_000)))
            .unwrap_err()
            .len()
            <= 20
    );
}

#[test]
fn a_range_needs_its_colon_only_for_max_and_min() {
    for (text, operator) in [
        ("sum(i, 0, 1, i)", RangeOperator::Sum),
        ("max(i, 0, 1: i)", RangeOperator::Max),
    ] {
        let tree = Tree::parse(text).unwrap();
        assert!(
            matches!(tree.kind(tree.root()), NodeKind::ForRange { operator: found, .. } if *found == operator)
        );
    }
}
