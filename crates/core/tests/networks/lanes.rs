//! Batches: the same numbers as one network at a time, whatever the number of lanes.

use quickcheck::{Arbitrary, Gen, quickcheck};
use relu_core::batch::{ChainRule, Lane, Limits, evaluate};
use relu_core::evaluate::{network_derivative, realize};
use relu_core::network::{Layer, Network};
use relu_core::number::Rational;
use relu_core::operations::compose;
use relu_core::{Failure, RationalOrder};

use crate::support::{Entries, below, entry, net, network, point, v, widths};

/// Networks of one architecture with a point each.
#[derive(Clone, Debug)]
struct Batch {
    networks: Vec<Network>,
    points: Vec<Vec<Rational>>,
    kink: Rational,
}

impl Arbitrary for Batch {
    fn arbitrary(g: &mut Gen) -> Self {
        let indim = 1 + usize::try_from(below(g, 8)).unwrap();
        let widths = widths(g, indim);
        let count = below(g, 11);
        // Scales that end in f64, in i64 and beyond.
        let scale = Rational::from(2).pow(u32::try_from(below(g, 4) * 20).unwrap());
        let networks = (0..count)
            .map(|_| network(g, &widths, Entries::Dyadic))
            .collect();
        let points = (0..count)
            .map(|_| {
                point(g, indim, Entries::Dyadic)
                    .iter()
                    .map(|value| value * &scale)
                    .collect()
            })
            .collect();
        Self {
            networks,
            points,
            kink: entry(g, Entries::Dyadic),
        }
    }
}

quickcheck! {
    fn a_batch_is_its_networks_one_by_one(batch: Batch) -> bool {
        let Batch { networks, points, kink } = batch;
        let references: Vec<&Network> = networks.iter().collect();
        let results = evaluate(&references, &points, &kink).unwrap();
        results.len() == networks.len() && networks.iter().zip(&points).zip(results).all(|((phi, x), result)| {
            result.value == realize(phi, x, &RationalOrder).unwrap()
                && result.derivative == network_derivative(phi, x, &kink, &RationalOrder).unwrap()
        })
    }
}

#[test]
fn batches_that_do_not_fit_are_refused() {
    let (one, two) = (net("net(([[1]], [0]))"), net("net(([[1,1]], [0]))"));
    let kink = Rational::zero();
    let refused = |networks: &[&Network], points: &[&[&str]]| {
        let points: Vec<Vec<Rational>> = points.iter().map(|x| v(x)).collect();
        matches!(evaluate(networks, &points, &kink), Err(Failure::Shape(_)))
    };
    assert!(refused(&[&one], &[]));
    assert!(refused(&[&one, &two], &[&["0"], &["0", "0"]]));
    assert!(refused(&[&one], &[&["0", "0"]]));
    assert!(refused(&[&one], &[&["1/3"]]));
    assert!(refused(&[&net("net(([[1/3]], [0]))")], &[&["1"]]));
    assert!(!refused(&[&one], &[&["1"]]));
}

/// Counts up through a fixed scramble; the tests need no more randomness.
struct Counter(u64);

impl Counter {
    fn next(&mut self, bound: i32) -> i32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i32::try_from((z >> 33) % (2 * bound.unsigned_abs() as u64 + 1)).unwrap() - bound
    }

    fn numbers(&mut self, count: usize, bound: i32) -> Vec<i32> {
        (0..count).map(|_| self.next(bound)).collect()
    }
}

const WIDTHS: [usize; 4] = [4, 8, 8, 4];
const PARAMETERS: usize = 8 * 5 + 8 * 9 + 4 * 9;
const LIMITS: Limits = Limits {
    entry: 4,
    point: 8,
    kink: 0,
};

fn from_parameters(widths: &[usize], parameters: &[i64]) -> Network {
    let mut rest = parameters.iter().map(|&value| Rational::from(value));
    let layers = widths.windows(2).map(|pair| {
        let mut bias = Vec::new();
        let rows = (0..pair[1])
            .map(|_| {
                let row = rest.by_ref().take(pair[0]).enumerate().collect();
                bias.extend(rest.next());
                row
            })
            .collect();
        Layer::from_sparse_rows(pair[0], rows, bias).unwrap()
    });
    Network::relu(layers.collect()).unwrap()
}

fn wide(values: &[i32]) -> Vec<i64> {
    values.iter().copied().map(i64::from).collect()
}

