//! The activation ϱ(x) = ∫₀ˣ g, g(Σ b_k 2⁻ᵏ) = Σ b_k 3⁻ᵏ: Lipschitz, with its kinks at the dyadic numbers of (0,1).
//!
//! # Source
//! Claim `act-stability-restriction`: slopes that are continuous off a *dense* set of kinks do not give the stability lemma.
//!
//! # Definition
//! Binary digits b_k ∈ {0,1}; a dyadic x ∈ (0,1) has two expansions, the finite one gives g(x+) and the one that ends in
//! ones gives g(x−) = g(x+) − 3⁻ˢ + Σ_{k>s} 3⁻ᵏ = g(x+) − 3⁻ˢ/2, where s is the place of its last digit 1. So:
//! * g ascends, jumps by 3⁻ˢ/2 at every dyadic point of (0,1), and is continuous at every other point of (0,1);
//!   ϱ has the one-sided slopes g(x−) < g(x+) at the former and the slope g(x) at the latter: N = the dyadics of (0,1).
//! * At 0: g(2⁻ⁿ) = 3⁻ⁿ → 0 = g(0), so with slope 0 below 0 the point 0 is no kink. At 1: the expansion 0.111… gives
//!   g(1−) = Σ 3⁻ᵏ = 1/2, so with slope 1/2 above 1 the point 1 is no kink. Any other continuation would add kinks.
//! * Cluster values of δ(x′), x′ → x ∈ \[0,1\] off N: along points off N, g(x′) → g(x); dyadics lie in every
//!   neighbourhood and contribute the kink value. On N both one-sided limits of g and the kink value. At 0 and 1 as off N.
//!
//! # Exactness
//! The doubling map t ↦ 2t mod 1 has a finite orbit at every rational t = r/d: with d = 2ˢ·m, m odd, the orbit enters its
//! cycle after exactly s steps. With digit b of t: g(t) = (b + g(2t mod 1))/3 and, for G(t) = ∫₀ᵗ g,
//! ```text
//! b = 0: G(t) = G(2t)/6          (substitute g(u) = g(2u)/3, u = v/2)
//! b = 1: G(t) = G(1/2) + (t − 1/2)/3 + G(2t − 1)/6,   G(1/2) = G(1)/6,   G(1) = 1/4
//!             = (8r − 3d)/(24d) + G(2t − 1)/6
//! ```
//! (G(1) = 2·G(1)/6 + 1/6). On a cycle these are geometric series. Orbits longer than [`ORBIT_CAP`] are refused.

use dashu_int::{IBig, UBig};

use super::Local;
use crate::failure::Failure;
use crate::field::Sign;
use crate::number::rational::Rational;

/// Longest orbit of the doubling map that is followed; an odd denominator m may have period up to m − 1.
pub const ORBIT_CAP: usize = 4096;

/// ϱ(x).
pub(super) fn value(x: &Rational) -> Result<Rational, Failure> {
    if x.sign() != Sign::Positive {
        return Ok(Rational::zero());
    }
    if *x >= Rational::one() {
        return Ok((x - &Rational::one()).half() + fraction(1, 4));
    }
    let orbit = Orbit::new(x)?;
    let d = &orbit.denominator;
    // Σ over digits 1 of (8r − 3d)·6^{−i}, prefix and cycle apart, each over 24·d·6^{length−1}.
    let horner = |points: &[Step]| {
        points.iter().fold(IBig::ZERO, |sum, step| {
            let sum = sum * 6;
            if step.digit {
                sum + IBig::from(&step.numerator * 8u8) - IBig::from(d * 3u8)
            } else {
                sum
            }
        })
    };
    let (prefix, cycle) = orbit.steps.split_at(orbit.prefix);
    Ok(orbit.series(6, horner(prefix), horner(cycle), cycle.len()) * over(IBig::from(6), d * 24u8))
}

