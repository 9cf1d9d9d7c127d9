//! What is wrong with an expression: a code, a place, a sentence and a way out.

use std::ops::Range;

/// A name, function, field or twin nobody defined.
pub const UNKNOWN_NAME: &str = "C0201";
/// An operand, argument, condition or body of the wrong type.
pub const WRONG_TYPE: &str = "C0202";
/// A call with the wrong number of arguments.
pub const WRONG_COUNT: &str = "C0203";
/// A character or literal outside the grammar.
pub const BAD_TOKEN: &str = "C0204";
/// A bracket without its partner.
pub const UNBALANCED: &str = "C0205";
/// An expression beyond the stated limits of size.
pub const TOO_LARGE: &str = "C0206";
/// A missing operand, argument or keyword, or a token where none fits.
pub const UNEXPECTED: &str = "C0207";
/// Two expressions side by side with no operator between them.
pub const MISSING_OPERATOR: &str = "C0208";
/// A chain of comparisons, `a < b < c`.
pub const CHAIN: &str = "C0209";
/// An operator of another language: `=`, `&&`, `||`, `!`, `**`.
pub const FOREIGN_OPERATOR: &str = "C0210";
/// A bound variable that reuses a name in scope.
pub const CAPTURE: &str = "C0211";
/// A false twin outside a mutant.
pub const TWIN_OUTSIDE_MUTANT: &str = "C0212";
/// A special form (`net`, `fn`, `if`, `every`, …) that is not of its shape.
pub const BAD_FORM: &str = "C0213";
/// An equality or order between types that cannot be compared.
pub const NOT_COMPARABLE: &str = "C0214";
/// A number where a vector is expected or the reverse; numbers are never spread over vectors.
pub const SCALAR_VECTOR: &str = "C0215";
/// A box that is not written as one.
pub const NOT_A_BOX: &str = "C0216";
/// `_` where it does not stand for an expression.
pub const BAD_HOLE: &str = "C0217";

/// Every code of this family with a short title, ascending.
pub const CODES: [(&str, &str); 17] = [
    (UNKNOWN_NAME, "unknown name or function"),
    (WRONG_TYPE, "wrong type"),
    (WRONG_COUNT, "wrong number of arguments"),
    (BAD_TOKEN, "unknown character or malformed literal"),
    (UNBALANCED, "unbalanced bracket"),
    (TOO_LARGE, "expression too large"),
    (UNEXPECTED, "missing operand or unexpected token"),
    (MISSING_OPERATOR, "missing operator"),
    (CHAIN, "chain of comparisons"),
    (FOREIGN_OPERATOR, "operator of another language"),
    (CAPTURE, "bound variable reuses a name"),
    (TWIN_OUTSIDE_MUTANT, "false twin outside a mutant"),
    (BAD_FORM, "malformed special form"),
    (NOT_COMPARABLE, "types that cannot be compared"),
    (SCALAR_VECTOR, "number and vector mixed up"),
    (NOT_A_BOX, "box expected"),
    (BAD_HOLE, "`_` in the wrong place"),
];

/// The most problems reported for one expression.
pub const MAX_PROBLEMS: usize = 20;

/// One problem of an expression; the span is relative to the expression text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The code, one of [`CODES`].
    pub code: &'static str,
    /// Bytes of the expression text.
    pub span: Range<usize>,
    /// What is wrong, a lowercase fragment.
    pub message: String,
    /// What stands at the span.
    pub label: String,
    /// Facts that explain the problem.
    pub notes: Vec<String>,
    /// Ways out.
    pub helps: Vec<String>,
}

impl Problem {
    /// A problem without notes and helps.
    pub fn new(
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self {
            code,
            span,
            message: message.into(),
            label: label.into(),
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// The same problem with one more note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same problem with one more help.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// The same problem with the help, if there is one.
    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.helps.extend(help);
        self
    }
}

/// `did you mean …` for a misspelt word: the nearest candidates at edit distance ≤ 2 (and less than the length of either
/// word), else all candidates if there are at most eight, else `None`.
pub fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut all: Vec<&str> = candidates.into_iter().collect();
    all.sort_unstable();
    all.dedup();
    let mut near: Vec<(usize, &str)> = all
        .iter()
        .filter_map(|candidate| {
            let shorter = word.chars().count().min(candidate.chars().count());
            let allowed = shorter.saturating_sub(1).min(2);
            distance_within(word, candidate, allowed).map(|distance| (distance, *candidate))
        })
        .collect();
    near.sort_unstable();
    let quoted = |names: &[&str]| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    if let Some((least, _)) = near.first() {
        let nearest = near.iter().filter(|(distance, _)| distance == least);
        let names: Vec<&str> = nearest.take(3).map(|(_, name)| *name).collect();
        Some(format!("did you mean {}?", quoted(&names)))
    } else if !all.is_empty() && all.len() <= 8 {
        Some(format!("known here: {}", quoted(&all)))
    } else {
        None
    }
}

/// The Levenshtein distance if it is at most `limit`, else `None`.
pub fn distance_within(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let changed = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend() {
        assert!(CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn near_words_first() {
        assert_eq!(
            suggestion("depht", ["depth", "width"]).as_deref(),
            Some("did you mean `depth`?")
        );
        assert_eq!(
            suggestion("rsh", ["lhs", "rhs"]).as_deref(),
            Some("did you mean `rhs`?")
        );
    }

    #[test]
    fn short_words_are_not_replaced_by_others() {
        let many: Vec<String> = ('a'..='z').map(String::from).collect();
        assert_eq!(suggestion("0", many.iter().map(String::as_str)), None);
        assert_eq!(suggestion("ep", many.iter().map(String::as_str)), None);
    }

    #[test]
    fn few_words_are_listed_many_are_not() {
        assert_eq!(
            suggestion("zzzz", ["a", "b"]).as_deref(),
            Some("known here: `a`, `b`")
        );
        let many: Vec<String> = (0..9).map(|i| format!("candidate{i}")).collect();
        assert_eq!(suggestion("zzzz", many.iter().map(String::as_str)), None);
        assert_eq!(suggestion("zzzz", []), None);
    }

    #[test]
    fn distances() {
        assert_eq!(distance_within("", "ab", 2), Some(2));
        assert_eq!(distance_within("kitten", "sitting", 3), Some(3));
        assert_eq!(distance_within("kitten", "sitting", 2), None);
        assert_eq!(distance_within("abc", "abcdef", 2), None);
    }
}
