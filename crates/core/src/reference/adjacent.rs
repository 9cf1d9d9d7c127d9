//! Adjacent patterns from the definition: every side of every neuron tried, feasibility by Fourier–Motzkin
//! elimination.
//!
//! Independent of the fan and its cones: dense rows, recomputed for every pattern, no convexity shortcuts.

use crate::activation::{Activation, Kinks};
use crate::failure::Failure;
use crate::field::{RationalOrder, Sign};
use crate::geometry::Adjacent;
use crate::linear::fourier_motzkin::strict_direction;
use crate::network::Network;
use crate::number::rational::Rational;

/// The patterns of Φ adjacent to y, as [`geometry::adjacent`](crate::geometry::adjacent) up to order and choice of
/// the directions.
///
/// Errors: [`Failure::Unknown`] for activations with countably many kinks or curved pieces; [`Failure::Shape`] for
/// an input of another length; [`Failure::Limit`] where the elimination gives up.
pub fn adjacent(phi: &Network, y: &[Rational]) -> Result<Vec<Adjacent<Rational>>, Failure> {
    if !phi.activation().is_piecewise_linear() && *phi.activation() != Activation::Heaviside {
        return Err(Failure::Unknown(format!(
            "adjacent patterns with activation {}",
            phi.activation()
        )));
    }
    phi.check_input(y.len())?;
    let sizes: Vec<usize> = phi.layers()[..phi.depth() - 1]
        .iter()
        .map(|layer| layer.rows())
        .collect();
    let total: usize = sizes.iter().sum();
    let mut found = Vec::new();
    let mut pending = vec![Vec::new()];
    while let Some(pattern) = pending.pop() {
        let Some(direction) = witness(phi, y, &pattern)? else {
            continue;
        };
        if pattern.len() == total {
            found.push(completed(phi, y, &sizes, &pattern, direction)?);
            continue;
        }
        let sides = if conditions(phi, y, &pattern)?.next_is_kink {
            vec![Sign::Positive, Sign::Zero, Sign::Negative]
        } else {
            vec![off_kink_side(phi, &conditions(phi, y, &pattern)?.next)?]
        };
        pending.extend(sides.into_iter().map(|side| {
            let mut longer = pattern.clone();
            longer.push(side);
            longer
        }));
    }
    if found
        .iter()
        .all(|adjacent: &Adjacent<Rational>| adjacent.dimension > 0)
    {
        found.push(point(phi, y, &sizes)?);
    }
    Ok(found)
}

/// What the sides chosen so far say about the direction, and the next pre-activation.
struct Conditions {
    positive: Vec<Vec<Rational>>,
    zero: Vec<Vec<Rational>>,
    next: Rational,
    next_is_kink: bool,
}

/// Follows values and rows through the neurons whose side is chosen.
fn conditions(phi: &Network, y: &[Rational], pattern: &[Sign]) -> Result<Conditions, Failure> {
    let d = phi.indim();
    let (mut positive, mut zero) = (Vec::new(), Vec::new());
    let mut chosen = pattern.iter();
    let mut values = y.to_vec();
    let mut rows: Vec<Vec<Rational>> = (0..d)
        .map(|i| (0..d).map(|j| Rational::from(i64::from(i == j))).collect())
        .collect();
    for layer in &phi.layers()[..phi.depth() - 1] {
        let weights = layer.weights();
        let (mut next_values, mut next_rows) = (Vec::new(), Vec::new());
        for i in 0..layer.rows() {
            let mut z = layer.bias(i).clone();
            let mut row = vec![Rational::zero(); d];
            for (j, value) in values.iter().enumerate() {
                z = &z + &(weights.get(i, j) * value);
                for (sum, entry) in row.iter_mut().zip(&rows[j]) {
                    *sum = &*sum + &(weights.get(i, j) * entry);
                }
            }
            let on_kink = phi.activation().is_kink(&z, &RationalOrder)?;
            let Some(side) = chosen.next() else {
                return Ok(Conditions {
                    positive,
                    zero,
                    next: z,
                    next_is_kink: on_kink,
                });
            };
            let activation = phi.activation();
            let mut value = activation.value(&z, &RationalOrder)?;
            let slope = if !on_kink {
                activation.slope(&z, &Rational::zero(), &RationalOrder)?
            } else {
                match side {
                    Sign::Positive => {
                        if *activation == Activation::Heaviside {
                            value = Rational::one();
                        }
                        positive.push(row.clone());
                        activation.right_slope(&z, &RationalOrder)?
                    }
                    Sign::Negative => {
                        positive.push(row.iter().map(|entry| -entry).collect());
                        activation.left_slope(&z, &RationalOrder)?
                    }
                    Sign::Zero => {
                        zero.push(row.clone());
                        Rational::zero()
                    }
                }
            };
            next_values.push(value);
            next_rows.push(row.iter().map(|entry| entry * &slope).collect());
        }
        (values, rows) = (next_values, next_rows);
    }
    Ok(Conditions {
        positive,
        zero,
        next: Rational::zero(),
        next_is_kink: false,
    })
}

