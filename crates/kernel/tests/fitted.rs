//! Constants of bounds up to a constant: what an instance needs, and which proposals are refused.
#![allow(clippy::unwrap_used)]

use claim_language::file::Claim;
use kernel::check::{Constructions, Rejection, check_candidate};
use kernel::exhaust;
use kernel::fit::{Fit, Proposal, obstacle};
use kernel::record::Status;
use kernel::redraw::{Said, draw, first_disagreement};
use kernel::verdict::{ConclusionEvidence, Draws, Verdict};
use relu_core::number::rational::Rational;
use theorems::assignment::Assignment;
use theorems::bibliography::Bibliography;
use theorems::machine::Memory;
use theorems::statement::Statement;
use theorems::value::Backend;
use theorems::vocabulary::Words;

const PAIRS: &str = r#"{ all = "a", in = "real", from = ["small"] }, { all = "b", in = "real", where = 'b > 0', from = ["small"] }"#;

fn claim(kind: &str, quantify: &str, expr: &str) -> Claim {
    let text = format!(
        "format = 1\n[claim]\nid = \"trial\"\ntitle = \"Trial\"\narea = \"derivative\"\nkind = \"{kind}\"\nexpect = \"holds\"\n\
         [source]\ncite = \"derived\"\nlocator = \"test\"\n[statement]\nquantify = [{quantify}]\n[conclusion.main]\nexpr = '{expr}'\n"
    );
    let words = Words::new(Bibliography::parse("[derived]\ntitle = \"Derived here\"\n").unwrap());
    let (claim, problems) = Claim::parse("trial.toml", &text, &words);
    claim.unwrap_or_else(|| panic!("{problems:#?}"))
}

