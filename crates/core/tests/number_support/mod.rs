//! Generators of numbers that sit near the limits of the inline representation.
#![allow(dead_code)]

use num_bigint::BigInt;
use num_rational::BigRational;
use quickcheck::{Arbitrary, Gen};
use relu_core::number::{Poly, Rational};

/// An integer: mostly small, often near a power of two or an `i64` limit.
pub fn integer(g: &mut Gen) -> i64 {
    match u8::arbitrary(g) % 8 {
        0..=3 => i64::from(i8::arbitrary(g)) % 12,
        4 => i64::from(i32::arbitrary(g)),
        5 => i64::arbitrary(g),
        6 => {
            let near = i64::from(i8::arbitrary(g)) % 3;
            (1_i64 << (u8::arbitrary(g) % 63)).wrapping_add(near)
        }
        _ => {
            let near = i64::from(u8::arbitrary(g) % 3);
            if bool::arbitrary(g) {
                i64::MAX - near
            } else {
                i64::MIN + near
            }
        }
    }
}

/// A rational number whose numerator and denominator are [`integer`]s, sometimes products of two.
#[derive(Clone, Debug)]
pub struct Number(pub Rational);

impl Arbitrary for Number {
    fn arbitrary(g: &mut Gen) -> Self {
        let denominator = match integer(g) {
            0 => 1,
            n => n,
        };
        let value = Rational::new(integer(g), denominator).unwrap();
        if u8::arbitrary(g) % 6 == 0 {
            return Self(&value * &Rational::from(integer(g)));
        }
        Self(value)
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let simpler = [
            Rational::zero(),
            Rational::one(),
            self.0.half(),
            self.0.floor().into(),
        ];
        let value = self.0.clone();
        Box::new(
            simpler
                .into_iter()
                .filter(move |other| other.bits() < value.bits())
                .map(Self),
        )
    }
}

/// A rational number with a short numerator and denominator.
#[derive(Clone, Debug)]
pub struct Short(pub Rational);

impl Arbitrary for Short {
    fn arbitrary(g: &mut Gen) -> Self {
        let (p, q) = (i8::arbitrary(g) % 8, u8::arbitrary(g) % 4 + 1);
        Self(Rational::new(p.into(), q.into()).unwrap())
    }
}

/// A polynomial of degree at most 5 with short coefficients.
#[derive(Clone, Debug)]
pub struct Small(pub Poly);

impl Arbitrary for Small {
    fn arbitrary(g: &mut Gen) -> Self {
        let length = usize::from(u8::arbitrary(g) % 7);
        Self(Poly::from_coefficients(
            (0..length).map(|_| Short::arbitrary(g).0).collect(),
        ))
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let coefficients = self.0.coefficients().to_vec();
        let shorter = (0..coefficients.len()).map(move |i| {
            let mut rest = coefficients.clone();
            rest.remove(i);
            Self(Poly::from_coefficients(rest))
        });
        Box::new(shorter)
    }
}

/// The same number in the representation of another library.
pub fn oracle(value: &Rational) -> BigRational {
    let part = |text: String| text.parse::<BigInt>().unwrap();
    BigRational::new(
        part(value.numerator().to_string()),
        part(value.denominator().to_string()),
    )
}
