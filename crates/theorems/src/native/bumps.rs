//! Natives of the sampling bounds: bumps, networks of bounded weights, integrals of powers.
//!
//! An exponent q in \[1, ∞\] is given by its inverse, a rational in \[0, 1\], 0 for q = ∞.

use claim_language::expr::Type::{Box_, Nat, Network as N, Real, Vec as V};
use relu_core::constructions::{
    bump, bump_apex, bump_chain, bump_merged, bump_network, bump_network_even, bump_spread,
    full_network, full_network_biased, uniform_network,
};
use relu_core::geometry::cells::integral_of_power;

use super::arguments::{bounded, builds, domain, network};
use super::geometry::{Certified, MOST_CELLS};
use super::{Native, native};
use crate::value::{Backend, Value};

const BUMP: &str = "bgv-2022: proof of the lower bound";
const DERIVED: &str = "derived: bumps in networks of bounded weights";

pub(super) fn natives() -> Vec<Native> {
    vec![
        native(
            "bump",
            &[Real, V],
            N,
            "bump(M, y), the function max(0, 1 − M‖x − y‖₁) as a network.",
            BUMP,
            builds!(bump: number vector),
        )
        .partial(),
        native(
            "bump_network",
            &[Nat, Nat, Real, Real, V],
            N,
            "bump_network(L, B, c, M, y), the multiple c^L·B^(L−2)·⌊B/(2d+1)⌋/M of that bump with L layers, B neurons in each hidden one, and all weights and biases at most c in size.",
            BUMP,
            builds!(bump_network: count count number number vector),
        )
        .partial(),
        native(
            "bump_chain",
            &[Nat, Real, Real, V],
            N,
            "bump_chain(L, c, M, y), the multiple c^L/(M·(2d+1)²) of that bump with L layers in which the sizes of the weights, and of the biases, add up to at most c.",
            "derived: claim bump-network-q",
            builds!(bump_chain: count number number vector),
        )
        .partial(),
        native(
            "bump_spread",
            &[Nat, Nat, Real, Real, Real, V],
            N,
            "bump_spread(L, B, c, r, M, y), a multiple of the bump with L layers, B neurons in each hidden one, all of them used, and all ℓq norms of weights and biases at most c, r = 1/q ≤ 1/2; the factor is c^L·k^(1−2r)·(2d+1)^(−2r)·B^((L−2)(1−2r))/M, k = ⌊B/(2d+1)⌋, but for rounding.",
            DERIVED,
            builds!(bump_spread: count count number number number vector),
        )
        .partial(),
        native(
            "bump_merged",
            &[Nat, Real, Real, Real, V],
            N,
            "bump_merged(L, c, r, M, y), the multiple t²·c^(L−2)/M of the bump with L layers, 2d neurons in the first hidden one and one in the others, and all ℓq norms of weights and biases at most c, r = 1/q ≥ 1/2; t = c·(2d − 1 + (10/7)^q)^(−r), but for rounding.",
            DERIVED,
            builds!(bump_merged: count number number number vector),
        )
        .partial(),
        native(
            "bump_even",
            &[Nat, Nat, Real, Real, V],
            N,
            "bump_even(L, B, c, M, y), the multiple c^L·B^(L−2)·⌊B/(2d)⌋/(2M) of the bump with L layers, B neurons in each hidden one, and all weights and biases at most c in size.",
            DERIVED,
            builds!(bump_network_even: count count number number vector),
        )
        .partial(),
        native(
            "bump_apex",
            &[Nat, Real, Real, V],
            N,
            "bump_apex(L, c, M, y), with L layers, 3d neurons in each hidden one, and all weights and biases at most c in size: 0 outside of y + [−1/M, 1/M]ᵈ and 4/3·c^L·(3d)^(L−2)/M high at y − 1/(3M); for c ≤ 3M/4.",
            DERIVED,
            builds!(bump_apex: count number number vector),
        )
        .partial(),
        native(
            "full_network",
            &[Nat, Nat, Nat, Real],
            N,
            "full_network(d, L, B, c), d inputs, L layers, B neurons in each hidden one, all weights c and all biases 0.",
            "derived: claim lip-l2",
            builds!(full_network: count count count number),
        )
        .partial(),
        native(
            "uniform_network",
            &[Nat, Nat, Nat, Real, Real],
            N,
            "uniform_network(d, L, B, c, r), d inputs, L layers, B neurons in each hidden one, all n entries of a layer equal to class_share(c, n, r), and all biases 0.",
            DERIVED,
            builds!(uniform_network: count count count number number),
        )
        .partial(),
        native(
            "full_network_biased",
            &[Nat, Nat, Nat, Real, Real],
            N,
            "full_network_biased(d, L, B, w, b), d inputs, L layers, B neurons in each hidden one, all weights w and all biases b.",
            DERIVED,
            builds!(full_network_biased: count count count number number),
        )
        .partial(),
        native(
            "integral_of_power",
            &[N, Nat, Box_],
            Real,
            "∫ RΦ(x)^p dx over a bounded box, for one output and an integer p.",
            "derived: claim bump-lp-norm",
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
