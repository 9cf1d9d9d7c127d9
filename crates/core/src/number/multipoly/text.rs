//! Polynomials in several symbols as text.

use std::fmt;

use super::MultiPoly;
use crate::number::poly::{power_text, sum_text};

impl MultiPoly {
    /// The polynomial with these names for s₀, s₁, …: `3*c^2*v - 1`; a symbol without a name is `s` and its index.
    pub fn display(&self, names: &[String]) -> String {
        sum_text(self.terms.iter().rev().map(|(exponents, coefficient)| {
            let factors = exponents
                .iter()
                .enumerate()
                .filter(|(_, power)| **power > 0);
            let factors = factors.map(|(i, &power)| power_text(&name(names, i), power as usize));
            (coefficient, factors.collect::<Vec<_>>().join("*"))
        }))
    }

    /// Whether the text of the polynomial binds tighter than a product: a symbol, its power or a natural number.
    pub(crate) fn is_atomic(&self) -> bool {
        match self.terms.last_key_value() {
            None => true,
            Some((exponents, value)) if self.terms.len() == 1 => {
                let symbols = exponents.iter().filter(|power| **power > 0).count();
                match symbols {
                    0 => value.is_integer() && value.sign() == crate::field::Sign::Positive,
                    1 => value.is_one(),
                    _ => false,
                }
            }
            Some(_) => false,
        }
    }
}

/// The name of symbol `i`.
pub(crate) fn name(names: &[String], i: usize) -> String {
    names.get(i).cloned().unwrap_or_else(|| format!("s{i}"))
}

impl fmt::Display for MultiPoly {
    /// [`MultiPoly::display`] with the names `c`, `s1`, `s2`, ….
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display(&["c".into()]))
    }
}

impl fmt::Debug for MultiPoly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    #[test]
    fn terms_descend_by_the_first_symbol() {
        let (c, v) = (MultiPoly::symbol(0), MultiPoly::symbol(1));
        let p = &(&(&c.pow(2) * &v).scaled(&3.into()) - &v.pow(2)) + &MultiPoly::one();
        assert_eq!(p.to_string(), "3*c^2*s1 - s1^2 + 1");
        assert_eq!(p.display(&["x".into(), "y".into()]), "3*x^2*y - y^2 + 1");
        assert_eq!(MultiPoly::zero().to_string(), "0");
        assert!(c.pow(2).is_atomic() && !p.is_atomic() && !(&c * &v).is_atomic());
    }
}
