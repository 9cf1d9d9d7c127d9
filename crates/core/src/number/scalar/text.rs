//! Elements of ℚ(s₀, s₁, …) as text.

use std::fmt;

use super::Scalar;
use crate::number::multipoly::{MultiPoly, name};

impl Scalar {
    /// The value with these names for s₀, s₁, …: `3/2`, `c^2 - 1`, `(c + v)/(c - 1)`; a symbol without a name is `s` and its
    /// index.
    pub fn display(&self, names: &[String]) -> String {
        match self {
            Self::Rational(value) => value.to_string(),
            Self::Poly(poly) => poly.display(&name(names, 0)),
            Self::Fraction(fraction) => {
                let top = fraction.numerator();
                if fraction.is_polynomial() {
                    return top.display(names);
                }
                let enclosed = |poly: &MultiPoly, bare: bool| {
                    let text = poly.display(names);
                    if bare { text } else { format!("({text})") }
                };
                let bottom = fraction.denominator();
                format!(
                    "{}/{}",
                    enclosed(top, top.len() == 1),
                    enclosed(bottom, bottom.is_atomic())
                )
            }
        }
    }
}

impl fmt::Display for Scalar {
    /// [`Scalar::display`] with the names `c`, `s1`, `s2`, ….
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display(&["c".into()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    #[test]
    fn fractions_are_bracketed_where_needed() {
        let (c, v, one) = (Scalar::symbol(0), Scalar::symbol(1), Scalar::one());
        let names = ["c".to_owned(), "v".to_owned()];
        for (value, text) in [
            (c.plus(&v).over(&c.minus(&one)), "(c + v)/(c - 1)"),
            (v.over(&c.times(&c)), "v/c^2"),
            (one.over(&c.times(&v)), "1/(c*v)"),
            (c.over(&v.times(&2.into())), "1/2*c/v"),
            (Some(c.times(&v)), "c*v"),
            (one.negated().over(&c), "-1/c"),
            (Some(Scalar::zero()), "0"),
        ] {
            assert_eq!(value.unwrap().display(&names), text);
        }
        assert_eq!(v.to_string(), "s1");
        assert_eq!(c.display(&["x".to_owned()]), "x");
    }
}
