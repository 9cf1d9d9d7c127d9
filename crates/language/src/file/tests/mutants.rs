//! Mutated statements.

use super::fixtures::{
    ALL, ALMOST_EVERYWHERE, CHAIN_RULE, HALF, LOWER, LOWER_GENERAL, NO_C, POLYNOMIALS, STABILITY,
    TRAJECTORY,
};
use super::{BASE, changed, clean, vocabulary};
use crate::file::{Binder, Claim, Expect, MutantExpect};

fn mutated((path, text): (&str, &str), mutant: &str) -> Claim {
    let claim = clean(path, text);
    let mutant = claim.mutant(mutant).expect("the mutant exists");
    claim
        .mutated(mutant, vocabulary::get())
        .expect("the mutant applies")
}

#[test]
fn every_mutant_of_the_worked_claims_applies_and_differs() {
    for (path, text) in ALL.iter().filter(|(path, _)| *path != TRAJECTORY.0) {
        let claim = clean(path, text);
        for mutant in &claim.mutants {
            let mutated = claim
                .mutated(mutant, vocabulary::get())
                .expect("the mutant applies");
            assert_eq!(mutated.id, format!("{}/{}", claim.id, mutant.id));
            assert_ne!(mutated.statement_text(), claim.statement_text());
            assert!(mutated.mutants.is_empty());
        }
    }
}

#[test]
fn several_edits_apply_one_after_the_other() {
    let text = mutated(CHAIN_RULE, "two-conventions").statement_text();
    assert!(
        text.contains(
            "deriv(compose(psi, phi), x, 0) == (deriv(psi, value(phi, x), 0) * deriv(phi, x, 1))"
        ),
        "{text}"
    );
}

#[test]
fn a_widened_binder_meets_the_kinks() {
    let claim = mutated(ALMOST_EVERYWHERE, "everywhere");
    let x = claim.quantify.last().expect("three quantifiers");
    assert_eq!(x.binder, Binder::All);
    assert_eq!(
        x.from
            .iter()
            .map(|family| family.name.as_str())
            .collect::<Vec<_>>(),
        ["generic", "kinks"]
    );
    let claim = mutated(STABILITY, "everywhere");
    let x = claim.quantify.last().expect("four quantifiers");
    let from: Vec<String> = x
        .from
        .iter()
        .map(|f| format!("{}({})", f.name, f.arguments[0].tree.text()))
        .collect();
    assert_eq!(
        from,
        [
            "generic(phi)",
            "generic(compose(psi, phi))",
            "kinks(phi)",
            "kinks(compose(psi, phi))"
        ]
    );
}

#[test]
fn kinks_are_not_added_twice_nor_for_other_edits() {
    let given = changed(
        "from = [\"generic(phi)\"]",
        "from = [\"generic(phi)\", \"kinks(phi)\"]",
    );
    assert_eq!(
        mutated(("base.toml", &given), "everywhere").quantify[2]
            .from
            .len(),
        2
    );
    let narrowed = changed(
        "quantify.x: almost-all => all",
        "quantify.x: almost-all => some",
    );
    let some = mutated(("base.toml", &narrowed), "everywhere");
    assert_eq!(
        (some.quantify[2].binder, some.quantify[2].from.len()),
        (Binder::Some, 1)
    );
    let all = changed(
        "quantify.x: almost-all => all",
        "quantify.c: all => almost-all",
    );
    assert_eq!(
        mutated(("base.toml", &all), "everywhere").quantify[1].binder,
        Binder::AlmostAll
    );
}

#[test]
fn parts_of_quantifiers_constants_and_abbreviations() {
    let text = mutated(HALF, "depth-3").statement_text();
    assert!(
        text.contains("all phi in network where depth(phi) == 3"),
        "{text}"
    );
    let text = mutated(LOWER, "half").statement_text();
    assert!(text.contains("constant k0 = 2^(-1)"), "{text}");
    let text = mutated(LOWER_GENERAL, "max-for-min").statement_text();
    assert!(text.contains("where ((3 * s) <= B) or (s <= d)"), "{text}");
    let text = mutated(POLYNOMIALS, "drop-n-D").statement_text();
    assert!(
        text.contains("let m = ceil_log2(norm_1(coeffs(p)) / eps) + 2"),
        "{text}"
    );
    let text = mutated(NO_C, "irrational-c").statement_text();
    assert!(
        text.contains("let w1 = net(([[-2], [2]], [0, 0])"),
        "{text}"
    );
    let domain = changed(
        "quantify.x: almost-all => all",
        "quantify.x.in: indim(phi) => outdim(phi)",
    );
    let text = mutated(("base.toml", &domain), "everywhere").statement_text();
    assert!(text.contains("almost-all x in vec(outdim(phi))"), "{text}");
}

