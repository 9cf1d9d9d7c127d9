//! Scopes that can be exhausted: finite ranges of variables, all faces of networks with one or two inputs, and all of ℝ for
//! one symbolic input.

use std::sync::Arc;

use claim_language::expr::{NodeId, NodeKind, Typed};
use claim_language::file::{Claim, Domain, Quantifier};
use claim_language::print::Binder;
use relu_core::Failure;
use relu_core::geometry::faces;
use relu_core::network::Network;
use relu_core::number::cell::RealCell;
use relu_core::number::scalar::Scalar;
use relu_core::operations::compose;

use crate::machine::{self, Memory};
use crate::operators::as_integer;
use crate::statement::{Range, Searched, Statement, Variable, equations, evaluate};
use crate::value::{Backend, Value};

/// Largest number of instances of a finite scope.
pub const MAX_INSTANCES: usize = 100_000;

/// Natives whose value at a point depends only on the face that contains it, as functions of their second argument.
const CONSTANT_ON_FACES: [&str; 6] = [
    "deriv",
    "jacobian",
    "derivs_near",
    "clarke",
    "slope_diagonal",
    "has_zero_preactivation",
];

/// How a finite scope runs through the range of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enumerated {
    /// All of it.
    Whole,
    /// The integers from a to b that lie in it, where it is unbounded and this is the search range.
    Between(i64, i64),
    /// So many values that the claim lists.
    Listed(usize),
}

impl Variable {
    /// How [`Statement::finite_instances`] runs through the range of this variable.
    pub fn enumerated(&self) -> Enumerated {
        match &self.search {
            Some(Searched::Range(a, b)) if self.max.is_none() => Enumerated::Between(*a, *b),
            Some(Searched::Values(values)) if self.max.is_none() => {
                Enumerated::Listed(values.len())
            }
            _ => Enumerated::Whole,
        }
    }
}

impl Statement {
    /// Every instance of a conclusion whose variables are symbols, constructions, finite choices, bounded integers or
    /// numbers with a finite search range; `None` if one of them is not, or if there are more than [`MAX_INSTANCES`].
    ///
    /// A search range narrows the scope: see [`Variable::enumerated`].
    pub fn finite_instances(&self, conclusion: usize, backend: Backend) -> Option<Vec<Vec<Value>>> {
        let mut memory = Memory::default();
        let mut instances = vec![self.with_symbols(Vec::new())];
        for slot in self.slots(conclusion) {
            let variable = &self.variables[slot];
            let tried = variable.binder == Binder::Some && variable.among.is_some();
            if variable.symbol.is_some() || variable.by.is_some() || tried {
                continue;
            }
            let mut next = Vec::new();
            for environment in &instances {
                for value in self.finite_values(slot, environment, backend, &mut memory)? {
                    let mut extended = environment.clone();
                    extended[slot] = value;
                    next.push(extended);
                    if next.len() > MAX_INSTANCES {
                        return None;
                    }
                }
            }
            instances = next;
        }
        Some(instances)
    }

    fn finite_values(
        &self,
        slot: usize,
        environment: &[Value],
        backend: Backend,
        memory: &mut Memory,
    ) -> Option<Vec<Value>> {
        let variable = &self.variables[slot];
        if variable.among.is_some() {
            let context = equations(backend, RealCell::line());
            return self.choices_of(slot, environment, &context, memory).ok();
        }
        match &variable.domain {
            Range::Bool => Some(vec![Value::Bool(false), Value::Bool(true)]),
            Range::Nat | Range::Int | Range::Real
                if matches!(variable.enumerated(), Enumerated::Listed(_)) =>
            {
                let Some(Searched::Values(values)) = &variable.search else {
                    return None;
                };
                let context = equations(backend, RealCell::line());
                values
                    .iter()
                    .map(|program| machine::run(program, environment, &context, memory).ok())
                    .collect()
            }
            Range::Nat | Range::Int => {
                let mut bound = |program: &Option<_>| {
                    program
                        .as_ref()
                        .map(|program| as_integer(&evaluate(program, environment, backend, memory)))
                };
                let (floor, max) = match variable.enumerated() {
                    Enumerated::Between(a, b) => (Some(a), b),
                    _ => (None, bound(&variable.max)?.ok()?),
                };
                let min = match bound(&variable.min) {
                    Some(min) => min.ok()?.max(floor.unwrap_or(i64::MIN)),
                    None if matches!(variable.domain, Range::Nat) => floor.unwrap_or(0).max(0),
                    None => floor?,
                };
                let count = usize::try_from(max.checked_sub(min)?.max(-1) + 1).ok()?;
                (count <= MAX_INSTANCES).then(|| (min..=max).map(Value::integer).collect())
            }
            _ => None,
        }
    }

    /// The slot of the one vector variable of a conclusion, if everything but it is a network, activation or symbol.
    pub fn point_slot(&self, conclusion: usize) -> Option<usize> {
        let mut found = None;
        for slot in self.slots(conclusion) {
            let variable = &self.variables[slot];
            match &variable.domain {
                Range::Vec(_)
                    if found.is_none() && variable.by.is_none() && variable.among.is_none() =>
                {
                    found = Some(slot);
                }
                Range::Network | Range::Activation => {}
                Range::Real if variable.symbol.is_some() => {}
                _ => return None,
            }
        }
        found
    }

