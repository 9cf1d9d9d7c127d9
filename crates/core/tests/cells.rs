//! Cells, regions, extremes and gradient norms of the benchmark networks against exact answers found by other means.

use relu_core::geometry::Domain;
use relu_core::geometry::cells::{Complex, GradientNorm, count, extremes, steepest};
use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;
use serde_json::Value;

const MOST: usize = 1_000_000;

fn data(name: &str) -> Value {
    let path = format!("{}/benches/data/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn integer(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

fn network(net: &Value) -> Network {
    let den = integer(&net["den"]);
    let ratio = |value: &Value| Rational::new(integer(value), den).unwrap();
    let layers = net["layers"].as_array().unwrap().iter().map(|layer| {
        let rows: Vec<Vec<(usize, Rational)>> = layer["w"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                row.as_array()
                    .unwrap()
                    .iter()
                    .map(ratio)
                    .enumerate()
                    .collect()
            })
            .collect();
        let cols = rows[0].len();
        let bias = layer["b"].as_array().unwrap().iter().map(ratio).collect();
        Layer::from_sparse_rows(cols, rows, bias).unwrap()
    });
    Network::relu(layers.collect()).unwrap()
}

fn unit(d: usize) -> Domain {
    Domain::interval(Rational::zero(), Rational::one())
        .unwrap()
        .power(d)
        .unwrap()
}

fn rational(value: &Value) -> Rational {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn benchmark_networks_have_the_known_answers() {
    let answers = data("answers");
    for name in ["regions", "degenerate", "ladder"] {
        let nets = data(name);
        for (net, answer) in nets["nets"]
            .as_array()
            .unwrap()
            .iter()
            .zip(answers[name].as_array().unwrap())
        {
            let id = net["id"].as_str().unwrap();
            assert_eq!(net["id"], answer["id"]);
            let phi = network(net);
            let domain = unit(phi.indim());
            let cells = count(&phi, &domain, MOST).unwrap();
            assert_eq!(cells as i64, integer(&answer["cells"]), "cells of {id}");
            for (key, norm) in [
                ("l1", GradientNorm::L1),
                ("l2sq", GradientNorm::L2Squared),
                ("linf", GradientNorm::LInf),
            ] {
                let found = steepest(&phi, &domain, norm, MOST).unwrap();
                assert_eq!(found.value, rational(&answer[key]), "{key} of {id}");
            }
            let (least, greatest) = extremes(&phi, &domain, MOST).unwrap();
            assert_eq!(least.value, rational(&answer["min"]), "min of {id}");
            assert_eq!(greatest.value, rational(&answer["max"]), "max of {id}");
            if cells < 5000 {
                let complex = Complex::new(&phi, &domain, &[], MOST).unwrap();
                assert_eq!(
                    complex.affine_functions() as i64,
                    integer(&answer["pieces"]),
                    "affine functions of {id}"
                );
            }
        }
    }
}
