//! The largest error of the piecewise constant method on a network: the side of the upper bound.
//!
//! # Definition
//! The cube is cut into kᵈ cubes, and a function u is approximated on each by its value at the centre y. The error is sup |u(x) − u(y)| over all
//! cubes and the x in them. For a network with weights of size at most c it is at most c^L·d·B^{L−1}/(2k), as the slope in each coordinate is at most
//! c^L·B^{L−1}; the network with all weights c attains this at the corners of the cubes.
//!
//! # Method
//! Cubes are dealt with in the order of an upper bound from interval arithmetic, until no bound is above the largest error found. In a cube the cells of u are
//! listed, and the list is checked by the reference backend; then the error is largest at a vertex. A cube with too many cells or inputs is
//! halved, and its parts are bounded by intervals again.
//!
//! # Exactness
//! Exact over ℚ. The bounds meet unless cubes have to be halved.
//!
//! # Source
//! Claims `pc-error` and `pc-error-lq` (bgv-2022, upper bound).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use relu_core::Failure;
use relu_core::activation::Activation;
use relu_core::geometry::cells::{Complex, MOST_INPUTS};
use relu_core::geometry::{Domain, Side};
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::reference::{CellCertificate, realize};

/// Most cubes.
const MOST_CUBES: u64 = 1 << 16;

/// Most cells of a network in a cube that are listed.
const MOST_CELLS: usize = 2000;

/// The largest error of the method on one network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worst {
    /// The error is at least this: it is the one at `point`.
    pub lower: Rational,
    /// The error is at most this.
    pub upper: Rational,
    /// Where the error is `lower`.
    pub point: Vec<Rational>,
    /// The centre of the cube that is meant there.
    pub centre: Vec<Rational>,
}

/// The largest error with kᵈ nodes on a network, up to `steps` parts of cubes.
///
/// Errors: [`Failure::Shape`] for another number of outputs than 1 and for k = 0; [`Failure::Limit`] for too many cubes; [`Failure::Unknown`] for
/// other activations than the ReLU.
pub fn worst(phi: &Network, k: u64, steps: usize) -> Result<Worst, Failure> {
    let d = phi.indim();
    if phi.outdim() != 1 || k == 0 {
        return Err(Failure::Shape(format!(
            "piecewise constant method: expected 1 output and k at least 1, got {} and {k}",
            phi.outdim()
        )));
    }
    if *phi.activation() != Activation::Relu {
        return Err(Failure::Unknown(format!(
            "ranges of a network with activation {}",
            phi.activation()
        )));
    }
    let cubes = u32::try_from(d).ok().and_then(|d| k.checked_pow(d));
    if cubes.is_none_or(|cubes| cubes > MOST_CUBES) {
        return Err(Failure::Limit(format!(
            "piecewise constant method: expected kᵈ at most {MOST_CUBES}, got {k} to the power {d}"
        )));
    }
    let mut search = Search::start(phi, k)?;
    for _ in 0..steps {
        match search.open.pop() {
            Some(part) if part.upper > search.best.lower => search.step(part)?,
            // All others are smaller still.
            _ => {
                search.open.clear();
                break;
            }
        }
    }
    let mut best = search.best;
    let open = search.open.peek().map(|part| part.upper.clone());
    best.upper = open.map_or_else(|| best.lower.clone(), |upper| upper.max(best.lower.clone()));
    Ok(best)
}

/// A cube, or a part of one.
struct Part {
    sides: Vec<(Rational, Rational)>,
    centre: Vec<Rational>,
    value: Rational,
    /// No error in it is larger.
    upper: Rational,
    /// Whether it is a whole cube.
    whole: bool,
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Part {}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.upper.cmp(&other.upper);
        order.then_with(|| other.sides.cmp(&self.sides))
    }
}

struct Search<'a> {
    phi: &'a Network,
    open: BinaryHeap<Part>,
    best: Worst,
}

