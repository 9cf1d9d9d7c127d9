//! The pieces in 128-bit integers with one denominator per neuron; gives up where a number does not fit.
//!
//! On an interval every neuron is (S·x + T)/D with D fixed for the whole line: D depends on the weights before it only, not
//! on the breakpoints. So a layer costs two integer products per weight and interval, and a sign two more.

use std::cmp::Ordering;

use super::{MOST_PIECES, Piece, too_many};
use crate::failure::Failure;
use crate::geometry::domain::Side;
use crate::geometry::standing::Profile;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// The activation pieces on an interval; `None` where an integer leaves 128 bits.
///
/// Errors ([`Failure::Limit`]): more than [`MOST_PIECES`].
pub(super) fn pieces(
    phi: &Network,
    profile: &Profile,
    on: &Side,
) -> Result<Option<Vec<Piece>>, Failure> {
    let (Some(mut line), Some(rule)) = (Line::new(on), Rule::new(profile)) else {
        return Ok(None);
    };
    let (last, hidden) = phi
        .layers()
        .split_last()
        .expect("a network has at least one layer");
    for layer in hidden {
        match Scaled::new(layer, &line.scales, rule.kink_denominator)
            .and_then(|scaled| line.after(&scaled, &rule))
        {
            Some(next) => line = next,
            None => return Ok(None),
        }
        if line.cuts.len() >= MOST_PIECES {
            return Err(too_many());
        }
    }
    Ok(Scaled::new(last, &line.scales, 1).and_then(|scaled| line.outputs(&scaled, on)))
}

/// p/q with q > 0, in lowest terms.
type Ratio = (i128, i128);

fn ratio(value: &Rational) -> Option<Ratio> {
    value.small_parts().map(|(p, q)| (p.into(), q.into()))
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = match (u64::try_from(a), u64::try_from(b)) {
            (Ok(small), Ok(divisor)) => (b, u128::from(small % divisor)),
            _ => (b, a % b),
        };
    }
    // |i128::MIN| cannot come out: operands that reach it have failed a checked operation before.
    i128::try_from(a).unwrap_or(1)
}

fn lcm(a: i128, b: i128) -> Option<i128> {
    (a / gcd(a, b)).checked_mul(b)
}

/// The multiple n with n·D = value·D, an integer by the choice of D.
fn multiple(value: &Rational, scale: i128) -> Option<i128> {
    let (p, q) = ratio(value)?;
    p.checked_mul(scale / q)
}

/// A layer with row i multiplied by D_i and column j divided by the denominator of its input: all integers.
struct Scaled {
    rows: Vec<Vec<(usize, i128)>>,
    bias: Vec<i128>,
    scales: Vec<i128>,
}

impl Scaled {
    /// D_i is a multiple of the denominators of all products and of the bias, and of `also`.
    fn new(layer: &Layer, inputs: &[i128], also: i128) -> Option<Self> {
        let mut scaled = Self {
            rows: Vec::with_capacity(layer.rows()),
            bias: Vec::with_capacity(layer.rows()),
            scales: Vec::with_capacity(layer.rows()),
        };
        for i in 0..layer.rows() {
            let mut scale = lcm(also, ratio(layer.bias(i))?.1)?;
            for (j, weight) in layer.entries(i) {
                let (p, q) = ratio(weight)?;
                let divisor = gcd(p, inputs[j]);
                scale = lcm(scale, q.checked_mul(inputs[j] / divisor)?)?;
            }
            let row = layer.entries(i).map(|(j, weight)| {
                let (p, q) = ratio(weight)?;
                let divisor = gcd(p, inputs[j]);
                let rest = scale / q.checked_mul(inputs[j] / divisor)?;
                Some((j, (p / divisor).checked_mul(rest)?))
            });
            scaled.rows.push(row.collect::<Option<_>>()?);
            scaled.bias.push(multiple(layer.bias(i), scale)?);
            scaled.scales.push(scale);
        }
        Some(scaled)
    }
}

/// The activation in integers: ϱ(n/D) = (slope·n + constant·D)/(D·common) on a piece.
struct Rule {
    kinks: Vec<Ratio>,
    pieces: Vec<(i128, i128)>,
    common: i128,
    kink_denominator: i128,
}

