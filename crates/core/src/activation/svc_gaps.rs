//! The activation with a tent in every gap of the Smith–Volterra–Cantor set C: 1-Lipschitz, slope 0 on C, |C| = 1/2.
//!
//! # Source
//! Claim `act-stability-needs-continuity`: slopes that are discontinuous on a set of positive measure.
//!
//! # Definition
//! Level k ≥ 1 removes from each of the 2^{k−1} intervals that are left the middle gap of length 4⁻ᵏ, so the intervals of level k
//! have length (2ᵏ + 1)/(2·4ᵏ). On a gap (a,b) with ℓ = b − a and middle μ, ϱ(x) = max(0, ℓ²/4 − |x − μ|); elsewhere ϱ = 0.
//! * ℓ²/4 < ℓ/2: the tent stays inside its gap, and 0 ≤ ϱ ≤ dist(·,C)² gives ϱ′ = 0 on C. N = {μ − ℓ²/4, μ, μ + ℓ²/4}
//!   over all gaps.
//! * Every x ∈ C lies, for each k, in an interval of level k, whose middle gap is nearer than (2ᵏ + 1)/(2·4ᵏ) → 0. So each
//!   neighbourhood of x contains a whole gap, hence the slopes −1, 0, 1 and kinks: δ(x′) clusters at {−1, 0, 1, kink}.
//!
//! # Exactness
//! Follow x down the construction in the coordinate u = 2·4ᵏ·(x − left end) ∈ \[0, 2ᵏ + 1\]: the next level keeps
//! ```text
//! left  child: 4u ≤ 2^{k+1} + 1,   u ← 4u
//! right child: 4u ≥ 2^{k+1} + 3,   u ← 4u − (2^{k+1} + 3)
//! ```
//! and the open interval between them is the gap, |4u − (2^{k+1} + 2)| < 1. Two ways to prove x ∈ C:
//! * x dyadic: once 2·4ᵏ·x is an integer, so is u at this and every later level; for k ≥ 1, 4u ≡ 0 and 2^{k+1} + 2 ≡ 2 modulo 4, so
//!   |4u − (2^{k+1} + 2)| ≥ 2 and no later gap contains x. Dyadic numbers, and with them all ends of gaps, are decided.
//! * The child digits repeat: a point of C with digits d_{k+1} d_{k+2} … has u = 2ᵏ·Σ d_{k+j} 2⁻ʲ + 3·Σ d_{k+j} 4⁻ʲ, and
//!   equality for the repeating string proves x ∈ C.
//!
//! A rational number that meets no gap within [`LEVEL_CAP`] levels and is decided by neither is [`Failure::Unknown`]. As
//! |C| = 1/2, that happens to about half of the other rationals of \[0,1\].

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};

use super::Local;
use crate::failure::Failure;
use crate::field::Sign;
use crate::number::rational::Rational;

/// Deepest level of the construction that is followed.
pub const LEVEL_CAP: usize = 512;

/// Where a point lies relative to C.
#[derive(Clone, Debug, PartialEq)]
enum Place {
    /// Below 0 or above 1.
    Outside,
    /// In C.
    Cantor,
    /// In the open gap (left, right).
    Gap { left: Rational, right: Rational },
}

/// ϱ(x).
pub(super) fn value(x: &Rational) -> Result<Rational, Failure> {
    let Place::Gap { left, right } = place(x)? else {
        return Ok(Rational::zero());
    };
    let (middle, half_width) = tent(&left, &right);
    Ok((half_width - (x - &middle).abs()).max(Rational::zero()))
}

/// The slopes of ϱ at x: both sides at a kink.
pub(super) fn local(x: &Rational) -> Result<Local<Rational>, Failure> {
    let Place::Gap { left, right } = place(x)? else {
        return Ok(Local::Smooth(Rational::zero()));
    };
    let (middle, half_width) = tent(&left, &right);
    let ends = [&middle - &half_width, middle.clone(), &middle + &half_width];
    let slopes = [0, 1, -1, 0].map(Rational::from_integer);
    // The slope of the piece between ends[i − 1] and ends[i] is slopes[i].
    let below = ends.iter().filter(|end| *end < x).count();
    let up_to = ends.iter().filter(|end| *end <= x).count();
    Ok(if below == up_to {
        Local::Smooth(slopes[below].clone())
    } else {
        Local::Kink {
            left: slopes[below].clone(),
            right: slopes[up_to].clone(),
        }
    })
}

/// The cluster values of δ at x that are slopes, and whether the kink value is one too.
pub(super) fn clusters(x: &Rational) -> Result<(Vec<Rational>, bool), Failure> {
    if place(x)? == Place::Cantor {
        return Ok(([-1, 0, 1].map(Rational::from_integer).to_vec(), true));
    }
    Ok(match local(x)? {
        Local::Smooth(slope) => (vec![slope], false),
        Local::Kink { left, right } => (vec![left, right], true),
    })
}

