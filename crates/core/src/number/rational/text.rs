//! Rational numbers as text: `p/q`, `p`, and exact decimals on input; serialized as a string.

use std::fmt;
use std::str::FromStr;

use dashu_int::{IBig, UBig};
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::Rational;
use super::Repr::{Big, Small};
use crate::failure::Failure;

impl fmt::Display for Rational {
    /// `p/q` in lowest terms, `p` for an integer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Small(p, q) if q.get() == 1 => write!(f, "{p}"),
            Small(p, q) => write!(f, "{p}/{q}"),
            Big(value) if value.is_int() => write!(f, "{}", value.numerator()),
            Big(value) => write!(f, "{}/{}", value.numerator(), value.denominator()),
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Rational {
    type Err = Failure;

    /// Reads `p/q` (not necessarily in lowest terms), `p`, or a decimal with digits on both sides of the point, each with
    /// an optional leading `-`: `0.1` is 1/10. Nothing else: no spaces, exponents, `+` or digit separators.
    ///
    /// Errors: [`Failure::Shape`] for any other text, [`Failure::Undefined`] for a zero denominator.
    fn from_str(text: &str) -> Result<Self, Failure> {
        let (negative, magnitude) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let parts = if let Some((p, q)) = magnitude.split_once('/') {
            digits(p).zip(digits(q))
        } else if let Some((whole, fraction)) = magnitude.split_once('.') {
            let ten = UBig::from(10u8);
            digits(whole)
                .zip(digits(fraction))
                .map(|(whole, value)| (whole, value, ten.pow(fraction.len())))
                .map(|(whole, value, scale)| (whole * &scale + value, scale))
        } else {
            digits(magnitude).map(|p| (p, UBig::ONE))
        };
        let (p, q) = parts.ok_or_else(|| {
            Failure::Shape(format!(
                "rational number: expected p/q, an integer or a decimal, got '{}'",
                shortened(text)
            ))
        })?;
        let p = if negative {
            -IBig::from(p)
        } else {
            IBig::from(p)
        };
        Self::from_parts(p, q)
            .ok_or_else(|| Failure::Undefined(format!("zero denominator in '{}'", shortened(text))))
    }
}

/// The value of a non-empty string of ASCII digits.
fn digits(text: &str) -> Option<UBig> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.parse::<u64>() {
        Ok(value) => Some(UBig::from(value)),
        Err(_) => UBig::from_str_radix(text, 10).ok(),
    }
}

/// The first characters of a text, for a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

impl Serialize for Rational {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rational {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Rational;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a rational number as a string, \"p/q\" or an exact decimal")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Rational, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_texts() {
        for (text, canonical) in [
            ("0", "0"),
            ("-0", "0"),
            ("007", "7"),
            ("2/4", "1/2"),
            ("-3", "-3"),
            ("-6/3", "-2"),
            ("0.1", "1/10"),
            ("2.50", "5/2"),
            ("-0.125", "-1/8"),
            ("9223372036854775807", "9223372036854775807"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("18446744073709551616/2", "9223372036854775808"),
            ("36893488147419103232/18446744073709551616", "2"),
        ] {
            let value: Rational = text.parse().unwrap();
            assert_eq!(value.to_string(), canonical);
            assert_eq!(canonical.parse::<Rational>().unwrap(), value);
        }
    }

    #[test]
    fn rejected_texts() {
        for text in [
            "", "-", "+1", "1/", "/2", "1/-2", "1//2", "1/2/3", ".5", "5.", "1.2.3", "1e3", " 1",
            "1 ", "1_000", "0.1/2", "1/0.5", "--1", "−1", "٣", "1,5", "0x10", "inf", "NaN",
        ] {
            assert!(
                matches!(text.parse::<Rational>(), Err(Failure::Shape(_))),
                "'{text}'"
            );
        }
        for text in ["1/0", "0/0", "-5/000"] {
            assert!(
                matches!(text.parse::<Rational>(), Err(Failure::Undefined(_))),
                "'{text}'"
            );
        }
    }

    #[test]
    fn serialized_as_a_string() {
        let value: Rational = "-7/3".parse().unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), "\"-7/3\"");
        assert_eq!(
            serde_json::from_str::<Rational>("\"0.25\"").unwrap(),
            Rational::new(1, 4).unwrap()
        );
        for text in ["1", "0.5", "\"x\"", "null", "[\"1\"]", "\"1/0\""] {
            assert!(serde_json::from_str::<Rational>(text).is_err(), "{text}");
        }
    }
}
