//! Powers of positive rationals with rational exponents: exact where they are rational, enclosed where they are not.

use std::collections::BTreeMap;

use dashu_int::{IBig, UBig};

use super::enclosure::Enclosure;
use super::rational::Rational;
use crate::failure::Failure;
use crate::field::Sign;

/// Largest numerator and denominator of an exponent.
pub const MOST_EXPONENT: u32 = 64;

/// Binary digits after the point at which a comparison gives up, in steps of factor 4 from 64 on.
const MOST_DIGITS: u32 = 4096;

/// Numerator and denominator of an exponent that is not negative.
///
/// Errors: [`Failure::Undefined`] for a negative one; [`Failure::Limit`] for parts above [`MOST_EXPONENT`].
pub fn exponent_parts(exponent: &Rational) -> Result<(u32, u32), Failure> {
    if exponent.sign() == Sign::Negative {
        return Err(Failure::Undefined(format!(
            "an exponent that is not negative, got {exponent}"
        )));
    }
    let parts = exponent.small_parts().and_then(|(p, q)| {
        let small = |n: i64| u32::try_from(n).ok().filter(|n| *n <= MOST_EXPONENT);
        Some((small(p)?, small(q)?))
    });
    parts.ok_or_else(|| {
        Failure::Limit(format!(
            "numerator and denominator of an exponent: expected at most {MOST_EXPONENT}, got {exponent}"
        ))
    })
}

/// The n-th root of x ≥ 0, n ≥ 1, if it is rational.
pub fn rational_root(x: &Rational, n: u32) -> Option<Rational> {
    let (p, q) = (UBig::try_from(x.numerator()).ok()?, x.denominator());
    let root = |whole: UBig| {
        let root = whole.nth_root(n as usize);
        (root.pow(n as usize) == whole).then_some(root)
    };
    Rational::from_parts(IBig::from(root(p)?), root(q)?)
}

/// Two neighbouring multiples of 2^{−digits} around the n-th root of x ≥ 0; the root itself if it is rational.
///
/// # Definition
/// With ⌊2^{n·digits}·x⌋ between mⁿ and (m+1)ⁿ the root is between m and m + 1 units.
pub fn root_between(x: &Rational, n: u32, digits: u32) -> Enclosure {
    if let Some(root) = rational_root(x, n) {
        return Enclosure::exactly(root);
    }
    let unit = Rational::from(2).pow(digits);
    let whole = (x * &unit.pow(n)).floor();
    let low = UBig::try_from(whole)
        .expect("the number is not negative")
        .nth_root(n as usize);
    let high = Rational::from(IBig::from(low.clone()) + IBig::ONE);
    let scaled = |m: Rational| m.over(&unit).expect("a power of 2 is not 0");
    Enclosure::between(scaled(Rational::from(IBig::from(low))), scaled(high))
}

/// x^r for x ≥ 0 and r ≥ 0, between neighbouring multiples of 2^{−digits} unless it is rational; 0⁰ = 1.
///
/// Errors: as [`exponent_parts`]; [`Failure::Undefined`] for x < 0.
pub fn power_between(x: &Rational, exponent: &Rational, digits: u32) -> Result<Enclosure, Failure> {
    let (p, q) = exponent_parts(exponent)?;
    if x.sign() == Sign::Negative {
        return Err(Failure::Undefined(format!("{x}^({exponent})")));
    }
    Ok(root_between(&x.pow(p), q, digits))
}

