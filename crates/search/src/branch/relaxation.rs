//! The linear relaxation of the certificate checker, in floats: the same variables, rows and ranges.

mod build;
mod dual;
mod sums;

use kernel::certificate::branch::{Kind, Label, Norm, Quantity};

use relu_core::number::rational::Rational;

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
    /// A bound of a coordinate of the gradient that the frame does not know: whether it is an upper one, and its value.
    pub(super) slope: Option<(usize, bool, Rational)>,
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
    flows: Vec<Form>,
    /// For neurons whose state and flow are variables: what the neurons of the next layer add to the derivative.
    shares: Vec<Vec<Share>>,
    gradient: Vec<Form>,
    norm: Form,
}

/// weight·p for the flow p of a neuron, with its range.
struct Share {
    neuron: usize,
    weight: f64,
    low: f64,
    high: f64,
}

/// A row: one that was built, by index, or one of the many for sums.
#[derive(Clone, Copy, Debug)]
pub(super) enum Name {
    Built(usize),
    Sum(Label),
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
                (question.norm != Norm::LInfinity && facts.signs[j] == Choice::Open)
                    .then(|| [add(Role::Size(j)), add(Role::Sign(j))])
            })
            .collect();
        let zero = vec![0.0; roles.len() + 1];
        let mut relaxation = Self {
            root: Choices {
                states: facts.states.clone(),
                signs: facts.signs.clone(),
                peak,
                slope: None,
            },
            domain: question.domain.clone(),
            rows: Vec::new(),
            labels: Vec::new(),
            z: Vec::with_capacity(facts.z.len()),
            outer: vec![zero.clone(); facts.z.len()],
            flows: vec![zero.clone(); facts.z.len()],
            shares: facts.z.iter().map(|_| Vec::new()).collect(),
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

    /// The gradient at values of the variables, with what the secants of the squares add to Σ∂_j² there.
    pub(super) fn losses(&self, x: &[f64]) -> Vec<(f64, f64)> {
        let coordinates = self.gradient.iter().zip(&self.facts.gradient);
        coordinates
            .zip(&self.signs)
            .map(|((form, &(low, high)), sign)| {
                let g = sums::value(form, x).clamp(low, high);
                let loss = match sign {
                    Some([size, _]) => high.max(-low) * x[*size] - g * g,
                    None => (high - g) * (g - low),
                };
                (g, loss)
            })
            .collect()
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
                    Kind::SumHigh | Kind::SumLow => false,
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
