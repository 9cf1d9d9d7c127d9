//! The rows: forwards through the pre-activations, backwards through the derivatives, and the norm.

use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;

use super::super::facts::{Choice, Interval};
use super::super::{Kind, Label, Norm};
use super::{Form, Role, System};

/// The places of the variables of a neuron (activation, state, flow) or of a sign (size, sign, none).
type Places = (Option<usize>, Option<usize>, Option<usize>);

impl System {
    fn variable(&mut self, role: Role) -> Option<usize> {
        self.roles.push(role);
        Some(self.roles.len() - 1)
    }

    /// The variables.
    pub(super) fn place(&mut self, phi: &Network, offsets: &[usize]) -> Vec<Places> {
        let last = phi.depth().checked_sub(2).map_or(0, |l| offsets[l]);
        (0..self.facts.z.len())
            .map(|n| {
                if self.facts.states[n] != Choice::Open {
                    return (None, None, None);
                }
                let activation = (n < last)
                    .then(|| self.variable(Role::Activation(n)))
                    .flatten();
                let state = self.variable(Role::State(n));
                let flow = (!self.facts.outer[n].is_point())
                    .then(|| self.variable(Role::Flow(n)))
                    .flatten();
                (activation, state, flow)
            })
            .collect()
    }

    /// The row form ≤ right.
    fn row(&mut self, owner: usize, kind: Kind, form: Form, right: &Rational) {
        let right = right - &form.constant;
        let terms = form
            .terms
            .into_iter()
            .filter(|(_, value)| !value.is_zero())
            .collect();
        let set = 0;
        self.rows.insert(Label { owner, kind, set }, (terms, right));
    }

    /// Pre-activations from the input on, with the rows that tie activations to them.
    pub(super) fn forwards(&mut self, phi: &Network, offsets: &[usize], places: &[Places]) {
        let (zero, one, minus) = (Rational::zero(), Rational::one(), Rational::from(-1));
        let mut y: Vec<Form> = (0..phi.indim()).map(Form::variable).collect();
        for (l, layer) in phi.layers()[..phi.depth() - 1].iter().enumerate() {
            let mut next = Vec::with_capacity(layer.rows());
            for (i, &(activation, state, _)) in
                places[offsets[l]..offsets[l + 1]].iter().enumerate()
            {
                let n = offsets[l] + i;
                let z = combination(layer, i, &y);
                let Interval { low, high } = self.facts.z[n].clone();
                let mut negative = Form::constant(zero.clone());
                negative.add_multiple(&minus, &z);
                next.push(match (self.facts.states[n], state) {
                    (Choice::Open, Some(state)) => {
                        // −z − l·t ≤ −l, and z − u·t ≤ 0.
                        let mut on = negative.clone();
                        on.add(&-&low, state);
                        let mut off = z.clone();
                        if let Some(activation) = activation {
                            // z − y ≤ 0; y − u·t ≤ 0; y − z − l·t ≤ −l.
                            let mut above = z.clone();
                            above.add(&minus, activation);
                            self.row(n, Kind::Above, above, &zero);
                            off = Form::variable(activation);
                            on.add(&one, activation);
                        }
                        off.add(&-&high, state);
                        self.row(n, Kind::Off, off, &zero);
                        self.row(n, Kind::On, on, &-&low);
                        activation.map_or(Form::constant(zero.clone()), Form::variable)
                    }
                    (Choice::On, _) => {
                        self.row(n, Kind::On, negative, &-&low);
                        z.clone()
                    }
                    _ => {
                        self.row(n, Kind::Off, z.clone(), &high);
                        Form::constant(zero.clone())
                    }
                });
                self.z.push(z);
            }
            y = next;
        }
    }

