//! The twelve worked claims.

use super::{clean, load};
use crate::file::{Binder, Domain, Expect, Kind, Needed, Rung, SearchRange, Share};

macro_rules! fixtures {
    ($($name:ident = $file:literal),* $(,)?) => {
        $( pub(super) const $name: (&str, &str) = ($file, include_str!(concat!("fixtures/", $file))); )*
        pub(super) const ALL: &[(&str, &str)] = &[ $($name),* ];
    };
}

fixtures! {
    CHAIN_RULE = "nn-chain-rule.toml",
    ALMOST_EVERYWHERE = "nn-derivative-ae.toml",
    STABILITY = "stability-eventual.toml",
    NO_C = "subdiff-no-c-strong.toml",
    HALF = "subdiff-depth2-half.toml",
    BACKPROP = "backprop-ae.toml",
    POLYNOMIALS = "poly-explicit.toml",
    GLOBAL = "global-explicit.toml",
    LOWER = "lower-main.toml",
    LOWER_GENERAL = "lower-general.toml",
    TRAJECTORY = "trajectory-length-expectation.toml",
    PRINTED = "fundamental-lower-bound-printed.toml",
}

#[test]
fn all_but_the_expectation_are_read_without_a_problem() {
    for (path, text) in ALL.iter().filter(|(path, _)| *path != TRAJECTORY.0) {
        clean(path, text);
    }
}

#[test]
fn the_binder_for_laws_is_a_problem_of_the_expression_only() {
    let loaded = load(TRAJECTORY.0, TRAJECTORY.1);
    assert!(loaded.claim.is_none());
    for problem in &loaded.diagnostics {
        assert!(problem.code.starts_with("C02"), "{problem:?}");
        assert!(
            loaded.file.text[problem.span.clone()].len() < 60,
            "{problem:?}"
        );
    }
}

#[test]
fn the_head_of_a_claim() {
    let claim = clean(CHAIN_RULE.0, CHAIN_RULE.1);
    assert_eq!(
        (claim.id.as_str(), claim.area.as_str()),
        ("nn-chain-rule", "derivative")
    );
    assert_eq!(
        (claim.kind, claim.expect, claim.rung),
        (Kind::Identity, Some(Expect::Holds), Some(Rung::Sampled))
    );
    assert_eq!(claim.source.locator, "Corollary III.2, (15)");
    let prefix = claim.source.prefix.expect("a prefix");
    assert_eq!(prefix.len(), 4);
    assert!(prefix.iter().all(|(binder, _)| *binder == Binder::All));
    assert_eq!(
        claim.cover[0].at_least,
        Share::Part {
            numerator: 1,
            denominator: 2
        }
    );
    assert!(!claim.asymptotic);
}

#[test]
fn quantifiers_keep_their_parts() {
    let claim = clean(CHAIN_RULE.0, CHAIN_RULE.1);
    let [phi, psi, x, c] = claim.quantify.as_slice() else {
        panic!("four quantifiers")
    };
    assert_eq!((phi.binder, &phi.domain), (Binder::All, &Domain::Network));
    assert!(psi.filter.is_some() && !psi.symbolic && c.symbolic);
    assert_eq!(x.domain.to_string(), "vec(indim(phi))");
    let from: Vec<(&str, usize)> = x
        .from
        .iter()
        .map(|f| (f.name.as_str(), f.arguments.len()))
        .collect();
    assert_eq!(from, [("kinks", 1), ("kinks", 1), ("small", 0)]);
    assert_eq!(&claim.file.text[x.span.clone()], "all = \"x\"");
}

#[test]
fn definitions_stand_in_dependency_order() {
    let claim = clean(POLYNOMIALS.0, POLYNOMIALS.1);
    let names: Vec<&str> = claim
        .lets
        .iter()
        .map(|definition| definition.name.as_str())
        .collect();
    assert_eq!(names, ["D", "k", "m", "phi"]);
    let text = POLYNOMIALS
        .1
        .replace("D = '", "zz = '")
        .replace("D + 1", "zz")
        .replace("max(D, 1)", "max(zz, 1)");
    let text = text
        .replace("D * (m + 1)", "zz * (m + 1)")
        .replace("\n[let]\n", "\n[let]\nphi = 'polynomial_at(p, n, m)'\n");
    let text = text.replacen(
        "\nphi = 'polynomial_at(p, n, m)'\n[conclusion]",
        "\n[conclusion]",
        1,
    );
    let claim = clean(POLYNOMIALS.0, &text);
    let names: Vec<&str> = claim
        .lets
        .iter()
        .map(|definition| definition.name.as_str())
        .collect();
    assert_eq!(names, ["zz", "k", "m", "phi"]);
}

#[test]
fn searches() {
    let claim = clean(POLYNOMIALS.0, POLYNOMIALS.1);
    assert_eq!(claim.quantify[0].search, Some(SearchRange::Range(1, 4)));
    let Some(SearchRange::Values(values)) = &claim.quantify[2].search else {
        panic!("a list of values")
    };
    assert_eq!(
        values
            .iter()
            .map(|value| value.tree.text())
            .collect::<Vec<_>>(),
        ["1/2", "1/16", "2^-20"]
    );
    assert_eq!(
        claim.conclusion("error").and_then(|c| c.decide.as_deref()),
        Some("exact-1d | block")
    );
}

