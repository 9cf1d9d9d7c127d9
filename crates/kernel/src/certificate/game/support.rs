//! Where a network is not 0, by exact evaluation that stops early.

use relu_core::Failure;
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::reference::realize;

/// A network with the different neurons of its second layer.
///
/// If all of them give 0 and no later layer has a bias, the output is 0, as for most points and a bump; rows that are equal give equal neurons.
/// Otherwise the reference backend evaluates the whole network. Both facts are read off the network, not assumed.
pub(super) struct Support<'a> {
    phi: &'a Network,
    second: Vec<(Vec<(usize, Rational)>, Rational)>,
    /// At least three layers, no bias from the third on.
    stops: bool,
}

impl<'a> Support<'a> {
    pub(super) fn new(phi: &'a Network) -> Self {
        let mut second: Vec<(Vec<(usize, Rational)>, Rational)> = Vec::new();
        if let Some(layer) = phi.layers().get(1) {
            for i in 0..layer.rows() {
                let row = layer.entries(i).map(|(j, entry)| (j, entry.clone()));
                let neuron = (row.collect(), layer.bias(i).clone());
                if !second.contains(&neuron) {
                    second.push(neuron);
                }
            }
        }
        let mut later = phi.layers().iter().skip(2);
        let stops =
            phi.depth() >= 3 && later.all(|layer| layer.biases().iter().all(Rational::is_zero));
        Self { phi, second, stops }
    }

    pub(super) fn contains(&self, x: &[Rational]) -> Result<bool, Failure> {
        if x.len() == self.phi.indim() && self.stops && self.second_is_zero(x) {
            return Ok(false);
        }
        let values = realize(self.phi, x)?;
        Ok(values.iter().any(|value| !value.is_zero()))
    }

    fn second_is_zero(&self, x: &[Rational]) -> bool {
        let zero = Rational::zero();
        let first: Vec<Rational> = self.phi.layers()[0]
            .apply(x)
            .into_iter()
            .map(|z| z.max(Rational::zero()))
            .collect();
        self.second.iter().all(|(row, bias)| {
            let sum = row
                .iter()
                .fold(bias.clone(), |sum, (j, weight)| match first[*j].is_zero() {
                    true => sum,
                    false => &sum + &(weight * &first[*j]),
                });
            sum <= zero
        })
    }
}
