//! What is known about the cells at a node: enclosures of pre-activations and derivatives, and which neurons are decided.

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::{Norm, Quantity, Ranges};

/// A closed interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) low: Rational,
    pub(super) high: Rational,
}

impl Interval {
    pub(super) fn point(value: Rational) -> Self {
        Self {
            low: value.clone(),
            high: value,
        }
    }

    pub(super) fn is_point(&self) -> bool {
        self.low == self.high
    }

    /// self += factor·other.
    fn add_multiple(&mut self, factor: &Rational, other: &Self) {
        let (low, high) = match *factor < Rational::zero() {
            true => (&other.high, &other.low),
            false => (&other.low, &other.high),
        };
        self.low.add_product(factor, low);
        self.high.add_product(factor, high);
    }

    fn clip_low(&mut self, low: &Rational) {
        if self.low < *low {
            self.low = low.clone();
        }
    }

    fn clip_high(&mut self, high: &Rational) {
        if self.high > *high {
            self.high = high.clone();
        }
    }

    /// max |x| over the interval.
    fn magnitude(&self) -> Rational {
        self.low.abs().max(self.high.abs())
    }
}

/// Whether a binary choice is made: the state of a neuron, or the sign of a coordinate of the gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Open,
    /// z ≥ 0, or ∂_j ≥ 0.
    On,
    /// z ≤ 0, or ∂_j ≤ 0.
    Off,
}

impl Choice {
    /// Narrows an interval to the side chosen.
    fn narrow(self, interval: &mut Interval) {
        match self {
            Self::Open => {}
            Self::On => interval.clip_low(&Rational::zero()),
            Self::Off => interval.clip_high(&Rational::zero()),
        }
    }
}

/// Enclosures and choices; neurons are counted layer by layer.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// z of every hidden neuron.
    pub(super) z: Vec<Interval>,
    /// The derivative of the output with respect to the activation of every hidden neuron.
    pub(super) outer: Vec<Interval>,
    /// The gradient.
    pub(super) gradient: Vec<Interval>,
    /// The state of every hidden neuron.
    pub(super) states: Vec<Choice>,
    /// The sign of every coordinate of the gradient.
    pub(super) signs: Vec<Choice>,
}

/// The first hidden neuron of every layer, and their number at the end.
pub(super) fn offsets(phi: &Network) -> Vec<usize> {
    let mut offsets = vec![0];
    for layer in &phi.layers()[..phi.depth() - 1] {
        offsets.push(offsets[offsets.len() - 1] + layer.rows());
    }
    offsets
}

impl Facts {
    /// What interval arithmetic knows about the whole box.
    pub(super) fn at_the_root(phi: &Network, domain: &Ranges) -> Self {
        let neurons = offsets(phi)[phi.depth() - 1];
        // Enclosures wide enough for every network are not needed: the first pass does not look at them.
        let unknown = || Interval::point(Rational::zero());
        let mut facts = Self {
            z: (0..neurons).map(|_| unknown()).collect(),
            outer: (0..neurons).map(|_| unknown()).collect(),
            gradient: (0..phi.indim()).map(|_| unknown()).collect(),
            states: vec![Choice::Open; neurons],
            signs: vec![Choice::Open; phi.indim()],
        };
        let whole = facts.pass(phi, domain, false);
        debug_assert!(whole, "intervals without conditions are not empty");
        facts
    }

    /// Narrows all enclosures by interval arithmetic and decides what they decide; false iff one is empty, so that there is no
    /// cell.
    #[must_use]
    pub(super) fn propagate(&mut self, phi: &Network, domain: &Ranges) -> bool {
        self.pass(phi, domain, true)
    }