/// Whether Σ|w_i|^q ≤ c^q with 1/q = `inverse`; for `inverse` = 0 whether max|w_i| ≤ c.
///
/// # Exactness
/// Decided in ℚ for integer q, and for q = a/b wherever all b-th roots of (|w_i|/c)^a are rational. Otherwise the sum is irrational,
/// since roots of positive rationals with irrational quotients are linearly independent over ℚ (Besicovitch 1940), so it is
/// not 1 and closer bounds decide; past 4096 digits they give up.
///
/// Errors: [`Failure::Undefined`] for c < 0 or 1/q outside \[0, 1\]; [`Failure::Limit`] as [`exponent_parts`];
/// [`Failure::Unknown`] for a sum too close to c^q.
pub fn norm_at_most<'a>(
    entries: impl IntoIterator<Item = &'a Rational>,
    bound: &Rational,
    inverse: &Rational,
) -> Result<bool, Failure> {
    if bound.sign() == Sign::Negative || *inverse > Rational::one() {
        return Err(Failure::Undefined(format!(
            "a bound that is not negative and 1/q in [0, 1], got {bound} and {inverse}"
        )));
    }
    let (b, a) = exponent_parts(inverse)?;
    let mut sizes: BTreeMap<Rational, i64> = BTreeMap::new();
    for entry in entries {
        let size = entry.abs();
        if size > *bound {
            return Ok(false);
        }
        if !size.is_zero() {
            *sizes.entry(size).or_default() += 1;
        }
    }
    if b == 0 || sizes.is_empty() {
        return Ok(true);
    }
    let shares: Vec<(Rational, Rational)> = sizes
        .into_iter()
        .map(|(size, count)| {
            let share = size
                .over(bound)
                .expect("an entry of size at most c is not 0");
            (share.pow(a), count.into())
        })
        .collect();
    let one = Enclosure::exactly(Rational::one());
    let mut digits = 64;
    while digits <= MOST_DIGITS {
        let sum = shares
            .iter()
            .map(|(share, count)| {
                root_between(share, b, digits).times(&Enclosure::exactly(count.clone()))
            })
            .fold(Enclosure::exactly(Rational::zero()), |sum, term| {
                sum.plus(&term)
            });
        if let Some(answer) = sum.is_at_most(&one) {
            return Ok(answer);
        }
        digits *= 4;
    }
    Err(Failure::Unknown(format!(
        "a sum of powers with exponent {a}/{b} that agrees with the bound to {MOST_DIGITS} binary digits"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rational(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn at_most(entries: &[&str], bound: &str, inverse: &str) -> bool {
        let entries: Vec<Rational> = entries.iter().map(|text| rational(text)).collect();
        norm_at_most(&entries, &rational(bound), &rational(inverse)).unwrap()
    }

    #[test]
    fn roots() {
        assert_eq!(rational_root(&rational("8/27"), 3), Some(rational("2/3")));
        assert_eq!(rational_root(&rational("2"), 2), None);
        assert_eq!(rational_root(&rational("0"), 5), Some(rational("0")));
        for text in ["2", "1/3", "17/5", "1000001"] {
            let x = rational(text);
            let found = root_between(&x, 3, 20);
            assert!(found.lower.pow(3) < x && x < found.upper.pow(3));
            assert_eq!(&found.upper - &found.lower, rational("1/1048576"));
        }
        let exact = power_between(&rational("4/9"), &rational("3/2"), 4).unwrap();
        assert_eq!(exact.to_rational(), Some(&rational("8/27")));
    }

    #[test]
    fn boundaries_are_decided_exactly() {
        // 3² + 4² = 5², 1 + 1 = 2, max = c.
        assert!(at_most(&["3", "-4"], "5", "1/2"));
        assert!(!at_most(&["3", "-4", "1/1000000"], "5", "1/2"));
        assert!(at_most(&["1", "-1"], "2", "1") && !at_most(&["1", "-1"], "1999/1000", "1"));
        assert!(at_most(&["5", "-5", "5"], "5", "0") && !at_most(&["5", "-6"], "5", "0"));
        // q = 3/2: 3·1 + 3·8 = 27 = 9^(3/2).
        assert!(at_most(&["1", "4", "4", "4", "1", "1"], "9", "2/3"));
        assert!(!at_most(
            &["1", "4", "4", "4", "1", "1", "1/100"],
            "9",
            "2/3"
        ));
        // q = 3/2: 2·2^(3/2) = c^(3/2) for c = 2^(5/3) = 3.17480….
        assert!(at_most(&["2", "2"], "3175/1000", "2/3"));
        assert!(!at_most(&["2", "2"], "3174/1000", "2/3"));
    }

    #[test]
    fn degenerate_cases() {
        assert!(at_most(&[], "0", "1/2") && at_most(&["0", "0"], "0", "1"));
        assert!(!at_most(&["1/9"], "0", "0"));
        let entries = [Rational::one()];
        let check = |bound: &str, inverse: &str| {
            norm_at_most(&entries, &rational(bound), &rational(inverse))
        };
        assert!(matches!(check("-1", "1"), Err(Failure::Undefined(_))));
        assert!(matches!(check("1", "3/2"), Err(Failure::Undefined(_))));
        assert!(matches!(check("1", "-1/2"), Err(Failure::Undefined(_))));
        assert!(matches!(check("1", "1/65"), Err(Failure::Limit(_))));
        let far = Rational::new(1, 10).unwrap().pow(4000);
        let sum = |small: Rational| {
            norm_at_most(
                &[Rational::one(), small],
                &Rational::one(),
                &rational("2/3"),
            )
        };
        // Rational terms are added exactly, however small; others count down to the last digit looked at.
        assert_eq!(sum(far.clone()), Ok(false));
        assert!(matches!(
            sum(&far * &Rational::from(3)),
            Err(Failure::Unknown(_))
        ));
    }
}
