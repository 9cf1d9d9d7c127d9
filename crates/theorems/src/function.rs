//! Functions as values: closures `fn(x) e` and polynomials, applied to points and read as curves or polynomials.

use std::ops::Range;
use std::sync::Arc;

use relu_core::geometry::line::Curve;
use relu_core::number::cell::{Others, RealCell, RealContext};
use relu_core::number::multipoly::MultiPoly;
use relu_core::number::poly::Poly;
use relu_core::number::polynomial::{MOST_DEGREE, Polynomial};
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::{Failure, Field};

use crate::algebraic::lowered;
use crate::machine::{self, Memory};
use crate::program::Program;
use crate::value::{Context, Value};

/// Functions inside functions inside …: how deep one evaluation may go.
pub(crate) const MOST_NESTED: usize = 16;

/// The largest number of parts of the line on which a function is examined.
const MOST_CELLS: usize = 2_000;

/// The largest number of variables that is tried where none is given.
const MOST_VARIABLES: usize = 16;

/// What is known of `fn(x) e` when the program is compiled.
#[derive(Debug)]
pub struct Lambda {
    /// e, with x in slot 0 and the captured values in the slots behind it.
    pub(crate) program: Program,
    /// Whether x is a vector.
    pub(crate) vector: bool,
    /// `fn(x) e` as written.
    pub(crate) text: String,
    /// Where in the text a captured value stands, and which; ascending.
    pub(crate) places: Vec<(Range<usize>, usize)>,
}

/// A function with the values of the names it uses.
#[derive(Clone, Debug)]
pub struct Closure {
    pub(crate) lambda: Arc<Lambda>,
    pub(crate) captured: Vec<Value>,
}

impl Closure {
    /// f(x) in a context; `budget` is the number of steps left.
    ///
    /// Errors: [`Failure::Split`] and [`Failure::NonGeneric`]; every other failure is an absent value.
    pub(crate) fn apply(
        &self,
        argument: &Value,
        context: &Context,
        budget: &mut usize,
    ) -> Result<Value, Failure> {
        let argument = match (self.lambda.vector, argument) {
            (_, Value::Absent(failure)) => return Ok(Value::Absent(failure.clone())),
            (true, Value::Scalar(x)) => Value::vector(vec![x.clone()]),
            (false, Value::Vector(entries)) => match entries.as_slice() {
                [x] => Value::Scalar(x.clone()),
                several => {
                    return Ok(Value::Absent(Failure::Shape(format!(
                        "argument of a function of one number: expected 1 entry, got {}",
                        several.len()
                    ))));
                }
            },
            (_, other) => other.clone(),
        };
        if context.depth >= MOST_NESTED {
            return Ok(Value::Absent(Failure::Limit(format!(
                "functions inside functions: expected at most {MOST_NESTED}"
            ))));
        }
        let deeper = Context {
            depth: context.depth + 1,
            ..context.clone()
        };
        let mut environment = Vec::with_capacity(1 + self.captured.len());
        environment.push(argument);
        environment.extend(self.captured.iter().cloned());
        machine::run_within(
            &self.lambda.program,
            &environment,
            &deeper,
            &mut Memory::default(),
            budget,
        )
    }

    /// The text with the captured values in place; `None` if one of them has no text.
    pub(crate) fn text(&self, text_of: impl Fn(&Value) -> Option<String>) -> Option<String> {
        let mut text = String::new();
        let mut done = 0;
        for (place, index) in &self.lambda.places {
            text.push_str(&self.lambda.text[done..place.start]);
            text.push_str(&format!("({})", text_of(&self.captured[*index])?));
            done = place.end;
        }
        text.push_str(&self.lambda.text[done..]);
        Some(text)
    }

    /// The function on ℝ as polynomials on intervals: x stays a symbol, and the line is split where a sign depends on it.
    ///
    /// Errors: [`Failure::Unknown`] where it is not piecewise polynomial or captures a symbol; [`Failure::Undefined`] where a
    /// value does not exist; [`Failure::Limit`] above 2000 parts.
    pub(crate) fn curve(&self, context: &Context) -> Result<Curve, Failure> {
        let symbol = Scalar::symbol(0);
        let argument = if self.lambda.vector {
            Value::vector(vec![symbol])
        } else {
            Value::Scalar(symbol)
        };
        self.without_symbols()?;
        let mut pending = vec![RealCell::line()];
        let mut cells: Vec<(RealCell, Poly)> = Vec::new();
        let mut budget = machine::MAX_STEPS;
        while let Some(cell) = pending.pop() {
            if cells.len() + pending.len() > MOST_CELLS {
                return Err(Failure::Limit(format!(
                    "parts of a function on the line: expected at most {MOST_CELLS}"
                )));
            }
            let inner = on_cell(context, cell);
            match self.apply(&argument, &inner, &mut budget) {
                Ok(value) => {
                    let poly = number(value)?.as_poly().ok_or_else(|| {
                        Failure::Unknown("a function that is not piecewise polynomial".to_owned())
                    })?;
                    cells.push((inner.order.cell, poly));
                }
                Err(Failure::Split(poly)) => {
                    let parts = inner.order.cell.split(&poly);
                    if parts.len() < 2 {
                        return Err(Failure::Unknown("a split that splits nothing".to_owned()));
                    }
                    pending.extend(parts.into_iter().rev());
                }
                Err(failure) => return Err(failure),
            }
        }
        Curve::from_cells(cells)
    }

