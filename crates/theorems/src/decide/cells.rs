//! The outcomes over every cell of the ordered symbol.

use relu_core::Failure;
use relu_core::number::cell::RealCell;
use relu_core::number::scalar::Scalar;

use crate::decide::Ranges;
use crate::machine::Memory;
use crate::statement::{Outcome, Statement, equations};
use crate::value::{Backend, Context, Value};

/// The largest number of cells of the ordered symbol that one decision may need.
const MAX_CELLS: usize = 10_000;

impl Statement {
    /// The outcomes over all of ℝ for the ordered symbol, cell by cell in ascending order; one outcome on the whole line
    /// where nothing depends on it.
    ///
    /// Which symbol is ordered is a choice: where the first one leaves something undecided and another one decides that
    /// the conclusion holds everywhere, the other one is taken. Where the ordered symbol is chosen last, by `some`, one cell
    /// at which the conclusion holds is the whole answer.
    pub fn over_cells(
        &self,
        conclusion: usize,
        environment: &mut [Value],
        ranges: Ranges,
        backend: Backend,
        memory: &mut Memory,
    ) -> Vec<(RealCell, Outcome)> {
        let mut decided =
            self.over_cells_of(conclusion, environment, (ranges, backend), &[], memory);
        if self.chooses_last(conclusion)
            && let Some(at) = decided
                .iter()
                .position(|(_, outcome)| *outcome == Outcome::Holds)
        {
            return vec![decided.swap_remove(at)];
        }
        let open = |decided: &[(RealCell, Outcome)]| {
            decided
                .iter()
                .any(|(_, outcome)| !matches!(outcome, Outcome::Holds | Outcome::Vacuous))
        };
        let undecided = decided
            .iter()
            .any(|(_, outcome)| matches!(outcome, Outcome::Undecided(_)));
        // A value that holds a symbol already would mean another variable after an exchange.
        let holds_symbols = self.slots(conclusion).into_iter().any(|slot| {
            let variable = &self.variables[slot];
            variable.symbol.is_none() && variable.by.is_none() && environment[slot].has_symbols()
        });
        if !undecided || holds_symbols {
            return decided;
        }
        let symbolic: Vec<usize> = self
            .slots(conclusion)
            .into_iter()
            .filter(|slot| self.variables[*slot].symbol.is_some())
            .collect();
        for ordered in &symbolic {
            let Some(index @ 1..) = self.variables[*ordered].symbol else {
                continue;
            };
            let mut exchanged = environment.to_vec();
            let mut nonzero = Vec::new();
            for slot in &symbolic {
                let symbol = match self.variables[*slot].symbol {
                    Some(0) => index,
                    Some(symbol) if symbol == index => 0,
                    Some(symbol) => symbol,
                    None => continue,
                };
                exchanged[*slot] = Value::Scalar(Scalar::symbol(symbol));
                if symbol > 0 && self.variables[*slot].nonzero {
                    nonzero.push(symbol);
                }
            }
            let other = self.over_cells_of(
                conclusion,
                &mut exchanged,
                (ranges, backend),
                &nonzero,
                memory,
            );
            if !open(&other) {
                return other;
            }
        }
        decided
    }

    fn over_cells_of(
        &self,
        conclusion: usize,
        environment: &mut [Value],
        (ranges, backend): (Ranges, Backend),
        nonzero: &[usize],
        memory: &mut Memory,
    ) -> Vec<(RealCell, Outcome)> {
        let mut pending = vec![RealCell::line()];
        let mut decided = Vec::new();
        while let Some(cell) = pending.pop() {
            if decided.len() + pending.len() > MAX_CELLS {
                decided.push((
                    cell,
                    Outcome::Undecided(format!("more than {MAX_CELLS} cells of the symbol")),
                ));
                continue;
            }
            let context = Context {
                nonzero: nonzero.to_vec(),
                ..equations(backend, cell)
            };
            match self.outcome(conclusion, environment, ranges, &context, memory) {
                Ok(outcome) => decided.push((context.order.cell, outcome)),
                Err(Failure::Split(poly)) => {
                    let parts = context.order.cell.split(&poly);
                    if parts.len() < 2 {
                        decided.push((
                            context.order.cell,
                            Outcome::Undecided("a split that splits nothing".to_owned()),
                        ));
                    } else {
                        pending.extend(parts.into_iter().rev());
                    }
                }
                Err(failure) => {
                    decided.push((context.order.cell, Outcome::Undecided(failure.to_string())))
                }
            }
        }
        decided
    }

    /// Whether the ordered symbol is a `some` after which no variable is given a value: it holds where one value does.
    /// Not after an almost-all variable, where the value would have to serve a neighbourhood.
    fn chooses_last(&self, conclusion: usize) -> bool {
        let Some(chosen) = self.opponent(conclusion) else {
            return false;
        };
        self.variables[chosen].symbol == Some(0)
            && self.almost_all(conclusion).is_empty()
            && self
                .slots(conclusion)
                .into_iter()
                .all(|slot| slot <= chosen || self.variables[slot].by.is_some())
    }
}
