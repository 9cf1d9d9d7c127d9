//! Natives on networks as objects: sizes, layers, and what a network is on a cube.

use claim_language::expr::Type::{
    Activation, Bool, Matrix as M, Nat, Network as N, Real, Vec as V,
};
use relu_core::activation::Activation as Rule;
use relu_core::geometry::pieces;
use relu_core::geometry::{Genericity, genericity};
use relu_core::geometry::{VectorNorm, largest_partial, lipschitz};
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::{Failure, Field, RationalOrder, Sign};

use super::arguments::{any_network, network, rational, rational_vector, size};
use super::{Native, native};
use crate::value::{Context, Value};

const SIZES: &str = "begj-2019: §II";

/// A count of a network or template, by name.
fn counted(value: &Value, of: impl Fn(&Network<Scalar>) -> usize) -> Result<Value, Failure> {
    Ok(Value::count(of(&*any_network(value)?)))
}

pub(super) fn natives() -> Vec<Native> {
    use claim_language::expr::Type::Template as T;
    vec![
        native(
            "depth",
            &[N],
            Nat,
            "The number of affine maps.",
            SIZES,
            |a, _| match a[0] {
                Value::Template(template) => Ok(Value::count(template.depth())),
                other => counted(other, Network::depth),
            },
        )
        .or(&[T], Nat)
        .tex("L(#1)"),
        native(
            "indim",
            &[N],
            Nat,
            "The input dimension.",
            SIZES,
            |a, _| match a[0] {
                Value::Network(network) => Ok(Value::count(network.indim())),
                Value::Template(template) => Ok(Value::count(template.indim())),
                other => counted(other, Network::indim),
            },
        )
        .or(&[T], Nat)
        .tex(r"\dim_{\mathrm{in}}#1"),
        native(
            "outdim",
            &[N],
            Nat,
            "The output dimension.",
            SIZES,
            |a, _| match a[0] {
                Value::Network(network) => Ok(Value::count(network.outdim())),
                Value::Template(template) => Ok(Value::count(template.outdim())),
                other => counted(other, Network::outdim),
            },
        )
        .or(&[T], Nat)
        .tex(r"\dim_{\mathrm{out}}#1"),
        native(
            "width",
            &[N],
            Nat,
            "The largest layer, input and output included.",
            SIZES,
            |a, _| counted(a[0], Network::width),
        )
        .tex("W(#1)"),
        native(
            "layer_sum",
            &[N],
            Nat,
            "The sum of all layer widths, input and output included.",
            SIZES,
            |a, _| counted(a[0], Network::layer_sum),
        ),
        native(
            "neurons",
            &[N],
            Nat,
            "The number of hidden neurons.",
            SIZES,
            |a, _| counted(a[0], Network::neurons),
        ),
        native(
            "connectivity",
            &[N],
            Nat,
            "The number of entries of all weights and biases that are not zero.",
            SIZES,
            |a, _| Ok(Value::count(network(a[0])?.connectivity())),
        )
        .tex(r"\lVert #1\rVert_0"),
        native(
            "param_count",
            &[N],
            Nat,
            "The number of all weights and biases, zero or not.",
            SIZES,
            |a, _| counted(a[0], Network::parameter_count),
        ),
        native(
            "weight_bound",
            &[N],
            Real,
            "The largest absolute entry of all weights and biases.",
            SIZES,
            |a, _| Ok(Value::rational(network(a[0])?.weight_bound())),
        )
        .tex(r"\lVert #1\rVert_\infty"),
        native(
            "max_abs_weight",
            &[N],
            Real,
            "The largest absolute weight.",
            SIZES,
            |a, _| Ok(Value::rational(network(a[0])?.max_abs_weight())),
        ),
        native(
            "max_abs_bias",
            &[N],
            Real,
            "The largest absolute bias.",
            SIZES,
            |a, _| Ok(Value::rational(network(a[0])?.max_abs_bias())),
        ),
        native(
            "activation",
            &[N],
            Activation,
            "The activation of a network.",
            SIZES,
            |a, _| match a[0] {
                Value::Network(network) => Ok(Value::Activation(network.activation().clone())),
                other => Ok(Value::Activation(any_network(other)?.activation().clone())),
            },
        )
        .tex(r"\varrho(#1)"),
        native(
            "dims",
            &[N],
            V,
            "The architecture (N₀, …, N_L).",
            SIZES,
            |a, _| {
                let sizes = any_network(a[0])?.architecture();
                Ok(Value::vector(
                    sizes.into_iter().map(|n| Scalar::from(n as i64)).collect(),
                ))
            },
        ),
        native(
            "layer_width",
            &[N, Nat],
            Nat,
            "The width N_l of layer l, 0 ≤ l ≤ L.",
            SIZES,
            |a, _| {
                let sizes = any_network(a[0])?.architecture();
                let l = size(a[1])?;
                sizes
                    .get(l)
                    .copied()
                    .map(Value::count)
                    .ok_or_else(|| missing_layer(l, sizes.len() - 1))
            },
        )
        .partial(),
        native(
            "layer_connectivity",
            &[N, Nat],
            Nat,
            "The number of entries of A_l and b_l that are not zero, 1 ≤ l ≤ L.",
            SIZES,
            |a, _| {
                let phi = network(a[0])?;
                let l = one_based(a[1], phi.depth())?;
                Ok(Value::count(phi.layer_connectivity(l)?))
            },
        )
        .partial(),
        native(
            "weights",
            &[N, Nat],
            M,
            "The weights A_l, 1 ≤ l ≤ L.",
            SIZES,
            |a, _| {
                let phi = any_network(a[0])?;
                let l = one_based(a[1], phi.depth())?;
                Ok(Value::matrix(phi.layer(l - 1).weights()))
            },
        )
        .partial()
        .tex("A_{#2}(#1)"),
        native(
            "bias",
            &[N, Nat],
            V,
            "The bias b_l, 1 ≤ l ≤ L.",
            SIZES,
            |a, _| {
                let phi = any_network(a[0])?;
                let l = one_based(a[1], phi.depth())?;
                Ok(Value::vector(phi.layer(l - 1).biases().to_vec()))
            },
        )
        .partial()
        .tex("b_{#2}(#1)"),
        native(
            "is_generic",
            &[N, V],
            Bool,
            "Whether every pre-activation is nonzero at x or identically zero near x.",
            "derived: exact evaluation",
            |a, _| {
                let verdict = genericity(network(a[0])?, &rational_vector(a[1])?)?;
                Ok(Value::Bool(verdict == Genericity::Generic))
            },
        ),
        native("slope_bound", &[N, V, Real, Nat], Real, "The largest |ϱ′| off the kinks on intervals that contain the pre-activations of hidden layer k over the cube ‖x − m‖_∞ ≤ r, by interval arithmetic, 1 ≤ k < L; on a single point |ϱ′| there, 0 on a kink.", "derived: claim act-realization-local", |a, _| slope_bound(a, largest_slope_on))
            .revised(2)
            .partial()
            .twin("lipschitz", &[N, V, Real, Nat], "The Lipschitz constant of ϱ on those intervals, which is 0 on a single point.", "Lipschitz constant on an interval taken for the largest slope on it", "net(([[1]],[0]),([[1]],[1]),([[1]],[0])), m = −1, r = 1, x = 0, c = 1/2", |a, _| slope_bound(a, Rule::lipschitz_on)),
        native(
            "lipschitz1",
            &[N],
            Real,
            "The largest operator norm ℓ1 → ℓ1 of the derivative over the full-dimensional cells.",
            "derived: claim realization-cpl-lipschitz",
            |a, c| largest_slope(a, c, false),
        )
        .partial(),
        native(
            "lipschitz_inf",
            &[N],
            Real,
            "The largest operator norm ℓ∞ → ℓ∞ of the derivative over the full-dimensional cells.",
            "derived: claim realization-cpl-lipschitz",
            |a, c| largest_slope(a, c, true),
        )
        .partial(),
        native(
            "breakpoints",
            &[N],
            V,
            "The ends of the maximal affine pieces on ℝ of a network with one input, ascending.",
            "derived: exact evaluation",
            |a, _| {
                let ends: Vec<Rational> = pieces(network(a[0])?)?
                    .into_iter()
                    .filter_map(|piece| piece.upper)
                    .collect();
                Ok(Value::rational_vector(&ends))
            },
        )
        .partial(),
        native(
            "max_partial",
            &[N],
            Real,
            "The largest absolute entry of the derivative over the full-dimensional cells.",
            "derived: claim w1inf-chain-constant",
            |a, _| Ok(Value::rational(largest_partial(network(a[0])?)?)),
        )
        .partial(),
    ]
}

