//! The status of one conclusion, with its scope tables and reasons in words.

use claim_language::expr::NodeKind;
use claim_language::file::Claim;
use claim_language::print::Binder;
use theorems::statement::Statement;

use crate::certificate::parameters::Row;
use crate::exhaust::Exhausted;
use crate::record::{How, ScopeRow, Status};
use crate::redraw::REDRAWN;
use crate::verdict::rows::{among_words, face_rows, finite_rows, small_rows};
use crate::verdict::{ConclusionEvidence, CoverCount, Draws, Verdict, strength};

impl Verdict {
    /// Its status, and whether nothing checked is narrower than the statement.
    pub(super) fn conclusion(
        &mut self,
        claim: &Claim,
        statement: &Statement,
        index: usize,
        evidence: &ConclusionEvidence,
        cover: &[CoverCount],
        interrupted: bool,
    ) -> (Status, bool) {
        let name = &statement.conclusions[index].name;
        if evidence.refutation.is_some() {
            return (Status::Refuted, false);
        }
        if let Some((at, said, found)) = &evidence.disagreement {
            self.messages.push(format!(
                "{name}: search said {} of draw {at}, the kernel finds {}",
                said.words(),
                found.words()
            ));
            return (Status::Broken, false);
        }
        let failures = evidence
            .draws
            .as_ref()
            .map_or(0, |draws| draws.construction_fails);
        if evidence.construction_fails || failures > 0 {
            self.messages.push(format!(
                "{name}: the construction fails, which refutes nothing about existence"
            ));
            return (Status::Incomplete, false);
        }
        if let Some(variable) = without_construction(statement, index) {
            self.messages.push(format!(
                "{name}: nothing gives `{variable}` a value; add `by = '…'` or `among = […]` to its `some`"
            ));
            return (Status::Incomplete, false);
        }
        let unconfirmed: u64 = evidence
            .finite
            .iter()
            .chain(evidence.faces.iter().map(|(found, _)| found))
            .chain(evidence.small.iter().map(|(found, ..)| found))
            .map(|found| found.failed)
            .sum();
        if unconfirmed > 0 {
            self.messages.push(format!("{name}: false at {unconfirmed} parts of an enumerated scope, none confirmed as a witness"));
            return (Status::Incomplete, false);
        }
        let mut best: Option<(Status, bool)> = None;
        if let Some(found) = &evidence.finite {
            best = stronger(
                best,
                self.exhausted(
                    name,
                    "finite",
                    found,
                    || finite_rows(statement, index),
                    statement,
                ),
            );
        }
        if let Some((found, scope)) = &evidence.faces {
            let rows = || face_rows(statement, index, found, *scope);
            best = stronger(best, self.exhausted(name, "named", found, rows, statement));
        }
        if let Some((found, scope, words)) = &evidence.small {
            let rows = || small_rows(statement, index, found, *scope, words);
            best = stronger(
                best,
                self.exhausted(name, "exhaustive", found, rows, statement),
            );
        }
        if let Some(found) = &evidence.parameters {
            let drawn = evidence.draws.as_ref().map_or(0, |draws| draws.undefined);
            let finite = evidence
                .finite
                .as_ref()
                .map_or(0, |finite| finite.undefined);
            if drawn + finite > 0 {
                self.messages.push(format!(
                    "{name}: certified on boxes, but undefined at {} instances",
                    drawn + finite
                ));
                return (Status::Broken, false);
            }
            self.box_rows(name, "box", found.rows().iter().cloned());
            best = stronger(best, Some((Status::Box, found.is_green())));
        }
        if let Some(found) = &evidence.reduced {
            let slots = statement.slots(index);
            let names: Vec<&str> = slots
                .iter()
                .map(|slot| statement.variables[*slot].name.as_str())
                .collect();
            // What the reduction rests on is an argument in words, which nothing checks.
            self.box_rows(name, "reduction", found.rows(&names).into_iter());
            best = stronger(best, Some((Status::Box, false)));
        }
        if let Some(draws) = &evidence.draws {
            let sampled = self.sampled(claim, statement, index, draws, cover);
            best = match (best, sampled) {
                // A completed scope stands, unless the draws show that something is broken or uncovered.
                (Some(better), Some(Status::Sampled | Status::Incomplete) | None) => Some(better),
                (_, Some(status)) => Some((status, false)),
                (None, None) => None,
            };
        }
        match best {
            Some(found) => found,
            None => {
                if interrupted {
                    self.messages.push(format!("{name}: interrupted"));
                }
                (Status::Incomplete, false)
            }
        }
    }

    fn box_rows(&mut self, name: &str, engine: &str, rows: impl Iterator<Item = Row>) {
        self.scope.extend(rows.map(|row| ScopeRow {
            engine: engine.to_owned(),
            conclusion: name.to_owned(),
            var: row.variable,
            how: row.how,
            detail: row.detail,
            narrower: row.narrower,
        }));
    }

