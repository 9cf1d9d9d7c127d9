//! The largest norm of the gradient of a ReLU network over a box: certificates by splitting on neurons.
//!
//! # Definition
//! Φ has one output; B is a closed box with interior. A cell is an open set in B on which the pre-activation of every neuron is
//! positive, negative or identically zero. The number in question is max ‖∇RΦ‖ over all cells; kinks do not count.
//!
//! A certificate claims lower ≤ max ≤ upper. `point` lies in a cell whose gradient has the norm `lower`. The upper bound is a tree in
//! preorder. A split {z ≥ 0}, {z ≤ 0} loses no cell, since every cell lies in one of the sides. Every leaf says why the
//! cells on its path have norm ≤ `upper`, or why there are none:
//!
//! * `interval`: interval arithmetic, forwards for pre-activations and backwards for gradients, suffices;
//! * `bound`, `infeasible`: a non-negative combination of the rows of a linear relaxation (its rows are listed at [`Kind`]), whose maximum
//!   over the ranges of the variables is read off;
//! * `flat`: the conditions hold in a hyperplane at most, so there is no cell.
//!
//! A `frame` step derives narrower enclosures by such combinations, and builds the relaxation again from them; nothing in a
//! relaxation is taken from the file.
//!
//! # Exactness
//! Exact over ℚ; multipliers are dyadic, and any non-negative multipliers give a true bound.

mod facts;
mod flat;
mod label;
mod point;
mod system;
mod text;
mod walk;

use std::fmt;

use relu_core::activation::Activation;
use relu_core::network::Network;
use relu_core::number::rational::Rational;

pub use label::{Facet, Kind, Label, Multipliers, Quantity};

/// The number of the certificate format that is written, and the only one that is read.
pub const FORMAT: u64 = 1;

/// Which norm of the gradient is maximised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Norm {
    /// Σ|∂_j|: the Lipschitz constant for ℓ∞ on the inputs.
    L1,
    /// Σ∂_j², the *square* of the Euclidean norm, which is rational.
    L2Squared,
    /// max|∂_j|: the Lipschitz constant for ℓ1 on the inputs.
    LInfinity,
}

impl Norm {
    /// The norm of a vector (its square for [`Norm::L2Squared`]).
    pub fn of(self, gradient: &[Rational]) -> Rational {
        gradient
            .iter()
            .fold(Rational::zero(), |so_far, value| match self {
                Self::L1 => &so_far + &value.abs(),
                Self::L2Squared => &so_far + &(value * value),
                Self::LInfinity => so_far.max(value.abs()),
            })
    }

    /// The word in certificate files.
    pub fn word(self) -> &'static str {
        match self {
            Self::L1 => "l1",
            Self::L2Squared => "l2-squared",
            Self::LInfinity => "linf",
        }
    }
}

/// A box as its closed ranges.
pub type Ranges = [(Rational, Rational)];

/// One node of the tree, in preorder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Two children: the cells with z ≥ 0, and those with z ≤ 0, for the hidden neuron with this index, counted layer by layer.
    Neuron(usize),
    /// Two children: the cells with ∂_j ≥ 0, and those with ∂_j ≤ 0; not for ℓ∞.
    Sign(usize),
    /// Two children: the cells with ∂_j ≥ c, and those with ∂_j ≤ c.
    Slope(usize, Rational),
    /// 2d children: max|∂_j| is ∂₀, −∂₀, ∂₁, …; only for ℓ∞.
    Peak,
    /// One child: the narrower enclosures hold, and the relaxation is built again from them.
    Frame(Vec<Lemma>),
    /// Leaf: enclosures by intervals suffice.
    Interval,
    /// Leaf: the combination bounds the norm.
    Bound(Multipliers),
    /// Leaf: the combination is a contradiction.
    Infeasible(Multipliers),
    /// Leaf: Σ λ·f ≤ 0 is constant for facets f ≥ 0 of the region, λ > 0.
    Flat(Vec<(Facet, Rational)>),
}

/// An enclosure that the current relaxation implies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lemma {
    /// What is bounded.
    pub quantity: Quantity,
    /// An upper bound, or a lower one.
    pub upper: bool,
    /// The bound.
    pub value: Rational,
    /// The combination that shows it.
    pub multipliers: Multipliers,
}