/// A bound for the slopes of an activation on \[low, high\].
type SlopeRule = fn(&Rule, &Rational, &Rational) -> Result<Rational, Failure>;

/// The largest |ϱ′| off the kinks. An enclosure may be a single point, off the kinks, where the Lipschitz constant is 0 and
/// the slope is not: a dead layer before it is enough.
fn largest_slope_on(
    activation: &Rule,
    low: &Rational,
    high: &Rational,
) -> Result<Rational, Failure> {
    if low == high {
        return Ok(activation
            .slope(low, &Rational::zero(), &RationalOrder)?
            .abs());
    }
    activation.lipschitz_on(low, high)
}

/// Interval arithmetic layer by layer: A·(m ± r) + b is A·m + b ± |A|·r, and ϱ maps [z − s, z + s] into ϱ(z) ± Λ·s with Λ a
/// bound for its slopes there.
fn slope_bound(a: &[&Value], rule: SlopeRule) -> Result<Value, Failure> {
    let phi = network(a[0])?;
    let mut middle = rational_vector(a[1])?;
    let radius = rational(a[2])?.clone();
    let layer = one_based(a[3], phi.depth().saturating_sub(1))?;
    if radius.sign() == Sign::Negative || middle.len() != phi.indim() {
        return Err(Failure::Undefined(
            "a cube around a point of the input space".to_owned(),
        ));
    }
    let mut radii = vec![radius; middle.len()];
    for l in 0..layer {
        let current = phi.layer(l);
        let absolute = current.map(Rational::abs);
        let mut next = current.apply(&middle);
        let mut spread = Vec::with_capacity(current.rows());
        let mut bounds = Vec::with_capacity(current.rows());
        for (i, z) in next.iter().enumerate() {
            let mut sum = Rational::zero();
            for (j, weight) in absolute.entries(i) {
                sum.add_product(weight, &radii[j]);
            }
            bounds.push(rule(phi.activation(), &z.minus(&sum), &z.plus(&sum))?);
            spread.push(sum);
        }
        if l + 1 == layer {
            return Ok(Value::rational(
                bounds.into_iter().max().unwrap_or_else(Rational::zero),
            ));
        }
        for (z, (radius, bound)) in next.iter_mut().zip(spread.iter_mut().zip(&bounds)) {
            *z = phi.activation().value(z, &RationalOrder)?;
            *radius = radius.times(bound);
        }
        (middle, radii) = (next, spread);
    }
    Err(Failure::Undefined("a hidden layer".to_owned()))
}

fn largest_slope(a: &[&Value], _: &Context, infinity: bool) -> Result<Value, Failure> {
    let norm = if infinity {
        VectorNorm::Infinity
    } else {
        VectorNorm::One
    };
    Ok(Value::rational(lipschitz(network(a[0])?, norm)?))
}

fn missing_layer(l: usize, depth: usize) -> Failure {
    Failure::Undefined(format!("layer {l}, the last one here is {depth}"))
}

/// A layer number between 1 and the depth.
pub(super) fn one_based(value: &Value, depth: usize) -> Result<usize, Failure> {
    let l = size(value)?;
    if (1..=depth).contains(&l) {
        Ok(l)
    } else {
        Err(missing_layer(l, depth))
    }
}
