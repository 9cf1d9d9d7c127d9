//! Scopes that the kernel enumerates: finite ones, named networks, and all networks of one small architecture.

use claim_language::file::Claim;
use claim_language::print::Binder;
use kernel::check::{Constructions, check_candidate};
use kernel::exhaust;
use kernel::record::ClaimRecord;
use kernel::verdict::{ConclusionEvidence, FaceScope};
use relu_core::activation::Activation;
use relu_core::number::rational::Rational;
use theorems::generate::Scope;
use theorems::scope::constant_on_faces;
use theorems::statement::Statement;

use crate::examine::record::count_engine;

/// Finite scopes and named networks, enumerated by the kernel itself.
pub(super) fn exhaust_scopes(
    claim: &Claim,
    statement: &Statement,
    evidence: &mut [ConclusionEvidence],
    record: &mut ClaimRecord,
) {
    let constructed = |index: usize| {
        statement.slots(index).into_iter().any(|slot| {
            statement.variables[slot].binder == Binder::Some
                && statement.variables[slot].by.is_some()
        })
    };
    for (index, found) in evidence.iter_mut().enumerate() {
        if let Some(finite) = exhaust::finite(statement, index) {
            count_engine(record, "finite", finite.instances);
            if finite.failed > 0 {
                if constructed(index) {
                    found.construction_fails = true;
                }
                let name = &statement.conclusions[index].name;
                found.refutation = finite.failures.iter().find_map(|assignment| {
                    check_candidate(statement, name, assignment, Constructions::RefuteNothing).ok()
                });
            }
            found.finite = Some(finite);
            continue;
        }
        // Its constant is fitted to draws, and no enumeration without all ranges would raise its rung.
        if !statement.conclusions[index].fitted.is_empty() {
            continue;
        }
        let Some(wanted) = claim.search.named else {
            continue;
        };
        let Some(point) = statement.point_slot(index) else {
            continue;
        };
        let name = statement.variables[point].name.clone();
        let (exhausted, scope) =
            if constant_on_faces(claim, index, &name) && piecewise_linear(claim) {
                let scope = if statement.variables[point].binder == Binder::AlmostAll {
                    FaceScope::Cells
                } else {
                    FaceScope::Faces
                };
                (
                    Some(exhaust::named_faces(statement, index, point, wanted)),
                    scope,
                )
            } else {
                (
                    exhaust::named_pieces(statement, index, wanted),
                    FaceScope::Pieces,
                )
            };
        let Some(exhausted) = exhausted else { continue };
        count_engine(record, "named", exhausted.faces);
        let conclusion = &statement.conclusions[index].name;
        let confirmed = |assignment| {
            let nothing = Constructions::RefuteNothing;
            check_candidate(statement, conclusion, assignment, nothing).ok()
        };
        found.refutation = exhausted.failures.iter().find_map(confirmed);
        if scope != FaceScope::Pieces {
            let small = small_scope();
            if let Some(exhausted) = exhaust::small_scope(statement, index, point, &small) {
                count_engine(record, "exhaustive", exhausted.faces);
                let refutation = exhausted.failures.iter().find_map(confirmed);
                found.refutation = found.refutation.take().or(refutation);
                // Networks of the scope are tried with every activation of the statement.
                let words = small.description().replace(" with activation relu", "");
                found.small = Some((exhausted, scope, words));
            }
        }
        found.faces = Some((exhausted, scope));
    }
}

/// The small scope that is exhausted where a statement is about one network: one input, two hidden neurons.
fn small_scope() -> Scope {
    let entries = [-1, 0, 1].map(Rational::from_integer);
    Scope::new(Activation::Relu, &[vec![1, 2, 1]], &entries, &entries)
        .expect("one architecture and three entries are a scope")
}

/// Whether the statement never asks for an activation that is not piecewise linear.
fn piecewise_linear(claim: &Claim) -> bool {
    let text = claim.statement_text();
    ![
        "kinked_square",
        "polynomial_activation",
        "binary_to_ternary",
        "svc_gaps",
    ]
    .iter()
    .any(|name| text.contains(name))
}
