//! Whether a candidate kills a mutant.

use std::fmt;

use theorems::assignment::Assignment;
use theorems::statement::Statement;

use crate::check::{Constructions, Refutation, Rejection, check_candidate};

/// Why a candidate does not kill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoKill {
    /// The mutated statement is not refuted by it.
    MutantStands(Rejection),
    /// The unmutated statement is refuted by it too.
    OriginalFalls,
    /// The unmutated conclusion is undefined or undecided there.
    OriginalOpen(Rejection),
    /// The conclusion that fails is not the one the mutant is about.
    WrongConclusion(String),
}

impl fmt::Display for NoKill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MutantStands(rejection) => write!(f, "the mutant is not refuted: {rejection}"),
            Self::OriginalOpen(rejection) => {
                write!(f, "the unmutated statement says nothing there: {rejection}")
            }
            Self::OriginalFalls => {
                f.write_str("the unmutated statement is refuted by the same witness")
            }
            Self::WrongConclusion(name) => write!(
                f,
                "conclusion `{name}` fails, not the one the mutant is about"
            ),
        }
    }
}

/// Accepts a kill: an exact witness against the mutated statement by which the unmutated one is not refuted.
///
/// The unmutated statement is evaluated at the same values, matched by name, for every conclusion whose variables all have
/// one; without a match only the mutant is evaluated.
pub fn check_kill(
    original: &Statement,
    mutated: &Statement,
    kills: Option<&str>,
    conclusion: &str,
    assignment: &Assignment,
) -> Result<Refutation, NoKill> {
    if kills.is_some_and(|kills| kills != conclusion) {
        return Err(NoKill::WrongConclusion(conclusion.to_owned()));
    }
    let refutation = check_candidate(mutated, conclusion, assignment, Constructions::Count)
        .map_err(NoKill::MutantStands)?;
    for (index, asserted) in original.conclusions.iter().enumerate() {
        let restricted: Option<Assignment> = original
            .slots(index)
            .into_iter()
            .filter(|slot| original.is_assigned(*slot))
            .map(|slot| {
                let name = &original.variables[slot].name;
                assignment
                    .get(name)
                    .map(|value| (name.clone(), value.clone()))
            })
            .collect();
        let Some(restricted) = restricted else {
            continue;
        };
        match check_candidate(original, &asserted.name, &restricted, Constructions::Count) {
            Ok(_) => return Err(NoKill::OriginalFalls),
            Err(Rejection::Holds | Rejection::Vacuous | Rejection::NotGeneric) => {}
            // Where the unmutated conclusion has no value, nothing is said about the edit.
            Err(rejection) if asserted.name == conclusion => {
                return Err(NoKill::OriginalOpen(rejection));
            }
            Err(_) => {}
        }
    }
    Ok(refutation)
}
