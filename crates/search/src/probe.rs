//! The vacuity probe: does any instance meet the hypotheses, and if none does, which hypothesis empties the range?

use claim_language::diagnostic::Diagnostic;
use claim_language::file::{Claim, Quantifier};
use theorems::draw::Limits;
use theorems::generate::Stream;
use theorems::machine::Memory;
use theorems::statement::{Range, Statement, evaluate};
use theorems::value::{Backend, Value};

/// Draws of the probe.
pub const DRAWS: u64 = 2000;

/// The engine name under which the probe draws.
const ENGINE: &str = "probe";

/// A diagnostic (C0401, C0404) if no instance meets the ranges and hypotheses; nothing for a claim that has one, that has
/// nothing to evaluate, or whose variables cannot be evaluated.
pub fn vacuity(claim: &Claim) -> Option<Diagnostic> {
    let statement = Statement::compile(claim).ok()?;
    let evaluable = statement
        .variables
        .iter()
        .all(|variable| !matches!(variable.domain, Range::Other(_)));
    let finite = (0..statement.conclusions.len()).all(|index| {
        statement
            .finite_instances(index, Backend::Fast)
            .is_some_and(|found| !found.is_empty())
    });
    if statement.conclusions.is_empty() || !evaluable || finite {
        return None;
    }
    let mut memory = Memory::default();
    let mut true_for = vec![0_u64; statement.hypotheses.len()];
    let mut blocked = vec![0_u64; statement.variables.len()];
    for index in 0..DRAWS {
        let mut stream = Stream::for_instance(1, &claim.id, ENGINE, index);
        let instance = match statement.try_draw(&mut stream, Limits::default(), &mut memory) {
            Ok(instance) => instance,
            Err(slot) => {
                blocked[slot] += 1;
                continue;
            }
        };
        let mut all = true;
        for (count, (_, hypothesis)) in true_for.iter_mut().zip(&statement.hypotheses) {
            // A hypothesis that depends on a symbol is decided with the conclusion; here it counts as possible.
            let holds = !matches!(
                evaluate(
                    hypothesis,
                    &instance.environment,
                    Backend::Fast,
                    &mut memory
                ),
                Value::Bool(false)
                    | Value::Absent(
                        relu_core::Failure::Undefined(_) | relu_core::Failure::Shape(_)
                    )
            );
            *count += u64::from(holds);
            all &= holds;
        }
        if all {
            return None;
        }
    }
    let slot = (0..blocked.len()).max_by_key(|slot| blocked[*slot])?;
    if blocked[slot] == DRAWS {
        let name = &statement.variables[slot].name;
        return quantifiers(claim)
            .find(|quantifier| quantifier.name == *name)
            .map(|quantifier| Diagnostic::filtered(claim, quantifier, DRAWS));
    }
    let never = true_for.iter().position(|count| *count == 0);
    Some(match never {
        Some(index) => Diagnostic::vacuous(claim, &claim.assume[index], DRAWS),
        None => Diagnostic::jointly_vacuous(claim, DRAWS),
    })
}

fn quantifiers(claim: &Claim) -> impl Iterator<Item = &Quantifier> {
    claim.quantify.iter().chain(
        claim
            .conclusions
            .iter()
            .flat_map(|conclusion| &conclusion.quantify),
    )
}