impl Rule {
    fn new(profile: &Profile) -> Option<Self> {
        let kinks: Vec<Ratio> = profile.kinks().iter().map(ratio).collect::<Option<_>>()?;
        let affine = (0..=kinks.len()).map(|i| {
            let piece = profile.piece(i);
            (piece.coefficient(1), piece.coefficient(0))
        });
        let mut common = 1;
        for (slope, constant) in affine.clone() {
            common = lcm(common, lcm(ratio(&slope)?.1, ratio(&constant)?.1)?)?;
        }
        let pieces = affine
            .map(|(slope, constant)| {
                Some((multiple(&slope, common)?, multiple(&constant, common)?))
            })
            .collect::<Option<_>>()?;
        let mut kink_denominator = 1;
        for (_, q) in &kinks {
            kink_denominator = lcm(kink_denominator, *q)?;
        }
        Some(Self {
            kinks,
            pieces,
            common,
            kink_denominator,
        })
    }
}

/// The layer reached: the breakpoints and, per interval and neuron, S and T.
struct Line {
    lower: Option<Ratio>,
    upper: Option<Ratio>,
    cuts: Vec<Ratio>,
    /// One pair per neuron, interval after interval.
    neurons: Vec<(i128, i128)>,
    scales: Vec<i128>,
}

impl Line {
    fn new(on: &Side) -> Option<Self> {
        let end = |end: &Option<Rational>| match end {
            None => Some(None),
            Some(value) => ratio(value).map(Some),
        };
        Some(Self {
            lower: end(&on.lower)?,
            upper: end(&on.upper)?,
            cuts: Vec::new(),
            neurons: vec![(1, 0)],
            scales: vec![1],
        })
    }

    fn ends(&self, interval: usize) -> (Option<Ratio>, Option<Ratio>) {
        let left = match interval.checked_sub(1) {
            Some(before) => Some(self.cuts[before]),
            None => self.lower,
        };
        (left, self.cuts.get(interval).copied().or(self.upper))
    }

    /// The pre-activations of a layer on an interval.
    fn sums(&self, layer: &Scaled, interval: usize, z: &mut Vec<(i128, i128)>) -> Option<()> {
        let width = self.scales.len();
        let inputs = &self.neurons[interval * width..(interval + 1) * width];
        z.clear();
        for (row, bias) in layer.rows.iter().zip(&layer.bias) {
            let (mut slope, mut constant) = (0_i128, *bias);
            for (j, weight) in row {
                slope = slope.checked_add(weight.checked_mul(inputs[*j].0)?)?;
                constant = constant.checked_add(weight.checked_mul(inputs[*j].1)?)?;
            }
            z.push((slope, constant));
        }
        Some(())
    }

    /// The line after a hidden layer.
    fn after(&self, layer: &Scaled, rule: &Rule) -> Option<Self> {
        let width = layer.scales.len();
        let mut next = Self {
            lower: self.lower,
            upper: self.upper,
            cuts: Vec::with_capacity(2 * self.cuts.len() + 2),
            neurons: Vec::with_capacity(2 * self.neurons.len()),
            scales: layer
                .scales
                .iter()
                .map(|scale| scale.checked_mul(rule.common))
                .collect::<Option<_>>()?,
        };
        let kinks: Vec<Vec<i128>> = (layer.scales.iter())
            .map(|scale| {
                let of = |(p, q): &Ratio| p.checked_mul(scale / q);
                rule.kinks.iter().map(of).collect::<Option<_>>()
            })
            .collect::<Option<_>>()?;
        let (mut z, mut places) = (Vec::with_capacity(width), vec![0; width]);
        let mut inside: Vec<Ratio> = Vec::new();
        for interval in 0..=self.cuts.len() {
            let (left, right) = self.ends(interval);
            self.sums(layer, interval, &mut z)?;
            inside.clear();
            for ((line, kinks), place) in z.iter().zip(&kinks).zip(&mut places) {
                *place = 0;
                for kink in kinks {
                    let (a, b) = (
                        sign(*line, *kink, left, true)?,
                        sign(*line, *kink, right, false)?,
                    );
                    if a.reverse() == b && a != Ordering::Equal {
                        inside.push(crossing(*line, *kink)?);
                    }
                    *place += usize::from(a.then(b) == Ordering::Greater);
                }
            }
            inside.sort_unstable_by(|a, b| compare(*a, *b));
            inside.dedup();
            let mut start = left;
            for (at, cut) in inside.iter().map(Some).chain([None]).enumerate() {
                let end = cut.copied().or(right);
                if at > 0 || cut.is_some() {
                    for ((line, kinks), place) in z.iter().zip(&kinks).zip(&mut places) {
                        *place = 0;
                        for kink in kinks {
                            let on = sign(*line, *kink, start, true)?;
                            let on = match on {
                                Ordering::Equal => sign(*line, *kink, end, false)?,
                                other => other,
                            };
                            *place += usize::from(on == Ordering::Greater);
                        }
                    }
                }
                for ((line, place), scale) in z.iter().zip(&places).zip(&layer.scales) {
                    let (slope, constant) = rule.pieces[*place];
                    next.neurons.push((
                        line.0.checked_mul(slope)?,
                        line.1
                            .checked_mul(slope)?
                            .checked_add(constant.checked_mul(*scale)?)?,
                    ));
                }
                next.cuts.extend(cut);
                start = end;
            }
            if interval < self.cuts.len() {
                next.cuts.push(self.cuts[interval]);
            }
        }
        Some(next)
    }

