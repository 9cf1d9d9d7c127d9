//! A game against a learner: certificates that its error is large on one of two networks.
//!
//! # Definition
//! N(d, L, 3d, c, ∞) is the class of functions \[0,1\]ᵈ → ℝ of ReLU networks with L affine maps, 3d neurons in every hidden layer, and
//! all weights and biases of size at most c. A learner queries a function u and answers with a function; its seeds have equal
//! weight, and it makes at most m queries on average when u = 0.
//!
//! The cube is cut into Kᵈ cells. φ is the network of [`bump_network`](relu_core::constructions::bump_network) for 2K and the centre y of one cell, in the class as −φ
//! is. A run *hits* if it asks, for u = 0, for a point where φ is not 0. A run that does not hit gets the answers of u = 0 for u = φ and u = −φ too, so it
//! gives the same answer g for both, and
//!
//! ½(‖g − φ‖ + ‖g + φ‖) ≥ ‖φ‖ ≥ φ(y) = h.
//!
//! With r of R seeds that hit, the average error over the seeds is at least h(1 − r/R) for φ or for −φ. The certificate lists what was asked for u = 0; the
//! check builds φ again and counts.
//!
//! If the outputs g of the runs that do not hit are known at a point near y, so is the sign on which the learner does worse there ([`Named`]). Errors in
//! L^p are bounded by the same argument ([`InMean`]).
//!
//! What no file can show is that these are the queries and outputs of the learner, and that equal answers make it ask the same again; a player
//! has to test that by replaying.
//!
//! # Exactness
//! Exact over ℚ. The bound of the theorem, ε = c^L·(3d)^{L−2}/(2⁷·m^{1/d}), is compared by its d-th power.
//!
//! # Source
//! Claims `lower-main`, `bump-network-inf` (bgv-2022, lower bound).

mod mean;
mod named;
mod rules;
mod support;
mod text;

use std::fmt;

use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::reference::realize;

use super::branch::network_sha256;
pub use mean::{InMean, MOST_EXPONENT};
pub use named::{Answered, Named, Worse};
use rules::natural;
pub use rules::{Rules, centre};
use support::Support;

/// The number of the certificate format that is written, and the only one that is read.
pub const FORMAT: u64 = 1;

/// What a learner asked for u = 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its seed.
    pub seed: u64,
    /// Its queries in order.
    pub queries: Vec<Vec<Rational>>,
    /// What it answered at the point of [`Named`], if it does not hit.
    pub output: Option<Answered>,
}

/// Evidence that a learner has a large error for φ or −φ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The class and the budget.
    pub rules: Rules,
    /// K cells per axis.
    pub cells: u64,
    /// The cell of the bump, counted from 0 on each axis.
    pub cell: Vec<u64>,
    /// SHA-256 of the text of φ.
    pub network_sha256: String,
    /// h = φ(y).
    pub height: Rational,
    /// r, the number of runs that hit.
    pub hits: u64,
    /// h(1 − r/R).
    pub error: Rational,
    /// The d-th power of the bound of the theorem.
    pub bound_power: Rational,
    /// The error in L^p for p < ∞, if it is claimed.
    pub in_mean: Option<InMean>,
    /// On which of ±φ the learner does worse at a point, if that is claimed.
    pub named: Option<Named>,
    /// One run per seed.
    pub runs: Vec<Run>,
}

/// Why a certificate proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not a certificate file.
    Unreadable(String),
    /// There is no such game.
    Rules(String),
    /// A run breaks the rules.
    Run {
        /// Its seed.
        seed: u64,
        /// What is wrong.
        reason: String,
    },
    /// A number is not what it is claimed to be.
    Claimed {
        /// What differs.
        what: &'static str,
        /// As computed.
        expected: String,
        /// As claimed.
        got: String,
    },
    /// φ is not in the class.
    Class(String),
    /// The error is below the bound of the theorem.
    Below(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => write!(f, "not a certificate: {reason}"),
            Self::Rules(reason) | Self::Class(reason) | Self::Below(reason) => f.write_str(reason),
            Self::Run { seed, reason } => write!(f, "run with seed {seed}: {reason}"),
            Self::Claimed {
                what,
                expected,
                got,
            } => write!(f, "{what}: expected {expected}, got {got}"),
        }
    }
}

impl std::error::Error for Refused {}

/// What a certificate claims, computed.
struct Facts {
    phi: Network,
    network_sha256: String,
    height: Rational,
    /// Which runs hit.
    hit: Vec<bool>,
    hits: u64,
    error: Rational,
    bound_power: Rational,
}

impl Certificate {
    /// The certificate that a cell gives with these runs, checked as [`Certificate::check`] does.
    pub fn new(rules: Rules, cells: u64, cell: Vec<u64>, runs: Vec<Run>) -> Result<Self, Refused> {
        let open = Self {
            rules,
            cells,
            cell,
            network_sha256: String::new(),
            height: Rational::zero(),
            hits: 0,
            error: Rational::zero(),
            bound_power: Rational::zero(),
            in_mean: None,
            named: None,
            runs,
        };
        let facts = open.facts()?;
        Ok(Self {
            network_sha256: facts.network_sha256,
            height: facts.height,
            hits: facts.hits,
            error: facts.error,
            bound_power: facts.bound_power,
            ..open
        })
    }

