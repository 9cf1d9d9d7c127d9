//! What is known about the conclusions of a claim before a verdict is made.

use relu_core::number::rational::Rational;

use super::Reduced;
use crate::certificate::parameters::Closed;
use crate::check::Refutation;
use crate::exhaust::Exhausted;
use crate::fit::Proposal;
use crate::redraw::Said;

/// What search reports about the draws of one conclusion; only the redrawn part of it is known to the kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draws {
    /// Instances asked for.
    pub tried: u64,
    /// No instance was found.
    pub nothing: u64,
    /// A hypothesis or range was false.
    pub vacuous: u64,
    /// The conclusion was true.
    pub holds: u64,
    /// The conclusion was false at an exceptional point of an almost-all statement.
    pub exceptional: u64,
    /// Undecided.
    pub undecided: u64,
    /// Why the first of them was undecided, or undefined if none was.
    pub reason: Option<String>,
    /// Undefined.
    pub undefined: u64,
    /// The construction of a `some … by` failed, which refutes nothing.
    pub construction_fails: u64,
    /// Largest inputs, depth and width met, in words.
    pub ranges: String,
    /// Whether no redrawn instance of an almost-all statement holds at a generic point.
    pub only_exceptional: bool,
    /// Whether the claim's fuel ended the draws early.
    pub out_of_fuel: bool,
}

impl Draws {
    /// Draws that met the hypotheses.
    pub fn met(&self) -> u64 {
        self.holds + self.exceptional + self.undecided + self.undefined + self.construction_fails
    }
}

/// Everything known about one conclusion.
#[derive(Clone, Debug, Default)]
pub struct ConclusionEvidence {
    /// An accepted refutation.
    pub refutation: Option<Refutation>,
    /// The enumeration of a finite scope.
    pub finite: Option<Exhausted>,
    /// All faces or pieces of named networks.
    pub faces: Option<(Exhausted, FaceScope)>,
    /// All faces of all networks of a small scope, with the scope in words.
    pub small: Option<(Exhausted, FaceScope, String)>,
    /// A box of its parameters.
    pub parameters: Option<Closed>,
    /// What it is reduced to, on a box of parameters.
    pub reduced: Option<Reduced>,
    /// Random draws.
    pub draws: Option<Draws>,
    /// The largest exact lhs/rhs met, for a bound.
    pub best_ratio: Option<String>,
    /// The constant fitted to the draws of a bound up to a constant, as search found it.
    pub fitted: Option<Proposal>,
    /// The largest constant that an instance drawn again by the kernel needs.
    pub redrawn: Option<Rational>,
    /// Search and kernel disagree about a redrawn instance.
    pub disagreement: Option<(u64, Said, Said)>,
    /// The construction of an existence claim fails; this refutes nothing.
    pub construction_fails: bool,
}

impl ConclusionEvidence {
    /// Whether it is decided on a box of parameters, itself or by reduction.
    pub(super) fn on_boxes(&self) -> bool {
        self.parameters.is_some() || self.reduced.is_some()
    }
}

/// How the point was exhausted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceScope {
    /// All full-dimensional cells.
    Cells,
    /// All faces of all dimensions.
    Faces,
    /// All pieces of the real line, as a symbol.
    Pieces,
}

impl FaceScope {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Cells => "all cells",
            Self::Faces => "all faces",
            Self::Pieces => "all pieces",
        }
    }
}

/// A demand on the instances met, counted by search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverCount {
    /// Its name.
    pub name: String,
    /// Instances that count.
    pub hits: u64,
    /// Instances that met the hypotheses.
    pub of: u64,
    /// Whether that is enough.
    pub met: bool,
}
