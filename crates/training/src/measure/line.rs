//! Distances of networks with one input, from their affine pieces.

use relu_core::Failure;
use relu_core::geometry::{Piece, Side, pieces_on};
use relu_core::number::rational::Rational;

use super::Norms;
use crate::dense::{Dense, rational};

/// A network with one input on \[−h, h\], as its affine pieces.
#[derive(Clone, Debug)]
pub struct Line {
    pieces: Vec<Piece>,
}

impl Line {
    /// The pieces of a network on \[−h, h\], exactly.
    ///
    /// Errors: as for [`pieces_on`], and as for [`Dense::exact`].
    pub fn new(phi: &Dense, half_width: f64) -> Result<Self, Failure> {
        let upper = rational(half_width)?;
        let on = Side {
            lower: Some(-&upper),
            upper: Some(upper),
        };
        let pieces = pieces_on(&phi.exact()?, &on)?;
        Ok(Self { pieces })
    }

    /// Number of affine pieces.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether there is no piece; never so.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// The distances of two networks on the same interval.
///
/// # Exactness
/// The ends of the common pieces and the differences there are exact. Each is rounded once, to 53 bits; the largest difference is
/// therefore the supremum, rounded. The means are sums of nonnegative terms in double precision, with a relative error
/// below 10⁻¹¹ for up to 10⁴ pieces.
pub fn distance_on_line(student: &Line, teacher: &Line) -> Norms {
    let (mut i, mut j) = (0, 0);
    let mut last: Option<(Rational, f64)> = None;
    let (mut l1, mut l2, mut sup, mut total) = (0.0, 0.0, 0.0_f64, 0.0);
    while let (Some(a), Some(b)) = (student.pieces.get(i), teacher.pieces.get(j)) {
        let (Some(end_a), Some(end_b)) = (&a.upper, &b.upper) else {
            break;
        };
        let (start, before) = match last.take() {
            Some(known) => known,
            None => {
                let start = a.lower.clone().unwrap_or_default();
                let value = nearest(&difference(a, b, &start));
                (start, value)
            }
        };
        let end = end_a.min(end_b).clone();
        let after = nearest(&difference(a, b, &end));
        let length = nearest(&(&end - &start));
        let (u, v) = (before.abs(), after.abs());
        // An affine function that keeps its sign has the mean of its ends; otherwise there are two triangles.
        let mean = match before * after >= 0.0 {
            true => (u + v) / 2.0,
            false => (u * u + v * v) / (2.0 * (u + v)),
        };
        l1 += length * mean;
        l2 += length * (u * u + before * after + v * v) / 3.0;
        sup = sup.max(u).max(v);
        total += length;
        i += usize::from(*end_a == end);
        j += usize::from(*end_b == end);
        last = Some((end, after));
    }
    Norms {
        l1: l1 / total,
        l2: (l2 / total).sqrt(),
        sup,
    }
}

fn difference(a: &Piece, b: &Piece, x: &Rational) -> Rational {
    let mut value = &a.intercept[0] - &b.intercept[0];
    value.add_product(&(&a.slope[0] - &b.slope[0]), x);
    value
}

/// The double nearest to a number.
fn nearest(value: &Rational) -> f64 {
    value.to_rbig().to_f64().value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dense::Affine;
    use crate::measure::{Cube, distance_on_points};
    use crate::random::{Purpose, Stream};

    /// x ↦ slope·max(0, x − kink).
    fn hinge(slope: f64, kink: f64) -> Dense {
        let layer = |weight: f64, bias: f64| Affine {
            weights: vec![weight],
            biases: vec![bias],
        };
        Dense {
            layers: vec![layer(1.0, -kink), layer(slope, 0.0)],
        }
    }

    #[test]
    fn distances_by_hand() {
        // On [−1, 1]: 2·max(0, x) against max(0, x + 1) = x + 1. The difference is −x − 1 and then x − 1: a triangle of height 1.
        let student = Line::new(&hinge(2.0, 0.0), 1.0).unwrap();
        let teacher = Line::new(&hinge(1.0, -1.0), 1.0).unwrap();
        assert_eq!((student.len(), teacher.len()), (2, 1));
        let norms = distance_on_line(&student, &teacher);
        assert_eq!(norms.sup, 1.0);
        assert_eq!(norms.l1, 0.5);
        assert!((norms.l2 - (1.0_f64 / 3.0).sqrt()).abs() < 1e-15);
        // A change of sign: 2·max(0, x) against 1/2·max(0, x + 1), with values −1/2 at 0 and 1 at 1.
        let half = Line::new(&hinge(0.5, -1.0), 1.0).unwrap();
        let norms = distance_on_line(&student, &half);
        // Two triangles of height 1/2 on [−1, 1/3] and one of height 1 on [1/3, 1]: (1/4 + 1/12 + 1/3)/2.
        assert!((norms.l1 - 1.0 / 3.0).abs() < 1e-15 && norms.sup == 1.0);
    }

    #[test]
    fn equal_networks_have_distance_0() {
        let line = Line::new(&hinge(1.0, 0.25), 0.5).unwrap();
        let norms = distance_on_line(&line, &line);
        assert_eq!((norms.l1, norms.l2, norms.sup), (0.0, 0.0, 0.0));
    }

    #[test]
    fn pieces_and_points_agree() {
        let mut stream = Stream::of(Purpose::Start, &[11]);
        let mut network = || Dense::filled(&[1, 8, 8, 1], |_| stream.coefficient());
        let (student, teacher) = (network(), network());
        let lines = [&student, &teacher].map(|phi| Line::new(phi, 0.5).unwrap());
        let exact = distance_on_line(&lines[0], &lines[1]);
        let cube = Cube {
            dimension: 1,
            half_width: 0.5,
            points: 100_000,
            seed: 0,
        };
        let sampled = distance_on_points(&student, &teacher, cube);
        assert!((exact.l1 / sampled.l1 - 1.0).abs() < 0.01);
        assert!((exact.l2 / sampled.l2 - 1.0).abs() < 0.01);
        assert!(sampled.sup <= exact.sup * (1.0 + 1e-12) && sampled.sup > 0.999 * exact.sup);
    }
}