impl<'a> Search<'a> {
    fn start(phi: &'a Network, k: u64) -> Result<Self, Failure> {
        let d = phi.indim();
        let ends: Vec<Rational> = (0..=2 * k).map(|i| fraction(i, 2 * k)).collect();
        let mut open = BinaryHeap::new();
        let mut index = vec![0_usize; d];
        let cells = usize::try_from(k).expect("at most MOST_CUBES");
        loop {
            let end = |i: &usize, at: usize| ends[2 * i + at].clone();
            let centre: Vec<Rational> = index.iter().map(|i| end(i, 1)).collect();
            let value = realize(phi, &centre)?.swap_remove(0);
            let sides = index.iter().map(|i| (end(i, 0), end(i, 2))).collect();
            open.push(bounded(phi, sides, &centre, &value, true));
            let Some(axis) = index.iter().rposition(|i| i + 1 < cells) else {
                break;
            };
            index[axis] += 1;
            index[axis + 1..].fill(0);
        }
        let first = open.peek().expect("there is a cube");
        let best = Worst {
            lower: Rational::zero(),
            upper: Rational::zero(),
            point: first.centre.clone(),
            centre: first.centre.clone(),
        };
        Ok(Self { phi, open, best })
    }

    fn step(&mut self, part: Part) -> Result<(), Failure> {
        if part.whole && part.centre.len() <= MOST_INPUTS {
            match vertices(self.phi, &part.sides) {
                Ok(vertices) => {
                    for vertex in vertices {
                        self.offer(&part, vertex)?;
                    }
                    return Ok(());
                }
                Err(Failure::Limit(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        for corner in [
            |(low, _): &(Rational, Rational)| low.clone(),
            |(_, high): &(Rational, Rational)| high.clone(),
            |(low, high): &(Rational, Rational)| Rational::midpoint(low, high),
        ] {
            let point = part.sides.iter().map(corner).collect();
            self.offer(&part, point)?;
        }
        let width = |side: &(Rational, Rational)| &side.1 - &side.0;
        let longest = (0..part.sides.len())
            .rev()
            .max_by_key(|i| width(&part.sides[*i]))
            .expect("a network has an input");
        let (low, high) = &part.sides[longest];
        let middle = Rational::midpoint(low, high);
        for half in [
            (low.clone(), middle.clone()),
            (middle.clone(), high.clone()),
        ] {
            let mut sides = part.sides.clone();
            sides[longest] = half;
            let half = bounded(self.phi, sides, &part.centre, &part.value, false);
            if half.upper > self.best.lower {
                self.open.push(half);
            }
        }
        Ok(())
    }

    fn offer(&mut self, part: &Part, point: Vec<Rational>) -> Result<(), Failure> {
        let value = realize(self.phi, &point)?.swap_remove(0);
        let error = (&value - &part.value).abs();
        if error > self.best.lower {
            self.best.lower = error;
            self.best.point = point;
            self.best.centre.clone_from(&part.centre);
        }
        Ok(())
    }
}

fn fraction(i: u64, n: u64) -> Rational {
    Rational::from_parts(i.into(), n.into()).expect("there are nodes")
}

/// The vertices of all cells of the network in a box, from a list that was checked.
fn vertices(phi: &Network, sides: &[(Rational, Rational)]) -> Result<Vec<Vec<Rational>>, Failure> {
    let sides = sides.iter().map(|(low, high)| Side {
        lower: Some(low.clone()),
        upper: Some(high.clone()),
    });
    let domain = Domain::new(sides.collect())?;
    let complex = Complex::new(phi, &domain, &[], MOST_CELLS)?;
    CellCertificate::from(&complex).check(phi, &domain)?;
    Ok(complex.vertices)
}

/// A part with a bound for |u − u(y)| from interval arithmetic.
fn bounded(
    phi: &Network,
    sides: Vec<(Rational, Rational)>,
    centre: &[Rational],
    value: &Rational,
    whole: bool,
) -> Part {
    let zero = Rational::zero();
    let mut ranges = sides.clone();
    let depth = phi.depth();
    for (number, layer) in phi.layers().iter().enumerate() {
        let neuron = |i: usize| {
            let (mut low, mut high) = (layer.bias(i).clone(), layer.bias(i).clone());
            for (j, weight) in layer.entries(i) {
                let (small, large) = match *weight < zero {
                    true => (&ranges[j].1, &ranges[j].0),
                    false => (&ranges[j].0, &ranges[j].1),
                };
                low.add_product(weight, small);
                high.add_product(weight, large);
            }
            match number + 1 < depth {
                true => (low.max(zero.clone()), high.max(zero.clone())),
                false => (low, high),
            }
        };
        let next = (0..layer.rows()).map(neuron).collect();
        ranges = next;
    }
    let (low, high) = &ranges[0];
    Part {
        upper: (high - value).max(value - low),
        sides,
        centre: centre.to_vec(),
        value: value.clone(),
        whole,
    }
}

#[cfg(test)]
mod tests;
