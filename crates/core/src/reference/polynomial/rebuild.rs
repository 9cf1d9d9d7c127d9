//! The network of a block certificate, built once more with dense matrices.

use std::collections::BTreeMap;

use dashu_ratio::RBig;

use super::rejected;
use crate::activation::Activation;
use crate::constructions::{Certificate, Operand};
use crate::failure::Failure;
use crate::network::Network;
use crate::reference::dense::{Dense, Rows, affine, power};

/// (a): the network of the blocks.
pub(super) fn rebuild(
    certificate: &Certificate,
    terms: &[(RBig, Operand)],
    constant: &RBig,
) -> Result<Network, Failure> {
    let d = certificate.dimension;
    let mut layers: Vec<(Rows, Vec<RBig>)> = Vec::new();
    // The wires as an affine map of the last hidden layer.
    let mut wires = (unit(d), vec![RBig::ZERO; d]);
    let mut places: BTreeMap<Operand, usize> = (0..d).map(|i| (Operand::Input(i), i)).collect();
    let mut products = 0;
    for stage in &certificate.stages {
        let mut selected = stage.carried.clone();
        selected.extend(
            stage
                .blocks
                .iter()
                .flat_map(|block| [block.left, block.right]),
        );
        let columns = selected
            .iter()
            .map(|operand| place(&places, *operand))
            .collect::<Result<Vec<usize>, Failure>>()?;
        let selection: Rows = columns
            .iter()
            .map(|&j| unit(places.len()).swap_remove(j))
            .collect();
        if selection.is_empty() {
            return Err(rejected("a value in every stage".into(), "none".into()));
        }
        wires = after(&(selection, vec![RBig::ZERO; columns.len()]), &wires);
        let block = product_layers(certificate.precision);
        for (l, (matrix, bias)) in block.iter().enumerate() {
            let mut parts = vec![(unit(1), vec![RBig::ZERO]); stage.carried.len()];
            parts.extend(vec![(matrix.clone(), bias.clone()); stage.blocks.len()]);
            wires = after(&diagonal(&parts), &wires);
            if l + 1 < block.len() {
                let width = wires.1.len();
                layers.push(std::mem::replace(
                    &mut wires,
                    (unit(width), vec![RBig::ZERO; width]),
                ));
            }
        }
        let made = (products..).map(Operand::Product).take(stage.blocks.len());
        places = stage.carried.iter().copied().chain(made).zip(0..).collect();
        if places.len() != stage.carried.len() + stage.blocks.len() {
            return Err(rejected(
                "every value carried once".into(),
                "one carried twice".into(),
            ));
        }
        products += stage.blocks.len();
    }
    let mut row = vec![RBig::ZERO; places.len()];
    for (coefficient, operand) in terms {
        row[place(&places, *operand)?] += coefficient;
    }
    let sum = after(&(vec![row], vec![constant.clone()]), &wires);
    layers.extend(quadrupled(sum, certificate.quadruplings));
    Dense {
        activation: Activation::Relu,
        layers,
    }
    .into_network()
}

fn place(places: &BTreeMap<Operand, usize>, operand: Operand) -> Result<usize, Failure> {
    places
        .get(&operand)
        .copied()
        .ok_or_else(|| rejected("operands at hand".into(), format!("{operand:?}")))
}

/// S, or (S/4ᵏ, −S/4ᵏ), k − 1 times 4·(s,t), and 4s − 4t.
fn quadrupled((row, bias): (Rows, Vec<RBig>), k: usize) -> Vec<(Rows, Vec<RBig>)> {
    if k == 0 {
        return vec![(row, bias)];
    }
    let four = RBig::from(4);
    let none = RBig::ZERO;
    let shrink = RBig::ONE / power(&four, k);
    let pair: Rows = vec![vec![shrink.clone()], vec![-shrink]];
    let mut layers = vec![after(&(pair, vec![RBig::ZERO; 2]), &(row, bias))];
    for _ in 1..k {
        let doubled = vec![
            vec![four.clone(), none.clone()],
            vec![none.clone(), four.clone()],
        ];
        layers.push((doubled, vec![RBig::ZERO; 2]));
    }
    layers.push((vec![vec![four.clone(), -four]], vec![none]));
    layers
}

/// T_m, layer by layer, from its definition.
fn product_layers(m: usize) -> Vec<(Rows, Vec<RBig>)> {
    let halves = |rows: &[&[i32]]| -> Rows {
        rows.iter()
            .map(|row| row.iter().map(|&n| RBig::from(n) / RBig::from(2)).collect())
            .collect()
    };
    let vector = |row: &[i32]| halves(&[row]).swap_remove(0);
    let mut layers = vec![
        (halves(&[&[1, -1], &[-1, 1], &[1, 1]]), vector(&[0, 0, 0])),
        (
            halves(&[&[0, 0, 2], &[0, 0, 2], &[2, 2, 0], &[2, 2, 0], &[-2, -2, 2]]),
            vector(&[0, -1, 0, -1, 0]),
        ),
    ];
    let mut scale = RBig::ONE;
    for s in 1..=m {
        scale /= RBig::from(4);
        let mut sum: Vec<RBig> = [-2, 4, 2, -4].map(|n| RBig::from(n) * &scale).to_vec();
        sum.push(RBig::ONE);
        if s == m {
            layers.push((vec![sum], vector(&[0])));
        } else {
            let (u, v) = ([4, -8, 0, 0, 0], [0, 0, 4, -8, 0]);
            let mut rows = halves(&[&u, &u, &v, &v]);
            rows.push(sum);
            layers.push((rows, vector(&[0, -1, 0, -1, 0])));
        }
    }
    layers
}

/// outer∘inner. Block diagonal matrices are mostly zero; those terms are left out.
fn after(outer: &(Rows, Vec<RBig>), inner: &(Rows, Vec<RBig>)) -> (Rows, Vec<RBig>) {
    let rows = outer.0.iter().map(|row| {
        let mut sum = vec![RBig::ZERO; inner.0[0].len()];
        for (factor, other) in row.iter().zip(&inner.0) {
            if factor.is_zero() {
                continue;
            }
            for (total, value) in sum.iter_mut().zip(other) {
                if !value.is_zero() {
                    *total += factor * value;
                }
            }
        }
        sum
    });
    (rows.collect(), affine(&outer.0, &outer.1, &inner.1))
}

fn unit(n: usize) -> Rows {
    (0..n)
        .map(|i| (0..n).map(|j| RBig::from(u8::from(i == j))).collect())
        .collect()
}

fn diagonal(parts: &[(Rows, Vec<RBig>)]) -> (Rows, Vec<RBig>) {
    let cols: usize = parts.iter().map(|(rows, _)| rows[0].len()).sum();
    let (mut rows, mut bias, mut before) = (Rows::new(), Vec::new(), 0);
    for (block, b) in parts {
        for row in block {
            let mut full = vec![RBig::ZERO; cols];
            full[before..before + row.len()].clone_from_slice(row);
            rows.push(full);
        }
        bias.extend(b.iter().cloned());
        before += block[0].len();
    }
    (rows, bias)
}
