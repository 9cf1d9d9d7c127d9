//! The closed word lists of `run.json`, one enum per list.
//!
//! Every list is written once, here; its variants serialise as the words shown, print as the same words and parse back from them. A reader of
//! the format may rely on the lists being complete: a new word raises [`crate::record::FORMAT`].

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

mod meaning;

/// A word that is not on the closed list it was looked up in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// Name of the list, as in [`CLOSED_LISTS`].
    pub list: &'static str,
    /// The word that was given.
    pub got: String,
    /// The words of the list.
    pub expected: &'static [&'static str],
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            list,
            got,
            expected,
        } = self;
        write!(
            f,
            "expected a word of the list `{list}` ({}), got `{got}`",
            expected.join(", ")
        )
    }
}

impl std::error::Error for UnknownWord {}

macro_rules! closed_list {
    ($(#[$documentation:meta])* $name:ident, $list:literal, { $($(#[$meaning:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$meaning])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The words, in the order of the list.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word this value is written as.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { list: $list, got: word.to_owned(), expected: Self::WORDS }),
                }
            }
        }
    };
}

closed_list!(
    /// What a run found about a claim: four rungs, one refutation, one citation, five non-verdicts.
    Status, "status", {
        /// An exact witness contradicts the statement.
        Refuted = "REFUTED",
        /// No counterexample among the drawn instances; some variable was only sampled.
        Sampled = "SAMPLED",
        /// Decided exactly on instances or on an exhausted finite scope.
        Instance = "INSTANCE",
        /// Certified over a box of parameters, or over a range closed by argument.
        Box = "BOX",
        /// A proof checker accepted a proof of the generated statement.
        Proved = "PROVED",
        /// Not evaluated, or resting on a hypothesis nothing evaluated.
        Cited = "CITED",
        /// No instance met the hypotheses.
        Vacuous = "VACUOUS",
        /// A required share or number of instances was missed.
        UnderCovered = "UNDER-COVERED",
        /// The fuel ran out, or the run was interrupted.
        Incomplete = "INCOMPLETE",
        /// The stored evidence is about another statement.
        Stale = "STALE",
        /// Two evaluations disagree, a panic, or too many undefined values.
        Broken = "BROKEN",
    }
);

closed_list!(
    /// How strong the evidence is, weakest first; the order of the enum is the order of strength.
    Rung, "rung", {
        /// Some variable was only sampled.
        Sampled = "sampled",
        /// Exact on instances.
        Instance = "instance",
        /// Certified over a box.
        Box = "box",
        /// Proved in the proof checker.
        Proved = "proved",
    }
);

closed_list!(
    /// What the claim file expects of the statement.
    Expect, "expect", {
        /// The statement is expected to hold; a refutation contradicts it.
        Holds = "holds",
        /// The statement is false as printed; failing to refute it contradicts this.
        Refuted = "refuted",
        /// Open: both outcomes are news and neither fails.
        Conjecture = "conjecture",
    }
);

closed_list!(
    /// The kind of statement.
    Kind, "kind", {
        /// Two expressions are equal.
        Identity = "identity",
        /// One expression bounds another.
        Bound = "bound",
        /// An explicit object has the stated properties.
        Construction = "construction",
        /// An object exists.
        Existence = "existence",
        /// No object of a class does better.
        LowerBound = "lower-bound",
        /// Two statements do not contradict each other.
        Consistency = "consistency",
        /// A statement about a law, decided by a test with a stated error.
        Statistical = "statistical",
        /// Prose that no tree expresses; always cited.
        Schema = "schema",
        /// A measurement with no conclusion of its own.
        Experiment = "experiment",
        /// A statement with an unspecified constant.
        Asymptotic = "asymptotic",
    }
);

closed_list!(
    /// How the range of one variable was covered.
    How, "how", {
        /// One computation for all values.
        Symbolic = "symbolic",
        /// Given by a construction that the statement names.
        Constructed = "constructed",
        /// Every element of the named finite set.
        Exhausted = "exhausted",
        /// Every element of a finite choice that the statement itself makes.
        Among = "among",
        /// Enclosed over an interval.
        Interval = "interval",
        /// Closed by a checked lemma or a recorded cancellation.
        Argument = "argument",
        /// Objects listed by name or by a rule without a seed.
        Named = "named",
        /// Drawn by a generator.
        Sampled = "sampled",
    }
);

