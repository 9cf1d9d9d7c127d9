//! The linear relaxation of the certificate checker, in floats: the same variables, rows and ranges.

use kernel::certificate::branch::{Kind, Label, Multipliers, Norm, Quantity};

use super::facts::{Choice, Facts, Question};
use super::simplex::{Row, Tableau};

/// c + Σ a_i·variable_i, the constant last.
type Form = Vec<f64>;

/// What a variable stands for.
#[derive(Clone, Copy, Debug)]
enum Role {
    Input(usize),
    Activation(usize),
    State(usize),
    Flow(usize),
    Size(usize),
    Sign(usize),
}

/// The choices of a node below a frame.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    pub(super) states: Vec<Choice>,
    pub(super) signs: Vec<Choice>,
    /// For ℓ∞: the coordinate and sign that is largest.
    pub(super) peak: Option<(usize, bool)>,
}

/// Rows, variables and objectives at a frame.
pub(super) struct Relaxation {
    pub(super) facts: Facts<f64>,
    pub(super) root: Choices,
    domain: Vec<(f64, f64)>,
    roles: Vec<Role>,
    rows: Vec<Row>,
    labels: Vec<Label>,
    /// The variables of every neuron: activation, state, flow.
    neurons: Vec<[Option<usize>; 3]>,
    /// The variables of every sign: size, sign.
    signs: Vec<Option<[usize; 2]>>,
    z: Vec<Form>,
    outer: Vec<Form>,
    gradient: Vec<Form>,
    norm: Form,
}

/// Bounds are reported a little too large, so that rounding does not make them false.
pub(super) const SAFETY: f64 = 1e-11;

fn axpy(sum: &mut [f64], factor: f64, other: &[f64]) {
    for (sum, value) in sum.iter_mut().zip(other) {
        *sum += factor * value;
    }
}