/// The smallest Lipschitz constant of ϱ on \[low, high\], low < high: 0 or 1.
///
/// 0 outside (0,1) and inside one closed gap away from its tent. Every other interval has, with a point of C inside it or
/// two of C at its ends, a whole gap and its tent.
pub(super) fn lipschitz(low: &Rational, high: &Rational) -> Result<Rational, Failure> {
    if high.sign() != Sign::Positive || *low >= Rational::one() {
        return Ok(Rational::zero());
    }
    for inside in [low, high] {
        match place(inside) {
            Ok(Place::Gap { left, right }) if left <= *low && *high <= right => {
                let (middle, half_width) = tent(&left, &right);
                let touches = *low < &middle + &half_width && *high > &middle - &half_width;
                return Ok(Rational::from_integer(touches.into()));
            }
            // A point that met no gap so far can only lie in one shorter than the last level's.
            Err(unknown) if high - low <= fourth_power_reciprocal(LEVEL_CAP) => {
                return Err(unknown);
            }
            _ => {}
        }
    }
    Ok(Rational::one())
}

/// 4⁻ᵏ.
fn fourth_power_reciprocal(k: usize) -> Rational {
    Rational::from_parts(IBig::ONE, UBig::ONE << (2 * k)).expect("a power of two is not zero")
}

/// The middle of a gap and half the width ℓ²/4 of its tent's support.
fn tent(left: &Rational, right: &Rational) -> (Rational, Rational) {
    let length = right - left;
    (
        Rational::midpoint(left, right),
        (&length * &length).half().half(),
    )
}

/// Whether x lies in the Smith–Volterra–Cantor set C.
///
/// Errors: [`Failure::Unknown`] at the stated level cap.
pub fn in_cantor_set(x: &Rational) -> Result<bool, Failure> {
    Ok(matches!(place(x)?, Place::Cantor))
}

fn place(x: &Rational) -> Result<Place, Failure> {
    if x.sign() == Sign::Negative || *x > Rational::one() {
        return Ok(Place::Outside);
    }
    let q = IBig::from(x.denominator());
    let integer_from = x
        .is_dyadic()
        .then(|| x.denominator().bit_len().div_ceil(2).max(1));
    // numerators[k]/q is the coordinate u at level k.
    let mut numerators = vec![x.numerator() * 2];
    let mut digits: Vec<bool> = Vec::new();
    let mut check = 32;
    for k in 0..LEVEL_CAP {
        // 2·4ᵏ·x is an integer from 2k + 1 ≥ bits − 1 on.
        if integer_from.is_some_and(|from| k + 1 >= from && k >= 1) {
            return Ok(Place::Cantor);
        }
        let u = &numerators[k];
        let next = u * 4;
        let left_end = (IBig::ONE << (k + 1)) + IBig::ONE;
        let right_start = &left_end + 2;
        if next <= &left_end * &q {
            digits.push(false);
            numerators.push(next);
        } else if next >= &right_start * &q {
            digits.push(true);
            numerators.push(next - right_start * &q);
        } else {
            let unit = UBig::ONE << (2 * k + 3);
            let offset = Rational::from_parts(next - left_end * &q, unit * x.denominator())
                .expect("a positive denominator");
            let length = fourth_power_reciprocal(k + 1);
            let left = x - &offset;
            return Ok(Place::Gap {
                right: &left + &length,
                left,
            });
        }
        if digits.len() == check {
            if repeats(&digits, &numerators, &q) {
                return Ok(Place::Cantor);
            }
            check *= 2;
        }
    }
    Err(Failure::Unknown(format!(
        "whether {x} lies in the Smith–Volterra–Cantor set: no gap and no repetition in {LEVEL_CAP} levels"
    )))
}

