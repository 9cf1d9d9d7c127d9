//! The linear relaxation at a frame.
//!
//! Variables: the input x; for every open neuron its activation y, state t ∈ [0, 1] and flow p; for every open sign (not for ℓ∞) the size
//! h ≥ |∂_j| and s ∈ [0, 1]. Activations are functions of x forwards, derivatives of p backwards:
//!
//! z_l = W_l·y_{l−1} + b_l, v_l = W_{l+1}ᵀ·p_{l+1}, ∇ = W₁ᵀ·p₁,
//!
//! where a neuron that is on has y = z and p = v, and one that is off has y = p = 0. The rows of [`Kind`](super::Kind) hold for every cell at any
//! of its points x, with t the pattern of the cell: for t ∈ {0, 1} they say y = t·z, p = t·v, sgn z = t. The last hidden
//! layer needs no y, and a constant v needs no p. The rows of [`Kind::SumHigh`] and [`Kind::SumLow`] are too many to be listed, one for every
//! set of neurons of the next layer; they are built when a certificate names them.

mod build;
mod sums;

use std::borrow::Cow;
use std::collections::BTreeMap;

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::facts::{Choice, Facts, Interval, offsets};
use super::{Label, Multipliers, Norm, Quantity, Ranges};

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

/// Σ a·variable ≤ right.
type Row = (Vec<(usize, Rational)>, Rational);

/// The relaxation: rows Σ a·variable ≤ right, with the facts it is built from.
pub(super) struct System {
    facts: Facts,
    domain: Vec<(Rational, Rational)>,
    roles: Vec<Role>,
    rows: BTreeMap<Label, Row>,
    /// The state and the flow of neurons where both are variables.
    factors: BTreeMap<usize, (usize, usize)>,
    z: Vec<Form>,
    outer: Vec<Form>,
    flows: Vec<Form>,
    gradient: Vec<Form>,
    norm: Form,
}

impl System {
    /// The relaxation for these facts.
    pub(super) fn new(phi: &Network, domain: &Ranges, norm: Norm, facts: Facts) -> Self {
        let mut system = Self {
            roles: (0..phi.indim()).map(Role::Input).collect(),
            domain: domain.to_vec(),
            rows: BTreeMap::new(),
            factors: BTreeMap::new(),
            z: Vec::new(),
            outer: Vec::new(),
            flows: Vec::new(),
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
        phi: &Network,
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
            let row = match label.kind.has_set() {
                true => self.sum_row(phi, label).map(Cow::Owned),
                false => self.rows.get(label).map(Cow::Borrowed),
            };
            let row = row.ok_or_else(|| {
                format!("expected a row of the relaxation, got one that is not in it: {label}")
            })?;
            let (terms, right) = &*row;
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
