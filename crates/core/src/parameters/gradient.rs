//! Classical derivatives in the parameters, from one-parameter germs.

use crate::failure::Failure;
use crate::field::{Field, Order};
use crate::geometry::standing::Profile;
use crate::number::germ::{Germ, GermOrder};
use crate::parameters::backprop::require_one_output;
use crate::parameters::template::Template;

/// The partial derivatives ∂f/∂θ_p of f(θ) = RΦ_θ(x), one per parameter; `None` if one of them does not exist.
///
/// # Definition
/// For each parameter the germs of s ↦ f(θ ± s·e_p) at s → 0+, which are polynomials because f is piecewise
/// polynomial; the derivative exists iff both one-sided derivatives agree and, for `heaviside`, f does not jump. No
/// kink value enters.
///
/// # Exactness
/// Exact. Where f is differentiable this is its gradient; partial derivatives may also exist where f is not
/// differentiable.
///
/// Errors: [`Failure::Shape`] for more than one output or vectors of other lengths; [`Failure::Unknown`] for
/// activations with infinitely many kinks, or if a germ vanishes up to the truncation order but was cut off; what
/// the order reports.
///
/// # Source
/// Claim `backprop-ae`.
pub fn parameter_gradient<S: Field, O: Order<S>>(
    t: &Template,
    theta: &[S],
    x: &[S],
    order: &O,
) -> Result<Option<Vec<S>>, Failure> {
    require_one_output(t)?;
    partials(t, theta, x, order, |mut outputs, _| {
        Ok(outputs.swap_remove(0))
    })
}

/// Partial derivatives of θ ↦ reduce(RΦ_θ(x)), where `reduce` makes one germ of those of the outputs.
pub(super) fn partials<S: Field, O: Order<S>>(
    t: &Template,
    theta: &[S],
    x: &[S],
    order: &O,
    reduce: impl Fn(Vec<Germ<S>>, &GermOrder<O>) -> Result<Germ<S>, Failure>,
) -> Result<Option<Vec<S>>, Failure> {
    let mut gradient = Vec::with_capacity(t.parameters());
    for p in 0..t.parameters() {
        let Some([right, left]) = one_sided(t, theta, x, p, order, &reduce)? else {
            return Ok(None);
        };
        if !order.equal(&right, &left)? {
            return Ok(None);
        }
        gradient.push(right);
    }
    Ok(Some(gradient))
}

/// The derivatives from the right and from the left in parameter `p`; `None` if the function jumps there.
fn one_sided<S: Field, O: Order<S>>(
    t: &Template,
    theta: &[S],
    x: &[S],
    p: usize,
    order: &O,
    reduce: &impl Fn(Vec<Germ<S>>, &GermOrder<O>) -> Result<Germ<S>, Failure>,
) -> Result<Option<[S; 2]>, Failure> {
    let germ_order = GermOrder(order);
    let jumps = Profile::of(t.activation()).is_some_and(|profile| !profile.is_continuous());
    let constant = |value: &S| Germ::constant(value.clone());
    let inputs: Vec<Germ<S>> = x.iter().map(constant).collect();
    let along = |direction: Option<S>| {
        let mut moved: Vec<Germ<S>> = theta.iter().map(constant).collect();
        if let (Some(direction), Some(entry)) = (direction, moved.get_mut(p)) {
            *entry = Germ::variable_from(theta[p].clone(), direction);
        }
        let phi = t.instantiate(&moved)?;
        reduce(
            crate::evaluate::realize(&phi, &inputs, &germ_order)?,
            &germ_order,
        )
    };
    let (right, left) = (along(Some(S::one()))?, along(Some(S::one().negated()))?);
    if jumps {
        let here = along(None)?.coefficient(0);
        for side in [&right, &left] {
            if !order.equal(&side.coefficient(0), &here)? {
                return Ok(None);
            }
        }
    }
    Ok(Some([right.coefficient(1), left.coefficient(1).negated()]))
}

/// The ends of the Clarke set of f(θ) = RΦ_θ(x) at θ for one parameter: its one-sided derivatives, once if they
/// agree.
///
/// f is continuous and piecewise polynomial, so its derivative tends to the one-sided derivatives at θ and the
/// Clarke set is their convex hull.
///
/// Errors: [`Failure::Shape`] for another number of parameters than 1; [`Failure::Undefined`] if f jumps at θ;
/// otherwise as [`parameter_gradient`].
///
/// # Source
/// Claim `backprop-no-c`.
pub fn parameter_clarke<S: Field, O: Order<S>>(
    t: &Template,
    theta: &[S],
    x: &[S],
    order: &O,
) -> Result<Vec<S>, Failure> {
    require_one_output(t)?;
    if t.parameters() != 1 {
        return Err(Failure::Shape(format!(
            "parameters of a one-parameter family: expected 1, got {}",
            t.parameters()
        )));
    }
    match one_sided(
        t,
        theta,
        x,
        0,
        order,
        &|mut outputs: Vec<Germ<S>>, _: &GermOrder<O>| Ok(outputs.swap_remove(0)),
    )? {
        Some([right, left]) if order.equal(&right, &left)? => Ok(vec![right]),
        Some([right, left]) => Ok(vec![right, left]),
        None => Err(Failure::Undefined(
            "the Clarke set of a function that jumps at the point".into(),
        )),
    }
}
