//! Homogeneous integer vectors: hyperplanes c₀·w + c·x = 0 and points (w, x), w > 0, with their exact products.

use dashu_int::IBig;
use dashu_int::ops::{Gcd, UnsignedAbs};

use crate::field::Sign;
use crate::geometry::cells::filter::{Form, Point};
use crate::geometry::cells::integer::Integer;
use crate::number::rational::Rational;

/// N integers: 128 bits each while they fit, of any size otherwise.
#[derive(Clone, Debug)]
pub(super) enum Homogeneous<const N: usize> {
    /// All entries fit.
    Small([i128; N]),
    /// Some intermediate result did not fit.
    Big(Box<[IBig; N]>),
}

use Homogeneous::{Big, Small};

impl<const N: usize> Homogeneous<N> {
    /// The integers, divided by the power of two they share.
    pub(super) fn new<T: Integer>(entries: impl Fn(usize) -> T) -> Self {
        let entries: [T; N] = std::array::from_fn(entries);
        let mut small = [0; N];
        for (target, entry) in small.iter_mut().zip(&entries) {
            match entry.to_wide() {
                Some(value) => *target = value,
                None => return Self::from_big(entries.map(|entry| entry.to_big())),
            }
        }
        Self::from_small(small)
    }

    fn from_small(mut entries: [i128; N]) -> Self {
        let shift = entries
            .iter()
            .fold(0, |all, value| all | value)
            .trailing_zeros();
        if shift > 0 && shift < 128 {
            for value in &mut entries {
                *value >>= shift;
            }
        }
        Small(entries)
    }

    /// Divided by the greatest common divisor; held small if that makes it fit.
    fn from_big(entries: [IBig; N]) -> Self {
        let divisor = entries
            .iter()
            .filter(|value| **value != IBig::ZERO)
            .map(|value| value.unsigned_abs())
            .reduce(|a, b| (&a).gcd(&b));
        let reduced = match divisor {
            None => entries,
            Some(divisor) => {
                let divisor = IBig::from(divisor);
                entries.map(|value| value / &divisor)
            }
        };
        let mut small = [0; N];
        for (target, value) in small.iter_mut().zip(&reduced) {
            match i128::try_from(value) {
                Ok(value) => *target = value,
                Err(_) => return Big(Box::new(reduced)),
            }
        }
        Small(small)
    }

    /// The entries as integers of any size.
    pub(super) fn big(&self) -> [IBig; N] {
        match self {
            Small(entries) => entries.map(IBig::from),
            Big(entries) => (**entries).clone(),
        }
    }

    pub(super) fn rounded_form(&self) -> Form<N> {
        match self {
            Small(entries) => Form::new(entries),
            Big(entries) => Form::new(entries),
        }
    }

    pub(super) fn rounded_point(&self) -> Point<N> {
        match self {
            Small(entries) => Point::new(entries),
            Big(entries) => Point::new(entries),
        }
    }

    /// The exact product with another one: of a plane with a point, say.
    pub(super) fn product(&self, other: &Self) -> IBig {
        if let (Small(a), Small(b)) = (self, other)
            && let Some(sum) = small_product(a, b)
        {
            return IBig::from(sum);
        }
        let (a, b) = (self.big(), other.big());
        a.iter().zip(&b).map(|(x, y)| x * y).sum()
    }

    /// The sign of the product.
    pub(super) fn sign_at(&self, other: &Self) -> Sign {
        if let (Small(a), Small(b)) = (self, other)
            && let Some(sum) = small_product(a, b)
        {
            return sum.cmp(&0).into();
        }
        self.product(other).cmp(&IBig::ZERO).into()
    }

