//! Parameter derivatives: backpropagation against germs, quotients and hand values.

use relu_core::activation::Activation;
use relu_core::geometry::Genericity;
use relu_core::number::{Others, Poly, Rational, RealCell, RealContext, Scalar};
use relu_core::parameters::{
    Entry, Template, backprop, germ_degree, has_vanishing_neuron, maxpool_backprop,
    maxpool_gradient, parameter_clarke, parameter_genericity, parameter_gradient,
    parameter_gradient_by_quotients,
};
use relu_core::{Failure, RationalOrder};

use crate::support::{Random, number, piecewise_linear, vector};

fn template(text: &str) -> Template {
    text.parse().unwrap()
}

fn formal(t: &Template, theta: &[&str], x: &[&str], c: &str) -> Vec<Rational> {
    backprop(t, &vector(theta), &vector(x), &number(c), &RationalOrder).unwrap()
}

fn gradient(t: &Template, theta: &[&str], x: &[&str]) -> Option<Vec<Rational>> {
    parameter_gradient(t, &vector(theta), &vector(x), &RationalOrder).unwrap()
}

/// A template of random kind: free, frozen zero biases, tied.
fn random_template(
    random: &mut Random,
    architecture: &[usize],
    activation: Activation,
) -> Template {
    match random.integer(0, 3) {
        0 => Template::free(activation, architecture).unwrap(),
        1 => Template::free_weights(activation, architecture).unwrap(),
        _ => {
            let parameters = 3;
            let mut entry = |frozen: bool| {
                let i = usize::try_from(random.integer(0, 2)).unwrap();
                let constant = Rational::from(random.integer(-1, 1));
                let coefficient = Rational::from(*random.pick(&[1, 1, -1, 2]));
                match random.integer(0, 2) {
                    0 => Entry::frozen(constant),
                    _ if frozen => Entry::frozen(Rational::zero()),
                    1 => Entry::new(Rational::zero(), vec![(i, coefficient)]),
                    _ => Entry::new(constant, vec![(i, coefficient), (0, Rational::one())]),
                }
            };
            let layers = architecture.windows(2).map(|widths| {
                let weights = (0..widths[0] * widths[1]).map(|_| entry(false)).collect();
                let bias = (0..widths[1]).map(|_| entry(true)).collect();
                (
                    relu_core::linear::Matrix::new(widths[1], widths[0], weights).unwrap(),
                    bias,
                )
            });
            let layers = layers.collect();
            Template::new(activation, parameters, layers).unwrap()
        }
    }
}

#[test]
fn c29_backpropagation_is_the_gradient_at_generic_parameters() {
    let mut random = Random::new(51);
    let (mut generic, mut vanishing) = (0, 0);
    let mut activations = piecewise_linear();
    activations.push(Activation::KinkedSquare);
    for _ in 0..400 {
        let hidden = usize::try_from(random.integer(0, 2)).unwrap();
        let inputs = usize::try_from(random.integer(1, 2)).unwrap();
        let architecture = random.architecture(inputs, hidden, 1);
        let activation = random.pick(&activations).clone();
        let t = random_template(&mut random, &architecture, activation);
        let theta = random.scattered_point(t.parameters());
        let x = random.simple_point(inputs);
        if parameter_genericity(&t, &theta, &x).unwrap() != Genericity::Generic {
            continue;
        }
        generic += 1;
        vanishing += usize::from(has_vanishing_neuron(&t, &theta, &x).unwrap());
        let order = RationalOrder;
        let exact = parameter_gradient(&t, &theta, &x, &order).unwrap();
        let quotients = parameter_gradient_by_quotients(&t, &theta, &x).unwrap();
        assert_eq!(exact.as_ref(), Some(&quotients), "{t} at {theta:?}, {x:?}");
        for c in ["0", "1", "-3"] {
            let formal = backprop(&t, &theta, &x, &number(c), &order).unwrap();
            assert_eq!(formal, quotients, "{t} at {theta:?}, {x:?}, c = {c}");
        }
    }
    assert!(generic > 300 && vanishing > 40, "{generic} {vanishing}");
}

