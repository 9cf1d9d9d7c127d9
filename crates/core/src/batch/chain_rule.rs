//! The chain-rule trial: D_c(Ψ∘Φ)(x) = D_cΨ(RΦ(x))·D_cΦ(x) on random integers, many at once.

use dashu_int::UBig;

use super::evaluate::{Evaluator, multiply};
use super::lane::Lane;
use super::network::BatchNetwork;
use crate::failure::Failure;

/// Bounds on the integers a trial is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest |weight| and |bias| of both networks.
    pub entry: u32,
    /// Largest |coordinate| of the point.
    pub point: u32,
    /// The kink value c, an integer.
    pub kink: i32,
}

/// `LANES` trials: networks Φ, Ψ of fixed architectures and points x, all with bounded integer entries.
#[derive(Clone, Debug)]
pub struct ChainRule<T, const LANES: usize> {
    limits: Limits,
    bound: UBig,
    phi: BatchNetwork<T, LANES>,
    psi: BatchNetwork<T, LANES>,
    composed: BatchNetwork<T, LANES>,
    x: Vec<[T; LANES]>,
    inner: Evaluator<T, LANES>,
    outer: Evaluator<T, LANES>,
    whole: Evaluator<T, LANES>,
    y: Vec<[T; LANES]>,
    weights: Vec<[T; LANES]>,
    product: Vec<[T; LANES]>,
}

impl<T: Lane, const LANES: usize> ChainRule<T, LANES> {
    /// Memory for trials with these widths and limits.
    ///
    /// Errors: [`Failure::Shape`] for architectures that are none or do not chain; [`Failure::Limit`] if the static bound over
    /// every product and partial sum of a trial exceeds what `T` holds exactly.
    pub fn new(phi: &[usize], psi: &[usize], limits: Limits) -> Result<Self, Failure> {
        let (phi, psi) = (BatchNetwork::zeros(phi)?, BatchNetwork::zeros(psi)?);
        let composed = BatchNetwork::composed(&psi, &phi)?;
        let bound = trial_bound(phi.architecture(), psi.architecture(), limits);
        if bound > UBig::from(T::LIMIT) {
            return Err(Failure::Limit(format!(
                "chain-rule trial: expected a bound of at most {}, got {bound}",
                T::LIMIT
            )));
        }
        let evaluator = Evaluator::new(T::from_i64(1), T::from_i64(limits.kink.into()));
        let zeros = |length: usize| vec![[T::ZERO; LANES]; length];
        Ok(Self {
            x: zeros(phi.architecture()[0]),
            y: zeros(psi.architecture()[0]),
            weights: zeros(psi.architecture()[0]),
            product: zeros(phi.architecture()[0] + 1),
            inner: evaluator.clone(),
            outer: evaluator.clone(),
            whole: evaluator,
            limits,
            bound,
            phi,
            psi,
            composed,
        })
    }

    /// The static bound on every integer of a trial.
    pub fn bound(&self) -> &UBig {
        &self.bound
    }

    /// Fills one lane: the parameters of Φ and Ψ (layer by layer, row by row, the bias last) and the point.
    ///
    /// Errors: [`Failure::Shape`] for a lane or a length that does not fit; [`Failure::Limit`] for an integer beyond the limits.
    pub fn fill(
        &mut self,
        lane: usize,
        phi: &[i32],
        psi: &[i32],
        x: &[i32],
    ) -> Result<(), Failure> {
        if lane >= LANES {
            return Err(Failure::Shape(format!(
                "lane: expected less than {LANES}, got {lane}"
            )));
        }
        let lengths = [
            (
                "parameters of the inner network",
                self.phi.parameter_count(),
                phi,
                self.limits.entry,
            ),
            (
                "parameters of the outer network",
                self.psi.parameter_count(),
                psi,
                self.limits.entry,
            ),
            (
                "coordinates of the point",
                self.x.len(),
                x,
                self.limits.point,
            ),
        ];
        for (what, expected, values, limit) in lengths {
            if values.len() != expected {
                return Err(Failure::Shape(format!(
                    "{what}: expected {expected}, got {}",
                    values.len()
                )));
            }
            let largest = values
                .iter()
                .fold(0, |most, value| most.max(value.unsigned_abs()));
            if largest > limit {
                return Err(Failure::Limit(format!(
                    "{what}: expected magnitudes up to {limit}, got {largest}"
                )));
            }
        }
        self.phi.fill_lane(lane, phi.iter().copied().map(i64::from));
        self.psi.fill_lane(lane, psi.iter().copied().map(i64::from));
        for (entry, value) in self.x.iter_mut().zip(x) {
            entry[lane] = T::from_i64((*value).into());
        }
        Ok(())
    }

