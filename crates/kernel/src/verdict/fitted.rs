//! The constant of a bound up to a constant, checked and written down.

use theorems::statement::Statement;

use super::{ConclusionEvidence, Verdict};
use crate::fit::{Fit, Proposal, obstacle};
use crate::record::{FittedRecord, Status, Value, Values, WitnessRecord};

impl Verdict {
    /// The status of a conclusion with its fitted constant, if it is a bound up to a constant that is not refuted. Without a
    /// constant there is no verdict; with one that the kernel does not find, the evidence is broken.
    pub(super) fn fitted(
        &mut self,
        statement: &Statement,
        index: usize,
        evidence: &ConclusionEvidence,
        status: Status,
    ) -> (Status, Option<FittedRecord>) {
        let asserted = &statement.conclusions[index];
        if asserted.fitted.is_empty() || !matches!(status, Status::Sampled | Status::Instance) {
            return (status, None);
        }
        let name = &asserted.name;
        if let Some(reason) = obstacle(statement, index) {
            self.messages.push(format!("{name}: {reason}"));
            return (Status::Incomplete, None);
        }
        let enumerated = evidence.finite.as_ref().filter(|found| found.is_complete());
        let (proposal, instances) = match (enumerated, &evidence.draws) {
            (Some(found), _) => (found.fitted.as_ref(), found.instances),
            (None, Some(draws)) => (evidence.fitted.as_ref(), draws.holds),
            (None, None) => (None, 0),
        };
        // A draw that was not decided, with an irrational side for instance, may need any constant.
        if enumerated.is_none() && evidence.draws.as_ref().is_some_and(|d| d.undecided > 0) {
            return (Status::Incomplete, None);
        }
        let Some(proposal) = proposal else {
            self.messages
                .push(format!("{name}: no constant was fitted to its instances"));
            return (Status::Incomplete, None);
        };
        match checked(statement, index, evidence, proposal) {
            Ok(fit) => (status, Some(record(&fit, instances, enumerated.is_none()))),
            Err(reason) => {
                self.messages.push(format!(
                    "{name}: the fitted constant {} does not stand: {reason}",
                    proposal.constant
                ));
                (Status::Broken, None)
            }
        }
    }
}

fn checked(
    statement: &Statement,
    index: usize,
    evidence: &ConclusionEvidence,
    proposal: &Proposal,
) -> Result<Fit, String> {
    if let Some(needed) = &evidence.redrawn
        && *needed > proposal.constant
    {
        return Err(format!("an instance drawn again needs {needed}"));
    }
    Fit::check(statement, index, proposal)
}

fn record(fit: &Fit, instances: u64, drawn: bool) -> FittedRecord {
    let assignment = fit.assignment();
    let summary: Vec<String> = assignment
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    let (lhs, rhs) = fit.sides();
    FittedRecord {
        constant: fit.constant().to_string(),
        instances,
        drawn,
        forced_by: WitnessRecord {
            path: String::new(),
            summary: summary.join(", "),
            assignment: assignment
                .iter()
                .map(|(name, value)| Value {
                    name: name.clone(),
                    value: value.clone(),
                })
                .collect(),
            values: Some(Values {
                lhs: lhs.to_string(),
                rhs: rhs.to_string(),
            }),
        },
    }
}
