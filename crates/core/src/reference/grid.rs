//! Bumps of a grid that samples meet, by looking at all of them.

use crate::failure::Failure;
use crate::number::rational::Rational;

/// Number of cells at which this gives up.
const MOST: usize = 1 << 20;

/// The number of cells l of the grid of Kᵈ for whose centre y some point has ‖x − y‖₁ < 1/(2K), or with `closed` = s at most s/(2K).
///
/// Errors: [`Failure::Limit`] for more than 2²⁰ cells.
pub fn cells_met(
    cells: usize,
    closed: Option<&Rational>,
    points: &[Vec<Rational>],
) -> Result<usize, Failure> {
    let Some(first) = points.first() else {
        return Ok(0);
    };
    let total = u32::try_from(first.len())
        .ok()
        .and_then(|d| cells.checked_pow(d))
        .filter(|total| *total <= MOST)
        .ok_or_else(|| Failure::Limit(format!("at most {MOST} cells")))?;
    let number = |n: usize| Rational::from(i64::try_from(n).expect("at most MOST"));
    let radius = number(2 * cells)
        .recip()
        .ok_or_else(|| Failure::Undefined("a grid without cells".into()))?;
    let mut met = 0;
    for index in 0..total {
        let mut rest = index;
        let centre: Vec<Rational> = first
            .iter()
            .map(|_| {
                let l = rest % cells;
                rest /= cells;
                &number(2 * l + 1) * &radius
            })
            .collect();
        let is_met = points.iter().any(|point| {
            let mut distance = Rational::zero();
            for (x, y) in point.iter().zip(&centre) {
                distance = &distance + &(x - y).abs();
            }
            match closed {
                None => distance < radius,
                Some(scale) => distance <= &radius * scale,
            }
        });
        met += usize::from(is_met);
    }
    Ok(met)
}
