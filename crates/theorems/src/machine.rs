//! Runs a compiled program on an environment.

use std::borrow::Cow;
use std::sync::Arc;

use claim_language::expr::{BinaryOp, RangeOperator, UnaryOp};
use relu_core::{Failure, Field, Sign};

use crate::algebraic;
use crate::enclosed;
use crate::function::{Closure, apply_polynomial};
use crate::native;
use crate::operators;
use crate::program::{Program, Register, Step};
use crate::value::{Context, Value, absent};

/// The largest number of steps of one evaluation; a runaway range ends as [`Failure::Limit`].
pub(crate) const MAX_STEPS: usize = 5_000_000;

/// Working memory of evaluations, kept between them so that nothing is allocated twice.
#[derive(Debug, Default)]
pub struct Memory {
    registers: Vec<Value>,
    counters: Vec<(i64, i64)>,
}

/// The value of the program in this environment, one value per slot.
///
/// Errors: [`Failure::Split`] and [`Failure::NonGeneric`] only; every other failure is the value [`Value::Absent`].
pub fn run(
    program: &Program,
    environment: &[Value],
    context: &Context,
    memory: &mut Memory,
) -> Result<Value, Failure> {
    run_within(
        program,
        environment,
        context,
        memory,
        &mut MAX_STEPS.clone(),
    )
}

/// [`run`] with a number of steps shared by all functions applied on the way.
pub(crate) fn run_within(
    program: &Program,
    environment: &[Value],
    context: &Context,
    memory: &mut Memory,
    budget: &mut usize,
) -> Result<Value, Failure> {
    memory.registers.clear();
    memory
        .registers
        .resize(program.registers, Value::Bool(false));
    memory.counters.clear();
    memory.counters.resize(program.counters, (0, 0));
    let registers = &mut memory.registers;
    let counters = &mut memory.counters;
    let mut at = 0;
    while let Some(step) = program.steps.get(at) {
        at += 1;
        *budget = budget.saturating_sub(1);
        if *budget == 0 {
            return Ok(Value::Absent(Failure::Limit(format!(
                "{MAX_STEPS} steps of one evaluation"
            ))));
        }
        match step {
            Step::Constant(out, value) => set(registers, *out, value.clone()),
            Step::Variable(out, slot) => {
                let value = environment.get(*slot).cloned().unwrap_or_else(|| {
                    Value::Absent(Failure::Undefined("variable without a value".to_owned()))
                });
                set(registers, *out, value);
            }
            Step::Copy(out, from) => {
                let value = get(registers, *from).clone();
                set(registers, *out, value);
            }
            Step::Unary(out, operator, a) => {
                let value = unary(*operator, get(registers, *a));
                set(registers, *out, value);
            }
            Step::Binary(out, operator, a, b) => {
                let value =
                    operators::binary(*operator, get(registers, *a), get(registers, *b), context)?;
                set(registers, *out, value);
            }
            Step::Native(out, call, arguments) => {
                let value = native_call(*call, arguments, registers, context)?;
                set(registers, *out, value);
            }
            Step::Index(out, a, b) => {
                let value = operators::index(get(registers, *a), get(registers, *b));
                set(registers, *out, value);
            }
            Step::List(out, items, kind) => {
                let items: Vec<Value> = items
                    .iter()
                    .map(|item| get(registers, *item).clone())
                    .collect();
                set(registers, *out, operators::list(items, *kind));
            }
            Step::Network(out, layers) => {
                let layers: Vec<(&Value, &Value)> = layers
                    .iter()
                    .map(|(w, b)| (get(registers, *w), get(registers, *b)))
                    .collect();
                let value = operators::network(&layers);
                set(registers, *out, value);
            }
            Step::Function(out, lambda, captured) => {
                let captured = captured.iter().map(|value| get(registers, *value).clone());
                let closure = Closure {
                    lambda: Arc::clone(lambda),
                    captured: captured.collect(),
                };
                set(registers, *out, Value::Function(Arc::new(closure)));
            }
            Step::Apply(out, function, argument) => {
                let argument = get(registers, *argument);
                let value = match get(registers, *function) {
                    Value::Function(closure) => closure.apply(argument, context, budget)?,
                    Value::Poly(p) => apply_polynomial(p, argument).or_else(absent)?,
                    Value::Absent(failure) => Value::Absent(failure.clone()),
                    other => Value::Absent(Failure::Shape(format!(
                        "a function to apply, got a {}",
                        other.kind()
                    ))),
                };
                set(registers, *out, value);
            }
            Step::Defined(out, a) => {
                let value = match get(registers, *a) {
                    Value::Absent(Failure::Undefined(_)) => Value::Bool(false),
                    Value::Absent(other) => Value::Absent(other.clone()),
                    _ => Value::Bool(true),
                };
                set(registers, *out, value);
            }
            Step::Unsupported(out, what) => {
                set(
                    registers,
                    *out,
                    Value::Absent(Failure::Unknown(format!("{what} cannot be evaluated"))),
                );
            }
            Step::Jump(target) => at = *target,
            Step::JumpIf(register, when, target) => {
                if matches!(get(registers, *register), Value::Bool(value) if value == when) {
                    at = *target;
                }
            }
            Step::JumpIfAbsent(register, out, target) => {
                if let Value::Absent(failure) = get(registers, *register) {
                    let value = Value::Absent(failure.clone());
                    set(registers, *out, value);
                    at = *target;
                }
            }
            Step::SetStart(counter) => counters[*counter] = (0, 0),
            Step::SetNext {
                counter,
                set: source,
                out,
                exit,
            } => {
                let next = match get(registers, *source) {
                    Value::Set(items) => items
                        .get(usize::try_from(counters[*counter].0).unwrap_or(usize::MAX))
                        .cloned(),
                    _ => None,
                };
                match next {
                    Some(value) => {
                        counters[*counter].0 += 1;
                        set(registers, *out, value);
                    }
                    None => at = *exit,
                }
            }
            Step::RangeStart {
                counter,
                from,
                to,
                accumulator,
                exit,
            } => {
                match (
                    operators::as_integer(get(registers, *from)),
                    operators::as_integer(get(registers, *to)),
                ) {
                    (Ok(from), Ok(to)) => counters[*counter] = (from, to),
                    (Err(failure), _) | (_, Err(failure)) => {
                        let value = absent(failure)?;
                        set(registers, *accumulator, value);
                        at = *exit;
                    }
                }
            }
            Step::RangeNext { counter, out, exit } => {
                let (next, last) = counters[*counter];
                if next > last {
                    at = *exit;
                } else {
                    counters[*counter].0 += 1;
                    set(registers, *out, Value::integer(next));
                }
            }
            Step::Accumulate {
                operator,
                accumulator,
                value,
                exit,
            } => {
                let (result, done) = accumulate(
                    *operator,
                    get(registers, *accumulator),
                    get(registers, *value),
                    context,
                )?;
                set(registers, *accumulator, result);
                if done {
                    at = *exit;
                }
            }
        }
    }
    Ok(get(registers, program.result).clone())
}