    /// Divided by the greatest common divisor, first entry positive: equal points become equal values.
    pub(super) fn canonical(&self) -> [IBig; N] {
        let entries = match Self::from_big(self.big()) {
            Small(entries) => entries.map(IBig::from),
            Big(entries) => *entries,
        };
        let first = entries.iter().find(|value| **value != IBig::ZERO);
        if first.is_some_and(|value| *value < IBig::ZERO) {
            entries.map(|value| -value)
        } else {
            entries
        }
    }

    /// The coordinates x₁, …, x_d of a point.
    pub(super) fn coordinates(&self) -> Vec<Rational> {
        let entries = self.big();
        let w = entries[0].clone().unsigned_abs();
        entries[1..]
            .iter()
            .map(|value| {
                Rational::from_parts(value.clone(), w.clone()).expect("a point has positive weight")
            })
            .collect()
    }

    /// The point common to d = N − 1 hyperplanes, with positive weight; `None` if they do not meet in one point with
    /// finite coordinates.
    pub(super) fn meeting(planes: &[&Self]) -> Option<Self> {
        debug_assert_eq!(planes.len(), N - 1);
        let rows: Option<Vec<&[i128; N]>> = planes
            .iter()
            .map(|plane| match plane {
                Small(entries) => Some(entries),
                Big(_) => None,
            })
            .collect();
        if let Some(rows) = rows
            && let Some(entries) = small_minors(&rows)
        {
            return match entries[0].cmp(&0) {
                std::cmp::Ordering::Equal => None,
                std::cmp::Ordering::Greater => Some(Self::from_small(entries)),
                std::cmp::Ordering::Less => Some(Self::from_small(entries.map(|value| -value))),
            };
        }
        let rows: Vec<[IBig; N]> = planes.iter().map(|plane| plane.big()).collect();
        let rows: Vec<&[IBig; N]> = rows.iter().collect();
        let entries = minors(&rows, |a, b| Some(a * b), |a, b| Some(a - b))
            .expect("integers of any size do not overflow");
        match entries[0].cmp(&IBig::ZERO) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Self::from_big(entries)),
            std::cmp::Ordering::Less => Some(Self::from_big(entries.map(|value| -value))),
        }
    }
}

fn small_product<const N: usize>(a: &[i128; N], b: &[i128; N]) -> Option<i128> {
    let mut sum = 0i128;
    for (x, y) in a.iter().zip(b) {
        sum = sum.checked_add(x.checked_mul(*y)?)?;
    }
    Some(sum)
}

/// [`minors`] of 128-bit integers; with two rows of words, where nothing can overflow, the cross product.
fn small_minors<const N: usize>(rows: &[&[i128; N]]) -> Option<[i128; N]> {
    if N == 3 {
        let word = |value: &i128| i64::try_from(*value).ok();
        let narrow = |row: &[i128; N]| Some([word(&row[0])?, word(&row[1])?, word(&row[2])?]);
        if let (Some(a), Some(b)) = (narrow(rows[0]), narrow(rows[1])) {
            let minor = |i: usize, j: usize| {
                i128::from(a[i]) * i128::from(b[j]) - i128::from(a[j]) * i128::from(b[i])
            };
            let cross = [minor(1, 2), minor(2, 0), minor(0, 1)];
            return Some(std::array::from_fn(|k| cross[k]));
        }
    }
    minors(rows, |a, b| a.checked_mul(*b), i128::checked_sub)
}

