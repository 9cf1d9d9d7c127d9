//! Reductions: a constant is shared, tampered certificates are refused, and a claim is no stronger than what it rests on.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::AtomicBool;

use claim_language::file::Claim;
use kernel::certificate::parameters::{Certificate, Step};
use kernel::record::{ClaimRecord, Kind, Reduction, Status};
use kernel::verdict::{Reduced, settle_reductions};
use search::parameters::close;
use theorems::bibliography::Bibliography;
use theorems::vocabulary::Words;

fn words() -> Words {
    Words::new(Bibliography::parse("[derived]\ntitle = \"Derived here\"\n").unwrap())
}

fn claim(constant: &str) -> Claim {
    let text = format!(
        "format = 1\n[claim]\nid = \"trial\"\ntitle = \"Trial\"\narea = \"sampling\"\nkind = \"lower-bound\"\nexpect = \"holds\"\n\
         [source]\ncite = \"derived\"\nlocator = \"test\"\n[constants]\nk0 = {{ value = \"{constant}\" }}\n[statement]\nquantify = [\
         {{ all = \"m\", in = \"nat\", min = 1 }}, {{ all = \"A\", in = \"learner\", where = 'mean_queries(A) <= m' }}]\n\
         [conclusion.main]\nexpr = 'worst_error(A, net_class(1, 3, 3, 1, inf), inf) >= 1 / (k0 * m)'\n\
         [reduce]\nargument = \"two cells a sample\"\nexpr = '(1 - m / (2 * m)) / (4 * m) >= 1 / (k0 * m)'\n"
    );
    let (claim, problems) = Claim::parse("trial.toml", &text, &words());
    claim.unwrap_or_else(|| panic!("{problems:#?}"))
}

fn certificate(claim: &Claim) -> Result<Certificate, String> {
    close(
        &claim.reduced(&words()).unwrap().unwrap(),
        0,
        &AtomicBool::new(false),
    )
}

#[test]
fn the_constant_of_the_claim_is_that_of_the_reduction() {
    let holds = claim("2^3");
    let found = certificate(&holds).unwrap();
    assert!(Reduced::check(&holds, &words(), std::slice::from_ref(&found)).is_ok());
    let fails = claim("7");
    assert!(certificate(&fails).is_err());
    assert!(Reduced::check(&fails, &words(), &[found]).is_err());
}

#[test]
fn tampered_certificates_are_refused() {
    let claim = claim("2^3");
    let found = certificate(&claim).unwrap();
    let refused =
        |certificates: &[Certificate]| Reduced::check(&claim, &words(), certificates).is_err();
    assert!(refused(&[]));
    assert!(refused(&[found.clone(), found.clone()]));
    let mut changed = found;
    changed.trees[0].push(Step::Leaf);
    assert!(refused(&[changed]));
}

#[test]
fn claims_that_rest_on_each_other_are_incomplete() {
    let record = |id: &str, by: &str| {
        let mut record = ClaimRecord::new(id, "sampling", "Trial", Kind::Bound, None);
        (record.status, record.green) = (Status::Box, false);
        record.reduction = Some(Reduction {
            by: vec![by.to_owned()],
            argument: None,
            status: Status::Box,
        });
        record
    };
    let mut records = vec![
        record("one", "two"),
        record("two", "one"),
        record("above", "one"),
        record("self", "self"),
    ];
    settle_reductions(&mut records);
    let found: Vec<Status> = records.iter().map(|record| record.status).collect();
    assert_eq!(found, [Status::Incomplete; 4]);
}

#[test]
fn a_reduction_is_as_strong_as_its_weakest_support() {
    let record = |id: &str, status, by: Option<&str>| {
        let mut record = ClaimRecord::new(id, "sampling", "Trial", Kind::Bound, None);
        (record.status, record.green) = (status, true);
        record.reduction = by.map(|by| Reduction {
            by: vec![by.to_owned()],
            argument: None,
            status: Status::Box,
        });
        record
    };
    let settled = |status: Option<Status>| {
        let mut records = vec![
            record("top", Status::Box, Some("middle")),
            record("middle", Status::Box, Some("base")),
        ];
        records.extend(status.map(|status| record("base", status, None)));
        settle_reductions(&mut records);
        (records[0].status, records[1].status)
    };
    assert_eq!(settled(Some(Status::Box)), (Status::Box, Status::Box));
    assert_eq!(
        settled(Some(Status::Sampled)),
        (Status::Sampled, Status::Sampled)
    );
    for weak in [
        None,
        Some(Status::Refuted),
        Some(Status::Broken),
        Some(Status::Cited),
    ] {
        assert_eq!(
            settled(weak),
            (Status::Incomplete, Status::Incomplete),
            "{weak:?}"
        );
    }
}