#[test]
fn edits_reach_every_conclusion_they_name() {
    let text = mutated(HALF, "c-zero").statement_text();
    assert!(
        text.contains("conclusion hull: in_hull(deriv(phi, x, 0), clarke(phi, x))"),
        "{text}"
    );
    assert!(
        text.contains("conclusion average: deriv(phi, x, 0) =="),
        "{text}"
    );
}

#[test]
fn quantifiers_of_conclusions_and_hypotheses() {
    let text = BASE
        .replace("  { almost-all = \"x\", in = \"vec(indim(phi))\", from = [\"generic(phi)\"] },\n", "")
        .replace("expr = 'deriv", "quantify = [{ almost-all = \"x\", in = \"vec(indim(phi))\", where = 'norm2(x) <= 1' }]\nexpr = 'deriv")
        .replace("[conclusion.main]", "[assume.flat]\nexpr = 'depth(phi) == 1'\n[conclusion.main]");
    let edited = |edit: &str| {
        mutated(
            (
                "base.toml",
                &text.replace("quantify.x: almost-all => all", edit),
            ),
            "everywhere",
        )
        .statement_text()
    };
    assert!(
        edited("main.quantify.x: almost-all => all")
            .contains("main: all x in vec(indim(phi)) where")
    );
    assert!(edited("main.quantify.x.where: 1 => 2").contains("where norm2(x) <= 2"));
    assert!(edited("assume.flat: 1 => 2").contains("assume flat: depth(phi) == 2"));
}

#[test]
fn own_statements() {
    let claim = clean(STABILITY.0, STABILITY.1);
    let own = claim
        .mutant("radius-before-x")
        .and_then(|mutant| mutant.own.as_ref())
        .expect("an own statement");
    assert_eq!(
        own.quantify
            .iter()
            .map(|q| q.name.as_str())
            .collect::<Vec<_>>(),
        ["phi", "psi", "r", "x", "y"]
    );
    assert_eq!(own.quantify[2].binder, Binder::Some);
    assert_eq!(own.conclusions[0].name, "main");
    let mutated = mutated(STABILITY, "radius-before-x");
    assert_eq!(
        (mutated.quantify.len(), mutated.expect),
        (5, Some(Expect::Refuted))
    );
    assert!(mutated.cover.is_empty());
}

#[test]
fn own_statements_keep_what_they_use() {
    let text = changed(
        "edits = ['quantify.x: almost-all => all']",
        "let.n = 'k + m'\nexpr = 'depth(phi) == n'\n[constants.k]\nvalue = 3\n[let]\nm = 'k + 1'\nw = 'width(phi)'",
    )
    .replace("== jacobian(phi, x)'", "== jacobian(phi, x) or w == m'");
    let claim = mutated(("base.toml", &text), "everywhere");
    assert_eq!(
        claim.quantify.len(),
        3,
        "without `quantify` the claim's are kept"
    );
    assert_eq!(
        claim
            .lets
            .iter()
            .map(|l| l.name.as_str())
            .collect::<Vec<_>>(),
        ["m", "n"]
    );
    assert_eq!(claim.constants.len(), 1);
}

#[test]
fn hypotheses_stay_only_with_the_quantifiers() {
    let flat = "[assume.flat]\nexpr = 'depth(phi) == 1'\n[conclusion.main]";
    let own = |own: &str| {
        let text = changed("[conclusion.main]", flat)
            .replace("edits = ['quantify.x: almost-all => all']", own);
        mutated(("base.toml", &text), "everywhere").assume.len()
    };
    assert_eq!(own("expr = 'c == 0'"), 1);
    assert_eq!(
        own("quantify = [{ all = \"c\", in = \"real\" }]\nexpr = 'c == 0'"),
        0
    );
    assert_eq!(
        own(
            "quantify = [{ all = \"c\", in = \"real\" }]\nexpr = 'c == 0'\nassume.positive.expr = 'c > 0'"
        ),
        1
    );
}

