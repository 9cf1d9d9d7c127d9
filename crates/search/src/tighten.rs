//! How far the constants of a claim can be moved: the grid 2^(k/8) is searched in both directions from the value of the claim.
//!
//! A point is certified by the certificates of the claim with that constant, and refuted by a witness that kills it. Both are looked for at growing distances and then
//! by bisection, as if smaller constants were certified and larger ones refuted, or the other way round; what is recorded are points tried, so that nothing depends on that.

use std::collections::{BTreeMap, BTreeSet};

use claim_language::file::Claim;
use kernel::certificate::parameters::Stored;
use kernel::check::Refutation;
use kernel::record::{Grid, Moved, RefutedAt, TightnessRecord};
use kernel::witness::WitnessFile;
use rayon::prelude::*;
use relu_core::number::rational::Rational;
use theorems::statement::{Statement, constants};
use theorems::value::Value;
use theorems::vocabulary::Words;

use crate::examine::boxes;
use crate::mutants::{self, Budget};

/// Distances that are tried before bisection, in steps of the grid: the last is a factor of 2^64.
const DISTANCES: [i64; 5] = [0, 7, 31, 127, 511];

/// Steps of the grid from one power of 2 to the next.
const PER_OCTAVE: u32 = 8;

/// A constant whose tightness was searched.
#[derive(Clone, Debug)]
pub struct Tightened {
    /// What was found.
    pub record: TightnessRecord,
    /// Witness files of the refuted points, by stem.
    pub witnesses: BTreeMap<String, WitnessFile>,
    /// Texts of the certificates of the certified points, by stem.
    pub certificates: BTreeMap<String, String>,
}

/// Searches every constant of a claim; an error says what cannot be evaluated.
pub fn tighten(claim: &Claim, words: &Words, budget: Budget<'_>) -> Result<Vec<Tightened>, String> {
    let statement = Statement::compile(claim)?;
    let values = constants(claim)?;
    let whole = boxes::whole(claim, words, budget.interrupt).ok();
    let narrowed = whole.map(|found| found.narrowed);
    values
        .into_par_iter()
        .map(|(name, value)| {
            let value = match &value {
                Value::Scalar(scalar) => scalar.as_rational().cloned(),
                _ => None,
            };
            let positive = value.filter(|value| *value > Rational::zero());
            let value = positive.ok_or_else(|| {
                format!("`{name}` is not a positive rational number, so it has no place on the grid 2^(k/8)")
            })?;
            let line = Line {
                claim,
                statement: &statement,
                name,
                words,
                narrowed: narrowed.as_ref(),
                budget,
            };
            Ok(line.both(&value))
        })
        .collect()
}

/// Towards smaller or larger constants.
#[derive(Clone, Copy)]
enum Towards {
    Smaller,
    Larger,
}

impl Towards {
    fn word(self) -> &'static str {
        match self {
            Self::Smaller => "smaller",
            Self::Larger => "larger",
        }
    }

    /// The grid point at a distance from the first one beyond a number between 2^(k/8), included, and 2^((k+1)/8), excluded.
    fn at(self, below: i64, is_on_grid: bool, distance: i64) -> Grid {
        Grid(match self {
            Self::Smaller => below - i64::from(is_on_grid) - distance,
            Self::Larger => below + 1 + distance,
        })
    }
}

/// A constant of a claim.
struct Line<'a> {
    claim: &'a Claim,
    statement: &'a Statement,
    name: &'a str,
    words: &'a Words,
    /// What the certificates of the claim itself keep to a narrower range; `None` if there are none.
    narrowed: Option<&'a BTreeSet<String>>,
    budget: Budget<'a>,
}

/// What a direction gave: the record, and the evidence for it.
struct Found {
    moved: Moved,
    certificates: Vec<Stored>,
    refutation: Option<(Claim, Refutation)>,
}

