//! The distance of a function from a cosine on an interval, enclosed.

use super::error::Quantity;
use crate::geometry::pieces::Piece;
use crate::number::cosine::cosine_of_turns;
use crate::number::enclosure::Enclosure;
use crate::number::pi::pi;
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// Bits of the cosines.
const BITS: u32 = 80;

/// Bits of the distances, which are read by people.
const SHOWN: u32 = 64;

/// Intervals that are looked at for one distance.
const MOST_INTERVALS: usize = 1 << 18;

/// An interval with a polynomial on it.
#[derive(Clone, Debug)]
pub struct PolynomialPart {
    /// Left end.
    pub lower: Rational,
    /// Right end.
    pub upper: Rational,
    /// The function there.
    pub poly: Poly,
}

impl PolynomialPart {
    /// A bounded affine piece; `None` for an unbounded one.
    pub fn affine(piece: &Piece) -> Option<Self> {
        let coefficients = vec![piece.intercept[0].clone(), piece.slope[0].clone()];
        Some(Self {
            lower: piece.lower.clone()?,
            upper: piece.upper.clone()?,
            poly: Poly::from_coefficients(coefficients),
        })
    }
}

/// The distance from x ↦ cos(2πwx) of a function that is a polynomial on each part, in value, sup |f(x) − cos(2πwx)|, or in slope,
/// ess sup |f′(x) + 2πw·sin(2πwx)|.
///
/// # Definition
/// On \[a, b\] inside a part a function g with |g″| ≤ K is within K(b − a)²/8 of its chord; with g = f − cos(2πw·) or its derivative,
/// K is the sum of the magnitudes of the terms of the derivative of f at max(|a|, |b|), and (2πw)² or (2πw)³. Values at ends of
/// intervals are lower bounds. Intervals are halved until none can exceed the lower bound by more than 2⁻⁸ of it.
///
/// # Exactness
/// Rational arithmetic with enclosures of π and of cosines, rounded outwards. After 2¹⁸ intervals the enclosure stays as wide as it
/// is, and certain.
pub fn cosine_distance(
    parts: &[PolynomialPart],
    frequency: &Rational,
    quantity: Quantity,
) -> Enclosure {
    let (low, high) = pi(BITS);
    let double = frequency + frequency;
    let speed = Enclosure::between(&double * &low, &double * &high);
    Search {
        frequency,
        speed: &speed,
        order: match quantity {
            Quantity::Value => 0,
            Quantity::Slope => 1,
        },
    }
    .run(parts)
}

/// The largest |g| for g = f − cos(2πw·) (order 0) or its derivative (order 1).
struct Search<'a> {
    frequency: &'a Rational,
    /// 2πw.
    speed: &'a Enclosure,
    order: usize,
}

/// A part of the search: where, with f or f′ and g at both ends.
struct Interval<'a> {
    part: &'a Part,
    ends: [Rational; 2],
    errors: [Enclosure; 2],
}

/// What is the same on a whole part.
struct Part {
    /// f or f′.
    poly: Poly,
    /// Its second derivative.
    second: Poly,
}

impl Search<'_> {
    fn run(&self, parts: &[PolynomialPart]) -> Enclosure {
        let derived: Vec<Part> = parts
            .iter()
            .map(|part| {
                let poly = match self.order {
                    0 => part.poly.clone(),
                    _ => part.poly.derivative(),
                };
                let second = poly.derivative().derivative();
                Part { poly, second }
            })
            .collect();
        let mut pending: Vec<Interval<'_>> = parts
            .iter()
            .zip(&derived)
            .map(|(place, part)| {
                let ends = [place.lower.clone(), place.upper.clone()];
                let errors = [0, 1].map(|k| self.error(part, &ends[k]));
                Interval { part, ends, errors }
            })
            .collect();
        let mut lower = Rational::zero();
        for error in pending.iter().flat_map(|interval| &interval.errors) {
            lower = lower.max(error.lower.clone());
        }
        // The largest errors first, so that the lower bound is good early.
        pending.sort_by_cached_key(|interval| self.reach(interval));
        let tolerance = Rational::new(257, 256).expect("a positive denominator");
        let mut upper = Rational::zero();
        let mut looked_at = 0;
        while let Some(interval) = pending.pop() {
            looked_at += 1;
            let bound = self.reach(&interval);
            if bound <= &lower * &tolerance || looked_at > MOST_INTERVALS {
                upper = upper.max(bound);
                continue;
            }
            let middle = Rational::midpoint(&interval.ends[0], &interval.ends[1]);
            let error = self.error(interval.part, &middle);
            lower = lower.max(error.lower.clone());
            let Interval { part, ends, errors } = interval;
            let ([start, end], [first, last]) = (ends, errors);
            pending.push(Interval {
                part,
                ends: [start, middle.clone()],
                errors: [first, error.clone()],
            });
            pending.push(Interval {
                part,
                ends: [middle, end],
                errors: [error, last],
            });
        }
        let found = Enclosure {
            upper: upper.max(lower.clone()),
            lower,
        };
        found.rounded(SHOWN)
    }

    /// |g(x)|.
    fn error(&self, part: &Part, x: &Rational) -> Enclosure {
        let value = Enclosure::exactly(part.poly.evaluate(x)).rounded(BITS);
        let turns = self.frequency * x;
        let difference = match self.order {
            0 => value.minus(&cosine_of_turns(&turns, BITS)),
            _ => {
                let quarter = Rational::new(1, 4).expect("a positive denominator");
                let sine = cosine_of_turns(&(&turns - &quarter), BITS);
                value.plus(&self.speed.times(&sine))
            }
        };
        difference.rounded(BITS).abs()
    }

    /// An upper bound for |g| on an interval.
    fn reach(&self, interval: &Interval<'_>) -> Rational {
        let [a, b] = &interval.ends;
        let size = a.abs().max(b.abs());
        let speed = self.speed.abs().upper;
        let (amplitude, curvature) = match self.order {
            0 => (Rational::one(), speed.pow(2)),
            _ => (speed.clone(), speed.pow(3)),
        };
        let curvature = &curvature + &magnitude(&interval.part.second, &size);
        let width = b - a;
        let eighth = Rational::new(1, 8).expect("a positive denominator");
        let rest = Enclosure::exactly(&(&curvature * &width.pow(2)) * &eighth).rounded(BITS);
        let [first, last] = interval.errors.each_ref().map(|error| error.upper.clone());
        // Without regard to the interval's width, |f| and the amplitude of the cosine bound g too.
        let crude = Enclosure::exactly(&magnitude(&interval.part.poly, &size) + &amplitude);
        (&first.max(last) + &rest.upper).min(crude.rounded(BITS).upper)
    }
}

