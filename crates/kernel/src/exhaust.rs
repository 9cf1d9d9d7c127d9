//! Enumerates finite scopes, and all faces or pieces of named networks, with the reference backend.

use std::sync::Arc;

use relu_core::activation::Activation;
use relu_core::number::cell::RealCell;
use theorems::assignment::Assignment;
use theorems::decide::Ranges;
use theorems::draw::Limits;
use theorems::generate::{Scope, gallery_stream};
use theorems::machine::Memory;
use theorems::scope::symbolic_point;
use theorems::statement::{Outcome, Range, Statement, equations};
use theorems::value::{Backend, Value};

use claim_language::print::Binder;

use crate::fit::{Proposal, needed};

/// What an enumeration found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exhausted {
    /// Instances that met the hypotheses.
    pub instances: u64,
    /// Objects bound by name, where there are any.
    pub named: u64,
    /// Faces, cells or pieces decided.
    pub faces: u64,
    /// Instances or parts of them that could not be decided, with the first reason.
    pub undecided: u64,
    /// The first reason.
    pub reason: Option<String>,
    /// Instances at which the conclusion is undefined.
    pub undefined: u64,
    /// Failing instances in order, at most [`MAX_FAILURES`].
    pub failures: Vec<Assignment>,
    /// How many failed.
    pub failed: u64,
    /// For a bound up to a constant: the largest constant needed, with the first instance that needs it.
    pub fitted: Option<Proposal>,
}

/// How many failing instances are kept.
pub const MAX_FAILURES: usize = 64;

/// Largest index of the gallery that is tried for each wanted named instance.
const GALLERY_FACTOR: u64 = 20;

impl Exhausted {
    /// Whether every instance met the hypotheses was decided and holds, and there was one.
    pub fn is_complete(&self) -> bool {
        self.instances > 0 && self.undecided == 0 && self.undefined == 0 && self.failed == 0
    }

    fn undecided(&mut self, reason: String) {
        self.undecided += 1;
        self.reason.get_or_insert(reason);
    }

    /// Takes the constant of an instance at which the conclusion holds into account.
    fn fit(
        &mut self,
        statement: &Statement,
        conclusion: usize,
        environment: &[Value],
        memory: &mut Memory,
    ) {
        let Some(needed) = needed(
            statement,
            conclusion,
            environment,
            Backend::Reference,
            memory,
        ) else {
            return;
        };
        let largest = self.fitted.as_ref().map(|fitted| &fitted.constant);
        if largest.is_some_and(|largest| needed.constant <= *largest) {
            return;
        }
        // A largest constant whose instance cannot be written down could not be checked again: undecided.
        match statement.assignment(conclusion, environment, &RealCell::line()) {
            Some(assignment) => {
                self.fitted = Some(Proposal {
                    constant: needed.constant,
                    assignment,
                });
            }
            None => self.undecided(
                "the instance that needs the largest constant cannot be written down".to_owned(),
            ),
        }
    }

    /// Decides one instance at every point of a list and counts it as named if it met the hypotheses at one of them.
    fn points(
        &mut self,
        statement: &Statement,
        conclusion: usize,
        environment: &mut [Value],
        (slot, points): (usize, Vec<Value>),
        memory: &mut Memory,
    ) {
        let mut met = false;
        for value in points {
            environment[slot] = value;
            let outcomes = statement.over_cells(
                conclusion,
                environment,
                Ranges::Check,
                Backend::Reference,
                memory,
            );
            met |= self.count(statement, conclusion, environment, None, outcomes);
            self.faces += 1;
        }
        self.named += u64::from(met);
    }

    /// Counts the outcomes of one instance; true if it met the hypotheses somewhere. `point` is the slot of a symbolic point.
    fn count(
        &mut self,
        statement: &Statement,
        conclusion: usize,
        environment: &[Value],
        point: Option<usize>,
        outcomes: Vec<(RealCell, Outcome)>,
    ) -> bool {
        let mut met = false;
        for (cell, outcome) in outcomes {
            match outcome {
                Outcome::Vacuous => continue,
                Outcome::Holds => {}
                Outcome::Fails => {
                    self.failed += 1;
                    let assignment = sampled(environment, point, &cell).and_then(|environment| {
                        statement.assignment(conclusion, &environment, &cell)
                    });
                    if self.failures.len() < MAX_FAILURES
                        && let Some(assignment) = assignment
                    {
                        self.failures.push(assignment);
                    }
                }
                Outcome::Undecided(reason) => self.undecided(reason),
                Outcome::Undefined(_) => self.undefined += 1,
            }
            met = true;
        }
        self.instances += u64::from(met);
        met
    }
}

/// The environment with a symbolic point at a rational of the cell; `None` where the cell is an irrational number.
fn sampled(environment: &[Value], point: Option<usize>, cell: &RealCell) -> Option<Vec<Value>> {
    let mut environment = environment.to_vec();
    if let Some(point) = point {
        environment[point] = environment[point].at(0, &cell.sample()?).ok()?;
    }
    Some(environment)
}

