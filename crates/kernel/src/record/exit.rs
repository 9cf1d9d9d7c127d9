//! The exit code of a run: every reason it has, and the one that wins.
//!
//! | code | meaning |
//! | --- | --- |
//! | 0 | every selected claim as expected, nothing regressed |
//! | 1 | an expectation is contradicted |
//! | 2 | a claim file or an argument cannot be used |
//! | 3 | less was reached than the file or the baseline promises, nothing is contradicted |
//! | 4 | no verdict where one was required, or nothing was selected |
//! | 5 | stored evidence does not replay |
//! | 70 | internal fault: two evaluations disagree, or a panic |
//! | 130 | interrupted |

use super::{ReplayOutcome, RunRecord, Severity, Standing};
use serde::{Deserialize, Serialize};

/// The codes by precedence: when several hold, the first of them is the exit code.
pub const PRECEDENCE: [u8; 8] = [70, 130, 2, 1, 5, 3, 4, 0];

/// The exit code of a run with every reason for every code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// The code.
    pub code: u8,
    /// One line `code: where: what` per reason, by precedence of the code, then in the order of the record.
    pub reasons: Vec<String>,
}

/// One reason for an exit code other than 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The code.
    pub code: u8,
    /// The claim or file it is about; none for the run as a whole.
    pub about: Option<String>,
    /// What is the matter.
    pub text: String,
}

impl Reason {
    fn new(code: u8, about: Option<&str>, text: impl Into<String>) -> Self {
        Self {
            code,
            about: about.map(str::to_owned),
            text: text.into(),
        }
    }

    /// The line `code: where: what`.
    pub fn line(&self) -> String {
        match &self.about {
            Some(about) => format!("{}: {about}: {}", self.code, self.text),
            None => format!("{}: {}", self.code, self.text),
        }
    }
}

impl RunRecord {
    /// The exit code by [`PRECEDENCE`] with every reason; code 0 and no reason if there is none.
    pub fn exit(&self) -> Exit {
        let reasons = self.reasons();
        let code = reasons.first().map_or(0, |reason| reason.code);
        Exit {
            code,
            reasons: reasons.iter().map(Reason::line).collect(),
        }
    }

    /// Every reason for an exit code other than 0, by precedence of the code, then in the order of the record.
    pub fn reasons(&self) -> Vec<Reason> {
        let mut reasons = self.run_reasons();
        for claim in &self.claims {
            let shortfalls = claim.shortfalls();
            if shortfalls.is_empty() && !claim.as_expected {
                reasons.push(Reason::new(1, Some(&claim.id), "not as expected"));
            }
            for (standing, text) in shortfalls {
                reasons.push(Reason::new(code_of(standing), Some(&claim.id), text));
            }
        }
        let nothing = self.claims.is_empty() && self.replays.is_empty() && reasons.is_empty();
        if nothing {
            reasons.push(Reason::new(4, None, "nothing selected"));
        }
        reasons.sort_by_key(|reason| PRECEDENCE.iter().position(|&code| code == reason.code));
        reasons
    }

    fn run_reasons(&self) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self
            .faults
            .iter()
            .map(|fault| Reason::new(70, None, fault.as_str()))
            .collect();
        if self.interrupted {
            reasons.push(Reason::new(130, None, "interrupted"));
        }
        for diagnostic in self
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
        {
            let code = if diagnostic.code.starts_with("C04") {
                4
            } else {
                2
            };
            let place = format!(
                "{}:{}:{}",
                diagnostic.at.path, diagnostic.at.line, diagnostic.at.column
            );
            reasons.push(Reason::new(
                code,
                Some(&place),
                format!("{}: {}", diagnostic.code, diagnostic.message),
            ));
        }
        for replay in &self.replays {
            let code = match replay.outcome {
                ReplayOutcome::Agrees => continue,
                ReplayOutcome::Disagrees | ReplayOutcome::Stale => 5,
                ReplayOutcome::Unreadable => 2,
            };
            let detail = replay.detail.as_deref().unwrap_or(&replay.claim);
            reasons.push(Reason::new(
                code,
                Some(&replay.path),
                format!("replay {}: {detail}", replay.outcome),
            ));
        }
        for regression in self
            .baseline
            .iter()
            .flat_map(|baseline| &baseline.regressions)
        {
            let text = format!(
                "{} below the baseline: {}",
                regression.what, regression.detail
            );
            reasons.push(Reason::new(3, Some(&regression.claim), text));
        }
        reasons
    }
}

