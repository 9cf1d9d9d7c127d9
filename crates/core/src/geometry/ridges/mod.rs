//! Networks with two inputs that are a sum of two functions of one variable each, RΦ(x) = g₁(a₁·x) + g₂(a₂·x).
//!
//! # Method
//! The first layer gives the directions a₁, a₂. A later neuron that depends on one of them alone is a neuron of a network
//! with one input; one that depends on both passes if it has one sign on the box, since ReLU is then linear there. So Φ
//! splits into two networks with one input, without a look at its cells: T_m and ×_{m,M} have 4ᵐ of those, and 2ᵐ pieces
//! along each direction.

mod deviation;
mod frame;
mod profile;
mod sign;

pub use deviation::{RidgeDeviation, deviation};

use crate::activation::Activation;
use crate::failure::Failure;
use crate::geometry::domain::Domain;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;
use frame::Frame;
use sign::{Standing, standing};

/// RΦ(x) = RΦ₁(a₁·x) + RΦ₂(a₂·x) on a box of the plane.
pub(super) struct RidgeSum {
    frame: Frame,
    parts: [Network; 2],
}

/// An affine function of the neurons of one layer of a part.
#[derive(Clone, Default)]
struct Form {
    entries: Vec<(usize, Rational)>,
    bias: Rational,
}

impl Form {
    fn is_constant(&self) -> bool {
        self.entries.is_empty()
    }

    fn add(&mut self, factor: &Rational, other: &Self) {
        for (column, value) in &other.entries {
            let value = factor * value;
            match self.entries.binary_search_by_key(column, |entry| entry.0) {
                Ok(at) => {
                    self.entries[at].1 = &self.entries[at].1 + &value;
                    if self.entries[at].1.is_zero() {
                        self.entries.remove(at);
                    }
                }
                Err(at) => self.entries.insert(at, (*column, value)),
            }
        }
        self.bias.add_product(factor, &other.bias);
    }

    fn negated(&self) -> Self {
        Self {
            entries: self.entries.iter().map(|(c, v)| (*c, -v)).collect(),
            bias: -&self.bias,
        }
    }
}

/// The two parts of Φ as far as they are built.
struct Parts {
    layers: [Vec<Layer>; 2],
    /// What every neuron of the last layer is.
    forms: Vec<[Form; 2]>,
}

impl RidgeSum {
    /// The decomposition of Φ on a bounded box with interior, or `None` where this method finds none.
    pub(super) fn new(phi: &Network, domain: &Domain) -> Result<Option<Self>, Failure> {
        if (phi.indim(), phi.outdim()) != (2, 1) || *phi.activation() != Activation::Relu {
            return Ok(None);
        }
        let Some(frame) = Frame::new(phi.layer(0), domain)? else {
            return Ok(None);
        };
        let input = |j: usize, factor: Rational| {
            let mut forms = [Form::default(), Form::default()];
            if !factor.is_zero() {
                forms[j].entries.push((0, factor));
            }
            forms
        };
        let mut parts = Parts {
            layers: [Vec::new(), Vec::new()],
            forms: Vec::new(),
        };
        for l in 0..phi.depth() {
            let layer = phi.layer(l);
            let preactivations: Vec<[Form; 2]> = (0..layer.rows())
                .map(|i| {
                    let mut sum = match l {
                        0 => {
                            let (j, factor) = frame.multiple(&row_of_two(layer, i));
                            input(j, factor)
                        }
                        _ => {
                            let mut sum = [Form::default(), Form::default()];
                            for (column, weight) in layer.entries(i) {
                                for (sum, form) in sum.iter_mut().zip(&parts.forms[column]) {
                                    sum.add(weight, form);
                                }
                            }
                            sum
                        }
                    };
                    let owner = usize::from(sum[0].is_constant());
                    sum[owner].bias = &(&sum[0].bias + &sum[1].bias) + layer.bias(i);
                    sum[1 - owner].bias = Rational::zero();
                    sum
                })
                .collect();
            if l + 1 == phi.depth() {
                let [first, second] = [0, 1].map(|j| parts.finished(j, &preactivations[0][j]));
                return Ok(Some(Self {
                    frame,
                    parts: [first?, second?],
                }));
            }
            if !parts.activate(&frame, &preactivations)? {
                return Ok(None);
            }
        }
        Ok(None)
    }
}

impl Parts {
    /// Appends the layer with these pre-activations; false if one depends on both directions and may change its sign.
    fn activate(&mut self, frame: &Frame, preactivations: &[[Form; 2]]) -> Result<bool, Failure> {
        let mut rows: [Vec<Form>; 2] = [Vec::new(), Vec::new()];
        let mut forms = Vec::with_capacity(preactivations.len());
        for z in preactivations {
            let mut after = [Form::default(), Form::default()];
            match (z[0].is_constant(), z[1].is_constant()) {
                (true, true) => after[0].bias = z[1].bias.clone().max(Rational::zero()),
                (false, false) => {
                    let whole = [self.finished(0, &z[0])?, self.finished(1, &z[1])?];
                    match standing(frame, &whole)? {
                        Standing::Active => {
                            for j in 0..2 {
                                after[j].entries = vec![
                                    (rows[j].len(), Rational::one()),
                                    (rows[j].len() + 1, -Rational::one()),
                                ];
                                rows[j].extend([z[j].clone(), z[j].negated()]);
                            }
                        }
                        Standing::Inactive => {}
                        Standing::Open => return Ok(false),
                    }
                }
                (first_is_constant, _) => {
                    let j = usize::from(first_is_constant);
                    after[j].entries.push((rows[j].len(), Rational::one()));
                    rows[j].push(z[j].clone());
                }
            }
            forms.push(after);
        }
        for (j, rows) in rows.into_iter().enumerate() {
            let layer = self.layer(
                j,
                if rows.is_empty() {
                    vec![Form::default()]
                } else {
                    rows
                },
            )?;
            self.layers[j].push(layer);
        }
        self.forms = forms;
        Ok(true)
    }

    fn layer(&self, j: usize, rows: Vec<Form>) -> Result<Layer, Failure> {
        let width = self.layers[j].last().map_or(1, Layer::rows);
        let (rows, bias) = rows
            .into_iter()
            .map(|form| (form.entries, form.bias))
            .unzip();
        Layer::from_sparse_rows(width, rows, bias)
    }

    /// The network of part j whose output is a form of its last layer.
    fn finished(&self, j: usize, output: &Form) -> Result<Network, Failure> {
        let last = self.layer(j, vec![output.clone()])?;
        let layers = self.layers[j].iter().cloned().chain([last]);
        Network::relu(layers.collect())
    }
}

/// A row of a layer with two inputs.
fn row_of_two(layer: &Layer, i: usize) -> [Rational; 2] {
    [layer.weight(i, 0), layer.weight(i, 1)]
}

#[cfg(test)]
mod tests;
