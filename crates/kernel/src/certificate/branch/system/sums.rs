//! The rows for products of a state with a sum over the next layer, one for every set of its neurons.

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::super::facts::{Choice, Interval, offsets};
use super::super::{Kind, Label};
use super::{Form, Row, System};

impl System {
    /// The row with this label; `None` if state and flow of the neuron are not both variables.
    //
    // p = t·Σ a_k with a_k ∈ [l_k, h_k], so t·a_k ≤ h_k·t and t·a_k = a_k − (1−t)·a_k ≤ a_k − l_k·(1−t): either bound may be taken for
    // each k. Likewise t·a_k ≥ l_k·t and t·a_k ≥ a_k − h_k·(1−t).
    pub(super) fn sum_row(&self, phi: &Network, label: &Label) -> Option<Row> {
        let (state, flow) = *self.factors.get(&label.owner)?;
        let offsets = offsets(phi);
        let l = offsets.iter().rposition(|&first| first <= label.owner)?;
        let upper = label.kind == Kind::SumHigh;
        let layer = phi.layers().get(l + 1)?;
        // sign·(p − Σ …) ≤ right.
        let sign = Rational::from(if upper { 1 } else { -1 });
        let mut row = Form::constant(Rational::zero());
        row.add(&sign, flow);
        for k in 0..layer.rows() {
            let weight = layer.weight(k, label.owner - offsets[l]);
            if weight.is_zero() {
                continue;
            }
            let share = self.share(offsets[l + 1] + k, &weight);
            let Interval { low, high } = match upper {
                true => share,
                false => Interval {
                    low: share.high,
                    high: share.low,
                },
            };
            let inside = u32::try_from(k)
                .ok()
                .and_then(|k| label.set.checked_shr(k))
                .is_some_and(|bits| bits & 1 == 1);
            if inside {
                row.add(&-(&sign * &high), state);
            } else {
                row.add_multiple(&-(&sign * &weight), &self.flows[offsets[l + 1] + k]);
                row.add(&-(&sign * &low), state);
                row.constant.add_product(&sign, &low);
            }
        }
        let right = -&row.constant;
        let terms = row.terms.into_iter().filter(|(_, a)| !a.is_zero());
        Some((terms.collect(), right))
    }

    /// The range of weight·p for the flow p of neuron n.
    fn share(&self, n: usize, weight: &Rational) -> Interval {
        let zero = Rational::zero();
        let Interval { low, high } = self.facts.outer[n].clone();
        let (low, high) = match self.facts.states[n] {
            Choice::On => (low, high),
            Choice::Off => (zero.clone(), zero),
            Choice::Open => (low.min(zero.clone()), high.max(zero)),
        };
        let (a, b) = (weight * &low, weight * &high);
        match a <= b {
            true => Interval { low: a, high: b },
            false => Interval { low: b, high: a },
        }
    }
}
