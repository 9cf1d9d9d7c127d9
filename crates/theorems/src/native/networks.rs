//! Natives on networks as objects: constructions, composition and sizes.

use std::sync::Arc;

use claim_language::expr::Type::{
    Activation, Bool, Matrix as M, Nat, Network as N, Real, Vec as V,
};
use relu_core::activation::Activation as Rule;
use relu_core::constructions::{hat, identity_network, sawtooth, square};
use relu_core::encoding;
use relu_core::geometry::pieces;
use relu_core::geometry::{Genericity, genericity};
use relu_core::geometry::{VectorNorm, largest_partial, lipschitz};
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::operations::{
    compose, linear_combination, pad, parallelize, parallelize_separate, sparse_compose,
};
use relu_core::{Failure, Field, RationalOrder, Sign};

use super::arguments::{activation, any_network, network, rational, rational_vector, size};
use super::{Native, native, twins};
use crate::operators::lowered;
use crate::value::{Context, Value};

const CALCULUS: &str = "begj-2019: §II, (5)–(6)";
const SIZES: &str = "begj-2019: §II";

pub(super) fn natives() -> Vec<Native> {
    let mut table = constructions();
    table.extend(sizes());
    table
}

fn built(network: Network) -> Value {
    Value::Network(Arc::new(network))
}

fn pair(
    a: &[&Value],
    rational: impl Fn(&Network, &Network) -> Result<Network, Failure>,
    general: impl Fn(&Network<Scalar>, &Network<Scalar>) -> Result<Network<Scalar>, Failure>,
) -> Result<Value, Failure> {
    match (a[0], a[1]) {
        (Value::Network(first), Value::Network(second)) => Ok(built(rational(first, second)?)),
        (first, second) => {
            let (first, second) = (any_network(first)?, any_network(second)?);
            Ok(lowered(general(&first, &second)?))
        }
    }
}

fn constructions() -> Vec<Native> {
    vec![
        native("compose", &[N, N], N, "Ψ∘Φ: the last affine map of Φ and the first of Ψ are merged into one layer.", CALCULUS, |a, _| {
            pair(a, compose, compose)
        })
        .partial()
        .tex(r"#1\circ #2")
        .twin("activated", &[N, N], "The activation is applied between the two networks.", "composition of functions read layer by layer", "Φ = Ψ = net(([[1]],[0])), x = −1", twins::compose_activated)
        .twin("no_bias", &[N, N], "The bias of the last layer of Φ is forgotten in the merged layer.", "A·b + b̃ written as b̃", "Φ = net(([[1]],[1])), Ψ = net(([[2]],[0])), x = 0", twins::compose_without_bias)
        .twin("swapped", &[N, N], "The merged weights are A_L·Ã₁ instead of Ã₁·A_L.", "order of a matrix product", "Φ = net(([[1,1],[0,1]],[0,0])), Ψ = net(([[1,0],[1,1]],[0,0])), x = (1,0)", twins::compose_swapped),
        native("sparse_compose", &[N, N], N, "Ψ ⊙ Φ = Ψ ∘ Id ∘ Φ with the two-layer identity network between them.", "petersen-voigtlaender: Definition 2.5", |a, _| {
            pair(a, sparse_compose, sparse_compose)
        })
        .partial()
        .tex(r"#1\odot #2"),
        native("parallelize", &[N, N], N, "Two networks of equal depth side by side on a shared input.", "petersen-voigtlaender: Definition 2.7", |a, _| {
            pair(a, |p, q| parallelize(&[p, q]), |p, q| parallelize(&[p, q]))
        })
        .partial(),
        native("parallelize_separate", &[N, N], N, "Two networks of equal depth side by side on separate inputs.", "petersen-voigtlaender: Definition 2.7", |a, _| {
            pair(a, |p, q| parallelize_separate(&[p, q]), |p, q| parallelize_separate(&[p, q]))
        })
        .partial(),
        native("linear_combination", &[Real, N, Real, N], N, "a·Φ + b·Ψ as one network, for equal depth, input and output.", "begj-2019: §VI", |a, _| {
            let (first, second) = (network(a[1])?, network(a[3])?);
            Ok(built(linear_combination(&[(rational(a[0])?.clone(), first), (rational(a[2])?.clone(), second)])?))
        })
        .partial(),
        native("pad", &[N, Nat], N, "The network brought to the given depth by composing with an identity network.", "begj-2019: §VI", |a, _| {
            Ok(built(pad(network(a[0])?, bounded(a[1])?)?))
        })
        .partial()
        .twin("single_channel", &[N, Nat], "One ReLU per output is used as padding.", "ReLU taken for the identity on signed values", "Φ = net(([[1]],[0])), depth 2, x = −1", twins::pad_single_channel),
        native("identity_net", &[Nat, Nat], N, "The identity network Id_{d,L}: x = σ(x) − σ(−x), passed through L layers.", "derived: catalogue C9", |a, _| {
            Ok(built(identity_network(bounded(a[0])?, bounded(a[1])?)?))
        })
        .partial()
        .tex(r"\mathrm{Id}_{#1,#2}"),
        native("hat", &[], N, "2σ(x) − 4σ(x − 1/2) + 2σ(x − 1).", "slides-regularity: sawtooth", |_, _| Ok(built(hat()))),
        native("sawtooth", &[Nat], N, "The s-fold composition of the hat network.", "slides-regularity: sawtooth", |a, _| {
            Ok(built(sawtooth(bounded(a[0])?)?))
        })
        .partial(),
        native("square", &[Nat], N, "The squaring network with m hidden layers.", "notebook-regularity: square network", |a, _| {
            Ok(built(square(bounded(a[0])?)?))
        })
        .partial()
        .tex(r"\mathrm{sq}_{#1}"),
        native("with_activation", &[N, Activation], N, "The same layers with another activation.", SIZES, |a, _| {
            Ok(built(network(a[0])?.with_activation(activation(a[1])?.clone())))
        }),
        native("encode", &[N, Nat], V, "The bits of the shipped encoding: Elias gamma headers, then position and value of every entry that is not zero, with entries in 2^(−q)ℤ.", "derived: catalogue X4", |a, _| {
            let q = u32::try_from(bounded(a[1])?).map_err(|_| Failure::Limit("a precision".to_owned()))?;
            let bits = encoding::encode(network(a[0])?, q)?;
            Ok(Value::vector(bits.into_iter().map(|bit| Scalar::from(i64::from(bit))).collect()))
        })
        .partial(),
        native("decode", &[V, Nat], N, "The network that the bits encode at precision q.", "derived: catalogue X4", |a, _| {
            let bits: Vec<bool> = rational_vector(a[0])?.iter().map(Rational::is_one).collect();
            let q = u32::try_from(bounded(a[1])?).map_err(|_| Failure::Limit("a precision".to_owned()))?;
            Ok(built(encoding::decode(&bits, q)?))
        })
        .partial(),
    ]
}

