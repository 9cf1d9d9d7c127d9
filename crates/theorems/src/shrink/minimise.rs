//! The driver: take the first candidate that is kept, and start over.

/// The result of a minimisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimised<T> {
    /// The smallest object found.
    pub value: T,
    /// Candidates taken.
    pub steps: usize,
    /// Candidates tested.
    pub tests: usize,
    /// Whether every candidate of `value` was tested and none kept; false if the budget ran out before.
    pub is_minimal: bool,
}

/// The object at the end of the chain start → first kept candidate → first kept candidate → …, after at most `budget` tests.
///
/// Deterministic if `candidates` and `keep` are. `start` itself is not tested. Ends for every `keep` where each candidate is
/// strictly simpler in a well-founded order, as all candidates of this module are.
pub fn minimise<T, C: IntoIterator<Item = T>>(
    start: T,
    candidates: impl Fn(&T) -> C,
    keep: impl FnMut(&T) -> bool,
    budget: usize,
) -> T {
    minimise_with_report(start, candidates, keep, budget).value
}

/// As [`minimise`], with the number of steps and tests and the reason for stopping.
pub fn minimise_with_report<T, C: IntoIterator<Item = T>>(
    start: T,
    candidates: impl Fn(&T) -> C,
    mut keep: impl FnMut(&T) -> bool,
    budget: usize,
) -> Minimised<T> {
    let mut result = Minimised {
        value: start,
        steps: 0,
        tests: 0,
        is_minimal: false,
    };
    'restart: loop {
        for candidate in candidates(&result.value) {
            if result.tests == budget {
                return result;
            }
            result.tests += 1;
            if keep(&candidate) {
                result.value = candidate;
                result.steps += 1;
                continue 'restart;
            }
        }
        result.is_minimal = true;
        return result;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(n: &u32) -> std::ops::Range<u32> {
        0..*n
    }

    #[test]
    fn the_first_kept_candidate_is_taken() {
        let result = minimise_with_report(100, below, |n| n % 7 == 3, 1000);
        assert_eq!(
            result,
            Minimised {
                value: 3,
                steps: 1,
                tests: 7,
                is_minimal: true
            }
        );
    }

    #[test]
    fn nothing_kept_leaves_the_start() {
        let result = minimise_with_report(5, below, |_| false, 1000);
        assert_eq!(
            result,
            Minimised {
                value: 5,
                steps: 0,
                tests: 5,
                is_minimal: true
            }
        );
    }

    #[test]
    fn the_budget_counts_tests_and_is_reported() {
        let result = minimise_with_report(100, below, |n| *n == 50, 10);
        assert_eq!(
            result,
            Minimised {
                value: 100,
                steps: 0,
                tests: 10,
                is_minimal: false
            }
        );
        let exact = minimise_with_report(3, below, |_| false, 3);
        assert!(exact.is_minimal);
        assert_eq!(minimise(9, below, |_| true, 0), 9);
    }
}
