//! Bumps, evaluated at floats.

use kernel::certificate::game::centre;
use relu_core::number::rational::Rational;

use super::exact::{nearest, rational};

/// More than floats are off in 2K‖x − y‖₁, for K ≤ 2³² and points of the cube: at most 2⁻¹⁸ in each of the at most 1600 coordinates.
const MARGIN: f64 = 0.01;

/// Height·max(0, 1 − 2K‖x − y‖₁) for the centre y of a cell.
pub(super) struct Target {
    steepness: Rational,
    centre: Vec<Rational>,
    height: Rational,
    /// 2K and y as floats.
    rounded: (f64, Vec<f64>),
}

impl Target {
    pub fn new(cells: u64, cell: &[u64], height: Rational) -> Self {
        let centre = centre(cells, cell);
        Self {
            rounded: (2.0 * cells as f64, centre.iter().map(nearest).collect()),
            steepness: steepness(cells),
            centre,
            height,
        }
    }

    /// The value at a point of the cube where it is not 0.
    pub fn value(&self, x: &[f64]) -> Option<Rational> {
        let (twice, rounded) = &self.rounded;
        let away = x.iter().zip(rounded).map(|(x, y)| twice * (x - y).abs());
        if away.sum::<f64>() > 1.0 + MARGIN {
            return None;
        }
        let mut left = Rational::one();
        for (x, y) in x.iter().zip(&self.centre) {
            let away = (&rational(*x)? - y).abs();
            left = &left - &(&self.steepness * &away);
            if left <= Rational::zero() {
                return None;
            }
        }
        Some(&self.height * &left)
    }
}

/// 2K.
fn steepness(cells: u64) -> Rational {
    Rational::from_parts((2 * u128::from(cells)).into(), 1_u8.into()).expect("1 is not 0")
}

/// The cell whose bump is not 0 at a point of the cube, if there is one; supports are disjoint.
pub(super) fn hit_cell(cells: u64, x: &[f64]) -> Option<Vec<u64>> {
    // Near an even number the wrong cell may be taken, but both are as far.
    let twice = 2.0 * cells as f64;
    let away = x.iter().map(|x| {
        let scaled = twice * x;
        (scaled - 2.0 * (scaled / 2.0).floor() - 1.0).abs()
    });
    if away.sum::<f64>() > 1.0 + MARGIN {
        return None;
    }
    let one = Rational::one();
    let twice = steepness(cells);
    let mut sum = Rational::zero();
    let mut cell = Vec::with_capacity(x.len());
    for x in x {
        // 2Kx = 2l + 1 + t with |t| ≤ 1, and t is 2K(x − y).
        let scaled = &twice * &rational(*x)?;
        let index = u64::try_from(scaled.half().floor()).ok()?.min(cells - 1);
        let middle = Rational::from_parts((2 * u128::from(index) + 1).into(), 1_u8.into())?;
        sum = &sum + &(&scaled - &middle).abs();
        if sum >= one {
            return None;
        }
        cell.push(index);
    }
    Some(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_in_the_cell_whose_bump_it_meets() {
        assert_eq!(hit_cell(4, &[0.125, 0.875]), Some(vec![0, 3]));
        assert_eq!(hit_cell(4, &[0.25, 0.125]), None);
        assert_eq!(hit_cell(4, &[1.0]), None);
        assert_eq!(hit_cell(1, &[0.5, 0.5]), Some(vec![0, 0]));
        // ‖x − y‖₁ = 1/(2K) exactly, and one bit less.
        assert_eq!(hit_cell(2, &[0.5 - 0.125, 0.125]), None);
        assert_eq!(
            hit_cell(2, &[f64::from_bits(0.375_f64.to_bits() - 1), 0.125]),
            Some(vec![0, 0])
        );
        let mut random = super::super::Random::new(3);
        for _ in 0..500 {
            let x = random.point(2);
            let target = |cell: &[u64]| Target::new(5, cell, Rational::one()).value(&x);
            let hit = hit_cell(5, &x);
            for a in 0..5 {
                for b in 0..5 {
                    assert_eq!(target(&[a, b]).is_some(), hit == Some(vec![a, b]));
                }
            }
        }
    }
}
