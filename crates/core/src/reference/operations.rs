//! Operations on networks with dense matrices.

use dashu_ratio::RBig;

use super::dense::{Dense, Rows, affine, product};
use crate::activation::Activation;
use crate::failure::Failure;
use crate::network::Network;
use crate::number::rational::Rational;

/// Ψ∘Φ with the merged layer (Ã₁A_L, Ã₁b_L + b̃₁); errors as [`crate::operations::compose`].
pub fn compose(psi: &Network, phi: &Network) -> Result<Network, Failure> {
    let (outer, mut inner) = (Dense::new(psi), Dense::new(phi));
    require(
        "composition",
        "input dimension of the outer network",
        inner.outdim(),
        outer.indim(),
    )?;
    let activation = activation_of("composition", &[psi, phi])?;
    let mut outer_layers = outer.layers.into_iter();
    let last = inner.layers.pop();
    if let (Some((weights, bias)), Some((a, b))) = (outer_layers.next(), last) {
        inner
            .layers
            .push((product(&weights, &a), affine(&weights, &bias, &b)));
    }
    inner.layers.extend(outer_layers);
    Dense {
        activation,
        layers: inner.layers,
    }
    .into_network()
}

/// Ψ∘Id_{N_L,2}∘Φ; errors as [`crate::operations::sparse_compose`].
pub fn sparse_compose(psi: &Network, phi: &Network) -> Result<Network, Failure> {
    compose(
        psi,
        &compose(&identity(phi.outdim(), 2).into_network()?, phi)?,
    )
}

/// Id_{N_L, depth−L+1}∘Φ; errors as [`crate::operations::pad`].
pub fn pad(phi: &Network, depth: usize) -> Result<Network, Failure> {
    match depth.checked_sub(phi.depth()) {
        None => Err(Failure::Shape(format!(
            "padding: expected a depth of at least {}, got {depth}",
            phi.depth()
        ))),
        Some(0) => Ok(phi.clone()),
        Some(more) => compose(&identity(phi.outdim(), more + 1).into_network()?, phi),
    }
}

/// Stacked first layers, then block-diagonal ones; errors as [`crate::operations::parallelize`].
pub fn parallelize(networks: &[&Network]) -> Result<Network, Failure> {
    let all = same_depths("parallelization", networks)?;
    for dense in &all {
        require(
            "parallelization",
            "input dimension",
            all[0].indim(),
            dense.indim(),
        )?;
    }
    let activation = activation_of("parallelization", networks)?;
    let layers = (0..all[0].layers.len()).map(|l| {
        if l == 0 {
            stacked(&all)
        } else {
            diagonal(&all, l)
        }
    });
    Dense {
        activation,
        layers: layers.collect(),
    }
    .into_network()
}

/// Block-diagonal layers; errors as [`crate::operations::parallelize_separate`].
pub fn parallelize_separate(networks: &[&Network]) -> Result<Network, Failure> {
    let all = same_depths("parallelization with separate inputs", networks)?;
    let activation = activation_of("parallelization with separate inputs", networks)?;
    let layers = (0..all[0].layers.len())
        .map(|l| diagonal(&all, l))
        .collect();
    Dense { activation, layers }.into_network()
}

/// (a₁I | a₂I | …)∘P(Φ₁,Φ₂,…), the sum written as a network of depth 1; errors as [`crate::operations::linear_combination`].
pub fn linear_combination(terms: &[(Rational, &Network)]) -> Result<Network, Failure> {
    let networks: Vec<&Network> = terms.iter().map(|(_, phi)| *phi).collect();
    let side_by_side = parallelize(&networks)?;
    let outdim = networks[0].outdim();
    for phi in &networks {
        require(
            "linear combination",
            "output dimension",
            outdim,
            phi.outdim(),
        )?;
    }
    let rows: Rows = (0..outdim)
        .map(|i| {
            let entry = |a: &Rational, j: usize| if i == j { a.to_rbig() } else { RBig::ZERO };
            terms
                .iter()
                .flat_map(|(a, _)| (0..outdim).map(move |j| entry(a, j)))
                .collect()
        })
        .collect();
    let sum = Dense {
        activation: side_by_side.activation().clone(),
        layers: vec![(rows, vec![RBig::ZERO; outdim])],
    };
    compose(&sum.into_network()?, &side_by_side)
}

fn identity(dimension: usize, depth: usize) -> Dense {
    let unit = |rows: usize, cols: usize, entry: &dyn Fn(usize, usize) -> i8| {
        let matrix: Rows = (0..rows)
            .map(|i| (0..cols).map(|j| RBig::from(entry(i, j))).collect())
            .collect();
        (matrix, vec![RBig::ZERO; rows])
    };
    let d = dimension;
    let mut layers = vec![unit(2 * d, d, &|i, j| {
        i8::from(i == j) - i8::from(i == j + d)
    })];
    for _ in 2..depth {
        layers.push(unit(2 * d, 2 * d, &|i, j| i8::from(i == j)));
    }
    layers.push(unit(d, 2 * d, &|i, j| {
        i8::from(j == i) - i8::from(j == i + d)
    }));
    Dense {
        activation: Activation::Relu,
        layers,
    }
}

fn stacked(all: &[Dense]) -> (Rows, Vec<RBig>) {
    let rows = all
        .iter()
        .flat_map(|dense| dense.layers[0].0.iter().cloned())
        .collect();
    (
        rows,
        all.iter()
            .flat_map(|dense| dense.layers[0].1.iter().cloned())
            .collect(),
    )
}

fn diagonal(all: &[Dense], l: usize) -> (Rows, Vec<RBig>) {
    let cols: usize = all.iter().map(|dense| dense.layers[l].0[0].len()).sum();
    let mut rows = Vec::new();
    let mut before = 0;
    for dense in all {
        let block = &dense.layers[l].0;
        for row in block {
            let mut full = vec![RBig::ZERO; cols];
            full[before..before + row.len()].clone_from_slice(row);
            rows.push(full);
        }
        before += block[0].len();
    }
    (
        rows,
        all.iter()
            .flat_map(|dense| dense.layers[l].1.iter().cloned())
            .collect(),
    )
}

fn same_depths(operation: &str, networks: &[&Network]) -> Result<Vec<Dense>, Failure> {
    if networks.is_empty() {
        return Err(Failure::Shape(format!(
            "{operation}: expected at least 1 network, got 0"
        )));
    }
    for phi in networks {
        require(operation, "depth", networks[0].depth(), phi.depth())?;
    }
    Ok(networks.iter().map(|phi| Dense::new(phi)).collect())
}

fn require(operation: &str, what: &str, expected: usize, got: usize) -> Result<(), Failure> {
    if expected == got {
        return Ok(());
    }
    Err(Failure::Shape(format!(
        "{operation}: expected {what} {expected}, got {got}"
    )))
}

/// The activation all networks of depth ≥ 2 share; that of the first network if all have depth 1.
fn activation_of(operation: &str, networks: &[&Network]) -> Result<Activation, Failure> {
    let used: Vec<&Activation> = networks
        .iter()
        .filter(|phi| phi.depth() >= 2)
        .map(|phi| phi.activation())
        .collect();
    if used.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(Failure::Shape(format!(
            "{operation}: expected one activation, got {used:?}"
        )));
    }
    Ok(used.first().map_or_else(
        || networks[0].activation().clone(),
        |first| (*first).clone(),
    ))
}
