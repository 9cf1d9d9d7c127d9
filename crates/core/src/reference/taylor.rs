//! The largest absolute value of a polynomial on simplices, by Taylor expansion at barycentres.

use crate::number::enclosure::Enclosure;
use crate::number::multipoly::MultiPoly;
use crate::number::rational::Rational;

/// d + 1 points.
pub(super) type Simplex = Vec<Vec<Rational>>;

/// How often the simplices of one cell may be halved.
const MOST_HALVINGS: usize = 2048;

/// A polynomial with what its expansion needs.
pub(super) struct Expanded {
    poly: MultiPoly,
    gradient: Vec<MultiPoly>,
    hessian: Vec<Vec<MultiPoly>>,
}

impl Expanded {
    pub(super) fn new(poly: MultiPoly, variables: usize) -> Self {
        let gradient: Vec<MultiPoly> = (0..variables).map(|k| partial(&poly, k)).collect();
        let hessian = gradient
            .iter()
            .map(|g| (0..variables).map(|k| partial(g, k)).collect())
            .collect();
        Self {
            poly,
            gradient,
            hessian,
        }
    }

    /// ∂_k p for all k.
    pub(super) fn partials(&self) -> Vec<MultiPoly> {
        self.gradient.clone()
    }

    /// p(x).
    pub(super) fn at(&self, point: &[Rational]) -> Rational {
        at(&self.poly, point)
    }

    /// Encloses the larger of `known` and the largest |p| on the simplices.
    ///
    /// # Definition
    /// With the barycentre b and δ_i the largest |v_i − b_i| over the corners v, every x in the simplex has
    /// |p(x)| ≤ max_v |p(b) + ∇p(b)·(v − b)| + ½·Σ_ij H_ij·δ_i·δ_j, where H_ij bounds |∂_i∂_j p| on the box of the simplex by the
    /// sum of the magnitudes of its terms. The corners give lower bounds. A simplex that could raise the lower bound by more
    /// than 2⁻⁴ of it is halved at its longest edge.
    pub(super) fn largest(&self, simplices: &[Simplex], known: &Rational) -> Enclosure {
        let tolerance = Rational::new(17, 16).expect("a positive denominator");
        let (mut lower, mut upper) = (known.clone(), known.clone());
        let mut pending: Vec<Simplex> = simplices.to_vec();
        let mut halvings = 0;
        while let Some(simplex) = pending.pop() {
            for corner in &simplex {
                lower = lower.max(at(&self.poly, corner).abs());
            }
            let bound = self.bound(&simplex);
            if bound <= &lower * &tolerance || halvings == MOST_HALVINGS {
                upper = upper.max(bound);
            } else {
                halvings += 1;
                pending.extend(halved(simplex));
            }
        }
        Enclosure {
            upper: upper.max(lower.clone()),
            lower,
        }
    }

    fn bound(&self, simplex: &Simplex) -> Rational {
        let d = self.gradient.len();
        let share = Rational::new(1, i64::try_from(d + 1).expect("a small dimension"))
            .expect("a positive denominator");
        let centre: Vec<Rational> = (0..d)
            .map(|i| {
                let sum = simplex
                    .iter()
                    .fold(Rational::zero(), |sum, corner| &sum + &corner[i]);
                &sum * &share
            })
            .collect();
        let value = at(&self.poly, &centre);
        let slopes: Vec<Rational> = self.gradient.iter().map(|g| at(g, &centre)).collect();
        let mut linear = Rational::zero();
        let mut spread = vec![Rational::zero(); d];
        let mut size = vec![Rational::zero(); d];
        for corner in simplex {
            let mut sum = value.clone();
            for i in 0..d {
                let step = &corner[i] - &centre[i];
                sum = &sum + &(&slopes[i] * &step);
                spread[i] = spread[i].clone().max(step.abs());
                size[i] = size[i].clone().max(corner[i].abs());
            }
            linear = linear.max(sum.abs());
        }
        let mut rest = Rational::zero();
        for (i, row) in self.hessian.iter().enumerate() {
            for (j, second) in row.iter().enumerate() {
                let product = &spread[i] * &spread[j];
                rest = &rest + &(&magnitude(second, &size) * &product);
            }
        }
        &linear + &rest.half()
    }
}

