//! The codes of all diagnostics: one table.
//!
//! Families: C01xx file shape, C02xx expressions (defined in [`crate::expr::problem`]), C03xx quantifiers, C04xx vacuity
//! and coverage, C05xx mutants, C06xx witnesses and proofs, C07xx network import, C08xx baseline.

use crate::expr::problem;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but probably does not say what was meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One code with its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// `C` and four digits.
    pub code: &'static str,
    /// A short title.
    pub title: &'static str,
    /// The severity of its diagnostics.
    pub severity: Severity,
}

macro_rules! codes {
    ($( $(#[$doc:meta])* $name:ident = $code:literal, $severity:ident, $title:literal; )*) => {
        $( $(#[$doc])* pub const $name: &str = $code; )*
        const TABLE: &[Code] = &[ $( Code { code: $code, title: $title, severity: Severity::$severity } ),* ];
    };
}

codes! {
    /// The file is not TOML.
    SYNTAX = "C0101", Error, "not a TOML file";
    /// A key no table of this kind has.
    UNKNOWN_KEY = "C0102", Error, "unknown key";
    /// A key without a default is absent.
    MISSING_KEY = "C0103", Error, "missing key";
    /// A value of another TOML type.
    VALUE_TYPE = "C0104", Error, "wrong type of value";
    /// `O(…)` or `≲` in place of an explicit constant.
    BIG_O = "C0105", Warning, "big-O bound";
    /// A key given twice.
    DUPLICATE_KEY = "C0106", Error, "key given twice";
    /// Bytes that are not UTF-8.
    NOT_TEXT = "C0107", Error, "file is not UTF-8 text";
    /// A file over the stated limit.
    TOO_LARGE = "C0108", Error, "file too large";
    /// A `format` other than 1.
    FORMAT = "C0109", Error, "unsupported format";
    /// An identifier that is not kebab-case.
    ID_SHAPE = "C0110", Error, "id is not kebab-case";
    /// An id other than the file name.
    ID_STEM = "C0111", Error, "id differs from the file name";
    /// A word outside a closed list.
    WORD = "C0112", Error, "word outside a closed list";
    /// A citation without an entry in the bibliography.
    SOURCE_KEY = "C0113", Error, "unknown source";
    /// A `schema` claim with a formula, or another claim without one.
    SCHEMA_SHAPE = "C0114", Error, "schema claim and formula mixed up";
    /// A name that cannot be written in an expression.
    NAME_SHAPE = "C0115", Error, "not a name";
    /// Arrays and tables inside each other beyond the limit.
    NESTING = "C0116", Error, "nested too deeply";
    /// A number outside its range.
    OUT_OF_RANGE = "C0117", Error, "value out of range";
    /// One name for two things.
    NAME_TAKEN = "C0118", Error, "name used twice";
    /// Definitions that need each other.
    CYCLE = "C0119", Error, "definitions in a circle";
    /// A definition nothing uses.
    UNUSED_DEFINITION = "C0120", Warning, "unused definition";
    /// Nothing but blank lines and comments.
    EMPTY = "C0121", Error, "empty file";
    /// `≲` or `O(…)` elsewhere than as a conjunct of a conclusion.
    BIG_O_PLACE = "C0122", Error, "bound up to a constant out of place";

    /// A variable in no hypothesis and no conclusion.
    UNUSED_VARIABLE = "C0301", Warning, "unused variable";
    /// A name used before the quantifier that binds it.
    BOUND_LATER = "C0302", Error, "variable used before it is bound";
    /// Quantifiers in another order than in the source.
    PREFIX_ORDER = "C0303", Error, "quantifiers differ from the source";
    /// A prefix that cannot be read.
    PREFIX_SHAPE = "C0304", Error, "unreadable prefix";
    /// A quantifier without exactly one of `all`, `almost-all`, `some`.
    BINDER = "C0305", Error, "quantifier needs one binder";
    /// An `in` that names no domain.
    DOMAIN = "C0306", Error, "unknown domain";
    /// A key that does not fit the binder or the domain.
    QUANTIFIER_KEY = "C0307", Error, "key does not fit the quantifier";
    /// Two symbols compared by order.
    SYMBOLS = "C0308", Error, "two ordered symbols";
    /// A generator family that is unknown or of another type.
    FAMILY = "C0309", Error, "generator family does not fit";
    /// A search range that cannot be read.
    SEARCH_RANGE = "C0310", Error, "unreadable search range";
    /// `min` above `max`.
    EMPTY_RANGE = "C0311", Error, "empty range";

    /// No instance met the hypotheses.
    VACUOUS = "C0401", Error, "no instance meets the hypotheses";
    /// A `cover` line was missed.
    UNDER_COVERED = "C0402", Error, "coverage missed";
    /// Too many undefined instances.
    UNDEFINED = "C0403", Error, "too many undefined instances";
    /// The generator found no value that passes `where`.
    FILTER = "C0404", Error, "no generated value passes `where`";

    /// An edit on a path the statement does not have.
    MUTANT_PATH = "C0501", Error, "edit on an unknown path";
    /// An edit whose pattern does not occur.
    MUTANT_PATTERN = "C0502", Error, "mutant does not apply";
    /// An edit that is not `path: pattern => replacement`.
    MUTANT_SHAPE = "C0503", Error, "malformed edit";
    /// An edit that leaves the statement as it was.
    MUTANT_IDLE = "C0504", Error, "mutant changes nothing";
    /// Two mutants of one name.
    MUTANT_TAKEN = "C0505", Error, "mutant named twice";
    /// `kills` names no conclusion.
    MUTANT_KILLS = "C0506", Error, "`kills` names no conclusion";
    /// Neither edits nor an own statement, or both.
    MUTANT_STATEMENT = "C0507", Error, "mutant needs edits or a statement";
    /// A mutant that survived although it must die, or the reverse.
    MUTANT_OUTCOME = "C0508", Error, "mutant with another outcome";

    /// A witness file that does not exist.
    WITNESS_MISSING = "C0601", Error, "witness file missing";
    /// A witness file that cannot be read.
    WITNESS_SHAPE = "C0602", Error, "unreadable witness";
    /// A witness for another statement.
    WITNESS_STALE = "C0603", Error, "witness of another statement";
    /// A witness that does not refute.
    WITNESS_REPLAY = "C0604", Error, "witness does not replay";
    /// A proof that is missing or of another statement.
    PROOF_MISSING = "C0605", Error, "proof missing or of another statement";
    /// A proof with axioms outside the allowed list.
    PROOF_AXIOMS = "C0606", Error, "proof uses forbidden axioms";

    /// A network file that is no JSON or TOML of the format.
    NETWORK_SHAPE = "C0701", Error, "unreadable network file";
    /// A network entry that is not an exact number.
    NETWORK_NUMBER = "C0702", Error, "network entry is not exact";
    /// Layers that do not fit together.
    NETWORK_LAYERS = "C0703", Error, "layers do not fit";
    /// An activation nobody defined.
    NETWORK_ACTIVATION = "C0704", Error, "unknown activation";

    /// A baseline that cannot be read.
    BASELINE_SHAPE = "C0801", Error, "unreadable baseline";
    /// A statement other than the baseline's.
    BASELINE_CHANGED = "C0802", Warning, "statement changed since the baseline";
    /// A result below the baseline's.
    BASELINE_REGRESSED = "C0803", Error, "result below the baseline";
    /// A claim only one of the two knows.
    BASELINE_MISSING = "C0804", Warning, "claim missing on one side of the baseline";
}

/// Every code, ascending, those of expressions included.
pub fn all() -> Vec<Code> {
    let expressions = problem::CODES.iter().map(|(code, title)| Code {
        code,
        title,
        severity: Severity::Error,
    });
    let mut all: Vec<Code> = TABLE.iter().copied().chain(expressions).collect();
    all.sort_unstable_by_key(|code| code.code);
    all
}

/// The severity of a code; an unknown code counts as an error.
pub fn severity(code: &str) -> Severity {
    TABLE
        .iter()
        .find(|entry| entry.code == code)
        .map_or(Severity::Error, |entry| entry.severity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_once_and_well_formed() {
        let all = all();
        assert!(
            all.windows(2).all(|pair| pair[0].code < pair[1].code),
            "a code is listed twice"
        );
        for code in all {
            let digits = code.code.strip_prefix('C').expect("codes begin with C");
            assert!(
                digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()),
                "{}",
                code.code
            );
            assert!(
                !code.title.is_empty() && !code.title.ends_with('.'),
                "{}",
                code.code
            );
        }
    }

    #[test]
    fn only_the_listed_codes_are_warnings() {
        let warnings: Vec<&str> = all()
            .iter()
            .filter(|c| c.severity == Severity::Warning)
            .map(|c| c.code)
            .collect();
        assert_eq!(
            warnings,
            [
                BIG_O,
                UNUSED_DEFINITION,
                UNUSED_VARIABLE,
                BASELINE_CHANGED,
                BASELINE_MISSING
            ]
        );
        assert_eq!(severity("C9999"), Severity::Error);
    }
}
