//! What statuses and outcomes amount to.

use crate::record::words::{Outcome, Rung, Status};

impl Status {
    /// The rung this status stands for; none for a refutation, a citation and the non-verdicts.
    pub const fn rung(self) -> Option<Rung> {
        match self {
            Self::Sampled => Some(Rung::Sampled),
            Self::Instance => Some(Rung::Instance),
            Self::Box => Some(Rung::Box),
            Self::Proved => Some(Rung::Proved),
            _ => None,
        }
    }

    /// Whether this is one of the five non-verdicts VACUOUS, UNDER-COVERED, INCOMPLETE, STALE and BROKEN.
    pub const fn is_non_verdict(self) -> bool {
        matches!(
            self,
            Self::Vacuous | Self::UnderCovered | Self::Incomplete | Self::Stale | Self::Broken
        )
    }

    /// Whether a claim of this status may ever be shown as green: INSTANCE, BOX and PROVED. SAMPLED never is.
    pub const fn may_be_green(self) -> bool {
        matches!(self, Self::Instance | Self::Box | Self::Proved)
    }
}

impl Outcome {
    /// Whether this outcome contradicts the expected one: a mutant that should die is certified, or one that should survive is killed.
    pub const fn contradicts(self, expected: Self) -> bool {
        match expected {
            Self::Killed | Self::Rejected => matches!(self, Self::AliveProved),
            Self::AliveProved | Self::Control => matches!(self, Self::Killed | Self::Rejected),
            Self::Unresolved => false,
        }
    }

    /// Whether this outcome is weaker than the expected one without contradicting it; an exact kill is never weaker than a rejection, and
    /// a certified control is never weaker than a surviving one.
    pub const fn is_weaker_than(self, expected: Self) -> bool {
        match expected {
            Self::Killed => matches!(self, Self::Rejected | Self::Unresolved | Self::Control),
            Self::Rejected => matches!(self, Self::Unresolved | Self::Control),
            Self::AliveProved => matches!(self, Self::Unresolved | Self::Control),
            Self::Unresolved | Self::Control => false,
        }
    }
}
