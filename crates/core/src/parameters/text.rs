//! Templates as text: `template(relu, 2, ([[t0],[0 - t0]], [0,0]), ([[1,-1]], [1/2 + 3*t1]))`.
//!
//! The second argument is the number of parameters. Printing and reading are inverse to each other; reading is one
//! pass without recursion.

use std::fmt;
use std::str::FromStr;

use crate::activation::Activation;
use crate::cursor::Cursor;
use crate::failure::Failure;
use crate::field::Sign;
use crate::linear::matrix::Matrix;
use crate::number::rational::Rational;
use crate::parameters::template::{Entry, Template};

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut started = false;
        let positive_first = self
            .terms()
            .first()
            .is_some_and(|(_, first)| first.sign() == Sign::Positive);
        if !self.constant().is_zero() || !positive_first {
            write!(f, "{}", self.constant())?;
            started = true;
        }
        for (parameter, coefficient) in self.terms() {
            if started {
                f.write_str(if coefficient.sign() == Sign::Negative {
                    " - "
                } else {
                    " + "
                })?;
            }
            started = true;
            let size = coefficient.abs();
            if !size.is_one() {
                write!(f, "{size}*")?;
            }
            write!(f, "t{parameter}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template({}, {}", self.activation(), self.parameters())?;
        for (weights, bias) in self.layers() {
            write!(f, ", ({weights}, [")?;
            for (i, entry) in bias.iter().enumerate() {
                let comma = if i == 0 { "" } else { "," };
                write!(f, "{comma}{entry}")?;
            }
            f.write_str("])")?;
        }
        f.write_str(")")
    }
}

impl FromStr for Template {
    type Err = Failure;

    /// Reads what `Display` prints. An entry is a sum of numbers, `t3`, `2*t3` and `t3*2` with `+` and `-`.
    ///
    /// Errors ([`Failure::Shape`]): unexpected text (with its byte offset), ragged rows, shapes that do not chain,
    /// a parameter that is not below the stated number.
    fn from_str(text: &str) -> Result<Self, Failure> {
        let mut cursor = Cursor::new("template", text);
        cursor.expect("template")?;
        cursor.expect("(")?;
        let activation = cursor.activation()?;
        cursor.expect(",")?;
        let count = cursor.number()?;
        let parameters = count
            .to_u32()
            .and_then(|count| usize::try_from(count).ok())
            .ok_or_else(|| cursor.unexpected("a number of parameters before this"))?;
        let mut layers = Vec::new();
        while cursor.accept(",") {
            cursor.expect("(")?;
            cursor.expect("[")?;
            let mut rows = vec![cursor.entries()?];
            while cursor.accept(",") {
                rows.push(cursor.entries()?);
            }
            cursor.expect("]")?;
            cursor.expect(",")?;
            let bias = cursor.entries()?;
            cursor.expect(")")?;
            layers.push((Matrix::from_rows(rows)?, bias));
        }
        cursor.expect(")")?;
        if !cursor.rest().is_empty() {
            return Err(cursor.unexpected("the end"));
        }
        Self::new(activation, parameters, layers)
    }
}