    fn exhausted(
        &mut self,
        name: &str,
        engine: &str,
        found: &Exhausted,
        rows: impl Fn() -> Vec<(usize, How, String, bool)>,
        statement: &Statement,
    ) -> Option<(Status, bool)> {
        if let Some(reason) = &found.reason {
            self.messages.push(format!(
                "{name}: {} parts of the {engine} scope undecided: {reason}",
                found.undecided
            ));
        }
        if found.undefined > 0 {
            self.messages.push(format!(
                "{name}: undefined at {} parts of the {engine} scope",
                found.undefined
            ));
        }
        if found.instances == 0 {
            return None;
        }
        if !found.is_complete() {
            return None;
        }
        let mut green = true;
        for (slot, how, detail, narrower) in rows() {
            green &= !narrower;
            self.scope.push(ScopeRow {
                engine: engine.to_owned(),
                conclusion: name.to_owned(),
                var: statement.variables[slot].name.clone(),
                how,
                detail,
                narrower,
            });
        }
        Some((Status::Instance, green))
    }

    fn sampled(
        &mut self,
        claim: &Claim,
        statement: &Statement,
        index: usize,
        draws: &Draws,
        cover: &[CoverCount],
    ) -> Option<Status> {
        let name = &statement.conclusions[index].name;
        if draws.tried == 0 {
            return None;
        }
        for slot in statement.slots(index) {
            let variable = &statement.variables[slot];
            let (how, detail, narrower) = if variable.symbol.is_some() {
                (How::Symbolic, "all of ℝ".to_owned(), false)
            } else if variable.by.is_some() {
                (How::Constructed, String::new(), false)
            } else if variable.binder == Binder::Some {
                (How::Among, among_words(statement, slot), false)
            } else {
                (
                    How::Sampled,
                    format!(
                        "{} draws reported by search, the first {REDRAWN} drawn again; {}",
                        draws.met(),
                        draws.ranges
                    ),
                    true,
                )
            };
            self.scope.push(ScopeRow {
                engine: crate::redraw::ENGINE.to_owned(),
                conclusion: name.clone(),
                var: variable.name.clone(),
                how,
                detail,
                narrower,
            });
        }
        let reason = draws
            .reason
            .as_ref()
            .map(|reason| format!(" ({reason})"))
            .unwrap_or_default();
        let decided = draws.holds;
        if draws.met() == 0 {
            self.messages.push(format!(
                "{name}: none of {} draws met the hypotheses",
                draws.tried
            ));
            return Some(Status::Vacuous);
        }
        if draws.met() == draws.exceptional || draws.only_exceptional {
            self.messages.push(format!(
                "{name}: the draws met only exceptional points of an almost-all statement"
            ));
            return Some(Status::Vacuous);
        }
        if draws.undefined * 100 > draws.met() && !uses_defined(claim, index) {
            self.messages.push(format!(
                "{name}: undefined at {} of {} instances{reason}; write `defined(e) and …` where being defined is part of the statement, or narrow `where`",
                draws.undefined,
                draws.met()
            ));
            return Some(Status::Broken);
        }
        if draws.undecided > 0 {
            self.messages.push(format!(
                "{name}: {} of {} instances undecided{reason}",
                draws.undecided,
                draws.met()
            ));
        }
        if draws.out_of_fuel {
            self.messages.push(format!(
                "{name}: the claim's fuel ended the draws after {}",
                draws.tried
            ));
        }
        if decided == 0 || draws.out_of_fuel {
            return Some(Status::Incomplete);
        }
        for count in cover.iter().filter(|count| !count.met) {
            self.messages.push(format!(
                "cover `{}` missed: {} of {}",
                count.name, count.hits, count.of
            ));
        }
        if cover.iter().any(|count| !count.met) {
            return Some(Status::UnderCovered);
        }
        Some(Status::Sampled)
    }
}

/// A `some` without a construction, a finite choice or a symbol: no instance says anything about it.
fn without_construction(statement: &Statement, index: usize) -> Option<&str> {
    statement
        .slots(index)
        .into_iter()
        .map(|slot| &statement.variables[slot])
        .find_map(|variable| {
            let free =
                variable.by.is_none() && variable.among.is_none() && variable.symbol.is_none();
            (variable.binder == Binder::Some && free).then_some(variable.name.as_str())
        })
}

fn uses_defined(claim: &Claim, index: usize) -> bool {
    claim.conclusions[index]
        .expr
        .tree
        .nodes()
        .iter()
        .any(|node| matches!(&node.kind, NodeKind::Call { name, .. } if name == "defined"))
}

/// The better of two completed scopes: the higher rung, then green before neutral.
fn stronger(a: Option<(Status, bool)>, b: Option<(Status, bool)>) -> Option<(Status, bool)> {
    let rank = |found: &(Status, bool)| (strength(found.0), found.1);
    match (a, b) {
        (Some(x), Some(y)) if rank(&y) > rank(&x) => b,
        (Some(_), _) => a,
        (None, _) => b,
    }
}
