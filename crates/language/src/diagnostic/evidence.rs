//! Diagnostics raised while a claim is run: vacuity, coverage, mutants, witnesses and proofs.
//!
//! The runner counts; the wording and the place in the file are decided here.

use super::{Diagnostic, code, quoted};
use crate::file::{Claim, Cover, Hypothesis, Mutant, Quantifier, SourceFile};

/// What the draws of a claim met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// Instances drawn.
    pub drawn: u64,
    /// Instances that count.
    pub hits: u64,
}

impl Diagnostic {
    /// C0401: no instance met the hypotheses; `hypothesis` is one that was false (or undefined) for all draws.
    pub fn vacuous(claim: &Claim, hypothesis: &Hypothesis, drawn: u64) -> Self {
        let others = claim.assume.len().saturating_sub(1);
        Self::new(
            code::VACUOUS,
            &claim.file,
            hypothesis.span.clone(),
            "no instance meets the hypotheses",
        )
        .label(format!("false for all {drawn} draws"))
        .note(format!(
            "hypothesis {} alone empties the range, whatever the other {others}",
            quoted(&hypothesis.name)
        ))
        .note("result: VACUOUS. It is never shown as sampled.")
        .help("widen the search range, or name a generator that builds admissible objects")
    }

    /// C0401: each hypothesis was true for some draw, but never all of them together.
    pub fn jointly_vacuous(claim: &Claim, drawn: u64) -> Self {
        let span = claim
            .assume
            .first()
            .map_or(0..0, |hypothesis| hypothesis.span.clone());
        let names = super::listed(
            claim
                .assume
                .iter()
                .map(|hypothesis| hypothesis.name.as_str()),
        );
        Self::new(
            code::VACUOUS,
            &claim.file,
            span,
            "no instance meets the hypotheses",
        )
        .label(format!(
            "never true together with the others for {drawn} draws"
        ))
        .note(format!(
            "each of {names} holds for some draw, all together for none"
        ))
        .note("result: VACUOUS. It is never shown as sampled.")
        .help("name a generator that builds admissible objects")
    }

    /// C0402: a `cover` line was missed.
    pub fn under_covered(claim: &Claim, cover: &Cover, draws: Draws) -> Self {
        let message = format!("coverage {} is missed", quoted(&cover.name));
        Self::new(
            code::UNDER_COVERED,
            &claim.file,
            cover.span.clone(),
            message,
        )
        .label(format!(
            "true for {} of {} instances, expected at least {}",
            draws.hits, draws.drawn, cover.at_least
        ))
        .note("result: UNDER-COVERED. The instances met do not test what the claim is about.")
        .help("name a generator family in `from` that meets this case more often")
    }

    /// C0403: too many instances had an undefined value.
    pub fn undefined(claim: &Claim, conclusion: &str, draws: Draws, reason: &str) -> Self {
        let span = claim
            .conclusion(conclusion)
            .map_or(0..0, |conclusion| conclusion.span.clone());
        let message = format!("conclusion {} is undefined too often", quoted(conclusion));
        Self::new(code::UNDEFINED, &claim.file, span, message)
            .label(format!("undefined for {} of {} instances, more than 1 %", draws.hits, draws.drawn))
            .note(format!("first reason: {reason}"))
            .help("write `defined(e) and …` where being defined is part of the statement, or narrow `where`")
    }

    /// C0404: no generated value of a variable passed its `where`.
    pub fn filtered(claim: &Claim, quantifier: &Quantifier, tries: u64) -> Self {
        let message = format!("no generated `{}` passes `where`", quantifier.name);
        Self::new(code::FILTER, &claim.file, quantifier.span.clone(), message)
            .label(format!("{tries} tries, none accepted"))
            .note("equations such as `indim(psi) == e` guide the generator; every other condition only filters")
            .help("name a family in `from` whose values meet the condition")
    }