fn values(values: &[(&str, &str)]) -> Assignment {
    values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn number(text: &str) -> Rational {
    text.parse().unwrap()
}

fn proposal(constant: &str, a: &str, b: &str) -> Proposal {
    Proposal {
        constant: number(constant),
        assignment: values(&[("a", a), ("b", b)]),
    }
}

fn check(expr: &str, proposal: &Proposal) -> Result<Fit, String> {
    let statement = Statement::compile(&claim("asymptotic", PAIRS, expr)).unwrap();
    Fit::check(&statement, 0, proposal)
}

/// The verdict on `a ≲ b` from draws of which all hold, with this constant.
fn verdict(fitted: Option<Proposal>, redrawn: Option<&str>) -> Verdict {
    let claim = claim("asymptotic", PAIRS, "a ≲ b");
    let evidence = ConclusionEvidence {
        draws: Some(Draws {
            tried: 100,
            holds: 100,
            ..Draws::default()
        }),
        fitted,
        redrawn: redrawn.map(number),
        ..ConclusionEvidence::default()
    };
    let statement = Statement::compile(&claim).unwrap();
    Verdict::of(&claim, &statement, &[evidence], &[], false)
}

/// What an instance needs is the quotient of the sides; nothing, where the left side is not positive.
#[test]
fn the_constant_is_that_of_the_instance() {
    let fit = check("a ≲ b", &proposal("7/3", "7/2", "3/2")).unwrap();
    assert_eq!(fit.constant().to_string(), "7/3");
    assert_eq!(fit.sides(), &(number("7/2"), number("3/2")));
    assert!(check("a <= O(b)", &proposal("7/3", "7/2", "3/2")).is_ok());
    assert!(check("a ≲ b", &proposal("0", "-1", "2")).is_ok());
    // One constant serves every bound of the conclusion: 2 for the first, 1/3 for the second.
    let both = check("a ≲ b and b ≲ 3 * a and a > 0", &proposal("2", "2", "1")).unwrap();
    assert_eq!(both.sides(), &(number("2"), number("1")));
    let second = check("a ≲ b and 3 * b ≲ a", &proposal("3", "1", "1")).unwrap();
    assert_eq!(second.sides(), &(number("3"), number("1")));
}

/// A tampered constant, a tampered instance, and instances that are none.
#[test]
fn wrong_proposals_are_refused() {
    for (constant, a, b, reason) in [
        (
            "2",
            "7/2",
            "3/2",
            "the instance needs the constant 7/3, not 2",
        ),
        (
            "5/2",
            "7/2",
            "3/2",
            "the instance needs the constant 7/3, not 5/2",
        ),
        (
            "7/3",
            "7/2",
            "2",
            "the instance needs the constant 7/4, not 7/3",
        ),
        ("7/3", "7/2", "0", "the instance is no evidence: Vacuous"),
        ("7/3", "7/2", "phi", "the values cannot be read: "),
    ] {
        let refused = check("a ≲ b", &proposal(constant, a, b)).unwrap_err();
        assert!(refused.starts_with(reason), "{refused}");
    }
    let missing = Proposal {
        constant: number("7/3"),
        assignment: values(&[("a", "7/2")]),
    };
    assert!(check("a ≲ b", &missing).is_err());
    assert!(check("a <= b", &proposal("1", "1", "1")).is_err());
}

/// The verdict is made from the kernel's own evaluation: evidence with another constant or instance is broken.
#[test]
fn tampered_evidence_is_broken() {
    let right = verdict(Some(proposal("7/3", "7/2", "3/2")), Some("7/3"));
    assert_eq!(right.status, Status::Sampled);
    let fitted = right.conclusions[0].fitted.as_ref().unwrap();
    assert_eq!(
        (fitted.constant.as_str(), fitted.instances, fitted.drawn),
        ("7/3", 100, true)
    );
    assert_eq!(fitted.forced_by.summary, "a = 7/2, b = 3/2");
    for (fitted, redrawn, status) in [
        (Some(proposal("2", "7/2", "3/2")), None, Status::Broken),
        (Some(proposal("7/3", "7/2", "2")), None, Status::Broken),
        // Search kept a smaller constant than an instance needs that the kernel has drawn again.
        (
            Some(proposal("7/3", "7/2", "3/2")),
            Some("12/5"),
            Status::Broken,
        ),
        (None, None, Status::Incomplete),
    ] {
        let found = verdict(fitted, redrawn);
        assert_eq!(found.status, status, "{:?}", found.messages);
        assert_eq!(found.conclusions[0].fitted, None);
        assert!(!found.messages.is_empty());
    }
}

/// Search that says another constant of a draw is noticed, as one that says another outcome.
#[test]
fn a_constant_said_of_a_draw_is_compared() {
    let statement = Statement::compile(&claim("asymptotic", PAIRS, "a ≲ b")).unwrap();
    let mut memory = Memory::default();
    let mut said: Vec<Said> = (0..40)
        .map(|index| draw(&statement, 0, 5, index, Backend::Fast, &mut memory))
        .collect();
    assert_eq!(first_disagreement(&statement, 0, 5, &said), None);
    let at = said.iter().position(|said| said.needed.is_some()).unwrap();
    said[at].needed = Some(number("1000003"));
    let (index, ..) = first_disagreement(&statement, 0, 5, &said).unwrap();
    assert_eq!(index, at as u64);
}

/// No constant repairs a positive left side over one that is not positive; below zero on both sides nothing is said.
#[test]
fn a_right_side_that_vanishes_refutes() {
    let anything = r#"{ all = "a", in = "real" }, { all = "b", in = "real" }"#;
    let statement = Statement::compile(&claim("asymptotic", anything, "a ≲ b")).unwrap();
    let check = |a: &str, b: &str| {
        let assignment = values(&[("a", a), ("b", b)]);
        check_candidate(
            &statement,
            "main",
            &assignment,
            Constructions::RefuteNothing,
        )
    };
    for (a, b) in [("1", "0"), ("1/1000000", "0"), ("3", "-1")] {
        let refutation = check(a, b).unwrap();
        assert_eq!(refutation.sides, Some((a.to_owned(), b.to_owned())));
    }
    for (a, b) in [
        ("1", "1/1000000"),
        ("0", "0"),
        ("-1", "0"),
        ("-1", "1"),
        ("0", "1"),
    ] {
        assert_eq!(check(a, b), Err(Rejection::Holds), "{a} ≲ {b}");
    }
    assert!(matches!(check("-1", "-1"), Err(Rejection::Undefined(_))));
    assert!(matches!(check("0", "-1"), Err(Rejection::Undefined(_))));
}

/// A finite scope is enumerated whole and is still no more than sampled: the constant belongs to its instances only.
#[test]
fn a_finite_scope_is_capped() {
    let finite = r#"{ all = "n", in = "nat", min = 1, max = 4 }"#;
    for kind in ["asymptotic", "bound"] {
        let claim = claim(kind, finite, "n + 3 ≲ n");
        let statement = Statement::compile(&claim).unwrap();
        let found = exhaust::finite(&statement, 0).unwrap();
        let evidence = ConclusionEvidence {
            finite: Some(found.clone()),
            ..ConclusionEvidence::default()
        };
        let verdict = Verdict::of(&claim, &statement, &[evidence], &[], false);
        assert_eq!((verdict.status, verdict.green), (Status::Sampled, false));
        let fitted = verdict.conclusions[0].fitted.as_ref().unwrap();
        assert_eq!(
            (fitted.constant.as_str(), fitted.instances, fitted.drawn),
            ("4", 4, false)
        );
        assert_eq!(fitted.forced_by.summary, "n = 1");
        let mut tampered = found;
        tampered.fitted.as_mut().unwrap().constant = number("3");
        let evidence = ConclusionEvidence {
            finite: Some(tampered),
            ..ConclusionEvidence::default()
        };
        let verdict = Verdict::of(&claim, &statement, &[evidence], &[], false);
        assert_eq!(verdict.status, Status::Broken);
    }
    // Without a bound up to a constant, an asymptotic claim is capped all the same.
    let plain = claim("asymptotic", finite, "n >= 1");
    let statement = Statement::compile(&plain).unwrap();
    let evidence = ConclusionEvidence {
        finite: exhaust::finite(&statement, 0),
        ..ConclusionEvidence::default()
    };
    let verdict = Verdict::of(&plain, &statement, &[evidence], &[], false);
    assert_eq!((verdict.status, verdict.green), (Status::Sampled, false));
}

/// On ties the first instance is kept.
#[test]
fn the_first_instance_forces() {
    let claim = claim(
        "asymptotic",
        r#"{ all = "n", in = "nat", min = 1, max = 4 }"#,
        "2 * n ≲ n",
    );
    let statement = Statement::compile(&claim).unwrap();
    let fitted = exhaust::finite(&statement, 0).unwrap().fitted.unwrap();
    assert_eq!(
        (fitted.constant, fitted.assignment),
        (number("2"), values(&[("n", "1")]))
    );
}

/// Where the constant would have to be a supremum or a minimum over a variable, none is fitted.
#[test]
fn variables_that_stand_in_the_way() {
    for quantify in [
        r#"{ almost-all = "x", in = "vec(1)", from = ["small"] }"#,
        r#"{ all = "x", in = "real", symbolic = true }"#,
        r#"{ some = "x", in = "int", among = ['1', '2'] }"#,
    ] {
        let claim = claim("asymptotic", quantify, "1 ≲ 2 and x == x");
        let statement = Statement::compile(&claim).unwrap();
        assert!(obstacle(&statement, 0).is_some(), "{quantify}");
        let evidence = ConclusionEvidence {
            draws: Some(Draws {
                tried: 9,
                holds: 9,
                ..Draws::default()
            }),
            ..ConclusionEvidence::default()
        };
        let verdict = Verdict::of(&claim, &statement, &[evidence], &[], false);
        assert_eq!(verdict.status, Status::Incomplete, "{:?}", verdict.messages);
    }
    let by = r#"{ all = "n", in = "nat", min = 1 }, { some = "m", in = "nat", by = 'n + 1' }"#;
    let statement = Statement::compile(&claim("asymptotic", by, "m ≲ n")).unwrap();
    assert_eq!(obstacle(&statement, 0), None);
    let two = Proposal {
        constant: number("2"),
        assignment: values(&[("n", "1")]),
    };
    assert!(Fit::check(&statement, 0, &two).is_ok());
}
