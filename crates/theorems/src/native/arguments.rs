//! Typed access to the arguments of a native.

use std::sync::Arc;

use relu_core::Failure;
use relu_core::activation::Activation;
use relu_core::geometry::Domain;
use relu_core::geometry::line::Curve;
use relu_core::linear::matrix::Matrix;
use relu_core::network::Network;
use relu_core::number::polynomial::Polynomial;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::parameters::Template;

use crate::operators::as_integer;
use crate::value::{Context, Value, as_rationals};

fn wrong(expected: &str, got: &Value) -> Failure {
    Failure::Shape(format!("expected a {expected}, got a {}", got.kind()))
}

pub(super) fn scalar(value: &Value) -> Result<&Scalar, Failure> {
    match value {
        Value::Scalar(scalar) => Ok(scalar),
        Value::Enclosed(_) => Err(Failure::Unknown(
            "a rational number is needed here, not one known by bounds only".to_owned(),
        )),
        Value::Algebraic(_) => Err(Failure::Unknown(
            "a rational number is needed here, not an irrational one".to_owned(),
        )),
        other => Err(wrong("number", other)),
    }
}

pub(super) fn rational(value: &Value) -> Result<&Rational, Failure> {
    scalar(value)?.as_rational().ok_or_else(|| {
        Failure::Unknown("a rational number is needed here, not a symbol".to_owned())
    })
}

/// The inverse of an exponent.
pub(super) fn exponent(value: &Value) -> Result<&Rational, Failure> {
    match value {
        Value::Exponent(inverse) => Ok(inverse),
        other => Err(wrong("exponent", other)),
    }
}

pub(super) fn size(value: &Value) -> Result<usize, Failure> {
    let integer = as_integer(value)?;
    usize::try_from(integer).map_err(|_| Failure::Undefined(format!("a size, got {integer}")))
}

/// A size small enough to build something of it.
pub(super) fn bounded(value: &Value) -> Result<usize, Failure> {
    let n = size(value)?;
    if n > 64 {
        Err(Failure::Limit(format!("a size of at most 64, got {n}")))
    } else {
        Ok(n)
    }
}

pub(super) fn vector(value: &Value) -> Result<&[Scalar], Failure> {
    match value {
        Value::Vector(entries) => Ok(entries),
        other => Err(wrong("vector", other)),
    }
}

pub(super) fn rational_vector(value: &Value) -> Result<Vec<Rational>, Failure> {
    as_rationals(vector(value)?)
        .ok_or_else(|| Failure::Unknown("rational entries are needed here, not symbols".to_owned()))
}

pub(super) fn matrix(value: &Value) -> Result<&Matrix<Scalar>, Failure> {
    match value {
        Value::Matrix(matrix) => Ok(matrix),
        other => Err(wrong("matrix", other)),
    }
}

pub(super) fn rational_matrix(value: &Value) -> Result<Matrix<Rational>, Failure> {
    let found = matrix(value)?;
    let data = as_rationals(found.data()).ok_or_else(|| {
        Failure::Unknown("rational entries are needed here, not symbols".to_owned())
    })?;
    Matrix::new(found.rows(), found.cols(), data)
}

/// Entries of a vector or matrix.
pub(super) fn entries(value: &Value) -> Result<&[Scalar], Failure> {
    match value {
        Value::Vector(entries) => Ok(entries),
        Value::Matrix(matrix) => Ok(matrix.data()),
        other => Err(wrong("vector or matrix", other)),
    }
}

pub(super) fn network(value: &Value) -> Result<&Network, Failure> {
    match value {
        Value::Network(network) => Ok(network),
        Value::Symbolic(_) => Err(Failure::Unknown(
            "a network with rational entries is needed here".to_owned(),
        )),
        other => Err(wrong("network", other)),
    }
}

pub(super) fn built(network: Network) -> Value {
    Value::Network(Arc::new(network))
}

