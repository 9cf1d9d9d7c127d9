//! Float shadows: the same programs in double precision, to rank candidates before one of them is evaluated exactly.
//!
//! A shadow covers arithmetic, norms, sizes, realizations and network derivatives of ReLU networks. Where it covers a
//! program it only orders proposals; it never decides anything.

use std::rc::Rc;

use claim_language::expr::{BinaryOp, RangeOperator, UnaryOp};
use relu_core::activation::Activation;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use theorems::program::{ListKind, Program, Register, Step};
use theorems::value::Value;

mod natives;

/// Steps after which a shadow gives up.
const MAX_STEPS: usize = 100_000;

/// A value in double precision.
#[derive(Clone, Debug, PartialEq)]
pub enum Shade {
    /// A truth value.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A vector.
    Vector(Vec<f64>),
    /// A matrix by its rows.
    Matrix(Vec<Vec<f64>>),
    /// A ReLU network: weights by rows and bias of every layer.
    Network(Rc<Vec<ShadeLayer>>),
}

/// Weights by rows, and bias.
pub type ShadeLayer = (Vec<Vec<f64>>, Vec<f64>);

/// A rational in double precision; infinite where it is too large.
pub fn shade_of(value: &Rational) -> f64 {
    let text = |part: String| part.parse::<f64>().unwrap_or(f64::NAN);
    match value.small_parts() {
        Some((p, q)) => p as f64 / q as f64,
        None => text(value.numerator().to_string()) / text(value.denominator().to_string()),
    }
}

/// The shadow of a value; `None` for symbols, templates, sets and other activations than ReLU.
pub fn shade(value: &Value) -> Option<Shade> {
    let numbers = |entries: &[Scalar]| -> Option<Vec<f64>> {
        entries
            .iter()
            .map(|entry| entry.as_rational().map(shade_of))
            .collect()
    };
    Some(match value {
        Value::Bool(truth) => Shade::Truth(*truth),
        Value::Scalar(scalar) => Shade::Number(shade_of(scalar.as_rational()?)),
        Value::Vector(entries) => Shade::Vector(numbers(entries)?),
        Value::Matrix(matrix) => Shade::Matrix(
            (0..matrix.rows())
                .map(|i| numbers(matrix.row(i)))
                .collect::<Option<_>>()?,
        ),
        Value::Network(network) if *network.activation() == Activation::Relu => {
            let layers = network.layers().iter().map(|layer| {
                let weights = layer.weights();
                let rows = (0..weights.rows())
                    .map(|i| weights.row(i).iter().map(shade_of).collect())
                    .collect();
                (rows, layer.biases().iter().map(shade_of).collect())
            });
            Shade::Network(Rc::new(layers.collect()))
        }
        _ => return None,
    })
}

/// The value of a program in double precision, on an environment with the shadows there are.
pub fn run(program: &Program, environment: &[Option<Shade>]) -> Option<Shade> {
    let (registers, counters) = program.sizes();
    let mut registers: Vec<Option<Shade>> = vec![None; registers];
    let mut counters = vec![(0_i64, 0_i64); counters];
    let mut at = 0;
    for _ in 0..MAX_STEPS {
        let Some(step) = program.steps().get(at) else {
            return registers[program.result() as usize].take();
        };
        at += 1;
        let get = |register: &Register| registers[*register as usize].clone();
        match step {
            Step::Constant(out, value) => registers[*out as usize] = shade(value),
            Step::Variable(out, slot) => {
                registers[*out as usize] = environment.get(*slot).cloned().flatten()
            }
            Step::Copy(out, from) => registers[*out as usize] = get(from),
            Step::Unary(out, operator, a) => {
                registers[*out as usize] = get(a).and_then(|a| unary(*operator, a))
            }
            Step::Binary(out, operator, a, b) => {
                let value = get(a)
                    .zip(get(b))
                    .and_then(|(a, b)| binary(*operator, a, b));
                registers[*out as usize] = value;
            }
            Step::Native(out, call, arguments) => {
                let values: Option<Vec<Shade>> = arguments.iter().map(get).collect();
                registers[*out as usize] = call
                    .name()
                    .zip(values)
                    .and_then(|(name, values)| natives::call(name, &values));
            }
            Step::Index(out, a, b) => {
                registers[*out as usize] = get(a).zip(get(b)).and_then(|(a, b)| index(a, b))
            }
            Step::List(out, items, ListKind::Array) => {
                let items: Option<Vec<Shade>> = items.iter().map(get).collect();
                registers[*out as usize] = items.and_then(list);
            }
            Step::Network(out, layers) => {
                let layer =
                    |(weights, bias): &(Register, Register)| match (get(weights)?, get(bias)?) {
                        (Shade::Matrix(rows), Shade::Vector(bias)) => Some((rows, bias)),
                        _ => None,
                    };
                let layers: Option<Vec<ShadeLayer>> = layers.iter().map(layer).collect();
                registers[*out as usize] = layers.map(|layers| Shade::Network(Rc::new(layers)));
            }
            Step::Jump(target) => at = *target,
            Step::JumpIf(register, when, target) => match get(register)? {
                Shade::Truth(truth) if truth == *when => at = *target,
                _ => {}
            },
            Step::JumpIfAbsent(register, ..) => {
                get(register)?;
            }
            Step::RangeStart {
                counter, from, to, ..
            } => {
                counters[*counter] = (integer(&get(from)?)?, integer(&get(to)?)?);
            }
            Step::RangeNext { counter, out, exit } => {
                let (next, last) = counters[*counter];
                if next > last {
                    at = *exit;
                } else {
                    counters[*counter].0 += 1;
                    registers[*out as usize] = Some(Shade::Number(next as f64));
                }
            }
            Step::Accumulate {
                operator,
                accumulator,
                value,
                ..
            } => {
                let next = accumulate(*operator, get(accumulator), get(value)?)?;
                registers[*accumulator as usize] = Some(next);
            }
            _ => return None,
        }
    }
    None
}

