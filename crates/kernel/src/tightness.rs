//! Whether what a search of constants recorded follows from its certificates and witnesses.
//!
//! Everything of a [`TightnessRecord`] that claims something is made again here: what is said of the claim, from the claim; the certified points, from certificates; and the refuted ones, from
//! witnesses. The points tried in vain claim nothing.

use std::collections::BTreeSet;

use claim_language::file::Claim;
use claim_language::vocabulary::Vocabulary;
use theorems::statement::Statement;

use crate::certificate::parameters::{About, Stored};
use crate::check::{Constructions, Refutation};
use crate::kill::check_kill;
use crate::record::{Grid, Moved, RefutedAt, TightnessRecord, Values};
use crate::witness::{WitnessFile, summary};

impl TightnessRecord {
    /// What is known about a constant before anything is searched; `None` if the claim has no constant of this name.
    pub fn unsearched(claim: &Claim, vocabulary: &dyn Vocabulary, name: &str) -> Option<Self> {
        let mut constants = claim.constants.iter();
        let constant = constants.find(|constant| constant.name == name)?;
        let constructed = claim.quantify.iter().filter(|q| q.by.is_some());
        Some(Self {
            claim: claim.id.clone(),
            statement_sha256: claim.statement_sha256(vocabulary),
            constant: name.to_owned(),
            value: constant.value.tree.text().to_owned(),
            locator: constant.locator.clone(),
            certified: false,
            narrowed: BTreeSet::new(),
            argument: claim
                .reduction
                .as_ref()
                .and_then(|reduction| reduction.argument.clone()),
            constructions: constructed.map(|q| q.name.clone()).collect(),
            smaller: Moved::default(),
            larger: Moved::default(),
        })
    }

    /// Whether the record says of the claim what the claim says.
    pub fn describes(&self, claim: &Claim, vocabulary: &dyn Vocabulary) -> bool {
        let searched = Self::unsearched(claim, vocabulary, &self.constant);
        searched.is_some_and(|known| {
            let found = Self {
                certified: self.certified,
                narrowed: self.narrowed.clone(),
                smaller: self.smaller.clone(),
                larger: self.larger.clone(),
                ..known
            };
            found == *self
        })
    }
}

impl RefutedAt {
    /// The record of a refutation at a point.
    pub fn of(at: Grid, refutation: &Refutation) -> Self {
        Self {
            at,
            witness: summary(&refutation.assignment),
            values: refutation.sides.as_ref().map(|(lhs, rhs)| Values {
                lhs: lhs.clone(),
                rhs: rhs.clone(),
            }),
        }
    }
}

/// The claim with its constant at a point.
fn moved(
    claim: &Claim,
    vocabulary: &dyn Vocabulary,
    name: &str,
    at: Grid,
) -> Result<Claim, String> {
    let moved = claim.with_constant(name, &at.to_string(), vocabulary);
    moved
        .and_then(Result::ok)
        .ok_or_else(|| format!("`{name}` cannot be {at}"))
}

/// Checks certificates for every conclusion of the claim, or of what it is reduced to, with its constant at a point; gives the variables kept to a narrower range.
pub fn certified(
    claim: &Claim,
    vocabulary: &dyn Vocabulary,
    name: &str,
    at: Grid,
    certificates: &[Stored],
) -> Result<BTreeSet<String>, String> {
    let moved = moved(claim, vocabulary, name, at)?;
    let wanted: Vec<About> = match moved.reduced(vocabulary) {
        Some(Ok(reduced)) => (0..reduced.conclusions.len()).map(About::Reduced).collect(),
        Some(Err(_)) => return Err("the statement in [reduce] cannot be read".to_owned()),
        None => {
            let names = moved.conclusions.iter();
            names
                .map(|one| About::Conclusion(one.name.clone()))
                .collect()
        }
    };
    let mut narrowed = BTreeSet::new();
    for about in wanted {
        let mut fitting = certificates.iter();
        let stored = fitting
            .find(|stored| stored.claim == moved.id && stored.about == about)
            .ok_or_else(|| format!("no certificate of `{}` for {about}", moved.id))?;
        narrowed.extend(stored.check(&moved, vocabulary)?.narrowed());
    }
    Ok(narrowed)
}

/// Checks a witness against the claim with its constant at a point.
pub fn refuted(
    claim: &Claim,
    vocabulary: &dyn Vocabulary,
    name: &str,
    at: Grid,
    witness: &WitnessFile,
) -> Result<RefutedAt, String> {
    let moved = moved(claim, vocabulary, name, at)?;
    let refutation = killed(claim, &moved, vocabulary, None, witness)?;
    Ok(RefutedAt::of(at, &refutation))
}

/// Checks a witness against a changed claim: it refutes that, and not the claim itself.
pub fn killed(
    claim: &Claim,
    changed: &Claim,
    vocabulary: &dyn Vocabulary,
    kills: Option<&str>,
    witness: &WitnessFile,
) -> Result<Refutation, String> {
    let (original, statement) = (Statement::compile(claim)?, Statement::compile(changed)?);
    let sha = changed.statement_sha256(vocabulary);
    let refutation = witness
        .replay(&statement, &sha, Constructions::Count)
        .map_err(|refused| refused.to_string())?;
    let (conclusion, assign) = (&witness.conclusion, &witness.assign);
    check_kill(&original, &statement, kills, conclusion, assign).map_err(|no| no.to_string())?;
    Ok(refutation)
}