/// The vector orthogonal to N − 1 rows: entry k is (−1)ᵏ times the minor without column k.
///
/// The minors of the first r rows are built from those of r − 1 rows by expansion along the last row, for every set of
/// r columns; nothing is divided. `None` if an operation overflows.
fn minors<T, const N: usize>(
    rows: &[&[T; N]],
    times: impl Fn(&T, &T) -> Option<T>,
    minus: impl Fn(T, T) -> Option<T>,
) -> Option<[T; N]>
where
    T: Clone + Default + std::ops::Neg<Output = T>,
{
    let full = (1usize << N) - 1;
    // By set of columns; a set of r columns is filled in round r.
    let mut table: Vec<T> = vec![T::default(); 1 << N];
    for (r, row) in rows.iter().enumerate() {
        let size = r + 1;
        for set in 1..=full {
            if set.count_ones() as usize != size {
                continue;
            }
            if size == 1 {
                table[set] = row[set.trailing_zeros() as usize].clone();
                continue;
            }
            // Expansion along the last row: the sign of the last column of the set is +.
            let mut sum = T::default();
            let mut position = 0;
            for (k, entry) in row.iter().enumerate() {
                if set & (1 << k) == 0 {
                    continue;
                }
                position += 1;
                let term = times(entry, &table[set & !(1 << k)])?;
                let plus = (size - position) % 2 == 0;
                sum = minus(sum, if plus { -term } else { term })?;
            }
            table[set] = sum;
        }
    }
    Some(std::array::from_fn(|k| {
        let minor = table[full & !(1 << k)].clone();
        if k % 2 == 0 { minor } else { -minor }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane<const N: usize>(entries: [i64; N]) -> Homogeneous<N> {
        Homogeneous::new(|k| entries[k])
    }

    #[test]
    fn lines_meet() {
        // x = 2 and x + y = 5.
        let (a, b) = (plane([-2, 1, 0]), plane([-5, 1, 1]));
        let point = Homogeneous::meeting(&[&a, &b]).unwrap();
        assert_eq!(point.coordinates(), [2, 3].map(Rational::from_integer));
        assert_eq!(a.sign_at(&point), Sign::Zero);
        assert!(Homogeneous::meeting(&[&a, &plane([7, 3, 0])]).is_none());
        assert!(Homogeneous::meeting(&[&a, &a]).is_none());
    }

    #[test]
    fn the_weight_is_positive_whatever_the_order() {
        let planes = [
            plane([-1, 2, 0, 1]),
            plane([3, 0, 5, 1]),
            plane([1, 1, 1, -4]),
        ];
        for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2, 0]] {
            let chosen = order.map(|i| &planes[i]);
            let point = Homogeneous::meeting(&chosen).unwrap();
            assert!(point.big()[0] > IBig::ZERO);
            for plane in &planes {
                assert_eq!(plane.sign_at(&point), Sign::Zero);
            }
        }
    }

    #[test]
    fn overflow_is_noticed_and_computed_again() {
        let huge = IBig::ONE << 90;
        let a = Homogeneous::<3>::new(|k| [-&huge * 3, huge.clone(), IBig::ONE][k].clone());
        let b = Homogeneous::<3>::new(|k| [IBig::from(7), IBig::ONE, -huge.clone()][k].clone());
        assert!(matches!((&a, &b), (Small(_), Small(_))));
        let point = Homogeneous::meeting(&[&a, &b]).unwrap();
        for plane in [&a, &b] {
            assert_eq!(plane.product(&point), IBig::ZERO);
            assert_eq!(plane.sign_at(&point), Sign::Zero);
        }
        assert!(point.coordinates()[0] < Rational::from_integer(3));
    }

    #[test]
    fn the_cross_product_and_the_minors_agree() {
        let times = |a: &i128, b: &i128| a.checked_mul(*b);
        let extreme = i128::from(i64::MAX);
        for rows in [
            [[3, -1, 4], [1, 5, -9]],
            [[-2, 0, 0], [0, 0, 7]],
            [[extreme, -extreme, 1], [-extreme, -extreme, extreme]],
        ] {
            let rows: Vec<&[i128; 3]> = rows.iter().collect();
            let general = minors(&rows, times, i128::checked_sub);
            assert!(general.is_some());
            assert_eq!(small_minors(&rows), general);
        }
    }

    #[test]
    fn canonical_forms_of_equal_points_agree() {
        let (a, b) = (plane([6, 3, -9]), plane([-2, -1, 3]));
        assert_eq!(a.canonical(), b.canonical());
    }
}
