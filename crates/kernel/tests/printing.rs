//! The formula shown is the formula checked: printing every registered tree and reading it back gives the same tree.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use claim_language::expr::{Tree, Typed};
use claim_language::file::Claim;
use claim_language::print;
use theorems::registry::Registry;

fn formulas(claim: &Claim) -> Vec<&Typed> {
    let quantifiers = claim.quantify.iter().chain(
        claim
            .conclusions
            .iter()
            .flat_map(|conclusion| &conclusion.quantify),
    );
    let ranges = quantifiers.flat_map(|quantifier| {
        [
            &quantifier.min,
            &quantifier.max,
            &quantifier.filter,
            &quantifier.by,
        ]
        .into_iter()
        .flatten()
    });
    claim
        .conclusions
        .iter()
        .map(|conclusion| &conclusion.expr)
        .chain(claim.assume.iter().map(|hypothesis| &hypothesis.expr))
        .chain(claim.lets.iter().map(|item| &item.value))
        .chain(claim.cover.iter().map(|cover| &cover.when))
        .chain(ranges)
        .collect()
}

#[test]
fn printed_trees_read_back() {
    let registry =
        Registry::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theorems")).unwrap();
    let mut count = 0;
    for claim in &registry.claims {
        let mutated = claim
            .mutants
            .iter()
            .map(|mutant| claim.mutated(mutant, &registry.words).unwrap());
        for claim in mutated.chain([claim.clone()]) {
            for typed in formulas(&claim) {
                let printed = print::unicode(&typed.tree, &registry.words);
                let again = Tree::parse(&printed)
                    .unwrap_or_else(|problems| panic!("{printed}: {problems:?}"));
                assert_eq!(again, typed.tree, "{printed}");
                let mathml = print::mathml(&typed.tree, &registry.words);
                assert!(
                    mathml.starts_with("<math") && !mathml.contains("merror"),
                    "{printed}"
                );
                count += 1;
            }
        }
    }
    assert!(count > 700, "{count} formulas");
}

/// A change of the meaning of a native changes the hash of every statement that uses it, through its revision.
#[test]
fn revisions_are_part_of_the_statement() {
    let registry =
        Registry::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theorems")).unwrap();
    let with_natives = registry.claims.iter().filter(|c| !c.natives().is_empty());
    assert!(with_natives.count() > 90);
    for claim in &registry.claims {
        let natives = claim.natives();
        for name in natives {
            assert!(
                name == "defined"
                    || theorems::native::by_name(&name)
                        .is_some_and(|native| native.function.revision > 0),
                "{}: {name}",
                claim.id
            );
        }
    }
}
