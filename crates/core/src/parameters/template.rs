//! Templates: networks whose entries are affine functions of parameters.

use crate::activation::Activation;
use crate::failure::Failure;
use crate::field::Field;
use crate::linear::matrix::Matrix;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// An entry a + Σ b_i·t_i of a template: frozen without terms, free with one parameter of its own, tied if a
/// parameter occurs in several entries.
///
/// Canonical: terms ascend in the parameter and no coefficient is zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    constant: Rational,
    terms: Vec<(usize, Rational)>,
}

impl Entry {
    /// The entry constant + Σ coefficient·t_parameter; terms in one parameter are added.
    pub fn new(constant: Rational, terms: Vec<(usize, Rational)>) -> Self {
        let mut terms = terms;
        terms.sort_by_key(|(parameter, _)| *parameter);
        let mut merged: Vec<(usize, Rational)> = Vec::with_capacity(terms.len());
        for (parameter, coefficient) in terms {
            match merged.last_mut() {
                Some((last, sum)) if *last == parameter => *sum = &*sum + &coefficient,
                _ => merged.push((parameter, coefficient)),
            }
        }
        merged.retain(|(_, coefficient)| !coefficient.is_zero());
        Self {
            constant,
            terms: merged,
        }
    }

    /// The entry with a fixed value.
    pub fn frozen(value: Rational) -> Self {
        Self {
            constant: value,
            terms: Vec::new(),
        }
    }

    /// The entry t_i.
    pub fn parameter(i: usize) -> Self {
        Self {
            constant: Rational::zero(),
            terms: vec![(i, Rational::one())],
        }
    }

    /// The value at θ = 0.
    pub fn constant(&self) -> &Rational {
        &self.constant
    }

    /// The pairs (parameter, coefficient), parameters ascending, coefficients not zero.
    pub fn terms(&self) -> &[(usize, Rational)] {
        &self.terms
    }

    /// Whether no parameter occurs.
    pub fn is_frozen(&self) -> bool {
        self.terms.is_empty()
    }

    /// The value at θ.
    ///
    /// # Panics
    /// If a parameter lies beyond the end of θ.
    pub fn value<S: Field>(&self, theta: &[S]) -> S {
        let mut value = S::from_rational(&self.constant);
        for (parameter, coefficient) in &self.terms {
            value.add_product(&S::from_rational(coefficient), &theta[*parameter]);
        }
        value
    }
}

/// A family θ ↦ Φ_θ, θ ∈ ℝᴾ, of networks of one architecture whose entries are affine in θ.
///
/// Invariants: at least one layer, every width at least 1, shapes chain, every parameter of an entry is below P.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Template {
    activation: Activation,
    layers: Vec<(Matrix<Entry>, Vec<Entry>)>,
    parameters: usize,
}

impl Template {
    /// The template with P = `parameters` parameters and these layers (weights, biases).
    ///
    /// Errors ([`Failure::Shape`]): no layer, an empty matrix, a bias of another length, layers that do not chain, a
    /// parameter t_i with i ≥ P.
    pub fn new(
        activation: Activation,
        parameters: usize,
        layers: Vec<(Matrix<Entry>, Vec<Entry>)>,
    ) -> Result<Self, Failure> {
        let entries = layers
            .iter()
            .flat_map(|(weights, bias)| weights.data().iter().chain(bias));
        let largest = entries
            .filter_map(|entry| entry.terms.last())
            .map(|(i, _)| *i)
            .max();
        if let Some(i) = largest.filter(|i| *i >= parameters) {
            return Err(Failure::Shape(format!(
                "parameter of a template: expected an index below {parameters}, got {i}"
            )));
        }
        let template = Self {
            activation,
            layers,
            parameters,
        };
        // The shape rules are those of networks.
        template.instantiate(&vec![Rational::zero(); parameters])?;
        Ok(template)
    }

    /// The template of an architecture (N₀,…,N_L) in which every entry is a parameter of its own; order: layer by
    /// layer, the matrix row by row, then the bias.
    ///
    /// Errors ([`Failure::Shape`]): fewer than two widths, a width of 0.
    pub fn free(activation: Activation, architecture: &[usize]) -> Result<Self, Failure> {
        Self::numbered(activation, architecture, true)
    }

    /// As [`Template::free`], with all biases frozen at 0.
    pub fn free_weights(activation: Activation, architecture: &[usize]) -> Result<Self, Failure> {
        Self::numbered(activation, architecture, false)
    }

    fn numbered(
        activation: Activation,
        architecture: &[usize],
        biases: bool,
    ) -> Result<Self, Failure> {
        let mut numbers = 0..;
        let mut layers = Vec::with_capacity(architecture.len());
        for widths in architecture.windows(2) {
            let entries = numbers
                .by_ref()
                .take(widths[0] * widths[1])
                .map(Entry::parameter);
            let weights = Matrix::new(widths[1], widths[0], entries.collect())?;
            let bias = if biases {
                numbers
                    .by_ref()
                    .take(widths[1])
                    .map(Entry::parameter)
                    .collect()
            } else {
                vec![Entry::frozen(Rational::zero()); widths[1]]
            };
            layers.push((weights, bias));
        }
        Self::new(activation, numbers.start, layers)
    }

