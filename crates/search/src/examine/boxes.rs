//! Conclusions on boxes of parameters, of the claim itself or of what it is reduced to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use claim_language::file::{Claim, Rung};
use kernel::certificate::parameters::{About, Certificate, Closed, Stored};
use kernel::record::{CertificateRecord, ClaimRecord, Reduction, Status};
use kernel::verdict::{ConclusionEvidence, Reduced};
use theorems::vocabulary::Words;

use crate::examine::record::count_engine;
use crate::parameters;

/// The word in `decide` that asks for boxes.
const BOX: &str = "box";

/// Decides what asks for it by `rung = "box"` or `decide = "box"`; the texts of the certificates, by stem.
pub(super) fn decide(
    claim: &Claim,
    words: &Words,
    interrupt: &AtomicBool,
    evidence: &mut [ConclusionEvidence],
    record: &mut ClaimRecord,
) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    if let Some(reduction) = &claim.reduction {
        let mut status = Status::Incomplete;
        match reduced(claim, words, interrupt) {
            Ok((certificates, found)) => {
                status = Status::Box;
                for (index, certificate) in certificates.into_iter().enumerate() {
                    note(record, &certificate);
                    let stored = Stored::of(claim, words, About::Reduced(index), certificate);
                    texts.insert(format!("{}.reduced.{index}", claim.id), stored.text());
                }
                for conclusion in evidence.iter_mut() {
                    conclusion.reduced = Some(found.clone());
                }
            }
            Err(reason) => record.messages.push(format!("[reduce]: {reason}")),
        }
        if reduction.by.is_empty() {
            let message = "[reduce]: rests on no other claim, only on its argument";
            record.messages.push(message.to_owned());
        }
        record.reduction = Some(Reduction {
            by: reduction.by.clone(),
            argument: reduction.argument.clone(),
            status,
        });
        return texts;
    }
    for (index, found) in evidence.iter_mut().enumerate() {
        if !is_asked(claim, index) {
            continue;
        }
        let name = &claim.conclusions[index].name;
        match closed(claim, index, interrupt) {
            Ok((certificate, closed)) => {
                note(record, &certificate);
                let about = About::Conclusion(name.clone());
                let stored = Stored::of(claim, words, about, certificate);
                texts.insert(format!("{}.{name}", claim.id), stored.text());
                found.parameters = Some(closed);
            }
            Err(reason) => record.messages.push(format!("{name}: {reason}")),
        }
    }
    texts
}

/// A claim all of whose conclusions are decided on boxes.
pub(crate) struct OnBoxes {
    /// The certificates, checked by the kernel: for each conclusion of what it is reduced to, or of the claim itself.
    pub(crate) certificates: Vec<Stored>,
    /// The variables kept to a range narrower than the statement's, with the range.
    pub(crate) narrowed: BTreeSet<String>,
}

/// Decides a claim on boxes only; an error for one that is not decided so.
pub(crate) fn whole(
    claim: &Claim,
    words: &Words,
    interrupt: &AtomicBool,
) -> Result<OnBoxes, String> {
    if claim.reduction.is_some() {
        let (certificates, found) = reduced(claim, words, interrupt)?;
        let narrowed = found.closed().iter().flat_map(Closed::narrowed).collect();
        let stored =
            |(index, certificate)| Stored::of(claim, words, About::Reduced(index), certificate);
        return Ok(OnBoxes {
            certificates: certificates.into_iter().enumerate().map(stored).collect(),
            narrowed,
        });
    }
    let mut certificates = Vec::new();
    let mut narrowed = BTreeSet::new();
    for index in 0..claim.conclusions.len() {
        if !is_asked(claim, index) {
            return Err("not decided on boxes".to_owned());
        }
        let (certificate, found) = closed(claim, index, interrupt)?;
        let about = About::Conclusion(claim.conclusions[index].name.clone());
        certificates.push(Stored::of(claim, words, about, certificate));
        narrowed.extend(found.narrowed());
    }
    Ok(OnBoxes {
        certificates,
        narrowed,
    })
}

fn is_asked(claim: &Claim, conclusion: usize) -> bool {
    match &claim.conclusions[conclusion].decide {
        Some(decide) => decide.contains(BOX),
        None => claim.rung == Some(Rung::Box),
    }
}

fn closed(
    claim: &Claim,
    index: usize,
    interrupt: &AtomicBool,
) -> Result<(Certificate, Closed), String> {
    let certificate = parameters::close(claim, index, interrupt)?;
    let closed = certificate
        .check(claim, index)
        .map_err(|refused| refused.to_string())?;
    Ok((certificate, closed))
}

fn reduced(
    claim: &Claim,
    words: &Words,
    interrupt: &AtomicBool,
) -> Result<(Vec<Certificate>, Reduced), String> {
    let statement = match claim.reduced(words) {
        Some(Ok(statement)) => statement,
        _ => return Err("the statement cannot be read".to_owned()),
    };
    let certificates = (0..statement.conclusions.len())
        .map(|index| parameters::close(&statement, index, interrupt))
        .collect::<Result<Vec<_>, String>>()?;
    let found = Reduced::check(claim, words, &certificates)?;
    Ok((certificates, found))
}

fn note(record: &mut ClaimRecord, certificate: &Certificate) {
    let size = certificate.trees.iter().map(|tree| tree.len() as u64).sum();
    count_engine(record, BOX, size);
    let total = record.certificate.as_ref().map_or(0, |found| found.size) + size;
    record.certificate = Some(CertificateRecord {
        kind: "split tree".to_owned(),
        size: total,
    });
}
