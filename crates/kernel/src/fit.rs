//! The constant of a bound up to a constant, `a ≲ b`: what one instance needs, and whether a proposed constant is right.
//!
//! An instance with a > 0 needs the constant a/b, any other needs 0. Over many instances the largest constant needed is the
//! fitted one. It is exact, and it proves nothing: another instance may need more.

use claim_language::print::Binder;
use relu_core::number::cell::RealCell;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use theorems::assignment::Assignment;
use theorems::decide::Ranges;
use theorems::machine::{self, Memory};
use theorems::statement::{Outcome, Statement, equations};
use theorems::value::{Backend, Value};

/// A constant with the instance that is said to force it, as search or an enumeration found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The constant.
    pub constant: Rational,
    /// The instance.
    pub assignment: Assignment,
}

/// A proposal that was evaluated again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    proposal: Proposal,
    sides: (Rational, Rational),
}

impl Fit {
    /// The constant, from the kernel's own evaluation.
    pub fn constant(&self) -> &Rational {
        &self.proposal.constant
    }

    /// The instance that forces it.
    pub fn assignment(&self) -> &Assignment {
        &self.proposal.assignment
    }

    /// The two sides of the bound at that instance.
    pub fn sides(&self) -> &(Rational, Rational) {
        &self.sides
    }

    /// Evaluates the instance of a proposal with the reference backend. Errors: it cannot be read, meets not every
    /// hypothesis, does not satisfy the conclusion, or needs another constant.
    pub fn check(
        statement: &Statement,
        conclusion: usize,
        proposal: &Proposal,
    ) -> Result<Self, String> {
        let mut environment = statement
            .bind(conclusion, &proposal.assignment)
            .map_err(|reason| format!("the values cannot be read: {reason}"))?
            .environment;
        let memory = &mut Memory::default();
        let context = equations(Backend::Reference, RealCell::line());
        let outcome = statement
            .outcome(
                conclusion,
                &mut environment,
                Ranges::Check,
                &context,
                memory,
            )
            .map_err(|failure| failure.to_string())?;
        if outcome != Outcome::Holds {
            return Err(format!("the instance is no evidence: {outcome:?}"));
        }
        let needed = needed(
            statement,
            conclusion,
            &environment,
            Backend::Reference,
            memory,
        )
        .ok_or_else(|| "a side is not a rational number".to_owned())?;
        if needed.constant != proposal.constant {
            return Err(format!(
                "the instance needs the constant {}, not {}",
                needed.constant, proposal.constant
            ));
        }
        Ok(Self {
            proposal: proposal.clone(),
            sides: needed.sides,
        })
    }
}

/// What one instance needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The smallest constant C ≥ 0 with a ≤ C b for every bound up to a constant in the conclusion.
    pub constant: Rational,
    /// The sides of the first bound that needs it.
    pub sides: (Rational, Rational),
}

/// The constant an instance needs at which the conclusion holds; `None` for a conclusion without `≲`, and where a side is
/// not a rational number.
pub fn needed(
    statement: &Statement,
    conclusion: usize,
    environment: &[Value],
    backend: Backend,
    memory: &mut Memory,
) -> Option<Needed> {
    let context = equations(backend, RealCell::line());
    let mut number = |program| match machine::run(program, environment, &context, memory) {
        Ok(Value::Scalar(Scalar::Rational(value))) => Some(value),
        _ => None,
    };
    let mut largest: Option<Needed> = None;
    for (left, right) in &statement.conclusions[conclusion].fitted {
        let sides = (number(left)?, number(right)?);
        let constant = if sides.0.sign() == relu_core::Sign::Positive {
            sides.0.over(&sides.1)?
        } else {
            Rational::zero()
        };
        if largest
            .as_ref()
            .is_none_or(|largest| constant > largest.constant)
        {
            largest = Some(Needed { constant, sides });
        }
    }
    largest
}

/// Why no constant can be fitted for a conclusion, whatever its instances are; `None` if one can.
pub fn obstacle(statement: &Statement, conclusion: usize) -> Option<String> {
    let variables = || {
        statement
            .slots(conclusion)
            .into_iter()
            .map(|slot| &statement.variables[slot])
    };
    let of = |name: &str, reason: &str| Some(format!("no constant is fitted: `{name}` {reason}"));
    variables().find_map(|variable| match variable.binder {
        // A point on a kink may need a constant that almost all points do not.
        Binder::AlmostAll => of(&variable.name, "ranges over almost all points"),
        // The smallest constant would have to be taken over all choices.
        Binder::Some if variable.by.is_none() => of(&variable.name, "is chosen without `by`"),
        _ if variable.symbol.is_some() => of(&variable.name, "is a symbol"),
        _ => None,
    })
}