    /// The network with no free entry.
    pub fn constant(phi: &Network) -> Self {
        let layers = phi.layers().iter().map(|layer| {
            let bias = layer.biases().iter().cloned().map(Entry::frozen).collect();
            (
                layer.weights().map(|value| Entry::frozen(value.clone())),
                bias,
            )
        });
        Self {
            activation: phi.activation().clone(),
            layers: layers.collect(),
            parameters: 0,
        }
    }

    /// The activation.
    pub fn activation(&self) -> &Activation {
        &self.activation
    }

    /// The layers as (weights, biases).
    pub fn layers(&self) -> &[(Matrix<Entry>, Vec<Entry>)] {
        &self.layers
    }

    /// The number of parameters P, those that occur in no entry included.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// Input dimension N₀.
    pub fn indim(&self) -> usize {
        self.layers[0].0.cols()
    }

    /// Output dimension N_L.
    pub fn outdim(&self) -> usize {
        self.layers[self.layers.len() - 1].0.rows()
    }

    /// Depth L: the number of affine maps.
    pub fn depth(&self) -> usize {
        self.layers.len()
    }

    /// The widths (N₀,…,N_L).
    pub fn architecture(&self) -> Vec<usize> {
        std::iter::once(self.indim())
            .chain(self.layers.iter().map(|(w, _)| w.rows()))
            .collect()
    }

    /// The network Φ_θ.
    ///
    /// Errors ([`Failure::Shape`]): θ has not P entries.
    pub fn instantiate<S: Field>(&self, theta: &[S]) -> Result<Network<S>, Failure> {
        if theta.len() != self.parameters {
            return Err(Failure::Shape(format!(
                "parameter vector: expected length {}, got {}",
                self.parameters,
                theta.len()
            )));
        }
        let layers = self.layers.iter().map(|(weights, bias)| {
            Layer::new(
                weights.map(|entry| entry.value(theta)),
                bias.iter().map(|entry| entry.value(theta)).collect(),
            )
        });
        Network::new(self.activation.clone(), layers.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frozen(n: i64) -> Entry {
        Entry::frozen(n.into())
    }

    #[test]
    fn entries_are_canonical() {
        let one = Rational::one();
        let entry = Entry::new(
            Rational::from(3),
            vec![
                (2, one.clone()),
                (0, one.clone()),
                (2, -&one),
                (1, Rational::from(-2)),
            ],
        );
        assert_eq!(entry.terms(), [(0, one), (1, Rational::from(-2))]);
        assert_eq!(
            entry.value(&[5, 7, 11].map(Rational::from)),
            Rational::from(-6)
        );
        assert!(!entry.is_frozen());
        assert!(Entry::new(Rational::one(), vec![(4, Rational::zero())]).is_frozen());
    }

    #[test]
    fn free_templates_number_all_entries() {
        let template = Template::free(Activation::Relu, &[2, 3, 1]).unwrap();
        assert_eq!(template.parameters(), 2 * 3 + 3 + 3 + 1);
        assert_eq!(template.architecture(), [2, 3, 1]);
        let theta: Vec<Rational> = (0..13).map(Rational::from).collect();
        let network = template.instantiate(&theta).unwrap();
        let layer = network.layer(0);
        assert_eq!(layer.weight(1, 0), Rational::from(2));
        assert_eq!(layer.biases(), [6, 7, 8].map(Rational::from));
        assert_eq!(network.layer(1).biases(), [Rational::from(12)]);
        assert_eq!(
            Template::free_weights(Activation::Relu, &[2, 3, 1])
                .unwrap()
                .parameters(),
            9
        );
    }

    #[test]
    fn a_frozen_network_is_its_own_instance() {
        let network: Network = "net(([[1],[-1]], [0,3]), ([[1,-1]], [1/2]))"
            .parse()
            .unwrap();
        let template = Template::constant(&network);
        assert_eq!(template.parameters(), 0);
        assert_eq!(template.instantiate::<Rational>(&[]).unwrap(), network);
    }

    #[test]
    fn shapes_are_checked() {
        let matrix = |rows: Vec<Vec<Entry>>| Matrix::from_rows(rows).unwrap();
        let unit = matrix(vec![vec![frozen(1)]]);
        let new = |parameters, layers| Template::new(Activation::Relu, parameters, layers);
        assert!(new(0, vec![(unit.clone(), vec![frozen(0)])]).is_ok());
        let wide = matrix(vec![vec![frozen(1), frozen(1)]]);
        for layers in [
            vec![],
            vec![(unit.clone(), vec![])],
            vec![(unit.clone(), vec![frozen(0)]), (wide, vec![frozen(0)])],
            vec![(matrix(vec![]), vec![])],
            vec![(unit, vec![Entry::parameter(3)])],
        ] {
            assert!(matches!(new(3, layers), Err(Failure::Shape(_))));
        }
        assert!(matches!(
            Template::free(Activation::Relu, &[3]),
            Err(Failure::Shape(_))
        ));
        assert!(matches!(
            Template::free(Activation::Relu, &[1, 0, 1]),
            Err(Failure::Shape(_))
        ));
        let template = Template::free(Activation::Relu, &[1, 1]).unwrap();
        assert!(matches!(
            template.instantiate(&[Rational::one()]),
            Err(Failure::Shape(_))
        ));
    }
}