    fn pass(&mut self, phi: &Network, domain: &Ranges, intersect: bool) -> bool {
        let offsets = offsets(phi);
        let mut y: Vec<Interval> = domain
            .iter()
            .map(|(low, high)| Interval {
                low: low.clone(),
                high: high.clone(),
            })
            .collect();
        for (l, layer) in phi.layers()[..phi.depth() - 1].iter().enumerate() {
            let mut next = Vec::with_capacity(layer.rows());
            for i in 0..layer.rows() {
                let n = offsets[l] + i;
                let mut z = Interval::point(layer.bias(i).clone());
                for (k, weight) in layer.entries(i) {
                    z.add_multiple(weight, &y[k]);
                }
                if intersect {
                    z.clip_low(&self.z[n].low);
                    z.clip_high(&self.z[n].high);
                }
                self.states[n].narrow(&mut z);
                if z.low > z.high {
                    return false;
                }
                if self.states[n] == Choice::Open {
                    // A neuron that is identically zero may count as off: its row of the derivative is zero.
                    if z.high <= Rational::zero() {
                        self.states[n] = Choice::Off;
                    } else if z.low >= Rational::zero() {
                        self.states[n] = Choice::On;
                    }
                }
                let zero = Rational::zero();
                next.push(match self.states[n] {
                    Choice::Off => Interval::point(zero),
                    Choice::On | Choice::Open => Interval {
                        low: z.low.clone().max(zero.clone()),
                        high: z.high.clone().max(zero),
                    },
                });
                self.z[n] = z;
            }
            y = next;
        }
        self.backwards(phi, &offsets, intersect)
    }

    /// Derivatives of the output, from the last layer to the input.
    fn backwards(&mut self, phi: &Network, offsets: &[usize], intersect: bool) -> bool {
        let mut flows = vec![Interval::point(Rational::one())];
        for (l, layer) in phi.layers().iter().enumerate().rev() {
            let mut back = vec![Interval::point(Rational::zero()); layer.cols()];
            for (i, flow) in flows.iter().enumerate() {
                for (k, weight) in layer.entries(i) {
                    back[k].add_multiple(weight, flow);
                }
            }
            let (known, signed) = match l {
                0 => (&mut self.gradient[..], true),
                _ => (&mut self.outer[offsets[l - 1]..offsets[l]], false),
            };
            for (k, (value, known)) in back.iter_mut().zip(known.iter_mut()).enumerate() {
                if intersect {
                    value.clip_low(&known.low);
                    value.clip_high(&known.high);
                }
                if signed {
                    self.signs[k].narrow(value);
                    if self.signs[k] == Choice::Open {
                        if value.low >= Rational::zero() {
                            self.signs[k] = Choice::On;
                        } else if value.high <= Rational::zero() {
                            self.signs[k] = Choice::Off;
                        }
                    }
                }
                if value.low > value.high {
                    return false;
                }
                *known = value.clone();
            }
            if l == 0 {
                return true;
            }
            flows = back
                .into_iter()
                .zip(&self.states[offsets[l - 1]..offsets[l]])
                .map(|(value, state)| match state {
                    Choice::On => value,
                    Choice::Off => Interval::point(Rational::zero()),
                    Choice::Open => Interval {
                        low: value.low.min(Rational::zero()),
                        high: value.high.max(Rational::zero()),
                    },
                })
                .collect();
        }
        true
    }

    /// Replaces one end of an enclosure by a narrower one.
    pub(super) fn narrow(&mut self, quantity: Quantity, upper: bool, value: &Rational) {
        let interval = match quantity {
            Quantity::Preactivation(n) => &mut self.z[n],
            Quantity::Outer(n) => &mut self.outer[n],
            Quantity::Gradient(j) => &mut self.gradient[j],
        };
        match upper {
            true => interval.clip_high(value),
            false => interval.clip_low(value),
        }
    }

    /// An upper bound of the norm; with `peak` the norm is known to be ∂_j or −∂_j.
    pub(super) fn norm_bound(&self, norm: Norm, peak: Option<(usize, bool)>) -> Rational {
        if let Some((j, positive)) = peak {
            return match positive {
                true => self.gradient[j].high.clone(),
                false => -&self.gradient[j].low,
            };
        }
        let sizes: Vec<Rational> = self.gradient.iter().map(Interval::magnitude).collect();
        norm.of(&sizes)
    }
}
