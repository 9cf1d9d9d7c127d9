//! Constants that were moved: as text, and on the card of their claim.
#![allow(clippy::unwrap_used)]

mod sample;
mod support;

use std::collections::BTreeSet;

use insta::assert_snapshot;
use kernel::record::{Grid, Moved, RefutedAt, TightnessRecord, TightnessRun, Values};
use report::html::{self, Beside};
use report::{json, tightness_text};
use support::markup::{Kind, parse};

fn refuted(eighths: i64) -> Option<RefutedAt> {
    Some(RefutedAt {
        at: Grid(eighths),
        witness: "d = 1, L = 3, c = 1, m = 1".to_owned(),
        values: Some(Values {
            lhs: "between 4/3 and 5/3".to_owned(),
            rhs: "1".to_owned(),
        }),
    })
}

fn record(claim: &str, hash: &str) -> TightnessRecord {
    TightnessRecord {
        claim: claim.to_owned(),
        statement_sha256: hash.to_owned(),
        constant: "k0".to_owned(),
        value: "2^7".to_owned(),
        locator: Some("Theorem 1 & 2".to_owned()),
        certified: true,
        narrowed: BTreeSet::from(["s from 1 to 20".to_owned()]),
        argument: Some("in words".to_owned()),
        constructions: Vec::new(),
        smaller: Moved {
            certified: Some(Grid(24)),
            not_certified: Some(Grid(23)),
            not_refuted: Some(Grid(-4)),
            refuted: refuted(-5),
        },
        larger: Moved {
            certified: Some(Grid(568)),
            ..Moved::default()
        },
    }
}

#[test]
fn every_kind_of_finding_has_its_words() {
    let moved = |certified: Option<i64>,
                 not_certified: Option<i64>,
                 not_refuted: Option<i64>,
                 at: Option<i64>| Moved {
        certified: certified.map(Grid),
        not_certified: not_certified.map(Grid),
        not_refuted: not_refuted.map(Grid),
        refuted: at.and_then(refuted),
    };
    let mut text = tightness_text(&record("lower", "0"));
    let tight = TightnessRecord {
        argument: None,
        constructions: vec!["A".to_owned()],
        narrowed: BTreeSet::new(),
        smaller: moved(None, Some(55), None, Some(55)),
        larger: moved(None, Some(57), Some(57), Some(58)),
        ..record("tight", "0")
    };
    text.push_str(&tightness_text(&tight));
    let open = TightnessRecord {
        smaller: moved(Some(50), Some(49), Some(-456), None),
        larger: moved(None, None, Some(568), None),
        ..tight.clone()
    };
    text.push_str(&tightness_text(&TightnessRecord {
        claim: "open".to_owned(),
        ..open
    }));
    let sampled = TightnessRecord {
        claim: "sampled".to_owned(),
        certified: false,
        smaller: moved(None, None, None, Some(55)),
        larger: moved(None, None, Some(60), Some(61)),
        ..tight
    };
    text.push_str(&tightness_text(&sampled));
    assert_snapshot!("tightness_text", text);
}

#[test]
fn a_card_shows_what_was_found_for_its_statement_only() {
    let run = sample::five();
    let texts = sample::texts();
    let claim = &run.claims[0];
    let page = |record: TightnessRecord| {
        let tightness = TightnessRun {
            format: kernel::record::FORMAT,
            profile: "default".to_owned(),
            seed: 1,
            interrupted: false,
            constants: vec![record],
        };
        let read = json::read_tightness(&json::tightness(&tightness)).unwrap();
        assert_eq!(read, tightness);
        let beside = Beside {
            tightness: Some(&tightness),
            ..Beside::default()
        };
        html::page_with(&run, &texts, beside, None)
    };
    let shown = page(record(&claim.id, &claim.statement_sha256));
    parse(&shown, Kind::Html).unwrap();
    assert!(shown.contains("certified 2^3, undecided from 2^(23/8) to 2^(-4/8), refuted 2^(-5/8)"));
    assert!(shown.contains("Certified for s from 1 to 20."));
    let stale = page(record(&claim.id, "another"));
    assert!(!stale.contains("undecided from 2^(23/8)"));
    assert!(stale.contains("searched for another statement"));
    let foreign = page(record("elsewhere", &claim.statement_sha256));
    assert_eq!(foreign, html::page_from(&run, &texts, None));
}
