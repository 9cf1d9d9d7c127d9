//! Attained bounds, drawn networks, halved cubes.

use relu_core::constructions::full_network;

use super::*;

/// c^L·d·B^{L−1}/(2k).
fn bound(d: usize, depth: u32, width: i64, c: i64, k: u64) -> Rational {
    let d = Rational::from(i64::try_from(d).unwrap());
    let slope = &Rational::from(c).pow(depth) * &Rational::from(width).pow(depth - 1);
    &(&slope * &d) * &fraction(1, 2 * k)
}

#[test]
fn the_network_with_all_weights_c_is_the_worst() {
    for (d, depth, width, c, k, expected) in [
        (1, 3, 3, 1, 1, "9/2"),
        (2, 3, 6, 1, 2, "18"),
        (3, 3, 9, 1, 1, "243/2"),
        (2, 4, 6, 2, 3, "1152"),
        // Above six inputs by intervals, which are exact where all weights are positive.
        (7, 3, 21, 1, 1, "3087/2"),
    ] {
        let phi = full_network(d, depth, width, &Rational::from(c)).unwrap();
        let found = worst(&phi, k, 100).unwrap();
        assert_eq!(found.lower, expected.parse().unwrap());
        assert_eq!(found.upper, found.lower);
        let width = i64::try_from(width).unwrap();
        assert_eq!(
            found.lower,
            bound(d, u32::try_from(depth).unwrap(), width, c, k)
        );
        // Attained at a corner.
        let half = fraction(1, 2 * k);
        for (x, y) in found.point.iter().zip(&found.centre) {
            assert_eq!((x - y).abs(), half);
        }
    }
}

fn random(seed: u64, d: usize, width: usize, depth: usize) -> Network {
    let mut random = crate::game::Random::new(seed);
    let mut entry = || Rational::new(i64::try_from(random.below(17)).unwrap() - 8, 8).unwrap();
    let mut layers = Vec::new();
    for l in 0..depth {
        let cols = if l == 0 { d } else { width };
        let rows = if l + 1 == depth { 1 } else { width };
        let entries = (0..rows).map(|_| (0..cols).map(|j| (j, entry())).collect());
        let entries = entries.collect();
        let bias = (0..rows).map(|_| entry()).collect();
        layers.push(relu_core::network::Layer::from_sparse_rows(cols, entries, bias).unwrap());
    }
    Network::relu(layers).unwrap()
}

#[test]
fn drawn_networks_stay_below_and_both_ways_agree() {
    for seed in 0..4 {
        for (d, width, k) in [(1, 3, 3), (2, 6, 2), (3, 5, 2)] {
            let phi = random(seed, d, width, 3);
            let found = worst(&phi, k, 1000).unwrap();
            assert_eq!(found.lower, found.upper, "{seed} {d}");
            let most = bound(d, 3, i64::try_from(width).unwrap(), 1, k);
            assert!(found.upper <= most, "{seed} {d}: {}", found.upper);
            // No point of a fine grid has a larger error, where the nearest centre is taken.
            let n = 12;
            for i in 0..=n {
                let x = vec![fraction(i, n); d];
                let cube = (i * k / n).min(k - 1);
                let y = vec![fraction(2 * cube + 1, 2 * k); d];
                let value = |x: &[Rational]| realize(&phi, x).unwrap().swap_remove(0);
                assert!((&value(&x) - &value(&y)).abs() <= found.upper);
            }
        }
    }
}

#[test]
fn halved_cubes_enclose_the_exact_error() {
    let phi = random(3, 1, 3, 3);
    let exact = worst(&phi, 1, 1000).unwrap();
    let mut search = Search::start(&phi, 1).unwrap();
    let first = search.open.pop().unwrap();
    search.open.push(Part {
        whole: false,
        ..first
    });
    for _ in 0..200 {
        let Some(part) = search.open.pop() else { break };
        search.step(part).unwrap();
    }
    let upper = search.open.peek().map(|part| part.upper.clone());
    let upper = upper.unwrap_or_else(|| search.best.lower.clone());
    assert!(search.best.lower <= exact.lower && exact.lower <= upper);
    let width = &upper - &search.best.lower;
    assert!(&width * &Rational::from(20) <= exact.lower, "{width}");
}

#[test]
fn questions_without_an_answer() {
    let phi = full_network(2, 3, 6, &Rational::one()).unwrap();
    assert!(matches!(worst(&phi, 0, 10), Err(Failure::Shape(_))));
    assert!(matches!(worst(&phi, 1000, 10), Err(Failure::Limit(_))));
    // Without steps there is an upper bound, but no error yet.
    let open = worst(&phi, 2, 0).unwrap();
    assert_eq!(
        (open.lower, open.upper),
        (Rational::zero(), Rational::from(18))
    );
}
