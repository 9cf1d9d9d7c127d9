//! Signs of affine forms at points from floating-point numbers, where a proven bound on the error allows it.
//!
//! # The bound
//! u = 2⁻⁵³. A coordinate x_k = p/w is computed from two rounded integers by one division: its relative error is at most
//! 4u. A coefficient c_k is rounded once: u. With one rounding for the product, a term c_k·x_k has relative error at most
//! 7u, and the sum of N ≤ 16 terms adds at most N·u of Σ|c_k·x_k|, up to terms in u². So the computed value differs from
//! the exact one by at most 24u·Σ|c_k·x_k| ≤ 24u·‖c‖₁·max(1, |x_k|). The threshold below is 64u times the computed
//! ‖c‖₁·max(1, |x_k|), whose own relative error is below 20u: more than twice what is needed. Underflow: a coordinate or a
//! product that is not normal has absolute error below 2⁻¹⁰⁷⁰, times a coefficient of at most 2²⁰⁰ (larger ones switch
//! the filter off); the absolute part 2⁻⁷⁰⁰ of the threshold covers that. Overflow gives ∞ or NaN, and no comparison
//! with them is true.
//!
//! The answer of the filter is a sign that is certain, or nothing: then the caller computes with integers.
#![allow(
    clippy::float_arithmetic,
    reason = "a sign filter with the bound proven above; every undecided sign is computed exactly"
)]

use dashu_int::IBig;

use crate::field::Sign;

/// 64u, the relative part of the threshold.
const RELATIVE: f64 = 1.0 / 140_737_488_355_328.0;

/// The absolute part of the threshold.
const ABSOLUTE: f64 = 1e-210;

/// The largest ‖c‖₁ the filter works with; below 2²⁰⁰.
const LARGEST: f64 = 1e60;

/// Integers that can be rounded to the nearest float.
pub(super) trait Rounding {
    fn rounded(&self) -> f64;
}

impl Rounding for i64 {
    #[inline]
    fn rounded(&self) -> f64 {
        *self as f64
    }
}

impl Rounding for i128 {
    #[inline]
    fn rounded(&self) -> f64 {
        *self as f64
    }
}

impl Rounding for IBig {
    fn rounded(&self) -> f64 {
        self.to_f64().value()
    }
}

/// A point (1, x₁, …, x_d), rounded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point<const N: usize> {
    x: [f64; N],
    size: f64,
}

impl<const N: usize> Point<N> {
    /// The point with homogeneous coordinates (w, w·x₁, …), w > 0.
    pub(super) fn new<T: Rounding>(homogeneous: &[T; N]) -> Self {
        let w = homogeneous[0].rounded();
        let mut x = [1.0; N];
        let mut size = 1.0_f64;
        for k in 1..N {
            x[k] = homogeneous[k].rounded() / w;
            size = size.max(x[k].abs());
            // `max` drops NaN; a coordinate that is none switches the filter off.
            if x[k].is_nan() {
                size = f64::INFINITY;
            }
        }
        Self { x, size }
    }
}

/// An affine form c₀ + c₁x₁ + …, rounded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<const N: usize> {
    c: [f64; N],
    norm: f64,
}

impl<const N: usize> Form<N> {
    pub(super) fn new<T: Rounding>(coefficients: &[T; N]) -> Self {
        let c: [f64; N] = std::array::from_fn(|k| coefficients[k].rounded());
        Self { c, norm: norm(&c) }
    }

    /// The certain sign at the point, or `None`.
    #[inline]
    pub(super) fn sign(&self, point: &Point<N>) -> Option<Sign> {
        let value = dot(&self.c, &point.x);
        let threshold = self.norm * point.size * RELATIVE + ABSOLUTE;
        if value > threshold {
            Some(Sign::Positive)
        } else if value < -threshold {
            Some(Sign::Negative)
        } else {
            None
        }
    }

    /// Bounds of the value at the point.
    pub(super) fn bracket(&self, point: &Point<N>) -> Bracket {
        let value = dot(&self.c, &point.x);
        let error = 2.0 * (self.norm * point.size * RELATIVE + ABSOLUTE);
        Bracket {
            lower: value - error,
            upper: value + error,
        }
    }
}

/// A lower and an upper bound of a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    lower: f64,
    upper: f64,
}

impl Bracket {
    /// Whether the number is certainly not above the other.
    pub(super) fn is_at_most(&self, other: &Self) -> bool {
        self.upper <= other.lower
    }
}

fn dot<const N: usize>(c: &[f64; N], x: &[f64; N]) -> f64 {
    let mut sum = c[0];
    for k in 1..N {
        sum += c[k] * x[k];
    }
    sum
}

fn norm(c: &[f64]) -> f64 {
    let sum: f64 = c.iter().map(|value| value.abs()).sum();
    usable(sum)
}

/// The norm itself, or ∞, which leaves every sign open, where it is too large or none.
fn usable(norm: f64) -> f64 {
    if norm <= LARGEST { norm } else { f64::INFINITY }
}

