//! Which hypotheses a claim needs.

use claim_language::file::{Claim, Expect, Needed};
use kernel::record::{Dropped, HypothesisRecord};
use kernel::witness::summary;
use theorems::statement::Statement;

use crate::mutants::{self, Budget};

/// Every hypothesis is dropped once: what is needed must then fail.
pub(super) fn hypotheses(
    claim: &Claim,
    statement: &Statement,
    budget: Budget<'_>,
) -> Vec<HypothesisRecord> {
    claim
        .assume
        .iter()
        .map(|hypothesis| {
            let dropped = claim.dropped(&hypothesis.name);
            let refutation = match (claim.expect, Statement::compile(&dropped)) {
                (Some(Expect::Refuted) | None, _) | (_, Err(_)) => None,
                (_, Ok(without)) => mutants::kill(statement, &without, None, budget),
            };
            HypothesisRecord {
                id: hypothesis.name.clone(),
                needed: match hypothesis.needed {
                    Needed::Yes => kernel::record::Needed::Yes,
                    Needed::No => kernel::record::Needed::No,
                    Needed::Unknown => kernel::record::Needed::Unknown,
                },
                outcome: if refutation.is_some() {
                    Dropped::Killed
                } else {
                    Dropped::Unresolved
                },
                witness: refutation.map(|refutation| summary(&refutation.assignment)),
                why: hypothesis.why.clone(),
            }
        })
        .collect()
}
