//! Cells as text.

use std::fmt;

use super::RealCell;
use crate::number::roots::Algebraic;

impl RealCell {
    /// `(1/2, ∞)` or `{root(c^2 - 2, 1, 2)}`, with this name for the symbol of the polynomials.
    pub fn display(&self, symbol: &str) -> String {
        let end = |number: &Option<Algebraic>, infinity: &str| {
            number
                .as_ref()
                .map_or(infinity.to_owned(), |number| number.display(symbol))
        };
        match self {
            Self::Open { lower, upper } => format!("({}, {})", end(lower, "-∞"), end(upper, "∞")),
            Self::Point(point) => format!("{{{}}}", point.display(symbol)),
        }
    }
}

impl fmt::Display for RealCell {
    /// [`RealCell::display`] with the symbol `c`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display("c"))
    }
}
