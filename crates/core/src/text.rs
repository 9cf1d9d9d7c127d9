//! Networks as text: `net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))`, and `with_activation(net(…), leaky(1/4))`.
//!
//! Printing and reading are inverse to each other. Reading is one pass without recursion; spaces are free between tokens.

use std::fmt;
use std::str::FromStr;

use crate::activation::{Activation, excerpt};
use crate::cursor::Cursor;
use crate::failure::Failure;
use crate::field::Field;
use crate::linear::matrix::Matrix;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

impl<S: Field + fmt::Display> fmt::Display for Network<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let relu = *self.activation() == Activation::Relu;
        if !relu {
            f.write_str("with_activation(")?;
        }
        f.write_str("net(")?;
        for (l, layer) in self.layers().iter().enumerate() {
            f.write_str(if l == 0 { "(" } else { ", (" })?;
            fmt::Display::fmt(layer, f)?;
            f.write_str(")")?;
        }
        f.write_str(")")?;
        if !relu {
            write!(f, ", {})", self.activation())?;
        }
        Ok(())
    }
}

impl<S: Field + fmt::Display> fmt::Display for Layer<S> {
    /// `[[1],[-1]], [0,0]`: the rows of A and the bias.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for i in 0..self.rows() {
            f.write_str(if i == 0 { "[" } else { ",[" })?;
            let mut entries = self.entries(i).peekable();
            for j in 0..self.cols() {
                if j > 0 {
                    f.write_str(",")?;
                }
                match entries.next_if(|entry| entry.0 == j) {
                    Some((_, value)) => write!(f, "{value}")?,
                    None => f.write_str("0")?,
                }
            }
            f.write_str("]")?;
        }
        f.write_str("], [")?;
        for (i, value) in self.biases().iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma}{value}")?;
        }
        f.write_str("]")
    }
}

impl FromStr for Network<Rational> {
    type Err = Failure;

    /// Reads what `Display` prints; numbers may also be exact decimals.
    ///
    /// Errors ([`Failure::Shape`]): unexpected text (with its byte offset), ragged rows, shapes that do not chain.
    fn from_str(text: &str) -> Result<Self, Failure> {
        let mut cursor = Cursor::new("network", text);
        let wrapped = cursor.accept("with_activation");
        if wrapped {
            cursor.expect("(")?;
        }
        cursor.expect("net")?;
        cursor.expect("(")?;
        let mut layers = Vec::new();
        loop {
            layers.push(cursor.layer(layers.len() + 1)?);
            if !cursor.accept(",") {
                break;
            }
        }
        cursor.expect(")")?;
        let activation = if wrapped {
            cursor.expect(",")?;
            let rest = cursor.rest().trim_end();
            let Some(activation) = rest.strip_suffix(')') else {
                return Err(Failure::Shape(format!(
                    "network text: expected ')' at the end, got '{}'",
                    excerpt(rest)
                )));
            };
            let remaining = cursor.rest().len();
            cursor.skip(remaining);
            activation.parse()?
        } else {
            Activation::Relu
        };
        if !cursor.rest().is_empty() {
            return Err(cursor.unexpected("the end"));
        }
        Network::new(activation, layers)
    }
}

/// The grammar on a position in the text.
impl Cursor<'_> {
    /// `(` matrix `,` vector `)`.
    fn layer(&mut self, number: usize) -> Result<Layer, Failure> {
        self.expect("(")?;
        self.expect("[")?;
        let mut rows: Vec<Vec<Rational>> = Vec::new();
        loop {
            rows.push(self.vector()?);
            if !self.accept(",") {
                break;
            }
        }
        self.expect("]")?;
        self.expect(",")?;
        let bias = self.vector()?;
        self.expect(")")?;
        layer_from_rows(number, rows, bias)
    }

    /// `[` numbers separated by `,` `]`; at least one number.
    fn vector(&mut self) -> Result<Vec<Rational>, Failure> {
        self.expect("[")?;
        let mut values = Vec::new();
        loop {
            let rest = self.rest();
            let end = rest
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.')))
                .unwrap_or(rest.len());
            if end == 0 {
                return Err(self.unexpected("a number"));
            }
            values.push(rest[..end].parse()?);
            self.skip(end);
            if !self.accept(",") {
                break;
            }
        }
        self.expect("]")?;
        Ok(values)
    }
}

