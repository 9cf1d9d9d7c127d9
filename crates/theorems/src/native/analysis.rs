//! Natives that look at a network on a whole box: pieces, extreme values, errors.

use claim_language::expr::Type::{Box_, Function, Nat, Network as N, Real};
use relu_core::geometry::ridges::{self, RidgeDeviation};
use relu_core::geometry::{Domain, Side, activation_pieces_on, cells, line, pieces_on};
use relu_core::network::Network;
use relu_core::number::polynomial::Polynomial;
use relu_core::number::rational::Rational;
use relu_core::{Failure, reference};

use super::arguments::{curve, domain, network, polynomial_in};
use super::geometry::{Certified, MOST_CELLS};
use super::{Native, native};
use crate::algebraic::lowered;
use crate::enclosed;
use crate::value::{Backend, Context, Value};

const ONE_INPUT: &str = "derived: exact evaluation";
const ERRORS: &str = "derived: claims squaring-w1inf, squaring-optimal";

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
            |a, c| extreme(a, c, End::Largest),
        )
        .partial()
        .tex(r"\sup_{#2}#1"),
        native(
            "inf",
            &[N, Box_],
            Real,
            "The smallest value of a network with one output on a box; undefined where it is infinite.",
            ONE_INPUT,
            |a, c| extreme(a, c, End::Smallest),
        )
        .partial()
        .tex(r"\inf_{#2}#1"),
        native(
            "sup_error",
            &[N, Function, Box_],
            Real,
            "sup |RΦ − f| on a box, for one output and a piecewise polynomial f; undefined where it is infinite. With several inputs f is a polynomial, and above degree 2 the value is known by bounds.",
            ERRORS,
            |a, c| error(a, c, Norm::Sup),
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
            "max(sup |RΦ − f|, ess sup max_i |∂_i(RΦ − f)|) on a box, for one output and a continuous piecewise polynomial f; undefined where it is infinite, and on null sets. With several inputs f is a polynomial, and above degree 2 the value is known by bounds.",
            ERRORS,
            |a, c| error(a, c, Norm::Sobolev),
        )
        .partial()
        .tex(r"\lVert #1-#2\rVert_{W^{1,\infty}(#3)}")
        .twin(
            "value",
            &[N, Function, Box_],
            "sup |RΦ − f| alone.",
            "the derivative forgotten in the norm",
            "square(1), f = x², [0,1]: 1/16 instead of 1/2",
            |a, c| error(a, c, Norm::Sup),
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

/// The side of a box for a network with one input; more inputs are over a limit.
fn one_input(phi: &Network, on: &Domain) -> Result<Side, Failure> {
    only_side(on.sides(phi.indim())?).map_err(|sides| {
        Failure::Limit(format!(
            "errors at breakpoints on a box: expected 1 input, got {}",
            sides.len()
        ))
    })
}

fn only_side(sides: Vec<Side>) -> Result<Side, Vec<Side>> {
    <[Side; 1]>::try_from(sides).map(|[side]| side)
}

/// Which end of the range of a network.
#[derive(Clone, Copy)]
enum End {
    Smallest,
    Largest,
}

fn extreme(a: &[&Value], context: &Context, end: End) -> Result<Value, Failure> {
    let (phi, on) = (network(a[0])?, domain(a[1])?);
    let value = match (only_side(on.sides(phi.indim())?), context.backend, end) {
        (Ok(side), Backend::Fast, End::Largest) => line::supremum(phi, &side)?.value,
        (Ok(side), Backend::Fast, End::Smallest) => line::infimum(phi, &side)?.value,
        (Ok(side), Backend::Reference, End::Largest) => reference::supremum(phi, &side)?,
        (Ok(side), Backend::Reference, End::Smallest) => reference::infimum(phi, &side)?,
        (Err(_), backend, end) => {
            let (least, greatest) = match backend {
                Backend::Fast => {
                    let (least, greatest) = cells::extremes(phi, on, MOST_CELLS)?;
                    (least.value, greatest.value)
                }
                Backend::Reference => Certified::new(phi, on)?.range(phi)?,
            };
            match end {
                End::Smallest => least,
                End::Largest => greatest,
            }
        }
    };
    Ok(Value::rational(value))
}

/// Which error of a network against a function.
#[derive(Clone, Copy)]
enum Norm {
    Sup,
    Sobolev,
}

fn error(a: &[&Value], context: &Context, norm: Norm) -> Result<Value, Failure> {
    let (phi, on) = (network(a[0])?, domain(a[2])?);
    match only_side(on.sides(phi.indim())?) {
        Ok(side) => {
            let f = curve(a[1], context)?;
            let value = match (context.backend, norm) {
                (Backend::Fast, Norm::Sup) => line::sup_error(phi, &f, &side)?.value,
                (Backend::Fast, Norm::Sobolev) => line::w1inf_error(phi, &f, &side)?.value,
                (Backend::Reference, Norm::Sup) => reference::sup_error(phi, &f, &side)?,
                (Backend::Reference, Norm::Sobolev) => reference::w1inf_error(phi, &f, &side)?,
            };
            Ok(lowered(value))
        }
        Err(_) => {
            let p = polynomial_in(a[1], phi.indim(), context)?;
            error_on_cells(phi, &p, on, context, norm)
        }
    }
}

/// The error of a network with several inputs: exact against polynomials of degree at most 2, enclosed above.
fn error_on_cells(
    phi: &Network,
    p: &Polynomial,
    on: &Domain,
    context: &Context,
    norm: Norm,
) -> Result<Value, Failure> {
    let along_ridges = ridges::deviation(phi, p, on)?.filter(RidgeDeviation::is_exact);
    let (value, derivative) = match (context.backend, along_ridges) {
        (Backend::Fast, Some(found)) => (found.deviation.value, found.deviation.derivative),
        (Backend::Reference, Some(found)) => found.witness().check(phi, p, on)?,
        (Backend::Fast, None) => {
            let found = cells::deviation(phi, p, on, MOST_CELLS)?;
            (found.value, found.derivative)
        }
        (Backend::Reference, None) => Certified::new(phi, on)?.error(phi, p)?,
    };
    Ok(enclosed::lowered(match norm {
        Norm::Sup => value,
        Norm::Sobolev => value.max(&derivative),
    }))
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
