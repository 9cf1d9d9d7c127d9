//! Natives of the sampling bounds: bumps, networks of bounded weights, integrals of powers.

use claim_language::expr::Type::{Box_, Nat, Network as N, Real, Vec as V};
use relu_core::constructions::{bump, bump_chain, bump_network, full_network};
use relu_core::geometry::cells::integral_of_power;

use super::arguments::{bounded, built, domain, network, rational, rational_vector};
use super::geometry::{Certified, MOST_CELLS};
use super::{Native, native};
use crate::value::{Backend, Value};

const BUMP: &str = "bgv-2022: proof of the lower bound";

pub(super) fn natives() -> Vec<Native> {
    vec![
        native(
            "bump",
            &[Real, V],
            N,
            "bump(M, y), the function max(0, 1 − M‖x − y‖₁) as a network.",
            BUMP,
            |a, _| Ok(built(bump(rational(a[0])?, &rational_vector(a[1])?)?)),
        )
        .partial(),
        native(
            "bump_network",
            &[Nat, Nat, Real, Real, V],
            N,
            "bump_network(L, B, c, M, y), the multiple c^L·B^(L−2)·⌊B/(2d+1)⌋/M of that bump with L layers, B neurons in each hidden one, and all weights and biases at most c in size.",
            BUMP,
            |a, _| {
                Ok(built(bump_network(
                    bounded(a[0])?,
                    bounded(a[1])?,
                    rational(a[2])?,
                    rational(a[3])?,
                    &rational_vector(a[4])?,
                )?))
            },
        )
        .partial(),
        native(
            "bump_chain",
            &[Nat, Real, Real, V],
            N,
            "bump_chain(L, c, M, y), the multiple c^L/(M·(2d+1)²) of that bump with L layers in which the sizes of the weights, and of the biases, add up to at most c.",
            "derived: catalogue bump-network-q",
            |a, _| {
                Ok(built(bump_chain(
                    bounded(a[0])?,
                    rational(a[1])?,
                    rational(a[2])?,
                    &rational_vector(a[3])?,
                )?))
            },
        )
        .partial(),
        native(
            "full_network",
            &[Nat, Nat, Nat, Real],
            N,
            "full_network(d, L, B, c), d inputs, L layers, B neurons in each hidden one, all weights c and all biases 0.",
            "derived: catalogue lip-l2",
            |a, _| {
                Ok(built(full_network(
                    bounded(a[0])?,
                    bounded(a[1])?,
                    bounded(a[2])?,
                    rational(a[3])?,
                )?))
            },
        )
        .partial(),
        native(
            "integral_of_power",
            &[N, Nat, Box_],
            Real,
            "∫ RΦ(x)^p dx over a bounded box, for one output and an integer p.",
            "derived: catalogue bump-lp-norm",
            |a, context| {
                let (phi, on) = (network(a[0])?, domain(a[2])?);
                let power = u32::try_from(bounded(a[1])?).expect("at most 64");
                Ok(Value::rational(match context.backend {
                    Backend::Fast => integral_of_power(phi, power, on, MOST_CELLS)?,
                    Backend::Reference => Certified::new(phi, on)?.integral_of_power(phi, power)?,
                }))
            },
        )
        .partial()
        .tex(r"\int_{#3}#1^{#2}"),
    ]
}