/// The layer with these dense rows; errors name the layer, counted from 1.
pub(crate) fn layer_from_rows(
    number: usize,
    rows: Vec<Vec<Rational>>,
    bias: Vec<Rational>,
) -> Result<Layer, Failure> {
    let cols = rows.first().map_or(0, Vec::len);
    if let Some((i, row)) = rows.iter().enumerate().find(|(_, row)| row.len() != cols) {
        return Err(Failure::Shape(format!(
            "row {} of layer {number}: expected {cols} entries as in row 1, got {}",
            i + 1,
            row.len()
        )));
    }
    Matrix::new(rows.len(), cols, rows.into_iter().flatten().collect())
        .and_then(|weights| Layer::new(weights, bias))
        .map_err(|failure| Failure::Shape(format!("layer {number}: {failure}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constructions::{identity_network, sawtooth, square};

    #[test]
    fn texts_round_trip() {
        for text in [
            "net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))",
            "net(([[0]], [0]))",
            "net(([[1/2,-3,0]], [-7/5]))",
            "with_activation(net(([[1]], [0]), ([[2]], [1/3])), leaky(1/4))",
            "with_activation(net(([[1]], [0])), polynomial([0,0,1]))",
            "with_activation(net(([[1]], [0])), svc_gaps)",
        ] {
            assert_eq!(text.parse::<Network>().unwrap().to_string(), text);
        }
        for phi in [
            identity_network(3, 4).unwrap(),
            sawtooth(3).unwrap(),
            square(5).unwrap(),
        ] {
            assert_eq!(phi.to_string().parse::<Network>().unwrap(), phi);
        }
    }

    #[test]
    fn spaces_and_decimals_are_read() {
        let text = " net ( ( [ [ 0.5 , -1 ] ] , [ 2.50 ] ) ) ";
        assert_eq!(
            text.parse::<Network>().unwrap().to_string(),
            "net(([[1/2,-1]], [5/2]))"
        );
        let text = "with_activation( net(([[1]],[0])) , leaky( 1/4 ) ) ";
        assert_eq!(
            text.parse::<Network>().unwrap().activation().to_string(),
            "leaky(1/4)"
        );
    }

    #[test]
    fn errors_name_the_place_and_what_was_expected() {
        for (text, part) in [
            ("", "expected 'net'"),
            ("net()", "byte 4: expected '('"),
            ("net(([[1]], [0])", "expected ')', got the end"),
            ("net(([[1]], [0])) x", "expected the end, got 'x'"),
            ("net(([], [0]))", "expected '['"),
            ("net(([[]], [0]))", "expected a number"),
            ("net(([[1,]], [0]))", "expected a number"),
            (
                "net(([[1],[1,2]], [0,0]))",
                "row 2 of layer 1: expected 1 entries",
            ),
            ("net(([[1]], [0,0]))", "expected length 1, got 2"),
            ("net(([[1]], []))", "expected a number"),
            (
                "net(([[1]], [0]), ([[1,2]], [0]))",
                "layer 2 of a network: expected 1 columns",
            ),
            ("net(([[1/0]], [0]))", "zero denominator"),
            ("net(([[nan]], [0]))", "expected a number"),
            ("net(([[1e3]], [0]))", "expected ']'"),
            ("net(([[1--2]], [0]))", "rational number"),
            ("with_activation(net(([[1]], [0])))", "expected ','"),
            (
                "with_activation(net(([[1]], [0])), relu",
                "expected ')' at the end",
            ),
            (
                "with_activation(net(([[1]], [0])), tanh)",
                "activation: expected one of",
            ),
            (
                "with_activation(net(([[1]], [0])), relu) x",
                "expected ')' at the end",
            ),
        ] {
            let message = text.parse::<Network>().unwrap_err().to_string();
            assert!(message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn long_texts_are_read_without_recursion() {
        let deep = format!("net({})", vec!["([[1]], [0])"; 20_000].join(", "));
        assert_eq!(deep.parse::<Network>().unwrap().depth(), 20_000);
        assert!("(".repeat(1_000_000).parse::<Network>().is_err());
        assert!(
            format!("net(({}", "[".repeat(1_000_000))
                .parse::<Network>()
                .is_err()
        );
    }
}