impl Relaxation {
    pub(super) fn new(
        question: &Question<f64>,
        facts: Facts<f64>,
        peak: Option<(usize, bool)>,
    ) -> Self {
        let d = question.indim();
        let mut roles: Vec<Role> = (0..d).map(Role::Input).collect();
        let mut add = |role| {
            roles.push(role);
            roles.len() - 1
        };
        let last = match question.layers.len() {
            1 => 0,
            depth => question.offsets[depth - 2],
        };
        let neurons: Vec<[Option<usize>; 3]> = (0..facts.z.len())
            .map(|n| {
                if facts.states[n] != Choice::Open {
                    return [None; 3];
                }
                let varies = facts.outer[n].0 < facts.outer[n].1;
                [
                    (n < last).then(|| add(Role::Activation(n))),
                    Some(add(Role::State(n))),
                    varies.then(|| add(Role::Flow(n))),
                ]
            })
            .collect();
        let signs = (0..d)
            .map(|j| {
                (question.norm == Norm::L1 && facts.signs[j] == Choice::Open)
                    .then(|| [add(Role::Size(j)), add(Role::Sign(j))])
            })
            .collect();
        let zero = vec![0.0; roles.len() + 1];
        let mut relaxation = Self {
            root: Choices {
                states: facts.states.clone(),
                signs: facts.signs.clone(),
                peak,
            },
            domain: question.domain.clone(),
            rows: Vec::new(),
            labels: Vec::new(),
            z: Vec::with_capacity(facts.z.len()),
            outer: vec![zero.clone(); facts.z.len()],
            gradient: Vec::new(),
            norm: zero,
            facts,
            roles,
            neurons,
            signs,
        };
        relaxation.forwards(question);
        relaxation.backwards(question);
        relaxation.measure(question.norm);
        relaxation
    }

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
        self.labels.push(Label { owner, kind });
    }

    fn forwards(&mut self, question: &Question<f64>) {
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

    fn backwards(&mut self, question: &Question<f64>) {
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

    fn measure(&mut self, norm: Norm) {
        for j in 0..self.gradient.len() {
            let (low, high) = self.facts.gradient[j];
            let gradient = self.gradient[j].clone();
            let negative: Form = gradient.iter().map(|a| -a).collect();
            match (norm, self.facts.signs[j], self.signs[j]) {
                (Norm::LInfinity, ..) => {}
                (Norm::L2Squared, ..) => {
                    axpy(&mut self.norm, low + high, &gradient);
                    let constant = self.norm.len() - 1;
                    self.norm[constant] -= low * high;
                }
                (Norm::L1, Choice::Open, Some([size, sign])) => {
                    let (mut plus, mut minus) = (negative, gradient);
                    plus[size] += 1.0;
                    plus[sign] -= 2.0 * low;
                    self.row(j, Kind::Plus, &plus, -2.0 * low);
                    minus[size] += 1.0;
                    minus[sign] -= 2.0 * high;
                    self.row(j, Kind::Minus, &minus, 0.0);
                    self.norm[size] += 1.0;
                }
                (Norm::L1, Choice::On, _) => {
                    axpy(&mut self.norm, 1.0, &gradient);
                    self.row(j, Kind::Plus, &negative, -low);
                }
                (Norm::L1, ..) => {
                    axpy(&mut self.norm, 1.0, &negative);
                    self.row(j, Kind::Minus, &gradient, high);
                }
            }
        }
    }

    /// The objective at a node: the norm, or the coordinate that is its peak; `None` for ℓ∞ before the peak is chosen.
    pub(super) fn objective(&self, norm: Norm) -> Option<Form> {
        match self.root.peak {
            Some((j, positive)) => Some(signed(&self.gradient[j], positive)),
            None => (norm != Norm::LInfinity).then(|| self.norm.clone()),
        }
    }

    /// The objective 0.
    pub(super) fn zero(&self) -> Form {
        vec![0.0; self.roles.len() + 1]
    }

    /// A quantity, or its negative.
    pub(super) fn quantity(&self, quantity: Quantity, upper: bool) -> Form {
        let form = match quantity {
            Quantity::Preactivation(n) => &self.z[n],
            Quantity::Outer(n) => &self.outer[n],
            Quantity::Gradient(j) => &self.gradient[j],
        };
        signed(form, upper)
    }

    /// The tableau that maximises an objective without choices.
    pub(super) fn tableau(&self, objective: &Form) -> Tableau {
        let ranges: Vec<(f64, f64)> = self
            .roles
            .iter()
            .map(|&role| self.range(role, &self.root))
            .collect();
        let n = self.roles.len();
        let low: Vec<f64> = ranges.iter().map(|range| range.0).collect();
        let high: Vec<f64> = ranges.iter().map(|range| range.1).collect();
        Tableau::new(&low, &high, &self.rows, &objective[..n], objective[n])
    }

    /// The variables that a choice about a neuron or a sign touches, with their ranges.
    pub(super) fn ranges_of(
        &self,
        binary: Binary,
        choices: &Choices,
    ) -> impl Iterator<Item = (usize, f64, f64)> {
        let variables = match binary {
            Binary::Neuron(n) => self.neurons[n],
            Binary::Sign(j) => match self.signs[j] {
                Some([size, sign]) => [Some(size), Some(sign), None],
                None => [None; 3],
            },
        };
        variables.into_iter().flatten().map(|variable| {
            let (low, high) = self.range(self.roles[variable], choices);
            (variable, low, high)
        })
    }

    /// The variable with values 0 and 1 that stands for a choice.
    pub(super) fn switch(&self, binary: Binary) -> Option<usize> {
        match binary {
            Binary::Neuron(n) => self.neurons[n][1],
            Binary::Sign(j) => self.signs[j].map(|variables| variables[1]),
        }
    }

    /// How much a choice may matter: the width of what it multiplies.
    pub(super) fn influence(&self, binary: Binary) -> f64 {
        match binary {
            Binary::Neuron(n) => {
                let (low, high) = self.facts.outer[n];
                let (bottom, top) = self.facts.z[n];
                (high - low + high.abs().max(low.abs())) * (top - bottom)
            }
            Binary::Sign(j) => self.facts.gradient[j].1 - self.facts.gradient[j].0,
        }
    }

    /// The rows that say nothing any more under the choices, since ranges say it.
    pub(super) fn redundant(&self, choices: &Choices) -> Vec<bool> {
        self.labels
            .iter()
            .map(|label| {
                let n = label.owner;
                match label.kind {
                    Kind::Plus | Kind::Minus => match (self.signs[n], choices.signs[n]) {
                        (None, _) | (_, Choice::Open) => false,
                        (_, Choice::On) => label.kind == Kind::Minus,
                        (_, Choice::Off) => label.kind == Kind::Plus,
                    },
                    kind if self.neurons[n][1].is_none() => !matches!(kind, Kind::On | Kind::Off),
                    kind => match (choices.states[n], self.neurons[n][0].is_some()) {
                        (Choice::Open, _) => false,
                        (Choice::On, true) => {
                            matches!(kind, Kind::Off | Kind::FlowHigh | Kind::FlowLow)
                        }
                        (Choice::On, false) => {
                            matches!(kind, Kind::Off | Kind::FlowHigh | Kind::FlowLow)
                        }
                        (Choice::Off, true) => kind != Kind::Above,
                        (Choice::Off, false) => kind != Kind::Off,
                    },
                }
            })
            .collect()
    }

    fn range(&self, role: Role, choices: &Choices) -> (f64, f64) {
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
    pub(super) fn bound(
        &self,
        objective: Option<&Form>,
        multipliers: &[(usize, f64)],
        choices: &Choices,
    ) -> f64 {
        let n = self.roles.len();
        let mut rest = match objective {
            Some(form) => form.clone(),
            None => vec![0.0; n + 1],
        };
        let mut size = rest[n].abs();
        for &(row, multiplier) in multipliers {
            let (terms, right) = &self.rows[row];
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
    pub(super) fn rounded(
        &self,
        objective: Option<&Form>,
        multipliers: &[(usize, f64)],
        choices: &Choices,
        limit: f64,
    ) -> Option<Multipliers> {
        if self.bound(objective, &[], choices) < limit {
            return Some(Multipliers::default());
        }
        for shift in [3_u32, 5, 7, 9, 11, 13, 16, 20, 24, 28, 34, 42, 50, 60] {
            let scale = f64::from(shift).exp2();
            let numbers: Vec<(usize, f64)> = multipliers
                .iter()
                .map(|&(row, value)| (row, (value * scale).round()))
                .filter(|&(_, value)| value > 0.0)
                .collect();
            if numbers.iter().any(|&(_, value)| value >= 9e18) {
                return None;
            }
            let values: Vec<(usize, f64)> = numbers
                .iter()
                .map(|&(row, value)| (row, value / scale))
                .collect();
            if self.bound(objective, &values, choices) < limit {
                return Some(Multipliers {
                    shift,
                    entries: numbers
                        .iter()
                        .map(|&(row, value)| (self.labels[row], value as u64))
                        .collect(),
                });
            }
        }
        None
    }
}

/// A choice that can be branched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binary {
    /// The state of a hidden neuron.
    Neuron(usize),
    /// The sign of a coordinate of the gradient.
    Sign(usize),
}

impl Choices {
    pub(super) fn with(&self, binary: Binary, choice: Choice) -> Self {
        let mut choices = self.clone();
        match binary {
            Binary::Neuron(n) => choices.states[n] = choice,
            Binary::Sign(j) => choices.signs[j] = choice,
        }
        choices
    }
}

fn signed(form: &Form, positive: bool) -> Form {
    match positive {
        true => form.clone(),
        false => form.iter().map(|a| -a).collect(),
    }
}