    /// C0508: a mutant ended otherwise than expected.
    pub fn mutant_outcome(claim: &Claim, mutant: &Mutant, outcome: &str) -> Self {
        let message = format!(
            "mutant {} is {outcome}, expected {}",
            quoted(&mutant.id),
            mutant.expect
        );
        Self::new(
            code::MUTANT_OUTCOME,
            &claim.file,
            mutant.span.clone(),
            message,
        )
        .label(format!("expected {}", mutant.expect))
        .note("a wrong variant that survives shows that the claim is not tested where it matters")
        .help("widen the search, or say with `expect` and `why` what the variant is")
    }

    /// C0601 to C0606: something about the stored evidence of a claim, at its pinned witness if it has one.
    pub fn evidence(claim: &Claim, code: &'static str, message: impl Into<String>) -> Self {
        let pinned = claim.witness.as_ref().and_then(|witness| {
            let at = claim.file.text.find(witness.as_str())?;
            Some(at..at + witness.len())
        });
        Self::new(code, &claim.file, pinned.unwrap_or(0..0), message)
    }

    /// C07xx and C08xx: something about a file that is not a claim.
    pub fn about(code: &'static str, file: &SourceFile, message: impl Into<String>) -> Self {
        Self::new(code, file, 0..0, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Sources, render};
    use crate::file::tests::{changed, clean};

    fn claim() -> Claim {
        let assumed = changed(
            "[conclusion.main]",
            "[statement.assume]\nflat = { expr = 'depth(phi) == 1', needed = \"yes\" }\n\n\
             [[cover]]\nname = \"kinks\"\nwhen = 'has_zero_preactivation(phi, x)'\nat_least = \"1/2\"\n\n[conclusion.main]",
        );
        clean("base.toml", &assumed)
    }

    fn under<'a>(claim: &'a Claim, diagnostic: &Diagnostic) -> &'a str {
        &claim.file.text[diagnostic.span.clone()]
    }

    #[test]
    fn each_points_at_its_cause() {
        let claim = claim();
        let draws = Draws {
            drawn: 100,
            hits: 3,
        };
        let cases = [
            (
                Diagnostic::vacuous(&claim, &claim.assume[0], 100),
                code::VACUOUS,
                "depth(phi) == 1",
            ),
            (
                Diagnostic::jointly_vacuous(&claim, 100),
                code::VACUOUS,
                "depth(phi) == 1",
            ),
            (
                Diagnostic::under_covered(&claim, &claim.cover[0], draws),
                code::UNDER_COVERED,
                "has_zero_preactivation(phi, x)",
            ),
            (
                Diagnostic::undefined(&claim, "main", draws, "x is on a kink"),
                code::UNDEFINED,
                "deriv(phi, x, c) == jacobian(phi, x)",
            ),
            (
                Diagnostic::filtered(&claim, &claim.quantify[0], 1000),
                code::FILTER,
                "all = \"phi\"",
            ),
            (
                Diagnostic::mutant_outcome(&claim, &claim.mutants[0], "unresolved"),
                code::MUTANT_OUTCOME,
                "everywhere",
            ),
        ];
        for (diagnostic, code, place) in cases {
            assert_eq!((diagnostic.code, under(&claim, &diagnostic)), (code, place));
            let shown = render(&[diagnostic], &Sources::from(claim.file.clone()), false);
            assert!(shown.starts_with(&format!("error[{code}]")), "{shown}");
        }
    }

    #[test]
    fn a_conclusion_that_is_not_there_has_no_place() {
        let claim = claim();
        let none = Diagnostic::undefined(&claim, "other", Draws { drawn: 1, hits: 1 }, "x");
        assert_eq!(none.span, 0..0);
    }

    #[test]
    fn evidence_points_at_the_pinned_witness() {
        let pinned = changed(
            "[conclusion.main]",
            "[witness]\nfile = \"base.1.toml\"\n\n[conclusion.main]",
        );
        let claim = clean("base.toml", &pinned);
        let stale = Diagnostic::evidence(
            &claim,
            code::WITNESS_STALE,
            "the witness is of another statement",
        );
        assert_eq!(under(&claim, &stale), "base.1.toml");
    }
}
