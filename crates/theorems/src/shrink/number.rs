//! Simpler numbers and vectors.

use relu_core::field::Sign;
use relu_core::number::rational::Rational;

use super::complexity::{Measured, magnitudes};

/// Denominators that a fraction is rounded to, if they are smaller than its own.
const DENOMINATORS: [i64; 9] = [2, 3, 4, 5, 6, 8, 10, 16, 100];

/// Numbers strictly simpler than `x`, best first: 0, 1, −1, the nearest integers, |x|, half of it, one less, coarser fractions.
pub fn rational_candidates(x: &Rational) -> impl Iterator<Item = Rational> + use<> {
    let one = Rational::one();
    let mut list = vec![Rational::zero(), one.clone(), -&one];
    let floor = Rational::from(x.floor());
    let ceil = Rational::from(x.ceil());
    let (near, far) = if x.sign() == Sign::Negative {
        (ceil, floor)
    } else {
        (floor, ceil)
    };
    list.extend([near, far, x.abs()]);

    let (p, q) = magnitudes(x);
    let signed = |value: Rational| {
        if x.sign() == Sign::Negative {
            -value
        } else {
            value
        }
    };
    if x.is_integer() {
        let half = Rational::from(p.half().floor());
        list.extend([signed(half), signed(&p - &one)]);
    } else {
        for d in DENOMINATORS.map(Rational::from_integer) {
            if d < q {
                let scaled = x * &d;
                for rounded in [scaled.floor(), scaled.ceil()] {
                    list.extend(Rational::from(rounded).over(&d));
                }
            }
        }
        // The same denominator with a smaller numerator, or what is left of it after cancelling.
        for numerator in [one.clone(), Rational::from(p.half().floor()), &p - &one] {
            list.extend(numerator.over(&q).map(signed));
        }
    }
    let bound = x.complexity();
    let mut kept: Vec<Rational> = Vec::with_capacity(list.len());
    for value in list {
        if value.complexity() < bound && !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept.into_iter()
}

/// Vectors of the same length strictly simpler than `x`: zero, one coordinate zero, all coordinates rounded to integers, one
/// coordinate replaced by one of its [`rational_candidates`].
pub fn vector_candidates(x: &[Rational]) -> impl Iterator<Item = Vec<Rational>> + use<> {
    let x = x.to_vec();
    let bound = x.complexity();
    let truncated = |value: &Rational| match value.sign() {
        Sign::Negative => Rational::from(value.ceil()),
        _ => Rational::from(value.floor()),
    };
    let replaced = |x: &[Rational], i: usize, value: Rational| {
        let mut y = x.to_vec();
        y[i] = value;
        y
    };
    let whole = [
        vec![Rational::zero(); x.len()],
        x.iter().map(truncated).collect(),
    ];
    let zeroed: Vec<_> = (0..x.len())
        .map(|i| replaced(&x, i, Rational::zero()))
        .collect();
    let single = (0..x.len()).flat_map(move |i| {
        let x = x.clone();
        rational_candidates(&x[i])
            .filter(|value| !value.is_zero())
            .map(move |value| replaced(&x, i, value))
    });
    whole
        .into_iter()
        .chain(zeroed)
        .chain(single)
        .filter(move |y| y.complexity() < bound)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use crate::shrink::minimise;

    fn q(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn list(text: &str) -> Vec<String> {
        rational_candidates(&q(text))
            .map(|value| value.to_string())
            .collect()
    }

    #[test]
    fn candidates_of_single_numbers() {
        assert!(list("0").is_empty());
        assert_eq!(list("1"), ["0"]);
        assert_eq!(list("-1"), ["0", "1"]);
        assert_eq!(list("7"), ["0", "1", "-1", "3", "6"]);
        assert_eq!(list("-4"), ["0", "1", "-1", "4", "-2", "-3"]);
        assert_eq!(list("1/2"), ["0", "1", "-1"]);
        assert_eq!(
            list("-7/3"),
            ["0", "1", "-1", "-2", "-3", "7/3", "-5/2", "-1/3"]
        );
        assert!(list("22/101").iter().any(|value| value == "1/4"));
    }

    #[test]
    fn numbers_shrink_to_the_boundary_of_what_is_kept() {
        for (start, bound, least) in [
            ("1000", "37", "37"),
            ("-1000", "-1", "-1"),
            ("22/7", "3", "3"),
        ] {
            let (start, bound) = (q(start), q(bound));
            let keep = |x: &Rational| {
                if bound.sign() == Sign::Negative {
                    *x <= bound
                } else {
                    *x >= bound
                }
            };
            assert_eq!(
                minimise(start, rational_candidates, keep, 1000).to_string(),
                least
            );
        }
        let fraction = |x: &Rational| !x.is_integer() && *x < q("1");
        assert_eq!(
            minimise(q("355/113"), rational_candidates, |x| !x.is_integer(), 1000),
            q("1/2")
        );
        assert_eq!(
            minimise(q("55/113"), rational_candidates, fraction, 1000),
            q("1/2")
        );
    }

    #[test]
    fn vectors_keep_their_length_and_shrink_coordinate_by_coordinate() {
        let start = vec![q("22/101"), q("-7"), q("1/2")];
        assert!(vector_candidates(&start).all(|y| y.len() == 3));
        let keep = |x: &Vec<Rational>| x[1].sign() == Sign::Negative;
        assert_eq!(
            minimise(start, |x| vector_candidates(x), keep, 1000),
            [q("0"), q("-1"), q("0")]
        );
        assert_eq!(vector_candidates(&[]).count(), 0);
        assert_eq!(vector_candidates(&[q("0"), q("0")]).count(), 0);
    }
}
