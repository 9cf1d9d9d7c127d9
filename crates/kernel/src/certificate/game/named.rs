//! On which of ±φ a learner does worse.

use std::fmt;
use std::str::FromStr;

use relu_core::number::rational::Rational;

use super::rules::{centre, natural};
use super::{Certificate, Facts, Refused, claimed, value, which_hit};

/// Binary digits of a centre that a float keeps.
const ROUNDING: u32 = 52;

/// What a run answered at the point of [`Named`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// g at the point.
    pub value: Rational,
    /// Whether the learner vouches that g is continuous there.
    pub continuous: bool,
}

/// The sign that a learner does worse on, from its outputs at one point.
///
/// # Definition
/// For each sign, the sum of |g_w(x) ∓ φ(x)| over the runs w that do not hit, divided by R; the error of a run that hits is counted as 0. The larger of the two
/// is at least φ(x)(1 − r/R). If every g_w counted is continuous at x, it bounds the essential supremum from below, as φ is continuous and every neighbourhood
/// of x in the cube has positive measure; otherwise it is the error at this one point.
///
/// # Source
/// Claim `pair-average`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// x: the centre of the bump, or a float next to it.
    pub point: Vec<Rational>,
    /// Where the error is larger.
    pub worse: Worse,
    /// The larger error.
    pub error: Rational,
    /// Whether it bounds the essential supremum.
    pub essential: bool,
}

/// On which of the two networks an error is larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worse {
    /// φ.
    Plus,
    /// −φ.
    Minus,
    /// Both are the same.
    Both,
}

impl Worse {
    const WORDS: [(Self, &str); 3] = [
        (Self::Plus, "plus"),
        (Self::Minus, "minus"),
        (Self::Both, "both"),
    ];
}

impl fmt::Display for Worse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = Self::WORDS.iter().find(|(worse, _)| worse == self);
        f.write_str(entry.expect("every sign has a word").1)
    }
}

impl FromStr for Worse {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let entry = Self::WORDS.iter().find(|(_, word)| *word == text);
        entry.map(|(worse, _)| *worse).ok_or(())
    }
}

/// What follows from the outputs at a point.
fn of(certificate: &Certificate, point: &[Rational], peak: &Rational) -> Named {
    let outputs = || {
        certificate
            .runs
            .iter()
            .filter_map(|run| run.output.as_ref())
    };
    let sum = |target: &Rational| {
        outputs().fold(Rational::zero(), |sum, output| {
            &sum + &(&output.value - target).abs()
        })
    };
    let (plus, minus) = (sum(peak), sum(&-peak));
    let worse = match plus.cmp(&minus) {
        std::cmp::Ordering::Greater => Worse::Plus,
        std::cmp::Ordering::Less => Worse::Minus,
        std::cmp::Ordering::Equal => Worse::Both,
    };
    let runs = natural(certificate.runs.len() as u64);
    Named {
        point: point.to_vec(),
        worse,
        error: plus.max(minus).over(&runs).expect("there are runs"),
        essential: outputs().all(|output| output.continuous),
    }
}

impl Certificate {
    /// The certificate with the outputs of the runs at a point, and the sign that they name; without, if the output of a run that does not hit is not known.
    ///
    /// Errors: as [`Certificate::check`].
    pub fn named(
        mut self,
        point: Vec<Rational>,
        outputs: Vec<Option<Answered>>,
    ) -> Result<Self, Refused> {
        let phi = self.rules.network(self.cells, &self.cell)?;
        let hit = match self.hits {
            0 => vec![false; self.runs.len()],
            _ => which_hit(&phi, &self.runs)?,
        };
        let known = hit.len() == outputs.len()
            && hit
                .iter()
                .zip(&outputs)
                .all(|(hit, output)| *hit || output.is_some());
        if !known {
            return Ok(self);
        }
        for ((run, output), hit) in self.runs.iter_mut().zip(outputs).zip(hit) {
            run.output = output.filter(|_| !hit);
        }
        check_point(&self, &point)?;
        let peak = value(&phi, &point)?;
        self.named = Some(of(&self, &point, &peak));
        Ok(self)
    }
}

fn check_point(certificate: &Certificate, point: &[Rational]) -> Result<(), Refused> {
    let (zero, one) = (Rational::zero(), Rational::one());
    let d = certificate.rules.dimension;
    let centre = centre(certificate.cells, &certificate.cell);
    let near = |(t, y): (&Rational, &Rational)| {
        zero <= *t && *t <= one && (t - y).abs() <= Rational::one().half().pow(ROUNDING)
    };
    match point.len() == d && point.iter().zip(&centre).all(near) {
        true => Ok(()),
        false => Err(Refused::Rules(format!(
            "named point: expected the centre of the bump, or a point of [0,1]^{d} next to it, got another one"
        ))),
    }
}

/// Outputs for the runs that do not hit, and for no others, and what follows from them; or neither outputs nor a sign.
pub(super) fn check(certificate: &Certificate, facts: &Facts) -> Result<(), Refused> {
    let Some(named) = &certificate.named else {
        return match certificate.runs.iter().find(|run| run.output.is_some()) {
            None => Ok(()),
            Some(run) => Err(Refused::Run {
                seed: run.seed,
                reason: "an output, but no point where it was given".into(),
            }),
        };
    };
    for (run, hit) in certificate.runs.iter().zip(&facts.hit) {
        if run.output.is_some() == *hit {
            return Err(Refused::Run {
                seed: run.seed,
                reason: "expected an output if and only if it does not hit".into(),
            });
        }
    }
    check_point(certificate, &named.point)?;
    let expected = of(certificate, &named.point, &value(&facts.phi, &named.point)?);
    claimed("worse sign", &expected.worse, &named.worse)?;
    claimed("error at the named point", &expected.error, &named.error)?;
    claimed("essential", &expected.essential, &named.essential)
}
