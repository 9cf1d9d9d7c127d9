//! Natives on templates: networks as functions of their parameters.

use std::sync::Arc;

use claim_language::expr::Type::{Bool, Nat, Network as N, Real, Set, Template as T, Vec as V};
use relu_core::linear::matrix::Matrix;
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::parameters::backprop;
use relu_core::parameters::germ_degree;
use relu_core::parameters::{Entry, Template, has_vanishing_neuron};
use relu_core::parameters::{maxpool_backprop, maxpool_gradient};
use relu_core::parameters::{parameter_clarke, parameter_gradient};
use relu_core::{Failure, Field};

use super::arguments::{network, rational_vector, scalar, template, vector};
use super::networks::one_based;
use super::{Native, native};
use crate::operators::lowered;
use crate::value::{Context, Value};

const CONJECTURE: &str = "begj-2019: §VIII";

pub(super) fn natives() -> Vec<Native> {
    let reals = || Set(Box::new(Real));
    vec![
        native("free_params", &[T], Nat, "The number of free parameters of a template.", CONJECTURE, |a, _| {
            Ok(Value::count(template(a[0])?.parameters()))
        }),
        native("free_template", &[N], T, "The template in which every entry of the network is a parameter, layer by layer: the weights row by row, then the bias.", CONJECTURE, |a, _| {
            let phi = network(a[0])?;
            built(Template::free(phi.activation().clone(), &phi.architecture())?)
        }),
        native("free_weights", &[N], T, "The template in which every weight of the network is a parameter, row by row, and the biases are frozen at their values.", CONJECTURE, |a, _| {
            let mut next = 0;
            built(layered(network(a[0])?, |_, _, _| {
                next += 1;
                Some((next - 1, Rational::one()))
            })?)
        }),
        native("scaled_layer", &[N, Nat], T, "The template with one parameter w in which the weights of layer l are w·A_l and every other entry is frozen, 1 ≤ l ≤ L.", "slides-regularity: backpropagation", |a, _| {
            let phi = network(a[0])?;
            let scaled = one_based(a[1], phi.depth())?;
            built(layered(phi, |l, _, weight| (l + 1 == scaled).then(|| (0, weight.clone())))?)
        })
        .partial(),
        native("instantiate", &[T, V], N, "The network of a template at the parameters θ.", CONJECTURE, |a, _| {
            Ok(lowered(template(a[0])?.instantiate(vector(a[1])?)?))
        })
        .partial()
        .tex(r"#1_{#2}"),
        native("backprop", &[T, V, V, Real], V, "The backpropagation vector in the parameters, with the value c on the kinks; one output.", CONJECTURE, |a, c| {
            Ok(Value::vector(backprop(template(a[0])?, vector(a[1])?, vector(a[2])?, scalar(a[3])?, &c.order)?))
        })
        .partial()
        .tex(r"\mathrm{BP}_{#4}#1_{#2}(#3)"),
        native("param_gradient", &[T, V, V], V, "The partial derivatives of θ ↦ RΦ_θ(x); undefined where one of them does not exist.", CONJECTURE, |a, c| {
            parameter_gradient(template(a[0])?, vector(a[1])?, vector(a[2])?, &c.order)?
                .map(Value::vector)
                .ok_or_else(|| Failure::Undefined("a partial derivative does not exist".to_owned()))
        })
        .partial()
        .tex(r"\nabla_\theta\mathrm{R}#1_{#2}(#3)"),
        native("param_clarke", &[T, V, V], reals(), "The one-sided derivatives of w ↦ RΦ_w(x) for one parameter; the Clarke set is their hull.", CONJECTURE, |a, c| {
            let values = parameter_clarke(template(a[0])?, vector(a[1])?, vector(a[2])?, &c.order)?;
            Ok(Value::Set(Arc::new(values.into_iter().map(Value::Scalar).collect())))
        })
        .partial()
        .tex(r"\partial_\theta\mathrm{R}#1_{#2}(#3)"),
        native("germ_degree", &[T, V, V, V], Nat, "The degree in s of RΦ_{θ+sv}(x) as s → 0+.", CONJECTURE, |a, _| {
            Ok(Value::count(germ_degree(
                template(a[0])?,
                &rational_vector(a[1])?,
                &rational_vector(a[2])?,
                &rational_vector(a[3])?,
            )?))
        })
        .partial(),
        native("has_vanishing_neuron", &[T, V, V], Bool, "Whether a hidden pre-activation is zero on an open set of parameters around θ.", CONJECTURE, |a, _| {
            Ok(Value::Bool(has_vanishing_neuron(template(a[0])?, &rational_vector(a[1])?, &rational_vector(a[2])?)?))
        })
        .partial(),
        native("maxpool_backprop", &[T, V, V, V, Real], V, "Backpropagation through the maximum of the outputs, with the given weights on the outputs that tie.", CONJECTURE, |a, c| {
            let weights = vector(a[3])?;
            pooled(a, weights, c)
        })
        .partial()
        .twin("full", &[T, V, V, V, Real], "Every output that ties passes the full gradient.", "tie rule with weights summing to more than 1", "max(w, w)", |a, c| {
            pooled(a, &vec![Scalar::one(); vector(a[3])?.len()], c)
        })
        .twin("none", &[T, V, V, V, Real], "No output that ties passes a gradient.", "tie rule with weights summing to 0", "max(w, w)", |a, c| {
            pooled(a, &vec![Scalar::zero(); vector(a[3])?.len()], c)
        }),
        native("maxpool_gradient", &[T, V, V], V, "The partial derivatives of θ ↦ max of the outputs of RΦ_θ(x); undefined where one does not exist.", CONJECTURE, |a, c| {
            maxpool_gradient(template(a[0])?, vector(a[1])?, vector(a[2])?, &c.order)?
                .map(Value::vector)
                .ok_or_else(|| Failure::Undefined("a partial derivative does not exist".to_owned()))
        })
        .partial(),
    ]
}

fn built(template: Template) -> Result<Value, Failure> {
    Ok(Value::Template(Arc::new(template)))
}

/// The template of a network with the weights that `term` maps to (parameter, coefficient), the others frozen.
fn layered(
    phi: &Network,
    mut term: impl FnMut(usize, usize, &Rational) -> Option<(usize, Rational)>,
) -> Result<Template, Failure> {
    let mut layers = Vec::with_capacity(phi.depth());
    let mut parameters = 0;
    for (l, layer) in phi.layers().iter().enumerate() {
        let weights = layer.weights();
        let entries: Vec<Entry> = weights
            .data()
            .iter()
            .enumerate()
            .map(|(i, weight)| match term(l, i, weight) {
                Some((parameter, coefficient)) => {
                    parameters = parameters.max(parameter + 1);
                    Entry::new(Rational::zero(), vec![(parameter, coefficient)])
                }
                None => Entry::frozen(weight.clone()),
            })
            .collect();
        let bias = layer.biases().iter().cloned().map(Entry::frozen).collect();
        layers.push((Matrix::new(weights.rows(), weights.cols(), entries)?, bias));
    }
    Template::new(phi.activation().clone(), parameters, layers)
}

fn pooled(a: &[&Value], weights: &[Scalar], context: &Context) -> Result<Value, Failure> {
    Ok(Value::vector(maxpool_backprop(
        template(a[0])?,
        vector(a[1])?,
        vector(a[2])?,
        weights,
        scalar(a[4])?,
        &context.order,
    )?))
}
