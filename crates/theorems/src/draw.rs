//! Draws instances of a statement: one value per variable, in the order of the quantifiers, by the families of the claim.

use std::sync::Arc;

use claim_language::print::Binder;
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;

use crate::decide::Ranges;
use crate::generate::{
    NetworkFamily, NetworkHints, PolynomialFamily, Stream, TemplateFamily, TemplateHints,
    VectorFamily, integer, natural, small_matrix, small_real,
};
use crate::machine::{self, Memory};
use crate::operators::as_integer;
use crate::program::Program;
use crate::statement::{Range, Searched, Statement, Variable, equations};
use crate::value::{Backend, Value, as_scalars};
use relu_core::number::cell::RealCell;

/// How often a variable is drawn again when its `where` is false.
const TRIES: usize = 1000;
/// How often when a family has nothing to offer.
const EMPTY_TRIES: usize = 20;
/// Range of integers searched when the claim gives none.
const DEFAULT_INTEGERS: i64 = 6;

/// An instance with what is known about its ranges.
#[derive(Clone, Debug)]
pub struct Instance {
    /// One value per slot; symbols where the variable is symbolic.
    pub environment: Vec<Value>,
    /// Whether every `where` without symbols was found true.
    pub ranges: Ranges,
}

/// Limits on what is drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Largest input dimension of networks whose input is not fixed otherwise.
    pub max_inputs: Option<usize>,
}

impl Statement {
    /// An instance, or `None` where a variable found no value.
    pub fn draw(
        &self,
        stream: &mut Stream,
        limits: Limits,
        memory: &mut Memory,
    ) -> Option<Instance> {
        self.try_draw(stream, limits, memory).ok()
    }

    /// An instance, or the slot of the variable that found no value.
    pub fn try_draw(
        &self,
        stream: &mut Stream,
        limits: Limits,
        memory: &mut Memory,
    ) -> Result<Instance, usize> {
        let mut drawing = Drawing {
            statement: self,
            environment: self.with_symbols(Vec::new()),
            planted: Vec::new(),
            ranges: Ranges::Drawn,
            limits,
            memory,
        };
        for slot in 0..self.variables.len() {
            drawing.bind(slot, stream).ok_or(slot)?;
        }
        Ok(Instance {
            environment: drawing.environment,
            ranges: drawing.ranges,
        })
    }
}

/// Inverses of the exponents that are tried where a claim lists none: ∞, 4, 2, 3/2, 1.
fn inverses() -> [Rational; 5] {
    [(0, 1), (1, 4), (1, 2), (2, 3), (1, 1)]
        .map(|(p, q)| Rational::new(p, q).expect("the denominators are not 0"))
}

struct Drawing<'a> {
    statement: &'a Statement,
    environment: Vec<Value>,
    planted: Vec<Vec<Rational>>,
    ranges: Ranges,
    limits: Limits,
    memory: &'a mut Memory,
}

