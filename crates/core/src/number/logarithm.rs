//! Enclosures of ln and exp by dyadic numbers.

use std::sync::OnceLock;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};

use super::enclosure::Enclosure;
use super::rational::Rational;

/// Fraction bits of the fixed-point numbers below.
const BITS: u32 = 60;
/// 1 in fixed point.
const ONE: i128 = 1 << BITS;
/// Terms of each series; the remainder is bounded by the next one.
const TERMS: i128 = 30;
/// Largest size of an argument of exp: beyond it the value has more than 92,000 bits.
const MOST_ARGUMENT: i64 = 1 << 16;

/// ln x for x > 0, to about 57 bits after the point and less for huge x; `None` for x ≤ 0.
///
/// # Definition
/// x = 2ᵏ·y with 1 ≤ y < 2, and ln y = 2·artanh(z) = 2·Σ z^{2i+1}/(2i+1) with z = (y−1)/(y+1) ∈ \[0, 1/3). All terms are ≥ 0, so that
/// rounding every operation down gives a lower bound, and rounding up, with the remainder Σ_{i≥n} z^{2i+1}/(2i+1) ≤ z^{2n+1}, an upper one.
///
/// # Exactness
/// Integers; ln 1 = 0 exactly.
pub fn logarithm(x: &Rational) -> Option<Enclosure> {
    if *x <= Rational::zero() {
        return None;
    }
    if x.is_one() {
        return Some(Enclosure::exactly(Rational::zero()));
    }
    let mut power = bits(&x.numerator()) - bits(&IBig::from(x.denominator()));
    if *x < scaled(&Rational::one(), power) {
        power -= 1;
    }
    let mantissa = scaled(x, -power);
    let one = Rational::one();
    let z = (&mantissa - &one)
        .over(&(&mantissa + &one))
        .expect("y + 1 is at least 2");
    let rest = series(&z);
    let two = logarithm_of_two();
    let whole = Enclosure::exactly(Rational::from_integer(power)).times(two);
    Some(whole.plus(&rest))
}

/// exp x, relatively to about 55 bits; `None` where |x| is above 2¹⁶.
///
/// # Definition
/// x = k·ln 2 + r with 0 < r < 3/2, and exp r = Σ rⁱ/i!, rounded as for [`logarithm`]; the remainder from i = n on is at most twice
/// the first term left out, for n ≥ 2.
pub fn exponential(x: &Rational) -> Option<Enclosure> {
    if x.is_zero() {
        return Some(Enclosure::exactly(Rational::one()));
    }
    if x.abs() > Rational::from_integer(MOST_ARGUMENT) {
        return None;
    }
    let two = logarithm_of_two();
    let quotient = x.over(&two.upper).expect("ln 2 is not 0").floor();
    let power = i64::try_from(&quotient).expect("at most 2^17") - 1;
    let rest = Enclosure::exactly(x.clone())
        .minus(&Enclosure::exactly(Rational::from_integer(power)).times(two));
    let (low, high) = (down(&rest.lower).max(0), down(&rest.upper) + 1);
    let (mut lower, mut upper) = (0, 0);
    let (mut small, mut large) = (ONE, ONE);
    for i in 1..=TERMS {
        lower += small;
        upper += large;
        small = (small * low) >> BITS;
        small /= i;
        large = ceil_shift(large * high);
        large = (large + i - 1) / i;
    }
    upper += 2 * large;
    Some(Enclosure {
        lower: scaled(&fixed(lower), power),
        upper: scaled(&fixed(upper), power),
    })
}

/// 2·artanh(z) for 0 ≤ z ≤ 1/3.
fn series(z: &Rational) -> Enclosure {
    let low = down(z);
    let high = match fixed(low) == *z {
        true => low,
        false => low + 1,
    };
    let (low_square, high_square) = ((low * low) >> BITS, ceil_shift(high * high));
    let (mut lower, mut upper) = (0, 0);
    let (mut small, mut large) = (low, high);
    for i in 0..TERMS {
        let odd = 2 * i + 1;
        lower += small / odd;
        upper += (large + odd - 1) / odd;
        small = (small * low_square) >> BITS;
        large = ceil_shift(large * high_square);
    }
    upper += large;
    Enclosure {
        lower: fixed(2 * lower),
        upper: fixed(2 * upper),
    }
}

fn logarithm_of_two() -> &'static Enclosure {
    static TWO: OnceLock<Enclosure> = OnceLock::new();
    TWO.get_or_init(|| series(&Rational::new(1, 3).expect("3 is not 0")))
}

