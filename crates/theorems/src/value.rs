//! The values an expression may take, and the context in which signs are decided.

use std::collections::BTreeSet;
use std::sync::Arc;

use relu_core::activation::Activation;
use relu_core::geometry::Domain;
use relu_core::linear::matrix::Matrix;
use relu_core::network::{Layer, Network};
use relu_core::number::cell::RealContext;
use relu_core::number::enclosure::Enclosure;
use relu_core::number::polynomial::Polynomial;
use relu_core::number::rational::Rational;
use relu_core::number::roots::Algebraic;
use relu_core::number::scalar::Scalar;
use relu_core::parameters::Template;
use relu_core::{Failure, Field};

use crate::function::Closure;
use crate::learner::{Class, Learner};
use crate::operators::lowered;

/// Which of the two independent implementations of the natives is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// Sparse, machine integers where they fit: what search uses.
    Fast,
    /// Dense, big rationals, written from the definition: what the kernel uses.
    Reference,
}

/// How an expression is evaluated: with which implementation, and where the symbols lie.
#[derive(Clone, Debug)]
pub struct Context {
    /// The implementation of the natives.
    pub backend: Backend,
    /// The cell of the ordered symbol and the reading of the others.
    pub order: RealContext,
    /// Symbols that a hypothesis `v != 0` keeps away from zero, where they enter through equations only.
    pub nonzero: Vec<usize>,
    /// How many functions this evaluation is inside of.
    pub depth: usize,
}

/// The value of an expression.
///
/// A value that does not exist, or that cannot be decided, is a value too ([`Value::Absent`]), so that lazy connectives
/// and `defined(e)` can look at it; [`Failure::Split`] and [`Failure::NonGeneric`] are never stored, they end an
/// evaluation.
#[derive(Clone, Debug)]
pub enum Value {
    /// A truth value.
    Bool(bool),
    /// A number: rational, polynomial in the ordered symbol, or a quotient in several symbols.
    Scalar(Scalar),
    /// An irrational algebraic number; rational ones are scalars.
    Algebraic(Arc<Algebraic>),
    /// A number between two rationals; exact ones are scalars.
    Enclosed(Arc<Enclosure>),
    /// A column vector.
    Vector(Arc<Vec<Scalar>>),
    /// A matrix.
    Matrix(Arc<Matrix<Scalar>>),
    /// A network with rational entries.
    Network(Arc<Network>),
    /// A network with symbols among its entries.
    Symbolic(Arc<Network<Scalar>>),
    /// A network with free, frozen and tied entries.
    Template(Arc<Template>),
    /// An activation function.
    Activation(Activation),
    /// A box, or the whole space.
    Box(Arc<Domain>),
    /// A polynomial function.
    Poly(Arc<Polynomial>),
    /// A function `fn(x) e`.
    Function(Arc<Closure>),
    /// An exponent 1 ≤ q ≤ ∞, by its inverse.
    Exponent(Rational),
    /// An algorithm that learns a function from values.
    Learner(Arc<Learner>),
    /// A class of networks.
    Class(Arc<Class>),
    /// A finite list of values, used as a set.
    Set(Arc<Vec<Value>>),
    /// No value: undefined, ill-shaped, undecided or over a limit.
    Absent(Failure),
}

impl Value {
    /// The number as a value.
    pub fn rational(value: Rational) -> Self {
        Self::Scalar(Scalar::Rational(value))
    }

    /// The integer as a value.
    pub fn integer(value: i64) -> Self {
        Self::rational(Rational::from_integer(value))
    }

    /// The count as a value.
    pub fn count(value: usize) -> Self {
        Self::integer(i64::try_from(value).expect("sizes of objects in memory fit 63 bits"))
    }

    /// The vector as a value.
    pub fn vector(entries: Vec<Scalar>) -> Self {
        Self::Vector(Arc::new(entries))
    }

    /// The rational vector as a value.
    pub fn rational_vector(entries: &[Rational]) -> Self {
        Self::vector(
            entries
                .iter()
                .map(|entry| Scalar::Rational(entry.clone()))
                .collect(),
        )
    }

    /// The matrix as a value.
    pub fn matrix(matrix: Matrix<Scalar>) -> Self {
        Self::Matrix(Arc::new(matrix))
    }

