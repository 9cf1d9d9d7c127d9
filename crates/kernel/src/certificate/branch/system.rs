//! The linear relaxation at a frame.
//!
//! Variables: the input x; for every open neuron its activation y, state t ∈ [0, 1] and flow p; for every open sign (ℓ1 only) the size
//! h ≥ |∂_j| and s ∈ [0, 1]. Activations are functions of x forwards, derivatives of p backwards:
//!
//! z_l = W_l·y_{l−1} + b_l, v_l = W_{l+1}ᵀ·p_{l+1}, ∇ = W₁ᵀ·p₁,
//!
//! where a neuron that is on has y = z and p = v, and one that is off has y = p = 0. The rows of [`Kind`] hold for every cell at any
//! of its points x, with t the pattern of the cell: for t ∈ {0, 1} they say y = t·z, p = t·v, sgn z = t. The last hidden
//! layer needs no y, and a constant v needs no p.

use std::collections::BTreeMap;

use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;

use super::facts::{Choice, Facts, Interval, offsets};
use super::{Kind, Label, Multipliers, Norm, Quantity, Ranges};

/// c + Σ a_i·variable_i.
#[derive(Clone, Debug)]
struct Form {
    constant: Rational,
    terms: BTreeMap<usize, Rational>,
}

impl Form {
    fn constant(constant: Rational) -> Self {
        Self {
            constant,
            terms: BTreeMap::new(),
        }
    }

    fn variable(index: usize) -> Self {
        Self {
            constant: Rational::zero(),
            terms: BTreeMap::from([(index, Rational::one())]),
        }
    }

    fn add(&mut self, factor: &Rational, index: usize) {
        self.terms
            .entry(index)
            .or_insert_with(Rational::zero)
            .add_product(factor, &Rational::one());
    }

