//! Bounds of a polynomial on simplices by its Bernstein coefficients.

use crate::number::enclosure::Enclosure;
use crate::number::multipoly::MultiPoly;
use crate::number::rational::Rational;

/// d + 1 points.
type Simplex = Vec<Vec<Rational>>;

/// How often the simplices of one cell may be halved.
const MOST_HALVINGS: usize = 4096;

/// A triangulation by pulling of the polytope with these vertices and facets (by their vertices).
pub(super) fn triangulated(vertices: &[Vec<Rational>], facets: &[Vec<usize>]) -> Vec<Simplex> {
    let dimension = vertices[0].len();
    let mut simplices = Vec::new();
    let mut pending = vec![(Vec::new(), (0..vertices.len()).collect::<Vec<usize>>())];
    while let Some((mut chain, face)) = pending.pop() {
        let first: usize = face[0];
        chain.push(first);
        if chain.len() == dimension + 1 {
            simplices.push(chain.iter().map(|i| vertices[*i].clone()).collect());
            continue;
        }
        // The facets of the face are its largest proper parts cut out by facets of the polytope.
        let parts: Vec<Vec<usize>> = facets
            .iter()
            .map(|facet| face.iter().filter(|i| facet.contains(i)).copied().collect())
            .filter(|part: &Vec<usize>| part.len() < face.len())
            .collect();
        let mut kept: Vec<&Vec<usize>> = Vec::new();
        for part in &parts {
            let inside = |other: &Vec<usize>| {
                other.len() > part.len() && part.iter().all(|i| other.contains(i))
            };
            if !part.is_empty()
                && !part.contains(&first)
                && !parts.iter().any(inside)
                && !kept.contains(&part)
            {
                kept.push(part);
            }
        }
        pending.extend(kept.into_iter().map(|part| (chain.clone(), part.clone())));
    }
    simplices
}

/// p(x) − (c₀ + c·x).
pub(super) fn difference(p: &MultiPoly, affine: &[Rational]) -> MultiPoly {
    let mut sum = p - &MultiPoly::constant(affine[0].clone());
    for (k, c) in affine[1..].iter().enumerate() {
        sum = &sum - &MultiPoly::symbol(k).scaled(c);
    }
    sum
}

/// ∂_k p.
pub(super) fn partial(p: &MultiPoly, k: usize) -> MultiPoly {
    let mut sum = MultiPoly::default();
    for (exponents, coefficient) in p.terms() {
        let Some(e) = exponents.get(k).copied().filter(|e| *e > 0) else {
            continue;
        };
        let mut lower = exponents.clone();
        lower[k] -= 1;
        let factor = Rational::from(i64::from(e));
        sum = &sum + &MultiPoly::monomial(lower, coefficient * &factor);
    }
    sum
}

/// Encloses the largest |p| on the simplices, or the number `known` if that is larger.
///
/// On a simplex p is a convex combination of its Bernstein coefficients, so |p| is at most the largest of their
/// magnitudes; at the corners p is attained. A simplex that could raise the lower bound by more than 2⁻⁸ of it is
/// halved at its longest edge.
pub(super) fn largest(p: &MultiPoly, simplices: &[Simplex], known: &Rational) -> Enclosure {
    let tolerance = Rational::new(257, 256).expect("a positive denominator");
    let mut lower = known.clone();
    let mut upper = known.clone();
    let mut pending: Vec<Simplex> = simplices.to_vec();
    let mut halvings = 0;
    while let Some(simplex) = pending.pop() {
        let (corners, bound) = bounds(p, &simplex);
        lower = lower.max(corners);
        if bound <= &lower * &tolerance || halvings == MOST_HALVINGS {
            upper = upper.max(bound);
        } else {
            halvings += 1;
            pending.extend(halved(&simplex));
        }
    }
    Enclosure {
        upper: upper.max(lower.clone()),
        lower,
    }
}