impl Drawing<'_> {
    fn bind(&mut self, slot: usize, stream: &mut Stream) -> Option<()> {
        let variable = &self.statement.variables[slot];
        if variable.symbol.is_some() {
            return Some(());
        }
        if let Some(by) = &variable.by {
            self.environment[slot] = self.value(by);
            return Some(());
        }
        if variable.binder == Binder::Some && variable.among.is_some() {
            return Some(());
        }
        let mut empty = 0;
        for _ in 0..TRIES {
            let Some(value) = self.propose(variable, slot, stream) else {
                empty += 1;
                if empty >= EMPTY_TRIES {
                    return None;
                }
                continue;
            };
            self.environment[slot] = value;
            match self.admitted(variable, slot) {
                Some(true) => return Some(()),
                Some(false) => {}
                None => {
                    self.ranges = Ranges::Check;
                    return Some(());
                }
            }
        }
        None
    }

    /// Whether the value satisfies `where`, `min` and `max`; `None` if that depends on a symbol.
    fn admitted(&mut self, variable: &Variable, slot: usize) -> Option<bool> {
        for (bound, least) in [(&variable.min, true), (&variable.max, false)] {
            if let (Some(bound), Value::Scalar(Scalar::Rational(value))) =
                (bound, self.environment[slot].clone())
            {
                let Value::Scalar(Scalar::Rational(bound)) = self.value(bound) else {
                    return None;
                };
                if (least && value < bound) || (!least && value > bound) {
                    return Some(false);
                }
            }
        }
        let Some(filter) = &variable.filter else {
            return Some(true);
        };
        let context = equations(Backend::Fast, RealCell::line());
        match machine::run(filter, &self.environment, &context, self.memory) {
            Ok(Value::Bool(value)) => Some(value),
            Ok(Value::Absent(relu_core::Failure::Undefined(_) | relu_core::Failure::Shape(_))) => {
                Some(false)
            }
            Ok(_) | Err(_) => None,
        }
    }

    fn value(&mut self, program: &Program) -> Value {
        let context = equations(Backend::Fast, RealCell::line());
        machine::run(program, &self.environment, &context, self.memory)
            .unwrap_or_else(Value::Absent)
    }

    /// The value of a program as the variable holds it; none for a number known by bounds only, which cannot be written down, so
    /// that nothing found at it could be checked again.
    fn held(&mut self, slot: usize, program: &Program) -> Option<Value> {
        let value = self.value(program);
        if matches!(value, Value::Enclosed(_)) {
            return None;
        }
        let context = equations(Backend::Fast, RealCell::line());
        self.statement
            .held(slot, value, &self.environment, &context, self.memory)
            .ok()
    }

    fn size(&mut self, program: &Program) -> Option<usize> {
        let value = self.value(program);
        as_integer(&value)
            .ok()
            .and_then(|n| usize::try_from(n).ok())
    }

    fn propose(&mut self, variable: &Variable, slot: usize, stream: &mut Stream) -> Option<Value> {
        if let Some(among) = &variable.among {
            return self.held(slot, stream.choose(among)?);
        }
        if let Some(Searched::Values(values)) = &variable.search {
            return self.held(slot, stream.choose(values)?);
        }
        let family = stream.choose(&variable.families);
        if let Some((name, arguments)) = family
            && name == "named"
        {
            let value = self.held(slot, stream.choose(arguments)?)?;
            return self.fits(&variable.domain, &value).then_some(value);
        }
        match &variable.domain {
            Range::Network => self.network(variable, family.map(|(name, _)| name.as_str()), stream),
            Range::Template => {
                self.template(variable, family.map(|(name, _)| name.as_str()), stream)
            }
            Range::Vec(length) => {
                let length = self.size(length)?;
                self.vector(length, family, stream)
            }
            Range::Matrix(rows, cols) => {
                let (rows, cols) = (self.size(rows)?, self.size(cols)?);
                let matrix = small_matrix(stream, rows, cols)?;
                Some(Value::matrix(
                    matrix.map(|entry| Scalar::Rational(entry.clone())),
                ))
            }
            Range::Real if family.is_some_and(|(name, _)| name == "zero") => {
                Some(Value::integer(0))
            }
            Range::Real => Some(Value::rational(small_real(stream))),
            Range::Bool => Some(Value::Bool(stream.chance(1, 2))),
            Range::Nat | Range::Int => self.integer(variable, stream),
            Range::Poly(variables) => {
                let variables = self.size(variables)?;
                let family = match family {
                    Some((name, _)) => PolynomialFamily::from_name(name)?,
                    None => stream.pick(&PolynomialFamily::ALL),
                };
                let drawn = family.draw(stream, variables)?;
                Some(Value::Poly(Arc::new(drawn)))
            }
            Range::Exponent => stream.choose(&inverses()).cloned().map(Value::Exponent),
            Range::Activation | Range::Function | Range::Learner | Range::Other(_) => None,
        }
    }

    /// Whether a value listed by name lies in the domain: its kind, and the length of a vector or shape of a matrix.
    fn fits(&mut self, domain: &Range, value: &Value) -> bool {
        match (domain, value) {
            (_, Value::Absent(_)) => false,
            (Range::Vec(length), Value::Vector(entries)) => {
                self.size(length) == Some(entries.len())
            }
            (Range::Poly(variables), Value::Poly(p)) => self.size(variables) == Some(p.variables()),
            (Range::Matrix(rows, cols), Value::Matrix(matrix)) => {
                self.size(rows) == Some(matrix.rows()) && self.size(cols) == Some(matrix.cols())
            }
            _ => true,
        }
    }

    fn integer(&mut self, variable: &Variable, stream: &mut Stream) -> Option<Value> {
        let mut bound = |program: &Option<Program>| {
            program
                .as_ref()
                .and_then(|program| as_integer(&self.value(program)).ok())
        };
        let (min, max) = (bound(&variable.min), bound(&variable.max));
        let (lower, upper) = match variable.search {
            Some(Searched::Range(a, b)) => (Some(a), Some(b)),
            _ => (min, max),
        };
        if matches!(variable.domain, Range::Nat) {
            let natural_of =
                |n: Option<i64>| n.map(|n| u64::try_from(n.max(0)).expect("not negative"));
            let lower = natural_of(lower);
            let upper =
                natural_of(upper).or(Some(lower.unwrap_or(0) + DEFAULT_INTEGERS.unsigned_abs()));
            return natural(stream, lower, upper)
                .and_then(|n| i64::try_from(n).ok())
                .map(Value::integer);
        }
        integer(
            stream,
            lower.or(Some(-DEFAULT_INTEGERS)),
            upper.or(Some(DEFAULT_INTEGERS)),
        )
        .map(Value::integer)
    }

    fn network(
        &mut self,
        variable: &Variable,
        family: Option<&str>,
        stream: &mut Stream,
    ) -> Option<Value> {
        let mut size =
            |program: &Option<Program>| program.as_ref().map(|program| self.size(program));
        let mut hints = NetworkHints {
            indim: size(&variable.hints.indim)
                .unwrap_or(Some(0))
                .filter(|n| *n > 0 || variable.hints.indim.is_some()),
            outdim: size(&variable.hints.outdim)
                .unwrap_or(Some(0))
                .filter(|n| *n > 0 || variable.hints.outdim.is_some()),
            depth: size(&variable.hints.depth)
                .unwrap_or(Some(0))
                .filter(|n| *n > 0 || variable.hints.depth.is_some()),
            activation: None,
            max_inputs: self.limits.max_inputs,
        };
        if let Some(program) = &variable.hints.activation {
            match self.value(program) {
                Value::Activation(activation) => hints.activation = Some(activation),
                _ => return None,
            }
        }
        let family = match family {
            Some(name) => NetworkFamily::from_name(name)?,
            None => stream.pick(&NetworkFamily::ALL),
        };
        let drawn = family.draw(stream, &hints)?;
        self.planted.extend(drawn.planted);
        Some(Value::Network(Arc::new(drawn.network)))
    }

    fn template(
        &mut self,
        variable: &Variable,
        family: Option<&str>,
        stream: &mut Stream,
    ) -> Option<Value> {
        let mut size =
            |program: &Option<Program>| program.as_ref().and_then(|program| self.size(program));
        let hints = TemplateHints {
            indim: size(&variable.hints.indim),
            outdim: size(&variable.hints.outdim),
            depth: size(&variable.hints.depth),
            parameters: size(&variable.hints.parameters),
            activation: None,
        };
        let family = match family {
            Some(name) => TemplateFamily::from_name(name)?,
            None => stream.pick(&TemplateFamily::ALL),
        };
        family
            .draw(stream, &hints)
            .map(|template| Value::Template(Arc::new(template)))
    }

    fn vector(
        &mut self,
        length: usize,
        family: Option<&(String, Vec<Program>)>,
        stream: &mut Stream,
    ) -> Option<Value> {
        let Some((name, arguments)) = family else {
            let family = stream.pick(&[VectorFamily::Small, VectorFamily::Integers]);
            return family
                .draw(stream, length, None, &[])
                .map(|x| Value::rational_vector(&x));
        };
        let family = VectorFamily::from_name(name)?;
        let network: Option<Arc<Network>> =
            match arguments.first().map(|program| self.value(program)) {
                Some(Value::Network(network)) => Some(network),
                Some(_) => return None,
                None => None,
            };
        let drawn = family.draw(stream, length, network.as_deref(), &self.planted)?;
        Some(Value::vector(as_scalars(&drawn)))
    }
}
