//! The network file format, for JSON and TOML alike.
//!
//! ```json
//! { "format": 1, "activation": "relu", "layers": [ { "W": [["1", "-1/2"]], "b": ["0"] } ] }
//! ```
//!
//! Numbers are strings `p/q` or exact decimals, so that no reader rounds them. `activation` may be left out (`relu`);
//! unknown keys, numbers that are not strings, ragged rows, shapes that do not chain and other format numbers are errors.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::activation::Activation;
use crate::failure::Failure;
use crate::network::Network;
use crate::number::rational::Rational;
use crate::text::layer_from_rows;

/// The number of the file format that is written, and the only one that is read.
pub const FORMAT: u64 = 1;

/// A network file as it is written down; nothing is checked but the keys and the types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkFile {
    /// The format number, [`FORMAT`].
    pub format: u64,
    /// The activation as text.
    #[serde(default = "relu")]
    pub activation: String,
    /// The layers, first to last.
    pub layers: Vec<LayerFile>,
}

/// One layer of a network file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerFile {
    /// The rows of A.
    #[serde(rename = "W")]
    pub weights: Vec<Vec<Entry>>,
    /// The bias b.
    #[serde(rename = "b")]
    pub bias: Vec<Entry>,
}

/// An exact number, written as a string.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry(pub Rational);

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl serde::de::Visitor<'_> for Text {
            type Value = Entry;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number as a string, \"p/q\" or an exact decimal")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Entry, E> {
                text.trim().parse().map(Entry).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Text)
    }
}

fn relu() -> String {
    Activation::Relu.to_string()
}

impl TryFrom<NetworkFile> for Network {
    type Error = Failure;

    fn try_from(file: NetworkFile) -> Result<Self, Failure> {
        if file.format != FORMAT {
            return Err(Failure::Shape(format!(
                "network file: expected format {FORMAT}, got {}",
                file.format
            )));
        }
        let activation = file.activation.parse()?;
        let numbers = |entries: Vec<Entry>| entries.into_iter().map(|entry| entry.0).collect();
        let layers = file
            .layers
            .into_iter()
            .enumerate()
            .map(|(l, layer)| {
                let rows = layer.weights.into_iter().map(numbers).collect();
                layer_from_rows(l + 1, rows, numbers(layer.bias))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Network::new(activation, layers)
    }
}

impl From<&Network> for NetworkFile {
    fn from(phi: &Network) -> Self {
        let entries = |values: &[Rational]| values.iter().cloned().map(Entry).collect();
        let layers = phi.layers().iter().map(|layer| {
            let weights = layer.weights();
            LayerFile {
                weights: (0..weights.rows())
                    .map(|i| entries(weights.row(i)))
                    .collect(),
                bias: entries(layer.biases()),
            }
        });
        Self {
            format: FORMAT,
            activation: phi.activation().to_string(),
            layers: layers.collect(),
        }
    }
}

impl Serialize for Network {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        NetworkFile::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        NetworkFile::deserialize(deserializer)?
            .try_into()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constructions::square;

    const EXAMPLE: &str = r#"{ "format": 1, "activation": "relu", "layers": [ { "W": [["1","-1/2"]], "b": ["0"] } ] }"#;

    #[test]
    fn the_example_is_read() {
        let phi: Network = serde_json::from_str(EXAMPLE).unwrap();
        assert_eq!(phi.to_string(), "net(([[1,-1/2]], [0]))");
        let toml = "format = 1\n[[layers]]\nW = [[\"0.1\"], [\"-2.50\"]]\nb = [\"1/3\", \"0\"]\n";
        let phi: Network = toml::from_str(toml).unwrap();
        assert_eq!(phi.to_string(), "net(([[1/10],[-5/2]], [1/3,0]))");
    }

    #[test]
    fn files_round_trip() {
        let leaky = Activation::Leaky(Rational::new(1, 4).unwrap());
        for phi in [
            square(4).unwrap(),
            square(1).unwrap().with_activation(leaky),
        ] {
            let json = serde_json::to_string(&phi).unwrap();
            assert_eq!(serde_json::from_str::<Network>(&json).unwrap(), phi);
            let toml = toml::to_string(&phi).unwrap();
            assert_eq!(toml::from_str::<Network>(&toml).unwrap(), phi);
        }
    }

    #[test]
    fn faulty_files_are_refused_with_a_reason() {
        for (from, to, part) in [
            ("\"format\": 1", "\"format\": 2", "expected format 1, got 2"),
            ("\"format\": 1, ", "", "missing field `format`"),
            (
                "\"activation\"",
                "\"activations\"",
                "unknown field `activations`",
            ),
            (
                "\"b\": [\"0\"]",
                "\"b\": [\"0\"], \"c\": 1",
                "unknown field `c`",
            ),
            ("\"relu\"", "\"ReLU\"", "activation: expected one of"),
            ("\"relu\"", "1", "expected a string"),
            ("\"1\"", "1", "expected a number as a string"),
            ("\"1\"", "1.5", "expected a number as a string"),
            ("\"1\"", "null", "expected a number as a string"),
            ("\"1\"", "\"NaN\"", "rational number"),
            ("\"1\"", "\"inf\"", "rational number"),
            ("\"1\"", "\"1e5\"", "rational number"),
            ("\"1\"", "\"1/0\"", "zero denominator"),
            ("\"1\"", "\"\"", "rational number"),
            (
                "[[\"1\",\"-1/2\"]]",
                "[[\"1\",\"-1/2\"],[\"1\"]]",
                "row 2 of layer 1: expected 2 entries",
            ),
            ("[[\"1\",\"-1/2\"]]", "[]", "layer 1"),
            ("[[\"1\",\"-1/2\"]]", "[[]]", "layer 1"),
            ("\"b\": [\"0\"]", "\"b\": []", "expected length 1, got 0"),
            ("\"b\": [\"0\"]", "\"b\": \"0\"", "expected a sequence"),
            (
                "[ { \"W\": [[\"1\",\"-1/2\"]], \"b\": [\"0\"] } ]",
                "[]",
                "expected at least 1 layer",
            ),
            (
                "} ] }",
                "}, { \"W\": [[\"1\",\"1\"]], \"b\": [\"0\"] } ] }",
                "layer 2 of a network: expected 1 columns",
            ),
        ] {
            let text = EXAMPLE.replacen(from, to, 1);
            assert_ne!(text, EXAMPLE, "{from}");
            let message = serde_json::from_str::<Network>(&text)
                .unwrap_err()
                .to_string();
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}
