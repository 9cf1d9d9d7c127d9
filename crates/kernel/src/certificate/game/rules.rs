//! The class of functions that is played in, and its bumps.

use relu_core::constructions::{MOST_WIDTH, bump_network};
use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::Refused;

/// Largest (3d)²·L, about the number of weights.
const MOST_ENTRIES: usize = 1 << 26;

/// Largest number of binary digits of c^L·(3d)^L.
const MOST_BITS: usize = 1 << 15;

/// The class of functions and the budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// d ≥ 1.
    pub dimension: usize,
    /// L ≥ 3 affine maps.
    pub depth: usize,
    /// c > 0.
    pub bound: Rational,
    /// m ≥ 1 queries on average over the seeds.
    pub samples: u64,
}

/// A natural number.
pub(super) fn natural(n: u64) -> Rational {
    Rational::from_parts(n.into(), 1_u8.into()).expect("1 is not 0")
}

impl Rules {
    /// That there is such a game.
    pub fn check(&self) -> Result<(), Refused> {
        let refuse = |text: String| Err(Refused::Rules(text));
        if self.dimension == 0 || self.depth < 3 || self.bound <= Rational::zero() {
            return refuse(format!(
                "game: expected d at least 1, L at least 3 and c above 0, got {}, {} and {}",
                self.dimension, self.depth, self.bound
            ));
        }
        if self.samples == 0 {
            return refuse(
                "game: expected at least 1 sample, got 0: without samples the theorem claims nothing"
                    .into(),
            );
        }
        let entries = self
            .dimension
            .checked_mul(3)
            .and_then(|width| width.checked_mul(width)?.checked_mul(self.depth));
        let got = || format!("got d = {} and L = {}", self.dimension, self.depth);
        if entries.is_none_or(|entries| entries > MOST_ENTRIES) {
            return refuse(format!(
                "game: expected (3d)²·L at most {MOST_ENTRIES}, {}",
                got()
            ));
        }
        if self.width().max(self.depth) > MOST_WIDTH {
            return refuse(format!(
                "game: expected 3d and L at most {MOST_WIDTH}, {}",
                got()
            ));
        }
        let digits = self.bound.bits() + natural(self.width() as u64).bits();
        match digits * self.depth <= MOST_BITS {
            true => Ok(()),
            false => refuse(format!(
                "game: expected c^L·(3d)^L with at most {MOST_BITS} binary digits, {} and a c of {} digits",
                got(),
                self.bound.bits()
            )),
        }
    }

    /// 3d.
    pub fn width(&self) -> usize {
        3 * self.dimension
    }

    /// εᵈ for the ε with m = c^{dL}·(3d)^{d(L−2)}/(2⁷ε)ᵈ.
    ///
    /// # Panics
    /// Without [`Rules::check`].
    pub fn bound_power(&self) -> Rational {
        let exponent = |n: usize| u32::try_from(n).expect("the rules were checked");
        let width = natural(self.width() as u64);
        let steepest = &self.bound.pow(exponent(self.depth)) * &width.pow(exponent(self.depth - 2));
        let epsilon = steepest.over(&natural(128)).expect("128 is not 0");
        epsilon
            .pow(exponent(self.dimension))
            .over(&natural(self.samples))
            .expect("the rules were checked")
    }

    /// φ for this cell of Kᵈ.
    pub fn network(&self, cells: u64, cell: &[u64]) -> Result<Network, Refused> {
        self.check()?;
        if cell.len() != self.dimension || cell.iter().any(|index| *index >= cells) {
            return Err(Refused::Rules(format!(
                "cell: expected {} indices below {cells}, got {cell:?}",
                self.dimension
            )));
        }
        bump_network(
            self.depth,
            self.width(),
            &self.bound,
            &(&natural(2) * &natural(cells)),
            &centre(cells, cell),
        )
        .map_err(|failure| Refused::Rules(failure.to_string()))
    }

    /// That a network is in the class, and so is its negative.
    pub fn check_class(&self, phi: &Network) -> Result<(), Refused> {
        let mut expected = vec![self.width(); self.depth + 1];
        expected[0] = self.dimension;
        expected[self.depth] = 1;
        if phi.architecture() != expected {
            return Err(Refused::Class(format!(
                "architecture: expected {expected:?}, got {:?}",
                phi.architecture()
            )));
        }
        let entries = phi
            .layers()
            .iter()
            .flat_map(|layer| layer.stored().iter().chain(layer.biases()));
        match entries.map(Rational::abs).find(|entry| *entry > self.bound) {
            Some(entry) => Err(Refused::Class(format!(
                "weights and biases: expected size at most {}, got {entry}",
                self.bound
            ))),
            None => Ok(()),
        }
    }
}

/// The centre of a cell: (2l + 1)/(2K) on each axis.
///
/// # Panics
/// For K = 0.
pub fn centre(cells: u64, cell: &[u64]) -> Vec<Rational> {
    let twice = &natural(2) * &natural(cells);
    cell.iter()
        .map(|index| {
            (&(&natural(2) * &natural(*index)) + &Rational::one())
                .over(&twice)
                .expect("there are cells")
        })
        .collect()
}