/// The largest |p| at the corners, and the largest magnitude of a Bernstein coefficient.
///
/// With x = Σλ_i·v_i and Σλ_i = 1, p of degree n is a form of degree n in λ; its coefficient at λ^α divided by n!/α! is the
/// Bernstein coefficient.
fn bounds(p: &MultiPoly, simplex: &Simplex) -> (Rational, Rational) {
    let corners = simplex
        .iter()
        .map(|corner| {
            p.evaluate(corner)
                .expect("a corner has all coordinates")
                .abs()
        })
        .max()
        .expect("a simplex has corners");
    let total = |exponents: &[u32]| exponents.iter().sum::<u32>();
    let degree = p
        .terms()
        .map(|(exponents, _)| total(exponents))
        .max()
        .unwrap_or(0);
    let coordinates: Vec<MultiPoly> = (0..simplex[0].len())
        .map(|k| {
            simplex
                .iter()
                .enumerate()
                .fold(MultiPoly::default(), |sum, (i, corner)| {
                    &sum + &MultiPoly::symbol(i).scaled(&corner[k])
                })
        })
        .collect();
    let one = (0..simplex.len()).fold(MultiPoly::default(), |sum, i| &sum + &MultiPoly::symbol(i));
    let mut form = MultiPoly::default();
    for (exponents, coefficient) in p.terms() {
        let mut term = one.pow(degree - total(exponents)).scaled(coefficient);
        for (k, e) in exponents.iter().enumerate() {
            if *e > 0 {
                term = &term * &coordinates[k].pow(*e);
            }
        }
        form = &form + &term;
    }
    let factorial =
        |n: u32| (1..=n).fold(Rational::one(), |f, k| &f * &Rational::from(i64::from(k)));
    let whole = factorial(degree);
    let mut bound = corners.clone();
    for (exponents, coefficient) in form.terms() {
        let parts = exponents
            .iter()
            .fold(Rational::one(), |f, e| &f * &factorial(*e));
        let magnitude = (coefficient * &parts).over(&whole).expect("n! > 0").abs();
        bound = bound.max(magnitude);
    }
    (corners, bound)
}

/// Both halves at the midpoint of the longest edge.
fn halved(simplex: &Simplex) -> [Simplex; 2] {
    let squared = |a: &[Rational], b: &[Rational]| {
        a.iter().zip(b).fold(Rational::zero(), |sum, (x, y)| {
            let step = x - y;
            &sum + &(&step * &step)
        })
    };
    let mut longest = (0, 1, Rational::zero());
    for i in 0..simplex.len() {
        for j in 0..i {
            let length = squared(&simplex[i], &simplex[j]);
            if length > longest.2 {
                longest = (j, i, length);
            }
        }
    }
    let (i, j, _) = longest;
    let middle: Vec<Rational> = simplex[i]
        .iter()
        .zip(&simplex[j])
        .map(|(a, b)| Rational::midpoint(a, b))
        .collect();
    let (mut first, mut second) = (simplex.clone(), simplex.clone());
    first[i] = middle.clone();
    second[j] = middle;
    [first, second]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: i64, y: i64) -> Vec<Rational> {
        vec![x.into(), y.into()]
    }

    #[test]
    fn a_square_is_two_triangles() {
        let vertices = [point(0, 0), point(1, 0), point(0, 1), point(1, 1)];
        let facets = [vec![0, 2], vec![1, 3], vec![0, 1], vec![2, 3]];
        assert_eq!(triangulated(&vertices, &facets).len(), 2);
    }

    #[test]
    fn a_cubic_is_enclosed() {
        // x³ − x on the triangle (0,0), (1,0), (0,1): largest magnitude 2/(3√3) = 0.3849…
        let p = &MultiPoly::monomial(vec![3], Rational::one()) - &MultiPoly::symbol(0);
        let triangle = vec![point(0, 0), point(1, 0), point(0, 1)];
        let found = largest(&p, &[triangle], &Rational::zero());
        let close = |text: &str| text.parse::<Rational>().unwrap();
        assert!(found.lower <= close("0.38490018") && close("0.38490017") <= found.upper);
        assert!(found.upper <= &found.lower * &close("257/256"));
    }

    #[test]
    fn partial_derivatives() {
        let p = MultiPoly::monomial(vec![3, 2], Rational::from_integer(5));
        assert_eq!(partial(&p, 0), MultiPoly::monomial(vec![2, 2], 15.into()));
        assert_eq!(partial(&p, 1), MultiPoly::monomial(vec![3, 1], 10.into()));
        assert_eq!(partial(&p, 2), MultiPoly::default());
    }
}
