//! Natives that look at a network on a whole box.

use claim_language::expr::Type::{Box_, Nat, Network as N};
use relu_core::Failure;
use relu_core::geometry::{Domain, Piece, pieces};

use super::arguments::{domain, network};
use super::{Native, native};
use crate::value::Value;

pub(super) fn natives() -> Vec<Native> {
    vec![
        native(
            "pieces",
            &[N],
            Nat,
            "The number of maximal affine pieces of a network with one input, on ℝ or on an interval; 1 on a single point.",
            "derived: catalogue O5",
            |a, _| {
                let found = pieces(network(a[0])?)?;
                let whole = Domain::whole();
                let on = a.get(1).map_or(Ok(&whole), |value| domain(value))?;
                Ok(Value::count(count_on(&found, on)?))
            },
        )
        .or(&[N, Box_], Nat)
        .partial(),
    ]
}

/// The number of pieces that meet the interval in more than a point.
fn count_on(pieces: &[Piece], on: &Domain) -> Result<usize, Failure> {
    let side = on.side()?;
    if side.is_point() {
        return Ok(1);
    }
    Ok(pieces
        .iter()
        .filter(|piece| {
            let begins = match (&piece.lower, &side.upper) {
                (Some(lower), Some(end)) => lower < end,
                _ => true,
            };
            let ends = match (&piece.upper, &side.lower) {
                (Some(upper), Some(start)) => start < upper,
                _ => true,
            };
            begins && ends
        })
        .count())
}
