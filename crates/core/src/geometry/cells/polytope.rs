//! Full-dimensional convex polytopes by their vertices and facets, cut by hyperplanes.

use std::rc::Rc;

use crate::field::Sign;
use crate::geometry::cells::filter::{Form, Point};
use crate::geometry::cells::plane::Homogeneous;

/// A set of up to 64·W facets of one polytope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facets<const W: usize>([u64; W]);

impl<const W: usize> Facets<W> {
    pub(super) const NONE: Self = Self([0; W]);

    pub(super) fn contains(&self, i: usize) -> bool {
        self.0[i / 64] >> (i % 64) & 1 == 1
    }

    fn with(mut self, i: usize) -> Self {
        self.0[i / 64] |= 1 << (i % 64);
        self
    }

    fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|w| self.0[w] & other.0[w]))
    }

    fn or(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|w| self.0[w] | other.0[w]))
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn is_subset_of(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    fn first_free(&self) -> Option<usize> {
        let w = self.0.iter().position(|word| *word != u64::MAX)?;
        Some(64 * w + (!self.0[w]).trailing_zeros() as usize)
    }

    /// The members, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..W).flat_map(move |w| {
            let mut rest = self.0[w];
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                Some(64 * w + bit)
            })
        })
    }
}

/// A vertex: its exact homogeneous coordinates, their rounding, and the facets that contain it.
#[derive(Clone, Debug)]
pub(super) struct Vertex<const N: usize, const W: usize> {
    pub exact: Rc<Homogeneous<N>>,
    pub rounded: Point<N>,
    pub facets: Facets<W>,
}

/// A bounded polytope with interior in ℝᵈ, d = N − 1 ≥ 1.
///
/// Invariants: the vertices are all vertices, each once; `facets` of a vertex are exactly the facets that contain it;
/// `live` are the facets.
#[derive(Clone, Debug)]
pub(super) struct Polytope<const N: usize, const W: usize> {
    pub vertices: Vec<Vertex<N, W>>,
    /// The hyperplane of every facet, by its number.
    pub planes: Vec<Rc<Homogeneous<N>>>,
    pub live: Facets<W>,
}

/// A polytope has more than 64·W facets: start again with larger sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooManyFacets;

impl<const N: usize, const W: usize> Polytope<N, W> {
    /// The box whose lower and upper facet in coordinate k are the planes 2k and 2k + 1.
    pub(super) fn parallelepiped(planes: Vec<Rc<Homogeneous<N>>>) -> Result<Self, TooManyFacets> {
        if planes.len() > 64 * W {
            return Err(TooManyFacets);
        }
        let dimension = N - 1;
        let live = (0..2 * dimension).fold(Facets::NONE, |all, i| all.with(i));
        let vertices = (0..1usize << dimension)
            .map(|corner| {
                let chosen: Vec<usize> =
                    (0..dimension).map(|k| 2 * k + (corner >> k & 1)).collect();
                let rows: Vec<&Homogeneous<N>> =
                    chosen.iter().map(|i| planes[*i].as_ref()).collect();
                let exact = Homogeneous::meeting(&rows)
                    .expect("one facet per coordinate direction meets in a corner");
                Vertex {
                    rounded: exact.rounded_point(),
                    exact: Rc::new(exact),
                    facets: chosen.iter().fold(Facets::NONE, |all, i| all.with(*i)),
                }
            })
            .collect();
        Ok(Self {
            vertices,
            planes,
            live,
        })
    }

    /// The exact sign of the form at every vertex.
    pub(super) fn signs(&self, plane: &Homogeneous<N>, rounded: &Form<N>, out: &mut Vec<Sign>) {
        out.clear();
        out.extend(self.vertices.iter().map(|vertex| {
            rounded
                .sign(&vertex.rounded)
                .unwrap_or_else(|| plane.sign_at(&vertex.exact))
        }));
    }

