//! Records of a claim and its witnesses, before anything is decided.

use claim_language::file::Claim;
use kernel::check::Refutation;
use kernel::record::{
    ClaimRecord, EngineRecord, Located, SourceRecord, Stop, Value as NamedValue, Values,
    WitnessRecord,
};
use kernel::witness::summary;
use theorems::vocabulary::Words;

pub(super) fn blank(claim: &Claim, words: &Words) -> ClaimRecord {
    let mut record = ClaimRecord::new(
        &claim.id,
        &claim.area,
        &claim.title,
        convert(claim.kind.to_string()),
        claim.expect.map(|expect| convert(expect.to_string())),
    );
    record.rung = claim.rung.map(|rung| convert(rung.to_string()));
    record.statement = claim.statement_text();
    record.statement_sha256 = claim.statement_sha256(words);
    record.source = SourceRecord {
        cite: claim.source.cite.clone(),
        locator: claim.source.locator.clone(),
    };
    record.file = Some(Located {
        path: claim.file.path.clone(),
        line: 1,
        column: 1,
    });
    record.tight = claim.tight.map(|tight| convert(tight.to_string()));
    record.repair = claim.repair.as_ref().map(|repair| repair.id.clone());
    record.repair_text = claim.repair.as_ref().and_then(|repair| repair.text.clone());
    record.impact.clone_from(&claim.impact);
    record.reading.clone_from(&claim.reading);
    record.erratum = claim
        .erratum
        .as_ref()
        .map(|erratum| kernel::record::ErratumRecord {
            id: erratum.id.clone(),
            class: convert(erratum.class.to_string()),
        });
    record.note.clone_from(&claim.note);
    record.uses.clone_from(&claim.uses);
    record.tags.clone_from(&claim.tags);
    record
}

/// Words are shared by the language and the record; both are closed lists with the same spelling.
pub(super) fn convert<T: std::str::FromStr>(word: String) -> T {
    word.parse()
        .unwrap_or_else(|_| unreachable!("`{word}` is in both closed lists"))
}

pub(super) fn named(assignment: &theorems::assignment::Assignment) -> Vec<NamedValue> {
    assignment
        .iter()
        .map(|(name, value)| NamedValue {
            name: name.clone(),
            value: value.clone(),
        })
        .collect()
}

pub(super) fn witness_record(path: &str, refutation: &Refutation) -> WitnessRecord {
    WitnessRecord {
        path: path.to_owned(),
        summary: summary(&refutation.assignment),
        assignment: named(&refutation.assignment),
        values: refutation.sides.as_ref().map(|(lhs, rhs)| Values {
            lhs: lhs.clone(),
            rhs: rhs.clone(),
        }),
    }
}

/// Adds the trials of an engine.
pub(super) fn count_engine(record: &mut ClaimRecord, name: &str, trials: u64) {
    record.trials += trials;
    record
        .engines
        .entry(name.to_owned())
        .or_insert(EngineRecord {
            trials: 0,
            best_ratio: None,
            stop: Stop::Completed,
        })
        .trials += trials;
}