/// The network with scalar entries, whatever its entries are.
pub(super) fn any_network(value: &Value) -> Result<Arc<Network<Scalar>>, Failure> {
    match value {
        Value::Network(network) => Ok(Arc::new(network.lifted())),
        Value::Symbolic(network) => Ok(Arc::clone(network)),
        other => Err(wrong("network", other)),
    }
}

pub(super) fn template(value: &Value) -> Result<&Template, Failure> {
    match value {
        Value::Template(template) => Ok(template),
        other => Err(wrong("template", other)),
    }
}

pub(super) fn activation(value: &Value) -> Result<&Activation, Failure> {
    match value {
        Value::Activation(activation) => Ok(activation),
        other => Err(wrong("activation", other)),
    }
}

/// The box, or the whole space.
pub(super) fn domain(value: &Value) -> Result<&Domain, Failure> {
    match value {
        Value::Box(domain) => Ok(domain),
        other => Err(wrong("box", other)),
    }
}

/// The function of one variable as polynomials on intervals.
pub(super) fn curve(value: &Value, context: &Context) -> Result<Curve, Failure> {
    match value {
        Value::Function(closure) => closure.curve(context),
        Value::Poly(p) => p.as_univariate().map(Curve::from).ok_or_else(|| {
            Failure::Shape(format!(
                "variables of a function on the line: expected 1, got {}",
                p.variables()
            ))
        }),
        other => Err(wrong("function", other)),
    }
}

/// The polynomial in n variables, or the function as one.
pub(super) fn polynomial_in(
    value: &Value,
    n: usize,
    context: &Context,
) -> Result<Arc<Polynomial>, Failure> {
    let p = match value {
        Value::Function(closure) => closure.polynomial(Some(n), context).map(Arc::new)?,
        other => polynomial(other, context)?,
    };
    if p.variables() == n {
        return Ok(p);
    }
    Err(Failure::Shape(format!(
        "variables of a polynomial compared with a network: expected {n}, got {}",
        p.variables()
    )))
}

/// The polynomial, or the function as one.
pub(super) fn polynomial(value: &Value, context: &Context) -> Result<Arc<Polynomial>, Failure> {
    match value {
        Value::Poly(p) => Ok(Arc::clone(p)),
        Value::Function(closure) => closure.polynomial(None, context).map(Arc::new),
        other => Err(wrong("polynomial", other)),
    }
}

/// The matrices of a set of matrices.
pub(super) fn matrices(value: &Value) -> Result<Vec<Matrix<Scalar>>, Failure> {
    match value {
        Value::Set(items) => items.iter().map(|item| matrix(item).cloned()).collect(),
        other => Err(wrong("set", other)),
    }
}

/// A set of matrices as a value.
pub(super) fn matrix_set(items: Vec<Matrix<Scalar>>) -> Value {
    Value::Set(Arc::new(items.into_iter().map(Value::matrix).collect()))
}

/// The matrix with its entries as scalars.
pub(super) fn lifted(matrix: &Matrix<Rational>) -> Matrix<Scalar> {
    matrix.map(|entry| Scalar::Rational(entry.clone()))
}

/// The next argument, as a `count`, a `number` or a `vector` of rationals.
macro_rules! next {
    (count $arguments:ident) => {
        $crate::native::arguments::bounded($arguments())?
    };
    (number $arguments:ident) => {
        $crate::native::arguments::rational($arguments())?
    };
    (vector $arguments:ident) => {
        &$crate::native::arguments::rational_vector($arguments())?
    };
}

/// A native that builds a network: a function, and how its arguments are read, in order.
macro_rules! builds {
    ($build:path: $($how:ident)+) => {
        |arguments, _| {
            let mut arguments = arguments.iter();
            let mut argument = || *arguments.next().expect("the types of a native are checked");
            Ok($crate::native::arguments::built($build($($crate::native::arguments::next!($how argument)),+)?))
        }
    };
}

pub(super) use {builds, next};