/// Many affine forms, coefficient by coefficient.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    count: usize,
    /// Coefficient k of form i at `k·count + i`.
    c: Vec<f64>,
    norms: Vec<f64>,
    values: Vec<f64>,
}

/// What the vertices of a polytope say about a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Certainly ≥ 0 everywhere and > 0 somewhere.
    Positive,
    /// Certainly ≤ 0 everywhere and < 0 somewhere.
    Negative,
    /// Certainly positive at one vertex and negative at another.
    Both,
    /// Some sign is not certain.
    Open,
}

const SEEN_POSITIVE: u8 = 1;
const SEEN_NEGATIVE: u8 = 2;
const SEEN_NEITHER: u8 = 4;

impl Forms {
    /// Takes over the forms whose coefficient k of form i lies at `k·count + i`.
    pub(super) fn load<T: Rounding>(&mut self, count: usize, coefficients: &[T]) {
        self.count = count;
        self.c.clear();
        self.c.extend(coefficients.iter().map(Rounding::rounded));
        self.norms.clear();
        self.norms.resize(count, 0.0);
        for row in self.c.chunks_exact(count) {
            for (sum, value) in self.norms.iter_mut().zip(row) {
                *sum += value.abs();
            }
        }
        for sum in &mut self.norms {
            *sum = usable(*sum);
        }
    }

    /// The side of every form on the polytope with these vertices.
    pub(super) fn sides<'a, const N: usize>(
        &mut self,
        points: impl Iterator<Item = &'a Point<N>>,
        seen: &mut Vec<u8>,
    ) {
        let n = self.count;
        seen.clear();
        seen.resize(n, 0);
        self.values.resize(n, 0.0);
        for point in points {
            let values = &mut self.values[..n];
            values.copy_from_slice(&self.c[..n]);
            for k in 1..N {
                let x = point.x[k];
                for (value, c) in values.iter_mut().zip(&self.c[k * n..(k + 1) * n]) {
                    *value += c * x;
                }
            }
            let scale = point.size * RELATIVE;
            for ((flags, value), norm) in seen.iter_mut().zip(values.iter()).zip(&self.norms) {
                let threshold = norm * scale + ABSOLUTE;
                let positive = u8::from(*value > threshold);
                let negative = u8::from(*value < -threshold);
                *flags |= positive | (negative << 1) | ((1 - positive - negative) << 2);
            }
        }
    }

    /// Reads an entry that [`Forms::sides`] has written.
    pub(super) fn side(seen: u8) -> Side {
        match seen {
            SEEN_POSITIVE => Side::Positive,
            SEEN_NEGATIVE => Side::Negative,
            flags if flags & (SEEN_POSITIVE | SEEN_NEGATIVE) == SEEN_POSITIVE | SEEN_NEGATIVE => {
                Side::Both
            }
            flags => {
                debug_assert!(flags & SEEN_NEITHER != 0);
                Side::Open
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certain_signs_and_exact_zeros() {
        let form = Form::new(&[-1i64, 3, 0]);
        for (point, expected) in [
            ([1i64, 1, 7], Some(Sign::Positive)),
            ([3, 1, 7], None), // −1 + 3·(1/3) = 0
            ([4, 1, 7], Some(Sign::Negative)),
        ] {
            assert_eq!(form.sign(&Point::new(&point)), expected, "{point:?}");
        }
    }

    #[test]
    fn a_sign_below_the_rounding_error_is_left_open() {
        // 1 + 2⁻⁶⁰ and 1 are the same float, so their difference is not seen.
        let tiny = [1i128 << 60, (1i128 << 60) + 1];
        assert_eq!(Form::new(&[-1i64, 1]).sign(&Point::new(&tiny)), None);
    }

    #[test]
    fn numbers_beyond_the_floats_are_left_open() {
        let huge = IBig::ONE << 5000;
        let form = Form::new(&[huge.clone(), IBig::ONE]);
        assert_eq!(form.sign(&Point::new(&[IBig::ONE, IBig::ONE])), None);
        let far = Point::new(&[IBig::ONE, huge.clone()]);
        assert_eq!(Form::new(&[0i64, 1]).sign(&far), None);
        let lost = Point::new(&[huge.clone(), huge]);
        assert_eq!(Form::new(&[0i64, 1]).sign(&lost), None);
    }

    #[test]
    fn sides_over_several_points() {
        let points = [[1i64, 0], [1, 1]].map(|p| Point::<2>::new(&p));
        let mut forms = Forms::default();
        // 1 + x, −1 − x, −1 + 2x, x − 1
        forms.load(4, &[1i64, -1, -1, -1, 1, -1, 2, 1]);
        let mut seen = Vec::new();
        forms.sides(points.iter(), &mut seen);
        let sides: Vec<Side> = seen.iter().map(|&s| Forms::side(s)).collect();
        assert_eq!(
            sides,
            [Side::Positive, Side::Negative, Side::Both, Side::Open]
        );
    }
}