    /// The parts where the form is ≥ 0 and ≤ 0, given its signs at the vertices, both of which occur.
    pub(super) fn cut(
        self,
        plane: &Rc<Homogeneous<N>>,
        signs: &[Sign],
    ) -> Result<(Self, Self), TooManyFacets> {
        let slot = self.live.first_free().ok_or(TooManyFacets)?;
        let mut above = Vec::with_capacity(self.vertices.len() + 2);
        let mut below = Vec::with_capacity(self.vertices.len() + 2);
        let (mut live_above, mut live_below) = (Facets::NONE, Facets::NONE);
        let mut crossing = Vec::new();
        for (i, sign) in signs.iter().enumerate() {
            match sign {
                Sign::Positive => {
                    live_above = live_above.or(&self.vertices[i].facets);
                    for (j, other) in signs.iter().enumerate() {
                        if *other == Sign::Negative
                            && let Some(edge) = self.edge(i, j)
                        {
                            crossing.push(self.crossing(edge, plane, slot));
                        }
                    }
                }
                Sign::Negative => {
                    live_below = live_below.or(&self.vertices[i].facets);
                }
                Sign::Zero => {
                    let mut vertex = self.vertices[i].clone();
                    vertex.facets = vertex.facets.with(slot);
                    crossing.push(vertex);
                }
            }
        }
        let (live_above, live_below) = (live_above.with(slot), live_below.with(slot));
        for (vertex, sign) in self.vertices.into_iter().zip(signs) {
            match sign {
                Sign::Positive => above.push(vertex),
                Sign::Negative => below.push(vertex),
                Sign::Zero => {}
            }
        }
        for (part, live) in [(&mut above, &live_above), (&mut below, &live_below)] {
            part.extend(crossing.iter().map(|vertex| Vertex {
                facets: vertex.facets.and(live),
                ..vertex.clone()
            }));
        }
        let mut planes = self.planes;
        if slot == planes.len() {
            planes.push(Rc::clone(plane));
        } else {
            planes[slot] = Rc::clone(plane);
        }
        let upper = Self {
            vertices: above,
            planes: planes.clone(),
            live: live_above,
        };
        let lower = Self {
            vertices: below,
            planes,
            live: live_below,
        };
        Ok((upper, lower))
    }

    /// The facets that contain the edge between two vertices, or `None` if there is no such edge.
    ///
    /// The smallest face containing both vertices is the intersection of their common facets; it is an edge iff it has
    /// no third vertex. A face of dimension k lies in at least d − k facets.
    fn edge(&self, i: usize, j: usize) -> Option<Facets<W>> {
        let common = self.vertices[i].facets.and(&self.vertices[j].facets);
        let dimension = N - 1;
        if common.count() + 1 < dimension {
            return None;
        }
        if dimension > 2 {
            let third = |(k, vertex): (usize, &Vertex<N, W>)| {
                k != i && k != j && common.is_subset_of(&vertex.facets)
            };
            if self.vertices.iter().enumerate().any(third) {
                return None;
            }
        }
        Some(common)
    }

    /// The point of the edge, given by its facets, on the plane, which cuts it in its interior.
    fn crossing(&self, edge: Facets<W>, plane: &Rc<Homogeneous<N>>, slot: usize) -> Vertex<N, W> {
        let facets: Vec<&Homogeneous<N>> = edge.iter().map(|i| self.planes[i].as_ref()).collect();
        let exact = meeting_of_some(&facets, plane);
        Vertex {
            rounded: exact.rounded_point(),
            exact: Rc::new(exact),
            facets: edge.with(slot),
        }
    }
}

