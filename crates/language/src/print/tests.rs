//! Golden tables of the three formats, and laws over random trees.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::*;
use crate::expr::{
    BinaryOp, Node, NodeId, NodeKind, RangeOperator, Scope, SetQuantifier, UnaryOp, check,
};
use crate::vocabulary::testing::TestVocabulary;

/// Every form of the language, and the statements of the worked claim files.
const FORMULAS: &[&str] = &[
    "3",
    "0.25",
    "x",
    "phi + psi - eps * theta / gamma",
    "x_1 + x2 + k_low + Omega + max_abs + _p + x_",
    "-x",
    "- - x",
    "-2^2",
    "(-2)^2",
    "2^-20",
    "2^3^2",
    "(2^3)^2",
    "a - b - c",
    "a - (b - c)",
    "a / b / c",
    "a / (b / c)",
    "- x * y",
    "-(x * y)",
    "x * -y",
    "a - -b",
    "(a + b) * (c - d)",
    "(a / b)^2",
    "a^(b / c)",
    "x_1^2 + 12^2",
    "not a == b",
    "not (a and b)",
    "not in_hull(M, S)",
    "a or b and not c",
    "(a or b) and c",
    "implies(a == b, c < d) or not implies(e, f)",
    "0 < eps and eps < 1",
    "a != b and a >= b and a > c and a <= c",
    "a + b ≲ c * d and e <= O(f + g)",
    "[1/2, 0]",
    "[[1,0],[0,1]]",
    "[]",
    "[[1, 2]][0][i + 1]",
    "x_1[0]^2 + v[i]",
    "(M * v)[0]",
    "[0,1]^d",
    "[0,1]x[-1,2] x [0, 1]",
    "[0,1]^2 × Rd",
    "net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))",
    "if a > 0 then 1 else 2",
    "if a then 1 else if b then 2 else if c then 3 else 4",
    "(if a then 1 else 2) + 1",
    "fn(x) x^2 - 1",
    "g.kappa + 2",
    "growth(f).C",
    "(3).C",
    "every(G in derivs_near(psi, value(phi, x), c): G * deriv(phi, x, c) == M)",
    "some(G in clarke(phi, x): G == M) and a",
    "every(i, 0, n - 1: v[i] >= 0)",
    "some(i, 0, n: v[i] == 0)",
    "sum(i, 0, d, binom(n, i)) <= 2^n",
    "2 * sum(i, 1, n: a + i) + b",
    "prod(i, 1, n: i) - sum(i, 1, n: i)",
    "max(i, 1, n: abs(v[i])) <= min(i, 1, n: -v[i])",
    "max(a, b, c) - min(a, b)",
    "abs(x - y)^2 + sqrt(2)^2 + norm2(v)",
    "ceil_log2(2 * n / eps) + floor(x) - ceil(y)",
    "hat()",
    "f(x) + f([x, y])",
    "deriv@midpoint(psi, value(phi, x)) == deriv(phi, x, 1/2)",
    "defined(jacobian(phi, x))",
    "deriv(compose(psi, phi), x, c) == deriv(psi, value(phi, x), c) * deriv(phi, x, c)",
    "transpose(A + B) * v",
    "transpose(A)^2 + inv(p)^2 + depth(phi)^2",
    "value(psi, x)[0]",
    "compose(compose(a, b), c)",
    "norm_inf(v) * inv(inf)",
    "weight_bound(phi) <= 4 and connectivity(phi) <= 10 * depth(phi) * width(phi)",
    "if inv(q) > 1/2 then c^L * s^(1 - 2*inv(q)) / (8 * 3^(2*inv(q))) else c^L * B^((L-1)*(1 - 2*inv(q))) / 48",
    "abs(f(x) - value(psi, x)[0]) <= eps * (1 + norm2(x)^(g.kappa + 2))",
    "w1inf_error(phi, p, [0,1]^d) <= eps",
];

fn parsed(text: &str) -> Tree {
    Tree::parse(text).unwrap_or_else(|problems| panic!("`{text}`: {problems:?}"))
}

