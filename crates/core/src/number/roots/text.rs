//! Algebraic numbers as text.

use std::fmt;

use super::Algebraic;

impl Algebraic {
    /// `p/q`, or the polynomial in `symbol` with the ends of its interval: `root(3*c^2 - 1, 1/2, 1)`.
    pub fn display(&self, symbol: &str) -> String {
        match self.to_rational() {
            Some(value) => value.to_string(),
            None => format!(
                "root({}, {}, {})",
                self.poly.display(symbol),
                self.lower,
                self.upper
            ),
        }
    }
}

impl fmt::Display for Algebraic {
    /// [`Algebraic::display`] with the symbol `c`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display("c"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::poly::Poly;
    use crate::number::rational::Rational;

    #[test]
    fn the_polynomial_is_printed_primitive() {
        let poly =
            Poly::from_coefficients(vec![Rational::new(1, 3).unwrap(), 0.into(), (-1).into()]);
        let number = Algebraic::root(&poly, Rational::new(1, 2).unwrap(), Rational::one()).unwrap();
        assert_eq!(number.to_string(), "root(3*c^2 - 1, 1/2, 1)");
        assert_eq!(number.display("t"), "root(3*t^2 - 1, 1/2, 1)");
        assert_eq!(
            Algebraic::from(Rational::new(-4, 6).unwrap()).to_string(),
            "-2/3"
        );
    }
}