/// The point on `plane` and on all of `facets`, whose intersection is a line that the plane crosses.
///
/// d − 1 facets in independent directions fix the line; if there are more, some choice of d − 1 works.
fn meeting_of_some<const N: usize>(
    facets: &[&Homogeneous<N>],
    plane: &Homogeneous<N>,
) -> Homogeneous<N> {
    let needed = N - 2;
    let mut chosen: Vec<usize> = (0..needed).collect();
    loop {
        let mut rows: Vec<&Homogeneous<N>> = chosen.iter().map(|i| facets[*i]).collect();
        rows.push(plane);
        if let Some(point) = Homogeneous::meeting(&rows) {
            return point;
        }
        // The next choice in lexicographic order.
        let last = (0..needed)
            .rev()
            .find(|position| chosen[*position] < facets.len() - needed + position)
            .expect("some choice of facets spans the edge");
        let next = chosen[last] + 1;
        for (offset, position) in (last..needed).enumerate() {
            chosen[position] = next + offset;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane<const N: usize>(entries: [i64; N]) -> Rc<Homogeneous<N>> {
        Rc::new(Homogeneous::new(|k| entries[k]))
    }

    fn cube() -> Polytope<4, 1> {
        let planes = vec![
            plane([1, 1, 0, 0]),
            plane([1, -1, 0, 0]),
            plane([1, 0, 1, 0]),
            plane([1, 0, -1, 0]),
            plane([1, 0, 0, 1]),
            plane([1, 0, 0, -1]),
        ];
        Polytope::parallelepiped(planes).unwrap()
    }

    fn cut(polytope: Polytope<4, 1>, by: [i64; 4]) -> (Polytope<4, 1>, Polytope<4, 1>) {
        let by = plane(by);
        let mut signs = Vec::new();
        polytope.signs(&by, &by.rounded_form(), &mut signs);
        polytope.cut(&by, &signs).unwrap()
    }

    #[test]
    fn a_corner_is_cut_off() {
        // The corner (1,1,1) of [−1,1]³.
        let (corner, rest) = cut(cube(), [-2, 1, 1, 1]);
        assert_eq!(corner.vertices.len(), 4);
        assert_eq!(corner.live.iter().count(), 4);
        assert_eq!(rest.vertices.len(), 10);
        assert_eq!(rest.live.iter().count(), 7);
    }

    #[test]
    fn a_cut_through_vertices_keeps_them() {
        // The diagonal plane x₁ = x₂ through four vertices.
        let (above, below) = cut(cube(), [0, 1, -1, 0]);
        for part in [&above, &below] {
            assert_eq!(part.vertices.len(), 6);
            assert_eq!(part.live.iter().count(), 5);
        }
        // An octahedron-like part of degree four: the central hexagon.
        let (above, _) = cut(cube(), [0, 1, 1, 1]);
        assert_eq!(above.vertices.len(), 4 + 6);
    }

    #[test]
    fn edges_of_vertices_with_many_facets() {
        // The pyramid over a square: cut the cube so that four edges meet in the apex (0,0,1).
        let mut pyramid = cube();
        for by in [[1, 2, 0, -1], [1, -2, 0, -1], [1, 0, 2, -1], [1, 0, -2, -1]] {
            pyramid = cut(pyramid, by).0;
        }
        assert_eq!(pyramid.vertices.len(), 5);
        assert_eq!(pyramid.live.iter().count(), 5);
        let (top, bottom) = cut(pyramid, [0, 0, 0, 1]);
        assert_eq!((top.vertices.len(), bottom.vertices.len()), (5, 8));
        // Through the apex: two triangles' worth on each side.
        let (left, right) = cut(top, [0, 1, 1, 0]);
        assert_eq!((left.vertices.len(), right.vertices.len()), (4, 4));
        assert_eq!(left.live.iter().count(), 4);
    }

    #[test]
    fn more_facets_than_bits_are_noticed() {
        let square = vec![
            plane([4, 1, 0]),
            plane([4, -1, 0]),
            plane([4, 0, 1]),
            plane([4, 0, -1]),
        ];
        let mut disc: Polytope<3, 1> = Polytope::parallelepiped(square).unwrap();
        // Tangents of the unit circle at rational points (2t, 1 − t²)/(1 + t²).
        let mut signs = Vec::new();
        for t in -40i64..=40 {
            let by = plane([1600 + t * t, -80 * t, t * t - 1600]);
            disc.signs(&by, &by.rounded_form(), &mut signs);
            if signs.contains(&Sign::Negative) {
                match disc.clone().cut(&by, &signs) {
                    Ok((inside, _)) => disc = inside,
                    Err(TooManyFacets) => return,
                }
            }
        }
        panic!("81 tangents fit 64 bits");
    }
}
