//! A variable name as mathematics: `phi` is Φ, `x_1` and `x1` are x with index 1, `k_low` is k with index low.

use crate::expr::names::{self, Greek};

/// The letter or word a name begins with.
#[derive(Clone, Copy)]
pub(crate) enum Head<'a> {
    Greek(&'static Greek),
    /// One Latin letter, printed italic.
    Letter(&'a str),
    /// Printed upright.
    Word(&'a str),
}

/// A name taken apart.
pub(crate) struct Parts<'a> {
    pub head: Head<'a>,
    /// The indices in order.
    pub indices: Vec<Head<'a>>,
}

fn head(text: &str) -> Head<'_> {
    match names::by_word(text) {
        Some(greek) => Head::Greek(greek),
        None if text.len() == 1 => Head::Letter(text),
        None => Head::Word(text),
    }
}

/// Takes a name apart; a name with empty parts (`_p`, `a__b`, `x_`) is one word.
pub(crate) fn parts(name: &str) -> Parts<'_> {
    let (front, rest) = names::split(name);
    let rest = rest.strip_prefix('_').unwrap_or(rest);
    let indices: Vec<&str> = if name.len() == front.len() {
        Vec::new()
    } else {
        rest.split('_').collect()
    };
    if front.is_empty() || indices.iter().any(|index| index.is_empty()) {
        return Parts {
            head: Head::Word(name),
            indices: Vec::new(),
        };
    }
    Parts {
        head: head(front),
        indices: indices.into_iter().map(head).collect(),
    }
}

/// Whether the printed name ends in an index, so that a further one needs parentheses.
pub(crate) fn has_indices(name: &str) -> bool {
    !parts(name).indices.is_empty()
}
