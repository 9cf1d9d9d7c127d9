//! Families of numbers and matrices: `small` reals, natural numbers and integers in a range, `small` matrices.

use relu_core::linear::matrix::Matrix;
use relu_core::number::rational::Rational;

use super::kink_values::fraction;
use super::stream::Stream;

/// Real numbers that decide cases: 0 and 1 first of all, then simple numbers of both signs.
const REALS: [(i64, i64); 16] = [
    (0, 1),
    (0, 1),
    (1, 1),
    (1, 1),
    (-1, 1),
    (1, 2),
    (1, 2),
    (-1, 2),
    (2, 1),
    (-3, 1),
    (1, 3),
    (3, 2),
    (-2, 3),
    (5, 1),
    (1, 4),
    (10, 1),
];

/// Entries of small matrices: three of eight are zero.
const ENTRIES: [(i64, i64); 8] = [
    (0, 1),
    (0, 1),
    (0, 1),
    (1, 1),
    (-1, 1),
    (2, 1),
    (-2, 1),
    (1, 2),
];

/// Largest number of rows or columns of a matrix that is drawn.
pub const MAX_MATRIX_SIDE: usize = 64;

/// A small real number: 0, ±1, ±1/2, 2, −3, 1/3, …; one time in eight p/q with |p| ≤ 20, q ≤ 12.
pub fn small_real(stream: &mut Stream) -> Rational {
    let (p, q) = if stream.chance(1, 8) {
        (stream.between(-20, 20), stream.between(1, 12))
    } else {
        stream.pick(&REALS)
    };
    fraction(p, q)
}

/// A small integer in lower..=upper (missing ends: −5 and 5 beyond the other end, or −5 and 5); `None` if the range is empty.
///
/// One draw in four is an end of the range; a range wider than 16 is met mostly at its lower end, up to 2ᵏ beyond it with k
/// uniform, because statements about n ∈ ℕ fail at small n or at sizes, not at a typical element of a large range.
pub fn integer(stream: &mut Stream, lower: Option<i64>, upper: Option<i64>) -> Option<i64> {
    let (lower, upper) = match (lower, upper) {
        (Some(lower), Some(upper)) => (lower, upper),
        (Some(lower), None) => (lower, lower.saturating_add(10)),
        (None, Some(upper)) => (upper.saturating_sub(10), upper),
        (None, None) => (-5, 5),
    };
    if lower > upper {
        return None;
    }
    if stream.chance(1, 4) {
        return Some(if stream.chance(1, 2) { lower } else { upper });
    }
    let width = upper.saturating_sub(lower);
    let reach = if width <= 16 {
        width
    } else {
        let bits = i64::from(i64::BITS - width.leading_zeros());
        let k = stream.between(1, bits.min(62));
        width.min(1 << k)
    };
    Some(stream.between(lower, lower.saturating_add(reach)))
}

/// A natural number in lower..=upper (lower end 0, upper end lower + 10 if missing); as [`integer`].
pub fn natural(stream: &mut Stream, lower: Option<u64>, upper: Option<u64>) -> Option<u64> {
    // Larger numbers than i64::MAX are out of reach of every evaluation; the range is cut there.
    let cut = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let drawn = integer(stream, Some(cut(lower.unwrap_or(0))), upper.map(cut))?;
    u64::try_from(drawn).ok()
}

/// A rows×cols matrix with entries in {0, ±1, ±2, 1/2}; `None` for a side of 0 or above [`MAX_MATRIX_SIDE`].
///
/// One time in eight the zero matrix; one in eight of rank at most one.
pub fn small_matrix(stream: &mut Stream, rows: usize, cols: usize) -> Option<Matrix<Rational>> {
    let side = 1..=MAX_MATRIX_SIDE;
    if !side.contains(&rows) || !side.contains(&cols) {
        return None;
    }
    let mut entry = || {
        let (p, q) = stream.pick(&ENTRIES);
        fraction(p, q)
    };
    let data = (0..rows * cols).map(|_| entry()).collect();
    let matrix = Matrix::new(rows, cols, data).ok()?;
    match stream.index(8) {
        0 => Some(Matrix::zeros(rows, cols)),
        1 => {
            let rank_one = (0..rows * cols)
                .map(|k| matrix.get(k / cols, 0) * matrix.get(0, k % cols))
                .collect();
            Matrix::new(rows, cols, rank_one).ok()
        }
        _ => Some(matrix),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn small_reals_meet_the_whole_table() {
        let mut stream = Stream::from_key(1, 8);
        let met: BTreeSet<Rational> = (0..500).map(|_| small_real(&mut stream)).collect();
        for (p, q) in REALS {
            assert!(met.contains(&fraction(p, q)));
        }
        assert!(met.len() > 30);
    }

    #[test]
    fn integers_stay_in_range_and_meet_the_ends() {
        let mut stream = Stream::from_key(2, 8);
        for (lower, upper) in [
            (0, 0),
            (-3, 4),
            (1, 1000),
            (i64::MIN, i64::MAX),
            (5, i64::MAX),
        ] {
            let drawn: BTreeSet<i64> = (0..200)
                .map(|_| integer(&mut stream, Some(lower), Some(upper)).unwrap())
                .collect();
            assert!(drawn.contains(&lower) && drawn.contains(&upper));
            assert!(drawn.iter().all(|n| (lower..=upper).contains(n)));
        }
        assert_eq!(integer(&mut stream, Some(1), Some(0)), None);
        assert_eq!(natural(&mut stream, Some(7), Some(3)), None);
        assert!((0..100).all(|_| natural(&mut stream, None, None).unwrap() <= 10));
        assert!((0..100).all(|_| integer(&mut stream, None, Some(i64::MIN)).is_some()));
        assert!((0..100).all(|_| natural(&mut stream, Some(u64::MAX), None).is_some()));
    }

    #[test]
    fn matrices_have_their_shape() {
        let mut stream = Stream::from_key(3, 8);
        let mut zeros = 0;
        for _ in 0..200 {
            let matrix = small_matrix(&mut stream, 2, 3).unwrap();
            assert_eq!((matrix.rows(), matrix.cols()), (2, 3));
            zeros += usize::from(matrix.is_zero());
        }
        assert!((10..60).contains(&zeros), "{zeros}");
        for (rows, cols) in [(0, 1), (1, 0), (65, 1), (usize::MAX, usize::MAX)] {
            assert!(small_matrix(&mut stream, rows, cols).is_none());
        }
    }
}
