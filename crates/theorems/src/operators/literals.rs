//! List, box and network literals.

use std::sync::Arc;

use relu_core::Failure;
use relu_core::geometry::Domain;
use relu_core::linear::matrix::Matrix;
use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;

use crate::program::ListKind;
use crate::value::{Value, as_rationals};

/// A list literal: vector of numbers, matrix of vectors, a set, or an interval.
pub(crate) fn list(items: Vec<Value>, kind: ListKind) -> Value {
    if let Some(failure) = items.iter().find_map(|item| match item {
        Value::Absent(failure) => Some(failure.clone()),
        _ => None,
    }) {
        return Value::Absent(failure);
    }
    if kind == ListKind::Interval {
        return interval(&items).unwrap_or_else(Value::Absent);
    }
    if kind == ListKind::Array {
        let scalars: Option<Vec<Scalar>> = items
            .iter()
            .map(|item| match item {
                Value::Scalar(scalar) => Some(scalar.clone()),
                _ => None,
            })
            .collect();
        if let Some(scalars) = scalars {
            return Value::vector(scalars);
        }
        let rows: Option<Vec<Vec<Scalar>>> = items
            .iter()
            .map(|item| match item {
                Value::Vector(entries) => Some(entries.to_vec()),
                _ => None,
            })
            .collect();
        if let Some(rows) = rows {
            return Matrix::from_rows(rows).map_or_else(Value::Absent, Value::matrix);
        }
    }
    Value::Set(Arc::new(items))
}

/// The box [a, b].
fn interval(ends: &[Value]) -> Result<Value, Failure> {
    let [Value::Scalar(lower), Value::Scalar(upper)] = ends else {
        return Err(Failure::Shape(format!(
            "an interval of two numbers, got {} values",
            ends.len()
        )));
    };
    match (lower.as_rational(), upper.as_rational()) {
        (Some(lower), Some(upper)) => {
            let side = Domain::interval(lower.clone(), upper.clone())?;
            Ok(Value::Box(Arc::new(side)))
        }
        _ => Err(Failure::Unknown(
            "a box with rational ends is needed here, not symbols".to_owned(),
        )),
    }
}

/// A network literal: ReLU layers (W, b), with symbols among the entries where the statement has them.
pub(crate) fn network(layers: &[(&Value, &Value)]) -> Value {
    build_network(layers).unwrap_or_else(Value::Absent)
}

fn build_network(layers: &[(&Value, &Value)]) -> Result<Value, Failure> {
    let mut built = Vec::with_capacity(layers.len());
    for (weights, bias) in layers {
        match (weights, bias) {
            (Value::Absent(failure), _) | (_, Value::Absent(failure)) => {
                return Err(failure.clone());
            }
            (Value::Matrix(weights), Value::Vector(bias)) => {
                built.push(Layer::new((**weights).clone(), bias.to_vec())?);
            }
            (weights, bias) => {
                return Err(Failure::Shape(format!(
                    "a matrix and a vector per layer, got a {} and a {}",
                    weights.kind(),
                    bias.kind()
                )));
            }
        }
    }
    let network: Network<Scalar> = Network::relu(built)?;
    Ok(lowered(network))
}

/// The network with rational entries where no symbol occurs.
pub(crate) fn lowered(network: Network<Scalar>) -> Value {
    let rational = network.layers().iter().all(|layer| {
        as_rationals(layer.stored()).is_some() && as_rationals(layer.biases()).is_some()
    });
    if rational {
        Value::Network(Arc::new(network.map(|entry| {
            entry.as_rational().cloned().unwrap_or_else(Rational::zero)
        })))
    } else {
        Value::Symbolic(Arc::new(network))
    }
}
