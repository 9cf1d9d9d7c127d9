//! Exact errors of the squaring networks on [0, 1]: values and slopes, certified on all pieces.
//!
//! `cargo bench -p relu-core --bench line`
#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use relu_core::constructions::square;
use relu_core::geometry::line::{Curve, sup_error, w1inf_error};
use relu_core::geometry::{Domain, pieces_on};
use relu_core::network::Network;
use relu_core::number::{Poly, Rational};

fn target() -> Curve {
    Poly::variable().pow(2).into()
}

/// 2^(−2m−2) for the value and 2^(−m) for the derivative.
fn check(phi: &Network, m: i64) {
    let unit = Domain::interval(0.into(), 1.into())
        .unwrap()
        .side()
        .unwrap();
    let two = Rational::from(2);
    let value = sup_error(phi, &target(), &unit).unwrap().value;
    assert_eq!(value, two.power(-2 * m - 2).unwrap().into());
    let slope = w1inf_error(phi, &target(), &unit).unwrap().value;
    assert_eq!(slope, two.power(-m).unwrap().into());
}

fn squares(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("square(m) against x^2 on [0,1]");
    let small: Vec<(i64, Network)> = (4..=10).map(|m| (m, square(m as usize).unwrap())).collect();
    group.bench_function("value and slope, m = 4..=10", |bencher| {
        bencher.iter(|| {
            for (m, phi) in &small {
                check(black_box(phi), *m);
            }
        });
    });
    let large = square(16).unwrap();
    group.sample_size(10);
    group.bench_function("value and slope, m = 16", |bencher| {
        bencher.iter(|| check(black_box(&large), 16));
    });
    let unit = Domain::interval(0.into(), 1.into())
        .unwrap()
        .side()
        .unwrap();
    group.bench_function("pieces, m = 16", |bencher| {
        bencher.iter(|| assert_eq!(pieces_on(black_box(&large), &unit).unwrap().len(), 1 << 16));
    });
    group.finish();
}

criterion_group!(benches, squares);
criterion_main!(benches);