/// Every instance of a conclusion with a finite scope; `None` if its scope is not finite.
pub fn finite(statement: &Statement, conclusion: usize) -> Option<Exhausted> {
    let instances = statement.finite_instances(conclusion, Backend::Reference)?;
    let almost = statement
        .almost_all(conclusion)
        .into_iter()
        .any(|slot| statement.variables[slot].symbol == Some(0));
    let mut memory = Memory::default();
    let mut found = Exhausted::default();
    for mut environment in instances {
        let mut outcomes = statement.over_cells(
            conclusion,
            &mut environment,
            Ranges::Check,
            Backend::Reference,
            &mut memory,
        );
        if almost {
            // Finitely many values of the symbol are a null set.
            outcomes.retain(|(cell, outcome)| {
                matches!(cell, RealCell::Open { .. }) || *outcome == Outcome::Holds
            });
        }
        let holds = outcomes
            .iter()
            .all(|(_, outcome)| *outcome == Outcome::Holds);
        found.count(statement, conclusion, &environment, None, outcomes);
        if holds {
            found.fit(statement, conclusion, &environment, &mut memory);
        }
    }
    Some(found)
}

/// Instances by the gallery rule, which has no seed: a few times as many as are wanted, for those that meet no hypothesis.
fn gallery(statement: &Statement, limits: Limits, wanted: u64) -> impl Iterator<Item = Vec<Value>> {
    let mut memory = Memory::default();
    (0..wanted * GALLERY_FACTOR).filter_map(move |index| {
        let instance = statement.draw(&mut gallery_stream(index), limits, &mut memory)?;
        Some(instance.environment)
    })
}

/// The first `wanted` instances of the gallery rule with one or two inputs, each decided on all faces of its networks.
///
/// `point` is the slot of the point. For an almost-all point only the full-dimensional cells are decided.
pub fn named_faces(
    statement: &Statement,
    conclusion: usize,
    point: usize,
    wanted: u64,
) -> Exhausted {
    let cells_only = statement.variables[point].binder == Binder::AlmostAll;
    let mut memory = Memory::default();
    let mut found = Exhausted::default();
    let limits = Limits {
        max_inputs: Some(2),
    };
    for mut environment in gallery(statement, limits, wanted) {
        if found.named == wanted {
            break;
        }
        let points = match statement.face_points(conclusion, &environment, cells_only) {
            Ok(points) => points,
            Err(_) => continue,
        };
        found.points(
            statement,
            conclusion,
            &mut environment,
            (point, points),
            &mut memory,
        );
    }
    found
}

/// Every network of a small scope with one input, decided on all faces, for a statement about one network and one point;
/// `None` if the statement has another shape.
///
/// Activations quantified before the network are tried one by one.
pub fn small_scope(
    statement: &Statement,
    conclusion: usize,
    point: usize,
    scope: &Scope,
) -> Option<Exhausted> {
    let slots = statement.slots(conclusion);
    let of = |wanted: fn(&Range) -> bool| -> Vec<usize> {
        slots
            .iter()
            .copied()
            .filter(|slot| wanted(&statement.variables[*slot].domain))
            .collect()
    };
    let networks = of(|range| matches!(range, Range::Network));
    let activations = of(|range| matches!(range, Range::Activation));
    let ([network], true) = (networks.as_slice(), activations.len() <= 1) else {
        return None;
    };
    let mut memory = Memory::default();
    let mut environment = statement.with_symbols(Vec::new());
    let choices = match activations.first() {
        Some(slot) => {
            let context = equations(Backend::Reference, RealCell::line());
            statement
                .choices_of(*slot, &environment, &context, &mut memory)
                .ok()?
        }
        None => vec![Value::Activation(Activation::Relu)],
    };
    let cells_only = statement.variables[point].binder == Binder::AlmostAll;
    let mut found = Exhausted::default();
    for choice in &choices {
        let Value::Activation(activation) = choice else {
            return None;
        };
        if let Some(slot) = activations.first() {
            environment[*slot] = choice.clone();
        }
        for phi in scope.networks() {
            environment[*network] =
                Value::Network(Arc::new(phi.with_activation(activation.clone())));
            let points = match statement.face_points(conclusion, &environment, cells_only) {
                Ok(points) => points,
                Err(failure) => {
                    found.undecided(failure.to_string());
                    continue;
                }
            };
            found.points(
                statement,
                conclusion,
                &mut environment,
                (point, points),
                &mut memory,
            );
        }
    }
    Some(found)
}

/// The first `wanted` instances of the gallery rule with one input, each decided for every real input as a symbol.
pub fn named_pieces(statement: &Statement, conclusion: usize, wanted: u64) -> Option<Exhausted> {
    let (shifted, point) = statement.with_symbolic_point(conclusion)?;
    let almost = shifted.variables[point].binder == Binder::AlmostAll;
    let mut memory = Memory::default();
    let mut found = Exhausted::default();
    let limits = Limits {
        max_inputs: Some(1),
    };
    for mut environment in gallery(&shifted, limits, wanted) {
        if found.named == wanted {
            break;
        }
        if !matches!(&environment[point], Value::Vector(entries) if entries.len() == 1) {
            continue;
        }
        environment[point] = symbolic_point();
        let outcomes: Vec<(RealCell, Outcome)> = shifted
            .over_cells(
                conclusion,
                &mut environment,
                Ranges::Check,
                Backend::Reference,
                &mut memory,
            )
            .into_iter()
            .filter(|(cell, _)| !almost || matches!(cell, RealCell::Open { .. }))
            .collect();
        found.faces += u64::try_from(outcomes.len()).expect("counts fit 64 bits");
        let met = found.count(&shifted, conclusion, &environment, Some(point), outcomes);
        found.named += u64::from(met);
    }
    Some(found)
}