/// A vector of numbers or a matrix of vectors.
fn list(items: Vec<Shade>) -> Option<Shade> {
    let numbers: Option<Vec<f64>> = items
        .iter()
        .map(|item| match item {
            Shade::Number(x) => Some(*x),
            _ => None,
        })
        .collect();
    if let Some(numbers) = numbers {
        return Some(Shade::Vector(numbers));
    }
    let rows = items.into_iter().map(|item| match item {
        Shade::Vector(row) => Some(row),
        _ => None,
    });
    rows.collect::<Option<_>>().map(Shade::Matrix)
}

fn integer(value: &Shade) -> Option<i64> {
    match value {
        Shade::Number(x) if x.fract() == 0.0 && x.abs() < 1e9 => Some(*x as i64),
        _ => None,
    }
}

fn unary(operator: UnaryOp, a: Shade) -> Option<Shade> {
    Some(match (operator, a) {
        (UnaryOp::Not, Shade::Truth(truth)) => Shade::Truth(!truth),
        (UnaryOp::Neg, a) => scaled(-1.0, a)?,
        _ => return None,
    })
}

fn scaled(factor: f64, a: Shade) -> Option<Shade> {
    Some(match a {
        Shade::Number(x) => Shade::Number(factor * x),
        Shade::Vector(x) => Shade::Vector(x.into_iter().map(|x| factor * x).collect()),
        Shade::Matrix(rows) => Shade::Matrix(
            rows.into_iter()
                .map(|row| row.into_iter().map(|x| factor * x).collect())
                .collect(),
        ),
        _ => return None,
    })
}

fn sum(a: Shade, b: Shade) -> Option<Shade> {
    let add = |x: Vec<f64>, y: Vec<f64>| -> Option<Vec<f64>> {
        (x.len() == y.len()).then(|| x.into_iter().zip(y).map(|(x, y)| x + y).collect())
    };
    Some(match (a, b) {
        (Shade::Number(x), Shade::Number(y)) => Shade::Number(x + y),
        (Shade::Vector(x), Shade::Vector(y)) => Shade::Vector(add(x, y)?),
        (Shade::Matrix(x), Shade::Matrix(y)) if x.len() == y.len() => Shade::Matrix(
            x.into_iter()
                .zip(y)
                .map(|(x, y)| add(x, y))
                .collect::<Option<_>>()?,
        ),
        _ => return None,
    })
}

fn binary(operator: BinaryOp, a: Shade, b: Shade) -> Option<Shade> {
    use Shade::{Matrix, Number, Truth, Vector};
    Some(match (operator, a, b) {
        (BinaryOp::Add, a, b) => sum(a, b)?,
        (BinaryOp::Sub, a, b) => sum(a, scaled(-1.0, b)?)?,
        (BinaryOp::Mul, Number(x), b) => scaled(x, b)?,
        (BinaryOp::Mul, a, Number(y)) => scaled(y, a)?,
        (BinaryOp::Mul, Matrix(rows), Vector(x)) => Vector(natives::apply(&rows, &x)?),
        (BinaryOp::Mul, Matrix(a), Matrix(b)) => Matrix(natives::product(&a, &b)?),
        (BinaryOp::Div, a, Number(y)) => scaled(1.0 / y, a)?,
        (BinaryOp::Pow, Number(x), b) => Number(x.powi(i32::try_from(integer(&b)?).ok()?)),
        (BinaryOp::And, Truth(a), Truth(b)) => Truth(a && b),
        (BinaryOp::Or, Truth(a), Truth(b)) => Truth(a || b),
        (BinaryOp::Lt, Number(x), Number(y)) => Truth(x < y),
        (BinaryOp::Le, Number(x), Number(y)) => Truth(x <= y),
        (BinaryOp::Gt, Number(x), Number(y)) => Truth(x > y),
        (BinaryOp::Ge, Number(x), Number(y)) => Truth(x >= y),
        (BinaryOp::Eq, Number(x), Number(y)) => Truth(x == y),
        (BinaryOp::Ne, Number(x), Number(y)) => Truth(x != y),
        _ => return None,
    })
}

fn index(a: Shade, i: Shade) -> Option<Shade> {
    let at = usize::try_from(integer(&i)?).ok()?;
    match a {
        Shade::Vector(entries) => entries.get(at).copied().map(Shade::Number),
        Shade::Matrix(rows) => rows.get(at).cloned().map(Shade::Vector),
        _ => None,
    }
}

fn accumulate(operator: RangeOperator, accumulator: Option<Shade>, value: Shade) -> Option<Shade> {
    match (operator, accumulator, value) {
        (RangeOperator::Sum, Some(a), b) => sum(a, b),
        (RangeOperator::Prod, Some(Shade::Number(a)), Shade::Number(b)) => {
            Some(Shade::Number(a * b))
        }
        (RangeOperator::Max, Some(Shade::Number(a)), Shade::Number(b)) => {
            Some(Shade::Number(a.max(b)))
        }
        (RangeOperator::Min, Some(Shade::Number(a)), Shade::Number(b)) => {
            Some(Shade::Number(a.min(b)))
        }
        (RangeOperator::Max | RangeOperator::Min, None, b) => Some(b),
        _ => None,
    }
}
