//! The product network T_m on the unit square.

use relu_core::activation::Activation;
use relu_core::number::rational::Rational;

use super::draft::Draft;
use super::kink_values::fraction;

/// T_m ≈ a·b on [0,1]²: widths (2, 3, 5^m, 1), depth m + 2, connectivity 15m + 7.
///
/// # Definition
/// p = σ((a−b)/2), q = σ((b−a)/2), u = σ((a+b)/2); then m layers carry the two neurons of a hat on the chain of u, the two on
/// the chain of p + q, and the accumulator A_s = A_{s−1} − 4⁻ˢ(Gᵘ − Gᵛ) with A₀ = u − p − q and hats G = 2t₁ − 4t₂.
///
/// # Source
/// Claim `mult-unit`. For a = b the neurons p and q are identically zero, which is what G6 wants it for.
pub(super) fn unit_product(m: usize) -> Draft {
    let mut widths = vec![5; m + 3];
    (widths[0], widths[1], widths[m + 2]) = (2, 3, 1);
    let mut draft = Draft::zeros(Activation::Relu, &widths);
    let int = Rational::from_integer;
    let (half, minus_half) = (fraction(1, 2), fraction(-1, 2));

    let first = &mut draft.layers[0];
    first
        .row_mut(0)
        .clone_from_slice(&[half.clone(), minus_half.clone()]);
    first
        .row_mut(1)
        .clone_from_slice(&[minus_half.clone(), half.clone()]);
    first.row_mut(2).clone_from_slice(&[half.clone(), half]);

    // Columns of the layers behind are (t₁, t₂) of the u-chain, (t₁, t₂) of the v-chain, accumulator.
    let mut quarter_power = Rational::one();
    for s in 0..=m {
        let (u, v, accumulator): (Vec<_>, Vec<_>, Vec<_>) = if s == 0 {
            (
                vec![int(0), int(0), int(1)],
                vec![int(1), int(1), int(0)],
                vec![int(-1), int(-1), int(1)],
            )
        } else {
            quarter_power *= &fraction(1, 4);
            let scaled = |n: i64| &quarter_power * &int(n);
            (
                vec![int(2), int(-4), int(0), int(0), int(0)],
                vec![int(0), int(0), int(2), int(-4), int(0)],
                vec![scaled(-2), scaled(4), scaled(2), scaled(-4), int(1)],
            )
        };
        let layer = &mut draft.layers[s + 1];
        if s == m {
            layer.row_mut(0).clone_from_slice(&accumulator);
            break;
        }
        for (i, row) in [&u, &u, &v, &v, &accumulator].into_iter().enumerate() {
            layer.row_mut(i).clone_from_slice(row);
        }
        layer.bias[1] = minus_half.clone();
        layer.bias[3] = minus_half.clone();
    }
    draft
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use relu_core::RationalOrder;
    use relu_core::evaluate::{network_derivative, realize};

    #[test]
    fn sizes_are_those_of_the_claim() {
        for (m, connectivity, bound) in [(1, 22, 1), (2, 37, 4), (3, 52, 4)] {
            let network = unit_product(m).finish();
            assert_eq!(network.connectivity(), connectivity);
            assert_eq!(network.weight_bound(), Rational::from_integer(bound));
            assert_eq!(
                (network.depth(), network.indim(), network.outdim()),
                (m + 2, 2, 1)
            );
        }
    }

    #[test]
    fn values_are_those_of_the_claim() {
        for (m, a, b, value) in [
            (2, (1, 8), (1, 8), (1, 32)),
            (2, (3, 10), (7, 10), (1, 5)),
            (2, (1, 3), (1, 5), (7, 120)),
            (1, (7, 10), (3, 5), (9, 20)),
        ] {
            let x = [fraction(a.0, a.1), fraction(b.0, b.1)];
            let network = unit_product(m).finish();
            let expected = vec![fraction(value.0, value.1)];
            assert_eq!(realize(&network, &x, &RationalOrder), Ok(expected));
        }
        let x = [fraction(3, 10), fraction(7, 10)];
        let gradient = network_derivative(
            &unit_product(2).finish(),
            &x,
            &Rational::zero(),
            &RationalOrder,
        );
        assert_eq!(gradient.unwrap().data(), [fraction(1, 2), fraction(1, 4)]);
    }
}
