//! Enclosures of π by dyadic numbers.

use super::rational::Rational;

/// Dyadic numbers lower < π < upper with upper − lower ≤ 2^{−bits}.
///
/// # Definition
/// π = 16·arctan(1/5) − 4·arctan(1/239), and arctan(1/n) = Σ_i (−1)ⁱ/((2i+1)·n^{2i+1}) lies between any two successive
/// partial sums, as the terms alternate and decrease to 0. The sums are rounded outwards to multiples of 2^{−bits−2}.
///
/// Machin's formula: (5+i)⁴ = 476 + 480i and (476 + 480i)(239 − i) = 114244·(1 + i), so that
/// 4·arctan(1/5) − arctan(1/239) = π/4 modulo 2π; the left side lies in (0, π/2), since 0 < arctan(1/5) < 1/5.
///
/// # Exactness
/// Exact rational arithmetic; π itself is never rounded to nearest.
pub fn pi(bits: u32) -> (Rational, Rational) {
    // 20·2^{−bits−6} < 2^{−bits−1}, and each rounding moves an end by less than 2^{−bits−2}.
    let width = Rational::one().half().pow(bits + 6);
    let (low5, high5) = arctangent(5, &width);
    let (low239, high239) = arctangent(239, &width);
    let sum = |fifth: &Rational, other: &Rational| {
        &(&Rational::from(16) * fifth) - &(&Rational::from(4) * other)
    };
    (
        rounded_down(&sum(&low5, &high239), bits + 2),
        -rounded_down(&-sum(&high5, &low239), bits + 2),
    )
}

/// Two successive partial sums of arctan(1/n), ascending, that differ by at most `width`.
fn arctangent(n: i64, width: &Rational) -> (Rational, Rational) {
    let inverse = Rational::new(1, n).expect("n is not 0");
    let square = &inverse * &inverse;
    let mut power = inverse;
    let mut sum = Rational::zero();
    let mut odd = 1;
    loop {
        let term = power
            .over(&Rational::from(odd))
            .expect("an odd number is not 0");
        let next = if odd % 4 == 1 {
            &sum + &term
        } else {
            &sum - &term
        };
        if term <= *width {
            return if sum < next { (sum, next) } else { (next, sum) };
        }
        sum = next;
        power = &power * &square;
        odd += 2;
    }
}

/// The largest multiple of 2^{−bits} that is at most x.
pub(crate) fn rounded_down(x: &Rational, bits: u32) -> Rational {
    let unit = Rational::from(2).pow(bits);
    let floor = Rational::from((x * &unit).floor());
    floor.over(&unit).expect("a power of 2 is not 0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machin() {
        let times = |(a, b): (i64, i64), (c, d): (i64, i64)| (a * c - b * d, a * d + b * c);
        let square = times((5, 1), (5, 1));
        let fourth = times(square, square);
        assert_eq!(fourth, (476, 480));
        assert_eq!(times(fourth, (239, -1)), (114_244, 114_244));
    }

    #[test]
    fn enclosures_of_pi_are_nested_and_narrow() {
        // The first decimals, cut and raised by one unit.
        let decimals: [Rational; 2] = [
            "3.14159265358979323846264338327950288419716939937510",
            "3.14159265358979323846264338327950288419716939937511",
        ]
        .map(|text| text.parse().unwrap());
        for bits in [0, 1, 2, 3, 8, 30, 64, 100, 160] {
            let (low, high) = pi(bits);
            assert!(low.is_dyadic() && high.is_dyadic());
            assert!(&high - &low <= Rational::one().half().pow(bits), "{bits}");
            assert!(low < decimals[1] && decimals[0] < high, "{bits}");
        }
        let (low, high) = pi(200);
        assert!(decimals[0] < low && high < decimals[1]);
    }
}