#[test]
fn conclusions_bind_their_own_variables() {
    let claim = clean(GLOBAL.0, GLOBAL.1);
    let binders: Vec<Binder> = claim
        .conclusions
        .iter()
        .map(|conclusion| conclusion.quantify[0].binder)
        .collect();
    assert_eq!(binders, [Binder::All, Binder::AlmostAll]);
    assert_eq!(claim.quantify[0].among.as_ref().map(Vec::len), Some(4));
    assert_eq!(claim.assume[0].needed, Needed::Yes);
}

#[test]
fn choices_and_values() {
    let claim = clean(NO_C.0, NO_C.1);
    assert_eq!(
        claim.quantify[0].by.as_ref().map(|by| by.tree.text()),
        Some("w1")
    );
    assert_eq!(claim.quantify[2].among.as_ref().map(Vec::len), Some(1));
    assert_eq!(claim.quantify[2].binder, Binder::Some);
}

#[test]
fn reductions_and_tests_are_kept_as_written() {
    let claim = clean(LOWER_GENERAL.0, LOWER_GENERAL.1);
    let reduce = claim.reduce.expect("a reduction");
    let keys: Vec<&str> = reduce
        .entries
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    assert_eq!(keys, ["by", "let.amp", "let.K", "expr", "ranges"]);
    for entry in &reduce.entries {
        assert_eq!(claim.file.text[entry.span.clone()], entry.text);
    }
    assert_eq!(reduce.entries[2].text, "'2 * ceil_root(m, s)'");
    let claim = clean(LOWER.0, LOWER.1);
    assert_eq!(
        claim.mutants[0].witness.as_deref(),
        Some("lower-main.half.toml")
    );
    assert_eq!(
        claim.quantify[5].domain,
        Domain::Opaque("learner".to_owned())
    );
    let test = TRAJECTORY.1.replace(
        "expectation(T ~ gaussian_net(N0, n, L, s^2/n, s^2): length(post(T, l), gamma))",
        "kappa(n)",
    );
    let test = test
        .replace("length(gamma)", "l")
        .replace("where = 'l > 0'", "where = 'gamma == gamma'");
    assert!(
        load(TRAJECTORY.0, &test)
            .diagnostics
            .iter()
            .all(|problem| problem.code.starts_with("C02"))
    );
}

#[test]
fn schema_claims_are_prose() {
    let claim = clean(PRINTED.0, PRINTED.1);
    assert_eq!((claim.kind, claim.expect), (Kind::Schema, None));
    assert!(claim.conclusions.is_empty() && claim.prose.is_some());
    assert_eq!(
        claim.refuted_by.map(|by| by.claim).as_deref(),
        Some("one-activation-encodes-a-list")
    );
    assert!(
        claim.impact.is_some(),
        "the impact of a repair is that of the claim"
    );
}

#[test]
fn every_key_is_read() {
    let text = super::changed("expect = \"holds\"", "expect = \"refuted\"\nrung = \"box\"\ntags = [\"t\"]\nuses = [\"u\"]\nimpact = \"i\"\nreading = \"r\"\nerratum = { id = \"E1\", class = \"A\" }\nnote = \"n\"\ntight = \"attained\"")
        .replace("locator = \"Theorem III.1\"", "locator = \"Theorem III.1\"\ntex = 'x'")
        .replace("[conclusion.main]", "[search]\ndraws = 10\nnamed = 20\nobjective = 'c'\nfuel = 30\n[minimise]\norder = [\"L\", \"bits\"]\n[witness]\nfile = \"base.1.toml\"\n[repair]\nid = \"better\"\ntext = \"add a hypothesis\"\n[conclusion.main]\ndecide = \"point\"\ndraws = 5")
        .replace("expect = \"killed\"", "expect = \"killed\"\nkills = \"main\"\nwhy = \"w\"\nwitness = \"base.2.toml\"");
    let claim = clean("base.toml", &text);
    insta::assert_snapshot!(format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        (claim.rung, claim.tight, claim.tags, claim.uses),
        (claim.impact, claim.reading, claim.erratum, claim.note),
        claim.source,
        (
            claim.search.draws,
            claim.search.named,
            claim
                .search
                .objective
                .map(|typed| typed.tree.text().to_owned()),
            claim.search.fuel
        ),
        (claim.minimise, claim.witness),
        claim.repair,
        (&claim.conclusions[0].decide, claim.conclusions[0].draws),
        claim
            .quantify
            .iter()
            .map(|quantifier| quantifier.name.clone())
            .collect::<Vec<_>>(),
        (
            &claim.mutants[0].kills,
            &claim.mutants[0].why,
            &claim.mutants[0].witness,
            &claim.mutants[0].edits
        ),
    ));
}
