//! The closed word lists of claim files.

use std::fmt;

/// An enum whose values are words of the file.
macro_rules! words {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$item_doc:meta])* $item:ident = $word:literal, )* } )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $( $(#[$item_doc])* $item, )* }

        impl $name {
            /// Every word, in the order of the values.
            pub const WORDS: &'static [&'static str] = &[ $( $word ),* ];

            /// The word as written in claim files.
            pub fn word(self) -> &'static str {
                match self { $( $name::$item => $word, )* }
            }

            /// The value of a word, or `None`.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $( $word => Some($name::$item), )* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    )* };
}

words! {
    /// What sort of statement a claim makes.
    Kind {
        /// An equality or equivalence.
        Identity = "identity",
        /// An inequality with explicit constants.
        Bound = "bound",
        /// An object built explicitly, with its properties.
        Construction = "construction",
        /// There is an object; the witness is given.
        Existence = "existence",
        /// No object does better.
        LowerBound = "lower-bound",
        /// Two statements do not contradict each other.
        Consistency = "consistency",
        /// A statement about a probability or an expectation.
        Statistical = "statistical",
        /// Prose that cannot be evaluated; always cited.
        Schema = "schema",
        /// A measured outcome.
        Experiment = "experiment",
        /// A statement with an unspecified constant.
        Asymptotic = "asymptotic",
    }
    /// What a run is expected to find.
    Expect {
        /// The statement is true.
        Holds = "holds",
        /// The statement is false and has an exact witness.
        Refuted = "refuted",
        /// Unknown: either outcome is news.
        Conjecture = "conjecture",
    }
    /// The strength of the evidence for a claim, ascending.
    Rung {
        /// Drawn at random, no counterexample.
        Sampled = "sampled",
        /// Checked exactly on a finite scope.
        Instance = "instance",
        /// Checked exactly on boxes or by argument.
        Box = "box",
        /// Proved formally.
        Proved = "proved",
    }
    /// Whether a hypothesis is needed.
    Needed {
        /// Dropping it must make the claim false.
        Yes = "yes",
        /// Dropping it must not.
        No = "no",
        /// To be found out.
        Unknown = "unknown",
    }
    /// Whether a bound is sharp.
    Tight {
        /// Equality is reached.
        Attained = "attained",
        /// Equality is approached.
        Asymptotic = "asymptotic",
    }
    /// How a mutant must end.
    MutantExpect {
        /// By an exact witness against it.
        Killed = "killed",
        /// By a statistical test.
        Rejected = "rejected",
        /// It is true and certified.
        AliveProved = "alive_proved",
        /// Unknown; listed, never hidden.
        Unresolved = "unresolved",
        /// It is true and kept to show that it survives.
        Control = "control",
    }
    /// The class of an erratum under the most charitable reading.
    ErratumClass {
        /// A real error.
        Real = "R",
        /// A missing hypothesis.
        Hypothesis = "H",
        /// A misprint.
        Misprint = "M",
        /// An ambiguity; both readings are registered.
        Ambiguity = "A",
        /// Unfair as a refutation; never published as one.
        Unfair = "U",
    }
    /// The area of the theory, which is the folder of the file.
    Area {
        /// Networks and their operations.
        Networks = "networks",
        /// The network derivative.
        Derivative = "derivative",
        /// Approximation rates.
        Approximation = "approximation",
        /// Estimates on the whole space.
        Global = "global",
        /// Sample complexity.
        Sampling = "sampling",
        /// Expressivity.
        Expressivity = "expressivity",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for word in Kind::WORDS {
            assert_eq!(Kind::from_word(word).map(Kind::word), Some(*word));
        }
        assert_eq!(Rung::from_word("Proved"), None);
        assert_eq!(ErratumClass::from_word("r"), None);
        assert_eq!(MutantExpect::AliveProved.to_string(), "alive_proved");
    }

    #[test]
    fn rungs_ascend() {
        assert!(
            Rung::Sampled < Rung::Instance
                && Rung::Instance < Rung::Box
                && Rung::Box < Rung::Proved
        );
    }
}
