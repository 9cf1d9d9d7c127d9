//! Value and derivative of a batch.

use super::lane::Lane;
use super::network::BatchNetwork;
use crate::failure::Failure;
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::rational::Rational;
use crate::scaled::{Evaluation, Grid, Kind, PointRange, Scaled, evaluation_bound};

/// Working memory for [`Evaluator::run`]: one row (value, ∂₁,…,∂_{N₀}) per neuron of the current layer.
#[derive(Clone, Debug)]
pub struct Evaluator<T, const LANES: usize> {
    rows: Vec<[T; LANES]>,
    next: Vec<[T; LANES]>,
    one: T,
    kink: T,
}

impl<T: Lane, const LANES: usize> Evaluator<T, LANES> {
    /// Memory for networks of any architecture, with the scaled slopes `one` (2ᵉ) and `kink` (c·2ᵉ).
    pub fn new(one: T, kink: T) -> Self {
        Self {
            rows: Vec::new(),
            next: Vec::new(),
            one,
            kink,
        }
    }

    /// RΦ(x) and D_cΦ(x) of every lane: for each output its value and its row of the derivative, 1 + N₀ entries.
    ///
    /// Exact if the static bound of every lane obeys the limit of `T`.
    ///
    /// # Panics
    /// If `x` has fewer than N₀ entries.
    pub fn run(&mut self, phi: &BatchNetwork<T, LANES>, x: &[[T; LANES]]) -> &[[T; LANES]] {
        let indim = phi.architecture()[0];
        let stride = indim + 1;
        self.rows.clear();
        for row in phi.layer(0).chunks_exact(stride) {
            let mut value = row[indim];
            for (weight, x) in row[..indim].iter().zip(&x[..indim]) {
                add_product(&mut value, weight, x);
            }
            self.rows.push(value);
            self.rows.extend_from_slice(&row[..indim]);
        }
        for l in 1..phi.depth() {
            for row in self.rows.chunks_exact_mut(stride) {
                activate(row, self.one, self.kink);
            }
            let cols = phi.architecture()[l];
            self.next.clear();
            self.next
                .resize(phi.architecture()[l + 1] * stride, [T::ZERO; LANES]);
            let weights = phi.layer(l).chunks_exact(cols + 1);
            for (out, weights) in self.next.chunks_exact_mut(stride).zip(weights) {
                multiply(&weights[..cols], &self.rows, out);
                for (sum, bias) in out[0].iter_mut().zip(&weights[cols]) {
                    *sum = sum.plus_product(*bias, T::from_i64(1));
                }
            }
            std::mem::swap(&mut self.rows, &mut self.next);
        }
        &self.rows
    }
}

#[inline]
fn add_product<T: Lane, const LANES: usize>(sum: &mut [T; LANES], a: &[T; LANES], b: &[T; LANES]) {
    for lane in 0..LANES {
        sum[lane] = sum[lane].plus_product(a[lane], b[lane]);
    }
}

/// (value, ∂) ↦ (σ(value), δ(value)·∂).
#[inline]
fn activate<T: Lane, const LANES: usize>(row: &mut [[T; LANES]], one: T, kink: T) {
    let (value, slopes) = row.split_first_mut().expect("a row begins with its value");
    let delta = value.map(|z| z.slope(one, kink));
    *value = value.map(T::positive_part);
    for entry in slopes {
        for lane in 0..LANES {
            entry[lane] = entry[lane].times(delta[lane]);
        }
    }
}

/// out = Σ_j weights_j·row_j, in blocks of columns that fit the registers.
#[inline]
pub(super) fn multiply<T: Lane, const LANES: usize>(
    weights: &[[T; LANES]],
    rows: &[[T; LANES]],
    out: &mut [[T; LANES]],
) {
    let stride = out.len();
    let mut at = 0;
    while at < stride {
        at += match stride - at {
            1 => block::<T, LANES, 1>(weights, rows, out, at),
            2 => block::<T, LANES, 2>(weights, rows, out, at),
            3 => block::<T, LANES, 3>(weights, rows, out, at),
            4 => block::<T, LANES, 4>(weights, rows, out, at),
            _ => block::<T, LANES, 5>(weights, rows, out, at),
        };
    }
}

/// Columns `at` to `at + WIDTH` of the product; returns WIDTH.
#[inline]
fn block<T: Lane, const LANES: usize, const WIDTH: usize>(
    weights: &[[T; LANES]],
    rows: &[[T; LANES]],
    out: &mut [[T; LANES]],
    at: usize,
) -> usize {
    let mut sums = [[T::ZERO; LANES]; WIDTH];
    for (weight, row) in weights.iter().zip(rows.chunks_exact(out.len())) {
        let row: &[[T; LANES]; WIDTH] = row[at..at + WIDTH]
            .try_into()
            .expect("a slice of WIDTH entries");
        for (sum, value) in sums.iter_mut().zip(row) {
            add_product(sum, weight, value);
        }
    }
    out[at..at + WIDTH].copy_from_slice(&sums);
    WIDTH
}

