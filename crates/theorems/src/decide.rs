//! What one instance says about a conclusion: at its values, near them, and (in `cells`) over every cell of the ordered symbol.

use relu_core::Failure;
use relu_core::number::cell::{Others, RealCell, RealContext};
use relu_core::number::scalar::Scalar;

use crate::machine::{self, Memory};
use crate::statement::{Outcome, Statement};
use crate::value::{Backend, Context, Value};
use claim_language::print::Binder;

mod cells;
mod range;

use range::{Truth, in_range, truth};

/// Whether the ranges of variables have been checked already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranges {
    /// Every `min`, `max` and `where` is evaluated.
    Check,
    /// Only those of symbols are: the instance was drawn under the others.
    Drawn,
}

impl Statement {
    /// The environment with every symbolic variable bound to its symbol.
    pub fn with_symbols(&self, mut environment: Vec<Value>) -> Vec<Value> {
        environment.resize(
            self.variables.len(),
            Value::Absent(Failure::Undefined("variable without a value".to_owned())),
        );
        for (slot, variable) in self.variables.iter().enumerate() {
            if let Some(symbol) = variable.symbol {
                environment[slot] = Value::Scalar(Scalar::symbol(symbol));
            }
        }
        environment
    }

    /// The outcome in one context. Errors: a split is needed, or the point is not generic.
    pub fn outcome(
        &self,
        conclusion: usize,
        environment: &mut [Value],
        ranges: Ranges,
        context: &Context,
        memory: &mut Memory,
    ) -> Result<Outcome, Failure> {
        let slots = self.slots(conclusion);
        match slots.iter().position(|slot| self.is_choice(*slot)) {
            Some(at) => self.outcome_of_choice(
                conclusion,
                &slots,
                at,
                environment,
                (ranges, context),
                memory,
            ),
            None => {
                self.outcome_of_instance(conclusion, &slots, environment, ranges, context, memory)
            }
        }
    }

    /// Whether the variable is a `some` over a finite choice, decided by trying every element.
    fn is_choice(&self, slot: usize) -> bool {
        let variable = &self.variables[slot];
        variable.binder == Binder::Some && variable.among.is_some()
    }

    /// A `some` over a finite choice holds if one element does, and fails if all do.
    ///
    /// One such variable per statement; what follows it in the prefix is bound before.
    fn outcome_of_choice(
        &self,
        conclusion: usize,
        slots: &[usize],
        at: usize,
        environment: &mut [Value],
        (ranges, context): (Ranges, &Context),
        memory: &mut Memory,
    ) -> Result<Outcome, Failure> {
        let slot = slots[at];
        if slots[at + 1..]
            .iter()
            .any(|later| self.variables[*later].by.is_none())
        {
            return Ok(Outcome::Undecided(
                "a variable after a finite existential choice".to_owned(),
            ));
        }
        let mut overall = Outcome::Fails;
        let mut vacuous = 0;
        let choices = self.choices_of(slot, environment, context, memory)?;
        for choice in &choices {
            environment[slot] = choice.clone();
            match self.outcome_of_instance(
                conclusion,
                slots,
                environment,
                ranges,
                context,
                memory,
            )? {
                Outcome::Holds => return Ok(Outcome::Holds),
                Outcome::Fails => {}
                Outcome::Vacuous => vacuous += 1,
                other => overall = other,
            }
        }
        Ok(if vacuous == choices.len() {
            Outcome::Vacuous
        } else {
            overall
        })
    }

    /// The values of the finite choice of a variable.
    pub fn choices_of(
        &self,
        slot: usize,
        environment: &[Value],
        context: &Context,
        memory: &mut Memory,
    ) -> Result<Vec<Value>, Failure> {
        let mut values = Vec::new();
        for program in self.variables[slot].among.iter().flatten() {
            let value = machine::run(program, environment, context, memory)?;
            values.push(self.held(slot, value, environment, context, memory)?);
        }
        Ok(values)
    }

