//! Pre-activations with their directional derivatives, to solve z(x) = κ exactly inside an affine piece.

use relu_core::RationalOrder;
use relu_core::field::Sign;
use relu_core::network::Network;
use relu_core::number::rational::Rational;

/// Value and derivatives of one pre-activation: z(x) and Dz(x)·v for every direction v.
#[derive(Clone, Debug)]
pub(super) struct Jet {
    pub(super) value: Rational,
    pub(super) along: Vec<Rational>,
}

/// The jets of the pre-activations of layer `target` (counted from 0) at `x` along `directions`; `None` where the activation
/// has no exact value.
///
/// On a kink the slope of the side to which the first direction that moves z leads; so along one direction v the jet describes
/// x + t·v for small t ≥ 0.
pub(super) fn jets(
    network: &Network,
    target: usize,
    x: &[Rational],
    directions: &[Vec<Rational>],
) -> Option<Vec<Jet>> {
    let activation = network.activation();
    let mut inputs: Vec<Jet> = x
        .iter()
        .enumerate()
        .map(|(j, value)| Jet {
            value: value.clone(),
            along: directions.iter().map(|v| v[j].clone()).collect(),
        })
        .collect();
    for l in 0..=target {
        let layer = network.layer(l);
        let outputs = (0..layer.rows()).map(|i| {
            let mut jet = Jet {
                value: layer.bias(i).clone(),
                along: vec![Rational::zero(); directions.len()],
            };
            for (j, weight) in layer.entries(i) {
                jet.value.add_product(weight, &inputs[j].value);
                for (sum, part) in jet.along.iter_mut().zip(&inputs[j].along) {
                    sum.add_product(weight, part);
                }
            }
            jet
        });
        let outputs: Vec<Jet> = outputs.collect();
        if l == target {
            return Some(outputs);
        }
        inputs = outputs
            .into_iter()
            .map(|jet| {
                let moving = jet
                    .along
                    .iter()
                    .map(Rational::sign)
                    .find(|sign| *sign != Sign::Zero);
                let slope = match moving {
                    Some(Sign::Negative) => activation.left_slope(&jet.value, &RationalOrder),
                    Some(_) => activation.right_slope(&jet.value, &RationalOrder),
                    None => Ok(Rational::zero()),
                };
                let slope = slope.ok()?;
                Some(Jet {
                    value: activation.value(&jet.value, &RationalOrder).ok()?,
                    along: jet.along.iter().map(|part| part * &slope).collect(),
                })
            })
            .collect::<Option<_>>()?;
    }
    None
}