/// Lanes of the batches that [`evaluate`] forms: two vector registers of the smallest x86-64 for each number type.
const LANES: usize = 4;

/// RΦ_k(x_k) and D_cΦ_k(x_k) for dyadic ReLU networks Φ_k of one architecture and dyadic points x_k.
///
/// Equal to [`Scaled::evaluate`] of each pair. One grid serves the whole batch; `f64` lanes if every static bound is ≤ 2⁵³, `i64`
/// lanes up to 2⁶³ − 1, else one network at a time.
///
/// Errors ([`Failure::Shape`]): numbers of networks and points that differ, different architectures, a point whose length is
/// not N₀, an activation other than ReLU (depth ≥ 2), an entry that is not dyadic.
pub fn evaluate(
    networks: &[&Network],
    points: &[Vec<Rational>],
    kink: &Rational,
) -> Result<Vec<Evaluation>, Failure> {
    if networks.len() != points.len() {
        return Err(Failure::Shape(format!(
            "batch: expected one point per network ({}), got {}",
            networks.len(),
            points.len()
        )));
    }
    let Some(first) = networks.first() else {
        return Ok(Vec::new());
    };
    let architecture = first.architecture();
    for (phi, x) in networks.iter().zip(points) {
        if phi.architecture() != architecture {
            return Err(Failure::Shape(format!(
                "batch: expected the architecture {architecture:?}, got {:?}",
                phi.architecture()
            )));
        }
        phi.check_input(x.len())?;
    }
    let range = PointRange::containing(points.iter().flatten())?;
    let grid = Grid::new(networks, kink, &range)?;
    let bounds = networks
        .iter()
        .map(|phi| evaluation_bound(phi, kink, &range, &grid));
    let bound = bounds.max().expect("there is at least one network");
    let batch = Batch {
        networks,
        points,
        kink,
        range,
        grid,
        architecture,
    };
    match Kind::for_bound(&bound) {
        Kind::ExactF64 => batch.run::<f64>(),
        Kind::I64 => batch.run::<i64>(),
        Kind::I128 | Kind::Big => networks
            .iter()
            .zip(points)
            .map(|(phi, x)| Scaled::new(phi, kink, &PointRange::containing(x)?)?.evaluate(x))
            .collect(),
    }
}

struct Batch<'a> {
    networks: &'a [&'a Network],
    points: &'a [Vec<Rational>],
    kink: &'a Rational,
    range: PointRange,
    grid: Grid,
    architecture: Vec<usize>,
}

impl Batch<'_> {
    fn run<T: Lane>(&self) -> Result<Vec<Evaluation>, Failure> {
        let narrow = |value| i64::try_from(value).expect("the static bound fits the lanes");
        let (indim, outdim) = (
            self.architecture[0],
            self.architecture[self.architecture.len() - 1],
        );
        let one = T::from_i64(narrow(self.grid.one()));
        let kink = T::from_i64(narrow(self.grid.kink(self.kink)));
        let mut evaluator = Evaluator::<T, LANES>::new(one, kink);
        let mut batch = BatchNetwork::<T, LANES>::zeros(&self.architecture)?;
        let mut x = vec![[T::ZERO; LANES]; indim];
        let mut results = Vec::with_capacity(self.networks.len());
        for (networks, points) in self.networks.chunks(LANES).zip(self.points.chunks(LANES)) {
            for (lane, (phi, point)) in networks.iter().zip(points).enumerate() {
                batch.fill_lane(lane, parameters(phi, &self.grid).map(narrow));
                for (x, value) in x.iter_mut().zip(self.range.integers(point)?) {
                    x[lane] = T::from_i64(narrow(value));
                }
            }
            let rows = evaluator.run(&batch, &x);
            for lane in 0..networks.len() {
                let mut value = Vec::with_capacity(outdim);
                let mut entries = Vec::with_capacity(outdim * indim);
                for row in rows.chunks_exact(indim + 1) {
                    value.push(self.grid.value(&row[0][lane].to_i64().into()));
                    entries.extend(
                        row[1..]
                            .iter()
                            .map(|entry| self.grid.slope(&entry[lane].to_i64().into())),
                    );
                }
                results.push(Evaluation {
                    value,
                    derivative: Matrix::new(outdim, indim, entries)?,
                });
            }
        }
        Ok(results)
    }
}

/// All parameters on the grid, in the layout of a batch.
fn parameters<'a>(phi: &'a Network, grid: &'a Grid) -> impl Iterator<Item = dashu_int::IBig> + 'a {
    phi.layers().iter().enumerate().flat_map(move |(l, layer)| {
        (0..layer.rows()).flat_map(move |i| {
            let mut row = vec![dashu_int::IBig::ZERO; layer.cols() + 1];
            for (j, weight) in layer.entries(i) {
                row[j] = grid.weight(l, weight);
            }
            row[layer.cols()] = grid.bias(l, layer.bias(i));
            row
        })
    })
}
