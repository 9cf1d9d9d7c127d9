//! Statements decided through another one: what they are reduced to, and the claims by which that suffices.

use std::collections::{BTreeMap, BTreeSet};

use claim_language::file::Claim;
use claim_language::vocabulary::Vocabulary;

use crate::certificate::parameters::{Certificate, Closed, Row};
use crate::record::{ClaimRecord, How, Status};
use crate::verdict::strength;

/// The statement a claim is reduced to, which holds on a box of its parameters; made by [`Reduced::check`] only.
#[derive(Clone, Debug)]
pub struct Reduced {
    closed: Vec<Closed>,
}

impl Reduced {
    /// Checks a certificate for every conclusion of the statement that the claim is reduced to.
    pub fn check(
        claim: &Claim,
        vocabulary: &dyn Vocabulary,
        certificates: &[Certificate],
    ) -> Result<Self, String> {
        let reduced = match claim.reduced(vocabulary) {
            None => return Err("the claim has no [reduce]".to_owned()),
            Some(Err(_)) => return Err("the statement in [reduce] cannot be read".to_owned()),
            Some(Ok(reduced)) => reduced,
        };
        if certificates.len() != reduced.conclusions.len() {
            return Err(format!(
                "expected {} certificates",
                reduced.conclusions.len()
            ));
        }
        let closed = certificates
            .iter()
            .enumerate()
            .map(|(index, certificate)| {
                certificate
                    .check(&reduced, index)
                    .map_err(|refused| refused.to_string())
            })
            .collect::<Result<_, String>>()?;
        Ok(Self { closed })
    }

    /// What the conclusions of the reduced statement cover.
    pub fn closed(&self) -> &[Closed] {
        &self.closed
    }

    /// A row for every variable of the claim: as in the reduced statement where it is quantified there too, the narrowest of its conclusions;
    /// else closed by the reduction. That step is an argument in words, which nothing checks: such a row counts as narrower, so that the claim is never green.
    pub(crate) fn rows(&self, names: &[&str]) -> Vec<Row> {
        let found = |name: &str| {
            let rows = self.closed.iter().flat_map(Closed::rows);
            rows.filter(|row| row.variable == name)
                .max_by_key(|row| (row.narrower, row.how == How::Interval))
                .cloned()
        };
        let of = |name: &&str| {
            found(name).unwrap_or_else(|| Row {
                variable: (*name).to_owned(),
                how: How::Argument,
                detail: "by the reduction, an argument in words".to_owned(),
                narrower: true,
            })
        };
        // A variable of the reduced statement alone is a row too where it is narrower than that statement.
        let own = self.closed.iter().flat_map(Closed::rows);
        let narrower = own.filter(|row| row.narrower && !names.contains(&row.variable.as_str()));
        let mut rows: Vec<Row> = names.iter().map(of).collect();
        for row in narrower {
            if !rows.contains(row) {
                rows.push(row.clone());
            }
        }
        if rows.iter().all(|row| !row.narrower) {
            rows.push(Row {
                variable: "the reduction".to_owned(),
                how: How::Argument,
                detail: "an argument in words, which nothing checks".to_owned(),
                narrower: true,
            });
        }
        rows
    }
}

/// Lowers every claim that is decided by a reduction to the weakest of the claims by which it suffices.
///
/// A claim that is not among the records, or that nothing supports, leaves it INCOMPLETE, and so do claims that rest on themselves.
pub fn settle_reductions(records: &mut [ClaimRecord]) {
    let supports: BTreeMap<String, Vec<String>> = records
        .iter()
        .filter_map(|record| Some((record.id.clone(), record.reduction.as_ref()?.by.clone())))
        .collect();
    for record in records
        .iter_mut()
        .filter(|record| rests_on_itself(&record.id, &supports))
    {
        let message =
            "the reduction rests on this claim itself, through the claims by which it suffices";
        record.messages.push(message.to_owned());
        (record.status, record.green) = (Status::Incomplete, false);
        for conclusion in &mut record.conclusions {
            (conclusion.status, conclusion.green) = (Status::Incomplete, false);
        }
    }
    // A reduction may rest on another one: once nothing changes, all are settled.
    while lower_once(records) {}
}

fn rests_on_itself(id: &str, supports: &BTreeMap<String, Vec<String>>) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![id]);
    while let Some(next) = open.pop() {
        for support in supports.get(next).into_iter().flatten() {
            if support == id {
                return true;
            }
            if seen.insert(support.as_str()) {
                open.push(support);
            }
        }
    }
    false
}

/// One round; whether a status or colour changed.
fn lower_once(records: &mut [ClaimRecord]) -> bool {
    let mut changed = false;
    let found: Vec<(String, Status, bool)> = records
        .iter()
        .map(|record| (record.id.clone(), record.status, record.green))
        .collect();
    for record in records.iter_mut() {
        let Some(reduction) = record.reduction.clone() else {
            continue;
        };
        if !matches!(
            record.status,
            Status::Box | Status::Proved | Status::Instance
        ) {
            continue;
        }
        for id in &reduction.by {
            let known = found.iter().find(|(known, ..)| known == id);
            let (status, green) = match known {
                None => (Status::Incomplete, false),
                Some((
                    _,
                    status @ (Status::Sampled | Status::Instance | Status::Box | Status::Proved),
                    green,
                )) => (*status, *green),
                Some(_) => (Status::Incomplete, false),
            };
            changed |= record.green && !green;
            if strength(status) < strength(record.status) {
                changed = true;
                record.status = status;
                record.messages.push(format!(
                    "the reduction rests on `{id}`, which is {}",
                    match known {
                        None => "not part of this run".to_owned(),
                        Some((_, status, _)) => status.to_string(),
                    }
                ));
            }
            record.green &= green;
        }
        for conclusion in &mut record.conclusions {
            if strength(record.status) < strength(conclusion.status) {
                conclusion.status = record.status;
            }
            conclusion.green &= record.green;
        }
    }
    changed
}