/// The sum of the magnitudes of the terms where |x| ≤ size.
fn magnitude(poly: &Poly, size: &Rational) -> Rational {
    let mut sum = Rational::zero();
    let mut power = Rational::one();
    for coefficient in poly.coefficients() {
        sum.add_product(&coefficient.abs(), &power);
        power = &power * size;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(low: i64, high: i64, coefficients: &[i64]) -> PolynomialPart {
        PolynomialPart {
            lower: low.into(),
            upper: high.into(),
            poly: Poly::from_coefficients(coefficients.iter().map(|c| (*c).into()).collect()),
        }
    }

    fn holds(enclosure: &Enclosure, low: &str, high: &str) {
        let [low, high] = [low, high].map(|text| text.parse::<Rational>().unwrap());
        assert!(low <= enclosure.upper && enclosure.lower <= high);
        let tolerance = Rational::new(257, 256).unwrap();
        assert!(enclosure.upper <= &enclosure.lower * &tolerance);
    }

    #[test]
    fn a_constant_and_a_line() {
        // |1 − cos 2πx| reaches 2, its slope 2π.
        let one = part(0, 1, &[1]);
        let found =
            |quantity| cosine_distance(std::slice::from_ref(&one), &Rational::one(), quantity);
        holds(&found(Quantity::Value), "2", "2");
        holds(&found(Quantity::Slope), "6.2831853071", "6.2831853072");
        // x − cos πx on [0, 1]: values −1 to 2; slopes 1 + π sin πx up to 1 + π.
        let line = part(0, 1, &[0, 1]);
        let found = |quantity| {
            cosine_distance(
                std::slice::from_ref(&line),
                &Rational::one().half(),
                quantity,
            )
        };
        holds(&found(Quantity::Value), "2", "2");
        holds(&found(Quantity::Slope), "4.1415926535", "4.1415926536");
    }

    #[test]
    fn the_cosine_is_even_in_its_frequency() {
        let zero = part(0, 1, &[0]);
        for quantity in [Quantity::Value, Quantity::Slope] {
            let [ours, other] = [1, -1].map(|w| {
                cosine_distance(std::slice::from_ref(&zero), &Rational::from(w), quantity)
            });
            assert_eq!(ours, other);
        }
        let fast = Rational::from(2).pow(200);
        let value = cosine_distance(std::slice::from_ref(&zero), &fast, Quantity::Value);
        holds(&value, "1", "1");
        let slope = cosine_distance(&[zero], &Rational::from(-3), Quantity::Slope);
        holds(&slope, "18.8495559215", "18.8495559216");
    }

    #[test]
    fn both_backends_enclose_the_same_numbers() {
        let parts = [part(-1, 1, &[1, 0, -3]), part(1, 2, &[-2, 1, 0, 1])];
        for w in ["1/2", "1", "3/7", "0", "-1", "-5/3"] {
            let w: Rational = w.parse().unwrap();
            for quantity in [Quantity::Value, Quantity::Slope] {
                let a = cosine_distance(&parts, &w, quantity);
                let b = crate::reference::cosine_distance(&parts, &w, quantity);
                assert!(a.lower <= b.upper && b.lower <= a.upper, "{w}");
                let tolerance = Rational::new(17, 16).unwrap();
                assert!(b.upper <= &b.lower * &tolerance, "{w}");
            }
        }
    }

    #[test]
    fn a_taylor_polynomial_at_its_worst_end() {
        // 1 − 5t² against cos πt on [0, 1]: at t = 1 −4 against −1.
        let part = part(0, 1, &[1, 0, -5]);
        let found = |quantity| {
            cosine_distance(
                std::slice::from_ref(&part),
                &Rational::one().half(),
                quantity,
            )
        };
        holds(&found(Quantity::Value), "3", "3");
        holds(&found(Quantity::Slope), "10", "10");
    }
}