    /// The affine pieces of the last layer.
    fn outputs(&self, layer: &Scaled, on: &Side) -> Option<Vec<Piece>> {
        let mut z = Vec::with_capacity(layer.scales.len());
        let mut found = Vec::with_capacity(self.cuts.len() + 1);
        let mut lower = on.lower.clone();
        for interval in 0..=self.cuts.len() {
            self.sums(layer, interval, &mut z)?;
            let upper = match self.cuts.get(interval) {
                Some((p, q)) => Some(Rational::reduced(*p, *q)),
                None => on.upper.clone(),
            };
            let of = |select: fn(&(i128, i128)) -> i128| {
                let values = z.iter().zip(&layer.scales);
                values
                    .map(|(line, scale)| {
                        let value = select(line);
                        let common = gcd(value, *scale);
                        Rational::reduced(value / common, scale / common)
                    })
                    .collect()
            };
            found.push(Piece {
                lower: lower.clone(),
                upper: upper.clone(),
                slope: of(|line| line.0),
                intercept: of(|line| line.1),
            });
            lower = upper;
        }
        Some(found)
    }
}

/// The sign of S·x + T − K at an end of an interval; `None` for the end stands for −∞ on the left and ∞ on the right.
#[inline]
fn sign(line: (i128, i128), kink: i128, end: Option<Ratio>, left: bool) -> Option<Ordering> {
    let rest = line.1.checked_sub(kink)?;
    Some(match end {
        Some((p, q)) => line
            .0
            .checked_mul(p)?
            .checked_add(rest.checked_mul(q)?)?
            .cmp(&0),
        None => {
            let far = line.0.cmp(&0);
            (if left { far.reverse() } else { far }).then(rest.cmp(&0))
        }
    })
}

/// The zero of S·x + T − K, S ≠ 0.
fn crossing(line: (i128, i128), kink: i128) -> Option<Ratio> {
    let top = kink.checked_sub(line.1)?;
    let common = gcd(top, line.0);
    let (p, q) = (top / common, line.0 / common);
    Some(if q < 0 {
        (p.checked_neg()?, q.checked_neg()?)
    } else {
        (p, q)
    })
}

/// The order of a/b and c/d, by continued fractions where a cross product does not fit.
fn compare((mut a, mut b): Ratio, (mut c, mut d): Ratio) -> Ordering {
    let mut reversed = false;
    loop {
        let order = match (a.checked_mul(d), c.checked_mul(b)) {
            (Some(x), Some(y)) => x.cmp(&y),
            _ => a.div_euclid(b).cmp(&c.div_euclid(d)),
        };
        let products = a.checked_mul(d).is_some() && c.checked_mul(b).is_some();
        let (r, s) = (a.rem_euclid(b), c.rem_euclid(d));
        if products || order != Ordering::Equal || r == 0 || s == 0 {
            let order = order.then(r.cmp(&0).cmp(&s.cmp(&0)));
            return if reversed { order.reverse() } else { order };
        }
        // r/b < s/d iff d/s < b/r.
        (a, b, c, d) = (b, r, d, s);
        reversed = !reversed;
    }
}
