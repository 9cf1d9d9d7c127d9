//! Adjacent patterns at a point where eight neurons are on their kink, in two and in three inputs.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use relu_core::RationalOrder;
use relu_core::geometry::{adjacent, clarke, derivatives_near, jacobian};
use relu_core::network::Network;
use relu_core::number::Rational;

/// Eight lines through the origin, then a layer with two neurons that are positive there.
const PLANE: &str = "net(([[1,0],[0,1],[1,1],[1,-1],[2,1],[1,2],[2,-1],[1,-2]], [0,0,0,0,0,0,0,0]), \
    ([[1,-1,2,0,1,-2,1,1],[0,1,1,-1,2,1,-1,1]], [1,2]), ([[1,-1]], [0]))";

/// Eight planes through the origin in general position, then the same.
const SPACE: &str = "net(([[1,0,0],[0,1,0],[0,0,1],[1,1,1],[1,-1,2],[2,1,-1],[-1,2,1],[1,3,-2]], [0,0,0,0,0,0,0,0]), \
    ([[1,-1,2,0,1,-2,1,1],[0,1,1,-1,2,1,-1,1]], [1,2]), ([[1,-1]], [0]))";

/// Four lines and, behind them, four more neurons on their kink.
const NESTED: &str = "net(([[1,0],[0,1],[1,1],[1,-1]], [0,0,0,0]), \
    ([[1,-1,1,0],[-1,1,0,1],[1,1,-2,1],[0,1,-1,-1]], [0,0,0,0]), ([[1,-1,1,1]], [0]))";

fn adjacency(criterion: &mut Criterion) {
    let order = RationalOrder;
    let mut group = criterion.benchmark_group("adjacency");
    for (name, text) in [
        ("plane-8", PLANE),
        ("space-8", SPACE),
        ("plane-4-4", NESTED),
    ] {
        let phi: Network = text.parse().expect("the constants above are networks");
        let origin = vec![Rational::zero(); phi.indim()];
        let count = adjacent(&phi, &origin, &order)
            .expect("piecewise linear")
            .len();
        group.bench_function(format!("{name}/patterns ({count})"), |bencher| {
            bencher.iter(|| adjacent(black_box(&phi), black_box(&origin), &order));
        });
        group.bench_function(format!("{name}/derivatives_near"), |bencher| {
            let kink = Rational::from(3);
            bencher.iter(|| derivatives_near(black_box(&phi), black_box(&origin), &kink, &order));
        });
        group.bench_function(format!("{name}/clarke"), |bencher| {
            bencher.iter(|| clarke(black_box(&phi), black_box(&origin), &order));
        });
        let generic: Vec<Rational> = [17, -23, 29][..phi.indim()]
            .iter()
            .map(|n| Rational::new(*n, 101).expect("101 is not zero"))
            .collect();
        group.bench_function(format!("{name}/jacobian at a generic point"), |bencher| {
            bencher.iter(|| jacobian(black_box(&phi), black_box(&generic), &order));
        });
    }
    group.finish();
}

criterion_group!(benches, adjacency);
criterion_main!(benches);
