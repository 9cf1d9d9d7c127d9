//! Constants moved on the grid 2^(k/8): where they are known to be tight, where not, and where nothing can be certified.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::AtomicBool;

use claim_language::file::Claim;
use kernel::certificate::parameters::Stored;
use kernel::check::Constructions;
use kernel::record::{Grid, Moved, TightnessRecord};
use search::mutants::Budget;
use search::tighten::{Tightened, tighten};
use theorems::bibliography::Bibliography;
use theorems::statement::Statement;
use theorems::vocabulary::Words;

fn words() -> Words {
    Words::new(Bibliography::parse("[derived]\ntitle = \"Derived here\"\n").unwrap())
}

fn claim(constant: &str, rung: &str, expr: &str) -> Claim {
    let text = format!(
        "format = 1\n[claim]\nid = \"trial\"\ntitle = \"Trial\"\narea = \"sampling\"\nkind = \"bound\"\nexpect = \"holds\"\nrung = \"{rung}\"\n\
         [source]\ncite = \"derived\"\nlocator = \"test\"\n[constants]\nk0 = {{ value = \"{constant}\" }}\n[statement]\n\
         quantify = [{{ all = \"x\", in = \"real\", where = 'x >= 1/2 and x <= 4', search = \"[1, 2]\" }}]\n[conclusion.main]\nexpr = '{expr}'\n"
    );
    let (claim, problems) = Claim::parse("trial.toml", &text, &words());
    claim.unwrap_or_else(|| panic!("{problems:#?}"))
}

fn all(claim: &Claim) -> Result<Vec<Tightened>, String> {
    let budget = Budget {
        seed: 1,
        draws: 200,
        interrupt: &AtomicBool::new(false),
    };
    tighten(claim, &words(), budget)
}

fn record(constant: &str, rung: &str, expr: &str) -> TightnessRecord {
    all(&claim(constant, rung, expr)).unwrap().remove(0).record
}

fn at(moved: &Moved) -> [Option<i64>; 4] {
    let refuted = moved.refuted.as_ref().map(|refuted| refuted.at);
    [
        moved.certified,
        moved.not_certified,
        moved.not_refuted,
        refuted,
    ]
    .map(|point| point.map(|Grid(eighths)| eighths))
}

#[test]
fn the_largest_constant_is_found_from_both_sides() {
    // x² + 1 ≥ k·x holds on [1/2, 4] exactly if k ≤ 2; no enclosure shows the case of equality.
    let found = record("1", "box", "x^2 + 1 >= k0 * x");
    assert!(found.certified);
    assert_eq!(at(&found.larger), [Some(7), Some(8), Some(8), Some(9)]);
    assert_eq!(at(&found.smaller), [Some(-512), None, None, None]);
    assert_eq!(found.larger.undecided(), Some((Grid(8), Grid(8))));
}

#[test]
fn an_identity_is_tight_on_both_sides() {
    let found = record("3", "box", "k0 * x == x + 2 * x");
    // 2^(12/8) < 3 < 2^(13/8)
    assert_eq!(at(&found.smaller), [None, Some(12), None, Some(12)]);
    assert_eq!(at(&found.larger), [None, Some(13), None, Some(13)]);
    assert_eq!(found.smaller.undecided(), None);
}

#[test]
fn without_boxes_nothing_is_certified() {
    let found = record("1", "sampled", "x^2 + 1 >= k0 * x");
    assert!(!found.certified);
    assert_eq!(at(&found.larger), [None, None, Some(8), Some(9)]);
    assert_eq!(at(&found.smaller), [None, None, Some(-512), None]);
}

#[test]
fn evidence_is_accepted_by_the_kernel_for_that_constant_only() {
    let claim = claim("1", "box", "x^2 + 1 >= k0 * x");
    let found = all(&claim).unwrap().remove(0);
    let moved = |constant: &str| {
        claim
            .with_constant("k0", constant, &words())
            .unwrap()
            .unwrap()
    };
    let stored = Stored::parse(&found.certificates["trial.k0.larger.0"]).unwrap();
    assert_eq!(stored.claim, "trial/k0 = 2^(7/8)");
    assert!(stored.check(&moved("2^(7/8)"), &words()).is_ok());
    let refused = stored.check(&moved("2"), &words()).unwrap_err();
    assert!(refused.contains("STALE"), "{refused}");
    assert!(stored.certificate.check(&moved("2"), 0).is_err());
    let witness = &found.witnesses["trial.k0.larger"];
    assert_eq!(witness.claim, "trial/k0 = 2^(9/8)");
    let replayed = |constant: &str| {
        let claim = moved(constant);
        let statement = Statement::compile(&claim).unwrap();
        let sha = claim.statement_sha256(&words());
        witness
            .replay(&statement, &sha, Constructions::Count)
            .is_ok()
    };
    assert!(replayed("2^(9/8)"));
    assert!(!replayed("2"));
}

#[test]
fn constants_without_a_place_on_the_grid_are_refused() {
    for constant in ["0", "-1", "2^(1/2)"] {
        let refused = all(&claim(constant, "sampled", "x >= k0 * x - 5 * x")).unwrap_err();
        assert!(refused.contains("k0"), "{refused}");
    }
}

#[test]
fn grid_points_are_expressions() {
    let shown = [-16, -5, 0, 8, 12].map(|eighths| Grid(eighths).to_string());
    assert_eq!(shown, ["2^(-2)", "2^(-5/8)", "2^0", "2^1", "2^(12/8)"]);
}
