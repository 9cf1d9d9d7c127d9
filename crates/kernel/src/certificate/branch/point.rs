//! The lower bound: a point inside a cell, and the gradient there.

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::{Ranges, Refused};

/// ∇RΦ at a point of the open box that lies inside a cell.
///
/// A neuron with z(x) = 0 is on a kink, unless its pre-activation has the gradient 0 near x, so that it is identically zero there.
pub(super) fn gradient_in_cell(
    phi: &Network,
    domain: &Ranges,
    x: &[Rational],
) -> Result<Vec<Rational>, Refused> {
    let refused = |reason: String| Err(Refused::Point(reason));
    if x.len() != domain.len() {
        return refused(format!(
            "expected {} coordinates, got {}",
            domain.len(),
            x.len()
        ));
    }
    for (j, (value, (low, high))) in x.iter().zip(domain).enumerate() {
        if value <= low || value >= high {
            return refused(format!(
                "coordinate {j}: expected a value inside ({low}, {high}), got {value}"
            ));
        }
    }
    // The activations at x, and their gradients with respect to x.
    let mut y = x.to_vec();
    let mut gradients: Vec<Vec<Rational>> = (0..x.len())
        .map(|j| {
            let mut unit = vec![Rational::zero(); x.len()];
            unit[j] = Rational::one();
            unit
        })
        .collect();
    for (l, layer) in phi.layers().iter().enumerate() {
        let z = layer.apply(&y);
        let mut next = Vec::with_capacity(z.len());
        for (i, value) in z.iter().enumerate() {
            let mut gradient = vec![Rational::zero(); x.len()];
            for (k, weight) in layer.entries(i) {
                for (sum, part) in gradient.iter_mut().zip(&gradients[k]) {
                    sum.add_product(weight, part);
                }
            }
            if l + 1 < phi.depth() {
                if value.is_zero() && gradient.iter().any(|part| !part.is_zero()) {
                    return refused(format!("neuron {i} of layer {} is on a kink", l + 1));
                }
                if *value <= Rational::zero() {
                    gradient.fill(Rational::zero());
                }
            }
            next.push(gradient);
        }
        gradients = next;
        y = z
            .into_iter()
            .map(|value| value.max(Rational::zero()))
            .collect();
    }
    Ok(gradients.swap_remove(0))
}
