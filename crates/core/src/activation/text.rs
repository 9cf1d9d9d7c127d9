//! Activations as text: `relu`, `leaky(1/4)`, `polynomial([0,0,1])`, ….

use std::fmt;
use std::str::FromStr;

use super::Activation;
use crate::failure::Failure;
use crate::number::poly::Poly;
use crate::number::rational::Rational;

/// The names without an argument.
const PLAIN: [(&str, Activation); 8] = [
    ("relu", Activation::Relu),
    ("absolute", Activation::Absolute),
    ("hard_tanh", Activation::HardTanh),
    ("kinked_square", Activation::KinkedSquare),
    ("heaviside", Activation::Heaviside),
    ("identity", Activation::Identity),
    ("binary_to_ternary", Activation::BinaryToTernary),
    ("svc_gaps", Activation::SvcGaps),
];

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leaky(alpha) => write!(f, "leaky({alpha})"),
            Self::Polynomial(poly) => {
                f.write_str("polynomial([")?;
                for (i, coefficient) in poly.coefficients().iter().enumerate() {
                    let comma = if i == 0 { "" } else { "," };
                    write!(f, "{comma}{coefficient}")?;
                }
                f.write_str("])")
            }
            plain => {
                let name = PLAIN.iter().find(|(_, activation)| activation == plain);
                f.write_str(
                    name.expect("the table lists every activation without an argument")
                        .0,
                )
            }
        }
    }
}

impl FromStr for Activation {
    type Err = Failure;

    /// Reads `relu`, `leaky(α)`, `polynomial([a₀,a₁,…])`, …; spaces around numbers are allowed.
    fn from_str(text: &str) -> Result<Self, Failure> {
        let text = text.trim();
        if let Some((_, activation)) = PLAIN.iter().find(|(name, _)| *name == text) {
            return Ok(activation.clone());
        }
        let argument = |name: &str| {
            text.strip_prefix(name)?
                .trim_start()
                .strip_prefix('(')?
                .strip_suffix(')')
                .map(str::trim)
        };
        if let Some(alpha) = argument("leaky") {
            return Ok(Self::Leaky(alpha.parse()?));
        }
        if let Some(list) = argument("polynomial") {
            let Some(list) = list
                .strip_prefix('[')
                .and_then(|list| list.strip_suffix(']'))
            else {
                return Err(Failure::Shape(format!(
                    "polynomial activation: expected a list [a0,a1,…] of coefficients, got '{}'",
                    excerpt(list)
                )));
            };
            let coefficients = match list.trim() {
                "" => Vec::new(),
                list => list
                    .split(',')
                    .map(|number| number.trim().parse())
                    .collect::<Result<Vec<Rational>, _>>()?,
            };
            return Ok(Self::Polynomial(Poly::from_coefficients(coefficients)));
        }
        let names: Vec<&str> = PLAIN.iter().map(|(name, _)| *name).collect();
        Err(Failure::Shape(format!(
            "activation: expected one of {}, leaky(p/q), polynomial([a0,a1,…]), got '{}'",
            names.join(", "),
            excerpt(text)
        )))
    }
}

/// The beginning of a text, short enough for an error message.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_round_trip() {
        for text in [
            "relu",
            "leaky(1/4)",
            "leaky(-2)",
            "absolute",
            "hard_tanh",
            "kinked_square",
            "heaviside",
            "identity",
            "polynomial([0,0,1])",
            "polynomial([-1/2,3])",
            "polynomial([])",
            "binary_to_ternary",
            "svc_gaps",
        ] {
            assert_eq!(text.parse::<Activation>().unwrap().to_string(), text);
        }
        assert_eq!(
            " leaky( 0.25 ) ".parse::<Activation>().unwrap().to_string(),
            "leaky(1/4)"
        );
        assert_eq!(
            "polynomial([1, 0, 0])"
                .parse::<Activation>()
                .unwrap()
                .to_string(),
            "polynomial([1])"
        );
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "ReLU",
            "relu()",
            "leaky",
            "leaky()",
            "leaky(1/0)",
            "leaky(nan)",
            "leaky(1/4",
            "polynomial(1)",
            "polynomial([1,])",
            "polynomial([1 2])",
            "tanh",
            "leaky(1/4) relu",
        ] {
            assert!(text.parse::<Activation>().is_err(), "{text}");
        }
        let message = "x"
            .repeat(500)
            .parse::<Activation>()
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("leaky(p/q)") && message.len() < 400,
            "{message}"
        );
    }
}
