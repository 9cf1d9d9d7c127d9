//! The distance of a function from a cosine, by Taylor expansion at midpoints.
//!
//! π comes from another formula than in the fast backend, the cosine from a short series for a small angle and repeated
//! doubling, and no chord is used.

use crate::geometry::line::{PolynomialPart, Quantity};
use crate::number::enclosure::Enclosure;
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// Bits of all roundings.
const BITS: u32 = 80;

/// How often an angle is halved before its series is used; as often the result is doubled.
const HALVINGS: u32 = 6;

/// Intervals that are looked at for one distance.
const MOST_INTERVALS: usize = 1 << 18;

/// sup |f(x) − cos(2πwx)|, or ess sup |f′(x) + 2πw·sin(2πwx)|, for a polynomial f on each part.
///
/// # Definition
/// On an interval with middle m and half width r, |g(x)| ≤ max |g(m) ± r·g′(m)| + r²·K/2 with |g″| ≤ K. The middles and the ends of
/// the parts give lower bounds; intervals are halved until they cannot exceed them by more than 2⁻⁴ of them.
///
/// # Exactness
/// Rational arithmetic, rounded outwards.
pub fn cosine_distance(
    parts: &[PolynomialPart],
    frequency: &Rational,
    quantity: Quantity,
) -> Enclosure {
    let order: u32 = match quantity {
        Quantity::Value => 0,
        Quantity::Slope => 1,
    };
    let turn = double(&pi());
    let speed = turn.times(&Enclosure::exactly(frequency.clone()));
    let error = |derived: &Poly, order: u32, x: &Rational| {
        // The derivative of order k of cos is cos shifted by k quarters of a turn.
        let shift = Rational::new(i64::from(order), 4).expect("a positive denominator");
        let cosine = cosine(&(&(frequency * x) + &shift), &turn);
        let derivative = speed.pow(order).times(&cosine);
        Enclosure::exactly(derived.evaluate(x))
            .minus(&derivative)
            .rounded(BITS)
    };
    let mut lower = Rational::zero();
    let derivative = |part: &PolynomialPart, count: u32| {
        (0..count).fold(part.poly.clone(), |poly, _| poly.derivative())
    };
    let mut pending = Vec::new();
    for part in parts {
        let polys = [0, 1, 2].map(|more| derivative(part, order + more));
        for x in [&part.lower, &part.upper] {
            let error = error(&polys[0], order, x);
            lower = lower.max(error.abs().lower);
        }
        pending.push((polys, part.lower.clone(), part.upper.clone()));
    }
    let tolerance = Rational::new(17, 16).expect("a positive denominator");
    let (mut upper, mut looked_at) = (Rational::zero(), 0);
    while let Some((polys, start, end)) = pending.pop() {
        looked_at += 1;
        let middle = Rational::midpoint(&start, &end);
        let radius = (&end - &start).half();
        let value = error(&polys[0], order, &middle);
        lower = lower.max(value.abs().lower);
        let slope = error(&polys[1], order + 1, &middle);
        let step = slope.times(&Enclosure::exactly(radius.clone()));
        let linear = value.plus(&step).abs().max(&value.minus(&step).abs());
        let size = start.abs().max(end.abs());
        let curvature = &magnitude(&polys[2], &size) + &speed.abs().pow(order + 2).upper;
        let rest = (&curvature * &radius.pow(2)).half();
        // |f| and the amplitude of the cosine bound g as well.
        let amplitude = speed.abs().pow(order).upper;
        let crude = &magnitude(&polys[0], &size) + &amplitude;
        let bound = (&linear.upper + &rest).min(crude);
        if bound <= &lower * &tolerance || looked_at > MOST_INTERVALS {
            upper = upper.max(bound);
        } else {
            pending.push((polys.clone(), start, middle.clone()));
            pending.push((polys, middle, end));
        }
    }
    let found = Enclosure::exactly(lower.clone());
    found.max(&Enclosure::between(lower, upper)).rounded(BITS)
}

fn magnitude(poly: &Poly, size: &Rational) -> Rational {
    let terms = poly.coefficients().iter().rev();
    terms.fold(Rational::zero(), |sum, c| &(&sum * size) + &c.abs())
}

fn double(x: &Enclosure) -> Enclosure {
    x.plus(x)
}

/// π = 8·arctan(1/3) + 4·arctan(1/7): (3+i)²(7+i) = 50·(1+i), and the angles add up to less than a quarter of a turn.
pub fn pi() -> Enclosure {
    let arctangent = |n: i64| {
        let mut sums = [Rational::zero(), Rational::zero()];
        let mut power = Rational::new(1, n).expect("n is not 0");
        let square = &power * &power;
        // 2·BITS/3 terms: 9^{−2·BITS/3} < 2^{−2·BITS}.
        for k in 0..=i64::from(2 * BITS / 3) {
            let term = power
                .over(&Rational::from(2 * k + 1))
                .expect("an odd number");
            let next = if k % 2 == 0 {
                &sums[1] + &term
            } else {
                &sums[1] - &term
            };
            sums = [sums[1].clone(), next];
            power = &power * &square;
        }
        let [a, b] = sums;
        Enclosure::between(a, b)
    };
    let quarter = double(&arctangent(3)).plus(&arctangent(7));
    double(&double(&quarter)).rounded(2 * BITS)
}

/// cos(2πy), given 2π.
fn cosine(y: &Rational, turn: &Enclosure) -> Enclosure {
    let share = y - &Rational::from(y.floor());
    let angle = turn
        .times(&Enclosure::exactly(share))
        .times(&Enclosure::exactly(Rational::one().half().pow(HALVINGS)))
        .rounded(2 * BITS);
    // θ < 2π/64 < 1/8: the terms decrease, and θ^{2k}/(2k)! < 2^{−6k}.
    let square = angle.pow(2);
    let one = Enclosure::exactly(Rational::one());
    let mut term = one.clone();
    let mut sum = one.clone();
    for k in 1..=i64::from(BITS / 3) {
        let divisor = Rational::new(1, (2 * k - 1) * (2 * k)).expect("a positive denominator");
        term = term
            .times(&square)
            .times(&Enclosure::exactly(divisor))
            .rounded(2 * BITS);
        sum = if k % 2 == 0 {
            sum.plus(&term)
        } else {
            sum.minus(&term)
        };
    }
    // What is left out is smaller than the last term.
    let rest = Enclosure::between(-&term.upper, term.upper.clone());
    let mut cosine = sum.plus(&rest).rounded(2 * BITS);
    for _ in 0..HALVINGS {
        cosine = double(&cosine.pow(2)).minus(&one).rounded(2 * BITS);
    }
    cosine
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::cosine::cosine_of_turns;

    #[test]
    fn the_other_formula_for_pi() {
        let times = |(a, b): (i64, i64), (c, d): (i64, i64)| (a * c - b * d, a * d + b * c);
        assert_eq!(times(times((3, 1), (3, 1)), (7, 1)), (50, 50));
        let (low, high) = crate::number::pi(150);
        let ours = pi();
        assert!(ours.lower < high && low < ours.upper);
        assert!(&ours.upper - &ours.lower < Rational::one().half().pow(150));
    }

    #[test]
    fn both_cosines_meet() {
        let turn = double(&pi());
        for k in -40..80 {
            let y = Rational::new(k, 31).unwrap();
            let (ours, fast) = (cosine(&y, &turn), cosine_of_turns(&y, 120));
            assert!(ours.lower <= fast.upper && fast.lower <= ours.upper, "{y}");
            assert!(&ours.upper - &ours.lower < Rational::one().half().pow(140));
        }
    }
}