#[test]
fn expectations_carry_over() {
    for (word, expect) in [
        ("killed", Expect::Refuted),
        ("rejected", Expect::Refuted),
        ("control", Expect::Holds),
        ("unresolved", Expect::Conjecture),
    ] {
        let text = changed("\"killed\"", &format!("\"{word}\""));
        let claim = mutated(("base.toml", &text), "everywhere");
        assert_eq!(claim.expect, Some(expect), "{word}");
    }
    assert_eq!(
        clean("base.toml", BASE).mutants[0].expect,
        MutantExpect::Killed
    );
}

#[test]
fn a_mutant_of_another_claim_is_refused() {
    let claim = clean(NO_C.0, NO_C.1);
    let other = clean(ALMOST_EVERYWHERE.0, ALMOST_EVERYWHERE.1);
    let problems = claim
        .mutated(&other.mutants[0], vocabulary::get())
        .expect_err("x is bound by `some` here");
    assert_eq!(problems[0].code, "C0502");
}

#[test]
fn a_mutated_claim_can_be_mutated_again() {
    let claim = clean(ALMOST_EVERYWHERE.0, ALMOST_EVERYWHERE.1);
    let once = claim
        .mutated(&claim.mutants[0], vocabulary::get())
        .expect("applies");
    let twice = once
        .mutated(&claim.mutants[1], vocabulary::get())
        .expect("applies");
    let text = twice.statement_text();
    assert!(
        text.contains("all x in") && text.contains("deriv@post"),
        "{text}"
    );
    assert!(
        once.mutated(&claim.mutants[0], vocabulary::get()).is_err(),
        "x is bound by `all` by now"
    );
}

#[test]
fn dropped_hypotheses() {
    let flat = "[assume.flat]\nexpr = 'depth(phi) == 1'\nneeded = \"no\"\n[assume.thin]\nexpr = 'width(phi) == 1'\n[conclusion.main]";
    let claim = clean("base.toml", &changed("[conclusion.main]", flat));
    let dropped = claim.dropped("flat");
    assert_eq!(
        dropped
            .assume
            .iter()
            .map(|h| h.name.as_str())
            .collect::<Vec<_>>(),
        ["thin"]
    );
    assert!(!dropped.statement_text().contains("flat"));
    assert_eq!(dropped.id, "base/without-flat");
    assert_eq!(
        claim.dropped("nothing").statement_text(),
        claim.statement_text()
    );
    let again = dropped
        .mutated(&claim.mutants[0], vocabulary::get())
        .expect("applies");
    assert_eq!(again.assume.len(), 1, "a dropped hypothesis stays dropped");
}

#[test]
fn another_constant_is_shared_by_the_whole_statement() {
    let text = "format = 1\n[claim]\nid = \"trial\"\ntitle = \"Trial\"\narea = \"sampling\"\nkind = \"bound\"\nexpect = \"holds\"\n\
        [source]\ncite = \"derived\"\nlocator = \"test\"\n[constants]\nk0 = { value = \"2\" }\nk1 = { value = \"k0 + 1\" }\n[statement]\n\
        quantify = [{ all = \"m\", in = \"nat\" }]\n[conclusion.main]\nexpr = 'k0 * m <= k1 * m'\n\
        [reduce]\nargument = \"none\"\nexpr = 'k0 <= k1'\n\
        [[mutant]]\nid = \"more\"\nexpect = \"killed\"\nedits = ['main: k1 => 1']\nwhy = \"m = 1\"\n";
    let words = vocabulary::get();
    let (claim, problems) = Claim::parse("trial.toml", text, words);
    let claim = claim.unwrap_or_else(|| panic!("{problems:#?}"));
    let moved = claim
        .with_constant("k0", "2^(5/8)", words)
        .unwrap()
        .unwrap();
    assert_eq!(moved.id, "trial/k0 = 2^(5/8)");
    assert!(moved.mutants.is_empty());
    assert_ne!(moved.statement_sha256(words), claim.statement_sha256(words));
    for statement in [&moved, &moved.reduced(words).unwrap().unwrap()] {
        assert_eq!(statement.constants[0].value.tree.text(), "2^(5/8)");
        assert_eq!(statement.constants[1].value.tree.text(), "k0 + 1");
    }
    assert!(claim.with_constant("k2", "1", words).is_none());
    for value in ["2 +", "m", "unknown(1)", "true"] {
        let refused = claim.with_constant("k0", value, words).unwrap();
        assert!(refused.is_err(), "{value}");
    }
}
