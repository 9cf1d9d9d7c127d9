//! Bumps in networks whose layers have bounded ℓq norms, for 1 ≤ q ≤ ∞.

use super::block::{Block, Shape, chain};
use super::{check, check_class};
use crate::failure::Failure;
use crate::field::Sign;
use crate::network::Network;
use crate::number::radical::power_between;
use crate::number::rational::Rational;

/// Binary digits of roots that are rounded.
const DIGITS: u32 = 20;

/// c·n^{−1/q} where it is rational, and otherwise a rational below it by less than one part in 2²⁰: n entries of this size have
/// ℓq norm at most c.
///
/// Errors: [`Failure::Undefined`] for n < 1, c < 0 or 1/q outside \[0, 1\]; [`Failure::Limit`] for 1/q with large parts.
pub fn class_share(
    bound: &Rational,
    count: &Rational,
    inverse: &Rational,
) -> Result<Rational, Failure> {
    let one = Rational::one();
    if *count < one || *inverse > one || bound.sign() == Sign::Negative {
        return Err(Failure::Undefined(format!(
            "the share of one of n entries: expected c at least 0, n at least 1 and 1/q in [0, 1], got {bound}, {count} and {inverse}"
        )));
    }
    let root = power_between(count, inverse, DIGITS)?.upper;
    Ok(bound.over(&root).expect("a root of n is at least 1"))
}

/// k·α·β·(Bγ)^{L−3}·Bδ·f_y/M with L layers, at most B neurons in each hidden one, and all ℓq norms of weights and biases at most c, for
/// q ≥ 2; k = ⌊B/(2d+1)⌋, dims (d, B, …, B, 1).
///
/// With n = k(2d + 1), layer 1 has n entries α = c·n^{−1/q}, layer 2 nB entries β = c·(nB)^{−1/q}, the layers after B² entries
/// γ = c·B^{−2/q}, the last one B entries δ = c·B^{−1/q}, each rounded down by [`class_share`] if it is irrational. Without rounding
/// the factor is c^L·k·n^{−2/q}·B^{(L−2)(1−2/q)}. The construction is one for every q; for q < 2 more copies make it smaller.
///
/// Errors: as [`bump_network`](super::bump_network) and [`class_share`].
///
/// # Source
/// Derived from bgv-2022, general lower bound.
pub fn bump_spread(
    depth: usize,
    width: usize,
    bound: &Rational,
    inverse: &Rational,
    steepness: &Rational,
    centre: &[Rational],
) -> Result<Network, Failure> {
    let neurons = 2 * centre.len() + 1;
    check(steepness, centre, width, depth, neurons)?;
    check_class(bound, steepness, centre)?;
    let copies = width / neurons;
    let share = |entries: usize| {
        let count = i64::try_from(entries).expect("at most MOST_WIDTH squared");
        class_share(bound, &count.into(), inverse)
    };
    let pair = (share(copies * neurons)?, share(copies * neurons * width)?);
    let block = Block::new(steepness, centre, &pair, &[pair.clone(), pair.clone()]);
    let shape = Shape {
        depth,
        copies,
        first_width: width,
        later_width: width,
        later: share(width * width)?,
        last: share(width)?,
    };
    block.network(centre.len(), &shape)
}