    /// A relatively interior point of every face of the networks of an environment that read the point, and of their
    /// compositions; only the full-dimensional cells if `cells_only`.
    ///
    /// Errors: more than two inputs, or activations that are not piecewise linear.
    pub fn face_points(
        &self,
        conclusion: usize,
        environment: &[Value],
        cells_only: bool,
    ) -> Result<Vec<Value>, Failure> {
        let slot = self
            .point_slot(conclusion)
            .ok_or_else(|| Failure::Unknown("faces of a statement with one point".to_owned()))?;
        let Range::Vec(length) = &self.variables[slot].domain else {
            return Err(Failure::Unknown(
                "faces of a statement with one point".to_owned(),
            ));
        };
        let length = as_integer(&evaluate(
            length,
            environment,
            Backend::Fast,
            &mut Memory::default(),
        ))?;
        let bound: Vec<&Arc<Network>> = self
            .slots(conclusion)
            .into_iter()
            .filter_map(|slot| match &environment[slot] {
                Value::Network(network) => Some(network),
                _ => None,
            })
            .collect();
        let mut reading: Vec<Network> = Vec::new();
        for inner in &bound {
            if i64::try_from(inner.indim()) != Ok(length) {
                continue;
            }
            reading.push(inner.as_ref().clone());
            for outer in &bound {
                if outer.indim() != inner.outdim() {
                    continue;
                }
                if outer.activation() != inner.activation() {
                    return Err(Failure::Unknown(
                        "faces of networks with different activations".to_owned(),
                    ));
                }
                reading.push(compose(outer, inner)?);
            }
        }
        let references: Vec<&Network> = reading.iter().collect();
        let dimension = usize::try_from(length).unwrap_or(0);
        Ok(faces(&references)?
            .into_iter()
            .filter(|face| !cells_only || face.dimension == dimension)
            .map(|face| Value::rational_vector(&face.point))
            .collect())
    }

    /// The statement with the point of a conclusion as the ordered symbol and every other symbol entering through
    /// equations only, for networks with one input.
    pub fn with_symbolic_point(&self, conclusion: usize) -> Option<(Self, usize)> {
        let slot = self.point_slot(conclusion)?;
        let mut shifted = self.clone();
        for variable in &mut shifted.variables {
            variable.symbol = variable.symbol.map(|symbol| symbol + 1);
        }
        Some((shifted, slot))
    }
}

/// The one-entry vector of the ordered symbol.
pub fn symbolic_point() -> Value {
    Value::vector(vec![Scalar::symbol(0)])
}

/// Whether the truth of a conclusion is constant on the faces of the networks that read the point `x`: the point occurs
/// only where natives that are constant on faces, or a realization inside one of them, evaluate a quantified network or the
/// composition of two.
pub fn constant_on_faces(claim: &Claim, conclusion: usize, point: &str) -> bool {
    let conclusion = &claim.conclusions[conclusion];
    let quantifiers: Vec<&Quantifier> = claim.quantify.iter().chain(&conclusion.quantify).collect();
    let networks: Vec<&str> = quantifiers
        .iter()
        .filter(|quantifier| quantifier.domain == Domain::Network && quantifier.by.is_none())
        .map(|quantifier| quantifier.name.as_str())
        .collect();
    let ranges = quantifiers.iter().flat_map(|quantifier| {
        [
            &quantifier.filter,
            &quantifier.min,
            &quantifier.max,
            &quantifier.by,
        ]
        .into_iter()
        .flatten()
        .chain(quantifier.among.iter().flatten())
        .chain(quantifier.domain.dimensions())
    });
    std::iter::once(&conclusion.expr)
        .chain(claim.assume.iter().map(|hypothesis| &hypothesis.expr))
        .chain(claim.lets.iter().map(|item| &item.value))
        .chain(ranges)
        .all(|typed| uses_point_on_faces(typed, point, &networks))
}

fn uses_point_on_faces(typed: &Typed, point: &str, networks: &[&str]) -> bool {
    let tree = &typed.tree;
    let mut allowed = vec![false; tree.nodes().len()];
    let is_quantified = |id: NodeId| matches!(tree.kind(id), NodeKind::Name(name) if networks.contains(&name.as_str()));
    let is_network = |id: NodeId| match tree.kind(id) {
        NodeKind::Call {
            name,
            variant: None,
            arguments,
        } => name == "compose" && arguments.iter().all(|id| is_quantified(*id)),
        _ => is_quantified(id),
    };
    for node in tree.nodes() {
        let NodeKind::Call {
            name,
            variant: None,
            arguments,
        } = &node.kind
        else {
            continue;
        };
        if !CONSTANT_ON_FACES.contains(&name.as_str())
            || arguments.len() < 2
            || !is_network(arguments[0])
        {
            continue;
        }
        let at = arguments[1];
        match tree.kind(at) {
            NodeKind::Name(_) => allowed[at as usize] = true,
            NodeKind::Call {
                name,
                variant: None,
                arguments: inner,
            } if name == "value" && is_quantified(inner[0]) && is_quantified(arguments[0]) => {
                allowed[inner[1] as usize] = true;
            }
            _ => {}
        }
    }
    tree.nodes().iter().zip(&allowed).all(|(node, allowed)| {
        *allowed || !matches!(&node.kind, NodeKind::Name(name) if name == point)
    })
}
