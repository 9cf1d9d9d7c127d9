//! All cells with their vertices, facets, neighbours and affine maps.

use std::collections::HashMap;
use std::rc::Rc;

use dashu_int::IBig;

use crate::failure::Failure;
use crate::geometry::cells::integer::Integer;
use crate::geometry::cells::levels::State;
use crate::geometry::cells::walk::{Leaf, Visitor};
use crate::geometry::domain::Domain;
use crate::network::Network;
use crate::number::rational::Rational;

/// Where a hidden neuron stands on a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Between kink i − 1 and kink i (zero-based; for ReLU: 0 inactive, 1 active).
    Piece(u8),
    /// Constantly kink i.
    Kink(u8),
}

impl Standing {
    pub(super) fn of(state: State) -> Self {
        if state % 2 == 1 {
            Self::Kink(state / 2)
        } else {
            Self::Piece(state / 2)
        }
    }
}

/// x ↦ gradient·x + constant, one row and one constant per output.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AffineMap {
    /// One row per output.
    pub gradient: Vec<Vec<Rational>>,
    /// One constant per output.
    pub constant: Vec<Rational>,
}

/// A facet of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// Indices of its vertices, ascending.
    pub vertices: Vec<usize>,
    /// The cell on the other side; `None` on the boundary of the domain.
    pub neighbour: Option<usize>,
}

/// A full-dimensional cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Where each hidden neuron stands, layer after layer.
    pub pattern: Vec<Standing>,
    /// Indices of its vertices, ascending.
    pub vertices: Vec<usize>,
    /// Its facets, by their vertices.
    pub facets: Vec<Facet>,
    /// Index of its affine map.
    pub map: usize,
}

/// The polyhedral complex of all cells of a network on a domain.
#[derive(Clone, Debug)]
pub struct Complex {
    /// The vertices, each once.
    pub vertices: Vec<Vec<Rational>>,
    /// The cells, in the order of the walk.
    pub cells: Vec<Cell>,
    /// The distinct affine maps of RΦ on cells.
    pub maps: Vec<AffineMap>,
}

impl Complex {
    /// All cells of Φ on the domain, cut by the half-spaces c₀ + c·x ≥ 0.
    ///
    /// On a domain without bounds the complex is that of an enclosing box, which meets every cell and every facet; its
    /// vertices on the boundary of that box are not vertices of cells of ℝᵈ.
    ///
    /// # Exactness
    /// Exact. The complex is face to face: every facet lies on the boundary or belongs to exactly two cells.
    ///
    /// Errors: as for [`count`](super::count); half-spaces of another dimension.
    pub fn new(
        phi: &Network,
        domain: &Domain,
        halfspaces: &[Vec<Rational>],
        most: usize,
    ) -> Result<Self, Failure> {
        let mut gathered = Gathered::new(phi.outdim());
        let scale = super::walk(phi, domain, halfspaces, most, &mut gathered)?;
        gathered.finish(&scale)
    }

    /// Number of linear regions: components of the complement of the set where RΦ is not differentiable.
    ///
    /// Two cells with a common facet and the same affine map lie in one region; cells that only share a lower-dimensional
    /// face do not, since RΦ may fail to be differentiable there.
    ///
    /// # Source
    /// `unser-balestriero`-style counting.
    pub fn linear_regions(&self) -> usize {
        let mut parent: Vec<usize> = (0..self.cells.len()).collect();
        let mut regions = self.cells.len();
        for (i, cell) in self.cells.iter().enumerate() {
            for neighbour in cell.facets.iter().filter_map(|facet| facet.neighbour) {
                if neighbour > i && self.cells[neighbour].map == cell.map {
                    let (a, b) = (root(&mut parent, i), root(&mut parent, neighbour));
                    if a != b {
                        parent[a] = b;
                        regions -= 1;
                    }
                }
            }
        }
        regions
    }

