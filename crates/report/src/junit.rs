//! JUnit in the Jenkins form: one suite per source, one case per claim and one per mutant.
//!
//! A contradicted expectation and a result below its promise are failures, a missing verdict is an error, a claim that was not selected is
//! skipped. No times are written, so equal runs give equal bytes.

use crate::text::safe;
use crate::words;
use kernel::record::{ClaimRecord, MutantRecord, RunRecord, Standing};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

/// Name of the suite of claims that were not selected.
const NOT_SELECTED: &str = "not selected";
/// Name of the suite of findings that belong to no claim.
const RUN: &str = "run";

/// The JUnit document.
pub fn write(run: &RunRecord) -> String {
    let mut report = Report::new(safe(&run.tool.name));
    let mut suites: Vec<(&str, TestSuite)> = Vec::new();
    for claim in &run.claims {
        let cite = claim.source.cite.as_str();
        let index = suites
            .iter()
            .position(|(name, _)| *name == cite)
            .unwrap_or_else(|| {
                suites.push((cite, TestSuite::new(safe(cite))));
                suites.len() - 1
            });
        let suite = &mut suites[index].1;
        suite.add_test_case(case(&claim.id, &claim.area, status_of_claim(claim)));
        for mutant in &claim.mutants {
            let name = format!("{}/{}", claim.id, mutant.id);
            suite.add_test_case(case(&name, &claim.area, status_of_mutant(claim, mutant)));
        }
    }
    report.add_test_suites(suites.into_iter().map(|(_, suite)| suite));
    report.add_test_suites(findings(run));
    if !run.not_selected.is_empty() {
        let mut suite = TestSuite::new(NOT_SELECTED);
        suite.add_test_cases(
            run.not_selected
                .iter()
                .map(|id| case(id, NOT_SELECTED, TestCaseStatus::skipped())),
        );
        report.add_test_suite(suite);
    }
    report
        .to_string()
        .expect("writing XML into memory does not fail")
}

/// One erroneous case per reason that belongs to no claim.
fn findings(run: &RunRecord) -> Option<TestSuite> {
    let reasons = words::findings(run);
    let mut suite = TestSuite::new(RUN);
    for reason in &reasons {
        let name = reason.about.as_deref().unwrap_or(RUN);
        let status = failed(
            NonSuccessKind::Error,
            &format!("exit {}", reason.code),
            &reason.text,
            &reason.text,
        );
        suite.add_test_case(case(name, RUN, status));
    }
    (!reasons.is_empty()).then_some(suite)
}

fn case(name: &str, class: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(safe(name), status);
    case.set_classname(safe(class));
    case
}

fn status_of_claim(claim: &ClaimRecord) -> TestCaseStatus {
    let shortfalls = claim.statement_shortfalls();
    let Some((standing, _)) = shortfalls.iter().min_by_key(|(standing, _)| *standing) else {
        return if claim.as_expected || !claim.shortfalls().is_empty() {
            TestCaseStatus::success()
        } else {
            failed(
                NonSuccessKind::Failure,
                "unexpected",
                "not as expected",
                &description(claim, None),
            )
        };
    };
    let message = shortfalls
        .iter()
        .map(|(_, text)| text.as_str())
        .collect::<Vec<_>>()
        .join("; ");
    failed(
        kind_of(*standing),
        claim.status.word(),
        &message,
        &description(
            claim,
            claim
                .witness
                .as_ref()
                .map(|witness| witness.summary.as_str()),
        ),
    )
}

fn status_of_mutant(claim: &ClaimRecord, mutant: &MutantRecord) -> TestCaseStatus {
    let Some((standing, message)) = mutant.shortfall() else {
        return TestCaseStatus::success();
    };
    failed(
        kind_of(standing),
        mutant.outcome.word(),
        &message,
        &description(claim, mutant.witness.as_deref()),
    )
}

/// Witness, messages and the replay command, one per line.
fn description(claim: &ClaimRecord, witness: Option<&str>) -> String {
    let mut lines: Vec<String> = witness
        .iter()
        .map(|summary| format!("witness: {summary}"))
        .collect();
    lines.extend(claim.messages.iter().cloned());
    lines.extend(
        claim
            .replay
            .iter()
            .map(|command| format!("replay: {command}")),
    );
    lines.join("\n")
}

const fn kind_of(standing: Standing) -> NonSuccessKind {
    match standing {
        Standing::Broken | Standing::NoVerdict => NonSuccessKind::Error,
        _ => NonSuccessKind::Failure,
    }
}

fn failed(kind: NonSuccessKind, class: &str, message: &str, description: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status
        .set_type(safe(class))
        .set_message(safe(message))
        .set_description(safe(description));
    status
}