/// A direction with the sides chosen so far.
fn witness(
    phi: &Network,
    y: &[Rational],
    pattern: &[Sign],
) -> Result<Option<Vec<Rational>>, Failure> {
    let Conditions { positive, zero, .. } = conditions(phi, y, pattern)?;
    strict_direction(&positive, &zero, phi.indim())
}

/// Off the kinks: above or below the largest one.
fn off_kink_side(phi: &Network, z: &Rational) -> Result<Sign, Failure> {
    match phi.activation().kinks() {
        Kinks::None => Ok(Sign::Positive),
        Kinks::Finite(kinks) => Ok(if kinks.iter().all(|kink| kink < z) {
            Sign::Positive
        } else {
            Sign::Negative
        }),
        Kinks::Countable(which) => Err(Failure::Unknown(format!("kinks at {which}"))),
    }
}

fn completed(
    phi: &Network,
    y: &[Rational],
    sizes: &[usize],
    pattern: &[Sign],
    direction: Vec<Rational>,
) -> Result<Adjacent<Rational>, Failure> {
    let zero = conditions(phi, y, pattern)?.zero;
    let dimension = phi.indim() - rank(zero);
    let direction = if dimension == 0 {
        vec![Rational::zero(); direction.len()]
    } else {
        direction
    };
    let mut rest = pattern;
    let sides = sizes
        .iter()
        .map(|size| {
            let (layer, later) = rest.split_at(*size);
            rest = later;
            layer.to_vec()
        })
        .collect();
    Ok(Adjacent {
        full_dimensional: dimension == phi.indim(),
        direction,
        sides,
        dimension,
    })
}

/// The point y: every neuron on a kink stays there.
fn point(phi: &Network, y: &[Rational], sizes: &[usize]) -> Result<Adjacent<Rational>, Failure> {
    let mut pattern = Vec::new();
    for _ in 0..sizes.iter().sum() {
        let Conditions {
            next, next_is_kink, ..
        } = conditions(phi, y, &pattern)?;
        pattern.push(if next_is_kink {
            Sign::Zero
        } else {
            off_kink_side(phi, &next)?
        });
    }
    let zero = vec![Rational::zero(); phi.indim()];
    let mut point = completed(phi, y, sizes, &pattern, zero.clone())?;
    (point.full_dimensional, point.dimension, point.direction) = (phi.indim() == 0, 0, zero);
    Ok(point)
}

/// The rank of the rows, by elimination.
fn rank(mut rows: Vec<Vec<Rational>>) -> usize {
    let mut rank = 0;
    while let Some(row) = rows.pop() {
        let Some(pivot) = row.iter().position(|entry| !entry.is_zero()) else {
            continue;
        };
        rank += 1;
        for other in &mut rows {
            let factor = other[pivot]
                .over(&row[pivot])
                .expect("the pivot is not zero");
            for (entry, subtrahend) in other.iter_mut().zip(&row) {
                *entry = &*entry - &(&factor * subtrahend);
            }
        }
    }
    rank
}
