//! Enclosures of pre-activations and derivatives under choices, in floats (to propose) or rationals (to decide ties).

use kernel::certificate::branch::{Norm, Quantity};
use relu_core::network::Network;
use relu_core::number::rational::Rational;

use crate::shadow::shade_of;

/// What interval arithmetic needs of a number.
pub(super) trait Number: Clone + PartialOrd {
    fn from_rational(value: &Rational) -> Self;
    fn zero() -> Self;
    fn one() -> Self;
    /// self += a·b.
    fn add_product(&mut self, a: &Self, b: &Self);
    fn negative(&self) -> Self;
}

impl Number for f64 {
    fn from_rational(value: &Rational) -> Self {
        shade_of(value)
    }
    fn zero() -> Self {
        0.0
    }
    fn one() -> Self {
        1.0
    }
    fn add_product(&mut self, a: &Self, b: &Self) {
        *self += a * b;
    }
    fn negative(&self) -> Self {
        -self
    }
}

impl Number for Rational {
    fn from_rational(value: &Rational) -> Self {
        value.clone()
    }
    fn zero() -> Self {
        Self::zero()
    }
    fn one() -> Self {
        Self::one()
    }
    fn add_product(&mut self, a: &Self, b: &Self) {
        self.add_product(a, b);
    }
    fn negative(&self) -> Self {
        -self
    }
}

/// A layer as dense rows.
#[derive(Clone, Debug)]
pub(super) struct DenseLayer<T> {
    pub(super) weights: Vec<Vec<T>>,
    pub(super) bias: Vec<T>,
}

/// A network and a box in one kind of number.
#[derive(Clone, Debug)]
pub(super) struct Question<T> {
    pub(super) layers: Vec<DenseLayer<T>>,
    pub(super) domain: Vec<(T, T)>,
    /// The first hidden neuron of every layer, and their number at the end.
    pub(super) offsets: Vec<usize>,
    pub(super) norm: Norm,
}

impl<T: Number> Question<T> {
    pub(super) fn new(phi: &Network, domain: &[(Rational, Rational)], norm: Norm) -> Self {
        let layers: Vec<DenseLayer<T>> = phi
            .layers()
            .iter()
            .map(|layer| DenseLayer {
                weights: (0..layer.rows())
                    .map(|i| {
                        let mut row = vec![T::zero(); layer.cols()];
                        for (j, value) in layer.entries(i) {
                            row[j] = T::from_rational(value);
                        }
                        row
                    })
                    .collect(),
                bias: layer.biases().iter().map(T::from_rational).collect(),
            })
            .collect();
        let mut offsets = vec![0];
        for layer in &layers[..layers.len() - 1] {
            offsets.push(offsets[offsets.len() - 1] + layer.bias.len());
        }
        Self {
            layers,
            domain: domain
                .iter()
                .map(|(low, high)| (T::from_rational(low), T::from_rational(high)))
                .collect(),
            offsets,
            norm,
        }
    }

    pub(super) fn indim(&self) -> usize {
        self.domain.len()
    }

    /// The number of hidden neurons.
    pub(super) fn neurons(&self) -> usize {
        self.offsets[self.offsets.len() - 1]
    }
}

/// Whether a binary choice is made: the state of a neuron or the sign of a coordinate of the gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Choice {
    Open,
    On,
    Off,
}

/// Enclosures (low, high) and choices; neurons are counted layer by layer.
#[derive(Clone, Debug)]
pub(super) struct Facts<T> {
    pub(super) z: Vec<(T, T)>,
    pub(super) outer: Vec<(T, T)>,
    pub(super) gradient: Vec<(T, T)>,
    pub(super) states: Vec<Choice>,
    pub(super) signs: Vec<Choice>,
}

fn add_multiple<T: Number>(sum: &mut (T, T), factor: &T, value: &(T, T)) {
    if *factor > T::zero() {
        sum.0.add_product(factor, &value.0);
        sum.1.add_product(factor, &value.1);
    } else if *factor < T::zero() {
        sum.0.add_product(factor, &value.1);
        sum.1.add_product(factor, &value.0);
    }
}

fn largest<T: Number>(a: T, b: &T) -> T {
    if a < *b { b.clone() } else { a }
}

fn smallest<T: Number>(a: T, b: &T) -> T {
    if a > *b { b.clone() } else { a }
}

fn narrow<T: Number>(choice: Choice, value: &mut (T, T)) {
    match choice {
        Choice::Open => {}
        Choice::On => value.0 = largest(value.0.clone(), &T::zero()),
        Choice::Off => value.1 = smallest(value.1.clone(), &T::zero()),
    }
}

