//! Laws of rational numbers, with another library as the oracle.
#![allow(clippy::unwrap_used)]

mod number_support;

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use num_rational::BigRational;
use num_rational::Ratio;
use number_support::{Number, integer, oracle};
use quickcheck::{Arbitrary, Gen, QuickCheck};
use relu_core::number::Rational;
use relu_core::{Field, Sign};

fn check<T: quickcheck::Testable>(law: T) {
    QuickCheck::new().tests(3000).quickcheck(law);
}

fn canonical(value: &Rational) -> bool {
    let (p, q) = (value.numerator(), value.denominator());
    let fits = i64::try_from(&p).is_ok_and(|p| p != i64::MIN) && i64::try_from(&q).is_ok();
    let text = oracle(value);
    value.small_parts().is_some() == fits
        && text.numer().to_string() == p.to_string()
        && text.denom().to_string() == q.to_string()
}

fn agrees(value: &Rational, expected: &BigRational) -> bool {
    canonical(value) && oracle(value) == *expected
}

#[test]
fn operations_agree_with_the_oracle() {
    fn law(a: Number, b: Number) -> bool {
        let (a, b) = (a.0, b.0);
        let (x, y) = (oracle(&a), oracle(&b));
        agrees(&(&a + &b), &(&x + &y))
            && agrees(&(&a - &b), &(&x - &y))
            && agrees(&(&a * &b), &(&x * &y))
            && agrees(&-&a, &-&x)
            && a.cmp(&b) == x.cmp(&y)
            && (a == b) == (x == y)
            && match a.over(&b) {
                Some(quotient) => agrees(&quotient, &(&x / &y)),
                None => b.is_zero(),
            }
    }
    check(law as fn(Number, Number) -> bool);
}

#[test]
fn fused_products_agree_with_the_oracle() {
    fn law(sum: Number, a: Number, b: Number) -> bool {
        let expected = oracle(&sum.0) + oracle(&a.0) * oracle(&b.0);
        let mut fused = sum.0;
        fused.add_product(&a.0, &b.0);
        agrees(&fused, &expected)
    }
    check(law as fn(Number, Number, Number) -> bool);
}

#[test]
fn chains_of_operations_agree_with_the_oracle() {
    // Sums of products of fractions with nearby denominators: the paths with common factors.
    fn law(terms: Vec<(u8, i32, u8)>) -> bool {
        let mut sum = Rational::zero();
        let mut expected = BigRational::from_integer(0.into());
        for (p, r, q) in terms {
            let (x, y) = (
                Rational::new(p.into(), i64::from(q) + 1),
                Rational::new(r.into(), i64::from(q % 7) + 1),
            );
            let (x, y) = (x.unwrap(), y.unwrap());
            sum.add_product(&x, &y);
            sum = &sum - &y;
            expected = expected + oracle(&x) * oracle(&y) - oracle(&y);
        }
        agrees(&sum, &expected)
    }
    check(law as fn(Vec<(u8, i32, u8)>) -> bool);
}

#[test]
fn fields_laws_hold() {
    fn law(a: Number, b: Number, c: Number) -> bool {
        let (a, b, c) = (a.0, b.0, c.0);
        &(&a + &b) + &c == &a + &(&b + &c)
            && &(&a * &b) * &c == &a * &(&b * &c)
            && &a * &(&b + &c) == &(&a * &b) + &(&a * &c)
            && (&a - &a).is_zero()
            && (a.is_zero() || a.recip().map(|inverse| &inverse * &a) == Some(Rational::one()))
            && a.times(&Rational::zero()).is_zero()
    }
    check(law as fn(Number, Number, Number) -> bool);
}

#[test]
fn texts_round_trip() {
    fn law(a: Number) -> bool {
        let text = a.0.to_string();
        text == oracle(&a.0).to_string()
            && text.parse::<Rational>().as_ref() == Ok(&a.0)
            && serde_json::from_str::<Rational>(&serde_json::to_string(&a.0).unwrap()).unwrap()
                == a.0
    }
    check(law as fn(Number) -> bool);
}

#[test]
fn decimals_are_exact() {
    fn law(digits: i32, places: u8) -> bool {
        let places = usize::from(places % 12) + 1;
        let magnitude = format!("{:0width$}", digits.unsigned_abs(), width = places + 1);
        let (whole, fraction) = magnitude.split_at(magnitude.len() - places);
        let text = format!("{}{whole}.{fraction}", if digits < 0 { "-" } else { "" });
        let expected =
            Rational::from(i64::from(digits)).over(&Rational::from(10).pow(places as u32));
        text.parse::<Rational>().ok() == expected
    }
    check(law as fn(i32, u8) -> bool);
}

#[test]
fn roundings_and_signs_agree_with_the_oracle() {
    fn law(a: Number) -> bool {
        let (a, x) = (&a.0, oracle(&a.0));
        let zero: BigRational = Ratio::from_integer(0.into());
        a.floor().to_string() == x.floor().to_integer().to_string()
            && a.ceil().to_string() == x.ceil().to_integer().to_string()
            && a.sign() == Sign::from(x.cmp(&zero))
            && a.is_integer() == x.is_integer()
            && a.bits() as u64 == x.numer().bits() + x.denom().bits()
            && Rational::from_rbig(a.to_rbig()) == *a
            && agrees(&a.abs(), &if x < zero { -&x } else { x.clone() })
            && a.to_i64().map(Rational::from_integer) == a.to_i64().map(|_| a.clone())
    }
    check(law as fn(Number) -> bool);
}

#[test]
fn powers_multiply() {
    fn law(a: Number, m: u8, n: u8) -> bool {
        let (m, n) = (u32::from(m % 6), u32::from(n % 6));
        a.0.pow(m + n) == &a.0.pow(m) * &a.0.pow(n)
            && a.0.power(-i64::from(n)) == a.0.pow(n).recip()
    }
    check(law as fn(Number, u8, u8) -> bool);
}

#[test]
fn equal_numbers_hash_alike() {
    fn hash(value: &Rational) -> u64 {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    }
    fn law(a: Number, b: Number) -> bool {
        let back = &(&a.0 + &b.0) - &b.0;
        back == a.0 && hash(&back) == hash(&a.0)
    }
    check(law as fn(Number, Number) -> bool);
}

#[test]
fn the_simplest_number_is_inside() {
    fn law(a: Number, b: Number) -> bool {
        let (low, high) = (a.0.clone().min(b.0.clone()), a.0.max(b.0));
        match Rational::simplest_between(&low, &high) {
            Some(value) => {
                let middle = Rational::midpoint(&low, &high);
                low < value && value < high && value.denominator() <= middle.denominator()
            }
            None => low == high,
        }
    }
    check(law as fn(Number, Number) -> bool);
}

#[test]
fn the_generator_reaches_both_representations() {
    let mut g = Gen::from_size_and_seed(10, 1);
    let numbers: Vec<_> = (0..400).map(|_| Number::arbitrary(&mut g).0).collect();
    let inline = numbers
        .iter()
        .filter(|value| value.small_parts().is_some())
        .count();
    assert!((100..390).contains(&inline), "{inline}");
    assert!((0..200).map(|_| integer(&mut g)).any(|n| n == i64::MIN));
}
