//! The parameters of many networks of one architecture, lane by lane.

use super::lane::Lane;
use crate::failure::Failure;

/// `LANES` ReLU networks of one architecture with integer parameters.
///
/// Layout: layer by layer, row by row, the weights of the row and then its bias; each entry holds all lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchNetwork<T, const LANES: usize> {
    architecture: Vec<usize>,
    /// Layer l owns `entries[starts[l]..starts[l + 1]]`.
    starts: Vec<usize>,
    entries: Vec<[T; LANES]>,
}

impl<T: Lane, const LANES: usize> BatchNetwork<T, LANES> {
    /// Zero networks with the widths (N₀,…,N_L).
    ///
    /// Errors ([`Failure::Shape`]): fewer than two widths, or a width 0.
    pub fn zeros(architecture: &[usize]) -> Result<Self, Failure> {
        if architecture.len() < 2 || architecture.contains(&0) {
            return Err(Failure::Shape(format!(
                "architecture: expected at least two widths, all at least 1, got {architecture:?}"
            )));
        }
        let mut starts = vec![0];
        let mut total = 0;
        for pair in architecture.windows(2) {
            total += pair[1] * (pair[0] + 1);
            starts.push(total);
        }
        Ok(Self {
            architecture: architecture.to_vec(),
            starts,
            entries: vec![[T::ZERO; LANES]; total],
        })
    }

    /// The widths (N₀,…,N_L).
    pub fn architecture(&self) -> &[usize] {
        &self.architecture
    }

    /// Number of affine maps.
    pub fn depth(&self) -> usize {
        self.architecture.len() - 1
    }

    /// Number of parameters of one network.
    pub fn parameter_count(&self) -> usize {
        self.entries.len()
    }

    /// Replaces the parameters of one lane, in the order of the layout.
    ///
    /// The static bound is the caller's: [`ChainRule`](super::ChainRule) and [`evaluate`](super::evaluate()) prove it.
    ///
    /// # Panics
    /// If `lane` is not below `LANES`.
    pub(crate) fn fill_lane(&mut self, lane: usize, parameters: impl Iterator<Item = i64>) {
        for (entry, value) in self.entries.iter_mut().zip(parameters) {
            entry[lane] = T::from_i64(value);
        }
    }

    /// The entries of the layer with zero-based index `l`: rows of weights, each followed by its bias.
    pub(crate) fn layer(&self, l: usize) -> &[[T; LANES]] {
        &self.entries[self.starts[l]..self.starts[l + 1]]
    }

    /// The parameters of one lane, in the order of the layout.
    ///
    /// # Panics
    /// If `lane` is not below `LANES`.
    pub fn lane(&self, lane: usize) -> impl Iterator<Item = i64> {
        self.entries.iter().map(move |entry| entry[lane].to_i64())
    }

    /// Writes Ψ∘Φ, lane by lane, into `self`, which must have been made by [`BatchNetwork::composed`] for them.
    pub(crate) fn compose_into(&mut self, psi: &Self, phi: &Self) {
        let before = phi.starts[phi.depth() - 1];
        self.entries[..before].copy_from_slice(&phi.entries[..before]);
        let inner_cols = phi.architecture[phi.depth() - 1];
        let middle = phi.architecture[phi.depth()];
        let inner = phi.layer(phi.depth() - 1);
        let merged = &mut self.entries[before..];
        for (row, outer) in merged
            .chunks_exact_mut(inner_cols + 1)
            .zip(psi.layer(0).chunks_exact(middle + 1))
        {
            for (j, sum) in row.iter_mut().enumerate() {
                // The bias column of A_L|b_L is multiplied like a weight; then b̃₁ is added.
                let mut total = if j == inner_cols {
                    outer[middle]
                } else {
                    [T::ZERO; LANES]
                };
                for (k, factor) in outer[..middle].iter().enumerate() {
                    let value = &inner[k * (inner_cols + 1) + j];
                    for lane in 0..LANES {
                        total[lane] = total[lane].plus_product(factor[lane], value[lane]);
                    }
                }
                *sum = total;
            }
        }
        let merged_end = before + psi.architecture[1] * (inner_cols + 1);
        self.entries[merged_end..].copy_from_slice(&psi.entries[psi.starts[1]..]);
    }

    /// Zero networks with the architecture of Ψ∘Φ.
    ///
    /// Errors ([`Failure::Shape`]): N_L(Φ) ≠ N₀(Ψ).
    pub fn composed(psi: &Self, phi: &Self) -> Result<Self, Failure> {
        let (outer, inner) = (psi.architecture[0], phi.architecture[phi.depth()]);
        if outer != inner {
            return Err(Failure::Shape(format!(
                "composition: expected an outer network with input dimension {inner}, got {outer}"
            )));
        }
        let mut architecture = phi.architecture[..phi.depth()].to_vec();
        architecture.extend_from_slice(&psi.architecture[1..]);
        Self::zeros(&architecture)
    }

    /// Ψ∘Φ, lane by lane: the merged layer (Ã₁A_L, Ã₁b_L + b̃₁). Errors as [`BatchNetwork::composed`].
    ///
    /// Exact if every partial sum of the merged layer obeys the limit of `T`.
    pub fn compose(psi: &Self, phi: &Self) -> Result<Self, Failure> {
        let mut result = Self::composed(psi, phi)?;
        result.compose_into(psi, phi);
        Ok(result)
    }
}