    fn outcome_of_instance(
        &self,
        conclusion: usize,
        slots: &[usize],
        environment: &mut [Value],
        ranges: Ranges,
        context: &Context,
        memory: &mut Memory,
    ) -> Result<Outcome, Failure> {
        let mut outside = false;
        for slot in slots {
            let variable = &self.variables[*slot];
            if let Some(by) = &variable.by {
                let value = machine::run(by, environment, context, memory)?;
                environment[*slot] = self.held(*slot, value, environment, context, memory)?;
            }
            if variable.binder == Binder::Some
                && variable.by.is_none()
                && variable.among.is_none()
                && variable.symbol.is_none()
            {
                return Ok(Outcome::Undecided(format!(
                    "nothing gives `{}` a value",
                    variable.name
                )));
            }
            if ranges == Ranges::Drawn && variable.symbol.is_none() && variable.by.is_none() {
                continue;
            }
            match in_range(variable, *slot, environment, context, memory)? {
                Truth::True => {}
                // ∃ y ∈ Y: C is ∃ y: y ∈ Y and C; only what is assumed can be vacuous. What is bound after a choice
                // outside its range no longer matters.
                Truth::False if variable.binder == Binder::Some => {
                    outside = true;
                    break;
                }
                Truth::False => return Ok(Outcome::Vacuous),
                Truth::Unknown(reason) => return Ok(Outcome::Undecided(reason)),
            }
        }
        for (_, hypothesis) in &self.hypotheses {
            match truth(hypothesis, environment, context, memory)? {
                Truth::True => {}
                Truth::False => return Ok(Outcome::Vacuous),
                Truth::Unknown(reason) => return Ok(Outcome::Undecided(reason)),
            }
        }
        if outside {
            return Ok(Outcome::Fails);
        }
        Ok(
            match machine::run(
                &self.conclusions[conclusion].program,
                environment,
                context,
                memory,
            )? {
                Value::Bool(true) => Outcome::Holds,
                Value::Bool(false) => Outcome::Fails,
                Value::Absent(failure @ (Failure::Undefined(_) | Failure::Shape(_))) => {
                    Outcome::Undefined(failure.to_string())
                }
                Value::Absent(failure) => Outcome::Undecided(failure.to_string()),
                other => Outcome::Undefined(format!("a truth value, got a {}", other.kind())),
            },
        )
    }

    /// The outcome on a full neighbourhood of the values of these slots: each is perturbed by independent infinitesimals,
    /// and every pre-activation reached must be nonzero or identically zero; `None` where one is not, or where the outcome
    /// is not an open condition.
    pub fn nearby(
        &self,
        conclusion: usize,
        environment: &[Value],
        almost: &[usize],
        cell: &RealCell,
        backend: Backend,
        memory: &mut Memory,
    ) -> Result<Option<Outcome>, String> {
        let mut perturbed = environment.to_vec();
        let mut symbol = 1 + self
            .variables
            .iter()
            .filter_map(|variable| variable.symbol)
            .max()
            .unwrap_or(0);
        for slot in almost {
            perturbed[*slot] = match &perturbed[*slot] {
                Value::Vector(entries) => Value::vector(
                    entries
                        .iter()
                        .map(|entry| {
                            symbol += 1;
                            relu_core::Field::plus(entry, &Scalar::symbol(symbol - 1))
                        })
                        .collect(),
                ),
                Value::Scalar(entry) => {
                    symbol += 1;
                    Value::Scalar(relu_core::Field::plus(entry, &Scalar::symbol(symbol - 1)))
                }
                other => return Err(format!("an almost-all variable that is a {}", other.kind())),
            };
        }
        let order = RealContext {
            cell: cell.clone(),
            others: Others::Infinitesimal,
        };
        let context = Context {
            backend,
            order,
            nonzero: Vec::new(),
            depth: 0,
        };
        match self.outcome(conclusion, &mut perturbed, Ranges::Check, &context, memory) {
            Ok(outcome) => Ok(Some(outcome)),
            Err(Failure::NonGeneric) => Ok(None),
            Err(failure) => Err(failure.to_string()),
        }
    }

    /// The slot of a `some` that is decided as a symbol: a value the opponent chooses.
    pub fn opponent(&self, conclusion: usize) -> Option<usize> {
        self.slots(conclusion).into_iter().find(|slot| {
            let variable = &self.variables[*slot];
            variable.binder == Binder::Some && variable.symbol.is_some()
        })
    }

    /// The slots bound by `almost all` that the conclusion sees.
    pub fn almost_all(&self, conclusion: usize) -> Vec<usize> {
        self.slots(conclusion)
            .into_iter()
            .filter(|slot| self.variables[*slot].binder == Binder::AlmostAll)
            .collect()
    }
}