impl Line<'_> {
    fn both(&self, value: &Rational) -> Tightened {
        let (below, is_on_grid) = place(value);
        let directions = [Towards::Smaller, Towards::Larger];
        let found: Vec<(Towards, Found)> = directions
            .into_par_iter()
            .map(|towards| {
                let at = |distance| towards.at(below, is_on_grid, distance);
                (towards, self.search(at))
            })
            .collect();
        let (mut witnesses, mut certificates) = (BTreeMap::new(), BTreeMap::new());
        let mut moved = Vec::new();
        for (towards, found) in found {
            let stem = format!("{}.{}.{}", self.claim.id, self.name, towards.word());
            for (number, certificate) in found.certificates.iter().enumerate() {
                certificates.insert(format!("{stem}.{number}"), certificate.text());
            }
            if let Some((claim, refutation)) = &found.refutation {
                let sha = claim.statement_sha256(self.words);
                witnesses.insert(stem, WitnessFile::of(&claim.id, &sha, refutation));
            }
            moved.push(found.moved);
        }
        let [smaller, larger] = moved.try_into().expect("there are two directions");
        let known = TightnessRecord::unsearched(self.claim, self.words, self.name);
        Tightened {
            record: TightnessRecord {
                certified: self.narrowed.is_some(),
                narrowed: self.narrowed.cloned().unwrap_or_default(),
                smaller,
                larger,
                ..known.expect("the constant is one of the claim")
            },
            witnesses,
            certificates,
        }
    }

    fn search(&self, at: impl Fn(i64) -> Grid) -> Found {
        let last = DISTANCES[DISTANCES.len() - 1];
        let mut moved = Moved::default();
        let mut certificates = Vec::new();
        let mut open = 0;
        if let Some(narrowed) = self.narrowed {
            let (held, failed) = bracket(0, |distance| {
                self.certificates(at(distance), narrowed).ok_or(())
            });
            if let Some((distance, found)) = held {
                moved.certified = Some(at(distance));
                certificates = found;
            }
            moved.not_certified = failed.map(&at);
            open = failed.unwrap_or(last + 1);
        }
        let mut refutation = None;
        if open <= last {
            // Refuted points are those that are not held: the roles are exchanged.
            let mut found = BTreeMap::new();
            let (held, failed) = bracket(open, |distance| match self.refutation(at(distance)) {
                None => Ok(()),
                Some(refuted) => {
                    found.insert(distance, refuted);
                    Err(())
                }
            });
            moved.not_refuted = held.map(|(distance, ())| at(distance));
            refutation = failed.and_then(|distance| found.remove(&distance));
            let refuted = refutation.as_ref().zip(failed);
            moved.refuted =
                refuted.map(|((_, found), distance)| RefutedAt::of(at(distance), found));
        }
        Found {
            moved,
            certificates,
            refutation,
        }
    }

    fn moved(&self, to: Grid) -> Option<Claim> {
        let moved = self
            .claim
            .with_constant(self.name, &to.to_string(), self.words);
        moved.and_then(Result::ok)
    }

    /// Certificates that keep nothing to a narrower range that those of the claim itself do not.
    fn certificates(&self, to: Grid, narrowed: &BTreeSet<String>) -> Option<Vec<Stored>> {
        let found = boxes::whole(&self.moved(to)?, self.words, self.budget.interrupt).ok()?;
        found
            .narrowed
            .is_subset(narrowed)
            .then_some(found.certificates)
    }

    fn refutation(&self, to: Grid) -> Option<(Claim, Refutation)> {
        let claim = self.moved(to)?;
        let moved = Statement::compile(&claim).ok()?;
        let refutation = mutants::kill(self.statement, &moved, None, self.budget)?;
        Some((claim, refutation))
    }
}

/// The last distance found that holds, with what it gave, and the one after it, which fails. The distances are counted from `from`.
///
/// Both are distances tried; that there is no other change between holding and failing is not shown.
fn bracket<T>(
    from: i64,
    mut probe: impl FnMut(i64) -> Result<T, ()>,
) -> (Option<(i64, T)>, Option<i64>) {
    let last = DISTANCES[DISTANCES.len() - 1];
    let mut held = None;
    let mut failed = None;
    let before = DISTANCES.iter().map(|distance| from + distance);
    for distance in before.filter(|distance| *distance < last).chain([last]) {
        match probe(distance) {
            Ok(found) => held = Some((distance, found)),
            Err(()) => {
                failed = Some(distance);
                break;
            }
        }
    }
    while let (Some((low, _)), Some(high)) = (&held, failed)
        && high - low > 1
    {
        let middle = low + (high - low) / 2;
        match probe(middle) {
            Ok(found) => held = Some((middle, found)),
            Err(()) => failed = Some(middle),
        }
    }
    (held, failed)
}

/// The k with 2^(k/8) ≤ v < 2^((k+1)/8), and whether v is 2^(k/8).
fn place(value: &Rational) -> (i64, bool) {
    let power = value.pow(PER_OCTAVE);
    let two = |exponent: i64| {
        Rational::from(2)
            .power(exponent)
            .expect("2 is not 0, so it has all powers")
    };
    let mut below = 0;
    while two(below + 1) <= power {
        below += 1;
    }
    while two(below) > power {
        below -= 1;
    }
    (below, two(below) == power)
}
