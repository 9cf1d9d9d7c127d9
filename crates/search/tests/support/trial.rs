//! Small claims, examined from their text to the record.

use std::sync::atomic::AtomicBool;

use claim_language::file::Claim;
use search::examine::{Examined, Options, examine};
use theorems::bibliography::Bibliography;
use theorems::vocabulary::Words;

/// Examines a claim of this kind with these quantifiers, this conclusion, and more tables.
pub fn trial(kind: &str, quantify: &str, expr: &str, more: &str) -> Examined {
    let words = Words::new(Bibliography::parse("[derived]\ntitle = \"Derived here\"\n").unwrap());
    let text = format!(
        "format = 1\n[claim]\nid = \"trial\"\ntitle = \"Trial\"\narea = \"derivative\"\nkind = \"{kind}\"\nexpect = \"holds\"\n\
         [source]\ncite = \"derived\"\nlocator = \"test\"\n[statement]\nquantify = [{quantify}]\n\
         [conclusion.main]\nexpr = '{expr}'\n{more}"
    );
    let (claim, problems) = Claim::parse("trial.toml", &text, &words);
    let claim = claim.unwrap_or_else(|| panic!("{problems:#?}"));
    let interrupt = AtomicBool::new(false);
    let options = Options {
        seed: 1,
        draws: 300,
        scale: (1, 1),
        least: 1,
        mutant_draws: 300,
        interrupt: &interrupt,
    };
    examine(&claim, &words, None, options)
}