/// Whether some repeating digit string, seen at least twice, has exactly the coordinate of x.
fn repeats(digits: &[bool], numerators: &[IBig], q: &IBig) -> bool {
    (1..=digits.len() / 2).any(|period| {
        // Smallest k from which the digits have this period.
        let k = (period..digits.len())
            .rev()
            .find(|&i| digits[i] != digits[i - period]);
        let k = k.map_or(0, |i| i + 1 - period);
        if digits.len() - k < 2 * period {
            return false;
        }
        let string = &digits[k..k + period];
        let in_base = |base: u8| {
            string.iter().fold(IBig::ZERO, |sum, &digit| {
                sum * base + IBig::from(u8::from(digit))
            })
        };
        // u = 2ᵏ·D₂/(2ᵖ − 1) + 3·D₄/(4ᵖ − 1) and 4ᵖ − 1 = (2ᵖ − 1)(2ᵖ + 1).
        let power = IBig::ONE << period;
        let sum = (in_base(2) << k) * (&power + 1) + in_base(4) * 3;
        sum * q == &numerators[k] * (&power * &power - 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn gap(left: &str, right: &str) -> Place {
        Place::Gap {
            left: q(left),
            right: q(right),
        }
    }

    #[test]
    fn gaps_at_named_points() {
        assert_eq!(place(&q("1/2")).unwrap(), gap("3/8", "5/8"));
        assert_eq!(place(&q("3/16")).unwrap(), gap("5/32", "7/32"));
        assert_eq!(place(&q("10/128")).unwrap(), gap("9/128", "11/128"));
        assert_eq!(place(&q("13/16")).unwrap(), gap("25/32", "27/32"));
    }

    #[test]
    fn ends_of_gaps_and_repeating_addresses_lie_in_the_set() {
        // 4/15 has the child digits 0101…: ½·1/3 + (3/2)·1/15.
        for text in [
            "0", "1", "3/8", "5/8", "5/32", "7/32", "9/128", "4/15", "11/15",
        ] {
            assert_eq!(place(&q(text)).unwrap(), Place::Cantor, "{text}");
        }
        for text in ["-1", "3/2", "1000001/1000000"] {
            assert_eq!(place(&q(text)).unwrap(), Place::Outside, "{text}");
        }
    }

    #[test]
    fn a_gap_next_to_a_repeating_address_is_not_mistaken_for_it() {
        let near = q("4/15") + Rational::new(1, 1 << 40).unwrap();
        assert!(!matches!(place(&near), Ok(Place::Cantor)));
    }

    #[test]
    fn gaps_of_all_levels_have_the_stated_lengths() {
        let mut found = 0;
        for p in 1..997 {
            let x = Rational::new(p, 997).unwrap();
            match place(&x) {
                Ok(Place::Gap { left, right }) => {
                    found += 1;
                    assert!(left < x && x < right);
                    assert_eq!(place(&left).unwrap(), Place::Cantor);
                    assert_eq!(place(&right).unwrap(), Place::Cantor);
                    let level = (&right - &left).denominator().bit_len() / 2;
                    assert_eq!(right - left, fourth_power_reciprocal(level));
                }
                Ok(place) => panic!("{x}: {place:?}"),
                Err(failure) => assert!(matches!(failure, Failure::Unknown(_))),
            }
        }
        // The gaps have total length 1/2.
        assert!((490..507).contains(&found), "{found}");
    }

    #[test]
    fn tent_values_and_slopes() {
        // Gap (3/8, 5/8): ℓ = 1/4, half width 1/64.
        assert_eq!(value(&q("1/2")).unwrap(), q("1/64"));
        assert_eq!(value(&q("63/128")).unwrap(), q("1/128"));
        assert_eq!(value(&q("2/5")).unwrap(), q("0"));
        assert_eq!(
            local(&q("1/2")).unwrap(),
            Local::Kink {
                left: q("1"),
                right: q("-1")
            }
        );
        assert_eq!(
            local(&q("31/64")).unwrap(),
            Local::Kink {
                left: q("0"),
                right: q("1")
            }
        );
        assert_eq!(
            local(&q("33/64")).unwrap(),
            Local::Kink {
                left: q("-1"),
                right: q("0")
            }
        );
        assert_eq!(local(&q("63/128")).unwrap(), Local::Smooth(q("1")));
        assert_eq!(local(&q("65/128")).unwrap(), Local::Smooth(q("-1")));
        assert_eq!(local(&q("2/5")).unwrap(), Local::Smooth(q("0")));
        assert_eq!(local(&q("3/8")).unwrap(), Local::Smooth(q("0")));
    }

    #[test]
    fn the_tent_stays_below_the_squared_distance() {
        for p in 0..512 {
            let x = Rational::new(p, 512).unwrap();
            if let Place::Gap { left, right } = place(&x).unwrap() {
                let distance = (&x - &left).min(&right - &x);
                assert!(value(&x).unwrap() <= &distance * &distance);
            }
        }
    }

    #[test]
    fn clusters_on_the_set_and_off_it() {
        let all = [-1, 0, 1].map(Rational::from_integer).to_vec();
        for text in ["0", "1", "3/8", "4/15"] {
            assert_eq!(clusters(&q(text)).unwrap(), (all.clone(), true));
        }
        assert_eq!(clusters(&q("2/5")).unwrap(), (vec![q("0")], false));
        assert_eq!(clusters(&q("1/2")).unwrap(), (vec![q("1"), q("-1")], true));
        assert_eq!(clusters(&q("-1")).unwrap(), (vec![q("0")], false));
    }

    #[test]
    fn lipschitz_constants() {
        for (low, high, expected) in [
            ("-2", "0", 0),
            ("1", "2", 0),
            ("3/8", "2/5", 0),
            ("3/8", "1/2", 1),
            ("33/64", "5/8", 0),
            ("-1", "1/1000", 1),
            ("5/8", "63/100", 1),
            ("-1", "2", 1),
        ] {
            assert_eq!(
                lipschitz(&q(low), &q(high)).unwrap(),
                Rational::from(expected),
                "[{low}, {high}]"
            );
        }
    }
}