/// The exit code a standing stands for.
const fn code_of(standing: Standing) -> u8 {
    match standing {
        Standing::Broken => 70,
        Standing::Contradicted => 1,
        Standing::NoVerdict => 4,
        Standing::Weaker => 3,
        Standing::News | Standing::AsExpected => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;

    fn record(claims: Vec<ClaimRecord>) -> RunRecord {
        let mut record = RunRecord::new(Tool::default(), "default", 1);
        record.claims = claims;
        record.settle();
        record
    }

    fn claim(expect: Expect, status: Status) -> ClaimRecord {
        let mut claim = ClaimRecord::new("a", "networks", "A", Kind::Bound, Some(expect));
        claim.status = status;
        if status == Status::Refuted {
            claim.witness = Some(WitnessRecord::default());
        }
        claim
    }

    fn code(expect: Expect, status: Status) -> u8 {
        record(vec![claim(expect, status)]).exit.code
    }

    #[test]
    fn expectations_that_are_met_exit_0() {
        assert_eq!(code(Expect::Holds, Status::Sampled), 0);
        assert_eq!(code(Expect::Holds, Status::Cited), 0);
        assert_eq!(code(Expect::Refuted, Status::Refuted), 0);
        assert_eq!(code(Expect::Conjecture, Status::Refuted), 0);
        assert_eq!(code(Expect::Conjecture, Status::Sampled), 0);
    }

    #[test]
    fn contradictions_exit_1() {
        assert_eq!(code(Expect::Holds, Status::Refuted), 1);
        assert_eq!(code(Expect::Refuted, Status::Sampled), 1);
        assert_eq!(code(Expect::Refuted, Status::Stale), 1);
        let mut without_witness = claim(Expect::Refuted, Status::Refuted);
        without_witness.witness = None;
        assert_eq!(record(vec![without_witness]).exit.code, 1);
    }

    #[test]
    fn non_verdicts_exit_4_and_broken_exits_70_whatever_was_expected() {
        for status in [
            Status::Vacuous,
            Status::UnderCovered,
            Status::Incomplete,
            Status::Stale,
        ] {
            assert_eq!(code(Expect::Holds, status), 4, "{status}");
            assert_eq!(code(Expect::Conjecture, status), 4, "{status}");
        }
        for &expect in Expect::ALL {
            assert_eq!(code(expect, Status::Broken), 70);
        }
    }

    #[test]
    fn the_precedence_is_70_130_2_1_5_3_4_and_every_reason_is_kept() {
        let mut run = record(vec![
            claim(Expect::Holds, Status::Vacuous),
            claim(Expect::Holds, Status::Refuted),
        ]);
        let mut below = claim(Expect::Holds, Status::Sampled);
        below.rung = Some(Rung::Box);
        run.claims.push(below);
        let expected = |run: &RunRecord| {
            run.reasons()
                .iter()
                .map(|reason| reason.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(expected(&run), [1, 3, 4]);
        run.replays.push(Replay {
            path: "w.toml".to_owned(),
            claim: "a".to_owned(),
            outcome: ReplayOutcome::Disagrees,
            detail: None,
        });
        assert_eq!(expected(&run), [1, 5, 3, 4]);
        run.diagnostics.push(DiagnosticRecord {
            code: "C0102".to_owned(),
            severity: Severity::Error,
            at: Located {
                path: "a.toml".to_owned(),
                line: 2,
                column: 1,
            },
            message: "unknown key".to_owned(),
        });
        run.interrupted = true;
        run.claims.push(claim(Expect::Holds, Status::Broken));
        run.settle();
        assert_eq!(run.exit.code, 70);
        assert_eq!(expected(&run), [70, 130, 2, 1, 5, 3, 4]);
        assert_eq!(run.exit.reasons[2], "2: a.toml:2:1: C0102: unknown key");
        assert_eq!(run.summary.unexpected, 4);
    }

    #[test]
    fn coverage_findings_exit_4_warnings_do_not_count_and_nothing_selected_is_no_success() {
        let mut run = record(Vec::new());
        assert_eq!(
            (run.exit.code, run.exit.reasons.as_slice()),
            (4, &["4: nothing selected".to_owned()][..])
        );
        run.diagnostics.push(DiagnosticRecord {
            code: "C0401".to_owned(),
            severity: Severity::Error,
            at: Located::default(),
            message: "no instance".to_owned(),
        });
        assert_eq!(run.exit().code, 4);
        run.diagnostics[0].severity = Severity::Warning;
        run.claims.push(claim(Expect::Holds, Status::Sampled));
        run.settle();
        assert_eq!(run.exit.code, 0);
    }

    #[test]
    fn a_certified_mutant_contradicts_a_kill_and_an_unresolved_one_falls_short() {
        let mutant = |outcome| MutantRecord {
            id: "m".to_owned(),
            expect: Outcome::Killed,
            outcome,
            witness: None,
            edits: Vec::new(),
            why: None,
        };
        let with = |outcome| {
            let mut claim = claim(Expect::Holds, Status::Sampled);
            claim.mutants.push(mutant(outcome));
            record(vec![claim])
        };
        assert_eq!(with(Outcome::Killed).exit.code, 0);
        assert_eq!(with(Outcome::Unresolved).exit.code, 3);
        assert_eq!(with(Outcome::AliveProved).exit.code, 1);
        assert_eq!(
            with(Outcome::AliveProved).summary.mutants,
            MutantCounts {
                tried: 1,
                alive_proved: 1,
                ..MutantCounts::default()
            }
        );
    }

    #[test]
    fn a_hypothesis_that_is_said_to_be_needed_and_is_idle_contradicts() {
        let with = |needed, outcome| {
            let mut claim = claim(Expect::Holds, Status::Sampled);
            claim.hypotheses.push(HypothesisRecord {
                id: "h".to_owned(),
                needed,
                outcome,
                witness: None,
                why: None,
            });
            record(vec![claim]).exit.code
        };
        assert_eq!(with(Needed::Yes, Dropped::AliveProved), 1);
        assert_eq!(with(Needed::No, Dropped::Killed), 1);
        assert_eq!(with(Needed::Yes, Dropped::Unresolved), 3);
        assert_eq!(with(Needed::Yes, Dropped::Killed), 0);
        assert_eq!(with(Needed::Unknown, Dropped::Killed), 0);
        assert_eq!(with(Needed::Yes, Dropped::Untried), 0);
    }

    #[test]
    fn a_promised_ratio_that_is_missed_exits_3() {
        let mut missing = claim(Expect::Holds, Status::Instance);
        missing.tight = Some(Tight::Attained);
        missing.best_ratio = Some("4095/4096".to_owned());
        assert!(missing.misses_tightness());
        assert_eq!(record(vec![missing.clone()]).exit.code, 3);
        missing.best_ratio = Some("1".to_owned());
        assert_eq!(record(vec![missing]).exit.code, 0);
    }

    #[test]
    fn green_is_not_believed_for_a_sampled_or_refuted_claim() {
        for status in [
            Status::Sampled,
            Status::Refuted,
            Status::Cited,
            Status::Vacuous,
        ] {
            let mut claim = claim(Expect::Holds, status);
            claim.green = true;
            assert!(!claim.is_green(), "{status}");
        }
    }
}