/// t²·c^{L−2}·f_y/M with L layers and all ℓq norms of weights and biases at most c, for q ≤ 2; dims (d, 2d, 1, …, 1).
///
/// The two equal neurons of [`bump_chain`](super::bump_chain) are merged: their product 2t² is split into 7t/5 and 10t/7, which is close to √2·t for
/// both. t = c·(2d − 1 + (10/7)^q)^{−1/q}, rounded down if it is irrational, so that both layers have norm at most c.
///
/// Errors: as [`bump_network`](super::bump_network) and [`class_share`]; [`Failure::Undefined`] for 1/q < 1/2.
///
/// # Source
/// Derived.
pub fn bump_merged(
    depth: usize,
    bound: &Rational,
    inverse: &Rational,
    steepness: &Rational,
    centre: &[Rational],
) -> Result<Network, Failure> {
    let neurons = 2 * centre.len();
    check(steepness, centre, neurons, depth, neurons)?;
    check_class(bound, steepness, centre)?;
    let exponent = inverse.recip().filter(|q| *q <= Rational::from(2));
    let exponent = exponent.ok_or_else(|| {
        Failure::Undefined(format!(
            "merged neurons: expected 1/q at least 1/2, got {inverse}"
        ))
    })?;
    let ratio = |p: i64, q: i64| Rational::new(p, q).expect("q is not 0");
    let others = Rational::from(i64::try_from(neurons - 1).expect("at most MOST_WIDTH"));
    let merged = power_between(&ratio(10, 7), &exponent, DIGITS)?.upper;
    let t = class_share(bound, &(&others + &merged), inverse)?;
    let kink = (&t * &ratio(7, 5), &t * &ratio(10, 7));
    let block = Block::new(steepness, centre, &(t.clone(), t), &[kink]);
    block.network(centre.len(), &chain(depth, neurons, bound))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::NetworkClass;
    use crate::constructions::{bump_apex, bump_network_even, uniform_network};
    use crate::reference::{in_class, realize};

    fn rational(text: &str) -> Rational {
        text.parse().unwrap()
    }

    /// The factor by which the network exceeds max(0, 1/M − ‖x − y‖₁), from its value at y; the same factor everywhere around.
    fn factor(phi: &Network, m: &Rational, y: &[Rational]) -> Rational {
        let radius = m.recip().unwrap();
        let at = |x: &[Rational]| realize(phi, x).unwrap().remove(0);
        let peak = at(y).over(&radius).unwrap();
        for step in ["1/40", "-1/40", "1/3", "-2", "3/16", "-1/8"] {
            let step = rational(step);
            let mut x = y.to_vec();
            for i in 0..x.len() {
                x[i] = &x[i] + &step;
                let distance = x
                    .iter()
                    .zip(y)
                    .fold(Rational::zero(), |sum, (x, y)| &sum + &(x - y).abs());
                let expected = (&radius - &distance).max(Rational::zero());
                assert_eq!(at(&x), &peak * &expected, "{x:?}");
            }
        }
        peak
    }

    fn belongs(phi: &Network, width: usize, c: &Rational, inverse: &Rational) -> bool {
        let class = NetworkClass {
            depth: phi.depth(),
            width,
            bound: c.clone(),
            inverse_exponent: inverse.clone(),
        };
        let found = class.contains(phi).unwrap();
        assert_eq!(in_class(phi, &class), Ok(found));
        found
    }

    #[test]
    fn spread_bumps_are_in_their_class() {
        let m = Rational::from(8);
        for d in 1..=4 {
            let y = vec![rational("3/8"); d];
            for (width, c, inverse) in [
                (2 * d + 1, "1", "0"),
                (4 * d + 3, "7/3", "1/2"),
                (16, "1/10", "1/2"),
                (2 * d + 1, "50", "1/4"),
                (11, "1", "2/5"),
            ] {
                let (c, inverse) = (rational(c), rational(inverse));
                let phi = bump_spread(4, width, &c, &inverse, &m, &y).unwrap();
                assert!(belongs(&phi, width, &c, &inverse));
                // A layer is not much below its bound.
                let less = &c * &rational("999999/1000000");
                assert!(!belongs(&phi, width, &less, &inverse));
                let n = Rational::from(i64::try_from(width).unwrap());
                let k = Rational::from(i64::try_from(width / (2 * d + 1)).unwrap());
                let block = &k * &Rational::from(i64::try_from(2 * d + 1).unwrap());
                let share = |count: Rational| class_share(&c, &count, &inverse).unwrap();
                let core = &(&k * &share(block.clone())) * &share(&block * &n);
                let later = &(&n * &share(n.pow(2))) * &(&n * &share(n.clone()));
                assert_eq!(factor(&phi, &m, &y), &core * &later);
            }
        }
        // s = 4, q = 2, a square width: nothing is rounded. c⁴·k^0/9·16^0.
        let y = vec![rational("1/2"); 4];
        let phi = bump_spread(4, 16, &rational("3"), &rational("1/2"), &m, &y).unwrap();
        assert_eq!(factor(&phi, &m, &y), rational("9"));
    }

    #[test]
    fn merged_bumps_are_in_their_class() {
        let m = Rational::from(8);
        for (d, peak) in [(1, "49/289"), (2, "49/961"), (3, "49/2025")] {
            let y = vec![rational("1/2"); d];
            for inverse in ["1", "4/5", "2/3", "1/2"] {
                let (c, inverse) = (Rational::one(), rational(inverse));
                let phi = bump_merged(5, &c, &inverse, &m, &y).unwrap();
                assert!(belongs(&phi, 2 * d, &c, &inverse));
                let found = factor(&phi, &m, &y);
                if inverse.is_one() {
                    assert_eq!(found, rational(peak));
                }
            }
        }
        let y = [rational("1/2")];
        let third = rational("1/3");
        assert!(bump_merged(3, &Rational::one(), &third, &m, &y).is_err());
        assert!(bump_merged(3, &Rational::one(), &Rational::zero(), &m, &y).is_err());
    }

    #[test]
    fn two_neurons_a_coordinate() {
        let m = rational("2");
        for d in 1..=3 {
            let y = vec![rational("1/2"); d];
            let c = rational("7/3");
            let phi = bump_network_even(3, 4 * d, &c, &m, &y).unwrap();
            assert!(belongs(&phi, 4 * d, &c, &Rational::zero()));
            let n = Rational::from(i64::try_from(4 * d).unwrap());
            assert_eq!(factor(&phi, &m, &y), &c.pow(3) * &n);
            assert!(bump_network_even(3, 2 * d - 1, &c, &m, &y).is_err());
        }
    }

    #[test]
    fn a_steep_side_is_higher() {
        let m = rational("8");
        for d in 1..=3 {
            let (y, c) = (vec![rational("3/8"); d], rational("6"));
            let phi = bump_apex(3, &c, &m, &y).unwrap();
            assert!(belongs(&phi, 3 * d, &c, &Rational::zero()));
            let n = Rational::from(i64::try_from(3 * d).unwrap());
            let height = &(&c.pow(3) * &n) * &rational("1/6");
            let at = |x: &[Rational]| realize(&phi, x).unwrap().remove(0);
            let top: Vec<Rational> = y.iter().map(|y| y - &rational("1/24")).collect();
            assert_eq!(at(&top), height);
            for i in 0..d {
                for step in ["1/8", "-1/8", "5/8", "-3/8"] {
                    let mut x = top.clone();
                    x[i] = &y[i] + &rational(step);
                    assert!(at(&x).is_zero());
                }
                let mut x = top.clone();
                x[i] = &x[i] - &rational("1/24");
                assert_eq!(at(&x), height.half());
            }
            assert!(bump_apex(3, &rational("7"), &m, &y).is_err());
        }
    }

    #[test]
    fn equal_entries_are_in_their_class() {
        for (d, width, inverse) in [(4, 4, "1/2"), (1, 16, "1/4"), (3, 1, "1"), (2, 5, "1/3")] {
            let (c, inverse) = (Rational::one(), rational(inverse));
            let phi = uniform_network(d, 3, width, &c, &inverse).unwrap();
            assert!(belongs(&phi, width, &c, &inverse));
        }
        // q = 4, d = 1, B = 16, L = 3: slope 16.
        let quarter = rational("1/4");
        let phi = uniform_network(1, 3, 16, &Rational::one(), &quarter).unwrap();
        assert_eq!(
            realize(&phi, &[Rational::one()]).unwrap(),
            [Rational::from(16)]
        );
        let share = |n: &str, inverse: &str| {
            class_share(&Rational::one(), &rational(n), &rational(inverse))
        };
        assert_eq!(share("9", "1/2"), Ok(rational("1/3")));
        assert_eq!(share("7", "0"), Ok(rational("1")));
        let root = share("2", "1/2").unwrap();
        assert!(root.pow(2) < rational("1/2") && root.pow(2) > rational("499999/1000000"));
        assert!(share("1/2", "1").is_err() && share("2", "2").is_err());
    }
}