/// The slopes of ϱ at x: both sides at a kink.
pub(super) fn local(x: &Rational) -> Result<Local<Rational>, Failure> {
    if x.sign() != Sign::Positive {
        return Ok(Local::Smooth(Rational::zero()));
    }
    if *x >= Rational::one() {
        return Ok(Local::Smooth(fraction(1, 2)));
    }
    let orbit = Orbit::new(x)?;
    let horner = |points: &[Step]| {
        points.iter().fold(IBig::ZERO, |sum, step| {
            sum * 3 + IBig::from(u8::from(step.digit))
        })
    };
    let (prefix, cycle) = orbit.steps.split_at(orbit.prefix);
    let right = orbit.series(3, horner(prefix), horner(cycle), cycle.len());
    if !cycle.is_empty() {
        return Ok(Local::Smooth(right));
    }
    let jump = over(IBig::ONE, UBig::from(3u8).pow(orbit.prefix) * 2u8);
    Ok(Local::Kink {
        left: &right - &jump,
        right,
    })
}

/// The cluster values of δ at x that are slopes, and whether the kink value is one too.
pub(super) fn clusters(x: &Rational) -> Result<(Vec<Rational>, bool), Failure> {
    let near = x.sign() != Sign::Negative && *x <= Rational::one();
    Ok(match local(x)? {
        Local::Smooth(slope) => (vec![slope], near),
        Local::Kink { left, right } => (vec![left, right], true),
    })
}

/// The smallest Lipschitz constant of ϱ on \[low, high\], low < high: the slopes ascend, so the left slope at `high`.
pub(super) fn lipschitz(high: &Rational) -> Result<Rational, Failure> {
    Ok(match local(high)? {
        Local::Smooth(slope) => slope,
        Local::Kink { left, .. } => left,
    })
}

/// One step of the doubling map at t = numerator/denominator ∈ (0,1): its first binary digit.
struct Step {
    numerator: UBig,
    digit: bool,
}

/// The orbit of a rational of (0,1) under doubling, up to the end of its first cycle.
struct Orbit {
    denominator: UBig,
    steps: Vec<Step>,
    /// Steps before the cycle; all of them for a dyadic number, whose cycle {0} is left out.
    prefix: usize,
}

impl Orbit {
    fn new(x: &Rational) -> Result<Self, Failure> {
        let denominator = x.denominator();
        let mut r = x.numerator().into_parts().1;
        let prefix = denominator.trailing_zeros().unwrap_or(0);
        let mut steps = Vec::new();
        let mut entry = UBig::ZERO;
        loop {
            if steps.len() == prefix {
                if r.is_zero() {
                    break;
                }
                entry = r.clone();
            } else if steps.len() > prefix && r == entry {
                break;
            }
            if steps.len() == ORBIT_CAP {
                return Err(Failure::Limit(format!(
                    "binary expansion of {x}: expected at most {ORBIT_CAP} digits before it repeats"
                )));
            }
            let doubled = &r * 2u8;
            let digit = doubled >= denominator;
            let next = if digit {
                doubled - &denominator
            } else {
                doubled
            };
            steps.push(Step {
                numerator: std::mem::replace(&mut r, next),
                digit,
            });
        }
        Ok(Self {
            denominator,
            steps,
            prefix,
        })
    }

    /// Σ_{i≥1} a_i·b⁻ⁱ for the base b, from P = Σ a_i·b^{s−i} over the prefix (length s) and Q likewise over one cycle
    /// (length n): P/bˢ + b⁻ˢ·Q/(bⁿ − 1).
    fn series(&self, base: u8, prefix: IBig, cycle: IBig, length: usize) -> Rational {
        let scale = UBig::from(base).pow(self.prefix);
        let first = over(prefix, scale.clone());
        if length == 0 {
            return first;
        }
        let period = UBig::from(base).pow(length) - UBig::ONE;
        first + over(cycle, scale * period)
    }
}

fn over(p: IBig, q: UBig) -> Rational {
    Rational::from_parts(p, q).expect("a positive denominator")
}

