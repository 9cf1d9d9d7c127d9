//! The twelve worked claims.

use super::{clean, load, vocabulary};
use crate::file::{Binder, Domain, Expect, Kind, Rung, SearchRange, Share};

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
        assert!(loaded.file.text[problem.span.clone()].len() < 60, "{problem:?}");
    }
}