    /// Derivatives from the output back, with the rows that tie flows to them.
    pub(super) fn backwards(&mut self, phi: &Network, offsets: &[usize], places: &[Places]) {
        let zero = Rational::zero();
        self.outer = vec![Form::constant(zero.clone()); self.z.len()];
        self.flows = self.outer.clone();
        let mut flows = vec![Form::constant(Rational::one())];
        for (l, layer) in phi.layers().iter().enumerate().rev() {
            let mut back = vec![Form::constant(zero.clone()); layer.cols()];
            for (i, flow) in flows.iter().enumerate() {
                for (k, weight) in layer.entries(i) {
                    back[k].add_multiple(weight, flow);
                }
            }
            if l == 0 {
                self.gradient = back;
                return;
            }
            flows = Vec::with_capacity(back.len());
            for (k, outer) in back.into_iter().enumerate() {
                let n = offsets[l - 1] + k;
                flows.push(match (self.facts.states[n], places[n]) {
                    (Choice::Open, (_, Some(state), Some(flow))) => {
                        self.products(n, &outer, state, flow);
                        self.factors.insert(n, (state, flow));
                        Form::variable(flow)
                    }
                    (Choice::Open, (_, Some(state), None)) => {
                        let mut form = Form::constant(zero.clone());
                        form.add(&self.facts.outer[n].low, state);
                        form
                    }
                    (Choice::On, _) => outer.clone(),
                    _ => Form::constant(zero.clone()),
                });
                self.outer[n] = outer;
                self.flows[n].clone_from(&flows[k]);
            }
        }
    }

    /// The four rows that say p = t·v for t ∈ {0, 1} and v ∈ [L, U].
    fn products(&mut self, n: usize, outer: &Form, state: usize, flow: usize) {
        let (zero, one, minus) = (Rational::zero(), Rational::one(), Rational::from(-1));
        let Interval { low, high } = self.facts.outer[n].clone();
        let mut row = Form::variable(flow);
        row.add(&-&high, state);
        self.row(n, Kind::FlowHigh, row, &zero);
        let mut row = Form::constant(zero.clone());
        row.add(&minus, flow);
        row.add(&low, state);
        self.row(n, Kind::FlowLow, row, &zero);
        let mut row = Form::variable(flow);
        row.add_multiple(&minus, outer);
        row.add(&-&low, state);
        self.row(n, Kind::PassHigh, row, &-&low);
        let mut row = outer.clone();
        row.add(&-&one, flow);
        row.add(&high, state);
        self.row(n, Kind::PassLow, row, &high);
    }

    /// The norm, or a linear function that is nowhere below it.
    pub(super) fn measure(&mut self, norm: Norm) {
        let one = Rational::one();
        for j in 0..self.gradient.len() {
            let Interval { low, high } = self.facts.gradient[j].clone();
            let gradient = self.gradient[j].clone();
            let mut negative = Form::constant(Rational::zero());
            negative.add_multiple(&-&one, &gradient);
            if norm == Norm::LInfinity {
                continue;
            }
            let squared = norm == Norm::L2Squared;
            match self.facts.signs[j] {
                Choice::Open => {
                    let size = self.roles.len();
                    self.roles.extend([Role::Size(j), Role::Sign(j)]);
                    let twice = |value: &Rational| value + value;
                    let mut plus = negative;
                    plus.add(&one, size);
                    plus.add(&-&twice(&low), size + 1);
                    self.row(j, Kind::Plus, plus, &-&twice(&low));
                    let mut minus = gradient;
                    minus.add(&one, size);
                    minus.add(&-&twice(&high), size + 1);
                    self.row(j, Kind::Minus, minus, &Rational::zero());
                    // h² ≤ H·h for 0 ≤ h ≤ H.
                    let factor = if squared {
                        low.abs().max(high)
                    } else {
                        one.clone()
                    };
                    self.norm.add(&factor, size);
                }
                // On [l, u] g² ≤ (l + u)·g − l·u.
                _ if squared => {
                    self.norm.add_multiple(&(&low + &high), &gradient);
                    self.norm.constant = &self.norm.constant - &(&low * &high);
                    self.row(j, Kind::Plus, negative, &-&low);
                    self.row(j, Kind::Minus, gradient, &high);
                }
                Choice::On => {
                    self.norm.add_multiple(&one, &gradient);
                    self.row(j, Kind::Plus, negative, &-&low);
                }
                Choice::Off => {
                    self.norm.add_multiple(&-&one, &gradient);
                    self.row(j, Kind::Minus, gradient, &high);
                }
            }
        }
    }
}

/// Row i of the layer, applied to forms.
fn combination(layer: &Layer, i: usize, y: &[Form]) -> Form {
    let mut z = Form::constant(layer.bias(i).clone());
    for (k, weight) in layer.entries(i) {
        z.add_multiple(weight, &y[k]);
    }
    z
}