#[test]
fn the_chain_rule_holds_in_every_lane_for_every_c() {
    fn trials<T: Lane, const LANES: usize>(kink: i32) {
        let mut trial =
            ChainRule::<T, LANES>::new(&WIDTHS, &WIDTHS, Limits { kink, ..LIMITS }).unwrap();
        let mut counter = Counter(7);
        for _ in 0..50 {
            let mut last = Vec::new();
            for lane in 0..LANES {
                let (phi, psi) = (
                    counter.numbers(PARAMETERS, 4),
                    counter.numbers(PARAMETERS, 4),
                );
                trial
                    .fill(lane, &phi, &psi, &counter.numbers(4, 8))
                    .unwrap();
                last = vec![phi, psi];
            }
            assert_eq!(trial.run(), [true; LANES]);
            let [phi, psi] = [&last[0], &last[1]].map(|p| from_parameters(&WIDTHS, &wide(p)));
            let composed: Vec<i64> = trial.composed().lane(LANES - 1).collect();
            let expected = compose(&psi, &phi).unwrap();
            assert_eq!(
                from_parameters(trial.composed().architecture(), &composed),
                expected
            );
        }
    }
    trials::<f64, 4>(0);
    trials::<f64, 1>(1);
    trials::<f64, 8>(-3);
    trials::<i64, 2>(0);
    trials::<i64, 3>(2);
}

#[test]
fn a_point_on_every_kink_passes_too() {
    let mut trial =
        ChainRule::<f64, 4>::new(&WIDTHS, &WIDTHS, Limits { kink: 1, ..LIMITS }).unwrap();
    assert_eq!(trial.run(), [true; 4]);
}

#[test]
fn the_bound_of_the_workload_needs_more_than_32_bits() {
    let trial = ChainRule::<f64, 4>::new(&WIDTHS, &WIDTHS, LIMITS).unwrap();
    // Values: 132, 4228, 135300 for Φ; 2164804, 69273732, 2216759428 for Ψ. Slopes: 4, 128, 4096 for each; the column of
    // the product that is not compared reaches 4·4096·135300 = 2216755200.
    assert_eq!(trial.bound().to_string(), "2216759428");
    let exceeded = Limits {
        entry: 20_000,
        ..LIMITS
    };
    assert!(matches!(
        ChainRule::<f64, 4>::new(&WIDTHS, &WIDTHS, exceeded),
        Err(Failure::Limit(_))
    ));
    assert!(matches!(
        ChainRule::<i64, 4>::new(&WIDTHS, &WIDTHS, exceeded),
        Err(Failure::Limit(_))
    ));
}

#[test]
fn just_above_the_limit_of_f64_the_trial_needs_i64() {
    // Depth 1: the merged entry is at most e² and the merged bias e² + e; the value e²h + e² + e.
    let widths = [1, 1];
    let limits = |entry, point| Limits {
        entry,
        point,
        kink: 0,
    };
    let fits = limits(1 << 26, 1);
    let trial = ChainRule::<f64, 4>::new(&widths, &widths, limits(1 << 25, 1));
    assert!(trial.is_ok());
    let too_large = ChainRule::<f64, 4>::new(&widths, &widths, fits);
    assert!(matches!(too_large, Err(Failure::Limit(_))));
    let mut wide = ChainRule::<i64, 1>::new(&widths, &widths, fits).unwrap();
    wide.fill(0, &[1 << 26, 1 << 26], &[1 << 26, -(1 << 26)], &[1])
        .unwrap();
    assert_eq!(wide.run(), [true]);
}

#[test]
fn ill_filled_trials_are_refused() {
    let mut trial = ChainRule::<f64, 4>::new(&WIDTHS, &WIDTHS, LIMITS).unwrap();
    let (good, x) = (vec![0; PARAMETERS], [0; 4]);
    let mut large = good.clone();
    large[PARAMETERS - 1] = -5;
    assert!(trial.fill(3, &good, &good, &x).is_ok());
    assert!(matches!(
        trial.fill(4, &good, &good, &x),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        trial.fill(0, &good[1..], &good, &x),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        trial.fill(0, &good, &good[1..], &x),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        trial.fill(0, &good, &good, &x[1..]),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        trial.fill(0, &large, &good, &x),
        Err(Failure::Limit(_))
    ));
    assert!(matches!(
        trial.fill(0, &good, &large, &x),
        Err(Failure::Limit(_))
    ));
    assert!(matches!(
        trial.fill(0, &good, &good, &[0, 0, 0, 9]),
        Err(Failure::Limit(_))
    ));
    for (phi, psi) in [
        (&[4][..], &[4, 1][..]),
        (&[4, 0, 2], &[2, 1]),
        (&[1, 2], &[3, 1]),
    ] {
        assert!(matches!(
            ChainRule::<f64, 4>::new(phi, psi, LIMITS),
            Err(Failure::Shape(_))
        ));
    }
}