    fn add_multiple(&mut self, factor: &Rational, other: &Self) {
        self.constant.add_product(factor, &other.constant);
        for (index, value) in &other.terms {
            self.terms
                .entry(*index)
                .or_insert_with(Rational::zero)
                .add_product(factor, value);
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Input(usize),
    Activation(usize),
    State(usize),
    Flow(usize),
    Size(usize),
    Sign(usize),
}

/// Which maximum is bounded.
pub(super) enum Objective {
    /// The norm.
    Norm,
    /// ∂_j, or −∂_j.
    Peak(usize, bool),
    /// A quantity, or its negative.
    Quantity(Quantity, bool),
    /// Nothing: a bound below zero is a contradiction.
    Nothing,
}

/// The relaxation: rows Σ a·variable ≤ right, with the facts it is built from.
pub(super) struct System {
    facts: Facts,
    domain: Vec<(Rational, Rational)>,
    roles: Vec<Role>,
    rows: BTreeMap<Label, (Vec<(usize, Rational)>, Rational)>,
    z: Vec<Form>,
    outer: Vec<Form>,
    gradient: Vec<Form>,
    norm: Form,
}

/// The places of the variables of a neuron (activation, state, flow) or of a sign (size, sign, none).
type Places = (Option<usize>, Option<usize>, Option<usize>);

impl System {
    /// The relaxation for these facts.
    pub(super) fn new(phi: &Network, domain: &Ranges, norm: Norm, facts: Facts) -> Self {
        let mut system = Self {
            roles: (0..phi.indim()).map(Role::Input).collect(),
            domain: domain.to_vec(),
            rows: BTreeMap::new(),
            z: Vec::new(),
            outer: Vec::new(),
            gradient: Vec::new(),
            norm: Form::constant(Rational::zero()),
            facts,
        };
        let offsets = offsets(phi);
        let places = system.place(phi, &offsets);
        system.forwards(phi, &offsets, &places);
        system.backwards(phi, &offsets, &places);
        system.measure(norm);
        system
    }

    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    fn variable(&mut self, role: Role) -> Option<usize> {
        self.roles.push(role);
        Some(self.roles.len() - 1)
    }

    fn place(&mut self, phi: &Network, offsets: &[usize]) -> Vec<Places> {
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
        self.rows.insert(Label { owner, kind }, (terms, right));
    }

    fn forwards(&mut self, phi: &Network, offsets: &[usize], places: &[Places]) {
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

    fn backwards(&mut self, phi: &Network, offsets: &[usize], places: &[Places]) {
        let zero = Rational::zero();
        self.outer = vec![Form::constant(zero.clone()); self.z.len()];
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
    fn measure(&mut self, norm: Norm) {
        let one = Rational::one();
        for j in 0..self.gradient.len() {
            let Interval { low, high } = self.facts.gradient[j].clone();
            let gradient = self.gradient[j].clone();
            let mut negative = Form::constant(Rational::zero());
            negative.add_multiple(&-&one, &gradient);
            match norm {
                Norm::LInfinity => {}
                // On [l, u] g² ≤ (l + u)·g − l·u.
                Norm::L2Squared => {
                    self.norm.add_multiple(&(&low + &high), &gradient);
                    self.norm.constant = &self.norm.constant - &(&low * &high);
                }
                Norm::L1 => match self.facts.signs[j] {
                    Choice::On => {
                        self.norm.add_multiple(&one, &gradient);
                        self.row(j, Kind::Plus, negative, &-&low);
                    }
                    Choice::Off => {
                        self.norm.add_multiple(&-&one, &gradient);
                        self.row(j, Kind::Minus, gradient, &high);
                    }
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
                        self.norm.add(&one, size);
                    }
                },
            }
        }
    }

    /// The range of a variable under the choices of a node.
    fn range(&self, role: Role, states: &[Choice], signs: &[Choice]) -> (Rational, Rational) {
        let (zero, one) = (Rational::zero(), Rational::one());
        let switch = |choice| match choice {
            Choice::Open => (Rational::zero(), Rational::one()),
            Choice::On => (Rational::one(), Rational::one()),
            Choice::Off => (Rational::zero(), Rational::zero()),
        };
        match role {
            Role::Input(j) => self.domain[j].clone(),
            Role::State(n) => switch(states[n]),
            Role::Sign(j) => switch(signs[j]),
            Role::Activation(n) => match states[n] {
                Choice::Off => (zero.clone(), zero),
                _ => (zero, self.facts.z[n].high.clone()),
            },
            Role::Flow(n) => {
                let Interval { low, high } = self.facts.outer[n].clone();
                match states[n] {
                    Choice::Open => (low.min(zero.clone()), high.max(zero)),
                    Choice::On => (low, high),
                    Choice::Off => (zero.clone(), zero),
                }
            }
            Role::Size(j) => {
                let Interval { low, high } = &self.facts.gradient[j];
                let size = match signs[j] {
                    Choice::Open => low.abs().max(high.abs()),
                    Choice::On => high.clone(),
                    Choice::Off => -low,
                };
                (zero, &size * &one)
            }
        }
    }

    /// max of objective + Σ λ·(right − row) over the ranges of the variables: an upper bound of the objective at the node.
    ///
    /// Errors: a row that is not in the relaxation, or a multiplier that is no number.
    pub(super) fn bound(
        &self,
        objective: &Objective,
        multipliers: &Multipliers,
        states: &[Choice],
        signs: &[Choice],
    ) -> Result<Rational, String> {
        let minus = Rational::from(-1);
        let (form, factor) = match objective {
            Objective::Norm => (Some(&self.norm), Rational::one()),
            Objective::Peak(j, true) => (Some(&self.gradient[*j]), Rational::one()),
            Objective::Peak(j, false) => (Some(&self.gradient[*j]), minus),
            Objective::Quantity(quantity, upper) => {
                let form = match *quantity {
                    Quantity::Preactivation(n) => self.z.get(n),
                    Quantity::Outer(n) => self.outer.get(n),
                    Quantity::Gradient(j) => self.gradient.get(j),
                };
                let form = form.ok_or("expected a lemma about a neuron or coordinate there is")?;
                (Some(form), if *upper { Rational::one() } else { minus })
            }
            Objective::Nothing => (None, Rational::one()),
        };
        let mut rest = vec![Rational::zero(); self.roles.len()];
        let mut bound = Rational::zero();
        if let Some(form) = form {
            bound.add_product(&factor, &form.constant);
            for (index, value) in &form.terms {
                rest[*index].add_product(&factor, value);
            }
        }
        for (label, numerator) in &multipliers.entries {
            let (terms, right) = self.rows.get(label).ok_or_else(|| {
                format!("expected a row of the relaxation, got one that is not in it: {label}")
            })?;
            let multiplier = multipliers
                .value(*numerator)
                .ok_or("expected multipliers below 2^63 over at most 2^62")?;
            bound.add_product(&multiplier, right);
            let negative = -multiplier;
            for (index, value) in terms {
                rest[*index].add_product(&negative, value);
            }
        }
        for (value, role) in rest.iter().zip(&self.roles) {
            if !value.is_zero() {
                let (low, high) = self.range(*role, states, signs);
                bound.add_product(
                    value,
                    if *value > Rational::zero() {
                        &high
                    } else {
                        &low
                    },
                );
            }
        }
        Ok(bound)
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
