use super::*;

#[test]
fn every_word_parses_to_the_value_that_prints_it() {
    for &status in Status::ALL {
        assert_eq!(status.word().parse(), Ok(status));
    }
    for &how in How::ALL {
        assert_eq!(how.to_string().parse(), Ok(how));
    }
    assert_eq!(CLOSED_LISTS.len(), 14);
}

#[test]
fn a_word_in_another_case_is_not_on_the_list() {
    let problem = "sampled"
        .parse::<Status>()
        .expect_err("statuses are upper case");
    assert!(
        problem
            .to_string()
            .starts_with("expected a word of the list `status` (REFUTED, SAMPLED,"),
        "{problem}"
    );
    assert!("under-covered".parse::<Status>().is_err());
    assert!("green".parse::<Status>().is_err());
    assert!("".parse::<How>().is_err());
}

#[test]
fn sampled_is_below_every_other_rung_and_is_never_green() {
    assert!(
        Rung::Sampled < Rung::Instance && Rung::Instance < Rung::Box && Rung::Box < Rung::Proved
    );
    assert!(!Status::Sampled.may_be_green());
    assert!(!Status::Refuted.may_be_green() && !Status::Cited.may_be_green());
    assert!(
        Status::ALL
            .iter()
            .filter(|status| status.is_non_verdict())
            .all(|status| !status.may_be_green() && status.rung().is_none())
    );
}

#[test]
fn a_certified_mutant_contradicts_an_expected_kill_and_a_rejection_is_weaker_than_a_kill() {
    assert!(Outcome::AliveProved.contradicts(Outcome::Killed));
    assert!(Outcome::Killed.contradicts(Outcome::Control));
    assert!(!Outcome::Killed.contradicts(Outcome::Unresolved));
    assert!(!Outcome::Unresolved.contradicts(Outcome::Killed));
    assert!(Outcome::Rejected.is_weaker_than(Outcome::Killed));
    assert!(!Outcome::Killed.is_weaker_than(Outcome::Rejected));
    assert!(!Outcome::Unresolved.is_weaker_than(Outcome::Control));
}
