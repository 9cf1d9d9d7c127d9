//! Evaluation of networks: the hot derivative, the integer evaluation, and chain-rule trials in lanes.
//!
//! `cargo bench -p relu-core --bench networks`
#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use relu_core::batch::{ChainRule, Lane, Limits};
use relu_core::constructions::square;
use relu_core::evaluate::{derivative_at, network_derivative, realize};
use relu_core::network::{Layer, Network};
use relu_core::number::{Rational, Scalar};
use relu_core::scaled::{Kind, PointRange, Scaled};
use relu_core::{RationalOrder, reference};

/// A counter through a fixed scramble (splitmix64).
struct Counter(u64);

impl Counter {
    /// An integer in −bound…bound.
    fn integer(&mut self, bound: i32) -> i32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i32::try_from((z >> 33) % (2 * u64::from(bound.unsigned_abs()) + 1)).unwrap() - bound
    }

    fn network(&mut self, widths: &[usize], bound: i32, denominator: i64) -> Network {
        let layers = widths.windows(2).map(|pair| {
            let mut value = || Rational::new(self.integer(bound).into(), denominator).unwrap();
            let rows = (0..pair[1])
                .map(|_| (0..pair[0]).map(|_| value()).enumerate().collect())
                .collect();
            let bias = (0..pair[1]).map(|_| value()).collect();
            Layer::from_sparse_rows(pair[0], rows, bias).unwrap()
        });
        Network::relu(layers.collect()).unwrap()
    }
}

/// 4-16-16-16-2, weights m/2⁷, points with 12 bits: value and derivative.
fn dyadic_network(criterion: &mut Criterion) {
    let mut counter = Counter(1);
    let phi = counter.network(&[4, 16, 16, 16, 2], 127, 128);
    let points: Vec<Vec<i64>> = (0..64)
        .map(|_| (0..4).map(|_| counter.integer(4095).into()).collect())
        .collect();
    let exact: Vec<Vec<Rational>> = points
        .iter()
        .map(|x| x.iter().map(|&n| Rational::new(n, 4096).unwrap()).collect())
        .collect();
    let range = PointRange::new(12, &Rational::one());
    let zero = Rational::zero();
    let mut group = criterion.benchmark_group("value and derivative, 4-16-16-16-2 dyadic");
    group.throughput(Throughput::Elements(64));
    for kind in [Kind::ExactF64, Kind::I64, Kind::I128, Kind::Big] {
        let Ok(scaled) = Scaled::with_kind(&phi, &zero, &range, kind) else {
            continue;
        };
        group.bench_function(format!("{kind:?}"), |bencher| {
            bencher.iter(|| {
                for x in &exact {
                    black_box(scaled.evaluate(black_box(x)).unwrap());
                }
            });
        });
        if kind != Kind::Big {
            group.bench_function(format!("{kind:?}, integers only"), |bencher| {
                bencher.iter(|| {
                    for x in &points {
                        black_box(scaled.evaluate_integers(black_box(x)).unwrap());
                    }
                });
            });
        }
    }
    group.bench_function("Rational", |bencher| {
        bencher.iter(|| {
            for x in &exact {
                black_box(realize(&phi, black_box(x), &RationalOrder).unwrap());
                black_box(network_derivative(&phi, x, &zero, &RationalOrder).unwrap());
            }
        });
    });
    group.sample_size(10);
    group.bench_function("reference", |bencher| {
        bencher.iter(|| {
            for x in &exact {
                black_box(reference::realize(&phi, black_box(x)).unwrap());
                black_box(reference::network_derivative(&phi, x, &zero).unwrap());
            }
        });
    });
    group.finish();
}

