//! Reverse-mode differentiation with respect to the parameters, with a kink value.

use crate::evaluate::preactivations;
use crate::failure::Failure;
use crate::field::{Field, Order};
use crate::parameters::template::{Entry, Template};

/// The backpropagation vector of f(θ) = RΦ_θ(x) with kink value c = `kink`; one entry per parameter.
///
/// # Definition
/// g_L = 1, g_k = δ(z_k) ∘ A_{k+1}ᵀ·g_{k+1}, h_0 = x, h_k = ϱ(z_k). The entry for (A_k)_{ij} is (g_k)_i·(h_{k−1})_j, the one
/// for (b_k)_i is (g_k)_i. A parameter collects the entries it occurs in, times its coefficients there.
///
/// # Exactness
/// Exact. The vector is the gradient of f for almost every θ, whatever c is; on the remaining null set it need not
/// be.
///
/// Errors: [`Failure::Shape`] for more than one output or vectors of other lengths; what the activation and the
/// order report.
///
/// # Source
/// Claim `backprop-ae`.
pub fn backprop<S: Field, O: Order<S>>(
    t: &Template,
    theta: &[S],
    x: &[S],
    kink: &S,
    order: &O,
) -> Result<Vec<S>, Failure> {
    require_one_output(t)?;
    pulled_back(t, theta, x, &[S::one()], kink, order)
}

/// Checks for one output.
pub(super) fn require_one_output(t: &Template) -> Result<(), Failure> {
    if t.outdim() == 1 {
        return Ok(());
    }
    Err(Failure::Shape(format!(
        "outputs of a function of the parameters: expected 1, got {}",
        t.outdim()
    )))
}

/// The formal derivative of θ ↦ cotangentᵀ·RΦ_θ(x); `cotangent` has one entry per output.
pub(super) fn pulled_back<S: Field, O: Order<S>>(
    t: &Template,
    theta: &[S],
    x: &[S],
    cotangent: &[S],
    kink: &S,
    order: &O,
) -> Result<Vec<S>, Failure> {
    let phi = t.instantiate(theta)?;
    let z = preactivations(&phi, x, order)?;
    let activation = phi.activation();
    let mut gradient = vec![S::zero(); t.parameters()];
    let mut outer = cotangent.to_vec();
    for (l, (weights, bias)) in t.layers().iter().enumerate().rev() {
        let inputs = match l.checked_sub(1) {
            None => x.to_vec(),
            Some(before) => {
                let values = z[before].iter().map(|z| activation.value(z, order));
                values.collect::<Result<Vec<_>, _>>()?
            }
        };
        for (i, factor) in outer.iter().enumerate() {
            if factor.is_zero() {
                continue;
            }
            collect(&mut gradient, &bias[i], factor);
            for (entry, input) in weights.row(i).iter().zip(&inputs) {
                if !entry.is_frozen() && !input.is_zero() {
                    collect(&mut gradient, entry, &factor.times(input));
                }
            }
        }
        if let Some(before) = l.checked_sub(1) {
            let mut inner = vec![S::zero(); inputs.len()];
            for (i, factor) in outer.iter().enumerate() {
                for (j, weight) in phi.layer(l).entries(i) {
                    inner[j].add_product(factor, weight);
                }
            }
            for (value, z) in inner.iter_mut().zip(&z[before]) {
                *value = value.times(&activation.slope(z, kink, order)?);
            }
            outer = inner;
        }
    }
    Ok(gradient)
}

/// Adds factor·∂entry/∂θ.
fn collect<S: Field>(gradient: &mut [S], entry: &Entry, factor: &S) {
    for (parameter, coefficient) in entry.terms() {
        gradient[*parameter].add_product(&S::from_rational(coefficient), factor);
    }
}
