//! The two activations with countably many kinks, a second time: by recursion on values instead of digit strings.

use std::collections::BTreeMap;

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::dense::power;
use crate::failure::Failure;

/// Longest orbit that is followed.
const ORBIT_CAP: usize = 4096;

/// Deepest level of the Cantor set that is followed.
const LEVEL_CAP: usize = 512;

fn fraction(p: i64, q: u64) -> RBig {
    RBig::from_parts(IBig::from(p), UBig::from(q))
}

/// ϱ(x) = ∫₀ˣ g and its slope g(x), `None` at a dyadic number of (0,1).
///
/// Both obey f(t) = a(t) + b·f(2t mod 1): g(t) = (digit + g(2t mod 1))/3 and, with G(1) = 1/4, G(t) = G(2t)/6 below 1/2 and
/// G(1/2) + (t − 1/2)/3 + G(2t − 1)/6 from 1/2 on. Around a cycle the equations are solved for the value at its entry.
pub(super) fn binary_to_ternary(x: &RBig) -> Result<(RBig, Option<RBig>), Failure> {
    let (zero, one, half) = (RBig::ZERO, RBig::ONE, fraction(1, 2));
    if *x <= zero {
        return Ok((zero.clone(), Some(zero)));
    }
    if *x >= one {
        return Ok((fraction(1, 4) + (x - one) / RBig::from(2u8), Some(half)));
    }
    let mut orbit: Vec<RBig> = Vec::new();
    let mut seen: BTreeMap<RBig, usize> = BTreeMap::new();
    let mut t = x.clone();
    let entry = loop {
        if let Some(&entry) = seen.get(&t) {
            break entry;
        }
        // A dyadic number needs one step more, for the fixed point 0.
        if orbit.len() > ORBIT_CAP {
            return Err(Failure::Limit(format!(
                "orbit of {x}: expected at most {ORBIT_CAP} steps"
            )));
        }
        seen.insert(t.clone(), orbit.len());
        orbit.push(t.clone());
        let doubled = &t + &t;
        t = if doubled >= one {
            doubled - &one
        } else {
            doubled
        };
    };
    let solve = |step: &dyn Fn(&RBig) -> (RBig, RBig)| {
        // f(orbit[i]) = sum + factor·f(what follows the last step taken).
        let chain = |points: &[RBig]| {
            points
                .iter()
                .fold((RBig::ZERO, RBig::ONE), |(sum, factor), t| {
                    let (a, b) = step(t);
                    (sum + &factor * a, factor * b)
                })
        };
        let (cycle_sum, cycle_factor) = chain(&orbit[entry..]);
        let at_entry = cycle_sum / (RBig::ONE - cycle_factor);
        let (sum, factor) = chain(&orbit[..entry]);
        sum + factor * at_entry
    };
    let g = solve(&|t| {
        (
            if *t >= half {
                fraction(1, 3)
            } else {
                RBig::ZERO
            },
            fraction(1, 3),
        )
    });
    let integral = solve(&|t| {
        let a = if *t >= half {
            fraction(1, 24) + (t - &half) / RBig::from(3u8)
        } else {
            RBig::ZERO
        };
        (a, fraction(1, 6))
    });
    let dyadic = orbit[orbit.len() - 1].is_zero();
    Ok((integral, (!dyadic).then_some(g)))
}

/// The tents in the gaps of the Smith–Volterra–Cantor set and their slope, `None` at the three kinks of a tent.
///
/// Level k takes the middle 4⁻ᵏ out of the interval \[low, high\] around x. A point that is never in a gap is accepted as a
/// point of the set when its left–right choices repeat and the series x = Σ_{right at k} (2ᵏ + 3)/(2·4ᵏ) of the repeating choices
/// has exactly the value x; or when it is a multiple of 1/(2·4ᵏ) inside an interval of level k ≥ 1: the ends of that interval
/// are such multiples too, it is an odd number 2ᵏ + 1 of steps long, and a gap inside it is less than one step wide around a
/// point half-way between two multiples, of which it contains none.
pub(super) fn svc_gaps(x: &RBig) -> Result<(RBig, Option<RBig>), Failure> {
    let on_set = (RBig::ZERO, Some(RBig::ZERO));
    let (mut low, mut high) = (RBig::ZERO, RBig::ONE);
    if *x < low || *x > high {
        return Ok(on_set);
    }
    let two = RBig::from(2u8);
    let mut choices = Vec::new();
    let mut length = RBig::ONE;
    for level in 0..LEVEL_CAP {
        if level >= 1 && (x * &two / &length).is_int() {
            return Ok(on_set);
        }
        length /= RBig::from(4u8);
        let middle = (&low + &high) / &two;
        let (left, right) = (&middle - &length / &two, &middle + &length / &two);
        if *x <= left {
            high = left;
            choices.push(false);
        } else if *x >= right {
            low = right;
            choices.push(true);
        } else {
            let height = &length * &length / RBig::from(4u8);
            let distance = if *x > middle {
                x - &middle
            } else {
                &middle - x
            };
            let kink = distance.is_zero() || distance == height;
            let slope = if distance > height {
                RBig::ZERO
            } else if *x < middle {
                RBig::ONE
            } else {
                -RBig::ONE
            };
            return Ok((
                (height - distance).max(RBig::ZERO),
                (!kink).then_some(slope),
            ));
        }
    }
    for period in 1..=LEVEL_CAP / 2 {
        for start in 0..=LEVEL_CAP - 2 * period {
            if (start..LEVEL_CAP - period).all(|i| choices[i] == choices[i + period]) {
                if series(&choices[..start], &choices[start..start + period]) == *x {
                    return Ok(on_set);
                }
                break;
            }
        }
    }
    Err(Failure::Unknown(format!(
        "whether {x} lies in the Smith–Volterra–Cantor set: no gap and no repetition in {LEVEL_CAP} levels"
    )))
}

/// Σ over the levels k with choice `true` of 2⁻ᵏ/2 + (3/2)·4⁻ᵏ, for a prefix and a string repeated for ever.
fn series(prefix: &[bool], repeated: &[bool]) -> RBig {
    let geometric = |base: u8| {
        let ratio = RBig::from_parts(IBig::ONE, UBig::from(base));
        let sum = |choices: &[bool]| {
            choices.iter().rev().fold(RBig::ZERO, |sum, &choice| {
                (if choice { sum + RBig::ONE } else { sum }) * &ratio
            })
        };
        let shift = power(&ratio, prefix.len());
        sum(prefix) + shift * sum(repeated) / (RBig::ONE - power(&ratio, repeated.len()))
    };
    (geometric(2) + RBig::from(3u8) * geometric(4)) / RBig::from(2u8)
}