/// A size small enough to build something of it.
fn bounded(value: &Value) -> Result<usize, Failure> {
    let n = size(value)?;
    if n > 64 {
        Err(Failure::Limit(format!("a size of at most 64, got {n}")))
    } else {
        Ok(n)
    }
}

/// A count of a network or template, by name.
fn counted(value: &Value, of: impl Fn(&Network<Scalar>) -> usize) -> Result<Value, Failure> {
    Ok(Value::count(of(&*any_network(value)?)))
}

fn sizes() -> Vec<Native> {
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
            "derived: catalogue O3",
            |a, _| {
                let verdict = genericity(network(a[0])?, &rational_vector(a[1])?)?;
                Ok(Value::Bool(verdict == Genericity::Generic))
            },
        ),
        native("slope_bound", &[N, V, Real, Nat], Real, "The largest |ϱ′| off the kinks on intervals that contain the pre-activations of hidden layer k over the cube ‖x − m‖_∞ ≤ r, by interval arithmetic, 1 ≤ k < L; on a single point |ϱ′| there, 0 on a kink.", "derived: catalogue X1", |a, _| slope_bound(a, largest_slope_on))
            .revised(2)
            .partial()
            .twin("lipschitz", &[N, V, Real, Nat], "The Lipschitz constant of ϱ on those intervals, which is 0 on a single point.", "Lipschitz constant on an interval taken for the largest slope on it", "net(([[1]],[0]),([[1]],[1]),([[1]],[0])), m = −1, r = 1, x = 0, c = 1/2", |a, _| slope_bound(a, Rule::lipschitz_on)),
        native(
            "lipschitz1",
            &[N],
            Real,
            "The largest operator norm ℓ1 → ℓ1 of the derivative over the full-dimensional cells.",
            "derived: catalogue C1",
            |a, c| largest_slope(a, c, false),
        )
        .partial(),
        native(
            "lipschitz_inf",
            &[N],
            Real,
            "The largest operator norm ℓ∞ → ℓ∞ of the derivative over the full-dimensional cells.",
            "derived: catalogue C1",
            |a, c| largest_slope(a, c, true),
        )
        .partial(),
        native(
            "breakpoints",
            &[N],
            V,
            "The ends of the maximal affine pieces on ℝ of a network with one input, ascending.",
            "derived: catalogue O5",
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
            "derived: catalogue C42",
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