/// D_c with symbolic c on small networks, at kinks and away from them.
fn small_networks(criterion: &mut Criterion) {
    let mut counter = Counter(2);
    let symbol = Scalar::symbol(0);
    let mut group = criterion.benchmark_group("derivative_at");
    for (name, widths) in [
        ("2-3-3-1", &[2, 3, 3, 1][..]),
        ("1-4-4-1", &[1, 4, 4, 1]),
        ("3-4-4-3", &[3, 4, 4, 3]),
    ] {
        let networks: Vec<Network> = (0..64).map(|_| counter.network(widths, 2, 1)).collect();
        let mut points = |denominator: i64| -> Vec<Vec<Rational>> {
            let mut value = || Rational::new(counter.integer(2).into(), denominator).unwrap();
            (0..64)
                .map(|_| (0..widths[0]).map(|_| value()).collect())
                .collect()
        };
        for (kind, points) in [("on kinks", points(1)), ("generic", points(101))] {
            group.throughput(Throughput::Elements(64));
            group.bench_function(format!("{name}, {kind}"), |bencher| {
                bencher.iter(|| {
                    for (phi, x) in networks.iter().zip(&points) {
                        black_box(derivative_at(phi, black_box(x), &symbol).unwrap());
                    }
                });
            });
        }
    }
    let squaring = square(5).unwrap();
    group.throughput(Throughput::Elements(1));
    for x in ["1/2", "1/3"] {
        let x = vec![x.parse::<Rational>().unwrap()];
        group.bench_function(format!("square(5) at {}", x[0]), |bencher| {
            bencher.iter(|| black_box(derivative_at(&squaring, black_box(&x), &symbol).unwrap()));
        });
    }
    group.finish();
}

/// Workload W4: 4-8-8-4 twice, integer weights in \[−4,4\], integer point in \[−8,8\]⁴, δ(0) = 0.
fn chain_rule(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("chain-rule trials, 4-8-8-4 twice");
    lanes::<f64, 2>(&mut group, "f64 x 2");
    lanes::<f64, 4>(&mut group, "f64 x 4");
    lanes::<f64, 8>(&mut group, "f64 x 8");
    lanes::<i64, 4>(&mut group, "i64 x 4");
    group.finish();
}

fn lanes<T: Lane, const LANES: usize>(
    group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>,
    name: &str,
) {
    const WIDTHS: [usize; 4] = [4, 8, 8, 4];
    const PARAMETERS: usize = 8 * 5 + 8 * 9 + 4 * 9;
    const BATCHES: usize = 64;
    let limits = Limits {
        entry: 4,
        point: 8,
        kink: 0,
    };
    let mut counter = Counter(4);
    let mut numbers = |count: usize, bound: i32| -> Vec<i32> {
        (0..count).map(|_| counter.integer(bound)).collect()
    };
    let instances: Vec<[Vec<i32>; 3]> = (0..BATCHES * LANES)
        .map(|_| {
            [
                numbers(PARAMETERS, 4),
                numbers(PARAMETERS, 4),
                numbers(4, 8),
            ]
        })
        .collect();
    let mut trials: Vec<ChainRule<T, LANES>> =
        vec![ChainRule::new(&WIDTHS, &WIDTHS, limits).unwrap(); BATCHES];
    for (trial, instances) in trials.iter_mut().zip(instances.chunks(LANES)) {
        for (lane, [phi, psi, x]) in instances.iter().enumerate() {
            trial.fill(lane, phi, psi, x).unwrap();
        }
    }
    group.throughput(Throughput::Elements((BATCHES * LANES) as u64));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            for trial in &mut trials {
                assert_eq!(black_box(&mut *trial).run(), [true; LANES]);
            }
        });
    });
    let trial = &mut trials[0];
    group.bench_function(format!("{name}, filling included"), |bencher| {
        bencher.iter(|| {
            for instances in instances.chunks(LANES) {
                for (lane, [phi, psi, x]) in instances.iter().enumerate() {
                    trial.fill(lane, phi, psi, x).unwrap();
                }
                assert_eq!(black_box(&mut *trial).run(), [true; LANES]);
            }
        });
    });
}

criterion_group!(benches, dyadic_network, small_networks, chain_rule);
criterion_main!(benches);