fn at(poly: &MultiPoly, point: &[Rational]) -> Rational {
    poly.evaluate(point).expect("a point has all coordinates")
}

/// Σ |c_α|·Π size_k^{α_k}, a bound for |p| on the box of all |x_k| ≤ size_k.
fn magnitude(poly: &MultiPoly, size: &[Rational]) -> Rational {
    let mut total = Rational::zero();
    for (exponents, coefficient) in poly.terms() {
        let term = exponents
            .iter()
            .zip(size)
            .fold(coefficient.abs(), |product, (e, s)| &product * &s.pow(*e));
        total = &total + &term;
    }
    total
}

fn partial(poly: &MultiPoly, k: usize) -> MultiPoly {
    let mut sum = MultiPoly::default();
    for (exponents, coefficient) in poly.terms() {
        let power = exponents.get(k).copied().unwrap_or(0);
        if power > 0 {
            let mut lowered = exponents.clone();
            lowered[k] = power - 1;
            let scaled = coefficient * &Rational::from(i64::from(power));
            sum = &sum + &MultiPoly::monomial(lowered, scaled);
        }
    }
    sum
}

/// Both halves at the midpoint of the longest edge.
fn halved(simplex: Simplex) -> [Simplex; 2] {
    let length = |i: usize, j: usize| {
        let steps = simplex[i].iter().zip(&simplex[j]);
        steps.fold(Rational::zero(), |sum, (a, b)| &sum + &(a - b).pow(2))
    };
    let pairs = (0..simplex.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let (i, j) = pairs
        .max_by_key(|(i, j)| length(*i, *j))
        .expect("a simplex of dimension at least 1 has an edge");
    let corners = simplex[i].iter().zip(&simplex[j]);
    let middle: Vec<Rational> = corners.map(|(a, b)| Rational::midpoint(a, b)).collect();
    let mut other = simplex.clone();
    let mut first = simplex;
    first[i].clone_from(&middle);
    other[j] = middle;
    [first, other]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cubic_on_a_triangle() {
        // x³ − x on the triangle (0,0), (1,0), (0,1): largest magnitude 2/(3√3) = 0.3849…
        let p = &MultiPoly::monomial(vec![3], Rational::one()) - &MultiPoly::symbol(0);
        let point = |x: i64, y: i64| vec![Rational::from(x), Rational::from(y)];
        let triangle = vec![point(0, 0), point(1, 0), point(0, 1)];
        let expanded = Expanded::new(p, 2);
        let found = expanded.largest(std::slice::from_ref(&triangle), &Rational::zero());
        let close = |text: &str| text.parse::<Rational>().unwrap();
        assert!(found.lower <= close("0.38490018") && close("0.38490017") <= found.upper);
        assert!(found.upper <= &found.lower * &close("17/16"));
        // A number known before is kept, and saves the work.
        let known = expanded.largest(&[triangle], &Rational::one());
        assert_eq!(known, Enclosure::exactly(Rational::one()));
    }

    #[test]
    fn what_is_flat_at_the_barycentre_and_at_the_corners() {
        // x² − x⁴ on [−1, 1]: value and slope are 0 at 0, the ends are zeros, and 1/4 is reached between.
        let p = &MultiPoly::monomial(vec![2], Rational::one())
            - &MultiPoly::monomial(vec![4], Rational::one());
        let line = vec![vec![Rational::from(-1)], vec![Rational::one()]];
        let found = Expanded::new(p, 1).largest(&[line], &Rational::zero());
        let quarter = Rational::new(1, 4).unwrap();
        assert!(found.lower <= quarter && quarter <= found.upper);
    }
}