impl<T: Number> Facts<T> {
    /// What interval arithmetic knows about the whole box.
    pub(super) fn at_the_root(question: &Question<T>) -> Self {
        let unknown = (T::zero(), T::zero());
        let mut facts = Self {
            z: vec![unknown.clone(); question.neurons()],
            outer: vec![unknown.clone(); question.neurons()],
            gradient: vec![unknown; question.indim()],
            states: vec![Choice::Open; question.neurons()],
            signs: vec![Choice::Open; question.indim()],
        };
        facts.pass(question, false);
        facts
    }

    /// Narrows all enclosures and decides what they decide; false iff one is empty.
    pub(super) fn propagate(&mut self, question: &Question<T>) -> bool {
        self.pass(question, true)
    }

    fn pass(&mut self, question: &Question<T>, intersect: bool) -> bool {
        let hidden = question.layers.len() - 1;
        let mut y = question.domain.clone();
        for (l, layer) in question.layers[..hidden].iter().enumerate() {
            let mut next = Vec::with_capacity(layer.bias.len());
            for (i, (row, bias)) in layer.weights.iter().zip(&layer.bias).enumerate() {
                let n = question.offsets[l] + i;
                let mut z = (bias.clone(), bias.clone());
                for (weight, y) in row.iter().zip(&y) {
                    add_multiple(&mut z, weight, y);
                }
                if intersect {
                    z.0 = largest(z.0, &self.z[n].0);
                    z.1 = smallest(z.1, &self.z[n].1);
                }
                narrow(self.states[n], &mut z);
                if z.0 > z.1 {
                    return false;
                }
                if self.states[n] == Choice::Open {
                    if z.1 <= T::zero() {
                        self.states[n] = Choice::Off;
                    } else if z.0 >= T::zero() {
                        self.states[n] = Choice::On;
                    }
                }
                next.push(match self.states[n] {
                    Choice::Off => (T::zero(), T::zero()),
                    _ => (
                        largest(z.0.clone(), &T::zero()),
                        largest(z.1.clone(), &T::zero()),
                    ),
                });
                self.z[n] = z;
            }
            y = next;
        }
        self.backwards(question, intersect)
    }

    fn backwards(&mut self, question: &Question<T>, intersect: bool) -> bool {
        let mut flows = vec![(T::one(), T::one())];
        for (l, layer) in question.layers.iter().enumerate().rev() {
            let columns = layer.weights[0].len();
            let mut back = vec![(T::zero(), T::zero()); columns];
            for (row, flow) in layer.weights.iter().zip(&flows) {
                for (sum, weight) in back.iter_mut().zip(row) {
                    add_multiple(sum, weight, flow);
                }
            }
            let start = if l == 0 { 0 } else { question.offsets[l - 1] };
            for (k, value) in back.iter_mut().enumerate() {
                let known = match l {
                    0 => &mut self.gradient[k],
                    _ => &mut self.outer[start + k],
                };
                if intersect {
                    value.0 = largest(value.0.clone(), &known.0);
                    value.1 = smallest(value.1.clone(), &known.1);
                }
                if l == 0 {
                    narrow(self.signs[k], value);
                    if self.signs[k] == Choice::Open {
                        if value.0 >= T::zero() {
                            self.signs[k] = Choice::On;
                        } else if value.1 <= T::zero() {
                            self.signs[k] = Choice::Off;
                        }
                    }
                }
                if value.0 > value.1 {
                    return false;
                }
                *known = value.clone();
            }
            flows = back;
            if l > 0 {
                for (flow, state) in flows.iter_mut().zip(&self.states[start..]) {
                    match state {
                        Choice::On => {}
                        Choice::Off => *flow = (T::zero(), T::zero()),
                        Choice::Open => {
                            flow.0 = smallest(flow.0.clone(), &T::zero());
                            flow.1 = largest(flow.1.clone(), &T::zero());
                        }
                    }
                }
            }
        }
        true
    }

    /// Replaces one end of an enclosure by a narrower one.
    pub(super) fn narrow(&mut self, quantity: Quantity, upper: bool, value: &T) {
        let range = match quantity {
            Quantity::Preactivation(n) => &mut self.z[n],
            Quantity::Outer(n) => &mut self.outer[n],
            Quantity::Gradient(j) => &mut self.gradient[j],
        };
        match upper {
            true => range.1 = smallest(range.1.clone(), value),
            false => range.0 = largest(range.0.clone(), value),
        }
    }

    /// An upper bound of the norm; with `peak` the norm is known to be ∂_j or −∂_j.
    pub(super) fn norm_bound(&self, norm: Norm, peak: Option<(usize, bool)>) -> T {
        if let Some((j, positive)) = peak {
            return match positive {
                true => self.gradient[j].1.clone(),
                false => self.gradient[j].0.negative(),
            };
        }
        let mut bound = T::zero();
        for (low, high) in &self.gradient {
            let size = largest(high.clone(), &low.negative());
            match norm {
                Norm::L1 => bound.add_product(&T::one(), &size),
                Norm::L2Squared => bound.add_product(&size, &size),
                Norm::LInfinity => bound = largest(bound, &size),
            }
        }
        bound
    }
}
