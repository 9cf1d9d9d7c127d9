//! Polynomials as text.

use std::fmt;

use super::Poly;
use crate::field::Sign;
use crate::number::rational::Rational;

impl Poly {
    /// The polynomial with this name for its symbol, highest power first: `3*c^2 - 1`, `-1/2*c`, `0`.
    pub fn display(&self, symbol: &str) -> String {
        let terms = self
            .coefficients
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, a)| !a.is_zero());
        sum_text(terms.map(|(i, coefficient)| {
            (
                coefficient,
                if i == 0 {
                    String::new()
                } else {
                    power_text(symbol, i)
                },
            )
        }))
    }
}

/// `c` or `c^n`, for n ≥ 1.
pub(crate) fn power_text(symbol: &str, n: usize) -> String {
    if n == 1 {
        symbol.to_owned()
    } else {
        format!("{symbol}^{n}")
    }
}

/// A sum of terms (coefficient ≠ 0, monomial or empty) with the signs between them; `0` for no terms.
pub(crate) fn sum_text<'a>(terms: impl Iterator<Item = (&'a Rational, String)>) -> String {
    let mut text = String::new();
    for (coefficient, monomial) in terms {
        let negative = coefficient.sign() == Sign::Negative;
        text.push_str(match (text.is_empty(), negative) {
            (true, true) => "-",
            (true, false) => "",
            (false, true) => " - ",
            (false, false) => " + ",
        });
        let magnitude = coefficient.abs();
        if monomial.is_empty() {
            text.push_str(&magnitude.to_string());
        } else if magnitude.is_one() {
            text.push_str(&monomial);
        } else {
            text.push_str(&format!("{magnitude}*{monomial}"));
        }
    }
    if text.is_empty() { "0".into() } else { text }
}

impl fmt::Display for Poly {
    /// [`Poly::display`] with the symbol `c`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display("c"))
    }
}

impl fmt::Debug for Poly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_descend_with_their_signs() {
        let number = |p, q| Rational::new(p, q).unwrap();
        for (coefficients, text) in [
            (vec![number(-1, 1), number(0, 1), number(3, 1)], "3*c^2 - 1"),
            (vec![number(3, 1), number(-1, 2)], "-1/2*c + 3"),
            (vec![number(0, 1), number(-1, 1)], "-c"),
            (vec![number(0, 1), number(1, 1), number(1, 1)], "c^2 + c"),
            (vec![number(-7, 3)], "-7/3"),
            (vec![], "0"),
        ] {
            assert_eq!(Poly::from_coefficients(coefficients).to_string(), text);
        }
        assert_eq!(Poly::variable().display("t"), "t");
    }
}
