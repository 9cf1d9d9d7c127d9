//! The simplest rational number between two others.

use std::cmp::Ordering;

use super::Rational;

impl Rational {
    /// The simplest number strictly between `low` and `high`: the one with the least denominator and, among those, the
    /// least absolute value. `None` iff low ≥ high.
    ///
    /// It is the first node of the Stern–Brocot tree inside the interval, found through continued fractions.
    pub fn simplest_between(low: &Self, high: &Self) -> Option<Self> {
        if low >= high {
            return None;
        }
        let zero = Self::zero();
        if *high <= zero {
            return Self::simplest_between_positive(-high, -low).map(|value| -value);
        }
        if *low < zero {
            return Some(zero);
        }
        Self::simplest_between_positive(low.clone(), high.clone())
    }

    /// [`Rational::simplest_between`] for 0 ≤ low < high.
    fn simplest_between_positive(mut low: Self, high: Self) -> Option<Self> {
        let mut high = Some(high);
        let mut terms = Vec::new();
        loop {
            let floor = Self::from(low.floor());
            let next = &floor + &Self::one();
            // The least integer above `low`, if it is below `high` (`None`: ∞).
            if high
                .as_ref()
                .is_none_or(|high| next.cmp(high) == Ordering::Less)
            {
                let mut value = next;
                while let Some(term) = terms.pop() {
                    value = value.recip()? + term;
                }
                return Some(value);
            }
            // low < x < high ≤ ⌊low⌋ + 1 ⟺ x = ⌊low⌋ + 1/y with 1/(high − ⌊low⌋) < y < 1/(low − ⌊low⌋).
            let below = high.as_ref().and_then(|high| (high - &floor).recip())?;
            high = (&low - &floor).recip();
            low = below;
            terms.push(floor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(low: &str, high: &str) -> String {
        let (low, high) = (low.parse().unwrap(), high.parse().unwrap());
        Rational::simplest_between(&low, &high).map_or("none".into(), |value| value.to_string())
    }

    #[test]
    fn simplest_numbers_of_known_intervals() {
        for (low, high, simplest) in [
            ("0", "1", "1/2"),
            ("-1", "1", "0"),
            ("0", "2", "1"),
            ("1/3", "1/2", "2/5"),
            ("3", "10", "4"),
            ("-10", "-3", "-4"),
            ("314/100", "315/100", "22/7"),
            ("-1/2", "-1/3", "-2/5"),
            ("0", "1/1000", "1/1001"),
            ("-5/2", "0", "-1"),
        ] {
            assert_eq!(between(low, high), simplest, "({low}, {high})");
        }
    }

    #[test]
    fn an_empty_interval_has_none() {
        assert_eq!(between("1", "1"), "none");
        assert_eq!(between("1", "1/2"), "none");
    }

    #[test]
    fn no_simpler_number_lies_inside() {
        let number = |p, q| Rational::new(p, q).unwrap();
        for (a, b, c, d) in (1..60).map(|i| (i * 7 % 23 - 11, i % 9 + 1, i * 5 % 19 - 9, i % 7 + 1))
        {
            let (low, high) = (
                number(a, b).min(number(c, d)),
                number(a, b).max(number(c, d)),
            );
            let Some(found) = Rational::simplest_between(&low, &high) else {
                assert_eq!(low, high);
                continue;
            };
            assert!(low < found && found < high);
            for q in 1..=found.denominator().try_into().unwrap() {
                for p in -12 * q..=12 * q {
                    let other = number(p, q);
                    let simpler = other.denominator() < found.denominator()
                        || other.denominator() == found.denominator() && other.abs() < found.abs();
                    assert!(
                        !simpler || other <= low || other >= high,
                        "{other} in ({low}, {high})"
                    );
                }
            }
        }
    }
}
