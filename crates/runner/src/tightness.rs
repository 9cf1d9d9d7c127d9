//! What `tighten` has written, checked by the kernel before it is shown.

use std::path::Path;

use kernel::certificate::parameters::Stored;
use kernel::record::{Moved, TightnessRecord, TightnessRun};
use kernel::tightness::{certified, refuted};
use kernel::witness::WitnessFile;
use report::json;
use theorems::registry::Registry;

/// The record in a folder, with its certificates and witnesses checked where it is about the present statement; an exit code and what is wrong otherwise.
pub fn load(registry: &Registry, folder: &Path) -> Result<TightnessRun, (u8, String)> {
    let path = folder.join("tightness.json");
    let text = std::fs::read_to_string(&path).map_err(|error| error.to_string());
    let run = text.and_then(|text| json::read_tightness(&text));
    let run = run.map_err(|error| (2, format!("{}: {error}", path.display())))?;
    for record in &run.constants {
        check(registry, folder, record).map_err(|reason| {
            let TightnessRecord {
                claim, constant, ..
            } = record;
            let message = format!(
                "{}: {claim}, {constant}: {reason}; run `tighten {claim}` again",
                path.display()
            );
            (5, message)
        })?;
    }
    Ok(run)
}

fn check(registry: &Registry, folder: &Path, record: &TightnessRecord) -> Result<(), String> {
    let words = &registry.words;
    let mut claims = registry.claims.iter();
    let current = claims.find(|claim| {
        claim.id == record.claim && claim.statement_sha256(words) == record.statement_sha256
    });
    // What is about another statement is shown as such only.
    let Some(claim) = current else {
        return Ok(());
    };
    if !record.describes(claim, words) {
        return Err("it says of the claim what the claim does not say".to_owned());
    }
    for (word, moved) in [("smaller", &record.smaller), ("larger", &record.larger)] {
        let stem = format!("{}.{}.{word}", record.claim, record.constant);
        let Moved {
            certified: held,
            refuted: failed,
            ..
        } = moved;
        if let Some(at) = held {
            let mut stored = Vec::new();
            let file = |number| folder.join(format!("certificates/{stem}.{number}.box"));
            while let Ok(text) = std::fs::read_to_string(file(stored.len())) {
                stored.push(Stored::parse(&text)?);
            }
            let narrowed = certified(claim, words, &record.constant, *at, &stored)?;
            if !record.certified || !narrowed.is_subset(&record.narrowed) {
                return Err(format!("{at} is certified for a narrower range only"));
            }
        }
        if let Some(failed) = failed {
            let path = folder.join(format!("witnesses/{stem}.toml"));
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let witness = WitnessFile::parse(&text).map_err(|refused| refused.to_string())?;
            let found = refuted(claim, words, &record.constant, failed.at, &witness)?;
            if found != *failed {
                return Err(format!("the witness at {} is another one", failed.at));
            }
        }
    }
    Ok(())
}