    /// The ratio of the error and the bound of the theorem, to the power d.
    ///
    /// # Panics
    /// For a certificate that [`Certificate::check`] refuses.
    pub fn ratio_power(&self) -> Rational {
        let exponent = u32::try_from(self.rules.dimension).expect("the rules were checked");
        self.error
            .pow(exponent)
            .over(&self.bound_power)
            .expect("c is above 0")
    }

    /// Builds φ again, and checks that it is in the class, that every run keeps the rules, how many hit, every number, and that the error is not
    /// below the bound of the theorem.
    pub fn check(&self) -> Result<(), Refused> {
        let facts = self.facts()?;
        claimed("network", &facts.network_sha256, &self.network_sha256)?;
        claimed("height", &facts.height, &self.height)?;
        claimed("hits", &facts.hits, &self.hits)?;
        claimed("error", &facts.error, &self.error)?;
        claimed(
            "bound of the theorem to the power d",
            &facts.bound_power,
            &self.bound_power,
        )?;
        if let Some(in_mean) = &self.in_mean {
            in_mean.check(self, &facts.height)?;
        }
        named::check(self, &facts)
    }

    /// Computes what is claimed from the rules, the cell and the runs alone.
    fn facts(&self) -> Result<Facts, Refused> {
        let phi = self.rules.network(self.cells, &self.cell)?;
        self.rules.check_class(&phi)?;
        self.check_runs()?;
        let height = value(&phi, &centre(self.cells, &self.cell))?;
        let hit = which_hit(&phi, &self.runs)?;
        let hits = hit.iter().filter(|hit| **hit).count() as u64;
        let error = &height * &share_without(hits, self.runs.len());
        let bound_power = self.rules.bound_power();
        let exponent = u32::try_from(self.rules.dimension).expect("the rules were checked");
        if error.pow(exponent) < bound_power {
            return Err(Refused::Below(format!(
                "error: expected at least the bound of the theorem, got {error}, whose power d is below {bound_power}"
            )));
        }
        Ok(Facts {
            network_sha256: network_sha256(&phi),
            phi,
            height,
            hit,
            hits,
            error,
            bound_power,
        })
    }

    /// Points of the cube only, different seeds, and at most m queries on average.
    fn check_runs(&self) -> Result<(), Refused> {
        let (zero, one) = (Rational::zero(), Rational::one());
        let mut seeds = std::collections::BTreeSet::new();
        let mut total = 0_u64;
        for run in &self.runs {
            let refuse = |reason: String| {
                Err(Refused::Run {
                    seed: run.seed,
                    reason,
                })
            };
            if !seeds.insert(run.seed) {
                return refuse("expected different seeds, got this one twice".into());
            }
            let inside = |x: &Vec<Rational>| {
                x.len() == self.rules.dimension && x.iter().all(|t| zero <= *t && *t <= one)
            };
            if let Some(j) = run.queries.iter().position(|x| !inside(x)) {
                return refuse(format!(
                    "query {j}: expected a point of [0,1]^{}, got another one",
                    self.rules.dimension
                ));
            }
            total = total.saturating_add(run.queries.len() as u64);
        }
        let most = self.rules.samples.saturating_mul(self.runs.len() as u64);
        match self.runs.is_empty() || total > most {
            true => Err(Refused::Rules(format!(
                "queries: expected runs with at most {most} together, got {total} in {} runs",
                self.runs.len()
            ))),
            false => Ok(()),
        }
    }
}

fn claimed<T: PartialEq + fmt::Display>(
    what: &'static str,
    expected: &T,
    got: &T,
) -> Result<(), Refused> {
    match expected == got {
        true => Ok(()),
        false => Err(Refused::Claimed {
            what,
            expected: expected.to_string(),
            got: got.to_string(),
        }),
    }
}

fn value(phi: &Network, x: &[Rational]) -> Result<Rational, Refused> {
    let values = realize(phi, x).map_err(|failure| Refused::Rules(failure.to_string()))?;
    Ok(values.into_iter().next().expect("one output"))
}

/// Which runs have a query where φ is not 0.
fn which_hit(phi: &Network, runs: &[Run]) -> Result<Vec<bool>, Refused> {
    let support = Support::new(phi);
    let mut which = Vec::with_capacity(runs.len());
    for run in runs {
        let mut hit = false;
        for x in &run.queries {
            hit = hit
                || support.contains(x).map_err(|failure| Refused::Run {
                    seed: run.seed,
                    reason: failure.to_string(),
                })?;
        }
        which.push(hit);
    }
    Ok(which)
}

/// 1 − r/R.
fn share_without(hits: u64, runs: usize) -> Rational {
    let share = natural(hits).over(&natural(runs as u64));
    &Rational::one() - &share.expect("there are runs")
}
