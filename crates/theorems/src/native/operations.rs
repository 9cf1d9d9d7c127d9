//! Natives that make networks from networks: the calculus, and the shipped encoding.

use claim_language::expr::Type::{Activation, Nat, Network as N, Real, Vec as V};
use relu_core::Failure;
use relu_core::encoding;
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::operations::{
    compose, linear_combination, pad, parallelize, parallelize_separate, sparse_compose,
};

use super::arguments::{
    activation, any_network, bounded, built, network, rational, rational_vector,
};
use super::{Native, native, twins};
use crate::operators::lowered;
use crate::value::Value;

const CALCULUS: &str = "begj-2019: §II, (5)–(6)";
const SIZES: &str = "begj-2019: §II";

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

pub(super) fn natives() -> Vec<Native> {
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
        native("with_activation", &[N, Activation], N, "The same layers with another activation.", SIZES, |a, _| {
            Ok(built(network(a[0])?.with_activation(activation(a[1])?.clone())))
        }),
        native("encode", &[N, Nat], V, "The bits of the shipped encoding: Elias gamma headers, then position and value of every entry that is not zero, with entries in 2^(−q)ℤ.", "derived: claim network-bit-length", |a, _| {
            let q = u32::try_from(bounded(a[1])?).map_err(|_| Failure::Limit("a precision".to_owned()))?;
            let bits = encoding::encode(network(a[0])?, q)?;
            Ok(Value::vector(bits.into_iter().map(|bit| Scalar::from(i64::from(bit))).collect()))
        })
        .partial(),
        native("decode", &[V, Nat], N, "The network that the bits encode at precision q.", "derived: claim network-bit-length", |a, _| {
            let bits: Vec<bool> = rational_vector(a[0])?.iter().map(Rational::is_one).collect();
            let q = u32::try_from(bounded(a[1])?).map_err(|_| Failure::Limit("a precision".to_owned()))?;
            Ok(built(encoding::decode(&bits, q)?))
        })
        .partial(),
    ]
}