#[test]
fn c29_fails_on_null_sets() {
    // f(t) = σ(t) − σ(−t) = t.
    let t = template("template(relu, 1, ([[0],[0]], [t0,-t0]), ([[1,-1]], [0]))");
    assert_eq!(gradient(&t, &["0"], &["0"]), Some(vector(&["1"])));
    for (c, value) in [("0", "0"), ("1", "2"), ("1/2", "1")] {
        assert_eq!(formal(&t, &["0"], &["0"], c), vector(&[value]));
    }
    // f(w, b) = σ(b + 0·w): no derivative in b at b = 0.
    let t = template("template(relu, 2, ([[t0]], [t1]), ([[1]], [0]))");
    assert_eq!(gradient(&t, &["3", "0"], &["0"]), None);
    assert_eq!(
        gradient(&t, &["3", "1/5"], &["0"]),
        Some(vector(&["0", "1"]))
    );
    // With the bias frozen at 0 the neuron vanishes for every w.
    let t = template("template(relu, 1, ([[t0]], [0]), ([[1]], [0]))");
    assert_eq!(gradient(&t, &["3"], &["0"]), Some(vector(&["0"])));
    assert!(has_vanishing_neuron(&t, &vector(&["3"]), &vector(&["0"])).unwrap());
    // Differentiable in x = 1 at b = 0, not in b.
    let t = template("template(relu, 1, ([[0],[1],[-1]], [t0,0,0]), ([[1,1,-1]], [0]))");
    assert_eq!(gradient(&t, &["0"], &["1"]), None);
}

#[test]
fn x7_no_value_of_c_works() {
    let t = template(
        "template(relu, 1, ([[t0],[-t0]], [0,0]), ([[1,0],[1,-2],[0,1]], [0,0,0]), ([[2,-1,-1]], [0]))",
    );
    let x = [Scalar::from(1)];
    let order = RealContext::new(RealCell::line(), Others::EquationOnly);
    let at = |w: i64| backprop(&t, &[Scalar::from(w)], &x, &Scalar::symbol(0), &order).unwrap();
    assert_eq!(at(0), [Scalar::from(0)]);
    assert_eq!(at(1), [Scalar::from(1)]);
    for w in ["0", "1", "-2"] {
        let set = parameter_clarke(&t, &vector(&[w]), &vector(&["1"]), &RationalOrder).unwrap();
        assert_eq!(set, vector(&["1"]));
    }
    let relu = template("template(relu, 1, ([[t0]], [0]), ([[1]], [0]))");
    let set = parameter_clarke(&relu, &vector(&["0"]), &vector(&["2"]), &RationalOrder).unwrap();
    assert_eq!(set, vector(&["2", "0"]));
    let symbolic = backprop(&relu, &[Scalar::from(0)], &x, &Scalar::symbol(0), &order).unwrap();
    assert_eq!(symbolic[0].as_poly(), Some(Poly::variable()));
}

#[test]
fn entries_that_are_tied_are_chained() {
    // f(t) = t·σ(t·x) = t² for x = 1, t > 0.
    let t = template("template(relu, 1, ([[t0]], [0]), ([[t0]], [0]))");
    assert_eq!(formal(&t, &["3"], &["1"], "7"), vector(&["6"]));
    assert_eq!(gradient(&t, &["3"], &["1"]), Some(vector(&["6"])));
    assert_eq!(
        parameter_gradient_by_quotients(&t, &vector(&["3"]), &vector(&["1"])).unwrap(),
        vector(&["6"])
    );
    assert_eq!(gradient(&t, &["-3"], &["1"]), Some(vector(&["0"])));
    // t·σ(t) is differentiable at 0, although σ(t) is not.
    assert_eq!(gradient(&t, &["0"], &["1"]), Some(vector(&["0"])));
    assert_eq!(formal(&t, &["0"], &["1"], "7"), vector(&["0"]));
    // Coefficients: entry 1 − 2t.
    let t = template("template(relu, 1, ([[1 - 2*t0]], [t0]))");
    assert_eq!(formal(&t, &["5"], &["3"], "0"), vector(&["-5"]));
}

