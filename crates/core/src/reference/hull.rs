//! Convex hulls of points (1, x) that are cut out by conditions: faces, triangulation, volume.

use std::collections::{BTreeMap, BTreeSet};

use crate::failure::Failure;
use crate::field::Sign;
use crate::linear::bareiss;
use crate::linear::matrix::{Matrix, dot};
use crate::number::rational::Rational;

/// (c₀, c) for a condition c₀ + c·x ≥ 0, (1, x) for a point.
type Row = Vec<Rational>;

/// The sets of at least d vertices on which a condition vanishes; `None` if one is negative at a vertex.
pub(super) fn faces(vertices: &[Row], conditions: Vec<Row>) -> Option<BTreeMap<Vec<usize>, Row>> {
    let mut faces = BTreeMap::new();
    for row in conditions {
        let mut active = Vec::new();
        for (i, vertex) in vertices.iter().enumerate() {
            match dot(&row, vertex).sign() {
                Sign::Negative => return None,
                Sign::Zero => active.push(i),
                Sign::Positive => {}
            }
        }
        if active.len() + 1 >= row.len() {
            faces.entry(active).or_insert(row);
        }
    }
    Some(faces)
}

/// d! times the volume of the hull of the points (1, x).
pub(super) fn volume(
    points: &[Row],
    faces: &BTreeMap<Vec<usize>, Row>,
) -> Result<Rational, Failure> {
    let mut total = Rational::zero();
    for simplex in triangulation(points, faces) {
        let corners = simplex.iter().map(|i| points[*i].clone()).collect();
        total = &total + &bareiss::determinant(&Matrix::from_rows(corners)?)?.abs();
    }
    Ok(total)
}

/// The simplices of a triangulation by pulling of the hull of the points (1, x), by their corners.
///
/// The first point is joined with every face of the current one that does not contain it; d such steps leave simplices.
/// Faces of a lower dimension than expected contribute flat ones.
pub(super) fn triangulation(points: &[Row], faces: &BTreeMap<Vec<usize>, Row>) -> Vec<Vec<usize>> {
    let dimension = points.first().map_or(1, Vec::len) - 1;
    let mut simplices = Vec::new();
    // A chain of apexes and the points of the current face.
    let mut pending = vec![(Vec::new(), (0..points.len()).collect::<Vec<usize>>())];
    while let Some((apexes, face)) = pending.pop() {
        let Some(first) = face.first() else { continue };
        let mut chain: Vec<usize> = apexes;
        chain.push(*first);
        if chain.len() == dimension + 1 {
            simplices.push(chain);
            continue;
        }
        let below: BTreeSet<Vec<usize>> = faces
            .iter()
            .filter(|(other, _)| !other.contains(first))
            .map(|(other, _)| face.iter().filter(|i| other.contains(i)).copied().collect())
            .filter(|part: &Vec<usize>| part.len() + chain.len() > dimension)
            .collect();
        // A face inside a larger one has a lower dimension, and would be counted with it.
        let maximal = below.iter().filter(|part| {
            !below
                .iter()
                .any(|other| other.len() > part.len() && part.iter().all(|i| other.contains(i)))
        });
        pending.extend(maximal.map(|part| (chain.clone(), part.clone())));
    }
    simplices
}
