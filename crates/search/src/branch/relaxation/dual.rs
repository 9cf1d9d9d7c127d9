//! Bounds from row multipliers, and multipliers short enough for a file.

use kernel::certificate::branch::Multipliers;

use super::super::facts::Choice;
use super::{Choices, Form, Name, Relaxation, Role};

/// Bounds are reported a little too large, so that rounding does not make them false.
const SAFETY: f64 = 1e-11;

impl Relaxation {
    /// The range of a variable under the choices.
    pub(super) fn range(&self, role: Role, choices: &Choices) -> (f64, f64) {
        let switch = |choice| match choice {
            Choice::Open => (0.0, 1.0),
            Choice::On => (1.0, 1.0),
            Choice::Off => (0.0, 0.0),
        };
        match role {
            Role::Input(j) => self.domain[j],
            Role::State(n) => switch(choices.states[n]),
            Role::Sign(j) => switch(choices.signs[j]),
            Role::Activation(n) => match choices.states[n] {
                Choice::Off => (0.0, 0.0),
                _ => (0.0, self.facts.z[n].1),
            },
            Role::Flow(n) => {
                let (low, high) = self.facts.outer[n];
                match choices.states[n] {
                    Choice::Open => (low.min(0.0), high.max(0.0)),
                    Choice::On => (low, high),
                    Choice::Off => (0.0, 0.0),
                }
            }
            Role::Size(j) => {
                let (low, high) = self.facts.gradient[j];
                match choices.signs[j] {
                    Choice::Open => (0.0, (-low).max(high)),
                    Choice::On => (0.0, high),
                    Choice::Off => (0.0, -low),
                }
            }
        }
    }

    /// max of objective + Σ λ·(right − row) over the ranges at a node, with a safety margin.
    pub(in super::super) fn bound(
        &self,
        objective: Option<&Form>,
        multipliers: &[(Name, f64)],
        choices: &Choices,
    ) -> f64 {
        let n = self.roles.len();
        let mut rest = match objective {
            Some(form) => form.clone(),
            None => vec![0.0; n + 1],
        };
        let mut size = rest[n].abs();
        for &(row, multiplier) in multipliers {
            let built;
            let (terms, right) = match row {
                Name::Built(row) => &self.rows[row],
                Name::Sum(label) => {
                    built = self.sum_row(&label);
                    &built
                }
            };
            rest[n] += multiplier * right;
            size += (multiplier * right).abs();
            for &(index, value) in terms {
                rest[index as usize] -= multiplier * value;
            }
        }
        let mut bound = rest[n];
        for (&value, &role) in rest.iter().zip(&self.roles) {
            if value != 0.0 {
                let (low, high) = self.range(role, choices);
                let part = value * if value > 0.0 { high } else { low };
                bound += part;
                size += part.abs();
            }
        }
        bound + SAFETY * size
    }

    /// Multipliers as short as possible whose bound is below `limit`, checked in floats; `None` if there are none.
    pub(in super::super) fn rounded(
        &self,
        objective: Option<&Form>,
        multipliers: &[(Name, f64)],
        choices: &Choices,
        limit: f64,
    ) -> Option<Multipliers> {
        if self.bound(objective, &[], choices) < limit {
            return Some(Multipliers::default());
        }
        for shift in [3_u32, 5, 7, 9, 11, 13, 16, 20, 24, 28, 34, 42, 50, 60] {
            let scale = f64::from(shift).exp2();
            let numbers: Vec<(Name, f64)> = multipliers
                .iter()
                .map(|&(row, value)| (row, (value * scale).round()))
                .filter(|&(_, value)| value > 0.0)
                .collect();
            if numbers.iter().any(|&(_, value)| value >= 9e18) {
                return None;
            }
            let values: Vec<(Name, f64)> = numbers
                .iter()
                .map(|&(row, value)| (row, value / scale))
                .collect();
            if self.bound(objective, &values, choices) < limit {
                return Some(Multipliers {
                    shift,
                    entries: numbers
                        .iter()
                        .map(|&(row, value)| match row {
                            Name::Built(row) => (self.labels[row], value as u64),
                            Name::Sum(label) => (label, value as u64),
                        })
                        .collect(),
                });
            }
        }
        None
    }
}