/// The grammar on a position in the text.
impl Cursor<'_> {
    /// An activation: the text up to the next comma outside brackets.
    fn activation(&mut self) -> Result<Activation, Failure> {
        let rest = self.rest();
        let mut open = 0_usize;
        for (end, character) in rest.char_indices() {
            match character {
                '(' | '[' => open += 1,
                ')' | ']' => open = open.saturating_sub(1),
                ',' if open == 0 => {
                    self.skip(end);
                    return rest[..end].parse();
                }
                _ => {}
            }
        }
        Err(self.unexpected("an activation and a comma"))
    }

    /// `p`, `p/q` or an exact decimal, without a sign.
    fn number(&mut self) -> Result<Rational, Failure> {
        let rest = self.rest();
        let inside = |c: char| c.is_ascii_digit() || c == '/' || c == '.';
        let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        if end == 0 {
            return Err(self.unexpected("a number"));
        }
        let value = rest[..end].parse()?;
        self.skip(end);
        Ok(value)
    }

    /// `[` entries separated by `,` `]`; at least one.
    fn entries(&mut self) -> Result<Vec<Entry>, Failure> {
        self.expect("[")?;
        let mut entries = vec![self.entry()?];
        while self.accept(",") {
            entries.push(self.entry()?);
        }
        self.expect("]")?;
        Ok(entries)
    }

    /// A sum of terms; a sign may stand before the first one.
    fn entry(&mut self) -> Result<Entry, Failure> {
        let mut constant = Rational::zero();
        let mut terms = Vec::new();
        let mut negative = self.accept("-");
        loop {
            let (parameter, size) = self.term()?;
            let coefficient = if negative { -&size } else { size };
            match parameter {
                Some(parameter) => terms.push((parameter, coefficient)),
                None => constant = &constant + &coefficient,
            }
            if self.accept("+") {
                negative = false;
            } else if self.accept("-") {
                negative = true;
            } else {
                return Ok(Entry::new(constant, terms));
            }
        }
    }

    /// `a`, `ti`, `a*ti` or `ti*a`.
    fn term(&mut self) -> Result<(Option<usize>, Rational), Failure> {
        if let Some(parameter) = self.parameter()? {
            let factor = if self.accept("*") {
                self.number()?
            } else {
                Rational::one()
            };
            return Ok((Some(parameter), factor));
        }
        let factor = self.number()?;
        if !self.accept("*") {
            return Ok((None, factor));
        }
        match self.parameter()? {
            Some(parameter) => Ok((Some(parameter), factor)),
            None => Err(self.unexpected("a parameter t0, t1, …")),
        }
    }

    fn parameter(&mut self) -> Result<Option<usize>, Failure> {
        let Some(digits) = self.rest().strip_prefix('t') else {
            return Ok(None);
        };
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        match digits[..end].parse() {
            Ok(parameter) => {
                self.skip(1 + end);
                Ok(Some(parameter))
            }
            Err(_) => Err(self.unexpected("a parameter t0, t1, …")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_round_trip() {
        for text in [
            "template(relu, 3, ([[t0],[0 - t0]], [0,0]), ([[1,-1]], [t1]))",
            "template(relu, 0, ([[1/2]], [-3]))",
            "template(leaky(1/4), 2, ([[1/2 + 3*t0 - 2/3*t1,0]], [0 - 5/7*t0 + t1]))",
            "template(polynomial([0,0,1]), 1, ([[t0]], [-1 - t0]))",
        ] {
            assert_eq!(text.parse::<Template>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_spellings_are_read() {
        let text = " template ( relu,2,( [ [ -t0 + t0*2 , t1 - t1 ] ],[0.5+1/2 ] ) ) ";
        let expected = "template(relu, 2, ([[t0,0]], [1]))";
        assert_eq!(text.parse::<Template>().unwrap().to_string(), expected);
    }

    #[test]
    fn errors_name_the_place_and_what_was_expected() {
        for (text, part) in [
            ("", "expected 'template', got the end"),
            ("template()", "expected an activation"),
            ("template(relu)", "expected an activation and a comma"),
            ("template(relu, x)", "expected a number"),
            ("template(tanh, 0, ([[1]], [0]))", "activation"),
            ("template(relu, 0)", "expected at least 1 layer"),
            ("template(relu, 1/2, ([[1]], [0]))", "number of parameters"),
            (
                "template(relu, 1, ([[t1]], [0]))",
                "expected an index below 1, got 1",
            ),
            ("template(relu, 1, ([[t]], [0]))", "expected a parameter"),
            ("template(relu, 1, ([[2*3]], [0]))", "expected a parameter"),
            (
                "template(relu, 1, ([[2**t0]], [0]))",
                "expected a parameter",
            ),
            ("template(relu, 1, ([[t0*t0]], [0]))", "expected a number"),
            (
                "template(relu, 1, ([[t0 t0]], [0]))",
                "expected ']', got 't0]]",
            ),
            ("template(relu, 1, ([[--t0]], [0]))", "expected a number"),
            (
                "template(relu, 1, ([[1],[1,2]], [0,0]))",
                "expected length 1",
            ),
            ("template(relu, 1, ([[1]], [0,0]))", "expected length 1"),
            ("template(relu, 1, ([[1]], [0])) more", "expected the end"),
            (
                "template(relu, 1, ([[t99999999999999999999]], [0]))",
                "expected a parameter",
            ),
        ] {
            let message = text.parse::<Template>().unwrap_err().to_string();
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}
