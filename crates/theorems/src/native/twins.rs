//! False twins: plausible wrong definitions, used by mutants only.

use relu_core::geometry::derivative_along;
use relu_core::linear::matrix::Matrix;
use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::operations::{compose, pad};
use relu_core::{Failure, Field, Order, RationalOrder, Sign};

use super::arguments::{any_network, built, network, rational_vector, scalar, size, vector};
use super::derivatives::preactivations;
use super::numbers::magnitude;
use crate::value::{Context, Value};

/// The layers of Φ, then those of Ψ: the activation acts between them.
pub(super) fn compose_activated(a: &[&Value], _: &Context) -> Result<Value, Failure> {
    let (psi, phi) = (network(a[0])?, network(a[1])?);
    Ok(built(Network::new(
        phi.activation().clone(),
        [phi.layers(), psi.layers()].concat(),
    )?))
}

/// The composition with the last bias of Φ set to zero.
pub(super) fn compose_without_bias(a: &[&Value], _: &Context) -> Result<Value, Failure> {
    let (psi, phi) = (network(a[0])?, network(a[1])?);
    let mut layers = phi.layers().to_vec();
    if let Some(last) = layers.pop() {
        layers.push(Layer::new(
            last.weights(),
            vec![Rational::zero(); last.rows()],
        )?);
    }
    Ok(built(compose(
        psi,
        &Network::new(phi.activation().clone(), layers)?,
    )?))
}

/// The merged layer with the product in the wrong order; ill-shaped unless the matrices are square.
pub(super) fn compose_swapped(a: &[&Value], _: &Context) -> Result<Value, Failure> {
    let (psi, phi) = (network(a[0])?, network(a[1])?);
    let (inner, outer) = (phi.layer(phi.depth() - 1), psi.layer(0));
    let weights = inner.weights().times(&outer.weights())?;
    let bias: Vec<Rational> = outer
        .weights()
        .apply(inner.biases())?
        .iter()
        .zip(outer.biases())
        .map(|(x, y)| x.plus(y))
        .collect();
    let mut layers = phi.layers()[..phi.depth() - 1].to_vec();
    layers.push(Layer::new(weights, bias)?);
    layers.extend_from_slice(&psi.layers()[1..]);
    Ok(built(Network::new(phi.activation().clone(), layers)?))
}

/// Padding by identity layers with one channel per output, each behind the activation.
pub(super) fn pad_single_channel(a: &[&Value], _: &Context) -> Result<Value, Failure> {
    let phi = network(a[0])?;
    let depth = size(a[1])?.min(64);
    if depth < phi.depth() {
        return Ok(built(pad(phi, depth)?));
    }
    let n = phi.outdim();
    let mut layers = phi.layers().to_vec();
    for _ in phi.depth()..depth {
        layers.push(Layer::new(Matrix::identity(n), vec![Rational::zero(); n])?);
    }
    Ok(built(Network::new(phi.activation().clone(), layers)?))
}

/// A_L·diag·A_{L−1}⋯ with the diagonals given by `slope(layer, neuron, z)`.
fn formal_product(
    a: &[&Value],
    context: &Context,
    slope: impl Fn(usize, usize, &Scalar) -> Result<Scalar, Failure>,
) -> Result<Value, Failure> {
    let phi = any_network(a[0])?;
    let zs = preactivations(a[0], vector(a[1])?, context)?;
    let mut product = phi.layer(0).weights();
    for l in 1..phi.depth() {
        let mut rows = Vec::with_capacity(product.rows());
        for (i, z) in zs[l - 1].iter().enumerate() {
            let factor = slope(l, i, z)?;
            rows.push(
                product
                    .row(i)
                    .iter()
                    .map(|entry| entry.times(&factor))
                    .collect(),
            );
        }
        product = phi.layer(l).weights().times(&Matrix::from_rows(rows)?)?;
    }
    Ok(Value::matrix(product))
}

pub(super) fn deriv_post(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let phi = any_network(a[0])?;
    let kink = scalar(a[2])?;
    formal_product(a, context, |_, _, z| {
        let post = phi.activation().value(z, &context.order)?;
        phi.activation().slope(&post, kink, &context.order)
    })
}

pub(super) fn deriv_tolerance(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let phi = any_network(a[0])?;
    let (kink, tolerance) = (scalar(a[2])?, scalar(a[3])?);
    formal_product(a, context, |_, _, z| {
        let size = magnitude(z, context)?;
        if context.order.sign(&size.minus(tolerance))? == Sign::Negative {
            return Ok(kink.clone());
        }
        phi.activation().slope(z, kink, &context.order)
    })
}

pub(super) fn deriv_per_neuron(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let phi = any_network(a[0])?;
    let kinks = [scalar(a[2])?, scalar(a[3])?];
    formal_product(a, context, |layer, neuron, z| {
        phi.activation()
            .slope(z, kinks[(layer + neuron) % 2], &context.order)
    })
}

/// Column j is the middle of the one-sided derivatives along ±e_j.
pub(super) fn deriv_midpoint(a: &[&Value], _: &Context) -> Result<Value, Failure> {
    let phi = network(a[0])?;
    let x = rational_vector(a[1])?;
    let half = Rational::one().half();
    let mut columns = Vec::with_capacity(x.len());
    for j in 0..x.len() {
        let mut middle = vec![Rational::zero(); phi.outdim()];
        for sign in [1, -1] {
            let mut v = vec![Rational::zero(); x.len()];
            v[j] = Rational::from_integer(sign);
            let side = derivative_along(phi, &x, &v, &RationalOrder)?
                .ok_or_else(|| Failure::Undefined("axis stays on a kink".to_owned()))?;
            for (sum, entry) in middle.iter_mut().zip(side.column(j)) {
                sum.add_product(&half, &entry);
            }
        }
        columns.push(middle);
    }
    let transposed = Matrix::from_rows(columns)?.transpose();
    Ok(Value::matrix(
        transposed.map(|entry| Scalar::Rational(entry.clone())),
    ))
}