    /// The word for what this is, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "truth value",
            Self::Scalar(_) | Self::Algebraic(_) | Self::Enclosed(_) => "number",
            Self::Vector(_) => "vector",
            Self::Matrix(_) => "matrix",
            Self::Network(_) | Self::Symbolic(_) => "network",
            Self::Template(_) => "template",
            Self::Activation(_) => "activation",
            Self::Box(_) => "box",
            Self::Poly(_) => "polynomial",
            Self::Function(_) => "function",
            Self::Exponent(_) => "exponent",
            Self::Learner(_) => "learner",
            Self::Class(_) => "class of networks",
            Self::Set(_) => "set",
            Self::Absent(_) => "nothing",
        }
    }

    /// The elements of a finite list: of a set, the entries of a vector, the rows of a matrix; anything else alone.
    pub fn choices(&self) -> Vec<Value> {
        match self {
            Self::Set(items) => items.to_vec(),
            Self::Vector(entries) => entries.iter().cloned().map(Value::Scalar).collect(),
            Self::Matrix(matrix) => (0..matrix.rows())
                .map(|i| Value::vector(matrix.row(i).to_vec()))
                .collect(),
            other => vec![other.clone()],
        }
    }

    /// Whether a symbol occurs in the value.
    pub fn has_symbols(&self) -> bool {
        match self {
            Self::Scalar(scalar) => scalar.as_rational().is_none(),
            Self::Vector(entries) => entries.iter().any(|entry| entry.as_rational().is_none()),
            Self::Matrix(matrix) => matrix
                .data()
                .iter()
                .any(|entry| entry.as_rational().is_none()),
            Self::Symbolic(_) => true,
            Self::Set(items) => items.iter().any(Value::has_symbols),
            Self::Function(closure) => closure.captured.iter().any(Value::has_symbols),
            _ => false,
        }
    }

    /// The symbols that occur in the value.
    pub fn symbols(&self) -> BTreeSet<usize> {
        let of = |entries: &[Scalar]| -> BTreeSet<usize> {
            entries.iter().flat_map(Scalar::symbols).collect()
        };
        match self {
            Self::Scalar(scalar) => scalar.symbols(),
            Self::Vector(entries) => of(entries),
            Self::Matrix(matrix) => of(matrix.data()),
            Self::Symbolic(network) => network
                .layers()
                .iter()
                .flat_map(|layer| [of(layer.stored()), of(layer.biases())])
                .flatten()
                .collect(),
            Self::Set(items) => items.iter().flat_map(Value::symbols).collect(),
            Self::Function(closure) => closure.captured.iter().flat_map(Value::symbols).collect(),
            _ => BTreeSet::new(),
        }
    }

    /// The value with a number for a symbol. Errors: it does not exist there.
    pub fn at(&self, symbol: usize, number: &Rational) -> Result<Self, Failure> {
        let all = |entries: &[Scalar]| -> Result<Vec<Scalar>, Failure> {
            entries
                .iter()
                .map(|entry| entry.substitute(symbol, number))
                .collect()
        };
        Ok(match self {
            Self::Scalar(scalar) => Self::Scalar(scalar.substitute(symbol, number)?),
            Self::Vector(entries) => Self::vector(all(entries)?),
            Self::Matrix(matrix) => Self::matrix(Matrix::new(
                matrix.rows(),
                matrix.cols(),
                all(matrix.data())?,
            )?),
            Self::Symbolic(network) => {
                let layers: Result<Vec<Layer<Scalar>>, Failure> = network
                    .layers()
                    .iter()
                    .map(|layer| {
                        let weights = layer.weights();
                        let weights =
                            Matrix::new(weights.rows(), weights.cols(), all(weights.data())?)?;
                        Layer::new(weights, all(layer.biases())?)
                    })
                    .collect();
                lowered(Network::new(network.activation().clone(), layers?)?)
            }
            Self::Function(closure) => {
                let captured = closure.captured.iter();
                Self::Function(Arc::new(Closure {
                    lambda: Arc::clone(&closure.lambda),
                    captured: captured
                        .map(|value| value.at(symbol, number))
                        .collect::<Result<_, _>>()?,
                }))
            }
            other => other.clone(),
        })
    }
}

/// The entries as rationals, or `None` if one of them contains a symbol.
pub fn as_rationals(entries: &[Scalar]) -> Option<Vec<Rational>> {
    entries
        .iter()
        .map(|entry| entry.as_rational().cloned())
        .collect()
}

/// The rational entries as scalars.
pub fn as_scalars(entries: &[Rational]) -> Vec<Scalar> {
    entries.iter().map(Scalar::from_rational).collect()
}

/// Keeps failures that end an evaluation, and turns the others into an absent value.
pub fn absent(failure: Failure) -> Result<Value, Failure> {
    match failure {
        Failure::Split(_) | Failure::NonGeneric => Err(failure),
        other => Ok(Value::Absent(other)),
    }
}