fn fraction(p: i64, q: i64) -> Rational {
    Rational::new(p, q).expect("the denominator is not zero")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn slope(text: &str) -> Rational {
        match local(&q(text)).unwrap() {
            Local::Smooth(slope) => slope,
            Local::Kink { .. } => panic!("{text} is a kink"),
        }
    }

    #[test]
    fn slopes_at_named_points() {
        for (x, expected) in [
            ("1/3", "1/8"),
            ("2/3", "3/8"),
            ("1/5", "1/20"),
            ("1/7", "1/26"),
        ] {
            assert_eq!(slope(x), q(expected), "g({x})");
        }
        assert_eq!(
            (slope("0"), slope("-3"), slope("1"), slope("7/2")),
            (q("0"), q("0"), q("1/2"), q("1/2"))
        );
    }

    #[test]
    fn dyadic_points_are_kinks_with_the_jump_of_g() {
        for (x, left, right) in [
            ("1/2", "1/6", "1/3"),
            ("1/4", "1/18", "1/9"),
            ("3/4", "7/18", "4/9"),
        ] {
            assert_eq!(
                local(&q(x)).unwrap(),
                Local::Kink {
                    left: q(left),
                    right: q(right)
                }
            );
        }
    }

    #[test]
    fn integrals_at_rational_points() {
        for (x, expected) in [
            ("1/2", "1/24"),
            ("1", "1/4"),
            ("1/3", "1/60"),
            ("1/4", "1/144"),
            ("-1", "0"),
            ("3", "5/4"),
            ("3/4", "19/144"),
        ] {
            assert_eq!(value(&q(x)).unwrap(), q(expected), "ϱ({x})");
        }
    }

    #[test]
    fn integrals_obey_the_self_similarity_and_the_symmetry() {
        for p in 1..60 {
            let x = fraction(p, 60);
            let (g, mirrored) = (value(&x).unwrap(), value(&(Rational::one() - &x)).unwrap());
            assert_eq!(value(&x.half()).unwrap() * Rational::from(6), g);
            // g(1 − x) = 1/2 − g(x) ⟹ G(1 − x) = G(1) − x/2 + G(x).
            assert_eq!(mirrored, fraction(1, 4) - x.half() + &g);
        }
    }

    #[test]
    fn difference_quotients_lie_between_the_slopes() {
        let points: Vec<Rational> = (-5..25).map(|p| fraction(p, 19)).collect();
        for pair in points.windows(2) {
            let quotient =
                (value(&pair[1]).unwrap() - value(&pair[0]).unwrap()) * Rational::from(19);
            let Ok(Local::Smooth(low)) = local(&pair[0]) else {
                panic!()
            };
            let Ok(Local::Smooth(high)) = local(&pair[1]) else {
                panic!()
            };
            assert!(
                low <= quotient && quotient <= high,
                "{low} {quotient} {high}"
            );
        }
    }

    #[test]
    fn clusters_join_slopes_and_the_kink_value() {
        assert_eq!(clusters(&q("1/3")).unwrap(), (vec![q("1/8")], true));
        assert_eq!(
            clusters(&q("1/2")).unwrap(),
            (vec![q("1/6"), q("1/3")], true)
        );
        assert_eq!(clusters(&q("0")).unwrap(), (vec![q("0")], true));
        assert_eq!(clusters(&q("1")).unwrap(), (vec![q("1/2")], true));
        assert_eq!(clusters(&q("-1/9")).unwrap(), (vec![q("0")], false));
        assert_eq!(clusters(&q("10/9")).unwrap(), (vec![q("1/2")], false));
    }

    #[test]
    fn a_long_period_is_refused() {
        // 2 generates the units modulo 10007·… : the period of 1/10007 exceeds the cap.
        assert!(matches!(value(&q("1/10007")), Err(Failure::Limit(_))));
        assert!(matches!(local(&q("1/10007")), Err(Failure::Limit(_))));
    }

    #[test]
    fn lipschitz_constant_is_the_last_left_slope() {
        assert_eq!(lipschitz(&q("1/2")).unwrap(), q("1/6"));
        assert_eq!(lipschitz(&q("2")).unwrap(), q("1/2"));
        assert_eq!(lipschitz(&q("-2")).unwrap(), q("0"));
    }
}
