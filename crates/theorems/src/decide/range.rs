//! Values as their variables hold them, whether a value lies in the range of its variable, and three-valued truth.

use std::sync::Arc;

use claim_language::print::Binder;
use relu_core::Failure;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;

use crate::machine::{self, Memory};
use crate::operators::as_integer;
use crate::program::Program;
use crate::statement::{Range, Statement, Variable};
use crate::value::{Context, Value};

impl Statement {
    /// The value as a variable of this slot holds it: a function becomes a polynomial where one is bound, a number an exponent.
    pub(crate) fn held(
        &self,
        slot: usize,
        value: Value,
        environment: &[Value],
        context: &Context,
        memory: &mut Memory,
    ) -> Result<Value, Failure> {
        if let (Range::Exponent, Value::Scalar(scalar)) = (&self.variables[slot].domain, &value) {
            return Ok(scalar
                .as_rational()
                .and_then(Rational::recip)
                .map_or(value, Value::Exponent));
        }
        let (Range::Poly(variables), Value::Function(closure)) =
            (&self.variables[slot].domain, &value)
        else {
            return Ok(value);
        };
        let variables = machine::run(variables, environment, context, memory)?;
        let found = as_integer(&variables)
            .and_then(|n| {
                usize::try_from(n)
                    .map_err(|_| Failure::Undefined(format!("a number of variables, got {n}")))
            })
            .and_then(|n| closure.polynomial(Some(n), context));
        Ok(match found {
            Ok(p) => Value::Poly(Arc::new(p)),
            Err(failure) => Value::Absent(failure),
        })
    }
}

pub(super) enum Truth {
    True,
    False,
    Unknown(String),
}

pub(super) fn truth(
    program: &Program,
    environment: &[Value],
    context: &Context,
    memory: &mut Memory,
) -> Result<Truth, Failure> {
    Ok(match machine::run(program, environment, context, memory)? {
        Value::Bool(true) => Truth::True,
        Value::Bool(false) | Value::Absent(Failure::Undefined(_) | Failure::Shape(_)) => {
            Truth::False
        }
        Value::Absent(failure) => Truth::Unknown(failure.to_string()),
        other => Truth::Unknown(format!("a truth value, got a {}", other.kind())),
    })
}

/// Whether the value of a slot lies in the range of its variable; a wrong kind of value does not.
pub(super) fn in_range(
    variable: &Variable,
    slot: usize,
    environment: &[Value],
    context: &Context,
    memory: &mut Memory,
) -> Result<Truth, Failure> {
    let value = &environment[slot];
    let integral = |least: i64| match value {
        Value::Scalar(scalar) => scalar
            .as_rational()
            .is_some_and(|x| x.is_integer() && *x >= Rational::from_integer(least)),
        _ => false,
    };
    let kind = match (&variable.domain, value) {
        (_, Value::Absent(failure)) => match failure {
            Failure::Undefined(_) | Failure::Shape(_) => false,
            other => return Ok(Truth::Unknown(other.to_string())),
        },
        (Range::Nat, _) => integral(0),
        (Range::Int, _) => integral(i64::MIN),
        (Range::Real, Value::Enclosed(_)) => {
            // Such a value cannot be written down, so nothing found at it could be checked again.
            return Ok(Truth::Unknown(
                "a variable with a value known by bounds only".to_owned(),
            ));
        }
        (Range::Real, Value::Scalar(_) | Value::Algebraic(_))
        | (Range::Network, Value::Network(_) | Value::Symbolic(_))
        | (Range::Template, Value::Template(_))
        | (Range::Activation, Value::Activation(_))
        | (Range::Bool, Value::Bool(_)) => true,
        (Range::Vec(n), Value::Vector(entries)) => {
            is_size(n, entries.len(), environment, context, memory)?
        }
        (Range::Matrix(m, n), Value::Matrix(matrix)) => {
            is_size(m, matrix.rows(), environment, context, memory)?
                && is_size(n, matrix.cols(), environment, context, memory)?
        }
        (Range::Function, Value::Function(_) | Value::Poly(_)) => true,
        (Range::Learner, Value::Learner(_)) => true,
        (Range::Exponent, Value::Exponent(inverse)) => {
            Rational::zero() <= *inverse && *inverse <= Rational::one()
        }
        (Range::Poly(n), Value::Poly(p)) => {
            is_size(n, p.variables(), environment, context, memory)?
        }
        (Range::Other(what), _) => {
            return Ok(Truth::Unknown(format!("a variable ranging over {what}")));
        }
        _ => false,
    };
    if !kind {
        return Ok(Truth::False);
    }
    if let (Some(among), true) = (&variable.among, variable.binder != Binder::Some) {
        match is_among(value, among, environment, context, memory)? {
            Truth::True => {}
            other => return Ok(other),
        }
    }
    for (bound, at_least) in [(&variable.min, true), (&variable.max, false)] {
        let Some(bound) = bound else { continue };
        let bound = machine::run(bound, environment, context, memory)?;
        let operator = if at_least {
            claim_language::expr::BinaryOp::Ge
        } else {
            claim_language::expr::BinaryOp::Le
        };
        match crate::operators::binary(operator, value, &bound, context)? {
            Value::Bool(true) => {}
            Value::Bool(false) => return Ok(Truth::False),
            other => {
                return Ok(Truth::Unknown(format!(
                    "a bound that is a {}",
                    other.kind()
                )));
            }
        }
    }
    match &variable.filter {
        None => Ok(Truth::True),
        Some(_) if variable.nonzero && is_kept_from_zero(value, context) => Ok(Truth::True),
        Some(filter) => truth(filter, environment, context, memory),
    }
}

/// Whether the value is one of the finite choice.
fn is_among(
    value: &Value,
    among: &[Program],
    environment: &[Value],
    context: &Context,
    memory: &mut Memory,
) -> Result<Truth, Failure> {
    let mut unknown = None;
    for program in among {
        let choice = machine::run(program, environment, context, memory)?;
        match crate::operators::equal(value, &choice, context) {
            Ok(true) => return Ok(Truth::True),
            Ok(false) | Err(Failure::Shape(_) | Failure::Undefined(_)) => {}
            Err(failure @ (Failure::Split(_) | Failure::NonGeneric)) => return Err(failure),
            Err(failure) => unknown = Some(failure.to_string()),
        }
    }
    Ok(unknown.map_or(Truth::False, Truth::Unknown))
}

fn is_size(
    program: &Program,
    size: usize,
    environment: &[Value],
    context: &Context,
    memory: &mut Memory,
) -> Result<bool, Failure> {
    Ok(
        as_integer(&machine::run(program, environment, context, memory)?)
            .is_ok_and(|n| usize::try_from(n) == Ok(size)),
    )
}

/// Whether the value is a symbol that the context keeps away from zero.
fn is_kept_from_zero(value: &Value, context: &Context) -> bool {
    context
        .nonzero
        .iter()
        .any(|symbol| matches!(value, Value::Scalar(scalar) if *scalar == Scalar::symbol(*symbol)))
}
