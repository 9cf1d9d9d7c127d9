//! The distance of a network from a polynomial over all cells: exact for quadratics, enclosed otherwise.

use crate::failure::Failure;
use crate::geometry::cells::bernstein;
use crate::geometry::cells::integer::Integer;
use crate::geometry::cells::quadratic::Quadratic;
use crate::geometry::cells::walk::{Leaf, Visitor};
use crate::geometry::domain::{Domain, Side};
use crate::network::Network;
use crate::number::enclosure::Enclosure;
use crate::number::polynomial::Polynomial;
use crate::number::rational::Rational;

/// The largest errors of a network against a polynomial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// sup|RΦ − p|.
    pub value: Enclosure,
    /// The largest |∂_k(RΦ − p)| over all k and all cells.
    pub derivative: Enclosure,
}

/// The largest errors of a scalar network against a polynomial on a bounded box, in value and in derivative.
///
/// # Exactness
/// For total degree at most 2 both enclosures are exact: on a cell the error is a quadratic, whose extreme values lie at
/// vertices and at isolated critical points of faces, and its derivative is affine. For a higher degree the error is
/// bounded on simplices by its Bernstein coefficients, which are refined until upper and lower bound differ by less than
/// 2⁻⁸ of the lower one, or the work allowed to a cell is done: then the enclosure is wider, and still certain.
///
/// Errors: as for [`extremes`](super::extremes); [`Failure::Shape`] for a polynomial in another number of variables.
pub fn deviation(
    phi: &Network,
    p: &Polynomial,
    domain: &Domain,
    most: usize,
) -> Result<Deviation, Failure> {
    super::extremes::scalar(phi)?;
    if p.variables() != phi.indim() {
        return Err(Failure::Shape(format!(
            "variables of a polynomial compared with a network: expected {}, got {}",
            phi.indim(),
            p.variables()
        )));
    }
    if !domain.sides(phi.indim())?.iter().all(Side::is_bounded) {
        return Err(Failure::Undefined(
            "largest error on a domain without bounds".into(),
        ));
    }
    let scale = super::output_scale(phi)?;
    let mut errors = Errors {
        quadratic: Quadratic::of(p),
        p,
        share: Rational::from(scale).recip().expect("a scale is positive"),
        value: zero(),
        derivative: zero(),
    };
    super::walk(phi, domain, &[], most, &mut errors)?;
    Ok(Deviation {
        value: errors.value,
        derivative: errors.derivative,
    })
}

struct Errors<'a> {
    quadratic: Option<Quadratic>,
    p: &'a Polynomial,
    /// One over the scale of the output forms.
    share: Rational,
    value: Enclosure,
    derivative: Enclosure,
}

impl Visitor for Errors<'_> {
    fn visit<T: Integer, const N: usize, const W: usize>(
        &mut self,
        leaf: &Leaf<'_, T, N, W>,
    ) -> Result<(), Failure> {
        let affine: Vec<Rational> = leaf
            .outputs
            .iter()
            .map(|c| &Rational::from(c.to_big()) * &self.share)
            .collect();
        let vertices: Vec<Vec<Rational>> = leaf
            .polytope
            .vertices
            .iter()
            .map(|vertex| vertex.exact.coordinates())
            .collect();
        let facets: Vec<Vec<usize>> = leaf
            .polytope
            .live
            .iter()
            .map(|slot| {
                (0..vertices.len())
                    .filter(|i| leaf.polytope.vertices[*i].facets.contains(slot))
                    .collect()
            })
            .collect();
        if let Some(quadratic) = &self.quadratic {
            let error = quadratic.minus(&affine);
            let conditions: Vec<Vec<Rational>> = leaf
                .polytope
                .live
                .iter()
                .map(|slot| inward(leaf, slot))
                .collect();
            let value = error.largest(&vertices, &facets, &conditions);
            self.value = self.value.max(&Enclosure::exactly(value));
            for vertex in &vertices {
                for entry in error.gradient_at(vertex) {
                    self.derivative = self.derivative.max(&Enclosure::exactly(entry.abs()));
                }
            }
            return Ok(());
        }
        let simplices = bernstein::triangulated(&vertices, &facets);
        let error = bernstein::difference(self.p.terms(), &affine);
        let found = bernstein::largest(&error, &simplices, &self.value.lower);
        self.value = self.value.max(&found);
        for k in 0..N - 1 {
            let partial = bernstein::partial(&error, k);
            let found = bernstein::largest(&partial, &simplices, &self.derivative.lower);
            self.derivative = self.derivative.max(&found);
        }
        Ok(())
    }

    fn restart(&mut self) {
        self.value = zero();
        self.derivative = zero();
    }
}

fn zero() -> Enclosure {
    Enclosure::exactly(Rational::zero())
}

/// The condition (c₀, c) of a facet, turned so that it is positive inside.
fn inward<T, const N: usize, const W: usize>(
    leaf: &Leaf<'_, T, N, W>,
    slot: usize,
) -> Vec<Rational> {
    use crate::field::Sign;
    let plane = &leaf.polytope.planes[slot];
    let outside = leaf
        .polytope
        .vertices
        .iter()
        .any(|vertex| plane.sign_at(&vertex.exact) == Sign::Negative);
    plane
        .big()
        .into_iter()
        .map(|value| Rational::from(if outside { -value } else { value }))
        .collect()
}