/// The largest fixed-point number ≤ x; |x| < 2⁶.
fn down(x: &Rational) -> i128 {
    let floor = (x * &Rational::from(2).pow(BITS)).floor();
    i128::try_from(&floor).expect("below 2^66")
}

fn fixed(value: i128) -> Rational {
    Rational::from_parts(IBig::from(value), UBig::ONE << BITS as usize)
        .expect("a power of 2 is not 0")
}

/// ⌈value / 2^BITS⌉.
fn ceil_shift(value: i128) -> i128 {
    (value + ONE - 1) >> BITS
}

/// x·2^power.
fn scaled(x: &Rational, power: i64) -> Rational {
    let two = Rational::from(2)
        .power(power)
        .expect("2 is not 0 and the exponent is below 2^32");
    x * &two
}

fn bits(x: &IBig) -> i64 {
    i64::try_from(x.bit_len()).expect("lengths in memory fit 63 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(p: i64, q: i64) -> Rational {
        Rational::new(p, q).unwrap()
    }

    fn width(of: &Enclosure) -> Rational {
        &of.upper - &of.lower
    }

    fn overlap(a: &Enclosure, b: &Enclosure) -> bool {
        a.lower <= b.upper && b.lower <= a.upper
    }

    /// ln(xy) = ln x + ln y, ln(1/x) = −ln x, exp(ln x) = x, and ln is increasing.
    fn laws_of_logarithms(a: u32, b: u32, c: u32, d: u32) -> bool {
        let x = ratio(i64::from(a) + 1, i64::from(b) + 1);
        let y = ratio(i64::from(c) + 1, i64::from(d) + 1);
        let [lx, ly, product, inverse] =
            [x.clone(), y.clone(), &x * &y, x.recip().unwrap()].map(|z| logarithm(&z).unwrap());
        let back = [&lx.lower, &lx.upper].map(|end| exponential(end).unwrap());
        overlap(&lx.plus(&ly), &product)
            && overlap(&lx.negated(), &inverse)
            && (x >= y || lx.lower <= ly.upper)
            && back[0].lower <= x
            && x <= back[1].upper
            && width(&lx) <= ratio(1, 1 << 48)
    }

    /// exp(x + y) = exp x · exp y, and exp x ≥ 1 + x.
    fn laws_of_exponentials(a: i16, b: i16) -> bool {
        let (x, y) = (ratio(a.into(), 1000), ratio(b.into(), 777));
        let [ex, ey, sum] = [x.clone(), y.clone(), &x + &y].map(|z| exponential(&z).unwrap());
        overlap(&ex.times(&ey), &sum)
            && ex.upper >= &Rational::one() + &x
            && width(&ex) <= &ex.upper * &ratio(1, 1 << 48)
    }

    #[test]
    fn laws() {
        quickcheck::quickcheck(laws_of_logarithms as fn(u32, u32, u32, u32) -> bool);
        quickcheck::quickcheck(laws_of_exponentials as fn(i16, i16) -> bool);
    }

    #[test]
    fn known_digits() {
        let e15 = 1_000_000_000_000_000;
        let within = |e: &Enclosure, digits: i64| {
            ratio(digits, e15) <= e.lower && e.upper <= ratio(digits + 1, e15)
        };
        assert!(within(&logarithm(&2.into()).unwrap(), 693_147_180_559_945));
        assert!(within(
            &logarithm(&10.into()).unwrap(),
            2_302_585_092_994_045
        ));
        assert!(within(
            &exponential(&1.into()).unwrap(),
            2_718_281_828_459_045
        ));
        assert!(within(
            &exponential(&ratio(-1, 2)).unwrap(),
            606_530_659_712_633
        ));
    }

    #[test]
    fn edges() {
        assert_eq!(logarithm(&0.into()), None);
        assert_eq!(logarithm(&ratio(-1, 2)), None);
        let zero = Enclosure::exactly(Rational::zero());
        assert_eq!(logarithm(&1.into()), Some(zero));
        assert_eq!(
            exponential(&0.into()),
            Some(Enclosure::exactly(Rational::one()))
        );
        assert_eq!(exponential(&(1 << 17).into()), None);
        let tiny = exponential(&(-65_000).into()).unwrap();
        assert!(Rational::zero() < tiny.lower && tiny.upper < ratio(1, 1 << 62));
        // Powers of 2 and their neighbours, where the mantissa is at an end of [1, 2].
        for n in [1, 2, 59, 60, 61, 200] {
            let power = Rational::from(2).pow(n);
            let found = logarithm(&power).unwrap();
            let two = logarithm(&2.into()).unwrap();
            let n = Rational::from_integer(n.into());
            assert!(overlap(&found, &two.times(&Enclosure::exactly(n))));
        }
    }
}