/// One block per formula: the source, then what is printed.
fn table(print: impl Fn(&Tree) -> String) -> String {
    FORMULAS
        .iter()
        .map(|text| format!("{text}\n    {}\n", print(&parsed(text))))
        .collect()
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn unicode_table() {
    let vocabulary = TestVocabulary::new();
    snapshot("print_unicode", &table(|tree| unicode(tree, &vocabulary)));
}

#[test]
fn tex_table() {
    let vocabulary = TestVocabulary::new();
    snapshot("print_tex", &table(|tree| tex(tree, &vocabulary)));
}

#[test]
fn mathml_table() {
    let vocabulary = TestVocabulary::new();
    snapshot("print_mathml", &table(|tree| mathml(tree, &vocabulary)));
}

#[test]
fn types_tell_boxes_and_sets_from_vectors() {
    let vocabulary = TestVocabulary::new();
    let mut scope = Scope::new();
    scope.insert("phi", Type::Network);
    scope.insert("f", Type::Target);
    let typed = |text: &str| {
        check(parsed(text), &scope, &vocabulary).unwrap_or_else(|p| panic!("{text}: {p:?}"))
    };
    assert_eq!(
        tex(&typed("[0, 1]"), &vocabulary),
        r"\begin{pmatrix} 0 \\ 1 \end{pmatrix}"
    );
    assert_eq!(
        tex(&typed("sup_error(phi, f, [0, 1])"), &vocabulary),
        r"\operatorname{sup\_error}\left(\Phi, f, \left[0, 1\right]\right)"
    );
    assert_eq!(
        tex(&typed("[phi, phi]"), &vocabulary),
        r"\left\{\Phi, \Phi\right\}"
    );
}

#[test]
fn quantifier_phrases() {
    let vocabulary = TestVocabulary::new();
    let cases = [
        (Binder::All, "phi", "network"),
        (Binder::AlmostAll, "x", "vec(indim(phi))"),
        (Binder::AlmostAll, "x", "vec(d + 1)"),
        (Binder::Some, "K", "nat"),
        (Binder::All, "eps", "real"),
        (Binder::All, "k_low", "int"),
        (Binder::All, "r", "rat"),
        (Binder::All, "M", "matrix(m + 1, n)"),
        (Binder::All, "p", "poly(d)"),
        (Binder::All, "q", "exponent"),
        (Binder::Some, "b", "bool"),
        (Binder::All, "A", "learner"),
        (Binder::All, "gamma", "polyline(N0) & <more>"),
    ];
    let rows: String = cases
        .iter()
        .map(|(binder, name, domain)| {
            let phrase = quantifier(*binder, name, domain, &vocabulary);
            assert_eq!(fault_of_mathml(&phrase.mathml), None, "{}", phrase.mathml);
            assert_eq!(fault_of_tex(&phrase.tex), None, "{}", phrase.tex);
            format!(
                "{name} in {domain}\n    {}\n    {}\n    {}\n",
                phrase.unicode, phrase.tex, phrase.mathml
            )
        })
        .collect();
    snapshot("quantifier_phrases", &rows);
}

#[test]
fn golden_formulas_obey_the_laws() {
    for text in FORMULAS {
        assert_eq!(fault(&parsed(text)), None, "{text}");
    }
}

/// A tree from random bytes by a stack machine: each byte pushes a leaf or joins the topmost sub-trees.
fn grown(bytes: &[u8]) -> Tree {
    const NAMES: [&str; 10] = [
        "x",
        "phi",
        "eps",
        "x_1",
        "Omega2",
        "_p",
        "lambda_low",
        "G",
        "Rd",
        "inf",
    ];
    const BINARY: [BinaryOp; 15] = [
        BinaryOp::Add,
        BinaryOp::Sub,
        BinaryOp::Mul,
        BinaryOp::Div,
        BinaryOp::Pow,
        BinaryOp::Eq,
        BinaryOp::Ne,
        BinaryOp::Lt,
        BinaryOp::Le,
        BinaryOp::Gt,
        BinaryOp::Ge,
        BinaryOp::Lesssim,
        BinaryOp::And,
        BinaryOp::Or,
        BinaryOp::BoxTimes,
    ];
    const RANGES: [RangeOperator; 6] = [
        RangeOperator::Every,
        RangeOperator::Some,
        RangeOperator::Sum,
        RangeOperator::Prod,
        RangeOperator::Max,
        RangeOperator::Min,
    ];
    const CALLS: [&str; 8] = [
        "f",
        "value",
        "deriv",
        "abs",
        "compose",
        "implies",
        "max",
        "ceil_log2",
    ];
    let mut nodes: Vec<Node> = Vec::new();
    let mut stack: Vec<NodeId> = Vec::new();
    let mut push = |stack: &mut Vec<NodeId>, kind: NodeKind| {
        nodes.push(Node { kind, span: 0..0 });
        stack.push(nodes.len() as NodeId - 1);
    };
    let mut bytes = bytes.iter().map(|byte| usize::from(*byte));
    while let Some(byte) = bytes.next() {
        let pick = bytes.next().unwrap_or(0);
        let name = || NAMES[pick % 8].to_owned();
        let taken = (pick % 4).min(stack.len());
        match (byte % 16, stack.len()) {
            (0..=4, _) | (_, 0) => push(
                &mut stack,
                NodeKind::Name(NAMES[pick % NAMES.len()].to_owned()),
            ),
            (5, _) => push(
                &mut stack,
                NodeKind::Number(["0", "12", "0.50"][pick % 3].to_owned()),
            ),
            (6, _) => {
                let a = stack.pop().unwrap();
                push(
                    &mut stack,
                    NodeKind::Unary([UnaryOp::Neg, UnaryOp::Not][pick % 2], a),
                );
            }
            (7, _) => {
                let a = stack.pop().unwrap();
                push(&mut stack, NodeKind::Field(a, name()));
            }
            (8, _) => {
                let body = stack.pop().unwrap();
                push(
                    &mut stack,
                    NodeKind::Lambda {
                        parameter: name(),
                        body,
                    },
                );
            }
            (9, _) => {
                let arguments = stack.split_off(stack.len() - taken);
                let variant = (pick > 200).then(|| "post".to_owned());
                push(
                    &mut stack,
                    NodeKind::Call {
                        name: CALLS[pick % 8].to_owned(),
                        variant,
                        arguments,
                    },
                );
            }
            (10, _) => {
                let items = stack.split_off(stack.len() - taken);
                push(&mut stack, NodeKind::List(items));
            }
            (_, 1) => push(&mut stack, NodeKind::Name(name())),
            (11, _) => {
                let (b, a) = (stack.pop().unwrap(), stack.pop().unwrap());
                push(&mut stack, NodeKind::Index(a, b));
            }
            (12, _) => {
                let (bias, weight) = (stack.pop().unwrap(), stack.pop().unwrap());
                push(&mut stack, NodeKind::Network(vec![(weight, bias)]));
            }
            (13, 3..) => {
                let (body, to, from) = (
                    stack.pop().unwrap(),
                    stack.pop().unwrap(),
                    stack.pop().unwrap(),
                );
                let kind = if pick % 2 == 0 {
                    NodeKind::If(from, to, body)
                } else {
                    NodeKind::ForRange {
                        operator: RANGES[pick % 6],
                        variable: name(),
                        from,
                        to,
                        body,
                    }
                };
                push(&mut stack, kind);
            }
            (14, _) => {
                let (body, set) = (stack.pop().unwrap(), stack.pop().unwrap());
                let quantifier = [SetQuantifier::Every, SetQuantifier::Some][pick % 2];
                push(
                    &mut stack,
                    NodeKind::ForSet {
                        quantifier,
                        variable: name(),
                        set,
                        body,
                    },
                );
            }
            _ => {
                let (b, a) = (stack.pop().unwrap(), stack.pop().unwrap());
                push(
                    &mut stack,
                    NodeKind::Binary(BINARY[pick % BINARY.len()], a, b),
                );
            }
        }
    }
    if stack.len() != 1 {
        let items = std::mem::take(&mut stack);
        push(&mut stack, NodeKind::List(items));
    }
    Tree {
        text: String::new(),
        nodes,
    }
}

/// Which law a tree breaks, or `None`.
fn fault(tree: &Tree) -> Option<String> {
    let vocabulary = TestVocabulary::new();
    let text = unicode(tree, &vocabulary);
    match Tree::parse(&text) {
        Err(problems) => return Some(format!("`{text}` is not read: {problems:?}")),
        Ok(read) if read != *tree => return Some(format!("`{text}` is read as another tree")),
        Ok(read) if unicode(&read, &vocabulary) != text => {
            return Some(format!("`{text}` prints differently"));
        }
        Ok(_) => {}
    }
    fault_of_tex(&tex(tree, &vocabulary)).or_else(|| fault_of_mathml(&mathml(tree, &vocabulary)))
}

/// Unbalanced braces, delimiters or environments.
fn fault_of_tex(text: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let letters = rest[first.len_utf8()..].find(|c: char| !c.is_ascii_alphabetic());
        let length = match first {
            '\\' => {
                1 + letters
                    .unwrap_or(rest.len() - 1)
                    .max(usize::from(letters == Some(0)))
            }
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        let expected = match token {
            "{" | r"\left" | r"\begin" => {
                open.push(token);
                continue;
            }
            "}" => "{",
            r"\right" => r"\left",
            r"\end" => r"\begin",
            "&" if open.contains(&r"\begin") => continue,
            "&" | "#" | "$" | "%" => return Some(format!("`{token}` in {text}")),
            _ => continue,
        };
        if open.pop() != Some(expected) {
            return Some(format!("`{token}` closes something else in {text}"));
        }
    }
    (!open.is_empty()).then(|| format!("{open:?} stays open in {text}"))
}

/// Elements outside MathML Core, unbalanced elements, or elements with a wrong number of children.
fn fault_of_mathml(text: &str) -> Option<String> {
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut rest = text;
    let mut roots = 0;
    while let Some(at) = rest.find('<') {
        let (content, after) = rest.split_at(at);
        let leaf = matches!(open.last(), Some((name, _)) if matches!(name.as_str(), "mi" | "mn" | "mo" | "mtext"));
        if (!content.is_empty() && !leaf) || content.contains('>') {
            return Some(format!("stray text `{content}` in {text}"));
        }
        for (place, _) in content.match_indices('&') {
            if !["&amp;", "&lt;", "&gt;", "&quot;"]
                .iter()
                .any(|entity| content[place..].starts_with(entity))
            {
                return Some(format!("unescaped & in {text}"));
            }
        }
        let end = after.find('>').unwrap();
        let (tag, tail) = (&after[1..end], &after[end + 1..]);
        rest = tail;
        if let Some(name) = tag.strip_prefix('/') {
            let Some((opened, children)) = open.pop() else {
                return Some(format!("</{name}> closes nothing in {text}"));
            };
            let expected = match opened.as_str() {
                "mfrac" | "msup" | "msub" | "munder" | "mover" => Some(2),
                "msubsup" | "munderover" => Some(3),
                "math" | "msqrt" => Some(1),
                "mi" | "mn" | "mo" | "mtext" | "mspace" => Some(0),
                "mrow" | "mtable" | "mtr" | "mtd" => None,
                _ => return Some(format!("<{opened}> is not in the subset")),
            };
            if opened != name || expected.is_some_and(|expected| expected != children) {
                return Some(format!(
                    "<{opened}> with {children} children closed by </{name}> in {text}"
                ));
            }
        } else {
            match open.last_mut() {
                Some((_, children)) => *children += 1,
                None => roots += 1,
            }
            open.push((tag.split(' ').next().unwrap_or_default().to_owned(), 0));
        }
    }
    (roots != 1 || !open.is_empty() || !rest.is_empty()).then(|| format!("not one element: {text}"))
}

#[test]
fn the_judges_of_the_laws_find_faults() {
    for bad in [
        r"{",
        r"}",
        r"\left(x",
        r"x\right)",
        r"\begin{cases}",
        "a & b",
        r"{\left(}\right)",
        "#1",
    ] {
        assert!(fault_of_tex(bad).is_some(), "{bad}");
    }
    for good in [
        r"\frac{a}{b}",
        r"\left\{a\right\}",
        r"a\_b",
        r"\begin{x} a & b \\ c \end{x}",
    ] {
        assert_eq!(fault_of_tex(good), None);
    }
    for bad in [
        "",
        "<math></math>",
        "<math><mfrac><mn>1</mn></mfrac></math>",
        "<math><mrow></math>",
        "<math><mrow>x</mrow></math>",
        "<math><mi>a&b</mi></math>",
        "<math><mfenced></mfenced></math>",
        "<mi>x</mi><mi>y</mi>",
    ] {
        assert!(fault_of_mathml(bad).is_some(), "{bad}");
    }
}

#[test]
fn random_trees_parse_back_and_print_well() {
    fn law(bytes: Vec<u8>) -> quickcheck::TestResult {
        match fault(&grown(&bytes)) {
            None => quickcheck::TestResult::passed(),
            Some(fault) => quickcheck::TestResult::error(fault),
        }
    }
    for (size, tests) in [(8, 3000), (40, 2000), (300, 300)] {
        quickcheck::QuickCheck::new()
            .rng(quickcheck::Gen::from_size_and_seed(size, 7))
            .tests(tests)
            .quickcheck(law as fn(Vec<u8>) -> quickcheck::TestResult);
    }
}

/// A printed formula must not hide an argument: such templates are not used.
#[test]
fn templates_with_problems() {
    for (template, arguments) in [
        ("#1", 2),
        ("#1(#2)", 1),
        ("#0", 1),
        ("#", 1),
        (r"\unknown #1", 1),
        (r"\left(#1", 1),
        (r"{#1", 1),
        ("#1}", 1),
        ("^2 #1", 1),
        ("#1_", 1),
        ("#1^2^3", 1),
        ("#1^{}", 1),
        (r"\left a #1\right)", 1),
        (r"\frac{#1}", 1),
        (r"\mathbb{X} #1", 1),
        (r"\operatorname #1", 1),
        (r"\text{\alpha} #1", 1),
        ("é#1", 1),
        ("{{{{{{{{{{{{{{{{{{#1}}}}}}}}}}}}}}}}}}", 1),
    ] {
        assert!(
            template_problem(template, arguments).is_some(),
            "{template}"
        );
    }
    for (template, arguments) in [
        (r"D_{#3}#1(#2)", 3),
        (r"\left\|#1\right\|_\infty", 1),
        (r"\hat{#1}^2_i", 1),
        (r"\max_{k\le #1}\, #2", 2),
        (r"\mathcal{N}(#1,#2)", 2),
        ("1", 0),
    ] {
        assert_eq!(template_problem(template, arguments), None, "{template}");
    }
}

/// Arguments get parentheses exactly where the template does not delimit them.
#[test]
fn parentheses_in_templates() {
    let vocabulary = TestVocabulary::new();
    for (text, printed) in [
        ("abs(a + b)", r"\left|a + b\right|"),
        ("transpose(a + b)", r"{\left(a + b\right)}^{\top}"),
        ("transpose(A)^2", r"{\left({A}^{\top}\right)}^{2}"),
        ("inv(p)^2", r"{\left(\frac{1}{p}\right)}^{2}"),
        ("inv(a + b)", r"\frac{1}{a + b}"),
        (
            "value(compose(a, b), x + y)",
            r"R\left(a \circ b\right)(x + y)",
        ),
        (
            "ceil_log2(a + b)",
            r"\left\lceil\log_{2}\left(a + b\right)\right\rceil",
        ),
        (
            "ceil_log2(a / b)",
            r"\left\lceil\log_{2}\left(\frac{a}{b}\right)\right\rceil",
        ),
        (
            "implies(a, b) and c",
            r"\left(a \Rightarrow b\right) \land c",
        ),
        ("norm2(-v)", r"{\left\|-v\right\|}_{2}"),
    ] {
        let found = tex(&parsed(text), &vocabulary);
        assert_eq!(found, printed, "{text}");
    }
}

#[test]
fn depth_costs_no_stack_and_linear_time() {
    let vocabulary = TestVocabulary::new();
    let n = 90_000;
    let start = std::time::Instant::now();
    for (open, close) in [
        ("-", ""),
        ("not ", ""),
        ("[", "]"),
        ("f(", ")"),
        ("abs(", ")"),
        ("transpose(", ")"),
        ("fn(x) ", ""),
    ] {
        let tree = parsed(&format!("{}x{}", open.repeat(n), close.repeat(n)));
        assert_eq!(parsed(&unicode(&tree, &vocabulary)), tree, "{open}");
        assert!(tex(&tree, &vocabulary).len() < 100 * n);
        assert!(mathml(&tree, &vocabulary).len() < 200 * n);
    }
    for part in ["x^", "x / ", "x - ", "if a then b else ", "x * "] {
        let tree = parsed(&format!("{}x", part.repeat(25_000)));
        assert_eq!(parsed(&unicode(&tree, &vocabulary)), tree, "{part}");
        assert!(fault_of_mathml(&mathml(&tree, &vocabulary)).is_none());
        assert!(fault_of_tex(&tex(&tree, &vocabulary)).is_none());
    }
    let indices = parsed(&format!("x{}", "[0]".repeat(n / 2)));
    assert!(tex(&indices, &vocabulary).starts_with("x_{0, 0, "));
    assert!(
        start.elapsed() < std::time::Duration::from_secs(20),
        "took {:?}",
        start.elapsed()
    );
}
