//! Natives on learners, classes of networks, and exponents.

use std::sync::Arc;

use claim_language::expr::Type::{Exponent, Int, Nat, Opaque, Real};
use dashu_int::UBig;
use relu_core::Failure;
use relu_core::number::rational::Rational;

use super::arguments::{exponent, rational, size};
use super::{Native, native};
use crate::enclosed::lowered;
use crate::learner::{Class, Learner};
use crate::value::Value;

const LOWER: &str = "bgv-2022: lower bound";
const UPPER: &str = "bgv-2022: upper bound";

pub(super) fn natives() -> Vec<Native> {
    let learner = || Opaque("learner");
    vec![
        native(
            "inv",
            &[Exponent],
            Real,
            "1/q for an exponent 1 ≤ q ≤ ∞, and 0 for ∞.",
            "derived: standard",
            |a, _| Ok(Value::rational(exponent(a[0])?.clone())),
        )
        .tex(r"\tfrac{1}{#1}"),
        native(
            "ceil_root",
            &[Real, Nat],
            Nat,
            "⌈x^{1/n}⌉ for x ≥ 0 and n ≥ 1.",
            "derived: standard",
            |a, _| ceil_root(rational(a[0])?, size(a[1])?),
        )
        .partial()
        .tex(r"\lceil #1^{1/#2}\rceil"),
        native(
            "bump_norm",
            &[Nat, Exponent],
            Real,
            "((2/M)^s)^{−1/p} times the L^p norm of max(0, 1 − M‖x − y‖₁) in s variables, its support in the cube: Π_{i=1}^{s} (p + i)^{−1/p}, and 1 for p = ∞.",
            "derived: integral over the ℓ1 ball",
            |a, _| bump_norm(size(a[0])?, exponent(a[1])?),
        )
        .partial(),
        native(
            "piecewise_learner",
            &[Nat, Int],
            learner(),
            "piecewise_learner(d, k) asks for the values at the centres of the k^d cells of [0,1]^d and answers with a function constant on each of them.",
            UPPER,
            |a, _| {
                let (inputs, cells) = (size(a[0])?, size(a[1])?);
                if inputs == 0 || cells == 0 {
                    return Err(Failure::Undefined("a learner with d, k ≥ 1".to_owned()));
                }
                let cells = cells as u64;
                Ok(Value::Learner(Arc::new(Learner::Piecewise { inputs, cells })))
            },
        )
        .partial(),
        native(
            "zero_learner",
            &[Nat],
            learner(),
            "zero_learner(d) asks for nothing and answers with 0.",
            LOWER,
            |a, _| {
                let inputs = size(a[0])?;
                Ok(Value::Learner(Arc::new(Learner::Zero { inputs })))
            },
        ),
        native(
            "bisection_learner",
            &[Nat],
            learner(),
            "bisection_learner(m) is for functions on [0,1] that are constant, then affine, then constant: it asks at 0 and 1, and bisects for both ends of the affine part.",
            UPPER,
            |a, _| {
                let samples = u32::try_from(size(a[0])?).ok().filter(|m| *m >= 2);
                let samples = samples
                    .ok_or_else(|| Failure::Undefined("a bisection with at least 2 samples".to_owned()))?;
                Ok(Value::Learner(Arc::new(Learner::Bisection { samples })))
            },
        )
        .partial(),
        native(
            "net_learner",
            &[Nat, Nat],
            learner(),
            "net_learner(d, m) asks at m uniformly distributed points of [0,1]^d, and answers with a function of a finite net of the class that is close to all values.",
            UPPER,
            |a, _| {
                let (inputs, samples) = (size(a[0])?, natural(a[1])?);
                if inputs == 0 || samples.is_zero() {
                    return Err(Failure::Undefined("a learner with d, m ≥ 1".to_owned()));
                }
                Ok(Value::Learner(Arc::new(Learner::Net { inputs, samples })))
            },
        )
        .partial(),
        native(
            "mean_queries",
            &[learner()],
            Real,
            "How many values a learner asks for on average.",
            LOWER,
            |a, _| Ok(Value::rational(learner_of(a[0])?.queries()?)),
        ),
        native(
            "net_class",
            &[Nat, Nat, Nat, Real, Exponent],
            Opaque("class"),
            "net_class(d, L, B, c, q), the functions on [0,1]^d of ReLU networks with L layers, B neurons in each hidden one, and the entrywise ℓ^q norm of every weight matrix and bias at most c.",
            LOWER,
            |a, _| {
                let layers = u32::try_from(size(a[1])?).ok().filter(|l| (1..=4096).contains(l));
                let layers = layers.ok_or_else(|| Failure::Limit("1 to 4096 layers".to_owned()))?;
                if *rational(a[3])? < Rational::zero() {
                    return Err(Failure::Undefined("a class with c ≥ 0".to_owned()));
                }
                Ok(Value::Class(Arc::new(Class {
                    inputs: size(a[0])?,
                    layers,
                    width: size(a[2])? as u64,
                    bound: rational(a[3])?.clone(),
                    inverse: exponent(a[4])?.clone(),
                })))
            },
        ),
        native(
            "worst_error",
            &[learner(), Opaque("class"), Exponent],
            Real,
            "worst_error(A, C, p), the largest L^p norm on the cube of A(u) − u, in the mean, over the functions u of the class; a number between 0 and an upper bound for bisection and nets.",
            LOWER,
            |a, context| {
                let Value::Class(class) = a[1] else {
                    return Err(Failure::Shape(format!("expected a class, got a {}", a[1].kind())));
                };
                let error = learner_of(a[0])?.worst_error(class, exponent(a[2])?, context.backend)?;
                Ok(lowered(error))
            },
        ),
    ]
}

