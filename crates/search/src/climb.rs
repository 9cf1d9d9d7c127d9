//! Climbs the claim's objective, or the exact ratio lhs/rhs of a bound, from the best instance found.

use std::sync::Arc;

use kernel::check::ratio;
use relu_core::Field;
use relu_core::network::{Layer, Network};
use relu_core::number::rational::Rational;
use theorems::assignment::Assignment;
use theorems::decide::Ranges;
use theorems::generate::Stream;
use theorems::machine::Memory;
use theorems::statement::{Outcome, Statement, equations, evaluate};
use theorems::value::{Backend, Value, as_rationals};

use crate::shadow::{self, Shade};
use relu_core::number::cell::RealCell;

/// The engine's name, part of its seed.
pub const ENGINE: &str = "adversarial";
/// Steps tried from the best instance.
pub const STEPS: u64 = 4000;

/// Changes ranked by the shadow for one exact evaluation.
pub const PROPOSALS: u64 = 8;

/// What climbing reached.
#[derive(Clone, Debug)]
pub struct Climbed {
    /// Steps tried.
    pub trials: u64,
    /// The largest height.
    pub best: Rational,
    /// The instance with it.
    pub assignment: Assignment,
    /// Whether the conclusion fails there.
    pub fails: bool,
}

/// What is climbed: the objective of the claim if it has one, else the ratio lhs/rhs; exact, and only at rational values.
pub fn height(
    statement: &Statement,
    conclusion: usize,
    environment: &[Value],
    memory: &mut Memory,
) -> Option<Rational> {
    match &statement.objective {
        None => ratio(statement, conclusion, environment, Backend::Fast, memory),
        Some(objective) => match evaluate(objective, environment, Backend::Fast, memory) {
            Value::Scalar(value) => value.as_rational().cloned(),
            _ => None,
        },
    }
}

/// The height in double precision, where the objective or both sides have a shadow.
fn shadow_height(
    statement: &Statement,
    conclusion: usize,
    shades: &[Option<Shade>],
) -> Option<f64> {
    let number = |program| match shadow::run(program, shades)? {
        Shade::Number(x) if x.is_finite() => Some(x),
        _ => None,
    };
    match (
        &statement.objective,
        &statement.conclusions[conclusion].sides,
    ) {
        (Some(objective), _) => number(objective),
        (None, Some((left, right))) => {
            Some(number(left)? / number(right)?).filter(|ratio| ratio.is_finite())
        }
        (None, None) => None,
    }
}

/// Changes one entry of a network or a point at a time and keeps what does not lower the exact height.
///
/// Where the objective has a float shadow, [`PROPOSALS`] changes are ranked by it and only the best is evaluated exactly.
pub fn climb(
    statement: &Statement,
    conclusion: usize,
    seed: u64,
    start: &(Rational, Assignment),
) -> Option<Climbed> {
    let mut environment = statement.bind(conclusion, &start.1).ok()?.environment;
    let mut memory = Memory::default();
    let mut best = start.0.clone();
    let mut stream = Stream::for_instance(seed, &statement.id, ENGINE, 0);
    let slots: Vec<usize> = statement
        .slots(conclusion)
        .into_iter()
        .filter(|slot| matches!(environment[*slot], Value::Network(_) | Value::Vector(_)))
        .collect();
    let mut shades: Vec<Option<Shade>> = environment.iter().map(shadow::shade).collect();
    let proposals = if shadow_height(statement, conclusion, &shades).is_some() {
        PROPOSALS
    } else {
        1
    };
    let mut fails = false;
    let mut trials = 0;
    while trials < STEPS && !fails {
        trials += proposals;
        let mut chosen: Option<(f64, usize, Value)> = None;
        for _ in 0..proposals {
            let slot = *stream.choose(&slots)?;
            let Some(changed) = change(&environment[slot], &mut stream) else {
                continue;
            };
            let before = std::mem::replace(&mut shades[slot], shadow::shade(&changed));
            let ranked = shadow_height(statement, conclusion, &shades).unwrap_or(f64::NEG_INFINITY);
            shades[slot] = before;
            if chosen.as_ref().is_none_or(|(height, ..)| ranked > *height) {
                chosen = Some((ranked, slot, changed));
            }
        }
        let Some((_, slot, changed)) = chosen else {
            continue;
        };
        let before = std::mem::replace(&mut environment[slot], changed);
        let context = equations(Backend::Fast, RealCell::line());
        let outcome = statement.outcome(
            conclusion,
            &mut environment,
            Ranges::Check,
            &context,
            &mut memory,
        );
        let reached = match outcome {
            Ok(Outcome::Holds | Outcome::Fails) => {
                height(statement, conclusion, &environment, &mut memory)
            }
            _ => None,
        };
        match reached {
            Some(reached) if reached >= best => {
                best = reached;
                shades[slot] = shadow::shade(&environment[slot]);
                fails = matches!(outcome, Ok(Outcome::Fails));
            }
            _ => environment[slot] = before,
        }
    }
    let assignment = statement.assignment(conclusion, &environment, &RealCell::line())?;
    Some(Climbed {
        trials,
        best,
        assignment,
        fails,
    })
}

fn change(value: &Value, stream: &mut Stream) -> Option<Value> {
    match value {
        Value::Vector(entries) => {
            let mut entries = as_rationals(entries)?;
            let at = stream.index(entries.len());
            entries[at] = moved(&entries[at], stream);
            Some(Value::rational_vector(&entries))
        }
        Value::Network(network) => {
            let at = stream.index(network.depth());
            let layers: Result<Vec<Layer>, _> = network
                .layers()
                .iter()
                .enumerate()
                .map(|(l, layer)| {
                    if l != at {
                        return Ok(layer.clone());
                    }
                    let cell = stream.index(layer.rows() * (layer.cols() + 1));
                    let (row, col) = (cell / (layer.cols() + 1), cell % (layer.cols() + 1));
                    let mut bias = layer.biases().to_vec();
                    let weights = layer.weights();
                    let mut data = weights.data().to_vec();
                    if col == layer.cols() {
                        bias[row] = moved(&bias[row], stream);
                    } else {
                        let entry = &mut data[row * layer.cols() + col];
                        *entry = moved(entry, stream);
                    }
                    Layer::new(
                        relu_core::linear::matrix::Matrix::new(layer.rows(), layer.cols(), data)?,
                        bias,
                    )
                })
                .collect();
            let network = Network::new(network.activation().clone(), layers.ok()?).ok()?;
            Some(Value::Network(Arc::new(network)))
        }
        _ => None,
    }
}

/// A neighbour: one more or less, the opposite, zero, one.
fn moved(x: &Rational, stream: &mut Stream) -> Rational {
    match stream.below(5) {
        0 => x.plus(&Rational::one()),
        1 => x.minus(&Rational::one()),
        2 => x.negated(),
        3 => Rational::zero(),
        _ => Rational::one(),
    }
}