fn get(registers: &[Value], register: Register) -> &Value {
    &registers[register as usize]
}

fn set(registers: &mut [Value], register: Register, value: Value) {
    registers[register as usize] = value;
}

fn unary(operator: UnaryOp, a: &Value) -> Value {
    match (operator, a) {
        (_, Value::Absent(failure)) => Value::Absent(failure.clone()),
        (UnaryOp::Not, Value::Bool(value)) => Value::Bool(!value),
        (UnaryOp::Neg, Value::Scalar(value)) => Value::Scalar(value.negated()),
        (UnaryOp::Neg, Value::Algebraic(number)) => algebraic::lowered(number.negated()),
        (UnaryOp::Neg, Value::Enclosed(number)) => enclosed::negated(number),
        (UnaryOp::Neg, Value::Vector(entries)) => {
            Value::vector(entries.iter().map(Field::negated).collect())
        }
        (UnaryOp::Neg, Value::Matrix(matrix)) => Value::matrix(matrix.map(Field::negated)),
        (_, other) => Value::Absent(Failure::Shape(format!(
            "a sign or negation of a {}",
            other.kind()
        ))),
    }
}

fn native_call(
    call: native::NativeCall,
    arguments: &[Register],
    registers: &[Value],
    context: &Context,
) -> Result<Value, Failure> {
    let mut values: Vec<Cow<'_, Value>> = Vec::with_capacity(arguments.len());
    for argument in arguments {
        match get(registers, *argument) {
            Value::Absent(failure) => return Ok(Value::Absent(failure.clone())),
            value => values.push(Cow::Borrowed(value)),
        }
    }
    let borrowed: Vec<&Value> = values.iter().map(AsRef::as_ref).collect();
    native::call(call, &borrowed, context).or_else(absent)
}

/// One step of a loop: the new accumulator, and whether it can no longer change.
fn accumulate(
    operator: RangeOperator,
    accumulator: &Value,
    value: &Value,
    context: &Context,
) -> Result<(Value, bool), Failure> {
    if let (Value::Absent(failure), false) = (
        value,
        matches!(operator, RangeOperator::Every | RangeOperator::Some),
    ) {
        return Ok((Value::Absent(failure.clone()), true));
    }
    Ok(match operator {
        RangeOperator::Every | RangeOperator::Some => {
            let connective = if operator == RangeOperator::Every {
                BinaryOp::And
            } else {
                BinaryOp::Or
            };
            let result = operators::binary(connective, accumulator, value, context)?;
            let done = match &result {
                Value::Bool(value) => *value == (operator == RangeOperator::Some),
                Value::Absent(Failure::Unknown(_) | Failure::Limit(_)) => false,
                _ => true,
            };
            (result, done)
        }
        RangeOperator::Sum => (
            operators::binary(BinaryOp::Add, accumulator, value, context)?,
            false,
        ),
        RangeOperator::Prod => (
            operators::binary(BinaryOp::Mul, accumulator, value, context)?,
            false,
        ),
        RangeOperator::Max | RangeOperator::Min => match (accumulator, value) {
            (Value::Absent(_), Value::Scalar(_) | Value::Algebraic(_) | Value::Enclosed(_)) => {
                (value.clone(), false)
            }
            (a, b) if enclosed::concerns(a, b) => {
                let largest = operator == RangeOperator::Max;
                match enclosed::extreme(a, b, largest) {
                    Ok(value) => (value, false),
                    Err(failure) => (Value::Absent(failure), true),
                }
            }
            (Value::Scalar(_) | Value::Algebraic(_), Value::Scalar(_) | Value::Algebraic(_)) => {
                let sign = operators::sign_of_difference(value, accumulator, context)?;
                let better = if operator == RangeOperator::Max {
                    Sign::Positive
                } else {
                    Sign::Negative
                };
                (
                    if sign == better {
                        value.clone()
                    } else {
                        accumulator.clone()
                    },
                    false,
                )
            }
            _ => (
                Value::Absent(Failure::Shape("a largest value over numbers".to_owned())),
                true,
            ),
        },
    })
}
