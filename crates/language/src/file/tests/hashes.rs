//! The hash of a statement: what changes it and what does not.

use super::fixtures::{ALL, LOWER, TRAJECTORY};
use super::{BASE, changed, clean, vocabulary};

fn hash(text: &str) -> String {
    clean("base.toml", text).statement_sha256(vocabulary::get())
}

#[test]
fn blanks_comments_and_everything_else_leave_it() {
    let original = hash(BASE);
    assert!(original.len() == 64 && original.bytes().all(|b| b.is_ascii_hexdigit()));
    let same = [
        format!("# a comment\n{BASE}"),
        BASE.replace('\n', "\r\n"),
        changed(
            "'deriv(phi, x, c) == jacobian(phi, x)'",
            "'(deriv( phi,x , (c) ))==jacobian(phi,x)'",
        ),
        changed(
            "'deriv(phi, x, c) == jacobian(phi, x)'",
            "\"\"\"deriv(phi, x, c)\n== jacobian(phi, x)\"\"\"",
        ),
        changed("'deriv(phi", "'deriv(Φ"),
        changed("Chain rule on a small scale", "Another title"),
        changed("Theorem III.1", "Theorem III.2"),
        changed("from = [\"G1\"]", "from = [\"G5\"]"),
        changed("symbolic = true", "search = \"[1, 2]\""),
        changed("vec(indim(phi))", "vec( indim (phi) )"),
        changed(
            "[statement]",
            "[search]\ndraws = 5\nobjective = 'c'\n[statement]",
        ),
        BASE.split("[[mutant]]")
            .next()
            .expect("a first part")
            .to_owned(),
    ];
    for text in same {
        assert_eq!(hash(&text), original, "{text}");
    }
}

#[test]
fn the_statement_changes_it() {
    let original = hash(BASE);
    let swapped = BASE
        .replace("  { all = \"c\", in = \"real\", symbolic = true },\n", "")
        .replace(
            "\"vec(indim(phi))\", from = [\"generic(phi)\"] },",
            "\"vec(indim(phi))\" },\n  { all = \"c\", in = \"real\" },",
        )
        .replace("all phi c ae x", "all phi ae x all c");
    let other = [
        swapped,
        changed("symbolic = true", "min = 0"),
        changed("symbolic = true", "where = 'c > 0'"),
        changed("symbolic = true", "among = ['0', '1']"),
        changed("from = [\"G1\"]", "where = 'depth(phi) == 2'"),
        changed("\"real\", symbolic = true", "\"rat\""),
        changed("almost-all", "all")
            .replace("c ae x", "c x")
            .split("[[mutant]]")
            .next()
            .expect("a first part")
            .to_owned(),
        changed("jacobian(phi, x)'", "jacobian(phi, x + 0 * x)'"),
        changed("[conclusion.main]", "[conclusion.other]"),
        changed(
            "[conclusion.main]",
            "[assume.flat]\nexpr = 'depth(phi) == 1'\n[conclusion.main]",
        ),
        changed(
            "[conclusion.main]",
            "[conclusion.second]\nexpr = 'c == c'\n[conclusion.main]",
        ),
    ];
    let mut seen = vec![original];
    for text in other {
        let hash = hash(&text);
        assert!(!seen.contains(&hash), "{text}");
        seen.push(hash);
    }
}

#[test]
fn constants_and_abbreviations_count_if_they_are_used() {
    let with = |constant: &str, formula: &str| {
        let text = changed(
            "[statement]",
            &format!("[constants.k]\nvalue = \"{constant}\"\n[let]\nm = 'k * c'\n[statement]"),
        );
        let text = text
            .replace("symbolic = true", "where = 'c >= 0'")
            .replace("jacobian(phi, x)'", formula);
        super::load("base.toml", &text)
            .claim
            .expect("a claim")
            .statement_sha256(vocabulary::get())
    };
    let used = "jacobian(phi, x) and m >= 0'";
    assert_ne!(with("1", used), with("2", used));
    let unused = "jacobian(phi, x) and c >= 0'";
    assert_eq!(with("1", unused), with("2", unused));
}

#[test]
fn the_order_of_tables_does_not_matter_and_that_of_quantifiers_does() {
    let tables = |first: &str, second: &str| {
        changed(
            "[conclusion.main]",
            &format!(
                "[assume.{first}]\nexpr = 'depth(phi) == 1'\n[assume.{second}]\nexpr = 'depth(phi) == 1'\n[conclusion.main]"
            ),
        )
    };
    assert_eq!(hash(&tables("a", "b")), hash(&tables("b", "a")));
    let a = BASE.replace("  { all = \"phi\", in = \"network\", from = [\"G1\"] },\n  { all = \"c\", in = \"real\", symbolic = true },", "  { all = \"c\", in = \"real\" },\n  { all = \"phi\", in = \"network\" },");
    assert_ne!(a, BASE);
    assert_ne!(
        hash(&a),
        hash(BASE),
        "the order inside a run of equal quantifiers is part of the text"
    );
}

#[test]
fn natives_are_named_with_their_twins() {
    let claim = clean("base.toml", BASE);
    assert_eq!(
        claim.natives().into_iter().collect::<Vec<_>>(),
        ["deriv", "indim", "jacobian"]
    );
    let text = changed(
        "quantify.x: almost-all => all",
        "main: deriv(phi, x, c) => deriv@post(phi, x, c)",
    );
    let claim = clean("base.toml", &text);
    let mutated = claim
        .mutated(&claim.mutants[0], vocabulary::get())
        .expect("the mutant applies");
    assert_eq!(
        mutated.natives().into_iter().collect::<Vec<_>>(),
        ["deriv@post", "indim", "jacobian"]
    );
    assert_ne!(
        mutated.statement_sha256(vocabulary::get()),
        claim.statement_sha256(vocabulary::get())
    );
}

#[test]
fn applied_variables_are_no_natives() {
    let (path, text) = super::fixtures::GLOBAL;
    assert!(!clean(path, text).natives().contains("f"));
}

#[test]
fn texts_of_the_worked_claims() {
    let mut report = String::new();
    for (path, text) in ALL.iter().filter(|(path, _)| *path != TRAJECTORY.0) {
        report.push_str(&format!(
            "## {path}\n{}\n",
            clean(path, text).statement_text()
        ));
    }
    insta::assert_snapshot!(report);
}

#[test]
fn a_constant_of_a_worked_claim() {
    let hash = |text: &str| clean(LOWER.0, text).statement_sha256(vocabulary::get());
    let changed = LOWER
        .1
        .replace("value = \"2^7\"", "value = \"2^6\"")
        .replace("k0: 2^7", "k0: 2^6");
    assert_ne!(hash(LOWER.1), hash(&changed));
}
