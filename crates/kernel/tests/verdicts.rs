//! Verdicts from evidence: what may be green, and what stops a verdict.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use claim_language::file::Claim;
use kernel::exhaust::Exhausted;
use kernel::record::Status;
use kernel::redraw::{Drawn, REDRAWN, Said, draw, first_disagreement};
use kernel::verdict::{ConclusionEvidence, CoverCount, Draws, FaceScope, Verdict};
use theorems::machine::Memory;
use theorems::registry::Registry;
use theorems::statement::Statement;
use theorems::value::Backend;

fn claim(id: &str) -> Claim {
    let registry =
        Registry::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theorems")).unwrap();
    registry
        .claims
        .into_iter()
        .find(|claim| claim.id == id)
        .unwrap()
}

fn draws(holds: u64) -> Draws {
    Draws {
        tried: holds,
        holds,
        ranges: "small".to_owned(),
        ..Draws::default()
    }
}

fn complete() -> Exhausted {
    Exhausted {
        instances: 7,
        named: 7,
        faces: 30,
        ..Exhausted::default()
    }
}

fn verdict(id: &str, evidence: ConclusionEvidence, cover: &[CoverCount]) -> Verdict {
    let claim = claim(id);
    let statement = Statement::compile(&claim).unwrap();
    let evidence = vec![evidence; statement.conclusions.len()];
    Verdict::of(&claim, &statement, &evidence, cover, false)
}

#[test]
fn draws_alone_are_sampled_and_never_green() {
    let found = verdict(
        "compose-depth",
        ConclusionEvidence {
            draws: Some(draws(1_000_000)),
            ..Default::default()
        },
        &[],
    );
    assert_eq!((found.status, found.green), (Status::Sampled, false));
    assert!(found.scope.iter().all(|row| row.narrower));
}

#[test]
fn named_networks_are_an_instance_and_not_green() {
    let evidence = ConclusionEvidence {
        faces: Some((complete(), FaceScope::Cells)),
        ..Default::default()
    };
    let found = verdict("nn-derivative-ae", evidence, &[]);
    assert_eq!((found.status, found.green), (Status::Instance, false));
}

#[test]
fn an_exhausted_statement_is_green() {
    let evidence = ConclusionEvidence {
        finite: Some(complete()),
        ..Default::default()
    };
    let found = verdict("subdiff-no-c-strong", evidence, &[]);
    assert_eq!((found.status, found.green), (Status::Instance, true));
}

#[test]
fn an_exhausted_search_range_is_an_instance_and_not_green() {
    let evidence = ConclusionEvidence {
        finite: Some(complete()),
        ..Default::default()
    };
    let found = verdict("poly-count", evidence, &[]);
    assert_eq!((found.status, found.green), (Status::Instance, false));
    assert!(found.scope.iter().all(|row| row.narrower));
}

#[test]
fn an_incomplete_enumeration_is_no_rung() {
    for spoilt in [
        Exhausted {
            undecided: 1,
            ..complete()
        },
        Exhausted {
            undefined: 1,
            ..complete()
        },
        Exhausted {
            failed: 1,
            ..complete()
        },
        Exhausted {
            instances: 0,
            ..complete()
        },
    ] {
        let evidence = ConclusionEvidence {
            finite: Some(spoilt.clone()),
            ..Default::default()
        };
        let found = verdict("subdiff-no-c-strong", evidence, &[]);
        assert_eq!(
            (found.status, found.green),
            (Status::Incomplete, false),
            "{spoilt:?}"
        );
    }
}

#[test]
fn no_instance_is_vacuous() {
    let empty = Draws {
        tried: 2000,
        vacuous: 1500,
        nothing: 500,
        ..Draws::default()
    };
    let found = verdict(
        "compose-depth",
        ConclusionEvidence {
            draws: Some(empty),
            ..Default::default()
        },
        &[],
    );
    assert_eq!(found.status, Status::Vacuous);
}

#[test]
fn undefined_conclusions_break_a_claim_without_defined() {
    let shaky = |undefined| Draws {
        tried: 1000,
        holds: 1000 - undefined,
        undefined,
        ..Draws::default()
    };
    let with = |undefined| ConclusionEvidence {
        draws: Some(shaky(undefined)),
        ..Default::default()
    };
    assert_eq!(
        verdict("compose-depth", with(10), &[]).status,
        Status::Sampled
    );
    assert_eq!(
        verdict("compose-depth", with(11), &[]).status,
        Status::Broken
    );
    assert_eq!(
        verdict("classical-chain-rule", with(500), &[]).status,
        Status::Sampled
    );
}

#[test]
fn undecided_draws_alone_are_no_verdict() {
    let open = Draws {
        tried: 10,
        undecided: 10,
        ..Draws::default()
    };
    let found = verdict(
        "compose-depth",
        ConclusionEvidence {
            draws: Some(open),
            ..Default::default()
        },
        &[],
    );
    assert_eq!(found.status, Status::Incomplete);
}

#[test]
fn a_missed_cover_is_under_covered() {
    let missed = CoverCount {
        name: "zero".to_owned(),
        hits: 1,
        of: 100,
        met: false,
    };
    let found = verdict(
        "compose-depth",
        ConclusionEvidence {
            draws: Some(draws(100)),
            ..Default::default()
        },
        &[missed],
    );
    assert_eq!(found.status, Status::UnderCovered);
}

#[test]
fn a_disagreement_is_broken_whatever_else_was_found() {
    let evidence = ConclusionEvidence {
        disagreement: Some((3, Drawn::Holds.into(), Drawn::Fails.into())),
        finite: Some(complete()),
        draws: Some(draws(100)),
        ..Default::default()
    };
    assert_eq!(
        verdict("subdiff-no-c-strong", evidence, &[]).status,
        Status::Broken
    );
}

#[test]
fn nothing_is_incomplete() {
    assert_eq!(
        verdict("compose-depth", ConclusionEvidence::default(), &[]).status,
        Status::Incomplete
    );
}

/// A tally that claims one other outcome among the redrawn instances is caught.
#[test]
fn a_false_tally_is_caught() {
    let statement = Statement::compile(&claim("compose-depth")).unwrap();
    let mut memory = Memory::default();
    let mut said: Vec<Said> = (0..REDRAWN)
        .map(|index| draw(&statement, 0, 5, index, Backend::Fast, &mut memory))
        .collect();
    assert_eq!(first_disagreement(&statement, 0, 5, &said), None);
    said[200] = if said[200].drawn == Drawn::Holds {
        Drawn::Vacuous.into()
    } else {
        Drawn::Holds.into()
    };
    assert_eq!(
        first_disagreement(&statement, 0, 5, &said).map(|(index, ..)| index),
        Some(200)
    );
}

/// Running out of fuel is no verdict, however many draws held.
#[test]
fn fuel_that_ran_out_is_incomplete() {
    let cut = Draws {
        out_of_fuel: true,
        ..draws(1000)
    };
    let found = verdict(
        "compose-depth",
        ConclusionEvidence {
            draws: Some(cut),
            ..Default::default()
        },
        &[],
    );
    assert_eq!(found.status, Status::Incomplete);
}