    /// The function as a polynomial in this many variables; without a number, in as few as it is defined for.
    ///
    /// Errors: [`Failure::Undefined`] where it is no polynomial; [`Failure::Unknown`] where it captures a symbol;
    /// [`Failure::Shape`] for another number of variables.
    pub(crate) fn polynomial(
        &self,
        variables: Option<usize>,
        context: &Context,
    ) -> Result<Polynomial, Failure> {
        self.without_symbols()?;
        if !self.lambda.vector {
            let p = self.expanded(Value::Scalar(Scalar::symbol(0)), context)?;
            // A constant is a polynomial in any number of variables.
            let constant = p.as_constant().is_some();
            let count = variables.filter(|_| constant).unwrap_or(1);
            return match variables {
                Some(wanted) if wanted != count => Err(Failure::Shape(format!(
                    "variables of a polynomial: expected {wanted}, got 1"
                ))),
                _ => Polynomial::new(count, p),
            };
        }
        let tried = match variables {
            Some(count) => count..=count,
            None => 1..=MOST_VARIABLES,
        };
        let mut found = Err(Failure::Undefined("a polynomial".to_owned()));
        for count in tried {
            let point = (0..count).map(Scalar::symbol).collect();
            found = self
                .expanded(Value::vector(point), context)
                .and_then(|terms| Polynomial::new(count, terms));
            if !matches!(found, Err(Failure::Undefined(_) | Failure::Shape(_))) {
                break;
            }
        }
        found
    }

    fn expanded(&self, argument: Value, context: &Context) -> Result<MultiPoly, Failure> {
        let inner = on_cell(context, RealCell::line());
        let none = |_| Failure::Undefined("a polynomial, got a function with cases".to_owned());
        let mut budget = machine::MAX_STEPS;
        let value = match self.apply(&argument, &inner, &mut budget) {
            Ok(value) => number(value)?,
            Err(failure) => return Err(none(failure)),
        };
        let scale = value.denominator().as_constant().and_then(|d| d.recip());
        match scale {
            Some(scale) => Ok(value.numerator().scaled(&scale)),
            None => Err(Failure::Undefined(
                "a polynomial, got a quotient".to_owned(),
            )),
        }
    }

    fn without_symbols(&self) -> Result<(), Failure> {
        if self.captured.iter().any(Value::has_symbols) {
            return Err(Failure::Unknown(
                "a function without symbols of the statement is needed here".to_owned(),
            ));
        }
        Ok(())
    }
}

/// The context in which the variable of a function is the ordered symbol.
fn on_cell(context: &Context, cell: RealCell) -> Context {
    Context {
        backend: context.backend,
        order: RealContext {
            cell,
            others: Others::EquationOnly,
        },
        nonzero: Vec::new(),
        depth: context.depth,
    }
}

fn number(value: Value) -> Result<Scalar, Failure> {
    match value {
        Value::Scalar(scalar) => Ok(scalar),
        Value::Absent(failure) => Err(failure),
        other => Err(Failure::Unknown(format!(
            "a function with rational coefficients, got the value {}",
            other.kind()
        ))),
    }
}

/// p(x) for numbers or symbols. Errors ([`Failure::Shape`]): x has not as many entries as p has variables.
pub(crate) fn apply_polynomial(p: &Polynomial, argument: &Value) -> Result<Value, Failure> {
    let entries = match argument {
        Value::Scalar(x) => std::slice::from_ref(x),
        Value::Vector(entries) => entries.as_slice(),
        Value::Absent(failure) => return Ok(Value::Absent(failure.clone())),
        Value::Algebraic(x) if p.variables() == 1 => {
            let poly = p.as_univariate().unwrap_or_default();
            return Ok(lowered(x.image(&poly)?));
        }
        other => {
            return Err(Failure::Shape(format!(
                "argument of a polynomial: expected a vector, got a {}",
                other.kind()
            )));
        }
    };
    if entries.len() != p.variables() {
        return Err(Failure::Shape(format!(
            "argument of a polynomial: expected {} entries, got {}",
            p.variables(),
            entries.len()
        )));
    }
    let mut sum = Scalar::zero();
    for (exponents, coefficient) in p.terms().terms() {
        let mut product = Scalar::Rational(coefficient.clone());
        for (x, &power) in entries
            .iter()
            .zip(exponents)
            .filter(|(_, power)| **power > 0)
        {
            product = product.times(&x.pow(power));
        }
        sum = sum.plus(&product);
    }
    Ok(Value::Scalar(sum))
}

/// Σ cᵢ·xⁱ. Errors ([`Failure::Limit`]): more coefficients than a polynomial of degree [`MOST_DEGREE`] has.
pub(crate) fn from_coefficients(coefficients: Vec<Rational>) -> Result<Polynomial, Failure> {
    let most = MOST_DEGREE as usize;
    if coefficients.len() > most + 1 {
        return Err(Failure::Limit(format!(
            "degree of a polynomial: expected at most {most}, got {}",
            coefficients.len() - 1
        )));
    }
    Ok(Poly::from_coefficients(coefficients).into())
}
