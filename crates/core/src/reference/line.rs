//! Networks with one input on an interval, by walking along the line.
//!
//! The walk knows nothing of layers split into intervals: at each point it evaluates the network with its one-sided derivative and
//! goes on to the nearest point ahead where some pre-activation meets a kink.

use dashu_ratio::RBig;

use super::dense::{Dense, affine, small};
use crate::activation::Activation;
use crate::failure::Failure;
use crate::geometry::{Piece, Side};
use crate::network::Network;
use crate::number::rational::Rational;

/// Largest number of steps of one walk.
const MOST_STEPS: usize = 1 << 21;

/// The maximal affine segments of RΦ on an interval that is not a point, ascending.
///
/// Errors: [`Failure::Shape`] for another number of inputs than 1; [`Failure::Unknown`] unless the activation is continuous
/// and piecewise linear; [`Failure::Undefined`] on a single point; [`Failure::Limit`] for too many steps.
pub fn segments(phi: &Network, on: &Side) -> Result<Vec<Piece>, Failure> {
    let walk = Walk::new(phi)?;
    if on.is_point() {
        return Err(Failure::Undefined("segments on a single point".into()));
    }
    let start = on.lower.as_ref().or(on.upper.as_ref());
    let start = start.map_or(RBig::ZERO, Rational::to_rbig);
    let end = |end: &Option<Rational>| end.as_ref().map(Rational::to_rbig);
    let mut found = Vec::new();
    if on.lower.is_none() {
        for step in walk.steps(&start, false, None)?.into_iter().rev() {
            push(&mut found, step);
        }
    }
    if on.upper.is_none() || on.lower.is_some() {
        for step in walk.steps(&start, true, end(&on.upper))? {
            push(&mut found, step);
        }
    }
    Ok(found)
}

/// The largest value on an interval: at a finite end of some segment.
///
/// Errors: [`Failure::Shape`] unless Φ has one input and one output; [`Failure::Undefined`] where it is infinite; otherwise as
/// for [`segments`].
pub fn supremum(phi: &Network, on: &Side) -> Result<Rational, Failure> {
    let values = end_values(phi, on, false)?;
    Ok(values.into_iter().max().expect("a segment has a value"))
}

/// The smallest value on an interval; otherwise as [`supremum`].
pub fn infimum(phi: &Network, on: &Side) -> Result<Rational, Failure> {
    let values = end_values(phi, on, true)?;
    Ok(values.into_iter().min().expect("a segment has a value"))
}

/// The values at all finite ends, and at 0 for a constant on the line.
fn end_values(phi: &Network, on: &Side, smallest: bool) -> Result<Vec<Rational>, Failure> {
    scalar(phi)?;
    if let (true, Some(point)) = (on.is_point(), &on.lower) {
        return super::realize(phi, std::slice::from_ref(point));
    }
    let found = segments(phi, on)?;
    let mut values = Vec::new();
    for segment in &found {
        let (slope, intercept) = (&segment.slope[0], &segment.intercept[0]);
        let rises = if smallest { -slope } else { slope.clone() };
        let zero = Rational::zero();
        if (segment.upper.is_none() && rises > zero) || (segment.lower.is_none() && rises < zero) {
            return Err(Failure::Undefined(
                "an extreme value that is infinite: the network grows on a ray".into(),
            ));
        }
        for end in [&segment.lower, &segment.upper].into_iter().flatten() {
            values.push(intercept + &(slope * end));
        }
    }
    if values.is_empty() {
        values.push(found[0].intercept[0].clone());
    }
    Ok(values)
}

/// Refuses other numbers of outputs than 1.
pub(super) fn scalar(phi: &Network) -> Result<(), Failure> {
    if phi.outdim() == 1 {
        return Ok(());
    }
    Err(Failure::Shape(format!(
        "outputs of a network on the line: expected 1, got {}",
        phi.outdim()
    )))
}

/// Appends a segment, or prolongs the last one by it.
fn push(found: &mut Vec<Piece>, next: Piece) {
    match found.last_mut() {
        Some(last) if last.slope == next.slope && last.intercept == next.intercept => {
            last.upper = next.upper;
        }
        _ => found.push(next),
    }
}

struct Walk {
    dense: Dense,
    /// Slope and constant of the activation from each kink on, the first one from −∞ on.
    rule: Vec<(Option<RBig>, RBig, RBig)>,
}

impl Walk {
    fn new(phi: &Network) -> Result<Self, Failure> {
        if phi.indim() != 1 {
            return Err(Failure::Shape(format!(
                "inputs of a network on the line: expected 1, got {}",
                phi.indim()
            )));
        }
        Ok(Self {
            dense: Dense::new(phi),
            rule: rule(phi.activation())?,
        })
    }

