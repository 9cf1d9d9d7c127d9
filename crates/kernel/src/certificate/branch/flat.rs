//! Leaves whose region lies in a hyperplane, so that they hold no cell.

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::Facet;
use super::facts::{Choice, offsets};

/// a·x + b.
#[derive(Clone, Debug)]
struct Affine {
    slope: Vec<Rational>,
    constant: Rational,
}

impl Affine {
    fn zero(dimension: usize) -> Self {
        Self {
            slope: vec![Rational::zero(); dimension],
            constant: Rational::zero(),
        }
    }

    fn add_multiple(&mut self, factor: &Rational, other: &Self) {
        self.constant.add_product(factor, &other.constant);
        for (sum, value) in self.slope.iter_mut().zip(&other.slope) {
            sum.add_product(factor, value);
        }
    }

    fn is_constant(&self) -> bool {
        self.slope.iter().all(Rational::is_zero)
    }
}

/// The pre-activations as affine functions of the input; `None` where a neuron before it is open.
fn affine_preactivations(phi: &Network, states: &[Choice]) -> Vec<Option<Affine>> {
    let dimension = phi.indim();
    let offsets = offsets(phi);
    let mut y: Vec<Option<Affine>> = (0..dimension)
        .map(|j| {
            let mut unit = Affine::zero(dimension);
            unit.slope[j] = Rational::one();
            Some(unit)
        })
        .collect();
    let mut all = Vec::with_capacity(states.len());
    for (l, layer) in phi.layers()[..phi.depth() - 1].iter().enumerate() {
        let z: Vec<Option<Affine>> = (0..layer.rows())
            .map(|i| {
                let mut sum = Affine::zero(dimension);
                sum.constant = layer.bias(i).clone();
                for (k, weight) in layer.entries(i) {
                    sum.add_multiple(weight, y[k].as_ref()?);
                }
                Some(sum)
            })
            .collect();
        y = z
            .iter()
            .zip(&states[offsets[l]..])
            .map(|(z, state)| match state {
                Choice::Open => None,
                Choice::On => z.clone(),
                Choice::Off => Some(Affine::zero(dimension)),
            })
            .collect();
        all.extend(z);
    }
    all
}

/// Checks Σ λ·f = c ≤ 0 with λ > 0 for facets f ≥ 0, one of which is not constant or c < 0.
///
/// Then c < 0 is a contradiction, and c = 0 makes every f zero on the region, which a non-constant f is in a hyperplane only.
pub(super) fn check_flat(
    phi: &Network,
    domain: &[(Rational, Rational)],
    states: &[Choice],
    facets: &[(Facet, Rational)],
) -> Result<(), String> {
    let preactivations = affine_preactivations(phi, states);
    let zero = Rational::zero();
    let mut sum = Affine::zero(phi.indim());
    let mut bends = false;
    for (facet, multiplier) in facets {
        if *multiplier <= zero {
            return Err(format!("expected positive multipliers, got {multiplier}"));
        }
        let side = |j: usize, sign: i64| {
            let (low, high) = domain.get(j)?;
            let mut side = Affine::zero(phi.indim());
            side.slope[j] = Rational::from(sign);
            side.constant = if sign > 0 { -low } else { high.clone() };
            Some(side)
        };
        let function = match *facet {
            Facet::Low(j) => side(j, 1),
            Facet::High(j) => side(j, -1),
            Facet::Neuron(n) => match (preactivations.get(n), states.get(n)) {
                (Some(Some(z)), Some(Choice::On)) => Some(z.clone()),
                (Some(Some(z)), Some(Choice::Off)) => {
                    let mut negative = Affine::zero(phi.indim());
                    negative.add_multiple(&Rational::from(-1), z);
                    Some(negative)
                }
                _ => None,
            },
        };
        let function =
            function.ok_or_else(|| format!("expected a facet of the region, got `{facet}`"))?;
        bends |= !function.is_constant();
        sum.add_multiple(multiplier, &function);
    }
    if !sum.is_constant() {
        return Err("expected a constant combination of facets, got a slope".into());
    }
    if sum.constant < zero || (bends && sum.constant.is_zero()) {
        return Ok(());
    }
    Err(format!(
        "expected a combination of facets that is at most 0, got {}",
        sum.constant
    ))
}
