//! Cells of the benchmark networks in two and three inputs, and what is computed from them, alone and beside other programs.

mod peers;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use relu_core::geometry::Domain;
use relu_core::geometry::cells::{Complex, GradientNorm, count, extremes, steepest};
use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;
use serde_json::Value;

const MOST: usize = 1_000_000;

fn networks(name: &str) -> Vec<(String, Network)> {
    let path = format!("{}/benches/data/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the data lies beside the bench");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let nets = file["nets"].as_array().expect("a list of networks");
    nets.iter()
        .map(|net| (net["id"].as_str().expect("an id").to_owned(), network(net)))
        .collect()
}

fn network(net: &Value) -> Network {
    let integer = |value: &Value| value.as_i64().expect("an integer");
    let den = integer(&net["den"]);
    let ratio = |value: &Value| Rational::new(integer(value), den).expect("a denominator");
    let list = |value: &Value| -> Vec<Rational> {
        value
            .as_array()
            .expect("a list")
            .iter()
            .map(ratio)
            .collect()
    };
    let layers = net["layers"]
        .as_array()
        .expect("layers")
        .iter()
        .map(|layer| {
            let rows: Vec<Vec<(usize, Rational)>> = layer["w"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| list(row).into_iter().enumerate().collect())
                .collect();
            Layer::from_sparse_rows(rows[0].len(), rows, list(&layer["b"])).expect("a layer")
        });
    Network::relu(layers.collect()).expect("a network")
}

fn unit(d: usize) -> Domain {
    Domain::interval(Rational::zero(), Rational::one())
        .and_then(|side| side.power(d))
        .expect("the unit cube")
}

fn cells(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cells");
    group.sample_size(10);
    for (id, phi) in &networks("ladder") {
        let domain = unit(phi.indim());
        group.bench_function(format!("ladder {id}"), |b| {
            b.iter(|| count(black_box(phi), &domain, MOST));
        });
    }
    for (id, phi) in &networks("regions") {
        let domain = unit(phi.indim());
        group.bench_function(format!("count {id}"), |b| {
            b.iter(|| count(black_box(phi), &domain, MOST));
        });
        group.bench_function(format!("largest gradient {id}"), |b| {
            b.iter(|| steepest(black_box(phi), &domain, GradientNorm::L1, MOST));
        });
        group.bench_function(format!("range {id}"), |b| {
            b.iter(|| extremes(black_box(phi), &domain, MOST));
        });
        group.bench_function(format!("complex {id}"), |b| {
            b.iter(|| Complex::new(black_box(phi), &domain, &[], MOST));
        });
    }
    group.finish();
}

criterion_group!(benches, cells);
criterion_main!(benches, peers::side_by_side);
