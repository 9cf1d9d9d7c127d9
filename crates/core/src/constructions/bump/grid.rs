//! Which bumps of a grid a set of samples meets.

use std::collections::BTreeSet;

use dashu_int::IBig;

use crate::failure::Failure;
use crate::field::Sign;
use crate::number::rational::Rational;

/// Largest number of cells along an axis.
pub const MOST_CELLS: usize = 4096;

/// The number of bumps f_y, y the centres of the grid of Kᵈ cells in \[0,1\]ᵈ and M = 2K, that are positive at one of the points.
///
/// # Definition
/// f_y(x) > 0 means ‖x − y‖₁ < 1/M, which only the centre of the cell of x can satisfy.
///
/// Errors: [`Failure::Shape`] for points of different dimensions; [`Failure::Undefined`] for K = 0; [`Failure::Limit`] for K
/// above [`MOST_CELLS`].
pub fn hit_cells(cells: usize, points: &[Vec<Rational>]) -> Result<usize, Failure> {
    counted(cells, points, |distance, radius| distance < radius)
}

/// The number of those centres y with ‖x − y‖₁ ≤ s/M for one of the points x, 0 ≤ s ≤ 1: of the closed supports, shrunk by s, that
/// are met.
///
/// Errors: as [`hit_cells`]; [`Failure::Undefined`] for s outside \[0, 1\].
pub fn touched_cells(
    cells: usize,
    scale: &Rational,
    points: &[Vec<Rational>],
) -> Result<usize, Failure> {
    if scale.sign() == Sign::Negative || *scale > Rational::one() {
        return Err(Failure::Undefined(format!(
            "a share s in [0, 1], got {scale}"
        )));
    }
    counted(cells, points, |distance, radius| {
        *distance <= radius * scale
    })
}

fn counted(
    cells: usize,
    points: &[Vec<Rational>],
    is_met: impl Fn(&Rational, &Rational) -> bool,
) -> Result<usize, Failure> {
    if cells == 0 {
        return Err(Failure::Undefined("a grid with at least one cell".into()));
    }
    if cells > MOST_CELLS {
        return Err(Failure::Limit(format!(
            "cells along an axis: expected at most {MOST_CELLS}, got {cells}"
        )));
    }
    if points.windows(2).any(|pair| pair[0].len() != pair[1].len()) {
        return Err(Failure::Shape(
            "samples: expected points of one dimension, got several".into(),
        ));
    }
    let count = Rational::from(i64::try_from(cells).expect("at most MOST_CELLS"));
    let last = IBig::from(cells - 1);
    // In units of a half cell: centres are odd, the radius is 1.
    let two = Rational::from(2);
    let mut met: BTreeSet<Vec<IBig>> = BTreeSet::new();
    for point in points {
        let scaled: Vec<Rational> = point.iter().map(|x| &(x * &count) * &two).collect();
        let at: Vec<IBig> = point.iter().map(|x| (x * &count).floor()).collect();
        // A point on a face of its cell may touch the support on the other side.
        let mut near = vec![at.clone()];
        for i in 0..at.len() {
            let mut next = at.clone();
            next[i] -= IBig::ONE;
            near.push(next);
        }
        for cell in near {
            if cell.iter().any(|l| *l < IBig::ZERO || *l > last) {
                continue;
            }
            let distance = cell
                .iter()
                .zip(&scaled)
                .fold(Rational::zero(), |sum, (l, x)| {
                    let centre = Rational::from(l * IBig::from(2) + IBig::ONE);
                    &sum + &(x - &centre).abs()
                });
            if is_met(&distance, &Rational::one()) {
                met.insert(cell);
            }
        }
    }
    Ok(met.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::cells_met;

    fn points(rows: &[&[&str]]) -> Vec<Vec<Rational>> {
        let row = |row: &&[&str]| row.iter().map(|x| x.parse().unwrap()).collect();
        rows.iter().map(row).collect()
    }

    #[test]
    fn faces_touch_and_do_not_hit() {
        let one = Rational::one();
        let quarters = points(&[&["1/4"], &["3/4"]]);
        assert_eq!(hit_cells(4, &quarters), Ok(0));
        assert_eq!(touched_cells(4, &one, &quarters), Ok(4));
        assert_eq!(touched_cells(4, &one.half(), &quarters), Ok(0));
        assert_eq!(hit_cells(2, &quarters), Ok(2));
        let ends = points(&[&["0"], &["1"], &["7/2"], &["-1"]]);
        assert_eq!(hit_cells(1, &ends), Ok(0));
        assert_eq!(touched_cells(1, &one, &ends), Ok(1));
        assert_eq!(hit_cells(3, &[]), Ok(0));
        assert!(hit_cells(0, &ends).is_err() && touched_cells(2, &one.half(), &ends).is_ok());
        assert!(touched_cells(2, &Rational::from(2), &ends).is_err());
        assert!(hit_cells(2, &points(&[&["1"], &["1", "2"]])).is_err());
        assert!(matches!(hit_cells(5000, &ends), Err(Failure::Limit(_))));
    }

    #[test]
    fn all_cells_looked_at_give_the_same() {
        let grid: Vec<Rational> = (0..=24).map(|n| Rational::new(n, 24).unwrap()).collect();
        for (i, x) in grid.iter().enumerate() {
            for y in grid.iter().skip(i % 3).step_by(3) {
                let point = [vec![x.clone(), y.clone()], vec![y.half(), x.clone()]];
                for cells in [1, 2, 3, 4] {
                    assert_eq!(
                        hit_cells(cells, &point).unwrap(),
                        cells_met(cells, None, &point).unwrap()
                    );
                    for scale in ["0", "1/3", "1"] {
                        let scale: Rational = scale.parse().unwrap();
                        assert_eq!(
                            touched_cells(cells, &scale, &point).unwrap(),
                            cells_met(cells, Some(&scale), &point).unwrap()
                        );
                    }
                }
            }
        }
    }
}
