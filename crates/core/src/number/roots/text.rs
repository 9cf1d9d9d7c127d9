//! Algebraic numbers as text.

use std::fmt;

use super::Algebraic;
use crate::number::rational::Rational;

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

    /// The same number between neighbours of the coarsest grid 2⁻ᵏℤ that isolates it: a text that depends on the number and its
    /// polynomial only.
    #[must_use]
    pub fn tidied(&self) -> Self {
        if self.is_rational() {
            return self.clone();
        }
        let mut narrow = self.clone();
        let (mut width, mut scale) = (Rational::one(), Rational::one());
        loop {
            // An irrational number lies strictly between two neighbours of the grid.
            loop {
                let below = Rational::from((narrow.lower() * &scale).floor());
                if below == Rational::from((narrow.upper() * &scale).floor()) {
                    let lower = &below * &width;
                    let upper = &lower + &width;
                    match Self::root(&self.poly, lower, upper) {
                        Ok(found) if found == *self => return found,
                        _ => break,
                    }
                }
                narrow.refine();
            }
            width = width.half();
            scale = &scale + &scale;
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

    #[test]
    fn the_polynomial_is_printed_primitive() {
        let poly =
            Poly::from_coefficients(vec![Rational::new(1, 3).unwrap(), 0.into(), (-1).into()]);
        let number = Algebraic::root(&poly, Rational::new(1, 2).unwrap(), Rational::one()).unwrap();
        assert_eq!(number.to_string(), "root(3*c^2 - 1, 1/2, 1)");
        let narrow = number.refined(&Rational::new(1, 1000).unwrap());
        assert_eq!(narrow.tidied().to_string(), "root(3*c^2 - 1, 0, 1)");
        assert_eq!(
            number.negated().tidied().to_string(),
            "root(3*c^2 - 1, -1, 0)"
        );
        assert_eq!(number.display("t"), "root(3*t^2 - 1, 1/2, 1)");
        assert_eq!(
            Algebraic::from(Rational::new(-4, 6).unwrap()).to_string(),
            "-2/3"
        );
    }
}
