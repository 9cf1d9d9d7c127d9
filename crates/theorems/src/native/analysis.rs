//! Natives that look at a network on a whole box: pieces, extreme values, errors.

use claim_language::expr::Type::{Box_, Function, Nat, Network as N, Real};
use relu_core::geometry::line::{self, Curve};
use relu_core::geometry::{Domain, Side, activation_pieces_on, pieces_on};
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::number::roots::Algebraic;
use relu_core::{Failure, reference};

use super::arguments::{curve, domain, network};
use super::{Native, native};
use crate::algebraic::lowered;
use crate::value::{Backend, Context, Value};

const ONE_INPUT: &str = "derived: catalogue O5";
const ERRORS: &str = "derived: catalogue §0, C33, C34";

pub(super) fn natives() -> Vec<Native> {
    vec![
        native(
            "pieces",
            &[N],
            Nat,
            "The number of maximal affine pieces of a network with one input, on ℝ or on an interval; 1 on a single point.",
            ONE_INPUT,
            |a, c| {
                count(a, |phi, on| match c.backend {
                    Backend::Fast => Ok(pieces_on(phi, on)?.len()),
                    Backend::Reference => Ok(reference::segments(phi, on)?.len()),
                })
            },
        )
        .or(&[N, Box_], Nat)
        .partial()
        .twin(
            "activation",
            &[N, Box_],
            "The number of intervals between the points where some pre-activation crosses a kink.",
            "kinks of single neurons counted where they cancel",
            "identity_net(1, 2) on [-1,1]: 2 instead of 1",
            |a, _| count(a, |phi, on| Ok(activation_pieces_on(phi, on)?.len())),
        ),
        native(
            "sup",
            &[N, Box_],
            Real,
            "The largest value of a network with one output on a box; undefined where it is infinite.",
            ONE_INPUT,
            |a, c| {
                let fast = |phi: &Network, on: &Side| Ok(line::supremum(phi, on)?.value);
                extreme(a, c, fast, reference::supremum)
            },
        )
        .partial()
        .tex(r"\sup_{#2}#1"),
        native(
            "inf",
            &[N, Box_],
            Real,
            "The smallest value of a network with one output on a box; undefined where it is infinite.",
            ONE_INPUT,
            |a, c| {
                let fast = |phi: &Network, on: &Side| Ok(line::infimum(phi, on)?.value);
                extreme(a, c, fast, reference::infimum)
            },
        )
        .partial()
        .tex(r"\inf_{#2}#1"),
        native(
            "sup_error",
            &[N, Function, Box_],
            Real,
            "sup |RΦ − f| on a box, for one output and a piecewise polynomial f; undefined where it is infinite.",
            ERRORS,
            |a, c| {
                let fast = |phi: &Network, f: &Curve, on: &Side| Ok(line::sup_error(phi, f, on)?.value);
                error(a, c, fast, reference::sup_error)
            },
        )
        .partial()
        .tex(r"\lVert #1-#2\rVert_{L^\infty(#3)}")
        .twin(
            "nodes",
            &[N, Function, Box_],
            "The largest |RΦ − f| at the breakpoints of RΦ and the ends.",
            "error of an interpolation looked for at its nodes",
            "square(1), f = x², [0,1]: 0 instead of 1/16",
            error_at_nodes,
        ),
        native(
            "w1inf_error",
            &[N, Function, Box_],
            Real,
            "max(sup |RΦ − f|, ess sup max_i |∂_i(RΦ − f)|) on a box, for one output and a continuous piecewise polynomial f; undefined where it is infinite, and on null sets.",
            ERRORS,
            |a, c| {
                let fast = |phi: &Network, f: &Curve, on: &Side| Ok(line::w1inf_error(phi, f, on)?.value);
                error(a, c, fast, reference::w1inf_error)
            },
        )
        .partial()
        .tex(r"\lVert #1-#2\rVert_{W^{1,\infty}(#3)}")
        .twin(
            "value",
            &[N, Function, Box_],
            "sup |RΦ − f| alone.",
            "the derivative forgotten in the norm",
            "square(1), f = x², [0,1]: 1/16 instead of 1/2",
            |a, c| {
                let fast = |phi: &Network, f: &Curve, on: &Side| Ok(line::sup_error(phi, f, on)?.value);
                error(a, c, fast, reference::sup_error)
            },
        ),
    ]
}

/// A count on ℝ, or on the interval of the second argument.
fn count(
    a: &[&Value],
    pieces: impl Fn(&Network, &Side) -> Result<usize, Failure>,
) -> Result<Value, Failure> {
    let whole = Domain::whole();
    let on = a.get(1).map_or(Ok(&whole), |value| domain(value))?.side()?;
    let phi = network(a[0])?;
    if on.is_point() {
        return Ok(Value::count(1));
    }
    Ok(Value::count(pieces(phi, &on)?))
}

/// The side of a box for a network with one input; more inputs are over a limit of this native.
fn one_input(phi: &Network, on: &Domain) -> Result<Side, Failure> {
    let sides = on.sides(phi.indim())?;
    match <[Side; 1]>::try_from(sides) {
        Ok([side]) => Ok(side),
        Err(sides) => Err(Failure::Limit(format!(
            "an exact analysis on a box: expected 1 input, got {}",
            sides.len()
        ))),
    }
}

fn extreme(
    a: &[&Value],
    context: &Context,
    fast: impl Fn(&Network, &Side) -> Result<Rational, Failure>,
    slow: impl Fn(&Network, &Side) -> Result<Rational, Failure>,
) -> Result<Value, Failure> {
    let phi = network(a[0])?;
    let on = one_input(phi, domain(a[1])?)?;
    let value = match context.backend {
        Backend::Fast => fast(phi, &on)?,
        Backend::Reference => slow(phi, &on)?,
    };
    Ok(Value::rational(value))
}

fn error(
    a: &[&Value],
    context: &Context,
    fast: impl Fn(&Network, &Curve, &Side) -> Result<Algebraic, Failure>,
    slow: impl Fn(&Network, &Curve, &Side) -> Result<Algebraic, Failure>,
) -> Result<Value, Failure> {
    let phi = network(a[0])?;
    let on = one_input(phi, domain(a[2])?)?;
    let f = curve(a[1], context)?;
    let value = match context.backend {
        Backend::Fast => fast(phi, &f, &on)?,
        Backend::Reference => slow(phi, &f, &on)?,
    };
    Ok(lowered(value))
}

fn error_at_nodes(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    let phi = network(a[0])?;
    let on = one_input(phi, domain(a[2])?)?;
    let f = curve(a[1], context)?;
    let mut largest = Rational::zero();
    for piece in pieces_on(phi, &on)? {
        for x in [&piece.lower, &piece.upper].into_iter().flatten() {
            let value = &(&piece.slope[0] * x) + &piece.intercept[0];
            largest = largest.max((&f.near(x).evaluate(x) - &value).abs());
        }
    }
    Ok(Value::rational(largest))
}