#[test]
fn x6_degrees() {
    let degree = |text: &str, theta: &[&str], v: &[&str], x: &[&str]| {
        germ_degree(&template(text), &vector(theta), &vector(v), &vector(x)).unwrap()
    };
    let tied = "template(relu, 1, ([[t0]], [0]), ([[t0]], [0]))";
    assert_eq!(degree(tied, &["1"], &["1"], &["1"]), 2);
    assert_eq!(degree(tied, &["-1"], &["1"], &["1"]), 0);
    assert_eq!(degree(tied, &["0"], &["1"], &["1"]), 2);
    assert_eq!(degree(tied, &["0"], &["-1"], &["1"]), 0);
    let free = "template(relu, 2, ([[t0]], [0]), ([[t1]], [0]))";
    assert_eq!(degree(free, &["1", "1"], &["1", "0"], &["1"]), 1);
    assert_eq!(degree(free, &["1", "1"], &["1", "1"], &["1"]), 2);
    assert_eq!(degree(free, &["1", "1"], &["0", "0"], &["1"]), 0);
    let deep = vec!["([[t0]], [0])"; 20].join(", ");
    assert_eq!(
        degree(
            &format!("template(relu, 1, {deep})"),
            &["1"],
            &["1"],
            &["1"]
        ),
        20
    );
    // Never above the depth.
    let mut random = Random::new(52);
    for _ in 0..100 {
        let hidden = usize::try_from(random.integer(0, 3)).unwrap();
        let architecture = random.architecture(1, hidden, 1);
        let t = random_template(&mut random, &architecture, Activation::Relu);
        let (theta, v) = (
            random.simple_point(t.parameters()),
            random.simple_point(t.parameters()),
        );
        assert!(germ_degree(&t, &theta, &v, &vector(&["1"])).unwrap() <= t.depth());
    }
}

#[test]
fn genericity_needs_the_polynomial_not_its_gradient() {
    // z₂ = θ₁·θ₂ at θ = (0, 0), through |θ₁| kept linear by two channels and a hidden layer of its own.
    let t = template("template(identity, 2, ([[t0]], [0]), ([[t1]], [0]), ([[1]], [0]))");
    let relu = "template(relu, 2, ([[t0],[-t0]], [1,1]), ([[t1,-t1]], [0]), ([[1]], [0]))";
    let relu = template(relu);
    let at = |theta: &[&str]| parameter_genericity(&relu, &vector(theta), &vector(&["1"])).unwrap();
    // On the cell |θ₁| < 1 the second pre-activation is 2·θ₁·θ₂.
    assert_eq!(
        at(&["0", "0"]),
        Genericity::Kink {
            layer: 2,
            neuron: 0
        }
    );
    assert_eq!(at(&["1/2", "1/3"]), Genericity::Generic);
    let result = has_vanishing_neuron(&relu, &vector(&["0", "0"]), &vector(&["1"]));
    assert_eq!(result, Err(Failure::NonGeneric));
    assert!(!has_vanishing_neuron(&relu, &vector(&["1/2", "1/3"]), &vector(&["1"])).unwrap());
    assert!(!has_vanishing_neuron(&t, &vector(&["0", "0"]), &vector(&["1"])).unwrap());
    // A dead layer: the second pre-activation vanishes on an open set of parameters.
    let dead = template("template(relu, 2, ([[t0]], [0]), ([[t1]], [0]), ([[1]], [0]))");
    assert!(has_vanishing_neuron(&dead, &vector(&["-1", "5"]), &vector(&["1"])).unwrap());
    assert!(!has_vanishing_neuron(&dead, &vector(&["1", "5"]), &vector(&["1"])).unwrap());
    // Tied neurons that cancel.
    let tied = template("template(relu, 1, ([[t0],[t0]], [0,0]), ([[1,-1]], [0]), ([[1]], [0]))");
    assert!(has_vanishing_neuron(&tied, &vector(&["2"]), &vector(&["1"])).unwrap());
}

#[test]
fn expansions_have_a_cap() {
    // The last hidden pre-activation has one term per path, 8·14³ and more.
    let t = Template::free(Activation::Relu, &[8, 14, 14, 14, 1, 1]).unwrap();
    let mut theta = vec![Rational::one(); t.parameters()];
    // The last hidden neuron is put on its kink by its own bias.
    let x = vec![Rational::one(); 8];
    let phi = t.instantiate(&theta).unwrap();
    let z = relu_core::evaluate::preactivations(&phi, &x, &RationalOrder).unwrap();
    let bias = t.parameters() - 3;
    theta[bias] = &Rational::one() - &z[3][0];
    assert!(matches!(
        parameter_genericity(&t, &theta, &x),
        Err(Failure::Limit(_))
    ));
}