/// A natural number of any size.
fn natural(value: &Value) -> Result<UBig, Failure> {
    let number = rational(value)?;
    let (sign, size) = number.floor().into_parts();
    match number.is_integer() && sign == dashu_int::Sign::Positive {
        true => Ok(size),
        false => Err(Failure::Shape(format!(
            "expected a natural number, got {number}"
        ))),
    }
}

fn learner_of(value: &Value) -> Result<&Learner, Failure> {
    match value {
        Value::Learner(learner) => Ok(learner),
        other => Err(Failure::Shape(format!(
            "expected a learner, got a {}",
            other.kind()
        ))),
    }
}

/// The least k with kⁿ ≥ x.
fn ceil_root(x: &Rational, n: usize) -> Result<Value, Failure> {
    if n == 0 || *x < Rational::zero() {
        return Err(Failure::Undefined("a root of x ≥ 0 with n ≥ 1".to_owned()));
    }
    // kⁿ ≥ x iff kⁿ ≥ ⌈x⌉, as kⁿ is an integer.
    let whole: UBig = x.ceil().into_parts().1;
    let root = whole.nth_root(n);
    let exact = root.pow(n) == whole;
    let root = if exact { root } else { root + UBig::ONE };
    Ok(Value::rational(
        Rational::from_parts(root.into(), UBig::ONE).expect("1 is not 0"),
    ))
}

/// Rational for p = 1 and ∞, and where the root is.
fn bump_norm(s: usize, inverse: &Rational) -> Result<Value, Failure> {
    if s > 1024 {
        return Err(Failure::Limit(format!("at most 1024 variables, got {s}")));
    }
    let Some(p) = inverse.recip() else {
        return Ok(Value::integer(1));
    };
    let mut product = Rational::one();
    for i in 1..=s {
        let i = Rational::from_integer(i64::try_from(i).expect("at most 1024"));
        product = &product * &(&p + &i);
    }
    match p.is_one() {
        true => Ok(Value::rational(
            product.recip().expect("a product of numbers above 0"),
        )),
        false => Err(Failure::Unknown(
            "a norm that is no rational number".to_owned(),
        )),
    }
}