/// Evidence for lower ≤ max ‖∇RΦ‖ ≤ upper over a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// SHA-256 of the network's text.
    pub network_sha256: String,
    /// The box.
    pub domain: Vec<(Rational, Rational)>,
    /// The norm.
    pub norm: Norm,
    /// The norm at `point`.
    pub lower: Rational,
    /// What every leaf proves.
    pub upper: Rational,
    /// A point inside a cell.
    pub point: Vec<Rational>,
    /// The tree in preorder.
    pub steps: Vec<Step>,
}

/// Proven bounds: lower ≤ max ‖∇RΦ‖ ≤ upper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certified {
    /// Reached in a cell.
    pub lower: Rational,
    /// Not exceeded in any cell.
    pub upper: Rational,
}

impl Certified {
    /// Whether the maximum is known.
    pub fn is_exact(&self) -> bool {
        self.lower == self.upper
    }
}

/// Why a certificate proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not a certificate file.
    Unreadable(String),
    /// The network or the box is of a kind that has no such certificate.
    Unsuitable(String),
    /// Made for something else.
    Mismatch {
        /// What differs.
        what: &'static str,
        /// What is asked for.
        expected: String,
        /// What the certificate is for.
        got: String,
    },
    /// The lower bound is not shown.
    Point(String),
    /// A step does not show what it has to; steps are counted from 0.
    Step {
        /// Its index.
        index: usize,
        /// What is wrong.
        reason: String,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => write!(f, "not a certificate: {reason}"),
            Self::Unsuitable(reason) => f.write_str(reason),
            Self::Mismatch {
                what,
                expected,
                got,
            } => write!(f, "{what}: expected {expected}, got {got}"),
            Self::Point(reason) => write!(f, "point of the lower bound: {reason}"),
            Self::Step { index, reason } => write!(f, "step {index}: {reason}"),
        }
    }
}

impl std::error::Error for Refused {}

/// SHA-256, in hexadecimal, of the network as text.
pub fn network_sha256(phi: &Network) -> String {
    claim_language::hash::sha256_hex(phi.to_string().as_bytes())
}

/// Whether the question can be asked: ReLU, one output, a range with interior for every input.
pub fn check_question(phi: &Network, domain: &Ranges) -> Result<(), Refused> {
    let unsuitable = |text: String| Err(Refused::Unsuitable(text));
    if *phi.activation() != Activation::Relu {
        return unsuitable(format!(
            "activation: expected relu, got {}",
            phi.activation()
        ));
    }
    if phi.outdim() != 1 {
        return unsuitable(format!("outputs: expected 1, got {}", phi.outdim()));
    }
    if domain.len() != phi.indim() {
        return unsuitable(format!(
            "ranges of the box: expected {}, got {}",
            phi.indim(),
            domain.len()
        ));
    }
    match domain.iter().position(|(low, high)| low >= high) {
        Some(j) => unsuitable(format!(
            "range {j} of the box: expected an interval with interior, got [{}, {}]",
            domain[j].0, domain[j].1
        )),
        None => Ok(()),
    }
}

impl Certificate {
    /// Re-derives everything: that the certificate is for this network, box and norm, the lower bound at its point, and every
    /// leaf of a tree that covers all cells.
    pub fn check(&self, phi: &Network, domain: &Ranges, norm: Norm) -> Result<Certified, Refused> {
        check_question(phi, domain)?;
        let mismatch = |what, expected: String, got: String| match expected == got {
            true => Ok(()),
            false => Err(Refused::Mismatch {
                what,
                expected,
                got,
            }),
        };
        mismatch("network", network_sha256(phi), self.network_sha256.clone())?;
        mismatch("norm", norm.word().into(), self.norm.word().into())?;
        mismatch("box", text::of_box(domain), text::of_box(&self.domain))?;
        let reached = norm.of(&point::gradient_in_cell(phi, domain, &self.point)?);
        if reached != self.lower {
            return Err(Refused::Point(format!(
                "expected a gradient of norm {}, got {reached}",
                self.lower
            )));
        }
        walk::walk(phi, self)?;
        Ok(Certified {
            lower: self.lower.clone(),
            upper: self.upper.clone(),
        })
    }
}