closed_list!(
    /// Why an engine stopped.
    Stop, "stop", {
        /// It did all it set out to do.
        Completed = "completed",
        /// It found a witness.
        Witness = "witness",
        /// Its fuel ran out.
        Fuel = "fuel",
        /// The wall-clock net caught it.
        Deadline = "deadline",
        /// The user interrupted the run.
        Interrupted = "interrupted",
        /// It has nothing to do for this shape of statement.
        Inapplicable = "inapplicable",
    }
);

closed_list!(
    /// What happened to a mutant, or what is expected to happen.
    Outcome, "outcome", {
        /// An exact witness refutes the mutant and not the statement.
        Killed = "killed",
        /// A statistical test rejects the mutant.
        Rejected = "rejected",
        /// The mutant is certified to hold.
        AliveProved = "alive_proved",
        /// Neither killed nor certified.
        Unresolved = "unresolved",
        /// A true variant, kept to show that it survives.
        Control = "control",
    }
);

closed_list!(
    /// Whether the source needs a hypothesis.
    Needed, "needed", {
        /// Dropping it is expected to make the statement false.
        Yes = "yes",
        /// The statement is expected to survive without it.
        No = "no",
        /// Not known; the outcome is reported.
        Unknown = "unknown",
    }
);

closed_list!(
    /// What happened when a hypothesis was dropped.
    Dropped, "dropped", {
        /// The statement without it is refuted by an exact witness.
        Killed = "killed",
        /// The statement without it is rejected by a statistical test.
        Rejected = "rejected",
        /// The statement without it is certified: the hypothesis is idle.
        AliveProved = "alive_proved",
        /// Neither refuted nor certified.
        Unresolved = "unresolved",
        /// Not tried in this run.
        Untried = "untried",
    }
);

closed_list!(
    /// What the claim promises about its largest ratio of left to right side.
    Tight, "tight", {
        /// The ratio reaches 1.
        Attained = "attained",
        /// The ratio tends to 1.
        Asymptotic = "asymptotic",
    }
);

closed_list!(
    /// How a finding about a printed statement is classified under the most charitable reading.
    ErratumClass, "erratum", {
        /// A real error.
        Real = "R",
        /// A hypothesis is missing.
        Hypothesis = "H",
        /// A misprint.
        Misprint = "M",
        /// Two readings are possible.
        Ambiguity = "A",
        /// Unfair as a refutation.
        Unfair = "U",
    }
);

closed_list!(
    /// What a replay of stored evidence showed.
    ReplayOutcome, "replay", {
        /// The same values came out.
        Agrees = "agrees",
        /// Other values came out.
        Disagrees = "disagrees",
        /// The evidence is about another statement.
        Stale = "stale",
        /// The file cannot be read as evidence.
        Unreadable = "unreadable",
    }
);

closed_list!(
    /// What differs from the baseline.
    Change, "change", {
        /// The rung.
        Rung = "rung",
        /// The fate of a mutant.
        Mutant = "mutant",
        /// The best ratio.
        Ratio = "ratio",
        /// The size of the witness.
        Witness = "witness",
        /// The attached proof.
        Proof = "proof",
        /// The statement itself; reviewed by eye.
        Statement = "statement",
    }
);

closed_list!(
    /// How serious a diagnostic is.
    Severity, "severity", {
        /// The file cannot be used.
        Error = "error",
        /// The file can be used; something is doubtful.
        Warning = "warning",
        /// A remark.
        Note = "note",
    }
);

/// The closed lists of the format: name and words, in the order of the enums above.
pub const CLOSED_LISTS: &[(&str, &[&str])] = &[
    ("status", Status::WORDS),
    ("rung", Rung::WORDS),
    ("expect", Expect::WORDS),
    ("kind", Kind::WORDS),
    ("how", How::WORDS),
    ("stop", Stop::WORDS),
    ("outcome", Outcome::WORDS),
    ("needed", Needed::WORDS),
    ("dropped", Dropped::WORDS),
    ("tight", Tight::WORDS),
    ("erratum", ErratumClass::WORDS),
    ("replay", ReplayOutcome::WORDS),
    ("change", Change::WORDS),
    ("severity", Severity::WORDS),
];

#[cfg(test)]
mod tests;
