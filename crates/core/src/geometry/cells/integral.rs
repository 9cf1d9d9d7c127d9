//! Integrals of powers of a network over a box, cell by cell.

use crate::failure::Failure;
use crate::geometry::cells::bernstein;
use crate::geometry::cells::complex::Complex;
use crate::geometry::domain::{Domain, Side};
use crate::linear::bareiss;
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::rational::Rational;

/// ∫ RΦ(x)^p dx over a bounded box, for a scalar network.
///
/// # Definition
/// On a simplex with corner values v₀, …, v_d an affine function has ∫ℓ^p = |det|·p!/(p+d)!·h_p(v₀, …, v_d), where |det| is d! times
/// the volume and h_p the sum of all monomials of degree p. Cells are triangulated by pulling.
///
/// # Exactness
/// Exact rational arithmetic.
///
/// Errors: as for [`count`](super::count); [`Failure::Shape`] for several outputs; [`Failure::Undefined`] for an unbounded box.
///
/// # Source
/// Claim `bump-lp-norm`.
pub fn integral_of_power(
    phi: &Network,
    power: u32,
    domain: &Domain,
    most: usize,
) -> Result<Rational, Failure> {
    super::extremes::scalar(phi)?;
    if !domain.sides(phi.indim())?.iter().all(Side::is_bounded) {
        return Err(Failure::Undefined(
            "an integral over a domain without bounds".into(),
        ));
    }
    let complex = Complex::new(phi, domain, &[], most)?;
    let mut total = Rational::zero();
    for cell in &complex.cells {
        let map = &complex.maps[cell.map];
        let vertices: Vec<Vec<Rational>> = cell
            .vertices
            .iter()
            .map(|index| complex.vertices[*index].clone())
            .collect();
        let place = |index: &usize| cell.vertices.iter().position(|vertex| vertex == index);
        let facets: Vec<Vec<usize>> = cell
            .facets
            .iter()
            .map(|facet| facet.vertices.iter().filter_map(place).collect())
            .collect();
        for simplex in bernstein::triangulated(&vertices, &facets) {
            let values: Vec<Rational> = simplex
                .iter()
                .map(|corner| {
                    let terms = map.gradient[0].iter().zip(corner);
                    terms.fold(map.constant[0].clone(), |mut sum, (slope, x)| {
                        sum.add_product(slope, x);
                        sum
                    })
                })
                .collect();
            let edges = simplex[1..].iter().map(|corner| {
                let steps = corner.iter().zip(&simplex[0]);
                steps.map(|(a, b)| a - b).collect()
            });
            let size = bareiss::determinant(&Matrix::from_rows(edges.collect())?)?.abs();
            total.add_product(&size, &homogeneous(&values, power));
        }
    }
    // p!/(p+d)!
    let dimension = u32::try_from(phi.indim()).expect("few inputs");
    for k in power + 1..=power + dimension {
        total = total
            .over(&Rational::from(i64::from(k)))
            .expect("k is at least 1");
    }
    Ok(total)
}

/// The sum of all monomials of degree p: h_p(v₀, …, v_i) = h_p(v₀, …, v_{i−1}) + v_i·h_{p−1}(v₀, …, v_i).
fn homogeneous(values: &[Rational], power: u32) -> Rational {
    let mut sums = vec![Rational::zero(); power as usize + 1];
    sums[0] = Rational::one();
    for value in values {
        for degree in 1..sums.len() {
            let lower = sums[degree - 1].clone();
            sums[degree].add_product(value, &lower);
        }
    }
    sums.swap_remove(power as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constructions::{bump, hat};
    use crate::reference::CellCertificate;

    fn cube(d: usize) -> Domain {
        Domain::interval(0.into(), 1.into())
            .unwrap()
            .power(d)
            .unwrap()
    }

    #[test]
    fn bumps_have_the_norms_of_the_formula() {
        // ∫ f_y^p = (2/M)^d / Π_{i ≤ d}(p + i).
        let eight = Rational::from(8);
        for d in 1..=3 {
            let centre = vec![Rational::new(3, 8).unwrap(); d];
            let phi = bump(&eight, &centre).unwrap();
            let complex = Complex::new(&phi, &cube(d), &[], 10_000).unwrap();
            let checked = CellCertificate::from(&complex)
                .check(&phi, &cube(d))
                .unwrap();
            for p in 0..=4_u32 {
                let found = integral_of_power(&phi, p, &cube(d), 10_000).unwrap();
                assert_eq!(
                    checked.integral_of_power(p).unwrap(),
                    found,
                    "d = {d}, p = {p}"
                );
                if p == 0 {
                    assert_eq!(found, Rational::one());
                    continue;
                }
                let small = u32::try_from(d).unwrap();
                let mut expected = Rational::new(1, 4).unwrap().pow(small);
                for i in 1..=small {
                    expected = expected.over(&Rational::from(i64::from(p + i))).unwrap();
                }
                assert_eq!(found, expected, "d = {d}, p = {p}");
            }
        }
    }

    #[test]
    fn hats_by_hand() {
        let on = |p| integral_of_power(&hat(), p, &cube(1), 100).unwrap();
        assert_eq!(on(1), Rational::new(1, 2).unwrap());
        assert_eq!(on(2), Rational::new(1, 3).unwrap());
        assert!(matches!(
            integral_of_power(&hat(), 1, &Domain::whole(), 100),
            Err(Failure::Undefined(_))
        ));
    }
}