#[test]
fn x8_maxpool() {
    // f(w) = max(w, w).
    let t = template("template(relu, 1, ([[t0],[t0]], [0,0]))");
    let order = RationalOrder;
    let pooled = |theta: &[&str], weights: &[&str], t: &Template| {
        maxpool_backprop(
            t,
            &vector(theta),
            &vector(&["1"]),
            &vector(weights),
            &number("5"),
            &order,
        )
        .unwrap()
    };
    assert_eq!(pooled(&["3"], &["1/4", "3/4"], &t), vector(&["1"]));
    assert_eq!(pooled(&["3"], &["2", "-1"], &t), vector(&["1"]));
    assert_eq!(pooled(&["3"], &["1", "1"], &t), vector(&["2"]));
    assert_eq!(pooled(&["3"], &["0", "0"], &t), vector(&["0"]));
    let classical = |theta: &[&str], t: &Template| {
        maxpool_gradient(t, &vector(theta), &vector(&["1"]), &order).unwrap()
    };
    assert_eq!(classical(&["3"], &t), Some(vector(&["1"])));
    // max(w, −w) = |w|: without tie the weights do not matter; at 0 there is no derivative.
    let absolute = template("template(relu, 1, ([[t0],[-t0]], [0,0]))");
    assert_eq!(pooled(&["3"], &["0", "0"], &absolute), vector(&["1"]));
    assert_eq!(pooled(&["-3"], &["7", "7"], &absolute), vector(&["-1"]));
    assert_eq!(classical(&["-3"], &absolute), Some(vector(&["-1"])));
    assert_eq!(classical(&["0"], &absolute), None);
    // Hidden kinks still take the kink value.
    let hidden = template("template(relu, 1, ([[t0]], [0]), ([[1],[0]], [0,-1]))");
    assert_eq!(pooled(&["0"], &["0", "0"], &hidden), vector(&["5"]));
    let result = maxpool_backprop(
        &t,
        &vector(&["3"]),
        &vector(&["1"]),
        &vector(&["1"]),
        &number("0"),
        &order,
    );
    assert!(matches!(result, Err(Failure::Shape(_))));
}

#[test]
fn unsuitable_questions_are_refused() {
    let two = template("template(relu, 1, ([[t0],[1]], [0,0]))");
    let order = RationalOrder;
    let (theta, x) = (vector(&["1"]), vector(&["1"]));
    let zero = Rational::zero();
    assert!(matches!(
        backprop(&two, &theta, &x, &zero, &order),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        parameter_gradient(&two, &theta, &x, &order),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        parameter_gradient_by_quotients(&two, &theta, &x),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        germ_degree(&two, &theta, &theta, &x),
        Err(Failure::Shape(_))
    ));
    let one = template("template(relu, 2, ([[t0]], [t1]), ([[1]], [0]))");
    assert!(matches!(
        backprop(&one, &theta, &x, &zero, &order),
        Err(Failure::Shape(_))
    ));
    let pair = vector(&["1", "1"]);
    assert!(matches!(
        backprop(&one, &pair, &pair, &zero, &order),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        has_vanishing_neuron(&one, &pair, &pair),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        parameter_clarke(&one, &pair, &x, &order),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        germ_degree(&one, &pair, &theta, &x),
        Err(Failure::Shape(_))
    ));
    let kink = vector(&["1", "-1"]);
    assert_eq!(
        parameter_gradient_by_quotients(&one, &kink, &x),
        Err(Failure::NonGeneric)
    );
    let gaps = template("template(svc_gaps, 2, ([[t0]], [t1]), ([[1]], [0]))");
    assert!(matches!(
        parameter_genericity(&gaps, &pair, &x),
        Err(Failure::Unknown(_))
    ));
    // A jump has no Clarke set and no gradient.
    let step = template("template(heaviside, 1, ([[1]], [t0]), ([[1]], [0]))");
    let origin = vector(&["0"]);
    assert!(matches!(
        parameter_clarke(&step, &origin, &origin, &order),
        Err(Failure::Undefined(_))
    ));
    assert_eq!(
        parameter_gradient(&step, &origin, &origin, &order),
        Ok(None)
    );
}
