//! Shrinks an accepted candidate; every step is accepted by the kernel's check.

use std::sync::Arc;

use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::parameters::Template;
use theorems::assignment::Assignment;
use theorems::shrink::{
    composable_candidates, endomorphic_candidates, minimise, network_candidates, output_candidates,
    parameter_candidates, pointed_candidates, polynomial_candidates, rational_candidates,
    template_candidates, template_dimension_candidates, template_shift_candidates,
    variable_candidates, vector_candidates,
};
use theorems::statement::Statement;
use theorems::value::{Value, as_rationals};

/// Largest number of candidates tested.
pub const BUDGET: usize = 4000;

/// The smallest assignment reached for which `keep` is still true.
pub fn shrink(
    statement: &Statement,
    conclusion: usize,
    assignment: &Assignment,
    mut keep: impl FnMut(&Assignment) -> bool,
) -> Assignment {
    let Ok(bound) = statement.bind(conclusion, assignment) else {
        return assignment.clone();
    };
    let cell = bound.cell;
    let text = |environment: &Vec<Value>| statement.assignment(conclusion, environment, &cell);
    let smallest = minimise(
        bound.environment,
        |environment| candidates(statement, conclusion, environment),
        |environment| text(environment).is_some_and(|assignment| keep(&assignment)),
        BUDGET,
    );
    text(&smallest).unwrap_or_else(|| assignment.clone())
}

/// Simpler environments: networks with their points first, then pairs, then every value alone.
fn candidates(
    statement: &Statement,
    conclusion: usize,
    environment: &[Value],
) -> impl Iterator<Item = Vec<Value>> + use<> {
    let mut slots: Vec<usize> = statement
        .slots(conclusion)
        .into_iter()
        .filter(|slot| statement.is_assigned(*slot) && !environment[*slot].has_symbols())
        .collect();
    // What the claim wants small is made small first.
    let rank = |slot: &usize| {
        let name = &statement.variables[*slot].name;
        statement
            .minimise
            .iter()
            .position(|wanted| wanted == name)
            .unwrap_or(usize::MAX)
    };
    slots.sort_by_key(rank);
    let mut streams: Vec<Box<dyn Iterator<Item = Vec<Value>>>> = Vec::new();
    let with = |changes: Vec<(usize, Value)>, base: &[Value]| {
        let mut next = base.to_vec();
        for (slot, value) in changes {
            next[slot] = value;
        }
        next
    };
    for slot in &slots {
        let (slot, base) = (*slot, environment.to_vec());
        match &environment[slot] {
            Value::Network(network) => {
                for (point, x) in points_of(&slots, environment, network.indim()) {
                    let base = base.clone();
                    streams.push(Box::new(pointed_candidates(network, &x).map(
                        move |(network, x)| {
                            with(
                                vec![(slot, built(network)), (point, Value::rational_vector(&x))],
                                &base,
                            )
                        },
                    )));
                }
                for outer in &slots {
                    let Value::Network(psi) = &environment[*outer] else {
                        continue;
                    };
                    if *outer == slot || psi.indim() != network.outdim() {
                        continue;
                    }
                    let outer = *outer;
                    for (point, x) in points_of(&slots, environment, network.indim()) {
                        let base = base.clone();
                        let smaller = endomorphic_candidates(network, psi, &[x]);
                        streams.push(Box::new(smaller.map(move |(phi, psi, points)| {
                            let x = points.first().map(|x| (point, Value::rational_vector(x)));
                            let changes = [(slot, built(phi)), (outer, built(psi))];
                            with(changes.into_iter().chain(x).collect(), &base)
                        })));
                    }
                    let base = base.clone();
                    streams.push(Box::new(composable_candidates(network, psi).map(
                        move |(phi, psi)| {
                            with(vec![(slot, built(phi)), (outer, built(psi))], &base)
                        },
                    )));
                }
                let base = base.clone();
                streams
                    .push(Box::new(output_candidates(network).map(move |network| {
                        with(vec![(slot, built(network))], &base)
                    })));
            }
            Value::Template(template) => {
                for (point, theta) in points_of(&slots, environment, template.parameters()) {
                    let base = base.clone();
                    streams.push(Box::new(parameter_candidates(template, &theta).map(
                        move |(template, theta)| {
                            with(
                                vec![
                                    (slot, templated(template)),
                                    (point, Value::rational_vector(&theta)),
                                ],
                                &base,
                            )
                        },
                    )));
                }
                for (point, x) in points_of(&slots, environment, template.indim()) {
                    let dimensions =
                        template_dimension_candidates(template, std::slice::from_ref(&x))
                            .filter_map(|(template, mut points)| {
                                points.pop().map(|x| (template, x))
                            });
                    let base = base.clone();
                    let both = dimensions.chain(template_shift_candidates(template, &x));
                    streams.push(Box::new(both.map(move |(template, x)| {
                        with(
                            vec![
                                (slot, templated(template)),
                                (point, Value::rational_vector(&x)),
                            ],
                            &base,
                        )
                    })));
                }
            }
            Value::Poly(p) => {
                // The number of variables may be a variable of the statement itself.
                let count = Value::count(p.variables());
                for counter in slots.iter().copied().filter(|other| {
                    matches!((&environment[*other], &count), (Value::Scalar(a), Value::Scalar(b)) if a == b)
                }) {
                    let base = base.clone();
                    streams.push(Box::new(variable_candidates(p).map(move |p| {
                        let count = Value::count(p.variables());
                        with(vec![(slot, Value::Poly(Arc::new(p))), (counter, count)], &base)
                    })));
                }
            }
            _ => {}
        }
    }
    for slot in slots {
        let base = environment.to_vec();
        let single: Box<dyn Iterator<Item = Value>> = match &environment[slot] {
            Value::Network(network) => Box::new(network_candidates(network).map(built)),
            Value::Vector(entries) => match as_rationals(entries) {
                Some(x) => Box::new(vector_candidates(&x).map(|x| Value::rational_vector(&x))),
                None => Box::new(std::iter::empty()),
            },
            Value::Scalar(value) => match value.as_rational() {
                Some(value) => Box::new(rational_candidates(value).map(Value::rational)),
                None => Box::new(std::iter::empty()),
            },
            Value::Template(template) => Box::new(template_candidates(template).map(templated)),
            Value::Poly(p) => Box::new(polynomial_candidates(p).map(|p| Value::Poly(Arc::new(p)))),
            _ => Box::new(std::iter::empty()),
        };
        streams.push(Box::new(
            single.map(move |value| with(vec![(slot, value)], &base)),
        ));
    }
    streams.into_iter().flatten()
}

fn built(network: Network) -> Value {
    Value::Network(Arc::new(network))
}

fn templated(template: Template) -> Value {
    Value::Template(Arc::new(template))
}

/// The rational vectors of this length, with their slots.
fn points_of(slots: &[usize], environment: &[Value], length: usize) -> Vec<(usize, Vec<Rational>)> {
    let point = |slot: &usize| match &environment[*slot] {
        Value::Vector(entries) if entries.len() == length => {
            as_rationals(entries).map(|x| (*slot, x))
        }
        _ => None,
    };
    slots.iter().filter_map(point).collect()
}
