//! The rows: forwards through the pre-activations, backwards through the derivatives, and the norm.

use kernel::certificate::branch::{Kind, Label, Norm};

use super::super::facts::{Choice, Question};
use super::{Form, Relaxation};

fn axpy(sum: &mut [f64], factor: f64, other: &[f64]) {
    for (sum, value) in sum.iter_mut().zip(other) {
        *sum += factor * value;
    }
}

impl Relaxation {
    fn variable(&self, index: usize) -> Form {
        let mut form = vec![0.0; self.roles.len() + 1];
        form[index] = 1.0;
        form
    }

    fn row(&mut self, owner: usize, kind: Kind, form: &Form, right: f64) {
        let n = self.roles.len();
        let terms = form[..n]
            .iter()
            .zip(0_u32..)
            .filter(|(value, _)| **value != 0.0)
            .map(|(value, index)| (index, *value))
            .collect();
        self.rows.push((terms, right - form[n]));
        self.labels.push(Label {
            owner,
            kind,
            set: 0,
        });
    }

    /// Pre-activations from the input on, with the rows that tie activations to them.
    pub(super) fn forwards(&mut self, question: &Question<f64>) {
        let size = self.roles.len();
        let mut y: Vec<Form> = (0..question.indim()).map(|j| self.variable(j)).collect();
        let hidden = question.layers.len() - 1;
        for (l, layer) in question.layers[..hidden].iter().enumerate() {
            let mut next = Vec::with_capacity(layer.bias.len());
            for (i, (weights, &bias)) in layer.weights.iter().zip(&layer.bias).enumerate() {
                let n = question.offsets[l] + i;
                let mut z = vec![0.0; size + 1];
                z[size] = bias;
                for (&weight, y) in weights.iter().zip(&y) {
                    axpy(&mut z, weight, y);
                }
                let (low, high) = self.facts.z[n];
                let negative: Form = z.iter().map(|a| -a).collect();
                next.push(match (self.facts.states[n], self.neurons[n]) {
                    (Choice::Open, [activation, Some(state), _]) => {
                        let (mut on, mut off) = (negative, z.clone());
                        let y = match activation {
                            None => vec![0.0; size + 1],
                            Some(activation) => {
                                let mut above = z.clone();
                                above[activation] -= 1.0;
                                self.row(n, Kind::Above, &above, 0.0);
                                off = self.variable(activation);
                                on[activation] += 1.0;
                                self.variable(activation)
                            }
                        };
                        off[state] -= high;
                        on[state] -= low;
                        self.row(n, Kind::Off, &off, 0.0);
                        self.row(n, Kind::On, &on, -low);
                        y
                    }
                    (Choice::On, _) => {
                        self.row(n, Kind::On, &negative, -low);
                        z.clone()
                    }
                    _ => {
                        self.row(n, Kind::Off, &z, high);
                        vec![0.0; size + 1]
                    }
                });
                self.z.push(z);
            }
            y = next;
        }
    }

    /// Derivatives from the output back, with the rows that tie flows to them.
    pub(super) fn backwards(&mut self, question: &Question<f64>) {
        let size = self.roles.len();
        let mut unit = vec![0.0; size + 1];
        unit[size] = 1.0;
        let mut flows = vec![unit];
        for (l, layer) in question.layers.iter().enumerate().rev() {
            let mut back = vec![vec![0.0; size + 1]; layer.weights[0].len()];
            for (weights, flow) in layer.weights.iter().zip(&flows) {
                for (sum, &weight) in back.iter_mut().zip(weights) {
                    axpy(sum, weight, flow);
                }
            }
            if l == 0 {
                self.gradient = back;
                return;
            }
            flows = Vec::with_capacity(back.len());
            for (k, outer) in back.into_iter().enumerate() {
                let n = question.offsets[l - 1] + k;
                flows.push(match (self.facts.states[n], self.neurons[n]) {
                    (Choice::Open, [_, Some(state), Some(flow)]) => {
                        self.products(n, &outer, state, flow);
                        self.shares[n] = layer
                            .weights
                            .iter()
                            .enumerate()
                            .map(|(i, weights)| self.share(question.offsets[l] + i, weights[k]))
                            .collect();
                        self.variable(flow)
                    }
                    (Choice::Open, [_, Some(state), None]) => {
                        let mut form = vec![0.0; size + 1];
                        form[state] = self.facts.outer[n].0;
                        form
                    }
                    (Choice::On, _) => outer.clone(),
                    _ => vec![0.0; size + 1],
                });
                self.outer[n] = outer;
                self.flows[n].clone_from(&flows[k]);
            }
        }
    }

    /// p = t·v for t ∈ {0, 1} and v ∈ [low, high].
    fn products(&mut self, n: usize, outer: &Form, state: usize, flow: usize) {
        let (low, high) = self.facts.outer[n];
        let mut row = self.variable(flow);
        row[state] -= high;
        self.row(n, Kind::FlowHigh, &row, 0.0);
        let mut row = vec![0.0; self.roles.len() + 1];
        row[flow] = -1.0;
        row[state] += low;
        self.row(n, Kind::FlowLow, &row, 0.0);
        let mut row: Form = outer.iter().map(|a| -a).collect();
        row[flow] += 1.0;
        row[state] -= low;
        self.row(n, Kind::PassHigh, &row, -low);
        let mut row = outer.clone();
        row[flow] -= 1.0;
        row[state] += high;
        self.row(n, Kind::PassLow, &row, high);
    }

    /// The norm, or a linear function that is nowhere below it.
    pub(super) fn measure(&mut self, norm: Norm) {
        for j in 0..self.gradient.len() {
            let (low, high) = self.facts.gradient[j];
            let gradient = self.gradient[j].clone();
            let negative: Form = gradient.iter().map(|a| -a).collect();
            if norm == Norm::LInfinity {
                continue;
            }
            let squared = norm == Norm::L2Squared;
            match (self.facts.signs[j], self.signs[j]) {
                (Choice::Open, Some([size, sign])) => {
                    let (mut plus, mut minus) = (negative, gradient);
                    plus[size] += 1.0;
                    plus[sign] -= 2.0 * low;
                    self.row(j, Kind::Plus, &plus, -2.0 * low);
                    minus[size] += 1.0;
                    minus[sign] -= 2.0 * high;
                    self.row(j, Kind::Minus, &minus, 0.0);
                    // h² ≤ H·h for 0 ≤ h ≤ H.
                    self.norm[size] += if squared { high.max(-low) } else { 1.0 };
                }
                // On [l, u] g² ≤ (l + u)·g − l·u.
                _ if squared => {
                    axpy(&mut self.norm, low + high, &gradient);
                    let constant = self.norm.len() - 1;
                    self.norm[constant] -= low * high;
                    self.row(j, Kind::Plus, &negative, -low);
                    self.row(j, Kind::Minus, &gradient, high);
                }
                (Choice::On, _) => {
                    axpy(&mut self.norm, 1.0, &gradient);
                    self.row(j, Kind::Plus, &negative, -low);
                }
                _ => {
                    axpy(&mut self.norm, 1.0, &negative);
                    self.row(j, Kind::Minus, &gradient, high);
                }
            }
        }
    }
}
