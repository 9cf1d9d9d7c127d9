//! Natives on realizations and their derivatives at a point.

use claim_language::expr::Type::{Bool, Matrix as M, Nat, Network as N, Real, Set, Vec as V};
use relu_core::activation::Activation;
use relu_core::evaluate;
use relu_core::geometry::derivative_along;
use relu_core::geometry::{clarke, jacobian};
use relu_core::geometry::{derivative_limits, derivatives_near};
use relu_core::linear::matrix::Matrix;
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::{Failure, Field, RationalOrder, reference};

use super::arguments::{any_network, lifted, matrix_set, network, scalar, vector};
use super::networks::one_based;
use super::{Native, dense, native, twins};
use crate::value::{Backend, Context, Value, as_rationals};

const DERIVATIVE: &str = "begj-2019: §II, definition of the network derivative";

pub(super) fn natives() -> Vec<Native> {
    let set = || Set(Box::new(M));
    vec![
        native("value", &[N, V], V, "The realization RΦ(x).", "begj-2019: §II", value).partial().tex(r"\mathrm{R}#1(#2)"),
        native("deriv", &[N, V, Real], M, "The network derivative D_cΦ(x): the formal product of weights and diagonal matrices of ϱ′(z), with the value c on the kinks of ϱ.", DERIVATIVE, deriv)
            .partial()
            .tex(r"\mathrm{D}_{#3}#1(#2)")
            .twin("post", &[N, V, Real], "ϱ′ is taken at the post-activation ϱ(z) instead of z.", "a common shortcut, harmless for ReLU only if c = 0", "net(([[1]],[0]),([[1]],[0])), x = −1, c = 1", twins::deriv_post)
            .twin("midpoint", &[N, V], "The middle of the one-sided derivatives of the realization along the axes.", "symmetric derivative taken for the network derivative", "net(([[1],[-1]],[0,0]),([[1,-1]],[0])), x = 0", twins::deriv_midpoint)
            .twin("tolerance", &[N, V, Real, Real], "Pre-activations with |z| < tolerance count as zero.", "comparison of floating-point numbers with a tolerance", "σ(10⁹x) at x = −10⁻¹⁶, tolerance 10⁻⁶", twins::deriv_tolerance)
            .twin("per_neuron", &[N, V, Real, Real], "The value on kinks alternates between two numbers from neuron to neuron.", "positive control: still correct almost everywhere", "none almost everywhere", twins::deriv_per_neuron),
        native("jacobian", &[N, V], M, "The classical derivative of RΦ at x; undefined where RΦ is not differentiable.", "begj-2019: §II", classical)
            .partial()
            .tex(r"\mathrm{D}(\mathrm{R}#1)(#2)"),
        native("derivs_near", &[N, V, Real], set(), "All values that D_cΨ takes in every ball around y, y included (piecewise-linear activations).", "derived: exact evaluation", |a, c| {
            near(a, c, derivatives_near)
        })
        .partial()
        .tex(r"\mathrm{near}_{#2}\mathrm{D}_{#3}#1"),
        native("deriv_limits", &[N, V, Real], set(), "All limits of D_cΨ(y_n) along sequences y_n → y, y included.", "derived: claim act-stability", |a, c| {
            near(a, c, derivative_limits)
        })
        .partial()
        .tex(r"\mathrm{Lim}_{#2}\mathrm{D}_{#3}#1"),
        native("deriv_along", &[N, V, V], M, "The derivative of RΦ on the full-dimensional cell entered from x in direction v; undefined where x + tv stays on a kink.", "derived: exact evaluation", |a, c| {
            let order = &c.order;
            let (phi, x, v) = (any_network(a[0])?, vector(a[1])?, vector(a[2])?);
            derivative_along(&phi, x, v, order)?.map(Value::matrix).ok_or_else(|| {
                Failure::Undefined("direction stays on a kink".to_owned())
            })
        })
        .partial()
        .tex(r"\mathrm{D}(\mathrm{R}#1)(#2 + 0\cdot #3)"),
        native("clarke", &[N, V], set(), "The derivatives of RΦ on the full-dimensional cells at x; the Clarke set is their convex hull.", "derived: exact evaluation", near_clarke)
            .partial()
            .tex(r"\partial(\mathrm{R}#1)(#2)"),
        native("preactivation", &[N, V, Nat], V, "The pre-activations z_k of layer k at x, 1 ≤ k ≤ L.", DERIVATIVE, |a, c| {
            let layer = one_based(a[2], any_network(a[0])?.depth())?;
            Ok(Value::vector(preactivations(a[0], vector(a[1])?, c)?.swap_remove(layer - 1)))
        })
        .partial()
        .tex("z_{#3}(#1, #2)"),
        native("slope_diagonal", &[N, V, Real, Nat], V, "The diagonal of Δ_k(x) with the value c on the kinks, 1 ≤ k < L.", DERIVATIVE, |a, c| {
            let phi = any_network(a[0])?;
            let layer = one_based(a[3], phi.depth().saturating_sub(1))?;
            let zs = preactivations(a[0], vector(a[1])?, c)?;
            let kink = scalar(a[2])?;
            let slopes: Result<Vec<Scalar>, Failure> =
                zs[layer - 1].iter().map(|z| phi.activation().slope(z, kink, &c.order)).collect();
            Ok(Value::vector(slopes?))
        })
        .partial()
        .tex(r"\Delta_{#4}^{#3}(#1, #2)"),
        native("has_zero_preactivation", &[N, V], Bool, "Whether a hidden pre-activation lies on a kink of the activation at x.", DERIVATIVE, |a, c| {
            let phi = any_network(a[0])?;
            let zs = preactivations(a[0], vector(a[1])?, c)?;
            for z in zs[..phi.depth() - 1].iter().flatten() {
                if phi.activation().is_kink(z, &c.order)? {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        })
        .partial(),
    ]
}

/// All pre-activations, by the backend of the context.
pub(super) fn preactivations(
    phi: &Value,
    x: &[Scalar],
    context: &Context,
) -> Result<Vec<Vec<Scalar>>, Failure> {
    if let (Value::Network(network), Some(point)) = (phi, as_rationals(x)) {
        return match context.backend {
            Backend::Reference => dense::preactivations(network, &point),
            Backend::Fast => Ok(
                evaluate::preactivations(&**network, &point, &RationalOrder)?
                    .into_iter()
                    .map(|layer| layer.into_iter().map(Scalar::Rational).collect())
                    .collect(),
            ),
        };
    }
    dense::symbolic_preactivations(&*any_network(phi)?, x, context)
}

fn value(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let x = vector(a[1])?;
    if let (Value::Network(phi), Some(point)) = (a[0], as_rationals(x)) {
        let result = match context.backend {
            Backend::Fast => evaluate::realize(&**phi, &point, &RationalOrder)?,
            Backend::Reference => reference::realize(phi, &point)?,
        };
        return Ok(Value::rational_vector(&result));
    }
    Ok(Value::vector(evaluate::realize(
        &*any_network(a[0])?,
        x,
        &context.order,
    )?))
}

fn deriv(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let (x, kink) = (vector(a[1])?, scalar(a[2])?);
    let rational = match a[0] {
        Value::Network(phi) => as_rationals(x).map(|point| (phi, point)),
        _ => None,
    };
    Ok(Value::matrix(match (rational, context.backend) {
        (Some((phi, point)), Backend::Fast) => evaluate::derivative_at(phi, &point, kink)?,
        (Some((phi, point)), Backend::Reference) => {
            let zs = dense::preactivations(phi, &point)?;
            dense::derivative(&phi.lifted(), &zs, kink, context)?
        }
        (None, Backend::Fast) => {
            evaluate::network_derivative(&*any_network(a[0])?, x, kink, &context.order)?
        }
        (None, Backend::Reference) => {
            let phi = any_network(a[0])?;
            let zs = dense::symbolic_preactivations(&phi, x, context)?;
            dense::derivative(&phi, &zs, kink, context)?
        }
    }))
}

/// The network and the point, where the reference backend decides by patterns: rational, continuous, piecewise linear.
fn by_patterns<'a>(
    phi: &'a Value,
    x: &[Scalar],
    context: &Context,
) -> Option<(&'a Network, Vec<Rational>)> {
    let Value::Network(phi) = phi else {
        return None;
    };
    let activation = phi.activation();
    let continuous = activation.is_piecewise_linear() && *activation != Activation::Heaviside;
    (context.backend == Backend::Reference && continuous)
        .then(|| as_rationals(x).map(|point| (&**phi, point)))
        .flatten()
}

fn classical(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let x = vector(a[1])?;
    let result: Option<Matrix<Scalar>> = if let Some((phi, point)) = by_patterns(a[0], x, context) {
        let mut found = dense::on_patterns(phi, &point, &Scalar::zero(), true, context)?;
        if found.len() == 1 { found.pop() } else { None }
    } else {
        match (a[0], as_rationals(x)) {
            (Value::Network(phi), Some(point)) => {
                jacobian::<Rational, _>(phi, &point, &RationalOrder)?.map(|matrix| lifted(&matrix))
            }
            _ => jacobian(&*any_network(a[0])?, x, &context.order)?,
        }
    };
    result
        .map(Value::matrix)
        .ok_or_else(|| Failure::Undefined("the realization is not differentiable there".to_owned()))
}

fn near_clarke(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let x = vector(a[1])?;
    if let Some((phi, point)) = by_patterns(a[0], x, context) {
        return Ok(matrix_set(dense::on_patterns(
            phi,
            &point,
            &Scalar::zero(),
            true,
            context,
        )?));
    }
    Ok(matrix_set(match (a[0], as_rationals(x)) {
        (Value::Network(phi), Some(point)) => clarke::<Rational, _>(phi, &point, &RationalOrder)?
            .iter()
            .map(lifted)
            .collect(),
        _ => clarke(&*any_network(a[0])?, x, &context.order)?,
    }))
}

type Near = fn(
    &relu_core::network::Network<Scalar>,
    &[Scalar],
    &Scalar,
    &relu_core::number::cell::RealContext,
) -> Result<Vec<Matrix<Scalar>>, Failure>;

fn near(a: &[&Value], context: &Context, of: Near) -> Result<Value, Failure> {
    let (y, kink) = (vector(a[1])?, scalar(a[2])?);
    if let Some((phi, point)) = by_patterns(a[0], y, context) {
        return Ok(matrix_set(dense::on_patterns(
            phi, &point, kink, false, context,
        )?));
    }
    if let (Value::Network(phi), Some(point)) = (a[0], as_rationals(y)) {
        // Off the kinks there is one value, and it is the derivative.
        let zs = evaluate::preactivations(&**phi, &point, &RationalOrder)?;
        let hidden = zs[..phi.depth() - 1].iter().flatten();
        let mut on_kink = false;
        for z in hidden {
            on_kink |= network(a[0])?.activation().is_kink(z, &RationalOrder)?;
        }
        if !on_kink && phi.activation().is_piecewise_linear() {
            return Ok(matrix_set(vec![evaluate::derivative_at(
                phi, &point, kink,
            )?]));
        }
    }
    Ok(matrix_set(of(
        &*any_network(a[0])?,
        y,
        kink,
        &context.order,
    )?))
}
