//! Greek letters: one table for reading and printing, so that `Φ` and `phi` are the same name everywhere.

/// A name that stands for a Greek letter.
pub(crate) struct Greek {
    /// The name in the tree.
    pub word: &'static str,
    /// The letter read and printed for it.
    pub letter: char,
    /// The TeX macro without its backslash.
    pub macro_name: &'static str,
}

const fn greek(word: &'static str, letter: char, macro_name: &'static str) -> Greek {
    Greek {
        word,
        letter,
        macro_name,
    }
}

/// Word ↔ letter, both ways unique. By house notation networks are Φ and Ψ, so `phi`, `psi` are the capitals.
pub(crate) const GREEK: &[Greek] = &[
    greek("alpha", 'α', "alpha"),
    greek("beta", 'β', "beta"),
    greek("gamma", 'γ', "gamma"),
    greek("delta", 'δ', "delta"),
    greek("eps", 'ε', "varepsilon"),
    greek("epsilon", 'ϵ', "epsilon"),
    greek("zeta", 'ζ', "zeta"),
    greek("eta", 'η', "eta"),
    greek("theta", 'θ', "theta"),
    greek("kappa", 'κ', "kappa"),
    greek("lambda", 'λ', "lambda"),
    greek("mu", 'μ', "mu"),
    greek("nu", 'ν', "nu"),
    greek("xi", 'ξ', "xi"),
    greek("pi", 'π', "pi"),
    greek("rho", 'ρ', "varrho"),
    greek("sigma", 'σ', "sigma"),
    greek("tau", 'τ', "tau"),
    greek("phi", 'Φ', "Phi"),
    greek("psi", 'Ψ', "Psi"),
    greek("varphi", 'φ', "varphi"),
    greek("chi", 'χ', "chi"),
    greek("omega", 'ω', "omega"),
    greek("Gamma", 'Γ', "Gamma"),
    greek("Delta", 'Δ', "Delta"),
    greek("Theta", 'Θ', "Theta"),
    greek("Lambda", 'Λ', "Lambda"),
    greek("Xi", 'Ξ', "Xi"),
    greek("Pi", 'Π', "Pi"),
    greek("Sigma", 'Σ', "Sigma"),
    greek("Omega", 'Ω', "Omega"),
];

/// The Greek letter of a word, or `None`.
pub(crate) fn by_word(word: &str) -> Option<&'static Greek> {
    GREEK.iter().find(|greek| greek.word == word)
}

/// The word of a Greek letter, or `None`.
pub(crate) fn by_letter(letter: char) -> Option<&'static Greek> {
    GREEK.iter().find(|greek| greek.letter == letter)
}

/// Splits a name into its head and what follows it: trailing digits, or everything from the first `_` on.
pub(crate) fn split(name: &str) -> (&str, &str) {
    let at = name
        .find('_')
        .unwrap_or_else(|| name.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    name.split_at(at)
}

/// The name as printed in Unicode: a Greek head becomes its letter. Reading it gives the name back.
pub(crate) fn unicode(name: &str) -> String {
    let (head, rest) = split(name);
    match by_word(head) {
        Some(greek) => format!("{}{rest}", greek.letter),
        None => name.to_owned(),
    }
}

/// Landau's symbol: `a <= O(b)` is read as `a ≲ b`.
pub(crate) const BIG_O: &str = "O";

/// The words that are not names.
pub(crate) const KEYWORDS: [&str; 8] = ["and", "or", "not", "if", "then", "else", "fn", "in"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_letters_are_unique() {
        for (i, a) in GREEK.iter().enumerate() {
            for b in &GREEK[..i] {
                assert_ne!(a.word, b.word);
                assert_ne!(a.letter, b.letter);
                assert_ne!(a.macro_name, b.macro_name);
            }
        }
    }

    #[test]
    fn heads() {
        assert_eq!(split("x_1"), ("x", "_1"));
        assert_eq!(split("x12"), ("x", "12"));
        assert_eq!(split("max_abs_1"), ("max", "_abs_1"));
        assert_eq!(split("_p"), ("", "_p"));
        assert_eq!(split("phi"), ("phi", ""));
    }

    #[test]
    fn printed_names() {
        assert_eq!(unicode("phi_1"), "Φ_1");
        assert_eq!(unicode("psi2"), "Ψ2");
        assert_eq!(unicode("philosophy"), "philosophy");
        assert_eq!(unicode("Phi"), "Phi");
    }
}
