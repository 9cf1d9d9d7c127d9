//! The rows for products of a state with a sum over the next layer: p = t·Σ a_k.
//!
//! For each share a_k ∈ [l_k, h_k] there are two upper bounds of t·a_k, h_k·t and a_k − l_k·(1−t), and two lower ones. The rows are
//! all their sums; the one that a point violates most takes the smaller (larger) bound for each k.

use kernel::certificate::branch::{Kind, Label};

use super::super::facts::Choice;
use super::super::simplex::Row;
use super::{Form, Name, Relaxation, Share};

/// Violations below this share of the range of the flow are not worth a row.
const WORTH: f64 = 1e-3;

impl Relaxation {
    /// weight·p for the flow of a neuron.
    pub(super) fn share(&self, neuron: usize, weight: f64) -> Share {
        let (low, high) = self.facts.outer[neuron];
        let (low, high) = match self.facts.states[neuron] {
            Choice::On => (low, high),
            Choice::Off => (0.0, 0.0),
            Choice::Open => (low.min(0.0), high.max(0.0)),
        };
        let (a, b) = (weight * low, weight * high);
        Share {
            neuron,
            weight,
            low: a.min(b),
            high: a.max(b),
        }
    }

    /// The rows for sums that a point violates, at most two per neuron.
    pub(in super::super) fn separated(&self, x: &[f64]) -> Vec<Label> {
        let flows: Vec<f64> = self.flows.iter().map(|form| value(form, x)).collect();
        let mut labels = Vec::new();
        for (owner, shares) in self.shares.iter().enumerate() {
            let [_, Some(state), Some(flow)] = self.neurons[owner] else {
                continue;
            };
            let (t, p) = (x[state], x[flow]);
            let (mut most, mut least, mut above, mut below) = (0.0, 0.0, 0_u128, 0_u128);
            for (k, share) in shares.iter().enumerate() {
                let bit = if k < 128 { 1 << k } else { 0 };
                let a = share.weight * flows[share.neuron];
                let (inside, outside) = (share.high * t, a - share.low * (1.0 - t));
                if inside < outside && bit != 0 {
                    above |= bit;
                    most += inside;
                } else {
                    most += outside;
                }
                let (inside, outside) = (share.low * t, a - share.high * (1.0 - t));
                if inside > outside && bit != 0 {
                    below |= bit;
                    least += inside;
                } else {
                    least += outside;
                }
            }
            let (low, high) = self.facts.outer[owner];
            let worth = WORTH * (high - low);
            let mut push = |kind, set| labels.push(Label { owner, kind, set });
            if p > most + worth {
                push(Kind::SumHigh, above);
            }
            if p < least - worth {
                push(Kind::SumLow, below);
            }
        }
        labels
    }

    /// The row with this label.
    pub(in super::super) fn sum_row(&self, label: &Label) -> Row {
        let size = self.roles.len();
        let mut row = vec![0.0; size + 1];
        let [_, Some(state), Some(flow)] = self.neurons[label.owner] else {
            return (Vec::new(), 0.0);
        };
        let upper = label.kind == Kind::SumHigh;
        let sign = if upper { 1.0 } else { -1.0 };
        row[flow] += sign;
        for (k, share) in self.shares[label.owner].iter().enumerate() {
            let (low, high) = match upper {
                true => (share.low, share.high),
                false => (share.high, share.low),
            };
            if k < 128 && label.set >> k & 1 == 1 {
                row[state] -= sign * high;
            } else {
                for (sum, value) in row.iter_mut().zip(&self.flows[share.neuron]) {
                    *sum -= sign * share.weight * value;
                }
                row[state] -= sign * low;
                row[size] += sign * low;
            }
        }
        let terms = row[..size]
            .iter()
            .zip(0_u32..)
            .filter(|(value, _)| **value != 0.0)
            .map(|(value, index)| (index, *value))
            .collect();
        (terms, -row[size])
    }

    /// Multipliers by name: rows after the built ones are those of `sums`.
    pub(in super::super) fn named(
        &self,
        multipliers: &[(usize, f64)],
        sums: &[Label],
    ) -> Vec<(Name, f64)> {
        let built = self.rows.len();
        multipliers
            .iter()
            .map(|&(row, value)| match row.checked_sub(built) {
                None => (Name::Built(row), value),
                Some(sum) => (Name::Sum(sums[sum]), value),
            })
            .collect()
    }
}

pub(super) fn value(form: &Form, x: &[f64]) -> f64 {
    let constant = form[form.len() - 1];
    constant + form.iter().zip(x).map(|(a, x)| a * x).sum::<f64>()
}