    /// Runs all lanes: true where D_c(Ψ∘Φ)(x) = D_cΨ(RΦ(x))·D_cΦ(x) and R(Ψ∘Φ)(x) = RΨ(RΦ(x)), both compared with `==`.
    pub fn run(&mut self) -> [bool; LANES] {
        self.composed.compose_into(&self.psi, &self.phi);
        let inner = self.inner.run(&self.phi, &self.x);
        let stride = self.product.len();
        for (y, row) in self.y.iter_mut().zip(inner.chunks_exact(stride)) {
            *y = row[0];
        }
        let outer = self.outer.run(&self.psi, &self.y);
        let whole = self.whole.run(&self.composed, &self.x);
        let mut holds = [true; LANES];
        for (outer, whole) in outer
            .chunks_exact(self.y.len() + 1)
            .zip(whole.chunks_exact(stride))
        {
            self.weights.copy_from_slice(&outer[1..]);
            multiply(&self.weights, inner, &mut self.product);
            // The first column of the product is D_cΨ·RΦ(x), which is not compared; the values are.
            self.product[0] = outer[0];
            for (expected, got) in self.product.iter().zip(whole) {
                for lane in 0..LANES {
                    holds[lane] &= expected[lane].is_equal(got[lane]);
                }
            }
        }
        holds
    }

    /// The merged networks Ψ∘Φ of the last run.
    pub fn composed(&self) -> &BatchNetwork<T, LANES> {
        &self.composed
    }
}

/// A bound on every integer of a trial: both factors, the composed network, and the product of the derivatives.
///
/// Per layer as in [`Scaled::bound`](crate::scaled::Scaled::bound), with N·w for Σ_j |w_ij|.
fn trial_bound(phi: &[usize], psi: &[usize], limits: Limits) -> UBig {
    let entry = UBig::from(limits.entry);
    let point = UBig::from(limits.point);
    let uniform = |widths: &[usize]| -> Vec<LayerBound> {
        let layers = widths[..widths.len() - 1].iter();
        layers
            .map(|&cols| LayerBound {
                cols,
                weight: entry.clone(),
                bias: entry.clone(),
            })
            .collect()
    };
    let (inner, outer) = (uniform(phi), uniform(psi));
    let middle = UBig::from(phi[phi.len() - 1]);
    let merged = &middle * &entry * &entry;
    let mut composed = inner[..inner.len() - 1].to_vec();
    composed.push(LayerBound {
        cols: phi[phi.len() - 2],
        bias: &merged + &entry,
        weight: merged,
    });
    composed.extend_from_slice(&outer[1..]);
    let first = network_bound(&inner, &point, limits.kink);
    let second = network_bound(&outer, &first.value, limits.kink);
    let whole = network_bound(&composed, &point, limits.kink);
    // The product is taken with all columns of the inner rows, values included.
    let product = middle * &second.slope * first.slope.max(first.value);
    product
        .max(first.largest)
        .max(second.largest)
        .max(whole.largest)
}

#[derive(Clone)]
struct LayerBound {
    cols: usize,
    weight: UBig,
    bias: UBig,
}

struct NetworkBound {
    value: UBig,
    slope: UBig,
    largest: UBig,
}

fn network_bound(layers: &[LayerBound], point: &UBig, kink: i32) -> NetworkBound {
    let steepest = UBig::from(kink.unsigned_abs().max(1));
    let (mut value, mut slope) = (point.clone(), UBig::ONE);
    let mut largest = point.clone().max(steepest.clone());
    for (l, layer) in layers.iter().enumerate() {
        let sum = UBig::from(layer.cols) * &layer.weight;
        value = &sum * value + &layer.bias;
        if l == 0 {
            slope = layer.weight.clone();
        } else {
            let activated = slope * &steepest;
            slope = sum * &activated;
            largest = largest.max(activated);
        }
        largest = largest
            .max(value.clone())
            .max(slope.clone())
            .max(layer.weight.clone());
    }
    NetworkBound {
        value,
        slope,
        largest,
    }
}