    /// The steps from a point to an end, or to infinity: in the order of the walk.
    fn steps(&self, from: &RBig, right: bool, end: Option<RBig>) -> Result<Vec<Piece>, Failure> {
        let mut x = from.clone();
        let mut steps = Vec::new();
        loop {
            let (value, slope, ahead) = self.germ(&x, right);
            let mut next = ahead.map(|t| if right { &x + t } else { &x - t });
            let last = match (&next, &end) {
                (None, _) => true,
                (Some(next), Some(end)) => next >= end,
                (Some(_), None) => false,
            };
            if last {
                next = end.clone();
            }
            let intercept = value
                .iter()
                .zip(&slope)
                .map(|(value, slope)| value - slope * &x)
                .collect();
            let ends = [Some(x), next.clone()].map(|end| end.map(Rational::from_rbig));
            let [lower, upper] = if right {
                ends
            } else {
                let [near, far] = ends;
                [far, near]
            };
            steps.push(Piece {
                lower,
                upper,
                slope: small(slope),
                intercept: small(intercept),
            });
            match next {
                Some(next) if !last => x = next,
                _ => return Ok(steps),
            }
            if steps.len() > MOST_STEPS {
                return Err(Failure::Limit(format!(
                    "steps along the line: expected at most {MOST_STEPS}"
                )));
            }
        }
    }

    /// RΦ(x), its derivative to one side (with respect to x), and how far ahead the nearest kink lies.
    fn germ(&self, x: &RBig, right: bool) -> (Vec<RBig>, Vec<RBig>, Option<RBig>) {
        let direction = if right { RBig::ONE } else { -RBig::ONE };
        let (mut values, mut slopes) = (vec![x.clone()], vec![direction.clone()]);
        let mut nearest: Option<RBig> = None;
        let (last, hidden) = self
            .dense
            .layers
            .split_last()
            .expect("a network has at least one layer");
        for (weights, bias) in hidden {
            let zero = vec![RBig::ZERO; bias.len()];
            let (z, dz) = (
                affine(weights, bias, &values),
                affine(weights, &zero, &slopes),
            );
            (values, slopes) = z
                .iter()
                .zip(&dz)
                .map(|(z, dz)| {
                    for (kink, ..) in &self.rule {
                        let Some(kink) = kink else { continue };
                        if *dz == RBig::ZERO {
                            continue;
                        }
                        let t = (kink - z) / dz;
                        if t > RBig::ZERO && nearest.as_ref().is_none_or(|best| t < *best) {
                            nearest = Some(t);
                        }
                    }
                    self.activated(z, dz)
                })
                .unzip();
        }
        let (weights, bias) = last;
        let zero = vec![RBig::ZERO; bias.len()];
        let value = affine(weights, bias, &values);
        let slope = affine(weights, &zero, &slopes);
        let slope = slope.into_iter().map(|slope| slope * &direction).collect();
        (value, slope, nearest)
    }

    /// ϱ(z) and its derivative along z + t·dz, t → 0+.
    fn activated(&self, z: &RBig, dz: &RBig) -> (RBig, RBig) {
        let (_, slope, constant) = self
            .rule
            .iter()
            .rev()
            .find(|(kink, ..)| {
                kink.as_ref()
                    .is_none_or(|kink| z > kink || (z == kink && *dz > RBig::ZERO))
            })
            .expect("the first piece begins at −∞");
        (slope * z + constant, slope * dz)
    }
}

/// The affine pieces of a continuous piecewise-linear activation, written out from their definitions.
fn rule(activation: &Activation) -> Result<Vec<(Option<RBig>, RBig, RBig)>, Failure> {
    let (zero, one) = (RBig::ZERO, RBig::ONE);
    let from_zero = |left: RBig, right: RBig| {
        vec![
            (None, left, RBig::ZERO),
            (Some(RBig::ZERO), right, RBig::ZERO),
        ]
    };
    Ok(match activation {
        Activation::Relu => from_zero(zero, one),
        Activation::Leaky(slope) => from_zero(slope.to_rbig(), one),
        Activation::Absolute => from_zero(-one.clone(), one),
        Activation::Identity => vec![(None, one, zero)],
        Activation::HardTanh => vec![
            (None, zero.clone(), -one.clone()),
            (Some(-one.clone()), one.clone(), zero.clone()),
            (Some(one.clone()), zero, one),
        ],
        Activation::Polynomial(poly) if poly.degree() <= Some(1) => {
            let coefficient = |i| poly.coefficient(i).to_rbig();
            vec![(None, coefficient(1), coefficient(0))]
        }
        other => {
            return Err(Failure::Unknown(format!(
                "segments need a continuous piecewise-linear activation, got {other}"
            )));
        }
    })
}