    /// Number of distinct affine functions that RΦ equals on some cell.
    pub fn affine_functions(&self) -> usize {
        self.maps.len()
    }
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

/// The cells as they come.
struct Gathered {
    outputs: usize,
    dimension: usize,
    /// Canonical homogeneous coordinates to index.
    known: HashMap<Vec<IBig>, usize>,
    points: Vec<Vec<IBig>>,
    /// Address of a shared vertex to index; the vertices are kept alive in `held`.
    addresses: HashMap<usize, usize>,
    held: Vec<Box<dyn std::any::Any>>,
    cells: Vec<Cell>,
    /// Integer coefficients of the outputs to index.
    maps: HashMap<Vec<IBig>, usize>,
    facets: HashMap<Vec<usize>, (usize, usize)>,
    broken: bool,
}

impl Gathered {
    fn new(outputs: usize) -> Self {
        Self {
            outputs,
            dimension: 0,
            known: HashMap::new(),
            points: Vec::new(),
            addresses: HashMap::new(),
            held: Vec::new(),
            cells: Vec::new(),
            maps: HashMap::new(),
            facets: HashMap::new(),
            broken: false,
        }
    }

    fn finish(self, scale: &IBig) -> Result<Complex, Failure> {
        if self.broken {
            return Err(Failure::Unknown(
                "the complex of cells: a facet belongs to more than two cells".into(),
            ));
        }
        let scale = scale.clone().into_parts().1;
        let over = |value: &IBig| {
            Rational::from_parts(value.clone(), scale.clone()).expect("a scale is positive")
        };
        let mut maps: Vec<(Vec<IBig>, usize)> = self.maps.into_iter().collect();
        maps.sort_unstable_by_key(|(_, index)| *index);
        let m = self.outputs;
        let maps = maps
            .iter()
            .map(|(entries, _)| AffineMap {
                gradient: (0..m)
                    .map(|i| {
                        (1..=self.dimension)
                            .map(|k| over(&entries[k * m + i]))
                            .collect()
                    })
                    .collect(),
                constant: (0..m).map(|i| over(&entries[i])).collect(),
            })
            .collect();
        let vertices = self
            .points
            .iter()
            .map(|point| {
                let w = point[0].clone().into_parts().1;
                point[1..]
                    .iter()
                    .map(|value| {
                        Rational::from_parts(value.clone(), w.clone())
                            .expect("a vertex has positive weight")
                    })
                    .collect()
            })
            .collect();
        Ok(Complex {
            vertices,
            cells: self.cells,
            maps,
        })
    }
}

impl Visitor for Gathered {
    fn visit<T: Integer, const N: usize, const W: usize>(
        &mut self,
        leaf: &Leaf<'_, T, N, W>,
    ) -> Result<(), Failure> {
        self.dimension = N - 1;
        let own = self.cells.len();
        let mut indices = Vec::with_capacity(leaf.polytope.vertices.len());
        for vertex in &leaf.polytope.vertices {
            let address = Rc::as_ptr(&vertex.exact) as usize;
            let index = match self.addresses.get(&address) {
                Some(index) => *index,
                None => {
                    let canonical = vertex.exact.canonical().to_vec();
                    let fresh = self.points.len();
                    let index = *self.known.entry(canonical.clone()).or_insert(fresh);
                    if index == fresh {
                        self.points.push(canonical);
                    }
                    self.held.push(Box::new(Rc::clone(&vertex.exact)));
                    self.addresses.insert(address, index);
                    index
                }
            };
            indices.push(index);
        }
        let mut facets = Vec::new();
        for slot in leaf.polytope.live.iter() {
            let mut on: Vec<usize> = leaf
                .polytope
                .vertices
                .iter()
                .zip(&indices)
                .filter(|(vertex, _)| vertex.facets.contains(slot))
                .map(|(_, index)| *index)
                .collect();
            on.sort_unstable();
            let neighbour = match self.facets.get(&on) {
                None => {
                    self.facets.insert(on.clone(), (own, facets.len()));
                    None
                }
                Some(&(other, position)) => {
                    let facet = &mut self.cells[other].facets[position];
                    self.broken |= facet.neighbour.is_some();
                    facet.neighbour = Some(own);
                    Some(other)
                }
            };
            facets.push(Facet {
                vertices: on,
                neighbour,
            });
        }
        let coefficients: Vec<IBig> = leaf.outputs.iter().map(Integer::to_big).collect();
        let fresh = self.maps.len();
        let map = *self.maps.entry(coefficients).or_insert(fresh);
        indices.sort_unstable();
        self.cells.push(Cell {
            pattern: leaf
                .states
                .iter()
                .map(|state| Standing::of(*state))
                .collect(),
            vertices: indices,
            facets,
            map,
        });
        Ok(())
    }

    fn restart(&mut self) {
        *self = Self::new(self.outputs);
    }
}
