//! Distances over test points.

use super::Norms;
use crate::dense::Dense;
use crate::random::{Purpose, Stream};

/// Points that are compared at once.
const BLOCK: usize = 1 << 12;

/// Test points of a cube \[−h, h\]ᵈ; the same for every teacher and student.
#[derive(Clone, Copy, Debug)]
pub struct Cube {
    /// d.
    pub dimension: usize,
    /// h.
    pub half_width: f64,
    /// Number of points.
    pub points: usize,
    /// The seed of the points.
    pub seed: u64,
}

impl Cube {
    /// The points in blocks, each one point after the other.
    fn blocks(self) -> impl Iterator<Item = Vec<f64>> {
        let dimension = self.dimension;
        let stream = Stream::of(Purpose::Test, &[dimension as u64, self.seed]);
        (0..self.points).step_by(BLOCK).map(move |first| {
            let mut stream = stream.after((first * dimension) as u64);
            let count = BLOCK.min(self.points - first);
            (0..count * dimension)
                .map(|_| self.half_width * stream.symmetric())
                .collect()
        })
    }
}

/// The distances at the test points: means over them, and the largest, which is a lower estimate of the supremum.
///
/// # Exactness
/// In double precision.
pub fn distance_on_points(student: &Dense, teacher: &Dense, cube: Cube) -> Norms {
    let mut sums = Norms {
        l1: 0.0,
        l2: 0.0,
        sup: 0.0_f64,
    };
    for block in cube.blocks() {
        let differences = student
            .values(&block)
            .into_iter()
            .zip(teacher.values(&block));
        // Sums of blocks are added up, so that rounding errors stay small.
        let (mut l1, mut l2) = (0.0, 0.0);
        for (student, teacher) in differences {
            let difference = (student - teacher).abs();
            l1 += difference;
            l2 += difference * difference;
            sums.sup = sums.sup.max(difference);
        }
        sums.l1 += l1;
        sums.l2 += l2;
    }
    let count = cube.points as f64;
    Norms {
        l1: sums.l1 / count,
        l2: (sums.l2 / count).sqrt(),
        sup: sums.sup,
    }
}

/// The root of the mean squared difference to given values.
pub fn root_mean_square(values: &[f64], targets: &[f64]) -> f64 {
    let squares = values.iter().zip(targets).map(|(a, b)| (a - b) * (a - b));
    (squares.sum::<f64>() / targets.len() as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dense::Affine;

    fn cube(dimension: usize, points: usize) -> Cube {
        Cube {
            dimension,
            half_width: 0.5,
            points,
            seed: 3,
        }
    }

    fn affine(weights: &[f64], bias: f64) -> Dense {
        Dense {
            layers: vec![Affine {
                weights: weights.to_vec(),
                biases: vec![bias],
            }],
        }
    }

    #[test]
    fn a_constant_difference_is_its_own_norm() {
        let norms = distance_on_points(
            &affine(&[1.0, 2.0], 0.25),
            &affine(&[1.0, 2.0], 0.5),
            cube(2, BLOCK + 5),
        );
        for value in [norms.l1, norms.l2, norms.sup] {
            assert!((value - 0.25).abs() < 1e-12);
        }
    }

    #[test]
    fn norms_of_a_linear_difference_come_near_their_integrals() {
        // For x uniform on [−1/2, 1/2]: E|x| = 1/4, E x² = 1/12, sup = 1/2.
        let norms = distance_on_points(&affine(&[2.0], 1.0), &affine(&[1.0], 1.0), cube(1, 65536));
        assert!((norms.l1 - 0.25).abs() < 2e-3);
        assert!((norms.l2 - (1.0_f64 / 12.0).sqrt()).abs() < 2e-3);
        assert!(norms.sup < 0.5 && norms.sup > 0.4999);
    }

    #[test]
    fn points_do_not_depend_on_the_blocks() {
        let all: Vec<f64> = cube(3, 2 * BLOCK + 9).blocks().flatten().collect();
        assert_eq!(all.len(), 3 * (2 * BLOCK + 9));
        let mut stream = Stream::of(Purpose::Test, &[3, 3]);
        assert!(all.iter().all(|x| *x == 0.5 * stream.symmetric()));
    }

    #[test]
    fn roots_of_mean_squares_by_hand() {
        assert_eq!(root_mean_square(&[1.0, 3.0], &[1.0, 1.0]), 2.0_f64.sqrt());
    }
}
