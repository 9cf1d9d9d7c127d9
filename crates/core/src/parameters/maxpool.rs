//! The maximum over the outputs, differentiated in the parameters.

use std::cmp::Ordering;

use crate::evaluate::realize;
use crate::failure::Failure;
use crate::field::{Field, Order};
use crate::parameters::backprop::pulled_back;
use crate::parameters::gradient::partials;
use crate::parameters::template::Template;

/// The backpropagation vector of f(θ) = max_i RΦ_θ(x)_i with kink value `kink`, where ties are shared out by weights.
///
/// # Definition
/// One largest output: its backpropagation vector. Several: Σ λ_i·(vector of output i) over the largest ones, with
/// λ = `weights_on_ties` as given, one weight per output, not normalised. Correct for almost every θ if the weights
/// of the tied outputs sum to 1.
///
/// Errors: [`Failure::Shape`] for another number of weights than outputs or vectors of other lengths; what the
/// activation and the order report.
///
/// # Source
/// Claims `backprop-ae`, `maxpool-backprop-ae`.
pub fn maxpool_backprop<S: Field, O: Order<S>>(
    t: &Template,
    theta: &[S],
    x: &[S],
    weights_on_ties: &[S],
    kink: &S,
    order: &O,
) -> Result<Vec<S>, Failure> {
    if weights_on_ties.len() != t.outdim() {
        return Err(Failure::Shape(format!(
            "weights on ties: expected length {} (one per output), got {}",
            t.outdim(),
            weights_on_ties.len()
        )));
    }
    let outputs = realize(&t.instantiate(theta)?, x, order)?;
    let mut largest = vec![0];
    for i in 1..outputs.len() {
        match order.compare(&outputs[i], &outputs[largest[0]])? {
            Ordering::Greater => largest = vec![i],
            Ordering::Equal => largest.push(i),
            Ordering::Less => {}
        }
    }
    let mut cotangent = vec![S::zero(); outputs.len()];
    match largest.as_slice() {
        [only] => cotangent[*only] = S::one(),
        ties => ties
            .iter()
            .for_each(|&i| cotangent[i] = weights_on_ties[i].clone()),
    }
    pulled_back(t, theta, x, &cotangent, kink, order)
}

/// The partial derivatives of f(θ) = max_i RΦ_θ(x)_i; `None` if one of them does not exist.
///
/// The maximum of the germs of the outputs on either side of θ, parameter by parameter. Errors: as
/// [`parameter_gradient`](super::parameter_gradient), any number of outputs.
pub fn maxpool_gradient<S: Field, O: Order<S>>(
    t: &Template,
    theta: &[S],
    x: &[S],
    order: &O,
) -> Result<Option<Vec<S>>, Failure> {
    partials(t, theta, x, order, |outputs, germ_order| {
        let mut outputs = outputs.into_iter();
        let mut largest = outputs.next().expect("a network has at least one output");
        for output in outputs {
            if germ_order.compare(&output, &largest)? == Ordering::Greater {
                largest = output;
            }
        }
        Ok(largest)
    })
}
