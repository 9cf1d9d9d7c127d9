//! Roots, enclosed.

use dashu_int::UBig;
use dashu_int::ops::BitTest;

use super::Rational;
use crate::field::Sign;

impl Rational {
    /// The n-th root between two decimal fractions that differ by one unit of their last digit, with at least this many significant digits.
    ///
    /// # Degenerate cases
    /// The root of 0 is 0 twice. `None` for negative numbers and n = 0.
    ///
    /// # Examples
    /// ```
    /// use relu_core::number::rational::Rational;
    ///
    /// let (low, high) = Rational::from(2).root_between(2, 4).unwrap();
    /// let digits = |text: &str| text.parse::<Rational>().unwrap();
    /// assert!(low <= digits("14143/10000") && digits("14142/10000") <= high);
    /// ```
    pub fn root_between(&self, n: u32, digits: u32) -> Option<(Self, Self)> {
        if n == 0 || self.sign() == Sign::Negative {
            return None;
        }
        if self.is_zero() {
            return Some((Self::zero(), Self::zero()));
        }
        let numerator = self.numerator().into_parts().1;
        let denominator = self.denominator();
        // A number of b bits more above than below the fraction line has about 0.301·b decimal digits.
        let bits = denominator.bit_len().saturating_sub(numerator.bit_len());
        let missing = u32::try_from(bits / n as usize * 31 / 100 + 1).ok()?;
        let places = digits.checked_add(missing)?;
        let scale = UBig::from(10_u8).pow(places as usize);
        let scaled = numerator * scale.pow(n as usize) / denominator;
        let root = scaled.nth_root(n as usize);
        let next = &root + UBig::ONE;
        let over = |value: UBig| Self::from_parts(value.into(), scale.clone());
        over(root).zip(over(next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_lie_between() {
        for (value, n) in [
            ("2", 2),
            ("1/1000000007", 3),
            ("355/113", 1),
            ("81", 4),
            ("123456789123456789", 7),
        ] {
            let value: Rational = value.parse().unwrap();
            let (low, high) = value.root_between(n, 10).unwrap();
            assert!(low.pow(n) <= value && value < high.pow(n), "{value}");
            // Ten digits: the width is at most 10⁻⁹ of the root.
            let width = &high - &low;
            assert!(
                &width * &Rational::from(1_000_000_000) <= high,
                "{value}: {low} {high}"
            );
        }
        assert!(Rational::from(-1).root_between(2, 3).is_none());
        assert!(Rational::one().root_between(0, 3).is_none());
        let zero = Rational::zero();
        assert_eq!(zero.root_between(2, 3), Some((zero.clone(), zero)));
    }
}
