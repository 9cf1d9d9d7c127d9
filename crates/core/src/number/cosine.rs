//! Enclosures of cosines at rational parts of a turn.

use super::enclosure::Enclosure;
use super::pi::pi;
use super::rational::Rational;

/// cos(2πy) between dyadic numbers at most 2^{−bits} apart.
///
/// # Definition
/// y is reduced modulo 1, which is exact, and by cos(2πy) = cos(2π(1 − y)) = −cos(2π(1/2 − y)) to a number in \[0, 1/4\]. There
/// θ = 2πy lies in \[0, π/2\], where the cosine decreases, so its values at the ends of an enclosure of θ enclose it; and
/// cos θ = Σ(−1)ᵏθ²ᵏ/(2k)! lies between any two successive partial sums once the terms decrease, from k = 1 on, as θ² < 12.
///
/// # Exactness
/// Rational arithmetic, rounded outwards to multiples of 2^{−bits−4}.
pub fn cosine_of_turns(y: &Rational, bits: u32) -> Enclosure {
    let one = Rational::one();
    let half = one.half();
    let mut turn = y - &Rational::from(y.floor());
    if turn > half {
        turn = &one - &turn;
    }
    let is_obtuse = turn > half.half();
    if is_obtuse {
        turn = &half - &turn;
    }
    let (low, high) = pi(bits + 4);
    let double = &turn + &turn;
    let least = partial_sums(&(&double * &high), bits).lower;
    let greatest = partial_sums(&(&double * &low), bits).upper;
    let found = Enclosure::between(least, greatest).rounded(bits + 4);
    if is_obtuse { found.negated() } else { found }
}

/// Two successive partial sums for cos θ, 0 ≤ θ ≤ 8/5, at most 2^{−bits−3} apart.
fn partial_sums(theta: &Rational, bits: u32) -> Enclosure {
    let width = Rational::one().half().pow(bits + 3);
    // Terms with rounded angles stay short; the error of the rounding is that of an angle, and the cosine has slope at most 1.
    let angle = Enclosure::exactly(theta.clone()).rounded(bits + 8);
    let slack = &angle.upper - &angle.lower;
    let square = angle.lower.pow(2);
    let mut term = Rational::one();
    let mut sum = Rational::zero();
    let mut k: i64 = 0;
    loop {
        let next = if k % 2 == 0 {
            &sum + &term
        } else {
            &sum - &term
        };
        if k > 1 && term <= width {
            let between = Enclosure::between(sum, next);
            return Enclosure {
                lower: &between.lower - &slack,
                upper: &between.upper + &slack,
            };
        }
        sum = next;
        let divisor = Rational::from((2 * k + 1) * (2 * k + 2));
        term = (&term * &square)
            .over(&divisor)
            .expect("a positive divisor");
        k += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rational_cosines() {
        let half = Rational::one().half();
        for (numerator, expected) in [
            (0, Rational::one()),
            (1, half.clone()),
            (2, -&half),
            (3, -Rational::one()),
            (4, -&half),
            (5, half.clone()),
            (6, Rational::one()),
            (-7, half.clone()),
            (20, -&half),
        ] {
            let y = Rational::new(numerator, 6).unwrap();
            for bits in [0, 1, 10, 60, 128] {
                let found = cosine_of_turns(&y, bits);
                assert!(found.lower <= expected && expected <= found.upper, "{y}");
                let width = &found.upper - &found.lower;
                assert!(width <= half.pow(bits), "{y}, {bits}");
            }
        }
    }

    #[test]
    fn squares_of_both_coordinates_add_up_to_one() {
        let quarter = Rational::new(1, 4).unwrap();
        let one = Enclosure::exactly(Rational::one());
        for k in -30..60 {
            let y = Rational::new(k, 37).unwrap();
            let cosine = cosine_of_turns(&y, 80);
            let sine = cosine_of_turns(&(&y - &quarter), 80);
            let sum = cosine.pow(2).plus(&sine.pow(2));
            assert!(sum.lower <= one.lower && one.upper <= sum.upper, "{y}");
            assert!(&sum.upper - &sum.lower <= Rational::one().half().pow(76));
            // cos 2θ = 2cos²θ − 1.
            let double = cosine_of_turns(&(&y + &y), 80);
            let two = Enclosure::exactly(Rational::from(2));
            let by_square = two.times(&cosine.pow(2)).minus(&one);
            assert!(double.lower <= by_square.upper && by_square.lower <= double.upper);
        }
    }
}
