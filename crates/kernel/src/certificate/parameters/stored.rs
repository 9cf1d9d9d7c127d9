//! A certificate with what it is about, as a file that is checked without any search.

use std::fmt;

use claim_language::file::Claim;
use claim_language::vocabulary::Vocabulary;

use super::{Certificate, Closed};

/// A certificate as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The claim, `claim/name = value` for one with another constant.
    pub claim: String,
    /// The hash of its statement, `sha256:…`.
    pub statement: String,
    /// What of it is certified.
    pub about: About,
    /// The split trees.
    pub certificate: Certificate,
}

/// What a certificate is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The conclusion of this name.
    Conclusion(String),
    /// The conclusion with this number of the statement that the claim is reduced to.
    Reduced(usize),
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conclusion(name) => write!(f, "conclusion {name}"),
            Self::Reduced(number) => write!(f, "reduced {number}"),
        }
    }
}

impl Stored {
    /// The file for a certificate of a claim.
    pub fn of(
        claim: &Claim,
        vocabulary: &dyn Vocabulary,
        about: About,
        certificate: Certificate,
    ) -> Self {
        Self {
            claim: claim.id.clone(),
            statement: format!("sha256:{}", claim.statement_sha256(vocabulary)),
            about,
            certificate,
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let Self {
            claim,
            statement,
            about,
            certificate,
        } = self;
        format!(
            "claim {claim}\nstatement {statement}\n{about}\n{}",
            certificate.text()
        )
    }

    /// Reads the text of a file; the error says what was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let mut line = |word: &str| {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            let value = line
                .strip_prefix(word)
                .and_then(|line| line.strip_prefix(' '));
            if value.is_some() {
                rest = after;
            }
            value.map(str::to_owned)
        };
        let claim = line("claim").ok_or("expected `claim <id>` in the first line")?;
        let statement = line("statement").ok_or("expected `statement sha256:…` in line 2")?;
        let reduced = |number: String| number.parse().ok().map(About::Reduced);
        let about = line("conclusion").map(About::Conclusion);
        let about = about.or_else(|| line("reduced").and_then(reduced));
        let about = about.ok_or("expected `conclusion <name>` or `reduced <number>` in line 3")?;
        let certificate = Certificate::parse(rest).map_err(|refused| refused.to_string())?;
        Ok(Self {
            claim,
            statement,
            about,
            certificate,
        })
    }

    /// Checks the trees against the claim, which has the statement and the constants that the file is about.
    pub fn check(&self, claim: &Claim, vocabulary: &dyn Vocabulary) -> Result<Closed, String> {
        let expected = format!("sha256:{}", claim.statement_sha256(vocabulary));
        if self.statement != expected {
            return Err(format!(
                "STALE: made for statement {}, the statement is now {expected}; run the claim again",
                self.statement
            ));
        }
        let checked = match &self.about {
            About::Conclusion(name) => {
                let mut names = claim.conclusions.iter();
                let index = names.position(|conclusion| conclusion.name == *name);
                let index = index.ok_or_else(|| format!("the claim has no conclusion `{name}`"))?;
                self.certificate.check(claim, index)
            }
            About::Reduced(number) => {
                let reduced = match claim.reduced(vocabulary) {
                    Some(Ok(reduced)) if *number < reduced.conclusions.len() => reduced,
                    _ => return Err(format!("the claim is not reduced to a conclusion {number}")),
                };
                self.certificate.check(&reduced, *number)
            }
        };
        checked.map_err(|refused| refused.to_string())
    }
}
